"""The record's format: what is kept of an article, and what a reply is.

What a model is asked for stands in `answers.py`.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    computed_field,
    model_serializer,
    model_validator,
)

Match = Literal["exact", "normalized", "fuzzy"]
Mode = Literal["direct", "indirect", "mixed"]
Polarity = Literal["support", "oppose", "mixed"]
Status = Literal["proposed", "agreed", "signed", "in_force", "rejected", "ended"]
ActorKind = Literal["person", "organisation", "country", "group", "unnamed"]
ItemKind = Literal["claim", "stance", "agreement"]


def digest(value: object, length: int = 16) -> str:
    """Return the first `length` hex digits of the SHA-256 of a text, or of a value's canonical JSON."""
    text = value if isinstance(value, str) else canonical(value)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def canonical(value: object) -> str:
    """Return `value` as JSON with sorted keys and no spaces: equal values give equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def now() -> str:
    """Return the present time as ISO 8601 in UTC, to the second, with a Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Article(_Strict):
    """The exact text that is read, and what is known of it."""

    text: str
    lang: str | None = Field(None, description="ISO 639-1 code; null where it could not be told")
    title: str | None = None
    source: str | None = Field(None, description="who published it")
    url: str | None = None
    published: str | None = Field(None, description="date of publication, ISO 8601 where it could be read")
    path: str | None = Field(None, description="where it was read from; path#line for JSONL")

    # An id read back is recomputed from the text, so it can never disagree with it.
    @model_validator(mode="before")
    @classmethod
    def _without_id(cls, data: Any) -> Any:
        return {k: v for k, v in data.items() if k != "id"} if isinstance(data, dict) else data

    @computed_field(description="first 16 hex digits of the SHA-256 of the text")  # type: ignore[prop-decorator]
    @property
    def id(self) -> str:
        """Identify the exact text."""
        return digest(self.text)

    @property
    def name(self) -> str:
        """What to call the article in a message."""
        return self.path or self.url or self.title or self.id


class Span(_Strict):
    """A piece of the article: half-open offsets in code points, so that `text[start:end] == quote`."""

    start: int = Field(ge=0)
    end: int
    quote: str
    match: Match = "exact"
    score: float | None = Field(None, description="similarity from 0 to 1, where match is fuzzy")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError(f"{self.start}..{self.end} is not the length of the quote {self.quote!r}")
        return self

    @model_serializer(mode="wrap")
    def _no_empty_score(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        if data.get("score") is None:
            data.pop("score", None)
        return data


Evidence = Annotated[list[Span], Field(min_length=1)]


class Actor(_Strict):
    """A person, organisation, country, group or unnamed source, with all the ways the article calls it."""

    name: str
    kind: ActorKind | None = None
    mentions: list[str]


class _Item(_Strict):
    relayed_by: list[str] = Field(default=[], description="who reports it, nearest to the speaker first")
    evidence: Evidence

    def _key(self) -> list[object]:
        raise NotImplementedError

    # Made of what the item says, never of the run that found it: a verdict must survive a re-run.
    @computed_field(description="the same item of the same article has the same id in every run")  # type: ignore[prop-decorator]
    @property
    def id(self) -> str:
        return digest([*self._key(), [[s.start, s.end, s.quote] for s in self.evidence]], 12)

    @model_validator(mode="before")
    @classmethod
    def _without_id(cls, data: Any) -> Any:
        return {k: v for k, v in data.items() if k != "id"} if isinstance(data, dict) else data


class Claim(_Item):
    """A statement that the text attributes to somebody."""

    speaker: str
    statement: str
    mode: Mode
    cue: Span | None = Field(None, description="the attributing expression")

    def _key(self) -> list[object]:
        return ["claim", self.speaker]


class Stance(_Item):
    """Somebody approves or rejects a proposal, an action, a claim or an actor."""

    holder: str
    target: str
    polarity: Polarity

    def _key(self) -> list[object]:
        return ["stance", self.holder, self.polarity, self.target]


class Agreement(_Item):
    """Two or more parties agree, share a view, or one puts an offer to the other."""

    parties: list[str] = Field(min_length=1)
    subject: str
    status: Status

    def _key(self) -> list[object]:
        return ["agreement", sorted(self.parties), self.status]


class Ungrounded(_Strict):
    """An item that a model gave and that could not be placed in the text, with the reason."""

    kind: ItemKind
    reason: str
    item: dict[str, Any]


class Usage(BaseModel):
    """What calls cost: tokens and seconds, re-asks and retries included."""

    model_config = ConfigDict(extra="forbid")

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None
    seconds: float = 0.0


class Provenance(Usage):
    """How a record came about."""

    model: str
    prompt: str
    prompt_digest: str
    schema_digest: str
    created: str
    calls: int = Field(description="replies that went into the record")
    cached_calls: int = Field(description="those of them that came from the store")


class Record(_Strict):
    """The grounded result for one article."""

    article: Article
    actors: list[Actor]
    claims: list[Claim]
    stances: list[Stance]
    agreements: list[Agreement]
    ungrounded: list[Ungrounded]
    provenance: Provenance

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        text = self.article.text
        for span in self.spans():
            if text[span.start : span.end] != span.quote:
                raise ValueError(f"the text at {span.start}..{span.end} is not {span.quote!r}")
        return self

    def spans(self) -> list[Span]:
        """Return every span of every item, cues included."""
        spans = [s for item in (*self.claims, *self.stances, *self.agreements) for s in item.evidence]
        return spans + [c.cue for c in self.claims if c.cue]


class Reply(_Strict):
    """What a model answered to one call, already validated by the schema it was asked with."""

    answer: dict[str, Any]
    model: str
    created: str
    attempts: int = Field(1, ge=1, description="requests answered, re-asks included")
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
