"""Opens what results are written to, so that a run cut short never leaves a torn file in place of a good one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from onrecord.errors import OnrecordError, UsageError, unknown
from onrecord.render import FORMATS, Format

_BY_SUFFIX: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
}


def format_of(out: Path | None, format: str | None) -> Format:
    """Return the format asked for, else the one of the file's suffix, else a table."""
    if format is not None:
        for known in FORMATS:
            if format == known:
                return known
        raise unknown("format", format, FORMATS)
    if out is None:
        return "table"
    if out.suffix not in _BY_SUFFIX:
        raise UsageError(f"no format goes with {out.name}: name it with --format, one of {', '.join(FORMATS)}")
    return _BY_SUFFIX[out.suffix]


@contextmanager
def output(out: Path | None) -> Iterator[TextIO]:
    """Yield the stream to write to: standard output, or a file that takes its name when the run ends.

    Also a run that fails or is interrupted ends so, with what is done; only a kill leaves FILE.part, and FILE as
    it was.
    """
    if out is None:
        yield sys.stdout
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        special = out.exists() and not out.is_file()
        part = out if special else out.with_name(out.name + ".part")
        with part.open("w", encoding="utf-8", newline="") as stream:
            try:
                yield stream
            finally:
                stream.flush()
                if not special:
                    part.replace(out)
    except OSError as error:
        raise OnrecordError(f"cannot write {out}: {error.strerror or error}") from error
