"""Read the Amendments note of the Office of the Law Revision Counsel: which clause, by which law, when."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from assistant.readers import Amendment
from assistant.readers.designators import read_list
from assistant.readers.markup import ascii_id

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_DAY = rf"({'|'.join(_MONTHS)})\.?\s+(\d{{1,2}}),\s+(\d{{4}})"
_NUMBER = r"\d+[0-9A-Za-z]*(?:[-\u2013]\d+)?(?:\([^()\s]{1,6}\))*"
_MORE = rf"(?:(?:, and |, | and | to |\s?[-\u2013]\s?)(?:{_NUMBER}|(?:\([^()\s]{{1,6}}\))+))*"
_INNER = r"(?:\s\[(?:[^\[\]]|\[[^\[\]]*\])*\])?"
_SECTIONS = rf"(?:,\s*(?P<mark>\u00a7\u00a7?)\s*(?P<sections>{_NUMBER}{_MORE}{_INNER}))?"
_WITHIN = r"(?:,\s(?:div|title|subtitle|pt)\.?\s[^,\u00a7]+)*"
_LAW = re.compile(rf"Pub\.\s*L\.\s*(?P<congress>\d+)[-\u2013\u2014](?P<number>\d+){_WITHIN}{_SECTIONS}")
_ACT = re.compile(rf"Act\s+(?P<day>{_DAY})(?:,\s*ch\.\s*\d+)?{_SECTIONS}")
_YEAR = re.compile(r"(\d{4})\s*\u2014\s*")
_WHERE = re.compile(r"(Subsec|Par|Subpar|Cl|Subcl)s?\.\s*(?=\()")
# What a clause of this name stands under, which tells (i) the letter from (i) the numeral.
_ABOVE = {"Subsec": "", "Par": "", "Subpar": "1", "Cl": "A", "Subcl": "i"}


def days(credit: str) -> dict[str, date]:
    """The day of each public law a source credit dates: a date belongs to the law named last before it."""
    found: dict[str, date] = {}
    law = ""
    for match in re.finditer(rf"Pub\.\s*L\.\s*(\d+)[-\u2013](\d+)|{_DAY}", credit):
        if match[1]:
            law = f"{match[1]}-{match[2]}"
        elif law and (day := _day(match[3], match[4], match[5])):
            found.setdefault(law, day)
            law = ""
    return found


def read(paragraphs: Iterable[tuple[int, str]], *, instrument: str, dated: Mapping[str, date]) -> list[Amendment]:
    """The changes a note lists, from its paragraphs and where each starts in the reading's text."""
    found: list[Amendment] = []
    latest = 0
    year, clauses = 0, [instrument]
    for start, words in paragraphs:
        end, rest = start + len(words), words
        if match := _YEAR.match(rest):
            year, clauses, rest = int(match[1]), [instrument], rest[match.end() :]
        if where := _WHERE.match(rest):
            rest = rest[where.end() :]
            clauses = [instrument + clause for clause in read_list(rest, _ABOVE[where[1]])] or [instrument]
        law = _LAW.search(rest) if where else _LAW.match(rest)
        act = None if law else _ACT.search(rest) if where else _ACT.match(rest)
        if not year or not (law or act):
            # A quotation of the former text, or a remark, that belongs to the change above it.
            found[latest:] = [replace(change, end=end) for change in found[latest:]]
            continue
        by, on = _by(law, act)
        on = on or dated.get(by.removeprefix("Pub. L. ").partition(" ")[0])
        latest = len(found)
        found += [Amendment(c, by, year, on if on and on.year == year else None, start, end) for c in clauses]
    return found


def _by(law: re.Match[str] | None, act: re.Match[str] | None) -> tuple[str, date | None]:
    """The law as an id, and its day where the note itself gives it."""
    if law:
        return f"Pub. L. {law['congress']}-{law['number']}{_section(law)}", None
    assert act is not None
    return f"Act {' '.join(act['day'].split())}{_section(act)}", _day(act[2], act[3], act[4])


def _section(match: re.Match[str]) -> str:
    if not match["sections"]:
        return ""
    words = re.sub(r"\u00a7\u00a7\s*", "secs. ", match["mark"] + " " + match["sections"])
    return " " + " ".join(ascii_id(re.sub(r"\u00a7\s*", "sec. ", words)).split())


def _day(month: str, day: str, year: str) -> date | None:
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None
