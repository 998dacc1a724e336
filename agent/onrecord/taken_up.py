"""Sentences that tell who said the one before: «Об этом сообщил X.», «Das teilte die Polizei mit.», «Así lo dijo X.»"""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.incises import Incises
from onrecord.inversion import after_verb
from onrecord.matching import first, match_at, tokens
from onrecord.patterns import Cue
from onrecord.quotations import Quotation
from onrecord.saying import without_prefix

# So soon the verb comes: «Об этом вчера, 3 мая, в беседе с журналистами сообщил …».
_MAX_TO_VERB = 10


def taken_up(text: str, start: int, end: int, quoted: Sequence[Quotation], cues: Cues | None) -> Cue | None:
    """Return the expression by which a sentence takes up the one before it; None where it says something itself."""
    words = tokens(text, start, end)
    count = match_at(words, 0, cues.taken_up) if cues else 0
    if not cues or not count or ":" in text[start:end]:
        return None
    verb = first(words[: count + _MAX_TO_VERB], cues.report, count)
    if not verb or without_prefix(text, words, verb, cues) or first(words, cues.that, sum(verb)):
        return None
    marks = [q for q in quoted if q.outer_start < end and q.outer_end > start]
    if cues.verb_second:
        found = after_verb(text, words, sum(verb), len(words), cues)
        if not found or match_at(words, found[0], cues.first_person):
            return None
        who = words[found[0]].start, words[found[1] - 1].end
        return Cue(start, who[1], None if match_at(words, found[0], cues.pronouns) else who)
    pronoun = any(match_at(words, k, cues.singular) for k in (verb[0] - 1, sum(verb)))
    named = Incises(text, start, end, marks, cues).named_at(words[verb[0]].start, end)
    if not named and not pronoun and not cues.pro_drop:
        return None
    last = words[sum(verb) - 1].end
    return Cue(start, max(named[1] if named else last, last), None if pronoun else named)
