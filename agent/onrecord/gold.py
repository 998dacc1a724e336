"""Cases: articles with their hand-made labels, one YAML file each, as `evals/CODEBOOK.md` says."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from onrecord.errors import OnrecordError, UsageError
from onrecord.records import ActorKind, Article, Polarity, Span, Status

Split = Literal["dev", "test"]
_Words = Annotated[str, Field(min_length=1)]
# libyaml's parser where it is there: it is ten times as fast.
YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ARTICLE = {"lang", "title", "source", "split", "tags", "text"}


class GoldError(OnrecordError):
    """A case that cannot be used; the message names file, line and field."""


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Anchor(_Label):
    """A quote that stands more than once in the article, and which of its places is meant, from 1."""

    quote: _Words
    nth: int = Field(ge=1)


Quote = _Words | Anchor


class GoldActor(_Label):
    """An actor with the other spellings and descriptions that the article uses."""

    name: _Words
    kind: ActorKind | None = None
    aliases: list[_Words] = []


class _GoldItem(_Label):
    relayed_by: list[_Words] = []
    evidence: list[Quote] = Field(min_length=1)


class GoldClaim(_GoldItem):
    """A claim, as a labeller marked it."""

    speaker: _Words
    cue: Quote | None = None


class GoldStance(_GoldItem):
    """A stance, as a labeller marked it."""

    holder: _Words
    target: _Words
    polarity: Polarity


class GoldAgreement(_GoldItem):
    """An agreement, as a labeller marked it."""

    parties: list[_Words] = Field(min_length=1)
    subject: _Words
    status: Status


class Case(_Label):
    """One article with its labels; the file's name without `.yaml` is the case's name."""

    lang: str = Field(pattern="^[a-z]{2}$")
    title: str | None = None
    source: str | None = Field(None, description="where the text comes from")
    split: Split
    tags: list[str] = []
    text: _Words
    actors: list[GoldActor] = []
    claims: list[GoldClaim] = []
    stances: list[GoldStance] = []
    agreements: list[GoldAgreement] = []

    @cached_property
    def article(self) -> Article:
        """The article as extraction reads it."""
        return Article(text=self.text, lang=self.lang, title=self.title, source=self.source)


def actors_of(item: GoldClaim | GoldStance | GoldAgreement) -> list[str]:
    """Return whom an item is about: the speaker, the holder, or the parties."""
    if isinstance(item, GoldAgreement):
        return item.parties
    return [item.speaker if isinstance(item, GoldClaim) else item.holder]


def place(text: str, quote: Quote) -> Span:
    """Return the span of a quote; raise ValueError where it is nowhere, or in several places with none named."""
    words, nth = (quote.quote, quote.nth) if isinstance(quote, Anchor) else (quote, None)
    places = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        raise ValueError(f"«{words}» is not in the text")
    if nth is None and len(places) > 1:
        raise ValueError(f"«{words}» stands {len(places)} times in the text: write {{quote: …, nth: 1}}")
    if nth is not None and nth > len(places):
        raise ValueError(f"«{words}» stands only {len(places)} times in the text")
    start = places[(nth or 1) - 1]
    return Span(start=start, end=start + len(words), quote=words)


def placed(text: str, quotes: Sequence[Quote]) -> list[Span]:
    """Return the spans of an item's evidence."""
    return [place(text, quote) for quote in quotes]


def problems(case: Case) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield what no schema can tell is wrong, each with its place: quotes and names that stand nowhere."""
    for i, actor in enumerate(case.actors):
        for k, alias in enumerate(actor.aliases):
            if alias not in case.text:
                yield ("actors", i, "aliases", k), f"«{alias}» is not in the text"
    names = {actor.name for actor in case.actors}
    kinds: dict[str, Sequence[GoldClaim | GoldStance | GoldAgreement]] = {
        "claims": case.claims,
        "stances": case.stances,
        "agreements": case.agreements,
    }
    for kind, items in kinds.items():
        for i, item in enumerate(items):
            for name in sorted({*item.relayed_by, *actors_of(item)} - names):
                yield (kind, i), f"«{name}» is not among the actors"
            quotes = [(("evidence", k), quote) for k, quote in enumerate(item.evidence)]
            if isinstance(item, GoldClaim) and item.cue:
                quotes.append((("cue", 0), item.cue))
            for where, quote in quotes:
                try:
                    place(case.text, quote)
                except ValueError as error:
                    yield (kind, i, *where), str(error)


def load(folder: Path) -> dict[str, Case]:
    """Return the cases of a folder by name, in order; raise GoldError that names all that is wrong."""
    if not folder.is_dir():
        raise UsageError(f"no folder of cases at {folder}")
    cases: dict[str, Case] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            cases[path.stem] = read(path)
        except GoldError as error:
            wrong.append(str(error))
    if wrong:
        raise GoldError("\n".join(wrong))
    if not cases:
        raise UsageError(f"no cases (*.yaml) in {folder}; evals/CODEBOOK.md says what one is")
    return cases


def read(path: Path, *, article: Case | None = None) -> Case:
    """Return one case, or labels of the article of another; raise GoldError that names file, line and field."""
    try:
        content = path.read_text("utf-8")
        tree, values = _parsed(content)
        if article and isinstance(values, dict):
            values = {**article.model_dump(include=_ARTICLE), **values}
        case = Case.model_validate(values)
        wrong = list(problems(case))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise GoldError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        wrong = [(e["loc"], e["msg"]) for e in error.errors()]
    if wrong:
        lines = [f"{path}:{_line(tree, where)}: {'.'.join(map(str, where)) or 'case'}: {said}" for where, said in wrong]
        raise GoldError("\n".join(lines))
    return case


def _parsed(content: str) -> tuple[Any, Any]:
    """Return the tree of a YAML text, which knows its lines, and its values."""
    loader = YAML_LOADER(content)
    try:
        tree = loader.get_single_node()
        return tree, loader.construct_document(tree) if tree else None
    finally:
        loader.dispose()


def _line(node: Any, loc: Sequence[int | str]) -> int:
    """Return the line, from 1, of the place in a YAML tree that a validation error names."""
    line: int = node.start_mark.line + 1 if node else 1
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            break
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def passes(folder: Path, cases: Mapping[str, Case]) -> dict[str, tuple[Case, Case]]:
    """Return the pairs of independent labellings in `first/` and `second/` of a folder, by case.

    A file of a pass holds labels alone: its article is that of the case.
    """
    found = {}
    for name, case in cases.items():
        both = [folder / which / f"{name}.yaml" for which in ("first", "second")]
        if all(path.is_file() for path in both):
            first, second = (read(path, article=case) for path in both)
            found[name] = (first, second)
    return found
