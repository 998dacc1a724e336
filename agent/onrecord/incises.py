"""Attributions in the middle of what is said: «…, a-t-il dit, …», «…, selon la police, …»."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.matching import Token, after_commas, capital, first, match_at, tokens
from onrecord.patterns import Attribution, Cue
from onrecord.phrases import leading
from onrecord.pieces import Piece, trim
from onrecord.places import Places
from onrecord.quotations import MARKS
from onrecord.saying import no_saying

_MAX_INCISE = 20
# So soon a clause that goes on after an incise has its verb.
_MAX_TO_VERB = 7
# A comma and the mark that closes a quotation.
_MAX_CLOSING = 2
_MAX_BEGUN = 3
# An office beside a name has so many words.
_MAX_BESIDE = 10
_DASHES = ("—", "–")
# So soon an apposition says what somebody is.
_MAX_TO_PERSON = 4


class Incises(Places):
    """A sentence that an attribution may interrupt."""

    def part(self, start: int, end: int) -> "Incises":
        """Return a part of the sentence."""
        marks = [q for q in self.marks if q.outer_start < end and q.outer_end > start]
        part = Incises(self.text, start, end, marks, self.cues)
        part.taken = self.taken
        return part

    def interrupted(self, found: Attribution) -> bool:
        """«…, a-t-il dit, …», «…, selon lui, …»: the sentence goes on after a pronoun that says it."""
        stops = [i for i in range(self.start, self.end) if self.text[i] in ",;" or self._full_stop(i)]
        for left, right in pairwise(stops):
            words = tokens(self.text, left, right)
            if self.text[left] != "," or not words or len(words) > _MAX_INCISE:
                continue
            after = tokens(self.text, right, self.end)
            if self.cues.comma_before_that and match_at(after, 0, self.cues.that):
                # «X, знакомый с делом, рассказывает, что …»
                continue
            if not self._by_pronoun(words):
                for further in [stop for stop in stops if stop > right]:
                    if not self._apposition(right, further):
                        break
                    right = further
                words, after = tokens(self.text, left, right), tokens(self.text, right, self.end)
            quoted = any(
                right <= q.outer_start and not self.text[right : q.outer_start].strip(", \u00a0") for q in self.marks
            )
            begins = [*self.cues.finite, *self.cues.finite_forms, *self.cues.that]
            # «La toux, ajoute X, se soigne»
            begins += self.cues.reflexives if self.cues.inverted_tail and self.cues.articles else []
            clause = match_at(after, 0, begins) or self._clause(after) or self._infinitive(after)
            goes_on = quoted or clause or self.source(words, 0)
            if not self._by_pronoun(words) and not (goes_on and self._by_name(words)):
                continue
            before = tokens(self.text, self.start, left)
            # So few words are no statement yet: «Il s'agissait, a-t-il dit, d'un bon accord».
            begun = len(before) <= _MAX_BEGUN and match_at(before, 0, self.cues.pronouns)
            beside = bool(after) and not begun and self._beside(after, left)
            beside = beside or match_at(after, 0, self.cues.cited) > 0
            if not before or not after or self._all_name(right, self.end) or beside or self._fronts(left, after):
                continue
            cue = trim(self.text, left, right)
            source = self.source(words, 0)
            if source and any(q.start <= left < q.end and 0 <= q.end - right < _MAX_CLOSING for q in self.marks):
                # "“…, according to the report,” Ann Lee said": the source closes what she says.
                continue
            if cue:
                who = (words[source].start, words[-1].end) if source < len(words) else cue
                found.cues += [self._pronoun_cue(cue, words)] if self._by_pronoun(words) else self._cues(cue, who)
                resumed = self._resumed(left, right)
                found.content = [(self._after_colon(left), left), (right + 1 if resumed is None else resumed, self.end)]
                return True
        return False

    def unparted(self, found: Attribution) -> bool:
        """«Il y avait selon lui une fraude», «C'était selon M. Duval une fraude»: a view without commas."""
        words = self.outside(tokens(self.text, self.start, self.end))
        for i in range(1, len(words)):
            own = match_at(words, i, self.cues.own_view)
            if own and self.cues.bare_content and first(words[:i], self.cues.report):
                # "The fund said the offer did not, in its view, reflect …": it is the fund's.
                continue
            source = self.source(words, i)
            pronoun = match_at(words, i + source, self.cues.pronouns) if source else 0
            who = None if own or pronoun or not source else leading(self.text, words[i + source :], self.cues)
            named = sum(w.end <= who[1] for w in words[i + source :]) if who else 0
            last = i + (own or (source + (pronoun or named) if pronoun or named else 0))
            if last > i and last < len(words) and self.text[words[last - 1].end : words[last].start].isspace():
                found.cues.append(Cue(words[i].start, words[last - 1].end, who))
                found.content = [(self.start, words[i].start), (words[last - 1].end, self.end)]
                return True
        return False

    def _clause(self, words: Sequence[Token]) -> bool:
        """Tell whether words begin a clause of their own: «…, a-t-il dit, c'est la Commission qui décide»."""
        begins = [*self.cues.pronouns, *self.cues.determiners, *self.cues.copulas]
        if not self.cues.inverted_tail or not (match_at(words, 0, begins) or (words and capital(self.text, words[0]))):
            return False
        verbs = [*self.cues.finite, *self.cues.finite_forms, *self.cues.auxiliaries, *self.cues.copulas]
        stop = next(iter(after_commas(self.text, words)), len(words))
        near = words[: min(_MAX_TO_VERB, stop)]
        verb = next((k for k in range(len(near)) if match_at(near, k, verbs)), None)
        parted = [*self.cues.relatives, *self.cues.that, *self.cues.subordinators]
        return verb is not None and not any(match_at(near, k, parted) for k in range(verb))

    def _infinitive(self, words: Sequence[Token]) -> bool:
        """Tell whether an infinitive follows: «Il serait injuste, concluent les sénateurs, de faire porter …»."""
        marks = [mark for entry in self.cues.infinitives for mark in entry.mark]
        forms = [form for entry in self.cues.infinitives if entry.mark for form in entry.form if form != "*"]
        count = match_at(words, 0, marks)
        while count and (step := match_at(words, count, [*self.light, *self.cues.clitics])):
            count += step
        return bool(count and match_at(words, count, forms) and not match_at(words, count, self.cues.nouns_alike))

    def _full_stop(self, i: int) -> bool:
        """Tell whether a sentence ends here within a quotation, which goes on."""
        return self.text[i] in ".!?…" and any(q.start <= i < q.end - 2 for q in self.marks)

    def _by_pronoun(self, words: list[Token]) -> bool:
        if match_at(words, 0, self.cues.own_view) == len(words):
            return True
        source = self.source(words, 0)
        if source:
            return match_at(words, source, self.cues.pronouns) == len(words) - source > 0
        verb = first(words[:5], self.closing)
        if not verb or self._opens_content(words, verb):
            return False
        if self.cues.inverted_tail:
            after = words[sum(verb) :]
            # «a-t-il dit», «sagte er», «señaló»
            he = self._inverted(words[: sum(verb)]) or match_at(after, 0, self.cues.pronouns) == len(after) > 0
            return self._verb_first(words, verb[0]) and (he or (self.cues.pro_drop and not after))
        if not match_at(words, 0, self.cues.pronouns):
            return False
        beside = [*self.cues.circumstances, *self.cues.prepositions]
        told = match_at(words, verb[0], self.cues.listeners)
        return bool(sum(verb) == len(words) or told or match_at(words, sum(verb), beside))

    def _pronoun_cue(self, cue: Piece, words: Sequence[Token]) -> Cue:
        return Cue(*cue, self.named_at(*cue) if self._inverted(words) else None)

    def _by_name(self, words: list[Token]) -> bool:
        """«…, a expliqué la ministre, …», «…, selon la police, …»"""
        if self.source(words, 0):
            return True
        verb = first(words[:5], self.said_after(words[0].start))
        return verb is not None and not self._opens_content(words, verb) and self._parenthetic(words, verb)

    def _beside(self, after: Sequence[Token], left: int) -> bool:
        """Tell whether what follows a cue is about the saying: after a closed quotation, or if a circumstance."""
        beside = [*self.cues.circumstances, *self.cues.relatives]
        # «…, a-t-il dit, rappelant que …», «…, visant un ministre»
        plain = [*self.cues.conditions, *self.cues.prepositions, *self.cues.adverbs, *self.cues.nouns_alike]
        told = match_at(after, 0, [*self.cues.participles, *self.cues.participle_forms]) and not match_at(
            after, 0, plain
        )
        if told and self.cues.inverted_tail:
            return True
        # A comma may stand within the marks: “We stay,” she said, …
        closed = [q for q in self.marks if q.outer_end == left or 0 < q.outer_end - left <= _MAX_CLOSING]
        if told and closed:
            return True
        if closed and len(tokens(self.text, self.start, closed[-1].outer_start)) > 1:
            # «Il n'y avait « aucun risque », a-t-il dit, pour l'eau potable»
            return not match_at(after, 0, self.cues.that) and bool(match_at(after, 0, beside))
        if closed and not self._clause(after):
            return True
        if self.text[after[0].start :][:1] in MARKS or any(q.start <= left < q.end for q in self.marks):
            return False
        if self._infinitive(after):
            return False
        if any(q.outer_start == after[1].start - 1 for q in self.marks if len(after) > 1) and self.cues.inverted_tail:
            # «On ne parle pas, a-t-il dit, avec « un pistolet sur la tempe »»
            return False
        beside += self.cues.prepositions
        if match_at(after, 1, [*self.cues.finite, *self.cues.finite_forms]) and match_at(after, 0, self.light):
            # «…, selon lui, en avaient besoin»
            return False
        skipped = match_at(after, 0, self.cues.conjunctions)
        while skipped and (step := match_at(after, skipped, self.light)):
            skipped += step
        besides = skipped and match_at(after, skipped, self.cues.report)
        return bool(told or besides or match_at(after, 0, beside))

    def incise(self, found: Attribution) -> bool:
        """«…, a dit X, …», also inside one pair of quotation marks."""
        stops = [i for i in range(self.start, self.end) if self.text[i] == "," or self._full_stop(i)]
        for left, right in self._chunks(stops):
            words = tokens(self.text, left, right)
            # «Avec humanité ? s'étrangle le pénaliste. J'ai …»
            asked = self._full_stop(left) and words and self.text[words[0].start].islower()
            if not (self.text[left] == "," or asked) or any(
                left < q.outer_start < right < q.outer_end for q in self.marks
            ):
                continue
            verb = first(words[:5], self.said_after(left)) if len(words) <= _MAX_INCISE else None
            if verb and self._parenthetic(words, verb) and not self._opens_content(words, verb):
                right = self._to_stop(right, stops)
                cue = trim(self.text, left + bool(asked), right)
                after = tokens(self.text, right, self.end)
                if self.cues.inverted_tail and self.text[right] == "," and self._apposed(right):
                    # «…, a répliqué X, le ministre, …»
                    continue
                if self._fronts(left, after):
                    continue
                if cue and tokens(self.text, self.start, left):
                    found.cues.append(Cue(*cue, self.named_at(*cue)))
                    found.content = [(self.start, left + bool(asked)), (right + 1, self.end)]
                    beside = [*self.cues.relatives, *self.cues.circumstances, *self.cues.prepositions]
                    if any(q.outer_end == left for q in self.marks) and match_at(after, 0, beside):
                        # «« … », s'est félicité X, qui avait passé la nuit …»
                        found.content = [(self.start, left)]
                    elif (resumed := self._resumed(left, right)) is not None:
                        found.content = [(self.start, left), (resumed, self.end)]
                    return True
        return False

    def _to_stop(self, right: int, stops: Sequence[int]) -> int:
        """Return where an incise ends whose speaker's office follows: «…, dit X, du service de presse. Nous …»."""
        stop = next((i for i in stops if i > right), right)
        beside = tokens(self.text, right, stop)
        verbs = [*self.cues.finite, *self.cues.finite_forms, *self.cues.auxiliaries, *self.cues.pronouns]
        said = any(match_at(beside, k, verbs) for k in range(len(beside)))
        opens = match_at(beside, 0, [*self.cues.contracted, *self.cues.particles, *self.cues.persons])
        ends = self.text[right] == "," and self._full_stop(stop) and self.cues.inverted_tail
        return stop if ends and opens and not said and len(beside) <= _MAX_BESIDE else right

    def _resumed(self, left: int, right: int) -> int | None:
        """Return where a quotation goes on behind the dash that closes what another opened.

        «Мы ждём, — сказал Петров, который ведёт дело. — Решение будет завтра»
        """
        opened = self.text[left + 1 : right].lstrip()[:1] in _DASHES
        if not opened or not self.cues.bare_nouns or not any(q.start <= left < q.end for q in self.marks):
            return None
        close = next((i for i in range(right, self.end) if self.text[i] in _DASHES), self.end)
        return min(close + 1, self.end)

    def _chunks(self, stops: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield what stands between two stops, also where commas part a verb from its subject.

        «…, a lancé mardi, dans une vidéo, le patron de l'institut, …»
        """
        for i, left in enumerate(stops):
            for right in stops[i + 1 :]:
                words = tokens(self.text, left, right)
                yield left, right
                verb = first(words[:5], self.said_after(left))
                if len(words) > _MAX_INCISE or not verb or self._parenthetic(words, verb):
                    break
                if self.text[right] != "," or not self._after_circumstances_only(words[sum(verb) :]):
                    break

    def _after_circumstances_only(self, words: Sequence[Token]) -> bool:
        """Tell whether words only say when, where or how."""
        beside = [*self.cues.circumstances, *self.cues.prepositions, *self.cues.adverbs]
        return not words or match_at(words, 0, beside) > 0

    def _apposed(self, at: int) -> bool:
        """Tell whether what follows a comma says who somebody is: a noun without a verb, up to the next stop."""
        stop = next((i for i in range(at + 1, self.end) if self.text[i] in ",;:" or self.text[i] in MARKS), self.end)
        words = tokens(self.text, at, stop)
        verbs = [*self.cues.finite, *self.cues.finite_forms, *self.cues.auxiliaries, *self.cues.infinitive_forms]
        described = any(match_at(words, k, self.cues.persons) for k in range(min(_MAX_TO_PERSON, len(words))))
        return described and not any(match_at(words, k, verbs) for k in range(len(words)))

    def _parenthetic(self, words: list[Token], verb: tuple[int, int]) -> bool:
        """Tell whether words between commas are a verb of saying with its subject, and nothing else."""
        after = words[sum(verb) :]
        if no_saying(self.text, words, verb, self.cues):
            return False
        if not self.cues.inverted_tail:
            before = verb[0] > 0 and not after and not match_at(words, 0, self.cues.relatives)
            # ", remarked Ann Lee,", ", says a banker,", but not ", announced a plan,"
            takes = match_at(words, verb[0], [*self.cues.transitive, *self.cues.object_only])
            noun = not takes and match_at(after, 0, [*self.cues.determiners, *self.cues.indefinite])
            if match_at(words, verb[0], self.cues.addressed) and not before:
                # "A clerk, who was there, told Reuters he had …"
                return False
            relative = first(after, self.cues.relatives) or (len(after), 0)
            clause = any(match_at(after, k, self.cues.auxiliaries) for k in range(relative[0]))
            somebody = after and (capital(self.text, after[0]) or (noun and not clause))
            return before or (not verb[0] and bool(somebody))
        inverted = self._inverted(words[: sum(verb)])
        somebody = self._after_circumstances(after)
        somebody = somebody[:1] if somebody and self._says_who(somebody) and not self._says_something(somebody) else []
        return self._verb_first(words, verb[0]) and bool(inverted or somebody)

    def middle(self, found: Attribution) -> bool:
        """«…», a dit X, «…»"""
        for left, right in pairwise(self.marks):
            words = tokens(self.text, left.outer_end, right.outer_start)
            verb = first(words[:5], self.closing)
            if verb and self._verb_first(words, verb[0]) and not self._opens_content(words, verb):
                cue = trim(self.text, left.outer_end, right.outer_start)
                if cue:
                    found.cues.append(Cue(*cue, self.named_at(*cue)))
                    found.content = [(self.start, left.outer_end), (right.outer_start, self.end)]
                    return True
        return False
