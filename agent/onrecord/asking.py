"""Asks a model, through the store: what was answered once is not asked again."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from onrecord import prices
from onrecord.errors import ModelError
from onrecord.llm import Model, Question
from onrecord.records import Reply, Usage
from onrecord.store import Store

A = TypeVar("A", bound=BaseModel)


class Stopped(Exception):  # noqa: N818
    """The user asked to stop; what was answered so far is in the store."""


@dataclass
class Asker:
    """One article's conversation: counts calls and what they cost.

    `on_call` is told how many questions were answered, and the last reply; `stopped` is looked at before each call.
    """

    model: Model
    store: Store
    refresh: bool = False
    on_call: Callable[[int, Reply], None] = lambda _calls, _reply: None
    stopped: Callable[[], bool] = lambda: False
    calls: int = 0
    cached_calls: int = 0
    spent: Usage = field(default_factory=Usage)
    _started: float = field(default_factory=time.monotonic)

    def ask(self, question: Question, answer: type[A]) -> A:
        """Return the answer to a question, from the store or from the model.

        Raises ModelError where the model fails (what it cost is counted), Stopped when the user asked to stop.
        """
        fingerprint = self.model.fingerprint(question)
        reply = None if self.refresh else self.store.get_reply(fingerprint)
        found = self._validated(reply, answer) if reply else None
        if reply is None or found is None:
            if self.stopped():
                raise Stopped
            try:
                reply = self.model.ask(question)
            except ModelError as error:
                self._count(error.prompt_tokens, error.completion_tokens)
                raise
            self._count(reply.prompt_tokens, reply.completion_tokens)
            # Another process may have asked the same meanwhile: both go on with the answer that was kept first.
            reply = self.store.keep_reply(fingerprint, reply, replace=self.refresh)
            found = answer.model_validate(reply.answer)
        else:
            self.cached_calls += 1
        self.calls += 1
        self.on_call(self.calls, reply)
        return found

    @staticmethod
    def _validated(reply: Reply, answer: type[A]) -> A | None:
        try:
            return answer.model_validate(reply.answer)
        except ValidationError:
            # Damaged, or put there by hand: as good as absent.
            return None

    def _count(self, prompt_tokens: int, completion_tokens: int) -> None:
        self.spent.prompt_tokens += prompt_tokens
        self.spent.completion_tokens += completion_tokens
        cost = prices.cost(self.model.name, prompt_tokens, completion_tokens)
        if cost is not None:
            self.spent.cost_usd = (self.spent.cost_usd or 0.0) + cost

    def usage(self) -> Usage:
        """Return what this run spent so far."""
        return self.spent.model_copy(update={"seconds": round(time.monotonic() - self._started, 3)})
