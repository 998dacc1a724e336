"""Deals and offers that a noun brings in, with their parties: «l'accord signé par A et B», «l'offre que A fait à B».

What the main clause says of them tells how they stand: «… a été refusée par le groupe», «… est entré en vigueur».
"""

from collections.abc import Iterator, Sequence

from onrecord.cues import Cues
from onrecord.enumerations import several
from onrecord.matching import Token, after_commas, capital, match_at, tokens
from onrecord.nouns import across, noun
from onrecord.outcomes import done_to, outcome, taking, undone_yet
from onrecord.phrases import leading, named
from onrecord.pieces import Piece
from onrecord.records import Status
from onrecord.sides import Signal

# So many words may stand between a noun and its relative or its participle, and before whom that names.
_MAX_NOUN, _MAX_TO_SIDES = 10, 8
_MAX_TO_VERB = 14
# So many words name the one whom a deal ties to another.
_MAX_TIED = 12
_PAIR = 2
# So soon after "under" its deal comes.
_MAX_UNDER = 4
# What a participle beside a deal may say of it.
_BY_PARTICIPLE: tuple[Status, ...] = ("signed", "agreed", "proposed")


def dealings(text: str, start: int, end: int, cues: Cues) -> Iterator[Signal[Status]]:
    """Yield the deals and offers of a sentence that are told of in a relative clause or with a participle."""
    words = tokens(text, start, end)
    i = 1
    while i < len(words):
        found = (
            _in_relative(text, words, i, cues)
            or _with_participle(text, words, i, cues)
            or _under(text, words, i - 1, cues)
        )
        if found:
            yield found
            i = next((k for k in range(i, len(words)) if words[k].start >= found.clause[1]), len(words))
        i += not found


def _in_relative(text: str, words: Sequence[Token], i: int, cues: Cues) -> Signal[Status] | None:
    """Read «l'offre que A a faite à B», «la prime que lui offrait B», «le texte dont A et B sont convenus»."""
    count = match_at(words, i, cues.relatives) or match_at(words, i, cues.that)
    begin = _antecedent(text, words, i, cues) if (count or _unmarked(text, words, i, cues)) and cues.relating else None
    if begin is None:
        return None
    own = match_at(words, i + count, cues.clitics)
    if (bound := match_at(words, i + count + own, cues.binding)) and _of_deal(words, begin, i, cues):
        # «la convention qui liait A à B», «le contrat qui le liait à B»
        sides, last = tied(text, words, i + count + own + bound, cues)
        sides = [*([(words[i + count].start, words[i + count].end)] if own else []), *sides]
        return _signal(text, words, begin, (i + count + own, last), "in_force", sides, cues)
    for verb in range(i + count, min(i + count + _MAX_TO_VERB, len(words))):
        if match_at(words, verb, cues.auxiliaries) and "," in text[words[verb - 1].end : words[verb].start]:
            # «Les élus, dont A et B, ont signé un accord»
            return None
        another = verb > i + count and _of_deal(words, verb - 1, verb, cues)
        if another or any(c in ";:" for c in text[words[verb - 1].end : words[verb].start]):
            # «l'avis qu'un cessez-le-feu proposé par A …»
            return None
        for status, verbs in cues.relating.items():
            if taken := match_at(words, verb, verbs):
                if not count and match_at(words, verb + taken, cues.determiners):
                    # "the next year Acme made an offer": a relative clause has no object besides its noun.
                    return None
                if undone_yet(words[i:verb], cues):
                    # "the deal that it hoped to sign"
                    return None
                sides, last = _sides(text, words, i + count, (verb, taken), cues)
                found = _signal(text, words, begin, (verb, last), status, sides, cues)
                # «la lettre que A a remise à B» is no offer, «la prime que A a remise à B» if B refused it.
                offered = _of_deal(words, begin, i, cues) or match_at(words, verb, cues.agreement.get("proposed", []))
                return found if found and (found.label != "proposed" or offered) else None
    return None


def _unmarked(text: str, words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether a relative clause may begin without a word for it: "an accord it signed", "the deal Acme made"."""
    if not cues.bare_content or not text[words[i - 1].end : words[i].start].isspace() or capital(text, words[i - 1]):
        return False
    subject = capital(text, words[i]) or match_at(words, i, [*cues.determiners, *cues.pronouns])
    return bool(subject) and match_at(words, i - 1, cues.deals) > 0


def _sides(text: str, words: Sequence[Token], begin: int, verb: tuple[int, int], cues: Cues) -> tuple[list[Piece], int]:
    """Return whom a relative clause names, before its verb, after it, and across from that; and its last word."""
    ahead = list(words[begin : verb[0]])
    objects = [w for w in ahead if match_at([w], 0, cues.objects)]
    subject = named(text, [w for w in ahead if w not in objects], cues)
    own = [*cues.singular, *cues.things]
    pronoun = next((w for w in ahead if match_at([w], 0, own) and w not in objects), None)
    # Who does it stands before the verb: "which A and B signed by the lake".
    done = cues.by if subject or pronoun else []
    sides = [subject] if subject else [(pronoun.start, pronoun.end)] if pronoun else []
    last = after = sum(verb)
    if not sides:
        # «que lui a adressée le groupe»
        behind = noun(text, words, after, cues)
        # «(A et B), qui ont signé un contrat»
        sides = [] if _of_deal(behind, 0, min(_PAIR, len(behind)), cues) else _whose(text, behind, cues)
        last = sum(w.start < sides[-1][1] for w in words) if sides else after
    sides = [part for side in sides for part in several(text, tokens(text, *side), cues) or [side]]
    main = [*cues.relatives, *cues.auxiliaries, *(verb for verbs in cues.answering.values() for verb in verbs)]
    for k in range(last, min(last + _MAX_TO_SIDES, len(words))):
        if any(c in ",;:" for c in text[words[k - 1].end : words[k].start]) or match_at(words, k, [*main, *done]):
            break
        to = match_at(words, k, across(cues))
        other = noun(text, words, k + to, cues) if to else ()
        timed = any(match_at(other, n, [*cues.deals, *cues.circumstances]) for n in range(min(2, len(other))))
        if other and not timed:
            sides += _whose(text, other, cues)
            last = k + to + len(other)
            break
    sides += [(w.start, w.end) for w in objects]
    return sides, max(last, after)


def _whose(text: str, words: Sequence[Token], cues: Cues) -> list[Piece]:
    """Return each whom words list, or the one whom they name, without what stands beside a name."""
    comma = next(iter(after_commas(text, words)), len(words))
    parts = several(text, words, cues)
    last = tokens(text, *parts[-1]) if parts else []
    if parts and not match_at(last, 0, cues.determiners) and (name := leading(text, last, cues)):
        # «que A et B viennent de signer compte dix points»
        parts[-1] = name
    return parts or ([(words[0].start, words[comma - 1].end)] if words else [])


def _with_participle(text: str, words: Sequence[Token], i: int, cues: Cues) -> Signal[Status] | None:
    """Read «l'accord signé fin septembre par A et B», «le pacte noué entre A et B»."""
    status = next((s for s in _BY_PARTICIPLE if match_at(words, i, cues.relating.get(s, []))), None)
    begin = _antecedent(text, words, i, cues) if status else None
    if not status or begin is None or not _of_deal(words, begin, i, cues):
        return None
    for k in range(i + 1, min(i + 1 + _MAX_TO_SIDES, len(words))):
        if any(c in ",;:" for c in text[words[k - 1].end : words[k].start]):
            return None
        count = match_at(words, k, cues.by if status == "proposed" else [*cues.between, *cues.by])
        if count and not match_at(words, k - 1, cues.mediating):
            who = noun(text, words, k + count, cues)
            sides = several(text, who, cues, [*cues.between, *cues.by]) if who else []
            if status == "proposed":
                # «Le compromis proposé par A a été refusé par B»
                sides = _whose(text, who, cues)
            return _signal(text, words, begin, (i, k + count + len(who)), status, sides, cues)
    return None


def _under(text: str, words: Sequence[Token], i: int, cues: Cues) -> Signal[Status] | None:
    """Read "under a contract with A, B (flies …)", «B livre des lanceurs aux termes d'un accord conclu avec A»."""
    count = match_at(words, i, cues.under)
    deal = next(
        (k for k in range(i + count, min(i + count + _MAX_UNDER, len(words))) if match_at(words, k, cues.deals)), 0
    )
    if not count or not deal:
        return None
    reach = range(deal + 1, min(deal + 1 + _MAX_TO_SIDES, len(words)))
    to = next((k for k in reach if match_at(words, k, cues.counterpart.get("signed", []))), None)
    if (
        to is None
        or match_at(words, to - 1, cues.mediating)
        or any(c in ",;:" for c in text[words[deal].end : words[to].start])
    ):
        return None
    other = noun(text, words, to + match_at(words, to, cues.counterpart.get("signed", [])), cues)
    comma = next((k for k in range(to, len(words)) if "," in text[words[k - 1].end : words[k].start]), len(words))
    begin = max((k for k in range(1, i + 1) if text[words[k - 1].end : words[k].start].strip()), default=0)
    ahead = words[comma:] if begin == i else words[begin:i]
    subject = leading(text, ahead, cues) or _articled(ahead, cues)
    other = other[
        : next((k for k, w in enumerate(other) if comma < len(words) and w.start >= words[comma].start), None)
    ]
    if not subject or not other or (not capital(text, other[0]) and not match_at(other, 0, cues.determiners)):
        return None
    last = next(
        (k for k in range(comma + 1, len(words)) if text[words[k - 1].end : words[k].start].strip()), len(words)
    )
    end = last if begin == i else comma
    clause = words[begin].start, words[end - 1].end
    sides = (subject, (other[0].start, other[-1].end))
    return Signal("in_force", (words[i].start, words[deal].end), clause, clause, sides)


def _articled(words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the article and the noun that words begin with: «la société (livre)»."""
    article = match_at(words, 0, cues.determiners)
    return (words[0].start, words[article].end) if article and article < len(words) else None


def _antecedent(text: str, words: Sequence[Token], i: int, cues: Cues) -> int | None:
    """Return where the noun begins that stands before word `i`: with its article, without a verb in between."""
    ends = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report, *cues.pronouns, *cues.relatives]
    begin = None
    for k in range(i - 1, max(-1, i - 1 - _MAX_NOUN), -1):
        ahead = text[words[k - 1].end : words[k].start] if k else ""
        if any(c in ";:" for c in text[words[k].end : words[k + 1].start]) or (
            match_at(words, k, ends) and not match_at(words, k, cues.deals)
        ):
            break
        alone = not k or match_at(words, k - 1, [*cues.prepositions, *cues.conjunctions]) or "," in ahead
        if match_at(words, k, cues.deals) and alone:
            # «Celle qu'offrait le groupe»
            return k
        article = match_at(words, k, [*cues.determiners, *cues.indefinite, *cues.demonstratives])
        deal = match_at(words, k + article, cues.deals) if article else 0
        # «(dans) l'accord que A a signé avec B», but «l'accord sur (la vente) que …»
        if article and (deal or not (k and match_at(words, k - 1, [*cues.prepositions, *cues.particles]))):
            begin = k
            if deal:
                break
    return begin


def _of_deal(words: Sequence[Token], begin: int, end: int, cues: Cues) -> bool:
    return any(match_at(words, k, cues.deals) for k in range(begin, end))


def _signal(
    text: str,
    words: Sequence[Token],
    begin: int,
    told: tuple[int, int],
    status: Status,
    sides: list[Piece],
    cues: Cues,
) -> Signal[Status] | None:
    """Return what is told of a deal, with what the main clause says became of it; `told` are its verb and its end."""
    verb, end = told
    cue = words[verb].start, words[verb].end
    stop = words[max(verb, end - 1)].end
    if became := outcome(text, words, end, cues):
        status, at, last = became
        stop = words[last - 1].end
        sides += taking(text, words, end, at, last, cues) if len(sides) < _PAIR else []
    elif begin and (before := done_to(words, begin, cues)):
        # «a fait rompre la convention qui liait A à B»
        status = before
    if len(sides) < _PAIR and not (sides and match_at(tokens(text, *sides[0]), 0, cues.both)):
        return None
    clause = words[begin].start, stop
    return Signal(status, cue, clause, clause, tuple(dict.fromkeys(sides)))


def tied(text: str, words: Sequence[Token], after: int, cues: Cues) -> tuple[list[Piece], int]:
    """Return the two whom a verb ties, the one where a pronoun is the other, and where that ends.

    «qui lie A à B», «qui l'unit à B», «qui lie A et B».
    """
    links = across(cues)
    to = next((k for k in range(after, min(after + _MAX_TIED, len(words))) if match_at(words, k, links)), None)
    listed = noun(text, words, after, cues)
    if both := several(text, listed, cues):
        # «qui liait A et B»
        return both, after + len(listed)
    if to is None:
        return [], after
    begin = to + match_at(words, to, links)
    second = noun(text, words, begin, cues)
    first = noun(text, words[:to], after, cues)
    return [*_whose(text, first, cues), *([(second[0].start, second[-1].end)] if second else [])], begin + len(second)
