"""The words of a sentence that name somebody, or say what somebody is."""

import re
from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, run
from onrecord.pieces import Piece

# What tells a time from a person in "a week after the vote the state".
AFTER = ("after", "before", "après", "avant")
# An adverb of several words is no longer: «dans la foulée».
_MAX_EXPRESSION = 4
# Nor is a noun behind a name: "US media reports".
_MAX_BEHIND = 3
# So soon after its article comes what a newspaper is, or its name: «der Neuen Zürcher Zeitung».
_MAX_TO_PRESS = 3
# «Europe 1», «France 3»
_NUMBER = re.compile(r"\d{1,2}")
_DAYS = frozenset(["1er", *(str(day) for day in range(1, 32))])


def named(text: str, words: Sequence[Token], cues: Cues, *, after: bool = False) -> Piece | None:
    """Return where words name somebody: up to a comma or the auxiliary of a verb; None for a pronoun or nothing.

    `after`, they stand after their verb, where whom somebody speaks to may follow.
    """
    light = [*cues.adverbs, *cues.clitics]
    if ahead := match_at(words, 0, cues.conjunctions):
        # «et la mairie», but nobody in "and had offered"
        words = words[ahead:]
        # "But on Monday the minister (said)"
        begins = [*cues.determiners, *cues.indefinite, *cues.circumstances]
        naming = words and (capital(text, words[0]) or match_at(words, 0, begins))
        words = words if naming else words[:0]
    words = _unburdened(unstressed(text, words, cues), light, cues)
    if len(words) > 1 and match_at(words[-1:], 0, cues.conjunctions):
        # «X refuse l'offre et affirme que …»: who it is stands before the first verb, which only a name shows.
        words = _first_noun(text, words, cues)
    words = _after_circumstance(text, words, cues)
    for i in range(1, len(words)):
        comma = "," in text[words[i - 1].end : words[i].start] and not (words[i - 1].word + words[i].word).isdigit()
        dated = i + 1 < len(words) and match_at(words, i, cues.determiners) and words[i + 1].word in _DAYS
        # "Ambassadors of the 15 member states"
        dated = dated and not match_at(words, i - 1, cues.particles)
        # «la ministre de l'Écologie à M. Carcenac», "the head of Tesla to Bret Taylor"
        if after and not comma and match_at(words, 0, cues.indefinite) and match_at(words, i, cues.relatives):
            # "(says) a banker who advised him": what tells which one belongs to it.
            stop = next(
                (
                    k
                    for k in range(i, len(words))
                    if "," in text[words[k - 1].end : words[k].start]
                    or (match_at(words, k, cues.conjunctions) and match_at(words, k + 1, cues.auxiliaries))
                ),
                len(words),
            )
            return words[0].start, words[stop - 1].end
        told = after and not match_at(words, i, cues.contracted)
        to = match_at(words, i, cues.counterpart.get("proposed", [])) if told else 0
        whom = words[i + to + match_at(words, i + to, cues.determiners) :] if to else []
        listener = (after and told_press(words, i, cues)) or bool(
            whom
            and (
                match_at(words, i + to, cues.titles)
                or name_length(text, whom, cues) > 1
                or acronym(text, whom[0])
                or of_person(whom, 0, cues)
            )
        )
        # «Le Journal du dimanche», "The Sunday Telegraph" keep their day.
        timed = match_at(words, i, cues.circumstances) and not match_at(
            words, i - 1, [*cues.contracted, *cues.determiners]
        )
        # «Заев в ответном слове (заявил)», but «источник в Минобороны»
        placed = (
            cues.bare_nouns
            and match_at(words, i, cues.prepositions)
            and not match_at(words, i, cues.conjunctions)
            # «В посольстве США в Москве он (сказал)»
            and not match_at(words[-1:], 0, cues.pronouns)
            and _calls(text, words[:i], cues)
        )
        if (
            comma
            or placed
            or "(" in text[words[i - 1].end : words[i].start]
            or dated
            or listener
            or timed
            # "a clerk speaking in court (said)"
            or (cues.bare_content and match_at(words, i, cues.participle_forms) and of_person(words, i - 1, cues))
            or match_at(words, i, [*cues.auxiliaries, *cues.finite, *cues.relatives])
        ):
            words = words[:i]
            break
    words = _unburdened(words, light, cues)
    pronoun = match_at(words, 0, cues.singular)
    if pronoun and len(words) > pronoun and not match_at(words, pronoun, cues.relatives):
        # «sagte sie den Zeitungen der Funke Mediengruppe»
        return None
    if words and match_at(words, 0, cues.pronouns) == len(words):
        # «Ce dernier»
        return None
    of_several = len(words) > 1 and match_at(words, 0, cues.indefinite)
    if (
        not words
        or (match_at(words[-1:], 0, cues.pronouns) and not of_several)
        or match_at(words, 0, cues.that) == len(words)
    ):
        # "On Friday he", «Lundi, elle»
        return None
    nobody = [*cues.auxiliaries, *cues.infinitive, *cues.adverbs, *cues.pronouns, *cues.first_person]
    article = match_at(words, 0, cues.determiners) and not match_at(words, 0, [*cues.plural, *cues.indefinite])
    if len(words) == 1 and (article or match_at(words, 0, nobody) or len(words[0].word) == 1):
        return None
    return words[0].start, words[-1].end


def told_press(words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether a newspaper or a broadcaster begins at a word: «(sagte X) der Neuen Zürcher Zeitung»."""
    article = match_at(words, i, cues.determiners)
    return bool(article) and any(match_at(words, i + article + k, cues.press) for k in range(_MAX_TO_PRESS))


def _calls(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether words are a name and nothing else: capitals, of which the only one is no common noun."""
    head = [words[0]._replace(word=words[0].word.lower())]
    common = [*cues.indefinite, *cues.persons, *cues.titles, *cues.organisations, *cues.documents, *cues.plural]
    common += [*cues.function_words, *cues.prepositions]
    return name_length(text, words, cues) == len(words) and not match_at(head, 0, common)


def unstressed(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return words without an adverb before the noun: «(Auch) der Minister sagte», "(Then) the minister said"."""
    nouns = [*cues.determiners, *cues.indefinite]
    ahead = (
        0 if match_at(words, 0, [*nouns, *cues.prepositions, *cues.circumstances]) else match_at(words, 0, cues.adverbs)
    )
    noun = ahead and ahead < len(words) and (capital(text, words[ahead]) or match_at(words, ahead, nouns))
    return words[ahead:] if noun and (cues.verb_second or cues.bare_content) else words


def _unburdened(words: Sequence[Token], light: Sequence[str], cues: Cues) -> Sequence[Token]:
    """Return words without the light ones that they end with: «le procureur (avait d'abord)»."""
    while words:
        ends = [
            k for k in range(1, min(_MAX_EXPRESSION, len(words)) + 1) if match_at(words, len(words) - k, light) == k
        ]
        # «Le Journal du dimanche»
        if not ends or match_at(words[: -ends[-1]][-1:], 0, cues.contracted):
            break
        words = words[: -ends[-1]]
    return words


def singular(word: Token) -> Token:
    """Return an English noun without the ending of the plural: "doctor" of "doctors"."""
    return word._replace(word=word.word.removesuffix("s"))


def of_person(words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether a word says what a person is: an office, a trade, a nationality («le Norvégien»)."""
    named = words[i].word[:1].isupper() and match_at([words[i]._replace(word=words[i].word.lower())], 0, cues.titles)
    return bool(named) or match_at(words, i, cues.persons) > 0


def _first_noun(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return the noun or name that words begin with, up to its verb; after a circumstance the first name."""
    if match_at(words, 0, [*cues.prepositions, *cues.circumstances]):
        # "In a statement Nappi praised the teams and promised to …"
        links = [*cues.prepositions, *cues.determiners]
        begins = (k for k in range(1, len(words)) if capital(text, words[k]) and not match_at(words, k - 1, links))
        words = words[next(begins, len(words)) :]
    article = match_at(words, 0, cues.determiners)
    # "The envoys (recalled the day but said …)"
    told = [*cues.finite, *cues.report] if cues.bare_content else []
    helped = next((k for k in range(1, len(words)) if match_at(words, k, [*cues.auxiliaries, *told])), 0)
    return words[: helped or article + (name_length(text, words[article:], cues) or bool(article))]


def acronym(text: str, word: Token) -> bool:
    """Tell whether a word is spelled in capitals alone: «AFP»."""
    spelled = text[word.start : word.end]
    return len(spelled) > 1 and spelled.isupper()


def leading(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the name, with its article, that words begin with: «Le FLNKS» of «Le FLNKS s'y oppose»."""
    if match_at(words, 0, cues.pronouns):
        return None
    article = match_at(words, 0, cues.determiners)
    end = article + name_length(text, words[article:], cues)
    if article and end > article and (office := run(words, end, [*cues.titles, *cues.persons])):
        # "The Greek prime minister Ann Lee"
        end += office + name_length(text, words[end + office :], cues)
    return (words[0].start, words[end - 1].end) if end > article else None


def _after_circumstance(text: str, words: Sequence[Token], cues: Cues) -> Sequence[Token]:
    """Return the last noun of words that begin with a circumstance: "A week after the vote the state"."""
    if when := match_at(words, 0, cues.subordinators):
        # «quand le Belge Charles Michel a écrit»
        return words[when:]
    # "In July Deadline", "a week later the chancellor"
    ahead = match_at(words, 0, cues.circumstances)
    rest = words[ahead:]
    if ahead > 1 and rest and rest[0].word.isdigit():
        # "In January 2016 inspectors found …"
        rest = rest[1:]
    begins = [*cues.determiners, *cues.indefinite, *cues.persons]
    if ahead > 1 and rest and (match_at(rest, 0, begins) or capital(text, rest[0])):
        return rest
    if len(words) > 2 and match_at(words, 0, cues.prepositions) and words[1].word.isdigit():
        # «en 2007 un responsable de l'Agence»
        return words[2:]
    if match_at(words, 0, cues.plural):
        # «Des médecins», though «des» may be a preposition with its article.
        return words
    begins = [*cues.prepositions, *cues.circumstances]
    dated = len(words) > 2 and match_at(words, 0, cues.determiners) and match_at(words, 2, cues.prepositions)
    if not words or not (match_at(words, 0, begins) or (dated and match_at(words, 2, AFTER))):
        return words
    for i in range(len(words) - 1, 0, -1):
        if match_at(words, i - 1, cues.prepositions):
            continue
        starts = capital(text, words[i]) and not capital(text, words[i - 1])
        if match_at(words, i, cues.determiners) or (starts and not match_at(words, i - 1, cues.determiners)):
            return words[i:]
    # "after the euro zone had turned it down"
    return words[1:] if match_at(words, 0, AFTER) and match_at(words, 1, cues.determiners) else ()


def appositive(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the name or the noun that words begin with, and the name in apposition to it."""
    end = name_length(text, words, cues)
    if (
        cues.bare_nouns
        and 0 < end < len(words)
        and (of_person(words, end, cues) or match_at(words, end, [*cues.plural, *cues.indefinite, *cues.numbers]))
        and not text[words[end - 1].end : words[end].start].strip("»” \u00a0")
    ):
        # «(сообщил) ТАСС представитель ведомства»
        return appositive(text, words[end:], cues)
    if end and not match_at(words, 0, [*cues.determiners, *cues.pronouns]):
        end += _noun_behind(text, words[end:], cues)
        return words[0].start, words[end - 1].end
    piece = named(text, words, cues, after=True)
    after = [w for w in words if piece and w.start >= piece[1]]
    run = name_length(text, after, cues)
    return (piece[0], after[run - 1].end) if piece and run else piece


def _noun_behind(text: str, words: Sequence[Token], cues: Cues) -> int:
    """Count the words of a noun that a name stands before as an adjective does: "(according to US) media reports"."""
    nouns = [*cues.persons, *cues.organisations, *cues.documents] if cues.bare_content else []
    for k in range(min(_MAX_BEHIND, len(words))):
        before = words[k - 1].end if k else words[0].start - 1
        if not text[before : words[k].start].isspace() or capital(text, words[k]):
            break
        if match_at(words, k, nouns) or match_at([singular(words[k])], 0, nouns):
            named = k + 1 < len(words) and capital(text, words[k + 1]) and text[words[k].end] == " "
            return k + 1 + (name_length(text, words[k + 1 :], cues) if named else 0)
        if match_at(words, k, [*cues.function_words, *cues.prepositions, *cues.auxiliaries, *cues.adverbs]):
            break
    return 0


def name_length(text: str, words: Sequence[Token], cues: Cues) -> int:
    """Count the words of the name that words begin with: capitals, and particles between them («Pinto da Costa»)."""
    count = 0
    while count < len(words):
        span = 0 if capital(text, words[count]) else run(words, count, cues.particles)
        if count and span and count + span < len(words) and capital(text, words[count + span]):
            count += span
        elif (
            not capital(text, words[count])
            and not (
                count
                and _NUMBER.fullmatch(words[count].word)
                # «Marie Lenoir, 45 ans», «offre à Acme 18 euros», «offre à Acme 3,4 milliards»
                and not text[words[count].end : words[count].end + 2].strip(".,").isdigit()
                and text[words[count - 1].end : words[count].start].isspace()
                and not match_at(words, count + 1, cues.deals)
            )
        ):
            break
        count += 1
    return count
