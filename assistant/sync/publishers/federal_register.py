"""The Federal Register's service: presidential documents and rules, by document number or by executive order number."""

import json
import re
from datetime import date
from typing import Any

from assistant.errors import BadSource
from assistant.law import Instrument
from assistant.sync.fetch import NEXT_STEP
from assistant.sync.forms import Form
from assistant.sync.publishers import NO, PERHAPS, SURE, Copy, Run, Unchanged, host_of

HOSTS = ("www.federalregister.gov",)

_SERVICE = "https://www.federalregister.gov/api/v1"
_ORDER = re.compile(r"EO (\d+)")
_DOCUMENT = re.compile(r"/documents/(\d{4})/(\d{2})/(\d{2})/([0-9A-Z][0-9A-Z-]{3,24})(?:/|$)")
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{3,24}")
_MOST_PAGES = 5


def claim(instrument: Instrument) -> int:
    """Every executive order, and whatever the catalogue says is there."""
    if _ORDER.fullmatch(instrument.id):
        return SURE
    return PERHAPS if host_of(instrument.source_url) in HOSTS else NO


def bring(instrument: Instrument, run: Run) -> Copy | Unchanged | None:
    """The document's XML, as of its publication; None where the Federal Register has no XML of it."""
    found = _document(instrument, run)
    if found is None:
        return None
    number, published = found
    document = _json(run, f"{_SERVICE}/documents/{number}.json")
    url, day = document.get("full_text_xml_url"), _day(document, number)
    if published and day != published:
        raise BadSource(
            f"The Federal Register published document {number} on {day}, not on {published} as {instrument.id} was.",
            next_step="Bring the text with pincite sync --from FOLDER.",
        )
    if not isinstance(url, str) or not url:
        return None
    received = run.fetcher.fetch(url, Form.XML, since=run.validators(instrument.id, url))
    if received.unchanged:
        return Unchanged(run.today)
    return Copy(received.data(), "federal-register-xml", day, received.url, url, received.validators, seen=run.today)


def _document(instrument: Instrument, run: Run) -> tuple[str, date | None] | None:
    """The document's number, and its day where the address in the catalogue has it; None where it is not there."""
    named = _DOCUMENT.search(instrument.source_url) if host_of(instrument.source_url) in HOSTS else None
    if named:
        return named[4], date(int(named[1]), int(named[2]), int(named[3]))
    if order := _ORDER.fullmatch(instrument.id):
        number = _number_of(order[1], instrument, run)
        return (number, None) if number else None
    raise BadSource(
        f"The address in the catalogue names no document for {instrument.id}, so it cannot be asked for.",
        next_step="Bring the text with pincite sync --from FOLDER.",
    )


def _number_of(order: str, instrument: Instrument, run: Run) -> str | None:
    """The document number of an executive order; None where it is not there; BadSource where it is there twice."""
    year = f"&conditions[signing_date][year]={instrument.signed.year}" if instrument.signed else ""
    asked = (
        f"{_SERVICE}/documents.json?conditions[presidential_document_type]=executive_order&conditions[correction]=0{year}"
        "&fields[]=document_number&fields[]=executive_order_number&fields[]=publication_date&per_page=1000"
    )
    found: set[str] = set()
    for page in range(1, _MOST_PAGES + 1):
        listed = _json(run, f"{asked}&page={page}")
        rows = [row for row in listed.get("results") or [] if isinstance(row, dict)]
        numbers = {str(row.get("document_number")) for row in rows if str(row.get("executive_order_number")) == order}
        found |= {number for number in numbers if _NUMBER.fullmatch(number)}
        if found or not listed.get("next_page_url"):
            break
    if len(found) > 1:
        raise BadSource(
            f"The Federal Register lists several documents as {instrument.id}: {', '.join(sorted(found))}.",
            next_step="Bring the text with pincite sync --from FOLDER.",
        )
    return next(iter(found), None)


def _json(run: Run, url: str) -> dict[str, Any]:
    def asked() -> dict[str, Any]:
        try:
            answer = json.loads(run.fetcher.fetch(url, Form.JSON).data())
        except ValueError as error:
            raise BadSource(f"The Federal Register's answer is not JSON ({error}).", next_step=NEXT_STEP) from None
        if not isinstance(answer, dict):
            raise BadSource("The Federal Register's answer is not what was asked for.", next_step=NEXT_STEP)
        return answer

    return run.once(url, asked)


def _day(document: dict[str, Any], number: str) -> date:
    try:
        return date.fromisoformat(str(document["publication_date"]))
    except (KeyError, ValueError):
        raise BadSource(f"The Federal Register gives no date for document {number}.", next_step=NEXT_STEP) from None
