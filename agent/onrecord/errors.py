"""The one error tree: what a user can be told, and the exit code it leads to."""

from collections.abc import Iterable


class OnrecordError(Exception):
    """Base of all errors whose message is meant for the user."""

    exit_code = 1


class UsageError(OnrecordError):
    """The command, a setting or a name is wrong; nothing was done."""

    exit_code = 2


class ArticleError(OnrecordError):
    """One article cannot be read or processed; `source` names it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class ModelError(OnrecordError):
    """A model could not be reached, refused, or gave no usable answer.

    The tokens spent before it gave up are counted all the same.
    """

    def __init__(self, message: str, *, prompt_tokens: int = 0, completion_tokens: int = 0) -> None:
        super().__init__(message)
        self.prompt_tokens = prompt_tokens
        self.completion_tokens = completion_tokens


class StoreError(OnrecordError):
    """The cache folder cannot be read or written; a batch stops, for answers could not be kept."""


def unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """Make the error for a name that is not known, listing those that are."""
    return UsageError(f"unknown {kind} «{name}»; known: {', '.join(sorted(known))}")
