"""The mirror's Markdown of Federal Register documents, on an invented one and, where at hand, the official ones."""

from pathlib import Path

import pytest
from passages import check_spans, ids, own

from assistant.errors import BadSource
from assistant.readers import Reading, federal_register_markdown, olrc_note

DOCUMENT = """# Executive Order 99: Administration of Kites

## Summary

**Date:** January 02, 2099

**Document Details:**
- Executive Order Number: 99

---

## Executive Order 99

## Preamble

**Title 3—The President**\x20\x20
**Executive Order 99 of January 2, 2099**

### Authority

By the authority vested in me, including the Kite Act (9 U.S.C. 9\x20
et seq.
), it is hereby ordered:
### Section 1.

**Purpose**
 Kites fly.

Kites fall.
### Section 2.

Kites of the US.

Fleet and Others.

(a) The Flyer shall:
    (i) look up;
(ii) look down.

The Flyer shall rest.

(b) Insert the following after section 3: “
### Section 4.

**purpose**
Kites sink.

(b) Kites float.”
### Section 3. Kites rise.

(c) One.

OB#1.EPS
THE WHITE HOUSE,
January 2, 2099.

---

*Filed by the Office on January 02, 2099*
"""


def read(text: str) -> Reading:
    """The reading of an invented document."""
    return federal_register_markdown.read(text.encode(), instrument="EO 99")


def test_sections_letters_and_joined_sentences_are_read() -> None:
    reading = read(DOCUMENT)
    assert ids(reading) == [
        "EO 99, preamble", "EO 99 sec. 1", "EO 99 sec. 2", "EO 99 sec. 2(a)", "EO 99 sec. 2(a)(i)",
        "EO 99 sec. 2(a)(ii)", "EO 99 sec. 2(b)", "EO 99 sec. 3",
    ]  # fmt: skip
    assert own(reading, "EO 99 sec. 1") == "Kites fly. Kites fall."
    assert own(reading, "EO 99 sec. 2(a)(ii)") == "look down. The Flyer shall rest."
    assert own(reading, "EO 99, preamble").endswith("(9 U.S.C. 9 et seq.), it is hereby ordered:")


def test_a_heading_cut_after_an_abbreviation_is_put_together() -> None:
    headings = {p.id: p.heading for p in read(DOCUMENT).passages if p.heading}
    assert headings == {"EO 99 sec. 1": "Purpose", "EO 99 sec. 2": "Kites of the US. Fleet and Others"}


def test_sections_inside_a_quotation_are_not_the_orders_own() -> None:
    assert "Kites sink." in own(read(DOCUMENT), "EO 99 sec. 2(b)")


def test_the_title_the_header_and_the_filing_lines_are_no_clauses() -> None:
    reading = read(DOCUMENT)
    assert reading.title == "Administration of Kites"
    assert reading.text.startswith("Title 3—The President\nExecutive Order 99 of January 2, 2099\nBy the authority")
    assert reading.text[reading.passages[-1].end :].startswith("\nOB#1.EPS\nTHE WHITE HOUSE,")


def test_the_mirror_is_announced() -> None:
    (warning,) = read(DOCUMENT).warnings
    assert "mirror" in warning


def test_a_document_without_a_section_is_refused() -> None:
    with pytest.raises(BadSource, match="No section begins"):
        read("# Executive Order 99\n\n## Executive Order 99\n\nKites fly.\n")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (11958, "EO-11958_1977-01-18_APP-copy_austinsonger_REVOKED.md"),
        (13637, "EO-13637_FR_austinsonger.md"),
        (13732, "EO-13732_FR_austinsonger.md"),
        (14148, "EO-14148_FR_austinsonger.md"),
        (14236, "EO-14236_FR_austinsonger.md"),
        (14268, "EO-14268_FR_austinsonger.md"),
    ],
)
def test_every_official_copy_is_read(official: Path, number: int, name: str) -> None:
    data = (official / "presidential" / name).read_bytes()
    reading = federal_register_markdown.read(data, instrument=f"EO {number}")
    check_spans(reading)
    assert f"EO {number} sec. 3" in ids(reading)


def test_a_mirrored_order_has_the_clauses_of_its_official_note(official: Path) -> None:
    folder = official / "presidential"
    mirrored = federal_register_markdown.read(
        (folder / "EO-14268_FR_austinsonger.md").read_bytes(), instrument="EO 14268"
    )
    note = olrc_note.read((folder / "EO-14268_OLRC-note-to-22USC2751.txt").read_bytes(), instrument="EO 14268")
    assert ids(mirrored) == ids(note)


def test_the_2025_rescissions_are_lettered_to_the_third_z(official: Path) -> None:
    data = (official / "presidential/EO-14148_FR_austinsonger.md").read_bytes()
    found = ids(federal_register_markdown.read(data, instrument="EO 14148"))
    assert len([id for id in found if id.startswith("EO 14148 sec. 2(")]) == 78
    assert "EO 14148 sec. 2(zzz)" in found
