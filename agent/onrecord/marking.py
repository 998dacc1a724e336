"""Cuts a text where evidence begins and ends, for pages that mark it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from onrecord.records import Span

M = TypeVar("M")


@dataclass(frozen=True)
class Segment(Generic[M]):
    """A piece of text from `start` with what it shows; `opens` are those that begin here."""

    start: int
    text: str
    marks: tuple[M, ...]
    opens: tuple[M, ...]


def segments(text: str, marked: Iterable[tuple[Span, M]]) -> list[Segment[M]]:
    """Cut a text at the ends of spans, each with what it shows; put together, the pieces are the text."""
    spans = [(span.start, span.end, mark) for span, mark in marked]
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    return [
        Segment(
            start,
            text[start:end],
            tuple(m for s, e, m in spans if s <= start and end <= e),
            tuple(m for s, _, m in spans if s == start),
        )
        for start, end in pairwise(cuts)
    ]
