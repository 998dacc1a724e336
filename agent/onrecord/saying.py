"""Verbs of saying: in which words of a sentence one may stand, what carries it, and where it says nothing."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.matching import Token, capital, match_at, tokens
from onrecord.patterns import Attribution, Sentence
from onrecord.pieces import TRIM

# So few words may stand between a negation or an auxiliary and its verb.
MAX_LIGHT = 4
_MAX_CARRYING = 4


def eligible(sentence: Sentence, found: Attribution, reported: bool) -> tuple[list[Token], bool, int]:
    """Return the words in which a clause may begin, whether it stands in a quotation, and its end."""
    start, end = found.content[0]
    while start < end and sentence.text[start] in TRIM:
        start += 1
    # «Celles-ci, raconte X, ont demandé que …»: a clause may go on after an incise.
    words = [w for piece in [(start, end), *found.content[1:]] for w in tokens(sentence.text, *piece)]
    # Behind a clause that closes what is said nothing is left.
    end = max([end, *(stop for begin, stop in found.content[1:] if stop > begin)])
    # Inside a quotation only a whole attributed clause counts, and the quotation must begin with it.
    nested = reported or any(q.start <= start < q.end for q in sentence.marks)
    return (words if nested else sentence.outside(words)), nested, end


def whole(words: Sequence[Token], verb: tuple[int, int], cues: Cues) -> tuple[int, int]:
    """Return a verb of saying with what carries it: «continue d'affirmer», "went on to say"."""
    for i in range(max(0, verb[0] - _MAX_CARRYING), verb[0]):
        # «vient de lui annoncer»
        told = i < verb[0] - 1 and match_at(words, verb[0] - 1, cues.objects)
        if match_at(words, i, cues.periphrases) == verb[0] - bool(told) - i:
            return i, sum(verb) - i
    return verb


def no_saying(text: str, words: Sequence[Token], verb: tuple[int, int], cues: Cues) -> bool:
    """Tell whether a verb of saying says nothing: "declined to say whether", "were told", "has its say"."""
    without = _asks(text, words, verb, cues) or without_prefix(text, words, verb, cues)
    if match_at(words, verb[0], cues.non_finite) or without:
        return True
    if any(match_at(words, i, cues.told) > verb[0] - i for i in range(max(0, verb[0] - MAX_LIGHT), verb[0] + 1)):
        # «s'est vu répondre que …»: somebody else says it.
        return True
    if not verb[0]:
        return False
    before = words[: verb[0]]
    last = len(before) - 1
    # «la lanceuse d'alerte», «aux assurés», «chaque demande»
    between = text[before[last].end : words[verb[0]].start]
    parted = "," in between
    # «Der „Spiegel“ schrieb, …»: between them stand words in quotation marks.
    named = any(c.isalnum() for c in between)
    noun = bool(
        match_at(before, last, [*cues.determiners, *cues.contracted])
        # "has since said"
        or (match_at(before, last, cues.prepositions) and not cues.bare_content and not parted)
    )
    # «Le juge Jean Duval a dit»: what begins a clause is no object of its verb.
    begins = not last or match_at(before, last - 1, cues.that) or "," in text[before[last - 1].end : before[last].start]
    object_before = match_at(before, last, cues.clitics) and not begins
    unlike = match_at(before, last, cues.conjunctions) or match_at(words, verb[0], cues.participle_forms)
    noun = noun and not (named or object_before or unlike)
    # «que les sanctions soient maintenues», but «s'est dit»
    suffered = match_at(before, last, cues.copulas) and not match_at(before, last - 1, cues.reflexives)
    unsaid = match_at(words, sum(verb), cues.whether) and any(
        match_at(before, i, cues.negations) for i in range(max(0, verb[0] - MAX_LIGHT), verb[0])
    )
    # «une journaliste qui voulait savoir s'il pensait que …»
    asked = match_at(before, last, cues.pronouns) and last > 0 and match_at(before, last - 1, cues.whether)
    while cues.bare_content and last and match_at(before, last, cues.adverbs):
        # "was also revealed"
        last -= 1
    passive = match_at(before, last, [*cues.infinitive, *cues.passive])
    return bool(noun or suffered or unsaid or asked or passive)


def without_prefix(text: str, words: Sequence[Token], verb: tuple[int, int], cues: Cues) -> bool:
    """Tell whether a verb says something only with a prefix that is not there: «stellte (einen Antrag)»."""
    prefixes = [prefix for prefix, verbs in cues.separable.items() if match_at(words, verb[0], verbs) == verb[1]]
    if not prefixes:
        return False
    for k in range(sum(verb), len(words)):
        if any(c in ":;" for c in text[words[k - 1].end : words[k].start]):
            break
        if match_at(words, k, [*prefixes, *cues.that]):
            return False
    return True


def _asks(text: str, words: Sequence[Token], verb: tuple[int, int], cues: Cues) -> bool:
    """Tell whether a verb has a question for its content: "asked (the board) why it had left"."""
    after = sum(verb)
    if not match_at(words, verb[0], cues.asking):
        return False
    for k in range(after, min(after + MAX_LIGHT, len(words))):
        if not text[words[k - 1].end : words[k].start].isspace():
            return False
        if match_at(words, k, cues.questions):
            return True
    return False


def determined(text: str, words: Sequence[Token], at: int, cues: Cues) -> bool:
    """Tell whether an article stands before a word; «leur» before a verb is none, «l'» after a name or «il» neither."""
    pronoun = match_at(words, at - 1, cues.objects)
    subject = at > 1 and (capital(text, words[at - 2]) or match_at(words, at - 2, cues.singular))
    pronoun = pronoun or (subject and match_at(words, at - 1, cues.clitics))
    return bool(match_at(words, at - 1, cues.determiners)) and not pronoun
