"""Who stands in the clause of an expression: its subject, those enumerated with it."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from onrecord.asides import without_aside, without_time
from onrecord.cues import Cues
from onrecord.enumerations import several
from onrecord.inversion import behind
from onrecord.listings import named_last, of_several, without_head, without_noun
from onrecord.matching import Token, after_commas, match_at, run, tokens
from onrecord.nouns import begins_noun, of_somebody
from onrecord.phrases import leading, name_length, named, of_person, unstressed
from onrecord.pieces import Piece
from onrecord.seats import last_seat

Label = TypeVar("Label")

_MAX_NAMED = 12
# So soon after its article a noun says what somebody is: "the Greek prime minister".
_PERSON = 3


class Signal(NamedTuple, Generic[Label]):
    """An expression, what it shows, its clause, and what it is about (what follows it in the clause).

    `sides` are the pieces that name whose deal it is, where the expression itself tells.
    """

    label: Label
    cue: Piece
    clause: Piece
    about: Piece
    sides: tuple[Piece, ...] = ()


def subject_of(text: str, signal: Signal[Label], cues: Cues) -> Piece | None:
    """Return the words of the clause before the expression that name somebody; None for a pronoun or nothing.

    They may follow the verb in languages that put it second.
    """
    if found := inverted(text, signal, cues):
        return None if match_at(tokens(text, *found), 0, cues.pronouns) else found
    words = tokens(text, signal.clause[0], signal.cue[0])
    sits = (
        cues.bare_nouns and match_at(words, 0, cues.seats) and match_at(tokens(text, *signal.cue), 0, cues.plural_verbs)
    )
    if (
        sits
        and (place := last_seat(text, words, cues))
        and place[0] == words[1].start
        and not any(match_at(words, k, cues.plural) for k in range(1, len(words)))
    ):
        # «В „Ромашке“ предложение отвергли», but «в Москве жители его отвергли»
        return place
    said = run(words, 0, cues.auxiliaries)
    said += match_at(words, said, cues.report)
    if match_at(words, said, cues.relatives) == 0 and said and _begins_name(text, words[said:], cues):
        # «…, a répondu une élue, qui refuse …»
        words = words[said:] if any(match_at(words, i, cues.relatives) for i in range(said, len(words))) else words
    return named(text, words, cues)


def _begins_name(text: str, words: Sequence[Token], cues: Cues) -> bool:
    return bool(words) and (begins_noun(text, words, cues) or match_at(words, 0, cues.indefinite) > 0)


def inverted(text: str, signal: Signal[Label], cues: Cues) -> Piece | None:
    """Return the noun or pronoun behind the verb that is its subject: «Den Plan lehnt er ab»."""
    words = tokens(text, *signal.clause)
    verb = next((i for i, w in enumerate(words) if w.start >= signal.cue[0]), len(words))
    return behind(text, words, verb, cues)


def conjuncts(text: str, signal: Signal[Label], cues: Cues) -> list[Piece]:
    """Return the parts of a clause's subject: in «la mairie et les syndicats sont convenus» there are two."""
    words: Sequence[Token] = tokens(text, signal.clause[0], signal.cue[0])
    words = without_aside(text, words, cues)
    relative = [i for i in range(len(words)) if match_at(words, i, cues.relatives)]
    if relative and match_at(words, relative[-1], cues.including):
        # «Les élus, dont A et B, ont signé»
        words, relative = words[: relative[-1]], []
    if relative and cues.bare_nouns and words and "," in text[words[-1].end : signal.cue[0]]:
        # «A и фонд, за которым стоит банк, (договорились)»: the clause is closed before the verb.
        words = words[: relative[0] - match_at(words, relative[0] - 1, cues.prepositions)]
    else:
        words = words[relative[-1] + 1 :] if relative and not cues.verb_second else words
    words = _from_quoted(text, words, cues)
    words = _after_front(text, words, cues)
    # "But he and Ann Lee agreed"
    words = unstressed(text, without_time(words[match_at(words, 0, cues.conjunctions) :], cues), cues)
    ends = [*cues.auxiliaries, *cues.adverbs, *cues.pronouns]
    if cues.verb_second:
        # «haben sich A und B geeinigt», «verständigten sich A und B auf …»: the verb may stand before its subject.
        found = inverted(text, signal, cues)
        words = tokens(text, *found) if found else _after_relative(text, words, cues)
        ends += [word for word in [*cues.prepositions, *cues.circumstances] if word not in cues.conjunctions]
    end = next(
        (
            i
            for i in range(1, len(words))
            # «Les rebelles menés par …»
            if (match_at(words, i, cues.past_participles) and match_at(words, i + 1, cues.by))
            or (
                match_at(words, i, ends)
                and not (match_at(words, i, cues.particles) and of_somebody(words, i, cues))
                # «A et son homologue»
                and not (match_at(words, i, cues.possessives) and match_at(words, i - 1, cues.conjunctions))
            )
        ),
        len(words),
    )
    alike = next((i for i in range(1, end) if match_at(words, i, cues.such_as)), 0)
    if alike and of_several(words[:alike], cues):
        # «D'autres ligues comme A et B (ont signé)»
        after = alike + match_at(words, alike, cues.such_as)
        words, end = words[after:], end - after
    joined = next((i for i in range(1, end) if match_at(words, i, cues.conjunctions)), end)
    if cues.bare_nouns:
        # «A и B при посредничестве C (подписали)»
        beside = [word for word in [*cues.prepositions, *cues.circumstances] if word not in cues.conjunctions]
        end = next((i for i in range(joined + 2, end) if match_at(words, i, beside)), end)
    if both := named_last(text, words[:end], cues):
        return both
    parts = several(text, words[:end], cues) or _with_pronoun(text, words, cues)
    parts = without_noun(text, without_head(text, _without_apposed(text, parts, cues), cues), cues)
    articled = [match_at(tokens(text, *part), 0, cues.determiners) > 0 for part in parts]
    if cues.verb_second and articled[:1] == [True] and not any(articled[1:]):
        # «Die Gewerkschaften Verdi und IG BCE»
        return []
    last = tokens(text, *parts[-1]) if parts else []
    name = leading(text, last, cues)
    beyond = [w for w in last if name and w.start >= name[1]]
    if name and match_at(beyond, 0, cues.plural_verbs):
        # «Dortmund et le Bayern Munich partagent …»
        parts[-1] = name
    return parts


def _after_front(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return words without when, where or how it was, up to the comma behind that: «Réunis à Lyon, (A et B)»."""
    fronts = [*cues.prepositions, *cues.circumstances, *cues.adverbs, *cues.past_participles]
    comma = next(iter(after_commas(text, words)), 0)
    fronted = match_at(words, 0, fronts) and not match_at(words, 0, [*cues.determiners, *cues.conjunctions])
    if not comma or not fronted or not cues.articles or not begins_noun(text, words[comma:], cues):
        return words
    return words[comma:]


def _from_quoted(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return words from the first name in quotation marks, where they begin with when or where it was."""
    beside = [*cues.adverbs, *cues.circumstances, *cues.prepositions]
    if not cues.bare_nouns or not match_at(words, 0, [w for w in beside if w not in cues.conjunctions]):
        return words
    begin = next((k for k in range(1, len(words)) if text[words[k].start - 1] == "«"), 0)
    return words[begin:]


def _without_apposed(text: str, parts: list[Piece], cues: Cues) -> list[Piece]:
    """Return parts without an office before the name of whoever holds it: «(Le PDG d'Acme), Jean Duval, et …»."""
    kept: list[Piece] = []
    for k, part in enumerate(parts):
        words = tokens(text, *part)
        after = text[part[1] : parts[k + 1][0]].strip() if k + 1 < len(parts) else ""
        article = match_at(words, 0, cues.determiners) or match_at(words, 0, cues.possessives)
        office = article and any(of_person(words, i, cues) for i in range(article, min(len(words), article + _PERSON)))
        name = tokens(text, *parts[k + 1]) if after == "," else []
        if not (office and len(name) > 1 and name_length(text, name, cues) == len(name)):
            kept.append(part)
    return kept if len(kept) > 1 else parts


def _after_relative(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return the words of a relative clause without its pronoun: «ein Vertrag, den (die Stadt unterschrieben hat)»."""
    for k in range(len(words) - 1, 0, -1):
        if "," in text[words[k - 1].end : words[k].start] and match_at(words, k, cues.determiners):
            relative = match_at(words, k, cues.relatives) or match_at(words, k - 1, cues.deals)
            return words[k + 1 :] if relative else words
    return words


def _with_pronoun(text: str, words: Sequence[Token], cues: Cues) -> list[Piece]:
    """Return the two of whom one is a pronoun: «Peter Altmaier et lui», "he and his company"."""
    for i in range(1, min(len(words) - 1, _MAX_NAMED)):
        joined = match_at(words, i, cues.conjunctions)
        if joined and "," not in text[words[0].start : words[i].start]:
            left, right = words[:i], words[i + joined :]
            if not right:
                break
            end = next(
                (k for k in range(1, len(right)) if match_at(right, k, [*cues.auxiliaries, *cues.adverbs])), len(right)
            )
            if match_at(right, 0, cues.singular) and (name := leading(text, left, cues)) and name[1] == left[-1].end:
                return [name, (right[0].start, right[0].end)]
            if match_at(left, 0, cues.singular) == len(left) and begins_noun(text, right, cues):
                return [(left[0].start, left[0].end), (right[0].start, right[end - 1].end)]
    return []
