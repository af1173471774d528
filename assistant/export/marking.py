"""The marking on every page. A drafter may add to it, and can take nothing away."""

import logging
import re

from assistant.errors import BadInput
from assistant.plain import plain

MARKING = "DRAFT - NOT CLEARED - unclassified information only - not legal advice"
_LONGEST = 120
_LOWERS = re.compile(
    r"(?<!not )(?<!un)\b(?:cleared|final|approved|releas(?:e|ed|able)|public(?:ly)?|declassified|legal advice)\b"
    r"|\b(?:not|no longer|non)[- ]?(?:a )?draft\b",
    re.IGNORECASE,
)
_CLASSIFIED = re.compile(
    r"(?<!un)\b(?:top secret|secret|confidential|restricted data|(?:TS|S|C)//|SCI)\b", re.IGNORECASE
)

_log = logging.getLogger(__name__)


def raised(marking: str = "") -> str:
    """The marking with what a drafter adds before it; BadInput where the addition would lower it or names a classification."""
    added = " ".join(plain(marking).split())
    if not added:
        return MARKING
    if len(added) > _LONGEST:
        raise BadInput(f"A marking has at most {_LONGEST} characters.", next_step="Shorten it.")
    if _CLASSIFIED.search(added):
        _log.warning("A classified marking was refused.")
        raise BadInput(
            f"The marking {added!r} is a classification, and a draft made here holds unclassified information only.",
            next_step="Carry the text to a system approved for it and mark it there.",
        )
    if _LOWERS.search(added):
        _log.warning("A marking that would lower the draft's own was refused.")
        raise BadInput(
            f"The marking {added!r} would lower the draft's own, which is never done.",
            next_step="A marking may be raised, for example to CUI//PRE-DECISIONAL.",
        )
    return MARKING if added.casefold() in MARKING.casefold() else f"{added} - {MARKING}"
