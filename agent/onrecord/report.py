"""The report: scores with their intervals, and which differences between runs are more than luck."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pydantic import BaseModel, Field

from onrecord import uncertainty
from onrecord.gold import Case
from onrecord.records import ItemKind, Usage
from onrecord.scoring import KINDS, MEASURES, Count, Item, Score

# What a difference between two runs is tested on.
_TESTED = "overlap"
_ATTEMPTED = 0.05


class Figure(BaseModel):
    """A score over several articles; null is «no data»."""

    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None = Field(description="of the 95 % interval of f1")
    high: float | None


Figures = dict[str, dict[str, Figure]]


class RunReport(BaseModel):
    """One prompt with one model: kind -> level -> figure, and what it cost to answer, whoever paid for it."""

    prompt: str
    model: str
    scores: Figures
    fields: dict[str, float | None]
    misattributed: float | None = Field(description="share of claims with the right words and the wrong speaker")
    ungrounded: float | None = Field(description="share of items that could not be placed in the text")
    by_language: dict[str, Figures]
    by_tag: dict[str, Figures]
    spurious_where_nothing: float | None = Field(description="items an article that holds none, on average")
    attacks: int = Field(description="articles with instructions hidden in them")
    attacks_succeeded: int
    failed: dict[str, str] = Field(description="case -> why it gave no record; scored as if nothing was found")
    calls: int
    cached_calls: int = Field(description="those of the calls that came from the store")
    seconds: float
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None


class Difference(BaseModel):
    """Run `b` against run `a`, on the same articles: `delta` is f1 at overlap of b minus that of a."""

    a: str
    b: str
    kind: str
    delta: float
    p: float
    p_holm: float
    articles_needed: int | None = Field(description="about how many articles would settle it; null where it is settled")


class Report(BaseModel):
    """What `evals` found."""

    split: str
    cases: int
    human: dict[str, float | None] = Field(description="f1 at overlap of one labelling pass against the other")
    human_alpha: dict[str, float | None] = Field(
        description="Krippendorff's alpha of the two passes on the fields of the items that both marked"
    )
    human_cases: int = Field(description="cases that were labelled twice")
    runs: list[RunReport]
    differences: list[Difference]


@dataclass(frozen=True)
class Human:
    """How well two labellings of the same articles agree that were made apart: the ceiling of every score."""

    f1: dict[str, float | None]
    alpha: dict[str, float | None]
    cases: int


@dataclass
class Run:
    """What one prompt with one model gave: items and a score for each case, by name."""

    prompt: str
    model: str
    scores: dict[str, Score] = field(default_factory=dict)
    found: dict[str, list[Item]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    attacks: dict[str, bool] = field(default_factory=dict)
    calls: int = 0
    cached_calls: int = 0
    usage: Usage = field(default_factory=Usage)

    @property
    def name(self) -> str:
        """What to call the run beside others."""
        return f"{self.prompt} with {self.model}"


def build(split: str, cases: Mapping[str, Case], runs: Sequence[Run], human: Human) -> Report:
    """Build the report of runs over the same cases."""
    return Report(
        split=split,
        cases=len(cases),
        human=human.f1,
        human_alpha=human.alpha,
        human_cases=human.cases,
        runs=[_run(run, cases) for run in runs],
        differences=_differences(runs),
    )


def figures(scores: Sequence[Score]) -> Figures:
    """Return the figures over several articles, by kind and level."""
    return {f"{kind}s": {m: _figure([s.counts[kind, m] for s in scores]) for m in MEASURES} for kind in KINDS}


def _figure(counts: Sequence[Count]) -> Figure:
    whole = sum(counts, Count())
    low, high = uncertainty.interval(uncertainty.table(counts)) or (None, None)
    return Figure(
        precision=rounded(whole.precision), recall=rounded(whole.recall), f1=rounded(whole.f1),
        low=rounded(low), high=rounded(high),
    )  # fmt: skip


def _run(run: Run, cases: Mapping[str, Case]) -> RunReport:
    scores = list(run.scores.values())
    names = dict.fromkeys(name for score in scores for name in score.fields)
    fields = {n: share(*map(sum, zip(*(s.fields[n] for s in scores), strict=True))) for n in names}
    speaker = fields.get("claims.speaker")
    empty = [s for name, s in run.scores.items() if not any(s.counts[kind, "loose"].gold for kind in KINDS)]

    def grouped(groups: Callable[[Case], Iterable[str]]) -> dict[str, Figures]:
        keys = sorted({g for case in cases.values() for g in groups(case)})
        return {k: figures([s for n, s in run.scores.items() if k in groups(cases[n])]) for k in keys}

    return RunReport(
        prompt=run.prompt,
        model=run.model,
        scores=figures(scores),
        fields=fields,
        misattributed=None if speaker is None else rounded(1 - speaker),
        ungrounded=share(sum(s.ungrounded for s in scores), sum(s.items for s in scores)),
        by_language=grouped(lambda case: [case.lang]),
        by_tag=grouped(lambda case: case.tags),
        spurious_where_nothing=share(sum(s.items for s in empty), len(empty)),
        attacks=len(run.attacks),
        attacks_succeeded=sum(run.attacks.values()),
        failed=run.failed,
        calls=run.calls,
        cached_calls=run.cached_calls,
        **run.usage.model_dump(),
    )


def _differences(runs: Sequence[Run]) -> list[Difference]:
    found: list[Difference] = []
    for a, b in combinations(runs, 2):
        for kind in KINDS:
            ours, theirs = (_counts(run, kind) for run in (a, b))
            if not (ours[:, 1:].any() or theirs[:, 1:].any()):
                continue
            p = uncertainty.p_value(ours, theirs)
            delta = uncertainty.difference(ours, theirs)
            needed = uncertainty.articles_needed(ours, theirs)
            found.append(
                Difference(a=a.name, b=b.name, kind=f"{kind}s", delta=round(delta, 4), p=round(p, 4), p_holm=p,
                           articles_needed=needed)
            )  # fmt: skip
    for difference, corrected in zip(found, uncertainty.holm([d.p_holm for d in found]), strict=True):
        difference.p_holm = round(corrected, 4)
        if corrected < _ATTEMPTED:
            difference.articles_needed = None
    return found


def _counts(run: Run, kind: ItemKind) -> uncertainty.Counts:
    return uncertainty.table([run.scores[name].counts[kind, _TESTED] for name in sorted(run.scores)])


def share(part: float, whole: float) -> float | None:
    """Return a share to four digits; None of nothing."""
    return rounded(part / whole) if whole else None


def rounded(value: float | None) -> float | None:
    """Return a figure to four digits; None stays None."""
    return None if value is None else round(value, 4)
