"""Whom an expression means: a name, a pronoun, a description; by rule where it is plain, else by a question."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from onrecord.answers import Answer, SpeakerAnswer
from onrecord.cues import Cues, is_new
from onrecord.descriptions import Descriptions
from onrecord.drafts import Draft, Layout, outermost
from onrecord.enumerations import several
from onrecord.genders import Genders, gender
from onrecord.lately import Lately
from onrecord.matching import Token, capital, holds, match_at, tokens
from onrecord.nouns import of_group
from onrecord.phrases import leading, named
from onrecord.pieces import Piece
from onrecord.salience import Salience
from onrecord.seats import last_seat
from onrecord.together import of_several, together

A = TypeVar("A", bound=Answer)

# How many sentences back somebody may have been named whom a pronoun or a description means.
_LOOK_BACK = 4
# Of whom a sentence speaks is said in so many words.
_MAX_TOPIC = 10
# With what is said of him besides, between so many commas.
_MAX_LONG, _MAX_COMMAS = 16, 3


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
        self.descriptions = (
            Descriptions(layout, draft, self.genders, self.salience, layout.cues)
            if layout.cues and self.genders and self.salience
            else None
        )

    def is_meant(
        self, at: int, words: Piece, subject: Piece | None, said: Sequence[Piece] = (), telling: Sequence[str] = ()
    ) -> str | None:
        """Return whom the subject of an expression in sentence `at` means; without a subject it is a pronoun.

        Who is named in the pieces of `said` is not who says them, nor is a description one of those `telling` of it.
        """
        phrase = self.quote(*subject) if subject else None
        return self._phrase(at, phrase, telling) if phrase else self._pronoun(at, words, said)

    def _phrase(self, at: int, phrase: str, telling: Sequence[str] = ()) -> str:
        roster, cues = self.draft.roster, self.layout.cues
        if cues and several(phrase, tokens(phrase), cues):
            # Those who speak together are one actor.
            return roster.apart(phrase)
        if titled := self._titled(phrase):
            return titled
        if self.descriptions and (author := self.descriptions.author(phrase)):
            return author
        new = bool(cues and is_new(phrase, cues))
        if cues and of_group(phrase, cues):
            # "Acme pilots" are not Acme.
            return roster.apart(phrase)
        if cues and cues.bare_nouns and new:
            # «источник в Минобороны»: no article parts him from whoever is named with him.
            return roster.apart(phrase)
        if cues and cues.bare_nouns and match_at(tokens(phrase), 0, cues.organisations) and self._house(phrase):
            # «канцелярия Петрова» is not Петров.
            return roster.apart(phrase)
        if self.descriptions and not new and self.descriptions.member(phrase):
            return self._described(at, phrase, telling)
        if known := roster.known(phrase) if new else roster.find(phrase):
            # It names an actor itself: there is nothing to ask.
            return known
        return roster.add(phrase) if new else self._described(at, phrase, telling)

    def _house(self, phrase: str) -> bool:
        """Tell whether a phrase names an organisation by whose it is: by the name of a man or a woman."""
        owner = self.draft.roster.fitting(phrase)
        known = not owner or phrase in self.draft.roster.mentions(owner)
        return bool(owner and not known and " " in owner and self.genders and self.genders.of(owner))

    def _titled(self, phrase: str) -> str | None:
        """Return who bears the name behind a title: «Mme Lenoir» is Marie Lenoir."""
        cues, words = self.layout.cues, tokens(phrase)
        count = match_at(words, 0, cues.titles) if cues and cues.articles else 0
        named = count and all(capital(phrase, w) for w in words) and count < len(words)
        owner = self.draft.roster.fitting(phrase[words[count].start :]) if named else None
        if not cues or not owner or not self.genders or not self.genders.may_be(owner, gender(words[:count], cues)):
            return None
        return self.draft.roster.add(phrase, alias_of=owner)

    def _pronoun(self, at: int, words: Piece, said: Sequence[Piece]) -> str | None:
        cues = self.layout.cues
        if they := together(self.layout, self.draft, at, words):
            return they
        if cues and self.salience and self._singular(words):
            told = gender(self._telling(words, cues), cues)
            lately = Lately(self.layout, self.draft, self.salience)
            if topic := self._topic(at, words) or self._subject_before(at, words):
                return topic
            if last := lately.body(at, words, told) or lately.latter(at, words, told, said):
                return last
            for anybody in (False, True):
                # Where no person is meant it is an organisation: «La Nasa s'y refuse. Rien, a-t-elle dit, …»
                if found := self.salience.ranked(at, words[0], told, said, anybody=anybody):
                    return found[0]
        if thing := self._thing(at, words, said):
            return thing
        expression = tokens(self.text, *words)
        if cues and (not holds(expression, cues.pronouns) or holds(expression, cues.first_person)):
            # No pronoun and no name, or «on»: nobody is meant.
            return None
        names = [n for n in self.near(at) if n in self.spoken() or " " in n] or self.near(at)
        if cues and of_several(expression, cues):
            # «Ils» is no single person, whoever else is near.
            names = [n for n in names if not self._one_person(n)]
            if not names:
                return None
        name = self.ask("speaker", SpeakerAnswer, names, number=at + 1, cue=self.quote(*words)).speaker
        return self.draft.roster.add(name) if name else None

    def _one_person(self, name: str) -> bool:
        """Tell whether a name is that of one man or woman: «Marie Lenoir», not «la CGT» or «les élus»."""
        return bool(self.genders and " " in name and self.genders.of(name) and not self.genders.articled(name))

    def _telling(self, words: Piece, cues: Cues) -> list[Token]:
        """Return the words that may tell a gender: where a verb needs no subject, no article («insiste en un acto»)."""
        told, articles = tokens(self.text, *words), [*cues.determiners, *cues.contracted]
        return [w for w in told if not (cues.pro_drop and match_at([w], 0, articles))]

    def _topic(self, at: int, words: Piece) -> str | None:
        """Return of whom a sentence speaks: «Quant au ministre, il a dit …», «Le club, à l'en croire, a payé»."""
        cues, start = self.layout.cues, self.layout.sentences[at].start
        ahead = tokens(self.text, start, words[0])
        own = cues and match_at(tokens(self.text, *words), 0, cues.own_view)
        topic = match_at(ahead, 0, cues.topics) if cues else 0
        commas = self.text[start : words[0]].count(",")
        # «Quant au ministre, arrivé lundi, il a dit …»
        taken_up = cues and topic and match_at(tokens(self.text, *words), 0, cues.singular)
        apart = 1 <= commas <= _MAX_COMMAS if taken_up else commas == 1
        if not cues or not apart or not (topic or own) or len(ahead) > (_MAX_LONG if commas > 1 else _MAX_TOPIC):
            return None
        if ":" in self.text[start : words[0]]:
            return None
        piece = leading(self.text, ahead[topic:], cues) or named(self.text, ahead[topic:], cues)
        phrase = self.quote(*piece) if piece else ""
        somebody = self.draft.roster.fitting(phrase) or (self.descriptions and self.descriptions.kind(phrase))
        return self._phrase(at, phrase) if phrase and somebody else None

    def _subject_before(self, at: int, words: Piece) -> str | None:
        """Return the subject that the sentence of a pronoun begins with: «Le parquet s'y refuse : il estime que …».

        Only what may speak is meant: an organisation or a document, where its gender is the pronoun's.
        """
        cues, start, descriptions = self.layout.cues, self.layout.sentences[at].start, self.descriptions
        ahead = tokens(self.text, start, words[0])
        stop = next((k for k in range(1, len(ahead)) if self.text[ahead[k - 1].end : ahead[k].start].strip(" '’")), 0)
        if not cues or not descriptions or not cues.articles or not match_at(ahead, 0, cues.determiners):
            return None
        if not any(c in ":;" for c in self.text[start : words[0]]) or any(
            q.outer_start < words[0] and q.end > start for q in self.layout.quoted
        ):
            return None
        verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report]
        verb = next((k for k in range(2, len(ahead)) if match_at(ahead, k, verbs)), stop)
        noun = ahead[: min(stop, verb)]
        phrase = self.text[noun[0].start : noun[-1].end] if noun else ""
        told = gender(tokens(self.text, *words), cues)
        if not phrase or gender(noun[:1], cues) not in (None, told) or descriptions.kind(phrase) != "organisation":
            return None
        return self._phrase(at, phrase)

    def _thing(self, at: int, words: Piece, said: Sequence[Piece]) -> str | None:
        """Return what "it" means that says something: no person who spoke or was spoken of lately."""
        cues, descriptions = self.layout.cues, self.descriptions
        if not cues or not descriptions or not self.salience or not holds(tokens(self.text, *words), cues.things):
            return None
        if led := self._led(at, words, cues):
            return led
        if cues.pro_drop:
            # «В пресс-службе банка ждут. Там добавили, что …»
            since = self.layout.sentences[max(0, at - 1)].start
            place = last_seat(self.text, tokens(self.text, since, words[0]), cues)
            if place:
                # «канцелярия Петрова» is not Петров.
                phrase = self.quote(*place)
                return self.draft.roster.apart(phrase) if " " in phrase else self._phrase(at, phrase)
        opening = leading(self.text, tokens(self.text, *said[0]), cues) if said else None
        # «South and North» are two.
        alone = opening and not match_at(tokens(self.text, opening[1], said[0][1]), 0, cues.conjunctions)
        name = self.draft.roster.known(self.quote(*opening)) if opening and alone else None
        if name and descriptions.thing(name):
            # "Acme would pay, it said"
            return name
        since = self.layout.sentences[max(0, at - _LOOK_BACK)].start
        spoken = [outermost(c) for c in self.draft.claims if since <= c.evidence[0].start < words[0]]
        ranked = self.salience.ranked(at, words[0], None, said, anybody=True)
        told = descriptions.body if cues.verb_second else descriptions.thing
        return next((name for name in [*spoken[::-1], *ranked] if told(name)), None)

    def _led(self, at: int, words: Piece, cues: Cues) -> str | None:
        """Return the thing a sentence begins with, where a clause joined to it goes on: "Acme left, and it said …"."""
        start = self.layout.sentences[at].start
        ahead = tokens(self.text, start, words[0])
        commas = (k for k in range(len(ahead) - 1, 0, -1) if "," in self.text[ahead[k - 1].end : ahead[k].start])
        clause = next(commas, 0)
        joined = match_at([*ahead, *tokens(self.text, *words)], clause or len(ahead), cues.conjunctions)
        piece = leading(self.text, ahead, cues) if joined and cues.bare_content else None
        name = self.draft.roster.known(self.quote(*piece)) if piece else None
        return name if name and self.descriptions and self.descriptions.thing(name) else None

    def _singular(self, words: Piece) -> bool:
        cues, told = self.layout.cues, tokens(self.text, *words)
        if cues and (of_several(told, cues) or (cues.pro_drop and holds(told, cues.things))):
            # «à leurs yeux», «там добавили»
            return False
        return bool(cues and (cues.pro_drop or match_at(told, 0, cues.own_view) or holds(told, cues.singular)))

    def _described(self, at: int, phrase: str, telling: Sequence[str] = ()) -> str:
        """Resolve a description («le diplomate», «la police»): of whom it was said or may be, or somebody new."""
        found = self.descriptions.meant(at, phrase) if self.descriptions else None
        if found in telling:
            return self.draft.roster.apart(phrase)
        if not found and self.descriptions and self.descriptions.member(phrase):
            return self.draft.roster.apart(phrase)
        return self.draft.roster.add(phrase, alias_of=found)

    def near(self, at: int) -> list[str]:
        """Return whom an expression may mean: who has spoken so far, and who is named shortly before."""
        return list(dict.fromkeys([*self.spoken(), *self.named(at)])) or self.draft.roster.names()

    def named(self, at: int) -> list[str]:
        """Return who is named in a sentence or shortly before, the last first."""
        sentences = self.layout.sentences[max(0, at - _LOOK_BACK) : at + 1]
        return self.draft.roster.named_in(" ".join(s.text for s in sentences))

    def spoken(self) -> list[str]:
        """Return who has said something so far, in the order in which it was said."""
        return [name for c in self.draft.claims for name in (c.speaker, *c.relayed_by)]
