"""The pipeline: an article, a prompt and a model in, a grounded record out. Read this module first."""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.asking import Asker, Stopped
from onrecord.document import document
from onrecord.drafts import Draft, Layout, estimate_tokens
from onrecord.interview import interview, worth_asking
from onrecord.llm import Model
from onrecord.prompts import Message, Prompt
from onrecord.records import Article, Provenance, Record, Reply, now
from onrecord.store import Store

__all__ = ["Estimate", "Stopped", "estimate", "extract"]

_STYLES = {"interview": interview, "document": document}


def extract(
    article: Article,
    prompt: Prompt,
    model: Model,
    store: Store,
    *,
    refresh: bool = False,
    on_call: Callable[[int, int], None] = lambda _calls, _expected: None,
    on_reply: Callable[[Reply], None] = lambda _reply: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Record:
    """Put on record what an article reports, and keep the record in the store.

    `on_call` is told how many questions were answered, of about how many; `on_reply` each reply. Raises
    ModelError where the model fails, StoreError where the store does, Stopped where `stopped` said so; what was
    answered till then is in the store.
    """
    layout = Layout.of(article, with_cues=prompt.settings.cues)
    expected = estimate(article, prompt).calls
    on_call(0, expected)

    def answered(calls: int, reply: Reply) -> None:
        on_call(calls, expected)
        on_reply(reply)

    asker = Asker(model, store, refresh, answered, stopped)
    draft = Draft(layout.roster())
    for window in layout.windows(prompt.settings.window):
        _STYLES[prompt.settings.style](layout, window, prompt, asker, draft)
    found = draft.written(article.text)
    record = Record(
        article=article,
        actors=draft.roster.actors(draft.used()),
        claims=found.claims,
        stances=found.stances,
        agreements=found.agreements,
        ungrounded=draft.ungrounded,
        provenance=Provenance(
            model=model.name,
            prompt=prompt.name,
            prompt_digest=prompt.digest,
            schema_digest=prompt.schema_digest,
            created=now(),
            calls=asker.calls,
            cached_calls=asker.cached_calls,
            **asker.usage().model_dump(),
        ),
    )
    store.keep_record(record)
    return record


def preview(article: Article, prompt: Prompt) -> list[Message]:
    """Return what a model reads of an article: the head of the first call, and the question of a document."""
    layout = Layout.of(article, with_cues=prompt.settings.cues)
    window = next(layout.windows(prompt.settings.window))
    head = [*prompt.head(article.id, layout.lines(window))]
    if prompt.settings.style == "document":
        head.append({"role": "user", "content": prompt.render("question")})
    return head


@dataclass(frozen=True)
class Estimate:
    """What extracting would take if nothing were cached."""

    calls: int
    prompt_tokens: int
    completion_tokens: int


def estimate(article: Article, prompt: Prompt) -> Estimate:
    """Estimate calls and tokens for an article without a call.

    Prompt tokens are counted as providers bill them, each call in full, though a prefix cache may serve most.
    """
    layout = Layout.of(article, with_cues=prompt.settings.cues)
    calls = read = written = 0
    for window in layout.windows(prompt.settings.window):
        head = sum(estimate_tokens(m["content"]) for m in prompt.head(article.id, layout.lines(window)))
        if prompt.settings.style == "interview":
            count = worth_asking(layout, window)
            calls, read, written = calls + count, read + count * (head + 40), written + count * 20
        else:
            calls, read = calls + 1, read + head + 40
            # Measured on the seed: about three tokens are written for every two of the article.
            written += sum(estimate_tokens(text) for _, text in layout.lines(window)) * 3 // 2
    return Estimate(calls, read, written)
