"""Who a verb of saying belongs to: its subject, before it or implied, and the expression that both make."""

from collections.abc import Sequence

from onrecord.antecedents import antecedent, apposed, before_relative, beside, within
from onrecord.clause_subjects import own_clause
from onrecord.cues import Cues
from onrecord.enumerations import several
from onrecord.inversion import behind
from onrecord.matching import Token, after_commas, capital, match_at, only, run, tokens
from onrecord.patterns import Cue, Sentence, is_name
from onrecord.phrases import appositive, leading, named, of_person, unstressed
from onrecord.pieces import Piece
from onrecord.seats import seat, seated
from onrecord.unparted import named_at_head, unparted

_MAX_LISTED = 4
# A full name has so many words.
_FULL = 2
# So many words may name who says something, between a verb and its «que».
_MAX_FOLLOWING = 8


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
    if after := _following(sentence, words, verb):
        return Cue(words[0].start, after[1], after)
    if implied and only(words[: verb[0]], sentence.light):
        return implied.going_on(words[0].start, last.end)
    if implied and (goes_on := _conjoined(sentence, words, verb[0])):
        # "(said Ann Lee, who) has called a march and urged members to …"
        return implied.going_on(words[goes_on].start, last.end)
    if cues.pro_drop and only(words[: verb[0]], sentence.light):
        if reported:
            # «X dijo que había pedido que …»: what X did himself is part of what he says.
            return None
        return Cue(words[0].start, last.end, None)
    if not nested and (before := before_relative(sentence, words, verb[0])):
        return Cue(words[0].start, last.end, named(text, before, cues))
    subject = _subject(sentence, words, verb[0])
    if subject is None:
        return None
    if not nested and (after := _confirming(sentence, words, verb)):
        return Cue(words[subject].start, after[1], after)
    subject = own_clause(sentence, words, subject, verb[0])
    if found := behind(text, words[subject:], verb[0] - subject, cues, sentence.marks):
        # «Am Montag sagte der Chef der SPD, …», «In Berlin sprach er von …»
        pronoun = match_at(tokens(text, *found), 0, cues.pronouns)
        if pronoun and match_at(tokens(text, *found), 0, cues.first_person):
            return None
        if pronoun and found[1] <= last.end and not match_at(tokens(text, *found), 0, cues.singular):
            # «Im Umfeld des Chefs heißt es, …», but «am Montag hieß es, …»
            ahead = words[subject : verb[0]]
            source = ahead[match_at(ahead, 0, cues.prepositions) :]
            timed = not source or only(ahead, [*cues.adverbs, *cues.circumstances])
            found = None if timed else (source[0].start, source[-1].end)
            return Cue(ahead[0].start, last.end, found)
        return Cue(words[subject].start, max(last.end, found[1]), None if pronoun else found)
    # «Il était tard quand le Belge Charles Michel a écrit que …»
    parted = [k for k in range(subject + 1, verb[0]) if match_at(words, k, cues.subordinators)]
    if parted and any(not match_at(words, k, sentence.light) for k in range(parted[-1] + 1, verb[0])):
        if cues.pro_drop and _ended(sentence, words, parted[-1], verb[0]):
            # «En una nota, poco antes de que saliera la entrevista, dijo que …»
            outer = named(text, words[subject : parted[-1]], cues)
            return Cue(outer[0] if outer else words[verb[0]].start, last.end, outer)
        subject = parted[-1] + 1
    if reported and match_at(words, subject, cues.pronouns):
        # «X a dit qu'il avait demandé que …»: what X did himself is part of what he says.
        return None
    if subject and cues.pro_drop and cues.articles and _of_object(words, subject, verb, cues):
        # «El club rechazó el plan, que califica de “injusto”»
        verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report, *cues.judging]
        main = next((k for k in range(1, subject) if match_at(words, k, verbs)), 0)
        return Cue(words[subject].start, last.end, named(text, words[:main], cues)) if main else None
    if subject and match_at(words, subject, cues.relatives):
        own = words[subject + 1 : verb[0]]
        noun = own and (match_at(own, 0, cues.determiners) or capital(text, own[0]))
        if noun and not only(own, [*sentence.light, *cues.clitics]):
            # «la pilule, dont l'Autorité a estimé que …»
            return Cue(words[subject].start, last.end, named(text, own, cues))
        # «M. Le Maire, qui a salué …»
        name = beside(text, words[:subject], cues) or antecedent(text, _last_chunk(text, words[:subject]), cues)
        return Cue(words[subject].start, last.end, name) if name and not nested else None
    near = verb[0] - 1
    while cues.bare_content and near > subject and match_at(words, near, sentence.light):
        near -= 1
    if cues.bare_content and near > subject and match_at(words, near, cues.relatives):
        # "(after the warnings of) the doctors who told her …"
        whose = unparted(words[subject:near], cues)
        return Cue(words[near].start, last.end, whose) if whose and not nested else None
    if not nested and (whose := within(sentence, words, subject, verb[0])):
        return Cue(whose[0], last.end, whose)
    if not nested and match_at(words, subject, cues.one) and (place := seated(text, words[:subject], cues)):
        # «À l'Élysée, on assure que …»
        return Cue(words[0].start, last.end, place)
    speaking = [*cues.first_person, *cues.second_person]
    # "I fully expect …"
    if match_at(words, subject, cues.first_person) or (nested and match_at(words, near, speaking)):
        # « Je constate que … », a dit X: he is quoted, and relays nobody; outside quotation marks the author speaks.
        return None
    if match_at(words, subject, cues.nobody):
        # «Rien ne dit que …»
        return None
    who = unstressed(text, _with_others(sentence, words, subject, verb[0]), cues)
    while len(who) > 1 and match_at(who[-1:], 0, cues.clitics):
        # «A et B l'(ont dit)»
        who = who[:-1]
    participle = match_at(words[: verb[0] + 1], verb[0], cues.participle_forms)
    participle = participle or match_at(words, verb[0], [*cues.participles, *cues.adding])
    if parts := several(text, who, cues):
        # "Lee and Ray left, saying …": of the last only the name
        name = leading(text, tokens(text, *parts[-1]), cues) if participle else None
        return Cue(parts[0][0], last.end, (parts[0][0], (name or parts[-1])[1]))
    who = words[subject : verb[0]]
    if subject and participle and only(who, [*sentence.light, *cues.clitics]):
        # «La mairie a réfuté l'avis, le qualifiant d'« absurde »»
        verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report, *cues.judging]
        main = next((k for k in range(1, subject) if match_at(words, k, verbs)), 0)
        return Cue(words[0].start, last.end, named(text, words[:main], cues)) if main else None
    if who and participle:
        # "Snyder appealed, saying …"
        # «Suite à cela, le Breton a cédé, expliquant que …»
        called = None if match_at(who, 0, [*cues.circumstances, *cues.prepositions]) else leading(text, who, cues)
        return Cue(who[0].start, last.end, called or named(text, who, cues))
    article = run(who, 0, cues.determiners)
    quoted = next((q for q in sentence.marks if article and q.outer_start - who[article - 1].end in (0, 1)), None)
    if quoted and only(who[article:], sentence.light) and quoted.outer_end <= last.start:
        # «Der „Spiegel“ hatte berichtet», «Le « Canard enchaîné » écrit»
        return Cue(words[subject].start, last.end, (quoted.start, quoted.end))
    sits = match_at(words, verb[0], cues.plural_verbs)
    if sits and (place := _quoted_seat(sentence, words) or seat(text, who, cues)):
        return Cue(words[subject].start, last.end, place)
    name = (beside(text, who, cues) if cues.verb_second and apposed(text, who) else None) or named(text, who, cues)
    if name and cues.pro_drop and cues.articles and _with_somebody(who, name, cues):
        # «En una entrevista con el británico Jon Ruiz dijo que …»: it is somebody else who says it.
        name = None
    return Cue(words[subject].start, last.end, _with_quoted(sentence, name))


def _of_object(words: Sequence[Token], relative: int, verb: tuple[int, int], cues: Cues) -> bool:
    """Tell whether a relative pronoun is the object of a verb of judging: «…, que considera un error»."""
    alone = relative + match_at(words, relative, cues.relatives) == verb[0]
    return alone and match_at(words, relative, cues.that) > 0 and match_at(words, verb[0], cues.opining) > 0


def _with_somebody(words: Sequence[Token], name: Piece, cues: Cues) -> bool:
    """Tell whether a name is of whom a preposition says something, with an article and a noun or without."""
    begin = next((k for k, w in enumerate(words) if w.start >= name[0]), 0)
    if begin > 1 and of_person(words, begin - 1, cues) and match_at(words, begin - 2, cues.determiners):
        begin -= 2
    return match_at(words, begin - 1, cues.prepositions) > 0


def _quoted_seat(sentence: Sentence, words: Sequence[Token]) -> Piece | None:
    """Return the name in quotation marks that a place at the head of words is: «В „Новом мосте“, партии мэра, …»."""
    if not match_at(words, 0, sentence.cues.seats):
        return None
    quoted = (q for q in sentence.marks if q.outer_start - words[0].end == 1 and is_name(sentence.text, q.start, q.end))
    return next(((q.start, q.end) for q in quoted), None)


def _with_quoted(sentence: Sentence, piece: Piece | None) -> Piece | None:
    """Return a noun with the name in quotation marks behind it: «Собеседник „Ведомостей“ (рассказал)»."""
    if not piece or not sentence.cues.bare_nouns:
        return piece
    quoted = (q for q in sentence.marks if q.outer_start - piece[1] == 1 and is_name(sentence.text, q.start, q.end))
    return piece[0], next((q.outer_end for q in quoted), piece[1])


def _following(sentence: Sentence, words: Sequence[Token], verb: tuple[int, int]) -> Piece | None:
    """Return the subject between a verb and its «que»: «Asegura el ministro que …», «Dicen quienes lo vieron que …»."""
    text, cues, begin = sentence.text, sentence.cues, sum(verb)
    if not cues.pro_drop or not only(words[: verb[0]], sentence.light):
        return None
    begin += run(words, begin, sentence.light)
    that = next(
        (k for k in range(begin, min(begin + _MAX_FOLLOWING, len(words))) if match_at(words, k, cues.that)), begin
    )
    if that == begin or any(c in ",;:" for c in text[words[begin - 1].end : words[that].start]):
        return None
    # «Recordó Jean Duval (al Congreso) que …»
    to = cues.counterpart.get("proposed", [])
    who = words[begin : next((k for k in range(begin + 1, that) if match_at(words, k, to)), that)]
    if match_at(who, 0, cues.relatives) and match_at(who, 0, cues.indefinite):
        return who[0].start, who[-1].end
    article = match_at(who, 0, cues.determiners)
    somebody = article < len(who) and (of_person(who, article, cues) or match_at(who, article, cues.organisations))
    return named(text, who, cues) if article and somebody else leading(text, who, cues)


def _confirming(sentence: Sentence, words: Sequence[Token], verb: tuple[int, int]) -> Piece | None:
    """Return the subject that stands behind a verb: «Ce que confirme un adjoint : « … »»."""
    text, cues, after = sentence.text, sentence.cues, words[sum(verb) :]
    if not cues.inverted_tail or not cues.articles or verb[0] < 2 or not match_at(words, verb[0] - 1, cues.that):
        return None
    stop = next((k for k in range(1, len(after)) if ":" in text[after[k - 1].end : after[k].start]), len(after))
    closed = after and text[after[min(stop, len(after)) - 1].end :].lstrip(" \u00a0")[:1] == ":"
    light = run(after[:stop], 0, sentence.light)
    return appositive(text, after[light:stop], cues) if closed and light < stop else None


def _conjoined(sentence: Sentence, words: Sequence[Token], verb: int) -> int:
    """Return where a verb begins that nothing but light words parts from a conjunction before it; 0 where none does."""
    begin = next((k for k in range(1, verb) if only(words[k:verb], sentence.light)), verb)
    return begin if match_at(words[:begin], begin - 1, sentence.cues.conjunctions) else 0


def _ended(sentence: Sentence, words: Sequence[Token], begin: int, verb: int) -> bool:
    """Tell whether a comma ends the clause that begins at a word, and nothing but light words parts it from a verb."""
    comma = next((k for k in range(verb, begin, -1) if "," in sentence.text[words[k - 1].end : words[k].start]), 0)
    return comma > begin + 1 and only(words[comma:verb], sentence.light)


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
    if named_at_head(sentence.text, words[:verb], sentence.cues):
        return 0
    for i in range(verb - 1, -1, -1):
        if not any(c in ",;:–—" for c in sentence.text[words[i].end : words[i + 1].start]):
            continue
        naming = words[i + 1 : verb]
        nobody = [*sentence.light, *sentence.cues.conjunctions]
        verb_first = match_at(naming, 0, [*sentence.cues.finite, *sentence.cues.finite_forms])
        # "A paper, passed around on Monday, had gone further and suggested …"
        verb_first = verb_first or (sentence.cues.bare_content and match_at(naming, 0, sentence.cues.auxiliaries))
        none = sentence.cues.pro_drop or (
            sentence.cues.bare_content and naming and not capital(sentence.text, naming[0])
        )
        # «X, le maire, a réagi en (disant que …)»
        follows = sentence.cues.inverted_tail and sentence.cues.articles and not sentence.cues.verb_second
        none = none or (follows and match_at(naming, 0, sentence.cues.auxiliaries) > 0)
        if only(naming, nobody) or (none and verb_first) or match_at(naming, 0, sentence.cues.picking):
            # «X, interrogé lundi, a dit», "…, but said", «X …, отказался от денег и сказал»: after the comma there is
            # nobody.
            parted = True
        elif not parted or (_calls(sentence, naming) and not _named_before(sentence, words[: i + 1])):
            return i + 1
        else:
            # A chunk without a noun of its own has the same subject: «X, son collègue, a salué le texte, mais ajouté».
            nouns = [*sentence.cues.determiners, *sentence.cues.indefinite, *sentence.cues.relatives]
            beside = [*nouns, *sentence.cues.prepositions, *sentence.cues.circumstances, *sentence.cues.pronouns]
            parted = not sentence.cues.inverted_tail and not match_at(naming, 0, beside)
    return 0


def _calls(sentence: Sentence, naming: Sequence[Token]) -> bool:
    """Tell whether a chunk beside a subject names it: «(Son chef,) Jean Duval,», «(Son chef,) l'élu Jean Duval,»."""
    text, cues = sentence.text, sentence.cues
    if capital(text, naming[0]):
        return True
    stop = next(iter(after_commas(text, naming)), 0)
    described = cues.inverted_tail and cues.articles and match_at(naming, 0, cues.determiners)
    links = [*cues.particles, *cues.contracted, *cues.prepositions]
    full = stop > _FULL and all(capital(text, w) for w in naming[stop - 2 : stop])
    linked = any(match_at(naming, k, links) for k in range(1, stop))
    return bool(described and full and not linked and any(of_person(naming, k, cues) for k in range(1, stop)))


def _named_before(sentence: Sentence, words: Sequence[Token]) -> bool:
    """Tell whether a full name stands before an apposition: "Ann Lee, Democrat of Ohio, said"."""
    chunk = _last_chunk(sentence.text, words)
    return len(chunk) > 1 and all(capital(sentence.text, w) for w in chunk[-2:])
