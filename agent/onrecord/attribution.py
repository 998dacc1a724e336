"""Takes a sentence apart into who says it (the cues) and what is said (the content), by a language's cues.

The parts are found by position and punctuation, the way quotation corpora mark them (PARC3, PolNeAR): a source
before a comma («Selon X, …»), a clause after the content («…, a déclaré X»), a clause before it («X a dit que …»).
Who a phrase like «il» or «le diplomate» stands for is not decided here.
"""

from collections.abc import Sequence

from onrecord.cues import Cues, tokens
from onrecord.patterns import MIN_QUOTED_WORDS, Attribution, Sentence
from onrecord.phrases import closed, trim
from onrecord.quotations import Quotation


def attribute(text: str, start: int, end: int, quoted: Sequence[Quotation], cues: Cues | None) -> Attribution | None:
    """Take `text[start:end]` apart; None where nothing shows that somebody is quoted.

    Without cues for the language only quotation marks tell; then the result has no cue.
    """
    marks = [q for q in quoted if q.outer_start < end and q.outer_end > start]
    found = Attribution(content=[(start, end)])
    if cues:
        sentence = Sentence(text, start, end, marks, cues)
        for part in (sentence.lead, sentence.tail, sentence.incise, sentence.middle):
            if part(found):
                break
        if sentence.head(found):
            # «X rapporte que Y a dit que …»
            sentence.head(found, reported=True)
        sentence.gaps(found)
    if not found.cues:
        long = [q for q in marks if len(tokens(text, max(q.start, start), min(q.end, end))) >= MIN_QUOTED_WORDS]
        quoted_words = sum(len(tokens(text, max(q.start, start), min(q.end, end))) for q in long)
        if not long or 2 * quoted_words < len(tokens(text, start, end)):
            # A few quoted words in the article's own sentence are the text of a law, a title, a term.
            return None
        found.content = [(max(q.start, start), min(q.end, end)) for q in long]
    found.content = [closed(text, *p) for p in (trim(text, *piece) for piece in found.content) if p]
    # «Paris denies this»: a pronoun says nothing that could be on record.
    said = sum(len(tokens(text, *piece)) for piece in found.content)
    return found if said > 1 else None
