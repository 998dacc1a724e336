"""From the log to what stands: each item's value and verdict, and each actor's mentions, change by change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.records import Actor
from onrecord.review.changes import Change, Fields, undone


@dataclass
class Standing:
    """An item as it stands: `base` is what a run found, under the actors' present names, None for added ones."""

    base: Fields | None
    value: Fields
    verdict: Literal["open", "accepted", "corrected", "rejected"] = "open"
    seen: int = 0


class Standings:
    """The items and actors of one article, to which the log is applied."""

    def __init__(self, text: str, found: Mapping[str, Fields], actors: Iterable[Actor]) -> None:
        self._text = text
        self.items = {id: Standing(fields, fields) for id, fields in found.items()}
        self.actors: dict[str, Actor] = {}
        for actor in actors:
            self._unite(actor.name, actor)
        for fields in found.values():
            self._know(fields)
        self.complete = False

    def apply(self, changes: Sequence[Change]) -> None:
        """Apply a log, from its beginning.

        What was taken back, and what does not fit the text, counts only as having touched its item.
        """
        gone = undone([*changes])
        for change in changes:
            if change.number in gone or change.action == "undo" or not self._fits(change):
                self._touch(change)
            elif change.action in ("complete", "reopen"):
                self.complete = change.action == "complete"
            elif change.item:
                self._judge(change, change.item)
            elif change.actor and change.into:
                self._call(change, change.actor, change.into)

    def _fits(self, change: Change) -> bool:
        """Tell whether a change stays within the text; one from elsewhere, by an import, may not."""
        return all(end <= len(self._text) for f in (change.before, change.after) if f for _, end in f.places)

    def _touch(self, change: Change) -> None:
        names = {change.actor, change.into} - {None}
        for id, item in self.items.items():
            if id == change.item or names & {*item.value.actors, *item.value.relayed_by}:
                item.seen = change.number

    def _judge(self, change: Change, id: str) -> None:
        if change.action == "add" and change.after:
            self.items[id] = Standing(None, change.after)
        # What no run finds any more stays as it was when it was judged.
        elif id not in self.items and change.before:
            self.items[id] = Standing(change.before, change.before)
        if not (item := self.items.get(id)):
            return
        item.seen = change.number
        # What was judged is what was seen then, even where a later run gives the same item in other words.
        if item.verdict == "open" and item.base and change.before:
            item.base = item.value = change.before
        if change.action == "edit" and change.after:
            back = item.base and item.base.tidied() == change.after.tidied()
            item.value = item.base if item.base and back else change.after
        self._know(item.value)
        if change.action == "reject":
            item.verdict = "rejected"
        else:
            item.verdict = "accepted" if item.value == item.base else "corrected"

    def _call(self, change: Change, actor: str, into: str) -> None:
        if actor not in self.actors:
            return
        if change.action == "split":
            self._split(change, actor, into)
            return
        old = self.actors.pop(actor)
        # The new name itself is a mention only where the text has it.
        mentions = [*([into] if into in self._text else []), *old.mentions]
        self._unite(into, old.model_copy(update={"mentions": mentions}))
        for item in self.items.values():
            self._rename(item, {actor: into}, change.number)

    def _split(self, change: Change, actor: str, into: str) -> None:
        old = self.actors[actor]
        off = [m for m in old.mentions if m in change.mentions]
        stay = [m for m in old.mentions if m not in off]
        self.actors[actor] = old.model_copy(update={"mentions": stay})
        self._unite(into, Actor(name=into, mentions=off))
        for item in self.items.values():
            if self._says(item.value, off) > self._says(item.value, stay):
                self._rename(item, {actor: into}, change.number)

    def _says(self, fields: Fields, mentions: Iterable[str]) -> int:
        """Return how long a mention stands where an item says who it is of: in the cue, else in the evidence."""
        places = [fields.cue] if fields.cue else fields.evidence
        words = [self._text[start:end] for start, end in places]
        return max((len(m) for m in mentions if any(m in w for w in words)), default=0)

    def _rename(self, item: Standing, names: Mapping[str, str], number: int) -> None:
        value = _renamed(item.value, names)
        if value != item.value:
            item.seen = number
        item.value = value
        item.base = item.base and _renamed(item.base, names)

    def _know(self, fields: Fields) -> None:
        for name in (*fields.actors, *fields.relayed_by):
            if name not in self.actors:
                self._unite(name, Actor(name=name, mentions=[name] if name in self._text else []))

    def _unite(self, name: str, other: Actor) -> None:
        known = self.actors.get(name)
        mentions = [*(known.mentions if known else []), *other.mentions]
        kind = (known and known.kind) or other.kind
        self.actors[name] = Actor(name=name, kind=kind, mentions=list(dict.fromkeys(mentions)))


def _renamed(fields: Fields, names: Mapping[str, str]) -> Fields:
    actors = list(dict.fromkeys(names.get(name, name) for name in fields.actors))
    relays = list(dict.fromkeys(names.get(name, name) for name in fields.relayed_by))
    if actors == fields.actors and relays == fields.relayed_by:
        return fields
    return fields.model_copy(update={"actors": actors, "relayed_by": relays})
