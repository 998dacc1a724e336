"""The JSON schemas in `schemas/`: of what a model must answer, and of what is kept.

`python -m onrecord.schemas` writes them.
"""

import json
from pathlib import Path

from pydantic import BaseModel

from onrecord import bundle
from onrecord.answers import DOCUMENT, INTERVIEW
from onrecord.articles import Line
from onrecord.errors import unknown
from onrecord.gold import Case
from onrecord.records import Record, Reply
from onrecord.review.changes import Change

_KEPT: dict[str, type[BaseModel]] = {"record": Record, "reply": Reply, "change": Change}
# What a person may write.
_READ: dict[str, type[BaseModel]] = {"article-line": Line, "case": Case}


def _models() -> dict[str, type[BaseModel]]:
    asked: dict[str, type[BaseModel]] = {f"document.{name}": model for name, model in DOCUMENT.items()}
    asked |= {f"interview.{m.__name__.removesuffix('Answer').lower()}": m for m in INTERVIEW}
    return {**_KEPT, **_READ, **asked}


def names() -> list[str]:
    """Return the names of the schemas."""
    return sorted(_models())


def generate(name: str) -> str:
    """Return a schema as JSON text, made from the model."""
    models = _models()
    if name not in models:
        raise unknown("schema", name, models)
    schema = models[name].model_json_schema(mode="serialization" if name in _KEPT else "validation")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def read(name: str) -> str:
    """Return a schema as JSON text, as it was shipped."""
    if name not in names():
        raise unknown("schema", name, names())
    return (bundle.folder("schemas") / f"{name}.json").read_text("utf-8")


def write(folder: Path) -> None:
    """Write all schemas into a folder, and remove those of models that are gone."""
    for stale in folder.glob("*.json"):
        stale.unlink()
    for name in names():
        (folder / f"{name}.json").write_text(generate(name), "utf-8")


if __name__ == "__main__":
    write(bundle.folder("schemas"))
