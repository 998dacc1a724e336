"""Verbs of a clause beside its first: a participle, one that a conjunction joins, and nouns that look like one."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, match_at, tokens
from onrecord.pieces import Piece
from onrecord.quotations import MARKS
from onrecord.records import Polarity
from onrecord.saying import determined
from onrecord.sides import Signal

# So many words may stand between an auxiliary and its participle.
_MAX_TO_AUXILIARY = 6


def participle_start(text: str, words: Sequence[Token], i: int, cues: Cues) -> int | None:
    """Return where a clause begins whose verb is a participle: «…, | dénonçant un recul», «… | en saluant l'accord»."""
    verb = i + match_at(words, i, cues.reflexives)
    if not i or not cues.gerunds or not match_at(words[: verb + 1], verb, cues.participle_forms):
        return None
    for k in range(1, i):
        if match_at(words, k, [*cues.gerunds, *cues.prepositions]) == i - k:
            return k
    return i if text[words[i - 1].end : words[i].start].strip(' \u00a0"»”') in (",", "–", "—") else None


def apart(text: str, signal: Signal[Polarity], others: Sequence[Signal[Polarity]], cues: Cues) -> Piece:
    """Return the part of a clause with several predicates that shows a stance: «X condamne A | et exige B»."""
    start, end = signal.clause
    # A light word before the expression belongs to it: «(a condamné A) mais a appelé B».
    beside = [
        (o.cue[0], _predicate(text, start, o.cue[0], cues))
        for o in others
        if start <= o.cue[0] < end and o.cue != signal.cue
    ]
    own = _predicate(text, start, signal.cue[0], cues)
    if own and any(cue < signal.cue[0] for cue, _ in beside):
        start = own.start
    after = tokens(text, signal.cue[1], end)
    colon = text.find(":", signal.cue[1], end)
    if cues.articles and after and after[0].start < colon and text[colon + 1 : colon + 3].strip()[:1] in MARKS:
        # «X salue un progrès : « … »»
        end = colon
    stop = min((p.start for cue, p in beside if p and cue > signal.cue[0]), default=end)
    for k in range(1, len(after)):
        if match_at(after, k - 1, cues.conjunctions) and match_at(after, k, cues.auxiliaries):
            stop = min(stop, after[k].start)
    kept = [w for w in after if w.start < min(stop, end)]
    if stop < end and match_at(kept, len(kept) - 1, cues.conjunctions):
        kept = kept[:-1]
    return start, kept[-1].end if stop < end and kept else len(text[:end].rstrip())


def _predicate(text: str, start: int, cue: int, cues: Cues) -> Token | None:
    """Return the first word of a predicate that a conjunction joins to another: «et (a appelé)»; else None."""
    words = tokens(text, start, cue)
    k = len(words)
    while k and match_at(words, k - 1, [*cues.auxiliaries, *cues.adverbs, *cues.clitics, *cues.reflexives]):
        k -= 1
    if not k or not match_at(words, k - 1, cues.conjunctions):
        return None
    return words[k] if k < len(words) else tokens(text, cue)[0]


def noun_alike(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a last word that looks like a verb is a noun: «la presse», «une demande», but not «le refuser»."""
    i = len(words) - 1
    before = [*cues.relatives, *cues.pronouns, *cues.conjunctions, *cues.negations, *cues.auxiliaries, *cues.that]
    taken_up = match_at(words, i - 1, cues.clitics) and match_at(words, i - 2, before)
    verb = match_at(words, i, [*cues.plural_verbs, *cues.non_finite, *cues.finite_forms])
    return cues.inverted_tail and i > 0 and not (taken_up or verb) and determined(text, words, i, cues)


def adjective(text: str, before: Sequence[Token], cue: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a participle only tells how something is: «une mesure contestée», «le ministre est désavoué»."""
    if len(cue) != 1 or not cues.past_participles or not match_at(cue, 0, cues.past_participles):
        return False
    k = len(before)
    while k and match_at(before, k - 1, [*cues.adverbs, *cues.clitics, *cues.negations, *cues.pronouns]):
        k -= 1
    if not k or match_at(before, k - 1, cues.conjunctions) or "," in text[before[k - 1].end : cue[0].start]:
        return False
    helping = [*cues.auxiliaries, *cues.copulas, *cues.infinitive, *cues.participle_forms]
    near = range(k - 1, max(-1, k - 1 - _MAX_TO_AUXILIARY), -1)
    at = next((i for i in near if match_at(before, i, helping)), None)
    return at is None or bool(match_at(before, at, cues.copulas) and not match_at(before, at - 1, cues.reflexives))
