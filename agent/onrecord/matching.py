"""The words of a text, and the entries of a file of cues matched against them."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

# How many words of one clause `…` stands for at most: «appelle tous les pays de la région à».
_MAX_GAP = 8
_GAP = re.compile("…")
_ENTRY = r"(?:(?:\*-?)?[^\W_]+(?:[-*][^\W_]+)*(?:-?\*)?|\*)"
# A subject that follows its verb, joined to it: «dit-il», «a-t-elle».
_INVERTED = re.compile(r"(?<=\w)-(?:t-)?(?:ils?|elles?|on|je|nous|vous)$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Token(NamedTuple):
    """A word of the text with its offsets, in lower case but for a capital in mid-sentence, which makes a name."""

    word: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words of `text[start:end]`; an apostrophe parts words, a hyphen does not."""
    found: list[Token] = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        # «States» in «the United States agreed» is no verb.
        within = bool(found) and text[found[-1].end : match.start()].isspace()
        found.append(Token(match.group() if within else match.group().lower(), match.start(), match.end()))
    return found


def capital(text: str, word: Token) -> bool:
    """Tell whether a word is written as a name is: with a capital, if not at its head («al-Busaidi», «eBay»)."""
    return any(c.isupper() for c in text[word.start : word.end])


_Pattern = tuple[re.Pattern[str], ...]


@cache
def _pattern(entry: str) -> _Pattern:
    # The entry's words are found as the text's are, so «d'après» is two words here as there.
    words = re.findall(rf"…|{_ENTRY}(?:\|{_ENTRY})*", re.sub(r"['’](?=\|)", "", entry))
    return tuple(_GAP if w == _GAP.pattern else re.compile(w.replace("*", r"[\w-]*")) for w in words)


@cache
def _forms(word: str) -> tuple[str, ...]:
    # «dit-il» is a form of «dit».
    bare = _INVERTED.sub("", word)
    return (word, bare) if bare != word else (word,)


@cache
def _by_first(entries: tuple[str, ...]) -> tuple[dict[str, list[_Pattern]], list[tuple[str, _Pattern]]]:
    """Return the patterns by their first word where it is plain, and the others with how their first word begins."""
    plain: dict[str, list[_Pattern]] = {}
    others: list[tuple[str, _Pattern]] = []
    for entry in entries:
        if pattern := _pattern(entry):
            for word in pattern[0].pattern.split("|"):
                begins = word.split("[")[0]
                if begins == word:
                    plain.setdefault(word, []).append(pattern)
                else:
                    others.append((begins, pattern))
    return plain, others


@cache
def _beginning(entries: tuple[str, ...], word: str) -> tuple[_Pattern, ...]:
    """Return the patterns of the entries that begin with a word: few of hundreds, and asked for again and again."""
    plain, others = _by_first(entries)
    found = [pattern for form in _forms(word) for pattern in plain.get(form, [])]
    found += [p for begins, p in others for form in _forms(word) if form.startswith(begins) and p[0].fullmatch(form)]
    return tuple(found)


def match_at(words: Sequence[Token], i: int, entries: Iterable[str]) -> int:
    """Return how many words the longest entry that matches at word `i` takes; 0 where none does."""
    if not 0 <= i < len(words):
        return 0
    longest = 0
    for pattern in _beginning(tuple(entries), words[i].word):
        count = 1 if len(pattern) == 1 else _length(pattern, words, i)
        longest = max(longest, count)
    return longest


def _length(pattern: _Pattern, words: Sequence[Token], i: int) -> int:
    """Return how many words from word `i` on match a pattern; 0 where they do not."""
    for k, part in enumerate(pattern):
        if part is _GAP:
            rest = _across(pattern[k + 1 :], words, i + k)
            return k + rest if rest else 0
        if i + k >= len(words) or not any(map(part.fullmatch, _forms(words[i + k].word))):
            return 0
    return len(pattern)


def _across(pattern: _Pattern, words: Sequence[Token], i: int) -> int:
    """Return how many words match a pattern, with those that it may skip before, which nothing parts."""
    for gap in range(_MAX_GAP + 1):
        if i + gap >= len(words) or (gap and words[i + gap - 1].start - words[i + gap - 2].end > 1):
            break
        if rest := _length(pattern, words, i + gap):
            return gap + rest
    return 0


def first(words: Sequence[Token], entries: Sequence[str], start: int = 0) -> tuple[int, int] | None:
    """Return the first match of any entry as (index of its first word, number of words), or None."""
    for i in range(start, len(words)):
        if count := match_at(words, i, entries):
            return i, count
    return None


def holds(words: Sequence[Token], entries: Sequence[str]) -> bool:
    """Tell whether an entry stands among words, or joined to one of them: «dit-il»."""
    joined = [word._replace(word=word.word.rpartition("-")[2]) for word in words]
    return any(match_at(words, i, entries) or match_at(joined[i : i + 1], 0, entries) for i in range(len(words)))


def only(words: Sequence[Token], entries: Iterable[str]) -> bool:
    """Tell whether words are nothing but entries, one after the other: «avait d'abord»."""
    return run(words, 0, entries) == len(words)


def run(words: Sequence[Token], i: int, entries: Iterable[str]) -> int:
    """Return how many words a run of entries takes from word `i`: «von der» is two particles."""
    count = 0
    while step := match_at(words, i + count, entries):
        count += step
    return count


def after_commas(text: str, words: Sequence[Token]) -> list[int]:
    """Return the indices of the words that a comma parts from the one before."""
    return [k for k in range(1, len(words)) if "," in text[words[k - 1].end : words[k].start]]
