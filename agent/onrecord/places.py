"""The places at which a sentence attributes what it says: before it, or after it."""

from collections.abc import Sequence

from onrecord.cues import Token, capital, first, match_at, only, tokens
from onrecord.patterns import MIN_QUOTED_WORDS, Attribution, Cue
from onrecord.phrases import Piece, of_person, trim
from onrecord.quotations import MARKS
from onrecord.saying import no_saying
from onrecord.sources import Sources
from onrecord.subjects import cited

_MAX_TAIL_WORDS = 22
_MIN_BEFORE_TAIL = 3
_MAX_BARE_TAIL = 10
_MAX_OPENING = 9
# So soon a verb of saying comes in a clause that closes a sentence; after a quotation its subject may be longer.
_MAX_LIGHT = 6
_MAX_SUBJECT = 12
# So soon after its article a noun comes.
_MAX_TO_NOUN = 4


class Places(Sources):
    """A sentence whose attribution stands outside of what is said."""

    def _breaks(self) -> list[int]:
        """Return the places outside quotations where a clause may end: after commas and closing marks."""
        places = []
        for i in range(self.start, self.end):
            inside = any(q.outer_start <= i < q.outer_end for q in self.marks)
            if not inside and (self.text[i] in ",;—–" or (i > self.start and self.text[i - 1] in MARKS)):
                places.append(i)
        return places

    def lead(self, found: Attribution) -> bool:
        """«Selon X, …»"""
        words = tokens(self.text, self.start, self.end)
        # «Mais selon X, …»
        words = words[match_at(words, 0, self.cues.conjunctions) :]
        own = match_at(words, 0, self.cues.own_view)
        if own and own < len(words) and "," in self.text[words[own - 1].end : words[own].start]:
            # «À l'en croire, …»: whoever is spoken of.
            found.cues.append(Cue(words[0].start, words[own - 1].end, None))
            found.content = [(words[own].start, self.end)]
            return True
        count = self.source(words, 0)
        view = 0 if count else match_at(words, 0, self.cues.view)
        count = count or view
        if not count or count >= len(words):
            return False
        ends = [i for i in self._breaks() if i > words[count].start] or [self.end]
        ends += [q.outer_start for q in self.marks if q.outer_start > words[count].start]
        ends.sort()
        stop = ends[0]
        # «Selon Haaretz, Steve Witkoff, l'émissaire, …»: a name stands beside no other.
        called = tokens(self.text, words[count].start, stop)
        person = any(of_person(called, i, self.cues) for i in range(len(called)))
        own_name = capital(self.text, words[count]) or match_at(words, count, self.cues.plural) or not person
        for after in ends[1:]:
            if not self._apposition(stop, after) or (own_name and self._all_name(stop, after)):
                break
            stop = after
        if not any(c.isalnum() for c in self.text[stop : self.end]):
            return False
        quoted = [len(tokens(self.text, stop, q.outer_start)) for q in self.marks if q.outer_start >= stop]
        named = any(capital(self.text, w) for w in tokens(self.text, words[count].start, stop))
        named = named or match_at(words, count, [*self.cues.determiners, *self.cues.plural]) > 0
        judges = first(tokens(self.text, stop, self.end)[:_MAX_BARE_TAIL], self.cues.copulas)
        own = view and match_at(words, count, self.cues.pronouns) == len(called) and self.text[stop] == ","
        viewed = match_at(called, 1, self.cues.viewers) and match_at(
            called, 0, [*self.cues.determiners, *self.cues.plural]
        )
        viewed = viewed and not any(capital(self.text, w) for w in called)
        if view and not (own or 0 in quoted or viewed or (named and (quoted or judges))):
            # «Pour Anticor, c'est « … »» gives a view; «Pour sortir de la crise, …» does not.
            return False
        if match_at(words, 0, self.cues.circumstances) or (view and only(called, self.cues.determiners)):
            # «Pour la première fois, …», «Für die „faire Entscheidung“ …»
            return False
        cue = trim(self.text, words[0].start, stop)
        subject = trim(self.text, words[count].start, stop)
        if not cue or not subject:
            return False
        found.cues += self._cues(cue, subject)
        found.content = [(stop, self.end)]
        return True

    def _cues(self, cue: Piece, subject: Piece) -> list[Cue]:
        """Return the expressions of a source: two where it is quoted by another («des sources citées par ESPN»)."""
        parts = cited(self.text, Cue(*cue, subject), self.cues, self.named_at)
        return parts if len(parts) > 1 else [Cue(*cue, self.named_at(*subject))]

    def tail(self, found: Attribution) -> bool:
        """«…, a déclaré X.»"""
        for place in reversed(self._breaks()):
            words = tokens(self.text, place, self.end)
            if not words:
                continue
            if self._without_relative(words) > _MAX_TAIL_WORDS:
                break
            before = tokens(self.text, self.start, place)
            quote = any(q.outer_start < place and q.outer_end > self.start for q in self.marks)
            # «Trop peu, répond X»
            short = quote or (
                self.cues.inverted_tail and not match_at(before, 0, [*self.light, *self.cues.circumstances])
            )
            if len(before) < (2 if short else _MIN_BEFORE_TAIL):
                break
            if any(q.start <= words[0].start < q.end for q in self.marks):
                break
            source = self.source(words, 0)
            stop = self._second_half(place)
            words = [w for w in words if w.start < stop]
            closed = self.closed_at(place)
            if not closed and self.text[place - 1] in MARKS and self.text[place].isspace():
                # «Основатель „Ромашки“ рассказал о сделке»
                continue
            # "…," the European Union's foreign policy chief said.
            verb = first(words[: _MAX_SUBJECT if closed else _MAX_LIGHT], self.cues.report)
            begun = match_at(before[-1:], 0, self.cues.that)
            own = match_at(words, 0, self.cues.own_view)
            if own and own == len(words):
                subject = (words[0].start, words[0].start)
            elif source and source < len(words) and not begun and not self._goes_on_with_that(words, source):
                subject = (words[source].start, stop)
            elif verb and not no_saying(self.text, words, verb, self.cues) and self._closes(words, verb, place):
                place = self._with_subject(place, verb)
                subject = (place, stop)
            else:
                continue
            cue, who = trim(self.text, place, stop), trim(self.text, *subject)
            if cue and (who or own):
                found.cues += self._cues(cue, who) if who else [Cue(*cue, None)]
                found.content = [(self._after_colon(place), place), (stop, self.end)]
                if stop == self.end and (source or (quote and not closed)):
                    # «« … », a lancé X, selon l'AFP», "“…,” Ann Lee told them, the diplomat said"
                    inner = Attribution()
                    if Places(self.text, self.start, place, self.marks, self.cues).tail(inner):
                        found.cues, found.content = found.cues + inner.cues, inner.content
                return True
        return False

    def _goes_on_with_that(self, words: Sequence[Token], source: int) -> bool:
        """Tell whether what is said follows a source: «Il faut, selon X, que …», not «selon un élu que tous citent»."""
        for k in range(source, len(words)):
            parted = "," in self.text[words[k - 1].end : words[k].start]
            relative = k > source and match_at(words, k, self.cues.citing if parted else self.cues.relatives)
            if match_at(words, k, self.cues.that) and not relative:
                return True
            if relative:
                return False
        return False

    def _without_relative(self, words: Sequence[Token]) -> int:
        """Count words up to a relative clause after a comma: «…, a répliqué X, qui avait promis …»."""
        return next(
            (
                i
                for i in range(1, len(words))
                if match_at(words, i, self.cues.relatives) and "," in self.text[words[i - 1].end : words[i].start]
            ),
            len(words),
        )

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
            match_at(words, 0, self.cues.conjunctions) == verb[0] > 0
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
        if self._subordinate(place):
            return False
        if not (closed or self.cues.comma_before_that) and any(
            match_at(words, i, self.cues.that) and "," in self.text[words[i - 1].end : words[i].start]
            for i in range(sum(verb), len(words))
        ):
            # «Mais il a concédé, rapporte le journal, que …»: what is said is still to come.
            return False
        if not closed and (self._takes_object(words, verb, place) or self._introduced(place)):
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
        who = [k for k in range(1, len(after)) if "," in self.text[after[k - 1].end : after[k].start]]
        after = after[: who[0]] if who and match_at(after, who[0], self.cues.relatives) else after
        return sum(verb) + len(after) <= _MAX_BARE_TAIL and not any(
            match_at(after, k, self.cues.auxiliaries) for k in range(len(after))
        )

    def _says_something(self, after: Sequence[Token]) -> bool:
        """Tell whether a noun that names nobody follows a verb: «un échec», but not «un élu», «une association»."""
        somebody = any(of_person(after, k, self.cues) for k in range(1, min(_MAX_TO_NOUN, len(after)))) or match_at(
            after, 1, [*self.cues.organisations, *self.cues.documents]
        )
        indefinite = match_at(after, 0, self.cues.determiners) and match_at(after, 0, self.cues.indefinite)
        return bool(self.cues.articles and indefinite) and not somebody

    def _introduced(self, place: int) -> bool:
        """Tell whether a subject with what is beside it is all that stands before a verb.

        «Leur chef, Jean Duval, défend …», «Les élus, qui préfèrent attendre, jugent …».
        """
        comma = self.text.find(",", self.start, place)
        beside = tokens(self.text, comma, place) if comma > 0 else []
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
        if any(last <= q.outer_start < stop for q in self.marks):
            return True
        return bool(
            match_at(words, verb[0], self.cues.object_only)
            or (self.cues.inverted_tail and not verb[0] and match_at(words, 0, self.cues.transitive))
        )

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
            if self.text[i] == ":" and not any(q.outer_start <= i < q.outer_end for q in self.marks):
                return i + 1
        return self.start
