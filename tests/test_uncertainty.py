import numpy as np
import pytest

from onrecord.scoring import Count
from onrecord.uncertainty import alpha, articles_needed, difference, holm, interval, p_value, table


def system(rate: float, articles: int = 30, seed: int = 1) -> list[Count]:
    """Simulate articles of ten gold items of which a share is found, with as many predicted."""
    random = np.random.default_rng(seed)
    return [Count(int(random.binomial(10, rate)), 10, 10) for _ in range(articles)]


def test_an_interval_holds_the_score_and_narrows_with_articles() -> None:
    few, many = interval(table(system(0.6, 10))), interval(table(system(0.6, 200)))
    assert few
    assert many
    assert few[0] < 0.6 < few[1]
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_an_interval_of_what_never_varies_and_of_nothing() -> None:
    assert interval(table([Count(5, 5, 5)] * 8)) == (1.0, 1.0)
    assert interval(table([Count(0, 0, 0)] * 8)) is None
    assert interval(table([Count(1, 2, 3)])) is None


def test_a_difference_is_found_or_not() -> None:
    good, bad = table(system(0.8)), table(system(0.4, seed=2))
    assert difference(bad, good) == pytest.approx(0.4, abs=0.1)
    assert p_value(bad, good) < 0.001
    assert p_value(good, good) == 1.0
    alike = table(system(0.8, seed=3))
    assert p_value(good, alike) > 0.05
    needed = articles_needed(good, alike)
    assert needed
    assert needed > len(good)


def test_the_permutation_test_by_hand() -> None:
    # Two articles, A right on neither, B on both: of the four swaps two are as far apart as what was seen.
    a, b = table([Count(0, 1, 1)] * 2), table([Count(1, 1, 1)] * 2)
    assert p_value(a, b) == pytest.approx(0.5, abs=0.02)


def test_holm_by_hand() -> None:
    # 0.01*3, 0.03*2, and 0.04*1 which may not be smaller than the one before.
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([]) == []


def test_alpha_by_hand() -> None:
    # Krippendorff (2011), binary data of two observers: 10 units, 4 disagreements; alpha = 0.095.
    first = list("0100000010")
    second = list("1110010000")
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.001)
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    assert alpha([("a", "a")]) is None
    assert alpha([]) is None
