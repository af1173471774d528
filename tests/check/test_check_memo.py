"""A memo's parts: blocks, sentences, citations, its date."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.check import memo_of, read_memo
from assistant.check.calendar import days_in
from assistant.check.memo import Part, date_of
from assistant.errors import BadSource, Refused
from assistant.sync.apart import Apart


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rule is in 22 U.S.C. 2776(b)(1). It binds.", 2),
        ("See Pub. L. No. 119-60 sec. 1085(b). Done.", 2),
        ("The U.S. Government, e.g. State, decides. Then it acts.", 2),
        ('The order says "No. Never. Not at all." It ends there.', 2),
        ("Is it? It is! So be it.", 3),
        ("AECA sec. 36(b)(1) and E.O. 13637 apply here", 1),
    ],
)  # fmt: skip
def test_sentences_do_not_end_at_abbreviations_citations_or_within_quotations(text: str, expected: int) -> None:
    assert len(memo_of(text).sentences) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date: 12 June 2026\n\nText.", date(2026, 6, 12)),
        ("TO: You\nDATE: June 12, 2026\nRE: Kites", date(2026, 6, 12)),
        ("**Date:** 2026-06-12", date(2026, 6, 12)),
        ("As of: 6/12/2026", date(2026, 6, 12)),
        ("# Memo\n\n12 June 2026\n\nText.", date(2026, 6, 12)),
        ("As of 12 June 2026\n\nText.", date(2026, 6, 12)),
        ("Review memorandum Date: 12 June 2026 Request: kites for Borduria, of which more is said below.", date(2026, 6, 12)),
        ("Licensing office / note to file\n12 June 2026\nCase: kites", date(2026, 6, 12)),
        ("# On kites\n\nDraft of 12 June 2026 for the Journal\n\nText.", date(2026, 6, 12)),
        ("CHECKLIST (rev. 12 June 2026)\n\nText.", date(2026, 6, 12)),
        ("The policy was revised on 12 June 2026 by the Minister.", None),
        ("The order of 12 June 2026 says so.", None),
        ("Date: 31 June 2026", None),
    ],
)  # fmt: skip
def test_a_memo_is_dated_by_what_it_gives_as_its_own_date(text: str, expected: date | None) -> None:
    found = date_of(memo_of(text))
    assert (found[0] if found else None) == expected


def test_lines_and_offsets_are_those_of_the_file() -> None:
    text = "# Kites\n\n> quoted words\n> go on\n\n- **Section 36(b)** of the AECA\n"
    memo = memo_of(text)
    (mention,) = memo.mentions
    assert text[mention.start : mention.end] == "Section 36(b)** of the AECA"
    assert memo.line(mention.start) == 6
    assert [block.part for block in memo.blocks] == [Part.HEADING, Part.QUOTE, Part.HEADING]


def test_a_memo_s_references_to_its_own_sections_are_no_citations() -> None:
    text = "The Arms Export Control Act is discussed in section 4 of this memorandum, section 36(b) below and section 36(c)."
    assert [m.written for m in memo_of(text).mentions] == ["section 36(c)"]


@given(st.text(max_size=400))
def test_any_text_is_parted_into_spans_that_lie_within_it(text: str) -> None:
    memo = memo_of(text)
    assert len(memo.plain) == len(text)
    for span in (*memo.blocks, *memo.sentences):
        assert 0 <= span.start <= span.end <= len(text)
    assert all(a.end <= b.start for a, b in zip(memo.sentences, memo.sentences[1:], strict=False))
    list(days_in(text))


def test_a_word_document_is_read_apart_with_its_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Date: 1 May 2024")
    document.add_paragraph("A kite is certified under 22 USC 9001(a).")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "22 USC 9001(c)"
    document.save(str(tmp_path / "memo.docx"))
    with Apart() as apart:
        memo = read_memo((tmp_path / "memo.docx").read_bytes(), "memo.docx", apart.read)
    assert [m.written for m in memo.mentions] == ["22 USC 9001(a)", "22 USC 9001(c)"]
    found = date_of(memo)
    assert found is not None
    assert found[0] == date(2024, 5, 1)


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [(b"no zip", "memo.docx", BadSource), (b"\x00\x01", "memo.md", BadSource), (b"%PDF-1.7", "memo.txt", Refused), (b"x", "memo.exe", Refused)],
)  # fmt: skip
def test_what_add_refuses_is_refused_here(data: bytes, name: str, error: type[BadSource]) -> None:
    with Apart() as apart, pytest.raises(error):
        read_memo(data, name, apart.read)


def test_a_word_document_with_macros_is_refused() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(
            "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        )
        package.writestr("word/vbaProject.bin", b"x")
    with Apart() as apart, pytest.raises(Refused):
        read_memo(held.getvalue(), "memo.docx", apart.read)
