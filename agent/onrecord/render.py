"""Writes records for programs and for reading: JSONL, JSON, CSV, Markdown, and tables for the terminal."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console

from onrecord.records import Record, Span
from onrecord.terminal import Row, rows, table

Format = Literal["table", "jsonl", "json", "csv", "md"]

_COLUMNS = (
    "article_id", "article", "lang", "kind", "id", "actor", "relayed_by", "position", "statement", "cue", "quotes",
    "start", "end", "model", "prompt",
)  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|&~])")


def write_records(records: Iterable[Record], stream: TextIO, format: Format) -> None:
    """Write records in a format, each as soon as it comes where the format allows, flushed."""
    _WRITERS[format](records, stream)


def _jsonl(records: Iterable[Record], stream: TextIO) -> None:
    for record in records:
        stream.write(record.model_dump_json() + "\n")
        stream.flush()


def _json(records: Iterable[Record], stream: TextIO) -> None:
    separator = "[\n"
    for record in records:
        stream.write(separator + record.model_dump_json(indent=2))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")
    stream.flush()


def _csv(records: Iterable[Record], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
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
        row.actor,
        "; ".join(row.relayed_by),
    )
    yield from (row.position, row.statement, row.cue.quote if row.cue else None)
    yield from (" […] ".join(s.quote for s in row.evidence), row.evidence[0].start, row.evidence[0].end)
    yield from (made.model, made.prompt)


def _cell(value: object) -> object:
    # A spreadsheet runs what begins like a formula, and articles are written by strangers.
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _md(records: Iterable[Record], stream: TextIO) -> None:
    environment = Environment(  # noqa: S701 — Markdown, escaped by a filter of its own
        loader=PackageLoader("onrecord"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"plain": _plain, "quote": _quote}
    template = environment.get_template("record.md")
    for record in records:
        stream.write(template.render(record=record, rows=list(rows(record))) + "\n")
        stream.flush()


def _plain(text: object) -> str:
    """Escape what Markdown or HTML would take for markup."""
    flat = " ".join(str(text).split())
    return _MARKDOWN.sub(r"\\\1", flat).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")


def _quote(evidence: Sequence[Span]) -> str:
    return " \\[…\\] ".join(_plain(span.quote) for span in evidence)


def _table(records: Iterable[Record], stream: TextIO) -> None:
    console = Console(file=stream, highlight=False, soft_wrap=False)
    for record in records:
        table(record, console)
        stream.flush()


_WRITERS: dict[Format, Callable[[Iterable[Record], TextIO], None]] = {
    "table": _table,
    "jsonl": _jsonl,
    "json": _json,
    "csv": _csv,
    "md": _md,
}
FORMATS = tuple(_WRITERS)
