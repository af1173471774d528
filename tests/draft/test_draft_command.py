"""`pincite draft` in a terminal."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import audit
from assistant.case import read_case
from assistant.cli import app
from assistant.errors import BadInput
from assistant.record import open_record
from assistant.settings import read_settings

RUNNER = CliRunner()
CASE = "id: c\nas_of: 2026-11-24\nroute: FMS\nrecipient: Peru\nvalue_usd: {mde: 15000000, total: 16000000}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path / "case.yaml"


def test_a_memo_is_printed_with_its_notice(path: Path) -> None:
    result = RUNNER.invoke(app, ["draft", str(path), "--kind", "notification"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("DRAFT: Congressional notification analysis")
    assert "Draft, not legal advice, unclassified information only." in result.stdout
    assert "\x1b" not in result.stdout


def test_json_is_printed_alone(path: Path) -> None:
    result = RUNNER.invoke(app, ["draft", str(path), "--kind", "cat-analysis", "--as-of", "2025-03-20", "--json"])
    whole = json.loads(result.stdout)
    assert (whole["kind"], whole["as_of"], whole["case"]) == ("cat-analysis", "2025-03-20", "c")


def test_facts_prints_only_what_is_needed(path: Path) -> None:
    result = RUNNER.invoke(app, ["draft", str(path), "--kind", "notification", "--facts"])
    lines = result.stdout.strip().splitlines()
    assert len(lines) > 3
    assert all(line.startswith("- ") for line in lines)


def test_facts_are_printed_without_a_kind_for_the_notification(path: Path) -> None:
    named = RUNNER.invoke(app, ["draft", str(path), "--kind", "notification", "--facts"])
    bare = RUNNER.invoke(app, ["draft", str(path), "--facts"])
    assert bare.exit_code == 0
    assert bare.stdout == named.stdout
    assert "notification" in bare.stderr


def test_a_request_in_words_becomes_a_case_to_fill(tmp_path: Path) -> None:
    out = tmp_path / "case.yaml"
    request = 'Justify an FMS sale of "two" patrol aircraft to Peru, about $40 million: # soon'
    assert RUNNER.invoke(app, ["draft", request, "--out", str(out)]).exit_code == 0
    case = read_case(out)
    assert (case.route, case.recipient, case.request_text) == ("FMS", "Peru", request)
    assert case.value_usd.mde is None
    assert "Facts needed" in out.read_text(encoding="utf-8")
    again = RUNNER.invoke(app, ["draft", request, "--out", str(out)])
    assert isinstance(again.exception, BadInput)


def test_markdown_is_written_where_it_is_wanted(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "memo.md"
    result = RUNNER.invoke(app, ["draft", str(path), "--kind", "notification", "--out", str(out)])
    assert result.exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("# Congressional notification analysis")
    assert str(out) in result.stdout.replace("\n", "")


def test_a_written_memo_is_kept_with_what_it_cites(path: Path, tmp_path: Path) -> None:
    RUNNER.invoke(app, ["draft", str(path), "--kind", "notification", "--out", str(tmp_path / "memo.md")])
    RUNNER.invoke(app, ["draft", str(path), "--kind", "cat-analysis"])
    (kept,) = audit.touched(open_record(read_settings().home), ["22 USC 2776(b)(1)"])
    assert kept.kind == "memo"
    assert kept.body["kind"] == "notification"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "cat-analysis, congressional-qa"),
        (["--kind", "brief"], "cat-analysis, congressional-qa"),
        (["--kind", "notification", "--out", "memo.pdf"], "neither .docx, .md nor .yaml"),
        (["--kind", "notification", "--as-of", "soon"], "is not a date"),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_next_step(arguments: list[str], said: str, path: Path) -> None:
    result = RUNNER.invoke(app, ["draft", str(path), *arguments])
    assert isinstance(result.exception, BadInput)
    assert result.exception.exit_status == 2
    assert said in str(result.exception)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["draft", str(tmp_path / "none.yaml"), "--kind", "notification"])
    assert result.exception is not None
    assert result.exit_code != 0
