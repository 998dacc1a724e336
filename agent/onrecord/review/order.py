"""In what order to judge: first the items of which a verdict teaches most."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.records import ItemKind
from onrecord.review.changes import Fields

# What lies below counts as fully doubtful: no less similar passage is taken for evidence.
_LEAST_SIMILAR = 0.85
# Evidence longer than this is seldom one statement, and rarely all of it right.
_WIDE = 400
# With fewer items there is little that depends on whether the actor is right.
_DEPENDANTS = 3


@dataclass(frozen=True)
class Candidate:
    """What the order needs to know of an item."""

    id: str
    fields: Fields
    runs: frozenset[str]
    similarity: float
    verdict: Literal["open", "right", "wrong"]


@dataclass(frozen=True)
class Value:
    """How much a verdict would teach, and why."""

    value: float
    why: tuple[str, ...]


def values(candidates: Sequence[Candidate], runs: int) -> dict[str, Value]:
    """Return the value of a verdict on each item, by id; `runs` is how many runs there are of the article."""
    clashing = _clashing(candidates) if runs > 1 else set()
    named = Counter(name for c in candidates for name in _names(c))
    known = {name for c in candidates if c.verdict != "open" for name in _names(c)}
    most = max(named.values(), default=1)
    wrong = _shares_wrong(candidates)
    found = {}
    for c in candidates:
        signs: dict[str, float] = {}
        if len(c.runs) < runs or c.id in clashing:
            signs["disagreement"] = (len(c.runs) < runs) + float(c.id in clashing)
        if c.similarity < 1:
            signs["fuzzy"] = min(1.0, (1 - c.similarity) / (1 - _LEAST_SIMILAR))
        # Once one item shows that the actor is right, the others of the actor say little more of it.
        depending = max((named[name] for name in _names(c) if name not in known), default=0)
        if depending >= _DEPENDANTS:
            signs["dependants"] = 0.5 * depending / most
        if sum(end - start for start, end in c.fields.evidence) > _WIDE:
            signs["wide"] = 0.5
        found[c.id] = Value(sum(signs.values()) + wrong.get(c.fields.kind, 0.0), tuple(signs))
    return found


def _names(candidate: Candidate) -> set[str]:
    return {*candidate.fields.actors, *candidate.fields.relayed_by}


def _shares_wrong(candidates: Sequence[Candidate]) -> Mapping[ItemKind, float]:
    judged = Counter(c.fields.kind for c in candidates if c.verdict != "open")
    wrong = Counter(c.fields.kind for c in candidates if c.verdict == "wrong")
    return {kind: wrong[kind] / count for kind, count in judged.items()}


def _clashing(candidates: Sequence[Candidate]) -> set[str]:
    """Return the items that stand on the same words as one of another run, of a kind, with other values."""
    found: set[str] = set()
    pieces = sorted((start, end, i) for i, c in enumerate(candidates) for start, end in c.fields.evidence)
    reaching: list[tuple[int, int]] = []
    for start, end, i in pieces:
        reaching = [(until, k) for until, k in reaching if until > start]
        one = candidates[i]
        for _, k in reaching:
            other = candidates[k]
            if not one.runs & other.runs and one.fields.kind == other.fields.kind and _differ(one.fields, other.fields):
                found |= {one.id, other.id}
        reaching.append((end, i))
    return found


def _differ(one: Fields, other: Fields) -> bool:
    return set(one.actors) != set(other.actors) or one.position != other.position
