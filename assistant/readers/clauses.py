"""A clause as read, before it is printed: the tree every text reader builds, and the one place it becomes spans."""

from dataclasses import dataclass, field

from assistant.readers import Kind, Passage, Reading


@dataclass(slots=True)
class Clause:
    """One clause: its printed label (designator and heading), the words of its own, and its children.

    A clause without an id is text of the instrument that nobody cites: an address, a signature.
    """

    id: str = ""
    kind: Kind = Kind.PROVISION
    label: str = ""
    heading: str = ""
    own: str = ""
    children: list["Clause"] = field(default_factory=list)


def printed(
    instrument: str, title: str, clauses: list[Clause], *, act: str = "", warnings: tuple[str, ...] = ()
) -> Reading:
    """Print the tree once and note where every clause stands; an id printed twice gets `[2]`."""
    page = _Page(instrument)
    for clause in clauses:
        page.put(clause, None)
    return Reading(instrument, title, "".join(page.parts), tuple(page.passages), act=act, warnings=warnings)


class _Page:
    """The text written so far, and the passages in it."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.parts: list[str] = []
        self.length = 0
        self.passages: list[Passage] = []
        self.at_line_start = True
        self.seen: dict[str, int] = {}

    def put(self, clause: Clause, parent: str | None, was: str = "", now: str = "") -> None:
        """Write a clause and its children; `was` and `now` rename ids below a clause printed twice."""
        if self.length and not self.at_line_start:
            self._write("\n")
        start = self.length
        own_start = start
        if clause.label:
            self._write(clause.label)
            if clause.own and not clause.label.endswith("\n"):
                self._write(" ")
            own_start = self.length
        self._write(clause.own)
        self.at_line_start = not (clause.label or clause.own)
        own_end = self.length
        printed_id = self._unique(now + clause.id[len(was) :] if was and clause.id.startswith(was) else clause.id)
        place = len(self.passages)
        inner = printed_id or parent
        for child in clause.children:
            self.put(child, inner, *((clause.id, printed_id) if printed_id != clause.id else (was, now)))
        if printed_id:
            self.passages.insert(
                place,
                Passage(printed_id, parent, clause.kind, clause.heading, start, self.length, own_start, own_end),
            )

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _unique(self, wanted: str) -> str:
        if not wanted:
            return wanted
        self.seen[wanted] = self.seen.get(wanted, 0) + 1
        return wanted if self.seen[wanted] == 1 else f"{wanted}[{self.seen[wanted]}]"
