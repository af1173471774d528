"""Executive orders as notes to the U.S. Code, on an invented one and, where they are at hand, the official ones."""

import random
from pathlib import Path

import pytest
from passages import check_spans, ids, own, squeezed

from assistant.errors import BadSource
from assistant.readers import olrc_note

NOTE = """Ex. Ord. No. 99. Administration of Kites

Ex. Ord. No. 99, Jan. 2, 2099, 164 F.R. 9, provided:

By the authority vested in me, including the Kite Act (the “Act”), it is hereby ordered as follows:

Section 1. Delegation of Functions. The following functions are delegated as follows:

(a) Those under section 3 of the Act to the Flyer.

(b) Those under section 4 of the Act to:

(i) the Flyer, within 60 days of the date of this order [Jan. 2, 2099]; and

(ii) the Deputy.

Sec. 2. Kites of the U.S. Fleet. [Amended Ex. Ord. No. 98.]

Jane Q. Public.
"""


def test_a_note_reads_as_its_order_with_title_preamble_sections_and_letters() -> None:
    reading = olrc_note.read(NOTE.encode(), instrument="EO 99")
    assert reading.title == "Administration of Kites"
    assert ids(reading) == [
        "EO 99, preamble", "EO 99 sec. 1", "EO 99 sec. 1(a)", "EO 99 sec. 1(b)", "EO 99 sec. 1(b)(i)",
        "EO 99 sec. 1(b)(ii)", "EO 99 sec. 2",
    ]  # fmt: skip
    assert own(reading, "EO 99 sec. 1") == "The following functions are delegated as follows:"
    assert reading.passages[-1].heading == "Kites of the U.S. Fleet"
    assert reading.text.endswith("\nJane Q. Public.")


def test_the_revision_counsels_brackets_are_announced() -> None:
    (warning,) = olrc_note.read(NOTE.encode(), instrument="EO 99").warnings
    assert "square brackets" in warning


def test_a_text_without_a_section_is_no_note_of_an_order() -> None:
    with pytest.raises(BadSource, match="No section begins"):
        olrc_note.read(b"Kites fly.", instrument="EO 99")


@pytest.mark.parametrize(
    ("name", "instrument", "expected"),
    [
        ("EO-13637_OLRC-note-to-22USC2751.txt", "EO 13637", {"sec. 1(u)", "sec. 1(n)(iii)", "sec. 6(c)"}),
        ("EO-14268_OLRC-note-to-22USC2751.txt", "EO 14268", {"sec. 3(a)(i)", "sec. 3(b)(ii)(C)", "sec. 4(f)"}),
    ],
)
def test_an_official_notes_passages_stand_in_it_word_for_word(
    official: Path, name: str, instrument: str, expected: set[str]
) -> None:
    data = (official / "presidential" / name).read_bytes()
    reading = olrc_note.read(data, instrument=instrument)
    check_spans(reading)
    assert {f"{instrument} {tail}" for tail in expected} <= set(ids(reading))
    bare = squeezed(data.decode())
    for passage in random.Random(9).sample(reading.passages, min(100, len(reading.passages))):
        assert squeezed(reading.text[passage.own_start : passage.own_end]) in bare, passage.id
