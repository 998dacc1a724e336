"""Shows records in a terminal: as tables, and as the article with its evidence marked."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.records import ItemKind, Provenance, Record, Span, Ungrounded

_STYLES: dict[str, str] = {"claim": "cyan", "stance": "magenta", "agreement": "green"}
_LETTERS: dict[str, str] = {"claim": "C", "stance": "S", "agreement": "A"}
_SIGNS = {"support": "+ support", "oppose": "− oppose", "mixed": "± mixed"}
# What steers a terminal, turns the order of the letters around, or is no character at all.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")


class Row(NamedTuple):
    """An item of any kind, in the words that are common to all."""

    kind: ItemKind
    label: str
    id: str
    actors: Sequence[str]
    relayed_by: Sequence[str]
    position: str
    statement: str
    cue: Span | None
    evidence: Sequence[Span]


def rows(record: Record) -> Iterator[Row]:
    """Yield the items of a record, kind by kind, labelled C1, C2 …, S1 …, A1 …"""
    for i, c in enumerate(record.claims, 1):
        yield Row("claim", f"C{i}", c.id, [c.speaker], c.relayed_by, c.mode, c.statement, c.cue, c.evidence)
    for i, s in enumerate(record.stances, 1):
        yield Row("stance", f"S{i}", s.id, [s.holder], s.relayed_by, s.polarity, s.target, None, s.evidence)
    for i, a in enumerate(record.agreements, 1):
        yield Row("agreement", f"A{i}", a.id, a.parties, a.relayed_by, a.status, a.subject, None, a.evidence)


def clean(text: str) -> str:
    """Return text without the characters that steer a terminal."""
    return _HARMFUL.sub("�", _LINE_END.sub("\n", text))


def gist(item: Ungrounded) -> str:
    """Tell in a line what could not be placed, and why."""
    given = item.item
    who = given.get("speaker") or given.get("holder") or given.get("parties") or ""
    what = given.get("statement") or given.get("target") or given.get("subject") or ""
    actors = "; ".join(map(str, who)) if isinstance(who, list) else str(who)
    words = ": ".join(part for part in (actors, str(_short(str(what), 80))) if part)
    return _flat(f"{item.kind}: {item.reason}" + (f" ({words})" if words else ""))


def _flat(text: str) -> str:
    return clean(" ".join(text.split()))


def _short(text: str, cells: int) -> Text:
    flat = _flat(text)
    short = Text(flat)
    short.truncate(cells, overflow="ellipsis")
    if short.plain == flat:
        return short
    whole, _, rest = short.plain.rpartition(" ")
    # Cut between words, unless the last one is so long that little would be left.
    return Text(f"{whole} …") if len(rest) < cells // 4 else short


def table(record: Record, console: Console) -> None:
    """Print a record as tables, long words shortened."""
    _header(record, console)
    _items(record, console)
    _footer(record, console)


def _items(record: Record, console: Console) -> None:
    found = list(rows(record))
    if not found:
        console.print("  no claims, stances or agreements found\n")
    for kind, heads in _HEADS.items():
        chosen = [row for row in found if row.kind == kind]
        if chosen:
            console.print(_grid(kind, heads, chosen, 2 * console.width))
            console.print()


_HEADS: dict[str, tuple[str, str, str]] = {
    "claim": ("speaker", "how", "what is claimed"),
    "stance": ("holder", "stance", "towards what"),
    "agreement": ("parties", "status", "on what"),
}


def _grid(kind: str, heads: tuple[str, str, str], chosen: Sequence[Row], cells: int) -> Table:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=f"bold {_STYLES[kind]}", expand=True)
    grid.add_column("", width=4, no_wrap=True, style=_STYLES[kind])
    grid.add_column(heads[0], ratio=3, overflow="fold")
    grid.add_column(heads[1], width=9, no_wrap=True)
    grid.add_column(heads[2], ratio=7, overflow="fold")
    for row in chosen:
        who = Text(";\n".join(map(_flat, row.actors)))
        if row.relayed_by:
            who.append(f"\nvia {_flat(', '.join(row.relayed_by))}", style="dim")
        what = _short(" […] ".join(s.quote for s in row.evidence) if kind == "claim" else row.statement, cells)
        if any(s.match == "fuzzy" for s in row.evidence):
            what.append(" (placed by similarity)", style="yellow")
        position = _SIGNS[row.position] if kind == "stance" else row.position.replace("_", " ")
        grid.add_row(row.label, who, position, what)
    return grid


def _header(record: Record, console: Console) -> None:
    article = record.article
    where = article.name if article.title else None
    details = [where, article.source, article.published, article.lang, article.id]
    console.print(Text(_flat(article.title or article.name), style="bold"))
    console.print(Text(_flat(" · ".join(d for d in details if d)), style="dim"))
    console.print()


def _footer(record: Record, console: Console) -> None:
    for item in record.ungrounded:
        console.print(Text(f"not placed: {gist(item)}", style="yellow"))
    made = record.provenance
    parts = [*_spent([made], made.seconds), clean(made.model), clean(made.prompt)]
    console.print(Text(", ".join(parts) + "\n", style="dim"))


def show(record: Record, console: Console) -> None:
    """Print the article with the evidence in its place, marked and coloured by kind, then the items."""
    text = record.article.text
    opens: dict[int, list[tuple[int, str]]] = {}
    for row in rows(record):
        for span in row.evidence:
            opens.setdefault(span.start, []).append((span.end, row.label))
    _header(record, console)
    shown = Text()
    active: list[tuple[int, str]] = []
    last = 0
    ends = {end for pieces in opens.values() for end, _ in pieces}
    for at in sorted({*opens, *ends, len(text)}):
        shown.append(clean(text[last:at]), style=_style(active))
        for piece in [p for p in reversed(active) if p[0] == at]:
            # Where another mark is open, the bracket says which one it closes.
            shown.append(f" {piece[1]}]" if len(active) > 1 else "]", style=f"bold {_style([piece])}")
            active.remove(piece)
        for piece in sorted(opens.get(at, []), key=lambda p: -p[0]):
            active.append(piece)
            shown.append(f"[{piece[1]} ", style=f"bold {_style([piece])}")
        last = at
    console.print(shown)
    console.print()
    _items(record, console)
    _footer(record, console)


def _style(active: Sequence[tuple[int, str]]) -> str:
    kinds = {_LETTERS[kind]: style for kind, style in _STYLES.items()}
    return kinds[active[-1][1][0]] + (" underline" if len(active) > 1 else "") if active else ""


def line(record: Record) -> str:
    """Sum a record up in a line."""
    made = record.provenance
    items = {"claims": len(record.claims), "stances": len(record.stances), "agreements": len(record.agreements)}
    counts = " ".join(f"{count:>3} {name}" for name, count in items.items())
    name = _flat(record.article.name)
    return clean(f"{record.article.id}  {made.created}  {counts}  {made.model}  {made.prompt}  {name}")


def summary(records: Sequence[Record], failed: int, seconds: float) -> str:
    """Sum a run up in a line."""
    articles = _counted(len(records), "article") + (f", {failed} failed" if failed else "")
    if not records:
        return f"{articles} · {_seconds(seconds)}"
    made = [r.provenance for r in records]
    names = sorted({f"{m.model} with {m.prompt}" for m in made})
    return clean(" · ".join([articles, items_of(records), *_spent(made, seconds), ", ".join(names)]))


def items_of(records: Sequence[Record]) -> str:
    """Tell how many items there are of each kind."""
    apart = sum(len(r.ungrounded) for r in records)
    counts = [
        _counted(sum(len(r.claims) for r in records), "claim"),
        _counted(sum(len(r.stances) for r in records), "stance"),
        _counted(sum(len(r.agreements) for r in records), "agreement"),
    ]
    return ", ".join([*counts, f"{_number(apart)} not placed"] if apart else counts)


def _spent(made: Sequence[Provenance], seconds: float) -> list[str]:
    calls = _counted(sum(m.calls for m in made), "call")
    read, written = (_number(sum(getattr(m, f"{kind}_tokens") for m in made)) for kind in ("prompt", "completion"))
    costs = [m.cost_usd for m in made if m.cost_usd is not None]
    spent = [f"{calls} ({_number(sum(m.cached_calls for m in made))} from the cache)", f"{read} + {written} tokens"]
    return [*spent, *([f"${sum(costs):.4f}"] if costs else []), _seconds(seconds)]


def _counted(count: int, name: str) -> str:
    return f"{_number(count)} {name}{'s' * (count != 1)}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", " ") if count >= 10_000 else str(count)


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
