"""What somebody finds something to be: «hält den Plan für falsch», «sprach von einem Erfolg», «sieht keinen Grund»."""

from collections.abc import Sequence

from onrecord.cues import Considering, Cues
from onrecord.infinitives import MAX_HEAD_WORDS
from onrecord.inversion import behind
from onrecord.matching import Token, after_commas, first, match_at, tokens
from onrecord.patterns import Attribution, Cue, Sentence
from onrecord.pieces import Piece
from onrecord.saying import eligible
from onrecord.subjects import cue_of

# So many words may stand between a verb and its mark.
_MAX_TO_MARK = 12
_STOPS = frozenset(",;:")


def considered(sentence: Sentence, found: Attribution, *, implied: Cue | None = None) -> bool:
    """Read a judgement that a word behind its verb marks."""
    words, nested, _ = eligible(sentence, found, reported=False)
    return not nested and any(_judges(sentence, found, words, entry, implied) for entry in sentence.cues.considering)


def _judges(
    sentence: Sentence, found: Attribution, words: Sequence[Token], entry: Considering, implied: Cue | None
) -> bool:
    text, cues = sentence.text, sentence.cues
    clause: list[Piece] = []
    if (that := match_at(words, 0, cues.that)) and entry.whole:
        # «Dass der Plan gelinge, hält die Partei für sicher»
        comma = next(iter(after_commas(text, words)), len(words))
        clause, words = [(words[that].start, words[comma - 1].end)], words[comma:]
    verb = first(words[:MAX_HEAD_WORDS], entry.verbs)
    mark = _mark(text, words, verb, entry) if verb else None
    if not verb or mark is None or match_at(words, verb[0], cues.non_finite):
        return False
    helped = next((k for k in range(verb[0]) if match_at(words, k, cues.perfect)), None) if mark < verb[0] else None
    if (mark < verb[0] and helped is None) or _detached(text, words, mark, cues):
        return False
    main = (helped, 1) if helped is not None else verb
    cue = _behind(sentence, words) if clause else cue_of(sentence, words, main, nested=False, implied=implied)
    if not cue:
        return False
    said = [w for w in words if w.start >= max(cue.end, words[sum(main) - 1].end)]
    end = words[verb[0] - 1].end if helped is not None else _end(text, words, mark)
    begin = words[mark].start
    if entry.whole and said:
        begin = said[0].start
    elif match_at(words, mark, cues.prepositions):
        begin = words[mark + 1].start
    pieces: list[Piece] = [(begin, end)]
    if entry.whole and match_at(words, 0, cues.oblique) and cue.subject and cue.subject[0] > words[main[0]].start:
        # «Den Plan hält die Partei für falsch»
        pieces.insert(0, (words[0].start, words[main[0] - 1].end))
    found.cues.append(cue)
    found.content = [*clause, *pieces]
    return True


def _behind(sentence: Sentence, words: Sequence[Token]) -> Cue | None:
    """Return the expression of a verb that comes first and its subject."""
    who = behind(sentence.text, words, 0, sentence.cues, sentence.marks)
    pronoun = who and match_at(tokens(sentence.text, *who), 0, sentence.cues.pronouns)
    return Cue(words[0].start, who[1], None if pronoun else who) if who else None


def _mark(text: str, words: Sequence[Token], verb: tuple[int, int], entry: Considering) -> int | None:
    """Return where a mark stands in the clause of its verb, else before it: «hat X als Y bezeichnet»."""
    for k in range(sum(verb), min(len(words) - 1, sum(verb) + _MAX_TO_MARK)):
        if not _STOPS.isdisjoint(text[words[k - 1].end : words[k].start]):
            break
        if match_at(words, k, entry.mark):
            return k
    ahead = range(verb[0] - 1, max(0, verb[0] - _MAX_TO_MARK), -1)
    return next((k for k in ahead if match_at(words, k, entry.mark)), None) if entry.whole else None


def _end(text: str, words: Sequence[Token], mark: int) -> int:
    for k in range(mark + 1, len(words)):
        if not _STOPS.isdisjoint(text[words[k - 1].end : words[k].start]):
            return words[k - 1].end
    return words[-1].end


def _detached(text: str, words: Sequence[Token], mark: int, cues: Cues) -> bool:
    """Tell whether a prefix of another verb ends the clause: «sieht einen Aufschlag vor»."""
    end = _end(text, words, mark)
    last = [w for w in words if w.end <= end][-1:]
    return match_at(last, 0, cues.detached) > 0
