"""White House pages, on invented orders and, where they are at hand, the official ones."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from passages import check_spans, ids, own, squeezed

from assistant.errors import BadSource, Refused
from assistant.readers import Kind, Reading, white_house

U = '<span style="text-decoration: underline">'
ORDER = f"""---
date: '2099-01-02'
title: "Order on\\_Kites and\\u2060 Strings\\
  \\ of Every Kind"
---
\x20
By the authority vested in me, it is hereby
ordered:\x20\x20
\x20\x20
{U}Section</span>
{U}1</span>.
\u00a0{U}Purpose</span>. \u00a0Kites
fly.\u00a0

Kites fall.

**Sec. 2.  Duties of Flyers.**\u00a0 (a)\u00a0 Each flyer shall:\x20\x20
(i)\u00a0\u00a0\u00a0look up; and

\\(ii\\)  hold the *string*.

\\(b\\)  Each flyer is amended by revising (j) to read as follows:

“(j)\u00a0 Kites rise.

\\(k\\)  Kites sink.”

Sec. 3.  Definitions*.*  For purposes of this order:      (a)\u00a0 “Kite” means a toy.

(b)  “String” means a cord.

                              JANE Q. PUBLIC

THE WHITE HOUSE,

    January 2, 2099.
"""


def read(text: str, instrument: str = "EO 99") -> Reading:
    """The reading of an invented page."""
    return white_house.read(text.encode(), instrument=instrument)


def test_an_orders_sections_and_letters_become_ids() -> None:
    assert ids(read(ORDER)) == [
        "EO 99, preamble",
        "EO 99 sec. 1", "EO 99 sec. 1, para. 1", "EO 99 sec. 1, para. 2",
        "EO 99 sec. 2", "EO 99 sec. 2(a)", "EO 99 sec. 2(a)(i)", "EO 99 sec. 2(a)(ii)", "EO 99 sec. 2(b)",
        "EO 99 sec. 3", "EO 99 sec. 3(a)", "EO 99 sec. 3(b)",
    ]  # fmt: skip


def test_headings_are_kept_apart_from_a_sections_words() -> None:
    headings = {p.id: p.heading for p in read(ORDER).passages if p.heading}
    assert headings == {
        "EO 99 sec. 1": "Purpose",
        "EO 99 sec. 2": "Duties of Flyers",
        "EO 99 sec. 3": "Definitions",
    }


def test_the_front_matters_title_is_unescaped() -> None:
    assert read(ORDER).title == "Order on Kites and Strings of Every Kind"


def test_wrapped_lines_markdown_and_spans_leave_plain_words() -> None:
    reading = read(ORDER)
    assert own(reading, "EO 99 sec. 1, para. 1") == "Kites fly."
    assert own(reading, "EO 99 sec. 2(a)(ii)") == "hold the string."
    assert own(reading, "EO 99, preamble") == "By the authority vested in me, it is hereby ordered:"


def test_replacement_text_in_quotation_marks_belongs_to_the_clause_that_inserts_it() -> None:
    assert own(read(ORDER), "EO 99 sec. 2(b)").endswith("“(j) Kites rise.\n(k) Kites sink.”")


def test_a_lead_in_printed_with_its_first_definition_is_parted_from_it() -> None:
    reading = read(ORDER)
    assert own(reading, "EO 99 sec. 3") == "For purposes of this order:"
    assert own(reading, "EO 99 sec. 3(a)") == "“Kite” means a toy."


def test_the_signature_block_is_no_clause() -> None:
    reading = read(ORDER)
    last = reading.passages[-1]
    assert reading.text[last.end :] == "\nJANE Q. PUBLIC\nTHE WHITE HOUSE,\nJanuary 2, 2099."


def test_a_memorandums_addressees_and_subject_are_no_clause() -> None:
    reading = read(
        "NATIONAL KITE MEMORANDUM/NKM-9  \n  \nMEMORANDUM FOR THE FLYER  \n"
        + "\u00a0" * 14 + " THE FLYER'S DEPUTY\n\nSUBJECT:       Kites and  \n" + "\u00a0" * 14
        + " Strings\n\nKites matter, including to:\n\n     (a)  fly; and\n\n     (b)  fall.\n\n"
        "They do.\n\nSection 1.  Rule.  Fly.\n",
        "NKM-9",
    )  # fmt: skip
    assert ids(reading) == [
        "NKM-9, preamble",
        "NKM-9, preamble(a)",
        "NKM-9, preamble(b)",
        "NKM-9, preamble, flush",
        "NKM-9 sec. 1",
    ]
    assert reading.text.startswith("NATIONAL KITE MEMORANDUM/NKM-9\nMEMORANDUM FOR THE FLYER THE FLYER'S DEPUTY\n")


def test_a_page_without_sections_counts_its_paragraphs_and_its_bullets() -> None:
    reading = read(
        "---\ntitle: 'Fact Sheet: The Flyer''s\n  Kites'\n---\n\n**FLYING HIGH:** Today kites fly.\n\n-   One kite.\n"
        "    -   A small one.\n\n    <!-- -->\n\n    -   A red one.\n-   Two kites.\n\nThat is all.\n\n\\###\n",
        "White House fact sheet, 2099-01-02",
    )
    sheet = "White House fact sheet, 2099-01-02"
    assert ids(reading) == [
        f"{sheet}, para. 1", f"{sheet}, bullet 1", f"{sheet}, bullet 2", f"{sheet}, bullet 3",
        f"{sheet}, bullet 4", f"{sheet}, para. 2",
    ]  # fmt: skip
    assert reading.title == "Fact Sheet: The Flyer's Kites"
    assert reading.passages[0].heading == "FLYING HIGH"
    assert "###" not in reading.text


def test_the_articles_html_reads_as_its_markdown_does() -> None:
    html = """<!DOCTYPE html><html><head><title>Kites - The House</title><style>p {}</style></head><body>
      <nav><ul><li>Menu</li></ul></nav><article><h1>Order on Kites</h1>
      <p>By the authority vested in me, it is hereby ordered:</p>
      <p><u>Section</u> <u>1</u>.&nbsp; <u>Purpose</u>.&nbsp; Kites<br>fly.</p>
      <p><strong>Sec. 2.&nbsp; Goals.</strong>&nbsp; The goals are:</p>
      <ul><li>to fly; and</li><li>to <em>fall</em>.</li></ul>
      <script>alert("Sec. 3. No.")</script></article><footer><p>Footer</p></footer></body></html>"""
    reading = read(html)
    assert reading.title == "Order on Kites"
    assert ids(reading) == [
        "EO 99, preamble", "EO 99 sec. 1", "EO 99 sec. 1, para. 1", "EO 99 sec. 1, para. 2",
        "EO 99 sec. 2", "EO 99 sec. 2, goal 1", "EO 99 sec. 2, goal 2",
    ]  # fmt: skip
    assert own(reading, "EO 99 sec. 2, goal 2") == "to fall."


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"Sec. 1. \xff\xfe", BadSource, "not in UTF-8"),
        (b"Sec. 1.\0 Kites", BadSource, "NUL"),
        (b"", BadSource, "holds no text"),
        (b"---\ntitle: Kites\n---\n\n###\n", BadSource, "holds no text"),
        (b"k" * (white_house.MOST_BYTES + 1), Refused, "at most"),
        (b"<html>" + b"<div>" * 600 + b"Kites", Refused, "nested"),
    ],
)
def test_what_is_no_page_is_refused_with_a_sentence(data: bytes, error: type[BadSource], words: str) -> None:
    with pytest.raises(error, match=words):
        white_house.read(data, instrument="EO 99")


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("Sec. 12(aiv)\n  *-“”:<>/p\\#É"), max_size=200))
def test_any_text_is_read_or_refused_and_its_passages_nest(text: str) -> None:
    try:
        reading = white_house.read(text.encode(), instrument="EO 99")
    except BadSource:
        return
    check_spans(reading)


ORDERS = [
    ("EO-14148_2025-01-20_initial-rescissions.md", "EO 14148"),
    ("EO-14236_2025-03-14_additional-rescissions_whitehouse.md", "EO 14236"),
    ("EO-14268_2025-04-09_whitehouse.md", "EO 14268"),
    ("EO-14383_2026-02-06_whitehouse.md", "EO 14383"),
    ("NSM-18_2023-02-23.md", "NSM-18"),
    ("NSM-20_2024-02-08.md", "NSM-20"),
    ("factsheet_2025-01-07_NSM-MTCR-guidance.md", "White House fact sheet, 2025-01-07"),
    ("factsheet_2025-03-14_EO-14236.md", "White House fact sheet, 2025-03-14"),
    ("factsheet_2025-04-09_EO-14268.md", "White House fact sheet, 2025-04-09"),
    ("factsheet_2026-02-06_EO-14383.md", "White House fact sheet, 2026-02-06"),
]


@pytest.mark.parametrize(("name", "instrument"), ORDERS)
def test_an_official_pages_passages_stand_in_it_word_for_word(official: Path, name: str, instrument: str) -> None:
    data = (official / "presidential" / name).read_bytes()
    reading = white_house.read(data, instrument=instrument)
    check_spans(reading)
    bare = squeezed(re.sub(r"</?[a-z][^>]*>|\*|\\(?=[^\w\s])|<!-- -->", "", data.decode()))
    for passage in random.Random(9).sample(reading.passages, min(100, len(reading.passages))):
        for line in reading.text[passage.own_start : passage.own_end].split("\n"):
            assert squeezed(line) in bare, passage.id


def test_the_2023_memorandum_has_ten_objectives_and_sixteen_considerations(official: Path) -> None:
    reading = white_house.read((official / "presidential/NSM-18_2023-02-23.md").read_bytes(), instrument="NSM-18")
    found = ids(reading)
    assert [id for id in found if "objective" in id] == [f"NSM-18 sec. 2, objective {n}" for n in range(1, 11)]
    assert [id for id in found if "consideration" in id] == [f"NSM-18 sec. 3, consideration {n}" for n in range(1, 17)]
    assert {"NSM-18 sec. 3, item 3", "NSM-18 sec. 4, para. 2", "NSM-18 sec. 9(a)(i)"} <= set(found)
    assert own(reading, "NSM-18 sec. 4, para. 2").startswith("In light of these considerations")


def test_the_2026_order_keeps_what_it_inserts_elsewhere_in_section_four(official: Path) -> None:
    for name in ("EO-14383_2026-02-06_whitehouse.md", "EO-14383_2026-02-06_whitehouse-repost-2026-06-23.md"):
        reading = white_house.read((official / "presidential" / name).read_bytes(), instrument="EO 14383")
        assert [id for id in ids(reading) if id.startswith("EO 14383 sec. 4(")] == [
            f"EO 14383 sec. 4({token})" for token in ("i", "ii", "iii", "iv", "v")
        ]
        assert own(reading, "EO 14383 sec. 4(v)").count("\n") == 2
        assert all(passage.kind is not Kind.FLUSH for passage in reading.passages)
