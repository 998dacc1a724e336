"""Who says a quotation, or a sentence in the mood of reporting, that no expression attributes to anybody."""

from collections.abc import Sequence

from onrecord.answers import SpeakerAnswer
from onrecord.matching import Token, match_at, tokens
from onrecord.phrases import leading
from onrecord.pieces import Piece
from onrecord.whom import Whom


class Unattributed:
    """Finds who says what stands without an expression, in one article."""

    def __init__(self, whom: Whom) -> None:
        self.whom, self.layout, self.draft, self.text = whom, whom.layout, whom.draft, whom.text

    def said_by(self, at: int, quote: Piece) -> list[str]:
        """Return who says a quotation of sentence `at`, outermost relay first; empty where nobody does."""
        sentence, cues = self.layout.sentences[at], self.layout.cues
        ahead = tokens(self.text, sentence.start, quote[0])
        if called := self._before_colon(ahead, quote[0]):
            return called
        if not (cues and match_at(ahead, 0, cues.singular)) and (going_on := self._going_on(at)):
            return going_on
        if cues and match_at(ahead, 0, cues.singular) and not self._persons(self.text[sentence.start : quote[0]]):
            # «Elle attend « un mot »»
            meant = self.whom.is_meant(at, (ahead[0].start, ahead[0].end), None, [quote])
            return [meant] if meant else []
        if named := self._persons(self.text[sentence.start : quote[0]]):
            return named[:1]
        if self.whom.salience:
            if told := self._told_after(at):
                return [told]
            if found := self.whom.salience.ranked(at, quote[0], None, [quote]):
                return found[:1]
        answer = self.whom.ask(
            "uncued", SpeakerAnswer, self.whom.near(at), number=at + 1, quote=self.whom.quote(*quote)
        )
        return [self.draft.roster.add(answer.speaker)] if answer.speaker else []

    def last_speaker(self, at: int) -> list[str]:
        """Return who spoke last in the paragraph of sentence `at`, or in the sentence before it, outermost relay first.

        It is empty where nobody did.
        """
        last = self.draft.claims[-1] if self.draft.claims else None
        sentences = self.layout.sentences
        just_said = at > 0 and last and last.evidence[-1].end > sentences[at - 1].start
        if not last or ("\n" in self.text[last.evidence[-1].end : sentences[at].start] and not just_said):
            return []
        return [*last.relayed_by[::-1], last.speaker]

    def _before_colon(self, ahead: Sequence[Token], quote: int) -> list[str]:
        """Return the person whom a sentence begins with that ends in a quotation: «Jean Duval sourit : « … »»."""
        cues, colon = self.layout.cues, self.text[:quote].rstrip('«“" \u00a0')[-1:] == ":"
        led = leading(self.text, ahead, cues) if cues and cues.articles and colon else None
        called = self.draft.roster.known(self.whom.quote(*led)) if led and led[0] == ahead[0].start else None
        return [called] if led and called and called in self._persons(self.whom.quote(*led)) else []

    def _going_on(self, at: int) -> list[str]:
        """Return who said the quotation just before in the same paragraph: a bare one goes on with it."""
        if at and self.draft.claims:
            before, last = self.layout.sentences[at - 1], self.draft.claims[-1]
            gap = self.text[before.end : self.layout.sentences[at].start]
            if "\n" not in gap and last.mode != "indirect" and before.start <= last.evidence[-1].start < before.end:
                return [*last.relayed_by[::-1], last.speaker]
        return []

    def _told_after(self, at: int) -> str | None:
        """Return whom the sentence after a quotation names that begins a paragraph, or is one of its own."""
        sentences = self.layout.sentences
        ahead = self.text[: sentences[at].start].rstrip()
        if (at and not self._parted(at - 1)) or ahead.endswith(":"):
            return None
        start = sentences[at].start + 1
        quote = next((q for q in self.layout.quoted if q.start <= start < q.end), None)
        after = next(
            (i for i in range(at + 1, len(sentences)) if quote and sentences[i].start >= quote.outer_end - 1), None
        )
        while after is not None and any(
            self._parted(after - 1) and q.outer_start <= sentences[after].start < q.end for q in self.layout.quoted
        ):
            # A quotation over several paragraphs opens each of them.
            after = after + 1 if after + 1 < len(sentences) else None
        if after is None or sentences[after].heading:
            return None
        cues, text = self.layout.cues, sentences[after].text
        first = tokens(text)[:1]
        if cues and not self._parted(after - 1) and match_at(first, 0, cues.pronouns):
            # «« … » Il a ajouté …»: of whom the text spoke before.
            return None
        if named := self._persons(text):
            return named[0]
        return self.whom.salience.described(after, sentences[after].end) if self.whom.salience else None

    def _parted(self, i: int) -> bool:
        """Tell whether a paragraph ends with a sentence."""
        return "\n" in self.text[self.layout.sentences[i].end : self.layout.sentences[i + 1].start]

    def _persons(self, text: str) -> list[str]:
        """Return who is named in full in a text or has spoken already; last those after a preposition."""
        found = [n for n in self.draft.roster.first_in(text) if " " in n or n in self.whom.spoken()]
        return sorted(
            found,
            key=lambda n: (self._after_preposition(text, n), bool(self.whom.genders and self.whom.genders.articled(n))),
        )

    def _after_preposition(self, text: str, name: str) -> bool:
        at = min(i for m in self.draft.roster.mentions(name) if (i := text.find(m)) >= 0)
        before = tokens(text, 0, at)
        return bool(before and self.layout.cues and match_at(before[-1:], 0, self.layout.cues.prepositions))
