"""From an article under review to a case that `evals` reads."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from onrecord import gold, outputs
from onrecord.errors import OnrecordError
from onrecord.gold import Anchor, Case, Quote, Split
from onrecord.records import Actor
from onrecord.review.changes import Fields
from onrecord.review.reviewed import Reviewed

_JUDGED = ("accepted", "corrected", "added")
_LONGEST_NAME = 60


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks where YAML can."""


def case(reviewed: Reviewed, split: Split) -> Case:
    """Return the labels of an article: what was accepted, corrected or added; raise OnrecordError if there is no case.

    A case needs a language, a text, and items that name what they are about.
    """
    article = reviewed.article
    if not article.lang:
        raise OnrecordError(f"{article.name}: its language is not known")
    kept = [item.fields for item in reviewed.items if item.status in _JUDGED]
    named = {name for fields in kept for name in (*fields.actors, *fields.relayed_by)}
    labels: dict[str, list[dict[str, Any]]] = {"claim": [], "stance": [], "agreement": []}
    for fields in kept:
        label = _label(article.text, fields)
        # Two items that were corrected into one are one.
        if label not in labels[fields.kind]:
            labels[fields.kind].append(label)
    values = {
        "lang": article.lang,
        "title": article.title,
        "source": article.source or article.url or article.name,
        "split": split,
        "text": article.text,
        "actors": [_actor(article.text, actor) for actor in reviewed.actors if actor.name in named],
        "claims": labels["claim"],
        "stances": labels["stance"],
        "agreements": labels["agreement"],
    }
    try:
        return Case.model_validate(values)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise OnrecordError(f"{article.name}: {wrong}") from error


def write(reviewed: Iterable[Reviewed], folder: Path, split: Split) -> tuple[list[Path], list[str]]:
    """Write a case for each complete article; return the files, and what was left out with the reason.

    A case of the same article that is there already keeps its split and its tags.
    """
    written: list[Path] = []
    left: list[str] = []
    for one in reviewed:
        if not one.complete:
            left.append(f"{one.article.name}: not marked complete")
            continue
        try:
            labels = case(one, split)
            path, known = _free(folder, one, written)
        except OnrecordError as error:
            left.append(str(error))
            continue
        if known:
            labels = labels.model_copy(update={"split": known.split, "tags": known.tags})
        with outputs.output(path) as stream:
            stream.write(dump(labels))
        written.append(path)
    return written, left


def dump(labels: Case) -> str:
    """Return a case as YAML that reads back as the very same."""
    values = labels.model_dump(mode="json", exclude_defaults=True)
    for style in ("|", '"'):
        _Dumper.add_representer(str, _represented(style))
        content = yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20)
        if yaml.load(content, gold.YAML_LOADER) == values:  # noqa: S506 — the safe one, in C
            return content
    raise OnrecordError(f"{labels.title}: the text cannot be written as YAML")


def _represented(style: str) -> Any:
    def represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        wanted = style if "\n" in text or style == '"' else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, wanted)

    return represent


def _free(folder: Path, one: Reviewed, taken: list[Path]) -> tuple[Path, Case | None]:
    """Return the file for an article's case, and the case that is there; never the file of another article."""
    article = one.article
    stem = Path(article.path.partition("#")[0]).stem if article.path else article.title or ""
    name = re.sub(r"\W+", "-", stem.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    for path in (folder / f"{name or article.id}.yaml", folder / f"{name}-{article.id}.yaml"):
        if path in taken:
            continue
        if not path.exists():
            return path, None
        try:
            known = gold.read(path)
        except OnrecordError:
            continue
        if known.text == article.text:
            return path, known
    raise OnrecordError(f"{article.name}: {path} is there already and holds something else")


def _actor(text: str, actor: Actor) -> dict[str, Any]:
    aliases = [m for m in actor.mentions if m and m != actor.name and m in text]
    return {"name": actor.name, "kind": actor.kind, "aliases": aliases}


def _label(text: str, fields: Fields) -> dict[str, Any]:
    label: dict[str, Any] = {"relayed_by": fields.relayed_by}
    label["evidence"] = [_quote(text, *place) for place in fields.evidence]
    if fields.kind == "claim":
        cue = _quote(text, *fields.cue) if fields.cue else None
        return {"speaker": fields.actors[0], **label, "cue": cue}
    if fields.kind == "stance":
        return {"holder": fields.actors[0], "target": fields.statement, "polarity": fields.position, **label}
    return {"parties": fields.actors, "subject": fields.statement, "status": fields.position, **label}


def _quote(text: str, start: int, end: int) -> Quote:
    words = text[start:end]
    # Overlapping places count too, as they do where a case is read.
    places = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    return words if len(places) == 1 else Anchor(quote=words, nth=places.index(start) + 1)
