"""Cases drafted over the corpus that ships, and what a Word document says when it is read again."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import etree

from assistant.case import read_case
from assistant.desk import Desk
from assistant.draft import Memo, draft, open_shelf
from assistant.settings import Settings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CASES = {
    "sale": {
        "id": "sale", "title": "Radars for Peru", "as_of": "2026-11-24", "route": "FMS", "recipient": "Peru",
        "articles": [{"item": "radar", "usml": "XI(a)", "mde": True}], "value_usd": {"mde": 15_000_000, "total": 16_000_000},
        "purpose": "air surveillance", "funding": "national funds", "offsets": "none stated", "end_user": "Air Force",
    },
    "retransfer": {
        "id": "retransfer", "as_of": "2025-03-20", "route": "third-party transfer", "recipient": "Iraq", "transferor": "Jordan",
        "value_usd": {"original_acquisition_cost": 19_400_000},
    },
    "open": {"id": "open", "request_text": "Draft something on the drone sale, about 15 million."},
}  # fmt: skip


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Everything a memo is made of; no official text is held."""
    return open_shelf(Settings(home=Path(tmp_path_factory.mktemp("shelf"))))


Drafts = Callable[..., Memo]


@pytest.fixture(scope="session")
def drafts(shelf: Desk) -> Drafts:
    """A memo of a kind for one of the cases, with some of its facts changed."""

    def run(kind: str, name: str = "sale", **changed: object) -> Memo:
        return draft(read_case({**CASES[name], **changed}), kind, shelf)

    return run


def member(data: bytes, name: str) -> str:
    """One member of a document's package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def words(data: bytes) -> str:
    """Everything the body says, tables and all, a paragraph a line, with the words of its footnotes after it."""
    found = []
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = etree.fromstring(member(data, name).encode())
        found += ["".join(str(t.text or "") for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    return "\n".join(found)


def links(data: bytes) -> set[str]:
    """Every address that the document can open."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = "".join(package.read(n).decode() for n in package.namelist() if n.endswith(".rels"))
    return set(re.findall(r'Target="([^"]+)" TargetMode="External"', relations))


def reopened(data: bytes) -> object:
    """The document as the Word library reads it."""
    return docx.Document(io.BytesIO(data))
