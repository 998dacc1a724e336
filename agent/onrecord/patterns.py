"""What the patterns of attribution work on: a sentence, and what was found in it so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, tokens
from onrecord.pieces import Piece
from onrecord.quotations import Quotation

# A quotation of fewer words is a term or a scare quote, not a statement.
MIN_QUOTED_WORDS = 4
# How many words may stand between a verb of saying and the comma before what is said.
_MAX_TO_COMMA = 7
# What ends a statement within its marks, and no name.
_STOPS = frozenset(",!?…")


def is_name(text: str, start: int, end: int) -> bool:
    """Tell whether what stands between quotation marks may be a name: «компания „Ромашка“»."""
    return text[start : start + 1].isupper() and len(tokens(text, start, end)) < MIN_QUOTED_WORDS


@dataclass(frozen=True)
class Cue:
    """An attributing expression, and the part of it that names who speaks.

    `after` is the expression whose speaker goes on: «…, a-t-il dit, assurant que …».
    """

    start: int
    end: int
    subject: Piece | None
    after: Piece | None = None

    def going_on(self, start: int, end: int) -> "Cue":
        """Return the expression by which the same speaker says something besides."""
        return Cue(start, end, self.subject, self.after or (self.start, self.end))


@dataclass
class Attribution:
    """What a sentence says and under whose names, outermost first: in «Selon A, B a reconnu que …» A, then B."""

    cues: list[Cue] = field(default_factory=list)
    content: list[Piece] = field(default_factory=list)
    # One word may be all: «a dénoncé « une imposture »», "urged them to stay".
    brief: bool = False
    # Nothing but the mood of its verb tells that somebody says it: «Die Lage sei ernst.»
    by_mood: bool = False


class Sentence:
    """One sentence, of which each pattern takes a part: cues are added to what is found, and the content narrowed."""

    def __init__(self, text: str, start: int, end: int, marks: Sequence[Quotation], cues: Cues) -> None:
        self.text, self.start, self.end, self.marks, self.cues = text, start, end, marks, cues
        self.light = [*cues.auxiliaries, *cues.adverbs]
        # What attributes where it stands behind what is said.
        self.closing = [*cues.report, *cues.report_after]
        # What was found in parts of it, by their offsets and by the expression whose speaker goes on in them.
        self.taken: dict[tuple[int, int, Cue | None], list[Attribution]] = {}

    def said_after(self, place: int) -> Sequence[str]:
        """Return the verbs that attribute from a place on: more of them behind or within a quotation."""
        return self.closing if any(q.outer_start < place for q in self.marks) else self.cues.report

    def source(self, words: Sequence[Token], i: int) -> int:
        """Return how many words from word `i` on say that a source follows: «laut», «so» before a name."""
        count = match_at(words, i, self.cues.source)
        if match_at(words, i + count, self.cues.nobody):
            # «Selon nos informations»
            return 0
        bare = 0 if count else match_at(words, i, self.cues.source_named)
        return bare if bare and i + bare < len(words) and capital(self.text, words[i + bare]) else count

    def in_relative(self, cue: Cue) -> bool:
        """Tell whether an attributing expression stands in a relative clause: «X, qui avait menacé de …»."""
        return match_at(tokens(self.text, cue.start, cue.end), 0, self.cues.relatives) > 0

    def after_comma(self, words: Sequence[Token], at: int) -> int | None:
        """Return where a clause begins that follows its verb after a comma: «sagte, die Lage sei ernst».

        So it is in languages that put the verb second; a relative clause ends with its verb.
        """
        if not self.cues.verb_second:
            return None
        for k in range(at, min(at + _MAX_TO_COMMA, len(words))):
            between = self.text[words[k - 1].end : words[k].start] if k else ""
            if any(c in between for c in ";:") or match_at(words, k, self.cues.that):
                return None
            if match_at(words, k, self.cues.conjunctions) and match_at(words, k + 1, self.cues.report):
                # «nannte den Plan gut und sagte, die Lage sei ernst»
                return None
            if "," in between:
                quote = next((q for q in self.marks if words[k - 1].end <= q.outer_start < words[k].start), None)
                if quote and not self.text[words[k - 1].end : quote.outer_start].strip(", "):
                    # «sagt, „…“ und setze …»: it begins with the quotation.
                    return quote.outer_start
                clause = words[k:]
                stop = next((i for i in range(1, len(clause)) if self.text[clause[i - 1].end] in ",;:"), len(clause))
                clause = clause[:stop]
                # «…, die Lage sei „sehr ernst“»: words in quotation marks may follow the last one.
                goes_on = any(q.outer_start - clause[-1].end in (0, 1) for q in self.marks)
                last = not goes_on and match_at(clause, len(clause) - 1, self.cues.finite)
                finite = any(match_at(clause, i, self.cues.finite) for i in range(len(clause) - (not goes_on)))
                infinitive = len(clause) > 1 and (
                    match_at(clause, len(clause) - 2, self.cues.infinitive)
                    or match_at(clause, len(clause) - 1, self.cues.infinitive_forms)
                    or (last and any(match_at(clause, i, self.cues.infinitive) for i in range(len(clause))))
                )
                relative = match_at(clause, 0, self.cues.relatives) and last and not infinitive
                return words[k].start if len(clause) > 2 and (finite or infinitive) and not relative else None
        return None

    def closed_at(self, place: int) -> bool:
        """Tell whether a quotation ends at a place that is a statement, and no name: not «„Яндекс“ обвинил …»."""
        return any(
            q.outer_end == place
            and (
                not is_name(self.text, q.start, q.end)
                or self.text[q.end - 1] in _STOPS
                or self.text[place:].lstrip(" \u00a0")[:1] in {",", "—", "–"}
            )
            for q in self.marks
        )

    def outside(self, words: list[Token]) -> list[Token]:
        """Return the words that stand outside quotation marks."""
        return [w for w in words if not any(q.start <= w.start < q.end for q in self.marks)]
