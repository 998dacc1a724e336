"""One Instructor call with free quotes, as a first try would be: reads a job from stdin, writes items to stdout."""

import json
import sys
import time
from typing import Literal

import instructor
import openai
from pydantic import BaseModel


class Claim(BaseModel):
    """A statement that the article attributes to somebody."""

    speaker: str
    quote: str


class Stance(BaseModel):
    """Somebody is for or against something."""

    holder: str
    polarity: Literal["support", "oppose", "mixed"]
    quote: str


class Agreement(BaseModel):
    """Parties agree, sign, offer, refuse or leave."""

    parties: list[str]
    status: Literal["proposed", "agreed", "signed", "in_force", "rejected", "ended"]
    quote: str


class Found(BaseModel):
    """All that an article reports."""

    claims: list[Claim]
    stances: list[Stance]
    agreements: list[Agreement]


def main() -> None:
    """Ask once, and write the items whose quotes stand in the article."""
    job = json.load(sys.stdin)
    started = time.monotonic()
    client = instructor.from_openai(
        openai.OpenAI(base_url=job["base_url"], api_key=job["api_key"], timeout=job["seconds"]),
        mode=instructor.Mode.JSON_SCHEMA,
    )
    found = client.chat.completions.create(
        model=job["model"],
        response_model=Found,
        max_retries=0,
        max_tokens=3000,
        temperature=0.0,
        messages=[
            {
                "role": "user",
                "content": "Extract from this article who claims what, who is for or against what, and who agreed with "
                "whom on what. Quote the article exactly. Give full names.\n\n" + job["text"],
            }
        ],
    )
    items, unplaced = [], 0
    for kind, actors, polarity, status, quote in [
        *(("claim", [c.speaker], None, None, c.quote) for c in found.claims),
        *(("stance", [s.holder], s.polarity, None, s.quote) for s in found.stances),
        *(("agreement", a.parties, None, a.status, a.quote) for a in found.agreements),
    ]:
        at = job["text"].find(quote) if quote else -1
        if at < 0:
            unplaced += 1
            continue
        items.append(
            {"kind": kind, "actors": actors, "polarity": polarity, "status": status, "spans": [[at, at + len(quote)]]}
        )
    json.dump({"items": items, "unplaced": unplaced, "seconds": time.monotonic() - started}, sys.stdout)


if __name__ == "__main__":
    main()
