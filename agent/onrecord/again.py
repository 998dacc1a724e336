"""Whose a deal is that is named again: «la CFDT a ratifié le texte», «FO rejette l'accord négocié avec le patronat»."""

from collections.abc import Callable, Sequence

from onrecord.counterparts import counterpart
from onrecord.cues import Cues
from onrecord.drafts import Layout
from onrecord.matching import Token, match_at, tokens
from onrecord.nouns import begins_noun, noun
from onrecord.phrases import named
from onrecord.pieces import Piece
from onrecord.records import Agreement, Status
from onrecord.sides import Signal

# So soon after its verb a deal comes, and after that who made it.
_MAX_TO_DEAL, _MAX_TO_SIDE = 6, 7
# So far back it was told whose a deal is, in characters.
_LOOK_BACK = 1500
# How a deal stands that was made and holds.
_MADE: tuple[Status, ...] = ("agreed", "signed")


class Again:
    """Remembers whose the deals of one article are; `names` returns whom a piece of a sentence names."""

    def __init__(self, layout: Layout, names: Callable[[int, Piece], list[str]]) -> None:
        self.text, self._sentences, self._names = layout.article.text, layout.sentences, names
        self._known: list[tuple[Piece, Status, list[str]]] = []

    def told(self, at: int, signal: Signal[Status], parties: Sequence[str], cues: Cues) -> None:
        """Remember whose a deal is of which a clause of sentence `at` tells: of one turned down who made the offer."""
        taken = match_at(tokens(self.text, *signal.cue), 0, cues.answering.get("agreed", [])) > 0
        other = counterpart(self.text, signal, cues) if taken or signal.label in ("proposed", "rejected") else None
        across = self._names(at, other) if other else []
        made = [p for p in parties if (p in across) == (signal.label != "proposed")] if across else []
        # Whoever signs what others made did not make it.
        made = made or [p for p in self.owners(at, signal, [], cues) if p in parties]
        self._known.append((signal.clause, signal.label, made or list(parties)))

    def is_told(self, signal: Signal[Status], parties: Sequence[str], before: Sequence[Agreement], cues: Cues) -> bool:
        """Tell whether an expression only names a deal again of which the article has told: «L'accord a été signé»."""
        deals = [
            a
            for a in before
            if a.status in _MADE and set(a.parties) == set(parties) and a.evidence[0].start < signal.cue[0]
        ]
        words = tokens(self.text, *signal.clause)
        deal = next((k for k in range(len(words)) if match_at(words, k, cues.restated)), None)
        if signal.label not in _MADE or not deals or deal is None:
            return False
        article = next((k for k in (deal - 1, deal - 2) if k >= 0 and match_at(words, k, cues.determiners)), None)
        return article is not None and not match_at(words, article, [*cues.indefinite, *cues.possessives])

    def owners(self, at: int, signal: Signal[Status], found: Sequence[str], cues: Cues) -> list[str]:
        """Return whose the deal is that a clause names again, besides those whom the clause itself names."""
        deal = self._deal(signal, cues)
        taken = match_at(tokens(self.text, *signal.cue), 0, cues.answering.get("agreed", []))
        if deal is None or not (signal.label in ("signed", "rejected") or taken):
            return []
        start = max(0, signal.cue[0] - _LOOK_BACK)
        # «cette offre» is none that was agreed on.
        offered = match_at(tokens(self.text, deal, signal.clause[1]), 0, cues.offers)
        word = tokens(self.text, deal, signal.clause[1])[0]
        told = [
            (clause[0], who)
            for clause, status, who in self._known
            if (not offered or status == "proposed") and self._again(word, clause, cues)
        ]
        told += [] if offered else self._made(at, start, signal.clause[1], cues)
        owners = max(told, key=lambda pair: pair[0])[1] if told else []
        again = signal.label in ("agreed", "signed") and set(owners) & set(found)
        return [] if again else [name for name in owners if name not in found]

    def asked(self, at: int, signal: Signal[Status], cues: Cues) -> str | None:
        """Return who asks or offers in the sentence before what «cette demande» is: «Les élus réclament une trêve.»."""
        cue = tokens(self.text, *signal.cue)
        again = any(
            match_at(cue, k, cues.offers) and match_at(cue, k - 1, cues.demonstratives) for k in range(1, len(cue))
        )
        words = tokens(self.text, *self._sentences[at - 1][:2]) if again and at else []
        wanted = [*cues.wanting, *cues.agreement.get("proposed", [])]
        verb = next((k for k in range(1, len(words)) if match_at(words, k, wanted)), 0)
        who = named(self.text, words[:verb], cues)
        return next(iter(self._names(at - 1, who)), None) if who else None

    def _deal(self, signal: Signal[Status], cues: Cues) -> int | None:
        """Return where a definite deal is named that is what an expression is about: «le texte», «cet accord», «le»."""
        others = [*cues.indefinite, *cues.possessives]
        words = tokens(self.text, signal.cue[0], signal.clause[1])[:_MAX_TO_DEAL]
        inside = [w for w in words if w.start < signal.cue[1]]
        for k, word in enumerate(words):
            # «le texte», «ce dernier accord»
            before = next((j for j in (k - 1, k - 2) if j >= 0 and match_at(words, j, cues.determiners)), None)
            definite = before is not None and not match_at(words, before, others)
            if definite and match_at(words, k, cues.deals):
                return word.start
            if 0 < k == len(inside) - 2 and match_at(words, k, cues.clitics) and not match_at(words, k, cues.objects):
                # «a décidé de le rejeter»
                return word.start
        return None

    def _made(self, at: int, start: int, end: int, cues: Cues) -> list[tuple[int, list[str]]]:
        """Return who is said to have made a deal, or with whom: «le texte proposé par A», «négocié avec A»."""
        words, found = tokens(self.text, start, end), []
        done = [verb for verbs in cues.relating.values() for verb in verbs]
        across = [*cues.by, *cues.counterpart.get("agreed", [])]
        for k in range(1, len(words)):
            deal = match_at(words, k, cues.deals)
            verb = next((j for j in _reach(words, k + 1) if match_at(words, j, done)), None) if deal else None
            if verb is None or not self._uncut(words, k, verb):
                continue
            to = next((j for j in range(verb + 1, min(verb + 4, len(words))) if match_at(words, j, across)), None)
            who = noun(self.text, words, to + match_at(words, to, across), cues) if to else ()
            if who and begins_noun(self.text, who, cues) and self._uncut(words, verb, to or verb):
                found.append((words[k].start, self._names(at, (who[0].start, who[-1].end))))
        return [pair for pair in found if pair[1]]

    def _again(self, word: Token, clause: Piece, cues: Cues) -> bool:
        """Tell whether a noun may name again the deal of a clause: by the same word, «le texte», or a pronoun."""
        told = [token.word for token in tokens(self.text, *clause)]
        return word.word in told or match_at([word], 0, [*cues.restated, *cues.clitics]) > 0

    def _uncut(self, words: Sequence[Token], begin: int, end: int) -> bool:
        return not any(c in ".,;:()" for c in self.text[words[begin].end : words[end].start])


def _reach(words: Sequence[Token], begin: int) -> range:
    return range(begin, min(begin + _MAX_TO_SIDE, len(words)))
