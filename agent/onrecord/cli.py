"""The command line."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord import cli_cache, cli_evals, cli_review
from onrecord.cli_options import CacheDir, Json, ModelName, PromptName, note
from onrecord.errors import ArticleError, OnrecordError

if TYPE_CHECKING:
    from onrecord.records import Article, Record
    from onrecord.render import Format
    from onrecord.settings import Settings

# The heavy libraries are imported inside the commands: --help answers at once.

app = typer.Typer(
    name="onrecord",
    help="Put on record who claims what, who stands where, and who agreed with whom on what.",
    epilog="Example: onrecord extract article.txt --out records.jsonl",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line; every error of the user's leads here to a message and an exit code."""
    try:
        app(prog_name="onrecord")
    except OnrecordError as error:
        note(f"error: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(
    short_help="Extract claims, stances and agreements.",
    epilog="Example: onrecord extract seeds/ 'press/*.html' https://example.org/a --out records.jsonl",
)
def extract(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, URLs, or - for standard input.")],
    model: ModelName = None,
    prompt: PromptName = None,
    base_url: Annotated[str | None, typer.Option(help="Any OpenAI-compatible server.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write; else standard output.")] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="table, jsonl, json, csv, md or html; else by FILE's suffix."),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Articles at a time (1 embedded, else 4).")] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds that one answer may take (120).")] = None,
    cache: CacheDir = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what was answered before.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Estimate calls, tokens and cost; ask nothing.")] = False,
) -> None:
    """Extract claims, stances and agreements from articles.

    Exit code 1 if an article failed (the others are written), 2 for a wrong command, 130 if interrupted.
    """
    from onrecord import outputs, settings

    chosen = settings.load(model=model, prompt=prompt, base_url=base_url, workers=workers, timeout=timeout, cache=cache)
    written = outputs.format_of(out, format)
    if dry_run:
        _estimate(paths, chosen, written)
    else:
        _extract(paths, chosen, out, written, refresh=refresh)


def _extract(paths: list[str], chosen: "Settings", out: Path | None, format: "Format", *, refresh: bool) -> None:
    from onrecord import outputs, render, terminal
    from onrecord.batch import Batch
    from onrecord.models import open_model
    from onrecord.progress import Meter
    from onrecord.store import Store

    started = time.monotonic()
    key = chosen.api_key.get_secret_value() if chosen.api_key else None
    model = open_model(chosen.model, base_url=chosen.base_url, api_key=key, timeout=chosen.timeout)
    prompt = _prompt(chosen)
    store = Store(chosen.cache)
    done: list[Record] = []
    failed: list[ArticleError] = []
    interrupted: list[bool] = []
    with Meter() as meter:
        workers = chosen.workers or (1 if model.provider == "embedded" else 4)
        batch = Batch(prompt, model, store, workers=workers, refresh=refresh, on_call=meter.called)

        def interrupt(_signal: int, _frame: object) -> None:
            if interrupted:
                os._exit(130)
            interrupted.append(True)
            note("stopping after the calls under way, whose answers are kept; once more to stop at once")
            batch.stop()

        def good() -> "Iterator[Record]":
            for outcome in batch.run(_articles(paths)):
                if isinstance(outcome, ArticleError):
                    failed.append(outcome)
                    note(f"failed: {outcome}")
                else:
                    meter.finished(outcome.article)
                    done.append(outcome)
                    yield outcome

        signal.signal(signal.SIGINT, interrupt)
        try:
            with outputs.output(out) as stream:
                render.write_records(good(), stream, format)
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            model.close()
            store.close()
    note(terminal.summary(done, len(failed), time.monotonic() - started))
    if interrupted:
        raise typer.Exit(130)
    if failed:
        raise typer.Exit(1)


def _articles(paths: list[str]) -> "Iterator[Article | ArticleError]":
    from onrecord import articles

    for path in paths:
        yield from articles.read(path, stdin=sys.stdin.buffer)


def _prompt(chosen: "Settings") -> Any:
    from onrecord import models, prompts

    return prompts.load(chosen.prompt or models.default_prompt(chosen.model, chosen.base_url))


def _estimate(paths: list[str], chosen: "Settings", format: str) -> None:
    from onrecord import models, prices
    from onrecord.extract import estimate

    prompt = _prompt(chosen)
    name = chosen.model or models.EMBEDDED
    rows: list[dict[str, Any]] = []
    failed = 0
    for article in _articles(paths):
        if isinstance(article, ArticleError):
            failed += 1
            note(f"failed: {article}")
            continue
        guess = estimate(article, prompt)
        cost = prices.cost(name, guess.prompt_tokens, guess.completion_tokens)
        rows.append({"article": article.name, **vars(guess), "cost_usd": cost})
    if format in ("json", "jsonl"):
        typer.echo(json.dumps({"model": name, "prompt": prompt.name, "articles": rows}, ensure_ascii=False, indent=2))
    else:
        for row in [*rows, _total(rows)] if len(rows) > 1 else rows:
            unknown = "no cost, it runs here" if name.startswith("embedded/") else "price not known"
            price = unknown if row["cost_usd"] is None else f"about ${row['cost_usd']:.4f}"
            tokens = f"{row['prompt_tokens']} tokens read, {row['completion_tokens']} written"
            calls = f"{row['calls']} call{'s' * (row['calls'] != 1)}"
            typer.echo(f"{row['article']}: {calls}, {tokens}, {price}")
        typer.echo(f"with {name} and {prompt.name}, were nothing cached")
    if failed:
        raise typer.Exit(1)


def _total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    total: dict[str, Any] = {k: sum(r[k] for r in rows) for k in ("calls", "prompt_tokens", "completion_tokens")}
    known = all(r["cost_usd"] is not None for r in rows)
    return {"article": "in all", **total, "cost_usd": sum(r["cost_usd"] for r in rows) if known else None}


@app.command(short_help="Show records with their evidence in place.", epilog="Example: onrecord show seeds/")
def show(
    what: Annotated[
        list[str] | None,
        typer.Argument(help="Articles as for extract, or article ids; none lists the records."),
    ] = None,
    model: ModelName = None,
    prompt: PromptName = None,
    cache: CacheDir = None,
    as_json: Json = False,
) -> None:
    """Show cached records: the article with its evidence marked, as [C1 …], [S1 …] or [A1 …] by kind."""
    from rich.console import Console

    from onrecord import settings, terminal
    from onrecord.store import Store

    store = Store(settings.load(cache=cache).cache)
    kept = [r for r in store.records() if model in (None, r.provenance.model) and prompt in (None, r.provenance.prompt)]
    console = Console(highlight=False)
    if not what:
        for record in kept:
            typer.echo(record.model_dump_json() if as_json else terminal.line(record))
        return
    for wanted in what:
        for record in _find(wanted, kept):
            if as_json:
                typer.echo(record.model_dump_json())
            else:
                terminal.show(record, console)


def _find(wanted: str, kept: "list[Record]") -> "list[Record]":
    by_id = [r for r in kept if r.article.id.startswith(wanted)] if len(wanted) >= 4 else []
    if by_id:
        return by_id[:1]
    found = []
    for article in _articles([wanted]):
        if isinstance(article, ArticleError):
            raise article
        newest = next((r for r in kept if r.article.id == article.id), None)
        if newest is None:
            raise OnrecordError(f"{article.name} has no cached record; make one with: onrecord extract {wanted}")
        found.append(newest)
    return found


@app.command(
    short_help="List the prompts, or show one.",
    epilog="Example: onrecord prompts interview.v1 --article seeds/000_fd77b768d8599ec5.txt",
)
def prompts(
    name: Annotated[str | None, typer.Argument(help="Show this prompt; none lists them.")] = None,
    article: Annotated[str | None, typer.Option(help="Render it for this article.")] = None,
    as_json: Json = False,
) -> None:
    """List the prompts, or show one, as it is or as an article's model reads it."""
    from onrecord import prompts as library

    if name is None:
        loaded = [library.load(n) for n in library.names()]
        if as_json:
            typer.echo(json.dumps([{"name": p.name, "digest": p.digest, **p.settings.model_dump()} for p in loaded]))
        for p in loaded if not as_json else ():
            typer.echo(f"{p.name:24} {p.digest}  {p.settings.description}")
        return
    prompt = library.load(name)
    if article is None:
        typer.echo(prompt.text)
        return
    from onrecord.extract import preview

    for item in _articles([article]):
        if isinstance(item, ArticleError):
            raise item
        messages = preview(item, prompt)
        if as_json:
            typer.echo(json.dumps(messages, ensure_ascii=False))
        for message in messages if not as_json else ():
            typer.echo(f"--- {message['role']}\n{message['content']}\n")


@app.command(short_help="List the models that can be asked.", epilog="Example: onrecord models --json")
def models(as_json: Json = False) -> None:
    """List the models that can be asked here: the embedded one, and the providers that Instructor knows."""
    from onrecord import models as library

    known = library.known()
    if as_json:
        typer.echo(json.dumps(known))
    for entry in known if not as_json else ():
        typer.echo(f"{entry['model']:44} {entry['state']}")


@app.command(short_help="Print a JSON schema.", epilog="Example: onrecord schema record")
def schema(
    name: Annotated[str | None, typer.Argument(help="One of the schemas; none lists them.")] = None,
) -> None:
    """Print the JSON schema of a record, of a line of articles, or of what a model must answer."""
    from onrecord import schemas

    typer.echo(schemas.read(name).rstrip() if name else "\n".join(schemas.names()))


app.command("evals", short_help="Score prompts and models on labelled cases.", epilog=cli_evals.EXAMPLE)(
    cli_evals.evals
)
app.add_typer(cli_review.app, name="review", short_help="Check and correct what was extracted, in a browser.")
app.add_typer(cli_cache.app, name="cache", short_help="Look after what was answered.")
