"""A checker over the small corpus, with an invented official text where a test asks for one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.check import Finding, Report, check, memo_of
from assistant.corpus import Corpus
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import Record, open_record
from assistant.rules import Rules

Checks = Callable[..., Report]
ON = date(2024, 5, 1)
_TEXT = (
    "(a) The Minister shall not offer any kite of great height to a foreign country within 30 days of a storm.\n"
    "(b) The term kite means a tethered aircraft of cloth and wood that flies by wind alone.\n"
    "(c) The Minister may waive the certification for a kite lent to a festival of ten days or less.\n"
)


@pytest.fixture
def no_text(tmp_path: Path) -> Record:
    """A record that holds nothing."""
    return open_record(tmp_path / "empty")


@pytest.fixture
def kite_text(tmp_path: Path) -> Record:
    """A record that holds an invented text of 22 USC 9001."""
    record = open_record(tmp_path / "held", create=True)
    passages = [Passage("22 USC 9001", None, Kind.PROVISION, "Kite transfers", 0, len(_TEXT), 0, 0)]
    for letter in "abc":
        start = _TEXT.index(f"({letter})")
        end = _TEXT.index("\n", start)
        passages.append(
            Passage(f"22 USC 9001({letter})", "22 USC 9001", Kind.PROVISION, "", start, end, start + 4, end)
        )
    reading = Reading("22 USC 9001", "Kite transfers", _TEXT, tuple(passages))
    edition = Edition(
        "22 USC 9001",
        "0" * 64,
        date(2020, 1, 1),
        "https://uscode.house.gov/kites",
        "2024-01-01",
        "uslm",
        Holding.OFFICIAL,
    )
    record.ingest([(reading, edition)])
    return record


@pytest.fixture
def checks(small: Corpus, small_rules: Rules, no_text: Record) -> Checks:
    """Check a text against the small corpus."""

    def run(text: str, record: Record | None = None, on: date | None = ON) -> Report:
        return check(memo_of(text), small, record or no_text, small_rules, on)

    return run


def faults(report: Report) -> list[tuple[str, str]]:
    """Each fault as its verdict and the words at fault."""
    return [(str(f.verdict), f.written) for f in report.faults]


def only(report: Report, verdict: str) -> Finding:
    """The one finding of a verdict."""
    found = [f for f in report.findings if f.verdict == verdict]
    assert len(found) == 1, report.findings
    return found[0]
