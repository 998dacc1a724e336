"""Prompts: immutable, versioned files in `prompts/` that say how to ask (front matter) and what (Jinja blocks)."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import yaml
from jinja2 import Environment, StrictUndefined, Template, TemplateError
from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord import bundle
from onrecord.answers import DOCUMENT, INTERVIEW
from onrecord.errors import UsageError, unknown
from onrecord.records import digest

Message = dict[str, str]

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_ENVIRONMENT = Environment(
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701
)


class Settings(BaseModel):
    """The front matter: how a prompt asks."""

    model_config = ConfigDict(extra="forbid")

    description: str
    style: Literal["interview", "document"]
    evidence: Literal["quotes", "sentences"] = "sentences"
    max_tokens: int
    temperature: float = 0.0
    # Whether the files of cues tell where a question is worth asking; else every sentence is asked about.
    cues: bool = True
    # About how many tokens of article are read at a time; a longer article is read in windows.
    window: int = 8000


@dataclass(frozen=True)
class Prompt:
    """One prompt file."""

    name: str
    settings: Settings
    text: str

    @property
    def digest(self) -> str:
        """Identify the exact prompt, front matter included."""
        return digest([self.settings.model_dump(), self.text])

    @property
    def schema_digest(self) -> str:
        """Identify the schemas that the prompt's answers must fit."""
        document = self.settings.style == "document"
        models = (DOCUMENT[self.settings.evidence],) if document else INTERVIEW
        return digest([m.model_json_schema() for m in models])

    @cached_property
    def _template(self) -> Template:
        return _ENVIRONMENT.from_string(self.text)

    def render(self, block: str, **values: object) -> str:
        """Render one block of the prompt."""
        template = self._template
        if block not in template.blocks:
            raise UsageError(f"the prompt {self.name} has no block «{block}»; it has: {', '.join(template.blocks)}")
        try:
            return "".join(template.blocks[block](template.new_context(values))).strip()
        except TemplateError as error:
            raise UsageError(f"the prompt {self.name}, block «{block}»: {error}") from error

    def head(self, article_id: str, lines: list[tuple[int, str]], **values: object) -> tuple[Message, ...]:
        """Render the constant head of every call: the instructions, and the article fenced in its own message.

        `lines` are the sentences with their numbers. The fence carries the article's id, the hash of its text,
        which no text can hold of itself: an article cannot close it.
        """
        article = self.render("article", fence=article_id, lines=lines, **values)
        return (
            {"role": "system", "content": self.render("system", fence=article_id, **values)},
            {"role": "user", "content": article},
        )


def names() -> list[str]:
    """Return the names of the bundled prompts."""
    return sorted(p.name.removesuffix(".md") for p in bundle.folder("prompts").glob("*.md"))


@cache
def load(name: str) -> Prompt:
    """Load a bundled prompt by name, or one of your own by the path of its file."""
    path = Path(name) if name.endswith(".md") else bundle.folder("prompts") / f"{name}.md"
    if not name.endswith(".md") and name not in names():
        raise unknown("prompt", name, names())
    try:
        found = _FRONT.match(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the prompt {path}: {error}") from error
    if not found:
        raise UsageError(f"the prompt {path} does not begin with front matter between two lines of ---")
    try:
        settings = Settings.model_validate(yaml.safe_load(found[1]))
        _ENVIRONMENT.from_string(found[2])
    except (yaml.YAMLError, ValidationError, TemplateError) as error:
        raise UsageError(f"the prompt {path} is not valid: {error}") from error
    return Prompt(path.name.removesuffix(".md"), settings, found[2])
