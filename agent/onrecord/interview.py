"""Asking by interview: the article once, then short questions, each about one expression of one sentence.

Cues of the language say where a question is worth asking; the model says who is meant, by choosing among the
article's own names; position and punctuation say which words are the content.
"""

from collections.abc import Sequence
from typing import TypeVar

from onrecord.answers import Answer, SentenceAnswer, choosing
from onrecord.asking import Asker
from onrecord.attribution import attributions, statements
from onrecord.cues import match_at, tokens
from onrecord.drafts import Draft, Layout, within
from onrecord.grounding import span
from onrecord.llm import Question
from onrecord.parties import Parties
from onrecord.patterns import Attribution
from onrecord.phrases import Piece, leading, trim
from onrecord.positions import position, told_by_verb
from onrecord.prompts import Message, Prompt
from onrecord.quotations import mode
from onrecord.records import Agreement, Claim, Polarity, Span, Stance, Status
from onrecord.sides import Signal, agents, conjuncts, subject_of
from onrecord.signals import agreement_signals, stance_signals
from onrecord.whom import Whom

A = TypeVar("A", bound=Answer)
L = TypeVar("L")

# What one side alone can do.
_ONE_SIDED: frozenset[Status] = frozenset({"proposed", "rejected", "ended"})
# A question repeats no more characters of the sentence than tell which expression is meant.
_SHORT = 90
# So many spaces stand in no name and no description.
_MAX_HOLDER = 6


def interview(layout: Layout, window: range, prompt: Prompt, asker: Asker, draft: Draft) -> None:
    """Ask about the sentences of a window and add what is found to the draft."""
    talk = _Interview(layout, window, prompt, asker, draft)
    units = list(layout.units(window))
    for ask in (talk.claims, talk.agreements, talk.stances) if layout.cues else (talk.claims, talk.sentence):
        for unit in units:
            ask(unit)
    talk.positions()


def worth_asking(layout: Layout, window: range) -> int:
    """Count about how many questions an interview on a window asks: whom a phrase names by itself is not asked."""
    text, cues = layout.article.text, layout.cues
    units = [u for u in layout.units(window) if not layout.sentences[u.start].heading]
    if not cues:
        return len(units)
    roster = layout.roster()

    def unnamed(subject: Piece | None) -> bool:
        return subject is None or not roster.find(text[slice(*subject)])

    count = 0
    for unit in units:
        start, end = layout.sentences[unit.start].start, layout.sentences[unit.stop - 1].end
        said = [found for i in unit for found in attributions(text, *layout.sentences[i][:2], layout.quoted, cues)]
        count += (
            sum(unnamed(cue.subject) for found in said for cue in found.cues)
            if any(f.cues for f in said)
            else bool(said)
        )
        count += len(agreement_signals(text, start, end, cues))
        count += sum(unnamed(subject_of(text, signal, cues)) for signal in stance_signals(text, start, end, cues))
    return count


def _touch(stance: Stance, claim: Claim) -> bool:
    return any(s.start < e.end and e.start < s.end for s in stance.evidence for e in claim.evidence)


def _ends(claim: Claim) -> Piece:
    return claim.evidence[0].start, claim.evidence[0].end


class _Interview:
    def __init__(self, layout: Layout, window: range, prompt: Prompt, asker: Asker, draft: Draft) -> None:
        self.layout, self.prompt, self.asker, self.draft = layout, prompt, asker, draft
        self.text = layout.article.text
        self.head = (
            *prompt.head(layout.article.id, layout.lines(window)),
            {"role": "assistant", "content": prompt.render("ready")},
        )
        self.whom = Whom(layout, draft, self._ask, self._quote)
        self.parties = Parties(self.whom)
        # Whom each attributing expression means, by where it begins.
        self._speakers: dict[int, str | None] = {}

    def _ask(self, block: str, answer: type[A], names: Sequence[str], **values: object) -> A:
        message: Message = {"role": "user", "content": self.prompt.render(block, **values)}
        narrowed = choosing(answer, tuple(names))
        settings = self.prompt.settings
        question = Question((*self.head, message), narrowed, settings.max_tokens, settings.temperature)
        return self.asker.ask(question, narrowed)

    def _bounds(self, unit: range) -> Piece:
        return self.layout.sentences[unit.start].start, self.layout.sentences[unit.stop - 1].end

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())

    def _quote(self, start: int, end: int) -> str:
        words = self._words(start, end)
        return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " …"

    def _spans(self, *pieces: Piece) -> list[Span]:
        return [span(self.text, *piece) for piece in pieces]

    def claims(self, unit: range) -> None:
        """Put on record what each sentence of a unit reports; a headline repeats what the body says."""
        sentences = [self.layout.sentences[i] for i in unit]
        if sentences[0].heading or self.layout.addressed(unit, quoted=False):
            return
        said = [
            (range(i, i + 1), found)
            for i, s in zip(unit, sentences, strict=True)
            for found in attributions(self.text, s.start, s.end, self.layout.quoted, self.layout.cues)
        ]
        # The sentences of one quotation are all his to whom one of them is attributed.
        whole = next(((at, found) for at, found in said if found.cues), None)
        chain = self._chain(*whole) if whole else []
        for at, found in said:
            if found.cues and whole and found is not whole[1]:
                self._claim(self._chain(at, found), found)
            elif whole:
                self._claim(chain, found, whole[1])
            else:
                chain = chain or self._chain(at, found)
                self._claim(chain, found)

    def _claim(self, chain: list[str], found: Attribution, whole: Attribution | None = None) -> None:
        cues = found.cues or (whole.cues if whole else [])
        for pieces in statements(self.text, found, self.layout.article.lang) if chain else []:
            evidence = self._spans(*pieces)
            self.draft.claims.append(
                Claim(
                    speaker=chain[-1],
                    relayed_by=chain[-2::-1],
                    statement=" … ".join(" ".join(s.quote.split()) for s in evidence),
                    mode=mode(evidence, self.layout.quoted),
                    cue=span(self.text, cues[-1].start, cues[-1].end) if cues else None,
                    evidence=evidence,
                )
            )

    def _chain(self, unit: range, found: Attribution) -> list[str]:
        """Ask who each cue means; the result runs from the outermost relay to the speaker."""
        if not found.cues:
            return self.whom.uncued(unit.start, found.content[0])
        for cue in found.cues:
            if cue.start not in self._speakers:
                goes_on = cue.after and self._speakers.get(cue.after[0])
                self._speakers[cue.start] = goes_on or self.whom.is_meant(
                    unit.start, cue.after or (cue.start, cue.end), cue.subject
                )
        return list(dict.fromkeys(name for cue in found.cues if (name := self._speakers[cue.start])))

    def agreements(self, unit: range) -> None:
        cues = self.layout.cues
        found = agreement_signals(self.text, *self._bounds(unit), cues) if cues else []
        for signal in [] if self.layout.addressed(unit, quoted=True) else found:
            self._agreement(unit, self._within_claim(signal))

    def _agreement(self, unit: range, signal: Signal[Status]) -> None:
        parties = self.parties.of(unit.start, signal)
        self._takes_side(unit, signal)
        together = self.parties.together(signal)
        if len(parties) < (1 if signal.label in _ONE_SIDED or together else 2):
            return
        evidence = self._spans(signal.clause)
        if any(within(evidence, a.evidence) and set(parties) <= set(a.parties) for a in self.draft.agreements):
            return
        self.draft.agreements.append(
            Agreement(
                parties=parties,
                subject=self._words(*signal.about),
                status=signal.label,
                relayed_by=self._relays(evidence, parties),
                evidence=evidence,
            )
        )

    def _takes_side(self, unit: range, signal: Signal[Status]) -> None:
        """Whoever makes an offer supports it, and whoever turns it down opposes it."""
        sides: dict[Status, Polarity] = {"proposed": "support", "rejected": "oppose"}
        cues = self.layout.cues
        if signal.label not in sides or not cues:
            return
        subjects: list[Piece | None] = [*conjuncts(self.text, signal, cues)]
        for each in subjects or [subject_of(self.text, signal, cues)]:
            if holder := self._holder(unit, signal, each):
                self._add_stance(holder, Signal(sides[signal.label], signal.cue, signal.clause, signal.about))

    def _holder(self, unit: range, signal: Signal[L], subject: Piece | None) -> str | None:
        """Return whom a clause's subject means; without one it goes on with the sentence's («… and refused …»)."""
        cues = self.layout.cues
        words = tokens(self.text, signal.clause[0], signal.cue[0])
        skip = [*cues.conjunctions, *cues.auxiliaries, *cues.adverbs] if cues else []
        if cues and not subject and words and all(match_at(words, i, skip) for i in range(len(words))):
            start, _ = self._bounds(unit)
            said = [c for c in self.draft.claims if c.cue and start <= c.cue.start < signal.cue[0]]
            if said:
                return said[-1].speaker
            first_words = tokens(self.text, start, signal.cue[0])
            named = not match_at(first_words, 0, [*cues.pronouns, *cues.prepositions])
            subject = leading(self.text, first_words, cues) if named else None
        return self.whom.is_meant(unit.start, (signal.clause[0], signal.cue[1]), subject)

    def stances(self, unit: range) -> None:
        cues = self.layout.cues
        if not cues or self.layout.addressed(unit, quoted=True):
            return
        for signal in stance_signals(self.text, *self._bounds(unit), cues):
            if claim := self._attributed_by(signal):
                # «…», s'est félicité X: what is said is what X approves.
                start, end = _ends(claim)
                shown = min(start, signal.clause[0]) if signal.cue[1] <= start else start
                self._add_stance(claim.speaker, signal._replace(clause=(shown, end), about=(start, end)))
                continue
            whole, signal = signal, self._within_claim(signal)
            alone = subject_of(self.text, signal, cues) or subject_of(self.text, whole, cues)
            subjects: list[Piece | None] = [*agents(self.text, signal, cues)]
            subjects = subjects or [*conjuncts(self.text, signal, cues)] or [alone]
            for subject in subjects:
                words = self._quote(*subject) if subject else ""
                if words.count(" ") >= _MAX_HOLDER and not self.draft.roster.find(words):
                    # So many words are no name and no description, but a clause.
                    continue
                if holder := self._holder(unit, signal, subject):
                    self._add_stance(holder, signal)

    def _within_claim(self, signal: Signal[L]) -> Signal[L]:
        """Return a signal in what somebody says without the attribution around it."""
        for claim in self.draft.claims:
            for piece in claim.evidence:
                if piece.start <= signal.cue[0] and signal.cue[1] <= piece.end:
                    clause = max(signal.clause[0], piece.start), min(signal.clause[1], piece.end)
                    about = max(signal.about[0], piece.start), min(signal.about[1], piece.end)
                    return signal._replace(clause=clause, about=about) if about[0] < about[1] else signal
        return signal

    def _attributed_by(self, signal: Signal[Polarity]) -> Claim | None:
        """Return the claim whose cue is the expression: not one that only stands in it («X a refusé et dit que …»)."""
        start, end = signal.cue
        for claim in self.draft.claims:
            within_cue = claim.cue and claim.cue.start <= start and end <= claim.cue.end
            if claim.cue and within_cue and (end == claim.cue.end or claim.evidence[0].start < claim.cue.start):
                return claim
        return None

    def positions(self) -> None:
        """Read from each claim whether it approves or rejects something: that needs no question."""
        cues = self.layout.cues
        for claim in self.draft.claims if cues else []:
            if any(s.holder == claim.speaker and _touch(s, claim) for s in self.draft.stances):
                continue
            pieces = [(s.start, s.end) for s in claim.evidence]
            cue = (claim.cue.start, claim.cue.end) if claim.cue else None
            if cues and (told := position(self.text, cue, pieces, cues)):
                # «Elle exige que …»: the verb shows it, and belongs to the evidence where it stands before.
                by_verb = cue and cue[1] <= pieces[0][0] and told_by_verb(self.text, cue, pieces, cues)
                if cue and by_verb:
                    pieces[0] = (cue[0], pieces[0][1])
                self._add_stance(claim.speaker, Signal(told, pieces[0], pieces[0], _ends(claim)), pieces)

    def _add_stance(self, holder: str, signal: Signal[Polarity], pieces: Sequence[Piece] = ()) -> None:
        evidence = self._spans(*(pieces or [signal.clause]))
        if any(
            s.holder == holder and s.polarity == signal.label and within(evidence, s.evidence)
            for s in self.draft.stances
        ):
            return
        self.draft.stances.append(
            Stance(
                holder=holder,
                target=self._words(*signal.about),
                polarity=signal.label,
                relayed_by=self._relays(evidence, [holder]),
                evidence=evidence,
            )
        )

    def _relays(self, evidence: list[Span], actors: list[str]) -> list[str]:
        """Return who reports an item: the speaker of the claim it stands in, and that claim's relays."""
        for claim in self.draft.claims:
            if within(evidence, claim.evidence):
                return [name for name in (claim.speaker, *claim.relayed_by) if name not in actors]
        return []

    def sentence(self, unit: range) -> None:
        """Ask what a sentence reports, in a language without cues."""
        answer = self._ask("sentence", SentenceAnswer, self.whom.near(unit.start), number=unit.start + 1)
        bounds = trim(self.text, *self._bounds(unit))
        if not bounds:
            return
        evidence, quote = self._spans(bounds), self._quote(*bounds)
        claimed = any(within(c.evidence, evidence) for c in self.draft.claims)
        if answer.speaker and not claimed:
            speaker = self.draft.roster.add(answer.speaker)
            how = mode(evidence, self.layout.quoted)
            self.draft.claims.append(Claim(speaker=speaker, statement=quote, mode=how, evidence=evidence))
        if answer.holder and answer.polarity:
            holder = self.draft.roster.add(answer.holder)
            self.draft.stances.append(Stance(holder=holder, target=quote, polarity=answer.polarity, evidence=evidence))
        if len(answer.parties) > 1 and answer.status:
            parties = list(dict.fromkeys(self.draft.roster.add(p) for p in answer.parties))
            self.draft.agreements.append(
                Agreement(parties=parties, subject=quote, status=answer.status, evidence=evidence)
            )
