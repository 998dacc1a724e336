import io
import json
import multiprocessing
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.errors import StoreError, UsageError
from onrecord.records import Reply, now
from onrecord.store import Store, remove
from tests.samples import record


def reply(word: str = "x", **more: int) -> Reply:
    return Reply(answer={"speaker": word}, model="m", created=now(), **more)


def test_a_reply_is_kept_and_the_first_one_stands(store: Store) -> None:
    assert store.get_reply("f") is None
    assert store.keep_reply("f", reply("first")).answer == {"speaker": "first"}
    assert store.keep_reply("f", reply("second")).answer == {"speaker": "first"}
    assert store.keep_reply("f", reply("third"), replace=True).answer == {"speaker": "third"}
    assert Store(store.folder).get_reply("f") == store.get_reply("f")


def test_records_newest_first(store: Store) -> None:
    old, new = record(created="2025-01-01T00:00:00Z"), record(created="2026-01-01T00:00:00Z", prompt="other.v1")
    store.keep_record(old)
    store.keep_record(new)
    assert store.records() == [new, old]
    store.keep_record(record(created="2027-01-01T00:00:00Z"))
    assert [r.provenance.created[:4] for r in store.records()] == ["2027", "2026"]


def test_stats_and_clear(store: Store) -> None:
    store.keep_reply("a", reply(prompt_tokens=5, completion_tokens=2))
    store.keep_reply("b", reply(prompt_tokens=1))
    store.keep_record(record())
    found = store.stats()
    assert (found.replies, found.records, found.damaged) == (2, 1, 0)
    assert (found.prompt_tokens, found.completion_tokens) == (6, 2)
    assert found.bytes > 0
    assert store.clear("record") == 1
    assert store.get_reply("a")
    assert store.clear() == 2
    assert store.get_reply("a") is None


def test_export_and_import_give_the_same_store(store: Store, tmp_path: Path) -> None:
    store.keep_reply("b", reply("é « » 😀"))
    store.keep_reply("a", reply())
    store.keep_record(record())
    out = io.StringIO()
    assert store.export(out) == 3
    lines = out.getvalue().splitlines()
    assert [json.loads(line)["key"] for line in lines] == sorted(json.loads(line)["key"] for line in lines)
    other = Store(tmp_path / "other")
    assert other.import_(io.StringIO(out.getvalue())) == (3, 0)
    assert other.import_(io.StringIO(out.getvalue())) == (0, 3)
    again = io.StringIO()
    other.export(again)
    assert again.getvalue() == out.getvalue()


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"key": "reply:a"}', '{"key": "reply:a", "value": {}}', '{"key": "pickle:a", "value": {}}']
)
def test_a_broken_line_of_an_export_is_named(store: Store, line: str) -> None:
    good = json.dumps({"key": "reply:a", "value": reply().model_dump()})
    with pytest.raises(UsageError, match=r"line 2 is not a line of an export: .*; 1 were added"):
        store.import_(io.StringIO(f"{good}\n{line}\n"))


class Bomb:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("where", ["value", "file", "key"])
def test_a_folder_from_someone_else_runs_nothing(store: Store, tmp_path: Path, where: str) -> None:
    store.keep_reply("good", reply())
    bomb, trace = pickle.dumps(Bomb(tmp_path / "exploded")), tmp_path / "exploded"
    with sqlite3.connect(store.folder / "cache.db") as db:
        if where == "key":
            db.execute("INSERT INTO Cache (key, raw, store_time, mode, value) VALUES (?, 0, 0, 1, 'x')", (bomb,))
        elif where == "value":
            db.execute("UPDATE Cache SET mode = 4, value = ?", (bomb,))
        else:
            (store.folder / "bomb.val").write_bytes(bomb)
            db.execute("UPDATE Cache SET mode = 4, value = NULL, filename = 'bomb.val'")
    opened = Store(store.folder)
    opened.get_reply("good")
    opened.keep_reply("good", reply())
    opened.stats()
    opened.records()
    opened.export(io.StringIO())
    opened.clear("reply")
    assert not trace.exists()
    pickle.loads(bomb)
    assert trace.exists(), "the bomb is one"


def test_a_damaged_entry_counts_as_absent_and_is_healed(store: Store) -> None:
    store.keep_reply("f", reply())
    with sqlite3.connect(store.folder / "cache.db") as db:
        db.execute("UPDATE Cache SET value = '{\"answer\": '")
    assert store.get_reply("f") is None
    assert store.stats().damaged == 1
    assert store.keep_reply("f", reply("new")).answer == {"speaker": "new"}
    healed = store.get_reply("f")
    assert healed
    assert healed.answer == {"speaker": "new"}


def test_a_damaged_file_is_told_and_can_be_removed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    Store(folder).close()
    for path in folder.glob("cache.db*"):
        path.write_bytes(b"this is no database, and long enough to be looked at" * 100)
    with pytest.raises(StoreError, match=r"store .*onrecord cache clear"):
        Store(folder)
    remove(folder)
    Store(folder).keep_reply("f", reply())


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"file/store cannot be opened: .*--cache DIR"):
        Store(tmp_path / "file" / "store")


def test_a_full_disk_is_told(store: Store) -> None:
    store.keep_reply("kept", reply())
    # SQLite's own word for a full disk, brought about by a limit on its pages.
    with sqlite3.connect(store.folder / "cache.db") as db:
        db.execute("INSERT OR REPLACE INTO Settings VALUES ('sqlite_max_page_count', 10)")
    full = Store(store.folder)
    with pytest.raises(StoreError, match=r"cannot be written: .*full; free some space"):
        full.keep_reply("big", reply("x" * 500_000))
    assert full.get_reply("kept")


def _hammer(folder: str, name: str) -> None:
    opened = Store(Path(folder))
    for i in range(60):
        opened.keep_reply(f"shared{i}", reply(f"{name}{i}"))
        opened.keep_reply(f"{name}{i}", reply(name))


def test_two_processes_on_one_store_end_with_the_same_replies(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=_hammer, args=(str(folder), name)) for name in ("a", "b")]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
        assert process.exitcode == 0
    opened = Store(folder)
    assert opened.stats().replies == 180
    assert opened.stats().damaged == 0


def test_what_was_kept_is_there_after_a_kill(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from onrecord.store import Store
from tests.test_store import reply
store = Store(Path(sys.argv[1]))
for i in range(100000):
    store.keep_reply(f"k{i}", reply("y" * 2000))
    print(f"k{i}", flush=True)
"""
    from tests.conftest import ROOT

    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "store")], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout
    kept = [child.stdout.readline().strip() for _ in range(20)]
    time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    kept += child.stdout.read().split()
    child.wait()
    opened = Store(tmp_path / "store")
    assert len(kept) >= 20
    # The last line may have been cut by the kill itself.
    assert all(opened.get_reply(key) for key in kept[:-1])
    assert opened.stats().damaged == 0
