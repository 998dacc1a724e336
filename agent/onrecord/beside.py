"""What stands before a name and tells that it is not of whom its sentence speaks: «réponse au préfet Jean Duval»."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, match_at, tokens
from onrecord.phrases import of_person

# An office is no longer in words than this: «secrétaire d'État aux affaires étrangères».
_MAX_OFFICE = 8
# A noun, perhaps with an adjective, and the preposition before whose it is.
_MAX_OWNED = 3


def apposed_object(text: str, ahead: Sequence[Token], start: int, cues: Cues) -> bool:
    """Tell whether a name stands beside an office that follows a preposition: «réponse au préfet Jean Duval»."""
    for i in range(len(ahead) - 1, max(-1, len(ahead) - _MAX_OFFICE), -1):
        end = ahead[i + 1].start if i + 1 < len(ahead) else start
        # "on the advice of his deputy, Bob Ray": only before the name may a comma stand.
        apart = cues.bare_content and i == len(ahead) - 1
        if any(c in (";:" if apart else ",;:") for c in text[ahead[i].end : end]):
            return False
        if cues.bare_content and match_at(ahead, i, cues.persons):
            while i > 1 and text[ahead[i - 1].end : ahead[i].start].isspace() and not _links(ahead, i, cues):
                i -= 1
            return match_at(ahead, i - 1, cues.prepositions) > 0
        if match_at(ahead, i, cues.persons):
            article = i > 0 and match_at(ahead, i - 1, cues.determiners) and not match_at(ahead, i - 1, cues.contracted)
            return match_at(ahead, i - 1 - bool(article), cues.prepositions) > 0 if i > bool(article) else False
    return False


def owner(ahead: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a name says whose the noun is that a sentence begins with: «La réponse de Jean Duval (a tardé)»."""
    article = match_at(ahead, 0, cues.determiners)
    return bool(article) and 2 <= len(ahead) - article <= _MAX_OWNED and match_at(ahead[-1:], 0, cues.particles) > 0


def _links(words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether a preposition or a verb stands before a word, so that a noun begins with it."""
    return match_at(words, i - 1, [*cues.prepositions, *cues.report, *cues.finite, *cues.auxiliaries]) > 0


def led(words: list[Token], cues: Cues) -> list[Token]:
    """Return the words before a name without its title and particle: «M. de Villepin»."""
    if len(words) > 1 and match_at(words[-1:], 0, cues.particles) and match_at(words[-2:], 0, cues.titles):
        return words[:-2]
    return words


def possessed(text: str, start: int, mentions: Sequence[str], end: int, cues: Cues) -> str | None:
    """Return whom a possessive names that begins with a name: "Ann Lee's mother"; None where it names nobody."""
    name = max((m for m in mentions if text.startswith(m, start)), key=len, default="")
    after = start + len(name)
    if not cues.bare_content or text[after : after + 2] not in ("'s", "’s"):
        return None
    words = tokens(text, after + 2, end)[:_MAX_OWNED]
    last = next((k for k in range(len(words)) if of_person(words, k, cues)), None)
    if last is None or not text[after + 2 : words[last].end].replace("-", "").replace(" ", "").isalpha():
        return None
    return text[start : words[last].end]
