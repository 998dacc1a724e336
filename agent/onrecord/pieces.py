"""Pieces of a text, by where they begin and end, cut at punctuation and quotation marks."""

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


def plain(text: str, start: int, end: int) -> str:
    """Return the words of a piece with single spaces between them."""
    return " ".join(text[start:end].split())


def closed(text: str, start: int, end: int) -> Piece:
    """Return the piece with the mark that closes a quotation it opens: «both sides "want a deal"»."""
    after = end
    while text[after : after + 1].isspace():
        after += 1
    close = text[after : after + 1]
    opening = {"»": "«", "”": "“", "“": "„", '"': '"'}.get(close)
    inside = text[start:end]
    if close == "«" and after == end:
        # German has them the other way round: »Kein Wort«.
        opening = "»"
    if not opening:
        return start, end
    left_open = inside.count(opening) % 2 if opening == close else inside.count(opening) > inside.count(close)
    return (start, after + 1) if left_open else (start, end)
