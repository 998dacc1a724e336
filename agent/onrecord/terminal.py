"""Shows records in a terminal: as tables, and as the article with its evidence marked."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.records import ItemKind, Record, Span

_STYLES: dict[str, str] = {"claim": "cyan", "stance": "magenta", "agreement": "green"}
_LETTERS: dict[str, str] = {"claim": "C", "stance": "S", "agreement": "A"}
_SIGNS = {"support": "+ support", "oppose": "− oppose", "mixed": "± mixed"}
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Row(NamedTuple):
    """An item of any kind, in the words that are common to all."""

    kind: ItemKind
    label: str
    id: str
    actor: str
    relayed_by: Sequence[str]
    position: str
    statement: str
    cue: Span | None
    evidence: Sequence[Span]


def rows(record: Record) -> Iterator[Row]:
    """Yield the items of a record, kind by kind, labelled C1, C2 …, S1 …, A1 …"""
    for i, c in enumerate(record.claims, 1):
        yield Row("claim", f"C{i}", c.id, c.speaker, c.relayed_by, c.mode, c.statement, c.cue, c.evidence)
    for i, s in enumerate(record.stances, 1):
        yield Row("stance", f"S{i}", s.id, s.holder, s.relayed_by, s.polarity, s.target, None, s.evidence)
    for i, a in enumerate(record.agreements, 1):
        parties = "; ".join(a.parties)
        yield Row("agreement", f"A{i}", a.id, parties, a.relayed_by, a.status, a.subject, None, a.evidence)


def clean(text: str) -> str:
    """Return text without the characters that steer a terminal."""
    return _HARMFUL.sub("�", text)


def table(record: Record, console: Console) -> None:
    """Print a record as tables."""
    _header(record, console)
    found = list(rows(record))
    if not found:
        console.print("  no claims, stances or agreements found\n")
    for kind, heads in _HEADS.items():
        chosen = [row for row in found if row.kind == kind]
        if chosen:
            console.print(_grid(kind, heads, chosen))
    _footer(record, console)


_HEADS: dict[str, tuple[str, str, str]] = {
    "claim": ("speaker", "how", "what is claimed"),
    "stance": ("holder", "stance", "towards what"),
    "agreement": ("parties", "status", "on what"),
}


def _grid(kind: str, heads: tuple[str, str, str], chosen: Sequence[Row]) -> Table:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=f"bold {_STYLES[kind]}")
    grid.add_column("", width=4, no_wrap=True, style=_STYLES[kind])
    grid.add_column(heads[0], ratio=3, overflow="fold")
    grid.add_column(heads[1], width=10, no_wrap=True)
    grid.add_column(heads[2], ratio=7, overflow="fold")
    grid.expand = True
    for row in chosen:
        who = Text(clean(row.actor))
        if row.relayed_by:
            who.append(f"\nvia {clean(', '.join(row.relayed_by))}", style="dim")
        words = row.statement if kind != "claim" else " […] ".join(s.quote for s in row.evidence)
        what = Text(clean(" ".join(words.split())))
        if any(s.match == "fuzzy" for s in row.evidence):
            what.append(" (placed by similarity)", style="yellow")
        grid.add_row(row.label, who, _SIGNS.get(row.position, row.position) if kind == "stance" else row.position, what)
    grid.add_row()
    return grid


def _header(record: Record, console: Console) -> None:
    article = record.article
    title = Text(clean(article.title or article.name), style="bold")
    details = [
        article.name if article.title else None,
        article.source,
        article.published,
        article.lang,
        article.id,
    ]
    console.print(title)
    console.print(Text(clean(" · ".join(d for d in details if d)), style="dim"))
    console.print()


def _footer(record: Record, console: Console) -> None:
    for item in record.ungrounded:
        console.print(Text(clean(f"  not placed: {item.kind}: {item.reason}"), style="yellow"))
    made = record.provenance
    cost = f", ${made.cost_usd:.4f}" if made.cost_usd is not None else ""
    console.print(
        Text(
            f"{made.calls} calls ({made.cached_calls} from the cache), {made.prompt_tokens} + "
            f"{made.completion_tokens} tokens{cost}, {made.seconds:.1f} s, {made.model}, {made.prompt}\n",
            style="dim",
        )
    )


def show(record: Record, console: Console) -> None:
    """Print the article with the evidence in its place, marked and coloured by kind, then the items."""
    text = record.article.text
    found = list(rows(record))
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for row in found:
        for span in row.evidence:
            opens.setdefault(span.start, []).append(row.label)
            closes.setdefault(span.end, []).append(row.label)
    _header(record, console)
    shown = Text()
    active: list[str] = []
    last = 0
    for at in sorted({*opens, *closes, len(text)}):
        shown.append(clean(text[last:at]), style=_style(active))
        for label in closes.get(at, []):
            active.remove(label)
            shown.append("]", style=_style([label]))
        for label in opens.get(at, []):
            active.append(label)
            shown.append(f"[{label} ", style=f"bold {_style([label])}")
        last = at
    console.print(shown)
    console.print()
    table(record, console)


def _style(labels: Sequence[str]) -> str:
    kinds = {_LETTERS[kind]: style for kind, style in _STYLES.items()}
    return kinds[labels[-1][0]] + (" underline" if len(labels) > 1 else "") if labels else ""


def line(record: Record) -> str:
    """Sum a record up in a line."""
    made = record.provenance
    items = {"claims": len(record.claims), "stances": len(record.stances), "agreements": len(record.agreements)}
    counts = " ".join(f"{count:>3} {name}" for name, count in items.items())
    return clean(f"{record.article.id}  {made.created}  {counts}  {made.model}  {made.prompt}  {record.article.name}")


def summary(records: Sequence[Record], failed: int, seconds: float) -> str:
    """Sum a run up in a line."""
    counts = {
        "claims": sum(len(r.claims) for r in records),
        "stances": sum(len(r.stances) for r in records),
        "agreements": sum(len(r.agreements) for r in records),
        "not placed": sum(len(r.ungrounded) for r in records),
    }
    made = [r.provenance for r in records]
    costs = [m.cost_usd for m in made if m.cost_usd is not None]
    parts = [
        f"{len(records)} article{'s' * (len(records) != 1)}" + (f", {failed} failed" if failed else ""),
        ", ".join(f"{n} {name}" for name, n in counts.items() if n or name != "not placed"),
        f"{sum(m.calls for m in made)} calls ({sum(m.cached_calls for m in made)} from the cache)",
        f"{sum(m.prompt_tokens for m in made)} + {sum(m.completion_tokens for m in made)} tokens",
        f"${sum(costs):.4f}" if costs else "",
        f"{seconds:.1f} s",
        ", ".join(sorted({f"{m.model} with {m.prompt}" for m in made})),
    ]
    return " · ".join(part for part in parts if part)
