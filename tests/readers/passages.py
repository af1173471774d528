"""What the readers' tests ask of a reading."""

import re

from assistant.readers import Passage, Reading


def ids(reading: Reading) -> list[str]:
    """The ids in order of print."""
    return [passage.id for passage in reading.passages]


def own(reading: Reading, id: str) -> str:
    """A clause's own words."""
    (found,) = [p for p in reading.passages if p.id == id]
    return reading.text[found.own_start : found.own_end]


def check_spans(reading: Reading) -> None:
    """Parents come first and contain their children; own words lie within; ids differ."""
    seen: dict[str, Passage] = {}
    for passage in reading.passages:
        assert passage.id not in seen
        assert passage.start <= passage.own_start <= passage.own_end <= passage.end <= len(reading.text)
        if passage.parent is not None:
            above = seen[passage.parent]
            assert above.start <= passage.start <= passage.end <= above.end
        seen[passage.id] = passage


def squeezed(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s+", "", text)
