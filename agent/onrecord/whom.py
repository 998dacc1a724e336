"""Whom an expression means: a name, a pronoun, a description; by rule where it is plain, else by a question."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from onrecord.actors import content_words
from onrecord.answers import Answer, SameAnswer, SpeakerAnswer
from onrecord.cues import capital, is_new, match_at, tokens
from onrecord.drafts import Draft, Layout
from onrecord.genders import Genders, gender
from onrecord.phrases import Piece, named, of_person, several
from onrecord.records import Claim
from onrecord.salience import Salience

A = TypeVar("A", bound=Answer)

# How many sentences back somebody may have been named whom a pronoun or a description means.
_LOOK_BACK = 4
# An article and the space after it are no longer.
_MAX_ARTICLE = 6
# So soon a description says what somebody is: «l'ancien premier ministre».
_MAX_TO_OFFICE = 4
# A description means one of the few whom the text speaks of most.
_MAX_PERSONS = 2


class Ask(Protocol):
    """Asks a question of a block of the prompt, answered by a choice among names."""

    def __call__(self, block: str, answer: type[A], names: Sequence[str], **values: object) -> A:
        """Return the answer."""


class Whom:
    """Resolves the expressions of one article; `quote` shortens words for a question."""

    def __init__(self, layout: Layout, draft: Draft, ask: Ask, quote: Callable[[int, int], str]) -> None:
        self.layout, self.draft, self.ask, self.quote = layout, draft, ask, quote
        self.text = layout.article.text
        self.genders = Genders(self.text, draft.roster, layout.cues) if layout.cues else None
        self.salience = Salience(layout, draft, self.genders) if self.genders else None

    def is_meant(self, at: int, words: Piece, subject: Piece | None, said: Sequence[Piece] = ()) -> str | None:
        """Return whom the subject of an expression in sentence `at` means; without a subject it is a pronoun.

        Who is named in the pieces of `said` is not who says them.
        """
        phrase = self.quote(*subject) if subject else None
        return self._phrase(at, phrase) if phrase else self._pronoun(at, words, said)

    def _phrase(self, at: int, phrase: str) -> str:
        roster, cues = self.draft.roster, self.layout.cues
        if cues and several(phrase, tokens(phrase), cues):
            # Those who speak together are one actor.
            return roster.group(phrase)
        new = bool(cues and is_new(phrase, cues))
        if known := roster.known(phrase) if new else roster.find(phrase):
            # It names an actor itself: there is nothing to ask.
            return known
        return roster.add(phrase) if new else self._described(at, phrase)

    def _pronoun(self, at: int, words: Piece, said: Sequence[Piece]) -> str | None:
        cues = self.layout.cues
        if cues and self.salience and self._singular(words):
            told = gender(tokens(self.text, *words), cues)
            if found := self.salience.ranked(at, words[0], told, said):
                return found[0]
        if plural := self._plural(at, words):
            return plural
        names = [n for n in self.near(at) if n in self._spoken() or " " in n] or self.near(at)
        name = self.ask("speaker", SpeakerAnswer, names, number=at + 1, cue=self.quote(*words)).speaker
        return self.draft.roster.add(name) if name else None

    def _plural(self, at: int, words: Piece) -> str | None:
        """Return whom «ils» means: several who spoke lately, or whom a sentence before begins with."""
        cues, roster = self.layout.cues, self.draft.roster
        told = tokens(self.text, *words)
        if not cues or not any(match_at(told, i, cues.they) for i in range(len(told))):
            return None
        for i in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
            sentence = self.layout.sentences[i]
            said = [c.speaker for c in self.draft.claims if sentence.start <= c.evidence[0].start < sentence.end]
            if said and match_at(tokens(said[-1]), 0, cues.plural):
                return said[-1]
            begins = tokens(self.text, sentence.start, sentence.end)
            if match_at(begins, 0, cues.plural) and not match_at(begins, 0, cues.pronouns):
                ends = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report, *cues.relatives]
                verb = next((k for k in range(2, len(begins)) if match_at(begins, k, ends)), len(begins))
                noun = named(self.text, begins[:verb], cues)
                phrase = self.text[slice(*noun)] if noun else ""
                return roster.find(phrase) or roster.add(phrase) if phrase else None
        return None

    def _singular(self, words: Piece) -> bool:
        cues = self.layout.cues
        parts = [part for w in tokens(self.text, *words) for part in (w.word, w.word.rpartition("-")[2])]
        told = tokens(self.text, *words)
        begins = cues and (match_at(told, 0, cues.singular) or match_at(told, 0, cues.own_view))
        return bool(cues and (cues.pro_drop or begins or any(part in cues.singular for part in parts)))

    def _persons(self, text: str) -> list[str]:
        """Return who is named in full in a text or has spoken already; last those after a preposition."""
        found = [n for n in self.draft.roster.first_in(text) if " " in n or n in self._spoken()]
        return sorted(found, key=lambda n: (self._after_preposition(text, n), self._articled(n)))

    def _articled(self, name: str) -> bool:
        """Tell whether a name takes an article, as an organisation's does and a person's does not."""
        cues = self.layout.cues
        at = self.text.find(name)
        before = tokens(self.text, max(0, at - _MAX_ARTICLE), at)
        return bool(at > 0 and before and cues and match_at(before[-1:], 0, cues.determiners))

    def _after_preposition(self, text: str, name: str) -> bool:
        at = min(i for m in self.draft.roster.mentions(name) if (i := text.find(m)) >= 0)
        before = tokens(text, 0, at)
        return bool(before and self.layout.cues and match_at(before[-1:], 0, self.layout.cues.prepositions))

    def uncued(self, at: int, quote: Piece) -> list[str]:
        """Return who says a quotation without an expression, outermost relay first; empty where nobody does."""
        if going_on := self._going_on(at):
            return going_on
        sentence = self.layout.sentences[at]
        if named := self._persons(self.text[sentence.start : quote[0]]):
            return named[:1]
        if self.salience:
            if told := self._told_after(at):
                return [told]
            if found := self.salience.ranked(at, quote[0], None, [quote]):
                return found[:1]
        answer = self.ask("uncued", SpeakerAnswer, self.near(at), number=at + 1, quote=self.quote(*quote))
        return [self.draft.roster.add(answer.speaker)] if answer.speaker else []

    def _told_after(self, at: int) -> str | None:
        """Return whom the sentence after a quotation names that begins a paragraph, or is one of its own."""
        sentences = self.layout.sentences
        ahead = self.text[: sentences[at].start].rstrip()
        if not at or not self._parted(at - 1) or ahead.endswith(":"):
            return None
        start = sentences[at].start + 1
        quote = next((q for q in self.layout.quoted if q.start <= start < q.end), None)
        after = next(
            (i for i in range(at + 1, len(sentences)) if quote and sentences[i].start >= quote.outer_end - 1), None
        )
        if after is None or sentences[after].heading:
            return None
        cues, text = self.layout.cues, sentences[after].text
        first = tokens(text)[:1]
        if cues and not self._parted(after - 1) and match_at(first, 0, cues.pronouns):
            # «« … » Il a ajouté …»: of whom the text spoke before.
            return None
        if named := self._persons(text):
            return named[0]
        return self.salience.described(after, sentences[after].end) if self.salience else None

    def _parted(self, i: int) -> bool:
        """Tell whether a paragraph ends with a sentence."""
        return "\n" in self.text[self.layout.sentences[i].end : self.layout.sentences[i + 1].start]

    def _going_on(self, at: int) -> list[str]:
        """Return who said the quotation just before in the same paragraph: a bare one goes on with it."""
        if at and self.draft.claims:
            before, last = self.layout.sentences[at - 1], self.draft.claims[-1]
            gap = self.text[before.end : self.layout.sentences[at].start]
            if "\n" not in gap and last.mode != "indirect" and before.start <= last.evidence[-1].start < before.end:
                return [*last.relayed_by[::-1], last.speaker]
        return []

    def _described(self, at: int, phrase: str) -> str:
        """Resolve a description («le diplomate», «la police»): whoever spoke last, or somebody new."""
        roster = self.draft.roster
        # Of a chain of relays the outermost is the one whom the text goes on quoting.
        before = [c for c in self.draft.claims if c.evidence[0].start < self.layout.sentences[at].start]
        spoken = [_outermost(c) for c in before]
        fitting = self.salience.fitting(phrase, self.layout.sentences[at].end) if self.salience else []
        if len(fitting) > 1:
            # Of two ministers the one whom the text spoke of last.
            fitting = [n for n in [*reversed(spoken), *self.named(at)] if n in fitting][:1]
        if fitting:
            return roster.add(phrase, alias_of=fitting[0])
        if person := self._person(at, phrase):
            return roster.add(phrase, alias_of=person)
        if (
            spoken
            and self._may_be(phrase, spoken[-1])
            and self.ask("same", SameAnswer, (), number=at + 1, phrase=phrase, name=spoken[-1]).same
        ):
            return roster.add(phrase, alias_of=spoken[-1])
        return roster.add(phrase)

    def _person(self, at: int, phrase: str) -> str | None:
        """Return whom the text speaks of most where a description is of one person («le chercheur»)."""
        cues, sentence = self.layout.cues, self.layout.sentences[at]
        words = tokens(phrase)
        office = cues and any(of_person(words, i, cues) for i in range(min(_MAX_TO_OFFICE, len(words))))
        if not cues or not self.salience or not office or match_at(words, 0, cues.plural):
            return None
        place = self.text.find(phrase, sentence.start, sentence.end)
        before = place if place >= 0 else sentence.start
        told = gender(words[:_MAX_TO_OFFICE], cues)
        ranked = [n for n in self.salience.ranked(at, before, told, aside=False) if " " in n]
        persons = [n for n in ranked if self.genders and not self.genders.articled(n)]
        return next((n for n in persons[:_MAX_PERSONS] if self._may_hold(phrase, n)), None)

    def _may_hold(self, phrase: str, name: str) -> bool:
        """Tell whether somebody may be what a phrase says: an office is his alone who was said to hold it."""
        cues, known = self.layout.cues, self.draft.roster.described(name)
        words = content_words(phrase)
        offices = {w for entry in cues.offices for w in content_words(entry)} if cues else set()
        if not words & offices:
            return True
        own, others = words - offices, known - offices
        return bool(words & known & offices) and (not own or not others or bool(own & others))

    def _may_be(self, phrase: str, name: str) -> bool:
        """Tell whether a description may mean somebody: one noun alone may, more if he was said to be of some of it."""
        cues = self.layout.cues
        words = tokens(phrase)
        if cues and match_at(words, 0, cues.plural):
            return False
        content = content_words(phrase)
        named = any(capital(phrase, w) for w in words[1:])
        known = {w for mention in self.draft.roster.mentions(name) for w in content_words(mention)}
        return (len(content) < 2 and not named) or not content.isdisjoint(known)

    def near(self, at: int) -> list[str]:
        """Return whom an expression may mean: who has spoken so far, and who is named shortly before."""
        return list(dict.fromkeys([*self._spoken(), *self.named(at)])) or self.draft.roster.names()

    def named(self, at: int) -> list[str]:
        """Return who is named in a sentence or shortly before, the last first."""
        sentences = self.layout.sentences[max(0, at - _LOOK_BACK) : at + 1]
        return self.draft.roster.named_in(" ".join(s.text for s in sentences))

    def _spoken(self) -> list[str]:
        return [name for c in self.draft.claims for name in (c.speaker, *c.relayed_by)]


def _outermost(claim: Claim) -> str:
    return claim.relayed_by[-1] if claim.relayed_by else claim.speaker
