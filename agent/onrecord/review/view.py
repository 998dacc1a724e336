"""What the page is sent: an article under review as JSON, offsets in code points."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from onrecord.records import Article
from onrecord.review.reviewed import Reviewed, ReviewItem

Span = tuple[int, int]


def state(reviewed: Reviewed, a: str | None = None, b: str | None = None) -> dict[str, Any]:
    """Return all that the page shows of an article; with the keys of two runs also their items side by side."""
    article = reviewed.article
    shown: dict[str, Any] = {
        "article": {**article.model_dump(exclude={"path"}), "name": article.name},
        "runs": [asdict(run) for run in reviewed.runs],
        "actors": [{"name": actor.name, "mentions": actor.mentions} for actor in reviewed.actors],
        "items": [_item(item) for item in reviewed.items],
        "queue": reviewed.queue,
        "precision": asdict(reviewed.precision),
        "complete": reviewed.complete,
        "last": reviewed.last,
    }
    if a and b:
        shown["sides"] = [{"a": left, "b": right} for left, right in sides(reviewed.items, a, b)]
    return shown


def _item(item: ReviewItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "label": item.label,
        "status": item.status,
        "runs": item.runs,
        "new": item.new,
        "seen": item.seen,
        "why": item.why,
        "sampled": item.sampled,
        "fields": item.fields.model_dump(mode="json"),
        "original": item.original.model_dump(mode="json") if item.original else None,
    }


def sides(items: Sequence[ReviewItem], a: str, b: str) -> list[tuple[str | None, str | None]]:
    """Pair the items of two runs: those that both hold, then those of a kind whose evidence overlaps most."""
    both: dict[str, str] = {item.id: item.id for item in items if a in item.runs and b in item.runs}
    left = [item for item in items if a in item.runs and item.id not in both]
    right = [item for item in items if b in item.runs and item.id not in both]
    shared = [
        (size, x.id, y.id)
        for x in left
        for y in right
        if x.kind == y.kind and (size := _shared(x.fields.evidence, y.fields.evidence))
    ]
    taken = set(both)
    # The order of the sort is stable, so that among equals the first in the text win.
    for _, x_id, y_id in sorted(shared, key=lambda s: -s[0]):
        if not {x_id, y_id} & taken:
            both[x_id] = y_id
            taken |= {x_id, y_id}
    alone = {item.id for item in right} - taken
    pairs: list[tuple[str | None, str | None]] = []
    for item in items:
        if a in item.runs:
            pairs.append((item.id, both.get(item.id)))
        elif item.id in alone:
            pairs.append((None, item.id))
    return pairs


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the share of the shorter evidence that both have."""
    both = sum(max(0, min(e, f) - max(s, t)) for s, e in one for t, f in other)
    return both / (min(sum(e - s for s, e in one), sum(f - t for t, f in other)) or 1)


def line(reviewed: Reviewed) -> dict[str, Any]:
    """Return what the list of articles shows of one."""
    article: Article = reviewed.article
    items = reviewed.items
    return {
        "id": article.id,
        "name": article.name,
        "title": article.title,
        "lang": article.lang,
        "items": len(items),
        "judged": sum(item.status != "open" for item in items),
        "new": sum(item.new for item in items),
        "complete": reviewed.complete,
        "models": sorted({run.model for run in reviewed.runs}),
        "prompts": sorted({run.prompt for run in reviewed.runs}),
    }
