"""Words that name several, and the parts of them: «la France, l'Allemagne et la Russie» has three."""

import re
from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, tokens
from onrecord.phrases import of_person
from onrecord.pieces import Piece

# How far before words what stands before them may begin, in characters.
_AHEAD = 20
# Two nouns and what joins them are three words.
_BARE = 3


def several(text: str, words: Sequence[Token], cues: Cues, repeated: Sequence[str] = ()) -> list[Piece]:
    """Return the parts of words that name several: «la France, l'Allemagne et la Russie» has three; empty for one.

    What is `repeated` before each part does not belong to it: «à la France et à l'Allemagne», where one stands
    before the words, too.
    """
    ahead = tokens(text, max(0, words[0].start - _AHEAD), words[0].start)[-1:] if words else []
    repeated = repeated if match_at(ahead, 0, repeated) else ()
    cuts = [
        i
        for i in range(1, len(words) - 1)
        # «die Eisenbahn- und Verkehrsgewerkschaft» is one.
        if text[words[i - 1].end] != "-"
        and (match_at(words, i, cues.conjunctions) or "," in text[words[i - 1].end : words[i].start])
    ]
    joined = next((i for i in cuts if match_at(words, i, cues.conjunctions)), None)
    if joined is None or _abbreviated(text, words, joined):
        return []
    starts = [0, *(i + match_at(words, i, cues.conjunctions) for i in cuts)]
    starts = [a + match_at(words, a, repeated) for a in starts]
    parts = [_unabbreviated(text, words[a:b]) for a, b in zip(starts, [*cuts, len(words)], strict=True) if b > a]
    aside = [*cues.prepositions, *cues.circumstances]
    parts = _undivided(text, parts, cues)
    second = tokens(text, *parts[1]) if len(parts) > 1 else []
    if match_at(second, 0, cues.determiners) and match_at(second, 0, cues.indefinite) and capital(text, words[0]):
        # "Ann Lee, a former official of the Food and Drug Administration"
        return []

    def named(words: Sequence[Token]) -> bool:
        # "Iran and six world powers"
        begins = [*cues.determiners, *cues.possessives, *cues.numbers]
        begun = match_at(words, 0, begins) or capital(text, words[0]) or _office_of(text, words, cues)
        return not match_at(words, 0, aside) and bool(begun)

    if cues.bare_nouns and any(len(tokens(text, *part)) > 1 for part in parts) and _one_with_offices(text, parts, cues):
        return []
    if len(words) == _BARE and len(parts) > 1 and capital(text, words[0]) and not capital(text, words[-1]):
        # «Patronat et syndicats s'accordent»
        return parts
    return parts if len(parts) > 1 and all(named(tokens(text, *part)) for part in parts) else []


def _office_of(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether words are what somebody is, as a subject, and a name: «(Иван Петров и) директор завода Белов»."""
    if cues.bare_content:
        # "Ann Lee and spokesman Bob Ray"
        stop = next((k for k in range(len(words)) if capital(text, words[k])), 0)
        return any(of_person(words, k, cues) for k in range(stop))
    nouns = [*cues.persons, *cues.organisations] if cues.bare_nouns else []
    subject = any(entry.split("|")[0] == words[0].word for entry in nouns)
    return subject and any(capital(text, word) for word in words[1:])


def _one_with_offices(text: str, parts: Sequence[Piece], cues: Cues) -> bool:
    """Tell whether a first part has no name, and the second is another office: «Глава банка и член совета Белов»."""
    first, second = tokens(text, *parts[0]), tokens(text, *parts[-1])
    named = any(capital(text, word) for word in first[1:]) or not of_person(first, 0, cues)
    return not named and not capital(text, second[0])


def _undivided(text: str, parts: Sequence[Piece], cues: Cues) -> list[Piece]:
    """Return parts with those as one that share article and noun: "the British and Irish governments"."""
    whole: list[Piece] = []
    for part in parts:
        before, words = tokens(text, *whole[-1]) if whole else [], tokens(text, *part)
        article = match_at(before, 0, cues.determiners)
        adjectives = article and len(before) == article + 1 and capital(text, before[-1]) and capital(text, words[0])
        head = [words[-1]._replace(word=words[-1].word.lower())]
        # "the Budget and Finance Committee"
        one = cues.bare_content and match_at(head, 0, cues.organisations)
        if adjectives and len(words) > 1 and (one or not capital(text, words[-1])):
            whole[-1] = (whole[-1][0], part[1])
        else:
            whole.append(part)
    return whole


def _abbreviated(text: str, words: Sequence[Token], joined: int) -> bool:
    """Tell whether a short name stands for all of the words: "the Society of Authors and Painters (SAP)"."""
    full = words[:-1] if text[: words[-1].start].endswith("(") else words
    short = re.match(r"\s?\((\w+)\)", text[full[-1].end :]) if full else None
    initials = "".join(text[w.start] for w in full if capital(text, w))
    # «La majorité et Les Républicains (LR)» are two.
    across = any(capital(text, w) for w in full[1:joined])
    return short is not None and across and short[1].casefold() == initials.casefold()


def _unabbreviated(text: str, words: Sequence[Token]) -> Piece:
    """Return where words stand without the short name behind them: «la Direction générale (DGAC)»."""
    stop = next((k for k in range(1, len(words)) if "(" in text[words[k - 1].end : words[k].start]), len(words))
    return words[0].start, words[stop - 1].end
