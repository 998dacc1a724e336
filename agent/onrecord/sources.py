"""Who stands in a piece of a sentence: its subject after or before a verb of saying, and what goes on naming it."""

from collections.abc import Sequence

from onrecord.matching import Token, after_commas, capital, first, match_at, tokens
from onrecord.patterns import Sentence
from onrecord.phrases import acronym, appositive, named, of_person
from onrecord.pieces import Piece
from onrecord.saying import no_saying
from onrecord.seats import seat, seated

# So many words an adjective has between commas at most: «très en colère».
_MAX_APART = 4
# What goes on naming somebody has so many words, his office more: «directrice de la recherche à l'institut …».
_MAX_BESIDE, _MAX_OFFICE = 8, 14
# The endings of a Russian adjective that says to whom.
_DATIVES = ("ому", "ему")


class Sources(Sentence):
    """A sentence that names whoever speaks in it."""

    def named_at(self, start: int, end: int) -> Piece | None:
        """Return the words of a cue that name somebody, without verb, auxiliaries and what follows a comma."""
        words = tokens(self.text, start, end)
        if self._inverted(words):
            # «a-t-il écrit sur …»: the pronoun is the subject, whatever follows; but «dit-on à la mairie».
            one = next((k for k, w in enumerate(words) if w.word.rpartition("-")[2] in self.cues.one), None)
            return None if one is None else seated(self.text, words[one + 1 :], self.cues)
        verb = first(words, self.closing)
        while verb and no_saying(self.text, words, verb, self.cues):
            # «l'accusation», «la Caisse d'assurance maladie»
            verb = first(words, self.closing, verb[0] + 1)
        if not verb:
            return appositive(self.text, words, self.cues)
        after = words[sum(verb) :]
        if match_at(words, verb[0], self.cues.plural_verbs) and (place := seat(self.text, after, self.cues)):
            return place
        if any(not match_at(words, i, self.light) for i in range(verb[0])):
            return named(self.text, words[: verb[0]], self.cues)
        who = self._after_circumstances(after)
        if self.cues.bare_nouns and who and who[0].word.endswith(_DATIVES):
            # «Первому каналу министр»
            who = who[next((k for k in range(1, len(who)) if of_person(who, k, self.cues)), 0) :]
        nobody = self.cues.pro_drop and self.cues.articles and match_at(who, 0, self.cues.prepositions)
        return None if nobody else appositive(self.text, who, self.cues)

    def _inverted(self, words: Sequence[Token]) -> bool:
        return any("-" in w.word and w.word.rsplit("-", 1)[1] in self.cues.pronouns for w in words)

    def _verb_first(self, words: Sequence[Token], verb: int) -> bool:
        """Tell whether nothing but light words stands before a verb, where the language puts it before its subject."""
        if not self.cues.inverted_tail:
            return True
        i = 0
        while i < verb:
            if not (step := match_at(words, i, self.light)):
                return False
            i += step
        return True

    def _fronts(self, left: int, after: Sequence[Token]) -> bool:
        """Tell whether a clause before a cue depends on it: «Als er kam, gab er an, …», not «…, sagte er, werde …»."""
        goes_on = match_at(after, 0, [*self.cues.finite, *self.cues.reported_mood])
        return (not goes_on and self._subordinate(left)) or self._only_named(left)

    def _only_named(self, place: int) -> bool:
        """Tell whether a name and what he is are all before a place: "Ann Lee, a dockers' leader, (said …)"."""
        comma = self.text.find(",", self.start, place)
        beside = tokens(self.text, comma, place) if comma > 0 and self.cues.bare_content else []
        words = tokens(self.text, self.start, place)
        verb = any(self.cues.verb_at(words, k) for k in range(len(words)))
        return bool(beside) and self._all_name(self.start, comma) and not verb

    def _subordinate(self, place: int) -> bool:
        """Tell whether nothing but a clause that depends on the next one stands before a place.

        «Als die Polizei kam, (gab er auf)», but «Als Chef sei er gescheitert, (sagte sie)».
        """
        words = tokens(self.text, self.start, place)
        if self._ends_relative(words):
            return True
        if not self.cues.verb_second or not match_at(words, 0, [*self.cues.subordinators, *self.cues.fronting]):
            return False
        if any(q.outer_start <= words[0].start < q.outer_end for q in self.marks):
            return False
        verbs = [*self.cues.finite, *self.cues.reported_mood]
        finite = [k for k in range(1, len(words)) if match_at(words, k, verbs)]
        finite = [k for k in finite if not match_at(words, k, self.cues.negations)]
        ends = after_commas(self.text, words)
        last = (ends[0] if ends else len(words)) - 1
        # In the main clause the verb stands second.
        return not any(k in ends or k < last for k in finite)

    def _ends_relative(self, words: Sequence[Token]) -> bool:
        """Tell whether words are a subject and its relative clause: «Der Chef, der aus Ulm kommt, (hielt …)».

        «Ein Plan, den keiner braucht, (sagte sie)» is all that is said.
        """
        comma = next(iter(after_commas(self.text, words)), 0)
        verbs = [*self.cues.finite, *self.cues.auxiliaries, *self.cues.report, *self.cues.reported_mood]
        if not comma or not self.cues.verb_second or any(match_at(words, k, verbs) for k in range(comma)):
            return False
        begin = match_at(words, 0, self.cues.conjunctions)
        named = begin < comma and capital(self.text, words[begin])
        subject = (named or match_at(words, begin, self.cues.determiners)) and not match_at(
            words, begin, [*self.cues.indefinite, *self.cues.oblique, *self.cues.prepositions]
        )
        return bool(subject and match_at(words, comma, [*self.cues.relatives, *self.cues.determiners]))

    def _says_somebody(self, words: list[Token], verb: tuple[int, int]) -> bool:
        """Tell whether a subject follows a verb, joined to it or as a noun."""
        after = words[sum(verb) :]
        if self.cues.pro_drop and after and "," in self.text[words[sum(verb) - 1].end : after[0].start]:
            return True
        after = self._after_circumstances(after)
        if self.cues.pro_drop and self.cues.articles and match_at(after, 0, self.cues.prepositions):
            # «…, se preguntó ante la emisora»
            return True
        nouns = [*self.cues.determiners, *self.cues.indefinite, *self.cues.plural, *self.cues.pronouns]
        return (
            self._inverted(words[: sum(verb)])
            or (not words[sum(verb) :] and (self.cues.pro_drop or self.cues.verb_second or self.cues.bare_nouns))
            or bool(after and (capital(self.text, after[0]) or match_at(after, 0, nouns)))
        )

    def _says_who(self, words: Sequence[Token]) -> bool:
        """Tell whether words after a verb of saying begin with somebody: «(заявил) министр», not «(заявил) о том»."""
        if match_at(words, 0, [*self.cues.determiners, *self.cues.seats]) or capital(self.text, words[0]):
            return True
        return self.cues.bare_nouns and not match_at(
            words, 0, [*self.cues.prepositions, *self.cues.that, *self.cues.report]
        )

    def _all_name(self, start: int, end: int) -> bool:
        words = tokens(self.text, start, end)
        return all(capital(self.text, w) or match_at([w], 0, self.cues.particles) for w in words)

    def _apposition(self, start: int, end: int) -> bool:
        """Tell whether the chunk between two commas goes on naming: a name, or a description without a clause."""
        words = tokens(self.text, start, end)
        if not words or self.text[start] not in ",;" or self.text[end : end + 1] not in ",;":
            return False
        if match_at(words, 0, [*self.cues.relatives, *self.cues.cited]):
            # «D'après Le Figaro, qui cite une source policière, …», «Selon un élu, cité par Le Figaro, …»
            return True
        if self._all_name(start, end):
            # «Frédéric Souillot, de FO, …»
            return True
        if match_at(words, 0, [*self.cues.function_words, *self.cues.source]) or first(words, self.cues.report):
            return False
        most = _MAX_OFFICE if of_person(words, 0, self.cues) else _MAX_BESIDE
        return len(words) <= most and self.text[words[0].start].islower()

    def _after_circumstances(self, words: list[Token]) -> list[Token]:
        """Return the words from the one that says who: after «samedi 15 mai», «le lendemain, devant les grilles,»."""
        while words:
            dated = len(words) > 1 and words[1].word.isdigit()
            light = 0 if match_at(words, 0, self.cues.determiners) else match_at(words, 0, self.cues.adverbs)
            beside = match_at(words, 0, [*self.cues.circumstances, *self.cues.prepositions])
            if dated or words[0].word.isdigit():
                # «samedi 15 mai», «le 29 octobre»
                words = words[3 if dated else 2 :]
            elif light > bool(match_at(words, 0, self.cues.prepositions)):
                words = words[light:]
            elif apart := self._apart(words):
                words = words[apart:]
            elif beside:
                if somebody := self._after_listener(words):
                    # «lançait aux Grecs le président de la Commission»
                    return somebody
                i = next((i for i in range(1, len(words)) if "," in self.text[words[i - 1].end : words[i].start]), None)
                if i is None:
                    return words
                words = words[i:]
            else:
                return words
        return words

    def _apart(self, words: Sequence[Token]) -> int:
        """Return how many words of few an adjective between commas has before a subject: «lâche, dépité, le maire»."""
        stop = next(iter(after_commas(self.text, words)), 0)
        opened = self.text[: words[0].start].rstrip()[-1:] == "," and self.cues.inverted_tail and self.cues.articles
        if not opened or not 0 < stop <= _MAX_APART or capital(self.text, words[0]):
            return 0
        nouns = [*self.cues.determiners, *self.cues.indefinite, *self.cues.plural]
        begins = capital(self.text, words[stop]) or match_at(words, stop, nouns)
        clause = match_at(words, 0, [*nouns, *self.cues.relatives, *self.cues.report, *self.cues.that])
        return stop if begins and not clause else 0

    def _after_listener(self, words: list[Token]) -> list[Token]:
        """Return the words from a subject that follows a noun with its preposition, before any comma."""
        links = [*self.cues.prepositions, *self.cues.particles, *self.cues.conjunctions]
        for i in range(2, len(words)):
            if "," in self.text[words[i - 1].end : words[i].start]:
                break
            noun = match_at(words, i, self.cues.determiners)
            # «a dit à l'AFP Clément Beaune»
            parted = not capital(self.text, words[i - 1]) or acronym(self.text, words[i - 1])
            name = capital(self.text, words[i]) and parted
            # «в интервью Первому каналу министр»
            name = name and not (self.cues.bare_nouns and words[i].word.endswith(_DATIVES))
            # «заявил в Стамбуле командующий армией Салим Идрис»
            person = self.cues.bare_nouns and of_person(words, i, self.cues)
            joined = match_at(words, i - 1, [*links, *(self.cues.determiners if name else ())])
            # «a la emisora pública Radio Uno», «a EFE fuentes del ministerio»
            spoken_to = self.cues.pro_drop and self.cues.articles
            press = spoken_to and name and any(match_at(words, k, self.cues.organisations) for k in range(i))
            several = spoken_to and match_at(words, i, [*self.cues.plural, *self.cues.indefinite])
            if ((noun or person or several) or (name and not press)) and not joined:
                return words[i:]
        return []
