"""Memos as Word documents."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant import export
from assistant.draft import Need, template_kinds
from assistant.errors import BadInput
from assistant.export.paper import Paper
from assistant.export.sources import standing
from assistant.export.span import Span, inert, publisher_link
from assistant.law import Status
from assistant.readers.word_docx import read_docx
from evals.word import faults, headings
from tests.export.conftest import CASES, Drafts, W, links, member, words

HOSTILE = (
    "<script>alert(1)</script> **bold** [x](javascript:y) { HYPERLINK \"https://evil.example\" } =cmd|' /C calc'!A0 "
    "DDEAUTO c:\\x {{ recipient }} https://evil.example/a \u202egnp.exe\u202c a\u200bb \x1b[31mred\x00 &amp; &#x41; ]]> \ufffe"
)


@pytest.mark.parametrize("kind", template_kinds())
@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_memo_holds_together_and_can_be_read_by_everyone(drafts: Drafts, kind: str, name: str) -> None:
    memo = drafts(kind, name)
    data = export.memo_word(memo)
    assert faults(data) == []
    said = words(data)
    tests = memo.determination.notification.tests
    measures = {test.measure for test in tests}
    for claim in memo.claims:
        if claim.need is not None:
            assert claim.wanted in said or any(claim.wanted.startswith(f"the amount for {m}") for m in measures)
        elif claim.kind != "fact" and not claim.text.startswith(("Contested: ", "Test of ")):
            assert inert(claim.text) in said
    for need in memo.facts_needed:
        assert f"[FACT NEEDED: {need.fact}]" in said
    document = docx.Document(io.BytesIO(data))
    tables = {table.cell(0, 0).text: table for table in document.tables}
    listed = [table for table in document.tables if table.cell(0, 0).text == "Authority"]
    kinds = {row.authority for row in memo.authorities}
    assert len(listed) == len(kinds)
    assert sum(len(table.rows) - 1 for table in listed) == len(memo.authorities)
    if tests and kind != "human-rights":
        assert len(tables["Measure"].rows) == len(tests) + 1
    sections = [section.heading for section in memo.sections]
    first = next((number for number, section in enumerate(memo.sections) if section.worksheet), len(sections))
    divided = [*sections[:first], *(["Drafter's worksheet"] if first < len(sections) else []), *sections[first:]]
    assert [title for level, title in headings(data) if level == 1][: len(divided)] == divided
    assert all(section.worksheet for section in memo.sections[first:])


def test_every_page_is_marked_above_and_below(drafts: Drafts) -> None:
    section = docx.Document(io.BytesIO(export.memo_word(drafts("notification")))).sections[0]
    assert section.header.paragraphs[0].text == export.MARKING
    assert section.footer.paragraphs[0].text == export.MARKING
    assert not section.different_first_page_header_footer


@pytest.mark.parametrize("added", ["CUI//PRE-DECISIONAL", "Sensitive But Unclassified", "NOT RELEASABLE TO FOREIGN NATIONALS", "SBU - FOREIGN GOVERNMENT INFORMATION"])  # fmt: skip
def test_a_marking_can_be_raised(drafts: Drafts, added: str) -> None:
    data = export.memo_word(drafts("notification"), marking=added)
    assert member(data, "word/header1.xml").count(added) == 1
    assert export.MARKING in member(data, "word/header1.xml")
    assert faults(data) == []


@pytest.mark.parametrize(
    "lower",
    ["CLEARED", "FINAL", "Approved for public release", "DECLASSIFIED", "not a draft", "SECRET//NOFORN", "Top Secret", "Confidential", "x" * 121],
)  # fmt: skip
def test_a_marking_cannot_be_lowered_nor_carry_a_classification(lower: str) -> None:
    with pytest.raises(BadInput):
        export.raised(lower)


def test_the_stamp_stands_in_the_properties_and_on_the_page(drafts: Drafts) -> None:
    memo = drafts("cat-analysis")
    data = export.memo_word(memo)
    about = docx.Document(io.BytesIO(data)).core_properties
    for part in (memo.stamp.corpus, memo.stamp.prompts, memo.stamp.settings, memo.stamp.version):
        assert part in about.keywords
        assert part in words(data)
    assert about.title == memo.title
    assert "sale" in about.subject


def test_a_sentence_leads_to_a_footnote_with_its_clause_its_standing_and_its_publisher(drafts: Drafts) -> None:
    memo = drafts("notification")
    data = export.memo_word(memo)
    notes = list(read_docx(data).footnotes.values())
    cited = {each.cite for claim in memo.claims for each in claim.cited}
    ended = [each for claim in memo.claims for each in claim.cited if each.status is not Status.IN_FORCE]
    assert ended
    for each in ended:
        assert any(each.cite in note and standing(each.status, memo.as_of) in note for note in notes)
    assert "in force on 24 November 2026 unless it says otherwise" in words(data)
    assert all(any(cite in note for cite in cited) for note in notes if note != "Supplied by the case.")
    assert links(data) == {each.url for claim in memo.claims for each in claim.cited if each.url}
    assert all(url.startswith("https://") for url in links(data))


def test_a_bracket_is_bold_and_highlighted(drafts: Drafts) -> None:
    root = etree.fromstring(member(export.memo_word(drafts("policy-justification")), "word/document.xml").encode())
    runs = [r for r in root.iter(f"{W}r") if f"[{Need.FACT}" in "".join(map(str, r.itertext()))]
    assert len(runs) > 5
    for run in runs:
        assert run.find(f"{W}rPr/{W}b") is not None
        assert run.find(f"{W}rPr/{W}highlight") is not None


def test_a_contested_point_is_told_in_both_its_readings(drafts: Drafts) -> None:
    memo = drafts("human-rights")
    contested = [flag.text for flag in memo.determination.flags if flag.contested and "One reading:" in flag.text]
    assert contested
    lines = words(export.memo_word(memo)).splitlines()
    assert any(line.startswith("One reading:") for line in lines)
    assert any(line.startswith("The other") for line in lines)


def test_what_a_case_says_comes_out_as_inert_text(drafts: Drafts) -> None:
    memo = drafts("policy-justification", purpose=HOSTILE, recipient="Peru", title=HOSTILE, funding=HOSTILE)
    data = export.memo_word(memo)
    assert faults(data) == []
    said = words(data)
    for literal in ("<script>alert(1)</script>", '{ HYPERLINK "https://evil.example" }', "=cmd|' /C calc'!A0", "**bold**", "&amp;", "]]>"):  # fmt: skip
        assert literal in said
    assert not set("\u202e\u202c\u200b\x1b\x00\ufffe") & set(said)
    assert not any("evil" in link for link in links(data))


def test_an_address_that_is_not_the_publishers_is_no_link(drafts: Drafts) -> None:
    memo = drafts("notification")
    section = memo.sections[0]
    claim = next(c for s in memo.sections for c in s.claims if c.cited)
    for address in ("javascript:alert(1)", "http://uscode.house.gov/x", "file:///etc/passwd", "https://a@b.gov/", "\\\\host\\share"):  # fmt: skip
        forged = replace(claim, cited=(replace(claim.cited[0], url=address),))
        changed = replace(memo, sections=(replace(section, claims=(forged,)),), facts_needed=(), authorities=())
        assert links(export.memo_word(changed)) == set()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://uscode.house.gov/view.xhtml?req=22+USC+2776&f=t#a", True), ("http://uscode.house.gov", False),
        ("https://user:pw@uscode.house.gov", False), ("https://", False), ("ftp://x", False), ("javascript:alert(1)", False),
        ("https://a.gov/ b", False), ("https://a.gov:99999/", False), ("https://[bad", False), ("https://а.gov/", False), ("", False),
    ],
)  # fmt: skip
def test_only_plain_https_addresses_are_links(address: str, kept: bool) -> None:
    assert bool(publisher_link(address)) is kept


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_written_as_itself_or_not_at_all(text: str, title: str) -> None:
    paper = Paper(title, subject=text, marking=export.MARKING, stamp=text)
    paper.heading("A heading")
    paper.line((Span(text, note=(Span(text, url=text),)),))
    paper.table(("A",), [((Span(text),),)], (1,), text)
    data = paper.data()
    document = docx.Document(io.BytesIO(data))
    assert document.tables[0].cell(1, 0).text == inert(text)
    assert not [fault for fault in faults(data) if "propert" not in fault and "alternative" not in fault]


def test_a_memo_is_written_by_its_files_ending(drafts: Drafts, tmp_path: Path) -> None:
    memo = drafts("notification")
    export.write_memo(memo, tmp_path / "a.docx")
    export.write_memo(memo, tmp_path / "a.md")
    assert faults((tmp_path / "a.docx").read_bytes()) == []
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == export.memo_markdown(memo)
    with pytest.raises(BadInput):
        export.write_memo(memo, tmp_path / "a.pdf")


def test_the_pages_come_out_of_an_office_program_marked_and_numbered(drafts: Drafts, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed: the document is not rendered")
    export.write_memo(drafts("notification"), tmp_path / "a.docx")
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True, capture_output=True, timeout=180, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert len(pdf) > 2
        for number in range(len(pdf)):
            text = pdf[number].get_textpage().get_text_range()
            assert text.count("NOT CLEARED") == 2
            assert f"Page {number + 1} of {len(pdf)}" in text
