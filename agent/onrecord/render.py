"""Writes records for programs and for reading: JSONL, JSON, CSV, Markdown, a page, and tables for the terminal."""

import csv
import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console

from onrecord.marking import segments
from onrecord.records import Record, Span
from onrecord.terminal import Row, clean, gist, items_of, rows, table

Format = Literal["table", "jsonl", "json", "csv", "md", "html"]

_COLUMNS = (
    "article_id", "article", "lang", "kind", "id", "actor", "relayed_by", "position", "statement", "cue", "quotes",
    "start", "end", "model", "prompt",
)  # fmt: skip
# Inline, every sign of markup; at the start of a line, also what would make a list, a rule or a heading of it.
_INLINE = re.compile(r"[\\`*_{}\[\]#|~$]")
_LEADING = re.compile(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+=](?:[-=\s]|$)))")
# A spreadsheet runs what begins like a formula, and articles are written by strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_records(records: Iterable[Record], stream: TextIO, format: Format) -> None:
    """Write records in a format, each as soon as it comes where the format allows, flushed."""
    _WRITERS[format](records, stream)


def _jsonl(records: Iterable[Record], stream: TextIO) -> None:
    for record in records:
        stream.write(record.model_dump_json() + "\n")
        stream.flush()


def _json(records: Iterable[Record], stream: TextIO) -> None:
    separator = "[\n  "
    try:
        for record in records:
            stream.write(separator + record.model_dump_json(indent=2).replace("\n", "\n  "))
            separator = ",\n  "
    finally:  # a run that breaks off must leave an array that can be read
        stream.write("\n]\n" if separator.startswith(",") else "[]\n")
        stream.flush()


def _csv(records: Iterable[Record], stream: TextIO) -> None:
    # All texts in quotes: with this line end, Python 3.11 leaves a carriage return in a cell bare.
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(_COLUMNS)
    for record in records:
        for row in rows(record):
            writer.writerow([_cell(value) for value in _csv_row(record, row)])
        stream.flush()


def _csv_row(record: Record, row: Row) -> Iterator[object]:
    article, made = record.article, record.provenance
    yield from (
        article.id,
        article.name,
        article.lang,
        row.kind,
        row.id,
        "; ".join(row.actors),
        "; ".join(row.relayed_by),
    )
    yield from (row.position, row.statement, row.cue.quote if row.cue else None)
    yield from (" […] ".join(s.quote for s in row.evidence), row.evidence[0].start, row.evidence[0].end)
    yield from (made.model, made.prompt)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _md(records: Iterable[Record], stream: TextIO) -> None:
    environment = Environment(  # noqa: S701 — Markdown, escaped by a filter of its own
        loader=PackageLoader("onrecord"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"plain": _plain, "quote": _quote, "gist": gist}
    template = environment.get_template("record.md")
    for record in records:
        stream.write(template.render(record=record, rows=list(rows(record)), found=items_of([record])) + "\n\n")
        stream.flush()


def _html(records: Iterable[Record], stream: TextIO) -> None:
    environment = Environment(
        loader=PackageLoader("onrecord"), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
        lstrip_blocks=True, finalize=lambda value: clean(value) if type(value) is str else value,
    )  # fmt: skip
    page: Any = environment.get_template("records.html").module
    begun = False
    try:
        for n, record in enumerate(records, 1):
            if not begun:
                stream.write(page.head(record.article.title or record.article.name).lstrip())
                begun = True
            found = list(rows(record))
            cut = segments(record.article.text, [(span, row) for row in found for span in row.evidence])
            stream.write(page.article(n, record, found, cut, [gist(item) for item in record.ungrounded]))
            stream.flush()
    finally:  # a run that breaks off must leave a page that can be read
        stream.write(("" if begun else page.head("onrecord").lstrip()) + page.foot())
        stream.flush()


def _plain(text: object) -> str:
    """Escape what Markdown or HTML would take for markup."""
    flat = html.escape(clean(" ".join(str(text).split())), quote=False)
    return _LEADING.sub(r"\g<1>\\", _INLINE.sub(r"\\\g<0>", flat))


def _quote(evidence: Sequence[Span]) -> str:
    return " \\[…\\] ".join(_plain(span.quote) for span in evidence)


def _table(records: Iterable[Record], stream: TextIO) -> None:
    console = Console(file=stream, highlight=False)
    for record in records:
        table(record, console)
        stream.flush()


_WRITERS: dict[Format, Callable[[Iterable[Record], TextIO], None]] = {
    "table": _table,
    "jsonl": _jsonl,
    "json": _json,
    "csv": _csv,
    "md": _md,
    "html": _html,
}
FORMATS = tuple(_WRITERS)
