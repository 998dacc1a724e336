"""Expressions that show a stance or an agreement, with the clause they stand in, by a language's cues."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from onrecord.asides import without_time
from onrecord.bounds import begins_another, beside_name, clause_end, clause_start, relative_verb
from onrecord.cues import Cues
from onrecord.dealings import dealings
from onrecord.dealt import dealt
from onrecord.matching import Token, holds, match_at, tokens
from onrecord.outcomes import undone_yet
from onrecord.passives import agents, by_whom
from onrecord.pieces import trim
from onrecord.predicates import adjective, noun_alike, participle_start
from onrecord.records import Polarity, Status
from onrecord.saying import whole
from onrecord.sides import Label, Signal, conjuncts

# What is answered begins so many characters after the verb.
_MAX_TO_OFFER = 25
# So many words say in the same sentence that somebody accepted or refused.
_MAX_ANSWER = 8


def agreement_signals(text: str, start: int, end: int, cues: Cues) -> list[Signal[Status]]:
    """Return the agreeing expressions of a sentence, of each clause the fullest."""
    found: dict[int, Signal[Status]] = {}
    for signal in _signals(text, start, end, cues.agreement, cues, dealt):
        before = found.get(signal.clause[0])
        fuller = not before or signal.cue[1] - signal.cue[0] > before.cue[1] - before.cue[0]
        if match_at(tokens(text, start, signal.cue[0])[-1:], 0, cues.that) and signal.clause[0] == signal.cue[0]:
            # «(a refusé) la prime que lui offrait la mairie»
            continue
        inside = tokens(text, *signal.cue)
        # «décidé de», but not «décidé d'accepter l'offre»
        jointly = match_at(inside, 0, [*cues.jointly, *cues.concurring]) == len(inside)
        alone = jointly and not (_of_several(text, signal, cues) or _deal_with(text, signal, cues))
        if fuller and not alone and not _negated(text, signal, cues):
            found[signal.clause[0]] = signal
    brought_in = list(dealings(text, start, end, cues))
    # What a noun brings in with its parties is not told again by the verbs around it.
    brought_in = [d for d in brought_in if not any(_answers(s, d) for s in found.values())]
    rest = [s for s in found.values() if not any(d.clause[0] <= s.cue[0] < d.clause[1] for d in brought_in)]
    rest = [s._replace(sides=next((d.sides for d in brought_in if _ends(s, d)), s.sides)) for s in rest]
    brought_in = [d for d in brought_in if not any(_ends(s, d) for s in rest)]
    told = sorted([*brought_in, *rest], key=lambda signal: signal.clause)
    answered = [_with_answer(text, s, end, cues) for s in told]
    # An answer that ends the sentence of its offer is told with it.
    ended = [(o.clause[1], a.clause[1]) for o, a in zip(told, answered, strict=True) if o.clause != a.clause]
    return [s for s in answered if not any(begin <= s.cue[0] < close for begin, close in ended)]


def _with_answer(text: str, signal: Signal[Status], end: int, cues: Cues) -> Signal[Status]:
    """Return an offer with the answer that ends its sentence: «A a proposé à B de partir, mais celui-ci a refusé»."""
    after = tokens(text, signal.clause[1], end)[:_MAX_ANSWER]
    if signal.label != "proposed" or "," not in text[signal.clause[1] : after[0].start if after else end]:
        return signal
    for i in range(1, len(after)):
        for status, verbs in cues.answering.items():
            count = match_at(after, i, verbs)
            stops = text[after[i + count - 1].end : after[i + count - 1].end + 1] in (".", ",", ";", "")
            if count and stops and match_at(after, i - 1, [*cues.auxiliaries, *cues.clitics]):
                return signal._replace(label=status, clause=(signal.clause[0], after[i + count - 1].end))
    return signal


def _of_several(text: str, signal: Signal[Status], cues: Cues) -> bool:
    """Tell whether a clause is about several: «la mairie et la région», "the two leaders"."""
    words = without_time(tokens(text, signal.clause[0], signal.cue[0]), cues)
    return bool(match_at(words, 0, cues.both) or conjuncts(text, signal, cues))


def _deal_with(text: str, signal: Signal[Status], cues: Cues) -> bool:
    """Tell whether an expression is about a deal with somebody: "announced a truce with the rebels"."""
    words = tokens(text, signal.cue[1], signal.clause[1])
    link = match_at(words, 0, [*cues.counterpart.get("agreed", []), *cues.between])
    return bool(link and match_at(tokens(text, *signal.cue)[-1:], 0, cues.deals))


def _answers(signal: Signal[Status], dealing: Signal[Status]) -> bool:
    """Tell whether a verb says what becomes of the deal behind it: «a refusé (hier) l'offre que lui a faite A»."""
    begin, soon = dealing.clause[0], signal.cue[1] + _MAX_TO_OFFER
    answered = dealing.label == "proposed" and signal.label in ("agreed", "rejected") and signal.cue[1] <= begin < soon
    return answered or signal.cue[0] < begin < signal.cue[1]


def _ends(signal: Signal[Status], dealing: Signal[Status]) -> bool:
    """Tell whether a verb ends the deal behind it that names its parties: «a résilié le contrat qui la liait à A»."""
    begin = dealing.clause[0]
    soon = signal.cue[0] < begin < signal.cue[1] + _MAX_TO_OFFER
    return signal.label == dealing.label == "ended" and soon


def _negated(text: str, signal: Signal[Status], cues: Cues) -> bool:
    """Tell whether an agreement is said not to be: "had not offered to resign", "ruled out signing"."""
    before = tokens(text, signal.clause[0], signal.cue[0])
    refused = signal.label in ("agreed", "signed") and any(
        match_at(before, i, cues.stance.get("oppose", [])) for i in range(len(before))
    )
    # «Le texte a été signé»: nobody is said to have done it.
    across = [*cues.by, *(entry for entries in cues.counterpart.values() for entry in entries)]
    after = [w for w in tokens(text, signal.cue[0], signal.clause[1]) if w.end >= signal.cue[1]]
    named = any(match_at(after, i, across) for i in range(len(after))) or any(
        match_at(before, i, cues.between) and match_at(before, i - 1, cues.deals) for i in range(1, len(before))
    )
    undone = match_at(before[-1:], 0, cues.passive) and not named
    # "hoped to sign", "are close to reaching"
    wanted = signal.label in ("agreed", "signed") and undone_yet(before, cues)
    denied = any(match_at(before[-2:], i, cues.negations) for i in range(len(before[-2:])))
    return bool(undone or wanted or refused or denied)


def stance_signals(text: str, start: int, end: int, cues: Cues) -> list[Signal[Polarity]]:
    """Return the expressions of approval and rejection of a sentence, at most one a clause."""
    found: dict[tuple[int, Polarity], Signal[Polarity]] = {}
    for signal in _signals(text, start, end, cues.stance, cues):
        # «soutient que …» is no support.
        at_cue = tokens(text, signal.cue[0], end)
        if match_at(at_cue, 0, cues.neutral) > len(tokens(text, *signal.cue)):
            continue
        if noun_alike(text, [*tokens(text, start, signal.cue[0]), *at_cue[:1]], cues):
            continue
        before, after = tokens(text, signal.clause[0], signal.cue[0]), tokens(text, signal.cue[1], end)
        named = bool(match_at(after, 0, cues.by) or match_at(tokens(text, *signal.cue)[-1:], 0, cues.by))
        named = named or (match_at(after, 0, cues.infinitive) > 0 and bool(by_whom(text, signal, cues)))
        # "had been demanding" is none.
        suffered = before and match_at(before, len(before) - 1, cues.passive)
        if suffered and not match_at(at_cue, 0, cues.participle_forms) and not named:
            # «Le plan a été critiqué»: nobody is said to have done it.
            continue
        if not named and adjective(text, before, tokens(text, *signal.cue), cues):
            continue
        if any(match_at(words, i, cues.negations) for words in (before[-2:], after[:1]) for i in range(len(words))) or (
            # «ne donne pas son accord»
            signal.label == "support" and holds(tokens(text, *signal.cue)[1:], cues.negations)
        ):
            if signal.label != "support":
                continue
            signal = signal._replace(label="oppose")
        if signal.label == "support" and any(match_at(after, i, cues.conditions) for i in range(len(after))):
            signal = signal._replace(label="mixed")
        if by := agents(text, signal, cues):
            signal = signal._replace(clause=(_noun_start(text, signal, cues), by[-1][1]))
        before_it = found.get((signal.clause[0], signal.label))
        if before_it and before_it.clause[1] <= signal.cue[0]:
            # «X, qui réclamait une trêve, a salué l'accord»
            found[signal.cue[0], signal.label] = signal
        found.setdefault((signal.clause[0], signal.label), signal)
    return list(found.values())


def _noun_start(text: str, signal: Signal[Label], cues: Cues) -> int:
    """Return where the noun begins that an expression stands beside: «la solution amicale proposée par …»."""
    before = tokens(text, signal.clause[0], signal.cue[0])
    starts = [w.start for i, w in enumerate(before) if match_at(before, i, [*cues.determiners, *cues.indefinite])]
    return starts[-1] if starts else signal.clause[0]


def _signals(
    text: str,
    start: int,
    end: int,
    entries: Mapping[Label, Sequence[str]],
    cues: Cues,
    besides: Callable[[str, Sequence[Token], int, Cues], Iterable[tuple[int, Label]]] = lambda *_: (),
) -> Iterator[Signal[Label]]:
    words = tokens(text, start, end)
    i = 0
    while i < len(words):
        listed = [(match_at(words, i, e), label) for label, e in entries.items()]
        best = max([*listed, *besides(text, words, i, cues)], key=lambda pair: pair[0], default=(0, None))
        if not best[0] or best[1] is None:
            i += 1
            continue
        last = words[i + best[0] - 1].end
        # «qui siègent ici, ont décidé de soutenir …»: the clause begins before what carries the verb.
        carried = whole(words, (i, best[0]), cues)[0]
        opened = participle_start(text, words, i, cues)
        begin = words[clause_start(text, words, carried, cues) if opened is None else opened].start
        stop = clause_end(text, last, end, ";:", begin)
        aside = text[: words[i].start].rstrip()[-1:] == "," and not beside_name(text, words, i, cues)
        if aside or relative_verb(text, words, i, cues):
            # «X, hostile au texte, a dit …», «X, qui réclamait une trêve, a salué …»
            stop = next((k for k in range(last, stop) if text[k] == ","), stop)
        rest = [w for w in words[i + best[0] :] if w.start < stop]
        stop = next((w.start for k, w in enumerate(rest) if begins_another(text, rest, k, cues)), stop)
        clause = trim(text, begin, stop)
        after = words[i + best[0] :]
        skipped = match_at(after, 0, cues.that)
        while skipped < len(after) - 1 and (light := match_at(after, skipped, cues.adverbs)):
            skipped += light
        begin = after[skipped].start if skipped and skipped < len(after) else last
        noun = [w for w in words[i + 1 : i + best[0] - 1] if match_at([w], 0, cues.determiners)]
        # «a approuvé la proposition de …»: it is about the proposal.
        begin = noun[0].start if noun else begin
        about = trim(text, begin, min(clause_end(text, last, end, ";"), _second_verb(after, cues, end)))
        # «… auf einen Tarifvertrag geeinigt», «… est du même avis»: what it is about stands before.
        about = about or clause
        if clause and about:
            yield Signal(best[1], (words[i].start, last), clause, about)
        i += best[0]


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
