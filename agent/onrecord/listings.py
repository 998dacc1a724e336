"""Those who are listed beside a noun that means several: «six pays (A, B et C)», «les deux clubs, A et B, …»."""

import re
from collections.abc import Sequence

from onrecord.cues import Cues
from onrecord.enumerations import several
from onrecord.matching import Token, capital, match_at, tokens
from onrecord.phrases import leading, name_length, of_person
from onrecord.pieces import Piece

# What stands between a noun and the bracket that lists is no longer, in characters.
_AHEAD = 60
_LIST = re.compile(rf"[^.;:()«»\n]{{0,{_AHEAD}}}\(([^()\n]+)\)")
_BESIDE = re.compile(r"\s?[,:–—]\s")
# So soon a noun says that it means persons.
_TITLE = 4
# So many words list.
_MAX_LISTED = 30


def listed(text: str, piece: Piece, cues: Cues) -> list[Piece]:
    """Return those who are listed behind a noun that means several; empty where nobody is."""
    if not of_several(tokens(text, *piece), cues) or _name(text, piece, cues):
        # «les États-Unis, l'Australie et …»
        return []
    if bracket := _LIST.match(text, piece[1]):
        words = tokens(text, *bracket.span(1))
        parts = several(text, words, cues)
        if parts and all(_name(text, part, cues) for part in parts):
            return parts
    if beside := _BESIDE.match(text, piece[1]):
        stop = min(text.find("\n", beside.end()) % (len(text) + 1), len(text))
        words = tokens(text, beside.end(), stop)[:_MAX_LISTED]
        ends = [*cues.auxiliaries, *cues.finite, *cues.pronouns, *cues.relatives]
        joined = next((k for k in range(1, len(words)) if match_at(words, k, cues.conjunctions)), None)
        if joined is None:
            return []
        end = next((k for k in range(1, len(words)) if _ends(text, words, k, joined) or match_at(words, k, ends)), 0)
        parts = several(text, words[:end], cues)
        if parts and all(_name(text, part, cues) for part in parts):
            return parts
    return []


def _ends(text: str, words: Sequence[Token], k: int, joined: int) -> bool:
    """Tell whether an enumeration ends before a word: at a stop, or at a comma behind its last part."""
    between = text[words[k - 1].end : words[k].start]
    return any(c in between for c in ".;:()–—") or ("," in between and k > joined + 1)


def of_several(words: Sequence[Token], cues: Cues) -> bool:
    """Tell whether a noun means several: «les pays», «six clubs»."""
    article = match_at(words, 0, cues.determiners)
    return bool(
        match_at(words, 0, [*cues.plural, *cues.many, *cues.numbers, *cues.both])
        or (article and match_at(words, article, cues.numbers))
        or (words and words[0].word.isdigit())
    )


def _name(text: str, piece: Piece, cues: Cues) -> bool:
    """Tell whether a piece is a name, with or without its article."""
    words = tokens(text, *piece)
    if match_at(words, 0, cues.determiners):
        return leading(text, words, cues) == piece
    return name_length(text, words, cues) == len(words) > 0


def without_head(text: str, parts: list[Piece], cues: Cues) -> list[Piece]:
    """Return parts of a subject without the noun beside which the others are listed.

    «(Les deux syndicats), A et B, ont signé»: a comma closes what is listed, or there are as many as it says.
    """
    head, rest = tokens(text, *parts[0]) if parts else [], parts[1:]
    if len(rest) > 1 and of_several(head, cues) and text[parts[0][1] : rest[0][0]].strip() in (",", ":", "–", "—"):
        closed = text[parts[-1][1] :].lstrip()[:1] in (",", "–", "—")
        number = next((n for n, name in enumerate(cues.numbers, 2) for w in head[:2] if w.word == name), 0)
        if (closed or number == len(rest)) and all(_name(text, part, cues) for part in rest):
            return rest
    return parts


def without_noun(text: str, parts: list[Piece], cues: Cues) -> list[Piece]:
    """Return parts of a subject without a noun whose name follows: «la ville et (son rival), le FC Lyon, ont signé»."""
    kept = []
    for k, part in enumerate(parts):
        before = tokens(text, parts[k - 1][1], part[0]) if k else []
        after = text[part[1] : parts[k + 1][0]].strip() if k + 1 < len(parts) else ""
        joined = match_at(before, 0, cues.conjunctions) > 0
        last = k + 2 == len(parts) and after == "," and joined
        if not (last and not capital(text, tokens(text, *part)[0]) and _name(text, parts[k + 1], cues)):
            kept.append(part)
    return kept


def named_last(text: str, words: Sequence[Token], cues: Cues) -> list[Piece]:
    """Return the two whose names end a noun that means them: «les ministres grec et russe Jean Duval et Paul Roth»."""
    joined = next((k for k in range(len(words) - 1, 0, -1) if match_at(words, k, cues.conjunctions)), 0)
    last = words[joined + 1 :]
    first = words[joined - len(last) : joined]
    full = len(last) > 1 and joined > len(last)
    person = any(of_person([w._replace(word=w.word.rstrip("sx"))], 0, cues) for w in words[:_TITLE])
    if not full or not person or not of_several(words, cues) or not cues.articles:
        return []
    names = [(part[0].start, part[-1].end) for part in (first, last)]
    apart = all("," not in text[start:end] and _name(text, (start, end), cues) for start, end in names)
    return names if apart else []
