"""Splits a text into sentences with offsets: the only module that knows sentencex."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_CLOSERS = "»”’\"')]」』）】"
_TERMINALS = ".!?…。！？؟।:;：；"
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t\u00a0]*(?:\r\n|\r|\n)|\u2029")
# Titles and initials: a capital alone or followed by consonants («M.», «Dr.», "St."); also «Mme.», «Mlle.»; «l'Est» is
# no title.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«“\"’'])(?:MM|Mmes?|Mlles?|(?!Est)[^\W\d_](?<=[A-ZÀ-Þ])[bcdfghjklmnpqrstvwxz]{0,3})\.$"
)
_LONGEST_ABBREVIATION = 8
_OPENED = re.compile(r"[.](?:\s+)(?=[«“\"]\s?[A-ZÀ-Þ])")
# What ends in a full stop of its own and may end a sentence, unlike a title before a name.
_MAY_END = re.compile(r"(?:(?:[A-Z]\.){2,}|[ap]\.m\.|(?:Inc|Corp|Co|Ltd|Bros|Jr|Sr|May|etc)\.)$")
# A sentence ends within a quotation, and another begins after it: «« … . » Le maire a ajouté …».
_CLOSED = re.compile(r"(?<=[\w»”)][.…])[ \u00a0\u202f]?[»”\"](?=\s+[A-ZÀ-Þ])")
_NUMBER = re.compile(r"\d+\.")
# In German it may be an ordinal, where no new sentence begins behind it.
_ORDINAL = re.compile(r"(?:^|[\s(])\d{1,2}\.$")
_BEGINS = re.compile(r"(?:Der|Die|Das|Den|Dem|Ein|Eine|Er|Sie|Es|Wir|Ich|Man|In|Im|Am|Mit|Nach|Auch|Für|Bei|Zu|Dies)\b")
_ITEM = re.compile(r"(?:[-*+•–—]|\d+[.)])\s")
# Text broken by hand or by a mail program: a line ends where the next word would have made it too long.
_WIDTHS = range(45, 101)
_SLACK = 12
_HEADING_WORDS = 16


class Sentence(NamedTuple):
    """A sentence without outer white space: `text[start:end] == sentence.text`.

    A heading is a line of its own, short and without a full stop.
    """

    start: int
    end: int
    text: str
    heading: bool


def split(text: str, lang: str | None) -> list[Sentence]:
    """Split a text into sentences, in order and without overlap, which cover all but white space."""
    return [
        Sentence(start, end, text[start:end], _is_heading(text[start:end], alone=(start, end) == paragraph))
        for paragraph in _paragraphs(text)
        for start, end in _sentences(text, *paragraph, lang or "en")
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    blanks = [(m.start(), m.end()) for m in _BLANK.finditer(text)]
    for stop, following in [*blanks, (len(text), len(text))]:
        lines = [line for m in _LINE.finditer(text, at, stop) if (line := _trim(text, m.start(), m.end()))]
        yield from _unwrap(text, lines)
        at = following


def _unwrap(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the lines of a block that were broken for width alone; other lines stay apart."""
    width = max((end - start for start, end in lines), default=0)
    if width not in _WIDTHS:
        return lines
    full = [_is_full(text, line, following, width) for line, following in pairwise(lines)]
    # A list of equally long lines is no wrapped text: somewhere a sentence must visibly go on.
    if not any(
        joined and text[start].islower() and _last(text[before:end]) not in _TERMINALS
        for joined, ((before, end), (start, _)) in zip(full, pairwise(lines), strict=True)
    ):
        return lines
    joined_lines = lines[:1]
    for joined, line in zip(full, lines[1:], strict=True):
        if joined:
            joined_lines[-1] = (joined_lines[-1][0], line[1])
        else:
            joined_lines.append(line)
    return joined_lines


def _is_full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    words = text[slice(*following)]
    return not _ITEM.match(words) and line[1] - line[0] + 1 + len(words.split(maxsplit=1)[0]) > width - _SLACK


def _sentences(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    import sentencex

    # A line break inside a paragraph is a space; of the same length, so that offsets stay.
    flat = re.sub(r"[\r\n\u2028]", " ", text[start:end])
    pieces: list[tuple[int, int]] = []
    for boundary in sentencex.get_sentence_boundaries(lang, flat):
        piece = _trim(text, start + boundary["start_index"], start + boundary["end_index"])
        if (
            piece
            and pieces
            and (_goes_on(text, pieces[-1], piece) or (lang == "de" and _ordinal(text, pieces[-1], piece)))
        ):
            pieces[-1] = (pieces[-1][0], piece[1])
        elif piece:
            pieces.append(piece)
    for piece in pieces:
        for sentence in _after_quotations(text, *piece):
            yield from _before_quotations(text, *sentence)


def _after_quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a sentence after a quotation that ends with a full stop, which closes what stands before it, too."""
    for closing in _CLOSED.finditer(text, start, end):
        yield start, closing.end()
        start = closing.end() + len(text[closing.end() : end]) - len(text[closing.end() : end].lstrip())
    yield start, end


def _before_quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a sentence before a quotation that begins after a full stop, which may look like an abbreviation's."""
    for opening in _OPENED.finditer(text, start, end):
        before = text[start : opening.start() + 1]
        words = before.rsplit(maxsplit=1)
        outside = all(before.count(a) == before.count(b) for a, b in ("«»", "“”")) and before.count('"') % 2 == 0
        if len(words) > 1 and (words[1].islower() or _MAY_END.search(words[1])) and outside:
            yield start, opening.start() + 1
            start = opening.end()
    yield start, end


def _goes_on(text: str, before: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Tell whether a piece belongs to the sentence before it: «Vous partez ?», a-t-il demandé."""
    words = text[piece[0] : piece[1]]
    if not any(c.isalnum() for c in words):
        return True
    # The end is enough, and keeps long runs of abbreviations from being read again and again.
    end_of_before = text[max(before[0], before[1] - _LONGEST_ABBREVIATION) : before[1]]
    if _ABBREVIATION.search(end_of_before) or _NUMBER.fullmatch(text[slice(*before)]):
        return True
    first = re.sub(rf"^[\s{re.escape(_CLOSERS)}]+", "", words)[0]
    return first in ",;–—" or (first.islower() and text[before[1] - 1] not in ":;")


def _ordinal(text: str, before: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Tell whether a German number that ends a piece counts the noun behind it: «das 19. Jahrhundert»."""
    end_of_before = text[max(before[0], before[1] - _LONGEST_ABBREVIATION) : before[1]]
    return bool(_ORDINAL.search(end_of_before) and not _BEGINS.match(text, piece[0]))


def _is_heading(words: str, *, alone: bool) -> bool:
    if not alone or _ITEM.match(words):
        return False
    count = sum(any(c.isalnum() for c in word) for word in words.split())
    return words.startswith("#") or (_last(words) not in _TERMINALS and count <= _HEADING_WORDS)


def _last(words: str) -> str:
    """Return the last character that is no closing quotation mark, bracket or white space."""
    return next((c for c in reversed(words) if c not in _CLOSERS and not c.isspace()), " ")


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
