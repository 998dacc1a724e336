"""Who a verb of saying belongs to: its subject, before it or implied, and the expression that both make."""

from collections.abc import Callable, Sequence

from onrecord.cues import Cues, Token, capital, first, match_at, only, tokens
from onrecord.patterns import Cue, Sentence
from onrecord.phrases import Piece, appositive, leading, named, several

_MAX_LISTED = 4


def cue_of(
    sentence: Sentence,
    words: Sequence[Token],
    verb: tuple[int, int],
    *,
    nested: bool,
    implied: Cue | None,
    reported: bool = False,
) -> Cue | None:
    """Return the attributing expression of a verb and its subject; None where nobody is quoted.

    `nested`, it stands in what somebody says; `implied` is the expression whose speaker goes on, with a verb that has
    no subject.
    """
    last = words[sum(verb) - 1]
    text, cues = sentence.text, sentence.cues
    if implied and only(words[: verb[0]], sentence.light):
        return implied.going_on(words[0].start, last.end)
    if cues.pro_drop and only(words[: verb[0]], sentence.light):
        return Cue(words[0].start, last.end, None)
    subject = _subject(sentence, words, verb[0])
    if subject is None:
        return None
    # «Il était tard quand le Belge Charles Michel a écrit que …»
    parted = [k for k in range(subject + 1, verb[0]) if match_at(words, k, cues.subordinators)]
    if parted and any(not match_at(words, k, sentence.light) for k in range(parted[-1] + 1, verb[0])):
        subject = parted[-1] + 1
    if reported and match_at(words, subject, cues.pronouns):
        # «X a dit qu'il avait demandé que …»: what X did himself is part of what he says.
        return None
    if subject and match_at(words, subject, cues.relatives):
        own = words[subject + 1 : verb[0]]
        if own and (match_at(own, 0, cues.determiners) or capital(text, own[0])):
            # «la pilule, dont l'Autorité a estimé que …»
            return Cue(words[subject].start, last.end, named(text, own, cues))
        # «M. Le Maire, qui a salué …»
        name = _beside(text, words[:subject], cues) or appositive(text, _last_chunk(text, words[:subject]), cues)
        return Cue(words[subject].start, last.end, name) if name and not nested else None
    speaking = [*cues.first_person, *cues.second_person]
    if match_at(words, subject, cues.first_person) or (nested and match_at(words, verb[0] - 1, speaking)):
        # « Je constate que … », a dit X: he is quoted, and relays nobody; outside quotation marks the author speaks.
        return None
    who = _with_others(sentence, words, subject, verb[0])
    participle = match_at(words[: verb[0] + 1], verb[0], cues.participle_forms)
    participle = participle or match_at(words, verb[0], [*cues.participles, *cues.adding])
    if parts := several(text, who, cues):
        # "Lee and Ray left, saying …": of the last only the name
        name = leading(text, tokens(text, *parts[-1]), cues) if participle else None
        return Cue(parts[0][0], last.end, (parts[0][0], (name or parts[-1])[1]))
    who = words[subject : verb[0]]
    if who and participle:
        # "Snyder appealed, saying …"
        return Cue(who[0].start, last.end, leading(text, who, cues) or named(text, who, cues))
    quoted = next((q for q in sentence.marks if who and q.outer_start - who[-1].end in (0, 1)), None)
    if quoted and only(who, cues.determiners) and quoted.outer_end <= last.start:
        # «Der „Spiegel“ hatte berichtet», «Le « Canard enchaîné » écrit»
        return Cue(words[subject].start, last.end, (quoted.start, quoted.end))
    return Cue(words[subject].start, last.end, named(text, who, cues))


def cited(text: str, cue: Cue, cues: Cues, named_at: Callable[[int, int], Piece | None]) -> list[Cue]:
    """Return an expression as two where its source is quoted by another: «une source citée par l'agence Tass a dit».

    `named_at` returns whom a piece names.
    """
    words = tokens(text, *cue.subject) if cue.subject else []
    citing = first(words, cues.citing)
    if cue.subject and citing and citing[0] and sum(citing) < len(words):
        # «Le Monde, qui cite un diplomate»
        outer = cue.subject[0], words[citing[0] - 1].end
        inner = words[sum(citing)].start, cue.subject[1]
        return [Cue(cue.start, outer[1], named_at(*outer)), Cue(words[citing[0]].start, inner[1], named_at(*inner))]
    by = first(words, cues.cited)
    if not cue.subject or not by or not by[0] or sum(by) >= len(words):
        return [cue]
    citer = words[sum(by)].start, cue.subject[1]
    inner = cue.subject[0], words[by[0] - 1].end
    return [Cue(words[by[0]].start, citer[1], named_at(*citer)), Cue(cue.start, inner[1], named_at(*inner))]


def _beside(text: str, words: Sequence[Token], cues: Cues) -> Piece | None:
    """Return the full name that words end with: «… l'entretien que proposait Jean Duval (, qui se dit prêt)»."""
    start = len(words)
    while start and capital(text, words[start - 1]) and (start == len(words) or _joined(text, words, start)):
        start -= 1
    links = [*cues.prepositions, *cues.particles, *cues.contracted]
    full = len(words) - start > 1 and start and not match_at(words, start - 1, links)
    return (words[start].start, words[-1].end) if full else None


def _joined(text: str, words: Sequence[Token], i: int) -> bool:
    return text[words[i - 1].end : words[i].start].isspace()


def _with_others(sentence: Sentence, words: Sequence[Token], subject: int, verb: int) -> Sequence[Token]:
    """Return a subject with those enumerated before it, without what goes with its verb: «A, B et C (ont dit)»."""
    end = next((i for i in range(subject + 1, verb) if match_at(words, i, sentence.light)), verb)
    while subject:
        before = _last_chunk(sentence.text, words[:subject])
        dated = any(w.word.isdigit() for w in before)
        if (
            len(before) > _MAX_LISTED
            or dated
            or not several(sentence.text, words[subject - len(before) : end], sentence.cues)
        ):
            break
        subject -= len(before)
    return words[subject:end]


def _last_chunk(text: str, words: Sequence[Token]) -> Sequence[Token]:
    """Return the words after the last comma that begin with a name, if any do."""
    for i in range(len(words) - 1, 0, -1):
        if "," in text[words[i - 1].end : words[i].start]:
            return words[i:]
    return words


def _subject(sentence: Sentence, words: Sequence[Token], verb: int) -> int | None:
    """Return the index of the word that the verb's subject begins with."""
    if not verb:
        return None
    parted = False
    for i in range(verb - 1, -1, -1):
        if not any(c in ",;:–—" for c in sentence.text[words[i].end : words[i + 1].start]):
            continue
        naming = words[i + 1 : verb]
        nobody = [*sentence.light, *sentence.cues.conjunctions]
        if only(naming, nobody):
            # «X, interrogé lundi, a dit», "…, but said": between the comma and the verb there is nobody.
            parted = True
        elif not parted or (capital(sentence.text, naming[0]) and not _named_before(sentence, words[: i + 1])):
            return i + 1
        else:
            # A chunk without a noun of its own has the same subject: «X, son collègue, a salué le texte, mais ajouté».
            nouns = [*sentence.cues.determiners, *sentence.cues.indefinite, *sentence.cues.relatives]
            beside = [*nouns, *sentence.cues.prepositions, *sentence.cues.circumstances, *sentence.cues.pronouns]
            parted = not sentence.cues.inverted_tail and not match_at(naming, 0, beside)
    return 0


def _named_before(sentence: Sentence, words: Sequence[Token]) -> bool:
    """Tell whether a full name stands before an apposition: "Ann Lee, Democrat of Ohio, said"."""
    chunk = _last_chunk(sentence.text, words)
    return len(chunk) > 1 and all(capital(sentence.text, w) for w in chunk[-2:])
