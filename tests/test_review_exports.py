"""What is written out of a review: corrected records, and cases that `evals` reads."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from onrecord import gold
from onrecord.records import Agreement, Article, Claim, Record, Span, Stance
from onrecord.review import cases
from onrecord.review.corrected import corrected
from onrecord.review.reviewed import review
from onrecord.store import Store
from tests.bench import CLAIM, MAYOR, PREFECT, STANCE, Bench, added, finished
from tests.conftest import Run
from tests.review_pages import TEXT, hostile, port
from tests.samples import at
from tests.server import Response, Server

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
