"""Of whom English clauses speak: "(on the advice of) the doctors who warned her", "Ann Lee, head of Aqua, (said)"."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, after_commas, capital, match_at
from onrecord.phrases import of_person, singular
from onrecord.pieces import Piece


def unparted(words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return whom a relative clause speaks of that no comma parts: "(left on the advice of) the doctors (who …)"."""
    begin = next((k + 1 for k in range(len(words) - 1, -1, -1) if _parts(words, k, cues)), 0)
    noun = words[begin:]
    links = [k for k in range(1, len(noun)) if match_at(noun, k, cues.prepositions)]
    # "the head of the firm (who …)", but "the advice of doctors (who …)"
    if links and not any(is_person(noun, k, cues) for k in range(links[0])):
        noun = noun[links[-1] + 1 :]
    return (noun[0].start, noun[-1].end) if noun else None


def _parts(words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a word ends what stands before a noun: a verb, a participle with its object, a conjunction."""
    gerund = words[k].word.endswith("ing") and match_at(words, k + 1, [*cues.determiners, *cues.plural])
    return bool(cues.verb_at(words, k) or gerund or match_at(words, k, cues.conjunctions))


def is_person(words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a word says what a person is, or what several are: "doctors"."""
    return (
        of_person(words, k, cues) or of_person([singular(words[k])], 0, cues) or match_at(words, k, cues.indefinite) > 0
    )


def several_persons(words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether words name several persons in English by the ending of what they are: "the doctors in Leeds"."""
    stop = next((k for k in range(1, len(words)) if match_at(words, k, cues.prepositions)), len(words))
    last = words[stop - 1 : stop] if cues.bare_content else ()
    return bool(last) and last[0].word.endswith("s") and not of_person(last, 0, cues) and is_person(last, 0, cues)


def named_at_head(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a full name with what he is stands before a verb: "Ann Lee, head of the board, Aqua, (said)"."""
    commas = after_commas(text, words)
    closed = words and text[words[-1].end :].lstrip()[:1] == ","
    if not cues.bare_content or not commas or not closed or commas[0] == 1:
        return False
    named = all(capital(text, w) for w in words[: commas[0]])
    beside = range(commas[0], len(words))
    return named and not any(cues.verb_at(words, k) or match_at(words, k, cues.relatives) for k in beside)
