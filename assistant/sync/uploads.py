"""A person's own documents in the record: labelled as uploads, never law, and removable."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.errors import BadInput, BadSource, NoSuchClause
from assistant.law import Edition, Holding
from assistant.readers import upload
from assistant.record import Record
from assistant.sync.apart import Apart


def add(path: Path, record: Record) -> tuple[str, int, tuple[str, ...]]:
    """Read a document apart and keep it; returns its id, how many passages it has, and the reader's warnings."""
    try:
        size = path.stat().st_size
        if size > upload.MOST_BYTES:
            raise BadInput(f"{path.name} is larger than {upload.MOST_BYTES // 10**6} MB.", next_step="Add it in parts.")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read ({error.strerror}).", next_step="Give a .docx, .pdf, .html, .md or .txt file."
        ) from None
    instrument = upload.name_of(path.name)
    with Apart() as apart:
        try:
            reading = apart.read(data, form="upload", instrument=instrument, filename=path.name)
        except BadSource as error:
            raise type(error)(
                f"{path.name}: {error.message}", next_step=error.next_step or "Nothing was added."
            ) from None
    now = datetime.now(UTC)
    edition = Edition(
        instrument,
        hashlib.sha256(data).hexdigest(),
        date.today(),
        "",
        now.isoformat(timespec="seconds"),
        "upload",
        Holding.UPLOAD,
    )
    record.ingest([(reading, edition)])
    return instrument, len(reading.passages), reading.warnings


def remove(name: str, record: Record) -> str:
    """Take an upload out of the record; NoSuchClause where there is none of that name."""
    wanted = name if name.startswith("upload ") else upload.name_of(name)
    if record.remove(wanted):
        return wanted
    if record.editions(name):
        raise NoSuchClause(
            f"{name} is official text, not an upload, and is not removed by itself.",
            next_step="pincite status says where the record is; deleting its folder removes everything.",
        )
    held = tuple(dict.fromkeys(e.instrument for e in record.editions() if e.instrument.startswith("upload ")))
    raise NoSuchClause(
        f"There is no {wanted}.",
        near=held[:5],
        next_step=f"Uploads: {', '.join(held[:5])}." if held else "Nothing was uploaded.",
    )
