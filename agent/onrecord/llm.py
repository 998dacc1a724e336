"""Asks models: the only module that knows openai, instructor and tenacity."""

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, create_model, model_validator

from onrecord import faults
from onrecord.errors import ModelError, OnrecordError, unknown
from onrecord.records import Reply, canonical, now

Message = dict[str, str]

_SEED = 0
_MAX_WAIT = 60.0


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible server."""

    base_url: str
    api_key: str


@dataclass(frozen=True)
class Question:
    """One call: what is sent, the schema of the answer, and a check that needs the article.

    `check` raises ValueError with a sentence for the model, which is then asked again.
    """

    messages: tuple[Message, ...]
    answer: type[BaseModel]
    max_tokens: int
    temperature: float = 0.0
    check: Callable[[BaseModel], None] | None = None


class Model:
    """A model that can be asked, by several threads at once; it is reached for at the first question.

    `connect` starts a server of our own and tells where it listens; `identity` says what it serves, for its
    address does not. `base_url` names any OpenAI-compatible server. Otherwise Instructor knows the provider.
    `offline`, it answers nothing: its replies come from a store.
    """

    def __init__(
        self,
        name: str,
        *,
        connect: Callable[[], Endpoint] | None = None,
        identity: str | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = 120.0,
        offline: bool = False,
        transport: Any = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self.provider, _, self._model = name.partition("/")
        self._connect, self._identity, self._base_url, self._api_key = connect, identity, base_url, api_key
        self._timeout, self._transport, self._sleep, self._offline = timeout, transport, sleep, offline
        self._lock = threading.Lock()
        self._client: Any = None
        self._compatible = connect is not None or base_url is not None or self.provider == "openai"
        if not self._compatible:
            self._known_provider()

    def fingerprint(self, question: Question) -> str:
        """Return the SHA-256 of all that can change the answer, as 64 hex digits."""
        told = {
            "provider": self.provider,
            "base_url": self._base_url,
            "model": self._model,
            "identity": self._identity,
            "messages": list(question.messages),
            "schema": question.answer.model_json_schema(),
            "sampling": self._sampling(question),
            "mode": "json_schema" if self._compatible else "default",
        }
        return hashlib.sha256(canonical(told).encode()).hexdigest()

    def ask(self, question: Question) -> Reply:
        """Ask, re-asking after an invalid answer and trying again after a transport fault.

        Raises ModelError, with the tokens spent, where no valid answer came.
        """
        if self._offline:
            raise ModelError(f"the reply of {self.name} to one of the questions is not among those recorded")
        import instructor

        started = time.monotonic()
        spent = _Spent()
        hooks = instructor.hooks.Hooks()
        hooks.on("completion:response", spent.add)
        arguments: dict[str, Any] = dict(self._sampling(question))
        if self._compatible or self.provider not in ("google", "vertexai"):
            arguments["model"] = self._model
        try:
            client = self._opened()
            answer = client.create(
                response_model=_checked(question),
                messages=[dict(m) for m in question.messages],
                max_retries=faults.REASKS,
                hooks=hooks,
                **arguments,
            )
        except OnrecordError:
            raise
        except Exception as error:
            asked = faults.Asked(self.name, self._base_url, self._timeout, question.max_tokens)
            message = faults.explain(error, asked)
            raise ModelError(message, prompt_tokens=spent.prompt, completion_tokens=spent.completion) from error
        return Reply(
            answer=answer.model_dump(mode="json"),
            model=self.name,
            created=now(),
            attempts=max(1, spent.answers),
            prompt_tokens=spent.prompt,
            completion_tokens=spent.completion,
            seconds=round(time.monotonic() - started, 3),
        )

    def _sampling(self, question: Question) -> dict[str, Any]:
        if not self._compatible:
            return {"max_tokens": question.max_tokens}
        if self.provider == "openai" and self._base_url is None:
            # OpenAI's reasoning models refuse temperature and seed, and none of its models needs max_tokens.
            sampling: dict[str, Any] = {"max_completion_tokens": question.max_tokens}
            if not self._model.startswith(("gpt-5", "o1", "o3", "o4")):
                sampling |= {"temperature": question.temperature, "seed": _SEED}
            return sampling
        return {"max_tokens": question.max_tokens, "temperature": question.temperature, "seed": _SEED}

    def _opened(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = self._open()
            return self._client

    def _open(self) -> Any:
        import instructor

        # Both log each failure to stderr, where a run's own notes belong; what failed is told by our errors.
        for name in ("instructor", "openai", "httpx2"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        if not self._compatible:
            try:
                arguments: dict[str, Any] = {"api_key": self._api_key} if self._api_key else {}
                return instructor.from_provider(self.name, async_client=False, **arguments)
            except Exception as error:
                raise ModelError(f"{self.name} cannot be used: {faults.plain(error)}") from error
        import httpx2
        import openai

        endpoint = self._connect() if self._connect else Endpoint(self._base_url or "", self._key())
        http = httpx2.Client(transport=self._transport, timeout=self._timeout) if self._transport else None
        client = openai.OpenAI(
            base_url=endpoint.base_url or None,
            api_key=endpoint.api_key,
            timeout=self._timeout,
            max_retries=0,
            http_client=http,
        )
        # Retried here, around the single request, so that a fault of the wire never enters a conversation.
        completions: Any = client.chat.completions
        completions.create = self._persistent(completions.create)
        return instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)

    def _key(self) -> str:
        key = self._api_key or os.environ.get("OPENAI_API_KEY")
        if not key and self._base_url is None:
            raise ModelError(f"no key for {self.name}: export OPENAI_API_KEY=…; {faults.NO_KEY}")
        return key or "none"

    def _known_provider(self) -> None:
        from instructor.v2.core.provider_specs import ALIAS_TO_PROVIDER

        if self.provider not in ALIAS_TO_PROVIDER:
            raise unknown("provider", self.provider, ["embedded", *ALIAS_TO_PROVIDER])

    def _persistent(self, request: Callable[..., Any]) -> Callable[..., Any]:
        import tenacity

        def fault(state: tenacity.RetryCallState) -> BaseException | None:
            return state.outcome.exception() if state.outcome else None

        def wait(state: tenacity.RetryCallState) -> float:
            asked = faults.retry_after(fault(state))
            backoff: float = tenacity.wait_exponential_jitter(initial=1, max=_MAX_WAIT)(state)
            return min(asked, _MAX_WAIT) if asked is not None else backoff

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda error: faults.attempts(error) > 1),
            stop=lambda state: state.attempt_number >= faults.attempts(fault(state)),
            wait=wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying.wraps(request)

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None and hasattr(self._client.client, "close"):
            self._client.client.close()


def providers() -> list[tuple[str, str]]:
    """Return the providers that Instructor knows, each with the state of its key."""
    import instructor  # noqa: F401 — its provider table is complete only after the package itself
    from instructor.v2.core.provider_specs import ALIAS_TO_PROVIDER

    return [(p, "key found" if os.environ.get(f"{p.upper()}_API_KEY") else "no key") for p in sorted(ALIAS_TO_PROVIDER)]


@dataclass
class _Spent:
    prompt: int = 0
    completion: int = 0
    answers: int = 0

    def add(self, response: Any) -> None:
        # Taken from each raw response: Instructor overwrites its usage with running totals afterwards.
        usage = getattr(response, "usage", None)
        for prompt, completion in (("prompt_tokens", "completion_tokens"), ("input_tokens", "output_tokens")):
            self.prompt += getattr(usage, prompt, None) or 0
            self.completion += getattr(usage, completion, None) or 0
        self.answers += 1


def _checked(question: Question) -> type[BaseModel]:
    """Return the answer model with the question's check built in, its schema unchanged.

    Not through Instructor's `context`: with one, it renders every message as a template, an article's too.
    """
    if question.check is None:
        return question.answer
    check = question.check

    def after(self: BaseModel) -> BaseModel:
        check(self)
        return self

    base = question.answer
    validators: dict[str, Any] = {"check": model_validator(mode="after")(after)}
    return create_model(base.__name__, __base__=base, __doc__=base.__doc__, __validators__=validators)
