"""The names in a text: of officials, bodies, places and instruments."""

import re
from dataclasses import dataclass

_JOIN = r"(?:of|the|and|for|on|to|in)"
_NAME = re.compile(rf"\b[A-Z][\w'&.-]*(?: (?:{_JOIN} )*[A-Z][\w'&-]*)*")
_TITLES = ("Secretary", "Minister", "Director", "Department", "Committee", "Administrator", "Office", "Bureau", "Chairman", "Under Secretary", "Assistant Secretary", "Ambassador", "Speaker", "General", "Agency", "Commission")  # fmt: skip
_COMMON = "The A An In On At If When Where While Under For To Of No Not Any All Each Every It Its This That These Those As By With From But And Or However Also Section Sec Act Title Part Passage Step Yes There They He She We You I Only Both Either Neither Such Some Most Many After Before Until Unless Since Because According Additionally Overall First Second Third Finally Note Subsection Paragraph Clause Chapter Article May Must Shall Will Should Can Could Would Code"
_NOT_NAMES = frozenset(_COMMON.split())  # fmt: skip
_ACTING = "president congress senate house secretary minister committee department director administrator board court council ambassador"
_BODIES = frozenset(_ACTING.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, its words in small letters, and where it begins; `first` where it opens a sentence."""

    written: str
    words: tuple[str, ...]
    start: int
    first: bool

    @property
    def head(self) -> str:
        """The office or body that several names share: "secretary" of State and of War."""
        return next((title.lower() for title in _TITLES if self.written.startswith(title)), "")

    @property
    def official(self) -> bool:
        """Whether it names somebody who can act."""
        return bool(_BODIES & set(self.words))


def names(text: str) -> list[Name]:
    """Every name of a text already cleaned and masked."""
    found: list[Name] = []
    for match in _NAME.finditer(text):
        written, start = match[0], match.start()
        before = text[:start].rstrip()
        opens = not before or before[-1] in ".!?:;" or "\n" in text[len(before) : start]
        while (first := re.match(rf"(\w+)(?: (?:{_JOIN} )*(?=[A-Z])|$)", written)) and first[1] in _NOT_NAMES:
            start += first.end()
            written = written[first.end() :]
            if not written:
                break
        words = tuple(
            w for w in re.findall(r"[a-z0-9&-]+", written.lower().replace("'s", "")) if w not in _JOIN[3:-1].split("|")
        )
        if words:
            found.append(Name(written, words, start, opens and start == match.start()))
    return found
