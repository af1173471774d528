"""The few choices a deployment makes, and where things are kept."""

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path, user_data_path
from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import BadSetting

CHECKED_THROUGH = date(2026, 10, 7)


class Settings(BaseSettings):
    """Read from the environment (`PINCITE_...`) and `pincite.toml`; an unknown key fails."""

    model_config = SettingsConfigDict(env_prefix="PINCITE_", extra="forbid")

    home: Path = user_data_path("pincite", appauthor=False)
    encoder: str = "packaged-int8"
    model: Literal["extractive"] = "extractive"
    host: str = "127.0.0.1"
    port: int = 7860
    threads: int = 2

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_path())


def config_path() -> Path:
    """Where the settings file is looked for."""
    return user_config_path("pincite", appauthor=False) / "pincite.toml"


def read_settings() -> Settings:
    """The settings in force; a BadSetting names the key and what was expected."""
    known = {f"PINCITE_{name.upper()}" for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.startswith("PINCITE_") and name not in known:
            raise BadSetting(f"Unknown setting {name}.", next_step=f"Known: {', '.join(sorted(known))}.")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadSetting(
            f"Setting {key}: {first['msg']}.", next_step=f"See {config_path()} and the environment."
        ) from None


@lru_cache
def data_path(name: str) -> Path:
    """The folder `corpus` or `prompts`: inside the wheel, or beside the package in a checkout."""
    here = Path(__file__).parent
    for candidate in (here / "_data" / name, here.parent / name):
        if candidate.is_dir():
            return candidate
    raise BadSetting(f"The data folder {name} is missing from this installation.", next_step="Reinstall pincite.")
