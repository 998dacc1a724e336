"""Whether somebody is spoken of as a man or a woman: by titles, first names and articles."""

import re
from collections.abc import Sequence

from onrecord import first_names
from onrecord.actors import Roster
from onrecord.cues import Cues
from onrecord.first_names import Gender
from onrecord.matching import Token, match_at, tokens
from onrecord.names import descriptions

# How far before a name its title or article may begin, in characters.
_BEFORE = 20
# An article and an adjective: «l'ancienne ministre».
_HEAD = 2
# A first name and a middle one.
_FULL = 2


def gender(words: Sequence[Token], cues: Cues) -> Gender | None:
    """Return the gender that the first word tells of those that tell any: «elle», «Mme», «la», "spokesman"."""
    for i, word in enumerate(words):
        # «dit-elle»
        joined = [word._replace(word=word.word.rpartition("-")[2])]
        if match_at(words, i, cues.feminine) or match_at(joined, 0, cues.feminine):
            return "feminine"
        if match_at(words, i, cues.masculine) or match_at(joined, 0, cues.masculine):
            return "masculine"
    return None


class Genders:
    """The genders of the actors of one article."""

    def __init__(self, text: str, roster: Roster, cues: Cues) -> None:
        self._text, self._roster, self._cues = text, roster, cues
        self._known: dict[tuple[str, ...], Gender | None] = {}

    def of(self, name: str) -> Gender | None:
        """Return an actor's gender, or None where nothing tells it."""
        mentions = tuple(self._roster.mentions(name))
        if mentions not in self._known:
            self._known[mentions] = self._titled(mentions) or self._named(mentions) or self._described(mentions)
        return self._known[mentions]

    def may_be(self, name: str, wanted: Gender | None) -> bool:
        """Tell whether words of a gender may mean an actor; they may where either is not known."""
        return not wanted or self.of(name) in (None, wanted)

    def articled(self, name: str) -> bool:
        """Tell whether a name takes an article or is a description with one, as a person's name is not."""
        at = self._text.find(name)
        before = tokens(self._text, max(0, at - _BEFORE), at)[-1:] if at > 0 else []
        beside = [w for w in before if not self._text[w.end : at].strip(" \u00a0'’")]
        determiners = self._cues.determiners
        return bool(match_at(beside, 0, determiners) or match_at(tokens(name), 0, determiners))

    def _titled(self, mentions: Sequence[str]) -> Gender | None:
        """Return what stands directly before a name or a surname of nobody else's: «Mme Duval», «la CGT»."""
        told: set[Gender] = set()
        for called in {*mentions, *(last for m in mentions for last in self._surname(m))}:
            for match in re.finditer(rf"\b{re.escape(called)}\b", self._text):
                before = tokens(self._text, max(0, match.start() - _BEFORE), match.start())[-1:]
                beside = before and not self._text[before[0].end : match.start()].strip(" \u00a0\u202f.'’")
                if beside and (found := gender(before, self._cues)):
                    told.add(found)
        return told.pop() if len(told) == 1 else None

    def _surname(self, name: str) -> list[str]:
        words = tokens(name)
        if match_at(words, match_at(words, 0, self._cues.determiners), self._cues.organisations):
            # «le ministère de la Défense» has none.
            return []
        last = name.rpartition(" ")[2]
        return [last] if last != name and sum(n.endswith(f" {last}") for n in self._roster.names()) == 1 else []

    def _named(self, mentions: Sequence[str]) -> Gender | None:
        for mention in mentions:
            # The word next to the surname first: «Attorney General Austin Knudsen»; but Jane Scott Ray is Jane.
            names = mention.split()[:-1]
            full = len(names) == _FULL and first_names.gender(names[0])
            for first in names if full else names[::-1]:
                if first[:1].isupper() and (found := first_names.gender(first)):
                    return found
        return None

    def _described(self, mentions: Sequence[str]) -> Gender | None:
        """Return what the article and the noun tell: «la ministre», "the spokeswoman"."""
        beside = [d for _, d in descriptions(self._text, [m for m in mentions if " " in m], self._cues)]
        # «её лидер» tells whose he is, not what.
        skipped = self._cues.possessives if self._cues.bare_nouns else ()
        heads = [[w for w in tokens(d)[:_HEAD] if not match_at([w], 0, skipped)] for d in [*mentions, *beside]]
        told = {found for head in heads if (found := gender(head, self._cues))}
        return told.pop() if len(told) == 1 else None
