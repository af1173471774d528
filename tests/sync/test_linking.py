"""Citations and definitions read from texts, both directions, beside what the publisher's markup says."""

from datetime import date
from pathlib import Path

import pytest

from assistant.clause import read_clause
from assistant.corpus import Corpus
from assistant.errors import BadRecord
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import Record, open_record
from assistant.sync import linking

ON = date(2026, 6, 1)


def keep(record: Record, instrument: str, *clauses: tuple[str, str], marked: dict[str, tuple[str, ...]] | None = None,
         as_of: date = ON, kind: Kind = Kind.PROVISION) -> None:  # fmt: skip
    """Bring an edition of clauses given as (id, own words)."""
    text, passages = "", []
    for id, own in clauses:
        start = len(text)
        text += own + "\n"
        passages.append(
            Passage(id, None, kind, "", start, len(text), start, start + len(own), (marked or {}).get(id, ()))
        )
    edition = Edition(instrument, f"{instrument}{as_of}", as_of, "", "", "uslm-section", Holding.OFFICIAL)
    record.ingest([(Reading(instrument, "", text, tuple(passages)), edition)])


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """An empty record."""
    return open_record(tmp_path, create=True)


SECTION = "22 USC 9001"


@pytest.mark.parametrize(
    ("instrument", "id", "own", "expected"),
    [
        ("EO 19001", "EO 19001 sec. 2", "Kites are certified under 22 U.S.C. 9001(a)(1).", (f"{SECTION}(a)(1)",)),
        ("EO 19001", "EO 19001 sec. 2", "As section 3 of this order says, kites fly.", ("EO 19001 sec. 3",)),
        ("NSM-91", "NSM-91 sec. 1", "Executive Order 19001, sec. 2, is obeyed.", ("EO 19001 sec. 2",)),
        (SECTION, f"{SECTION}(c)", "Subject to subsection (a), he may waive subsection (b) of this section.", (f"{SECTION}(a)", f"{SECTION}(b)")),
        (SECTION, f"{SECTION}(a)(1)", "A kite under paragraph (2) may not fly.", (f"{SECTION}(a)(2)",)),
        (SECTION, f"{SECTION}(c)", "Under section 81(b) of this Act a kite is tethered.", (f"{SECTION}(b)",)),
        ("EO 19001", "EO 19001 sec. 2", "Those under the Kite Act (22 U.S.C. 9001 et seq.) are delegated.", ()),
        ("EO 19001", "EO 19001 sec. 2", "Section 36(b) is obeyed.", ()),
        ("EO 19001", "EO 19001 sec. 2", "Order 7 is amended to read: “(j) kites under section 3 of this order and 22 U.S.C. 9001(a)(1) may fly.”", ()),
        ("EO 19001", "EO 19001 sec. 2", "Nothing in this section or this order binds a kite.", ()),
        ("EO 19001", "EO 19001 sec. 2", "The Kite Act, 31 U.S.C. 77001(z), and 22 U.S.C. 9001(z).", ("31 USC 77001(z)",)),
    ],
)  # fmt: skip
def test_a_text_without_markup_cites_what_its_words_name_for_certain(
    record: Record, small: Corpus, instrument: str, id: str, own: str, expected: tuple[str, ...]
) -> None:
    keep(record, instrument, (id, own))
    assert linking.link(record, small) == 1
    assert record.refers_to(id) == expected
    for target in expected:
        assert record.cited_by(target) == (id,)


def test_the_act_that_an_order_defines_is_the_act_it_means(record: Record, small: Corpus) -> None:
    keep(
        record, "EO 19001",
        ("EO 19001, preamble", "By the Arms Export Control Act, as amended (22 U.S.C. 9001 et seq.) (the “Act”), I order:"),
        ("EO 19001 sec. 2", "Those under section 81(c) of the Act go to the Minister."),
    )  # fmt: skip
    linking.link(record, small)
    assert record.refers_to("EO 19001 sec. 2") == ("22 USC 9001(c)",)


def test_the_publishers_markup_is_believed_and_only_added_to(record: Record, small: Corpus) -> None:
    keep(
        record, SECTION, (f"{SECTION}(c)", "Subject to subsection (a) and to subsection (b) of this section, fly."),
        marked={f"{SECTION}(c)": (f"{SECTION}(a)(1)",)},
    )  # fmt: skip
    linking.link(record, small)
    assert record.refers_to(f"{SECTION}(c)") == (f"{SECTION}(a)(1)", f"{SECTION}(b)")


@pytest.mark.parametrize("kind", [Kind.CREDIT, Kind.AMENDMENTS, Kind.NOTE])
def test_history_and_notes_are_not_read_for_citations(record: Record, small: Corpus, kind: Kind) -> None:
    keep(record, SECTION, (f"{SECTION}(c)", "Subject to subsection (a)."), kind=kind)
    linking.link(record, small)
    assert record.refers_to(f"{SECTION}(c)") == ()


def test_an_edition_is_read_once_and_its_successor_instead_of_it(record: Record, small: Corpus) -> None:
    keep(record, SECTION, (f"{SECTION}(c)", "Subject to subsection (a)."), as_of=date(2025, 1, 1))
    assert (linking.link(record, small), linking.link(record, small)) == (1, 0)
    generation, digest = record.generation(), record.digest()
    keep(record, SECTION, (f"{SECTION}(c)", "Subject to subsection (b)."))
    assert linking.link(record, small) == 1
    assert record.refers_to(f"{SECTION}(c)") == (f"{SECTION}(b)",)
    assert record.generation() == generation + 1
    assert record.digest() != digest


def test_an_upload_defines_and_cites_nothing_for_the_law(record: Record, small: Corpus) -> None:
    keep(
        record, "upload memo.md", ("upload memo.md, para. 1", "Under 22 U.S.C. 9001(a), the term “kite” means a bird.")
    )
    assert linking.link(record, small) == 0
    assert record.cited_by(f"{SECTION}(a)") == ()
    assert record.defined() == ()


def test_a_busy_record_is_told_and_keeps_what_it_had(
    record: Record, small: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise BadRecord("Another process is writing.")

    keep(record, SECTION, (f"{SECTION}(c)", "Subject to subsection (a)."))
    monkeypatch.setattr(Record, "link", busy)
    assert "next sync" in linking.links_or_less(record, small)
    monkeypatch.undo()
    assert linking.links_or_less(record, small) == ""
    assert record.refers_to(f"{SECTION}(c)") == (f"{SECTION}(a)",)


def test_a_clause_shows_the_nearest_definitions_of_the_terms_it_uses(record: Record, small: Corpus) -> None:
    keep(
        record, SECTION,
        (f"{SECTION}(a)", "A kite with a tail needs string and no gale."),
        (f"{SECTION}(a)(1)", "For purposes of this subsection, the term “tail” means cloth."),
        (f"{SECTION}(b)", "In this section, the term “tail” means hair."),
        (f"{SECTION}(c)", "In this section, the term “string” includes wire, and the term “typhoon” means wind."),
        (f"{SECTION}(c)(1)", "As used in this paragraph, the term “gale” means wind."),
    )  # fmt: skip
    linking.link(record, small)
    clause = read_clause(f"{SECTION}(a)", small, record, ON)
    read = [pair for pair in zip(clause.definitions, clause.reaches, strict=True) if pair[0][0] != "kite"]
    assert read == [
        (("tail", f"{SECTION}(a)(1)"), f"{SECTION}(a)"),
        (("string", f"{SECTION}(c)"), SECTION),
    ]


def test_a_definition_of_one_section_is_not_shown_for_another(record: Record, small: Corpus) -> None:
    keep(record, "22 USC 9002", ("22 USC 9002", "In this section, the term “waiver” means a paper."))
    keep(record, SECTION, (f"{SECTION}(c)", "A waiver is a waiver."))
    linking.link(record, small)
    assert "waiver" not in [term for term, _ in read_clause(f"{SECTION}(c)", small, record, ON).definitions]


def test_a_text_that_changed_after_our_note_was_written_is_told(record: Record, small: Corpus) -> None:
    instrument = small.instruments[SECTION]
    assert instrument.facts_as_of is not None
    keep(
        record,
        SECTION,
        (f"{SECTION}(a)", "A kite for $14."),
        (f"{SECTION}(b)", "A kite."),
        as_of=instrument.facts_as_of,
    )
    later = date(instrument.facts_as_of.year + 1, 1, 1)
    keep(record, SECTION, (f"{SECTION}(a)", "A kite for $15."), (f"{SECTION}(b)", "A kite."), as_of=later)
    told = {
        tail: read_clause(f"{SECTION}{tail}", small, record, later).changed_since_note for tail in ("(a)", "(b)", "(c)")
    }
    assert told == {"(a)": later, "(b)": None, "(c)": None}
    assert read_clause(f"{SECTION}(a)", small, record, instrument.facts_as_of).changed_since_note is None
