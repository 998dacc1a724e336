import pytest

from onrecord.cues import load
from onrecord.drafts import Draft, Layout
from onrecord.grounding import spans
from onrecord.joining import joined
from onrecord.records import Article, Claim
from onrecord.sentences import split
from onrecord.together import together
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
        (
            "“The cow died at 2:17 p.m., according to the vet’s letter,” Ann Lee said.",
            ["Ann Lee", "the vet’s letter"],
            "The cow died at 2:17 p.m",
        ),
        (
            "Ann Lee says as the boat left, Bob Ray said, “Nobody will pay me.”",
            ["Ann Lee", "Bob Ray"],
            "Nobody will pay me",
        ),
        (
            "The Harbour Post cited a “senior clerk” as telling callers that “the port may never open again”.",
            ["The Harbour Post", "a “senior clerk”"],
            "the port may never open again",
        ),
        ("Prices fell again, according to UK port reports.", ["UK port reports"], "Prices fell again"),
        ("Prices fell again, said Acme spokesman Bob Ray.", ["Acme spokesman Bob Ray"], "Prices fell again"),
        (
            "A clerk, who had lost her keys, told Reuters she would stay.",
            ["A clerk"],
            "she would stay",
        ),
        (
            "A police officer testifying in the case of a man accused of stealing cows says the barn was open.",
            ["A police officer"],
            "the barn was open",
        ),
        ("The study found the water was safe.", ["The study"], "the water was safe"),
        (
            "Two clerks had been called “a risk” and were fired, the Harbour Post reported.",
            ["the Harbour Post"],
            "Two clerks had been called “a risk” and were fired",
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
        "Ann Lee found the boat he had lost.",
        "A flaw was also revealed where the boats came in.",
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


def test_they_are_those_who_spoke_together() -> None:
    for several in ("Nurses", "Ann Lee and guide Bob Ray"):
        text = f"{several} said that she would live. They said that it was a miracle."
        layout = Layout.of(Article(text=text, lang="en"))
        draft = Draft(layout.roster())
        draft.roster.apart(several)
        draft.claims.append(
            Claim(
                speaker=several,
                statement="",
                mode="indirect",
                evidence=spans(text, (len(several) + 11, len(several) + 25)),
            )
        )
        assert together(layout, draft, 1, (text.index("They"), text.index("They") + 9)) == several


def test_what_shows_something_within_a_quotation_says_nothing() -> None:
    assert said("“It shows that people care,” Ann Lee said.") == [(["Ann Lee"], ["It shows that people care"])]
    assert said("“A plan would let us estimate the cost,” Bob Ray said.") == [
        (["Bob Ray"], ["A plan would let us estimate the cost"])
    ]
