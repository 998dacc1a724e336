"""Keeps replies, records and what was said of them on disk: the only module that knows diskcache."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO, TypeVar

import diskcache
from pydantic import BaseModel, ValidationError

from onrecord.errors import StoreError, UsageError
from onrecord.records import Record, Reply, canonical
from onrecord.review.changes import Change

Kind = Literal["reply", "record", "change"]

_MODELS: dict[str, type[BaseModel]] = {"reply": Reply, "record": Record, "change": Change}
_RAW = 1
# Everything stays inside SQLite: a value beside it, in a file of its own, could be lost on its own.
_NEVER_A_FILE = 2**40
_M = TypeVar("_M", bound=BaseModel)


class _TextDisk(diskcache.Disk):  # type: ignore[misc]
    """Lets text through and nothing else: a cache folder may come from someone else, and a pickle runs code."""

    def put(self, key: object) -> tuple[object, bool]:
        if not isinstance(key, str):
            raise StoreError(f"a key of the store is text, not {type(key).__name__}")
        return key, True

    def get(self, key: object, raw: object) -> object:
        if not raw or not isinstance(key, str):
            raise StoreError("the store holds a key that is not text")
        return key

    def store(self, value: object, read: bool, key: object = None) -> tuple[int, int, None, str]:  # noqa: ARG002
        if not isinstance(value, str) or read:
            raise StoreError(f"a value of the store is text, not {type(value).__name__}")
        return 0, _RAW, None, value

    def fetch(self, mode: int, filename: object, value: object, read: bool) -> object:
        if mode != _RAW or filename or read or not isinstance(value, str):
            raise StoreError("the store holds a value that is not text")
        return value


@dataclass(frozen=True)
class Stats:
    """What a store holds; `bytes` on disk."""

    folder: str
    replies: int
    records: int
    changes: int
    damaged: int
    prompt_tokens: int
    completion_tokens: int
    bytes: int


class Store:
    """Replies by fingerprint, records by article, prompt and model, and a log of changes by article.

    Safe for threads and processes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with self._guarded("opened"):
            folder.mkdir(parents=True, exist_ok=True)
            self._cache = diskcache.Cache(
                str(folder),
                disk=_TextDisk,
                disk_min_file_size=_NEVER_A_FILE,
                eviction_policy="none",
                cull_limit=0,
                statistics=0,
                # What was paid for survives a power cut, not only a kill.
                sqlite_synchronous=2,
            )

    @contextmanager
    def _guarded(self, doing: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            full = "full" in str(error)
            step = "free some space" if full else "move it away or empty it with: onrecord cache clear"
            raise StoreError(f"the store in {self.folder} cannot be {doing}: {error}; {step}") from error
        except diskcache.Timeout as error:
            raise StoreError(f"the store in {self.folder} is locked by another process; try again") from error
        except OSError as error:
            raise StoreError(
                f"the store in {self.folder} cannot be {doing}: {error.strerror or error}; "
                "name another folder with --cache DIR or ONRECORD_CACHE"
            ) from error

    def close(self) -> None:
        """Close the store."""
        self._cache.close()

    def get_reply(self, fingerprint: str) -> Reply | None:
        """Return the reply with that fingerprint, or None; a damaged one counts as absent."""
        return self._read(f"reply:{fingerprint}", Reply)

    def keep_reply(self, fingerprint: str, reply: Reply, *, replace: bool = False) -> Reply:
        """Keep a reply and return the one that stands: the first, unless `replace`.

        So two processes that ask the same end with the same answer.
        """
        key, text = f"reply:{fingerprint}", reply.model_dump_json()
        with self._guarded("written"):
            if not replace and not self._cache.add(key, text, retry=True):
                if kept := self.get_reply(fingerprint):
                    return kept
                replace = True
            if replace:
                self._cache.set(key, text, retry=True)
        return reply

    def keep_record(self, record: Record) -> None:
        """Keep a record, in place of an older one of the same article, prompt and model."""
        with self._guarded("written"):
            self._cache.set(_record_key(record), record.model_dump_json(), retry=True)

    def records(self) -> list[Record]:
        """Return all records, newest first."""
        found = [r for key in self._keys("record:") if (r := self._read(key, Record))]
        return sorted(found, key=lambda r: r.provenance.created, reverse=True)

    def replies(self) -> Iterator[tuple[str, Reply]]:
        """Yield all replies with their fingerprints."""
        for key in self._keys("reply:"):
            if reply := self._read(key, Reply):
                yield key.partition(":")[2], reply

    def append(self, change: Change) -> bool:
        """Add a change to its article's log; False where its number is taken, so that none ever replaces another."""
        with self._guarded("written"):
            return bool(self._cache.add(_change_key(change), change.model_dump_json(), retry=True))

    def changes(self, article_id: str) -> list[Change]:
        """Return the log of an article, oldest first."""
        keys = sorted(self._keys(f"change:{article_id}:"))
        # Somebody else's store may hold a change under a number that is not its own.
        return [change for key in keys if (change := self._read(key, Change)) and _change_key(change) == key]

    def stats(self) -> Stats:
        """Count what is there."""
        replies = [reply for _, reply in self.replies()]
        records = len(self.records())
        changes = sum(1 for key in self._keys("change:") if self._read(key, Change))
        total = sum(1 for _ in self._keys())
        return Stats(
            folder=str(self.folder),
            replies=len(replies),
            records=records,
            changes=changes,
            damaged=total - len(replies) - records - changes,
            prompt_tokens=sum(r.prompt_tokens for r in replies),
            completion_tokens=sum(r.completion_tokens for r in replies),
            bytes=sum(p.stat().st_size for p in self.folder.glob("cache.db*")),
        )

    def clear(self, kind: Kind | None = None) -> int:
        """Remove all entries of a kind, or all but the changes, which no model gives back; return how many."""
        keys = [key for key in self._keys(f"{kind}:" if kind else "") if kind or not key.startswith("change:")]
        with self._guarded("emptied"):
            for key in keys:
                self._cache.delete(key, retry=True)
        return len(keys)

    def export(self, stream: TextIO) -> int:
        """Write the store as JSONL, an object with key and value a line, sorted by key; return how many."""
        count = 0
        for key in sorted(self._keys()):
            if (model := _MODELS.get(key.partition(":")[0])) and (value := self._read(key, model)):
                stream.write(canonical({"key": key, "value": value.model_dump(mode="json")}) + "\n")
                count += 1
        return count

    def import_(self, stream: TextIO) -> tuple[int, int]:
        """Read an export; return how many entries were added and how many were known, which stay as they are.

        Two logs of one article that part ways are not mixed, as an undo in one would take back a change of the other:
        all else is added, then StoreError raised.
        """
        added = known = 0
        parted: Counter[str] = Counter()
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                key = entry["key"]
                value = _MODELS[key.partition(":")[0]].model_validate(entry["value"])
                if isinstance(value, Change) and key != _change_key(value):
                    raise ValueError(f"the key of this change is {_change_key(value)}")
                text = value.model_dump_json()
            except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
                problem = " ".join(str(error).split())[:200]
                raise UsageError(f"line {number} is not a line of an export: {problem}; {added} were added") from error
            if isinstance(value, Change) and value.article_id in parted:
                parted[value.article_id] += 1
                continue
            with self._guarded("written"):
                if self._cache.add(key, text, retry=True):
                    added += 1
                elif isinstance(value, Change) and self._read(key, Change) != value:
                    parted[value.article_id] += 1
                else:
                    known += 1
        if parted:
            raise StoreError(
                f"{added} entries added; the review of {', '.join(parted)} went on differently here: "
                f"{parted.total()} changes were left out"
            )
        return added, known

    def _keys(self, start: str = "") -> Iterator[str]:
        with self._guarded("read"):
            # Straight from SQLite: iterating the cache would stop at the first key that is not text.
            statement = "SELECT key FROM Cache WHERE raw = 1 AND key >= ? AND key < ? ORDER BY rowid"
            rows = self._cache._sql(statement, (start, f"{start}\U0010ffff")).fetchall()
        yield from (k for (k,) in rows if isinstance(k, str) and k.startswith(start))

    def _read(self, key: str, model: type[_M]) -> _M | None:
        with self._guarded("read"):
            try:
                text: Any = self._cache.get(key, retry=True)
            except StoreError:
                return None
        if text is None:
            return None
        try:
            return model.model_validate_json(text)
        except ValidationError:
            return None


def remove(folder: Path) -> None:
    """Remove a store's files, also those of one too damaged to open."""
    for path in folder.glob("cache.db*"):
        path.unlink(missing_ok=True)


def _record_key(record: Record) -> str:
    made = record.provenance
    return f"record:{record.article.id}:{made.prompt_digest}:{made.model}"


def _change_key(change: Change) -> str:
    # With zeros before it, so that the keys sort as the numbers do.
    return f"change:{change.article_id}:{change.number:08}"
