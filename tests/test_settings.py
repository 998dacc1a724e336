from pathlib import Path

import pytest

from onrecord import settings
from onrecord.errors import UsageError


def test_nothing_set_means_the_embedded_model_and_the_users_cache(tmp_path: Path) -> None:
    found = settings.load()
    assert (found.model, found.base_url, found.workers) == (None, None, None)
    assert found.cache.parts[-2:] == ("onrecord", "store")
    assert found.cache.is_relative_to(tmp_path / "home")


def test_flags_come_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onrecord.toml").write_text('model = "a/file"\nprompt = "from.file"\nworkers = 3\n')
    monkeypatch.setenv("ONRECORD_PROMPT", "from.environment")
    monkeypatch.setenv("ONRECORD_MODEL", "a/environment")
    found = settings.load(model="a/flag", prompt=None)
    assert (found.model, found.prompt, found.workers) == ("a/flag", "from.environment", 3)


def test_the_users_own_file_and_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config/onrecord").mkdir(parents=True)
    (tmp_path / "config/onrecord/config.toml").write_text("timeout = 7\n")
    assert settings.load().timeout == 7
    (tmp_path / "named.toml").write_text("timeout = 9\n")
    monkeypatch.setenv("ONRECORD_CONFIG", "named.toml")
    assert settings.load().timeout == 9


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("modle = 1", r"onrecord.toml: unknown setting «modle»; known: .*model, prompt"),
        ("workers = 0", r"onrecord.toml: workers: .*greater than or equal to 1"),
        ("model =", r"onrecord.toml is not TOML"),
        ('api_key = "secret"', r"api_key does not belong in a file; export ONRECORD_API_KEY="),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "onrecord.toml").write_text(content)
    with pytest.raises(UsageError, match=said):
        settings.load()


def test_a_wrong_variable_and_a_named_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_TIMEOUT", "soon")
    with pytest.raises(UsageError, match=r"ONRECORD_TIMEOUT: timeout: .*number"):
        settings.load()
    monkeypatch.setenv("ONRECORD_CONFIG", "nowhere.toml")
    with pytest.raises(UsageError, match=r"nowhere.toml cannot be read: No such file"):
        settings.load()


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_API_KEY", "sk-very-secret")
    found = settings.load()
    assert "very-secret" not in f"{found!r} {found.model_dump_json()}"
    assert found.api_key
    assert found.api_key.get_secret_value() == "sk-very-secret"
