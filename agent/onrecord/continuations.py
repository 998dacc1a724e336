"""What the same speaker says besides in a sentence: «…, ajoutant que …», «… et a promis de …»."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.cues import Cues
from onrecord.matching import Token, capital, first, match_at, tokens
from onrecord.patterns import Attribution, Sentence
from onrecord.phrases import leading
from onrecord.pieces import Piece

# So soon a clause that another begins has its verb.
_MAX_TO_VERB = 10


def gaps(sentence: Sentence, found: Attribution) -> None:
    """«…, ajoutant que …» parts what is said in two pieces; «…, citant un rapport» ends it."""
    pieces: list[Piece] = []
    text, cues = sentence.text, sentence.cues
    for start, end in found.content:
        words = tokens(text, start, end)
        if not any(q.start <= start < q.end for q in sentence.marks):
            words = sentence.outside(words)
        cut = start
        for i in range(1, len(words)):
            if not text[words[i - 1].end : words[i].start].rstrip().endswith(","):
                continue
            # «« On paie, ce qui est bien »» is all his who is quoted; «« X a dit qu'il paie, citant la loi »» is not.
            told = found.cues[-1].start if found.cues and found.cues[-1].end <= found.content[0][0] else -1
            within = any(q.start <= words[i].start < q.end and not q.start <= told < q.end for q in sentence.marks)
            if match_at(words, i, cues.asides) and not within:
                # «… que la loi « passerait », sans préciser quand»: the last word may be quoted.
                end = text.rindex(",", 0, words[i].start)
                break
            verb = match_at(words, i, cues.adding)
            that = match_at(words, i + verb, cues.that) if verb else 0
            if that:
                pieces.append((cut, words[i].start))
                cut = words[i + verb + that - 1].end
                cut += text[cut : cut + 1] in ("'", "’")
        # "He had been called “a risk” and was fired, the paper said": the second verb is part of what is said.
        closing = cues.bare_content and bool(found.cues) and found.cues[-1].start >= end
        pieces.append((cut, end if closing else _predicate(sentence, cut, end)))
    found.content = pieces


def second(sentence: Sentence, found: Attribution) -> Piece | None:
    """Cut off what the same speaker says besides: «… et a ajouté que …», «…, a dit X, rappelant que …».

    Returns the piece that begins with the second verb. Its auxiliary is the first one's, or it belongs to what is said.
    """
    cues, text = sentence.cues, sentence.text
    cue = found.cues[-1]
    verbs, closing = _verbs(cues), found.content[0][0] < cue.start
    spoken = sentence.outside(tokens(text, cue.start, cue.end))
    for i in range(1, len(spoken)):
        comma = "," in text[spoken[i - 1].end : spoken[i].start]
        # «…, a dit X, qui nie …», «…, insistió, y negó que …»
        link = match_at(spoken, i, [*cues.relatives, *(cues.conjunctions if closing else ())]) if comma else 0
        light = i + link
        while step := match_at(spoken, light, sentence.light):
            light += step
        after_verb = first(spoken[:i], verbs)
        if comma and after_verb and match_at(spoken, light, verbs):
            found.cues[-1] = replace(cue, end=spoken[i - 1].end)
            return spoken[i + link].start, cue.end
        joined = match_at(spoken, i, cues.conjunctions) if closing and after_verb else 0
        resumed = [piece for piece in found.content if piece[0] >= cue.end]
        if joined and resumed and match_at(spoken, i + joined, verbs):
            # «« … », a dit X et a ajouté : « … »»
            found.cues[-1] = replace(cue, end=spoken[i - 1].end)
            found.content = [piece for piece in found.content if piece[0] < cue.end]
            return spoken[i + joined].start, resumed[-1][1]
    before = [w.word for w in spoken if match_at([w], 0, cues.auxiliaries)]
    words = sentence.outside(tokens(text, found.content[-1][0], sentence.end))
    # «a dénoncé « un recul » et ajouté que …»: of a quotation no word is left before it.
    for i in range(bool(words) and words[0].start == found.content[-1][0], len(words)):
        verb = i + match_at(words, i, cues.conjunctions)
        if verb == i:
            continue
        begins, helping = verb, []
        while light := match_at(words, verb, sentence.light):
            helping += [w.word for w in words[verb : verb + light] if match_at([w], 0, cues.auxiliaries)]
            verb += light
        # «Insiste en que no lo hará, pero ha añadido que …»
        other = cues.pro_drop and "," in text[words[max(0, i - 1)].end : words[i].start]
        other = other and match_at(words, verb + match_at(words, verb, verbs), cues.that) > 0
        if (
            match_at(words, verb, verbs)
            and (helping in ([], before) or other)
            and not _shifted(cues, spoken, words[verb])
        ):
            start, end = found.content[-1]
            found.content[-1] = (start, min(end, words[i].start))
            return words[begins].start, sentence.end
    return None


def _shifted(cues: Cues, spoken: Sequence[Token], verb: Token) -> bool:
    """Tell whether a verb is in the present where the one of saying is not: "said that it agrees and hopes to stay"."""
    said = next((w.word for w in spoken if match_at([w], 0, cues.report)), "s") if cues.bare_content else "s"
    return verb.word.endswith("s") and not said.endswith("s")


def conjoined(sentence: Sentence, found: Attribution) -> Iterator[tuple[Attribution, Attribution]]:
    """Yield where what is said falls into two clauses: «(X a dit que) … et que …»."""
    cues, (start, end), *rest = sentence.cues, *found.content
    words = sentence.outside(tokens(sentence.text, start, end))
    for i in range(1, len(words)):
        if (link := match_at(words, i, cues.conjunctions)) and (that := match_at(words, i + link, cues.that)):
            begin = words[i + link + that - 1].end
            begin += sentence.text[begin : begin + 1] in ("'", "’")
            yield (
                replace(found, cues=[*found.cues], content=[(start, words[i - 1].end)]),
                replace(found, cues=[*found.cues], content=[(begin, end), *rest]),
            )


def halves(sentence: Sentence) -> Iterator[Piece]:
    """Yield the parts of a sentence that semicolons outside quotation marks set apart."""
    start = sentence.start
    for i in range(sentence.start, sentence.end):
        if sentence.text[i] == ";" and not any(q.outer_start <= i < q.outer_end for q in sentence.marks):
            yield start, i
            start = i + 1
    yield start, sentence.end


def coordinated(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where what one says may end and another's begin: "Acme said it was safe, but towns say it is not".

    A verb that is shifted back in time («… had said») goes on with what is reported.
    """
    cues, text = sentence.cues, sentence.text
    words = sentence.outside(tokens(text, sentence.start, sentence.end))
    begins = [*cues.determiners, *cues.indefinite, *cues.pronouns, *cues.plural]
    for i in range(1, len(words)) if cues.backshifted else ():
        link = match_at(words, i, [*cues.conjunctions, *cues.subordinators])
        gap = text[words[i - 1].end : words[i].start]
        if not link or gap.strip(' \u00a0”»"') != ",":
            continue
        clause = words[i + link :][:_MAX_TO_VERB]
        verb = first(clause, _verbs(cues))
        that = match_at(clause, 0, cues.that) or match_at(clause, 0, cues.first_person)
        somebody = clause and (match_at(clause, 0, begins) or capital(text, clause[0]) or verb == (1, 1))
        if verb and verb[0] and somebody and not that and not first(clause[: verb[0]], cues.backshifted):
            yield words[i - 1].end, clause[0].start


def participles(sentence: Sentence) -> Iterator[tuple[Piece, Piece, bool | None]]:
    """Yield where a participle may begin what is said besides: what is before it, and what begins with it.

    «…, a dit X, rappelant que …», «…, appelant à …», «…, dénonçant « une faute »». So may the main verb after a
    relative clause, which is told by the third value: «X, qui avait menacé de partir, a dit que …»; it is None for a
    relative clause about whoever speaks.
    """
    cues, text = sentence.cues, sentence.text
    words = sentence.outside(tokens(text, sentence.start, sentence.end))
    verbs = _verbs(cues)
    relative = False
    for i in range(1, len(words)):
        parted = text[: words[i].start].rstrip()[-1:] == ","
        light = i
        while relative and (step := match_at(words, light, sentence.light)):
            light += step
        relative = relative or bool(parted and match_at(words, i, cues.relatives))
        # «…, tout en exigeant « un vote »»
        own = i + match_at(words, i, cues.gerunds)
        of_saying = match_at(words[: own + 1], own, cues.participle_forms) and match_at(words, own, verbs)
        if parted and (own := match_at(words, i, cues.relatives)):
            # «…, a répliqué X, qui nie …»
            begin = verb = i + own
            while not match_at(words, verb, verbs) and (step := match_at(words, verb, sentence.light)):
                verb += step
            if not match_at(words, verb, verbs):
                begin = verb = _later(sentence, words, verb)
            if match_at(words, verb, verbs) and not match_at(words, verb, cues.non_finite):
                yield (sentence.start, text.rindex(",", 0, words[i].start)), (words[begin].start, sentence.end), None
        told = i + match_at(words, i, cues.afterwards)
        if told > i and match_at(words, told, verbs):
            # «…, a dit X avant d'ajouter que …»
            yield (sentence.start, words[i - 1].end), (words[told].start, sentence.end), False
        main = relative and match_at(words, light, verbs) and not match_at(words, light, cues.non_finite)
        spoken = match_at(words, i, cues.participles) or of_saying or main
        if parted and spoken and not match_at(words, i, cues.adding):
            yield (sentence.start, text.rindex(",", 0, words[i].start)), (words[i].start, sentence.end), bool(main)


def _later(sentence: Sentence, words: Sequence[Token], begin: int) -> int:
    """Return the verb of saying that a relative clause goes on with: «…, dijo X, que convocó una huelga y pidió que …».

    It is where the words end if there is none.
    """
    for k in range(begin + 1, len(words)):
        if any(c in ",;:" for c in sentence.text[words[k - 1].end : words[k].start]):
            break
        verb = k + match_at(words, k, sentence.cues.conjunctions)
        while verb > k and (step := match_at(words, verb, sentence.light)):
            verb += step
        if verb > k and match_at(words, verb, _verbs(sentence.cues)):
            return verb
    return len(words)


def fronted_participles(sentence: Sentence) -> Iterator[tuple[Piece, Piece, Piece]]:
    """Yield where a main clause may follow a participle of saying: the participle's part, the subject, the clause."""
    cues, text = sentence.cues, sentence.text
    words = sentence.outside(tokens(text, sentence.start, sentence.end))
    if not match_at(words[:1], 0, cues.participle_forms) or not match_at(words, 0, _verbs(cues)):
        return
    for i in range(2, len(words)):
        if text[: words[i].start].rstrip()[-1:] != ",":
            continue
        if subject := leading(text, words[i:], cues):
            yield (sentence.start, text.rindex(",", 0, words[i].start)), subject, (words[i].start, sentence.end)


def _verbs(cues: Cues) -> list[str]:
    return [*cues.report, *cues.report_that, *cues.judging, *(v for entry in cues.infinitives for v in entry.verbs)]


def _predicate(sentence: Sentence, start: int, end: int) -> int:
    """Return where a second verb of the same speaker begins: «… », et a appelé à …"""
    for q in sentence.marks:
        after = tokens(sentence.text, q.outer_end, end) if start < q.outer_end < end else []
        if after and match_at(after, 0, sentence.cues.conjunctions):
            skipped = match_at(after, 1, sentence.cues.adverbs)
            # «« injuste » et « indigne »»
            begun = after[1 + skipped : 2 + skipped]
            quoted = any(m.outer_start < w.start < m.outer_end for m in sentence.marks for w in begun)
            if not quoted and match_at(after, 1 + skipped, [*sentence.cues.auxiliaries, *sentence.cues.report]):
                return q.outer_end
    return end
