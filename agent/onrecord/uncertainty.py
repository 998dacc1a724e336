"""How sure a score and a difference are: intervals, tests, and how many more articles would settle it.

Articles, not items, are resampled and swapped: the items of one article stand or fall together. The bootstrap
interval is the bias-corrected and accelerated one (Efron 1987); the test of a difference swaps the two systems'
results article by article (Yeh 2000); several tests are corrected after Holm (1979).
"""

import math
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from onrecord.scoring import Count

_RESAMPLES = 2000
_SWAPS = 10_000
_SEED = 20260101
_LEVEL = 0.05
# To find a difference that is there in four of five trials.
_POWER = 0.8

Counts = NDArray[np.float64]


def table(counts: Sequence[Count]) -> Counts:
    """Return counts as an array of shape (articles, 3): right, predicted, gold."""
    return np.array([[c.right, c.predicted, c.gold] for c in counts], dtype=np.float64).reshape(-1, 3)


def _f1(right: Any, predicted: Any, gold: Any, axis: int = -1) -> Any:
    both = predicted.sum(axis) + gold.sum(axis)
    return np.divide(2 * right.sum(axis), both, out=np.zeros_like(both, dtype=float), where=both > 0)


def interval(counts: Counts, *, resamples: int = _RESAMPLES) -> tuple[float, float] | None:
    """Return the 95 % interval of F1 over all articles; None with fewer than two articles or nothing to count."""
    if len(counts) < 2 or not counts[:, 1:].any():
        return None
    with warnings.catch_warnings():
        # Where every resample gives one value, SciPy warns and returns no number: the interval is that value.
        warnings.simplefilter("ignore")
        found = stats.bootstrap(
            tuple(counts.T), _f1, paired=True, vectorized=True, n_resamples=resamples, method="BCa",
            rng=np.random.default_rng(_SEED),
        ).confidence_interval  # fmt: skip
    whole = float(_f1(*counts.T))
    low, high = float(found.low), float(found.high)
    return (whole if math.isnan(low) else low, whole if math.isnan(high) else high)


def difference(a: Counts, b: Counts) -> float:
    """Return F1 of `b` minus F1 of `a`, over all articles."""
    return float(_f1(*b.T) - _f1(*a.T))


def p_value(a: Counts, b: Counts, *, swaps: int = _SWAPS) -> float:
    """Return the two-sided p-value of a difference in F1; both systems read the same articles, in the same order."""
    random = np.random.default_rng(_SEED)
    swap = random.random((swaps, len(a), 1)) < 0.5
    first, second = np.where(swap, b, a), np.where(swap, a, b)
    apart = _f1(*np.moveaxis(second, -1, 0)) - _f1(*np.moveaxis(first, -1, 0))
    # A swap that gives the same difference again may differ in the last bit.
    as_large = np.abs(apart) >= abs(difference(a, b)) - 1e-12
    return float((as_large.sum() + 1) / (swaps + 1))


def holm(values: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number (Holm 1979), in the same order."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    corrected, largest = [0.0] * len(values), 0.0
    for rank, i in enumerate(order):
        largest = max(largest, min(1.0, values[i] * (len(values) - rank)))
        corrected[i] = largest
    return corrected


def articles_needed(a: Counts, b: Counts, *, resamples: int = _RESAMPLES) -> int | None:
    """Return about how many articles in all would settle a difference as large as the one seen.

    From the spread of the difference over resampled articles, at a level of 5 % and a power of 80 %. None where
    no difference is seen at all.
    """
    seen = difference(a, b)
    if seen == 0 or len(a) < 2:
        return None
    picks = np.random.default_rng(_SEED).integers(0, len(a), (resamples, len(a)))
    apart = _f1(*np.moveaxis(b[picks], -1, 0)) - _f1(*np.moveaxis(a[picks], -1, 0))
    wanted = float(stats.norm.ppf(1 - _LEVEL / 2) + stats.norm.ppf(_POWER))
    return max(len(a) + 1, math.ceil(len(a) * (wanted * float(apart.std(ddof=1)) / seen) ** 2))


def alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Return Krippendorff's alpha of two labellers on nominal values; None with fewer than two different values.

    One minus observed over expected disagreement (Krippendorff, Content Analysis, 2004, chapter 11). The libraries
    that compute it are under the GPL.
    """
    values = Counter(value for pair in pairs for value in pair)
    if len(values) < 2:
        return None
    n = values.total()
    observed = sum(x != y for x, y in pairs) / len(pairs)
    expected = 1 - sum(count * (count - 1) for count in values.values()) / (n * (n - 1))
    return 1 - observed / expected
