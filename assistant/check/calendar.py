"""Days as memos write them."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = re.compile(
    rf"\b(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?:day of )?(?P<m2>{_MONTH})\.?,? (?P<y2>\d{{4}})\b"
    rf"|\b(?P<m3>{_MONTH})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{4}})\b"
    r"|\b(?P<m4>\d{1,2})/(?P<d4>\d{1,2})/(?P<y4>\d{4})\b",
    re.I,
)
LABELLED = re.compile(
    r"[\s*_#>|-]*(?:date|dated|sent|as of|as-of|memo(?:randum)? date|prepared|submitted|law as of)\b[\s*_]*[:\s|-]",
    re.I,
)
NAMED = re.compile(r"\b(?:date|dated|as of)\s*:\s*", re.I)
AS_OF = re.compile(r"\bas of (?=[\dA-Z])", re.I)
DRAFTED = re.compile(
    r"(?:^|[,(;*_#|-])\s*(?:last )?(?:draft(?:ed)?|revised|rev\.?|version|updated|prepared)\b[ ,:]{1,3}(?:of|on|as of|dated)?\s*(?=\d|[A-Z][a-z]{2})",
    re.I,
)
_CLOSES = 64


def days_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every day written in a text, with where it stands; one that does not exist is passed over."""
    for match in _DAY.finditer(text):
        number = next(n for n in "1234" if match[f"y{n}"])
        month = match[f"m{number}"]
        try:
            found = date(
                int(match[f"y{number}"]),
                int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1,
                int(match[f"d{number}"]),
            )
        except ValueError:
            continue
        yield found, match.start(), match.end()


def first_day(text: str) -> date | None:
    """The first day written in a text."""
    return next((day for day, _, _ in days_in(text)), None)


def closes(text: str) -> bool:
    """Whether a short line ends in a day: "L/PM -- 14 September 2026"."""
    line = text.strip(" *_#.,()|-")
    return len(line) <= _CLOSES and any(end >= len(line) - 1 for _, _, end in days_in(line))


def alone(text: str) -> bool:
    """Whether a text is a day and nothing else."""
    return any(not (text[:start] + text[end:]).strip(" *_#.,()|-") for _, start, end in days_in(text))
