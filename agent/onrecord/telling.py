"""Those who tell of a deal of their own: «Acme dit avoir signé», "Acme and Bell said they had agreed"."""

from onrecord.cues import Cues
from onrecord.drafts import Draft
from onrecord.enumerations import several
from onrecord.matching import match_at, only, tokens
from onrecord.records import Status
from onrecord.sides import Signal, conjuncts


def having(text: str, draft: Draft, signal: Signal[Status], cues: Cues) -> str | None:
    """Return who tells of his own deal with an infinitive: «Acme dit avoir signé un contrat avec la ville»."""
    told = draft.told_at(signal.cue[0])
    own = match_at(tokens(text, *signal.clause), 0, cues.infinitive) and cues.articles
    return told[-1].speaker if told and own and signal.clause[0] == told[-1].evidence[0].start else None


def tellers(text: str, draft: Draft, signal: Signal[Status], cues: Cues) -> list[str]:
    """Return those who tell together of a deal of theirs: "Acme and Bell said they had agreed"."""
    at = signal.cue[0]
    told = draft.told_at(at)
    speaker = told[-1].speaker if told else ""
    ahead = tokens(text, signal.clause[0], at)
    light = [
        *cues.they,
        *cues.auxiliaries,
        *cues.infinitive,
        *cues.passive,
        *cues.reflexives,
        *cues.adverbs,
        *cues.first_person,
    ]
    own = not only(ahead, light)
    again = match_at(ahead, 0, cues.both) and not conjuncts(text, signal, cues)
    parts = [] if own and not again else several(speaker, tokens(speaker), cues)
    return [draft.roster.find(name) or draft.roster.add(name) for name in (speaker[slice(*part)] for part in parts)]
