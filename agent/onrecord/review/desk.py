"""The articles under review: their records, read anew with each page, and the log of what was judged."""

from collections.abc import Collection

from onrecord.records import Article, Record
from onrecord.review import judging
from onrecord.review.reviewed import Reviewed, review
from onrecord.store import Store


class Desk:
    """Reads and judges; `ids` are the articles that were asked for, None means all that have a record."""

    def __init__(self, store: Store, ids: Collection[str] | None, who: str) -> None:
        self._store, self._wanted, self._who = store, ids, who
        self._records: dict[str, list[Record]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the records again: another process may have extracted in the meantime."""
        found: dict[str, list[Record]] = {}
        for record in self._store.records():
            if self._wanted is None or record.article.id in self._wanted:
                found.setdefault(record.article.id, []).append(record)
        self._records = found

    @property
    def ids(self) -> list[str]:
        """The articles in the order of their names."""
        return sorted(self._records, key=lambda id: (self._records[id][0].article.name, id))

    def article(self, id: str) -> Article:
        """Return an article; raise KeyError where it is not under review."""
        return self._records[id][0].article

    def reviewed(self, id: str) -> Reviewed:
        """Return an article as it stands now; raise KeyError where it is not under review."""
        return review(self._records[id], self._store.changes(id))

    def judge(self, id: str, wish: judging.Wish) -> Reviewed:
        """Write a verdict down and return the article as it then stands; raise Conflict, KeyError or ValueError."""
        return judging.judge(self._store, self._records[id], wish, self._who)
