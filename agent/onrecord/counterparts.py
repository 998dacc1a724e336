"""Who stands across from the subject of a clause: «a signé avec la ville», «l'offre du groupe», «lui a proposé»."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.enumerations import several
from onrecord.inversion import noun_end
from onrecord.matching import Token, after_commas, capital, match_at, tokens
from onrecord.nouns import across, bare_noun, begins_noun, infinitive, noun
from onrecord.phrases import leading, name_length
from onrecord.pieces import Piece
from onrecord.records import Status
from onrecord.sides import Signal

_MAX_BETWEEN = 6
# So many words may stand between a verb and its deal.
_MAX_TO_DEAL = 20
# So soon after whose it is an offer comes.
_MAX_TO_OFFER = 4
_MAX_NAMED = 12
# So soon after a bid's verb comes whom it is for.
_MAX_PRICE = 12


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
    entries, behind = [*cues.counterpart.get(signal.label, [])], []
    taken = bool(match_at(words, 0, cues.answering.get("agreed", [])))
    offered = signal.label == "agreed" and any(
        match_at(words, k, cues.deals) for k in range(1 if taken else inside, inside + 3)
    )
    if offered or match_at(words, inside - 1, cues.shared):
        # «partage l'avis de Paris», «a accepté la demande des Républicains»
        behind = cues.counterpart.get("rejected", [])
    if signal.label == "proposed" and cues.bare_nouns and (count := name_length(text, words[inside:], cues)):
        # «предложил Киеву помощь»: a dative needs no preposition.
        return words[inside].start, words[inside + count - 1].end
    for i in range(1, min(len(words), inside + _MAX_TO_DEAL)):
        if any(c in ";:" for c in text[words[i - 1].end : words[i].start]):
            break
        if i >= inside + _MAX_BETWEEN and not match_at(words, i - 1, cues.deals):
            # «a signé, en présence du ministre, une convention avec la ville»
            continue
        # «ont annoncé à Oslo la conclusion de …»: nobody is told.
        links = [*entries, *(behind if i >= inside - 1 else [])]
        if (count := match_at(words, i, links)) and not match_at(words, i - 1, cues.mediating):
            chunk = _alone(text, noun(text, words, i + count, cues), cues)
            # «l'invitation des douze clubs»: an article has gone into its preposition.
            article = match_at(words, i + count - 1, [*cues.plural, *cues.contracted])
            if (
                chunk
                and (not infinitive(chunk, cues) or bare_noun(text, chunk, cues))
                # «s'est retiré de l'accord de Paris»
                and not (
                    signal.label == "ended"
                    and capital(text, chunk[0])
                    and match_at(words, i - 1, cues.deals)
                    and (match_at(words, i, cues.particles) or not cues.articles)
                )
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
                # «la Coordination des métiers»
                own = own and (infinitive(after[1:], cues) or not cues.articles)
                return chunk[0].start, name[1] if name and own else chunk[-1].end
    return None


def _recipient(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return to whom something is offered where that stands before it: "offered Ann Lee a seat"."""
    who = noun(text, words, 1, cues) if match_at(words, 0, cues.relating.get("proposed", [])) else ()
    if who and who[0].word[:1].isdigit() and not text[words[0].end : who[0].start].isspace():
        # "offered $31 a share for Acme"
        reach = range(2, min(_MAX_PRICE, len(words) - 1))
        to = next((k + 1 for k in reach if match_at(words, k, cues.bidding) and capital(text, words[k + 1])), 0)
        bought = noun(text, words, to, cues) if to else ()
        return (bought[0].start, bought[-1].end) if bought else None
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


def _full(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return where a name of several words ends, before a short name or a comma: «la Ligue des métiers (LM)»."""
    stop = next((k for k in range(1, len(words)) if text[words[k - 1].end : words[k].start].strip(" ’'")), len(words))
    article = match_at(words, 0, cues.determiners)
    named = article and capital(text, words[article]) and any(match_at(words, k, cues.particles) for k in range(stop))
    return (words[0].start, words[stop - 1].end) if named else None


def _alone(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return the one whom a noun names, without what a comma adds: "the food group Acme, worth …"."""
    comma = next(iter(after_commas(text, words)), len(words))
    if comma == len(words) or (len(words) <= _MAX_NAMED and several(text, words, cues, across(cues))):
        return words if len(words) <= _MAX_NAMED else ()
    beside = leading(text, words[comma:], cues)
    if beside and cues.articles and (name := _full(text, words[comma:], cues)):
        # «la première ligue du pays, la Ligue des métiers (LM)»
        beside = name
    if beside and match_at(words, 0, [*cues.determiners, *cues.possessives]) and not capital(text, words[comma - 1]):
        # "the developer, Bell"
        return [w for w in words[comma:] if w.end <= beside[1]]
    return words[:comma] if comma <= _MAX_NAMED else ()
