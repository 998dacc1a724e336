"""What stands before what is said: «Laut X …», «Wie X mitteilte, …», «Et X de conclure : …», "Asked about it, …"."""

from collections.abc import Sequence
from itertools import pairwise

from onrecord.incises import Incises
from onrecord.matching import Token, after_commas, capital, first, match_at, tokens
from onrecord.patterns import Attribution, Cue
from onrecord.phrases import of_person
from onrecord.pieces import Piece, trim
from onrecord.quotations import MARKS

_MAX_SOURCE = 12
# «Et le maire d'ajouter, agacé : …»
_MAX_BEFORE_COLON = 6


def narrated(sentence: Incises, found: Attribution) -> bool:
    """«Et le maire de conclure : « … »», «Et Jean Duval d'ajouter que …»: the infinitive tells what happens."""
    text, cues = sentence.text, sentence.cues
    words = sentence.outside(tokens(text, sentence.start, sentence.end))
    begin = match_at(words, 0, cues.conjunctions)
    if not cues.historic or not 0 < begin < len(words):
        return False
    if not match_at(words, begin, cues.determiners) and not capital(text, words[begin]):
        return False
    for i in range(begin + 1, min(len(words) - 1, begin + _MAX_SOURCE)):
        if told := match_at(words, i, cues.historic):
            verb, who = i + told - 1, words[begin:i]
            end = words[verb].end
            somebody = any(of_person(who, k, cues) or match_at(who, k, cues.organisations) for k in range(len(who)))
            mark = text.find(":", end, sentence.end)
            that = match_at(words, verb + 1, cues.that)
            near = mark >= 0 and len(tokens(text, end, mark)) <= _MAX_BEFORE_COLON
            if not (that or near) or not (somebody or capital(text, who[-1])):
                return False
            found.cues.append(Cue(words[begin].start, end, (words[begin].start, words[i - 1].end)))
            opening = words[verb + that].end if that else mark + 1
            found.content = [(opening + (text[opening : opening + 1] in ("'", "’")), sentence.end)]
            return True
    return False


def asked(sentence: Incises) -> Piece | None:
    """Return the main clause behind what somebody was asked: "Asked whether it was true, she said …"."""
    text, cues = sentence.text, sentence.cues
    words = sentence.outside(tokens(text, sentence.start, sentence.end))
    begun = match_at(words, 0, [*cues.conjunctions, *cues.circumstances])
    if not match_at(words, begun, cues.asked) and not match_at(words, 0, cues.asked):
        return None
    begins = [*cues.pronouns, *cues.determiners, *cues.indefinite]
    commas = after_commas(text, words)
    for start, stop in pairwise([*commas, len(words)]):
        clause = words[start:stop][:_MAX_SOURCE]
        verb = first(clause, cues.report)
        if verb and verb[0] and (match_at(clause, 0, begins) or capital(text, clause[0])):
            return clause[0].start, sentence.end
    return None


def likened(sentence: Incises, found: Attribution) -> bool:
    """«Wie der Konzern mitteilte, sinkt die Arbeitszeit»"""
    words = tokens(sentence.text, sentence.start, sentence.end)
    count = match_at(words, 0, sentence.cues.likening)
    comma = sentence.text.find(",", sentence.start, sentence.end)
    said = [w for w in words[count:] if w.start < comma]
    verb = first(said, sentence.cues.report) if count else None
    cue = trim(sentence.text, sentence.start, comma) if verb else None
    if not verb or not cue:
        return False
    subject = sentence.named_at(said[0].start, said[verb[0] - 1].end) if verb[0] else None
    found.cues.append(Cue(*cue, subject))
    found.content = [(comma + 1, sentence.end)]
    return True


def before_verb(sentence: Incises, found: Attribution) -> bool:
    """«Laut einer Umfrage des Instituts YouGov hatten …»: the source ends where the verb begins, with no comma."""
    text, cues = sentence.text, sentence.cues
    words = tokens(text, sentence.start, sentence.end)
    count = sentence.source(words, 0)
    if not cues.verb_second:
        return False
    if (own := match_at(words, 0, cues.own_view)) and own < len(words):
        # «Seiner Ansicht nach ist …»
        found.cues.append(Cue(words[0].start, words[own - 1].end, None))
        found.content = [(words[own].start, sentence.end)]
        return True
    if not count:
        return _postposed(sentence, words, found)
    links = [*cues.determiners, *cues.prepositions, *cues.particles, *cues.function_words]
    named = False
    for i in range(count, min(len(words), count + _MAX_SOURCE)):
        between = text[words[i - 1].end : words[i].start]
        # «Nach Recherchen der „Zeit“ fehlen …»
        quoted = any(q.outer_end <= words[i].start and q.start == words[i - 1].start for q in sentence.marks)
        opened = any(q.start == words[i].start for q in sentence.marks) and match_at(words, i - 1, cues.determiners)
        if not between.isspace() and not ((quoted or opened) and MARKS.issuperset(between.strip())) and i > count:
            return False
        if named and not capital(text, words[i]) and not match_at(words, i, links) and capital(text, words[i - 1]):
            found.cues.append(Cue(words[0].start, words[i - 1].end, (words[count].start, words[i - 1].end)))
            found.content = [(words[i].start, sentence.end)]
            return True
        named = named or capital(text, words[i])
    return False


def _postposed(sentence: Incises, words: Sequence[Token], found: Attribution) -> bool:
    """«Der Polizei zufolge sind …»: the source stands before what says that it is one."""
    text = sentence.text
    for i in range(1, min(len(words) - 1, _MAX_SOURCE)):
        if not text[words[i - 1].end : words[i].start].isspace():
            return False
        if count := match_at(words, i, sentence.cues.source_after):
            if i + count == len(words):
                return False
            found.cues.append(Cue(words[0].start, words[i + count - 1].end, (words[0].start, words[i - 1].end)))
            found.content = [(words[i + count].start, sentence.end)]
            return True
    return False
