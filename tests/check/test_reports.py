"""The report in the terminal, in HTML and from the command."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.check import memo_of
from assistant.check.page import page_of
from assistant.check.terminal import show_report
from assistant.cli import app
from tests.check.conftest import Checks

HOSTILE = 'See 22 USC 9001(z) <script>alert(1)</script> and "<img src=x onerror=alert(1)> of great height" (22 USC 9001(a)). \x1b[31mred'


def test_the_page_escapes_the_memo_and_asks_nothing_of_a_network(checks: Checks) -> None:
    page = page_of(checks(HOSTILE), memo_of(HOSTILE))
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "default-src 'none'" in page


def test_the_terminal_shows_every_finding_whole_and_no_escapes_of_the_memo(
    checks: Checks, capsys: pytest.CaptureFixture[str]
) -> None:
    report = checks(HOSTILE)
    show_report(report)
    shown = capsys.readouterr().out
    assert "\x1b[31m" not in shown
    for finding in report.findings:
        assert finding.detail in shown
        assert not finding.suggestion or finding.suggestion in shown


def test_the_command_ends_with_1_where_there_are_faults_and_0_where_there_are_none(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(
        "Date: 1 May 2026\n\nA certification precedes the letter of offer (22 USC 2776(b)(1)).\n", encoding="utf-8"
    )
    bad.write_text("Date: 1 May 2026\n\nSee 22 USC 2776(b)(77).\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["check", str(good), "--json"])
    assert run.exit_code == 0, run.output
    run = CliRunner().invoke(app, ["check", str(bad), "--json", "--out", str(tmp_path / "report.html")])
    assert run.exit_code == 1
    assert [row["verdict"] for row in json.loads(run.stdout)] == ["unknown_citation"]
    assert "2776(b)(77)" in (tmp_path / "report.html").read_text(encoding="utf-8")
