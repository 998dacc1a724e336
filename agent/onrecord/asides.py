"""What stands beside the subject of a clause and is no part of it: when it was, and what is said of those it names."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at


def without_aside(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return words up to what is said of several beside them: «la CFDT et FO, majoritaires à elles deux, ont signé»."""
    joined = next((k for k in range(1, len(words)) if match_at(words, k, cues.conjunctions)), len(words))
    for k in range(joined + 2, len(words)):
        begins = [*cues.determiners, *cues.indefinite, *cues.conjunctions]
        if "," in text[words[k - 1].end : words[k].start] and not (
            capital(text, words[k]) or match_at(words, k, begins)
        ):
            return words if match_at(words, joined + 1, cues.prepositions) else words[:k]
    return words


def without_time(words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return the words of a clause without when it was: "On Monday Ann Lee and …", «Mardi, la mairie et …»."""
    nouns = [*cues.determiners, *cues.possessives, *cues.prepositions, *cues.clitics]
    when = match_at(words, 0, cues.circumstances) or (
        not match_at(words, 0, nouns) and match_at(words, 0, cues.adverbs)
    )
    while (
        when and when < len(words) and (step := match_at(words, when, cues.circumstances) or words[when].word.isdigit())
    ):
        when += step
    return words[when:]
