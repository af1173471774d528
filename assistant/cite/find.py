"""Find every citation written in a text."""

import re
from collections.abc import Callable
from re import IGNORECASE

from assistant.cite import manual, names, orders, regulations, sections, statutes, tails
from assistant.cite.clean import Cleaned, clean
from assistant.cite.mention import Mention
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import Scan
from assistant.cite.reader import Found, Reader

# Where a citation may begin, in the order that decides between two that begin at one place.
_HEADS: dict[str, tuple[str, Callable[[Reader], Found | None]]] = {
    "upload": (r"\bupload (?=\S)", manual.read_upload),
    "manual": (names.MANUAL, manual.read_manual),
    "usc": (rf"(?:\bnotes? (?:to|under|following|at) )?{names.USC}", statutes.read_usc),
    "titled": (names.TITLED, lambda reader: statutes.read_usc(reader) or regulations.read_cfr(reader)),
    "cfr": (names.CFR, regulations.read_cfr),
    "act": ("|".join(names.ACTS.values()), statutes.read_act),
    "regulation": ("|".join(names.REGULATIONS.values()), regulations.read_regulation),
    "order": (names.ORDER, orders.read_order),
    "memorandum": (names.MEMORANDUM, orders.read_memorandum),
    "law": (names.LAW, orders.read_law),
    "register": (names.REGISTER, manual.read_register),
    "bill": (names.BILL, manual.read_bill),
    "page": (names.FACT_PAGE, manual.read_fact_page),
    "supplement": (r"\bsupp(?:lement|\.)? ?(?:nos?\. ?)?\d{1,2} (?:to|of) ", regulations.read_supplement),
    "part": (r"\bparts? (?=\d{2,4}\b)", regulations.read_part),
    "relative": (
        r"\b(?:subsection|subsec|subparagraph|subclause|paragraph|para?|clause)s?\.? (?=\()"
        r"|\bthis (?:section|subsection|paragraph|subparagraph|clause|part|order|memorandum)\b",
        sections.read_relative,
    ),
    "section": (
        r"(?:\bnotes? (?:under|to|following) )?(?:\b(?:sub)?sec(?:tion|\.)?s?\.? ?|§{1,2} ?)(?=\d)",
        sections.read_section,
    ),
    "item": (r"\b(?:consideration|objective)s? (?=\d)", orders.read_item),
    "bare": (
        r"(?<![\w$#.:/-])(?:\d{1,2}[A-Z]?|\d{3}[A-Z])(?=\([a-z]{1,2}\))"
        r"|(?<![\w$#.:/-])\d{3,4}[a-z]{0,3}(?:-\d{1,2})?(?=\([a-z\d])"
        r"|(?<![\w$#.:/-])(?:1[23]\d|7[3-7]\d)\.\d{1,2}(?=\([a-z]\))",
        sections.read_bare,
    ),
}  # fmt: skip
_HEAD = Pattern(
    r"(?:(?<!\w)(?=\w)|(?=[§¶]))(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, (pattern, _) in _HEADS.items())
    + ")",
    IGNORECASE,
)


def find(text: str, within: str | None = None) -> tuple[Mention, ...]:
    """Every citation in a text, in order; `within` is the id of the provision the text stands in."""
    cleaned = clean(text)
    reader = Reader(Scan(cleaned.text), clean(within or "").text)
    found: list[Mention] = []
    position = 0
    while head := _HEAD.search(cleaned.text, position):
        reader.scan.pos = head.start()
        read = _HEADS[_kind(head)][1](reader)
        end = reader.scan.pos
        if read is None or (read.assumed and not reader.about_arms):
            position = max(head.end() if read is None else end, head.start() + 1)
            continue
        read.cited = tails.read_tails(reader.scan, read.cited)
        if not read.parallel:
            read.parallel = statutes.read_parallel(reader, read.cited)
        end = reader.scan.pos
        reader.name_sections([*read.cited, *read.parallel])
        found.append(_mention(text, cleaned, head.start(), end, read))
        position = max(end, head.start() + 1)
    return tuple(found)


def _kind(head: re.Match[str]) -> str:
    return next(kind for kind in _HEADS if head[kind] is not None)


def _mention(text: str, cleaned: Cleaned, start: int, end: int, read: Found) -> Mention:
    while end > start and cleaned.text[end - 1] in " ,;":
        end -= 1
    first, last = cleaned.origin(start), cleaned.origin_end(end)
    return Mention(
        first, last, text[first:last], tuple(read.cited), tuple(read.parallel),
        lookalike=cleaned.lookalike(start, end), assumed_act=read.assumed, year=read.year,
    )  # fmt: skip
