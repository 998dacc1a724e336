"""What went wrong between us and a model: whether to try again, and how to say it in a user's words."""

import email.utils
import time
from dataclasses import dataclass

from pydantic import ValidationError

REASKS = 2
ATTEMPTS = 5
# A server that was silent for the whole of --timeout twice is not busy but gone; more would keep the user waiting.
TIMEOUTS = 2
NO_KEY = "the embedded model needs no key: leave --model out"
_TRANSIENT = {408, 409, 425, 429, 500, 502, 503, 504, 529}


@dataclass(frozen=True)
class Asked:
    """Who was asked, and how long an answer might take (seconds) and be (tokens)."""

    name: str
    base_url: str | None
    timeout: float
    max_tokens: int


def attempts(error: BaseException | None) -> int:
    """Return how often a request that fails like this is made in all."""
    if type(error).__name__ == "APITimeoutError":
        return TIMEOUTS
    status = getattr(error, "status_code", None)
    return ATTEMPTS if status in _TRANSIENT or type(error).__name__ == "APIConnectionError" else 1


def retry_after(error: BaseException | None) -> float | None:
    """Return the seconds that a server asks us to wait, given as a number or as a date; None if it does not."""
    value = getattr(getattr(error, "response", None), "headers", {}).get("retry-after")
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def plain(error: BaseException) -> str:
    """Say an error in one line of at most 300 characters."""
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in error.errors()[:3])
    body = getattr(error, "body", None)
    said = body.get("message") if isinstance(body, dict) else None
    text = " ".join(str(said or error).split()) or type(error).__name__
    return text if len(text) <= 300 else text[:300] + " …"


def explain(error: BaseException, asked: Asked) -> str:
    """Say why there is no answer, and what to do next."""
    where = f"{asked.name} at {asked.base_url}" if asked.base_url else asked.name
    chain = _chain(error)
    for cause in chain:
        # By their names: the libraries that define these errors are loaded only where a model is asked.
        kind = type(cause).__name__
        status = getattr(cause, "status_code", None)
        if kind == "IncompleteOutputException":
            return (
                f"{where}: the answer was cut off at {asked.max_tokens} tokens; "
                "use a prompt with a larger max_tokens, or one that asks for less at a time"
            )
        if isinstance(status, int):
            return f"{where}: {_explain_status(status, plain(cause), asked)}"
        if kind == "APITimeoutError":
            return f"{where} did not answer within {asked.timeout:g} s; try a larger --timeout"
        if kind == "APIConnectionError":
            return f"{where} cannot be reached: {plain(cause.__cause__ or cause)}; is the server running?"
    refusal = next((r for c in chain if (r := _refusal(c))), None)
    if refusal:
        return f"{where} refused to answer: {refusal}"
    last = chain[-1]
    if isinstance(last, ValidationError | ValueError):
        return f"{where} gave no valid answer, asked {REASKS + 1} times: {plain(last)}"
    return f"{where}: the answer is not what an OpenAI-compatible server sends ({plain(last)})"


def _explain_status(status: int, said: str, asked: Asked) -> str:
    if status in (401, 403):
        which = "ONRECORD_API_KEY" if asked.base_url else f"{asked.name.partition('/')[0].upper()}_API_KEY"
        return f"the key was refused ({status}); check {which}; {NO_KEY}"
    if status == 404:
        return f"no such model or address (404); check --model and --base-url ({said})"
    if status in (400, 413) and "context" in said.lower():
        return f"a part of the article is too long for this model ({said}); cut the article, or take another model"
    if status == 429:
        return f"still too many requests after {ATTEMPTS} tries (429); lower --workers or try again later"
    if status >= 500:
        return f"the server failed {ATTEMPTS} times ({status}: {said}); what was answered is kept, try again later"
    return f"the request was refused ({status}: {said})"


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__) is not None and type(chain[-1]).__name__ == "InstructorRetryException":
        chain.append(cause)
    return chain


def _refusal(error: BaseException) -> str | None:
    completion = getattr(error, "last_completion", None)
    choices = getattr(completion, "choices", None) or []
    return getattr(choices[0].message, "refusal", None) if choices else None
