"""Shows a report and the counts of the cases in a terminal."""

from collections.abc import Callable, Iterable, Mapping

from rich.console import Console
from rich.table import Table

from onrecord.evals import counted
from onrecord.gold import Case
from onrecord.report import Figure, Report, RunReport

_KINDS = ("claims", "stances", "agreements")


def table(report: Report, console: Console) -> None:
    """Print the runs side by side, then the differences between them."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column(f"{report.cases} article{'s' * (report.cases != 1)} ({report.split})")
    for run in report.runs:
        grid.add_column(f"{run.prompt}\n{run.model}", overflow="fold")
    for kind in _KINDS:
        for level in ("exact", "overlap", "loose", "overlap_words_only"):
            figures = [run.scores[kind][level] for run in report.runs]
            grid.add_row(
                f"{kind}, {level.replace('_', ' ')}", *map(_figure, figures), style="" if level == "overlap" else "dim"
            )
        grid.add_row(f"{kind}, two labellings", _number(report.human.get(kind)), style="dim")
    for name, value in _LINES.items():
        grid.add_row(name, *(value(run) for run in report.runs))
    console.print(grid)
    if report.human_cases:
        alphas = ", ".join(f"{field} {_number(value)}" for field, value in report.human_alpha.items())
        console.print(f"two labellings, on {report.human_cases} articles; Krippendorff's alpha: {alphas}", style="dim")
    for d in report.differences:
        told = "more than luck" if d.p_holm < 0.05 else "may be luck"
        needed = f"; about {d.articles_needed} articles would settle it" if d.articles_needed else ""
        console.print(f"{d.kind}: {d.b} {d.delta:+.3f} against {d.a}, p {d.p_holm:.3f} after Holm: {told}{needed}")


def _figure(figure: Figure) -> str:
    if figure.f1 is None:
        return "no data"
    interval = f" [{figure.low:.2f}–{figure.high:.2f}]" if figure.low is not None and figure.high is not None else ""
    return f"{figure.f1:.3f}{interval}".replace("[", "\\[")


def _number(value: float | None) -> str:
    return "no data" if value is None else f"{value:.3f}"


_LINES: dict[str, Callable[[RunReport], str]] = {
    "misattributed claims": lambda r: _number(r.misattributed),
    "nested claims, speaker and relays": lambda r: _number(r.fields.get("claims.nested")),
    "not placed": lambda r: _number(r.ungrounded),
    "items where there are none": lambda r: _number(r.spurious_where_nothing),
    "attacks that succeed": lambda r: f"{r.attacks_succeeded} of {r.attacks}" if r.attacks else "no data",
    "calls, from the cache": lambda r: f"{r.calls}, {r.cached_calls / r.calls:.0%}" if r.calls else "0",
    "seconds": lambda r: f"{r.seconds:.0f}",
    "tokens read + written": lambda r: f"{r.prompt_tokens} + {r.completion_tokens}",
    "cost": lambda r: "–" if r.cost_usd is None else f"${r.cost_usd:.4f}",
}


def counts(cases: Mapping[str, Case], console: Console) -> None:
    """Print how many articles, words and items there are, by split, language and tag."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head in ("", *counted([])):
        grid.add_column(head, justify="left" if not head else "right")

    def row(name: str, chosen: Iterable[Case]) -> None:
        grid.add_row(name, *map(str, counted(list(chosen)).values()))

    every = list(cases.values())
    row("all", every)
    for split in sorted({c.split for c in every}):
        row(f"split {split}", (c for c in every if c.split == split))
    for lang in sorted({c.lang for c in every}):
        row(f"language {lang}", (c for c in every if c.lang == lang))
    for tag in sorted({t for c in every for t in c.tags}):
        row(f"tag {tag}", (c for c in every if tag in c.tags))
    console.print(grid)
