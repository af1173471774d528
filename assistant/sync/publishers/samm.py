"""The Security Assistance Management Manual on the site of the Defense Security Cooperation Agency."""

from assistant.errors import BadSource
from assistant.law import Instrument
from assistant.readers import find_reader
from assistant.sync.page import bring_page
from assistant.sync.publishers import NO, SURE, Copy, Run, Unchanged

HOSTS = ("samm.dsca.mil", "www.dsca.mil")

_FORMAT = "samm-html"


def claim(instrument: Instrument) -> int:
    """Every chapter and appendix of the manual."""
    return SURE if instrument.id.startswith("SAMM ") else NO


def bring(instrument: Instrument, run: Run) -> Copy | Unchanged:
    """A chapter's page, once there is a reader for it."""
    try:
        find_reader(_FORMAT)
    except BadSource:
        raise BadSource(
            f"There is no reader for the manual's web page yet, so {instrument.id} was not fetched.",
            next_step="Print the chapter as PDF and bring it with pincite sync --from FOLDER.",
        ) from None
    return bring_page(instrument, run, _FORMAT)
