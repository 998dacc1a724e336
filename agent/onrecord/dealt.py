"""Verbs that show an agreement with the deal they are about: «a dénoncé hier le contrat», "accepted Acme's offer"."""

from collections.abc import Iterator, Sequence

from onrecord.counterparts import owner
from onrecord.cues import Cues
from onrecord.matching import Token, match_at
from onrecord.outcomes import replies
from onrecord.records import Status

# So many words may part a verb from its deal.
_MAX_WORDS_BEFORE = 22
# So soon after its verb a deal comes: «ont conclu mardi soir un nouvel accord».
_MAX_TO_DEAL = 8
# So soon after its article a noun comes.
_MAX_TO_NOUN = 3


def dealt(text: str, words: Sequence[Token], i: int, cues: Cues) -> Iterator[tuple[int, Status]]:
    """Yield how many words from word `i` on show an agreement, and which: a verb with a deal, after or before it.

    «a dénoncé hier le contrat», «le pacte entre A et B tient encore», «refuse la prime que lui offrait le groupe».
    """
    for status, verbs in cues.dealing.items():
        count = match_at(words, i, verbs)
        if count and (noun := _deal_after(text, words, i + count, cues)):
            yield noun - i, status
        elif count and (_deal_related(words, i, cues) or _deal_done(words, i, cues)):
            yield count, status
    if (count := match_at(words, i, cues.concurring)) and not match_at(
        words, i - 1, [*cues.infinitive, *cues.auxiliaries]
    ):
        yield count, "agreed"
    for status, verbs in cues.lasting.items():
        if (count := match_at(words, i, verbs)) and _deal_before(text, words, i, cues):
            yield count, status
    for status, verbs in cues.answering.items():
        count = match_at(words, i, verbs)
        told = count and (_offered(text, words, i + count, cues) or owner(text, words, i + count, cues))
        if told or (count and replies(text, words, i, count, cues)):
            # "accepted Acme's offer"
            yield count, status


def _deal_after(text: str, words: Sequence[Token], at: int, cues: Cues) -> int:
    """Return the index after the deal that is a verb's object; 0 where there is none."""
    begin = _behind_aside(text, words, at, cues)
    for k in range(begin, min(begin + _MAX_TO_DEAL, len(words))):
        cut = k > begin and not _uncut(text, words, k)
        if cut or match_at(words, k, [*cues.that, *cues.conjunctions]):
            return 0
        # «la clôture de leurs pourparlers»
        of = k - 2 >= begin and match_at(words, k - 2, cues.particles) and match_at(words, k - 1, cues.determiners)
        if (count := match_at(words, k, cues.deals)) and match_at(words, k - 1, cues.prepositions) != 1 and not of:
            return k + count
    return 0


def _behind_aside(text: str, words: Sequence[Token], at: int, cues: Cues) -> int:
    """Return where an object begins behind an aside: «ont conclu, mardi à Oslo, avec la ville, (un accord)»."""
    if at >= len(words) or "," not in text[words[at - 1].end : words[at].start] or not cues.articles:
        return at
    verbs = [*cues.auxiliaries, *cues.finite, *cues.relatives, *cues.that]
    for k in range(at, min(at + _MAX_WORDS_BEFORE, len(words))):
        if match_at(words, k, verbs) or any(c in ".;:" for c in text[words[k - 1].end : words[k].start]):
            break
        if k > at and not _uncut(text, words, k) and match_at(words, k, cues.determiners):
            return k
    return at


def _deal_related(words: Sequence[Token], at: int, cues: Cues) -> bool:
    """Tell whether a verb stands in a relative clause about a deal: «la trêve que la ville a conclue avec …»."""
    for k in range(at - 1, max(0, at - _MAX_WORDS_BEFORE), -1):
        if match_at(words, k, cues.that) and match_at(words, k, cues.relatives):
            return any(match_at(words, j, cues.deals) for j in range(max(0, k - _MAX_TO_DEAL), k))
    return False


def _deal_done(words: Sequence[Token], at: int, cues: Cues) -> bool:
    """Tell whether a passive says what became of a deal between some: "The deal between A and B has been struck"."""
    if not match_at(words, at - 1, cues.passive):
        return False
    reach = range(max(1, at - _MAX_WORDS_BEFORE), at)
    return any(match_at(words, k, cues.between) and match_at(words, k - 1, cues.deals) for k in reach)


def _deal_before(text: str, words: Sequence[Token], at: int, cues: Cues) -> bool:
    """Tell whether a deal is what a clause is about: «le contrat qui lie A à B court jusqu'en mai»."""
    for k in range(at - 1, max(-1, at - _MAX_WORDS_BEFORE), -1):
        if any(c in ";:" for c in text[words[k].end : words[k + 1].start]):
            return False
        if match_at(words, k, cues.deals):
            # "The ANZUS treaty", «le contrat»
            for article in range(k - 1, max(-1, k - 1 - _MAX_TO_NOUN), -1):
                if match_at(words, article, cues.determiners):
                    return not (article and match_at(words, article - 1, cues.prepositions))
                if match_at(words, article, [*cues.prepositions, *cues.conjunctions]):
                    break
    return False


def _offered(text: str, words: Sequence[Token], at: int, cues: Cues) -> bool:
    """Tell whether what is taken or turned down is what somebody offers: «la prime que lui offrait le groupe»."""
    for k in range(at, min(at + _MAX_WORDS_BEFORE, len(words))):
        if any(c in ";:" for c in text[words[k - 1].end : words[k].start]):
            return False
        if match_at(words, k, cues.offering):
            return True
    return False


def _uncut(text: str, words: Sequence[Token], k: int) -> bool:
    return not any(c in ",;:" for c in text[words[k - 1].end : words[k].start])
