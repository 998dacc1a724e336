"""Runs the extraction over many articles at once; what fails is named, and stops nothing else."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from onrecord.errors import ArticleError, OnrecordError, StoreError
from onrecord.extract import Stopped, extract
from onrecord.llm import Model
from onrecord.prompts import Prompt
from onrecord.records import Article, Record, Reply
from onrecord.store import Store


class Batch:
    """One run over articles.

    `stop()` ends it after the calls under way, whose answers are kept. `on_call` is told the article, how
    many of its questions were answered, and of about how many; `on_reply` each reply, from any thread.
    """

    def __init__(
        self,
        prompt: Prompt,
        model: Model,
        store: Store,
        *,
        workers: int,
        refresh: bool = False,
        on_call: Callable[[Article, int, int], None] = lambda _article, _calls, _expected: None,
        on_reply: Callable[[Reply], None] = lambda _reply: None,
    ) -> None:
        self._prompt, self._model, self._store = prompt, model, store
        self._workers, self._refresh, self._on_call, self._on_reply = workers, refresh, on_call, on_reply
        self._stop = threading.Event()

    def stop(self) -> None:
        """End the run after the calls under way."""
        self._stop.set()

    def run(self, articles: Iterable[Article | ArticleError]) -> Iterator[Record | ArticleError]:
        """Yield a record or the error of each article, in their order; those never begun yield nothing.

        Raises StoreError when the store fails: further answers would be paid for and lost.
        """
        pending: deque[Future[Record] | ArticleError] = deque()
        source = iter(articles)
        with ThreadPoolExecutor(self._workers) as pool:
            try:
                while True:
                    # As many are read ahead as keep the workers busy, so that a large folder is not held in memory.
                    while (
                        not self._stop.is_set()
                        and len(pending) < 2 * self._workers
                        and (article := next(source, None)) is not None
                    ):
                        pending.append(
                            article if isinstance(article, ArticleError) else pool.submit(self._one, article)
                        )
                    if not pending:
                        return
                    first = pending.popleft()
                    if (outcome := self._outcome(first)) is not None:
                        yield outcome
            finally:
                self.stop()
                for rest in pending:
                    if isinstance(rest, Future):
                        rest.cancel()

    def _one(self, article: Article) -> Record:
        if self._stop.is_set():
            raise Stopped
        try:
            return extract(
                article,
                self._prompt,
                self._model,
                self._store,
                refresh=self._refresh,
                on_call=lambda calls, expected: self._on_call(article, calls, expected),
                on_reply=self._on_reply,
                stopped=self._stop.is_set,
            )
        except StoreError:
            raise
        except OnrecordError as error:
            raise ArticleError(article.name, str(error)) from error
        except Stopped:
            raise
        # A fault of ours in one article must not cost the others.
        except Exception as error:
            raise ArticleError(article.name, f"unexpected {type(error).__name__}: {error}; please report it") from error

    @staticmethod
    def _outcome(first: "Future[Record] | ArticleError") -> Record | ArticleError | None:
        if isinstance(first, ArticleError):
            return first
        try:
            return first.result()
        except ArticleError as error:
            return error
        except Stopped:
            return None
