"""Records for the review's pages: an article with characters outside the basic plane, and one full of markup."""

from onrecord.records import Actor, Agreement, Article, Claim, Provenance, Record, Stance
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
REFUSED = "le projet de digue 👩‍🔧, que les pêcheurs refusent"
HOSTILE = (
    "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">\n"
    "</script><b>« Tout va bien », dit </b>{{ 7 * 7 }} le maire. <!-- --> <style>body{display:none}</style>\n"
)


def _provenance(prompt: str, created: str) -> Provenance:
    return Provenance(
        model="openai/m",
        prompt=prompt,
        prompt_digest=prompt,
        schema_digest="s",
        created=created,
        calls=1,
        cached_calls=0,
    )


def port(prompt: str = "interview.v1", *, other: bool = False) -> Record:
    """Make the record of the article on the port; with `other`, as another run read it."""
    mayor = "Anne Le Goff"
    claims = [
        Claim(speaker=mayor, statement=PORT, mode="direct", cue=at(TEXT, "a promis la maire"),
              evidence=[at(TEXT, PORT)]),
        Claim(speaker="le préfet", statement=COST, mode="indirect", evidence=[at(TEXT, COST)]),
        Claim(speaker="les pêcheurs" if other else "Yann Kerbrat", statement=DONE, mode="direct",
              evidence=[at(TEXT, DONE)]),
    ]  # fmt: skip
    refusing = Stance(holder="les pêcheurs", target="la digue", polarity="oppose", evidence=[at(TEXT, REFUSED)])
    digue = at(TEXT, "Mme Le Goff soutient le projet de digue 👩‍🔧")
    parties = ["la ville", "le syndicat des pêcheurs"]
    return Record(
        article=Article(text=TEXT, lang="fr", title="Le port restera ouvert", path="port.txt"),
        actors=[Actor(name=mayor, kind="person", mentions=[mayor, "la maire", "Mme Le Goff"]),
                Actor(name="les pêcheurs", kind="group", mentions=["les pêcheurs"])],
        claims=claims,
        stances=[
            Stance(holder=mayor, target="la digue", polarity="support", evidence=[digue]),
            *([] if other else [refusing]),
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
        article=Article(text=HOSTILE, lang="fr", title="<script>document.title='taken'</script>",
                        path="z-<b>hostile</b>.txt"),
        actors=[Actor(name=words, mentions=[words, "le maire"])],
        claims=[Claim(speaker=words, relayed_by=["</script><script>document.title='taken'</script>"], statement=words,
                      mode="direct", evidence=[at(HOSTILE, "Tout va bien"), at(HOSTILE, "<b>« Tout")])],
        stances=[], agreements=[], ungrounded=[],
        provenance=_provenance("<b>v1</b>", "2026-01-01T00:00:00Z"),
    )  # fmt: skip
