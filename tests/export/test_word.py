"""The check of Word documents finds what is wrong with one."""

import io
import zipfile

import pytest

from assistant import export
from evals.word import faults, structure
from tests.export.conftest import Drafts

BODY, NOTES, RELS = "word/document.xml", "word/footnotes.xml", "word/_rels/document.xml.rels"


def _changed(data: bytes, name: str, old: str, new: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(into, "w") as after:
        for each in before.namelist():
            content = before.read(each)
            if each == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            after.writestr(each, content)
    return into.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (NOTES, '<w:footnote w:id="2">', '<w:footnote w:id="1">', "marks differ"),
        (BODY, '<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="2"/>', "marked twice"),
        (NOTES, "<w:separator/>", "<w:footnoteRef/>", "separator"),
        ("word/settings.xml", '<w:footnote w:id="-1"/>', '<w:footnote w:id="-7"/>', "settings name"),
        (BODY, "<w:tblHeader/>", "", "header row"),
        (BODY, "w:tblCaption", "w:tblCaptio", "alternative"),
        (BODY, 'w:val="Heading1"', 'w:val="Heading3"', "skips a level"),
        (BODY, 'w:val="BlockLine"', 'w:val="Missing"', "style Missing"),
        (BODY, "<w:b/><w:highlight", "<w:highlight", "colour alone"),
        (BODY, "<w:body>", '<w:body><w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r></w:p>', "field"),
        (BODY, "<w:body>", '<w:body><w:p><w:fldSimple w:instr="DDEAUTO x"/></w:p>', "field"),
        (BODY, "<w:body>", "<w:body><w:altChunk/>", "altChunk"),
        (RELS, "https://", "http://", "reaches out"),
        (RELS, 'Target="styles.xml"', 'Target="gone.xml"', "not there"),
        ("[Content_Types].xml", "/word/footnotes.xml", "/word/notes.xml", "not there"),
        ("docProps/core.xml", "<dc:title>", "<dc:title/><dc:x>", "cannot be opened"),
        ("docProps/core.xml", "dc:language", "dc:tongue", "language"),
    ],
)  # fmt: skip
def test_a_broken_document_is_found_out(drafts: Drafts, name: str, old: str, new: str, said: str) -> None:
    whole = export.memo_word(drafts("notification"))
    assert faults(whole) == []
    broken = _changed(whole, name, old, new)
    if name == "docProps/core.xml" and "language" in said:
        broken = _changed(broken, name, "dc:language", "dc:tongue")
    found = structure(broken)
    found = found if found and "cannot be opened" in found[0] else faults(broken)
    assert any(said in fault for fault in found), found


def test_what_is_no_document_is_said_to_be_none() -> None:
    assert structure(b"PK nothing")[0].startswith("It cannot be opened")
