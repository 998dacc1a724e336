"""A review's server as its user starts it, over records made by hand."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from onrecord.records import Actor, Agreement, Article, Claim, Provenance, Record, Stance
from onrecord.store import Store
from tests.samples import at

TEXT = (
    "Le port restera ouvert\n\n"
    "« Nous ne fermerons pas le port 🚢 », a promis la maire, Anne Le Goff, mardi à Brest. "
    "Selon le préfet, les travaux coûteront 12 millions d’euros. "
    "Mme Le Goff soutient le projet de digue 👩‍🔧, que les pêcheurs refusent.\n\n"
    "La ville et le syndicat des pêcheurs ont convenu de se revoir en mars. "
    "« Rien n’est réglé », prévient Yann Kerbrat, leur président.\n"
)
PORT, COST, DONE = "Nous ne fermerons pas le port 🚢", "les travaux coûteront 12 millions d’euros", "Rien n’est réglé"
HOSTILE = (
    "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">\n"
    "</script><b>« Tout va bien », dit </b>{{ 7 * 7 }} le maire. <!-- --> <style>body{display:none}</style>\n"
)


def _provenance(prompt: str, created: str) -> Provenance:
    return Provenance(
        model="openai/m", prompt=prompt, prompt_digest=prompt, schema_digest="s", created=created, calls=1, cached_calls=0
    )


def port(prompt: str = "interview.v1", *, other: bool = False) -> Record:
    """Make the record of the article on the port; with `other`, as another run read it."""
    mayor = "Anne Le Goff"
    claims = [
        Claim(speaker=mayor, statement=PORT, mode="direct", cue=at(TEXT, "a promis la maire"), evidence=[at(TEXT, PORT)]),
        Claim(speaker="le préfet", statement=COST, mode="indirect", evidence=[at(TEXT, COST)]),
        Claim(speaker="les pêcheurs" if other else "Yann Kerbrat", statement=DONE, mode="direct",
              evidence=[at(TEXT, DONE)]),
    ]  # fmt: skip
    digue = at(TEXT, "Mme Le Goff soutient le projet de digue 👩‍🔧")
    refused = at(TEXT, "le projet de digue 👩‍🔧, que les pêcheurs refusent")
    parties = ["la ville", "le syndicat des pêcheurs"]
    return Record(
        article=Article(text=TEXT, lang="fr", title="Le port restera ouvert", path="port.txt"),
        actors=[Actor(name=mayor, kind="person", mentions=[mayor, "la maire", "Mme Le Goff"]),
                Actor(name="les pêcheurs", kind="group", mentions=["les pêcheurs"])],
        claims=claims[: 2 if other else 3] + (claims[2:] if other else []),
        stances=[
            Stance(holder=mayor, target="la digue", polarity="support", evidence=[digue]),
            *([] if other else [Stance(holder="les pêcheurs", target="la digue", polarity="oppose", evidence=[refused])]),
        ],
        agreements=[
            Agreement(parties=parties, subject="se revoir en mars", status="agreed",
                      evidence=[at(TEXT, "La ville et le syndicat des pêcheurs ont convenu de se revoir en mars")])
        ],
        ungrounded=[],
        provenance=_provenance(prompt, "2026-01-02T00:00:00Z" if other else "2026-01-01T00:00:00Z"),
    )  # fmt: skip


def hostile() -> Record:
    """Make the record of an article that is full of markup, as are the items."""
    words = "<img src=x onerror=\"document.title='taken'\">"
    return Record(
        article=Article(text=HOSTILE, lang="fr", title="<script>document.title='taken'</script>", path="z-<b>hostile</b>.txt"),
        actors=[Actor(name=words, mentions=[words, "le maire"])],
        claims=[Claim(speaker=words, relayed_by=["</script><script>document.title='taken'</script>"], statement=words,
                      mode="direct", evidence=[at(HOSTILE, "Tout va bien"), at(HOSTILE, "<b>« Tout")])],
        stances=[], agreements=[], ungrounded=[],
        provenance=_provenance("<b>v1</b>", "2026-01-01T00:00:00Z"),
    )  # fmt: skip


def keep(cache: Path, records: Iterable[Record]) -> None:
    """Fill a store."""
    store = Store(cache)
    for record in records:
        store.keep_record(record)
    store.close()


class Review:
    """`onrecord review` in a process of its own; `url` is the address that it printed."""

    def __init__(self, cache: Path, who: str = "ana") -> None:
        self.cache = cache
        command = [sys.executable, "-m", "onrecord", "review", "--no-browser", "--cache", str(cache), "--who", who]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ}
        )
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()
        assert self.url.startswith("http://127.0.0.1:"), "the server did not start"
        self.base = self.url.partition("/?")[0]

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)
        if self._process.stdout:
            self._process.stdout.close()
