"""Whose words the press passes on: "…, the Globe reported, citing two officials"."""

from dataclasses import replace

from onrecord.cues import Cues
from onrecord.matching import after_commas, first, match_at, tokens
from onrecord.patterns import Attribution, Cue, Sentence
from onrecord.phrases import acronym, leading, of_person
from onrecord.pieces import Piece
from onrecord.unparted import is_person


def sources_behind(sentence: Sentence) -> tuple[Piece, Piece] | None:
    """Return what stands before the participle that closes a sentence with a source, and that: "…, citing X"."""
    text, cues = sentence.text, sentence.cues
    words = sentence.outside(tokens(text, sentence.start, sentence.end)) if cues.bare_content else []
    last = max(after_commas(text, words), default=0)
    if not last or not match_at(words, last, cues.citing) or not match_at(words, last, cues.asides):
        return None
    return (sentence.start, text.rindex(",", 0, words[last].start)), (words[last].start, words[-1].end)


def citing(sentence: Sentence, found: Attribution, sources: Piece) -> Attribution:
    """Return what the press reports as said by whom it cites: "…, the Globe reported, citing two officials"."""
    text, cues = sentence.text, sentence.cues
    if not found.cues or not _reports(text, found.cues[-1], cues):
        return found
    words = tokens(text, *sources)
    begin = match_at(words, 0, cues.citing)
    who = words[begin:]
    head = who[: next((k for k in range(1, len(who)) if match_at(who, k, cues.prepositions)), len(who))]
    somebody = any(is_person(head, k, cues) for k in range(len(head)))
    somebody = somebody or any(match_at(head, k, [*cues.organisations, *cues.press]) for k in range(len(head)))
    if not head or not (somebody or leading(text, head, cues)):
        return found
    return replace(found, cues=[*found.cues, Cue(words[0].start, who[-1].end, (who[0].start, who[-1].end))])


def _reports(text: str, cue: Cue, cues: Cues) -> bool:
    """Tell whether it is the press that says something: by its name or by what it does."""
    words = tokens(text, cue.start, cue.end)
    subject = tokens(text, *cue.subject) if cue.subject else []
    house = [*cues.press, *cues.organisations]
    lowered = [w._replace(word=w.word.lower()) for w in subject]
    named_so = any(match_at(lowered, k, house) or acronym(text, lowered[k]) for k in range(len(lowered)))
    reports = first(words, cues.relaying)
    person = any(of_person(lowered, k, cues) for k in range(len(lowered)))
    return bool(subject) and not person and bool(named_so or reports)
