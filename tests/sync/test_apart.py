import io
import zipfile
from pathlib import Path

import pytest

from assistant.errors import BadInput, BadSource, NoSuchClause, Refused
from assistant.law import Holding
from assistant.record import open_record
from assistant.sync import uploads
from assistant.sync.apart import Apart

MEMO = b"# Kite guidance\n\nFirst, look up.\n\nSecond, a kite over $3 million goes to the Minister.\n"


def test_a_reading_comes_back_whole_from_the_child() -> None:
    from assistant.readers import upload

    with Apart() as apart:
        assert apart.read(MEMO, form="upload", instrument="upload memo.md", filename="memo.md") == upload.read(
            MEMO, instrument="upload memo.md", filename="memo.md"
        )


def test_one_child_reads_one_file_after_another() -> None:
    with Apart() as apart:
        apart.read(MEMO, form="upload", instrument="upload a.md", filename="a.md")
        child = apart._child
        with pytest.raises(BadSource):
            apart.read(b"<section", form="uslm-section", instrument="22 USC 1")
        apart.read(MEMO, form="upload", instrument="upload b.md", filename="b.md")
        assert apart._child is child


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    with Apart(seconds=0.0001) as apart:
        with pytest.raises(Refused, match="longer than"):
            apart.read(MEMO, form="upload", instrument="upload a.md", filename="a.md")
        apart._seconds = 30
        assert apart.read(MEMO, form="upload", instrument="upload a.md", filename="a.md").passages


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    with Apart(memory=200 * 2**20) as apart, pytest.raises(Refused, match="memory"):
        apart.read(b"a" * 180_000_000, form="upload", instrument="upload a.txt", filename="a.txt")


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.docx", _zip({"[Content_Types].xml": BOMB, "word/document.xml": BOMB})),
        ("xxe.docx", _zip({"[Content_Types].xml": XXE, "word/document.xml": XXE})),
        ("zipbomb.docx", _zip({"[Content_Types].xml": b"<a/>", "word/document.xml": b"0" * 90_000_000})),
        ("slip.docx", _zip({"[Content_Types].xml": b"<a/>", "../../etc/x": b"x"})),
        ("deep.html", b"<html>" + b"<div>" * 200_000),
        ("macro.docm", _zip({"[Content_Types].xml": b"<a/>"})),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"),
        ("not.pdf", b"just words"),
        ("odd.txt", b"\xff\xfe\x00\xd8\x00"),
        ("empty.md", b""),
        ("program.exe", b"MZ\x90"),
    ],
)
def test_a_hostile_upload_is_refused_with_the_reason_and_nothing_is_kept(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    record = open_record(tmp_path / "home", create=True)
    with pytest.raises((BadSource, BadInput)) as error:
        uploads.add(tmp_path / name, record)
    assert name in str(error.value)
    assert record.editions() == ()


def test_an_upload_is_added_and_removed_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "my guide.md").write_bytes(MEMO)
    record = open_record(tmp_path / "home", create=True)
    name, passages, _ = uploads.add(tmp_path / "my guide.md", record)
    assert name == "upload my-guide.md"
    assert passages
    assert record.editions()[0].holding is Holding.UPLOAD
    assert uploads.remove("my guide.md", record) == name
    assert record.editions() == ()
    with pytest.raises(NoSuchClause, match="Nothing was uploaded"):
        uploads.remove("my guide.md", record)
