"""`python -m evals.hostile`: what hostile files cost, and what a person is told of each.

Each file is handed to the command a person would use, `pincite add` or `pincite sync --from`, in a process of its own.
Printed are the seconds it took, the most memory that the command and its children held together (resident, sampled
from /proc, so Linux alone), and the message. Exit 1 where one was taken in, took more than 30 seconds or 512 MB, or was
refused without a reason.
"""

import argparse
import hashlib
import io
import itertools
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS, MOST_MEGABYTES = 30.0, 512.0
_STEP = 0.01
_PAGE = os.sysconf("SC_PAGE_SIZE")

_USLM = b"""<?xml version="1.0" encoding="UTF-8"?>
<section xmlns="http://xml.house.gov/schemas/uslm/1.0" identifier="/us/usc/t99/s70"><num value="70">70.</num>%s</section>"""
_ECFR = b'<?xml version="1.0"?><DIV5 N="990" TYPE="PART"><HEAD>PART 990</HEAD>%s</DIV5>'
_LETTERS = "abcdefghij"
_ENTITIES = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(_LETTERS)
).encode()  # ten to the ninth
_BOMB = b'<!DOCTYPE section [<!ENTITY a "ha">' + _ENTITIES + b"]>"
_OUTSIDE = b'<!DOCTYPE section [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
_DEEP = 200_000
_LARGE = 300_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A hostile file: its kind, its name, the format a mirror gives it (none for a person's own), and its bytes.

    A harmless one may be taken in, if it costs no more than it may.
    """

    kind: str
    name: str
    make: Callable[[], bytes]
    form: str = ""
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file cost; `status` is the command's exit status, None where it was stopped."""

    kind: str
    seconds: float
    megabytes: float
    status: int | None
    message: str
    harmless: bool = False

    @property
    def fault(self) -> str:
        """What is wrong with how it was met; nothing where it was refused in time, in memory and with a reason."""
        if self.status is None or self.seconds > MOST_SECONDS:
            return "too slow"
        if self.megabytes > MOST_MEGABYTES:
            return "too large"
        if self.status == 0:
            return "" if self.harmless else "taken in"
        if not self.message.startswith("pincite: ") or "Traceback" in self.message:
            return "no reason"
        return ""


def _xml(prolog: bytes, body: bytes) -> bytes:
    return (_USLM % body).replace(b"?>\n", b"?>\n" + prolog, 1)


def _zip(members: dict[str, bytes], *, link: str = "", encrypted: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == link:
                info.external_attr = 0o120777 << 16
            archive.writestr(info, data)
    data = buffer.getvalue()
    place = data.rindex(b"PK\x01\x02")
    return data[: place + 8] + bytes([data[place + 8] | 1]) + data[place + 9 :] if encrypted else data


def _word(document: bytes, **more: bytes) -> bytes:
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"'
        b' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    return _zip({"[Content_Types].xml": types, "word/document.xml": document, **more})


def _tar(name: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    return buffer.getvalue()


def _pdf(trailer: bytes = b"", *, cut: int | None = None) -> bytes:
    parts = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 0 /Kids []>>"]
    body = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    whole = body + b"xref\n0 3\n0000000000 65535 f \n%strailer\n<<%s/Size 3 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table, trailer, len(body),
    )  # fmt: skip
    return whole[:cut]


_LOCKED = b"/ID [<00><00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s>>> " % (b"00" * 32, b"00" * 32)
_MANY = b"<p>kite</p>"

FILES = (
    File("external entity, .docx", "a.docx", lambda: _word(_OUTSIDE + b"<w>&x;</w>")),
    File("entity bomb, .docx", "a.docx", lambda: _word(_BOMB + b"<w>&j;</w>")),
    File("zip bomb, .docx", "a.docx", lambda: _word(b"0" * 90_000_000)),
    File("zip bomb of many members, .docx", "a.docx", lambda: _word(_WORD % b"", **{f"m{n}.xml": b" " * 900_000 for n in range(250)})),
    File("zip slip, .docx", "a.docx", lambda: _word(_WORD % b"<w:p/>", **{"../../etc/x": b"x"})),
    File("nested 200,000 deep, .docx", "a.docx", lambda: _word(_WORD % (b"<w:p>" * _DEEP + b"</w:p>" * _DEEP))),
    File("nested 200,000 deep, .html", "a.html", lambda: b"<html>" + b"<div>" * _DEEP),
    File("nested 200,000 deep, .md", "a.md", lambda: b"> " * _DEEP + b"kite\n" + b"[" * _DEEP, harmless=True),
    File("five million tags, .html", "a.html", lambda: b"<html>" + _MANY * 450_000),
    File("a text of 300 MB, .txt", "a.txt", lambda: b"A kite flies. " * (_LARGE // 14)),
    File("a text of 300 MB, .md", "a.md", lambda: b"# A kite\n" * (_LARGE // 9)),
    File("300 MB, .pdf", "a.pdf", lambda: _pdf() + b"0" * _LARGE),
    File("49 MB of one line, .txt", "a.txt", lambda: b"kite" * 12_250_000),
    File("five million short lines, .txt", "a.txt", lambda: b"\n\n" * 2_400_000 + b"a", harmless=True),
    File("two million short lines, .md", "a.md", lambda: b"a\n" * 2_400_000),
    File("seven hundred thousand empty tags, .html", "a.html", lambda: b"<html>" + b"<b></b>" * 700_000 + b"a"),
    File("tags that never close, .html", "a.html", lambda: b"<html>" + b"<p " * 1_600_000),
    File("48 MB of one line, .docx", "a.docx", lambda: _word(_WORD % (b"<w:p><w:r><w:t>" + os.urandom(24_000_000).hex().encode() + b"</w:t></w:r></w:p>")), harmless=True),
    File("encrypted, .pdf", "a.pdf", lambda: _pdf(_LOCKED)),
    File("cut short, .pdf", "a.pdf", lambda: _pdf(cut=60)),
    File("no pages, .pdf", "a.pdf", _pdf),
    File("half a surrogate, .txt", "a.txt", lambda: b"\xff\xfe\x00\xd8\x00"),
    File("Latin-1, .txt", "a.txt", lambda: "café à la kite".encode("latin-1")),
    File("UTF-32, .txt", "a.txt", lambda: "A kite flies.".encode("utf-32")),
    File("macros, .docm", "a.docm", lambda: _word(_WORD % b"")),
    File("encrypted Office file, .docx", "a.docx", lambda: b"\xd0\xcf\x11\xe0" + b"EncryptedPackage"),
    File("encrypted member, .docx", "a.docx", lambda: _zip({"[Content_Types].xml": b"<a/>"}, encrypted=True)),
    File("a program, .exe", "a.exe", lambda: b"MZ\x90"),
    File("a program named .txt", "a.txt", lambda: b"\x7fELF\x02\x01\x01" + bytes(4_000)),
    File("external entity, U.S. Code", "a.xml", lambda: _xml(_OUTSIDE, b"&x;"), "uslm-section"),
    File("entity bomb, U.S. Code", "a.xml", lambda: _xml(_BOMB, b"&j;"), "uslm-section"),
    File("nested 200,000 deep, U.S. Code", "a.xml", lambda: _xml(b"", b"<p>" * _DEEP + b"</p>" * _DEEP), "uslm-section"),
    File("comments without end, U.S. Code", "a.xml", lambda: b"<!-- " * 200_000, "uslm-section"),
    File("UTF-16, U.S. Code", "a.xml", lambda: _xml(b"", b"").decode().encode("utf-16"), "uslm-section"),
    File("another encoding declared, U.S. Code", "a.xml", lambda: _xml(b"", b"").replace(b"UTF-8", b"UTF-7"), "uslm-section"),
    File("cut short, U.S. Code", "a.xml", lambda: _xml(b"", b"")[:-20], "uslm-section"),
    File("58 MB of small elements, U.S. Code", "a.xml", lambda: _xml(b"", b"<p>a</p>" * 7_250_000), "uslm-section"),
    File("nested 200,000 deep, eCFR", "a.xml", lambda: _ECFR % (b"<DIV8>" * _DEEP), "ecfr-xml"),
    File("entity bomb, eCFR", "a.xml", lambda: _BOMB + _ECFR % b"&j;", "ecfr-xml"),
    File("nested 200,000 deep, White House page", "a.html", lambda: b"<html>" + b"<div>" * _DEEP, "whitehouse-html"),
    File("58 MB of one line, White House Markdown", "a.md", lambda: b"kite" * 14_500_000, "whitehouse-markdown"),
    File("encrypted, manual", "a.pdf", lambda: _pdf(_LOCKED), "pdf"),
    File("cut short, manual", "a.pdf", lambda: _pdf(cut=60), "pdf"),
    File("a text of 300 MB, in a mirror", "a.md", lambda: b"A kite flies.\n" * (_LARGE // 14), "whitehouse-markdown"),
    File("bytes that differ from their hash, in a mirror", "a.md", lambda: b"", "changed"),
    File("zip slip, a bundle", "b.zip", lambda: _zip({"MANIFEST.json": b"[]", "../x": b"1"})),
    File("zip bomb, a bundle", "b.zip", lambda: _zip({"MANIFEST.json": b"[]", "bomb": b"0" * 90_000_000})),
    File("a bomb for a manifest, a bundle", "b.zip", lambda: _zip({"MANIFEST.json": b"[" * 90_000_000})),
    File("a link, a bundle", "b.zip", lambda: _zip({"MANIFEST.json": b"[]", "a": b"/etc/passwd"}, link="a")),
    File("an encrypted member, a bundle", "b.zip", lambda: _zip({"MANIFEST.json": b"[]"}, encrypted=True)),
    File("tar slip, a bundle", "b.tar", lambda: _tar("../../x")),
    File("cut short, a bundle", "b.zip", lambda: _zip({"MANIFEST.json": b"[]" * 500})[:-60]),
)  # fmt: skip


def measure(file: File, folder: Path) -> Cost:
    """Hand one file to the command for its kind, and see what comes of it."""
    target = folder / file.name
    target.write_bytes(file.make())
    if file.form:
        data = hashlib.sha256(target.read_bytes()).hexdigest() if file.form != "changed" else "0" * 64
        form = file.form if file.form != "changed" else "whitehouse-markdown"
        row = {
            "file": file.name, "instrument": "99 USC 70", "format": form, "completeness": "complete",
            "publisher_url": "", "as_of": "2026-01-01", "sha256": data, "prefer": True,
        }  # fmt: skip
        (folder / "MANIFEST.json").write_text(json.dumps([row]), encoding="utf-8")
        command = ["sync", "--from", str(folder)]
    elif file.name.startswith("b."):
        command = ["sync", "--from", str(target)]
    else:
        command = ["add", str(target)]
    return _run(file, command, folder)


def _run(file: File, command: list[str], folder: Path) -> Cost:
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, errors="replace", env={**os.environ, "PINCITE_HOME": str(folder / "home")},
    )  # fmt: skip
    most = 0
    while process.poll() is None and time.monotonic() - begun < 2 * MOST_SECONDS:
        most = max(most, sum(map(_resident, _family(process.pid))))
        time.sleep(_STEP)
    seconds, status = time.monotonic() - begun, process.poll()
    if status is None:
        process.kill()
    message = (process.communicate()[1] or "").strip()
    return Cost(file.kind, seconds, most / 1e6, status, " ".join(message.split()), file.harmless)


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for each in found:
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    """The bytes of memory that a process holds; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def main() -> None:
    """Print a line a file; exit 1 where one was not met as it should be."""
    parser = argparse.ArgumentParser(prog="python -m evals.hostile", description="What hostile files cost.")
    parser.add_argument("words", nargs="*", help="only the kinds that hold one of these words")
    wanted = parser.parse_args().words
    faults = 0
    for file in FILES:
        if wanted and not any(word in file.kind for word in wanted):
            continue
        with tempfile.TemporaryDirectory() as folder:
            cost = measure(file, Path(folder))
        faults += bool(cost.fault)
        told = f"{cost.fault.upper()}: " if cost.fault else ""
        print(f"{cost.kind:48} {cost.seconds:6.1f} s {cost.megabytes:6.0f} MB  {told}{cost.message[:200]}", flush=True)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
