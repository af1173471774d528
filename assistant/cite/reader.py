"""What a parser of citations works with: the text, the place in it, and what was named before."""

import re
from dataclasses import dataclass, field
from re import IGNORECASE

from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import Scan

# Words that show a text is about arms transfers, so that "section 36(b)" is the Arms Export Control Act's.
_ARMS = Pattern(
    r"\b(?:AECA|ACA|FMS|DCS|FMF|ITAR|SAMM|FAA|MDE|MTCR|Leahy|CAT policy|arms|military|Foreign Assistance|"
    r"security assistance|human rights|transmittal|letters? of offer|Secretary of (?:State|Defense|War))\b|"
    r"\bdefen[sc]e (?:article|service|trade|equip)|"
    r"\b(?:munition|weapon|re-?transfer|certif|notif|export|licen[cs]e|Congress)",
    IGNORECASE,
)
_QUESTION = 400  # a text this short is a question put to this program
_CODE_SECTION = Pattern(r"(?P<title>\d+ USC )(?P<number>\d+[A-Za-z]*(?:-\d+[a-z]*)?)")
_WITHIN = Pattern(r"^(?P<root>[^(,]*)(?P<labels>(?:\([^)]*\))*)")


@dataclass(slots=True)
class Found:
    """What a parser made of the words from its head to the reader's place."""

    cited: list[Cited]
    parallel: list[Cited] = field(default_factory=list)
    assumed: bool = False
    year: int = 0


@dataclass(slots=True)
class Reader:
    """A cleaned text being read. `act` and `order` are what was named last, `within` where the text stands,
    `sections` the title of each section of the Code cited so far."""

    scan: Scan
    within: str = ""
    act: str = ""
    order: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    _arms: bool | None = None

    @property
    def about_arms(self) -> bool:
        """Whether a section without an act may be taken for one of the arms transfer acts."""
        if self._arms is None:
            short = len(self.scan.text) <= _QUESTION
            self._arms = short or bool(self.act or self.order or self.within or _ARMS.search(self.scan.text))
        return self._arms

    def name_act(self, act: str) -> None:
        """Remember the act named last; it comes before any order named earlier."""
        self.act, self.order = act, ""

    def name_order(self, order: str) -> None:
        """Remember the order, memorandum or public law named last."""
        self.order = order

    def name_sections(self, cited: list[Cited]) -> None:
        """Remember the sections of the Code cited, so that `362(b)` is known again after `10 U.S.C. 362`."""
        for one in cited:
            if (match := _CODE_SECTION.match(one.readings[0])) and len(match["number"]) > 2:
                self.sections[match["number"]] = match["title"]

    @property
    def section_within(self) -> str:
        """The section that the text stands in: `22 USC 2776`, `22 CFR 126.1`, `EO 14268 sec. 3`."""
        match = _WITHIN.match(self.within)
        return match["root"] if match else ""

    @property
    def labels_within(self) -> tuple[str, ...]:
        """The labels of the clause that the text stands in."""
        match = _WITHIN.match(self.within)
        return tuple(re.findall(r"\(([^)]*)\)", match["labels"])) if match else ()
