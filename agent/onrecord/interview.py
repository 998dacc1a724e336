"""Asking by interview: the article once, then short questions, each about one expression of one sentence.

Cues of the language say where a question is worth asking; the model says who is meant, by choosing among the
article's own names; position and punctuation say which words are the content.
"""

from collections.abc import Sequence
from typing import TypeVar

from onrecord.answers import Answer, SentenceAnswer, choosing
from onrecord.asking import Asker
from onrecord.attribution import attributions, statements
from onrecord.drafts import Draft, Layout, within
from onrecord.grounding import span, spans
from onrecord.llm import Question
from onrecord.matching import holds, match_at, tokens
from onrecord.parties import Parties
from onrecord.patterns import Attribution, Cue
from onrecord.pieces import Piece, plain, trim
from onrecord.prompts import Message, Prompt
from onrecord.quotations import mode
from onrecord.records import Agreement, Claim, Stance, Status
from onrecord.replies import SOON
from onrecord.sentences import split
from onrecord.sides import Signal, subject_of
from onrecord.signals import agreement_signals, stance_signals
from onrecord.stances import Stances, within_claim
from onrecord.taken_up import taken_up
from onrecord.unattributed import Unattributed
from onrecord.whom import Whom

A = TypeVar("A", bound=Answer)

# A question repeats no more characters of the sentence than tell which expression is meant.
_SHORT = 90


def interview(layout: Layout, window: range, prompt: Prompt, asker: Asker, draft: Draft) -> None:
    """Ask about the sentences of a window and add what is found to the draft."""
    talk = _Interview(layout, window, prompt, asker, draft)
    units = list(layout.units(window))
    for ask in (talk.claims, talk.agreements, talk.stances.of) if layout.cues else (talk.claims, talk.sentence):
        for unit in units:
            ask(unit)
    talk.stances.positions()
    draft.agreements[:] = answered(draft.agreements)


def answered(agreements: Sequence[Agreement]) -> list[Agreement]:
    """Return agreements without the offers that were turned down or taken soon after: those are one with the answer."""
    return [
        offer
        for i, offer in enumerate(agreements)
        if offer.status != "proposed"
        or not any(
            set(offer.parties) == set(later.parties)
            and later.status in ("rejected", "agreed")
            and later.evidence[0].start - offer.evidence[0].start < SOON
            for later in agreements[i + 1 :]
        )
    ]


def worth_asking(layout: Layout, window: range) -> int:
    """Count about how many questions an interview asks: whom «ils» means, and who agrees where nobody is named."""
    text, cues = layout.article.text, layout.cues
    units = [u for u in layout.units(window) if not layout.sentences[u.start].heading]
    if not cues:
        return len(units)

    count = 0
    for unit in units:
        start, end = layout.bounds(unit)
        said = [found for i in unit for found in attributions(text, *layout.sentences[i][:2], layout.quoted, cues)]
        count += sum(
            not cue.subject and holds(tokens(text, cue.start, cue.end), cues.they)
            for found in said
            for cue in found.cues
        )
        for stance in stance_signals(text, start, end, cues):
            count += not subject_of(text, stance, cues) and holds(
                tokens(text, stance.clause[0], stance.cue[1]), cues.they
            )
        for deal in agreement_signals(text, start, end, cues):
            side = subject_of(text, deal, cues)
            count += not side or match_at(tokens(text, *side), 0, [*cues.both, *cues.plural]) > 0
    return count


class _Interview:
    def __init__(self, layout: Layout, window: range, prompt: Prompt, asker: Asker, draft: Draft) -> None:
        self.layout, self.prompt, self.asker, self.draft = layout, prompt, asker, draft
        self.text = layout.article.text
        self.head = (
            *prompt.head(layout.article.id, layout.lines(window)),
            {"role": "assistant", "content": prompt.render("ready")},
        )
        self.whom = Whom(layout, draft, self._ask, self._quote)
        self.unattributed = Unattributed(self.whom)
        self.parties = Parties(self.whom)
        self.stances = Stances(self.whom)
        self.views = [*layout.cues.source, *layout.cues.own_view] if layout.cues else []
        # Whom each attributing expression means, by where it begins.
        self._speakers: dict[int, str | None] = {}

    def _ask(self, block: str, answer: type[A], names: Sequence[str], **values: object) -> A:
        message: Message = {"role": "user", "content": self.prompt.render(block, **values)}
        narrowed = choosing(answer, tuple(names))
        settings = self.prompt.settings
        question = Question((*self.head, message), narrowed, settings.max_tokens, settings.temperature)
        return self.asker.ask(question, narrowed)

    def _quote(self, start: int, end: int) -> str:
        words = plain(self.text, start, end)
        return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " …"

    def claims(self, unit: range) -> None:
        """Put on record what each sentence of a unit reports; a headline repeats what the body says."""
        sentences = [self.layout.sentences[i] for i in unit]
        if sentences[0].heading or self.layout.addressed(unit, quoted=False):
            return
        cue = taken_up(self.text, *self.layout.bounds(unit), self.layout.quoted, self.layout.cues)
        if cue and self._of_before(unit.start, cue):
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
            if len(chain) == len(cues) > 1 and self._past(cues[-1].end, pieces[0][0]):
                # «« X m'a dit que oui. Il a menti », raconte Y»: what X said ends with its sentence.
                chain, cues = chain[:-1], cues[:-1]
            self._put(chain, pieces, cues[-1] if cues else None)

    def _put(self, chain: Sequence[str], pieces: Sequence[Piece], cue: Cue | None) -> None:
        """Put on record what the last of a chain says, passed on by those before him."""
        evidence = spans(self.text, *pieces)
        self.draft.claims.append(
            Claim(
                speaker=chain[-1],
                relayed_by=chain[-2::-1],
                statement=" … ".join(" ".join(s.quote.split()) for s in evidence),
                mode=mode(evidence, self.layout.quoted),
                cue=span(self.text, cue.start, cue.end) if cue else None,
                evidence=evidence,
            )
        )

    def _of_before(self, at: int, cue: Cue) -> bool:
        """Put on record the sentence before, which sentence `at` takes up, where nobody else is said to say it."""
        before = next((s for s in self.layout.sentences[at - 1 :: -1] if not s.heading), None) if at else None
        bounds = trim(self.text, before.start, before.end) if before else None
        claimed = before and any(before.start <= c.evidence[0].start < before.end for c in self.draft.claims)
        if not before or not bounds or claimed:
            return False
        if taken_up(self.text, before.start, before.end, self.layout.quoted, self.layout.cues):
            # «Завод закроют. Об этом сообщил X. Об этом пишет Y.»: what X says is on record.
            return True
        speaker = self.whom.is_meant(at, (cue.start, cue.end), cue.subject, [bounds])
        if speaker:
            self._put([speaker], [bounds], cue)
        return bool(speaker)

    def _past(self, cue: int, start: int) -> bool:
        """Tell whether a sentence of a quotation ends between an expression within it and a later piece."""
        within = any(q.start <= cue <= start < q.end for q in self.layout.quoted)
        return within and len(split(self.text[cue : start + 1], self.layout.article.lang)) > 1

    def _chain(self, unit: range, found: Attribution) -> list[str]:
        """Ask who each cue means; the result runs from the outermost relay to the speaker."""
        if found.by_mood:
            return self.unattributed.last_speaker(unit.start)
        if not found.cues:
            return self.unattributed.said_by(unit.start, found.content[0])
        for k, cue in enumerate(found.cues):
            # Nobody reports himself: of «Il a rappelé que X avait dit …», «Selon X, il a dit …» X is not who is meant.
            # Only of «X a dit que, selon lui, …» it is he.
            own = match_at(tokens(self.text, cue.start, cue.end), 0, self.views)
            others = [*(() if own else found.cues[:k]), *found.cues[k + 1 :]]
            said = [*found.content, *(c.subject for c in others if c.subject)]
            if cue.start not in self._speakers:
                goes_on = cue.after and self._speakers.get(cue.after[0])
                telling = [name for c in found.cues[:k] if (name := self._speakers[c.start])]
                self._speakers[cue.start] = goes_on or self.whom.is_meant(
                    unit.start, cue.after or (cue.start, cue.end), cue.subject, said, telling
                )
        return list(dict.fromkeys(name for cue in found.cues if (name := self._speakers[cue.start])))

    def agreements(self, unit: range) -> None:
        cues = self.layout.cues
        # A headline tells of the deal of which the body tells in full.
        told = cues and not self.layout.sentences[unit.start].heading
        found = agreement_signals(self.text, *self.layout.bounds(unit), cues) if cues and told else []
        for signal in [] if self.layout.addressed(unit, quoted=True) else found:
            self._agreement(unit, within_claim(self.draft.claims, signal))

    def _agreement(self, unit: range, signal: Signal[Status]) -> None:
        parties = self.parties.of(unit.start, signal)
        self.stances.takes_side(unit, signal)
        together = self.parties.together(signal)
        if len(parties) < (1 if together else 2):
            return
        evidence = spans(self.text, signal.clause)
        if any(within(evidence, a.evidence) and set(parties) <= set(a.parties) for a in self.draft.agreements):
            return
        self.draft.agreements.append(
            Agreement(
                parties=parties,
                subject=plain(self.text, *signal.about),
                status=signal.label,
                relayed_by=self.draft.relays(evidence, parties),
                evidence=evidence,
            )
        )

    def sentence(self, unit: range) -> None:
        """Ask what a sentence reports, in a language without cues."""
        answer = self._ask("sentence", SentenceAnswer, self.whom.near(unit.start), number=unit.start + 1)
        bounds = trim(self.text, *self.layout.bounds(unit))
        if not bounds:
            return
        evidence, quote = spans(self.text, bounds), self._quote(*bounds)
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
