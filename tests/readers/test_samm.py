"""Chapters of the manual, on an invented chapter as a tagged PDF and as text, and on the official ones."""

import functools
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from passages import check_spans, ids, own, squeezed

from assistant import catalogue
from assistant.errors import BadSource, Refused
from assistant.readers import Kind, Reading, samm, tagged_pdf

CHAPTER = [
    ("P", [(0, "C99 - Kites.")]),
    ("Table", [(0, ("Section", "Title")), (0, ("C99.1.", "Strings"))]),
    ("P", [(0, "C99.1. - Strings")]),
    ("P", [(0, "C99.1.1. "), (0, "General. "), (0, "A kite, as Section "), (0, "C99.1.2. "), (0, "says,"), (1, "flies.")]),
    ("LI", [(1, "first item")]),
    ("P", [(1, "Table C99.T1. Lengths")]),
    ("Table", [(1, ("#", "Length")), (1, ("1", "Ten")), (1, ("5", "Fifty")), (1, ("Note: all in feet.",))]),
    ("P", [(1, "***After the table. ***")]),
    ("P", [(1, "C99.1.1.1. "), (1, "No heading here, only words [See Memo 22-85].")]),
    ("P", [(1, "Figure C99.F2A. Sample Kite")]),
    ("LI", [(1, "PDF Version of Figure")]),
    ("P", [(1, "C99.1.2. "), (1, "Costs.")]),
    ("Table", [(1, ("Small", "Large")), (1, ("Kites", "$1", "$2")), (1, ("Strings", "$3", "$4"))]),
]  # fmt: skip
WritePdf = Callable[..., bytes]


@pytest.fixture(scope="module")
def chapter(write_pdf: WritePdf) -> Reading:
    """The invented chapter."""
    return samm.read(write_pdf(CHAPTER, pages=2), instrument="SAMM C99")


def test_numbered_paragraphs_tables_rows_and_figures_become_ids(chapter: Reading) -> None:
    assert ids(chapter) == [
        "SAMM C99.1", "SAMM C99.1.1",
        "SAMM Table C99.T1", "SAMM Table C99.T1, row 1", "SAMM Table C99.T1, row 5", "SAMM Table C99.T1, row note",
        "SAMM C99.1.1, flush", "SAMM C99.1.1.1", "SAMM Figure C99.F2A", "SAMM C99.1.2",
        "SAMM C99.1.2, row 1", "SAMM C99.1.2, row 2",
    ]  # fmt: skip
    check_spans(chapter)


def test_headings_are_kept_and_the_index_is_not_read_as_paragraphs(chapter: Reading) -> None:
    headings = {p.id: p.heading for p in chapter.passages if p.heading}
    assert headings == {
        "SAMM C99.1": "Strings", "SAMM C99.1.1": "General", "SAMM Table C99.T1": "Lengths",
        "SAMM Figure C99.F2A": "Sample Kite", "SAMM C99.1.2": "Costs",
    }  # fmt: skip
    assert chapter.title == "Kites"


def test_a_paragraph_goes_on_over_the_page_and_keeps_its_list(chapter: Reading) -> None:
    assert own(chapter, "SAMM C99.1.1") == "A kite, as Section C99.1.2. says, flies.\nfirst item"


def test_a_table_keeps_its_header_and_a_row_its_cells(chapter: Reading) -> None:
    assert own(chapter, "SAMM Table C99.T1") == "#\tLength"
    assert own(chapter, "SAMM Table C99.T1, row 5") == "5\tFifty"
    assert own(chapter, "SAMM C99.1.2, row 2") == "Strings\t$3\t$4"


NOTED = [
    ("P", [(0, "C99.1.1. "), (0, "One kite.")]),
    ("P", [(0, "Table C99.T2. Costs")]),
    ("Table", [
        (0, ("Kite", "Funds^ 1 ^(strings)")),
        (0, ("Red^2", "from stock^1,2^ or makers")),
        (0, ("Blue", "10^2^ ells")),
        (0, ("Green^3", "2")),
        (0, ("^1^ : Lent money, and 2. Other money.",)),
    ]),
]  # fmt: skip


def test_a_call_of_a_note_stands_apart_from_the_cell_and_a_power_or_unanswered_number_does_not(
    write_pdf: WritePdf,
) -> None:
    reading = samm.read(write_pdf(NOTED), instrument="SAMM C99")
    table = {id.removeprefix("SAMM Table C99.T2"): own(reading, id) for id in ids(reading) if "Table" in id}
    assert table == {
        "": "Kite\tFunds (strings)",
        ", row 1": "Red\tfrom stock or makers",
        ", row 2": "Blue\t10 2 ells",
        ", row 3": "Green 3\t2",
        ", row note": "1 : Lent money, and 2. Other money.",
    }
    check_spans(reading)


def test_marks_of_change_and_links_to_other_versions_are_left_out(chapter: Reading) -> None:
    assert own(chapter, "SAMM C99.1.1, flush") == "After the table."
    assert "***" not in chapter.text
    assert "Version of Figure" not in chapter.text


def test_a_memo_cited_in_the_text_stays_in_it(chapter: Reading) -> None:
    assert own(chapter, "SAMM C99.1.1.1").endswith("[See Memo 22-85].")


def test_a_number_printed_twice_is_told_apart(write_pdf: WritePdf) -> None:
    twice = [("P", [(0, f"C99.{n}. "), (0, words)]) for n, words in (("1.1", "One kite."), ("1.1", "Two kites."))]
    assert ids(samm.read(write_pdf(twice), instrument="SAMM C99")) == ["SAMM C99.1.1", "SAMM C99.1.1[2]"]


def test_a_number_printed_on_two_tables_names_both_and_a_repeated_caption_names_none(write_pdf: WritePdf) -> None:
    blocks = [
        ("P", [(0, "C99.1.1. "), (0, "One kite.")]),
        ("P", [(0, "Table C99.T9. Table of Kites")]),
        ("LI", [(0, "Click to view:")]),
        ("P", [(0, "Table C99.T9. Table of Kites")]),
        ("P", [(0, "C99.1.2. "), (0, "Two kites.")]),
        ("P", [(0, "Table C99.T9. Strings")]),
        ("Table", [(0, ("Kite", "Cost")), (0, ("Red", "$9"))]),
    ]
    reading = samm.read(write_pdf(blocks), instrument="SAMM C99")
    assert ids(reading) == [
        "SAMM C99.1.1", "SAMM Table C99.T9", "SAMM C99.1.2", "SAMM Table C99.T9[2]", "SAMM Table C99.T9[2], row 1",
    ]  # fmt: skip
    check_spans(reading)


TEXT = """
=== [PDF page 1] ===
C99 - Kites.
Section
C99.1.
Strings
C99.2.
Sails
C99.1. - Strings
C99.1.1.
General. A kite flies as described at Section
C99.1.1.2. In all other cases it falls.
C99.1.1.1. First. The kite (see Sections C99.1.1.2. and
C99.1.1.2. and others) rests.

=== [PDF page 2] ===
Table C99.T1. Kites
Red
C99.1.1.2. Second. It lands.
Figure C99.F1. Sample Kite
C99.2. - Sails
C99.2.1.
Sails are not kites.
"""


def test_in_bare_text_a_number_mentioned_at_a_lines_start_opens_no_paragraph() -> None:
    reading = samm.read(TEXT.encode(), instrument="SAMM C99")
    assert [id for id in ids(reading) if "flush" not in id] == [
        "SAMM C99.1", "SAMM C99.1.1", "SAMM C99.1.1.1", "SAMM Table C99.T1", "SAMM C99.1.1.2", "SAMM Figure C99.F1",
        "SAMM C99.2", "SAMM C99.2.1",
    ]  # fmt: skip
    assert own(reading, "SAMM C99.1.1").endswith("at Section C99.1.1.2. In all other cases it falls.")
    assert any("tables" in warning for warning in reading.warnings)
    check_spans(reading)


def test_a_pdf_without_tags_is_read_by_its_lines(write_pdf: WritePdf) -> None:
    blocks = [("P", [(0, line)]) for line in ("C99.1. - Strings", "C99.1.1. General. A kite flies.", "It falls.")]
    reading = samm.read(write_pdf(blocks, tagged=False), instrument="SAMM C99")
    assert ids(reading) == ["SAMM C99.1", "SAMM C99.1.1"]
    assert own(reading, "SAMM C99.1.1") == "A kite flies. It falls."
    assert any("no tags" in warning for warning in reading.warnings)


def test_broken_foreign_and_encrypted_files_are_refused_with_a_sentence(write_pdf: WritePdf) -> None:
    whole = write_pdf(CHAPTER, pages=2)
    for data in (whole[:900], b"%PDF-1.7\nkites", b"\xff\xfeC99", b"C99.1.1.\0 Kites", b"", b"Kites fly."):
        with pytest.raises(BadSource):
            samm.read(data, instrument="SAMM C99")
    with pytest.raises(BadSource, match="No paragraph"):
        samm.read(whole, instrument="SAMM C98")
    secret = whole.replace(
        b"trailer\n<<",
        b"trailer\n<</ID [<00><00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"00" * 32
        + b"> /U <"
        + b"00" * 32
        + b">>> ",
    )
    with pytest.raises(Refused, match="encrypted"):
        samm.read(secret, instrument="SAMM C99")


def test_a_pdf_of_too_many_pages_or_bytes_is_refused(write_pdf: WritePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_pdf(CHAPTER, pages=2)
    for name, most in (("MOST_PAGES", 1), ("MOST_BYTES", 100), ("MOST_CHARACTERS", 50)):
        with monkeypatch.context() as patch:
            patch.setattr(tagged_pdf, name, most)
            with pytest.raises(Refused):
                samm.read(data, instrument="SAMM C99")


@functools.cache
def read_chapter(official: Path, chapter_id: str) -> Reading:
    """An official chapter, read once for all tests."""
    return samm.read((official / f"samm/SAMM_{chapter_id}.pdf").read_bytes(), instrument=f"SAMM {chapter_id}")


CHAPTERS = ("C1", "C4", "C5", "C6", "C7", "C9")


@pytest.mark.parametrize("chapter_id", CHAPTERS)
def test_the_outline_lists_the_official_chapters_clauses(official: Path, chapter_id: str) -> None:
    path = Path(__file__).parents[2] / "corpus" / "outline" / "samm.txt"
    outlined = catalogue.read_outline(path, path.read_text(encoding="utf-8"))[f"SAMM {chapter_id}"]
    assert list(outlined.headings) == ids(read_chapter(official, chapter_id))


@pytest.mark.parametrize("chapter_id", CHAPTERS)
def test_the_official_chapters_passages_stand_in_their_text_word_for_word(official: Path, chapter_id: str) -> None:
    reading = read_chapter(official, chapter_id)
    check_spans(reading)
    printed = (official / f"samm/SAMM_{chapter_id}.txt").read_text(encoding="utf-8")
    bare = squeezed(re.sub(r"\*\*\*|=== \[PDF page \d+\] ===", "", printed))
    lines = [
        (passage.id, line)
        for passage in random.Random(9).sample(reading.passages, min(100, len(reading.passages)))
        for line in re.split(r"\n|\b\d (?=: )", reading.text[passage.own_start : passage.own_end])
    ]
    missing = [id for id, line in lines if squeezed(line) not in bare]
    assert not missing


def test_every_paragraph_number_printed_in_the_notification_chapter_is_a_passage(official: Path) -> None:
    found = ids(read_chapter(official, "C5"))
    beside = ids(samm.read((official / "samm/SAMM_C5.txt").read_bytes(), instrument="SAMM C5"))
    numbered = [id for id in found if re.fullmatch(r"SAMM C5[.\d]+", id)]
    assert numbered == [id for id in beside if re.fullmatch(r"SAMM C5[.\d]+", id)]
    assert len(numbered) == 323
    printed = (official / "samm/SAMM_C5.txt").read_text(encoding="utf-8")
    alone = {f"SAMM {number}" for number in re.findall(r"^(C5(?:\.\d+){2,})\.$", printed, re.MULTILINE)}
    assert alone <= set(numbered)
    assert {"SAMM Table C5.T1, row 5", "SAMM Table C5.T13, row 3", "SAMM Figure C5.F10", "SAMM Table C5.T19"} <= set(
        found
    )


def test_the_notification_thresholds_are_read_cell_by_cell(official: Path) -> None:
    reading = read_chapter(official, "C5")
    assert own(reading, "SAMM Table C5.T13, row 1") == "Major Defense Equipment\t$25M\t$14M"
    assert next(p.kind for p in reading.passages if p.id == "SAMM Table C5.T13") is Kind.TABLE
