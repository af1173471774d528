"""Official text from a mirror folder or a bundle: every hash verified, nothing outside, all or nothing."""

import hashlib
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from assistant.errors import BadInput, BadSource, Refused
from assistant.law import Edition, Holding
from assistant.readers import Reading
from assistant.record import Record
from assistant.sync.apart import Apart

MANIFEST = "MANIFEST.json"
MOST_MEMBERS = 20_000
MOST_BYTES = 60_000_000
MOST_TOTAL = 2_000_000_000
MOST_RATIO = 200
_AGAIN = "Nothing was brought in. Get the mirror or bundle again from where it came."
# What zipfile and zlib raise for bytes that are no archive, or no longer the one that was written.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
_SPOILT = ("lossy", "garbled", "defective", "lost")

Progress = Callable[[int, int], None]
Read = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Row:
    """One file of a manifest."""

    file: str
    instrument: str
    format: str
    completeness: str
    publisher_url: str
    as_of: date
    sha256: str
    preferred: bool

    @property
    def holding(self) -> Holding:
        """A copy known to be damaged is lossy: searched, never quoted."""
        return Holding.LOSSY if any(word in self.completeness for word in _SPOILT) else Holding.OFFICIAL


def receive(
    source: Path,
    record: Record,
    *,
    instruments: tuple[str, ...] = (),
    everything: bool = False,
    progress: Progress = lambda done, total: None,
) -> tuple[str, ...]:
    """Bring what a mirror or bundle holds into the record; returns the instruments that changed.

    Every file is read and checked before anything is written; a fault leaves the record as it was.
    """
    with ExitStack() as closing:
        rows, read = closing.enter_context(opened(source))
        wanted = chosen(rows, source, instruments, everything=everything)
        received: list[tuple[Reading, Edition]] = []
        apart = closing.enter_context(Apart())
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for number, row in enumerate(wanted, 1):
            edition = edition_of(row, now)
            data = checked(row, read)
            if not record.holds(edition):
                received.append((_read(row, data, apart), edition))
            progress(number, len(wanted))
    return record.ingest(received)


def chosen(rows: list[Row], source: Path, instruments: tuple[str, ...] = (), *, everything: bool = False) -> list[Row]:
    """The rows that are preferred, or all, of the instruments named; BadInput where a mirror has nothing of one."""
    if unknown := set(instruments) - {row.instrument for row in rows}:
        near = get_close_matches(min(unknown), {row.instrument for row in rows}, n=3, cutoff=0.7)
        raise BadInput(
            f"{source} has nothing of {', '.join(sorted(unknown))}.",
            next_step=f"It has {', '.join(near)}." if near else "See the instruments in its MANIFEST.json.",
        )
    return [row for row in rows if (everything or row.preferred) and (not instruments or row.instrument in instruments)]


@contextmanager
def opened(source: Path) -> Iterator[tuple[list[Row], Read]]:
    """The manifest of a folder or bundle, and how to read its files."""
    if source.is_dir():
        yield (
            read_manifest(_member(source, MANIFEST).read_bytes(), source),
            lambda name: _file_bytes(_member(source, name)),
        )
    elif source.is_file():
        with _zip(source) as archive:
            yield read_manifest(_bytes(archive, MANIFEST, source), source), lambda name: _bytes(archive, name, source)
    else:
        raise BadInput(
            f"There is no folder or bundle {source}.", next_step="Give a folder with a MANIFEST.json, or a bundle."
        )


def read_manifest(data: bytes, source: Path) -> list[Row]:
    """The rows of a manifest; BadSource names the row that is wrong."""
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadSource(f"{source}: {MANIFEST} is not JSON ({error}).", next_step=_AGAIN) from None
    rows: list[Row] = []
    for number, row in enumerate(parsed if isinstance(parsed, list) else [], 1):
        try:
            rows.append(
                Row(
                    str(row["file"]), str(row["instrument"]), str(row["format"]), str(row["completeness"]), str(row["publisher_url"]),
                    date.fromisoformat(row["as_of"]), str(row["sha256"]), bool(row.get("prefer", True)),
                )
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise BadSource(
                f"{source}: row {number} of {MANIFEST} lacks or misstates {error}.", next_step=_AGAIN
            ) from None
    if not rows:
        raise BadSource(f"{source}: {MANIFEST} lists no files.", next_step=_AGAIN)
    return rows


def checked(row: Row, read: Read) -> bytes:
    """The bytes of a row's file, which must have its hash."""
    data = read(row.file)
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise BadSource(
            f"{row.file} does not have the hash its manifest gives; nothing was brought in.",
            next_step="Get the mirror or bundle again from where it came.",
        )
    return data


def edition_of(row: Row, retrieved: str) -> Edition:
    """What the record keeps of where a text came from."""
    return Edition(
        row.instrument, row.sha256, row.as_of, row.publisher_url, retrieved, row.format, row.holding, row.preferred
    )


def _read(row: Row, data: bytes, apart: Apart) -> Reading:
    try:
        return apart.read(data, form=row.format, instrument=row.instrument)
    except BadSource as error:
        raise type(error)(f"{row.file}: {error.message}", next_step="Nothing was brought in.") from None


def _member(folder: Path, name: str) -> Path:
    """A file of a folder; Refused where its name or a link leads outside."""
    _check_name(name, folder)
    path = folder / name
    if not path.exists():
        if name == MANIFEST:
            raise BadSource(
                f"{folder} has no {MANIFEST}.",
                next_step="Give the folder of a mirror, which has one, or a bundle made with pincite sync --bundle.",
            )
        raise BadSource(f"{folder} has no {name}, which its manifest lists.", next_step=_AGAIN)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refused(f"{folder}: {name} points outside the folder.", next_step=_AGAIN)
    return path


def _file_bytes(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise Refused(
            f"{path.name} is larger than {MOST_BYTES // 10**6} MB, which no text of one instrument is.",
            next_step=_AGAIN,
        )
    return path.read_bytes()


def _check_name(name: str, source: Path) -> None:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name or "\0" in name or not name:
        raise Refused(f"{source}: the name {name!r} points outside.", next_step=_AGAIN)


@contextmanager
def _zip(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(source)
    except _BROKEN as error:
        raise BadSource(
            f"{source} is not a bundle ({error}).", next_step="Give a folder with a MANIFEST.json, or a bundle."
        ) from None
    with archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_TOTAL:
            raise Refused(f"{source} holds more than a bundle may.", next_step=_AGAIN)
        for member in members:
            _check_name(member.filename, source)
            if stat.S_ISLNK(member.external_attr >> 16):
                raise Refused(f"{source}: {member.filename} is a link.", next_step=_AGAIN)
            if member.flag_bits & 1:
                raise Refused(f"{source}: {member.filename} is encrypted.", next_step=_AGAIN)
            if member.file_size > MOST_BYTES or member.file_size > MOST_RATIO * max(member.compress_size, 1_000):
                raise Refused(f"{source}: {member.filename} is too large, or packed too tightly.", next_step=_AGAIN)
        yield archive


def _bytes(archive: zipfile.ZipFile, name: str, source: Path) -> bytes:
    try:
        with archive.open(name) as file:
            data = file.read(MOST_BYTES + 1)
    except KeyError:
        raise BadSource(f"{source} has no {name}.", next_step=_AGAIN) from None
    except _BROKEN as error:
        raise BadSource(f"{source}: {name} cannot be read ({error}).", next_step=_AGAIN) from None
    if len(data) > MOST_BYTES:
        raise Refused(f"{source}: {name} is larger than {MOST_BYTES // 10**6} MB.", next_step=_AGAIN)
    return data
