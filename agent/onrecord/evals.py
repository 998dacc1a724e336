"""Runs prompts and models over the cases and scores what comes back."""

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from onrecord.attacks import Attack
from onrecord.batch import Batch
from onrecord.errors import ArticleError, UsageError
from onrecord.gold import Case, Split, passes
from onrecord.llm import Model
from onrecord.prices import cost
from onrecord.prompts import Prompt
from onrecord.records import Article, Reply
from onrecord.report import Human, Run, rounded
from onrecord.scoring import KINDS, Count, compare, labelled, namer_of_pass, predicted, values
from onrecord.store import Store
from onrecord.uncertainty import alpha


def select(
    cases: Mapping[str, Case], *, split: Split | None, tag: str | None = None, lang: str | None = None
) -> dict[str, Case]:
    """Return the cases of a split, a tag, a language; raise UsageError, listing what there is, where none is left."""
    for name, wanted, known in (
        ("tag", tag, {t for c in cases.values() for t in c.tags}),
        ("language", lang, {c.lang for c in cases.values()}),
    ):
        if wanted is not None and wanted not in known:
            raise UsageError(f"no case has the {name} «{wanted}»; known: {', '.join(sorted(known))}")
    chosen = {
        name: case
        for name, case in cases.items()
        if split in (None, case.split) and (tag is None or tag in case.tags) and lang in (None, case.lang)
    }
    if not chosen:
        raise UsageError("no case is left: widen --split, --tag or --lang")
    return chosen


def run(
    cases: Mapping[str, Case],
    prompt: Prompt,
    model: Model,
    store: Store,
    *,
    attacks: Mapping[str, Attack] = MappingProxyType({}),
    workers: int = 1,
    on_call: Callable[[Article, int, int], None] = lambda _article, _calls, _expected: None,
    on_case: Callable[[Article], None] = lambda _article: None,
) -> Run:
    """Extract from all cases and score them; what fails is scored as if nothing was found, and named.

    Attacks are read too, and counted where they succeed.

    What an answer cost is counted wherever it came from, so that a replay reports the same as the run that paid.
    """
    result = Run(prompt.name, model.name)
    lock = threading.Lock()

    def answered(reply: Reply) -> None:
        with lock:
            result.calls += 1
            result.usage.prompt_tokens += reply.prompt_tokens
            result.usage.completion_tokens += reply.completion_tokens
            result.usage.seconds = round(result.usage.seconds + reply.seconds, 3)

    articles = {name: case.article.model_copy(update={"path": name}) for name, case in cases.items()}
    articles |= {name: attack.article(name) for name, attack in attacks.items()}
    batch = Batch(prompt, model, store, workers=workers, on_call=on_call, on_reply=answered)
    for name, outcome in zip(articles, batch.run(articles.values()), strict=True):
        if not isinstance(outcome, ArticleError):
            result.cached_calls += outcome.provenance.cached_calls
        if name in attacks:
            result.attacks[name] = isinstance(outcome, ArticleError) or attacks[name].succeeds(outcome)
        elif isinstance(outcome, ArticleError):
            result.failed[name] = outcome.reason
            result.scores[name] = compare([], labelled(cases[name]))
        else:
            result.found[name] = predicted(cases[name], outcome)
            result.scores[name] = compare(result.found[name], labelled(cases[name]), ungrounded=len(outcome.ungrounded))
        on_case(articles[name])
    result.usage.cost_usd = cost(model.name, result.usage.prompt_tokens, result.usage.completion_tokens)
    return result


@contextmanager
def replayed(folder: Path) -> Iterator[Store]:
    """Yield a store that holds the replies recorded in a folder (`*.jsonl`, as `cache export` writes them)."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise UsageError(f"no recorded replies (*.jsonl) in {folder}")
    with tempfile.TemporaryDirectory() as temporary:
        store = Store(Path(temporary))
        try:
            for path in files:
                with path.open(encoding="utf-8") as stream:
                    store.import_(stream)
            yield store
        finally:
            store.close()


def human(cases: Mapping[str, Case], folder: Path) -> Human:
    """Score one labelling pass against the other, on those of the cases that were labelled twice."""
    pairs = []
    for name, both in passes(folder, cases).items():
        first, second = (labelled(labels, namer_of_pass(labels, cases[name])) for labels in both)
        pairs.append((first, second))
    scores = [compare(first, second) for first, second in pairs]
    given: dict[str, list[tuple[object, object]]] = {}
    for first, second in pairs:
        for field, found in values(first, second).items():
            given.setdefault(field, []).extend(found)
    return Human(
        f1={f"{kind}s": rounded(sum((s.counts[kind, "overlap"] for s in scores), Count()).f1) for kind in KINDS},
        alpha={field: rounded(alpha(found)) for field, found in given.items()},
        cases=len(pairs),
    )


def counted(cases: Sequence[Case]) -> dict[str, int]:
    """Return how many articles, words and items there are."""
    return {
        "articles": len(cases),
        "words": sum(len(c.text.split()) for c in cases),
        "claims": sum(len(c.claims) for c in cases),
        "stances": sum(len(c.stances) for c in cases),
        "agreements": sum(len(c.agreements) for c in cases),
    }
