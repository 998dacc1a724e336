"""Whom a text speaks of at a place: those named before it, weighed by how lately and in what part of a sentence."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.beside import apposed_object, led, owner, possessed
from onrecord.cues import Cues
from onrecord.drafts import Draft, Layout
from onrecord.enumerations import several
from onrecord.first_names import Gender
from onrecord.genders import Genders, gender
from onrecord.matching import Token, after_commas, match_at, tokens
from onrecord.names import of_thing
from onrecord.phrases import name_length, named, of_person
from onrecord.pieces import Piece

# After Lappin and Leass (1994): a subject weighs more than an object, that more than what follows a preposition, and
# each sentence between takes from it. Whoever speaks weighs most, for a report goes on with whom it quotes.
_SPEAKER, _SUBJECT, _OTHER, _AFTER_PREPOSITION, _QUOTED = 100.0, 80.0, 50.0, 30.0, 15.0
_FADES, _PARAGRAPH = 0.4, 0.8
_LOOK_BACK = 6
# A description at the head of a sentence has so many words besides its article.
_MAX_NOUN = 5
# A full name has so many words.
_FULL = 2
# What says who bears a first name stands so near to it, in characters.
_BESIDE = 30
# An actor of whom nothing tells a gender, or one with an article where a person is meant.
_UNSURE, _ARTICLED = 0.6, 0.25


class Salience:
    """Weighs the actors of one article."""

    def __init__(self, layout: Layout, draft: Draft, genders: Genders) -> None:
        self._layout, self._draft, self._genders = layout, draft, genders
        self._text = layout.article.text
        self._begun: dict[int, str | None] = {}
        self._persons: dict[str, bool] = {}

    def ranked(
        self,
        at: int,
        before: int,
        wanted: Gender | None,
        without: Sequence[Piece] = (),
        *,
        aside: bool = True,
        anybody: bool = False,
    ) -> list[str]:
        """Return the actors that words in sentence `at` may mean, the most salient first.

        Only what stands before offset `before` counts; whoever is named in the pieces `without` is not meant, nor is,
        unless `aside`, who is named after prepositions and in quotations alone. Of those who have said nothing only
        persons count, but with `anybody`.
        """
        weights: dict[str, float] = defaultdict(float)
        spoken_of: set[str] = set()
        fades = 1.0
        for i in range(at, max(-1, at - _LOOK_BACK), -1):
            sentence = self._layout.sentences[i]
            if sentence.heading:
                break
            best: dict[str, float] = {}
            for name, weight in self._mentioned(i, before, without, anybody=anybody):
                best[name] = max(weight, best.get(name, 0.0))
                if aside or weight >= _OTHER:
                    spoken_of.add(name)
            for name, weight in best.items():
                weights[name] += fades * weight
            fades *= _FADES
            if i and "\n" in self._text[self._layout.sentences[i - 1].end : sentence.start]:
                fades *= _PARAGRAPH
        excluded = {n for start, end in without for n in self._draft.roster.first_in(self._text[start:end])}
        spoken = {n for c in self._draft.claims for n in (c.speaker, *c.relayed_by)}
        fitting = {
            name: weight * (1.0 if self._sure(name, wanted, spoken) else self._doubt(name))
            for name, weight in weights.items()
            if name in spoken_of
            and name not in excluded
            and self._genders.may_be(name, wanted)
            and not self._plural(name)
        }
        return sorted(fitting, key=lambda name: -fitting[name])

    def body(self, name: str, wanted: Gender) -> bool:
        """Tell whether an actor is an organisation whose noun or article has a gender."""
        cues, words = self._layout.cues, tokens(name)
        at = match_at(words, 0, cues.determiners) if cues else 0
        body = cues and (match_at(words, at, cues.organisations) or (" " not in name and self._genders.articled(name)))
        return bool(body and self._genders.of(name) == wanted)

    def _sure(self, name: str, wanted: Gender | None, spoken: set[str]) -> bool:
        """Tell whether nothing speaks against an actor; where any gender may be meant, he has one or has spoken."""
        told = self._genders.of(name)
        return told == wanted if wanted else bool(told) or name in spoken

    def _doubt(self, name: str) -> float:
        words, cues = tokens(name)[:_MAX_NOUN], self._layout.cues
        person = bool(cues and any(of_person(words, i, cues) for i in range(len(words))))
        thing = " " not in name or self._genders.articled(name)
        return _ARTICLED if thing and not person else _UNSURE

    def _plural(self, name: str) -> bool:
        cues = self._layout.cues
        return bool(cues and any(self._several(m, cues) for m in self._draft.roster.mentions(name)))

    def _several(self, mention: str, cues: Cues) -> bool:
        words = tokens(mention)
        # «Anna Lenz und Paul Roth»
        parts = several(mention, words, cues)
        pair = bool(parts) and all(" " in mention[slice(*part)] for part in parts)
        return pair or match_at(words, 0, cues.plural) > 0 or match_at(words[:2], 1, cues.numbers) > 0

    def _mentioned(
        self, i: int, before: int, without: Sequence[Piece], *, anybody: bool
    ) -> Iterator[tuple[str, float]]:
        sentence, cues = self._layout.sentences[i], self._layout.cues
        end = min(sentence.end, before)
        if end <= sentence.start or not cues or self._layout.addressed(range(i, i + 1), quoted=True):
            # What speaks to whoever processes the article speaks of nobody.
            return
        for claim in self._draft.claims:
            if sentence.start <= claim.evidence[0].start < end and not any(
                s <= claim.evidence[0].start < e for s, e in without
            ):
                # Of a chain of relays the outermost is the one whom the text goes on quoting.
                told = [claim.speaker, *claim.relayed_by]
                yield told[-1], _SPEAKER
                yield from ((name, _OTHER) for name in told[:-1])
        if (subject := self._pronoun(i)) and i:
            yield subject, _SUBJECT
        if described := self.described(i, end):
            yield described, _SUBJECT
        first = True
        for start, name in self._named(sentence.start, end, anybody=anybody):
            ahead = tokens(self._text, sentence.start, start)
            if any(q.start <= start < q.end for q in self._layout.quoted):
                yield name, _QUOTED
            elif relative := possessed(self._text, start, self._draft.roster.mentions(name), end, cues):
                # "Ann Lee's mother (wept)"
                yield name, _AFTER_PREPOSITION
                # What he is called may follow: "Ann Lee's lawyer, Bob Ray, …"
                if start == sentence.start and self._text[start + len(relative) :][:1] != ",":
                    yield self._draft.roster.apart(relative), _SUBJECT
                    first = False
            elif owner(ahead, cues):
                yield name, _OTHER
            elif ahead and (
                (end < sentence.end and self._fronted(sentence.start, start, cues))
                or match_at(led(ahead, cues)[-1:], 0, cues.prepositions)
                or apposed_object(self._text, ahead, start, cues)
            ):
                yield name, _AFTER_PREPOSITION
            else:
                yield name, _SUBJECT if first else _OTHER
                first = False

    def _fronted(self, start: int, at: int, cues: Cues) -> bool:
        """Tell whether a name stands in a circumstance ahead of its clause: «En recevant Jean Duval, il a dit …»."""
        chunk = tokens(self._text, max(start, self._text.rfind(",", start, at)), at)
        return match_at(chunk, 0, [*cues.prepositions, *cues.circumstances, *cues.participle_forms, *cues.asked]) > 0

    def _named(self, start: int, end: int, *, anybody: bool) -> list[tuple[int, str]]:
        """Return who is named between two offsets, and where: persons and who has spoken already, or anybody."""
        text, roster = self._text[start:end], self._draft.roster
        spoken = {n for c in self._draft.claims for n in (c.speaker, *c.relayed_by)}
        return sorted(
            (start + at, name)
            for name, at in roster.places(text).items()
            if anybody or name in spoken or (" " in name and not self._thing(name)) or self.introduced(name)
        )

    def _thing(self, name: str) -> bool:
        """Tell whether a name is no person's: «фонд „Храм Святой Екатерины“», «Северная Македония», «Rotes Meer»."""
        cues, called = self._layout.cues, [m for m in self._draft.roster.mentions(name) if " " in m]
        if cues and cues.verb_second:
            return any(of_thing(m) or match_at(tokens(m), 0, cues.organisations) for m in called)
        return bool(cues and cues.bare_nouns and any(f"«{m}»" in self._text or of_thing(m) for m in called))

    def introduced(self, name: str) -> bool:
        """Tell whether what stands beside a lone name says that it is a person's: «Léa, 7 ans», «Léa, élève»."""
        if name not in self._persons:
            cues, person = self._layout.cues, False
            for match in re.finditer(rf"\b{re.escape(name)}, ", self._text):
                after = tokens(self._text, match.end(), match.end() + _BESIDE)
                aged = (
                    len(after) > 1 and after[0].word.isdigit() and self._text[after[1].end : after[1].end + 1] in ",."
                )
                person = person or bool(after and cues and (aged or of_person(after, 0, cues)))
            self._persons[name] = person or self._titled(name)
        return self._persons[name]

    def _titled(self, name: str) -> bool:
        """Tell whether a noun for a person stands before a lone name, where nouns have capitals: «Ministerin Rau»."""
        cues = self._layout.cues
        for match in re.finditer(rf"\b{re.escape(name)}\b", self._text) if cues and cues.verb_second else ():
            before = tokens(self._text, max(0, match.start() - _BESIDE), match.start())[-1:]
            beside = before and self._text[before[0].end : match.start()].isspace()
            if cues and beside and of_person(before, 0, cues):
                return True
        return False

    def described(self, i: int, end: int) -> str | None:
        """Return whom the noun means that a sentence begins with: «La première ministre a préféré …».

        Circumstances may stand before it: «Le 1er juin, devant les sénateurs, la ministre …».
        """
        cues, sentence = self._layout.cues, self._layout.sentences[i]
        words = tokens(self._text, sentence.start, min(end, sentence.end))
        commas = after_commas(self._text, words)
        for start, stop in zip([0, *commas], [*commas, len(words)], strict=True):
            chunk = words[start:stop]
            if cues and match_at(chunk, 0, cues.determiners):
                # «Son chef de file, Jean Duval, a préféré …»
                beside = words[stop : next((k for k in commas if k > stop), len(words))] if start != stop else []
                called = self._apposed(chunk, beside, cues)
                if found := called or self._noun(i, chunk, cues):
                    return found
            dated = len(chunk) > 1 and chunk[1].word[:1].isdigit()
            # «Interrogé lundi, le ministre …»
            asked = cues and start == 0 and match_at(chunk, 0, cues.past_participles)
            if not cues or not (dated or asked or match_at(chunk, 0, [*cues.prepositions, *cues.circumstances])):
                return None
        return None

    def _apposed(self, noun: Sequence[Token], beside: Sequence[Token], cues: Cues) -> str | None:
        """Return the full name that stands between commas beside a noun of a person."""
        end = name_length(self._text, beside, cues)
        person = any(of_person(noun, k, cues) for k in range(1, min(_MAX_NOUN, len(noun))))
        if not person or end < _FULL or end != len(beside) or not cues.articles:
            return None
        return self._draft.roster.known(self._text[beside[0].start : beside[-1].end])

    def _fitting(self, phrase: str, before: int) -> list[str]:
        """Return those named before an offset who were said to be what a phrase says, and may be by its gender."""
        roster, cues = self._draft.roster, self._layout.cues
        told = gender(tokens(phrase), cues) if cues else None
        return [
            name
            for name in roster.fitting_descriptions(phrase)
            if self._genders.may_be(name, told) and any(0 <= self._text.find(m) < before for m in roster.mentions(name))
        ]

    def _noun(self, i: int, words: Sequence[Token], cues: Cues) -> str | None:
        """Return whom an article and a noun mean: who was said to be that, or a person not named here."""
        before = self._layout.sentences[i].start
        words = words[: _MAX_NOUN + 1]
        for stop in range(len(words), 1, -1):
            phrase = self._text[words[0].start : words[stop - 1].end]
            fitting = self._fitting(phrase, before)
            if len(fitting) == 1:
                return fitting[0]
        # «L'affaire des ministres» is no minister.
        links = (k for k in range(1, len(words)) if match_at(words, k, [*cues.prepositions, *cues.contracted]))
        person = next((k for k in range(1, next(links, len(words))) if of_person(words, k, cues)), None)
        if person is None and cues.articles and match_at(words, 1, cues.organisations) and _definite(words, cues):
            # «Le parquet a requis une amende. Il …»
            return self._subject(words, 2, cues)
        if person is None or match_at(words, 0, cues.plural):
            return None
        told = gender(words[:1], cues) if cues.articles and match_at(words, 0, cues.demonstratives) else None
        if told and (spoken_of := self.ranked(i, before, told)):
            # «Cette infirmière de 38 ans a …»
            return spoken_of[0]
        return self._subject(words, person + 1, cues)

    def _subject(self, words: Sequence[Token], after: int, cues: Cues) -> str | None:
        """Return whom the words of a clause name before its verb, which comes after a noun, from word `after` on."""
        verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report]
        # «Un conseiller du président en livre une version»: a noun is followed by no article.
        nouns = [*cues.prepositions, *cues.conjunctions, *cues.determiners, *cues.particles]
        verb = next(
            (
                k
                for k in range(after, len(words))
                if match_at(words, k, verbs)
                # "A city official played it down": a noun for a person ends what describes him.
                or (
                    cues.bare_content
                    and words[k].word[:1].islower()
                    and match_at(words, k - 1, cues.persons)
                    and not of_person(words, k, cues)
                    and not match_at(words, k, nouns)
                )
                or (match_at(words, k + 1, cues.determiners) and not match_at(words, k, nouns))
            ),
            len(words),
        )
        piece = named(self._text, words[:verb], cues)
        phrase = self._text[slice(*piece)] if piece else ""
        return self._draft.roster.find(phrase) or self._draft.roster.add(phrase) if phrase else None

    def _pronoun(self, i: int) -> str | None:
        """Return whom the pronoun means that a sentence begins with, where it tells nothing that anybody says."""
        cues, sentence = self._layout.cues, self._layout.sentences[i]
        for before in range(len(self._begun), i):
            # In their order, for each leads back to the one before it.
            self._pronoun(before)
        if i not in self._begun:
            self._begun[i] = None
            words = tokens(self._text, sentence.start, sentence.end)[:_MAX_NOUN]
            if cues and match_at(words, 0, [*cues.prepositions, *cues.circumstances]):
                # "In June she described …"
                words = words[next((k for k in range(1, len(words)) if match_at(words, k, cues.singular)), 0) :]
            if cues and words and match_at(words, 0, cues.singular):
                found = self.ranked(i, sentence.start, gender(words[:1], cues))
                self._begun[i] = found[0] if found else None
        return self._begun[i]


def _definite(words: Sequence[Token], cues: Cues) -> bool:
    others = [*cues.plural, *cues.indefinite, *cues.possessives, *cues.demonstratives]
    return match_at(words, 0, cues.determiners) > 0 and not match_at(words, 0, others)
