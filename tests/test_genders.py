"""Whether somebody is spoken of as a man or a woman, and whom words of a gender mean then."""

import pytest

from onrecord import first_names
from onrecord.drafts import Draft, Layout
from onrecord.first_names import Gender
from onrecord.genders import Genders
from onrecord.records import Article
from onrecord.salience import Salience


def layout(text: str, lang: str = "fr") -> Layout:
    return Layout.of(Article(text=text, lang=lang))


@pytest.mark.parametrize(
    ("name", "expected"),
    # «Jean» is a man in French and a woman in English.
    [("Marie", "feminine"), ("Pierre", "masculine"), ("Jean", None), ("Qwzx", None), ("", None)],
)
def test_first_names_tell_a_gender_where_it_is_plain(name: str, expected: Gender | None) -> None:
    assert first_names.gender(name) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        # A title is stronger than a first name.
        ("Mme Dominique Duval est venue.", "Dominique Duval", "feminine"),
        ("Marie Lenoir est venue.", "Marie Lenoir", "feminine"),
        ("Pierre Duval est venu.", "Pierre Duval", "masculine"),
        # The first of two first names.
        ("Marie Scott Duval est venue.", "Marie Scott Duval", "feminine"),
    ],
)
def test_titles_come_before_first_names(text: str, name: str, expected: Gender) -> None:
    found = layout(text)
    assert found.cues
    assert Genders(text, found.roster(), found.cues).of(name) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("feminine", "Marie Lenoir"), ("masculine", "Pierre Duval"), (None, "Pierre Duval")],
)
def test_the_most_salient_of_a_gender_comes_first(wanted: Gender | None, expected: str) -> None:
    text = "Pierre Duval a reçu Marie Lenoir. Le dossier avance."
    found = layout(text)
    assert found.cues
    draft = Draft(found.roster())
    ranked = Salience(found, draft, Genders(text, draft.roster, found.cues)).ranked(1, len(text), wanted)
    assert ranked[0] == expected


def test_whoever_is_named_in_what_is_said_does_not_say_it() -> None:
    text = "Pierre Duval est venu. Marie Lenoir part, a-t-il dit."
    found = layout(text)
    assert found.cues
    draft = Draft(found.roster())
    said = (text.index("Marie"), text.index(" part") + 5)
    ranked = Salience(found, draft, Genders(text, draft.roster, found.cues)).ranked(1, len(text), None, [said])
    assert ranked == ["Pierre Duval"]
