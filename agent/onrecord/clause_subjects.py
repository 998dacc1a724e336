"""Where a clause of its own begins in a sentence, and its subject: «Le port ferme et (la CGT dit …)»."""

from collections.abc import Sequence

from onrecord.matching import Token, capital, match_at, only
from onrecord.patterns import Cue, Sentence
from onrecord.phrases import named, of_person


def own_clause(sentence: Sentence, words: Sequence[Token], subject: int, verb: int) -> int:
    """Return where the subject of a verb begins that stands in a clause of its own: «Le port ferme et (la CGT dit)».

    It is where `subject` says if no conjunction parts the verb from an earlier one.
    """
    text, cues = sentence.text, sentence.cues
    joined = next((k for k in range(verb - 1, subject, -1) if match_at(words, k, cues.conjunctions)), None)
    if joined is None or not cues.inverted_tail or not cues.articles or cues.verb_second:
        return subject
    before, own = words[subject:joined], words[joined + 1 : verb]
    verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.copulas, *cues.report]
    parted = [*cues.relatives, *cues.that, *cues.subordinators]
    told = any(match_at(before, k, verbs) for k in range(1, len(before)))
    noun = (
        own
        and (match_at(own, 0, cues.determiners) or capital(text, own[0]))
        and not only(own, [*sentence.light, *cues.clitics])
    )
    if not told or not noun or any(match_at(before, k, parted) for k in range(len(before))):
        return subject
    return joined + 1


def acting_subject(sentence: Sentence, words: Sequence[Token]) -> Cue | None:
    """Return the subject that a clause begins with and its verb, where it is somebody who may say something."""
    text, cues = sentence.text, sentence.cues
    verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report]
    verb = next((k for k in range(1, len(words)) if match_at(words, k, verbs)), 0)
    if not verb or not cues.articles or not cues.inverted_tail:
        return None
    if match_at(words, 0, cues.singular):
        return Cue(words[0].start, words[verb].end, None)
    begins = match_at(words, 0, cues.determiners) or match_at(words, 0, cues.titles) or capital(text, words[0])
    somebody = any(
        capital(text, words[k]) or of_person(words, k, cues) or match_at(words, k, cues.organisations)
        for k in range(match_at(words, 0, cues.determiners), verb)
    )
    who = named(text, words[:verb], cues) if begins and somebody else None
    return Cue(words[0].start, words[verb].end, who) if who else None
