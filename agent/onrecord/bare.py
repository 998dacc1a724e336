"""Statements behind a verb of saying without a word for "that": "said it supported …", "told the court he knew"."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.infinitives import MAX_OBJECT, infinitive_start
from onrecord.matching import Token, capital, match_at, run
from onrecord.patterns import Sentence


def unmarked(
    sentence: Sentence, words: Sequence[Token], verb: tuple[int, int], *, nested: bool, told: bool
) -> int | None:
    """Return where what is said begins without a word for it: "said it supported …", "told the court he knew"."""
    text, cues, at = sentence.text, sentence.cues, sum(verb)
    for entry in cues.infinitives:
        if match_at(words, verb[0], entry.verbs) and infinitive_start(sentence, words[at:], entry) is not None:
            return None
    if demonstrative(text, words, at, cues):
        return None
    if told:
        at = _after_listener(sentence, words, at)
    begins = [*cues.pronouns, *cues.determiners]
    when = run(words, at, cues.circumstances)
    if when and at + when < len(words) and (match_at(words, at + when, begins) or capital(text, words[at + when])):
        # "said on Thursday it had failed"
        at += when
    rest = words[at:]
    # "recommended an offer which did not …" has a verb in a clause of its own only.
    stop = next((k for k in range(1, len(rest)) if match_at(rest, k, cues.relatives)), len(rest))
    parted = (
        k
        for k in range(1, len(rest))
        if any(c in ";:" for c in text[rest[k - 1].end : rest[k].start]) or _next_saying(rest, k, cues)
    )
    stop = min(stop, next(parted, stop), MAX_OBJECT)
    if nested or match_at(words, verb[0], cues.transitive):
        # "announced a deal", "denied the charge" take a noun; a clause has a verb of its own.
        return rest[0].start if rest and _clause(text, rest[:stop], cues) else None
    if negated(words, verb, cues) or not rest:
        return None
    return rest[0].start if told or when else words[at - 1].end


def _next_saying(words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a conjunction stands here that another verb of saying follows: "recalled the day but said …"."""
    verb = k + match_at(words, k, cues.conjunctions)
    return verb > k and match_at(words, verb + run(words, verb, cues.adverbs), cues.report) > 0


def _clause(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether words are a clause: "he left", "his firm lost the case", but "the deal reached on Friday"."""
    if match_at(words, 0, [*cues.singular, *cues.they, *cues.first_person]):
        return True
    links = [*cues.determiners, *cues.prepositions, *cues.conjunctions, *cues.adverbs, *cues.infinitive]
    nouns = [*cues.determiners, *cues.pronouns, *cues.objects, *cues.indefinite, *cues.plural]
    definite = not match_at(words, 0, cues.indefinite) and (
        match_at(words, 0, cues.determiners) or capital(text, words[0])
    )
    for k in range(1, 0 if match_at(words, 0, cues.prepositions) else len(words)):
        if match_at(words, k, cues.auxiliaries):
            return True
        past = match_at(words, k, [*cues.finite, *cues.finite_forms, "*ed"]) and words[k].word.islower()
        if not past or k + 1 == len(words) or match_at(words, k - 1, links):
            continue
        if not text[words[k - 1].end : words[k + 1].start].replace(words[k].word, "").isspace():
            continue
        # A participle has no object: "a deal reached on Friday".
        after = match_at(words, k + 1, nouns) or capital(text, words[k + 1])
        if after or (definite and not match_at(words, k + 1, [*links, *cues.circumstances, *cues.by])):
            return True
    return False


def shown(text: str, rest: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a noun or a pronoun with its verb follows: "found the water was safe", not "saw the car he had"."""
    begins = [*cues.determiners, *cues.singular, *cues.they]
    if not rest or not (match_at(rest, 0, begins) or capital(text, rest[0])):
        return False
    verb = next((k for k in range(1, min(len(rest), MAX_OBJECT)) if match_at(rest, k, cues.auxiliaries)), 0)
    parted = [*cues.relatives, *cues.that, *cues.conjunctions, *cues.subordinators]
    apart = any(
        match_at(rest, k, parted) or not text[rest[k - 1].end : rest[k].start].isspace() for k in range(1, verb + 1)
    )
    return verb > 0 and not apart and not (verb > 1 and match_at(rest, verb - 1, cues.pronouns))


def negated(words: Sequence[Token], verb: tuple[int, int], cues: Cues) -> bool:
    """Tell whether a negation stands right before a verb; "not only said that" is none."""
    return any(k + match_at(words, k, cues.negations) == verb[0] for k in range(max(0, verb[0] - 2), verb[0]))


def _after_listener(sentence: Sentence, words: Sequence[Token], at: int) -> int:
    text, cues = sentence.text, sentence.cues
    k = at
    while k < len(words) and text[words[k - 1].end : words[k].start].isspace():
        timed = match_at(words, k, [*cues.circumstances, *cues.adverbs])
        if k > at and timed:
            # "told Reuters on Monday he …"
            return k + timed
        # "told Channel 4 News he …"
        numbered = k > at and words[k].word.isdigit() and k + 1 < len(words) and capital(text, words[k + 1])
        if not capital(text, words[k]) and not numbered:
            break
        k += 1
    if k > at or k >= len(words):
        return k
    if not match_at(words, k, cues.determiners):
        return k if match_at(words, k, cues.pronouns) else k + 1
    begins = [*cues.pronouns, *cues.determiners, *cues.that]
    stop = next((i for i in range(k + 1, min(k + 7, len(words))) if match_at(words, i, begins)), None)
    return k if stop is None else stop


def demonstrative(text: str, words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a word for "that" is a pronoun: "denied that, arguing that …"."""
    pronoun = match_at(words, k, cues.demonstratives) and k + 1 < len(words)
    parted = pronoun and "," in text[words[k].end : words[k + 1].start]
    return bool(parted and match_at(words, k + 1, [*cues.participles, *cues.adding]))
