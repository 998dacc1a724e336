"""The places at which a sentence attributes what it says: before it, or after it."""

from collections.abc import Sequence
from itertools import pairwise

from onrecord.citing import cited
from onrecord.closings import Closings
from onrecord.matching import Token, capital, first, match_at, only, tokens
from onrecord.patterns import Attribution, Cue
from onrecord.phrases import of_person
from onrecord.pieces import Piece, trim
from onrecord.quotations import MARKS
from onrecord.saying import no_saying

_MAX_TAIL_WORDS = 22
# "…, according to a memo that he wrote the same evening and that two people described on Tuesday"
_MAX_TAIL_SOURCE = 36
_MIN_BEFORE_TAIL = 3
_MAX_BARE_TAIL = 10
# So soon a verb of saying comes in a clause that closes a sentence; after a quotation its subject may be longer.
_MAX_LIGHT = 6
_MAX_SUBJECT = 12


class Places(Closings):
    """A sentence whose attribution stands outside of what is said."""

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
            if match_at(tokens(self.text, after, self.end), 0, self.cues.conveying):
                # «По словам X, мост откроют, передает ТАСС»
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
        if view and self._told_within(stop):
            return False
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

    def _told_within(self, start: int) -> bool:
        """Tell whether a verb without a subject says what follows: «Para el club no hay paz: es, dijo, “un error”»."""
        commas = [i for i in range(start, self.end) if self.text[i] == ","] if self.cues.pro_drop else []
        for left, right in pairwise(commas):
            words = self.outside(tokens(self.text, left, right))
            verb = first(words, self.cues.report)
            if verb and sum(verb) == len(words) and only(words[: verb[0]], self.light):
                return True
        return False

    def _cues(self, cue: Piece, subject: Piece) -> list[Cue]:
        """Return the expressions of a source: two where it is quoted by another («des sources citées par ESPN»)."""
        parts = cited(self.text, Cue(*cue, subject), self.cues, self.named_at)
        return parts if len(parts) > 1 else [Cue(*cue, self.named_at(*subject))]

    def tail(self, found: Attribution) -> bool:
        """«…, a déclaré X.»"""
        that = match_at(tokens(self.text, self.start, self.end), 0, self.cues.that) if self.cues.verb_second else 0
        # «Dass der Plan gelinge, bezweifelt X.»
        fronted = [*self.cues.report_that, *self.cues.judging] if that else []
        for place in reversed(self._breaks()):
            words = tokens(self.text, place, self.end)
            # «…, о чем рассказал X»
            taken = match_at(words, 0, self.cues.taken_up) if self.text[place : place + 1] == "," else 0
            words = words[taken:]
            if not words:
                continue
            most = _MAX_TAIL_SOURCE if self.cues.bare_content and self.source(words, 0) else _MAX_TAIL_WORDS
            if self._without_relative(words) > most:
                break
            before = tokens(self.text, self.start, place)
            quote = any(q.outer_start < place and q.outer_end > self.start for q in self.marks)
            # «Trop peu, répond X»
            short = quote or (
                self.cues.inverted_tail and not match_at(before, 0, [*self.light, *self.cues.circumstances])
            )
            # «« Inacceptable », tonne X»
            short = short and (quote or not match_at(before, 0, self.cues.determiners))
            few = 1 if self.closed_at(place) else 2 if short else _MIN_BEFORE_TAIL
            if len(before) < few:
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
            verb = first(words[: _MAX_SUBJECT if closed else _MAX_LIGHT], [*self.said_after(place), *fronted])
            begun = match_at(before[-1:], 0, self.cues.that)
            own = match_at(words, 0, self.cues.own_view)
            if own and own == len(words):
                subject = (words[0].start, words[0].start)
            elif source and source < len(words) and not begun and not self._goes_on_with_that(words, source):
                subject = (words[source].start, stop)
            elif verb and not no_saying(self.text, words, verb, self.cues) and self._closes(words, verb, place):
                place = self._with_subject(place, verb)
                behind = (that or taken) and sum(verb) < len(words)
                subject = (words[sum(verb)].start if behind else place, stop)
            else:
                continue
            cue, who = trim(self.text, place, stop), trim(self.text, *subject)
            if cue and (who or own):
                found.cues += self._cues(cue, who) if who else [Cue(*cue, None)]
                begin = tokens(self.text, self.start, place)[that].start if that else self._after_colon(place)
                found.content = [(begin, place), (stop, self.end)]
                if stop == self.end and (source or (quote and not closed)):
                    # «« … », a lancé X, selon l'AFP», "“…,” Ann Lee told them, the diplomat said"
                    inner = Attribution()
                    if Places(self.text, self.start, place, self.marks, self.cues).tail(inner):
                        found.cues, found.content = found.cues + inner.cues, inner.content
                if closed and self.cues.bare_content and stop == self.end:
                    self._source_within(found, place)
                return True
        return False

    def _source_within(self, found: Attribution, place: int) -> None:
        """Add the source with which a quotation ends: "“…, according to the report,” Ann Lee said"."""
        quote = next((q for q in self.marks if q.outer_end == place), None)
        inner = Attribution()
        if not quote or not Places(self.text, max(self.start, quote.start), quote.end, [], self.cues).tail(inner):
            return
        if self.source(tokens(self.text, inner.cues[0].start, inner.cues[0].end), 0):
            found.cues, found.content = found.cues + inner.cues, inner.content

    def _goes_on_with_that(self, words: Sequence[Token], source: int) -> bool:
        """Tell whether what is said follows a source: «Il faut, selon X, que …», not «selon un élu que tous citent»."""
        if self.cues.bare_content:
            # "…, according to a memo that he wrote"
            return False
        for k in range(source, len(words)):
            parted = "," in self.text[words[k - 1].end : words[k].start]
            relative = k > source and match_at(words, k, self.cues.citing if parted else self.cues.relatives)
            if match_at(words, k, self.cues.that) and not relative:
                return True
            if relative:
                return False
        return False

    def _without_relative(self, words: Sequence[Token]) -> int:
        """Count words up to a clause after a comma: «…, a dit X, qui avait promis …», «…, a dit X, alors que …»."""
        return next(
            (
                i
                for i in range(1, len(words))
                if match_at(words, i, [*self.cues.relatives, *self.cues.subordinators])
                and "," in self.text[words[i - 1].end : words[i].start]
            ),
            len(words),
        )
