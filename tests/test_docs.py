"""What the README says is there."""

import re

from onrecord import prompts
from onrecord.cues import Cues
from onrecord.models import EMBEDDED
from onrecord.records import Agreement, Article, Claim, Record, Span, Stance
from onrecord.settings import Settings
from tests.conftest import ROOT, Run

README = (ROOT / "README.md").read_text("utf-8")


def test_every_command_and_option_in_the_readme_exists(onrecord: Run) -> None:
    code = re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", README, re.DOTALL)
    lines = [line for pair in code for line in "".join(pair).splitlines()]
    told = [m for line in lines if (m := re.search(r"onrecord ((?:cache |review (?=export))?[a-z]+)([^#|]*)", line))]
    assert {"extract", "show", "prompts", "models", "schema", "cache export"} <= {m[1] for m in told}
    for name in {m[1] for m in told}:
        shown = onrecord(*name.split(), "--help")
        assert shown.returncode == 0, name
        options = {option for m in told if m[1] == name for option in re.findall(r"--[a-z-]+", m[2])}
        assert options <= set(re.findall(r"--[a-z-]+", shown.stdout)), name


def test_every_prompt_setting_and_field_is_told() -> None:
    for name in prompts.names():
        assert f"`{name}`" in README
    for key in Settings.model_fields:
        assert f"`{key}`" in README or f"`ONRECORD_{key.upper()}`" in README, key
    for field in Record.model_fields:
        assert f"| `{field}` |" in README, field
    for model in (Claim, Stance, Agreement):
        for field in model.model_fields:
            assert f"`{field}`" in README, field
    for field in {*Article.model_fields} - {"text"}:
        assert f"`{field}`" in README, field
    for field in Span.model_fields:
        assert f"`{field}`" in README or f'"{field}"' in README, field
    assert EMBEDDED.partition("/")[2].partition("-")[0] in README.lower()


def test_every_field_of_a_file_of_cues_is_told() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [field for field in Cues.model_fields if f"`{field}`" not in told] == []
