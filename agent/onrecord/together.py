"""Whom an expression means that is of several: «ils», «à leurs yeux», a verb in the plural without a subject."""

from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.drafts import Draft, Layout
from onrecord.enumerations import several
from onrecord.matching import Token, first, holds, match_at, tokens
from onrecord.phrases import named
from onrecord.pieces import Piece
from onrecord.unparted import several_persons

# How many sentences back they may have been named.
_LOOK_BACK = 4


def together(layout: Layout, draft: Draft, at: int, words: Piece) -> str | None:
    """Return whom «ils» means: several who spoke lately, or whom a sentence before begins with."""
    text, cues, roster = layout.article.text, layout.cues, draft.roster
    told = tokens(text, *words)
    if not cues or not (of_several(told, cues) or _of_one_or_several(told, cues)):
        return None
    # «A su juicio» may be anybody's: only if those of whom the sentence before speaks are several it is theirs.
    back = _LOOK_BACK if of_several(told, cues) else 1
    for i in range(at, max(-1, at - 1 - back), -1):
        sentence = layout.sentences[i]
        end = min(sentence.end, words[0])
        said = [c.speaker for c in draft.claims if sentence.start <= c.evidence[0].start < end]
        if said and (match_at(tokens(said[-1]), 0, cues.plural) or _named_together(said[-1], cues)):
            return said[-1]
        if said and back < _LOOK_BACK:
            return None
        if begins := _several(text, sentence.start, end, cues):
            ends = [*cues.auxiliaries, *cues.finite, *cues.finite_forms, *cues.report, *cues.relatives]
            verb = next((k for k in range(2, len(begins)) if match_at(begins, k, ends)), len(begins))
            noun = named(text, begins[:verb], cues)
            phrase = text[slice(*noun)] if noun else ""
            return roster.find(phrase) or roster.add(phrase) if phrase else None
    return None


def _named_together(name: str, cues: Cues) -> bool:
    """Tell whether an English name is of several: "residents of the town", "Ann Lee and Bob Ray"."""
    words = tokens(name)
    return cues.bare_content and (several_persons(words, cues) or bool(several(name, words, cues)))


def of_several(told: Sequence[Token], cues: Cues) -> bool:
    """Tell whether an expression is of several: by its pronoun, or by its verb where that has no subject."""
    verb = first(told, [*cues.report, *cues.report_that]) if cues.pro_drop else None
    ahead = told[: sum(verb)] if verb else []
    helped = [w for w in ahead if match_at([w], 0, cues.auxiliaries)]
    return holds(told, cues.they) or any(match_at([w], 0, cues.said_by_several) for w in helped or ahead[-1:])


def _of_one_or_several(told: Sequence[Token], cues: Cues) -> bool:
    return bool(cues.said_by_several and match_at(told, 0, cues.own_view) and holds(told, cues.possessives))


def _several(text: str, start: int, end: int, cues: Cues) -> Sequence[Token]:
    """Return the words of a clause from where it names several: at its head, or after when and where it was."""
    words = tokens(text, start, end)
    for k in range(len(words)):
        if not k or "," in text[words[k - 1].end : words[k].start]:
            rest = words[k:]
            if match_at(rest, 0, cues.plural) and not match_at(rest, 0, cues.pronouns):
                return rest
            if not match_at(rest, 0, [*cues.prepositions, *cues.circumstances]):
                break
    return ()
