"""The cases that ship, and those kept beside the checkout."""

from pathlib import Path

import pytest

from assistant.corpus import Corpus
from evals.cases import determinations, main, review_days, score, wanted_answer

SAMPLES = Path(__file__).parents[2] / "evals" / "samples" / "cases"


def test_every_shipped_case_is_determined_as_the_law_says(whole: Corpus) -> None:
    checks = score(SAMPLES, determinations(whole), whole)
    assert len({check.case for check in checks}) >= 60
    assert [f"{c.case}: {c.line} {c.detail}" for c in checks if not c.ok] == []


def test_the_cases_kept_apart_are_determined_too(official: Path, whole: Corpus) -> None:
    folder = official.parent / "domain" / "cases"
    if not folder.is_dir():
        pytest.skip(f"no cases in {folder}: those kept apart are not part of this repository")
    checks = score(folder, determinations(whole), whole)
    assert [f"{c.case}: {c.line} {c.detail}" for c in checks if not c.ok] == []


def test_a_wrong_expectation_is_found(whole: Corpus, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "id: x\nas_of: 2026-11-24\nroute: FMS\nrecipient: Peru\nvalue_usd: {mde: 14000000, total: 14000000}\n"
        "expected: {notification: {required: false, clock_days: 15, provision: AECA sec. 3(d)(1)}, qme: true, stops: [22 USC 2780(a)],"
        " why: 77M against AECA sec. 40A, must_not_say: [cannot be sure, reaches]}\n",
        encoding="utf-8",
    )
    checks = score(tmp_path, determinations(whole), whole)
    assert [check.ok for check in checks] == [False, False, False, False, False, False, True, False]


def test_the_command_prints_what_failed_and_exits_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "case.yaml").write_text("id: x\nroute: FMS\nrecipient: Peru\nexpected: {qme: true}\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "0 of 1 cases right" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "days"),
    [
        (15, 15),
        (None, None),
        ("30 calendar days after receipt; not 15", 30),
        ("license not before 30 calendar days after receipt", 30),
        ("not less than 15 calendar days before the agreement", 15),
        ("no transfer until 30 days after notice", 30),
        ("none statutory", None),
        ("no 30 days to wait for", None),
        ("review period of 30 days waived by the statement", None),
        ("no fixed number of days; the 15 days there are for others", None),
    ],
)
def test_a_line_on_the_clock_is_read_by_the_days_of_its_first_part(line: object, days: int | None) -> None:
    assert review_days(line) == days


@pytest.mark.parametrize(
    ("line", "value"),
    [(True, True), ("required", True), ("yes although no notification is", True), ("not required", False), ("no, none", False), ("not applicable", "not applicable")],
)  # fmt: skip
def test_a_line_that_begins_with_yes_or_no_is_read_as_one(line: object, value: object) -> None:
    assert wanted_answer(line) == value
