"""Shows on stderr how far a run is."""

import threading
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from onrecord.records import Article


class Meter:
    """A line for each article under way; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("calls"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
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
