"""Places that speak for those who sit there: «в Кремле заявили», «À l'Élysée, on assure»."""

from collections.abc import Sequence

from onrecord.cues import Cues, Token, capital, match_at
from onrecord.phrases import Piece


def seat(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the place that words begin with and that speaks for those who sit there: «в Кремле (заявили)»."""
    begin = match_at(words, 0, cues.seats)
    when = match_at(words, 0, cues.circumstances) or match_at(words, 0, cues.adverbs) > begin
    if not begin or begin == len(words) or when or words[begin].word.isdigit():
        # «в среду», «в 2007 году»
        return None
    ends = [*cues.circumstances, *cues.adverbs]
    stop = next(
        (
            i
            for i in range(begin + 1, len(words))
            if match_at(words, i, ends) or "," in text[words[i - 1].end : words[i].start]
        ),
        len(words),
    )
    return words[begin].start, words[stop - 1].end


def seated(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the place that words begin with and whose people «on» means: «À l'Élysée, on (assure)»."""
    begin = match_at(words, 0, cues.one_at)
    if not begin or begin == len(words) or match_at(words, 0, [*cues.circumstances, *cues.adverbs]) > begin:
        return None
    ends = [*cues.circumstances, *cues.adverbs, *cues.one, *cues.relatives]
    stop = next(
        (
            i
            for i in range(begin + 1, len(words))
            if (match_at(words, i, ends) and not match_at(words, i, cues.particles))
            or "," in text[words[i - 1].end : words[i].start]
        ),
        len(words),
    )
    noun = begin + match_at(words, begin, cues.determiners)
    somebody = noun < stop and (
        capital(text, words[noun]) or match_at(words, noun, [*cues.organisations, *cues.houses])
    )
    return (words[begin].start, words[stop - 1].end) if somebody else None
