"""Whether a verb's mood alone tells that somebody says a sentence: «Die Lage sei ernst.»"""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, first, match_at

# So soon the verb comes that tells it.
_MAX_MOOD = 14


def in_mood(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether one of the first words of a sentence is a verb in the mood of what is reported."""
    words = words[:_MAX_MOOD]
    return bool(cues.reported_mood and (first(words, cues.reported_mood) or _regular(text, words, cues)))


def _regular(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether the verb after the first noun or pronoun ends as the mood of any does: «Die Bahn steuere auf …».

    So does «Nun schäme er sich». No other form of a verb in the third person ends so, but for «-te» and «wurde».
    """
    no_verb = [*cues.determiners, *cues.prepositions, *cues.adverbs, *cues.indefinite, *cues.plural, *cues.passive]
    no_verb += [*cues.conjunctions, *cues.subordinators, *cues.negations, *cues.circumstances]
    pronoun = match_at(words, 0, cues.singular)
    for i in range(1, len(words)):
        noun = capital(text, words[i - 1]) and (i > 1 or not match_at(words, 0, no_verb))
        if not capital(text, words[i]) and (pronoun or noun or match_at(words, i + 1, cues.nominative)):
            joined = text[words[i - 1].end : words[i].start].isspace()
            ending = words[i].word.endswith("e") and not words[i].word.endswith("te")
            return joined and ending and not match_at(words, i, no_verb)
    return False
