"""Clauses that close what was said: «…, a déclaré X», not «X, qui préside Y, a déclaré …»."""

from collections.abc import Sequence

from onrecord.infinitives import infinitive_start
from onrecord.matching import Token, after_commas, capital, first, match_at, only, tokens
from onrecord.patterns import MIN_QUOTED_WORDS, is_name
from onrecord.phrases import of_person
from onrecord.quotations import MARKS, Quotation
from onrecord.sources import Sources

_MIN_BEFORE_TAIL = 3
_MAX_BARE_TAIL = 10
_MAX_OPENING = 9
# So soon a verb of saying comes in a clause that closes a sentence; after a quotation its subject may be longer.
_MAX_LIGHT = 6
_MAX_SUBJECT = 12
# So soon after its article a noun comes.
_MAX_TO_NOUN = 4
# The commas around a name in apposition.
_AROUND_NAME = 2


class Closings(Sources):
    """A sentence that a clause with a verb of saying may close."""

    def _breaks(self) -> list[int]:
        """Return the places outside quotations where a clause may end: after commas and closing marks."""
        places = []
        for i in range(self.start, self.end):
            inside = any(q.outer_start <= i < q.outer_end for q in self.marks)
            if not inside and (self.text[i] in ",;—–" or (i > self.start and self.text[i - 1] in MARKS)):
                places.append(i)
        return places

    def _with_subject(self, place: int, verb: tuple[int, int]) -> int:
        """Return where a cue begins whose verb is parted from its subject: "…, Ann Lee, the coach, told reporters"."""
        ahead = tokens(self.text, place, self.end)[: verb[0]]
        if self.cues.inverted_tail or any(not match_at(ahead, i, self.light) for i in range(len(ahead))):
            return place
        for earlier in reversed([i for i in self._breaks() if i < place]):
            words = tokens(self.text, earlier, place)
            if (
                words
                and capital(self.text, words[0])
                and len(tokens(self.text, self.start, earlier)) >= _MIN_BEFORE_TAIL
            ):
                return earlier
        return place

    def _second_half(self, place: int) -> int:
        """Return where what is said goes on after a cue: «…, a-t-il dit ; elle reste utile»."""
        for i in range(place, self.end):
            if self.text[i] in ";:" and not any(q.outer_start <= i < q.outer_end for q in self.marks):
                return i
        return self.end

    def _closes(self, words: list[Token], verb: tuple[int, int], place: int) -> bool:
        """Tell whether a clause with a verb of saying closes what was said, rather than opening it."""
        if not self._verb_first(words, verb[0]) or match_at(words, 0, self.cues.relatives):
            return False
        if not self.cues.inverted_tail and (
            self._same_subject(words, verb[0])
            or any(
                match_at(words, k, self.cues.participle_forms) and self.text[: words[k].start].rstrip()[-1:] == ","
                for k in range(verb[0])
            )
        ):
            # "…, throwing two remarks back", "…, and promised to pay": nobody says it.
            return False
        told = not self.cues.inverted_tail and not verb[0] and match_at(words, 0, self.cues.listeners)
        if told and self._with_subject(place, verb) == place:
            # "Ann Lee, however, told the paper they left"
            return False
        if match_at(words[: verb[0] + 1], verb[0], self.cues.participle_forms):
            # «X salue l'accord, plaidant pour …»
            return False
        if self.cues.bare_content and any(match_at(words, i, self.cues.negations) for i in range(verb[0])):
            return False
        closed = self.closed_at(place)
        if self._subordinate(place) or (not closed and self._asks_to(words, verb)):
            return False
        if not (closed or self.cues.comma_before_that) and any(
            match_at(words, i, self.cues.that) and "," in self.text[words[i - 1].end : words[i].start]
            for i in range(sum(verb), len(words))
        ):
            # «Mais il a concédé, rapporte le journal, que …»: what is said is still to come.
            return False
        if not closed and (self._takes_object(words, verb, place) or self._introduced(place)):
            return False
        if self.cues.bare_content and not closed and self._named_noun(words[verb[0]].start):
            # "A spokesman for Acme, Bob Ray, said the firm disagreed"
            return False
        if self.cues.inverted_tail and not closed and self._says_something(words[sum(verb) :]):
            # «Son chef, Jean Duval, a admis un échec»
            return False
        if self.cues.inverted_tail and self.cues.articles and not self._says_somebody(words, verb):
            # «X se disait prêt à …», «le projet, annoncé en mars»
            return False
        said = closed and len(tokens(self.text, self.start, place)) >= MIN_QUOTED_WORDS
        if not said and self._opens_content(words, verb):
            # «Le Figaro» écrit que …
            return False
        if closed and match_at(words, 0, self.cues.conjunctions):
            return False
        if not self.cues.bare_content or closed:
            return True
        if match_at(words, sum(verb), self.cues.pronouns):
            # "…, announced it": the pronoun is the object.
            return False
        # «…, said the minister, who …» closes; "X, speaking quietly, said the talks had failed" does not.
        after = words[sum(verb) :]
        who = after_commas(self.text, after)
        after = after[: who[0]] if who and match_at(after, who[0], self.cues.relatives) else after
        if not verb[0] and match_at(after, 0, self.cues.indefinite):
            # "…, said a woman who was there"
            after = after[
                : next((k for k in range(1, len(after)) if match_at(after, k, self.cues.relatives)), len(after))
            ]
        plain = after[: next((k for k in range(1, len(after)) if match_at(after, k, self.cues.relatives)), len(after))]
        if match_at(after, 0, self.cues.infinitive) or first(plain[1:], self.cues.report):
            # "…, had promised to leave", "In a suit, Ann Lee says Bob Ray told her to leave"
            return False
        return sum(verb) + len(after) <= _MAX_BARE_TAIL and not any(
            match_at(after, k, self.cues.auxiliaries) for k in range(len(after))
        )

    def _asks_to(self, words: Sequence[Token], verb: tuple[int, int]) -> bool:
        """Tell whether a verb has its infinitive after whom it is said to: «X, le chef, a demandé à Y de partir»."""
        stop = next(
            (k for k in range(sum(verb), len(words)) if "," in self.text[words[k - 1].end : words[k].start]), None
        )
        after = words[sum(verb) : stop]
        if not self.cues.inverted_tail or not match_at(after, 0, self.cues.counterpart.get("proposed", [])):
            return False
        marked = [e for e in self.cues.infinitives if e.mark and match_at(words, verb[0], e.verbs)]
        return any(infinitive_start(self, after, entry) is not None for entry in marked)

    def _says_something(self, after: Sequence[Token]) -> bool:
        """Tell whether a noun that names nobody follows a verb: «un échec», but not «un élu», «une association»."""
        somebody = any(of_person(after, k, self.cues) for k in range(1, min(_MAX_TO_NOUN, len(after)))) or match_at(
            after, 1, [*self.cues.organisations, *self.cues.documents]
        )
        indefinite = match_at(after, 0, self.cues.determiners) and match_at(after, 0, self.cues.indefinite)
        return bool(self.cues.articles and indefinite) and not somebody

    def _has_object(self, words: Sequence[Token], verb: tuple[int, int]) -> bool:
        """Tell whether a thing follows a verb that has an object: «(X, réuni mardi,) a dénoncé le texte»."""
        after = words[sum(verb) :]
        after = after[next((k for k in range(len(after)) if not match_at(after, k, self.light)), 0) :]
        near = range(1, min(_MAX_TO_NOUN, len(after)))
        somebody = any(
            capital(self.text, after[k])
            or of_person(after, k, self.cues)
            or match_at(after, k, [*self.cues.organisations, *self.cues.documents])
            for k in near
        )
        return match_at(after, 0, self.cues.determiners) > 0 and len(after) > 1 and not somebody

    def _same_subject(self, words: Sequence[Token], verb: int) -> bool:
        """Tell whether only a conjunction and an auxiliary stand before a verb: "…, and may say"."""
        conjunction = match_at(words, 0, self.cues.conjunctions)
        return 0 < conjunction <= verb and only(words[conjunction:verb], self.light)

    def _named_noun(self, at: int) -> bool:
        """Tell whether only what somebody is and his name stand before a verb: "A spokesman, Bob Ray, (said)"."""
        commas = [i for i in range(self.start, at) if self.text[i] == ","]
        if len(commas) != _AROUND_NAME or not self._all_name(*commas) or tokens(self.text, commas[1], at):
            return False
        noun = tokens(self.text, self.start, commas[0])
        verbs = [*self.cues.auxiliaries, *self.cues.finite, *self.cues.finite_forms, *self.cues.report]
        somebody = any(of_person(noun, k, self.cues) for k in range(len(noun)))
        return somebody and not any(match_at(noun, k, verbs) for k in range(len(noun)))

    def _introduced(self, place: int) -> bool:
        """Tell whether a subject with what is beside it is all that stands before a verb.

        «Leur chef, Jean Duval, défend …», «Les élus, qui préfèrent attendre, jugent …».
        """
        comma = self.text.find(",", self.start, place)
        beside = tokens(self.text, comma, place) if comma > 0 else []
        if self._only_named(place):
            return True
        if not self.cues.inverted_tail or not beside:
            return False
        if len(tokens(self.text, self.start, comma)) < _MAX_LIGHT and self._all_name(comma, place):
            return True
        subject = tokens(self.text, self.start, comma)
        noun = capital(self.text, subject[0]) or match_at(subject, 0, [*self.cues.determiners, *self.cues.indefinite])
        verbs = [*self.cues.auxiliaries, *self.cues.finite, *self.cues.finite_forms, *self.cues.report]
        return bool(
            noun
            and len(subject) <= _MAX_SUBJECT
            and (
                match_at(beside, 0, self.cues.relatives)
                or (
                    match_at(beside, 0, self.cues.determiners)
                    and not any(match_at(beside, k, verbs) for k in range(len(beside)))
                )
            )
            and "," not in self.text[comma + 1 : place]
            and not any(match_at(subject, k, verbs) for k in range(len(subject)))
        )

    def _takes_object(self, words: list[Token], verb: tuple[int, int], place: int) -> bool:
        """«Le patron, mis en examen, nie les faits», «…, a salué « une victoire »»: what follows is the object."""
        last = words[sum(verb) - 1].end
        half = self._second_half(place)
        comma = self.text.find(",", last, half)
        stop = half if comma < 0 else comma
        conveyed = match_at(words, verb[0], self.cues.conveying) > 0
        marks = [q for q in self.marks if last <= q.outer_start < stop and not self._told(q)]
        if any(not (conveyed and is_name(self.text, q.start, q.end)) for q in marks):
            return True
        taken = match_at(words, verb[0], self.cues.transitive)
        return bool(
            match_at(words, verb[0], self.cues.object_only)
            # «X, de son côté, conteste tout lien»
            or (self.cues.inverted_tail and taken and (not verb[0] or taken > verb[1] or self._has_object(words, verb)))
        )

    def _told(self, quote: Quotation) -> bool:
        """Tell whether a quotation is the name of a newspaper that is spoken to: «sagte er der „Neuen Post“»."""
        before = tokens(self.text, self.start, quote.outer_start)[-1:]
        article = self.cues.verb_second and match_at(before, 0, self.cues.determiners)
        return bool(article) and is_name(self.text, quote.start, quote.end)

    def _opens_content(self, words: list[Token], verb: tuple[int, int]) -> bool:
        after = sum(verb)
        for k in range(after, min(after + _MAX_OPENING, len(words))):
            if self.cues.comma_before_that and match_at(words, k, self.cues.that):
                # «заявил, что …»
                return True
            if "," in self.text[words[k - 1].end : words[k].start]:
                break
            if match_at(words, k, self.cues.that):
                return True
        # «X, qui préside Y, assure avoir plaidé …»
        if self.after_comma(words, after) is not None:
            return True
        bare = [entry for entry in self.cues.infinitives if not entry.mark and match_at(words, verb[0], entry.verbs)]
        alike = match_at(words, after, [*self.cues.nouns_alike, *self.light])
        return not alike and any(match_at(words, after, entry.form) for entry in bare)

    def _after_colon(self, end: int) -> int:
        """Return where the clause before a cue begins: after a colon that stands outside quotation marks."""
        for i in range(end - 1, self.start, -1):
            # "at 2:17 p.m."
            timed = self.text[i - 1].isdigit() and self.text[i + 1 : i + 2].isdigit()
            if self.text[i] == ":" and not timed and not any(q.outer_start <= i < q.outer_end for q in self.marks):
                return i + 1
        return self.start
