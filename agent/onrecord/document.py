"""Asking by document: one call for the whole article, or for each window of a long one."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from onrecord.actors import fold
from onrecord.answers import (
    DOCUMENT,
    AgreementQuotes,
    AgreementSentences,
    ClaimQuotes,
    ClaimSentences,
    QuotesAnswer,
    SentencesAnswer,
    StanceQuotes,
    StanceSentences,
)
from onrecord.asking import Asker
from onrecord.attribution import attributions
from onrecord.drafts import Draft, Layout
from onrecord.grounding import locate, span
from onrecord.llm import Question
from onrecord.prompts import Prompt
from onrecord.quotations import mode
from onrecord.records import Agreement, Claim, ItemKind, Span, Stance, Ungrounded

_ClaimAnswer = ClaimQuotes | ClaimSentences
_Item = _ClaimAnswer | StanceQuotes | StanceSentences | AgreementQuotes | AgreementSentences
# How often an answer with evidence that stands nowhere is sent back; after that the item is kept apart.
_REASKS = 1


def document(layout: Layout, window: range, prompt: Prompt, asker: Asker, draft: Draft) -> None:
    """Ask for everything a window holds and add what is found to the draft."""
    answer = DOCUMENT[prompt.settings.evidence]
    message = {"role": "user", "content": prompt.render("question")}
    messages = (*prompt.head(layout.article.id, layout.lines(window)), message)
    settings = prompt.settings
    check = _Check(layout, window)
    question = Question(messages, answer, settings.max_tokens, settings.temperature, check)
    _add(asker.ask(question, answer), _Placer(layout, window), draft)


class _Placer:
    """Places evidence in a window: quotes by searching, sentence numbers by taking the sentence."""

    def __init__(self, layout: Layout, window: range) -> None:
        self.layout, self.window, self.text = layout, window, layout.article.text
        self.near = layout.sentences[window.start].start

    def place(self, item: _Item) -> list[Span] | str:
        """Return the spans of an item's evidence, or the reason why it has none."""
        if not item.evidence:
            return "no evidence was given"
        spans: list[Span] = []
        for evidence in item.evidence:
            if isinstance(evidence, int):
                if evidence - 1 not in self.window:
                    return f"there is no sentence {evidence}; they run {self.window.start + 1} to {self.window.stop}"
                spans += self._sentence(evidence - 1, claimed=isinstance(item, ClaimSentences))
            else:
                found = locate(self.text, evidence, self.near)
                if not found:
                    return f"the words «{evidence}» stand nowhere in the article"
                spans += found
        # The items come in the order of the text: a phrase that stands twice is looked for from here on.
        self.near = spans[0].start
        return sorted(dict.fromkeys(spans), key=lambda s: (s.start, s.end))

    def _sentence(self, index: int, *, claimed: bool) -> list[Span]:
        start, end = self.layout.sentences[index][:2]
        found = attributions(self.text, start, end, self.layout.quoted, self.layout.cues) if claimed else []
        if found:
            return [span(self.text, *piece) for each in found for piece in each.content]
        return [span(self.text, start, end)]

    def cue(self, item: _ClaimAnswer, evidence: Sequence[Span]) -> Span | None:
        """Return the attributing expression: the one given, or the one in the sentence of the evidence."""
        if isinstance(item, ClaimQuotes):
            sentence = next((s for s in self.layout.sentences if s.end > evidence[0].start), None)
            placed = locate(self.text, item.cue, sentence.start if sentence else 0) if item.cue else []
            return placed[0] if len(placed) == 1 else None
        for sentence in self.layout.sentences:
            if sentence.start <= evidence[0].start < sentence.end:
                found = attributions(self.text, *sentence[:2], self.layout.quoted, self.layout.cues)
                cues = [each.cues[-1] for each in found if each.cues]
                return span(self.text, cues[0].start, cues[0].end) if cues else None
        return None

    def unknown_actor(self, names: Iterable[str]) -> str | None:
        """Return the first name of which no word stands in the article: it came from elsewhere."""
        words = set(fold(self.text).split())
        return next((n for n in names if not words.intersection(fold(n).split())), None)


class _Check:
    """Sends an answer back once, with what is wrong with it, where its evidence or actors are not in the article."""

    def __init__(self, layout: Layout, window: range) -> None:
        self.layout, self.window, self.reasks = layout, window, _REASKS

    def __call__(self, answer: BaseModel) -> None:
        assert isinstance(answer, QuotesAnswer | SentencesAnswer)
        placer = _Placer(self.layout, self.window)
        problems = [p for item in _items(answer) if isinstance(p := _judge(item, placer), str)]
        if problems and self.reasks:
            self.reasks -= 1
            raise ValueError("; ".join(problems[:5]))


def _items(answer: QuotesAnswer | SentencesAnswer) -> list[_Item]:
    return [*answer.claims, *answer.stances, *answer.agreements]


def _actors(item: _Item) -> list[str]:
    if isinstance(item, ClaimQuotes | ClaimSentences):
        return [item.speaker, *item.relayed_by]
    if isinstance(item, StanceQuotes | StanceSentences):
        return [item.holder, *item.relayed_by]
    return [*item.parties, *item.relayed_by]


def _judge(item: _Item, placer: _Placer) -> list[Span] | str:
    actors = _actors(item)
    if not actors:
        return "an agreement without parties"
    if name := placer.unknown_actor(actors):
        return f"«{name}» is not in the article"
    return placer.place(item)


def _add(answer: QuotesAnswer | SentencesAnswer, placer: _Placer, draft: Draft) -> None:
    for actor in answer.actors:
        if placer.unknown_actor([actor.name]):
            continue
        draft.roster.add(actor.name)
        draft.roster.set_kind(actor.name, actor.kind)
        for mention in actor.mentions:
            if locate(placer.text, mention):
                draft.roster.add(mention, alias_of=actor.name)
    for claim in answer.claims:
        if spans := _grounded("claim", claim, placer, draft):
            _claim(claim, spans, placer, draft)
    for stance in answer.stances:
        if spans := _grounded("stance", stance, placer, draft):
            _stance(stance, spans, draft)
    for agreement in answer.agreements:
        if spans := _grounded("agreement", agreement, placer, draft):
            _agreement(agreement, spans, draft)


def _grounded(kind: ItemKind, item: _Item, placer: _Placer, draft: Draft) -> list[Span]:
    """Return the spans of an item's evidence; without any, put the item apart with the reason."""
    spans = _judge(item, placer)
    if isinstance(spans, str):
        draft.ungrounded.append(Ungrounded(kind=kind, reason=spans, item=item.model_dump(mode="json")))
        return []
    return spans


def _claim(item: _ClaimAnswer, spans: list[Span], placer: _Placer, draft: Draft) -> None:
    add = draft.roster.add
    draft.claims.append(
        Claim(
            speaker=add(item.speaker),
            relayed_by=[add(n) for n in item.relayed_by],
            statement=item.statement,
            mode=mode(spans, placer.layout.quoted),
            cue=placer.cue(item, spans),
            evidence=spans,
        )
    )


def _stance(item: StanceQuotes | StanceSentences, spans: list[Span], draft: Draft) -> None:
    add = draft.roster.add
    draft.stances.append(
        Stance(
            holder=add(item.holder),
            target=item.target,
            polarity=item.polarity,
            relayed_by=[add(n) for n in item.relayed_by],
            evidence=spans,
        )
    )


def _agreement(item: AgreementQuotes | AgreementSentences, spans: list[Span], draft: Draft) -> None:
    add = draft.roster.add
    draft.agreements.append(
        Agreement(
            parties=list(dict.fromkeys(add(n) for n in item.parties)),
            subject=item.subject,
            status=item.status,
            relayed_by=[add(n) for n in item.relayed_by],
            evidence=spans,
        )
    )
