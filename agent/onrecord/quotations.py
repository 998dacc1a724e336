"""Where the text is inside quotation marks."""

import re
from typing import NamedTuple

from onrecord.records import Mode, Span

_PAIRS = {"«": "»", "“": "”", "„": '“”"', "‟": "”", "»": "«", "「": "」", "『": "』", '"': '"', "＂": "＂"}
_CLOSERS = frozenset('»”“「」『』"＂«')
MARKS = frozenset(_PAIRS) | _CLOSERS
# Up to an apostrophe that ends a word; a plural’s («the workers’ rights») only where no other does. No years: «‘90s».
_SINGLE = re.compile(r"(?<![^\s(])‘(?=\S)(?!\d\ds?\b)([^‘\n]+?(?<!s)|[^‘\n]+s)’(?!\w)")


class Quotation(NamedTuple):
    """A quotation: offsets of what stands between its marks, and of the whole with its marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations, in order.

    A quotation may run over several paragraphs when each begins with an opening mark again; one that is never
    closed ends with its paragraph.
    """
    found: list[Quotation] = []
    opened: int | None = None
    depth = 0
    closers = opener = ""
    for i, char in enumerate(text):
        if opened is None:
            # German and Danish use »…«: a closing guillemet opens where a word follows it.
            if char in _PAIRS and (char != "»" or _opens(text, i)):
                opened, depth, opener, closers = i, 1, char, _PAIRS[char]
        elif char == "\n":
            if not text[i:].lstrip().startswith(opener) or opener == '"':
                found.append(Quotation(opened + 1, i, opened, i))
                opened = None
        elif char in closers:
            depth -= 1
            if not depth:
                found.append(Quotation(opened + 1, i, opened, i + 1))
                opened = None
        elif char == opener and text[i - 1] in " \u00a0\u202f'’(" and text[:i].rstrip(" \t")[-1:] != "\n":
            depth += 1
    if opened is not None and len(text) > opened + 1:
        found.append(Quotation(opened + 1, len(text), opened, len(text)))
    return found


def doubled(text: str) -> str:
    """Return a text of the same length whose British quotations ‘…’ stand between the double marks “…”.

    What closes them is an apostrophe elsewhere, so that no other module has to tell the two apart.
    """
    return _SINGLE.sub(r"“\1”", text)


def _opens(text: str, i: int) -> bool:
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    return before.isspace() and not after.isspace()


def mode(spans: list[Span], quoted: list[Quotation]) -> Mode:
    """Tell whether the words of `spans` are all quoted (`direct`), none (`indirect`) or some (`mixed`)."""
    inside = outside = 0
    for span in spans:
        for i, char in enumerate(span.quote, span.start):
            if char.isalnum():
                if any(q.start <= i < q.end for q in quoted):
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
