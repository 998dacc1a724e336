import unicodedata

import pytest

from onrecord.grounding import locate, span

TEXT = (
    "Selon Ushakov, Trump a reconnu que «\u00a0la crise ukrainienne a été la plus difficile\u00a0» pour lui, ajoutant "
    "qu’il était convaincu. “It’s over,” he said. Привет, мир! 今天天气很好。 😀👩‍👩‍👧 fin. "
    "La crise est là. La crise est là."
)


@pytest.mark.parametrize(
    "quote",
    [
        "la crise ukrainienne a été la plus difficile",
        "qu’il était convaincu",
        "It’s over",
        "Привет, мир",
        "今天天气很好",
        "👩‍👩‍👧 fin",
        "😀",
    ],
)
def test_the_very_characters_are_found_exactly(quote: str) -> None:
    (found,) = locate(TEXT, quote)
    assert (found.match, found.quote, found.score) == ("exact", quote, None)
    assert TEXT[found.start : found.end] == quote


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("qu'il était convaincu", "qu’il était convaincu"),
        ('"It\'s over," he said', "It’s over,” he said"),
        ("LA CRISE UKRAINIENNE", "la crise ukrainienne"),
        ("Trump a reconnu que la crise", "Trump a reconnu que «\u00a0la crise"),
        ("la  crise\nukrainienne", "la crise ukrainienne"),
        (unicodedata.normalize("NFD", "a été la plus"), "a été la plus"),
        ("était convaincu. It's over", "était convaincu. “It’s over"),
    ],
)
def test_marks_white_space_and_unicode_form_do_not_matter(quote: str, expected: str) -> None:
    (found,) = locate(TEXT, quote)
    assert (found.match, found.quote) == ("normalized", expected)
    assert TEXT[found.start : found.end] == found.quote


def test_a_decomposed_text_gives_whole_letters() -> None:
    text = unicodedata.normalize("NFD", "Il a été réélu à l’été.")
    (found,) = locate(text, "l'été")
    assert unicodedata.normalize("NFC", found.quote) == "l’été"
    assert text[found.start : found.end] == found.quote


def test_a_similar_passage_is_found_with_its_score() -> None:
    (found,) = locate(TEXT, "la crise ukrainienne a ete la plus dificile pour eux")
    assert found.match == "fuzzy"
    assert found.score
    assert 0.85 <= found.score < 1
    assert TEXT[found.start : found.end] == found.quote
    assert found.quote.startswith("la crise ukrainienne")


@pytest.mark.parametrize("quote", ["", "  «» ", "the crisis was the most difficult", "Macron a dit", "xyz", "…"])
def test_what_is_nowhere_is_not_placed(quote: str) -> None:
    assert locate(TEXT, quote) == []


@pytest.mark.parametrize("dots", ["…", "...", "[…]", "(...)", " [...] "])
def test_a_shortened_quote_gives_its_pieces(dots: str) -> None:
    found = locate(TEXT, f"la crise ukrainienne{dots}la plus difficile")
    assert [s.quote for s in found] == ["la crise ukrainienne", "la plus difficile"]
    assert found[0].end <= found[1].start


def test_of_two_places_the_first_at_or_after_is_taken() -> None:
    first, second = TEXT.index("La crise est là"), TEXT.rindex("La crise est là")
    assert locate(TEXT, "La crise est là")[0].start == first
    assert locate(TEXT, "La crise est là", first + 1)[0].start == second
    assert locate(TEXT, "La crise est là", second + 1)[0].start == first
    assert locate(TEXT, "la crise est la", first + 1)[0].start == second


def test_span() -> None:
    assert span("été", 0, 2).quote == "ét"
