"""Uploaded documents: invented memos in every kind of file, and files that are not what they say."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st
from passages import check_spans, ids, own

from assistant import law
from assistant.errors import BadSource, Refused
from assistant.readers import Kind, Reading, upload, word_docx

WritePdf = Callable[..., bytes]


def read(data: bytes | str, filename: str) -> Reading:
    """The reading of an uploaded file."""
    if isinstance(data, str):
        data = data.encode()
    reading = upload.read(data, instrument=upload.name_of(filename), filename=filename)
    check_spans(reading)
    return reading


def word(*paragraphs: str, change: Callable[[Any], None] | None = None) -> bytes:
    """A Word document of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(data: bytes, **members: bytes) -> bytes:
    """A package with members replaced or added; `word__document` names word/document.xml."""
    file = io.BytesIO()
    changed = {name.replace("__", "/") + ".xml": text for name, text in members.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in changed:
                new.writestr(member, old.read(member))
        for name, text in changed.items():
            new.writestr(name, text)
    return file.getvalue()


def tails(reading: Reading) -> list[str]:
    """The ids, without the instrument."""
    return [id.removeprefix(reading.instrument) for id in ids(reading)]


@pytest.mark.parametrize(
    ("filename", "instrument"),
    [
        ("memo.docx", "upload memo.docx"),
        ("/tmp/../My memo, para. 3 (final).docx", "upload My-memo-para.-3-final-.docx"),
        ("C:\\papers\\kite sec. 2.pdf", "upload kite-sec.-2.pdf"),
        ("мемо.txt", "upload txt"),
        ("", "upload document"),
    ],
)
def test_an_uploads_name_holds_nothing_that_reads_as_a_citation(filename: str, instrument: str) -> None:
    assert upload.name_of(filename) == instrument
    assert law.instrument_of(f"{instrument}, para. 3") == instrument
    assert law.instrument_of(f"{instrument} sec. 2(a)") == instrument


def test_paragraphs_are_counted_in_order_with_tables_and_their_rows() -> None:
    def add_table(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        for place, text in enumerate(("Kite", "Cost", "Red", "$9")):
            table.cell(place // 2, place % 2).text = text
        document.add_paragraph("The end.")

    reading = read(word("MEMORANDUM", "Kites fly.", change=add_table), "memo.docx")
    assert tails(reading) == [
        ", para. 1", ", para. 2", ", para. 3", ", para. 3, row 1", ", para. 3, row 2", ", para. 4"
    ]  # fmt: skip
    assert own(reading, "upload memo.docx, para. 3, row 2") == "Red\t$9"
    assert [p.kind for p in reading.passages[2:4]] == [Kind.TABLE, Kind.ROW]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("Sec. 1. Facts. Kites fly.", "Sec. 2. Law.", "(a) One.", "(b) Two."), [" sec. 1", " sec. 2", " sec. 2(a)", " sec. 2(b)"]),
        (("To the Flyer", "1. Purpose", "Kites.", "2. Facts. They fly.", "They fall."),
         [", preamble", " sec. 1", " sec. 2", " sec. 2, para. 1", " sec. 2, para. 2"]),
        (("1. Buy some string today", "2. fly a kite"), [", para. 1", ", para. 2"]),
        (("1. Purpose", "Only one."), [", para. 1", ", para. 2"]),
    ],
)  # fmt: skip
def test_a_documents_own_numbers_are_kept_where_they_are_clear(
    paragraphs: tuple[str, ...], expected: list[str]
) -> None:
    for data, filename in ((word(*paragraphs), "memo.docx"), ("\n\n".join(paragraphs), "memo.txt")):
        assert tails(read(data, filename)) == expected


def test_a_table_in_a_numbered_section_is_counted_there() -> None:
    reading = read(
        "1. Facts\n\n| Kite | Cost |\n| --- | --- |\n| Red | *$9* |\n\nSo it is.\n\n2. Law\n\nNone.\n", "memo.md"
    )
    assert tails(reading) == [
        " sec. 1", " sec. 1, para. 1", " sec. 1, para. 1, row 1", " sec. 1, para. 1, row 2", " sec. 1, para. 2", " sec. 2"
    ]  # fmt: skip
    assert own(reading, "upload memo.md sec. 1, para. 1, row 2") == "Red\t$9"


def test_deleted_and_hidden_words_are_left_out_and_inserted_and_boxed_ones_are_read() -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph("Kites ")
        for name, text_name, words in (("w:del", "w:delText", "sink"), ("w:ins", "w:t", "rise")):
            mark, run, text = OxmlElement(name), OxmlElement("w:r"), OxmlElement(text_name)
            text.text = words
            run.append(text)
            mark.append(run)
            paragraph._p.append(mark)
        document.add_paragraph().add_run("secretly").font.hidden = True

    reading = read(word(change=change), "memo.docx")
    assert reading.text == "Kites rise"
    assert reading.warnings == ("Hidden text was left out.",)


def test_footnotes_follow_the_document() -> None:
    notes = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        b'<w:footnote w:id="1"><w:p><w:r><w:t>See the Kite Act.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    reading = read(repacked(word("Kites fly."), word__footnotes=notes), "memo.docx")
    assert tails(reading) == [", para. 1", ", footnote 1"]
    assert own(reading, "upload memo.docx, footnote 1") == "See the Kite Act."


def _noted(*, raised: str = "") -> bytes:
    """A memo whose second note is called before its first, whose endnote and table call notes too."""

    def run(name: str, number: int) -> str:
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{name}Reference w:id="{number}"/></w:r>'

    def text(words: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    again = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{raised}</w:t></w:r>' if raised else ""
    body = (
        f"<w:p>{text('Kites fly.')}{run('footnote', 7)}{text(' They fall.')}{run('footnote', 3)}{again}</w:p>"
        f"<w:p>{text('They rest.')}{run('endnote', 1)}{run('footnote', 99)}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{text('Red')}{run('footnote', 8)}</w:p></w:tc></w:tr></w:tbl>"
    )
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{text(f" See kite {n}.")}</w:p></w:footnote>'
        for n in (3, 5, 7, 8)
    )
    return repacked(
        word("x"),
        word__document=f"<w:document {space}><w:body>{body}</w:body></w:document>".encode(),
        word__footnotes=f"<w:footnotes {space}>{notes}</w:footnotes>".encode(),
        word__endnotes=f'<w:endnotes {space}><w:endnote w:id="1"><w:p>{text("See the tail.")}</w:p></w:endnote></w:endnotes>'.encode(),
    )


def test_a_mark_stands_where_a_note_is_called_and_before_the_note() -> None:
    assert read(_noted(), "memo.docx").text.split("\n") == [
        "Kites fly.[^1] They fall.[^2]", "They rest.[^e1]", "Red[^3]",
        "[^1]: See kite 7.", "[^2]: See kite 3.", "[^3]: See kite 8.", "[^4]: See kite 5.", "[^e1]: See the tail.",
    ]  # fmt: skip


@pytest.mark.parametrize(("raised", "read_as"), [("1", "[^1]"), ("9", "9"), ("nd", "nd")])
def test_a_raised_number_calls_a_note_once_more_where_there_is_that_note(raised: str, read_as: str) -> None:
    assert read(_noted(raised=raised), "memo.docx").text.startswith(f"Kites fly.[^1] They fall.[^2]{read_as}\n")


def test_a_pages_paragraphs_items_and_rows_are_read_and_its_scripts_are_not() -> None:
    reading = read(
        "<html><head><title>Memo</title></head><body><p>Kites &amp; strings.</p><ul><li>One<li>Two</ul>"
        "<table><tr><th>Kite<th>Cost<tr><td>Red<td>$9</table><script>evil()</script><p>End<br>less</body></html>",
        "memo.html",
    )
    assert reading.text.split("\n") == ["Kites & strings.", "One", "Two", "Kite\tCost", "Red\t$9", "End", "less"]
    assert ", para. 4, row 2" in tails(reading)


def test_wrapped_lines_of_plain_text_are_joined_and_its_marks_kept() -> None:
    reading = read("The kite *flies* over the\nhouse # and falls.\n- One\n- Two\n(a) Three\n", "memo.txt")
    assert reading.text.split("\n") == ["The kite *flies* over the house # and falls.", "- One", "- Two", "(a) Three"]


def test_text_in_utf_16_is_read_where_its_mark_says_so() -> None:
    assert read("Kites flý.".encode("utf-16"), "memo.txt").text == "Kites flý."


def test_a_pdf_is_read_by_its_tags_or_else_by_its_lines(write_pdf: WritePdf) -> None:
    blocks = [("P", [(0, "Kites "), (0, "fly.")]), ("LI", [(0, "One")]), ("Table", [(0, ("A", "B")), (0, ("C", "D"))])]
    tagged = read(write_pdf(blocks), "memo.pdf")
    assert tails(tagged) == [", para. 1", ", para. 2", ", para. 3", ", para. 3, row 1", ", para. 3, row 2"]
    lines = [("P", [(0, text)]) for text in ("The kite flies over the whole wide house", "and falls.", "(a) It rests.")]
    bare = read(write_pdf(lines, tagged=False), "memo.pdf")
    assert bare.text.split("\n") == ["The kite flies over the whole wide house and falls.", "(a) It rests."]
    assert any("no tags" in warning for warning in bare.warnings)


def test_a_pdf_without_text_is_said_to_be_a_scan(write_pdf: WritePdf) -> None:
    with pytest.raises(BadSource, match="scan"):
        read(write_pdf([], tagged=False), "memo.pdf")


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _with_macros(data: bytes) -> bytes:
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")
    macros = types.replace(MAIN.encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml")
    return repacked(data, **{"[Content_Types]": macros})


def _external(data: bytes) -> bytes:
    return repacked(data, word__document=b'<!DOCTYPE w [<!ENTITY k SYSTEM "file:///etc/hostname">]><w>&k;</w>')


def _with_member(data: bytes, name: str) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(name, b"kite")
    return file.getvalue()


def _encrypted_member(data: bytes) -> bytes:
    place = data.rindex(b"PK\x01\x02")
    return data[: place + 8] + bytes([data[place + 8] | 1]) + data[place + 9 :]


@pytest.mark.parametrize(
    ("make", "filename", "words"),
    [
        (lambda: word("Kites."), "memo.pdf", "is docx inside"),
        (lambda: word("Kites."), "memo.txt", "is docx inside"),
        (lambda: word("Kites."), "memo.docm", "macros"),
        (lambda: word("Kites."), "memo.xlsx", "not read"),
        (lambda: word("Kites."), "memo", "without an ending"),
        (lambda: _with_macros(word("Kites.")), "memo.docx", "macros"),
        (lambda: repacked(word("Kites."), word__vbaProject=b"<x/>"), "memo.docx", "macros"),
        (lambda: _external(word("Kites.")), "memo.docx", "document type"),
        (lambda: _encrypted_member(word("Kites.")), "memo.docx", "encrypted"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"EncryptedPackage", "memo.docx", "old or an encrypted"),
        (lambda: b"%PDF-1.7 kites", "memo.docx", "is pdf inside"),
        (lambda: b"Kites fly.", "memo.pdf", "no such file"),
        (lambda: b"<html><body>Kites", "memo.docx", "is html inside"),
        (lambda: repacked(word("Kites."), word__huge=b" " * 3_000_000), "memo.docx", "times its size"),
        (lambda: b"<html>" + b"<div>" * 900, "memo.html", "nested"),
        (lambda: b"<w>" * 5, "memo.html", "no text"),
        (lambda: b"<html>" + b"<b></b>" * 200_001, "memo.html", "more than 200,000 tags"),
        (lambda: b"<html>" + b"<p>kite</p>" * 20_001, "memo.html", "more than 20,000 paragraphs"),
        (lambda: b"kite\n" * 250_001, "memo.txt", "250,001 lines"),
        (lambda: _with_member(word("Kites."), "../../kite"), "memo.docx", "points outside"),
        (lambda: _with_member(word("Kites."), "C:\\kite"), "memo.docx", "points outside"),
    ],
)
def test_a_file_that_is_not_what_it_says_or_is_hostile_is_refused_with_the_reason(
    make: Callable[[], bytes], filename: str, words: str
) -> None:
    with pytest.raises(BadSource, match=words):
        read(make(), filename)


@pytest.mark.parametrize("filename", ["memo.docx", "memo.pdf", "memo.txt", "memo.html", "memo.md"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4", b"\xff\xfe\xd8", b"K\0ites", b"\x80kites"])
def test_broken_files_end_in_one_error_of_ours(data: bytes, filename: str) -> None:
    with pytest.raises(BadSource):
        read(data, filename)


def test_blank_lines_without_end_part_two_paragraphs() -> None:
    assert tails(read(b"Kites fly.\n" + b"\n" * 2_000_000 + b"They land.", "memo.txt")) == [", para. 1", ", para. 2"]


def test_a_package_of_too_many_or_too_large_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word("Kites.")
    for name, most in (("MOST_MEMBERS", 2), ("MOST_UNPACKED", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(word_docx, name, most)
            with pytest.raises(Refused):
                read(data, "memo.docx")
    monkeypatch.setattr(upload, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="at most 10"):
        read(data, "memo.docx")


def test_tables_nested_without_end_are_refused() -> None:
    table = "<w:tbl><w:tr><w:tc>%s</w:tc></w:tr></w:tbl>"
    inner = "<w:p><w:r><w:t>Kite</w:t></w:r></w:p>"
    for _ in range(14):
        inner = table % inner
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{inner}</w:body></w:document>'
    with pytest.raises(Refused, match="nested"):
        read(repacked(word("Kites."), word__document=body.encode()), "memo.docx")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["memo.docx", "memo.pdf", "memo.txt", "memo.html", "memo.md"]))
def test_any_bytes_are_read_or_refused(data: bytes, filename: str) -> None:
    try:
        read(data, filename)
    except BadSource:
        return


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_word_document_with_one_byte_changed_is_read_or_refused(place: int, value: int) -> None:
    data = bytearray(word("Sec. 1. Kites. They fly.", "Sec. 2. Strings. They hold."))
    data[place % len(data)] = value
    try:
        read(bytes(data), "memo.docx")
    except BadSource:
        return
