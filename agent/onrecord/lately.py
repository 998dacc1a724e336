"""Whom a pronoun takes up that stands right before it: the body that spoke, or whoever was named last."""

from collections.abc import Sequence

from onrecord.drafts import Draft, Layout, outermost
from onrecord.first_names import Gender
from onrecord.matching import match_at, tokens
from onrecord.pieces import Piece
from onrecord.salience import Salience


class Lately:
    """Looks back from a sentence to the one before it."""

    def __init__(self, layout: Layout, draft: Draft, salience: Salience) -> None:
        self._layout, self._draft, self._salience = layout, draft, salience
        self._text = layout.article.text

    def latter(self, at: int, words: Piece, told: Gender | None, said: Sequence[Piece]) -> str | None:
        """Return whom «ce dernier» means: who was named last in the sentence before, not of whom it spoke."""
        cues, sentences = self._layout.cues, self._layout.sentences
        if not cues or not at or not match_at(tokens(self._text, *words), 0, cues.latter):
            return None
        before = sentences[at - 1]
        places = {
            name: max(self._text.rfind(m, before.start, before.end) for m in self._draft.roster.mentions(name))
            for name in self._salience.ranked(at, words[0], told, said)
        }
        last = max(places, key=lambda name: places[name], default=None)
        return last if last and places[last] >= 0 else None

    def body(self, at: int, words: Piece, told: Gender | None) -> str | None:
        """Return the organisation that spoke in the sentence before: «… , dit le ministère. Il précise que …»."""
        cues, last = self._layout.cues, self._draft.claims[-1] if self._draft.claims else None
        if not cues or not last or not at or not told or not cues.articles or not cues.inverted_tail:
            return None
        before, name = self._layout.sentences[at - 1], outermost(last)
        if "\n" in self._text[before.end : words[0]] or not before.start <= last.evidence[-1].start < words[0]:
            return None
        if not self._salience.body(name, told):
            return None
        ranked = self._salience.ranked(at, words[0], told, ())
        others = [
            n
            for n in ranked
            if n != name and any(m in self._text[before.start : words[0]] for m in self._draft.roster.mentions(n))
        ]
        return None if others else name
