"""A sentence held against the dated tables and the clauses' own figures."""

import re
from collections.abc import Iterator, Sequence

from assistant.check.clocks import count_against, days_against
from assistant.check.membership import allies_against, members_against
from assistant.check.officials import officials_against
from assistant.check.ordinals import places_against
from assistant.check.own_figures import figures_against
from assistant.check.readings import Contradiction, Ground, routes_of
from assistant.check.thresholds import amounts_against, basis_against, case_against

_TELLING = re.compile(
    r"\d|%|\b\w+(?:th|st|nd|rd) day\b|\bweekends?\b|\bholidays\b|\bSaturdays\b|\bdollars?\b|\bdays?\b|\bmonths?\b|\byears?\b|\bvalue|\bcost|\bprice|\bSecretary\b|\bDepartment\b|\bState\b|\bDefense\b|\bWar\b|\bDSCA\b|\bNATO\b|\bMNNA"
)


def contradictions(
    ground: Ground, said: str, cited: list[str], contexts: Sequence[str] = (), *, row: bool = False
) -> Iterator[Contradiction]:
    """What in a sentence the tables contradict; `cited` are the clauses it cites, `contexts` what its paragraph, heading and memo said, nearest first."""
    if not _TELLING.search(said):
        return
    routes = next(
        (named for words in ("", *contexts) if (named := routes_of(ground, words or said, [] if words else cited))), []
    )
    seen: set[int] = set()
    for found in (
        *amounts_against(ground, said, cited, routes, contexts), *days_against(ground, said, cited, routes, contexts), *basis_against(ground, said, [] if row and not cited else routes),
        *allies_against(ground, said, routes), *members_against(ground, said), *officials_against(ground, said, cited, routes, contexts[:1]), *case_against(ground, said, routes),
        *count_against(ground, said, cited, contexts), *places_against(ground, said, routes, contexts), *figures_against(ground, said, cited),
    ):  # fmt: skip
        if found.start not in seen:
            seen.add(found.start)
            yield found
