"""Who acts or takes a side behind an expression: «validé par A», «à la demande de B», «que soutient C»."""

from onrecord.cues import Cues
from onrecord.enumerations import several
from onrecord.matching import match_at, tokens
from onrecord.nouns import begins_noun, noun
from onrecord.pieces import Piece
from onrecord.sides import Label, Signal

_MAX_BETWEEN = 6
_MAX_NAMED = 12
# How far before a verb a relative pronoun stands that is its object, in characters.
_AHEAD = 8


def agents(text: str, signal: Signal[Label], cues: Cues) -> list[Piece]:
    """Return who does what a passive says: «la solution proposée par Ardian et GIP»; empty without a passive."""
    words = tokens(text, signal.cue[0], signal.clause[1])
    by = next((i for i in range(1, len(words)) if words[i].start < signal.cue[1] and match_at(words, i, cues.by)), 0)
    chunk = noun(text, words, by + 1, cues) if by else []
    if not chunk or len(chunk) > _MAX_NAMED:
        return []
    return several(text, chunk, cues) or [(chunk[0].start, chunk[-1].end)]


def acting(text: str, signal: Signal[Label], cues: Cues) -> list[Piece]:
    """Return who takes a side behind its expression: «validé par A», «à la demande de B», «que soutient C»."""
    if found := by_whom(text, signal, cues):
        return found
    words = tokens(text, signal.cue[1], signal.clause[1])
    ahead = tokens(text, max(0, signal.cue[0] - _AHEAD), signal.cue[0])[-1:]
    inverted_relative = match_at(ahead, 0, cues.object_relatives) > 0
    begin = 0
    while inverted_relative and (light := match_at(words, begin, cues.adverbs)):
        begin += light
    if not words[begin:] or not (inverted_relative or match_at(tokens(text, *signal.cue), 0, cues.asked_by)):
        return []
    chunk = noun(text, words, begin, cues)
    if not chunk or len(chunk) > _MAX_NAMED or (inverted_relative and not begins_noun(text, chunk, cues)):
        return []
    last = tokens(text, *signal.cue)[-1]
    start = last.start if not inverted_relative and match_at([last], 0, cues.contracted) else chunk[0].start
    return several(text, chunk, cues) or [(start, chunk[-1].end)]


def by_whom(text: str, signal: Signal[Label], cues: Cues) -> list[Piece]:
    """Return who did what a passive says behind its verb: "the bid was rejected (on Monday) by the board"."""
    ahead = tokens(text, signal.clause[0], signal.cue[0])[-2:] + tokens(text, *signal.cue)
    words = tokens(text, signal.cue[1], signal.clause[1])
    # "was urged to reject a merger by the government"
    near = _MAX_BETWEEN + (_MAX_NAMED - _MAX_BETWEEN if match_at(words, 0, cues.infinitive) else 0)
    by = next((i for i in range(min(near, len(words))) if match_at(words, i, cues.by)), None)
    passive = any(match_at(ahead, i, [*cues.passive, *cues.copulas]) for i in range(len(ahead)))
    chunk = noun(text, words, by + match_at(words, by, cues.by), cues) if passive and by is not None else []
    return several(text, chunk, cues) or ([(chunk[0].start, chunk[-1].end)] if chunk else [])
