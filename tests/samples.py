"""Records made by hand, for tests."""

from onrecord.records import Agreement, Article, Claim, Provenance, Record, Span, Stance, Ungrounded

TEXT = (
    "Selon le conseiller, Ouchakov, « la crise est finie ».\n"
    "« Kiev doit signer », a-t-il ajouté. Les présidents ont convenu de se reparler."
)


def at(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


def record(
    text: str = TEXT,
    *,
    created: str = "2026-01-01T00:00:00Z",
    prompt: str = "interview.v1",
    cost: float | None = None,
    empty: bool = False,
) -> Record:
    def span(quote: str) -> Span:
        return at(text, quote)

    claims = stances = agreements = ()
    found = not empty and text == TEXT
    return Record(
        article=Article(text=text, lang="fr", path="a.txt"),
        actors=[],
        claims=[
            Claim(speaker="Ouchakov", statement="la crise est finie", mode="direct", cue=span("Selon le conseiller"),
                  evidence=[span("la crise est finie")]),
            Claim(speaker="Ouchakov", relayed_by=["TASS"], statement="Kiev doit signer", mode="direct",
                  evidence=[span("Kiev doit signer")]),
        ] if found else [*claims],
        stances=[
            Stance(holder="Ouchakov", target="signer", polarity="support", evidence=[span("Kiev doit signer")])
        ] if found else [*stances],
        agreements=[
            Agreement(parties=["Poutine", "Trump"], subject="se reparler", status="agreed",
                      evidence=[span("Les présidents ont convenu de se reparler")])
        ] if found else [*agreements],
        ungrounded=[Ungrounded(kind="claim", reason="the words stand nowhere", item={"speaker": "X"})] if found else [],
        provenance=Provenance(
            model="openai/m", prompt=prompt, prompt_digest=prompt, schema_digest="s", created=created, calls=3,
            cached_calls=1, prompt_tokens=100, completion_tokens=10, cost_usd=cost, seconds=1.5,
        ),
    )  # fmt: skip
