import pytest

from onrecord.cues import load
from onrecord.drafts import Layout
from onrecord.joining import joined
from onrecord.records import Article
from onrecord.sentences import split
from tests.test_attribution import all_taken_apart


def said(text: str) -> list[tuple[list[str | None], list[str]]]:
    return [([name for _, name in cues], content) for cues, content in all_taken_apart(text, "en")]


@pytest.mark.parametrize(
    ("text", "chain", "content"),
    [
        ("Ann Lee was told by the vets that her cow would live.", ["the vets"], "her cow would live"),
        (
            "Ann Lee said she had been warned by a clerk at the town hall that the bridge was shut.",
            ["Ann Lee", "a clerk at the town hall"],
            "the bridge was shut",
        ),
        ("Bob Ray was accused by the union of hiding the bill.", ["the union"], "hiding the bill"),
        ("The clubs were urged by the league to play on.", ["the league"], "play on"),
        ("She left on the advice of the guides who told her the pass was shut.", ["the guides"], "the pass was shut"),
        (
            "The port will close in May, the Harbour Post reported, citing two officials at the ministry.",
            ["the Harbour Post", "two officials at the ministry"],
            "The port will close in May",
        ),
        ("The port will close in May, Ann Lee said, citing two officials.", ["Ann Lee"], "The port will close in May"),
        (
            "The port will close, the Harbour Post said, citing safety reasons.",
            ["the Harbour Post"],
            "The port will close",
        ),
    ],
)
def test_whose_words_others_pass_on(text: str, chain: list[str], content: str) -> None:
    assert said(text) == [(chain, [content])]


def test_nobody_told_what_no_agent_says() -> None:
    assert said("Ann Lee was told that the bridge was shut.") == []
    assert said("Ann Lee was told by him that the bridge was shut.") == []


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Ann Lee confirmed he paid cash.", "Ann Lee", "he paid cash"),
        ("Bob Ray claimed his sister received three letters.", "Bob Ray", "his sister received three letters"),
        ("One clerk told Channel 4 News he hoped to go to sea.", "One clerk", "he hoped to go to sea"),
        ("The other guides recalled the slope but said they saw no snow.", "The other guides", "they saw no snow"),
        (
            "Ann Lee, a dockers’ delegate, said Acme Corp., which owned the port in March, only rented the cranes.",
            "Ann Lee",
            "Acme Corp., which owned the port in March, only rented the cranes",
        ),
        (
            "Ann Lee, head of the water board, Aqua, compared the bill to “a bad joke about rain”.",
            "Ann Lee",
            "the bill to “a bad joke about rain”",
        ),
        (
            "Acme said on Monday that it likes the town and hopes that the port reopens.",
            "Acme",
            "it likes the town and hopes that the port reopens",
        ),
        ("Then Bob Ray said that the port would reopen.", "Bob Ray", "the port would reopen"),
    ],
)
def test_a_clause_with_and_without_a_word_for_that(text: str, speaker: str, content: str) -> None:
    assert said(text) == [([speaker], [content])]


@pytest.mark.parametrize(
    "text",
    [
        "A reporter asked why the port had closed.",
        "Bob Ray asked the board how the bill had grown.",
        "Ann Lee announced the plan agreed with the union.",
    ],
)
def test_a_question_in_indirect_speech_and_a_noun_state_nothing(text: str) -> None:
    assert said(text) == []


def test_a_quoted_question_is_one_sentence_with_who_asks_it() -> None:
    text = "“Who pays?” Ann Lee asked. “Never!” Bob Ray of Acme told Reuters. “Why?” Bob Ray said the port had closed."
    sentences = joined(text, split(text, "en"), load("en"))
    assert [s.text for s in sentences] == [
        "“Who pays?” Ann Lee asked.",
        "“Never!” Bob Ray of Acme told Reuters.",
        "“Why?”",
        "Bob Ray said the port had closed.",
    ]
    assert [s.text for s in Layout.of(Article(text=text, lang="en")).sentences] == [s.text for s in sentences]
