"""What calls cost, where the price is known: the only module that knows genai-prices."""


def cost(model: str, prompt_tokens: int, completion_tokens: int) -> float | None:
    """Return the price of a call in US dollars, or None where it is not known.

    `model` is provider/name. The prices are those bundled with genai-prices; nothing is fetched.
    """
    provider, _, name = model.partition("/")
    if provider == "embedded" or not name:
        return None
    import genai_prices

    usage = genai_prices.Usage(input_tokens=prompt_tokens, output_tokens=completion_tokens)
    try:
        return float(genai_prices.calc_price(usage, name, provider_id=provider).total_price)
    except LookupError:
        return None
