"""The few choices a deployment makes, and where things are kept.

Plain dataclasses: every command reads the settings, and a look-up must start before pydantic would have loaded.
"""

import os
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_config_path, user_data_path

from assistant.errors import BadSetting

CHECKED_THROUGH = date(2026, 10, 7)
MODELS = ("openai", "anthropic", "gguf")
_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Read from the environment (`PINCITE_...`) and `pincite.toml`; an unknown key fails, and so does an impossible value.

    `model` is `extractive`, `openai:NAME` (any endpoint that speaks that protocol, at `endpoint`), `anthropic:NAME` or
    `gguf:PATH`. `key_env` names the environment variable that holds the key, `timeout` is in seconds, `budget` in the
    model's tokens an answer. With `second_reading` the model is also asked whether each of its claims stands, and can only
    take claims away.
    """

    home: Path = field(default_factory=lambda: user_data_path("pincite", appauthor=False))
    encoder: str = "packaged-int8"
    model: str = "extractive"
    endpoint: str = ""
    key_env: str = ""
    timeout: float = 60.0
    second_reading: bool = False
    budget: int = 800
    host: str = "127.0.0.1"
    port: int = 7860
    threads: int = 2

    def __post_init__(self) -> None:
        kind, _, name = self.model.partition(":")
        if self.model != "extractive" and (kind not in MODELS or not name.strip()):
            raise _bad("model", f"expected extractive or one of {', '.join(f'{kind}:NAME' for kind in MODELS)}")
        parts = urlsplit(self.endpoint)
        if self.endpoint and (
            parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password
        ):
            raise _bad(
                "endpoint", "expected an address such as http://127.0.0.1:8080/v1, without a name or password in it"
            )
        for key, least, most in (
            ("timeout", 0.001, 3_600),
            ("budget", 64, 8_192),
            ("port", 0, 65_535),
            ("threads", 1, 256),
        ):
            if not least <= getattr(self, key) <= most:
                raise _bad(key, f"expected a number from {least:g} to {most:g}")


def _bad(key: str, why: str) -> BadSetting:
    return BadSetting(f"Setting {key}: {why}.", next_step=f"See {config_path()} and the environment.")


def config_path() -> Path:
    """Where the settings file is looked for."""
    return user_config_path("pincite", appauthor=False) / "pincite.toml"


def read_settings() -> Settings:
    """The settings in force; a BadSetting names the key and what was expected."""
    written = {**_of_file(), **_of_environment()}
    kinds = {each.name: each.type for each in fields(Settings)}
    return Settings(**{key: _as(key, kinds[key], value) for key, value in written.items()})


def _known() -> tuple[str, ...]:
    return tuple(each.name for each in fields(Settings))


def _of_environment() -> dict[str, Any]:
    known = {f"PINCITE_{name.upper()}": name for name in _known()}
    found = {name: value for name, value in os.environ.items() if name.startswith("PINCITE_")}
    for name in sorted(found.keys() - known.keys()):
        raise BadSetting(f"Unknown setting {name}.", next_step=f"Known: {', '.join(sorted(known))}.")
    return {known[name]: value for name, value in found.items()}


def _of_file() -> dict[str, Any]:
    path = config_path()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadSetting(f"{path} cannot be read ({error}).", next_step="Mend it, or take it away.") from None
    for key in sorted(found.keys() - set(_known())):
        raise BadSetting(f"Unknown setting {key} in {path}.", next_step=f"Known: {', '.join(_known())}.")
    return found


def _as(key: str, kind: Any, value: Any) -> Any:
    """A written value as its field's type."""
    if kind is bool:
        if str(value).lower() in _YES | _NO:
            return str(value).lower() in _YES
        raise _bad(key, "expected true or false")
    if kind is str and not isinstance(value, str):
        raise _bad(key, "expected words in quotation marks")
    try:
        return kind(value)
    except (TypeError, ValueError):
        raise _bad(key, "expected a number" if kind in {int, float} else "expected a path") from None


@lru_cache
def data_path(name: str) -> Path:
    """The folder `corpus` or `prompts`: inside the wheel, or beside the package in a checkout."""
    here = Path(__file__).parent
    for candidate in (here / "_data" / name, here.parent / name):
        if candidate.is_dir():
            return candidate
    raise BadSetting(f"The data folder {name} is missing from this installation.", next_step="Reinstall pincite.")
