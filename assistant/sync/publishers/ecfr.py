"""The eCFR's versioner service: a part of the Code of Federal Regulations on any day since 2017."""

import json
import re
from datetime import date

from assistant.errors import BadSource
from assistant.law import Instrument
from assistant.sync.fetch import NEXT_STEP
from assistant.sync.forms import Form
from assistant.sync.publishers import NO, SURE, Copy, Run, Unchanged

HOSTS = ("www.ecfr.gov",)

_SERVICE = "https://www.ecfr.gov/api/versioner/v1"
_PART = re.compile(r"(\d+) CFR part (\d+[a-z]?)")
_FIRST = date(2017, 1, 3)


def claim(instrument: Instrument) -> int:
    """Every part of the Code of Federal Regulations."""
    return SURE if _PART.fullmatch(instrument.id) else NO


def bring(instrument: Instrument, run: Run) -> Copy | Unchanged:
    """The part on the day asked for, or on the last day to which the eCFR is up to date."""
    match = _PART.fullmatch(instrument.id)
    assert match is not None
    latest = _up_to_date(int(match[1]), run)
    day = min(run.as_of, latest) if run.as_of else latest
    if day < _FIRST:
        raise BadSource(
            f"The eCFR has {instrument.id} from {_FIRST} on, not on {day}.", next_step="Ask for a later day."
        )
    url = f"{_SERVICE}/full/{day}/title-{match[1]}.xml?part={match[2]}"
    received = run.fetcher.fetch(url, Form.XML, since=run.validators(instrument.id, url))
    if received.unchanged:
        return Unchanged(day)
    return Copy(received.data(), "ecfr-xml", day, received.url, url, received.validators)


def _up_to_date(title: int, run: Run) -> date:
    """The day to which a title is up to date."""
    found = run.once("eCFR titles", lambda: _days(run)).get(title)
    if found is None:
        raise BadSource(f"The eCFR's list of titles gives no day for title {title}.", next_step=NEXT_STEP)
    return found


def _days(run: Run) -> dict[int, date]:
    """For each title, the day to which the service says it is up to date; a reserved title has none."""
    data = run.fetcher.fetch(f"{_SERVICE}/titles.json", Form.JSON).data()
    try:
        rows = [row for row in json.loads(data)["titles"] if row.get("up_to_date_as_of")]
        return {int(row["number"]): date.fromisoformat(row["up_to_date_as_of"]) for row in rows}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSource(f"The eCFR's list of titles cannot be read ({error}).", next_step=NEXT_STEP) from None
