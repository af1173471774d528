"""The White House and the National Archives' copies of its earlier pages."""

from assistant.law import Instrument
from assistant.sync.page import bring_page
from assistant.sync.publishers import NO, PERHAPS, Copy, Run, Unchanged, host_of

HOSTS = (
    "www.whitehouse.gov",
    "bidenwhitehouse.archives.gov",
    "trumpwhitehouse.archives.gov",
    "obamawhitehouse.archives.gov",
    "clintonwhitehouse6.archives.gov",
)


def claim(instrument: Instrument) -> int:
    """By the address in the catalogue."""
    return PERHAPS if host_of(instrument.source_url) in HOSTS else NO


def bring(instrument: Instrument, run: Run) -> Copy | Unchanged:
    """The page itself."""
    return bring_page(instrument, run, "whitehouse-html")
