"""Expressions that show a stance or an agreement, with the clause they stand in, by a language's cues."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from onrecord.cues import Cues, Token, capital, match_at, tokens
from onrecord.phrases import Piece, leading, named, several, trim
from onrecord.quotations import MARKS
from onrecord.records import Polarity, Status

Label = TypeVar("Label")

_MAX_WORDS_BEFORE = 14
# How far before a word its negation may stand.
_REACH = 3
_MAX_BETWEEN = 6
_MAX_NAMED = 12


class Signal(NamedTuple, Generic[Label]):
    """An expression, what it shows, its clause, and what it is about (what follows it in the clause)."""

    label: Label
    cue: Piece
    clause: Piece
    about: Piece


def agreement_signals(text: str, start: int, end: int, cues: Cues) -> list[Signal[Status]]:
    """Return the agreeing expressions of a sentence, of each clause the fullest."""
    found: dict[int, Signal[Status]] = {}
    for signal in _signals(text, start, end, cues.agreement, cues):
        before = found.get(signal.clause[0])
        fuller = not before or signal.cue[1] - signal.cue[0] > before.cue[1] - before.cue[0]
        if fuller and not _negated(text, signal, cues):
            found[signal.clause[0]] = signal
    return list(found.values())


def _negated(text: str, signal: Signal[Status], cues: Cues) -> bool:
    """Tell whether an agreement is said not to be: "had not offered to resign"."""
    before = tokens(text, signal.clause[0], signal.cue[0])[-2:]
    return any(match_at(before, i, cues.negations) for i in range(len(before)))


def stance_signals(text: str, start: int, end: int, cues: Cues) -> list[Signal[Polarity]]:
    """Return the expressions of approval and rejection of a sentence, at most one a clause."""
    found: dict[int, Signal[Polarity]] = {}
    for signal in _signals(text, start, end, cues.stance, cues):
        before, after = tokens(text, signal.clause[0], signal.cue[0]), tokens(text, signal.cue[1], end)
        if before and match_at(before, len(before) - 1, cues.passive) and not match_at(after, 0, cues.by):
            # «Le plan a été critiqué»: nobody is said to have done it.
            continue
        if signal.label == "support" and any(match_at(after, i, cues.conditions) for i in range(len(after))):
            signal = signal._replace(label="mixed")
        if by := agents(text, signal, cues):
            signal = signal._replace(clause=(_noun_start(text, signal, cues), by[-1][1]))
        found.setdefault(signal.clause[0], signal)
    return list(found.values())


def _noun_start(text: str, signal: Signal[Label], cues: Cues) -> int:
    """Return where the noun begins that an expression stands beside: «la solution amicale proposée par …»."""
    before = tokens(text, signal.clause[0], signal.cue[0])
    starts = [w.start for i, w in enumerate(before) if match_at(before, i, [*cues.determiners, *cues.indefinite])]
    return starts[-1] if starts else signal.clause[0]


def told_by_verb(text: str, cue: Piece, pieces: Sequence[Piece], cues: Cues) -> Polarity | None:
    """Return the position that the verb of a statement tells: «exige», "accused", «dément que»."""
    verbs = tokens(text, *cue)
    if any(match_at(verbs, i, cues.wanting) for i in range(len(verbs))):
        return "support"
    if any(match_at(verbs, i, cues.blaming) for i in range(len(verbs))):
        return "oppose"
    opened = tokens(text, cue[1], pieces[0][0]) if pieces and cue[1] <= pieces[0][0] else []
    denied = any(match_at(verbs, i, cues.denying) for i in range(len(verbs)))
    # A clause is somebody's claim; an infinitive («nie avoir payé») a deed of one's own.
    return "oppose" if denied and any(match_at(opened, i, cues.that) for i in range(len(opened))) else None


def position(text: str, cue: Piece | None, pieces: Sequence[Piece], cues: Cues) -> Polarity | None:
    """Return whether whoever makes a statement approves or rejects something by it.

    Its verb tells («exhorte», "accused"), or what it says has to be done («il faut»), or its words («inacceptable»); a
    word that is negated tells the opposite.
    """
    if cue and (by_verb := told_by_verb(text, cue, pieces, cues)):
        return by_verb
    found: list[Polarity] = []
    conditional = False
    # «Il a jugé « admirable » que …»: what stands between counts too.
    opened = [(cue[1], pieces[0][0])] if cue and pieces and cue[1] < pieces[0][0] else []
    for piece in [*opened, *pieces]:
        words = tokens(text, *piece)
        conditional = conditional or any(match_at(words, i, cues.conditions) for i in range(len(words)))
        for i in range(len(words)):
            for label, entries in _WORDS:
                if (count := match_at(words, i, getattr(cues, entries))) > match_at(words, i, cues.neutral):
                    after = range(i + count, min(len(words), i + count + _REACH)) if entries == "must" else ()
                    near = (*range(max(0, i - _REACH), i), *after)
                    turned = any(match_at(words, k, [*cues.negations, *cues.negating]) for k in near)
                    found.append(_OPPOSITE[label] if turned else label)
    if len(set(found)) > 1 and any(
        match_at(words, i, cues.conjunctions) for words in [tokens(text, *p) for p in pieces] for i in range(len(words))
    ):
        support, oppose = found.count("support"), found.count("oppose")
        return "mixed" if support == oppose else "support" if support > oppose else "oppose"
    return ("mixed" if conditional and found[0] == "support" else found[0]) if found else None


_WORDS: tuple[tuple[Polarity, str], ...] = (("oppose", "blame"), ("support", "praise"), ("support", "must"))
_OPPOSITE: dict[Polarity, Polarity] = {"support": "oppose", "oppose": "support", "mixed": "mixed"}


def _signals(
    text: str,
    start: int,
    end: int,
    entries: Mapping[Label, Sequence[str]],
    cues: Cues,
) -> Iterator[Signal[Label]]:
    words = tokens(text, start, end)
    i = 0
    while i < len(words):
        best = max(((match_at(words, i, e), label) for label, e in entries.items()), key=lambda pair: pair[0])
        if not best[0]:
            i += 1
            continue
        last = words[i + best[0] - 1].end
        stop = _clause_end(text, last, end)
        if text[: words[i].start].rstrip()[-1:] == ",":
            # «X, hostile au texte, a dit …»
            stop = next((k for k in range(last, stop) if text[k] == ","), stop)
        rest = [w for w in words[i + best[0] :] if w.start < stop]
        stop = next((w.start for k, w in enumerate(rest) if _begins_another(text, rest, k, cues)), stop)
        clause = trim(text, words[_clause_start(text, words, i, cues)].start, stop)
        after = words[i + best[0] :]
        skipped = match_at(after, 0, cues.that)
        while skipped < len(after) - 1 and (light := match_at(after, skipped, cues.adverbs)):
            skipped += light
        begin = after[skipped].start if skipped and skipped < len(after) else last
        noun = [w for w in words[i + 1 : i + best[0] - 1] if match_at([w], 0, cues.determiners)]
        # «a approuvé la proposition de …»: it is about the proposal.
        begin = noun[0].start if noun else begin
        about = trim(text, begin, min(_clause_end(text, last, end), _second_verb(after, cues, end)))
        if clause and about:
            yield Signal(best[1], (words[i].start, last), clause, about)
        i += best[0]


def _begins_another(text: str, words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether another clause begins after a comma: a participle, or a conjunction and a subject."""
    if text[: words[k].start].rstrip()[-1:] != ",":
        return False
    subject = k + match_at(words, k, cues.conjunctions)
    begins = match_at(words, subject, [*cues.pronouns, *cues.determiners]) or (
        subject < len(words) and capital(text, words[subject])
    )
    return bool(match_at(words[: k + 1], k, cues.participle_forms) or (subject > k and begins))


def _clause_start(text: str, words: Sequence[Token], cue: int, cues: Cues) -> int:
    first_word = max(0, cue - _MAX_WORDS_BEFORE)
    parted = False
    for i in range(cue - 1, first_word - 1, -1):
        between = text[words[i].end : words[i + 1].start]
        if cues.bare_content and match_at(words, i, cues.report):
            # "said it supported": what is said begins without a word for it.
            return i + 1
        if any(c in between for c in ",;:()–—") or MARKS.intersection(between) or match_at(words, i, [*cues.that, *cues.subordinators]):
            if _beside(text, words[i + 1], cues):
                # «Israel, which was not at the table, criticised …», «La direction, a-t-il dit, refuse …»
                continue
            # A clause needs somebody or something before the expression itself.
            skip = [*cues.auxiliaries, *cues.adverbs]
            if not any(not match_at(words, k, skip) for k in range(i + 1, cue)):
                parted = True
            elif "," in between and _enumerates(text, words, i, cue, cues):
                continue
            elif parted and "," in between and _aside(text, words[i + 1], cues):
                # «La CGT, inquiète du niveau de sécurité, a réclamé …»
                parted = False
                continue
            else:
                return i + 1
            if match_at(words, i, [*cues.that, *cues.subordinators]):
                return i + 1
    return first_word


def _enumerates(text: str, words: Sequence[Token], i: int, cue: int, cues: Cues) -> bool:
    """Tell whether the comma after word `i` stands in an enumeration: «Belges, Néerlandais et Luxembourgeois»."""
    start = next((k for k in range(i, 0, -1) if "," in text[words[k - 1].end : words[k].start]), 0)
    ends = [*cues.auxiliaries, *cues.adverbs, *cues.pronouns]
    stop = next((k for k in range(i + 1, cue) if match_at(words, k, ends)), cue)
    return i - start < _MAX_BETWEEN and bool(several(text, words[start:stop], cues))


def _aside(text: str, word: Token, cues: Cues) -> bool:
    """Tell whether a chunk between a name and its verb names nobody: no name, article or pronoun begins it."""
    return not capital(text, word) and not match_at([word], 0, [*cues.determiners, *cues.indefinite, *cues.pronouns])


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
    words = tokens(text, signal.clause[0], signal.cue[0])
    relative = [i for i in range(len(words)) if match_at(words, i, cues.relatives)]
    words = words[relative[-1] + 1 :] if relative else words
    ends = [*cues.auxiliaries, *cues.adverbs, *cues.pronouns]
    end = next((i for i in range(1, len(words)) if match_at(words, i, ends)), len(words))
    parts = several(text, words[:end], cues)
    if parts and (name := leading(text, tokens(text, *parts[-1]), cues)):
        # «Dortmund et le Bayern Munich partagent …»
        parts[-1] = name
    return parts


def counterpart(text: str, signal: Signal[Status], cues: Cues) -> Piece | None:
    """Return who stands on the other side: «signé par l'État et EDF», «proposé à Paris», "reached with the union"."""
    words = tokens(text, signal.cue[0], signal.clause[1])
    # The expression's own last word may be the preposition: «a offert au gouvernement».
    inside = sum(w.end <= signal.cue[1] for w in words)
    entries = [*cues.counterpart.get(signal.label, [])]
    if match_at(words, inside - 1, cues.shared):
        entries += cues.counterpart.get("rejected", [])
    for i in range(max(1, inside - 1), min(len(words), inside + _MAX_BETWEEN)):
        if i and any(c in ";:" for c in text[words[i - 1].end : words[i].start]):
            break
        if count := match_at(words, i, entries):
            chunk = [w for k, w in enumerate(_noun(text, words, i + count, cues)) if not (k and match_at([w], 0, entries))]
            # «l'invitation des douze clubs»: a plural article has gone into its preposition.
            plural = match_at(words, i, cues.plural)
            if (
                chunk
                and len(chunk) <= _MAX_NAMED
                and (plural or match_at(chunk, 0, cues.determiners) or capital(text, chunk[0]))
            ):
                parts = several(text, chunk, cues)
                name = leading(text, tokens(text, *parts[-1]), cues) if parts else None
                # «entre la Commission et AstraZeneca portait sur …»
                return chunk[0].start, name[1] if name else chunk[-1].end
    return None


def agents(text: str, signal: Signal[Label], cues: Cues) -> list[Piece]:
    """Return who does what a passive says: «la solution proposée par Ardian et GIP»; empty without a passive."""
    words = tokens(text, signal.cue[0], signal.clause[1])
    by = next((i for i in range(1, len(words)) if words[i].start < signal.cue[1] and match_at(words, i, cues.by)), 0)
    chunk = _noun(text, words, by + 1, cues) if by else []
    if not chunk or len(chunk) > _MAX_NAMED:
        return []
    return several(text, chunk, cues) or [(chunk[0].start, chunk[-1].end)]


def _noun(text: str, words: Sequence[Token], begin: int, cues: Cues) -> Sequence[Token]:
    end = begin
    while end < len(words) and not _breaks_off(text, words, end, begin, cues):
        end += 1
    return words[begin:end]


def _breaks_off(text: str, words: Sequence[Token], i: int, begin: int, cues: Cues) -> bool:
    """Tell whether a noun ends before word `i`: at a stop, a verb, or a preposition that begins something else."""
    if i == begin:
        return False
    if any(c in ".;:()»”" for c in text[words[i - 1].end : words[i].start]):
        return True
    links = [*cues.conjunctions, *cues.prepositions, *cues.particles]
    if match_at(words, i, [*cues.determiners, *cues.indefinite]) and not match_at(words, i - 1, links):
        # «proposé à son homologue une résolution»
        return not match_at(words, i, cues.conjunctions)
    # «le Fonds national de garantie»: within a name it goes on.
    inside = match_at(words, i, cues.particles) and capital(text, words[begin + (not capital(text, words[begin]))])
    ends = [*cues.auxiliaries, *cues.that, *cues.relatives, *cues.circumstances, *cues.infinitive, *cues.prepositions]
    return bool(match_at(words, i, ends)) and not inside
