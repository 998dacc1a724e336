"""Where the clause of an expression begins and ends, by commas, conjunctions, relative clauses and quotations."""

import re
from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.enumerations import several
from onrecord.matching import Token, capital, match_at
from onrecord.nouns import begins_noun
from onrecord.patterns import is_name
from onrecord.phrases import AFTER, acronym, name_length
from onrecord.quotations import MARKS

_MAX_WORDS_BEFORE = 22
_MAX_BETWEEN = 6
# A name with its title has so many words.
_MAX_TITLED = 8


def clause_start(text: str, words: Sequence[Token], cue: int, cues: Cues) -> int:
    """Return the index of the word with which the clause of word `cue` begins."""
    first_word = max(0, cue - _MAX_WORDS_BEFORE)
    parted = False
    relative = cue
    aside = _bracketed(text, words[first_word].start, words[cue].start)
    for i in range(cue - 1, first_word - 1, -1):
        if relative <= i < cue - 1 or any(start < words[i + 1].start < end for start, end in aside):
            # «La CGT, qui n'a été reçue qu'une fois, réclame …», «six pays (A, B et C) ont signé»
            continue
        between = text[words[i].end : words[i + 1].start]
        if between == "," and words[i].word.isdigit() and words[i + 1].word.isdigit():
            # "3,200 workers"
            continue
        between = next(
            (text[end : words[i + 1].start] for start, end in aside if start < words[i].start < end), between
        )
        short = ("(" in between and acronym(text, words[i + 1])) or (")" in between and acronym(text, words[i]))
        if short and not any(dash in between for dash in (" -", "–", "—")):
            # «la direction générale de l'aviation civile (DGAC)», but "OSLO (AP) — Acme rejected …"
            continue
        if match_at(words, i, cues.object_relatives) and match_at(words, i + 1, [*cues.pronouns, *cues.determiners]):
            # «un plan dont la ville ne veut pas»
            return i + 1
        he = i + 1 < cue and match_at(words, i + 1, [*cues.singular, *cues.they])
        if (
            cues.inverted_tail
            and he
            and match_at(words, i, cues.conjunctions)
            and not match_at(words, i + 1, cues.objects)
        ):
            # «… que le maire se trompe, et ils appellent à voter»
            return i + 1
        if cues.bare_content and (match_at(words, i, cues.report) or (i and _begins_clause(text, words, i, cues))):
            # "said it supported": what is said begins without a word for it, and so may a clause: "after it rejected".
            return i + 1
        if (
            any(c in between for c in ",;:()–—")
            # "BRUSSELS, July 13 - Greece agreed …"
            or " - " in between
            or (MARKS.intersection(between) and not _in_name(text, words[i].end, words[i + 1].start))
            or match_at(words, i, [*cues.that, *cues.subordinators])
        ):
            if cues.bare_content and "," in between and (after := _object_relative(text, words, i + 1, cue, cues)):
                # "…, which unions have condemned"
                return after
            if _beside(text, words[i + 1], cues) or _reporting(text, words[i + 1 : cue], cues):
                # «Israel, which was not at the table, criticised …», «La direction, a-t-il dit, refuse …»
                continue
            if parted and "," in between and cues.verb_second and match_at(words, i + 1, cues.relatives):
                # «Der Verein, der im Herbst umzieht, lehnt … ab»
                parted = False
                continue
            # A clause needs somebody or something before the expression itself.
            skip = [*cues.auxiliaries, *cues.adverbs]
            if not any(not match_at(words, k, skip) for k in range(i + 1, cue)):
                parted = True
                relative = _relative(text, words, i, cues) if "," in between else cue
            elif "," in between and (_enumerates(text, words, i, cue, cues) or _apposed(text, words, i, cue, cues)):
                continue
            elif parted and "," in between and _aside(text, words, i, cue, cues):
                # «La CGT, inquiète du niveau de sécurité, a réclamé …»
                parted = False
                continue
            else:
                return i + 1
            if match_at(words, i, [*cues.that, *cues.subordinators]):
                return i + 1
    return first_word


def _object_relative(text: str, words: Sequence[Token], i: int, cue: int, cues: Cues) -> int:
    """Return where the subject of a relative clause begins whose pronoun is its object; 0 where there is none."""
    after = i + match_at(words, i, cues.relatives)
    if after == i or after >= cue or not begins_noun(text, words[after:cue], cues):
        return 0
    said = [w for w in words[after:cue] if not match_at([w], 0, [*cues.auxiliaries, *cues.adverbs])]
    return after if len(said) <= _MAX_BETWEEN else 0


def relative_verb(text: str, words: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Tell whether a verb is that of a relative clause behind a comma: «X, qui a soutenu le texte, …»."""
    i = verb - 1
    while i > 0 and match_at(words, i, [*cues.auxiliaries, *cues.adverbs, *cues.clitics]):
        i -= 1
    return i > 0 and bool(match_at(words, i, cues.relatives)) and "," in text[words[i - 1].end : words[i].start]


def _relative(text: str, words: Sequence[Token], last: int, cues: Cues) -> int:
    """Return where the relative clause begins that ends with word `last`; a place behind it where none does."""
    for k in range(last, max(0, last - _MAX_WORDS_BEFORE), -1):
        if "," in text[words[k - 1].end : words[k].start]:
            return k if match_at(words, k, cues.relatives) else last + 1
    return last + 1


def _in_name(text: str, start: int, end: int) -> bool:
    """Tell whether the marks between two words are those of a name: «Компания „Ромашка“ и профсоюз»."""
    if text[start:end].strip("«» \u00a0"):
        return False
    begin, close = text.rfind("«", 0, end), text.find("»", start)
    return 0 <= begin < close and is_name(text, begin + 1, close)


def _reporting(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether the words to the next comma only report: "Kim and Trump, it said, had agreed"."""
    comma = next((i for i in range(1, len(words)) if "," in text[words[i - 1].end : words[i].start]), 0)
    if match_at(words, comma, cues.relatives):
        # «…, a répondu une élue, qui refuse …»
        return False
    return 0 < comma < _MAX_BETWEEN and any(match_at(words, i, cues.report) for i in range(comma))


def _enumerates(text: str, words: Sequence[Token], i: int, cue: int, cues: Cues) -> bool:
    """Tell whether the comma after word `i` stands in an enumeration: «Belges, Néerlandais et Luxembourgeois»."""
    start = next((k for k in range(i, 0, -1) if "," in text[words[k - 1].end : words[k].start]), 0)
    ends = [*cues.auxiliaries, *cues.adverbs, *cues.pronouns]
    if cues.verb_second and capital(text, words[i + 1]):
        # «Am Dienstag haben sich A, B und C geeinigt»: the verb may stand before them.
        start = next((k for k in range(i, start, -1) if match_at(words, k - 1, ends)), start)
    stop = next((k for k in range(i + 1, cue) if match_at(words, k, ends)), cue)
    return i - start < _MAX_BETWEEN and bool(several(text, words[start:stop], cues))


def _apposed(text: str, words: Sequence[Token], i: int, cue: int, cues: Cues) -> bool:
    """Tell whether the comma after word `i` stands beside the name of one of two: «Le maire, A, et son rival, B, …»."""
    commas = [k for k in range(1, cue) if "," in text[words[k - 1].end : words[k].start]]
    before, begin = ([0, *(k for k in commas if k <= i)] * 2)[-2:]
    end = min((k for k in commas if k > i + 1), default=cue)
    head, begin = begin, begin + match_at(words, begin, cues.conjunctions)
    # «…, Jean Duval, et (son homologue)», but not "… concerning, and (its head)"
    joined = begin == head or name_length(text, words[before:head], cues) == head - before > 1
    last = next((k for k in range(i, begin, -1) if match_at(words, k, cues.conjunctions)), begin)
    joined = joined and (
        last > begin or begin > head or any(match_at(words, k, cues.conjunctions) for k in range(i, cue))
    )
    verbs = [*cues.auxiliaries, *cues.finite, *cues.report]
    if not joined or last - begin > _MAX_TITLED or any(match_at(words, k, verbs) for k in range(begin, i + 1)):
        # "The agency has opened an inquiry and its head, Ann Lee, demanded …"
        return False
    if match_at(words, i + 1, cues.conjunctions):
        # «…, Jean Duval, et son homologue …»
        return begin > 0 and name_length(text, words[begin : i + 1], cues) == i + 1 - begin > 1
    named = words[i + 1 : end]
    while named and match_at(named[-1:], 0, [*cues.auxiliaries, *cues.clitics, *cues.adverbs]):
        named = named[:-1]
    # «…, le SNPL, ont signé»
    named = named[match_at(named, 0, cues.determiners) :] if len(named) > 1 else []
    return len(named) > 0 and name_length(text, named, cues) == len(named)


def _aside(text: str, words: Sequence[Token], i: int, cue: int, cues: Cues) -> bool:
    """Tell whether a chunk between a name and its verb names nobody: no name, article or pronoun begins it.

    What stands directly between a name and a verb says who that is: "Acme, the biggest of them, reached a deal".
    """
    word, before = words[i + 1], words[i]
    if match_at([word], 0, cues.determiners) and cues.bare_content:
        while match_at(words, cue - 1, [*cues.auxiliaries, *cues.adverbs]):
            cue -= 1
        return capital(text, before) and "," in text[words[cue - 1].end : words[cue].start]
    return not capital(text, word) and not match_at([word], 0, [*cues.determiners, *cues.indefinite, *cues.pronouns])


def _bracketed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where brackets open and close that hold several words or names."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"\([^()]*[ ,][^()]*\)", text[start:end])]


def _beside(text: str, word: Token, cues: Cues) -> bool:
    inverted = "-" in word.word and word.word.rsplit("-", 1)[1] in cues.pronouns
    # «les écologistes, eux, saluent»
    emphatic = text[word.end : word.end + 1] == "," and match_at([word], 0, [*cues.pronouns, *cues.adverbs])
    return inverted or bool(emphatic or match_at([word], 0, cues.relatives))


def clause_end(text: str, start: int, end: int, stops: str, begin: int | None = None) -> int:
    """Return where a clause ends: at one of the stops, or with the quotation that it stands in."""
    begin = start if begin is None else begin
    for i in range(start, end):
        opens = text[i] == ":" and any(c in MARKS for c in text[i + 1 : i + 3])
        if (text[i] in stops and not opens) or (text[i] in "»”" and not any(c in "«“" for c in text[begin:i])):
            return i
    return end


def begins_another(text: str, words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether another clause begins after a comma: a participle, or a conjunction and a subject."""
    if cues.bare_content and match_at(words, k, cues.conjunctions) and match_at(words, k + 1, cues.finite):
        # "turned down the offer and will make another"
        return True
    ahead = text[: words[k].start].rstrip()[-1:]
    # «… schlug das Papier aus – und ihr Chef behauptete …»
    dashed = ahead in ("–", "—") and match_at(words, k, cues.conjunctions)
    if ahead != "," and not dashed:
        return False
    if match_at(words, k, cues.subordinators) or (cues.bare_content and match_at(words, k, cues.relatives)):
        # «…, alors que l'État a voté contre»
        return True
    if match_at(words, k, cues.determiners) == 1 and match_at(words, k + 1, cues.that):
        # «…, ce que la ville a refusé»
        return True
    subject = k + match_at(words, k, cues.conjunctions)
    # "…, and in May it rejected another"
    subject += match_at(words, subject, cues.circumstances) if subject > k else 0
    begins = match_at(words, subject, [*cues.pronouns, *cues.determiners]) or (
        subject < len(words) and capital(text, words[subject])
    )
    # «…, se ralliant à la ville»
    verb = k + match_at(words, k, cues.reflexives)
    return bool(match_at(words[: verb + 1], verb, cues.participle_forms) or (subject > k and begins))


def beside_name(text: str, words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether who somebody is stands between commas before word `i`: "The leader, Ann Lee, reached a deal"."""
    begin = i
    while begin and match_at(words, begin - 1, [*cues.auxiliaries, *cues.clitics]):
        begin -= 1
    comma = next((k for k in range(begin - 1, 0, -1) if "," in text[words[k - 1].end : words[k].start]), begin)
    noun = begin < i and match_at(words, comma, cues.determiners) > 0
    return 0 < comma < begin and (noun or name_length(text, words[comma:begin], cues) == begin - comma)


def _begins_clause(text: str, words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether a clause with a subject of its own follows a word that may stand before a noun, too."""
    subject = match_at(words, i + 1, [*cues.determiners, *cues.pronouns]) > 0 or capital(text, words[i + 1])
    return match_at(words, i, AFTER) > 0 and subject
