"""From an article under review to a record again."""

from collections.abc import Iterator

from onrecord.grounding import span
from onrecord.records import Agreement, Claim, Record, Span, Stance
from onrecord.review.reviewed import Reviewed, ReviewItem


def corrected(reviewed: Reviewed) -> Record:
    """Return the record with all that was said of it: the rejected left out, the corrected and the added in.

    What nobody has judged yet is in as the newest run has it; of older runs, only what was accepted.
    """
    text, newest = reviewed.article.text, reviewed.newest
    items: dict[str, Claim | Stance | Agreement] = {}
    for item in _kept(reviewed):
        made = _item(text, item)
        items.setdefault(made.id, made)
    named = {name for item in _kept(reviewed) for name in (*item.fields.actors, *item.fields.relayed_by)}
    made_by = newest.provenance
    return Record(
        article=reviewed.article,
        actors=[actor for actor in reviewed.actors if actor.name in named],
        claims=[i for i in items.values() if isinstance(i, Claim)],
        stances=[i for i in items.values() if isinstance(i, Stance)],
        agreements=[i for i in items.values() if isinstance(i, Agreement)],
        ungrounded=newest.ungrounded,
        provenance=made_by.model_copy(update={"prompt": f"{made_by.prompt}+review"}),
    )


def _kept(reviewed: Reviewed) -> Iterator[ReviewItem]:
    newest = reviewed.runs[0].key
    for item in reviewed.items:
        if item.status != "rejected" and (item.status != "open" or newest in item.runs):
            yield item


def _item(text: str, item: ReviewItem) -> Claim | Stance | Agreement:
    fields = item.fields
    # A person saw the judged ones in their place: no likeness is left to doubt.
    placed = {(s.start, s.end): s for s in item.spans if item.status == "open"}
    evidence: list[Span] = [placed.get(place) or span(text, *place) for place in fields.evidence]
    values = {"relayed_by": fields.relayed_by, "evidence": evidence}
    if fields.kind == "claim":
        cue = span(text, *fields.cue) if fields.cue else None
        said = {"speaker": fields.actors[0], "statement": fields.statement, "mode": fields.position, "cue": cue}
        return Claim.model_validate({**values, **said})
    if fields.kind == "stance":
        held = {"holder": fields.actors[0], "target": fields.statement, "polarity": fields.position}
        return Stance.model_validate({**values, **held})
    agreed = {"parties": fields.actors, "subject": fields.statement, "status": fields.position}
    return Agreement.model_validate({**values, **agreed})
