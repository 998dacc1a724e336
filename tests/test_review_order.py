"""In what order items are judged, and what the verdicts tell of the precision."""

import random
from statistics import mean, stdev
from typing import Any

import pytest
from scipy.stats import binomtest

from onrecord.review import order, precision
from tests.bench import Bench, added
from tests.review_pages import port

# In what order.


def candidate(id: str, **values: Any) -> order.Candidate:
    fields = {"actors": [id], "evidence": [(10 * ord(id), 10 * ord(id) + 5)], **values.pop("fields", {})}
    made = {"runs": frozenset("r"), "similarity": 1.0, "verdict": "open", **values}
    return order.Candidate(id=id, fields=added("mardi", **fields), **made)


@pytest.mark.parametrize(
    ("signs", "runs", "value", "why"),
    [
        ({}, 1, 0.0, ()),
        ({}, 2, 1.0, ("disagreement",)),
        ({"similarity": 0.925}, 1, 0.5, ("fuzzy",)),
        ({"similarity": 0.5}, 1, 1.0, ("fuzzy",)),
        ({"fields": {"evidence": [(0, 400)]}}, 1, 0.0, ()),
        ({"fields": {"evidence": [(0, 300), (500, 601)]}}, 1, 0.5, ("wide",)),
        ({"similarity": 0.85, "fields": {"evidence": [(0, 401)]}}, 2, 2.5, ("disagreement", "fuzzy", "wide")),
    ],
)
def test_the_signs_of_an_item_make_its_value(signs: Any, runs: int, value: float, why: tuple[str, ...]) -> None:
    found = order.values([candidate("a", **signs)], runs)["a"]
    assert found.value == pytest.approx(value)
    assert found.why == why


def test_items_of_two_runs_clash_on_the_same_words() -> None:
    on = {"evidence": [(5, 9)]}
    both, a, b = frozenset("xy"), frozenset("x"), frozenset("y")
    found = order.values(
        [candidate("a", runs=a, fields=on), candidate("b", runs=b, fields={"evidence": [(8, 20)]}),
         candidate("c", runs=a), candidate("d", runs=both, fields=on)], 2,
    )  # fmt: skip
    assert {id: v.value for id, v in found.items()} == {"a": 2.0, "b": 2.0, "c": 1.0, "d": 0.0}


def test_an_actor_of_many_items_comes_first_until_one_is_judged() -> None:
    of = {"actors": ["Z"]}
    many = [candidate("a", fields=of), candidate("b", fields=of), candidate("c", fields=of), candidate("d")]
    found = order.values(many, 1)
    assert [found[id].why for id in "abcd"] == [("dependants",)] * 3 + [()]
    judged = order.values([candidate("a", fields=of, verdict="wrong"), *many[1:]], 1)
    assert [judged[id].why for id in "abcd"] == [()] * 4
    assert judged["d"].value == 1.0, "all the judged ones of its kind were wrong"


@pytest.mark.parametrize("judged", range(7))
def test_each_third_place_is_the_next_of_the_draw(judged: int) -> None:
    by_value = [f"{i:02}" for i in range(20)]
    by_lot = random.Random(judged).sample(by_value, 20)
    queue = precision.mixed(by_value, by_lot, judged)
    assert sorted(queue) == by_value
    for place, id in enumerate(queue):
        source = by_value if (judged + place) % 3 else by_lot
        assert id == next(i for i in source if i not in queue[:place])


def test_the_queue_holds_the_open_items_and_follows_the_draw(bench: Bench) -> None:
    bench.records = [port(), port("document.v2", other=True)]
    for judged in range(7):
        now = bench.now
        assert sorted(now.queue) == sorted(i.id for i in now.items if i.status == "open")
        assert now.precision.judged == (-(-judged // 3))
        assert now.precision.items == 7
        assert sum(i.sampled for i in now.items) == -(-(judged + 1) // 3)
        drawn = precision.drawn(now.article.id, (i.id for i in now.items))
        assert judged % 3 or now.queue[0] == next(id for id in drawn if id in now.queue)
        bench.do("reject" if judged % 2 else "accept", now.queue[0])
    done = bench.now.precision
    assert (bench.now.queue, done.judged, done.right, done.left, done.more) == ((), 7, 4, 0, 0)


# How precise.


@pytest.mark.parametrize(("right", "size"), [(0, 5), (5, 5), (1, 1), (7, 10), (81, 263), (399, 400)])
def test_the_interval_is_wilsons(right: int, size: int) -> None:
    known = binomtest(right, size).proportion_ci(method="wilson")
    assert precision.interval(right / size, size) == pytest.approx((known.low, known.high), abs=1e-9)
    verdicts = [i < right for i in range(size)]
    found = precision.estimate(verdicts)
    assert [found.low, found.high] == pytest.approx([known.low, known.high])


def test_the_estimate_is_not_biased_by_the_order() -> None:
    """Doubtful items come first and are mostly wrong, kinds that were wrong come sooner still."""
    lot, ids = random.Random(1), list(range(24))
    off, naive = [], []
    for article in range(1500):
        right = [lot.random() < 0.1 + 0.8 * i / 24 for i in ids]
        drawn = [int(id) for id in precision.drawn(f"{article:x}", map(str, ids))]
        judged: list[int] = []
        while len(judged) < 12:
            wrong = [sum(not right[i] for i in judged if i % 3 == kind) for kind in range(3)]
            by_value = sorted((i for i in ids if i not in judged), key=lambda i: i - 2 * wrong[i % 3])
            by_lot = [i for i in drawn if i not in judged]
            queue = precision.mixed([str(i) for i in by_value], [str(i) for i in by_lot], len(judged))
            judged += map(int, queue[:3])
        found = precision.estimate([right[i] if i in judged else None for i in drawn])
        assert found.judged == 4
        off.append((found.estimate or 0.0) - mean(right))
        naive.append(mean(right[i] for i in judged) - mean(right))
    assert abs(mean(off)) < 4 * stdev(off) / len(off) ** 0.5 < 0.03
    assert mean(naive) < -0.1


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("judged", [1, 5, 40, 200])
def test_so_many_more_verdicts_bring_five_points(share: float, judged: int) -> None:
    def after(count: int) -> precision.Precision:
        size, right = -(-count // 3), round(share * -(-count // 3))
        drawn = [i < right for i in range(size)]
        return precision.estimate([*drawn, None, *[False] * (count - size), *[None] * (4000 - count)])

    first = after(judged)
    assert (first.judged, first.estimate, first.more is not None) == (-(-judged // 3), first.right / first.judged, True)
    more, estimate = first.more or 0, first.estimate or 0.0
    low, high = precision.interval(estimate, -(-(judged + more) // 3))
    assert high - low <= 0.1
    low, high = precision.interval(estimate, -(-(judged + more) // 3) - 1)
    assert high - low > 0.1 or not more
    few = precision.estimate([True, None, False, None, None])
    assert (few.judged, few.left, few.more) == (1, 3, 3), "all that are left"
    assert precision.estimate([None, True]).estimate is None


def test_articles_count_by_their_items() -> None:
    verdicts: list[list[bool | None]] = [[True, False], [True, True, *[None] * 4, True, True], [None, None]]
    small, large, none = map(precision.estimate, verdicts)
    assert (large.judged, large.items) == (2, 8)
    found = precision.pooled([small, large, none])
    assert (found.judged, found.right, found.items, found.left) == (4, 3, 12, 6)
    assert found.estimate == pytest.approx((2 * 0.5 + 8 * 1.0) / 10)
    assert (found.low, found.high) == pytest.approx(precision.interval(0.9, 10**2 / (2**2 / 2 + 8**2 / 2)))
    assert precision.pooled([large]) == large
    assert precision.pooled([none]).estimate is None
