"""Whom «les deux dirigeants», "they", «les quatre pays» means: those who were enumerated, agreed or named before."""

from collections.abc import Sequence
from itertools import pairwise

from onrecord.asides import without_time
from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, tokens
from onrecord.pieces import Piece
from onrecord.whom import Whom

# How many sentences back a pair may have been named whom «les deux présidents» means.
_LOOK_BACK = 40
_PAIR = 2
# So many sentences back two stood across from one another who are not enumerated.
_FACING = 3
# The first of those with whom a sentence begins is named within so many words, and so many are named.
_TITLE, _MOST = 4, 4


class Those:
    """Finds the several whom words of one article name again."""

    def __init__(self, whom: Whom) -> None:
        self.whom, self.text = whom, whom.text
        self.roster, self.draft = whom.draft.roster, whom.draft

    def both(self, at: int, words: Sequence[Token]) -> list[str] | None:
        """Return whom «les deux dirigeants», "they" means: those who are enumerated, agreed, or were named last."""
        cues, before = self.whom.layout.cues, [a.parties for a in self.draft.agreements if len(a.parties) > 1]
        if not cues:
            return None
        sentence = self.whom.layout.sentences[at]
        just = [n for n in self.roster.first_in(self.text[sentence.start : words[0].start]) if " " in n]
        if len(just) == _PAIR:
            # "Ann Lee rang Bob Ray; the two agreed …"
            return just
        joined = self._joined(at, words[0].start, _PAIR)
        persons = any(match_at([w._replace(word=w.word.rstrip("sx"))], 0, cues.persons) for w in words[:4])
        # «die beiden», but «beide Seiten»
        both = words[: match_at(words, 0, cues.both)]
        persons = persons or (cues.verb_second and not any(capital(self.text, w) for w in both))
        genders, salience = self.whom.genders, self.whom.salience
        named = [n for n in salience.ranked(at, words[0].start, None) if " " in n] if salience else []
        telling = self.telling(words[0].start)
        named = [n for n in named if genders and not genders.articled(n) and n not in telling]
        present = set(named)
        sure = [n for n in named if genders and genders.of(n)]
        named = sure if len(sure) > 1 else named
        if persons:
            # Those who are enumerated, if the text still speaks of them; else the two of whom it speaks most.
            if joined and (set(joined) <= present or len(named) < _PAIR):
                return joined
            return named[:_PAIR] if len(named) >= _PAIR else None
        begun = (self._subjects(i) for i in range(at - 1, max(-1, at - _LOOK_BACK), -1))
        # Those with whom the sentence before begins, or who agreed last; else those with whom a sentence began last.
        facing = (self._facing(i, words[0].start) for i in range(at, max(-1, at - _FACING), -1))
        two = next(filter(None, facing), None)
        return next(begun, None) or (before[-1] if before else two or next(filter(None, begun), None))

    def _facing(self, at: int, end: int) -> list[str] | None:
        """Return the two who face each other in a sentence: "After Iran accused Israel, both sides agreed"."""
        cues, descriptions = self.whom.layout.cues, self.whom.descriptions
        if not cues or not descriptions:
            return None
        start = self.whom.layout.sentences[at].start
        text = self.text[start : min(end, self.whom.layout.sentences[at].end)]
        names = {name: tokens(text, 0, place)[-_PAIR:] for name, place in self.roster.places(text).items()}
        named = [
            name
            for name, ahead in names.items()
            if descriptions.thing(name) and not any(match_at(ahead, k, cues.prepositions) for k in range(len(ahead)))
        ]
        return named if len(named) == _PAIR else None

    def _subjects(self, at: int) -> list[str] | None:
        """Return those with whom a sentence begins, where it names several: "Iran and the United States met"."""
        cues = self.whom.layout.cues
        if at < 0 or not cues:
            return None
        start, end = self.whom.layout.sentences[at][:2]
        words = without_time(tokens(self.text, start, end), cues)[:_TITLE]
        found = (run for number in range(_MOST, 1, -1) for run in self._enumerated(start, end, number))
        return next((names for begin, names in found if words and begin <= words[-1].start), None)

    def telling(self, at: int) -> set[str]:
        """Return those who are quoted at a place, who tell of others."""
        return {name for claim in self.draft.told_at(at) for name in (claim.speaker, *claim.relayed_by)}

    def counted(self, at: int, nouns: Sequence[Piece], cues: Cues) -> list[str] | None:
        """Return whom «les quatre dirigeants» means: as many as were enumerated or agreed before."""
        words = tokens(self.text, *nouns[0]) if len(nouns) == 1 else []
        if any(match_at(words, k, cues.deals) for k in range(len(words))):
            # «Les deux autres accords»
            return None
        number = next((n for n, name in enumerate(cues.numbers, 2) for w in words[:2] if w.word == name), 0)
        before = [a.parties for a in self.draft.agreements if len(a.parties) == number]
        return (self._joined(at, words[0].start, number) or (before[-1] if before else None)) if number else None

    def _joined(self, at: int, end: int, number: int) -> list[str] | None:
        """Return those whom the text enumerated last, so many: «entre Emmanuel Macron et Joe Biden»."""
        layout, cues = self.whom.layout, self.whom.layout.cues
        if not cues:
            return None
        for i in range(at, max(-1, at - _LOOK_BACK), -1):
            for _, names in reversed(
                self._enumerated(layout.sentences[i].start, min(end, layout.sentences[i].end), number)
            ):
                # Persons have a name of two words.
                if all(" " in name for name in names):
                    return names
        return None

    def _enumerated(self, start: int, end: int, number: int) -> list[tuple[int, list[str]]]:
        """Return where so many are enumerated, and who: «Emmanuel Macron et Joe Biden»."""
        cues, text = self.whom.layout.cues, self.text[start:end]
        links = [*cues.conjunctions, *cues.determiners] if cues else []
        places = sorted((k, k + len(name), name) for name in self.roster.first_in(text) if (k := text.find(name)) >= 0)
        found = []
        for run in (places[i : i + number] for i in range(len(places) - number + 1)):
            linked = [(gap, tokens(gap)) for a, b in pairwise(run) for gap in [text[a[1] : b[0]]]]
            close = all(
                all(match_at(ws, k, links) for k in range(len(ws))) and (ws or "," in gap) for gap, ws in linked
            )
            if close and cues and match_at(linked[-1][1], 0, cues.conjunctions):
                found.append((start + run[0][0], [name for *_, name in run]))
        return found
