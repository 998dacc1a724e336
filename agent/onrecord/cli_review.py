"""The commands of `onrecord review`."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.cli_options import CacheDir, note
from onrecord.errors import ArticleError, OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.records import Record
    from onrecord.store import Store


class _Pages(TyperGroup):
    """A group that without a command's name opens the pages: `onrecord review article.txt`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = args and args[0] in self.commands
        return super().parse_args(ctx, args if named else ["pages", *args])


app = typer.Typer(cls=_Pages)

Paths = Annotated[
    list[str] | None, typer.Argument(help="Articles as for extract, or article ids; none means all with a record.")
]
All = Annotated[bool, typer.Option("--all", help="All articles with a record.")]


@app.command(
    short_help="Open the pages.",
    epilog="Example: onrecord review press/*.txt. To write out what was judged: onrecord review export --help",
)
def pages(
    paths: Paths = None,
    all_: All = False,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port on this machine; else a free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address; open nothing.")] = False,
    who: Annotated[str | None, typer.Option(help="Name to sign the verdicts with; else that of your account.")] = None,
    cache: CacheDir = None,
) -> None:
    """Check, correct and complete what was extracted, on pages in your browser; served to this machine alone.

    Each verdict is kept at once. End with Ctrl-C, go on later with the same command.
    """
    try:
        from onrecord.review.server import Server
    except ModuleNotFoundError as error:
        raise OnrecordError(f"{error.name} is not installed; review needs: pip install 'onrecord[review]'") from error
    from onrecord.review.desk import Desk

    store = _store(cache)
    found = _chosen(paths, all_, store.records())
    server = Server(Desk(store, None if not paths else set(found), who or getpass.getuser()), port)
    typer.echo(server.url)
    note("only this address, with its key, opens the pages; Ctrl-C ends, what was judged is kept")
    if not no_browser:
        import webbrowser

        webbrowser.open(server.url)
    try:
        server.run()
    except KeyboardInterrupt:  # the way to end, and no failure
        note(f"ended; the verdicts are in {store.folder}")
    finally:
        store.close()


@app.command(
    short_help="Write cases, corrected records, pages to send.",
    epilog="Example: onrecord review export --all --gold mine/gold --records corrected.jsonl",
)
def export(
    paths: Paths = None,
    all_: All = False,
    gold: Annotated[Path | None, typer.Option(help="Folder for cases, which evals --gold reads.")] = None,
    records: Annotated[Path | None, typer.Option(help="File for corrected records, its format by the suffix.")] = None,
    html: Annotated[Path | None, typer.Option(help="Folder for a page an article, to send to somebody.")] = None,
    cache: CacheDir = None,
) -> None:
    """Write out what was judged: cases from the complete articles, corrected records and pages from all."""
    from onrecord import outputs, render
    from onrecord.review import cases
    from onrecord.review.corrected import corrected
    from onrecord.review.reviewed import review

    if not (gold or records or html):
        raise UsageError("nothing to write: name --gold DIR, --records FILE or --html DIR")
    format = outputs.format_of(records, None) if records else None
    store = _store(cache)
    found = _chosen(paths, all_, store.records())
    reviewed = [review(group, store.changes(id)) for id, group in found.items()]
    if gold:
        # Where `onrecord evals` looks when no split is named.
        written, left = cases.write(reviewed, gold, "dev")
        for reason in left:
            note(f"left out: {reason}")
        note(f"{len(written)} case{'s' * (len(written) != 1)} written to {gold}")
    if records and format:
        with outputs.output(records) as stream:
            render.write_records((corrected(r) for r in reviewed), stream, format)
        note(f"{len(reviewed)} records written to {records}")
    if html:
        for r in reviewed:
            with outputs.output(html / f"{r.article.id}.html") as stream:
                render.write_records([corrected(r)], stream, "html")
        note(f"{len(reviewed)} pages written to {html}")


def _store(cache: Path | None) -> "Store":
    from onrecord import settings
    from onrecord.store import Store

    return Store(settings.load(cache=cache).cache)


def _chosen(paths: list[str] | None, all_: bool, records: "list[Record]") -> "dict[str, list[Record]]":
    """Return the records of the articles that are meant, newest first, by article id."""
    if paths and all_:
        raise UsageError("name articles or --all, not both")
    by_id: dict[str, list[Record]] = {}
    for record in records:
        by_id.setdefault(record.article.id, []).append(record)
    if not by_id:
        raise OnrecordError("no records are cached; make some with: onrecord extract PATHS")
    if not paths:
        return by_id
    wanted = [id for path in paths for id in _ids(path, by_id)]
    if not wanted:
        raise OnrecordError("none of these articles has a cached record")
    return {id: by_id[id] for id in wanted}


def _ids(path: str, known: "dict[str, list[Record]]") -> list[str]:
    from onrecord import articles

    if len(path) >= 4 and (found := [id for id in known if id.startswith(path)]):
        return found
    found = []
    for article in articles.read(path):
        if isinstance(article, ArticleError):
            note(f"failed: {article}")
        elif article.id in known:
            found.append(article.id)
        else:
            note(f"{article.name} has no cached record; make one with: onrecord extract {path}")
    return found
