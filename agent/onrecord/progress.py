"""Shows on stderr how far a run is: the one console of notes and bars."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from onrecord.records import Article


@cache
def stderr() -> Console:
    """Return the console on stderr; there is one, for two would write over each other's bars."""
    if sys.stderr.isatty():
        # A descriptor of its own: the embedded model's engine is silenced by turning descriptor 2 away.
        return Console(file=os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8"), highlight=False)
    return Console(stderr=True, highlight=False)


@contextmanager
def bar(doing: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how much of `total` bytes is done; what is yielded is told of each piece."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr(), transient=True, disable=not stderr().is_terminal) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda count: progress.advance(task, count)


class Meter:
    """A line for each article under way; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            TextColumn("{task.completed:.0f} of about {task.total:.0f} questions"),
            TimeElapsedColumn(),
            console=stderr(),
            transient=True,
            disable=not stderr().is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def called(self, article: Article, calls: int, expected: int) -> None:
        """Show that `calls` of about `expected` questions about an article were answered."""
        with self._lock:
            if article.id not in self._tasks:
                self._tasks[article.id] = self._progress.add_task(article.name, total=expected)
            self._progress.update(self._tasks[article.id], completed=calls, total=max(calls, expected))

    def finished(self, article: Article) -> None:
        """Take an article's line away."""
        with self._lock:
            if (task := self._tasks.pop(article.id, None)) is not None:
                self._progress.remove_task(task)
