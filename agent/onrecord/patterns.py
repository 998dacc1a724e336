"""The patterns by which a sentence attributes what it says: before, after, in the middle, at the head of a clause."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.cues import Cues, Token, capital, first, match_at, tokens
from onrecord.phrases import TRIM, Piece, appositive, named, trim
from onrecord.quotations import MARKS, Quotation

# A quotation of fewer words is a term or a scare quote, not a statement.
MIN_QUOTED_WORDS = 4
_MAX_TAIL_WORDS = 22
_MAX_HEAD_WORDS = 16
_MIN_BEFORE_TAIL = 3
_MAX_BARE_TAIL = 10
_MAX_INCISE = 10


@dataclass(frozen=True)
class Cue:
    """An attributing expression, and the part of it that names who speaks."""

    start: int
    end: int
    subject: Piece | None


@dataclass
class Attribution:
    """What a sentence says and under whose names, outermost first: in «Selon A, B a reconnu que …» A, then B."""

    cues: list[Cue] = field(default_factory=list)
    content: list[Piece] = field(default_factory=list)


class Sentence:
    """One sentence, of which each pattern takes a part: cues are added to what is found, and the content narrowed."""

    def __init__(self, text: str, start: int, end: int, marks: Sequence[Quotation], cues: Cues) -> None:
        self.text, self.start, self.end, self.marks, self.cues = text, start, end, marks, cues
        self._light = [*cues.auxiliaries, *cues.adverbs]

    def _open(self, words: list[Token]) -> list[Token]:
        return [w for w in words if not any(q.start <= w.start < q.end for q in self.marks)]

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
        count = match_at(words, 0, self.cues.source)
        view = 0 if count else match_at(words, 0, self.cues.view)
        count = count or view
        if not count or count >= len(words):
            return False
        ends = [i for i in self._breaks() if i > words[count].start] or [self.end]
        ends += [q.outer_start for q in self.marks if q.outer_start > words[count].start]
        ends.sort()
        stop = ends[0]
        for after in ends[1:]:
            if not self._apposition(stop, after):
                break
            stop = after
        if not any(c.isalnum() for c in self.text[stop : self.end]):
            return False
        quoted = [len(tokens(self.text, stop, q.outer_start)) for q in self.marks if q.outer_start >= stop]
        if view and not (
            0 in quoted or (quoted and any(capital(self.text, w) for w in tokens(self.text, words[count].start, stop)))
        ):
            # «Pour Anticor, c'est « … »» gives a view; «Pour sortir de la crise, …» does not.
            return False
        cue = trim(self.text, words[0].start, stop)
        subject = trim(self.text, words[count].start, stop)
        if not cue or not subject:
            return False
        found.cues.append(Cue(*cue, self._named(*subject)))
        found.content = [(stop, self.end)]
        return True

    def _apposition(self, start: int, end: int) -> bool:
        """Tell whether the chunk between two commas goes on naming: a name, or a description without a clause."""
        words = tokens(self.text, start, end)
        if not words or self.text[start] not in ",;" or self.text[end : end + 1] not in ",;":
            return False
        if match_at(words, 0, self.cues.relatives):
            # «D'après Le Figaro, qui cite une source policière, …»
            return True
        if match_at(words, 0, self.cues.function_words) or first(words, self.cues.report):
            return False
        named = all(capital(self.text, w) or match_at([w], 0, self.cues.particles) for w in words)
        return named or (len(words) <= 8 and self.text[words[0].start].islower())

    def tail(self, found: Attribution) -> bool:
        """«…, a déclaré X.»"""
        for place in reversed(self._breaks()):
            words = tokens(self.text, place, self.end)
            if not words:
                continue
            if len(words) > _MAX_TAIL_WORDS:
                break
            before = tokens(self.text, self.start, place)
            quote = any(q.outer_start < place and q.outer_end > self.start for q in self.marks)
            if len(before) < (2 if quote else _MIN_BEFORE_TAIL):
                break
            if any(q.start <= words[0].start < q.end for q in self.marks):
                break
            source = match_at(words, 0, self.cues.source)
            verb = first(words[:6], self.cues.report)
            if source and source < len(words):
                subject = (words[source].start, self.end)
            elif verb and self._closes(words, verb, place):
                subject = (place, self.end)
            else:
                continue
            cue, who = trim(self.text, place, self.end), trim(self.text, *subject)
            if cue and who:
                found.cues.append(Cue(*cue, self._named(*who)))
                found.content = [(self.start, place)]
                return True
        return False

    def _named(self, start: int, end: int) -> Piece | None:
        """Return the words of a cue that name somebody, without verb, auxiliaries and what follows a comma."""
        words = tokens(self.text, start, end)
        if any("-" in w.word and w.word.rsplit("-", 1)[1] in self.cues.pronouns for w in words):
            # «a-t-il écrit sur …»: the pronoun is the subject, whatever follows.
            return None
        if not (verb := first(words, self.cues.report)):
            return appositive(self.text, words, self.cues)
        if any(not match_at(words, i, self._light) for i in range(verb[0])):
            return named(self.text, words[: verb[0]], self.cues)
        return appositive(self.text, words[sum(verb) :], self.cues)

    def _verb_first(self, words: list[Token], verb: int) -> bool:
        if not self.cues.inverted_tail:
            return True
        i = 0
        while i < verb:
            if not (step := match_at(words, i, self._light)):
                return False
            i += step
        return True

    def _closes(self, words: list[Token], verb: tuple[int, int], place: int) -> bool:
        """Tell whether a clause with a verb of saying closes what was said, rather than opening it."""
        if not self._verb_first(words, verb[0]) or self._opens_content(words, verb):
            return False
        if (
            not verb[0]
            and match_at(words, 0, self.cues.transitive)
            and not any(q.outer_end == place for q in self.marks)
        ):
            # «Le patron, mis en examen, nie les faits»: what follows is the object.
            return False
        if not self.cues.bare_content or any(q.outer_end == place for q in self.marks):
            return True
        if match_at(words, sum(verb), self.cues.pronouns):
            # "…, announced it": the pronoun is the object.
            return False
        # «…, said the minister» closes; "X, speaking quietly, said the talks had failed" does not.
        after = words[sum(verb) :]
        return len(words) <= _MAX_BARE_TAIL and not any(
            match_at(after, k, self.cues.auxiliaries) for k in range(len(after))
        )

    def _opens_content(self, words: list[Token], verb: tuple[int, int]) -> bool:
        after = sum(verb)
        return any(match_at(words, k, self.cues.that) for k in range(after, min(after + 4, len(words))))

    def incise(self, found: Attribution) -> bool:
        """«…, a dit X, …», also inside one pair of quotation marks."""
        commas = [i for i in range(self.start, self.end) if self.text[i] == ","]
        for left, right in pairwise(commas):
            words = tokens(self.text, left, right)
            verb = first(words[:5], self.cues.report) if len(words) <= _MAX_INCISE else None
            if verb and self._parenthetic(words, verb) and not self._opens_content(words, verb):
                cue = trim(self.text, left, right)
                if cue and tokens(self.text, self.start, left):
                    found.cues.append(Cue(*cue, self._named(*cue)))
                    found.content = [(self.start, left), (right, self.end)]
                    return True
        return False

    def _parenthetic(self, words: list[Token], verb: tuple[int, int]) -> bool:
        """Tell whether words between commas are a verb of saying with its subject, and nothing else."""
        after = words[sum(verb) :]
        if not self.cues.inverted_tail:
            return verb[0] > 0 and not after and not match_at(words, 0, self.cues.relatives)
        inverted = any("-" in w.word and w.word.rsplit("-", 1)[1] in self.cues.pronouns for w in words[: sum(verb)])
        somebody = after and (match_at(after, 0, self.cues.determiners) or self._names(after[0]))
        return self._verb_first(words, verb[0]) and bool(inverted or somebody)

    def _names(self, word: Token) -> bool:
        return capital(self.text, word)

    def middle(self, found: Attribution) -> bool:
        """«…», a dit X, «…»"""
        for left, right in pairwise(self.marks):
            words = tokens(self.text, left.outer_end, right.outer_start)
            verb = first(words[:5], self.cues.report)
            if verb and self._verb_first(words, verb[0]) and not self._opens_content(words, verb):
                cue = trim(self.text, left.outer_end, right.outer_start)
                if cue:
                    found.cues.append(Cue(*cue, self._named(*cue)))
                    found.content = [(self.start, left.outer_end), (right.outer_start, self.end)]
                    return True
        return False

    def head(self, found: Attribution, *, reported: bool = False) -> bool:
        """«X a dit que …», also inside what another cue has already set apart; `reported`, only with its «que»."""
        start, end = found.content[0]
        while start < end and self.text[start] in TRIM:
            start += 1
        words = tokens(self.text, start, end)
        # Inside a quotation only a whole attributed clause counts, and the quotation must begin with it.
        nested = reported or any(q.start <= start < q.end for q in self.marks)
        eligible = words if nested else self._open(words)
        at = 0
        while verb := first(eligible, self.cues.report, at):
            at = verb[0] + 1
            if verb[0] >= _MAX_HEAD_WORDS:
                return False
            if verb[0] and match_at(eligible, verb[0] - 1, self.cues.infinitive):
                # "He declined to say whether …": nothing was said.
                continue
            if reported and not MARKS.union(",;:").isdisjoint(self.text[start : eligible[verb[0]].start]):
                return False
            if (opening := self._content_start(eligible, verb, nested, end)) is None:
                continue
            subject = self._subject(eligible, verb[0])
            if subject is None:
                continue
            if nested and match_at(eligible, subject, self.cues.first_person):
                # « Je constate que … », a dit X: he is quoted, and relays nobody.
                return False
            first_word, last = eligible[subject], eligible[sum(verb) - 1]
            who = named(self.text, eligible[subject : verb[0]], self.cues)
            found.cues.append(Cue(first_word.start, last.end, who))
            found.content[0] = (opening, end)
            return True
        return False

    def _content_start(self, words: list[Token], verb: tuple[int, int], nested: bool, end: int) -> int | None:
        after = sum(verb)
        for k in range(after, min(after + 9, len(words))):
            comma = "," in self.text[words[after - 1].end : words[k].start]
            if (count := match_at(words, k, self.cues.that)) and (not comma or self.cues.comma_before_that):
                return words[k + count - 1].end + (1 if self.text[words[k + count - 1].end] in "'’" else 0)
        last = words[after - 1].end
        if not nested:
            for q in self.marks:
                between = tokens(self.text, last, q.outer_start)
                if q.outer_start >= last and len(between) <= 8 and ":" in self.text[last : q.outer_start]:
                    return q.outer_start
                if q.outer_start >= last and not between and len(tokens(self.text, *q[:2])) >= MIN_QUOTED_WORDS:
                    return q.outer_start
        if self.cues.bare_content and after < len(words) and not nested:
            return last
        colon = self.text.find(":", last, end)
        return colon + 1 if 0 <= colon < last + 60 and not nested else None

    def _subject(self, words: list[Token], verb: int) -> int | None:
        """Return the index of the word that the verb's subject begins with."""
        if not verb:
            return None
        parted = False
        for i in range(verb - 1, -1, -1):
            if not any(c in ",;:–—" for c in self.text[words[i].end : words[i + 1].start]):
                continue
            naming = words[i + 1 : verb]
            if all(match_at(naming, k, self._light) for k in range(len(naming))):
                # «X, interrogé lundi, a dit»: between the comma and the verb there is nobody.
                parted = True
            elif not parted or capital(self.text, naming[0]):
                return i + 1
            else:
                parted = False
        return 0

    def gaps(self, found: Attribution) -> None:
        """«…, ajoutant que …» parts what is said in two pieces."""
        if not found.cues:
            return
        pieces: list[Piece] = []
        for start, end in found.content:
            words = self._open(tokens(self.text, start, end))
            cut = start
            for i, word in enumerate(words):
                comma = self.text[start : word.start].rstrip().endswith(",")
                verb = first(words[i : i + 4], self.cues.report) if comma else None
                if verb and self._verb_first(words[i:], verb[0]):
                    after = i + sum(verb)
                    for k in range(after, min(after + 3, len(words))):
                        if count := match_at(words, k, self.cues.that):
                            pieces.append((cut, word.start))
                            cut = words[k + count - 1].end
                            cut += self.text[cut] in "'’"
                            break
            pieces.append((cut, self._predicate(cut, end)))
        found.content = pieces

    def _predicate(self, start: int, end: int) -> int:
        """Return where a second verb of the same speaker begins: «… », et a appelé à …"""
        for q in self.marks:
            after = tokens(self.text, q.outer_end, end) if start < q.outer_end < end else []
            if after and match_at(after, 0, self.cues.conjunctions):
                skipped = match_at(after, 1, self.cues.adverbs)
                if match_at(after, 1 + skipped, [*self.cues.auxiliaries, *self.cues.report]):
                    return q.outer_end
        return end
