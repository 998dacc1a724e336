"""Whom somebody hears something from: «X a été informé par Y que …», «X s'est vu répondre par Y que …»."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.infinitives import from_opening
from onrecord.matching import Token, first, match_at
from onrecord.patterns import Attribution, Cue, Sentence
from onrecord.phrases import named
from onrecord.pieces import Piece
from onrecord.saying import eligible

# So many words may stand between a verb and what is said.
_MAX_GAP = 14
# So many words may name who told somebody: "by her doctor at the Royal Hospital in Leeds".
_MAX_NAMED = 12


def told(sentence: Sentence, found: Attribution, *, reported: bool = False, implied: Cue | None = None) -> bool:
    """Read that X was told something by Y: Y says it; `implied`, whoever goes on speaking, is not Y."""
    words, _, _ = eligible(sentence, found, reported)
    if sentence.cues.bare_content:
        return not implied and _by_agent(sentence, found, words)
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


def _by_agent(sentence: Sentence, found: Attribution, words: Sequence[Token]) -> bool:
    """Read who told somebody in English: "was told by doctors that he …", "was urged by unions to resign"."""
    cues, text = sentence.cues, sentence.text
    heard = [(cues.listeners, cues.that), *((e.verbs, e.mark) for e in cues.infinitives if e.mark)]
    for k in range(1, len(words)):
        if not match_at(words, k - 1, [*cues.passive, *cues.adverbs]):
            continue
        for verbs, marks in heard:
            verb = match_at(words, k, verbs)
            by = k + verb
            if not verb or not match_at(words, by, cues.by):
                continue
            who, opening = _agent(text, words[by + 1 :], marks, cues)
            if who and opening is not None:
                found.cues.append(Cue(words[k].start, who[1], who))
                found.content = from_opening(found.content, opening)
                return True
    return False


def _agent(text: str, words: Sequence[Token], marks: Sequence[str], cues: Cues) -> tuple[Piece | None, int | None]:
    """Return who a passive says told somebody, and where begins what was told."""
    for k in range(1, min(_MAX_NAMED, len(words))):
        if not text[words[k - 1].end : words[k].start].isspace():
            break
        mark = match_at(words, k, marks)
        clause = marks is cues.that and match_at(words, k, [*cues.singular, *cues.they])
        if (mark and k + mark < len(words)) or clause:
            return _noun(words[:k], cues), words[k + mark].start
    return None, None


def _noun(words: Sequence[Token], cues: Cues) -> Piece | None:
    pronoun = match_at(words, 0, [*cues.pronouns, *cues.objects]) == len(words)
    return None if pronoun else (words[0].start, words[-1].end)
