"""What is said of an article's items: the log, what follows from it, who was there first, and how it is kept."""

import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import StoreError, UsageError
from onrecord.records import Claim, Record
from onrecord.review import cases
from onrecord.review.changes import Action, Change
from onrecord.review.corrected import corrected
from onrecord.review.judging import Conflict
from onrecord.review.reviewed import Reviewed
from onrecord.store import Store
from tests.bench import CLAIM, FISHERS, KERBRAT, MAYOR, STANCE, Bench, added, finished, later
from tests.review_pages import TEXT, hostile, port
from tests.samples import at


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
    bench.do("edit", STANCE, fields=bench.changed(STANCE, position="mixed"))
    bench.do("rename", actor=MAYOR, into="Le Goff, Anne")
    assert (bench.item(CLAIM).status, bench.item(CLAIM).fields.actors) == ("accepted", ["Le Goff, Anne"])
    assert bench.item(STANCE).fields.actors == ["Le Goff, Anne"]
    assert bench.actors["Le Goff, Anne"] == [MAYOR, "la maire", "Mme Le Goff"], "not what the text does not have"
    assert {a.kind for a in bench.now.actors if a.name == "Le Goff, Anne"} == {"person"}
    bench.do("edit", STANCE, fields=bench.changed(STANCE, position="support"))
    assert bench.item(STANCE).status == "accepted", "the new name belongs to what was found"


def test_after_a_split_the_items_follow_the_words_that_name_their_actor(bench: Bench) -> None:
    bench.do("add", fields=added("mardi à Brest", actors=[MAYOR]))
    bench.do("split", actor=MAYOR, into="Mme Le Goff", mentions=["Mme Le Goff"])
    assert (bench.actors[MAYOR], bench.actors["Mme Le Goff"]) == ([MAYOR, "la maire"], ["Mme Le Goff"])
    assert bench.item(CLAIM).fields.actors == [MAYOR], "its cue says «la maire»"
    assert bench.item(STANCE).fields.actors == ["Mme Le Goff"]
    assert bench.item("added-1").fields.actors == [MAYOR], "its words name neither"
    assert [bench.item(id).seen for id in (STANCE, "added-1", CLAIM)] == [2, 1, 0]


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
