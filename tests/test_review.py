"""What was said of an article's items: the log, what follows from it, and what is written out."""

import io
import json
import random
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pytest
from scipy.stats import binomtest

from onrecord import gold
from onrecord.errors import StoreError, UsageError
from onrecord.records import Agreement, Article, Claim, Record, Span, Stance
from onrecord.review import cases, order, precision
from onrecord.review.changes import Action, Change, Fields
from onrecord.review.corrected import corrected
from onrecord.review.judging import Conflict, Wish, judge
from onrecord.review.reviewed import Reviewed, ReviewItem, review
from onrecord.store import Store
from tests.conftest import Run
from tests.review_pages import TEXT, hostile, port
from tests.samples import at
from tests.server import Response, Server

MAYOR, FISHERS, PREFECT, KERBRAT = "Anne Le Goff", "les pêcheurs", "le préfet", "Yann Kerbrat"
CLAIM, STANCE = port().claims[0].id, port().stances[0].id


@dataclass
class Bench:
    """An article under review; who is not named otherwise knows of all that was said before."""

    store: Store
    records: Sequence[Record]

    @property
    def now(self) -> Reviewed:
        return review(self.records, self.store.changes(self.records[0].article.id))

    def do(
        self, action: Action, item: str | None = None, *, who: str = "ana", seen: int | None = None, **more: Any
    ) -> Reviewed:
        known = self.now.last if seen is None else seen
        return judge(self.store, self.records, Wish(action=action, item=item, seen=known, session=who, **more), who)

    def item(self, id: str) -> ReviewItem:
        return next(i for i in self.now.items if i.id == id)

    def changed(self, id: str, **values: object) -> Fields:
        return self.item(id).fields.model_copy(update=values)

    @property
    def actors(self) -> dict[str, list[str]]:
        return {actor.name: actor.mentions for actor in self.now.actors}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture
def bench(store: Store) -> Bench:
    return Bench(store, [port()])


def added(quote: str, **values: object) -> Fields:
    start = TEXT.index(quote)
    place = (start, start + len(quote))
    return Fields.model_validate(
        {"kind": "claim", "actors": [PREFECT], "position": "indirect", "statement": "x", "evidence": [place], **values}
    )


def later(record: Record, **items: object) -> Record:
    """Make the record of a run that comes after every verdict, with another prompt."""
    made = record.provenance.model_copy(update={"prompt": "p", "prompt_digest": "p", "created": "2999-01-01T00:00:00Z"})
    return record.model_copy(update={"provenance": made, **items})


def values(reviewed: Reviewed) -> object:
    """Return all that stands, without who touched it."""
    items = [(i.id, i.fields, i.status, i.label) for i in reviewed.items]
    return items, {a.name: a for a in reviewed.actors}, reviewed.complete, reviewed.queue, reviewed.precision


# From the log to what stands.


def test_each_verdict_gives_its_status(bench: Bench) -> None:
    assert {i.status for i in bench.now.items} == {"open"}
    found = bench.item(STANCE).fields
    bench.do("accept", CLAIM)
    assert bench.item(CLAIM).status == "accepted"
    bench.do("reject", CLAIM)
    assert bench.item(CLAIM).status == "rejected"
    bench.do("edit", STANCE, fields=bench.changed(STANCE, position="oppose", actors=["  le   maire "]))
    assert (bench.item(STANCE).status, bench.item(STANCE).fields.position) == ("corrected", "oppose")
    assert bench.item(STANCE).fields.actors == ["le maire"]
    assert bench.item(STANCE).original == found
    bench.do("accept", STANCE)
    assert bench.item(STANCE).status == "corrected", "what is accepted is the correction"
    bench.do("add", fields=added("mardi à Brest"))
    assert (bench.item("added-5").status, bench.item("added-5").original) == ("added", None)
    bench.do("reject", "added-5")
    assert bench.item("added-5").status == "rejected"
    assert bench.now.complete is False
    assert bench.do("complete").complete is True
    assert bench.do("reopen").complete is False


@pytest.mark.parametrize("record", [port(), hostile()])
def test_an_edit_back_to_the_original_is_an_acceptance(store: Store, record: Record) -> None:
    bench, id = Bench(store, [record]), record.claims[0].id
    found = bench.item(id).fields
    bench.do("edit", id, fields=bench.changed(id, statement="else"))
    assert bench.item(id).status == "corrected"
    bench.do("edit", id, fields=found.model_copy(update={"statement": f" {found.statement}\n"}))
    assert (bench.item(id).status, bench.item(id).fields) == ("accepted", found)
    assert corrected(bench.now).claims[0].id == id


def test_a_merge_takes_items_and_mentions_along(bench: Bench) -> None:
    bench.do("accept", STANCE)
    bench.do("merge", actor=KERBRAT, into=FISHERS)
    assert bench.actors[FISHERS] == [FISHERS, KERBRAT]
    assert KERBRAT not in bench.actors
    assert [i.fields.actors for i in bench.now.items if FISHERS in i.fields.actors] == [[FISHERS]] * 2
    both = ["la ville", "le syndicat des pêcheurs"]
    bench.do("merge", actor=both[1], into=both[0])
    assert bench.item(port().agreements[0].id).fields.actors == [both[0]], "a party is named once"
    assert bench.item(STANCE).status == "accepted"


def test_a_new_name_corrects_no_item(bench: Bench) -> None:
    bench.do("accept", CLAIM)
    bench.do("rename", actor=MAYOR, into="Le Goff, Anne")
    assert (bench.item(CLAIM).status, bench.item(CLAIM).fields.actors) == ("accepted", ["Le Goff, Anne"])
    assert bench.item(STANCE).fields.actors == ["Le Goff, Anne"]
    assert bench.actors["Le Goff, Anne"] == [MAYOR, "la maire", "Mme Le Goff"], "not what the text does not have"
    assert {a.kind for a in bench.now.actors if a.name == "Le Goff, Anne"} == {"person"}


def test_after_a_split_the_items_follow_the_words_that_name_their_actor(bench: Bench) -> None:
    bench.do("split", actor=MAYOR, into="Mme Le Goff", mentions=["Mme Le Goff"])
    assert (bench.actors[MAYOR], bench.actors["Mme Le Goff"]) == ([MAYOR, "la maire"], ["Mme Le Goff"])
    assert bench.item(CLAIM).fields.actors == [MAYOR], "its cue says «la maire»"
    assert bench.item(STANCE).fields.actors == ["Mme Le Goff"]
    assert bench.item(STANCE).seen == 1
    assert bench.item(CLAIM).seen == 0


def test_undo_goes_back_through_a_whole_session_and_leaves_no_trace(bench: Bench) -> None:
    bench.do("reject", port().claims[1].id, who="béa")
    steps: list[tuple[Action, dict[str, Any]]] = [
        ("accept", {"item": CLAIM}),
        ("edit", {"item": STANCE, "fields": bench.changed(STANCE, actors=["le maire"])}),
        ("rename", {"actor": MAYOR, "into": "la maire"}),
        ("add", {"fields": added("mardi à Brest", actors=["un passant"])}),
        ("merge", {"actor": KERBRAT, "into": FISHERS}),
        ("split", {"actor": "la maire", "into": "Le Goff", "mentions": ["Mme Le Goff"]}),
        ("reject", {"item": CLAIM}),
        ("complete", {}),
    ]
    stood = [values(bench.now)]
    for action, wish in steps:
        stood.append(values(bench.do(action, **wish)))
        assert stood[-1] != stood[-2], action
    for was in stood[-2::-1]:
        assert values(bench.do("undo")) == was
    with pytest.raises(ValueError, match="nothing to undo"):
        bench.do("undo")
    assert bench.item(port().claims[1].id).status == "rejected", "that of somebody else stays"
    assert len(bench.store.changes(bench.now.article.id)) == bench.now.last == 1 + 2 * len(steps)


def test_an_item_judged_under_a_name_that_is_taken_back_keeps_it(bench: Bench) -> None:
    bench.do("rename", actor=MAYOR, into="Madame")
    bench.do("accept", CLAIM, who="béa")
    bench.do("undo")
    assert (bench.item(CLAIM).status, bench.item(CLAIM).fields.actors) == ("accepted", ["Madame"])
    assert {"Madame", MAYOR} <= set(bench.actors)
    assert "Madame" in {actor.name for actor in corrected(bench.now).actors}


@pytest.mark.parametrize("verdict", ["open", "accept", "reject", "edit", "add"])
def test_what_no_run_finds_any_more_stays_if_somebody_stands_by_it(bench: Bench, verdict: Any) -> None:
    if verdict == "add":
        bench.do("add", fields=added("mardi à Brest"))
    elif verdict != "open":
        bench.do(verdict, CLAIM, fields=bench.changed(CLAIM, statement="else") if verdict == "edit" else None)
    bench.records = [later(port(), claims=[])]
    kept = [(i.id, i.status, i.runs) for i in bench.now.items if i.kind == "claim"]
    stays = {"accept": (CLAIM, "accepted", ()), "edit": (CLAIM, "corrected", ()), "add": ("added-1", "added", ())}
    assert kept == ([stays[verdict]] if verdict in stays else [])
    assert bench.now.precision.items == 3
    assert len(corrected(bench.now).claims) == len(kept)


# Who was there first.


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("accept", {"item": CLAIM}), ("reject", {"item": CLAIM})),
        (("rename", {"actor": MAYOR, "into": "Madame"}), ("accept", {"item": CLAIM})),
        (("merge", {"actor": KERBRAT, "into": FISHERS}), ("rename", {"actor": FISHERS, "into": "eux"})),
        (("complete", {}), ("complete", {})),
        (("reopen", {}), ("complete", {})),
    ],
)
def test_a_later_change_of_the_same_thing_is_a_conflict(bench: Bench, first: Any, second: Any) -> None:
    bench.do(first[0], **first[1])
    bench.do("accept", port().claims[1].id)
    with pytest.raises(Conflict) as caught:
        bench.do(second[0], **second[1], who="béa", seen=0)
    assert (caught.value.change.number, caught.value.change.action, caught.value.change.who) == (1, first[0], "ana")
    assert bench.now.last == 2, "nothing was written"
    bench.do(second[0], **second[1], who="béa", seen=1)


@pytest.mark.parametrize(
    ("action", "wish"),
    [
        ("accept", {"item": STANCE}),
        ("rename", {"actor": FISHERS, "into": "eux"}),
        ("complete", {}),
        ("add", {"fields": added("mardi à Brest")}),
    ],
)
def test_a_change_of_something_else_is_no_conflict(bench: Bench, action: Action, wish: dict[str, Any]) -> None:
    bench.do("accept", CLAIM)
    bench.do("rename", actor=KERBRAT, into="Yann K.")
    assert bench.do(action, **wish, who="béa", seen=0).last == 3


def test_what_somebody_else_touched_since_is_not_taken_back(bench: Bench) -> None:
    bench.do("edit", CLAIM, fields=bench.changed(CLAIM, statement="else"))
    bench.do("reject", CLAIM, who="béa")
    with pytest.raises(Conflict) as caught:
        bench.do("undo")
    assert (caught.value.change.number, caught.value.change.who) == (2, "béa")
    bench.do("undo", who="béa")
    bench.do("accept", STANCE, who="béa")
    bench.do("undo")
    assert bench.item(CLAIM).status == "open"


@pytest.mark.parametrize(
    ("action", "wish", "said"),
    [
        ("accept", {"item": "none"}, "there is no item none"),
        ("edit", {"item": CLAIM}, "edit needs the fields"),
        ("add", {"fields": added("mardi", actors=["  "])}, "somebody must be named"),
        ("add", {"fields": added("mardi", statement=" \n")}, "what is said"),
        ("add", {"fields": added("mardi", evidence=[(3, len(TEXT) + 1)])}, f"no words at 3..{len(TEXT) + 1}"),
        ("add", {"fields": added("mardi", cue=(len(TEXT), len(TEXT) + 9))}, "no words at"),
        ("add", {"fields": added("mardi", evidence=[(TEXT.index("\n"), TEXT.index("\n") + 2)])}, "no words at"),
        ("merge", {"actor": "X", "into": MAYOR}, "there is no actor «X»"),
        ("merge", {"actor": MAYOR, "into": "X"}, "there is no actor «X»"),
        ("merge", {"actor": MAYOR, "into": MAYOR}, "another name is needed"),
        ("rename", {"actor": MAYOR, "into": " "}, "another name is needed"),
        ("rename", {"actor": MAYOR, "into": FISHERS}, f"«{FISHERS}» is an actor already"),
        ("split", {"actor": MAYOR, "into": "X"}, "some of the mentions"),
        ("split", {"actor": MAYOR, "into": "X", "mentions": [MAYOR, "la maire", "Mme Le Goff"]}, "and not all"),
        ("split", {"actor": MAYOR, "into": "X", "mentions": ["le préfet"]}, "some of the mentions"),
        ("undo", {}, "nothing to undo"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(bench: Bench, action: Action, wish: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        bench.do(action, **wish)
    assert bench.store.changes(bench.now.article.id) == []


@pytest.mark.parametrize(
    "values", [{"position": "agreed"}, {"actors": ["A", "B"]}, {"actors": []}, {"evidence": []}, {"evidence": [(4, 4)]},
               {"evidence": [(-1, 4)]}, {"kind": "stance", "position": "support", "cue": (1, 2)}]
)  # fmt: skip
def test_fields_that_go_with_no_item_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        added("mardi", **values)


def change(number: int = 1, **values: object) -> Change:
    made = {
        "article_id": port().article.id,
        "number": number,
        "action": "accept",
        "who": "eve",
        "when": "",
        "session": "e",
    }
    return Change.model_validate({**made, **values})


def test_of_two_that_write_one_number_one_wins(store: Store) -> None:
    ready = threading.Barrier(4)

    def write(n: int) -> bool:
        ready.wait()
        return Store(store.folder).append(change(session=str(n), item=CLAIM))

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(write, range(4)))
    assert sorted(won) == [False, False, False, True]
    assert [c.session for c in store.changes(port().article.id)] == [str(won.index(True))]


def test_of_many_that_judge_at_once_each_gets_a_number(bench: Bench) -> None:
    ids = [item.id for item in bench.now.items]
    ready = threading.Barrier(len(ids))

    def accept(id: str) -> int:
        ready.wait()
        other = Bench(Store(bench.store.folder), bench.records)
        return len([i for i in other.do("accept", id, seen=0, who=id).items if i.id == id and i.status == "accepted"])

    with ThreadPoolExecutor(len(ids)) as pool:
        assert list(pool.map(accept, ids)) == [1] * len(ids)
    assert [c.number for c in bench.store.changes(bench.now.article.id)] == list(range(1, len(ids) + 1))
    assert {i.status for i in bench.now.items} == {"accepted"}


# Another run.


def test_a_run_with_another_prompt_keeps_the_verdicts_and_shows_what_is_new(bench: Bench) -> None:
    bench.do("accept", CLAIM)
    bench.do("edit", STANCE, fields=bench.changed(STANCE, statement="else"))
    bench.do("rename", actor=KERBRAT, into="Yann K.")
    first = port()
    said = first.claims[0].model_copy(update={"statement": "in other words", "mode": "mixed"})
    more = Claim(speaker=MAYOR, statement="x", mode="indirect", evidence=[at(TEXT, "Le port restera ouvert")])
    bench.records = [later(first, claims=[said, *first.claims[1:], more]), first]
    assert {i.id for i in bench.now.items if i.new} == {more.id}
    assert (bench.item(CLAIM).status, bench.item(CLAIM).fields.position) == ("accepted", "direct")
    assert (bench.item(STANCE).status, bench.item(STANCE).fields.statement) == ("corrected", "else")
    assert {len(i.runs) for i in bench.now.items if i.id != more.id} == {2}
    assert bench.item(more.id).runs == (bench.now.runs[0].key,)
    bench.do("reject", more.id)
    assert not any(i.new for i in bench.now.items)


def test_before_any_verdict_nothing_is_new(bench: Bench) -> None:
    bench.records = [later(port(), claims=[]), port()]
    assert not any(i.new for i in bench.now.items)
    bench.do("accept", CLAIM)
    bench.do("undo")
    assert not any(i.new for i in bench.now.items)


def test_what_two_runs_disagree_on_is_told(store: Store) -> None:
    now = Bench(store, [port(), port("document.v2", other=True)]).now
    newer, older = (run.key for run in now.runs)
    assert [run.prompt for run in now.runs] == ["document.v2", "interview.v1"]
    alone = {port().claims[2].id: (older,), port(other=True).claims[2].id: (newer,), port().stances[1].id: (older,)}
    for item in now.items:
        assert item.runs == alone.get(item.id, (newer, older))
        assert ("disagreement" in item.why) == (item.id in alone)
    clashing = {port().claims[2].id, port(other=True).claims[2].id}
    assert {i.id for i in now.items if i.value >= 2} == clashing
    assert now.queue[0] in clashing or now.queue[1] in clashing


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


def test_items_of_two_runs_clash_on_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_articles_count_by_their_items(store: Store) -> None:
    @dataclass
    class One:
        precision: precision.Precision

    def one(*verdicts: bool | None) -> One:
        return One(precision.estimate(verdicts))

    small, large, none = one(True, False), one(True, True, *[None] * 4, True, True), one(None, None)
    assert (large.precision.judged, large.precision.items) == (2, 8)
    found = precision.pooled([small, large, none])
    assert (found.judged, found.right, found.items, found.left) == (4, 3, 12, 6)
    assert found.estimate == pytest.approx((2 * 0.5 + 8 * 1.0) / 10)
    assert (found.low, found.high) == pytest.approx(precision.interval(0.9, 10**2 / (2**2 / 2 + 8**2 / 2)))
    assert precision.pooled([large]) == large.precision
    assert precision.pooled([none]).estimate is None


# What is written out: records.


def test_the_corrected_record_holds_what_stands(bench: Bench) -> None:
    first, second = port(), port("document.v2", other=True)
    bench.records = [first, second]
    alone = first.stances[1].id
    bench.do("reject", first.claims[1].id)
    bench.do("edit", STANCE, fields=bench.changed(STANCE, position="mixed", actors=["Brest"]))
    bench.do("add", fields=added("👩‍🔧", kind="agreement", actors=["A", "B"], position="signed"))
    bench.do("rename", actor=PREFECT, into="le préfet du Finistère")
    made = corrected(bench.now)
    assert Record.model_validate_json(made.model_dump_json()) == made
    assert [c.id for c in made.claims] == [CLAIM, second.claims[2].id], "open ones of the newest run alone"
    assert [(s.holder, s.polarity) for s in made.stances] == [("Brest", "mixed")]
    assert [(a.parties, a.evidence[0].quote) for a in made.agreements] == [
        (["A", "B"], "👩‍🔧"),
        (first.agreements[0].parties, first.agreements[0].evidence[0].quote),
    ]
    assert made.agreements[1].id == first.agreements[0].id
    assert all(TEXT[s.start : s.end] == s.quote for s in made.spans())
    assert {"Brest", "A", "B", MAYOR} < {a.name for a in made.actors}
    assert PREFECT not in {a.name for a in made.actors}
    bench.do("accept", alone)
    assert alone in {s.id for s in corrected(bench.now).stances}, "of an older run what was accepted"


@pytest.mark.parametrize("record", [port(), port(other=True), hostile()])
def test_of_what_nobody_touched_nothing_changes(record: Record) -> None:
    made = corrected(review([record], []))
    for kind in ("claims", "stances", "agreements"):
        assert {i.id: i for i in getattr(made, kind)} == {i.id: i for i in getattr(record, kind)}


def test_likeness_is_kept_until_somebody_looked(store: Store) -> None:
    span = at(TEXT, "mardi à Brest").model_copy(update={"match": "fuzzy", "score": 0.9})
    claim = Claim(speaker=MAYOR, statement="x", mode="indirect", evidence=[span])
    bench = Bench(store, [port().model_copy(update={"claims": [claim]})])
    assert corrected(bench.now).claims == [claim]
    assert "fuzzy" in bench.item(claim.id).why
    bench.do("accept", claim.id)
    assert corrected(bench.now).claims[0].evidence == [at(TEXT, "mardi à Brest")]


# What is written out: cases.


def on_text(text: str, *places: tuple[int, int], path: str | None = "a.txt", lang: str | None = "fr") -> Record:
    """Make a record with an item of each kind on each place."""
    spans = [Span(start=start, end=end, quote=text[start:end]) for start, end in places]
    return port().model_copy(
        update={
            "article": Article(text=text, lang=lang, title=text[:40], path=path),
            "actors": [],
            "claims": [Claim(speaker="X: «y»", statement="s", mode="mixed", cue=s, evidence=[s]) for s in spans],
            "stances": [Stance(holder="- h", target="# t", polarity="mixed", evidence=spans)],
            "agreements": [Agreement(parties=["p", "q"], subject=" ", status="ended", evidence=spans[::-1])],
        }
    )


def finished(store: Store, record: Record) -> Reviewed:
    """Accept all of an article and mark it complete."""
    bench = Bench(store, [record])
    for item in bench.now.items:
        bench.do("accept", item.id)
    return bench.do("complete")


TEXTS = {
    "repeated": "aa aaaa aa. Non, non, non.",
    "emoji": "👩‍🔧 dit : « 🚢🚢 ».\nFin 🚢",
    "tabs": "\tOui\t, a-t-il dit.\t\n\tOui\t",
    "trailing": "Oui  \nNon   \n \nOui\n\n\n",
    "leading": "   Oui\n Non\n   Oui",
    "crlf": "Oui\r\nNon\r\nOui\rNon",
    "yaml": "a: b # c\n- d: 'e' \"f\"\n---\n...\n%g\n? h\n{i: [j]}, a: b\n",
    "breaks": "Oui\x85Non\u2028Oui\u2029Non\nOui",
    "odd": "\ufeffOui \x07 Non \x1b[1m \x00 Oui\n",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_case_reads_back_as_the_very_same(store: Store, tmp_path: Path, text: str) -> None:
    words = text.split()[0][:2]
    places = [(i, i + len(words)) for i in range(len(text)) if text.startswith(words, i)]
    reviewed = finished(store, on_text(text, *places))
    (path,), left = cases.write([reviewed], tmp_path / "gold", "dev")
    case = gold.read(path)
    assert (left, case, case.text) == ([], cases.case(reviewed, "dev"), text)
    assert [gold.place(text, c.evidence[0]).start for c in case.claims] == [start for start, _ in places]
    assert [gold.place(text, c.cue).start for c in case.claims if c.cue] == [start for start, _ in places]
    assert [(s.start, s.end) for s in gold.placed(text, case.agreements[0].evidence)] == places[::-1]


@pytest.mark.parametrize("record", [port(), hostile()])
def test_a_finished_article_becomes_a_case(store: Store, tmp_path: Path, record: Record) -> None:
    (path,), left = cases.write([finished(store, record)], tmp_path, "test")
    case = gold.read(path)
    assert path.parent == tmp_path
    assert (left, case.text, case.title, case.split) == ([], record.article.text, record.article.title, "test")
    for items, kind in ((record.claims, case.claims), (record.stances, case.stances)):
        assert sorted([(s.start, s.end) for s in i.evidence] for i in items) == sorted(
            [(s.start, s.end) for s in gold.placed(case.text, label.evidence)] for label in kind
        )
    assert case.actors[0].aliases == record.actors[0].mentions[1:]


@pytest.mark.parametrize(
    ("record", "complete", "said"),
    [
        (port(), False, "port.txt: not marked complete"),
        (on_text("Oui", (0, 3), lang=None), True, "a.txt: its language is not known"),
        (on_text("Oui", (0, 3), lang="fr-FR"), True, "a.txt: lang: "),
        (on_text("Oui", (0, 3)).model_copy(update={"stances": [
            Stance(holder="h", target="", polarity="mixed", evidence=[at("Oui", "Oui")])]}), True, "a.txt: stances.0"),
    ],
)  # fmt: skip
def test_an_article_that_gives_no_case_is_named(
    store: Store, tmp_path: Path, record: Record, complete: bool, said: str
) -> None:
    reviewed = finished(store, record) if complete else review([record], [])
    written, left = cases.write([reviewed, finished(store, on_text("Non", (0, 3)))], tmp_path, "dev")
    assert [path.name for path in written] == ["a.yaml"]
    assert len(left) == 1
    assert left[0].startswith(said)


def test_a_file_that_is_there_is_replaced_only_by_the_same_article(store: Store, tmp_path: Path) -> None:
    one, two = (finished(store, on_text(text, (0, 3))) for text in ("Oui\n", "Non\n"))
    (first,), _ = cases.write([one], tmp_path, "dev")
    mine = gold.read(first).model_copy(update={"split": "test", "tags": ["mine"], "claims": []})
    first.write_text(cases.dump(mine), "utf-8")
    written, _ = cases.write([two, one], tmp_path, "dev")
    assert [path.name for path in written] == [f"a-{two.article.id}.yaml", "a.yaml"]
    kept = gold.read(first)
    assert (kept.split, kept.tags, kept.text, len(kept.claims)) == ("test", ["mine"], "Oui\n", 1)
    written[0].write_text("not: a case", "utf-8")
    written, left = cases.write([two], tmp_path, "dev")
    assert (written, left) == (
        [],
        [f"a.txt: {tmp_path}/a-{two.article.id}.yaml is there already and holds something else"],
    )
    assert (tmp_path / f"a-{two.article.id}.yaml").read_text("utf-8") == "not: a case"


def test_evals_lists_and_scores_what_was_judged(onrecord: Run, store: Store, tmp_path: Path) -> None:
    record = port()
    cases.write([finished(store, record), finished(store, hostile())], tmp_path / "mine", "dev")
    listed = onrecord("evals", "--list", "--gold", "mine")
    assert listed.returncode == 0, listed.stderr
    assert re.search(r"split dev +2 +\d+ +4 +2 +1\n", listed.stdout), listed.stdout

    def answers(body: dict[str, Any]) -> Response:
        told = "Kerbrat" in body["messages"][1]["content"]
        claims = [
            {"speaker": c.speaker, "relayed_by": [], "statement": "…", "cue": None, "evidence": [c.evidence[0].quote]}
            for c in record.claims
        ]
        return Response({"actors": [], "claims": claims if told else [], "stances": [], "agreements": []})

    with Server(answers) as server:
        where = ("--gold", "mine", "--base-url", server.url, "--model", "m", "--cache", "other")
        done = onrecord("evals", *where, "--split", "all", "--json", "r.json")
    assert (done.returncode, "failed:" in done.stderr) == (0, False), done.stderr
    (run,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["runs"]
    claims = run["scores"]["claims"]["overlap"]
    assert (claims["precision"], claims["recall"]) == (1.0, 0.75), "three of four, the hostile one is missed"


# The store.


def test_the_log_survives_an_emptied_store(bench: Bench) -> None:
    bench.store.keep_record(port())
    bench.do("accept", CLAIM)
    assert (bench.store.stats().changes, bench.store.clear(), bench.store.records()) == (1, 1, [])
    assert bench.item(CLAIM).status == "accepted"
    assert (bench.store.clear("change"), bench.item(CLAIM).status) == (1, "open")


def test_a_log_is_exported_and_imported(bench: Bench, tmp_path: Path) -> None:
    finished(bench.store, port())
    bench.do("rename", actor=MAYOR, into="Madame 🚢")
    bench.do("undo")
    out = io.StringIO()
    assert bench.store.export(out) == 9
    other = Bench(Store(tmp_path / "other"), bench.records)
    assert other.store.import_(io.StringIO(out.getvalue())) == (9, 0)
    assert other.store.import_(io.StringIO(out.getvalue())) == (0, 9)
    assert other.now == bench.now
    assert other.store.changes(port().article.id) == bench.store.changes(port().article.id)


def test_two_logs_that_part_ways_are_not_mixed(bench: Bench, tmp_path: Path) -> None:
    other = Bench(Store(tmp_path / "other"), bench.records)
    other.store.keep_record(port())
    other.do("accept", CLAIM)
    other.do("undo")
    bench.do("reject", STANCE)
    out = io.StringIO()
    other.store.export(out)
    with pytest.raises(
        StoreError, match=r"1 entries added; the review of .* differently here: 2 changes were left out"
    ):
        bench.store.import_(io.StringIO(out.getvalue()))
    assert (bench.item(STANCE).status, bench.now.last, len(bench.store.records())) == ("rejected", 1, 1)


def line(made: dict[str, Any], key: str = f"change:{port().article.id}:00000001") -> str:
    return json.dumps({"key": key, "value": made}) + "\n"


FAR = added("mardi", evidence=[(3, 10**9)]).model_dump(mode="json")
GOOD = change(item=CLAIM).model_dump(mode="json")


@pytest.mark.parametrize(
    ("made", "key"),
    [
        ({**GOOD, "action": "approve"}, None),
        ({**GOOD, "number": 0}, None),
        ({**GOOD, "number": 7}, None),
        ({**GOOD, "article_id": "0123456789abcdef"}, None),
        ({**GOOD, "more": 1}, None),
        ({**GOOD, "before": {**FAR, "evidence": [[9, 3]]}}, None),
        ({**GOOD, "before": {**FAR, "evidence": [[-9, 3]]}}, None),
        (GOOD, "change:"),
        (GOOD, "record:x"),
    ],
)
def test_a_change_that_is_none_is_not_imported(bench: Bench, made: dict[str, Any], key: str | None) -> None:
    with pytest.raises(UsageError, match="line 1 is not a line of an export"):
        bench.store.import_(io.StringIO(line(made, key) if key else line(made)))
    assert bench.store.stats().changes == 0


@pytest.mark.parametrize(
    "wish",
    [
        {"action": "accept", "item": CLAIM, "before": FAR},
        {"action": "reject", "item": CLAIM, "before": FAR},
        {"action": "edit", "item": CLAIM, "after": FAR},
        {"action": "edit", "item": CLAIM, "after": {**FAR, "evidence": [[0, 5]], "cue": [9, 10**9]}},
        {"action": "add", "item": "added-1", "after": FAR},
        {"action": "accept", "item": "gone", "before": FAR},
        {"action": "edit", "item": "gone"},
        {"action": "merge", "actor": "nobody", "into": "somebody"},
        {"action": "split", "actor": MAYOR},
        {"action": "undo", "undoes": 99},
    ],
)
def test_an_imported_change_that_does_not_fit_the_article_changes_nothing(bench: Bench, wish: dict[str, Any]) -> None:
    fresh = bench.now
    assert bench.store.import_(io.StringIO(line({**GOOD, "item": None, **wish}))) == (1, 0)
    assert [(i.id, i.fields, i.status) for i in bench.now.items] == [(i.id, i.fields, i.status) for i in fresh.items]
    assert bench.now.actors == fresh.actors
    assert corrected(bench.now) == corrected(fresh)
    assert cases.case(bench.now, "dev") == cases.case(fresh, "dev")
    assert bench.do("accept", CLAIM).last == 2
    assert bench.item(CLAIM).status == "accepted"
