"""Sources that somebody quotes: «une source citée par l'agence Tass», «Le Monde, qui cite un diplomate»."""

from collections.abc import Callable

from onrecord.cues import Cues
from onrecord.matching import after_commas, first, match_at, tokens
from onrecord.patterns import Cue
from onrecord.pieces import Piece


def cited(
    text: str, cue: Cue, cues: Cues, named_at: Callable[[int, int], Piece | None], since: int | None = None
) -> list[Cue]:
    """Return an expression as two where its source is quoted by another: «une source citée par l'agence Tass a dit».

    `named_at` returns whom a piece names; `since`, the clause of the expression begins there.
    """
    words = tokens(text, *cue.subject) if cue.subject else []
    verb = tokens(text, cue.start, cue.end)
    agency = next((k for k in range(1, len(words)) if match_at(words, k, cues.press)), 0)
    if cue.subject and agency and match_at(verb, 0, cues.quoting) and cues.bare_nouns:
        # «цитирует министра ТАСС»
        begin = match_at(words, 0, cues.quoting)
        inner, outer = (words[begin].start, words[agency - 1].end), (words[agency].start, cue.subject[1])
        return [Cue(outer[0], cue.end, outer), Cue(cue.start, inner[1], inner)]
    citing = first(words, cues.citing)
    if cue.subject and citing and citing[0] and sum(citing) < len(words):
        # «Le Monde, qui cite un diplomate»
        outer = cue.subject[0], words[citing[0] - 1].end
        inner = words[sum(citing)].start, cue.subject[1]
        return [Cue(cue.start, outer[1], named_at(*outer)), Cue(words[citing[0]].start, inner[1], named_at(*inner))]
    by = first(words, cues.cited)
    since = cue.start if since is None else since
    if cue.subject and not by and (beside := _beside(text, cue, cues, named_at, since)):
        return [beside, cue]
    if not cue.subject or not by or not by[0] or sum(by) >= len(words):
        return [cue]
    citer = words[sum(by)].start, cue.subject[1]
    inner = cue.subject[0], words[by[0] - 1].end
    return [Cue(words[by[0]].start, citer[1], named_at(*citer)), Cue(cue.start, inner[1], named_at(*inner))]


def _beside(text: str, cue: Cue, cues: Cues, named_at: Callable[[int, int], Piece | None], since: int) -> Cue | None:
    """Return who quotes a source in an aside: «X, cité par Y, a dit que …», «Cité par Y, X a dit que …»."""
    for words in (tokens(text, since, cue.start), tokens(text, cue.subject[1] if cue.subject else cue.end, cue.end)):
        stop = next(iter(after_commas(text, words)), len(words))
        by = match_at(words, 0, cues.cited)
        if by and by < stop and "," in text[words[stop - 1].end : words[stop - 1].end + 1]:
            return Cue(words[0].start, words[stop - 1].end, named_at(words[by].start, words[stop - 1].end))
    return None
