"""Where a noun begins and ends within a clause: «la Direction des chantiers», not «à la ville de payer»."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, tokens
from onrecord.phrases import acronym, singular

# So many words say what somebody is, without an article.
_MAX_BARE, _BARE = 3, 2


def noun(text: str, words: Sequence[Token], begin: int, cues: Cues) -> Sequence[Token]:
    """Return the words of the noun that begins at a word, with all whom it lists."""
    end = begin
    while end < len(words) and not _breaks_off(text, words, end, begin, cues):
        end += 1
    return words[begin:end]


def _breaks_off(text: str, words: Sequence[Token], i: int, begin: int, cues: Cues) -> bool:
    """Tell whether a noun ends before word `i`: at a stop, a verb, or a preposition that begins something else."""
    if i == begin:
        return False
    between = text[words[i - 1].end : words[i].start]
    abbreviated = ("(" in between and acronym(text, words[i])) or (")" in between and acronym(text, words[i - 1]))
    if any(c in ";:()»”" for c in between) and not (abbreviated and between.strip() in "()"):
        # «la Direction des constructions navales (DCN) et le Pakistan»
        return True
    if "." in between and not _title(words[i - 1], cues):
        return True
    if "," in between and any(match_at(words, k, cues.conjunctions) for k in range(begin + 1, i - 1)):
        # «… noué par A, B et C, mercredi, …»
        return True
    begins = [*cues.determiners, *cues.indefinite, *cues.conjunctions, *cues.prepositions]
    if "," in between and not (cues.bare_nouns or capital(text, words[i]) or match_at(words, i, begins)):
        # «une offre du Bayern, jugée trop basse»
        return True
    if match_at(words, i, cues.finite_forms) and not capital(text, words[i]):
        # «entre la Commission et AstraZeneca portait sur …»
        return True
    if match_at(words, i - 1, cues.conjunctions) and match_at(words, i, across(cues)):
        # «proposé à la France et à l'Allemagne»
        return False
    links = [*cues.conjunctions, *cues.prepositions, *cues.particles]
    if (
        "," not in between
        and match_at(words, i, [*cues.determiners, *cues.indefinite])
        and not match_at(words, i - 1, links)
        # «la Direction des chantiers», «les Forces armées de Colombie»
        and not (match_at(words, i, cues.contracted) and capital(text, words[i - 1]))
        and not (match_at(words, i, cues.particles) and _names(text, words[i + 1 :], cues))
        # "striking doctors", though "doctors" may be anybody
        and bare_noun(text, words[i - 1 : i + 1], cues) < _BARE
    ):
        # «proposé à son homologue une résolution»
        return not match_at(words, i, cues.conjunctions)
    if match_at(words, i, cues.pronouns) and not match_at(words, i - 1, links):
        # "the convention it had signed"
        return True
    # «le Fonds national de garantie»: within a name it goes on.
    inside = (
        match_at(words, i, cues.particles)
        and (
            of_somebody(words, i, cues)
            # «à la CGT d'avancer la date»
            or (
                capital(text, words[begin + (not capital(text, words[begin]))]) and not infinitive(words[i + 1 :], cues)
            )
        )
    )
    ends = [
        *cues.auxiliaries,
        *cues.finite,
        *cues.that,
        *cues.relatives,
        *cues.circumstances,
        *cues.infinitive,
        *cues.prepositions,
    ]
    ends += [entry for entries in cues.lasting.values() for entry in entries]
    return bool(match_at(words, i, ends)) and not inside


def _names(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether words begin with a name, with or without its article."""
    article = match_at(words, 0, cues.determiners)
    return article < len(words) and capital(text, words[article])


def infinitive(words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether words begin with an infinitive, behind its clitics."""
    clitics = match_at(words, 0, cues.clitics) if len(words) > 1 else 0
    forms = [form for entry in cues.infinitives for form in entry.form if form != "*"]
    # «à Alger», «au Niger»
    name = clitics < len(words) and words[clitics].word[:1].isupper()
    return bool(match_at(words, clitics, forms)) and not name and not match_at(words, clitics, cues.nouns_alike)


def of_somebody(words: Sequence[Token], i: int, cues: Cues) -> bool:
    """Tell whether a noun goes on with whose it is: «la délégation d'élus», not «à la ville de payer»."""
    after = words[i + match_at(words, i, cues.particles) :][:1]
    return bool(after) and not (
        infinitive(after, cues) or after[0].word[0].isdigit() or match_at(after, 0, cues.adverbs)
    )


def begins_noun(text: str, words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a noun may begin here: with an article, a capital, a number, or what somebody is."""
    begins = bool(match_at(words, 0, cues.determiners)) or capital(text, words[0]) or words[0].word.isdigit()
    return begins or bare_noun(text, words, cues) > 0


def bare_noun(text: str, words: Sequence[Token], cues: Cues) -> int:
    """Return how many words without an article say what somebody is: "rivals (Acme and Bell)", "striking workers"."""
    somebody = [*cues.persons, *cues.organisations]
    for k in range(min(_MAX_BARE, len(words)) if cues.bare_content else 0):
        if capital(text, words[k]) or (k and not text[words[k - 1].end : words[k].start].isspace()):
            break
        if match_at(words, k, [*cues.prepositions, *cues.conjunctions, *cues.determiners, *cues.adverbs]):
            break
        one = singular(words[k])
        named = k + 1 < len(words) and capital(text, words[k + 1])
        if match_at([one], 0, somebody) and (named or one.word != words[k].word):
            return k + 1
    return 0


def _title(word: Token, cues: Cues) -> bool:
    return match_at([word._replace(word=word.word.lower())], 0, cues.titles) > 0


def across(cues: Cues) -> list[str]:
    """Return what stands before the other side, whatever the status."""
    return [entry for entries in cues.counterpart.values() for entry in entries]


def is_somebody(words: str, cues: Cues) -> bool:
    """Tell whether words hold more than an article, and name no deal: «les pourparlers», "the offer"."""
    found = tokens(words)
    nouns = found[match_at(found, 0, [*cues.determiners, *cues.indefinite]) :]
    head = next((i for i in range(len(nouns)) if match_at(nouns, i, cues.prepositions)), len(nouns))
    # "the Alliance of Authors": a name
    names = [not cues.verb_second and word.word[:1].isupper() for word in nouns]
    return bool(nouns) and not any(match_at(nouns, i, cues.deals) and not names[i] for i in range(head))


def many(words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a noun means many: «les élus», «plus de cent communes», "80 towns"."""
    return match_at(words, 0, [*cues.plural, *cues.many]) > 0 or (len(words) > 1 and words[0].word.isdigit())


def of_group(phrase: str, cues: Cues) -> bool:
    """Tell whether a phrase names several by whom they belong to: "Acme pilots", "Ann Lee's party"."""
    words = tokens(phrase)
    if not cues.bare_content or len(words) < _BARE or words[-1].word != words[-1].word.lower():
        return False
    one = singular(words[-1])
    whose = words[match_at(words, 0, cues.determiners)]
    owned = any(match_at(words, k, cues.genitive) for k in range(1, len(words) - 1))
    body = owned and match_at(words, len(words) - 1, cues.organisations) > 0
    persons = one.word != words[-1].word and match_at([one], 0, cues.persons) > 0
    return (body or persons) and capital(phrase, whose)


def of_deal(name: str, cues: Cues) -> bool:
    """Tell whether a name is that of a deal: "the Free Trade Agreement"."""
    last = [word._replace(word=word.word.lower()) for word in tokens(name)[-1:]]
    return " " in name and match_at(last, 0, cues.deals) > 0
