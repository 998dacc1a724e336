"""The pages as HTML, in the reader's language."""

from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


class Pages:
    """The templates and the words, read once."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, str]] = {
            # As text alone: to YAML's usual loader «on», «no» and «y» are booleans.
            path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
            for path in sorted((_HERE / "words").glob("*.yaml"))
        }
        environment = Environment(
            loader=PackageLoader("onrecord.review"), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._templates = {name: environment.get_template(name) for name in environment.list_templates(["html"])}

    def render(self, name: str, lang: str, **context: Any) -> str:
        """Return a page; the templates know the words as `t`, all languages as `languages`."""
        return self._templates[name].render(lang=lang, t=self.words[lang], languages=list(self.words), **context)

    def language(self, *wished: str | None, accept: str = "") -> str:
        """Return the first of the wished languages that there are words for, then of an Accept-Language header's."""
        for code in (*wished, *_accepted(accept), "en"):
            if code in self.words:
                return code
        return next(iter(self.words))


def _accepted(header: str) -> list[str]:
    """Return the languages of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first."""
    found: list[tuple[float, str]] = []
    for part in header.split(","):
        code, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if weight > 0:
            found.append((weight, code.partition("-")[0].lower()))
    return [code for _, code in sorted(found, key=lambda f: -f[0])]
