"""What a newer edition or instrument reaches in the log of saved work."""

from datetime import date
from pathlib import Path

import pytest

from assistant import audit
from assistant.corpus import Corpus
from assistant.law import Edition, Holding, Status
from assistant.readers import Kind, Passage, Reading
from assistant.record import Record, open_record
from assistant.sync.reach import outdated

NEVER = "1990-01-01"
LATER = "2999-01-01"


def _ingest(record: Record, words: str, as_of: date, retrieved: str) -> None:
    text = f"(a) {words}\n(b) Kites rest.\n"
    cut = text.index("(b)")
    passages = (
        Passage("22 USC 9001", None, Kind.PROVISION, "Kites", 0, len(text), 0, 0),
        Passage("22 USC 9001(a)", "22 USC 9001", Kind.PROVISION, "", 0, cut, 4, cut),
        Passage("22 USC 9001(b)", "22 USC 9001", Kind.PROVISION, "", cut, len(text), cut + 4, len(text)),
    )
    edition = Edition("22 USC 9001", as_of.isoformat() * 6, as_of, "https://uscode.house.gov/kites", retrieved, "uslm", Holding.OFFICIAL)  # fmt: skip
    record.ingest([(Reading("22 USC 9001", "Kites", text, passages), edition)])


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record with one edition and a saved memo on each of its clauses."""
    record = open_record(tmp_path / "home", create=True)
    _ingest(record, "Kites fly.", date(2020, 1, 1), NEVER)
    for letter in "ab":
        body = {"title": f"On ({letter})", "as_of": "2021-01-01", "authorities": [{"provision": f"22 USC 9001({letter})"}]}  # fmt: skip
        audit.write(record, "memo", body, [f"22 USC 9001({letter})"])
    return record


def _touched(record: Record, corpus: Corpus, on: date = date(2024, 5, 1)) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(o.entry.body["title"], by, clauses) for o in outdated(record, corpus, on) for by, clauses, _ in o.changes]


def test_nothing_is_touched_while_one_edition_is_held(record: Record, small: Corpus) -> None:
    assert _touched(record, small) == []


def test_a_newer_edition_touches_the_saved_memo_that_cites_a_clause_it_changes(record: Record, small: Corpus) -> None:
    _ingest(record, "Kites fall.", date(2022, 1, 1), LATER)
    assert _touched(record, small) == [("On (a)", "22 USC 9001", ("22 USC 9001(a)",))]


def test_an_edition_that_was_there_when_a_memo_was_saved_does_not_touch_it(record: Record, small: Corpus) -> None:
    _ingest(record, "Kites fall.", date(2022, 1, 1), NEVER)
    assert _touched(record, small) == []


def test_a_memo_that_read_an_older_edition_is_touched_however_early_the_newer_was_retrieved(
    record: Record, small: Corpus
) -> None:
    body = {"title": "Quoted", "claims": [{"citations": [{"provision": "22 USC 9001(a)", "edition": "2020-01-01"}]}]}
    audit.write(record, "answer", body, ["22 USC 9001(a)"])
    _ingest(record, "Kites fall.", date(2022, 1, 1), NEVER)
    assert _touched(record, small) == [("Quoted", "22 USC 9001", ("22 USC 9001(a)",))]


def test_an_instrument_that_ends_after_a_memo_was_saved_touches_it(tmp_path: Path, whole: Corpus) -> None:
    record = open_record(tmp_path / "home", create=True)
    body = {"title": "Old policy", "as_of": "2999-01-01"}
    audit.write(record, "memo", body, ["NSM-18 sec. 3"])
    assert outdated(record, whole, date(2999, 6, 1)) == ()
    said = {"title": "Learned", "as_of": "2025-06-01", "authorities": [{"provision": "NSM-18 sec. 3", "status": "in_force"}]}  # fmt: skip
    audit.write(record, "memo", said, ["NSM-18 sec. 3"])
    (found,) = outdated(record, whole, date(2999, 6, 1))
    assert found.entry.body["title"] == "Learned"
    ((by, clauses, how),) = found.changes
    assert clauses == ("NSM-18 sec. 3",)
    assert str(Status.REVOKED) in how
    assert by == "EO 14236 sec. 2(m)"
