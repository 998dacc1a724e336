"""The names that stand in an article, and what stands beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from onrecord import first_names
from onrecord.actors import sound
from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, run, tokens
from onrecord.phrases import of_person
from onrecord.sentences import Sentence

# How far from a name a description of it may begin, in characters, and how long it may be, in words.
_BESIDE = 90
# How far before a name its article may begin.
_BEFORE = 6
_MAX_DESCRIPTION = 9
# Of what party, club or country somebody is: «Ann Lee (SPD)».
_BELONGS = re.compile(r" \(([^\W\d]\w+)\)")
_NUMBER = re.compile(r"\d{1,2}")
_NAME_GAP = re.compile(r"[ \u00a0\u202f]|\.? ?|[’'-]")
# The endings of a Russian noun that says whose something is, of adjectives, and of names after one's father's.
_GENITIVES = ("а", "я", "ы", "и")
_ADJECTIVES = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ых", "их", "ому", "ему", "ую")
_GERMAN_ADJECTIVES = ("e", "en", "em", "er", "es")
_PATRONYMICS = ("вич", "вича", "вичу", "вичем", "виче", "вна", "вны", "вне", "вну", "вной")
# An initial or a title that ends in a full stop is no longer: «J. K. Rowling», «St. Pölten».
_MAX_ABBREVIATION = 3
# A title is no longer: «vice premier ministre», "secretary of state".
_MAX_TITLE = 4


def proper_names(sentences: Sequence[Sentence], cues: Cues | None) -> list[str]:
    """Return the names that the article spells with capitals, in order of appearance.

    In languages that write all nouns so (German), they are all here; in scripts without capitals, none is.
    """
    body = [s.text for s in sentences if not s.heading]
    lower = {t.word.lower() for text in body for t in tokens(text) if text[t.start].islower()}
    if cues and cues.bare_nouns:
        # A noun in another case is not among them; a name stands within some sentence, in any case: «в Кремле».
        within = {sound(t.word) for text in body for t in tokens(text)[1:] if capital(text, t)}
        heads = {words[0].word for text in body if (words := tokens(text))}
        lower |= {word for word in heads if sound(word) not in within and not first_names.gender(word)}
    found = {name: None for text in body for name in _runs(text, lower, cues)}
    if cues:
        whole = "\n".join(body)
        for left, joined in [pair for text in body for pair in _joined(text, cues)]:
            # «Charles de Gaulle» is one name, «Vladimir Poutine de Russie» is not: Poutine stands alone elsewhere.
            if whole.count(left) == whole.count(joined):
                apart, beside = _alone(whole, joined.removeprefix(left)), tokens(joined, len(left), len(joined))
                # «Ortega y Gasset» is one name after a first name only: «ganó el Mundial y Rubio lo celebró».
                two = match_at(beside, 0, cues.conjunctions) > 0
                found = {
                    name
                    if (apart and _person(name)) or (two and (apart or not _person(name)))
                    else _with(name, left, joined): None
                    for name in found
                }
    return list(found)


def descriptions(text: str, names: Iterable[str], cues: Cues) -> Iterator[tuple[str, str]]:
    """Yield what stands beside a name to say who that is: «le ministre, Jean Duval», "Ann Lee, the coach"."""
    for name in names:
        for match in re.finditer(re.escape(name), text):
            before = tokens(text, max(0, match.start() - _BESIDE), match.start())
            kinds = (_noun_before, _title_before, _trade_before)
            if ahead := next((d for kind in kinds if (d := kind(text, before, match.start(), cues))), None):
                yield name, ahead
            after = tokens(text, match.end(), min(len(text), match.end() + _BESIDE))
            parted = [k for k, (a, b) in enumerate(pairwise(after), 1) if not _joined_up(text[a.end : b.start])]
            # «Jean Duval, avocat de la ville, …»
            bare = cues.persons if cues.articles and cues.inverted_tail and not cues.verb_second else []
            beside = [*cues.determiners, *cues.offices, *bare]
            opened = after and text[match.end() : after[0].start].strip() == "," and match_at(after, 0, beside)
            least = 1 if match_at(after, 0, bare) else 2
            if opened and parted and least <= parted[0] <= _MAX_DESCRIPTION:
                yield name, text[after[0].start : after[parted[0] - 1].end]
            if belongs := _BELONGS.match(text, match.end()):
                yield name, belongs[1]


def _noun_before(text: str, words: Sequence[Token], end: int, cues: Cues) -> str | None:
    if not words or text[words[-1].end : end].strip(" \u00a0") not in ("", ","):
        return None
    if match_at(words, len(words) - 1, [*cues.prepositions, *cues.particles]):
        # "the head of Tesla wrote to Bret Taylor"
        return None
    if cues.verb_second and _of_noun(text, words, len(words) - 1, cues):
        # «der Chef der Gewerkschaft Komba»
        return None
    verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report, *cues.judging, *cues.negations]
    for i in range(len(words) - 1, max(-1, len(words) - _MAX_DESCRIPTION), -1):
        if match_at(words, i, verbs):
            # «le milliardaire avait prévenu Jean Duval»
            return None
        whose = cues.verb_second and _of_noun(text, words, i, cues)
        if i < len(words) - 1 and match_at(words, i, cues.determiners) and not whose:
            # «der Vorsitzende der Gewerkschaft, Jan Duval»
            return None if i and match_at(words, i - 1, cues.prepositions) else text[words[i].start : words[-1].end]
        if i and not _joined_up(text[words[i - 1].end : words[i].start]):
            return None
    return None


def _trade_before(text: str, words: Sequence[Token], end: int, cues: Cues) -> str | None:
    """Return what somebody is that stands before a name without an article: «Kriminologin Anna Lenz»."""
    last = words[-1] if words and cues.verb_second else None
    beside = last and capital(text, last) and text[last.end : end].isspace()
    return text[last.start : last.end] if last and beside and of_person(words, len(words) - 1, cues) else None


def _of_noun(text: str, words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether an article in the genitive follows a noun: «der Vorsitzende der (Partei)»."""
    joined = i > 0 and _joined_up(text[words[i - 1].end : words[i].start])
    return bool(joined and match_at(words, i, cues.genitives) and capital(text, words[i - 1]))


def _title_before(text: str, words: Sequence[Token], end: int, cues: Cues) -> str | None:
    """Return the title that stands before a name, spelled out where it is shortened: "Sen. Ann Lee" is a senator."""
    lowered = [w._replace(word=w.word.lower()) for w in words]
    for count in range(min(_MAX_TITLE, len(words)), 0, -1):
        at = len(words) - count
        if match_at(lowered, at, cues.titles) == count and not text[words[-1].end : end].strip(". \u00a0"):
            while at and capital(text, words[at - 1]) and text[words[at - 1].end : words[at].start].isspace():
                # "German Foreign Minister Ann Lee"
                at -= 1
            return " ".join(
                [
                    text[words[at].start : words[-1].end],
                    *(s for w in lowered for s in cues.short_titles.get(w.word, [])),
                ]
            )
    return None


def _joined_up(gap: str) -> bool:
    return not gap.strip(" \u00a0'’-")


def of_thing(name: str) -> bool:
    """Tell whether a name of several words begins with an adjective: «Северная Македония», «Rotes Meer» are nobody."""
    begins = name.partition(" ")[0].lower()
    return begins.endswith((*_ADJECTIVES, *_GERMAN_ADJECTIVES)) and not first_names.gender(begins)


def _alone(text: str, beside: str) -> bool:
    """Tell whether the name in " of Acme" stands elsewhere without its preposition: "Ann Lee of Acme", "Acme said"."""
    return text.count(beside.rpartition(" ")[2]) > text.count(beside)


def _person(name: str) -> bool:
    return " " in name and first_names.gender(name.partition(" ")[0]) is not None


def _with(name: str, left: str, joined: str) -> str:
    """Return a name that ends with `left` with all of `joined`: «Jorge Pinto» with «Pinto da Costa»."""
    return name.removesuffix(left) + joined if name == left or name.endswith(f" {left}") else name


def _runs(text: str, lower: set[str], cues: Cues | None) -> Iterator[str]:
    words = [token._replace(word=token.word.lower()) for token in tokens(text)]
    run: list[Token] = []
    title = 0
    for i, word in enumerate(words):
        gap = text[run[-1].end : word.start] if run else ""
        joined = run and _NAME_GAP.fullmatch(gap) and ("." not in gap or len(run[-1].word) <= _MAX_ABBREVIATION)
        dated = cues and match_at(words, i, cues.circumstances)
        if joined and _NUMBER.fullmatch(word.word) and not dated:
            # «Europe 1», but «в Сочи 16 мая»
            run.append(word)
            continue
        if run and not (joined and capital(text, word)):
            yield from _apart(text, run, cues)
            run = []
        if run and cues and (office := _office(text, words, i, cues)):
            # "Health Secretary Ann Lee": what she is, not what she is called.
            run, title = [], i + office
        if not run and cues and i >= title:
            # «Prime Minister» is what somebody is, not what he is called.
            title = max(title, i + match_at(words, i, cues.titles))
        # At the head of a sentence a capital tells nothing of itself; an article is no part of a name.
        common = (i == 0 and word.word in lower) or (not run and _common(words, i, cues))
        if capital(text, word) and not common and i >= title and word.end - word.start > 1:
            run.append(word)
    if run:
        yield from _apart(text, run, cues)


def _apart(text: str, run: Sequence[Token], cues: Cues | None) -> Iterator[str]:
    """Yield the names that a run of capitals is: «(президент) Македонии Георге Иванов» is a country and a man."""
    if not cues or not cues.bare_nouns:
        yield _called(text, run, cues)
        return
    words = [text[word.start : word.end] for word in run]
    if len(run) > 1 and words[-1].isupper() and match_at(run, len(run) - 1, cues.press):
        # «(цитирует) Петрова ТАСС»
        yield _called(text, run[:-1], cues)
        run, words = run[-1:], words[-1:]
    whose = (k for k in range(1, len(words) - 1) if _owners(words[:k]) and _begins_person(words[k:]))
    begin = next(whose, 0)
    if begin:
        yield _called(text, run[:begin], cues)
    yield _called(text, run[begin:], cues)


def _owners(words: Sequence[str]) -> bool:
    """Tell whether words may say of what country, town or body somebody is: a genitive, or capitals alone."""
    last = words[-1]
    if last.isupper() and len(last) > 1:
        return True
    # «Николая» is «Николай» in another case.
    forms = [last, *(last[:-1] + end for end in ("", "й", "а", "я"))]
    return last.endswith(_GENITIVES) and not any(first_names.gender(form) for form in forms)


def _begins_person(words: Sequence[str]) -> bool:
    """Tell whether words may be a person's name: no «(Организации) Объединённых Наций», no «Ивановича Петрова»."""
    begins = words[0].lower()
    other = begins.endswith((*_ADJECTIVES, *_PATRONYMICS)) and not first_names.gender(begins)
    return not other and not words[0].isupper() and not words[1].isdigit()


def _office(text: str, words: Sequence[Token], i: int, cues: Cues) -> int:
    """Return how many words of a title stand at word `i` before a person's first name."""
    # "Chief Nurse Ann Lee"
    count = match_at(words, i, cues.titles) or (
        run(words, i, [*cues.titles, *cues.persons]) if cues.bare_content else 0
    )
    first, last = i + count, i + count - 1
    if not count or first + 1 >= len(words) or not text[words[last].end : words[first].start].strip(".").isspace():
        return 0
    named = first_names.gender(text[words[first].start : words[first].end]) and capital(text, words[first])
    return count if named and text[words[first].end : words[first + 1].start].isspace() else 0


def _called(text: str, run: Sequence[Token], cues: Cues | None) -> str:
    """Return the name that a run of capitals is: of «l'Uruguayen Luis Lacalle Pou» what follows its article's noun."""
    before = tokens(text, max(0, run[0].start - _BEFORE), run[0].start)[-1:]
    # Where articles have a gender none stands before a person's name.
    gendered = cues and any(
        match_at(tokens(article), 0, [*cues.masculine, *cues.feminine]) for article in cues.determiners
    )
    beside = before and text[before[0].end : run[0].start].isspace()
    articled = cues and gendered and beside and match_at(before, 0, [*cues.determiners, *cues.contracted])
    # «(die) Kriminologin Anna Lenz»: where every noun has a capital, what somebody is needs no article.
    articled = of_person(run, 0, cues) if cues and cues.verb_second else articled
    first, *rest = [text[word.start : word.end] for word in run]
    person = len(rest) > 1 and first_names.gender(rest[0]) and not first_names.gender(first)
    return text[run[1].start : run[-1].end] if articled and person else text[run[0].start : run[-1].end]


def _common(words: Sequence[Token], i: int, cues: Cues | None) -> bool:
    known = (*cues.function_words, *cues.source, *cues.pronouns, *cues.that, *cues.adverbs) if cues else ()
    return bool(match_at(words, i, known))


def _joined(text: str, cues: Cues) -> Iterator[tuple[str, str]]:
    words = tokens(text)
    for i in range(1, len(words) - 1):
        span = run(words, i, cues.particles)
        after = i + span
        if span and cues.verb_second and not first_names.gender(text[words[i - 1].start : words[i - 1].end]):
            # «Antrag von Merz»: where every noun has a capital, a particle goes on with a first name only.
            continue
        if (
            span
            and after < len(words)
            and capital(text, words[i - 1])
            and capital(text, words[after])
            and all(
                _NAME_GAP.fullmatch(text[a.end : b.start])
                for a, b in zip(words[i - 1 : after], words[i : after + 1], strict=True)
            )
        ):
            yield text[words[i - 1].start : words[i - 1].end], text[words[i - 1].start : words[after].end]
