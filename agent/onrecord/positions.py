"""What position a statement takes: told by its verb, or by words of praise, blame and necessity in it."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, match_at, tokens
from onrecord.pieces import Piece
from onrecord.records import Polarity

# How far before a word its negation may stand.
_REACH = 3


def told_by_verb(text: str, cue: Piece, pieces: Sequence[Piece], cues: Cues) -> Polarity | None:
    """Return the position that the verb of a statement tells: «exige», "accused", «dément que»."""
    verbs = _last_predicate(tokens(text, *cue), cues)
    if any(match_at(verbs, i, cues.wanting) for i in range(len(verbs))):
        return "support"
    if any(match_at(verbs, i, cues.blaming) for i in range(len(verbs))):
        return "oppose"
    opened = tokens(text, cue[1], pieces[0][0]) if pieces and cue[1] <= pieces[0][0] else []
    denied = any(match_at(verbs, i, cues.denying) for i in range(len(verbs)))
    # A clause is somebody's claim; an infinitive («nie avoir payé») a deed of one's own.
    return "oppose" if denied and any(match_at(opened, i, cues.that) for i in range(len(opened))) else None


def governs(text: str, cue: Piece, pieces: Sequence[Piece]) -> bool:
    """Tell whether an expression stands before what is said, in one sentence with it."""
    return cue[1] <= pieces[0][0] and not any(c in ".!?…" for c in text[cue[1] : pieces[0][0]])


def judges(text: str, cue: Piece, pieces: Sequence[Piece], cues: Cues) -> bool:
    """Tell whether an expression has for its object what it finds such: «a jugé inutile un tel débat»."""
    verbs, between = tokens(text, *cue), text[cue[1] : pieces[0][0]]
    judging = any(match_at(verbs, i, [*cues.opining, *cues.judging]) for i in range(len(verbs)))
    return judging and governs(text, cue, pieces) and not tokens(between) and ":" not in between and "," not in between


def _last_predicate(words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return the words from the last of several verbs on: of «La CGT dénonce le plan et a estimé» «a estimé»."""
    for k in range(len(words) - 1, 0, -1):
        if match_at(words, k, cues.conjunctions):
            last = words[k + 1 :]
            return last if any(match_at(last, i, cues.report) for i in range(len(last))) else words
    return words


def position(text: str, cue: Piece | None, pieces: Sequence[Piece], cues: Cues) -> Polarity | None:
    """Return whether whoever makes a statement approves or rejects something by it.

    Its verb tells («exhorte», "accused"), or what it says has to be done («il faut»), or its words («inacceptable»); a
    word that is negated tells the opposite.
    """
    # «« … », a averti X»: behind what is said the verb only colours it.
    ahead = cue and pieces and governs(text, cue, pieces)
    if cue and ahead and (by_verb := told_by_verb(text, cue, pieces, cues)):
        return by_verb
    found: list[Polarity] = []
    conditional = False
    # «Il a jugé « admirable » que …»: what stands between counts too.
    opened = [(cue[1], pieces[0][0])] if cue and pieces and cue[1] < pieces[0][0] else []
    for piece in [*opened, *pieces]:
        words = tokens(text, *piece)
        conditional = conditional or any(match_at(words, i, cues.conditions) for i in range(len(words)))
        for i in range(len(words)):
            for label, entries in _WORDS:
                if (count := match_at(words, i, getattr(cues, entries))) > match_at(words, i, cues.neutral):
                    after = range(i + count, min(len(words), i + count + _REACH)) if entries == "must" else ()
                    near = (*range(max(0, i - _REACH), i), *after)
                    if entries == "must" and text[piece[1] : piece[1] + 3].lstrip(' \u00a0»”"')[:1] == "?":
                        # «Devrons-nous tout payer ?»
                        continue
                    turned = any(match_at(words, k, [*cues.negations, *cues.negating]) for k in near)
                    found.append(_OPPOSITE[label] if turned else label)
    if len(set(found)) > 1 and any(
        match_at(words, i, cues.conjunctions) for words in [tokens(text, *p) for p in pieces] for i in range(len(words))
    ):
        support, oppose = found.count("support"), found.count("oppose")
        return "mixed" if support == oppose else "support" if support > oppose else "oppose"
    return ("mixed" if conditional and found[0] == "support" else found[0]) if found else None


_WORDS: tuple[tuple[Polarity, str], ...] = (("oppose", "blame"), ("support", "praise"), ("support", "must"))
_OPPOSITE: dict[Polarity, Polarity] = {"support": "oppose", "oppose": "support", "mixed": "mixed"}
