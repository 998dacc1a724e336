"""Past participles without an auxiliary: «un plan jugé « fou » par X : « … »», «Duval remercié, le club …»."""

from collections.abc import Sequence

from onrecord.matching import Token, match_at
from onrecord.patterns import Cue, Sentence
from onrecord.phrases import named
from onrecord.saying import MAX_LIGHT


def helpless(sentence: Sentence, words: Sequence[Token], verb: tuple[int, int]) -> bool:
    """Tell whether a past participle has no auxiliary: «Duval remercié, le club a choisi de …»."""
    cues = sentence.cues
    if not match_at(words[: verb[0] + 1], verb[0], cues.past_participles):
        return False
    ahead = [words[k] for k in range(max(0, verb[0] - MAX_LIGHT), verb[0])]
    return not any(match_at(ahead, k, [*cues.auxiliaries, *cues.infinitive, *cues.hearsay]) for k in range(len(ahead)))


def suffered(sentence: Sentence, words: Sequence[Token], verb: tuple[int, int], opening: int) -> Cue | None:
    """Return who says what begins at `opening` behind a participle: «un plan jugé « fou » par X : « … »»."""
    by = sum(verb)
    if not match_at(words, by, sentence.cues.by) or not helpless(sentence, words, verb):
        return None
    who = named(sentence.text, [w for w in words[by + 1 :] if w.end <= opening], sentence.cues)
    return Cue(words[verb[0]].start, who[1], who) if who else None
