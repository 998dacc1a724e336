"""The report as one page that needs no network: charts, tables, and each article with gold beside what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord import charts
from onrecord.gold import Case
from onrecord.marking import Segment, segments
from onrecord.report import Report, Run
from onrecord.scoring import KINDS, LEVELS, Item, labelled, of, pair

_LETTERS = {"claim": "C", "stance": "S", "agreement": "A"}


@dataclass(frozen=True)
class Marked:
    """An item with its label and whether the other side has it too, at overlap."""

    label: str
    item: Item
    matched: bool


def render(report: Report, cases: Mapping[str, Case], runs: Sequence[Run]) -> str:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("onrecord"), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    names = [run.name for run in runs]
    rows = {
        f"{kind}s, {level}": [r.scores[f"{kind}s"][level] for r in report.runs] for kind in KINDS for level in LEVELS
    }
    groups = {
        title: {
            f"{kind}, {key}": [getattr(r, field)[key][kind]["overlap"] for r in report.runs]
            for kind in ("claims", "stances", "agreements")
            for key in getattr(report.runs[0], field)
        }
        for title, field in (("By language, at overlap", "by_language"), ("By tag, at overlap", "by_tag"))
    }
    # The drawing is ours; every word of an article or a model goes through the template's escaping.
    drawn = {title: Markup(charts.scores(g, names)) for title, g in {"Scores": rows, **groups}.items()}  # noqa: S704
    articles = [
        (name, case, [(run.name, *beside(case, run.found.get(name, []))) for run in runs])
        for name, case in cases.items()
    ]
    return environment.get_template("report.html").render(
        report=report, runs=report.runs, names=names, charts=drawn, articles=articles
    )


def beside(
    case: Case, found: Sequence[Item]
) -> tuple[list[Segment[Marked]], list[Segment[Marked]], list[Marked], list[Marked]]:
    """Return the text cut up by the gold and by what was found, and the items of both, matched or not."""
    gold = labelled(case)
    pairs = [p for kind in KINDS for p in pair(of(found, kind), of(gold, kind), "overlap")]
    ours = _marked(found, {id(a) for a, _ in pairs})
    theirs = _marked(gold, {id(b) for _, b in pairs})
    return _cut(case.text, theirs), _cut(case.text, ours), theirs, ours


def _marked(items: Sequence[Item], matched: set[int]) -> list[Marked]:
    found = []
    for kind in KINDS:
        found += [
            Marked(f"{_LETTERS[kind]}{i}", item, id(item) in matched) for i, item in enumerate(of(items, kind), 1)
        ]
    return found


def _cut(text: str, marked: Sequence[Marked]) -> list[Segment[Marked]]:
    return segments(text, [(span, m) for m in marked for span in m.item.evidence])
