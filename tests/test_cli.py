import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import cli, desk, settings

ROOT = Path(__file__).parents[1]
SMALL = Path(__file__).parent / "small_corpus"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command over the small corpus; returns exit status, stdout, stderr."""

    def data_path(name: str) -> Path:
        return SMALL if name == "corpus" else ROOT / name

    monkeypatch.setattr(settings, "data_path", data_path)
    monkeypatch.setattr(desk, "data_path", data_path)
    monkeypatch.setattr("assistant.standing.data_path", data_path)
    monkeypatch.setenv("PINCITE_ENCODER", "hashed-words")

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["pincite", *words])
        try:
            cli.main()
            status = 0
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return command


def test_a_question_is_answered_with_its_citation_and_the_notice(run) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("ask", "Who may waive the certification of a kite?", "--as-of", "2026-09-01")
    assert status == 0
    assert "22 U.S.C. 9001(c)" in out
    assert "Draft, not legal advice" in out


def test_json_on_stdout_is_the_answer_alone(run) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("ask", "What is a kite?", "--json")
    assert status == 0
    assert json.loads(out)["claims"][0]["citations"][0]["provision"] == "22 USC 9001(b)"


def test_a_batch_answers_each_line_in_order_under_its_id(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lines = [
        {"id": "b", "question": "What is a kite?"},
        {"id": "a", "question": "Which CAT policy is in force?", "as_of": "2005-01-01"},
        {"id": "c", "question": " "},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    status, out, _ = run("ask", "--batch", str(tmp_path / "in.jsonl"), "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["id"] for row in rows] == ["b", "a", "c"]
    assert rows[1]["as_of"] == "2005-01-01"
    assert "error" in rows[2]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("cite", "22 USC 9001(c)"), 0, ""),
        (("cite", "22 USC 9001(z)"), 3, "There is no 22 USC 9001(z)"),
        (("cite", "utter nonsense"), 3, "There is no utter nonsense"),
        (("cite", "22 USC 9001(c)(1)"), 4, "pincite sync"),
        (("cite", "15 CFR 999.9"), 4, "nothing of that instrument is held"),
        (("cite", " "), 2, "not a citation"),
        (("cite", "22 USC 9001(c)", "--as-of", "2025-13-01"), 2, "is not a date"),
        (("ask",), 2, "Give a question or --batch"),
        (("ask", ""), 2, "The question is empty"),
        (("ask", "x" * 100_000), 2, "characters long"),
        (("ask", "What is a kite?", "--as-of", "soon"), 2, "is not a date"),
        (("ask", "--batch", "/nowhere.jsonl"), 2, "cannot be read"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_the_exit_status_and_one_line_tell_what_to_do(run, words: tuple[str, ...], status: int, told: str) -> None:  # type: ignore[no-untyped-def]
    got, out, err = run(*words)
    assert got == status
    if status:
        assert told in err
        assert "Traceback" not in err
    if words[0] == "cite" and status:
        assert out == ""
        assert len(err.strip().splitlines()) == 1


def test_a_clause_is_looked_up_with_what_stands_around_it(run) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("cite", "22 USC 9001(a)", "--json")
    row = json.loads(out)
    assert status == 0
    assert row["provision"] == "22 USC 9001(a)"
    assert row["children"] == ["22 USC 9001(a)(1)", "22 USC 9001(a)(2)"]
    assert row["refers_to"] == ["22 USC 9001(b)"]
    assert row["status"] == "in_force"
    assert {"provision", "cite", "instrument", "heading", "note", "text", "edition", "holding", "status", "history", "parents", "children",
            "refers_to", "cited_by", "definitions"} <= row.keys()  # fmt: skip


def test_status_says_where_the_data_is_and_how_to_remove_it(run) -> None:  # type: ignore[no-untyped-def]
    run("index")
    status, out, _ = run("status", "--json", "--coverage")
    row = json.loads(out)
    assert status == 0
    assert row["home"] == os.environ["PINCITE_HOME"]
    assert row["index"]["stale"] is False
    assert {"instrument": "NSM-91", "act": "", "clauses": 2, "notes": 2, "within_a_note": 2, "annotated": True} in row[
        "coverage"
    ]
    assert "NSM-91" in run("status", "--coverage")[1]


def test_an_unknown_setting_is_refused_by_name(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("PINCITE_COLOUR", "red")
    status, _, err = run("ask", "What is a kite?")
    assert status == 2
    assert "PINCITE_COLOUR" in err


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path / "file" / "home"))
    status, _, err = run("ask", "What is a kite?")
    assert status == 4
    assert "PINCITE_HOME" in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("text", ["\x1b[31mkite\x1b[0m \x07", "kite \ud800 law", "kite ‮ law", "what is a ki\u200bte"])
def test_odd_characters_reach_neither_the_terminal_nor_a_traceback(run, text: str) -> None:  # type: ignore[no-untyped-def]
    status, out, err = run("ask", text)
    assert status == 0
    assert "\x1b" not in out
    assert "‮" not in out
    assert "Traceback" not in err


def test_looking_a_citation_up_imports_no_engine() -> None:
    script = (
        "import sys; sys.argv = ['pincite', 'cite', 'AECA 36(b)(1)'];\n"
        "from assistant.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'torch', 'llama_index', 'chromadb', 'gradio', 'onnxruntime', 'bm25s', 'numpy'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_a_question_needs_neither_torch_nor_llama_index_once_the_index_is_built(run) -> None:  # type: ignore[no-untyped-def]
    run("ask", "What is a kite?")
    script = (
        "import sys\nfrom pathlib import Path\nfrom assistant.desk import open_desk\nfrom assistant.settings import read_settings\nfrom assistant.ask import ask\n"
        f"desk = open_desk(read_settings(), folder=Path({str(SMALL)!r}))\nask('What is a kite?', desk)\n"
        "heavy = {'torch', 'llama_index', 'chromadb', 'gradio', 'sentence_transformers'} & set(sys.modules)\nsys.exit(repr(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
