"""The Office of the Law Revision Counsel: sections of the U.S. Code out of a title's file at a release point."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

from assistant.errors import BadInput, BadSource
from assistant.law import Instrument
from assistant.sync.fetch import NEXT_STEP, Received, Validators
from assistant.sync.forms import Form
from assistant.sync.publishers import NO, SURE, Copy, Run, Unchanged
from assistant.sync.title import cut

HOSTS = ("uscode.house.gov",)

_DOWNLOAD = "https://uscode.house.gov/download/"
_MOST_BYTES = 400_000_000
_SECTION = re.compile(r"(\d+) USC ([0-9A-Za-z-]+)")
_NAME = re.compile(r"\d{2,3}-\d{1,4}(?:not\d{1,4})*(?:u\d{1,2})?")
_CURRENT = re.compile(r"releasepoints/us/pl/\d+/\w+/xml_usc(\w+)@([\w-]+)\.zip")
_PRIOR = re.compile(r"""usc-rp@([\w-]+)\.html?["'][^>]*>([^<]*)<""")
_LAW_AND_DAY = re.compile(r"Public Law\s+(\d+-\d+)\s*\((\d{2})/(\d{2})/(\d{4})\)")


def claim(instrument: Instrument) -> int:
    """Every section of the U.S. Code."""
    return SURE if _SECTION.fullmatch(instrument.id) else NO


def bring(instrument: Instrument, run: Run) -> Copy | Unchanged:
    """A section as the release point prints it; a title's file is fetched once for all its sections that are wanted."""
    title = _title(instrument)
    name, day = run.once("U.S. Code release point", lambda: _release_point(run))
    congress, _, law = name.partition("-")
    url = f"{_DOWNLOAD}releasepoints/us/pl/{congress}/{law}/xml_usc{int(title):02}@{name}.zip"
    answered, sections = run.once(url, lambda: _sections(title, url, run))
    day = day or _last_modified(answered.validators) or (None if run.release_point else run.today)
    if day is None:
        raise BadSource(
            f"The Law Revision Counsel gives no date for release point {name}, so what it printed cannot be dated.",
            next_step="Name another release point, or give the day with --as-of.",
        )
    if answered.unchanged:
        return Unchanged(day)
    if instrument.id not in sections:
        raise BadSource(
            f"Title {title} at release point {name} prints no section {instrument.id}.",
            next_step="Check the number, or name an earlier release point.",
        )
    return Copy(sections[instrument.id], "uslm-section", day, answered.url, url, answered.validators)


def _title(instrument: Instrument) -> str:
    return instrument.id.partition(" ")[0]


def _sections(title: str, url: str, run: Run) -> tuple[Received, dict[str, bytes]]:
    """A title's file and its wanted sections; none where all are held from this very file and it is unchanged."""
    wanted = [i.id for i in run.wanted if _SECTION.fullmatch(i.id) and _title(i) == title]
    held = {run.validators(id, url) for id in wanted}
    since = next(iter(held)) if len(held) == 1 else None
    received = run.fetcher.fetch(url, Form.ZIP, since=since, most=_MOST_BYTES)
    if received.file is None:
        return received, {}
    return received, cut(received.file, frozenset(wanted), name=f"title {title}")


def _release_point(run: Run) -> tuple[str, date | None]:
    """The release point asked for, the one that stood on the day asked for, or the current one; with its date."""
    current, current_day = _current(run)
    if run.release_point:
        if not _NAME.fullmatch(run.release_point):
            raise BadInput(f"{run.release_point[:40]!r} is not a release point.", next_step="Write it as 119-100.")
        if run.release_point == current:
            return current, current_day
        return run.release_point, _prior(run).get(run.release_point)
    if run.as_of is None or (current_day and current_day <= run.as_of):
        return current, current_day
    stood = [(day, place, name) for place, (name, day) in enumerate(_prior(run).items()) if day <= run.as_of]
    if not stood:
        raise BadSource(
            f"The Law Revision Counsel lists no release point on or before {run.as_of}.",
            next_step="Ask for a later day.",
        )
    # The page lists the newest first, so of two on one day the one printed higher is the later.
    day, _, name = max(stood, key=lambda row: (row[0], -row[1]))
    return name, day


def _current(run: Run) -> tuple[str, date | None]:
    page = _page(run, "download.shtml")
    names = {name for _, name in _CURRENT.findall(page)}
    if len(names) != 1 or not _NAME.fullmatch(name := names.pop()):
        raise BadSource(
            "The Law Revision Counsel's download page names no one release point; it may be down for maintenance.",
            next_step=NEXT_STEP,
        )
    day = next((day for law, day in _days(page) if _law(name) == law), None)
    return name, day


def _prior(run: Run) -> dict[str, date]:
    """Earlier release points with their dates, in the page's order."""
    page = _page(run, "priorreleasepoints.htm")
    return {name: day for name, words in _PRIOR.findall(page) if _NAME.fullmatch(name) for _, day in _days(words)}


def _page(run: Run, name: str) -> str:
    def asked() -> str:
        return run.fetcher.fetch(_DOWNLOAD + name, Form.HTML).data().decode(errors="replace")

    return run.once(name, asked)


def _law(name: str) -> str:
    """The public law a release point is named after: `119-73` of `119-73not60`."""
    return re.match(r"\d+-\d+", name)[0]  # type: ignore[index]


def _days(words: str) -> list[tuple[str, date]]:
    found = []
    for law, month, day, year in _LAW_AND_DAY.findall(" ".join(words.split())):
        try:
            found.append((law, date(int(year), int(month), int(day))))
        except ValueError:
            continue
    return found


def _last_modified(validators: Validators) -> date | None:
    try:
        return parsedate_to_datetime(validators.last_modified).date()
    except (TypeError, ValueError):
        return None
