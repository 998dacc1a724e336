"""Settings: from flags, then the environment, then a TOML file."""

import os
import tomllib
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_config_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from onrecord.errors import UsageError

_PREFIX = "ONRECORD_"
# A key in a file ends up in a repository; this one is read from the environment alone.
_ENVIRONMENT_ONLY = {"api_key"}


class Settings(BaseModel):
    """What can be set. Nothing set means: the embedded model, its prompt, the user's own cache folder."""

    model_config = ConfigDict(extra="forbid")

    model: str | None = None
    prompt: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    cache: Path = Field(default_factory=lambda: user_cache_path("onrecord") / "store")
    workers: int | None = Field(None, ge=1)
    timeout: float = Field(120.0, gt=0)


def load(**flags: object) -> Settings:
    """Return the settings; `flags` that are None were not given.

    The file is the one that ONRECORD_CONFIG names, or onrecord.toml here, or config.toml in the user's
    configuration folder. Raises UsageError that names the file or variable and the key.
    """
    layers: list[tuple[str, dict[str, Any]]] = [_file(), *_environment()]
    layers += [(f"--{key.replace('_', '-')}", {key: value}) for key, value in flags.items() if value is not None]
    values: dict[str, Any] = {}
    for where, layer in layers:
        for key, value in layer.items():
            _check(where, key, value)
            values[key] = value
    return Settings.model_validate(values)


def _check(where: str, key: str, value: object) -> None:
    if key not in Settings.model_fields:
        raise UsageError(f"{where}: unknown setting «{key}»; known: {', '.join(sorted(Settings.model_fields))}")
    try:
        Settings.model_validate({key: value})
    except ValidationError as error:
        raise UsageError(f"{where}: {key}: {error.errors()[0]['msg']}") from None


def _environment() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for key in Settings.model_fields:
        if value := os.environ.get(_PREFIX + key.upper()):
            found.append((_PREFIX + key.upper(), {key: value}))
    return found


def _file() -> tuple[str, dict[str, Any]]:
    named = os.environ.get(_PREFIX + "CONFIG")
    candidates = [Path(named)] if named else [Path("onrecord.toml"), user_config_path("onrecord") / "config.toml"]
    path = next((p for p in candidates if named or p.is_file()), None)
    if path is None:
        return "", {}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"the settings in {path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error
    if kept := _ENVIRONMENT_ONLY & values.keys():
        raise UsageError(f"{path}: {kept.pop()} does not belong in a file; export ONRECORD_API_KEY=… instead")
    return str(path), values
