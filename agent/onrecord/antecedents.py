"""Whom a clause goes on about: the noun before a relative clause, the name that stands beside a noun."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, after_commas, capital, match_at
from onrecord.patterns import Sentence
from onrecord.phrases import appositive
from onrecord.pieces import Piece

# The commas around a relative clause.
_AROUND = 2


def before_relative(sentence: Sentence, words: Sequence[Token], verb: int) -> Sequence[Token]:
    """Return the subject that a relative clause parts from two verbs: «Der Rat, der tagt, billigt X und betont, …».

    It is empty where it stands elsewhere.
    """
    text, cues = sentence.text, sentence.cues
    commas = [k for k in range(1, verb + 1) if "," in text[words[k - 1].end : words[k].start]]
    if not cues.verb_second or len(commas) != _AROUND:
        return ()
    begin, after = commas
    linked = any(match_at(words, k, cues.conjunctions) for k in range(after + 1, verb))
    opens = match_at(words, after, [*cues.determiners, *cues.pronouns, *cues.conjunctions, *cues.prepositions])
    relative = match_at(words, begin, [*cues.relatives, *cues.determiners])
    noun = match_at(words, 0, cues.determiners) or capital(text, words[0])
    oblique = match_at(words, 0, [*cues.oblique, *cues.prepositions, *cues.subordinators, *cues.that])
    found = linked and relative and noun and not oblique and not opens and not capital(text, words[after])
    return words[:begin] if found else ()


def beside(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the full name that words end with: «… l'entretien que proposait Jean Duval (, qui se dit prêt)»."""
    start = len(words)
    while (
        start
        and capital(text, words[start - 1])
        and (start == len(words) or text[words[start - 1].end : words[start].start].isspace())
    ):
        start -= 1
    links = [*cues.prepositions, *cues.particles, *cues.contracted]
    full = len(words) - start > 1 and start and not match_at(words, start - 1, links)
    return (words[start].start, words[-1].end) if full else None


def apposed(text: str, words: Sequence[Token]) -> bool:
    """Tell whether the last words are a name with a comma before it: «der Chef der Bank, Jan Holm (sagte)»."""
    comma = max(after_commas(text, words), default=0)
    return comma > 1 and all(capital(text, w) for w in words[comma:])


def antecedent(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the noun before a relative clause: all that words name, or the last one where they have a verb.

    «L'avocat de la ville(, qui …)», but «… ont signé un accord avec la ville(, qui …)».
    """
    verbs = [*cues.auxiliaries, *cues.finite_forms, *cues.report]
    nouns = [*cues.determiners, *cues.plural]
    begun = words and (match_at(words, 0, [*nouns, *cues.indefinite, *cues.titles]) or capital(text, words[0]))
    if (
        cues.articles
        and cues.inverted_tail
        and (not begun or any(match_at(words, k, verbs) for k in range(len(words))))
    ):
        links = [*cues.particles, *cues.contracted, *cues.conjunctions]
        begins = (k for k in range(len(words) - 1, 0, -1) if match_at(words, k, nouns))
        last = next(
            (
                k
                for k in begins
                # «sur des élus», but «l'avis des élus»
                if not match_at(words, k - 1, links)
                and (not match_at(words, k, cues.contracted) or match_at(words, k - 1, cues.prepositions))
            ),
            0,
        )
        words = words[last:]
    return appositive(text, words, cues)


def within(sentence: Sentence, words: Sequence[Token], subject: int, verb: int) -> Piece | None:
    """Return the noun before a relative clause without a comma: «… s'appuie sur des proches qui (affirment que …)»."""
    text, cues = sentence.text, sentence.cues
    if not cues.articles or not cues.inverted_tail or cues.verb_second:
        return None
    begin = verb - 1
    while begin > subject and match_at(words, begin, [*sentence.light, *cues.clitics]):
        begin -= 1
    ahead = words[subject:begin]
    verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report, *cues.prepositions]
    # «un élu qui affirme que …» is the subject itself.
    main = any(match_at(ahead, k, verbs) for k in range(1, len(ahead)))
    return antecedent(text, ahead, cues) if main and match_at(words, begin, cues.relatives) else None
