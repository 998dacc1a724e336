"""What the ways of asking share: the article laid out for asking, and the items found so far."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord import cues
from onrecord.actors import Roster
from onrecord.cues import Cues
from onrecord.joining import joined
from onrecord.matching import match_at, tokens
from onrecord.names import descriptions, proper_names
from onrecord.quotations import Quotation, doubled, quotations
from onrecord.records import Agreement, Article, Claim, Span, Stance, Ungrounded
from onrecord.sentences import Sentence, split

# Tokens are estimated from UTF-8 bytes, on the safe side for Latin, Cyrillic and CJK scripts alike.
_BYTES_PER_TOKEN = 3.2
# What stands in what programs say to one another, and in no news: the marks of a chat, the fields of an answer.
_MACHINE = re.compile(r"<\|[^|\n]*\|>|\{\s*\"\w+\"\s*:|\[/?INST\]")


def estimate_tokens(text: str) -> int:
    """Estimate how many tokens a model reads a text as."""
    return int(len(text.encode("utf-8", "replace")) / _BYTES_PER_TOKEN) + 1


@dataclass(frozen=True)
class Layout:
    """An article with its sentences, quotations and the cues of its language."""

    article: Article
    sentences: list[Sentence]
    quoted: list[Quotation]
    cues: Cues | None

    @classmethod
    def of(cls, article: Article, *, with_cues: bool = True) -> "Layout":
        """Lay an article out, with the cues of its language if wanted and if there are any.

        Single quotation marks are read as double ones, which moves no offset.
        """
        article = article.model_copy(update={"text": doubled(article.text)})
        known = cues.load(article.lang) if with_cues else None
        sentences = joined(article.text, split(article.text, article.lang), known)
        return cls(article, sentences, quotations(article.text), known)

    def windows(self, tokens: int) -> Iterator[range]:
        """Yield the ranges of sentence indices that are read at a time: all at once where they fit."""
        start = size = 0
        for i, sentence in enumerate(self.sentences):
            length = estimate_tokens(sentence.text) + 4
            if size + length > tokens and i > start:
                yield range(start, i)
                start, size = i, 0
            size += length
        if start < len(self.sentences):
            yield range(start, len(self.sentences))

    def lines(self, window: range) -> list[tuple[int, str]]:
        """Return the sentences of a window with their numbers, which count from 1."""
        return [(i + 1, " ".join(self.sentences[i].text.split())) for i in window]

    def units(self, window: range) -> Iterator[range]:
        """Yield the sentences one by one, those that one quotation runs through together."""
        start = window.start
        while start < window.stop:
            stop = start + 1
            while stop < window.stop and any(
                q.start < self.sentences[stop - 1].end and q.end > self.sentences[stop].start for q in self.quoted
            ):
                stop += 1
            yield range(start, stop)
            start = stop

    def bounds(self, unit: range) -> tuple[int, int]:
        """Return where the first sentence of a unit begins, and where its last one ends."""
        return self.sentences[unit.start].start, self.sentences[unit.stop - 1].end

    def addressed(self, unit: range, *, quoted: bool) -> bool:
        """Tell whether a text speaks to whoever reads or processes it: no report does, outside quotation marks.

        With `quoted`, instructions within quotation marks count too.
        """
        start, end = self.bounds(unit)
        if _MACHINE.search(self.article.text, start, end):
            return True
        if not self.cues:
            return False
        words = tokens(self.article.text, start, end)
        outside = [w for w in words if not any(q.start <= w.start < q.end for q in self.quoted)]
        entries = [*self.cues.second_person, *self.cues.instructions]
        told = self.cues.instructions if quoted else []
        return any(match_at(outside, i, entries) for i in range(len(outside))) or any(
            match_at(words, i, told) for i in range(len(words))
        )

    def roster(self) -> Roster:
        """Return a roster of the names that stand in the article, with what it says beside them."""
        read = [s for i, s in enumerate(self.sentences) if not self.addressed(range(i, i + 1), quoted=False)]
        names = proper_names(read, self.cues)
        roster = Roster(names)
        if self.cues:
            for name, description in descriptions(self.article.text, [n for n in names if " " in n], self.cues):
                # Of a former minister the text does not say «le ministre».
                if not any(match_at(tokens(description), i, self.cues.former) for i in range(2)):
                    roster.describe(name, description)
        return roster


@dataclass
class Draft:
    """The items found so far in one article."""

    roster: Roster
    claims: list[Claim] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    ungrounded: list[Ungrounded] = field(default_factory=list)

    def written(self, text: str) -> "Draft":
        """Return the draft with every actor under the fullest name found, each item once, quoted as `text` has it.

        Windows and cues may find one thing twice; an item's id is what it says.
        """

        def names(given: list[str]) -> list[str]:
            return [self.roster.fullest(name) for name in given]

        def quoted(span: Span) -> Span:
            return span.model_copy(update={"quote": text[span.start : span.end]})

        def common(item: Claim | Stance | Agreement) -> dict[str, object]:
            return {"relayed_by": names(item.relayed_by), "evidence": [quoted(s) for s in item.evidence]}

        claims = [
            c.model_copy(
                update={"speaker": self.roster.fullest(c.speaker), "cue": c.cue and quoted(c.cue), **common(c)}
            )
            for c in self.claims
        ]
        stances = [s.model_copy(update={"holder": self.roster.fullest(s.holder), **common(s)}) for s in self.stances]
        agreements = [a.model_copy(update={"parties": names(a.parties), **common(a)}) for a in self.agreements]
        return Draft(
            self.roster,
            list({c.id: c for c in claims}.values()),
            list({s.id: s for s in stances}.values()),
            list({a.id: a for a in agreements}.values()),
            self.ungrounded,
        )

    def told_at(self, at: int) -> list[Claim]:
        """Return the claims whose evidence holds an offset."""
        return [claim for claim in self.claims if any(s.start <= at < s.end for s in claim.evidence)]

    def relays(self, evidence: list[Span], actors: list[str]) -> list[str]:
        """Return who reports an item: the speaker of the claim it stands in, and that claim's relays."""
        for claim in self.claims:
            if within(evidence, claim.evidence):
                return [name for name in (claim.speaker, *claim.relayed_by) if name not in actors]
        return []

    def used(self) -> list[str]:
        """Return the actors that the items name, each once, in order."""
        names = [n for c in self.claims for n in (c.speaker, *c.relayed_by)]
        names += [n for s in self.stances for n in (s.holder, *s.relayed_by)]
        names += [n for a in self.agreements for n in (*a.parties, *a.relayed_by)]
        return list(dict.fromkeys(names))


def within(inner: Sequence[Span], outer: Sequence[Span]) -> bool:
    """Tell whether the first piece of `inner` lies in one of `outer`."""
    return any(o.start <= inner[0].start and inner[0].end <= o.end for o in outer)


def outermost(claim: Claim) -> str:
    """Return who reports a claim last: of a chain of relays the one whom a text goes on quoting."""
    return claim.relayed_by[-1] if claim.relayed_by else claim.speaker
