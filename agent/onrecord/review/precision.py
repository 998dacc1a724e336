"""How precise an extraction is, from a random share of its items, and how many more verdicts would say it better.

The items of an article stand in an order fixed by hashing, as good as drawn by lot. One verdict in three is on the
next of them. How many of them count depends on how many verdicts there are, never on which: it would be biased to
count whatever happens to have been judged.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from onrecord.records import digest

_EVERY = 3
_Z = NormalDist().inv_cdf(0.975)
_HALF_WIDTH = 0.05


@dataclass(frozen=True)
class Precision:
    """How many of the random share were judged and right, the share with its 95 % interval, and what is left.

    `more` says how many more verdicts would narrow the interval to five points on each side, or all that are left.
    """

    judged: int
    right: int
    estimate: float | None
    low: float | None
    high: float | None
    more: int | None
    items: int
    left: int


def drawn(article_id: str, ids: Iterable[str]) -> list[str]:
    """Return ids in the order of the draw, which no one chooses and every machine repeats."""
    return sorted(ids, key=lambda id: digest([article_id, id]))


def due(judged: int) -> int:
    """Return how many of the draw are judged when the queue was followed for so many verdicts."""
    return -(-judged // _EVERY)


def mixed(by_value: Sequence[str], by_lot: Sequence[str], judged: int) -> list[str]:
    """Return ids by value, each third place given to the next of the draw; both hold the same ids."""
    queue: dict[str, None] = {}
    lot, value = iter(by_lot), iter(by_value)
    for place in range(judged, judged + len(by_value)):
        queue[next(id for id in (value if place % _EVERY else lot) if id not in queue)] = None
    return list(queue)


def estimate(verdicts: Sequence[bool | None]) -> Precision:
    """Estimate from the verdicts in the order of the draw: right, wrong, or None for none yet."""
    judged = sum(v is not None for v in verdicts)
    left = len(verdicts) - judged
    prefix = next((i for i, v in enumerate(verdicts) if v is None), len(verdicts))
    counted = min(prefix, due(judged)) if left else judged
    right = sum(v is True for v in verdicts[:counted])
    return _precision(counted, right, right / counted if counted else None, counted, len(verdicts), left)


def pooled(precisions: Iterable[Precision]) -> Precision:
    """Estimate over several articles, each weighted by the number of its items (a stratified sample)."""
    all_ = list(precisions)
    found = [p for p in all_ if p.estimate is not None]
    whole = sum(p.items for p in found)
    share = sum(p.items * (p.estimate or 0.0) for p in found) / whole if whole else None
    # As many as a plain sample would need to be as sure.
    size = whole**2 / sum(p.items**2 / p.judged for p in found) if whole else 0.0
    judged, right = sum(p.judged for p in all_), sum(p.right for p in all_)
    return _precision(judged, right, share, size, sum(p.items for p in all_), sum(p.left for p in all_))


def _precision(judged: int, right: int, share: float | None, size: float, items: int, left: int) -> Precision:
    if share is None:
        return Precision(judged, right, None, None, None, None, items, left)
    low, high = interval(share, size)
    # One verdict in three is on the draw; with the last one all count.
    more = min(left, _EVERY * max(0, math.ceil(_needed(share) - size)))
    return Precision(judged, right, share, low, high, more, items, left)


def interval(share: float, size: float) -> tuple[float, float]:
    """Return the 95 % interval of a share by Wilson (1927)."""
    centre = (share + _Z**2 / (2 * size)) / (1 + _Z**2 / size)
    half = _half_width(share, size)
    return max(0.0, centre - half), min(1.0, centre + half)


def _half_width(share: float, size: float) -> float:
    return _Z * math.sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2)) / (1 + _Z**2 / size)


def _needed(share: float) -> int:
    """Return the size of sample at which the interval reaches five points to each side."""
    size = 1
    while _half_width(share, size) > _HALF_WIDTH:
        size += 1
    return size
