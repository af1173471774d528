"""A publisher's web page as it stands: fetched, dated, and known by enough of its words."""

import re
from datetime import date

from assistant.errors import BadSource
from assistant.law import Instrument
from assistant.sync.forms import Form
from assistant.sync.publishers import Copy, Run, Unchanged, host_of

_META = re.compile(rb"<meta\b[^>]{0,1000}>", re.IGNORECASE)
_DATED = re.compile(
    rb"""(?:property|name)\s*=\s*["'](?:article:(?:modified|published)_time|dc(?:terms)?\.(?:modified|date|issued))["']""",
    re.IGNORECASE,
)
_DAY = re.compile(rb"""content\s*=\s*["'](\d{4}-\d{2}-\d{2})""", re.IGNORECASE)
_MOST_SEEN = 200_000


def bring_page(instrument: Instrument, run: Run, form: str) -> Copy | Unchanged:
    """The page at the catalogue's address, as of the day it states or else of the day it is fetched."""
    url = instrument.source_url
    if re.fullmatch(r"https?://[^/]+/?", url):
        raise BadSource(
            f"The catalogue names only the front page of {host_of(url)} for {instrument.id}, not the page itself.",
            next_step="Bring the text with pincite sync --from FOLDER.",
        )
    received = run.fetcher.fetch(url, Form.HTML, since=run.validators(instrument.id, url))
    if received.unchanged:
        return Unchanged(run.today)
    data = received.data()
    day = stated_day(data, run.today) or run.today
    return Copy(data, form, day, received.url, url, received.validators, seen=run.today)


def stated_day(data: bytes, today: date) -> date | None:
    """The latest day a page's own data give for its publication or change; None where it gives none that has come."""
    found: list[date] = []
    for tag in _META.findall(data[:_MOST_SEEN]):
        if _DATED.search(tag) and (day := _DAY.search(tag)):
            try:
                found.append(date.fromisoformat(day[1].decode()))
            except ValueError:
                continue
    return max((day for day in found if day <= today), default=None)
