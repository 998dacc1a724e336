"""Relative clauses that give a view: «X, pour qui le texte est mauvais», «X, qui, selon Y, a menti»."""

from collections.abc import Iterator, Sequence

from onrecord.incises import Incises
from onrecord.matching import Token, capital, first, match_at, tokens
from onrecord.patterns import Cue
from onrecord.pieces import Piece

# So many words may name a source.
_MAX_SOURCE = 8


def views(sentence: Incises) -> Iterator[tuple[Piece, list[Cue], Piece]]:
    """Yield relative clauses that give a view: what is before one, its cues, and what is said in it.

    «X, pour qui le texte est mauvais», «X, selon qui …».
    """
    words = sentence.outside(tokens(sentence.text, sentence.start, sentence.end))
    for i in range(1, len(words)):
        if inside := _inside_relative(sentence, words, i) or _cited_source(sentence, words, i):
            yield inside
            continue
        source = match_at(words, i, [*sentence.cues.source, *sentence.cues.view])
        who = i + source
        parted = sentence.text[: words[i].start].rstrip()[-1:] == ","
        relative = match_at(words, who, sentence.cues.relatives)
        if not source or not parted or not relative or _quotes(sentence, words[who - 1].end, words[who].start):
            continue
        comma, said = sentence.text.rindex(",", 0, words[i].start), words[who].end
        begin = max((k for k in range(1, i) if "," in sentence.text[words[k - 1].end : words[k].start]), default=0)
        name = i
        while name > begin and capital(sentence.text, words[name - 1]):
            name -= 1
        if name < i - 1:
            # «Cela ne plaît guère à Jean Duval, pour qui …»
            begin = name
        elif not first(words[begin:i], sentence.cues.report):
            begin = max((k for k in range(begin, i) if _begins_noun(sentence, words, k)), default=begin)
        stop = next(
            (k for k in range(said, sentence.end) if sentence.text[k] == "," and not _quoted(sentence, k)), sentence.end
        )
        yield (
            (sentence.start, comma),
            [Cue(words[i].start, said, sentence.named_at(words[begin].start, comma))],
            (said, stop),
        )


def _inside_relative(sentence: Incises, words: Sequence[Token], i: int) -> tuple[Piece, list[Cue], Piece] | None:
    """Return the view within a relative clause that ends the sentence: «X, qui, selon Y, a menti»."""
    if not match_at(words, i, sentence.cues.relatives):
        return None
    commas = [k for k in range(i, len(words)) if "," in sentence.text[words[k - 1].end : words[k].start]]
    if len(commas) != 3 or commas[:2] != [i, i + 1]:
        return None
    source = sentence.source(words, commas[1])
    own = match_at(words, commas[1], sentence.cues.own_view)
    opened, stop = words[commas[1]].start, words[commas[2] - 1].end
    if not source and commas[1] + own != commas[2]:
        return None
    pronoun = own or match_at(words, commas[1] + source, sentence.cues.pronouns)
    who = None if pronoun else sentence.named_at(words[commas[1] + source].start, stop)
    comma = sentence.text.rindex(",", 0, words[i].start)
    return (sentence.start, comma), [Cue(opened, stop, who)], (words[commas[2]].start, sentence.end)


def _cited_source(sentence: Incises, words: Sequence[Token], i: int) -> tuple[Piece, list[Cue], Piece] | None:
    """Return what a quoted source says: «Le Monde, qui cite un proche selon lequel le texte est prêt»."""
    cues, text = sentence.cues, sentence.text
    source = match_at(words, i, cues.source)
    if not source or not match_at(words, i + source, cues.relatives):
        return None
    near = range(i - 1, max(1, i - _MAX_SOURCE), -1)
    citing = next((k for k in near if match_at(words, k, cues.citing)), 0)
    comma = text.rfind(",", sentence.start, words[citing].start)
    ahead = words[:citing]
    if not citing or "," in text[words[citing].start : words[i].start] or not ahead or comma < ahead[-1].end:
        return None
    begin = max((k for k in range(1, citing) if "," in text[words[k - 1].end : words[k].start]), default=0)
    # «rapporté par Le Monde, qui cite …»
    by = [k for k in range(max(1, begin), citing) if match_at(words, k - 1, cues.by)]
    begin = max((k for k in range(begin, citing) if k in by or _begins_noun(sentence, words, k)), default=begin)
    who, said = citing + match_at(words, citing, cues.citing), words[i + source].end
    stop = next((k for k in range(said, sentence.end) if text[k] == "," and not _quoted(sentence, k)), sentence.end)
    whose = [
        Cue(words[citing].start, words[who - 1].end, sentence.named_at(words[begin].start, comma)),
        Cue(words[who].start, said, sentence.named_at(words[who].start, words[i - 1].end)),
    ]
    return (sentence.start, comma), whose, (said, stop)


def _begins_noun(sentence: Incises, words: Sequence[Token], k: int) -> bool:
    links = [*sentence.cues.prepositions, *sentence.cues.particles, *sentence.cues.determiners]
    if k and match_at(words, k - 1, links):
        return False
    named = capital(sentence.text, words[k]) and not (k and capital(sentence.text, words[k - 1]))
    return named or match_at(words, k, [*sentence.cues.determiners, *sentence.cues.indefinite]) > 0


def _quotes(sentence: Incises, start: int, end: int) -> bool:
    return any(start <= q.outer_start < end for q in sentence.marks)


def _quoted(sentence: Incises, i: int) -> bool:
    return any(q.outer_start <= i < q.outer_end for q in sentence.marks)
