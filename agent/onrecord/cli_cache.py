"""The commands of `onrecord cache`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.cli_options import CacheDir, Json, note
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.store import Store

app = typer.Typer(help="Look at, empty, export or import what was answered.", no_args_is_help=True)


@app.command(epilog="Example: onrecord cache stats --json")
def stats(cache: CacheDir = None, as_json: Json = False) -> None:
    """Count what the store holds."""
    found = vars(_store(cache).stats())
    if as_json:
        typer.echo(json.dumps(found))
    for key, value in found.items() if not as_json else ():
        typer.echo(f"{key.replace('_', ' '):18} {value}")


@app.command("list", epilog="Example: onrecord cache list")
def list_(cache: CacheDir = None, as_json: Json = False) -> None:
    """List the records, newest first."""
    from onrecord import terminal

    for record in _store(cache).records():
        typer.echo(record.model_dump_json() if as_json else terminal.line(record))


@app.command(short_help="Empty the store.", epilog="Example: onrecord cache clear --yes")
def clear(
    kind: Annotated[
        Literal["reply", "record", "change"] | None,
        typer.Argument(help="reply, record or change (what was judged); none means replies and records."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    cache: CacheDir = None,
) -> None:
    """Empty the store: what was answered must then be asked, and paid, again. What was judged in a review stays."""
    from onrecord import settings
    from onrecord.errors import StoreError
    from onrecord.store import Store, remove

    folder = settings.load(cache=cache).cache
    if not yes:
        typer.confirm(f"Remove {f'every {kind}' if kind else 'all replies and records'} from {folder}?",
                      abort=True, err=True)  # fmt: skip
    if kind is not None:
        typer.echo(f"removed {_store(cache).clear(kind)}")
        return
    try:
        store = Store(folder)
        judged = store.stats().changes
    except StoreError:
        judged = 0
    if judged:
        typer.echo(f"removed {store.clear()}; {judged} changes of a review kept: onrecord cache clear change")
    else:
        remove(folder)
        typer.echo(f"emptied {folder}")


@app.command("export", short_help="Write the store as JSONL.", epilog="Example: onrecord cache export replies.jsonl")
def export(
    file: Annotated[Path, typer.Argument(help="JSONL to write; - for standard output.")],
    cache: CacheDir = None,
) -> None:
    """Write the store as JSONL, which another machine can replay with no model."""
    from onrecord import outputs

    with outputs.output(None if str(file) == "-" else file) as stream:
        count = _store(cache).export(stream)
    note(f"{count} entries exported")


@app.command(
    "import", short_help="Read an export into the store.", epilog="Example: onrecord cache import replies.jsonl"
)
def import_(
    file: Annotated[Path, typer.Argument(help="An export; - for standard input.")], cache: CacheDir = None
) -> None:
    """Read an export into the store; what is there already stays as it is."""
    try:
        with sys.stdin if str(file) == "-" else file.open(encoding="utf-8") as stream:
            added, known = _store(cache).import_(stream)
    except (OSError, UnicodeDecodeError) as error:
        raise OnrecordError(f"cannot read {file}: {error}") from error
    note(f"{added} entries added, {known} known already")


def _store(cache: Path | None) -> "Store":
    from onrecord import settings
    from onrecord.store import Store

    return Store(settings.load(cache=cache).cache)
