"""From a model's name to a model that can be asked; nothing is loaded or connected before the first question."""

from pathlib import Path

from onrecord import embedded
from onrecord.errors import UsageError
from onrecord.llm import Endpoint, Model, providers

EMBEDDED = f"embedded/{embedded.NAME}"


def open_model(
    name: str | None,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = 120.0,
    offline: bool = False,
) -> Model:
    """Return the model of that name; the embedded one where no name is given.

    `embedded//path/to/any.gguf` takes other weights; `base_url` any OpenAI-compatible server, where the name may
    go without a provider. `offline` gives a model whose replies come from a store alone.
    """
    if base_url:
        if not name:
            raise UsageError("--base-url needs --model: the name that the server knows the model by")
        return Model(
            name if "/" in name else f"openai/{name}",
            base_url=base_url,
            api_key=api_key,
            timeout=timeout,
            offline=offline,
        )
    name = name or EMBEDDED
    provider, _, rest = name.partition("/")
    if not rest:
        raise UsageError(
            f"the model «{name}» is not in the form provider/name, such as openai/gpt-5-mini or {EMBEDDED}"
        )
    if provider != "embedded":
        return Model(name, api_key=api_key, timeout=timeout, offline=offline)
    if rest != embedded.NAME and not rest.endswith(".gguf"):
        raise UsageError(f"unknown embedded model «{name}»; known: {EMBEDDED}, embedded//path/to/any.gguf")
    weights = embedded.Weights.official() if rest == embedded.NAME else embedded.Weights.at(Path(rest))
    server: list[embedded.Server] = []

    def connect() -> Endpoint:
        server.append(embedded.Server(weights))
        return Endpoint(server[0].base_url, server[0].api_key)

    return Model(name, connect=connect, identity=weights.sha256, timeout=max(timeout, 600.0), offline=offline)


def default_prompt(name: str | None, base_url: str | None) -> str:
    """Return the prompt that suits a model: short questions for the embedded one, one call for the others."""
    embedded_one = base_url is None and (name is None or name.startswith("embedded/"))
    return "interview.v1" if embedded_one else "document.v2"


def known() -> list[dict[str, str]]:
    """Return the models that can be asked, each with what it still needs here."""
    listed = [{"model": EMBEDDED, "state": embedded.state()}]
    listed.append({"model": "embedded//path/to/any.gguf", "state": "any other GGUF file"})
    return listed + [{"model": f"{provider}/…", "state": state} for provider, state in providers()]
