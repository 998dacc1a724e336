"""Whom a description means: «la ministre», «le Breton», by what the article said of those it names."""

from collections.abc import Sequence
from typing import Literal

from onrecord import first_names
from onrecord.actors import content_words, fold
from onrecord.cues import Cues
from onrecord.drafts import Draft, Layout, outermost
from onrecord.genders import Genders, gender
from onrecord.matching import Token, match_at, only, run, tokens
from onrecord.phrases import acronym, of_person
from onrecord.salience import Salience
from onrecord.unparted import is_person, several_persons

Kind = Literal["person", "organisation"]

# So soon a description says what somebody is: «l'ancien premier ministre».
_MAX_TO_HEAD = 4
# An article and a noun.
_BARE = 2
# «le technicien de 54 ans»
_AGED = 5
_TWICE = 2


class Descriptions:
    """Resolves the descriptions of one article."""

    def __init__(self, layout: Layout, draft: Draft, genders: Genders, salience: Salience, cues: Cues) -> None:
        self._layout, self._draft, self._roster = layout, draft, draft.roster
        self._text = layout.article.text
        self._genders, self._salience, self._cues = genders, salience, cues

    def meant(self, at: int, phrase: str) -> str | None:
        """Return whom a description in sentence `at` means, or None where it is somebody new or not to be told.

        Whoever was said to be that; else the person whom the text speaks of most, where nothing but a noun is said, or
        where nobody else was speaking: of «le patron du club» it is better not known who that is than guessed.
        """
        words = tokens(phrase)
        if match_at(words, 0, self._cues.plural) or several_persons(words, self._cues):
            return None
        sentence = self._layout.sentences[at]
        place = self._text.find(phrase, sentence.start, sentence.end)
        before = place if place >= 0 else sentence.start
        told = gender(words[:_MAX_TO_HEAD], self._cues) if self.kind(phrase) == "person" else None
        ranked = self._salience.ranked(at, before, told, aside=False)
        others = [n for n in self._roster.named_in(self._text[:before]) if self._genders.may_be(n, told)]
        if said := next((n for n in [*ranked, *others] if self._said(phrase, n)), None):
            return said
        if fellow := self._of_body(words, [*ranked, *others]):
            return fellow
        # «The New York Times» is no person's name, nor is «La Vanguardia».
        named = [
            n
            for n in ranked
            if (" " in n or self._salience.introduced(n)) and not match_at(tokens(n), 0, self._cues.organisations)
        ]
        if match_at(words, 1, self._cues.bodies) and len(words) == _BARE:
            # «Dans une note, l'institution prévient …»: an organisation that was spoken of last.
            bodies = self._salience.ranked(at, before, None, anybody=True)
            told_of = [n for n in bodies if self.kind(n) != "person" and self._is_organisation(n)]
            return told_of[0] if told_of else None
        persons = [n for n in named if not self._genders.articled(n)]
        if not persons or self.kind(phrase) != "person" or match_at(words, 0, self._cues.possessives):
            return None
        # Where no gender narrows it ("the official") a noun alone is right too seldom.
        aged = len(words) == _AGED and words[-2].word.isdigit()
        bare = bool((len(words) == _BARE or aged) and told and not match_at(words, 1, self._cues.offices))
        # «Cette infirmière de 38 ans»
        bare = bare or bool(told and self._cues.articles and match_at(words, 0, self._cues.demonstratives))
        return persons[0] if bare or self._goes_on(before, persons) else None

    def author(self, phrase: str) -> str | None:
        """Return the author by whom a document speaks: «un sondage de l'Ifop», "a poll by Kapa"; None without one."""
        words = tokens(phrase)
        head = next((i for i in range(min(_BARE, len(words))) if match_at(words, i, self._cues.documents)), None)
        if head is None or head + 1 >= len(words):
            return None
        rest = phrase[words[head + 1].start :]
        known = self._roster.first_in(rest)
        at = min((rest.find(m) for m in self._roster.mentions(known[0]) if m in rest), default=0) if known else 0
        links = [*self._cues.particles, *self._cues.prepositions, *self._cues.determiners, *self._cues.organisations]
        whose, of_whom = tokens(rest), [*self._cues.particles, *self._cues.contracted]
        of = run(whose, 0, of_whom)
        organised = match_at(whose, of, self._cues.organisations) if self._cues.articles and of else 0
        if organised and (not known or match_at(whose, of + organised, of_whom)):
            # «d'après les chiffres du ministère de l'Écologie»
            phrase = rest[whose[of].start :]
            return self._roster.find(phrase) or self._roster.apart(phrase)
        return known[0] if known and only(tokens(rest, 0, at), links) else None

    def member(self, phrase: str) -> bool:
        """Tell whether a phrase is of a person of some organisation: «le délégué CFDT» is not the CFDT."""
        owner = self._roster.fitting(phrase)
        known = owner and phrase in self._roster.mentions(owner)
        if not owner or known or self.kind(phrase) != "person":
            return False
        # No article shows that a name is an organisation's: «представитель Минобороны».
        # But «митрополит Кирилл» is he.
        return self._is_organisation(owner) or (
            self._cues.bare_nouns and " " not in owner and not first_names.gender(owner)
        )

    def thing(self, name: str) -> bool:
        """Tell whether an actor is none whom "he" or "she" would mean: an organisation, a document."""
        return self.kind(name) != "person" and (" " not in name or self._is_organisation(name))

    def body(self, name: str) -> bool:
        """Tell whether an actor is an organisation or a document, where every noun looks like a name."""
        words = tokens(name)
        document = any(match_at(words, i, self._cues.documents) for i in range(min(_MAX_TO_HEAD, len(words))))
        return document or (self.kind(name) != "person" and self._is_organisation(name) and self._spelled(name))

    def _spelled(self, name: str) -> bool:
        """Tell whether an organisation's noun or an acronym is in a name, which its article does not show."""
        mentions = [name, *self._roster.mentions(name)]
        return any(self.kind(m) == "organisation" or any(acronym(m, w) for w in tokens(m)) for m in mentions)

    def kind(self, phrase: str) -> Kind | None:
        """Return what a description is said of, by its first noun: «le groupe», «la ministre»."""
        words = tokens(phrase)
        if self._cues.bare_content and self._ends_with_person(words):
            return "person"
        for i in range(min(_MAX_TO_HEAD, len(words))):
            if match_at(words, i, self._cues.organisations):
                return "organisation"
            if of_person(words, i, self._cues):
                return "person"
        return None

    def _ends_with_person(self, words: Sequence[Token]) -> bool:
        """Tell whether a noun for a person ends what a description says: "the union leader (in Ohio)"."""
        links = [*self._cues.particles, *self._cues.prepositions]
        stop = next((i for i in range(1, len(words)) if match_at(words, i, links)), len(words))
        further = stop < len(words) - 1 and not match_at(words, stop + 1, self._cues.determiners)
        last = [stop - 1, *([len(words) - 1] if further else [])]
        return any(i > 0 and words[i].word[:1].islower() and is_person(words, i, self._cues) for i in last)

    def _said(self, phrase: str, name: str) -> bool:
        words = content_words(phrase)
        return bool(words) and words <= self._roster.described(name)

    def _of_body(self, words: Sequence[Token], persons: Sequence[str]) -> str | None:
        """Return who was said to be of the body that a compound names: «der CDU-Chef», «die Grünen-Politikerin»."""
        body, hyphen, noun = words[-1].word.rpartition("-") if words else ("", "", "")
        if not hyphen or not self._cues.verb_second or not of_person([words[-1]._replace(word=noun)], 0, self._cues):
            return None
        stem = fold(body).removesuffix("n")
        told = [n for n in persons if any(w.removesuffix("n") == stem for w in self._roster.described(n))]
        return told[0] if told else None

    def _goes_on(self, before: int, persons: Sequence[str]) -> bool:
        """Tell whether the text goes on with whoever spoke last: there is nobody else, or he did so twice."""
        spoken = [outermost(c) for c in self._draft.claims if c.evidence[0].start < before][-_TWICE:]
        return spoken[-1:] == [persons[0]] and (len(persons) == 1 or spoken == [persons[0]] * _TWICE)

    def _is_organisation(self, name: str) -> bool:
        described = any(self.kind(mention) == "organisation" for mention in self._roster.mentions(name))
        return described or self._genders.articled(name) or any(acronym(name, word) for word in tokens(name))
