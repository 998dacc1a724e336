"""Subjects behind their verb, in languages that put it second: «Am Montag sagte der Chef», «Den Plan lehnt er ab»."""

import re
from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, only, run, tokens
from onrecord.phrases import acronym, of_person, told_press
from onrecord.pieces import Piece
from onrecord.quotations import MARKS, Quotation

# So soon after its article a noun says what it names.
_MAX_TO_NOUN = 4
# How far before a clause the conjunction may begin that opens it, in characters.
_AHEAD = 20


def behind(text: str, words: Sequence[Token], verb: int, cues: Cues, marks: Sequence[Quotation] = ()) -> Piece | None:
    """Return the subject of a clause that follows its finite verb; None where it stands before the verb.

    `verb` is the index of the verb that tells something: finite, or with its auxiliary before it («hatte … gesagt»).
    """
    if not cues.verb_second or verb >= len(words):
        return None
    opened = tokens(text, max(0, words[0].start - _AHEAD), words[0].start)[-1:]
    if match_at(opened, 0, [*cues.that, *cues.subordinators]):
        # «… , weil am Montag die Partei ablehnte»: there the verb comes last.
        return None
    begin = match_at(words, 0, cues.conjunctions)
    commas = [k for k in range(begin + 1, verb + 1) if "," in text[words[k - 1].end : words[k].start]]
    commas = [k for k in commas if not (capital(text, words[k - 1]) and _listed(text, words, k, len(words), cues))]
    clause = bool(commas and match_at(words, begin, [*cues.subordinators, *cues.fronting]))
    # «Den Bericht, kaum gelesen, nennt die Partei „falsch“»
    object_first = match_at(words, begin, cues.oblique) > 0
    if commas and not clause and not object_first:
        return None
    begin = commas[-1] if commas and clause else begin
    helping = [*cues.auxiliaries, *cues.finite]
    never = [*cues.negations, *cues.reflexives]
    finite = next(
        (i for i in range(begin, verb) if match_at(words, i, helping) and not match_at(words, i, never)), verb
    )
    found = after_verb(text, words, finite + 1, verb if finite < verb else len(words), cues)
    if found is None:
        return None
    start, end = found
    front = words[begin:finite]
    alone = match_at(words, start, cues.nominative) == end - start
    if not alone and not (clause and not front) and not _no_subject(text, front, words[start:end], cues):
        return None
    quoted = next((q for q in marks if q.outer_start - words[end - 1].end in (0, 1)), None)
    if quoted and only(words[start:end], cues.determiners):
        # «Am Montag schrieb der „Spiegel“, …»
        return quoted.start, quoted.end
    return words[start].start, words[end - 1].end


def _no_subject(text: str, front: Sequence[Token], after: Sequence[Token], cues: Cues) -> bool:
    """Tell whether what stands before a verb is no subject: nothing, when or where it was, an object."""
    if not front:
        return True
    nouns = [*cues.determiners, *cues.indefinite, *cues.plural]
    if match_at(front, 0, cues.oblique):
        # «Dem Präsidenten schlug er vor», but «der Mann, dem …»
        return text[: front[0].start].rstrip()[-1:] != ","
    if only(front, [*cues.adverbs, *cues.circumstances]):
        return True
    timed = match_at(front, 0, cues.circumstances) > 1 or not match_at(front, 0, nouns)
    if timed and match_at(front, 0, [*cues.prepositions, *cues.circumstances]):
        return not match_at(front, 0, [*cues.subordinators, *cues.that, *cues.conjunctions])
    # «Die Garantien lehnt die Partei ab»: a deal does nothing, where somebody follows who may.
    head = front[match_at(front, 0, cues.determiners) :][:_MAX_TO_NOUN]
    deal = any(match_at(head, i, cues.deals) for i in range(len(head)))
    return deal and not _somebody(text, head, cues) and _somebody(text, after[:_MAX_TO_NOUN], cues)


def _somebody(text: str, words: Sequence[Token], cues: Cues) -> bool:
    return any(
        of_person(words, i, cues)
        or match_at(words, i, [*cues.organisations, *cues.documents])
        or acronym(text, words[i])
        for i in range(len(words))
    )


def after_verb(text: str, words: Sequence[Token], begin: int, stop: int, cues: Cues) -> tuple[int, int] | None:
    """Return where the first noun or pronoun begins and ends that may be a subject; None where none comes."""
    nouns = [*cues.determiners, *cues.indefinite, *cues.plural]
    i = begin
    while i < stop:
        if i and not _joined(text, words, i):
            return None
        beside = match_at(words, i, [*cues.prepositions, *cues.circumstances])
        light = match_at(words, i, [*cues.adverbs, *cues.objects, *cues.reflexives, *cues.negations])
        if count := match_at(words, i, cues.pronouns):
            return i, i + count
        if match_at(words, i, cues.oblique):
            # «empfahl dem Verband die Agentur»
            i = noun_end(text, words, i, stop, cues)
        elif match_at(words, i, nouns) and beside < 2:
            return i, noun_end(text, words, i, stop, cues)
        elif light and light >= beside:
            i += light
        elif beside:
            # «am Montag», but «nach dem (Treffen)»
            open_ended = match_at(words, i + beside - 1, [*cues.prepositions, *cues.determiners])
            i = noun_end(text, words, i + beside, stop, cues) if open_ended else i + beside
        elif capital(text, words[i]):
            return i, noun_end(text, words, i, stop, cues)
        else:
            return None
    return None


def noun_end(text: str, words: Sequence[Token], begin: int, stop: int, cues: Cues) -> int:
    """Return the index after a noun with its article, its adjectives, whose it is, and all that it lists."""
    ends = [*cues.prepositions, *cues.circumstances, *cues.adverbs, *cues.auxiliaries, *cues.objects, *cues.pronouns]
    ends += [*cues.infinitive, *cues.finite, *cues.determiners]
    i = begin + match_at(words, begin, [*cues.determiners, *cues.indefinite, *cues.plural])
    named = False
    while i < stop:
        opens = not named and text[words[i - 1].end : words[i].start].strip() in MARKS
        listed = named and _listed(text, words, i, stop, cues)
        if i > begin and not (opens or listed or _joined(text, words, i)):
            break
        of = run(words, i, cues.particles) or match_at(words, i, cues.genitives)
        joined = match_at(words, i, cues.conjunctions)
        if named and (_owner(text, words, i) or told_press(words, i, cues)):
            # «(forderte) der Kanzler Kickls Entlassung», «(sagte) der Kanzler der Zeitung»
            break
        if capital(text, words[i]):
            named, i = True, i + 1
        elif named and of and i + of < stop and (capital(text, words[i + of]) or match_at(words, i, cues.genitives)):
            # «der Chef der SPD», «Ursula von der Leyen»
            named, i = False, i + of
        elif named and joined and i + joined < stop:
            after = match_at(words, i + joined, cues.determiners)
            if not after and not capital(text, words[i + joined]):
                break
            named, i = False, i + joined + after
        elif named or match_at(words, i, ends):
            break
        else:
            i += 1
    return max(i, begin + 1)


def _joined(text: str, words: Sequence[Token], i: int) -> bool:
    """Tell whether nothing stands between two words; «am 3. Mai» has no stop."""
    between = text[words[i - 1].end : words[i].start]
    return between.isspace() or (words[i - 1].word.isdigit() and between.strip() == ".")


def _listed(text: str, words: Sequence[Token], i: int, stop: int, cues: Cues) -> bool:
    """Tell whether a name after a comma is one of several: «(haben sich) SPD, Grüne und FDP (geeinigt)»."""
    while i < stop and text[words[i - 1].end : words[i].start].strip() == "," and capital(text, words[i]):
        i += 1
        while i < stop and capital(text, words[i]) and _joined(text, words, i):
            i += 1
        joined = match_at(words, i, cues.conjunctions) if i < stop and _joined(text, words, i) else 0
        if joined and i + joined < stop:
            return capital(text, words[i + joined])
    return False


def _owner(text: str, words: Sequence[Token], i: int) -> bool:
    """Tell whether a word is a name that says whose the next one is: the text has it without its ending too."""
    name = text[words[i].start : words[i].end]
    bare = name.removesuffix("s")
    followed = i + 1 < len(words) and capital(text, words[i + 1]) and _joined(text, words, i + 1)
    return bool(followed and bare not in ("", name) and re.search(rf"\b{re.escape(bare)}\b", text))
