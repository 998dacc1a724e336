"""Pieces of a sentence: cut at punctuation, and the words in them that name somebody."""

from collections.abc import Sequence

from onrecord.cues import Cues, Token, capital, match_at
from onrecord.quotations import MARKS

TRIM = " \t\r\n\u00a0\u202f\u2009,;:–—-" + "".join(MARKS)
_TRIM_END = TRIM + "."


Piece = tuple[int, int]


def trim(text: str, start: int, end: int) -> Piece | None:
    """Return the piece without white space, punctuation and quotation marks at its ends; None if nothing is left."""
    while start < end and text[start] in TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM_END:
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def closed(text: str, start: int, end: int) -> Piece:
    """Return the piece with the mark that closes a quotation it opens: «both sides "want a deal"»."""
    after = end
    while text[after : after + 1].isspace():
        after += 1
    close = text[after : after + 1]
    opening = {"»": "«", "”": "“", '"': '"'}.get(close)
    inside = text[start:end]
    if not opening:
        return start, end
    left_open = inside.count(opening) % 2 if opening == close else inside.count(opening) > inside.count(close)
    return (start, after + 1) if left_open else (start, end)


def named(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return where words name somebody: up to a comma or the auxiliary of a verb; None for a pronoun or nothing."""
    light = [*cues.adverbs, *cues.clitics]
    while words and match_at(words[-1:], 0, light):
        words = words[:-1]
    if len(words) > 1 and match_at(words[-1:], 0, cues.conjunctions):
        # «X refuse l'offre et affirme que …»: who it is stands before the first verb, which only a name shows.
        words = words[: _name_length(text, words, cues)]
    for i in range(1, len(words)):
        comma = "," in text[words[i - 1].end : words[i].start]
        if comma or match_at(words, i, [*cues.auxiliaries, *cues.circumstances]):
            words = words[:i]
            break
    while words and match_at(words[-1:], 0, light):
        words = words[:-1]
    if not words or match_at(words, 0, [*cues.pronouns, *cues.that]) == len(words):
        return None
    if len(words) == 1 and match_at(words, 0, [*cues.auxiliaries, *cues.adverbs]):
        return None
    return words[0].start, words[-1].end


def appositive(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the name or the noun that words begin with, and the name in apposition to it."""
    end = _name_length(text, words, cues)
    if end and not match_at(words, 0, [*cues.determiners, *cues.pronouns]):
        return words[0].start, words[end - 1].end
    piece = named(text, words, cues)
    after = [w for w in words if piece and w.start >= piece[1]]
    run = _name_length(text, after, cues)
    return (piece[0], after[run - 1].end) if piece and run else piece


def _name_length(text: str, words: Sequence[Token], cues: Cues) -> int:
    """Count the words of the name that words begin with: capitals, and particles between them («Pinto da Costa»)."""
    count = 0
    while count < len(words):
        span = 0 if capital(text, words[count]) else match_at(words, count, cues.particles)
        if count and span and count + span < len(words) and capital(text, words[count + span]):
            count += span
        elif not capital(text, words[count]):
            break
        count += 1
    return count
