"""Statements that are no clause: «X a salué « une victoire »», «X nie toute faute», "X called the plan “a trap”"."""

from collections.abc import Sequence
from itertools import pairwise

from onrecord.cues import Cues
from onrecord.infinitives import MAX_HEAD_WORDS, MAX_OBJECT
from onrecord.matching import Token, after_commas, capital, first, match_at, tokens
from onrecord.patterns import Attribution, Cue, Sentence
from onrecord.phrases import named
from onrecord.saying import eligible, no_saying
from onrecord.seats import seat
from onrecord.subjects import cue_of

# A quotation after its verb leaves no doubt, however long the subject is.
_MAX_SUBJECT = 24
# So few words stand before a quotation that comes first: «Von einem klaren „Erfolg“ sprach …».
_MAX_FRONT = 4
# The endings of Russian adjectives and nouns for what something is found to be.
_INSTRUMENTALS = ("ым", "им", "ой", "ей", "ом", "ем", "ём", "ыми", "ими", "ами", "ями")


def judged(sentence: Sentence, found: Attribution, *, implied: Cue | None = None) -> bool:
    """«X a salué « une victoire »», "X called the plan “a leap in the dark”"; what is judged is part of the claim."""
    words, nested, end = eligible(sentence, found, reported=False)
    text, cues = sentence.text, sentence.cues
    if found.cues and match_at(words, 0, cues.whether):
        # «A su juicio, si el club se opone es “por miedo”»
        return False
    words = _without_aside(text, words, cues)
    at = 0
    while verb := first(words[:_MAX_SUBJECT], cues.judging, at):
        at = verb[0] + 1
        if match_at(words, verb[0], cues.non_finite) > (verb[1] if cues.bare_content else 0):
            continue
        last = words[sum(verb) - 1].end
        quote = next((q for q in sentence.marks if q.outer_start >= last), None)
        between = tokens(text, last, quote.outer_start) if quote else []
        if not quote or len(between) > MAX_OBJECT or any(c in ";:" for c in text[last : quote.outer_start]):
            continue
        if first(between, [*cues.that, *cues.report, *cues.judging]):
            continue
        suffered = implied is None and _suffered(words, verb[0], cues)
        near = verb[0] - 1
        while cues.bare_content and near > 0 and match_at(words, near, cues.adverbs):
            near -= 1
        # "were also described as “a risk”"
        suffered = suffered or (cues.bare_content and match_at(words, near, cues.passive) > 0)
        cue = (
            _by_whom(sentence, quote.outer_end, end)
            if suffered
            else cue_of(sentence, words, verb, nested=nested, implied=implied)
        )
        if not cue:
            continue
        found.cues.append(cue)
        # «nannte (der Kanzler) den Plan „einen Fehler“»
        between = [w for w in between if w.start >= cue.end and not suffered]
        begin = (
            quote.outer_start if _of_deed(words, verb, between, cues) else _object(sentence, between, quote.outer_start)
        )
        found.content = [(begin, _clause_end(sentence, quote.outer_end, end))]
        return True
    return False


def leading_words(sentence: Sentence, found: Attribution, *, implied: Cue | None = None) -> bool:
    """«Von „einem Erfolg“ sprach die Ministerin»: what is said stands first, and the speaker behind the verb."""
    text, cues = sentence.text, sentence.cues
    quote = sentence.marks[0] if sentence.marks and implied is None and not found.cues else None
    ahead = tokens(text, sentence.start, quote.outer_start) if quote else []
    count = match_at(ahead, 0, cues.fronts)
    after = tokens(text, quote.outer_end, sentence.end) if quote and count else []
    verb = match_at(after, 0, cues.fronted)
    if not quote or not verb or len(ahead) > _MAX_FRONT or not text[quote.outer_end : after[0].start].isspace():
        return False
    who = named(text, after[verb:], cues, after=True)
    pronoun = match_at(after, verb, cues.singular)
    if not who and not pronoun:
        return False
    found.cues.append(Cue(after[0].start, who[1] if who else after[verb + pronoun - 1].end, who))
    found.content = [(ahead[count - 1].end, quote.outer_end)]
    return True


def closed_by(sentence: Sentence, found: Attribution, *, implied: Cue | None = None) -> bool:
    """Read a judgement whose participle closes its clause: «Die CSU hat den Plan „einen Fehler“ genannt»."""
    text, cues = sentence.text, sentence.cues
    words, nested, end = eligible(sentence, found, reported=False)
    for quote in sentence.marks if cues.verb_second and implied is None and not nested else ():
        after = tokens(text, quote.outer_end, end)
        participle = match_at(after, 0, cues.judging)
        before = [w for w in words if w.end <= quote.outer_start]
        has = next((k for k in range(len(before)) if match_at(before, k, cues.perfect)), None)
        if not participle or has is None or not text[quote.outer_end : after[0].start].isspace():
            continue
        if any(c in ";:" for c in text[before[has].end : quote.outer_start]):
            continue
        cue = cue_of(sentence, words, (has, 1), nested=nested, implied=implied)
        if cue:
            between = [w for w in before if w.start >= cue.end]
            found.cues.append(cue)
            found.content = [(_object(sentence, between, quote.outer_start), quote.outer_end)]
            return True
    return False


def noun(sentence: Sentence, found: Attribution, *, implied: Cue | None = None) -> bool:
    """«X nie toute faute», «X juge l'offre insuffisante»: a noun that states something."""
    words, nested, end = eligible(sentence, found, reported=False)
    text, cues = sentence.text, sentence.cues
    if not nested and implied is None and _fronted(sentence, found, words, end):
        return True
    if cues.verb_second and match_at(words, 0, cues.that):
        # «Dass der Plan gelinge, wertete X als Erfolg»
        return False
    at = 0
    while verb := first(words[:MAX_HEAD_WORDS], [*cues.denying, *cues.opining], at):
        at, after = verb[0] + 1, sum(verb)
        # «l'ont jugée dangereuse»: what is judged is a pronoun before the verb.
        taken_up = any(match_at(words, k, cues.clitics) for k in range(max(0, verb[0] - 2), verb[0]))
        taken_up = taken_up and match_at(words, verb[0], cues.opining) > 0
        short = after >= len(words) - (0 if taken_up else 1)
        if short or text[words[after - 1].end : words[after].start].strip(" \u00a0"):
            continue
        if no_saying(text, words, verb, cues):
            # «Le juge Jean Duval»
            continue
        denied = match_at(words, verb[0], cues.denying) and match_at(words, after, cues.determiners)
        denied = denied and not match_at(words, after, cues.demonstratives)
        opened = match_at(words, after, [*cues.prepositions, *cues.pronouns, *cues.that, *cues.negations])
        found_such = match_at(words, verb[0], cues.opining) and not opened and not words[after].word.isdigit()
        if (denied or found_such) and (cue := cue_of(sentence, words, verb, nested=nested, implied=implied)):
            found.cues.append(cue)
            found.content = [(words[after].start, _noun_end(sentence, words[after:], end))]
            return True
    return False


def _fronted(sentence: Sentence, found: Attribution, words: Sequence[Token], end: int) -> bool:
    """«Отношения он назвал прекрасными», «Сроки в компании считают сжатыми»: what is judged stands first."""
    text, cues = sentence.text, sentence.cues
    verb = first(words[: MAX_HEAD_WORDS if cues.bare_nouns else 0], cues.opining)
    if not verb or sum(verb) >= len(words) or not words[sum(verb)].word.endswith(_INSTRUMENTALS):
        return False
    begin = next((k for k in range(verb[0], 0, -1) if text[words[k - 1].end] in ",;:"), 0)
    begin += match_at(words, begin, cues.conjunctions)
    seats = (k for k in range(begin + 1, verb[0] - 1) if match_at(words, k, cues.seats))
    sits = next(seats, 0) if match_at(words, verb[0], cues.plural_verbs) else 0
    who = verb[0] - 1 if match_at(words, verb[0] - 1, [*cues.singular, *cues.they]) else sits
    told = words[begin:who]
    if told and told[-1].word == "же":
        told = told[:-1]
    if not told or match_at(told, 0, [*cues.prepositions, *cues.pronouns, *cues.that, *cues.relatives]):
        return False
    place = seat(text, words[sits : verb[0]], cues) if who == sits else None
    if who == sits and not place:
        return False
    after = words[sum(verb) :]
    found.cues.append(Cue(words[who].start, words[sum(verb) - 1].end, place))
    found.content = [(told[0].start, told[-1].end), (after[0].start, _noun_end(sentence, after, end))]
    return True


def _suffered(words: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Tell whether a participle belongs to a noun, as no auxiliary stands before it: «un plan qualifié de « fou »»."""
    if not verb or not match_at(words, verb, cues.past_participles) or match_at(words, verb - 1, cues.conjunctions):
        return False
    verbs = [*cues.report, *cues.judging, *cues.finite_forms]
    for k in range(verb - 1, -1, -1):
        if match_at(words, k, cues.auxiliaries):
            return match_at(words, k, cues.copulas) > 0 and not match_at(words, k - 1, cues.reflexives)
        if match_at(words, k, [*verbs, *cues.passive]):
            return True
    return True


def _by_whom(sentence: Sentence, start: int, end: int) -> Cue | None:
    """Return whom what follows a quotation names as saying it: «qualifié de « fou » par la gauche»."""
    words = sentence.outside(tokens(sentence.text, start, end))
    cues = sentence.cues
    by = match_at(words, 0, cues.by)
    who = named(sentence.text, words[by:], cues) if by else None
    return Cue(words[0].start, who[1], who) if who else None


def _without_aside(text: str, words: list[Token], cues: Cues) -> list[Token]:
    """Return words without what commas set apart within a verb: «parle, dans un tract, d'un « recul »»."""
    commas = after_commas(text, words)
    for left, right in pairwise(commas):
        joined = [*words[:left], *words[right:]]
        aside = match_at(words, left, [*cues.prepositions, *cues.circumstances])
        if aside and match_at(joined, left - 1, cues.judging) > max(1, match_at(words, left - 1, cues.judging)):
            return joined
    return words


def _noun_end(sentence: Sentence, words: Sequence[Token], end: int) -> int:
    """Return where a noun and what goes with it end: at a stop, or where the next verb of saying begins."""
    cues, text = sentence.cues, sentence.text
    for i in range(1, len(words)):
        if any(c in ",;:" for c in text[words[i - 1].end : words[i].start]):
            return words[i - 1].end
        if match_at(words, i, cues.conjunctions) and (
            match_at(words, i + 1, [*cues.report, *cues.auxiliaries]) or "," in text[words[i].end : words[i].end + 2]
        ):
            return words[i - 1].end
    return end


def _of_deed(words: Sequence[Token], verb: tuple[int, int], between: Sequence[Token], cues: Cues) -> bool:
    """«X accuse Y de « mentir »»: what stands between is whom it is said of, and no part of it."""
    return any(
        match_at(words, verb[0], entry.verbs) and match_at(between, len(between) - 1, entry.mark)
        for entry in cues.infinitives
        if between
    )


def _object(sentence: Sentence, between: Sequence[Token], quote: int) -> int:
    """Return where what is judged begins: with its article or name, else with the quotation itself."""
    cues = sentence.cues
    if cues.bare_nouns and between:
        return between[0].start
    for k, word in enumerate(between):
        after_preposition = k and match_at(between, k - 1, cues.prepositions)
        if (match_at(between, k, [*cues.determiners, *cues.plural]) and not after_preposition) or (
            not k and capital(sentence.text, word)
        ):
            return word.start
    return quote


def _clause_end(sentence: Sentence, at: int, end: int) -> int:
    """Return where the clause around a quotation ends: with it, or at the next comma if it goes on."""
    for q in sentence.marks:
        joined = tokens(sentence.text, at, q.outer_start) if at <= q.outer_start < end else []
        if at <= q.outer_start < end and sentence.text[at : q.outer_start].strip(" \u00a0") == ",":
            # «a jugé « injuste », « brutal » et « indigne » le texte»
            return _clause_end(sentence, q.outer_end, end)
        if joined and match_at(joined, 0, sentence.cues.conjunctions) and len(joined) <= 2:
            # «a fustigé « une décision hypocrite » et « l'ingratitude du gouvernement »»
            return _clause_end(sentence, q.outer_end, end)
    words = sentence.outside(tokens(sentence.text, at, end))
    if not words or not sentence.text[at : words[0].start].isspace():
        return at
    beside = [*sentence.cues.conjunctions, *sentence.cues.circumstances]
    if not match_at(words, 0, sentence.cues.particles):
        beside += sentence.cues.prepositions
    if match_at(words, 0, beside) or first(words[:1], sentence.cues.report):
        return at
    return next((i for i in range(at, end) if sentence.text[i] in ",;:."), end)
