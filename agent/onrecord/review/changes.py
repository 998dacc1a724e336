"""What a person says of an item or an actor: a change, one line of an article's log, to which lines are only added."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.records import ItemKind, Mode, Polarity, Status

Action = Literal["accept", "reject", "edit", "add", "merge", "rename", "split", "complete", "reopen", "undo"]
ON_ITEMS: tuple[Action, ...] = ("accept", "reject", "edit", "add")
ON_ACTORS: tuple[Action, ...] = ("merge", "rename", "split")

_POSITIONS: dict[ItemKind, tuple[str, ...]] = {
    "claim": get_args(Mode),
    "stance": get_args(Polarity),
    "agreement": get_args(Status),
}
Name = Annotated[str, Field(min_length=1)]
Place = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fields(_Strict):
    """The whole value of an item; places are half-open, in code points of the article's text."""

    kind: ItemKind
    actors: list[Name] = Field(min_length=1, description="the speaker, the holder, or the parties")
    relayed_by: list[Name] = []
    position: str = Field(description="a claim's mode, a stance's polarity, an agreement's status")
    statement: str = Field(description="what is claimed, the stance's target, the agreement's subject")
    evidence: list[Place] = Field(min_length=1)
    cue: Place | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.position not in _POSITIONS[self.kind]:
            raise ValueError(f"«{self.position}» is no position of {self.kind}: {', '.join(_POSITIONS[self.kind])}")
        if self.kind != "agreement" and len(self.actors) > 1:
            raise ValueError(f"a {self.kind} has one actor, not {len(self.actors)}")
        if self.cue and self.kind != "claim":
            raise ValueError(f"only a claim has a cue, not {self.kind}")
        for start, end in self.places:
            if start >= end:
                raise ValueError(f"{start}..{end} is no piece of the text")
        return self

    @property
    def places(self) -> list[Place]:
        """All that it points at in the text."""
        return [*self.evidence, *([self.cue] if self.cue else [])]

    def tidied(self) -> Self:
        """Return the same without doubles and needless spaces, its evidence in the order of the text."""
        return self.model_copy(
            update={
                "actors": _names(self.actors),
                "relayed_by": _names(self.relayed_by),
                "statement": self.statement.strip(),
                "evidence": sorted(set(self.evidence)),
            }
        )


def _names(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name for given in names if (name := " ".join(given.split()))))


class Change(_Strict):
    """One line of an article's log."""

    article_id: str
    number: int = Field(ge=1)
    action: Action
    who: str
    when: str
    session: str = Field(description="whose changes an undo goes back through")
    item: str | None = Field(None, description="the record's stable id; added-<number> for what a person added")
    before: Fields | None = Field(None, description="the value that was judged")
    after: Fields | None = None
    actor: str | None = None
    into: str | None = Field(None, description="whom the actor is merged into; its new name; who is split off")
    mentions: list[str] = []
    undoes: int | None = None


def undone(changes: list[Change]) -> frozenset[int]:
    """Return the numbers of the changes that were taken back."""
    return frozenset(c.undoes for c in changes if c.undoes)


def touched(change: Change) -> frozenset[tuple[str, str]]:
    """Return what a change is about: an item, actors, or whether the article is complete; an undo repeats that."""
    found = {("actor", name) for name in (change.actor, change.into) if name}
    if change.item:
        found.add(("item", change.item))
    return frozenset(found or {("article", "complete")})
