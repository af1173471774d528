"""The Department of State, its archived site of 2017-2021, and its historian's documents."""

from assistant.law import Instrument
from assistant.sync.page import bring_page
from assistant.sync.publishers import NO, PERHAPS, Copy, Run, Unchanged, host_of

HOSTS = ("www.state.gov", "2017-2021.state.gov", "history.state.gov")


def claim(instrument: Instrument) -> int:
    """By the address in the catalogue."""
    return PERHAPS if host_of(instrument.source_url) in HOSTS else NO


def bring(instrument: Instrument, run: Run) -> Copy | Unchanged:
    """The page itself; its paragraphs and bullets are read as those of any article."""
    return bring_page(instrument, run, "whitehouse-html")
