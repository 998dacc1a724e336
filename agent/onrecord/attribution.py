"""Takes a sentence apart into who says it (the cues) and what is said (the content), by a language's cues.

The parts are found by position and punctuation, the way quotation corpora mark them (PARC3, PolNeAR): a source
before a comma («Selon X, …»), a clause after the content («…, a déclaré X»), a clause before it («X a dit que …»).
Who a phrase like «il» or «le diplomate» stands for is not decided here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from onrecord.clause_subjects import acting_subject
from onrecord.clauses import head, quoting
from onrecord.considering import considered
from onrecord.continuations import conjoined, coordinated, fronted_participles, gaps, halves, participles, second
from onrecord.cues import Cues
from onrecord.incises import Incises
from onrecord.infinitives import infinitive
from onrecord.judgements import closed_by, judged, leading_words, noun
from onrecord.leads import asked, before_verb, likened, narrated
from onrecord.matching import Token, match_at, tokens
from onrecord.moods import in_mood
from onrecord.patterns import MIN_QUOTED_WORDS, Attribution, Cue
from onrecord.pieces import TRIM, Piece, closed, trim
from onrecord.quotations import Quotation
from onrecord.relays import citing, sources_behind
from onrecord.sentences import split
from onrecord.told import told
from onrecord.views import views

_TERMINALS = (".", "!", "?", "…")
# A sentence with more places to cut it at is no sentence of an article, and would take long.
_MAX_CUTS = 20
# Behind a colon a quotation opens, and so many words before it are a statement.
_QUOTING = re.compile(r"(?<=[^\W\d_]|[»”])[ \u00a0\u202f]?:\s*(?=[«“])")
_MIN_BEFORE_COLON = 3


def attributions(text: str, start: int, end: int, quoted: Sequence[Quotation], cues: Cues | None) -> list[Attribution]:
    """Take the sentence `text[start:end]` apart, an attribution for each verb of saying; empty where nobody is quoted.

    Without cues for the language, and in a sentence that is all quotation, only the marks tell; then there is no cue.
    """
    marks = [q for q in quoted if q.outer_start < end and q.outer_end > start]
    found = list(_parts(Incises(text, start, end, marks, cues))) if cues else []
    if not found:
        inside = [(max(q.start, start), min(q.end, end)) for q in marks]
        long = [piece for piece in inside if _words(text, [piece]) >= MIN_QUOTED_WORDS]
        # A few quoted words in the article's own sentence are the text of a law, a title, a term.
        after_colon = [(a, b) for a, b in inside if text[start:a].rstrip(TRIM.replace(":", ""))[-1:] == ":"]
        # «Il hausse les épaules : « On verra. »»: a sentence, however short.
        # «« C'est tout. »»: so is one that is all quotation.
        alone = [] if _outside(text, start, end, marks) else [p for p in inside if _words(text, [p]) > 1]
        introduced = [p for p in after_colon if p in long]
        introduced += [p for p in {*after_colon, *alone} - {*long} if text[slice(*p)].rstrip()[-1:] in _TERMINALS]
        long = [p for p in inside if p in long or p in introduced]
        if cues and in_mood(text, _outside(text, start, end, marks), cues):
            found = [Attribution(content=[(start, end)], by_mood=True)]
        elif long and (introduced or 2 * _words(text, long) >= _words(text, [(start, end)])):
            found = [Attribution(content=long)]
    for each in found:
        each.content = [closed(text, *p) for p in (trim(text, *piece) for piece in each.content) if p]
    # «Paris denies this»: a pronoun says nothing that could be on record.
    return [each for each in found if _words(text, each.content) > 1 or each.brief or _exclaimed(text, each, marks)]


def _exclaimed(text: str, found: Attribution, marks: Sequence[Quotation]) -> bool:
    """Tell whether a quoted word is all that is said: «« Inacceptable », tonne X», "X said: “No.”"."""
    (start, end), *more = found.content or [(0, 0)]
    closing = bool(found.cues) and not more and end <= found.cues[0].start
    after = bool(found.cues) and not more and found.cues[-1].end <= start
    closing = closing or (after and text[found.cues[-1].end : start].strip(TRIM.replace(":", "")) == ":")
    return closing and any(q.start <= start and end <= q.end for q in marks)


def statements(text: str, found: Attribution, lang: str | None) -> list[list[Piece]]:
    """Part what is said into statements: a sentence each, where an incise parts one both halves together."""
    groups: list[list[Piece]] = []
    for start, end in found.content:
        goes_on = bool(groups) and text[:start].rstrip(TRIM)[-1:] not in _TERMINALS
        for begin, stop in _sentences(text, start, end, lang):
            piece = trim(text, begin, stop)
            if piece and goes_on:
                groups[-1].append(closed(text, *piece))
            elif piece:
                groups.append([closed(text, *piece)])
            goes_on = False
    return groups


def _sentences(text: str, start: int, end: int, lang: str | None) -> Iterator[Piece]:
    """Yield the sentences of a piece; a quotation behind a colon is one of its own: «la loi est bonne : « … »»."""
    for sentence in split(text[start:end], lang):
        begin, stop = start + sentence.start, start + sentence.end
        for colon in _QUOTING.finditer(text, begin, stop):
            if len(tokens(text, begin, colon.start())) >= _MIN_BEFORE_COLON:
                yield begin, colon.start()
                begin = colon.start() + 1
        yield begin, stop


def _outside(text: str, start: int, end: int, marks: Sequence[Quotation]) -> list[Token]:
    return [w for w in tokens(text, start, end) if not any(q.start <= w.start < q.end for q in marks)]


def _words(text: str, pieces: Sequence[Piece]) -> int:
    return sum(len(tokens(text, *piece)) for piece in pieces)


def _parts(sentence: Incises) -> Iterator[Attribution]:
    """Take the halves that a semicolon parts one by one; one that attributes nothing goes on with the one before."""
    words = tokens(sentence.text, sentence.start, sentence.end)
    reminded = match_at(words, 0, sentence.cues.reminding)
    if reminded and (begin := reminded + match_at(words, reminded, sentence.cues.that)) < len(words):
        # «Напомним, что …»: it is the article that reminds.
        sentence = sentence.part(words[begin].start, sentence.end)
    joined: list[Piece] = []
    for start, end in halves(sentence):
        if joined and not _cued(sentence.part(start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for piece in joined:
        part = sentence.part(*piece)
        yield from _after_colon(part) or _coordinated(part) or _fronted_clause(part) or _cued(part)


def _coordinated(sentence: Incises) -> list[Attribution]:
    """Take apart «X said it was safe, but Y says it is not», where a clause has a verb before its content."""
    for end, begin in islice(coordinated(sentence), _MAX_CUTS):
        before, after = _cued(sentence.part(sentence.start, end)), _cued(sentence.part(begin, sentence.end))
        opens = after and after[0].cues[0].start == begin and after[0].content[0][0] >= after[0].cues[0].end
        if opens:
            return [*before, *after]
    return []


def _fronted_clause(sentence: Incises) -> list[Attribution]:
    """Take apart «Alors que X estime que la loi est bonne, Y dit que …», where each clause tells what somebody says."""
    cues, text = sentence.cues, sentence.text
    words = sentence.outside(tokens(text, sentence.start, sentence.end))
    begun = match_at(words, 0, cues.subordinators)
    if not begun or not cues.inverted_tail or not cues.articles or cues.verb_second:
        return []
    for k in range(begun + 1, len(words)):
        if text[: words[k].start].rstrip()[-1:] != ",":
            continue
        after = _cued(sentence.part(words[k].start, sentence.end))
        opens = after and after[0].cues[0].start == words[k].start and after[0].content[0][0] >= after[0].cues[0].end
        if opens and (before := _cued(sentence.part(words[begun].start, words[k - 1].end))):
            return [*before, *after]
    return []


def _after_colon(sentence: Incises) -> list[Attribution]:
    """Take apart «X niega el trueque: los tres salieron, insiste, en mayo», where each half has a verb of saying."""
    for colon in range(sentence.start, sentence.end):
        if sentence.text[colon] == ":" and not any(q.outer_start <= colon < q.outer_end for q in sentence.marks):
            before, after = _cued(sentence.part(sentence.start, colon)), sentence.part(colon + 1, sentence.end)
            return [*before, *_cued(after)] if before and _cued(after) else []
    return []


def _cued(sentence: Incises, implied: Cue | None = None) -> list[Attribution]:
    """Take a part apart, once: parts lie within parts, and without a memory each would double the work."""
    key = sentence.start, sentence.end, implied
    if key not in sentence.taken:
        sentence.taken[key] = list(_take(sentence, implied))
    return sentence.taken[key]


def _take(sentence: Incises, implied: Cue | None) -> Iterator[Attribution]:
    if implied is None and (said := asked(sentence)) and (parts := _cued(sentence.part(*said))):
        yield from parts
        return
    cuts = list(islice(participles(sentence), _MAX_CUTS + 1))
    for before, after, relative in cuts if len(cuts) <= _MAX_CUTS else ():
        begun = _cued(sentence.part(*before), implied)
        if relative and not (begun and sentence.in_relative(begun[-1].cues[-1])):
            continue
        if relative is None and not (begun and _closing(begun[-1], before[1])):
            continue
        if begun and (besides := list(_besides(sentence, after, _spoken(sentence, begun[-1])))):
            yield from begun
            yield from besides
            return
    if implied is None and (behind := sources_behind(sentence)) and (parts := _cued(sentence.part(*behind[0]))):
        yield from parts[:-1]
        yield citing(sentence, parts[-1], behind[1])
        return
    for before, whose, said in views(sentence) if implied is None else ():
        yield from _cued(sentence.part(*before))
        told_of = Attribution(whose, [said])
        yield from _relayed(sentence, told_of) if len(whose) > 1 else [told_of]
        return
    if implied is None and (fronted := next(_fronted(sentence), None)):
        yield from fronted
        return
    found = Attribution(content=[(sentence.start, sentence.end)])
    if implied is None:
        inside = (
            sentence.lead,
            sentence.interrupted,
            sentence.tail,
            sentence.incise,
            sentence.middle,
            sentence.unparted,
        )
        _ = (
            narrated(sentence, found)
            or likened(sentence, found)
            or before_verb(sentence, found)
            or any(place(found) for place in inside)
        )
    if found.cues and found.cues[-1].end <= found.content[0][0]:
        _passed_on(sentence, found)
    clauses = [quoting, told, infinitive, head, judged, noun, leading_words, closed_by, considered]
    tried = [(clause, replace(found, cues=[*found.cues], content=[*found.content])) for clause in clauses]
    headed = [(each, clause) for clause, each in tried if clause(sentence, each, implied=implied)]
    if headed:
        # Of several verbs the first is the one that the others depend on, or stand beside; "cited X as saying" is one.
        first_verb = min(headed, key=lambda pair: max(cue.end for cue in pair[0].cues))
        found, clause = headed[0] if headed[0][1] is quoting else first_verb
        found.brief = clause is not head
    if not found.cues:
        return
    whole = [*found.content]
    rest = second(sentence, found)
    spoken = [*found.cues]
    besides = list(_besides(sentence, rest, spoken)) if rest else []
    if rest and not besides and not match_at(tokens(sentence.text, *rest), 0, sentence.light):
        # «une application rapide et complète de l'accord»: no verb
        found.content = whole
    reports = _relayed(sentence, found) if headed and clause in (head, infinitive) else [found]
    for each in reports:
        gaps(sentence, each)
    yield from reports
    yield from besides


def _relayed(sentence: Incises, found: Attribution) -> list[Attribution]:
    """Find who is quoted in what somebody says: «X rapporte que Y a dit que …», «X rapporte que … et que Y a dit …»."""
    for before, after in conjoined(sentence, found):
        goes_on = _reported(sentence, before)
        if _reported(sentence, after):
            return [before, after]
        if goes_on:
            # What Y says goes on with «et que …».
            break
    _ = _reported(sentence, found)
    return [found]


def _reported(sentence: Incises, found: Attribution) -> bool:
    if told(sentence, found, reported=True) or head(sentence, found, reported=True):
        return True
    asked_to = infinitive(sentence, found, reported=True)
    # "said he had warned her not to sign": one word says what.
    found.brief = asked_to or found.brief
    return asked_to


def _closing(found: Attribution, end: int) -> bool:
    """Tell whether an attribution ends with whoever says it: «…, a répliqué X»."""
    said = max((stop for start, stop in found.content if stop > start), default=end)
    return said <= found.cues[-1].start and found.cues[-1].end <= end


def _fronted(sentence: Incises) -> Iterator[list[Attribution]]:
    """«Accusant X de mentir, Y a dit que …»: of whom the main clause speaks says what stands before it."""
    for before, subject, after in fronted_participles(sentence):
        implied = Cue(*before, subject)
        if begun := _cued(sentence.part(*before), implied):
            own = [replace(each, cues=[replace(cue, after=None) for cue in each.cues]) for each in begun]
            yield [*own, *_cued(sentence.part(*after))]


def _spoken(sentence: Incises, found: Attribution) -> list[Cue]:
    """Return whose words a participle goes on with: of «Selon X, Y a refusé, jugeant que …» it is Y who judges."""
    cue = found.cues[-1]
    start, end = found.content[0]
    words = sentence.outside(tokens(sentence.text, start, end))
    sources = [*sentence.cues.source, *sentence.cues.own_view]
    if start < cue.end or not words or not match_at(tokens(sentence.text, cue.start, cue.end), 0, sources):
        return found.cues
    subject = acting_subject(sentence, words)
    return [*found.cues, subject] if subject else found.cues


def _passed_on(sentence: Incises, found: Attribution) -> None:
    """Find the agency that passes on what a source says: «По словам X, …, передает ТАСС»."""
    outer = Attribution()
    said = trim(sentence.text, found.content[0][0], found.content[-1][1]) if sentence.cues.conveying else None
    if not said or not sentence.part(*said).tail(outer) or not outer.cues[0].subject:
        return
    verb = tokens(sentence.text, outer.cues[0].start, outer.cues[0].end)
    if match_at(verb, 0, sentence.cues.conveying):
        found.cues, found.content = [*outer.cues, *found.cues], outer.content


def _besides(sentence: Incises, piece: Piece, spoken: Sequence[Cue]) -> Iterator[Attribution]:
    """Take apart what the same speaker says besides, of whom those before him in `spoken` report it too."""
    for each in _cued(sentence.part(*piece), spoken[-1]):
        yield replace(each, cues=[*spoken[:-1], *each.cues])
