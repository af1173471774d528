"""A clause cited for what it said before it was rewritten, or for what came into it after the memo's day."""

import re

from assistant import cite
from assistant.check.citations import Judged
from assistant.check.findings import Verdict
from assistant.check.officials import function_of, office_of, offices_in
from assistant.check.readings import Ground
from assistant.check.sources import terms
from assistant.law import Status
from assistant.phrase import day

_TOLD_AS_PAST = re.compile(
    r"\b(?:previously|formerly|had|earlier|old rule|no longer|printed|until|before|used to|outranks?|out of date|then|was|were|rewr\w+|replaced|amended|since)\b",
    re.I,
)
_ACTS = re.compile(r"\b(?:certif|notif|transmit|submit|sign|send)\w*\b", re.I)
_CAME = re.compile(r"\b(?:added|inserted|disapplied|no longer appl\w+|do(?:es)? not apply)\b", re.I)
_ENOUGH = 0.5


def rewritten(ground: Ground, said: str, provision: str) -> Judged | None:
    """An order's clause credited with a function that a later order gave to somebody else."""
    if not _ACTS.search(said) or _TOLD_AS_PAST.search(said):
        return None
    for row in ground.rules.certifiers:
        if row.provision != provision or row.covers(ground.on) or row.start is None or row.start > ground.on:
            continue
        now = ground.rules.certifier(row.function, ground.on)
        if now is None or office_of(now.official) == office_of(row.official) or now.provision == provision:
            continue
        if function_of(said, row.function) and office_of(row.official) in offices_in(said):
            shown = cite.display(now.provision, ground.corpus)
            return Judged(
                Verdict.NOT_IN_FORCE,
                f"{cite.display(provision, ground.corpus)} no longer says this: {shown} rewrote it, and on {day(ground.on)}"
                f" the function under {row.function} belongs to the {now.official}.",
                provision, f"Cite {shown}.", Status.SUPERSEDED,
            )  # fmt: skip
    return None


def came_later(ground: Ground, said: str, provision: str) -> Judged | None:
    """What a sentence takes from a clause that came into it only after the memo's day."""
    wanted = set(terms(said))
    for version in ground.corpus.provisions.get(provision, ()):
        for period in version.history:
            brought = set(terms(period.change))
            if period.start <= ground.on or not _CAME.search(period.change) or len(brought) < 4:
                continue
            if len(brought & wanted) / len(brought) >= _ENOUGH:
                return Judged(
                    Verdict.NOT_IN_FORCE,
                    f"{cite.display(provision, ground.corpus)} says this only since {day(period.start)} ({period.by}: {period.change}).",
                    provision, f"On {day(ground.on)} it was not law yet.", Status.NOT_YET,
                )  # fmt: skip
    return None
