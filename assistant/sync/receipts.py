"""What was last received of each instrument and from where, in `fetch.json`: only so that it need not be sent again.

The record is the truth; a receipt whose edition the record does not hold counts for nothing, and a lost file costs a
longer sync.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from assistant.record import Record
from assistant.sync.fetch import Validators

_FORM = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """The address asked, its validators, the hash of the edition held of it, and the day to which that stands."""

    url: str
    etag: str
    last_modified: str
    sha256: str
    confirmed: str


class Receipts:
    """The receipts of a data folder."""

    def __init__(self, path: Path, found: dict[str, Receipt]) -> None:
        self.path = path
        self._found = found

    def validators(self, instrument: str, url: str, record: Record) -> Validators | None:
        """What to ask with whether the file at an address has changed; None where the answer must be the file."""
        receipt = self._found.get(instrument)
        if receipt is None or receipt.url != url:
            return None
        if all(edition.sha256 != receipt.sha256 for edition in record.editions(instrument)):
            return None
        return Validators(receipt.etag, receipt.last_modified) or None

    def confirmed(self, instrument: str) -> date | None:
        """The last day for which the publisher was seen to have the edition held."""
        receipt = self._found.get(instrument)
        try:
            return date.fromisoformat(receipt.confirmed) if receipt else None
        except ValueError:
            return None

    def keep(self, instrument: str, url: str, validators: Validators, sha256: str, confirmed: date) -> None:
        """Note a file received, to be written by `save`."""
        receipt = Receipt(url, validators.etag, validators.last_modified, sha256, confirmed.isoformat())
        self._found[instrument] = receipt

    def renew(self, instrument: str, confirmed: date) -> None:
        """Note that an unchanged file was seen again."""
        if receipt := self._found.get(instrument):
            later = max(receipt.confirmed, confirmed.isoformat())
            self._found[instrument] = Receipt(receipt.url, receipt.etag, receipt.last_modified, receipt.sha256, later)

    def save(self) -> None:
        """Replace the file at once; one that cannot be written is no fault."""
        rows = {instrument: asdict(receipt) for instrument, receipt in sorted(self._found.items())}
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            with temporary.open("w", encoding="utf-8") as file:
                json.dump({"form": _FORM, "receipts": rows}, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except OSError:
            return


def read_receipts(record: Record) -> Receipts:
    """The receipts beside a record; none where there is no file or it cannot be read."""
    path = record.path.with_name("fetch.json")
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        kept = rows["receipts"] if rows["form"] == _FORM else {}
        found = {str(instrument): Receipt(**{k: str(v) for k, v in row.items()}) for instrument, row in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        found = {}
    return Receipts(path, found)
