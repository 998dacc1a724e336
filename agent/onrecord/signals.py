"""Expressions that show a stance or an agreement, with the clause they stand in, by a language's cues."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from onrecord.cues import Cues, Token, match_at, tokens
from onrecord.phrases import Piece, named, trim
from onrecord.quotations import MARKS
from onrecord.records import Polarity, Status

Label = TypeVar("Label")

_MAX_WORDS_BEFORE = 14


class Signal(NamedTuple, Generic[Label]):
    """An expression, what it shows, its clause, and what it is about (what follows it in the clause)."""

    label: Label
    cue: Piece
    clause: Piece
    about: Piece


def agreement_signal(text: str, start: int, end: int, cues: Cues) -> Signal[Status] | None:
    """Return the fullest agreeing expression of a sentence, if it has one."""
    found = list(_signals(text, start, end, cues.agreement, cues))
    return max(found, key=lambda s: s.cue[1] - s.cue[0]) if found else None


def stance_signals(text: str, start: int, end: int, cues: Cues) -> list[Signal[Polarity]]:
    """Return the expressions of approval and rejection of a sentence, at most one a clause."""
    found: dict[int, Signal[Polarity]] = {}
    for signal in _signals(text, start, end, cues.stance, cues):
        found.setdefault(signal.clause[0], signal)
    return list(found.values())


def wanted(text: str, start: int, end: int, cues: Cues) -> Signal[Polarity] | None:
    """Return what a statement says has to be done («X doit …», «il faut …»), if it says so."""
    wants: dict[Polarity, list[str]] = {"support": cues.must}
    return next(_signals(text, start, end, wants, cues, whole=True), None)


def _signals(
    text: str,
    start: int,
    end: int,
    entries: Mapping[Label, Sequence[str]],
    cues: Cues,
    *,
    whole: bool = False,
) -> Iterator[Signal[Label]]:
    words = tokens(text, start, end)
    i = 0
    while i < len(words):
        best = max(((match_at(words, i, e), label) for label, e in entries.items()), key=lambda pair: pair[0])
        if not best[0]:
            i += 1
            continue
        last = words[i + best[0] - 1].end
        clause = trim(text, words[_clause_start(text, words, i, cues)].start, _clause_end(text, last, end))
        after = words[i + best[0] :]
        skipped = match_at(after, 0, cues.that)
        while skipped < len(after) - 1 and (light := match_at(after, skipped, cues.adverbs)):
            skipped += light
        begin = after[skipped].start if skipped and skipped < len(after) else last
        noun = [w for w in words[i + 1 : i + best[0] - 1] if match_at([w], 0, cues.determiners)]
        # «a approuvé la proposition de …»: it is about the proposal.
        begin = noun[0].start if noun else begin
        about = (
            clause if whole else trim(text, begin, min(_clause_end(text, last, end), _second_verb(after, cues, end)))
        )
        if clause and about:
            yield Signal(best[1], (words[i].start, last), clause, about)
        i += best[0]


def _clause_start(text: str, words: Sequence[Token], cue: int, cues: Cues) -> int:
    first_word = max(0, cue - _MAX_WORDS_BEFORE)
    for i in range(cue - 1, first_word - 1, -1):
        between = text[words[i].end : words[i + 1].start]
        if cues.bare_content and match_at(words, i, cues.report):
            # "said it supported": what is said begins without a word for it.
            return i + 1
        if any(c in between for c in ",;:()–—") or MARKS.intersection(between) or match_at(words, i, cues.that):
            if _beside(text, words[i + 1], cues):
                # «Israel, which was not at the table, criticised …», «La direction, a-t-il dit, refuse …»
                continue
            # A clause needs somebody or something before the expression itself.
            skip = [*cues.auxiliaries, *cues.adverbs]
            if any(not match_at(words, k, skip) for k in range(i + 1, cue)):
                return i + 1
            if match_at(words, i, cues.that):
                return i + 1
    return first_word


def _second_verb(after: Sequence[Token], cues: Cues, end: int) -> int:
    """Return where the subject's next verb of saying begins: «… l'offre et a affirmé que»; `end` if there is none."""
    for i in range(1, len(after)):
        if match_at(after, i, cues.conjunctions):
            verb = i + 1
            while light := match_at(after, verb, [*cues.auxiliaries, *cues.adverbs]):
                verb += light
            if match_at(after, verb, cues.report):
                return after[i].start
    return end


def _beside(text: str, word: Token, cues: Cues) -> bool:
    inverted = "-" in word.word and word.word.rsplit("-", 1)[1] in cues.pronouns
    # «les écologistes, eux, saluent»
    emphatic = text[word.end : word.end + 1] == "," and match_at([word], 0, [*cues.pronouns, *cues.adverbs])
    return inverted or bool(emphatic or match_at([word], 0, cues.relatives))


def _clause_end(text: str, start: int, end: int) -> int:
    for i in range(start, end):
        if text[i] in ";" or (text[i] in "»”" and not any(c in "«“" for c in text[start:i])):
            return i
    return end


def subject_of(text: str, signal: Signal[Label], cues: Cues) -> Piece | None:
    """Return the words of the clause before the expression that name somebody; None for a pronoun or nothing."""
    return named(text, tokens(text, signal.clause[0], signal.cue[0]), cues)


def conjuncts(text: str, signal: Signal[Label], cues: Cues) -> list[Piece]:
    """Return the parts of a clause's subject: in «la mairie et les syndicats sont convenus» there are two."""
    subject = subject_of(text, signal, cues)
    if not subject:
        return []
    words = tokens(text, *subject)
    cuts = [i for i in range(1, len(words) - 1) if match_at(words, i, cues.conjunctions)]
    starts, ends = [0, *(i + 1 for i in cuts)], [*cuts, len(words)]
    if not cuts or not all(text[words[a].start].isupper() or match_at(words, a, cues.determiners) for a in starts):
        return []
    return [(words[a].start, words[b - 1].end) for a, b in zip(starts, ends, strict=True)]
