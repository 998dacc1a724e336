import re
import time

import pytest

from onrecord.sentences import split
from tests.conftest import SEED


def words(text: str, lang: str | None = "fr") -> list[str]:
    return [" ".join(s.text.split()) for s in split(text, lang)]


TEXTS = [
    SEED.read_text("utf-8"),
    "",
    " \n\t\r\n ",
    "Ένα. Δύο! Привет, мир. Как дела? 今天天气很好。我们去公园吧。 😀 Oui. 👩‍👩‍👧 Non ?",
    "Un\u00a0mot\u202f! «\u00a0Deux\u00a0?\u00a0», dit-il. “Three.” he said.\r\nQuatre.\r\rCinq\u2028six.\u2029Sept.",
    "x" * 20_000 + ". " + "Une phrase. " * 2_000,
    "e\u0301te\u0301. Noe\u0308l est la\u0300.",
    "…",
    "«»",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("lang", ["fr", "en", "ru", "zh", "xx", None])
def test_sentences_cover_the_text_in_order_to_the_character(text: str, lang: str | None) -> None:
    at = 0
    for sentence in split(text, lang):
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert text[at : sentence.start].strip() == ""
        assert sentence.text
        at = sentence.end
    assert text[at:].strip() == ""


def test_the_seed_has_25_sentences_with_its_headings_apart() -> None:
    found = split(SEED.read_text("utf-8"), "fr")
    assert len(found) == 25
    assert [s.text for s in found if s.heading] == [
        "Initiative américaine",
        "Groupes de travail sur les règlements",
        "perspectives de coopération russo-américaine",
        "Conversation amicale",
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "« Vous partez ? », a-t-il demandé."),
        ("fr", "«\u00a0Jamais\u202f!\u00a0» a-t-elle répondu."),
        ("fr", "« C’est fini. », a lancé le maire de Lyon."),
        ("fr", "M. Dupont et Mme Durand ont vu le Dr. Martin à 13h30."),
        ("fr", "Le taux, 3.5 %, baisse de 0.2 point, etc. selon lui."),
        ("fr", "J. K. Rowling a écrit, p. ex. en 1997, un roman."),
        ("en", "“Are you leaving?” she asked."),
        ("en", '"Never!" he told reporters in the U.S. Senate.'),
        ("en", "Mr. Smith met Dr. Jones at 10 a.m. on Friday."),
        ("de", "Am 3. Oktober sagte er, z. B. in Berlin, dass es regnet."),
        ("fr", "Il hésite… puis il part."),
        ("fr", "MM. Dupont et Mlle. Durand, cf. p. 12, ont signé le n° 5."),
        ("fr", "1. Le président signe."),
        ("es", "«¿Vas?», dijo el Sr. López."),
        ("it", "«Va bene?», ha chiesto."),
        ("ru", "«Вы готовы?» — спросил А. С. Пушкин, т. е. автор."),
    ],
)
def test_one_sentence_stays_one(lang: str, text: str) -> None:
    assert len(split(text, lang)) == 1, [s.text for s in split(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("fr", "Il part. Elle reste. Pourquoi ? Personne ne sait !", 4),
        ("fr", "« Il part », a-t-il dit. « Elle reste », a-t-elle dit.", 2),
        ("en", "He left. She stayed.", 2),
        ("ru", "Он ушёл. Она осталась.", 2),
        ("zh", "今天天气很好。我们去公园吧。", 2),
        ("en", "He works for Sky. It pays well. He lives in the U.S. They do not.", 4),
        ("fr", "Un pont a cédé à l’Est. Marie Lenoir l’a dit.", 2),
        ("fr", "Il a dit : « Je pars. » Puis il est parti.", 2),
        ("fr", "« Il part. Elle reste, dit Anne. Tant pis. » Lui aussi est parti.", 2),
        ("en", "“We agree.” The minister left.", 2),
    ],
)
def test_several_sentences_are_told_apart(lang: str, text: str, count: int) -> None:
    assert len(split(text, lang)) == count


def test_wrapped_lines_are_joined_and_others_are_not() -> None:
    wrapped = (
        "Le président a déclaré lundi que la réforme serait présentée au\n"
        "parlement avant la fin de l’année. Les syndicats ont répondu que\n"
        "la grève continuerait.\n\nTitre court\nUne autre phrase, qui suit le titre."
    )
    assert words(wrapped) == [
        "Le président a déclaré lundi que la réforme serait présentée au parlement avant la fin de l’année.",
        "Les syndicats ont répondu que la grève continuerait.",
        "Titre court",
        "Une autre phrase, qui suit le titre.",
    ]
    assert words(wrapped.replace("\n", "\r\n")) == words(wrapped)


def test_wrapped_text_without_blank_lines_keeps_its_paragraphs_and_titles() -> None:
    text = (
        "Une réforme contestée\n"
        "Le président a déclaré lundi que la réforme serait présentée au\n"
        "parlement. M.\nDupont a ri.\n"
        "Les syndicats ont répondu que la grève continuerait malgré tout,\n"
        "jusqu’au retrait."
    )
    found = split(text, "fr")
    assert [s.text for s in found if s.heading] == ["Une réforme contestée"]
    assert "Les syndicats ont répondu que la grève continuerait malgré tout, jusqu’au retrait." in words(text)
    assert "Le président a déclaré lundi que la réforme serait présentée au parlement." in words(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["Le gouvernement présente une réforme que tous les partis critiquent", "Une phrase longue. " * 20],
        ["Le gouvernement présente une réforme que les partis critiquent.", "Les syndicats annoncent une grève."],
        ["- premier point de la liste, qui est assez long pour la largeur", "- second point de la liste"],
        ["Un titre de quelques mots", "un sous-titre sans majuscule"],
    ],
)
def test_lines_that_are_not_broken_for_width_stay_apart(lines: list[str]) -> None:
    starts = {s.start for s in split("\n".join(lines), "fr")}
    assert {0, len(lines[0]) + 1} <= starts


def test_markdown_headings_and_lists() -> None:
    text = "# Un titre.\n\n- premier point\n* le président signe\n2. un autre\n\nUne phrase."
    found = split(text, "fr")
    assert [s.text for s in found] == [line for line in text.split("\n") if line]
    assert [s.text for s in found if s.heading] == ["# Un titre."]


def test_a_long_run_of_abbreviations_takes_no_time() -> None:
    began = time.monotonic()
    split("a. " * 30_000 + "M. " * 30_000, "fr")
    assert time.monotonic() - began < 10


def test_no_sentence_crosses_a_blank_line() -> None:
    for text in TEXTS:
        assert not any(re.search(r"\n\s*\n", s.text) for s in split(text, "fr"))


@pytest.mark.parametrize("end", ["in May.", "for Acme Inc.", "in the U.S.", "at 8 p.m."])
def test_a_quotation_after_a_short_form_that_ends_a_sentence_begins_another(end: str) -> None:
    for said in ('"It was safe," she said.', "“It was safe,” she said."):
        assert words(f"Ann Lee met him {end} {said}", "en") == [f"Ann Lee met him {end}", said]
    assert words("“He left at 8 p.m. “Late” was the word,” she said.", "en")[0].startswith("“He left at 8 p.m. “Late”")


def test_a_german_ordinal_ends_no_sentence() -> None:
    text = "Am 3. Oktober trafen sie sich zum 21. Gipfel. Es waren 12. Das reichte."
    assert [s.text for s in split(text, "de")] == [
        "Am 3. Oktober trafen sie sich zum 21. Gipfel.",
        "Es waren 12.",
        "Das reichte.",
    ]
