"""What a check found, in the person's own document or in a report."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant import export
from assistant.check import Finding, Memo, Report, Verdict, check, read_memo
from assistant.corpus import Corpus
from assistant.errors import BadInput
from assistant.export.findings import commented
from assistant.export.manuscript import Manuscript
from assistant.readers import upload
from assistant.record import open_record
from assistant.rules import Rules
from evals.word import faults, structure
from tests.export.conftest import Drafts, W, words

ON = date(2024, 5, 1)
Checked = Callable[[Path], tuple[Report, Memo]]


@pytest.fixture
def checked(small: Corpus, small_rules: Rules, tmp_path: Path) -> Checked:
    """A file checked against the small corpus, read here and not apart."""

    def run(path: Path) -> tuple[Report, Memo]:
        def reads(data: bytes, *, form: str, instrument: str, filename: str = "") -> object:
            return upload.read(data, instrument=instrument, filename=filename)

        memo = read_memo(path.read_bytes(), path.name, reads)
        return check(memo, small, open_record(tmp_path / "none"), small_rules, ON), memo

    return run


def _person(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("A kite for the festival", 0)
    paragraph = document.add_paragraph("See 22 USC 9001(a) and ")
    paragraph.add_run("22 USC").bold = True
    paragraph.add_run(" 9001(z), then 22 USC 9001(a) again and 22 USC 9001(z) twice.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "22 USC 9001(y)", "kites"
    last = document.add_paragraph("Another line of 22 USC 9001(z).")
    document.add_comment(last.runs, "An earlier comment", author="Reader", initials="R")
    document.save(path)
    return path


def _commented(data: bytes) -> dict[str, str]:
    """The words that each comment encloses, by its first line and number."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    opened: dict[str, str] = {}
    done: dict[str, str] = {}
    for each in root.iter():
        mark = str(each.get(f"{W}id"))
        if each.tag == f"{W}commentRangeStart":
            opened[mark] = ""
        elif each.tag == f"{W}commentRangeEnd":
            done[mark] = opened.pop(mark)
        elif each.tag == f"{W}t":
            opened = {key: value + str(each.text) for key, value in opened.items()}
    return done


def test_comments_stand_around_the_words_they_speak_of(checked: Checked, tmp_path: Path) -> None:
    path = _person(tmp_path / "memo.docx")
    report, memo = checked(path)
    shown = [f for f in report.findings if f.verdict is not Verdict.OK]
    assert len(shown) >= 4
    data = commented(report, memo, path.read_bytes())
    assert structure(data, own=False) == []
    enclosed = _commented(data)
    assert [enclosed[str(number)] for number in range(2, len(shown) + 2)] == [f.written for f in shown]
    comments = {c.comment_id: c for c in docx.Document(io.BytesIO(data)).comments}
    assert len(comments) == len(shown) + 2
    assert comments[0].text == "An earlier comment"
    assert "found good" in comments[1].text
    assert shown[0].detail in comments[2].text


def test_not_a_word_or_another_part_of_the_persons_document_changes(checked: Checked, tmp_path: Path) -> None:
    path = _person(tmp_path / "memo.docx")
    before = path.read_bytes()
    data = commented(*checked(path), before)
    texts = [[p.text for p in docx.Document(io.BytesIO(d)).paragraphs] for d in (before, data)]
    assert texts[0] == texts[1]
    first, second = (zipfile.ZipFile(io.BytesIO(d)) for d in (before, data))
    touched = {n for n in first.namelist() if first.read(n) != second.read(n)}
    assert touched <= {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(second.namelist()) == set(first.namelist())


def test_a_finding_in_a_footnote_is_commented_at_its_mark(drafts: Drafts, checked: Checked, tmp_path: Path) -> None:
    path = tmp_path / "memo.docx"
    export.write_memo(drafts("notification"), path)
    _, memo = checked(path)
    text = memo.text
    start = text.rindex("2776(b)(1)")
    finding = Finding(1, start, start + 10, "2776(b)(1)", Verdict.UNSUPPORTED, "In a note.", None)
    data = commented(Report(path.name, ON, "today", (finding,)), memo, path.read_bytes())
    assert structure(data, own=False) == []
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    mark = next(e for e in root.iter(f"{W}commentRangeStart") if e.get(f"{W}id") == "1")
    following = mark.getnext()
    assert following is not None
    assert following.find(f"{W}footnoteReference") is not None


def test_a_fault_whose_words_stand_around_the_mark_of_a_note_is_commented(
    drafts: Drafts, checked: Checked, tmp_path: Path
) -> None:
    path = tmp_path / "memo.docx"
    export.write_memo(drafts("notification"), path)
    _, memo = checked(path)
    mark = re.search(r"[^\n]{20}\[\^1\][^\n\[]{0,20}", memo.text)
    assert mark is not None
    finding = Finding(1, mark.start(), mark.end(), mark[0], Verdict.UNSUPPORTED, "Around a mark.", None)
    data = commented(Report(path.name, ON, "today", (finding,)), memo, path.read_bytes())
    assert not any("No place found" in c.text for c in docx.Document(io.BytesIO(data)).comments)


def test_a_memo_of_ours_opened_again_calls_every_note_it_prints(
    drafts: Drafts, checked: Checked, tmp_path: Path
) -> None:
    path = tmp_path / "memo.docx"
    export.write_memo(drafts("notification"), path)
    report, memo = checked(path)
    labels = re.findall(r"^\[\^(\d+)\]: ", memo.text, re.M)
    assert labels
    assert [str(n) for n in range(1, len(labels) + 1)] == labels
    assert set(labels) == set(re.findall(r"\[\^(\d+)\](?!:)", memo.text))
    assert not memo.footnoted
    assert not any("not read" in warning for warning in report.warnings)
    sentences = [s for s in memo.sentences if memo.noted_in(s)]
    assert sentences


def test_words_that_have_no_place_are_told_in_the_first_comment(checked: Checked, tmp_path: Path) -> None:
    path = _person(tmp_path / "memo.docx")
    _, memo = checked(path)
    finding = Finding(3, 0, 5, "words of nowhere at all", Verdict.UNCITED, "Nothing cited.")
    data = commented(Report(path.name, ON, "today", (finding,)), memo, path.read_bytes())
    assert any("words of nowhere at all" in c.text for c in docx.Document(io.BytesIO(data)).comments)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=12), min_size=1, max_size=6), st.data())  # fmt: skip
def test_any_stretch_of_words_can_be_commented_without_changing_one(runs: list[str], data: st.DataObject) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("ab")
    for run in runs:
        paragraph.add_run(run)
    into = io.BytesIO()
    document.save(into)
    manuscript = Manuscript(into.getvalue())
    whole = manuscript.words
    for _ in range(3):
        start = data.draw(st.integers(0, len(whole) - 1))
        end = data.draw(st.integers(start + 1, len(whole)))
        manuscript.comment(start, end, [("a", True)], "2024-01-01T00:00:00Z")
        written = manuscript.data()
        mark = max(map(int, _commented(written)))
        assert "".join(_commented(written)[str(mark)].split()) == whole[start:end]
    assert structure(written, own=False) == []


@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_another_kind_of_file_gets_a_report_with_each_finding_in_its_context(checked: Checked, tmp_path: Path, ending: str) -> None:  # fmt: skip
    path = tmp_path / f"memo{ending}"
    path.write_text("Before it <b>bold</b>. See 22 USC 9001(z) { PAGE } here. After it.\n", encoding="utf-8")
    report, _ = checked(path)
    export.write_findings(report, path, tmp_path / "out.docx")
    data = (tmp_path / "out.docx").read_bytes()
    assert faults(data) == []
    said = words(data)
    assert "»22 USC 9001(z)«" in said
    assert "Before it <b>bold</b>" in said
    assert all(f.detail in said for f in report.findings)
    assert path.read_text(encoding="utf-8").startswith("Before it <b>")


def test_a_docx_is_commented_through_the_door_that_the_command_uses(checked: Checked, tmp_path: Path) -> None:
    path = _person(tmp_path / "memo.docx")
    report, _ = checked(path)
    before = path.read_bytes()
    export.write_findings(report, path, tmp_path / "out.docx")
    assert path.read_bytes() == before
    assert re.search(r"<w:comment ", zipfile.ZipFile(tmp_path / "out.docx").read("word/comments.xml").decode())
    with pytest.raises(BadInput):
        export.write_findings(report, path, tmp_path / "out.pdf")
