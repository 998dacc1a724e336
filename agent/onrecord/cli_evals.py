"""The command `onrecord evals`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.cli_options import CacheDir, note
from onrecord.errors import OnrecordError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onrecord.gold import Case
    from onrecord.report import Report, Run
    from onrecord.settings import Settings

EXAMPLE = "Example: onrecord evals --prompt interview.v1 --prompt mine.md --split dev --json report.json"


def evals(
    prompt: Annotated[list[str] | None, typer.Option("--prompt", "-p", help="A prompt; several are compared.")] = None,
    model: Annotated[
        list[str] | None, typer.Option("--model", "-m", help="provider/name; several are compared.")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="Any OpenAI-compatible server.")] = None,
    split: Annotated[
        Literal["dev", "test", "all"], typer.Option(help="dev, for tuning; test, for reporting alone; or all.")
    ] = "dev",
    gold: Annotated[Path | None, typer.Option(help="Folder of cases; else those that come along.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only cases with this tag.")] = None,
    lang: Annotated[str | None, typer.Option(help="Only cases in this language.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Folder of recorded replies: no model is asked.")] = None,
    fail_under: Annotated[
        list[str] | None, typer.Option(help="claims=0.6: exit 1 if F1 at overlap is lower in any run.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Articles at a time (1 embedded, else 4).")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="File to write the report to; - for stdout.")] = None,
    html: Annotated[Path | None, typer.Option(help="File to write the report to, as one page.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Check and count the cases; ask nothing.")] = False,
    cache: CacheDir = None,
) -> None:
    """Score prompts and models on cases labelled by hand, and tell which differences are more than luck."""
    from rich.console import Console

    from onrecord import bundle, settings
    from onrecord import gold as cases_of

    try:
        from onrecord import evals as library
        from onrecord import report, terminal_evals
    except ModuleNotFoundError as error:
        raise OnrecordError(f"{error.name} is not installed; evals needs: pip install 'onrecord[evals]'") from error

    floors = _floors(fail_under or [])
    folder = gold or bundle.folder("evals") / "gold"
    cases = library.select(cases_of.load(folder), split=None if split == "all" else split, tag=tag, lang=lang)
    console = Console(highlight=False)
    if list_:
        terminal_evals.counts(cases, console)
        return
    chosen = settings.load(base_url=base_url, workers=workers, cache=cache)
    human = library.human(cases, folder.parent / "passes")
    runs: list[Run] = []
    for run in _runs(cases, prompt, model or [chosen.model], chosen, replay, folder.parent / "attacks"):
        runs.append(run)
        found = report.build(split, cases, runs, human)
        # Written as they come: what is done is not lost with the run that fails.
        if json is not None and str(json) != "-":
            json.write_text(_text(found), "utf-8")
        if html is not None:
            from onrecord import report_html

            html.write_text(report_html.render(found, cases, runs), "utf-8")
    if str(json) == "-":
        typer.echo(_text(found), nl=False)
    else:
        terminal_evals.table(found, console)
    _hold(found, floors)


def _runs(
    cases: "Mapping[str, Case]",
    prompts: list[str] | None,
    models: "list[str | None] | list[str]",
    chosen: "Settings",
    replay: Path | None,
    hostile: Path,
) -> "Iterator[Run]":
    from contextlib import nullcontext

    from onrecord import attacks
    from onrecord import evals as library
    from onrecord import prompts as prompt_files
    from onrecord.models import default_prompt, open_model
    from onrecord.progress import Meter
    from onrecord.store import Store

    against = attacks.load(hostile)
    with library.replayed(replay) if replay else nullcontext(Store(chosen.cache)) as store, Meter() as meter:
        for name in models:
            key = chosen.api_key.get_secret_value() if chosen.api_key else None
            opened = open_model(
                name, base_url=chosen.base_url, api_key=key, timeout=chosen.timeout, offline=replay is not None
            )
            workers = chosen.workers or (1 if opened.provider == "embedded" else 4)
            for prompt_name in prompts or [chosen.prompt or default_prompt(name, chosen.base_url)]:
                run = library.run(
                    cases,
                    prompt_files.load(prompt_name),
                    opened,
                    store,
                    attacks=against,
                    workers=workers,
                    on_call=meter.called,
                    on_case=meter.finished,
                )
                for case, reason in run.failed.items():
                    note(f"failed: {case}: {reason}")
                yield run
            opened.close()


def _text(found: "Report") -> str:
    return found.model_dump_json(indent=2) + "\n"


def _floors(wanted: list[str]) -> dict[str, float]:
    floors = {}
    for entry in wanted:
        kind, _, value = entry.partition("=")
        try:
            floors[kind] = float(value)
        except ValueError:
            floors[kind] = -1.0
        if kind not in ("claims", "stances", "agreements") or not 0 <= floors[kind] <= 1:
            raise UsageError(f"--fail-under {entry}: write claims=0.6, stances=… or agreements=…, from 0 to 1")
    return floors


def _hold(report: "Report", floors: dict[str, float]) -> None:
    low = [
        f"{run.prompt} with {run.model}: {kind} {reached if reached is not None else 'no data'} is under {floor:g}"
        for run in report.runs
        for kind, floor in floors.items()
        if (reached := run.scores[kind]["overlap"].f1) is None or reached < floor
    ]
    if low:
        raise OnrecordError("; ".join(low))
