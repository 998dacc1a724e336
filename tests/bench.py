"""An article on the table, for tests of what is said of its items."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.records import Record
from onrecord.review.changes import Action, Fields
from onrecord.review.judging import Wish, judge
from onrecord.review.reviewed import Reviewed, ReviewItem, review
from onrecord.store import Store
from tests.review_pages import TEXT, port

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


def finished(store: Store, record: Record) -> Reviewed:
    """Accept all of an article and mark it complete."""
    bench = Bench(store, [record])
    for item in bench.now.items:
        bench.do("accept", item.id)
    return bench.do("complete")
