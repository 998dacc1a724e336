"""Verbs of saying whose content is an infinitive: «X a promis de partir», "X accused them of lying"."""

from collections.abc import Sequence

from onrecord.cues import Cues, Infinitive
from onrecord.matching import Token, after_commas, capital, first, match_at, only, tokens
from onrecord.patterns import Attribution, Cue, Sentence
from onrecord.pieces import Piece
from onrecord.saying import determined, eligible, no_saying, whole
from onrecord.subjects import cue_of
from onrecord.suffering import helpless

# How many words may stand before a verb of saying, and between it and its infinitive.
MAX_HEAD_WORDS = 16
MAX_OBJECT = 16
# Without a mark an infinitive follows so soon: «dira en 2011 au Parisien s'être trompé».
_MAX_TO_INFINITIVE = 6


def infinitive(sentence: Sentence, found: Attribution, *, reported: bool = False, implied: Cue | None = None) -> bool:
    """«X a promis de partir», "X urged them to stay", "X accused them of lying"."""
    words, nested, _ = eligible(sentence, found, reported)
    near = words[:MAX_HEAD_WORDS]
    entries = sentence.cues.infinitives
    if sentence.cues.bare_content:
        # "accused him of lying and urged her to leave": the first verb before the second.
        entries = sorted(entries, key=lambda entry: first(near, entry.verbs) or (len(near), 0))
    for entry in entries:
        verb = first(near, entry.verbs)
        verb = whole(words, verb, sentence.cues) if verb else None
        finite = verb and match_at(words, sum(verb) - 1, sentence.cues.finite_forms)
        if not verb or (verb[0] and not finite and determined(sentence.text, words, verb[0], sentence.cues)):
            # «l'appel à signer» is a noun, «l'appelait à signer» is none.
            continue
        if no_saying(sentence.text, words, verb, sentence.cues) or (not implied and helpless(sentence, words, verb)):
            continue
        if (
            sentence.cues.bare_content
            and match_at(words, sum(verb), entry.mark)
            and (
                not match_at(words, sum(verb), sentence.cues.infinitive)
                or match_at(words, verb[0], sentence.cues.addressed)
            )
        ):
            # "a man accused of lying", "clerks told to leave": somebody else says it.
            continue
        # «a promis de « tout faire » pour …»: the infinitive may be quoted.
        last = words[sum(verb) - 1].end
        pieces = [w for piece in found.content for w in tokens(sentence.text, *piece) if w.start >= last]
        opening = infinitive_start(sentence, words[sum(verb) :] if nested else pieces, entry)
        if entry.whole and opening is not None:
            opening = _with_subject(sentence, pieces, entry)
        rest = from_opening(found.content, opening) if opening is not None else []
        if rest and (cue := cue_of(sentence, words, verb, nested=nested, implied=implied, reported=reported)):
            found.cues.append(cue)
            first_piece, *more = rest
            stop = _next_clause(sentence, *first_piece)
            found.content = [(first_piece[0], stop), *(more if stop == first_piece[1] else [])]
            return True
    return False


def _with_subject(sentence: Sentence, after: Sequence[Token], entry: Infinitive) -> int | None:
    """Return where the subject of an infinitive begins: "(expects) prices to rise"; None where it has none."""
    cues, text = sentence.cues, sentence.text
    stop = next((k for k in range(len(after)) if match_at(after, k, entry.mark)), 0)
    aside = any(not text[after[k - 1].end : after[k].start].isspace() for k in range(1, stop))
    return None if not stop or aside or match_at(after, 0, [*sentence.light, *cues.prepositions]) else after[0].start


def infinitive_start(sentence: Sentence, after: Sequence[Token], entry: Infinitive) -> int | None:
    """Return where the infinitive begins that the words after a verb of saying hold; None where they hold none."""
    text, cues = sentence.text, sentence.cues
    lightest = [*sentence.light, *cues.prepositions, *cues.circumstances]
    after = _past_aside(sentence, after)
    # «de ne rien changer»
    skipped = [*sentence.light, *cues.clitics, *cues.negations, *cues.negating]
    # Without a mark («affirme avoir payé») it follows its verb at once.
    for k in range(min(MAX_OBJECT if entry.mark else _MAX_TO_INFINITIVE, len(after))):
        if match_at(after, k, cues.that) or (k and any(c in ";:" for c in text[after[k - 1].end : after[k].start])):
            return None
        if k and any(c in "”»" for c in text[after[k - 1].end : after[k].start]):
            # "said that “delay threatens harm” to the company"
            return None
        if (
            k
            and any(c in '«“"' for c in text[after[k - 1].end : after[k].start])
            and not match_at(after, k - 1, entry.mark)
        ):
            return None
        if k and cues.bare_content and match_at(after, k, [*cues.singular, *cues.they, *cues.first_person]):
            # "told the board he hoped to stay": a clause
            return None
        if cues.bare_content and _within_relative(text, after, k, cues):
            # "pressed him for a pledge, which he declined to give"
            return None
        count = match_at(after, k, entry.mark)
        form = [w for w in after[k + count : k + count + 3] if not match_at([w], 0, skipped)]
        if not entry.mark and not only(after[:k], lightest) and not _listener(after[:k], lightest, cues):
            return None
        article = match_at(after, k, cues.determiners) and not match_at(after, k, cues.clitics)
        if not entry.mark and article and not match_at(after, k - 1, cues.counterpart.get("proposed", [])):
            # «pidió una ley», but «pidió a sus diputados votar»
            return None
        if (count or not entry.mark) and form and match_at(form, 0, entry.form):
            if match_at(form, 0, cues.nouns_alike) or capital(text, form[0]):
                continue
            # «berichtete zudem, es habe …»
            parted = "," in text[after[k + count].start : form[0].start]
            return form[0].start if parted else after[k + count].start
    return None


def _within_relative(text: str, words: Sequence[Token], k: int, cues: Cues) -> bool:
    """Tell whether a word stands in a relative clause that a comma opens, and none has closed."""
    comma = next((i for i in range(k, 0, -1) if "," in text[words[i - 1].end : words[i].start]), 0)
    return 0 < comma < k and match_at(words, comma, cues.relatives) > 0


def _listener(words: Sequence[Token], light: Sequence[str], cues: Cues) -> bool:
    """Tell whether words name whom something is said to: «assure (soudain aux juges) avoir payé»."""
    to = cues.counterpart.get("proposed", [])
    # «dira en 2011 au Parisien s'être trompé»
    skipped = next((k for k in range(len(words)) if match_at(words, k, to)), 0)
    if not all(w.word.isdigit() or match_at([w], 0, light) for w in words[:skipped]):
        return False
    count = match_at(words, skipped, to)
    noun = words[skipped + count + match_at(words, skipped + count, cues.determiners) :]
    # «à l'agence Belga»
    names = next((k for k in range(1, len(noun)) if not noun[k].word[:1].isupper()), len(noun))
    return count > 0 and only(noun[names:], light)


def _past_aside(sentence: Sentence, after: Sequence[Token]) -> Sequence[Token]:
    """Return the words behind what commas set apart after a verb: «explique, dans un communiqué, avoir payé»."""
    text, beside = sentence.text, [*sentence.cues.prepositions, *sentence.cues.circumstances]
    if not after or text[: after[0].start].rstrip()[-1:] != "," or not match_at(after, 0, beside):
        return after
    stop = next(iter(after_commas(text, after)), 0)
    return after[stop:]


def _next_clause(sentence: Sentence, start: int, end: int) -> int:
    """Return where a clause with a subject of its own follows an infinitive: «… de partir, mais il reste»."""
    words = sentence.outside(tokens(sentence.text, start, end))
    for i in range(1, len(words)):
        between = sentence.text[words[i - 1].end : words[i].start].strip()
        if between == ";":
            return words[i - 1].end
        if between == "," and match_at(
            words, i, [*sentence.cues.conjunctions, *sentence.cues.pronouns, *sentence.cues.asides]
        ):
            return words[i - 1].end
    return end


def from_opening(pieces: Sequence[Piece], opening: int) -> list[Piece]:
    """Return pieces from where what is said begins."""
    return [(max(start, opening), end) for start, end in pieces if end > opening]
