"""What the patterns of attribution work on: a sentence, and what was found in it so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.cues import Cues, Token, match_at, tokens
from onrecord.phrases import Piece
from onrecord.quotations import Quotation

# A quotation of fewer words is a term or a scare quote, not a statement.
MIN_QUOTED_WORDS = 4


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


class Sentence:
    """One sentence, of which each pattern takes a part: cues are added to what is found, and the content narrowed."""

    def __init__(self, text: str, start: int, end: int, marks: Sequence[Quotation], cues: Cues) -> None:
        self.text, self.start, self.end, self.marks, self.cues = text, start, end, marks, cues
        self.light = [*cues.auxiliaries, *cues.adverbs]

    def in_relative(self, cue: Cue) -> bool:
        """Tell whether an attributing expression stands in a relative clause: «X, qui avait menacé de …»."""
        return match_at(tokens(self.text, cue.start, cue.end), 0, self.cues.relatives) > 0

    def outside(self, words: list[Token]) -> list[Token]:
        """Return the words that stand outside quotation marks."""
        return [w for w in words if not any(q.start <= w.start < q.end for q in self.marks)]
