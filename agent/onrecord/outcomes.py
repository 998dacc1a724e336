"""What becomes of a deal or an offer: what its main clause says of it, and whether a verb answers it."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, match_at
from onrecord.nouns import noun
from onrecord.phrases import named
from onrecord.pieces import Piece
from onrecord.records import Status

# So soon before a deal stands the verb that ends it.
_MAX_DONE = 4
# So many words say of a verb that it is not done yet.
_MAX_UNDONE = 3
# So soon the main clause says what became of a deal.
_MAX_TO_OUTCOME = 10
# So many words may stand before whom a verb names behind it.
_MAX_TO_SIDES = 8
# So many words may stand between what begins a relative clause and its verb.
_MAX_TO_VERB = 14


def outcome(text: str, words: Sequence[Token], end: int, cues: Cues) -> tuple[Status, int, int] | None:
    """Return how a deal stands by the main clause, and the verb that says so: «… a été refusée», «… est caduc»."""
    for k in range(end, min(end + _MAX_TO_OUTCOME, len(words))):
        if any(c in ";:" for c in text[words[k - 1].end : words[k].start]):
            return None
        for entries in (cues.answering, cues.lasting, cues.agreement):
            for status, verbs in entries.items():
                if entries is cues.agreement and status not in ("in_force", "ended"):
                    continue
                helped = match_at(words, k - 1, [*cues.auxiliaries, *cues.passive, *cues.clitics, *cues.copulas])
                if entries is cues.answering and not helped:
                    continue
                if count := match_at(words, k, verbs):
                    return status, k, k + count
    return None


def taking(text: str, words: Sequence[Token], end: int, at: int, last: int, cues: Cues) -> list[Piece]:
    """Return who takes an offer or turns it down: «… a été acceptée par B», «…, B l'a refusée»."""
    comma = max((k for k in range(end, at) if "," in text[words[k - 1].end : words[k].start]), default=at)
    ahead = [w for w in words[comma:at] if not match_at([w], 0, [*cues.clitics, *cues.objects])]
    subject = named(text, ahead, cues)
    if not subject:
        pronoun = next((w for w in ahead if match_at([w], 0, cues.singular)), None)
        subject = (pronoun.start, pronoun.end) if pronoun else None
    by = next((k for k in range(last, min(last + _MAX_TO_SIDES, len(words))) if match_at(words, k, cues.by)), None)
    agent = noun(text, words, by + match_at(words, by, cues.by), cues) if by is not None else ()
    return [*([subject] if subject else []), *([(agent[0].start, agent[-1].end)] if agent else [])]


def undone_yet(before: Sequence[Token], cues: Cues) -> bool:
    """Tell whether the words before a verb say that it is wanted and not done: "hoped to (sign)"."""
    reach = range(max(0, len(before) - _MAX_UNDONE), len(before))
    return any(k + match_at(before, k, cues.undone) == len(before) for k in reach)


def done_to(words: Sequence[Token], begin: int, cues: Cues) -> Status | None:
    """Return what the verb before a deal does to it."""
    for k in range(begin - 1, max(-1, begin - 1 - _MAX_DONE), -1):
        for status, verbs in cues.dealing.items():
            if match_at(words, k, verbs):
                return status
    return None


def replies(text: str, words: Sequence[Token], i: int, count: int, cues: Cues) -> bool:
    """Tell whether a verb answers what was offered before: «Elle les a refusés», «elle est acceptée par Acme»."""
    helped = match_at(words, i - 1, [*cues.auxiliaries, *cues.passive, *cues.copulas]) if i else 0
    itself = any(match_at(words, k, cues.reflexives) for k in range(max(0, i - _MAX_DONE + 1), i))
    if itself or (i and match_at(words, i - 1, cues.negations)):
        # «s'en est pris à la ville»
        return False
    after = text[words[i + count - 1].end : words[i + count - 1].end + 1]
    # "He refused.", "he turned it down"
    own = any(match_at(words, k, [*cues.things, *cues.objects]) for k in range(i + 1, i + count))
    if not helped:
        return not cues.verb_second and i > 0 and (own or after in (".", ";", ""))
    stops = own or after in (".", ",", ";", "")
    taken = i > 1 and match_at(words, i - 2, cues.clitics) and not match_at(words, i - 2, cues.objects)
    # «…, ce que Paris et Berlin ont refusé»
    taken = taken or any(
        match_at(words, k, cues.that)
        and match_at(words, k - 1, cues.determiners)
        and "," in text[words[k - 2].end : words[k - 1].start]
        for k in range(max(2, i - _MAX_TO_VERB), i)
    )
    return bool(stops or taken or match_at(words, i + count, cues.by))
