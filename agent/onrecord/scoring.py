"""Compares what was extracted with what was labelled by hand: pure functions, one article at a time.

Predicted and gold items are paired one to one by optimal assignment, each kind apart, as in MUC-style template
scoring; how much two items overlap is the intersection over union of the characters of their evidence.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import linear_sum_assignment

from onrecord.actors import fold
from onrecord.gold import Case, Quote, placed
from onrecord.records import ItemKind, Record, Span

KINDS: tuple[ItemKind, ...] = ("claim", "stance", "agreement")
# The evidence must overlap at least so much; «loose» wants one character.
LEVELS = {"exact": 0.8, "overlap": 0.3, "loose": 0.0}
# Articles are this short in the languages of the cases.
_MAX_ARTICLE = 3
# The levels again, without asking whose item it is.
MEASURES = (*LEVELS, "overlap_words_only")


@dataclass(frozen=True)
class Item:
    """An item of either side, its actors under the case's names."""

    kind: ItemKind
    # Speaker, holder or all parties; what must be right for a pair to count.
    actors: frozenset[str]
    relayed_by: tuple[str, ...]
    evidence: tuple[Span, ...]
    polarity: str | None = None
    status: str | None = None

    @cached_property
    def characters(self) -> frozenset[int]:
        """The offsets that the evidence covers."""
        return frozenset(i for span in self.evidence for i in range(span.start, span.end))


@dataclass(frozen=True)
class Count:
    """How many items were right, predicted, and in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """The share of predicted items that are right; None where nothing was predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of gold items that were found; None where there are none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; None where both sides are empty."""
        return 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else None


@dataclass
class Score:
    """One article's counts: by kind and measure, and by field over the pairs of «overlap_words_only»."""

    counts: dict[tuple[ItemKind, str], Count] = field(default_factory=dict)
    # Field -> (right, asked); claims.misattributed counts the wrong ones.
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)
    ungrounded: int = 0
    items: int = 0


def compare(found: Sequence[Item], gold: Sequence[Item], *, ungrounded: int = 0) -> Score:
    """Score items against gold items."""
    result = Score(ungrounded=ungrounded, items=len(found) + ungrounded)
    for kind in KINDS:
        ours, theirs = of(found, kind), of(gold, kind)
        for measure in MEASURES:
            right = len(pair(ours, theirs, measure))
            result.counts[kind, measure] = Count(right, len(ours), len(theirs))
    result.fields = {name: (sum(a == b for a, b in both), len(both)) for name, both in values(found, gold).items()}
    nested = [(a, b) for a, b in pair(of(found, "claim"), of(gold, "claim"), "overlap_words_only") if b.relayed_by]
    right = sum(a.actors == b.actors and a.relayed_by == b.relayed_by for a, b in nested)
    result.fields["claims.nested"] = (right, sum(bool(b.relayed_by) for b in of(gold, "claim")))
    return result


def of(items: Iterable[Item], kind: ItemKind) -> list[Item]:
    """Return the items of one kind."""
    return [item for item in items if item.kind == kind]


def values(found: Sequence[Item], gold: Sequence[Item]) -> dict[str, list[tuple[object, object]]]:
    """Return both sides' values of each field, for the items that both sides have, whoever they say they are of."""
    return {
        f"{kind}s.{name}": [(value(a), value(b)) for a, b in pairs]
        for kind, fields in _FIELDS.items()
        for pairs in [pair(of(found, kind), of(gold, kind), "overlap_words_only")]
        for name, value in fields.items()
    }


def pair(found: Sequence[Item], gold: Sequence[Item], measure: str) -> list[tuple[Item, Item]]:
    """Pair items one to one: as many pairs as can be, and among those the ones that overlap most."""
    least = LEVELS[measure.removesuffix("_words_only")]
    counts = _alike if not measure.endswith("_words_only") else _anybody
    if not found or not gold:
        return []
    overlaps = np.array([[overlap(a, b) if counts(a, b) else 0.0 for b in gold] for a in found])
    eligible = (overlaps >= least) & (overlaps > 0)
    # A pair more outweighs any gain in overlap, which is at most one for each pair.
    rows, columns = linear_sum_assignment(np.where(eligible, len(found) + len(gold) + overlaps, 0.0), maximize=True)
    return [(found[i], gold[j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if eligible[i, j]]


def overlap(a: Item, b: Item) -> float:
    """Return the intersection over union of the evidence, from 0 to 1, in characters."""
    union = len(a.characters | b.characters)
    return len(a.characters & b.characters) / union if union else 0.0


def _alike(a: Item, b: Item) -> bool:
    return a.actors == b.actors and a.polarity == b.polarity


def _anybody(_a: Item, _b: Item) -> bool:
    return True


_FIELDS: dict[ItemKind, dict[str, Callable[[Item], object]]] = {
    "claim": {"speaker": lambda i: i.actors, "relayed_by": lambda i: i.relayed_by},
    "stance": {"holder": lambda i: i.actors, "polarity": lambda i: i.polarity, "relayed_by": lambda i: i.relayed_by},
    "agreement": {"parties": lambda i: i.actors, "status": lambda i: i.status, "relayed_by": lambda i: i.relayed_by},
}


def labelled(case: Case, name: Callable[[str], str] | None = None) -> list[Item]:
    """Return the gold items of a case, their actors under the names that `name` gives them, else its own."""
    name = name or namer(case)
    items = [
        Item("claim", frozenset({name(c.speaker)}), _names(name, c.relayed_by), _placed(case, c.evidence))
        for c in case.claims
    ]
    items += [
        Item("stance", frozenset({name(s.holder)}), _names(name, s.relayed_by), _placed(case, s.evidence), s.polarity)
        for s in case.stances
    ]
    return items + [
        Item("agreement", frozenset(_names(name, a.parties)), _names(name, a.relayed_by), _placed(case, a.evidence),
             status=a.status)
        for a in case.agreements
    ]  # fmt: skip


def predicted(case: Case, record: Record) -> list[Item]:
    """Return the items of a record, their actors under the case's names: by the name, else by another mention."""
    spelled, known = namer(case), _spellings(case)
    mentions = {actor.name: actor.mentions for actor in record.actors}

    def name(actor: str) -> str:
        return next(
            (known[key] for m in (actor, *mentions.get(actor, [])) if (key := _key(m)) in known), spelled(actor)
        )

    items = [
        Item("claim", frozenset({name(c.speaker)}), _names(name, c.relayed_by), tuple(c.evidence))
        for c in record.claims
    ]
    items += [
        Item("stance", frozenset({name(s.holder)}), _names(name, s.relayed_by), tuple(s.evidence), s.polarity)
        for s in record.stances
    ]
    return items + [
        Item("agreement", frozenset(_names(name, a.parties)), _names(name, a.relayed_by), tuple(a.evidence),
             status=a.status)
        for a in record.agreements
    ]  # fmt: skip


def namer(case: Case) -> Callable[[str], str]:
    """Return what turns any spelling of an actor into the case's name for it; others stay, folded."""
    known = _spellings(case)
    return lambda spelling: known.get(_key(spelling), _key(spelling))


def namer_of_pass(labels: Case, case: Case) -> Callable[[str], str]:
    """Return what turns the name of an actor in a labelling pass into the case's: of any spelling that both know."""
    known = _spellings(case)
    names: dict[str, str] = {}
    for actor in labels.actors:
        spellings = [_key(spelling) for spelling in (actor.name, *actor.aliases)]
        names[actor.name] = next((known[s] for s in spellings if s in known), _key(actor.name))
    return names.__getitem__


def _key(spelling: str) -> str:
    """Fold a spelling and leave out the article before it: «Le Monde» and «le Monde» and «Monde» are one."""
    words = fold(spelling).split()
    while len(words) > 1 and len(words[0]) <= _MAX_ARTICLE:
        words = words[1:]
    return " ".join(words)


def _spellings(case: Case) -> dict[str, str]:
    return {_key(alias): actor.name for actor in case.actors for alias in (*actor.aliases, actor.name)}


def _names(name: Callable[[str], str], spellings: Iterable[str]) -> tuple[str, ...]:
    return tuple(name(s) for s in spellings)


def _placed(case: Case, quotes: Sequence[Quote]) -> tuple[Span, ...]:
    return tuple(placed(case.text, quotes))
