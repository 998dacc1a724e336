"""Splits a text into sentences with offsets: the only module that knows sentencex."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_CLOSERS = "»”’\"')]"
_TERMINALS = ".!?…。！？؟:;"
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t\u00a0]*(?:\r\n|\r|\n)|\u2029")
# Titles and initials: a capital alone or followed by consonants («M.», «Dr.», "St.").
_ABBREVIATION = re.compile(r"(?:^|[\s(«“\"’'])(?:MM|[^\W\d_](?<=[A-ZÀ-Þ])[bcdfghjklmnpqrstvwxz]{0,3})\.$")
# Text broken by hand or by a mail program: lines about as long as each other, that go on in the next.
_WRAPPED = range(45, 101)
_RAGGED = 25
_HEADING_WORDS = 16


class Sentence(NamedTuple):
    """A sentence without outer white space: `text[start:end] == sentence.text`.

    A heading is a line of its own, short and without a full stop.
    """

    start: int
    end: int
    text: str
    heading: bool


def split(text: str, lang: str | None) -> list[Sentence]:
    """Split a text into sentences, in order and without overlap, which cover all but white space."""
    return [
        Sentence(start, end, text[start:end], _is_heading(text[start:end], alone=(start, end) == paragraph))
        for paragraph in _paragraphs(text)
        for start, end in _sentences(text, *paragraph, lang or "en")
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    blanks = [(m.start(), m.end()) for m in _BLANK.finditer(text)]
    for stop, following in [*blanks, (len(text), len(text))]:
        lines = [(m.start(), m.end()) for m in _LINE.finditer(text, at, stop)]
        for start, end in [(lines[0][0], lines[-1][1])] if _is_wrapped(text, lines) else lines:
            if found := _trim(text, start, end):
                yield found
        at = following


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    broken = [end - start for start, end in lines[:-1]]
    if not broken or not all(length in _WRAPPED for length in broken) or max(broken) - min(broken) > _RAGGED:
        return False
    ends = [text[start:end].rstrip().rstrip(_CLOSERS)[-1:] for start, end in lines[:-1]]
    return sum(end in _TERMINALS for end in ends) <= len(ends) / 2


def _sentences(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    import sentencex

    # A line break inside a paragraph is a space; of the same length, so that offsets stay.
    flat = re.sub(r"[\r\n\u2028]", " ", text[start:end])
    pieces: list[tuple[int, int]] = []
    for boundary in sentencex.get_sentence_boundaries(lang, flat):
        piece = _trim(text, start + boundary["start_index"], start + boundary["end_index"])
        if piece and pieces and _goes_on(text, pieces[-1], piece):
            pieces[-1] = (pieces[-1][0], piece[1])
        elif piece:
            pieces.append(piece)
    yield from pieces


def _goes_on(text: str, before: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Tell whether a piece belongs to the sentence before it: «Vous partez ?», a-t-il demandé."""
    words = text[piece[0] : piece[1]]
    if not any(c.isalnum() for c in words):
        return True
    if _ABBREVIATION.search(text, before[0], before[1]):
        return True
    first = words.lstrip(_CLOSERS + " \u00a0\u202f")[:1]
    return first in ",;–—" or (first.islower() and text[before[1] - 1] not in ":;")


def _is_heading(words: str, *, alone: bool) -> bool:
    ends = words.rstrip(_CLOSERS + " \u00a0\u202f")[-1:]
    return alone and (words.startswith("#") or (ends not in _TERMINALS and len(words.split()) <= _HEADING_WORDS))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
