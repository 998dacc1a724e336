"""What somebody replies to an offer of which a sentence before told: «Elle les a refusés», «La centrale a décliné»."""

from collections.abc import Callable

from onrecord.cues import Cues
from onrecord.drafts import Draft
from onrecord.matching import capital, match_at, tokens
from onrecord.outcomes import replies
from onrecord.passives import by_whom
from onrecord.pieces import Piece
from onrecord.records import Status
from onrecord.sides import Signal, subject_of

# An offer and the reply to it stand within so many characters.
SOON = 700
# What stands before a clause, as in «…, ce que la ville a refusé», is no longer, in characters.
_AHEAD = 10


class Replies:
    """Remembers who offers what in one article, and finds whom a reply ties to whom."""

    def __init__(self, text: str, draft: Draft) -> None:
        self.text, self.draft = text, draft
        self._offers: list[tuple[int, list[str]]] = []

    def offered(self, signal: Signal[Status], by: list[str]) -> None:
        """Remember an offer whose sentence does not tell to whom it is made."""
        self._offers.append((signal.clause[1], by))

    def of(self, signal: Signal[Status], cues: Cues, names: Callable[[Piece | None], list[str]]) -> list[str] | None:
        """Return both sides of an offer to which an expression replies; None where it is no reply.

        `names` tells whom a noun means, and with None whom the pronoun of the clause means.
        """
        words = tokens(self.text, max(0, signal.clause[0] - _AHEAD), signal.clause[1])
        i = next((k for k, w in enumerate(words) if w.start == signal.cue[0]), 0)
        count = match_at(words, i, cues.answering.get(signal.label, []))
        if not count or words[i + count - 1].end != signal.cue[1] or not replies(self.text, words, i, count, cues):
            return None
        offered = self._last(signal.cue[0], cues)
        if not offered:
            # «La loi, les députés l'ont refusée»: nobody offered it.
            stopped = match_at(words, i, cues.agreement.get(signal.label, []))
            return None if stopped and signal.label == "rejected" else []
        subject = subject_of(self.text, signal, cues)
        pieces = by_whom(self.text, signal, cues) or ([subject] if subject else [])
        sides = [name for piece in pieces for name in names(piece)]
        if len(offered) > 1:
            # «La centrale a décliné»: a noun without a name is one of the two.
            named = any(capital(self.text, w) for piece in pieces for w in tokens(self.text, *piece)[1:])
            return offered if not named or set(sides) & set(offered) else []
        sides = sides or names(None)
        return [*offered, *sides] if sides and not set(sides) & set(offered) else []

    def _last(self, start: int, cues: Cues) -> list[str]:
        """Return whose the last offer before a place is: rather one that tells to whom it is made."""
        told = [(a.evidence[-1].end, a.parties) for a in self.draft.agreements if a.status == "proposed"]
        for offers in (told, self._offers, self._demands(cues)):
            if soon := [by for end, by in offers if start - SOON < end <= start]:
                return soon[-1]
        return []

    def _demands(self, cues: Cues) -> list[tuple[int, list[str]]]:
        """Return who asks for something in so many words, and where that ends: "asked him to stay"."""
        cued = [(c, tokens(self.text, c.cue.start, c.cue.end)) for c in self.draft.claims if c.cue]
        return [
            (claim.evidence[-1].end, [claim.speaker])
            for claim, words in cued
            if any(match_at(words, k, cues.wanting) for k in range(len(words)))
        ]
