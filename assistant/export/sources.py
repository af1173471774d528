"""A citation in words: what it is, how it stood on the day, what of it is held, and where its publisher has it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from assistant.cite import Citation
from assistant.export.span import Line, Span
from assistant.law import Authority, Holding, Status
from assistant.phrase import day

AUTHORITIES = {
    Authority.STATUTE: "Statute",
    Authority.REGULATION: "Regulation",
    Authority.EXECUTIVE_ORDER: "Executive order",
    Authority.PRESIDENTIAL_MEMORANDUM: "Presidential memorandum",
    Authority.MANUAL: "Manual",
    Authority.FACT_SHEET: "Fact sheet",
    Authority.UPLOAD: "Upload, not law",
}
HOLDINGS = {
    Holding.OFFICIAL: "official text held",
    Holding.NOTE: "our note alone",
    Holding.LOSSY: "a damaged copy, never quoted",
    Holding.SECONDARY: "known only through others",
    Holding.UPLOAD: "a reader's own upload, not law",
    Holding.NONE: "neither text nor note held",
}


class Source(Protocol):
    """A citation of an answer or a memo."""

    @property
    def citation(self) -> Citation: ...
    @property
    def cite(self) -> str: ...
    @property
    def authority(self) -> Authority: ...
    @property
    def status(self) -> Status: ...
    @property
    def holding(self) -> Holding: ...
    @property
    def edition_after(self) -> bool: ...
    @property
    def sha256(self) -> str | None: ...
    @property
    def url(self) -> str: ...


def standing(status: Status, on: date) -> str:
    """What a clause is on a day; the day is never to be read as the one on which it ended."""
    if status is Status.IN_FORCE:
        return f"in force on {day(on)}"
    if status is Status.NOT_YET:
        return f"not yet in force on {day(on)}"
    if status is Status.DIRECTED:
        return f"directed to be implemented, as it stood on {day(on)}"
    if status is Status.REPORTED:
        return f"its end reported and not confirmed, as it stood on {day(on)}"
    if status is Status.UNKNOWN:
        return f"status on {day(on)} not known"
    return f"no longer in force on {day(on)} ({status})"


def short_standing(status: Status) -> str:
    """The same in a table whose heading gives the day."""
    words = {Status.IN_FORCE: "in force", Status.NOT_YET: "not yet in force", Status.DIRECTED: "directed to be implemented",
             Status.REPORTED: "end reported", Status.UNKNOWN: "not known"}  # fmt: skip
    return words.get(status, f"no longer in force ({status})")


def held(each: Source) -> str:
    """What stands behind the words: an edition by date and hash, or our note."""
    citation = each.citation
    if citation.quote is None or not citation.edition:
        return "text not held" if each.holding is Holding.NOTE else HOLDINGS[each.holding]
    later = ", later than the date of this draft" if each.edition_after else ""
    hashed = f", sha256 {each.sha256[:12]}" if each.sha256 else ""
    kind = "official text" if each.holding is Holding.OFFICIAL else HOLDINGS[each.holding]
    return f"quoted from the {kind}, edition of {_day(citation.edition)}{later}{hashed}"


def note(lead: str, sources: Sequence[Source], on: date, known: set[str], more: str = "") -> Line:
    """A footnote: a lead, then every citation in full, a link each; `known` are the clauses whose holding was told before."""
    spans: list[Span] = [Span(lead)] if lead else []
    for number, each in enumerate(sources):
        spans += [Span("; " if number else " " if lead else ""), Span(each.cite, url=each.url)]
        provision = each.citation.provision
        told = each.citation.quote is None and provision in known
        known.add(provision)
        spans.append(Span(f" ({standing(each.status, on)}{'' if told else f'; {held(each)}'})"))
    return (*spans, Span(f".{f' {more}' if more else ''}" if sources else more))


def short_note(lead: str, sources: Sequence[Source], on: date) -> Line:
    """A footnote under a page that says what its notes leave out: its standing where not plainly in force, its edition where quoted."""
    spans: list[Span] = [Span(lead)] if lead else []
    for number, each in enumerate(sources):
        spans += [Span("; " if number else " " if lead else ""), Span(each.cite, url=each.url)]
        plainly = each.citation.quote is None and each.holding in {Holding.OFFICIAL, Holding.NOTE}
        told = [
            "" if each.status is Status.IN_FORCE else standing(each.status, on),
            "" if plainly else held(each),
        ]
        if any(told):
            spans.append(Span(f" ({'; '.join(filter(None, told))})"))
    return (*spans, Span("." if sources else ""))


def clause(each: Source, on: date) -> Line:
    """A citation in a table's cell: a link, with its standing where it is not plainly in force."""
    told = "" if each.status is Status.IN_FORCE else f" ({standing(each.status, on)})"
    return (Span(each.cite, url=each.url), Span(told))


def in_order(provision: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts ids as people do: 9 before 10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|[^\d]+", provision))


def addresses(sources: Iterable[Source]) -> dict[str, str]:
    """The publisher's address of each provision cited."""
    return {each.citation.provision: each.url for each in sources if each.url}


def _day(written: str) -> str:
    try:
        return day(date.fromisoformat(written))
    except ValueError:
        return written
