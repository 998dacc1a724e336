"""From what a model gave as evidence to exact spans of the text, and how each was found."""

import re
import unicodedata

from rapidfuzz import fuzz

from onrecord.quotations import MARKS
from onrecord.records import Span

_FUZZY_FLOOR = 0.85
_MIN_FUZZY = 12
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*")
_SAME = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-"}
_STRIP = " \t\r\n\u00a0\u202f" + "".join(MARKS)


def span(text: str, start: int, end: int) -> Span:
    """Return the exact span `text[start:end]`."""
    return Span(start=start, end=end, quote=text[start:end])


def spans(text: str, *pieces: tuple[int, int]) -> list[Span]:
    """Return the exact spans of pieces of a text."""
    return [span(text, *piece) for piece in pieces]


def locate(text: str, quote: str, near: int = 0) -> list[Span]:
    """Find a quote in the text; several spans where it was shortened by «…», none where it is nowhere.

    Tried in turn: the very characters; the same after white space, quotation marks and Unicode form are made
    alike; the most similar passage, at 85 % or more. Of several places the first at or after `near` is taken.
    """
    quote = quote.strip(_STRIP)
    pieces = [p for p in (part.strip(_STRIP) for part in _ELLIPSIS.split(quote)) if p]
    shortened = len(pieces) > 1
    if whole := _place(text, quote, near, similar=not shortened):
        return [whole]
    found: list[Span] = []
    for piece in pieces if shortened else []:
        placed = _place(text, piece, found[-1].end if found else near)
        if not placed:
            return []
        found.append(placed)
    return found


def _place(text: str, quote: str, near: int, *, similar: bool = True) -> Span | None:
    if not quote:
        return None
    if (at := _find(text, quote, near)) is not None:
        return span(text, at, at + len(quote))
    plain, offsets = _normalize(text)
    wanted = _normalize(quote)[0].strip()
    if not wanted:
        return None
    near_plain = next((i for i, o in enumerate(offsets) if o >= near), 0)
    if (at := _find(plain, wanted, near_plain)) is not None:
        start, end = offsets[at], _with_marks(text, offsets[at + len(wanted) - 1] + 1)
        return Span(start=start, end=end, quote=text[start:end], match="normalized")
    if not similar or len(wanted) < _MIN_FUZZY:
        return None
    best = fuzz.partial_ratio_alignment(wanted, plain, score_cutoff=_FUZZY_FLOOR * 100)
    if best is None or best.dest_end <= best.dest_start:
        return None
    start, end = _whole_words(text, offsets[best.dest_start], offsets[best.dest_end - 1] + 1)
    score = round(best.score / 100, 3)
    return Span(start=start, end=end, quote=text[start:end], match="fuzzy", score=score)


def _find(text: str, wanted: str, near: int) -> int | None:
    at = text.find(wanted, near)
    if at < 0:
        at = text.find(wanted)
    return at if at >= 0 else None


def _normalize(text: str) -> tuple[str, list[int]]:
    """Return the text with marks, white space, case and Unicode form made alike, and each character's offset."""
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        if char in MARKS:
            plain = ""
        elif char.isspace() or char in "\u200b\ufeff\u00ad":
            plain = " " if char.isspace() and out and out[-1] != " " else ""
        else:
            plain = "".join(
                c for c in unicodedata.normalize("NFKD", _SAME.get(char, char)) if not unicodedata.combining(c)
            ).casefold()
        out.extend(plain)
        offsets.extend([i] * len(plain))
    return "".join(out), offsets


def _with_marks(text: str, end: int) -> int:
    # The accents of a decomposed letter follow it, and belong to it.
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    # A fuzzy match may begin or end inside a word; evidence never does.
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, _with_marks(text, end)
