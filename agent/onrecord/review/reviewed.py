"""An article under review: the items of all its runs, as the log of changes leaves them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.records import Actor, Article, ItemKind, Record, Span, digest
from onrecord.review import order, precision
from onrecord.review.changes import Change, Fields, undone
from onrecord.review.folding import Standing, Standings
from onrecord.review.precision import Precision
from onrecord.terminal import Row, rows

ItemStatus = Literal["open", "accepted", "corrected", "rejected", "added"]

_LETTERS: dict[ItemKind, str] = {"claim": "C", "stance": "S", "agreement": "A"}


@dataclass(frozen=True)
class Run:
    """One extraction of the article."""

    key: str
    model: str
    prompt: str
    created: str


@dataclass(frozen=True)
class ReviewItem:
    """An item as it stands: what a run found or a person added, and what was said of it.

    `runs` are the keys of the runs that hold it, `seen` the number of the last change that touched it, `why` what
    makes a verdict on it teach much, `spans` the evidence as the run placed it.
    """

    id: str
    kind: ItemKind
    label: str
    fields: Fields
    original: Fields | None
    status: ItemStatus
    runs: tuple[str, ...]
    new: bool
    seen: int
    value: float
    why: tuple[str, ...]
    sampled: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Reviewed:
    """An article with all that was found in it and said of that; the newest run comes first.

    `queue` holds the ids of the open items, what teaches most first; `last` is the number of the last change.
    """

    article: Article
    runs: tuple[Run, ...]
    newest: Record
    actors: tuple[Actor, ...]
    items: tuple[ReviewItem, ...]
    queue: tuple[str, ...]
    precision: Precision
    complete: bool
    last: int


@dataclass(frozen=True)
class _Found:
    """An item of the runs, as the newest of them has it."""

    row: Row
    fields: Fields
    runs: tuple[str, ...]
    since: str


def review(records: Sequence[Record], changes: Sequence[Change]) -> Reviewed:
    """Return an article as its log leaves it, from all its records, of which there must be one at least."""
    ordered = sorted(records, key=lambda r: r.provenance.created, reverse=True)
    article = ordered[0].article
    found = _found(ordered)
    standings = Standings(article.text, {id: f.fields for id, f in found.items()}, _actors(ordered))
    standings.apply(changes)
    items = standings.items
    teaches = order.values([_candidate(id, f, items[id]) for id, f in found.items()], len(ordered))
    drawn = precision.drawn(article.id, found)
    judged = sum(items[id].verdict != "open" for id in found)
    sampled = set(drawn[: precision.due(judged + 1)])
    gone = undone([*changes])
    before = min((c.when for c in changes if _is_verdict(c, gone)), default=None)
    labels: Counter[str] = Counter()
    shown = []
    for id in sorted(items, key=lambda id: (*_place(items[id].value), id)):
        item, of_run = items[id], found.get(id)
        if not of_run and item.verdict in ("open", "rejected") and item.base:
            continue  # nobody finds it, and nobody stands by it
        labels[item.value.kind] += 1
        shown.append(ReviewItem(
            id=id,
            kind=item.value.kind,
            label=f"{_LETTERS[item.value.kind]}{labels[item.value.kind]}",
            fields=item.value,
            original=of_run.fields if of_run else item.base,
            status=_status(item),
            runs=of_run.runs if of_run else (),
            new=bool(of_run and before and before < of_run.since and item.verdict == "open" and not item.seen),
            seen=item.seen,
            value=teaches[id].value if of_run else 0.0,
            why=teaches[id].why if of_run else (),
            sampled=id in sampled,
            spans=tuple(of_run.row.evidence) if of_run else (),
        ))  # fmt: skip
    by_value = sorted((i for i in shown if i.status == "open"), key=lambda i: -i.value)
    by_lot = [id for id in drawn if items[id].verdict == "open"]
    return Reviewed(
        article=article,
        runs=tuple(Run(_key(r), r.provenance.model, r.provenance.prompt, r.provenance.created) for r in ordered),
        newest=ordered[0],
        actors=tuple(standings.actors.values()),
        items=tuple(shown),
        queue=tuple(precision.mixed([i.id for i in by_value], by_lot, judged)),
        precision=precision.estimate([_right(items[id]) for id in drawn]),
        complete=standings.complete,
        last=max((c.number for c in changes), default=0),
    )


def _found(records: Sequence[Record]) -> dict[str, _Found]:
    """Return the items of all runs, each once; the runs come newest first."""
    found: dict[str, _Found] = {}
    for record in records:
        key = _key(record)
        for row in {row.id: row for row in rows(record)}.values():
            known = found.get(row.id)
            first = (known.row, known.fields, known.runs) if known else (row, _fields(row), ())
            found[row.id] = _Found(*first[:2], (*first[2], key), record.provenance.created)
    return found


def _fields(row: Row) -> Fields:
    return Fields(
        kind=row.kind,
        actors=list(dict.fromkeys(row.actors)),
        relayed_by=list(row.relayed_by),
        position=row.position,
        statement=row.statement,
        evidence=[(span.start, span.end) for span in row.evidence],
        cue=(row.cue.start, row.cue.end) if row.cue else None,
    )


def _key(record: Record) -> str:
    return digest([record.provenance.prompt_digest, record.provenance.model], 8)


def _actors(records: Iterable[Record]) -> list[Actor]:
    return [actor for record in records for actor in record.actors]


def _candidate(id: str, found: _Found, item: Standing) -> order.Candidate:
    spans = (*found.row.evidence, *([found.row.cue] if found.row.cue else []))
    similarity = min(1.0 if span.score is None else span.score for span in spans)
    verdict: Literal["open", "right", "wrong"] = {None: "open", True: "right", False: "wrong"}[_right(item)]  # type: ignore[assignment]
    return order.Candidate(id, item.value, frozenset(found.runs), similarity, verdict)


def _right(item: Standing) -> bool | None:
    return None if item.verdict == "open" else item.verdict == "accepted"


def _is_verdict(change: Change, gone: frozenset[int]) -> bool:
    return change.item is not None and change.action != "undo" and change.number not in gone


def _place(fields: Fields) -> tuple[int, int]:
    return min(fields.evidence)


def _status(item: Standing) -> ItemStatus:
    return "added" if item.base is None and item.verdict != "rejected" else item.verdict
