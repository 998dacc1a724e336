"""The clauses by which a sentence attributes what it says: «X a dit que …», "A quoted B as saying"."""

import re
from collections.abc import Sequence

from onrecord.bare import demonstrative, negated, shown, unmarked
from onrecord.citing import cited
from onrecord.cues import Cues
from onrecord.infinitives import MAX_HEAD_WORDS, from_opening, infinitive_start
from onrecord.matching import Token, first, match_at, tokens
from onrecord.patterns import MIN_QUOTED_WORDS, Attribution, Cue, Sentence
from onrecord.phrases import named
from onrecord.pieces import Piece, closed
from onrecord.quotations import MARKS
from onrecord.saying import MAX_LIGHT, eligible, no_saying, whole
from onrecord.subjects import cue_of
from onrecord.suffering import suffered

# How many words may stand between a verb of saying and what is said.
_MAX_GAP = 8
_MAX_TO_THAT = 4
_MAX_LISTENER = 16
_MAX_ASIDE = 6
# A sentence ends here within a quotation; a title or an initial is shorter.
_ENDED = re.compile(r"[a-zà-þ]{3}[.!?…]\s")


def head(sentence: Sentence, found: Attribution, *, reported: bool = False, implied: Cue | None = None) -> bool:
    """«X a dit que …», also inside what another cue has already set apart; `reported`, only with its «que».

    `implied` is the expression whose speaker goes on, with a verb that has no subject: «… et a ajouté que …».
    """
    words, nested, end = eligible(sentence, found, reported)
    cues, text = sentence.cues, sentence.text
    at = 0
    # «X dit que Y avait appris que …»: who finds out or understands something says nothing.
    verbs = cues.report if reported and cues.inverted_tail and cues.articles else [*cues.report, *cues.report_that]
    while verb := first(words, verbs, at):
        at = verb[0] + 1
        verb = whole(words, verb, cues)
        # «… avant d'(ajouter que …)»
        goes_on = implied and not verb[0] and bool(cues.afterwards)
        if not goes_on and no_saying(text, words, verb, cues):
            continue
        left = _quoted(sentence, words[0]) and not _quoted(sentence, words[verb[0]])
        if nested and cues.pro_drop and not reported and left:
            # «A su juicio, “es un error”, y cree que …»
            continue
        if reported and not _unbroken(sentence, words, verb[0]):
            return False
        if nested and any(_ENDED.search(text[words[k - 1].start : words[k].start]) for k in range(1, verb[0] + 1)):
            # «« Il fallait signer. J'ai répondu que … », raconte-t-elle»: a sentence of its own.
            return False
        opening = _content_start(sentence, words, verb, nested, end, [(c.start, c.end) for c in found.cues])
        said = from_opening(found.content, opening) if opening is not None else []
        if (
            opening is not None
            and said
            and (
                cue := (None if implied or reported else suffered(sentence, words, verb, opening))
                or cue_of(sentence, words, verb, nested=nested or bool(found.cues), implied=implied, reported=reported)
            )
        ):
            # «X a dit que, selon Y, …»: the source within what is said stands nearer to it.
            quoted = not nested and _quotes(sentence, found, opening)
            within = quoted or (
                bool(found.cues)
                and found.cues[-1].start >= opening
                and sentence.source(tokens(text, found.cues[-1].start, end), 0) > 0
                and bool(tokens(text, found.cues[-1].end, end))
            )
            found.cues[len(found.cues) - within : len(found.cues) - within] = cited(
                text, cue, cues, lambda start, end: named(text, tokens(text, start, end), cues), sentence.start
            )
            found.cues += _citing(sentence, cue, opening)
            found.content = said[1:] if quoted and said[1:] else _to_semicolon(sentence, said)
            return True
        if verb[0] >= MAX_HEAD_WORDS:
            break
    return False


def _quoted(sentence: Sentence, word: Token) -> bool:
    return any(q.start <= word.start < q.end for q in sentence.marks)


def _quotes(sentence: Sentence, found: Attribution, opening: int) -> bool:
    """Tell whether what somebody says ends in a quotation of another: "Lee says as they left, Ray said, “No”"."""
    cue = found.cues[-1] if found.cues and sentence.cues.bare_content else None
    if not cue or cue.start < opening:
        return False
    return any(
        q.outer_start >= cue.end and not sentence.text[cue.end : q.outer_start].strip(", ") for q in sentence.marks
    )


def _citing(sentence: Sentence, cue: Cue, opening: int) -> list[Cue]:
    """Return whom somebody quotes between a verb and what is said: «berichtete unter Berufung auf Kreise, …»."""
    words = sentence.outside(tokens(sentence.text, cue.end, opening))
    cited = first(words, sentence.cues.citing) if sentence.cues.verb_second else None
    if not cited or sum(cited) >= len(words):
        return []
    return [Cue(words[cited[0]].start, words[-1].end, (words[sum(cited)].start, words[-1].end))]


def _unbroken(sentence: Sentence, words: Sequence[Token], verb: int) -> bool:
    """Tell whether only a name or a description parts a verb from its subject: «le chef, Jean Duval, lui a dit»."""
    text, cues = sentence.text, sentence.cues
    between = text[words[0].start : words[verb].start]
    another = any(match_at(words, k, cues.conjunctions) and match_at(words, k + 1, cues.that) for k in range(verb))
    if another or not MARKS.union(";:").isdisjoint(between):
        # «(X recuerda que) escribió a Y y que les pidió que …»
        return False
    commas = [k for k in range(1, verb + 1) if "," in text[words[k - 1].end : words[k].start]]
    if len(commas) != 2:
        return not commas
    beside = words[commas[0] : commas[1]]
    verbs = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.relatives, *cues.report]
    return len(beside) <= _MAX_ASIDE and not any(match_at(beside, k, verbs) for k in range(len(beside)))


def quoting(sentence: Sentence, found: Attribution, *, implied: Cue | None = None) -> bool:
    """Read that A quoted B as saying something: B says it, and A relays it."""
    words, nested, _ = eligible(sentence, found, reported=False)
    cues, text = sentence.cues, sentence.text
    verb, saying = first(words[:MAX_HEAD_WORDS], cues.quoting), first(words, cues.saying)
    if not verb or not saying or saying[0] <= sum(verb):
        return False
    # 'quoted a "senior official" as saying'
    whom = named(text, tokens(text, words[sum(verb) - 1].end, words[saying[0]].start), cues)
    outer = cue_of(sentence, words, verb, nested=nested, implied=implied)
    if not whom or not outer:
        return False
    after = sum(saying)
    # "as telling reporters that …"
    that = first(words[after : after + _MAX_TO_THAT], cues.that)
    after += sum(that) if that else 0
    said = from_opening(found.content, words[after - 1].end)
    if not any(tokens(text, *piece) for piece in said):
        return False
    found.cues += [outer, Cue(whom[0], words[sum(saying) - 1].end, closed(text, *whom))]
    found.content = _to_semicolon(sentence, said)
    return True


def _to_semicolon(sentence: Sentence, pieces: list[Piece]) -> list[Piece]:
    """Return pieces up to the semicolon that ends a clause: «X a dit que … ; …»."""
    for k, (start, end) in enumerate(pieces):
        for i in range(start, end):
            if sentence.text[i] == ";" and not any(q.outer_start <= i < q.outer_end for q in sentence.marks):
                after = tokens(sentence.text, i, end)[:MAX_LIGHT]
                if any(match_at(after, n, sentence.cues.hearsay) for n in range(len(after))):
                    # «… ; il aurait aussi promis de …»: it goes on with what is said.
                    continue
                return [*pieces[:k], (start, i)]
    return pieces


def _content_start(
    sentence: Sentence, words: Sequence[Token], verb: tuple[int, int], nested: bool, end: int, spoken: Sequence[Piece]
) -> int | None:
    text, cues, after = sentence.text, sentence.cues, sum(verb)
    told = bool(match_at(words, verb[0], cues.listeners))
    if cues.bare_content and negated(words, verb, cues) and not match_at(words, verb[0], cues.denying):
        # "does not believe that …"
        return None
    helped = match_at(words, after, cues.auxiliaries) and not match_at(words, after, cues.copulas)
    if cues.bare_content and helped and not match_at(words, verb[0], cues.report):
        # "the member states had been treated in a way that …": a noun
        return None
    for k in range(after, min(after + _MAX_LISTENER, len(words))):
        if _next_verb(sentence, words, k):
            # «… a critiqué le plan et affirmé que»: the «que» is the second verb's.
            break
        if cues.bare_content and match_at(words, k, cues.report):
            # "He said Holmes had told staff that …", "The member states said that …": the «that» is the second verb's.
            break
        joined = "," not in text[words[k - 1].end : words[k].start]
        if joined and k > after + 1 and match_at(words, k, cues.that) and match_at(words, k - 1, cues.report):
            # «Le Canard enchaîné écrit que», but «a dit, la veille de l'annonce, que»
            break
        if match_at(words, k, cues.that) and k > after and match_at(words, k - 1, cues.conjunctions):
            # «X a dit qu'il avait écrit à Y et que …»: the «que» is the first verb's.
            break
        if k > after + 1 and match_at(words, k, cues.that) and _of_another(words, k, cues):
            # «… disposait d'éléments pour savoir que», «… regrette la méthode et préférerait que»
            break
        if any(c in ";:" for c in text[words[k - 1].end : words[k].start]):
            break
        commas = _commas(text, words[after - 1].end, words[k].start, spoken)
        near = told or k <= after + _MAX_GAP or commas == 2
        if (
            near
            and (count := match_at(words, k, cues.that))
            and not _subordinates(words, k, cues)
            and not demonstrative(text, words, k, cues)
            and (
                not commas
                or (told and not _relates(text, words, k, cues))
                or cues.comma_before_that
                or (commas == 2 and (_parenthesis(sentence, words, after) or _aside(sentence, words, after, k)))
            )
        ):
            last = words[k + count - 1].end
            return last + (text[last : last + 1] in ("'", "’"))
    if (opening := sentence.after_comma(words, after)) is not None:
        return opening
    last = words[after - 1].end
    bare = [e for e in cues.infinitives if not e.mark and match_at(words, verb[0], e.verbs)]
    if any(infinitive_start(sentence, words[after:], entry) is not None for entry in bare):
        # «… avoir dit vouloir maintenir son texte : « une décision grave »»
        return None
    if not any(q.start <= words[0].start < q.end for q in sentence.marks):
        for q in sentence.marks:
            between = tokens(text, last, q.outer_start)
            if q.outer_start >= last and len(between) <= _MAX_GAP and ":" in text[last : q.outer_start]:
                return text.index(":", last) + 1
            near = cues.bare_content and q.outer_start >= last and len(between) <= _MAX_GAP
            if near and text[last : q.outer_start].rstrip().endswith(",") and not first(between, cues.report):
                # "Lee wrote that Ray told him, “I need …”"
                return q.outer_start
            if q.outer_start >= last and not between and len(tokens(text, *q[:2])) >= MIN_QUOTED_WORDS:
                return q.outer_start
    if cues.bare_content and after < len(words):
        plain = not match_at(words, verb[0], cues.report_that)
        finds = (
            match_at(words, verb[0], cues.finding) and not nested and not spoken and shown(text, words[after:], cues)
        )
        if plain or finds:
            return unmarked(sentence, words, verb, nested=nested, told=told)
    colon = text.find(":", last, end)
    if cues.bare_content and not match_at(words, verb[0], cues.report) and text[last:colon].strip():
        # "A plan that both had agreed on in 2009 lasted three years: in 2012 …"
        return None
    return colon + 1 if 0 <= colon < last + 60 and not nested else None


def _of_another(words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a word for "that" belongs to a verb right before it: a finite one, or an infinitive of purpose."""
    if not cues.inverted_tail or cues.comma_before_that:
        return False
    infinitive = match_at(words, k - 1, cues.non_finite) and match_at(words, k - 2, cues.view)
    return bool(infinitive or (match_at(words, k - 1, cues.finite_forms) and match_at(words, k - 2, cues.conjunctions)))


def _subordinates(words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a word for "that" is the end of another conjunction: «hurlait pendant que …»."""
    return any(match_at(words, i, cues.subordinators) > k - i for i in range(max(0, k - 2), k))


def _relates(text: str, words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a word for "that" begins a relative clause: «lo contó un diario, que cita a un asesor»."""
    return "," in text[words[k - 1].end : words[k].start] and match_at(words, k, cues.citing) > 0


def _commas(text: str, start: int, end: int, spoken: Sequence[Piece]) -> int:
    """Count the commas in a piece, without those around an incise."""
    within = sum(2 for a, b in spoken if start < a and b < end)
    return max(0, text[start:end].count(",") - within)


def _next_verb(sentence: Sentence, words: Sequence[Token], k: int) -> bool:
    verb = k + match_at(words, k, sentence.cues.conjunctions)
    while verb > k and (light := match_at(words, verb, sentence.light)):
        verb += light
    return verb > k and match_at(words, verb, [*sentence.cues.report, *sentence.cues.report_that]) > 0


def _aside(sentence: Sentence, words: Sequence[Token], at: int, k: int) -> bool:
    """Tell whether a short aside stands right before word `k`: «répétait encore, mi-février, que …»."""
    text = sentence.text
    if "," not in text[words[k - 1].end : words[k].start]:
        return False
    opened = next((i for i in range(k - 1, at - 1, -1) if "," in text[words[i - 1].end : words[i].start]), at)
    return k - opened <= _MAX_ASIDE


def _parenthesis(sentence: Sentence, words: Sequence[Token], at: int) -> bool:
    """Tell whether what follows a verb is put between commas: «a estimé, dans une déclaration commune, que …»."""
    aside = [*sentence.cues.prepositions, *sentence.cues.circumstances, *sentence.cues.source, *sentence.light]
    aside += sentence.cues.pronouns
    aside += sentence.cues.report
    return "," in sentence.text[words[at - 1].end : words[at].start] and bool(match_at(words, at, aside))
