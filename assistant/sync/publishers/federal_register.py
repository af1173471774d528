"""The Federal Register's service: presidential documents and rules, by document number or by executive order number."""

import json
import re
from datetime import date
from typing import Any

from assistant.errors import BadSource
from assistant.law import Instrument
from assistant.sync.fetch import NEXT_STEP, Form
from assistant.sync.publishers import NO, PERHAPS, SURE, Copy, Run, Unchanged, host_of

HOSTS = ("www.federalregister.gov",)

_SERVICE = "https://www.federalregister.gov/api/v1"
_ORDER = re.compile(r"EO (\d+)")
_DOCUMENT = re.compile(r"/documents/(\d{4})/(\d{2})/(\d{2})/([0-9A-Z]{1,3}\d?-?\d{1,4}-\d{1,6}|[0-9A-Z-]{4,20})(?:/|$)")
_MOST_PAGES = 5


def claim(instrument: Instrument) -> int:
    """Every executive order, and whatever the catalogue says is there."""
    if _ORDER.fullmatch(instrument.id):
        return SURE
    return PERHAPS if host_of(instrument.source_url) in HOSTS else NO


def bring(instrument: Instrument, run: Run) -> Copy | Unchanged | None:
    """The document's XML, as of its publication; None where the Federal Register has no XML of it."""
    named = _DOCUMENT.search(instrument.source_url) if host_of(instrument.source_url) in HOSTS else None
    if named:
        number, published = named[4], f"?publication_date={named[1]}-{named[2]}-{named[3]}"
    elif order := _ORDER.fullmatch(instrument.id):
        found = _number_of(order[1], instrument, run)
        if found is None:
            return None
        number, published = found, ""
    else:
        raise BadSource(
            f"The address in the catalogue names no document for {instrument.id}, so it cannot be asked for.",
            next_step="Bring the text with pincite sync --from FOLDER.",
        )
    document = _json(run, f"{_SERVICE}/documents/{number}.json{published}")
    url = document.get("full_text_xml_url")
    if not isinstance(url, str) or not url:
        return None
    day = _day(document, number)
    received = run.fetcher.fetch(url, Form.XML, since=run.validators(instrument.id, url))
    if received.unchanged:
        return Unchanged(run.today)
    return Copy(received.data(), "federal-register-xml", day, received.url, url, received.validators)


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
        for row in listed.get("results") or []:
            if str(row.get("executive_order_number")) == order and row.get("document_number"):
                found.add(str(row["document_number"]))
        if found or page >= int(listed.get("total_pages") or 1):
            break
    if len(found) > 1:
        raise BadSource(f"The Federal Register lists several documents as {instrument.id}: {', '.join(sorted(found))}.")
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
