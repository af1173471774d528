"""The few choices a deployment makes."""

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.errors import BadSetting
from assistant.settings import Settings, read_settings


def test_there_are_fewer_than_twenty_settings() -> None:
    assert len(fields(Settings)) < 20


@pytest.mark.parametrize("name", ["PINCITE_MODLE", "PINCITE_API_KEY", "PINCITE_"])
def test_an_unknown_setting_fails_with_the_known_ones(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(BadSetting, match="Unknown setting") as failed:
        read_settings()
    assert "PINCITE_MODEL" in str(failed.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODEL", "gpt"), ("MODEL", "openai:"), ("MODEL", "hub:kite"), ("ENDPOINT", "ftp://127.0.0.1/"), ("ENDPOINT", "127.0.0.1:8080"),
        ("ENDPOINT", "http://name:word@127.0.0.1/v1"), ("TIMEOUT", "0"), ("TIMEOUT", "soon"), ("BUDGET", "1"), ("BUDGET", "100000"),
    ],
)  # fmt: skip
def test_an_impossible_setting_fails_by_its_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PINCITE_{name}", value)
    with pytest.raises(BadSetting, match=name.lower()):
        read_settings()


def test_a_model_is_chosen_by_the_environment_or_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.settings.config_path", lambda: tmp_path / "pincite.toml")
    (tmp_path / "pincite.toml").write_text('model = "openai:a"\nendpoint = "http://127.0.0.1:1/v1"\nbudget = 300\n')
    assert (read_settings().model, read_settings().budget) == ("openai:a", 300)
    monkeypatch.setenv("PINCITE_MODEL", "openai:b")
    assert read_settings().model == "openai:b"
    (tmp_path / "pincite.toml").write_text('modle = "openai:a"\n')
    with pytest.raises(BadSetting, match="modle"):
        read_settings()
