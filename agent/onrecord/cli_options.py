"""What the commands share: options, and the way notes are told."""

from pathlib import Path
from typing import Annotated

import typer

ModelName = Annotated[
    str | None, typer.Option("--model", "-m", help="provider/name; the embedded model if nothing is set.")
]
PromptName = Annotated[str | None, typer.Option("--prompt", "-p", help="A bundled prompt, or the path of a .md.")]
CacheDir = Annotated[Path | None, typer.Option("--cache", help="Folder of the store.")]
Json = Annotated[bool, typer.Option("--json", help="JSON, for a program to read.")]


def note(text: str) -> None:
    """Tell the user something on stderr; stdout is for results."""
    typer.echo(text, err=True)
