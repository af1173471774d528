from datetime import date
from pathlib import Path

import pytest

from assistant import compare
from assistant.desk import Desk, open_desk
from assistant.errors import BadInput, NoSuchClause
from assistant.law import Edition, Holding, Status
from assistant.readers import Kind, Passage, Reading
from assistant.record import open_record
from assistant.settings import Settings
from tests.conftest import SMALL

ON = date(2026, 9, 1)


def against(desk: Desk, one: str, other: str) -> compare.Comparison:
    return compare.compare(one, other, desk.corpus, desk.record, ON)


@pytest.mark.parametrize(
    ("written", "cite", "day"),
    [
        ("NSM-91 @ 2005-01-01", "NSM-91", date(2005, 1, 1)),
        ("NSM-91@2005-01-01", "NSM-91", date(2005, 1, 1)),
        ("NSM-91 sec. 1 on 2005-01-01", "NSM-91 sec. 1", date(2005, 1, 1)),
        ("NSM-91 as of 2005-01-01", "NSM-91", date(2005, 1, 1)),
        ("2005-01-01", "", date(2005, 1, 1)),
        (" @2005-01-01 ", "", date(2005, 1, 1)),
        ("22 USC 9001(a)", "22 USC 9001(a)", None),
    ],
)
def test_a_side_is_a_citation_with_or_without_its_day(written: str, cite: str, day: date | None) -> None:
    assert compare.read_side(written) == (cite, day)


def test_two_provisions_are_compared_word_by_word(desk: Desk) -> None:
    found = against(desk, "22 USC 9001(a)", "22 USC 9001(c)")
    assert not found.same
    assert {s.kind for s in found.segments} == {"equal", "removed", "added"}
    before = " ".join(s.text for s in found.segments if s.kind != "added")
    after = " ".join(s.text for s in found.segments if s.kind != "removed")
    assert before.split() == found.before.text.split()
    assert after.split() == found.after.text.split()


def test_an_instrument_on_two_days_tells_its_status_and_the_clauses_that_changed(desk: Desk) -> None:
    found = against(desk, "NSM-91 @ 2005-01-01", "2012-01-01")
    assert (found.before.clause.status, found.after.clause.status) == (Status.IN_FORCE, Status.REVOKED)
    order = against(desk, "EO 19001 @ 2015-01-01", "2021-01-01")
    [altered] = [each for each in order.altered if each.provision == "EO 19001 sec. 3"]
    assert [(s.kind, s.text) for s in altered.segments if s.kind != "equal"] == [
        ("removed", "Seas."),
        ("added", "Winds."),
    ]
    assert altered.by == "EO 19001"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("22 USC 9001(a)", "22 USC 9001(a)", "same clause on the same day"),
        ("", "22 USC 9001(a)", "names no clause"),
        ("22 USC 9001(a)-(c)", "22 USC 9001(a)", "names several"),
        ("NSM-91 @ 2005-02-31", "NSM-91", "no day that exists"),
        ("x" * 2_000, "NSM-91", "not a citation"),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_to_do(desk: Desk, one: str, other: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as raised:
        against(desk, one, other)
    assert raised.value.next_step


def test_a_clause_that_does_not_exist_is_no_side(desk: Desk) -> None:
    with pytest.raises(NoSuchClause):
        against(desk, "22 USC 9001(zz)", "NSM-91")


def test_other_programs_get_the_same_as_json(desk: Desk) -> None:
    found = compare.as_json(against(desk, "EO 19001 @ 2015-01-01", "2021-01-01"))
    assert {"before", "after", "segments", "changes", "editions", "warnings"} <= set(found)
    assert found["before"]["on"] == "2015-01-01"
    assert found["editions"] is None
    assert "No official text of EO 19001 is held" in " ".join(found["warnings"])


@pytest.mark.parametrize(("printed", "basis"), [(date(2022, 1, 1), "note"), (date(2014, 1, 1), "text")])
def test_one_edition_is_not_shown_as_the_law_of_a_day_before_it(printed: date, basis: str, tmp_path: Path) -> None:
    small = open_desk(Settings(home=tmp_path, encoder="hashed-words"), folder=SMALL)
    record = open_record(tmp_path, create=True)
    text = "Sec. 3. The Minister of Winds flies the kites."
    passage = Passage("EO 19001 sec. 3", "EO 19001", Kind.PROVISION, "", 0, len(text), 0, len(text))
    edition = Edition("EO 19001", "ab" * 32, printed, "", "2026-01-01T00:00:00", "text", Holding.OFFICIAL)
    record.ingest([(Reading("EO 19001", "Kites", text, (passage,)), edition)])
    found = compare.compare("EO 19001 sec. 3 @ 2015-01-01", "2021-01-01", small.corpus, record, ON)
    record.close()
    assert (found.before.basis, found.after.basis) == (basis, basis)
    told = "What is compared are our notes for the two days." in " ".join(found.warnings)
    assert told is (basis == "note")
    assert any(segment.kind != "equal" for segment in found.segments) is (basis == "note")
