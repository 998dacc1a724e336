"""Takes a person's verdicts: checks each against what was said in the meantime, and writes it down at once."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from onrecord.records import Record, now
from onrecord.review.changes import ON_ACTORS, Action, Change, Fields, touched, undone
from onrecord.review.reviewed import Reviewed, ReviewItem, review
from onrecord.store import Store


class Wish(BaseModel):
    """A change that a page asks for; `seen` is the last change that its reader knew of, for an item its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    action: Action
    seen: int
    session: str
    item: str | None = None
    fields: Fields | None = None
    actor: str | None = None
    into: str | None = None
    mentions: list[str] = []


class Conflict(Exception):  # noqa: N818 — it is no fault, but news
    """Somebody changed the same thing in the meantime: `change` tells who, and what."""

    def __init__(self, change: Change) -> None:
        super().__init__(f"{change.who} was there first: {change.action}")
        self.change = change


def judge(store: Store, records: Sequence[Record], wish: Wish, who: str) -> Reviewed:
    """Write a change down and return the article as it then stands.

    Raises Conflict where a later change touched the same thing, ValueError where the wish makes no sense.
    """
    article = records[0].article
    number = 0
    while True:
        changes = store.changes(article.id)
        number = max(number, changes[-1].number if changes else 0) + 1
        change = _change(records, changes, wish, who, number)
        # Another process may have taken the number since: then its change is looked at too.
        if store.append(change):
            return review(records, [*changes, change])


def _change(records: Sequence[Record], changes: Sequence[Change], wish: Wish, who: str, number: int) -> Change:
    article_id = records[0].article.id
    made = Change(article_id=article_id, number=number, action=wish.action, who=who, when=now(), session=wish.session)
    if wish.action == "undo":
        return made.model_copy(update=_undoing(changes, wish.session))
    reviewed = review(records, changes)
    if wish.action in ON_ACTORS:
        about: dict[str, object] = {"actor": wish.actor, "into": (wish.into or "").strip(), "mentions": wish.mentions}
        _check_actors(reviewed, wish)
    elif wish.action in ("complete", "reopen"):
        about = {}
    elif wish.action == "add":
        return made.model_copy(update={"item": f"added-{number}", "after": _checked(reviewed, wish)})
    else:
        item = _item(reviewed, wish)
        if item.seen > wish.seen:
            raise Conflict(next(c for c in changes if c.number == item.seen))
        after = _checked(reviewed, wish) if wish.action == "edit" else None
        return made.model_copy(update={"item": item.id, "before": item.fields, "after": after})
    made = made.model_copy(update=about)
    for change in reversed(changes):
        if change.number > wish.seen and touched(change) & touched(made):
            raise Conflict(change)
    return made


def _item(reviewed: Reviewed, wish: Wish) -> ReviewItem:
    for item in reviewed.items:
        if item.id == wish.item:
            return item
    raise ValueError(f"there is no item {wish.item}")


def _undoing(changes: Sequence[Change], session: str) -> dict[str, object]:
    """Return what to write down to take back the last change of a session that still stands."""
    gone = undone([*changes])
    standing = [c for c in changes if c.action != "undo" and c.number not in gone]
    for change in reversed(standing):
        if change.session == session:
            break
    else:
        raise ValueError("there is nothing to undo")
    for later in reversed(standing):
        if later.number > change.number and touched(later) & touched(change):
            raise Conflict(later)
    return {"item": change.item, "actor": change.actor, "into": change.into, "undoes": change.number}


def _checked(reviewed: Reviewed, wish: Wish) -> Fields:
    """Return the fields of a wish, tidied; raise ValueError where they do not fit the text."""
    if wish.fields is None:
        raise ValueError(f"{wish.action} needs the fields")
    fields, text = wish.fields, reviewed.article.text
    for start, end in fields.places:
        if end > len(text) or not text[start:end].strip():
            raise ValueError(f"there are no words at {start}..{end} of the text")
    tidied = fields.tidied()
    if not tidied.actors:
        raise ValueError("somebody must be named")
    if not tidied.statement:
        raise ValueError("it must be told what is said")
    return tidied


def _check_actors(reviewed: Reviewed, wish: Wish) -> None:
    actors = {actor.name: actor for actor in reviewed.actors}
    into = (wish.into or "").strip()
    if wish.actor not in actors:
        raise ValueError(f"there is no actor «{wish.actor}»")
    if not into or into == wish.actor:
        raise ValueError("another name is needed")
    if wish.action == "merge" and into not in actors:
        raise ValueError(f"there is no actor «{into}»")
    if wish.action != "merge" and into in actors:
        raise ValueError(f"«{into}» is an actor already")
    if wish.action == "split":
        mentions = actors[wish.actor].mentions
        if not wish.mentions or not set(wish.mentions) < set(mentions):
            raise ValueError(f"some of the mentions of «{wish.actor}» must be named, and not all")
