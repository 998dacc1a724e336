"""Who stands in the clause of an expression: its subject, those enumerated with it, who is across, who acts."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from onrecord.asides import without_aside, without_time
from onrecord.cues import Cues, Token, capital, match_at, run, tokens
from onrecord.enumerations import several
from onrecord.inversion import behind, noun_end
from onrecord.nouns import across, begins_noun, infinitive, noun, of_somebody
from onrecord.phrases import Piece, leading, name_length, named, of_person, unstressed
from onrecord.records import Status
from onrecord.seats import last_seat

Label = TypeVar("Label")

_MAX_BETWEEN = 6
# So many words may stand between a verb and its deal.
_MAX_TO_DEAL = 20
# So soon after whose it is an offer comes.
_MAX_TO_OFFER = 4
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
    if relative and cues.bare_nouns and words and "," in text[words[-1].end : signal.cue[0]]:
        # «A и фонд, за которым стоит банк, (договорились)»: the clause is closed before the verb.
        words = words[: relative[0] - match_at(words, relative[0] - 1, cues.prepositions)]
    else:
        words = words[relative[-1] + 1 :] if relative and not cues.verb_second else words
    words = _from_quoted(text, words, cues)
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
            if match_at(words, i, ends)
            and not (match_at(words, i, cues.particles) and of_somebody(words, i, cues))
            # «A et son homologue»
            and not (match_at(words, i, cues.possessives) and match_at(words, i - 1, cues.conjunctions))
        ),
        len(words),
    )
    joined = next((i for i in range(1, end) if match_at(words, i, cues.conjunctions)), end)
    if cues.bare_nouns:
        # «A и B при посредничестве C (подписали)»
        beside = [word for word in [*cues.prepositions, *cues.circumstances] if word not in cues.conjunctions]
        end = next((i for i in range(joined + 2, end) if match_at(words, i, beside)), end)
    parts = several(text, words[:end], cues) or _with_pronoun(text, words, cues)
    parts = _without_apposed(text, parts, cues)
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
        article = match_at(words, 0, cues.determiners)
        article = article or match_at(words, 0, cues.possessives)
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


def counterpart(text: str, signal: Signal[Status], cues: Cues) -> Piece | None:
    """Return who stands on the other side: «signé par l'État et EDF», «proposé à Paris», "reached with the union"."""
    words = tokens(text, signal.cue[0], signal.clause[1])
    offer = next((i for i in range(len(words)) if match_at(words, i, cues.offering)), None)
    if offer is not None and match_at(words, 0, cues.answering.get(signal.label, [])):
        # «refuse la prime que lui offrait le groupe»
        who = noun(text, words, offer + match_at(words, offer, cues.offering), cues)
        if who and (begins_noun(text, who, cues) or match_at(who, 0, cues.plural)):
            return who[0].start, who[-1].end
    turned = cues.dealing.get("rejected", []) if signal.label == "rejected" else []
    answer = match_at(words, 0, [*cues.answering.get(signal.label, []), *turned])
    if answer and (whose := owner(text, words, answer, cues)):
        return whose
    if cues.verb_second and (ahead := _before_last(text, signal, cues)):
        return ahead
    if signal.label == "agreed" and (other := _partner(text, words, cues)):
        return other
    if signal.label == "proposed" and (other := _recipient(text, words, cues)):
        return other
    # The expression may end in the preposition, or its article: «a offert au gouvernement», «liée à l'État».
    inside = sum(w.end <= signal.cue[1] for w in words)
    entries = [*cues.counterpart.get(signal.label, [])]
    taken = bool(match_at(words, 0, cues.answering.get("agreed", [])))
    offered = signal.label == "agreed" and any(
        match_at(words, k, cues.deals) for k in range(1 if taken else inside, inside + 3)
    )
    if offered or match_at(words, inside - 1, cues.shared):
        # «partage l'avis de Paris», «a accepté la demande des Républicains»
        entries += cues.counterpart.get("rejected", [])
    if signal.label == "proposed" and cues.bare_nouns and (count := name_length(text, words[inside:], cues)):
        # «предложил Киеву помощь»: a dative needs no preposition.
        return words[inside].start, words[inside + count - 1].end
    for i in range(1, min(len(words), inside + _MAX_TO_DEAL)):
        if any(c in ";:" for c in text[words[i - 1].end : words[i].start]):
            break
        if i >= inside + _MAX_BETWEEN and not match_at(words, i - 1, cues.deals):
            # «a signé, en présence du ministre, une convention avec la ville»
            continue
        if (count := match_at(words, i, entries)) and not match_at(words, i - 1, cues.mediating):
            chunk = _alone(text, noun(text, words, i + count, cues), cues)
            # «l'invitation des douze clubs»: an article has gone into its preposition.
            article = match_at(words, i + count - 1, [*cues.plural, *cues.contracted])
            if (
                chunk
                and not infinitive(chunk, cues)
                # «s'est retiré de l'accord de Paris»
                and not (signal.label == "ended" and capital(text, chunk[0]) and match_at(words, i - 1, cues.deals))
                # «la proposition d'un règlement»
                and not (match_at(words, i, cues.particles) and match_at(chunk, 0, cues.indefinite))
                and not any(match_at(chunk, k, cues.deals) for k in range(min(2, len(chunk))))
                and (article or begins_noun(text, chunk, cues))
            ):
                parts = several(text, chunk, cues, across(cues))
                name = leading(text, tokens(text, *parts[-1]), cues) if parts else None
                after = [w for w in chunk if name and w.start >= name[1]]
                # «à l'UEFA et à la Fifa d'ouvrir des discussions»
                own = name and match_at(after, 0, [*cues.particles, *cues.prepositions])
                return chunk[0].start, name[1] if name and own else chunk[-1].end
    return None


def _recipient(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return to whom something is offered where that stands before it: "offered Ann Lee a seat"."""
    who = noun(text, words, 1, cues) if match_at(words, 0, cues.relating.get("proposed", [])) else ()
    after = words[1 + len(who) :]
    given = match_at(after, 0, [*cues.determiners, *cues.indefinite, *cues.possessives]) or (
        bool(after) and after[0].word[:1].isdigit()
    )
    if (
        not given
        or not who
        or not begins_noun(text, who, cues)
        or any(c in ",;:" for c in text[who[-1].end : after[0].start])
    ):
        return None
    return None if any(match_at(who, k, cues.deals) for k in range(len(who))) else (who[0].start, who[-1].end)


def _partner(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return from whom somebody agrees to buy, or to whom to give: "agreed to pay $5 million to the town"."""
    for k in range(1, min(_MAX_BETWEEN, len(words))):
        if not match_at(words, k - 1, [*cues.infinitive, *cues.particles, *cues.clitics]):
            continue
        begin = k + match_at(words, k, cues.acquiring)
        given = match_at(words, k, cues.giving)
        if given:
            to = cues.counterpart.get("proposed", [])
            reach = range(k + given, min(k + given + _MAX_NAMED, len(words)))
            begin = next((i + match_at(words, i, to) for i in reach if match_at(words, i, to)), k)
        who = noun(text, words, begin, cues) if begin > k else ()
        whole = not any(c in ",;:" for c in text[words[k].end : who[0].start]) if who else False
        # «céder sa filiale au fonds Ardian»
        begins = who and (begins_noun(text, who, cues) or match_at(words, begin - 1, cues.contracted))
        if whole and begins and not any(match_at(who, i, cues.deals) for i in range(len(who))):
            return who[0].start, who[-1].end
    return None


def owner(text: str, words: Sequence[Token], begin: int, cues: Cues) -> Piece | None:
    """Return whose offer comes soon after word `begin`: "(spurned) the government's latest offer"."""
    for i in range(begin + 1, min(len(words), begin + _MAX_BETWEEN)):
        if any(c in ",;:" for c in text[words[i - 1].end : words[i].start]):
            break
        offer = any(match_at(words, k, cues.offers) for k in range(i + 1, min(len(words), i + _MAX_TO_OFFER)))
        if offer and match_at(words, i, cues.genitive) and not text[words[i - 1].end].isspace():
            own = words[begin:i]
            return (own[0].start, own[-1].end) if begins_noun(text, own, cues) else None
    return None


def _before_last(text: str, signal: Signal[Status], cues: Cues) -> Piece | None:
    """Return who stands beside a deal before a verb that ends its clause.

    «hatte ein Angebot der Stadt ausgeschlagen», «hat den Vertrag mit dem Konzern unterschrieben».
    """
    words = tokens(text, signal.clause[0], signal.cue[0])
    links = [*(cues.genitives if signal.label in cues.answering else []), *cues.counterpart.get(signal.label, [])]
    for k in range(len(words)):
        count = match_at(words, k, cues.deals)
        link = match_at(words, k + count, links) if count else 0
        begin = k + count + link
        if link and begin < len(words) and begins_noun(text, words[begin:], cues):
            # An article that says whose it is belongs to the noun.
            begins = words[k + count] if match_at(words, k + count, cues.genitives) else words[begin]
            return begins.start, words[noun_end(text, words, begin, len(words), cues) - 1].end
    return None


def _alone(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return the one whom a noun names, without what a comma adds: "the food group Acme, worth …"."""
    comma = next((k for k in range(1, len(words)) if "," in text[words[k - 1].end : words[k].start]), len(words))
    if comma == len(words) or (len(words) <= _MAX_NAMED and several(text, words, cues, across(cues))):
        return words if len(words) <= _MAX_NAMED else ()
    beside = leading(text, words[comma:], cues)
    if beside and match_at(words, 0, [*cues.determiners, *cues.possessives]) and not capital(text, words[comma - 1]):
        # "the developer, Hines"
        return [w for w in words[comma:] if w.end <= beside[1]]
    return words[:comma] if comma <= _MAX_NAMED else ()
