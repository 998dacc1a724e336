import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from onrecord.store import Store
from tests.bench import Bench
from tests.browsing import Reader, enter
from tests.review_pages import port
from tests.reviewing import Review, filled
from tests.web import Web

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "000_fd77b768d8599ec5.txt"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the user's home, settings and keys."""
    home = tmp_path / "home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("ONRECORD_", "XDG_")) or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def onrecord() -> Run:
    """Run the command line as a user does: in a process of its own."""

    def run(
        *arguments: object, stdin: str | bytes | None = None, timeout: float = 120, **env: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=timeout,
            env={**os.environ, **env},
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.done.set()
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for the tests of a module; it is gone after them, as is the event loop that drives it."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Yield an empty store."""
    opened = Store(tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture
def bench(store: Store) -> Bench:
    """Put the article on the port on the table."""
    return Bench(store, [port()])


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    """Serve the article on the port in a process of its own."""
    with Review(filled(tmp_path / "store", port()), ("--all", "--who", "Zoé")) as running:
        yield running


@pytest.fixture
def reader(browser: Browser, review: Review) -> Iterator[Reader]:
    """Open its page in a tab."""
    opened = enter(browser, review, port().article.id)
    yield opened
    opened.close()
