import hashlib
import json
import random
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import BadInput, BadSource, PinciteError, Refused
from assistant.law import Holding
from assistant.readers import Kind
from assistant.record import open_record
from assistant.sync import mirror, receive, write_bundle

KITES = b"""---
title: Kite Policy
---

**Section 1.  Purpose.**  This memorandum says what kites are for.

**Sec. 2.  Scope.**  It covers every kite.
"""


def write_mirror(folder: Path, files: dict[str, bytes], **changes: object) -> Path:
    folder.mkdir(exist_ok=True)
    rows = []
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        row = {
            "file": name, "instrument": f"NSM-{91 + len(rows)}", "format": "whitehouse-markdown", "completeness": "complete",
            "publisher_url": "https://www.whitehouse.gov/kites", "as_of": "2024-01-01", "sha256": hashlib.sha256(data).hexdigest(), "prefer": True,
        }  # fmt: skip
        rows.append({**row, **changes})
    (folder / "MANIFEST.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def test_a_mirror_is_brought_in_once(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES})
    record = open_record(tmp_path / "home", create=True)
    told: list[tuple[int, int]] = []
    assert receive(source, record, progress=lambda done, total: told.append((done, total))) == ("NSM-91",)
    assert told == [(1, 1)]
    held = record.held("NSM-91 sec. 2", "NSM-91")
    assert held is not None
    assert "It covers every kite." in held.text
    assert held.edition.publisher_url == "https://www.whitehouse.gov/kites"
    assert receive(source, record) == ()


def test_a_bundle_carries_a_mirror_unchanged_and_is_the_same_each_time(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES, "deep/b.md": KITES + b"\nMore.\n"})
    assert write_bundle(source, tmp_path / "one.zip") == 2
    write_bundle(source, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    direct, carried = open_record(tmp_path / "a", create=True), open_record(tmp_path / "b", create=True)
    receive(source, direct)
    receive(tmp_path / "one.zip", carried)
    assert [(e.instrument, e.sha256) for e in direct.editions()] == [
        (e.instrument, e.sha256) for e in carried.editions()
    ]


def test_a_bundle_of_the_instruments_named_has_those_alone(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES, "b.md": KITES + b"\nMore.\n"})
    assert write_bundle(source, tmp_path / "one.zip", instruments=("NSM-92",)) == 1
    assert receive(tmp_path / "one.zip", open_record(tmp_path / "a", create=True)) == ("NSM-92",)
    with pytest.raises(BadInput, match="NSM-99"):
        write_bundle(source, tmp_path / "two.zip", instruments=("NSM-99",))
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["one.zip"]


def test_a_bundle_that_cannot_be_written_is_told_and_the_one_before_it_stays(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES})
    with pytest.raises(BadInput, match="cannot be written"):
        write_bundle(source, tmp_path / "nowhere" / "a.zip")
    write_bundle(source, tmp_path / "a.zip")
    before = (tmp_path / "a.zip").read_bytes()
    (source / "a.md").write_bytes(b"changed")
    with pytest.raises(BadSource, match="hash"):
        write_bundle(source, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == before
    assert not (tmp_path / "a.zip.new").exists()


def test_changed_bytes_are_refused_and_nothing_is_brought_in(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES, "b.md": KITES + b"x"})
    (source / "b.md").write_bytes(KITES + b"y")
    record = open_record(tmp_path / "home", create=True)
    with pytest.raises(BadSource, match=r"b\.md does not have the hash"):
        receive(source, record)
    assert record.editions() == ()


@pytest.mark.parametrize(
    "completeness", ["lossy", "defective: a stray fragment", "garbled in sec. 5", "a heading word lost"]
)
def test_a_damaged_copy_is_held_as_lossy(tmp_path: Path, completeness: str) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES}, completeness=completeness)
    record = open_record(tmp_path / "home", create=True)
    receive(source, record)
    assert record.editions()[0].holding is Holding.LOSSY


def test_what_the_manifest_passes_over_comes_only_when_all_is_asked_for(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES}, prefer=False)
    record = open_record(tmp_path / "home", create=True)
    assert receive(source, record) == ()
    assert receive(source, record, everything=True) == ("NSM-91",)
    assert not record.editions()[0].preferred


@pytest.mark.parametrize("name", ["../outside.md", "/etc/passwd", "a/../../b.md", "C:\\x.md", "a\\..\\b.md"])
def test_a_name_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES}, file=name)
    with pytest.raises(Refused, match="points outside"):
        receive(source, open_record(tmp_path / "home", create=True))


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_bytes(KITES)
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES})
    (source / "a.md").unlink()
    (source / "a.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(Refused, match="points outside"):
        receive(source, open_record(tmp_path / "home", create=True))


def _zip(path: Path, members: dict[str, bytes], **info: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(member, key, value)
            archive.writestr(member, data)
    return path


@pytest.mark.parametrize(
    ("members", "info", "told"),
    [
        ({"../x": b"1"}, {}, "points outside"),
        ({"MANIFEST.json": b"[]", "link": b"/etc/passwd"}, {"external_attr": 0o120777 << 16}, "is a link"),
        ({"MANIFEST.json": b"[]", "bomb": b"0" * 50_000_000}, {}, "packed too tightly"),
        ({"MANIFEST.json": b"not json"}, {}, "not JSON"),
        ({"MANIFEST.json": b"[" * 100_000}, {}, "not JSON|packed too tightly"),
        ({"MANIFEST.json": b"[]"}, {}, "lists no files"),
        ({"MANIFEST.json": b'[{"file": "a"}]'}, {}, "row 1"),
        ({"other": b""}, {}, "has no MANIFEST.json"),
    ],
)
def test_a_hostile_bundle_is_refused_with_the_reason(
    tmp_path: Path, members: dict[str, bytes], info: dict[str, int], told: str
) -> None:
    with pytest.raises(BadSource, match=told):
        receive(_zip(tmp_path / "b.zip", members, **info), open_record(tmp_path / "home", create=True))


def test_a_bundle_with_any_one_byte_changed_is_refused_or_says_what_it_said(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES, "b.md": KITES * 3})
    write_bundle(source, tmp_path / "a.zip")
    whole, spoilt = (tmp_path / "a.zip").read_bytes(), tmp_path / "b.zip"
    refused = 0
    for place in range(len(whole)):
        for mask in (0x01, 0xFF):
            spoilt.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
            try:
                with mirror.opened(spoilt) as (rows, read):
                    texts = [mirror.checked(row, read) for row in rows]
            except PinciteError:
                refused += 1
            else:
                assert texts == [KITES, KITES * 3]
    assert refused > len(whole)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short", b"\x1f\x8b gzip"])
def test_what_is_no_bundle_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(data)
    with pytest.raises(BadSource, match="is not a bundle"):
        receive(tmp_path / "b.zip", open_record(tmp_path / "home", create=True))


def test_a_source_that_is_not_there_and_an_instrument_it_lacks_are_told(tmp_path: Path) -> None:
    record = open_record(tmp_path / "home", create=True)
    with pytest.raises(BadInput, match="no folder or bundle"):
        receive(tmp_path / "none", record)
    with pytest.raises(BadInput, match="has nothing of EO 1"):
        receive(write_mirror(tmp_path / "mirror", {"a.md": KITES}), record, instruments=("EO 1",))


def test_a_file_that_cannot_be_read_names_itself_and_leaves_the_record(tmp_path: Path) -> None:
    source = write_mirror(tmp_path / "mirror", {"a.md": KITES, "b.xml": b"<section"}, format="uslm-section")
    record = open_record(tmp_path / "home", create=True)
    with pytest.raises(PinciteError, match=r"a\.md"):
        receive(source, record)
    assert record.editions() == ()


def _bare(text: str) -> str:
    """Without tags, white space, Markdown escapes, and the footnotes that interrupt a sentence."""
    text = re.sub(r"<ref[^>]*footnoteRef[^>]*>.*?</ref>|<note[^>]*footnote[^>]*>.*?</note>", "", text, flags=re.S)
    text = re.sub(r"<[^>]+>", "", text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    return re.sub(r"[\s\\*_#|]+", "", text)


def test_five_hundred_provisions_of_the_official_texts_stand_verbatim_in_their_sources(
    official: Path, tmp_path: Path
) -> None:
    record = open_record(tmp_path, create=True)
    receive(official, record)
    rows = {
        row.instrument: row
        for row in mirror.read_manifest((official / "MANIFEST.json").read_bytes(), official)
        if row.preferred
    }
    assert {edition.instrument for edition in record.editions()} == set(rows)
    pool = [
        (e, p)
        for e in record.editions()
        if rows[e.instrument].format != "pdf"
        for p in record.passages(e)
        if p.own_end - p.own_start > 40 and p.kind is not Kind.FOOTNOTE
    ]
    sources: dict[str, str] = {}
    for edition, passage in random.Random(7).sample(pool, 500):
        text = record.edition_numbered(edition.id).text  # type: ignore[union-attr]
        source = sources.setdefault(
            edition.instrument, _bare((official / rows[edition.instrument].file).read_text(encoding="utf-8"))
        )
        own = _bare(re.sub(r"\n", " ", text[passage.own_start : passage.own_end]))
        assert own in source or own[:200] in source, passage.id
    assert date(2026, 7, 18) in {edition.as_of for edition in record.editions()}
