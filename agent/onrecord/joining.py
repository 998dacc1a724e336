"""Joins a quotation that ends like a sentence with the words that tell who says it: "“Who pays?” Ann Lee asked."."""

from collections.abc import Iterator, Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, first, match_at, tokens
from onrecord.sentences import Sentence

# What asks or exclaims; a full stop within the marks would be a comma.
_ASKED = ("?", "!", "…")
_CLOSERS = '”"'
# So soon the verb of saying comes: "Foreign Minister Ann Lee of Norway asked".
_MAX_SUBJECT = 8


def joined(text: str, sentences: Sequence[Sentence], cues: Cues | None) -> list[Sentence]:
    """Return the sentences, each quoted question or exclamation with the clause behind it that attributes it."""
    return list(_joined(text, sentences, cues)) if cues and cues.bare_content else list(sentences)


def _joined(text: str, sentences: Sequence[Sentence], cues: Cues) -> Iterator[Sentence]:
    before: Sentence | None = None
    for sentence in sentences:
        if before and _closed(before.text) and _attributes(text, before.end, sentence, cues):
            before = before._replace(end=sentence.end, text=text[before.start : sentence.end])
            continue
        if before:
            yield before
        before = sentence
    if before:
        yield before


def _closed(words: str) -> bool:
    return words[-1:] in _CLOSERS and words[:-1].endswith(_ASKED)


def _attributes(text: str, gap: int, sentence: Sentence, cues: Cues) -> bool:
    """Tell whether a sentence is nothing but a name and a verb of saying, with when, where and to whom it was said."""
    if "\n" in text[gap : sentence.start]:
        return False
    words = tokens(sentence.text)
    verb = first(words[:_MAX_SUBJECT], cues.report)
    if not verb or not verb[0] or not all(_names(sentence.text, words, i, cues) for i in range(verb[0])):
        return False
    last = words[sum(verb) - 1]
    if sum(verb) == len(words) or not sentence.text[last.end : words[sum(verb)].start].isspace():
        return True
    beside = [*cues.circumstances, *cues.prepositions, *cues.adverbs, *cues.conjunctions, *cues.objects]
    whom = match_at(words, verb[0], cues.listeners) and capital(sentence.text, words[sum(verb)])
    return bool(whom or match_at(words, sum(verb), beside))


def _names(text: str, words: Sequence[Token], i: int, cues: Cues) -> bool:
    links = [*cues.particles, *cues.determiners, *cues.persons, *cues.prepositions]
    return capital(text, words[i]) or match_at(words, i, links) > 0
