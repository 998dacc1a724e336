"""Finds the data folders, in a checkout and in an installed wheel."""

from pathlib import Path

from onrecord.errors import OnrecordError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the data folder `name` (`prompts`, `schemas`, `evals` or `seeds`)."""
    # Installed, the wheel puts it inside the package; in a checkout it stands at the top.
    for parent in (_PACKAGE, _PACKAGE.parents[1]):
        if (found := parent / name).is_dir():
            return found
    raise OnrecordError(f"the folder {name}/ is missing from this installation; install onrecord again")
