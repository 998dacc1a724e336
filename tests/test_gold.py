"""The cases that come along, and what is said of a case that is wrong."""

from pathlib import Path

import pytest

from onrecord import bundle, gold
from onrecord.errors import UsageError
from onrecord.gold import Anchor, GoldError, load, place, placed, read
from tests.conftest import SEED

GOLD = bundle.folder("evals") / "gold"
CASE = """lang: fr
split: dev
text: |-
  Le maire a dit oui. « C’est non », a dit la préfète.
  Le maire a dit oui.
actors:
  - {name: le maire, kind: person, aliases: [Le maire]}
claims:
  - speaker: le maire
    cue: {quote: Le maire a dit, nth: 1}
    evidence: [{quote: oui, nth: 2}]
"""


def test_every_case_is_sound_and_its_quotes_stand_where_they_say() -> None:
    cases = load(GOLD)
    for case in cases.values():
        for item in (*case.claims, *case.stances, *case.agreements):
            for span in placed(case.text, item.evidence):
                assert case.text[span.start : span.end] == span.quote
    assert cases["fr-appel-deux-presidents"].text == SEED.read_text("utf-8")


def test_a_quote_that_stands_twice_is_told_apart() -> None:
    text = "oui, oui"
    assert place(text, Anchor(quote="oui", nth=2)).start == 5
    with pytest.raises(ValueError, match=r"stands 2 times .* nth: 1"):
        place(text, "oui")
    with pytest.raises(ValueError, match="stands only 2 times"):
        place(text, Anchor(quote="oui", nth=3))
    with pytest.raises(ValueError, match="«non» is not in the text"):
        place(text, "non")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("split: dev", "split: train", r"case.yaml:2: split: Input should be 'dev' or 'test'"),
        ("nth: 2", "nth: 7", r"case.yaml:11: claims.0.evidence.0: «oui» stands only 2 times"),
        ("quote: Le maire a dit,", "quote: Le maire dit,", r"case.yaml:10: claims.0.cue.0: «Le maire dit» is not in"),
        ("speaker: le maire", "speaker: le préfet", r"case.yaml:9: claims.0: «le préfet» is not among the actors"),
        ("[Le maire]", "[Le mair, Le]", r"case.yaml:7: actors.0.kind"),
        ("[Le maire]", "[l’édile]", r"case.yaml:7: actors.0.aliases.0: «l’édile» is not in the text"),
        ("speaker:", "speeker:", r"case.yaml:9: claims.0.speaker: Field required"),
        ("text: |-", "text: [", r"case.yaml: not YAML"),
    ],
)
def test_a_wrong_case_is_told_with_file_line_and_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in CASE
    changed = CASE.replace(old, new)
    if "kind" in said:
        changed = changed.replace("kind: person", "kind: mayor")
    (tmp_path / "case.yaml").write_text(changed, "utf-8")
    with pytest.raises(GoldError, match=said):
        load(tmp_path)


def test_a_pass_takes_its_article_from_the_case(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    case = read(tmp_path / "case.yaml")
    labels = CASE[CASE.index("actors:") :]
    for which in ("first", "second"):
        (tmp_path / which).mkdir()
        (tmp_path / which / "case.yaml").write_text(labels, "utf-8")
    found = gold.passes(tmp_path, {"case": case, "other": case})
    assert found == {"case": (case, case)}


def test_a_folder_without_cases(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder of cases at"):
        load(tmp_path / "gone")
    with pytest.raises(UsageError, match="CODEBOOK"):
        load(tmp_path)
