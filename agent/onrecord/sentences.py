"""Splits a text into sentences with offsets."""

from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence, without outer white space: `text[start:end] == sentence.text`."""

    start: int
    end: int
    text: str
    heading: bool


def split(text: str, lang: str | None) -> list[Sentence]:
    """Split a text into sentences, in order and without overlap; headings stand apart."""
    import sentencex

    found = []
    at = 0
    for line in text.splitlines(keepends=True):
        for boundary in sentencex.get_sentence_boundaries(lang or "en", line):
            raw = boundary["text"]
            start = at + boundary["start_index"] + len(raw) - len(raw.lstrip())
            end = start + len(raw.strip())
            if start < end:
                found.append(Sentence(start, end, text[start:end], text[end - 1] not in '.!?…»”"'))
        at += len(line)
    return found
