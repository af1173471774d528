"""Bundles: official texts in one file with their manifest and hashes, to carry to a network without publishers."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import BadInput
from assistant.sync.mirror import MANIFEST, Row, checked, chosen, opened
from assistant.sync.publishers import Copy


@dataclass(slots=True)
class Bundle:
    """A bundle that is being written, and the rows of its manifest."""

    target: Path
    archive: zipfile.ZipFile
    rows: list[Row] = field(default_factory=list)

    def put(self, row: Row, data: bytes) -> None:
        """Add a text."""
        with _told(self.target):
            self.archive.writestr(_info(row.file), data, zipfile.ZIP_DEFLATED)
        self.rows.append(row)

    def put_copy(self, instrument: str, copy: Copy) -> None:
        """Add what a publisher sent of an instrument."""
        name = f"{len(self.rows):04d}-{re.sub(r'[^A-Za-z0-9]+', '-', instrument).strip('-')[:80]}"
        sha256 = hashlib.sha256(copy.data).hexdigest()
        self.put(Row(name, instrument, copy.format, "complete", copy.url, copy.as_of, sha256, True), copy.data)

    def close(self) -> None:
        """Add the manifest."""
        with _told(self.target):
            rows = [_as_json(row) for row in self.rows]
            self.archive.writestr(_info(MANIFEST), json.dumps(rows, indent=1), zipfile.ZIP_DEFLATED)
            self.archive.close()


@contextmanager
def writing(target: Path) -> Iterator[Bundle]:
    """A bundle that takes its place when it is whole; no file where nothing was put into it, or something failed."""
    temporary = target.with_name(target.name + ".new")
    with _told(target):
        bundle = Bundle(target, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED))
    try:
        yield bundle
        bundle.close()
        if bundle.rows:
            with _told(target):
                temporary.replace(target)
    finally:
        bundle.archive.close()
        temporary.unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Why a bundle could not be written."""
    try:
        yield
    except OSError as error:
        raise BadInput(
            f"The bundle {target} cannot be written ({error.strerror or error}).",
            next_step="Name a file in a folder that exists, may be written and has room.",
        ) from None


def write_bundle(source: Path, target: Path, *, instruments: tuple[str, ...] = (), everything: bool = False) -> int:
    """Write a bundle of a mirror's files, all or of the instruments named; returns how many."""
    with opened(source) as (rows, read), writing(target) as bundle:
        for row in chosen(rows, source, instruments, everything=everything):
            bundle.put(row, checked(row, read))
    return len(bundle.rows)


def _info(name: str) -> zipfile.ZipInfo:
    """A member with a fixed time, so that the same texts make the same bundle."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = 0o644 << 16
    return info


def _as_json(row: Row) -> dict[str, object]:
    return {
        "file": row.file, "instrument": row.instrument, "format": row.format, "completeness": row.completeness,
        "publisher_url": row.publisher_url, "as_of": row.as_of.isoformat(), "sha256": row.sha256, "prefer": row.preferred,
    }  # fmt: skip
