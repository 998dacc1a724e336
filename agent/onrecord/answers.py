"""What a model must answer: the schemas that Instructor enforces, one for each question.

Every field is required and none has a default: strict JSON-schema modes ask for that, and a small model that
may leave a field out does.
"""

from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from onrecord.records import ActorKind, Polarity, Status

_Words = Annotated[str, Field(min_length=1, max_length=2000)]


# A small model that lists freely may not find an end.
_MAX_PARTIES = 6


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(extra="forbid")


A = TypeVar("A", bound=Answer)


# The interview: short questions, answered by choosing among the article's own names.


class SpeakerAnswer(Answer):
    """Who speaks in an attributed sentence; null where nobody is quoted."""

    speaker: str | None


class PartiesAnswer(Answer):
    """Who agrees with whom; empty where nobody does."""

    parties: list[str]


class SentenceAnswer(Answer):
    """What one sentence reports, asked where no list of cues tells in advance."""

    speaker: str | None
    holder: str | None
    polarity: Polarity | None
    parties: list[str]
    status: Status | None


# The document: one call, everything at once.


class ActorAnswer(Answer):
    """An actor, named once, with every other way the article calls it."""

    name: _Words
    kind: ActorKind
    mentions: list[_Words]


class ClaimQuotes(Answer):
    """A statement attributed to somebody; evidence is copied from the article."""

    speaker: _Words
    relayed_by: list[_Words]
    statement: _Words
    cue: _Words | None
    evidence: list[_Words]


class StanceQuotes(Answer):
    """Somebody approves or rejects something; evidence is copied from the article."""

    holder: _Words
    target: _Words
    polarity: Polarity
    relayed_by: list[_Words]
    evidence: list[_Words]


class AgreementQuotes(Answer):
    """Parties agree, share a view, or one makes an offer; evidence is copied from the article."""

    parties: list[_Words]
    subject: _Words
    status: Status
    relayed_by: list[_Words]
    evidence: list[_Words]


class QuotesAnswer(Answer):
    """All that an article holds, with quotes as evidence."""

    actors: list[ActorAnswer]
    claims: list[ClaimQuotes]
    stances: list[StanceQuotes]
    agreements: list[AgreementQuotes]


class ClaimSentences(Answer):
    """A statement attributed to somebody; evidence is given as sentence numbers."""

    speaker: _Words
    relayed_by: list[_Words]
    statement: _Words
    evidence: list[int]


class StanceSentences(Answer):
    """Somebody approves or rejects something; evidence is given as sentence numbers."""

    holder: _Words
    target: _Words
    polarity: Polarity
    relayed_by: list[_Words]
    evidence: list[int]


class AgreementSentences(Answer):
    """Parties agree, share a view, or one makes an offer; evidence is given as sentence numbers."""

    parties: list[_Words]
    subject: _Words
    status: Status
    relayed_by: list[_Words]
    evidence: list[int]


class SentencesAnswer(Answer):
    """All that an article holds, with sentence numbers as evidence."""

    actors: list[ActorAnswer]
    claims: list[ClaimSentences]
    stances: list[StanceSentences]
    agreements: list[AgreementSentences]


DOCUMENT: dict[str, type[QuotesAnswer] | type[SentencesAnswer]] = {
    "quotes": QuotesAnswer,
    "sentences": SentencesAnswer,
}
INTERVIEW: tuple[type[Answer], ...] = (SpeakerAnswer, PartiesAnswer, SentenceAnswer)


def _one_of(names: tuple[str, ...]) -> Any:
    """Return the type of one of these names.

    Not `Literal`: two with the same names in another order are equal, and `typing` hands back whichever it saw first,
    so that a question would depend on those before it.
    """

    def check(name: str) -> str:
        if name not in names:
            raise ValueError(f"choose one of: {', '.join(names)}")
        return name

    schema = {"enum": list(names), "type": "string"} if len(names) > 1 else {"const": names[0], "type": "string"}
    return Annotated[str, AfterValidator(check), WithJsonSchema(schema)]


def choosing(answer: type[A], names: tuple[str, ...]) -> type[A]:
    """Return `answer` with its free names narrowed to a choice among `names`, if there are any.

    A grammar then keeps the model from misspelling a name or making one up.
    """
    if not names:
        return answer
    name: Any = _one_of(names)
    fields: dict[str, Any] = {}
    for field in answer.model_fields:
        if field in ("speaker", "holder"):
            fields[field] = (name | None, ...)
        elif field == "parties":
            fields[field] = (Annotated[list[name], Field(max_length=_MAX_PARTIES)], ...)
    return create_model(answer.__name__, __base__=answer, __doc__=answer.__doc__, **fields)
