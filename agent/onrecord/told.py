"""Whom somebody hears something from: «X a été informé par Y que …», «X s'est vu répondre par Y que …»."""

from onrecord.cues import Cues, Token, first, match_at
from onrecord.infinitives import from_opening
from onrecord.patterns import Attribution, Cue, Sentence
from onrecord.phrases import named
from onrecord.saying import eligible

# So many words may stand between a verb and what is said.
_MAX_GAP = 14


def told(sentence: Sentence, found: Attribution, *, reported: bool = False, implied: Cue | None = None) -> bool:
    """Read that X was told something by Y: Y says it; `implied`, whoever goes on speaking, is not Y."""
    words, _, _ = eligible(sentence, found, reported)
    verb = first(words, sentence.cues.told)
    if not verb or implied:
        return False
    that = _that(sentence, words, sum(verb))
    by = next((k for k in range(sum(verb), that) if match_at(words, k, sentence.cues.by)), that)
    who = named(sentence.text, words[by + 1 : that], sentence.cues) if by < that else None
    if not who:
        return False
    opening = words[that].end
    opening += sentence.text[opening : opening + 1] in ("'", "’")
    found.cues.append(Cue(words[0].start, words[that - 1].end, who))
    found.content = from_opening(found.content, opening)
    return True


def _that(sentence: Sentence, words: list[Token], after: int) -> int:
    """Return the index of the word for "that" behind a verb; `after` where none comes soon, or another verb does."""
    cues: Cues = sentence.cues
    for k in range(after, min(after + _MAX_GAP, len(words))):
        if match_at(words, k, cues.that):
            return k
        if any(c in ";:" for c in sentence.text[words[k - 1].end : words[k].start]) or match_at(words, k, cues.report):
            break
    return after
