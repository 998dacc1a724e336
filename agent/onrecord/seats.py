"""Places that speak for those who sit there: «в Кремле заявили», «À l'Élysée, on assure»."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at
from onrecord.phrases import name_length
from onrecord.pieces import Piece

# The endings of Russian nouns that say where.
_LOCATIVES = ("е", "и", "ах", "ях")


def seat(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the place that words begin with and that speaks for those who sit there: «в Кремле (заявили)»."""
    begin = match_at(words, 0, cues.seats)
    when = match_at(words, 0, cues.circumstances) or match_at(words, 0, cues.adverbs) > begin
    if cues.articles and begin < len(words):
        # «Desde el Govern aseguran», but «desde el lunes»
        noun = begin + match_at(words, begin, cues.determiners)
        body = noun < len(words) and (capital(text, words[noun]) or match_at(words, noun, cues.organisations))
        when = not body or match_at(words, 0, cues.circumstances) > begin + 1
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


def last_seat(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the last place that words tell of where somebody sits: «в пресс-службе банка ждут. (Там добавили)»."""
    for i in range(len(words) - 2, -1, -1):
        begin = i + match_at(words, i, cues.seats)
        when = match_at(words, i, cues.circumstances) or match_at(words, i, cues.adverbs) > begin - i
        if begin == i or when or not words[begin].word.endswith(_LOCATIVES):
            continue
        if match_at(words, begin, cues.organisations) or capital(text, words[begin]):
            of = name_length(text, words[begin + 1 :], cues) if text[words[begin].end].isspace() else 0
            return words[begin].start, words[begin + of].end
    return None
