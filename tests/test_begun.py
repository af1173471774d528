"""A clause that was added to a law already there: its status before that day, its history, and where search has it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant import law
from assistant.clause import as_json, read_clause
from assistant.corpus import Corpus
from assistant.index import entries
from assistant.law import Authority, Edition, Holding, Instrument, Outlined, Period, Provision, Status
from assistant.readers import Kind, Passage, Reading, uslm
from assistant.record import open_record

LAW = "99 USC 70"
BEGAN, ADDED, REWRITTEN = date(1970, 1, 1), date(2000, 5, 1), date(2010, 5, 1)


def clause(id: str, start: date | None = None, end: date | None = None, *history: Period) -> Provision:
    """A note of the invented law."""
    return Provision(
        id, LAW, "", f"What {id} says.", start=start, end=end, by="Pub. L. 1" * bool(start), history=history
    )


@pytest.fixture(scope="module")
def kites() -> Corpus:
    """A law of 1970 whose subsection (b) was added in 2000 and whose (c) was rewritten in 2010."""
    provisions = {
        f"{LAW}(a)": (clause(f"{LAW}(a)"),),
        f"{LAW}(b)": (
            clause(f"{LAW}(b)", ADDED, None, Period(ADDED, Status.IN_FORCE, "Pub. L. 1", "subsection (b) added")),
        ),
        f"{LAW}(b)(1)": (clause(f"{LAW}(b)(1)"),),
        f"{LAW}(c)": (clause(f"{LAW}(c)", None, REWRITTEN), clause(f"{LAW}(c)", REWRITTEN)),
    }
    headings = dict.fromkeys([*provisions, f"{LAW}(b)(2)"], "")
    instrument = Instrument(
        LAW, "Kites", LAW, "statute", Authority.STATUTE, "", periods=(Period(BEGAN, Status.IN_FORCE),)
    )
    return Corpus({LAW: instrument}, provisions, {LAW: Outlined(LAW, "", "Kites", "2026-01-01", headings)}, "invented")


@pytest.mark.parametrize(
    ("id", "on", "status"),
    [
        (f"{LAW}(a)", date(1999, 1, 1), Status.IN_FORCE),
        (f"{LAW}(b)", date(1999, 1, 1), Status.NOT_YET),
        (f"{LAW}(b)", ADDED - timedelta(1), Status.NOT_YET),
        (f"{LAW}(b)", ADDED, Status.IN_FORCE),
        (f"{LAW}(b)(1)", date(1999, 1, 1), Status.NOT_YET),
        (f"{LAW}(b)(1)", ADDED, Status.IN_FORCE),
        (f"{LAW}(b)(2)", date(1999, 1, 1), Status.NOT_YET),
        (f"{LAW}(c)", date(1999, 1, 1), Status.IN_FORCE),
        (f"{LAW}(c)", REWRITTEN, Status.IN_FORCE),
        (LAW, date(1999, 1, 1), Status.IN_FORCE),
        (LAW, date(1969, 1, 1), Status.NOT_YET),
    ],
)
def test_a_clause_and_its_parts_are_not_yet_law_before_they_were_added(
    kites: Corpus, id: str, on: date, status: Status
) -> None:
    assert kites.status(id, on) is status


@pytest.mark.parametrize(
    ("id", "history"),
    [
        (f"{LAW}(a)", [(BEGAN, "")]),
        (f"{LAW}(b)", [(ADDED, "subsection (b) added")]),
        (f"{LAW}(b)(1)", [(ADDED, "added with what it is a part of")]),
        (f"{LAW}(c)", [(BEGAN, ""), (REWRITTEN, "this version began")]),
    ],
)
def test_the_history_of_a_clause_begins_with_the_clause(
    kites: Corpus, tmp_path: Path, id: str, history: list[tuple[date, str]]
) -> None:
    found = read_clause(id, kites, open_record(tmp_path, create=True), date(2026, 1, 1)).history
    assert [(period.start, period.change) for period in found] == history


def test_an_instrument_read_by_its_parts_says_that_its_text_is_held(kites: Corpus, tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    edition = Edition(LAW, "ab" * 32, date(2026, 1, 1), "https://law.example", "2026-01-02", "x", Holding.OFFICIAL)
    part = Passage(f"{LAW}(a)", None, Kind.PROVISION, "", 0, 13, 0, 13)
    record.ingest([(Reading(LAW, "Kites", "(a) Kites fly", (part,)), edition)])
    found = as_json(read_clause(LAW, kites, record, date(2026, 2, 1)))
    assert (found["holding"], found["text"]) == ("official", None)
    assert found["edition"] == {
        "as_of": "2026-01-01", "sha256": "ab" * 32, "publisher_url": "https://law.example", "retrieved": "2026-01-02",
        "holding": "official",
    }  # fmt: skip
    assert as_json(read_clause(f"{LAW}(b)", kites, record, date(2026, 2, 1)))["edition"] is None


def test_search_still_has_a_clause_before_it_was_added_and_each_version_on_its_days(
    kites: Corpus, tmp_path: Path
) -> None:
    before = [e.provision for e in entries(kites, open_record(tmp_path, create=True)) if e.covers(date(1999, 1, 1))]
    assert {f"{LAW}(b)", f"{LAW}(b)(1)"} <= set(before)
    assert before.count(f"{LAW}(c)") == 1


@pytest.mark.parametrize(
    ("id", "added"),
    [
        ("22 USC 2776(h)(1)", date(2008, 10, 15)),
        ("22 USC 2778(l)(2)", date(2023, 12, 22)),
        ("22 USC 2776(b)(6)(A)", date(2002, 9, 30)),
        ("22 USC 2318(a)(3)", date(2022, 12, 23)),
    ],
)
def test_clauses_that_reviewers_ask_about_by_date_begin_on_their_day(whole: Corpus, id: str, added: date) -> None:
    assert whole.status(id, added - timedelta(1)) is Status.NOT_YET
    assert whole.status(id, added) is Status.IN_FORCE


def test_the_law_that_added_a_clause_stands_in_the_publishers_notes_on_its_section(
    whole: Corpus, official: Path
) -> None:
    dated = [versions[0] for id, versions in whole.provisions.items() if " USC " in id and versions[0].start]
    assert len(dated) > 100
    missing = []
    texts: dict[str, str] = {}
    for version in dated:
        instrument = law.instrument_of(version.id)
        if instrument not in texts:
            title, section = instrument.split(" USC ")
            data = (official / "usc" / title / f"{section}.xml").read_bytes()
            texts[instrument] = uslm.read(data, instrument=instrument).text
        number = re.match(r"Pub\. L\. (\d+)-(\d+)", version.by)
        if number is None or f"Pub. L. {number[1]}–{number[2]}" not in texts[instrument]:
            missing.append((version.id, version.by))
    assert not missing
