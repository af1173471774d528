"""A memo as Markdown. What a case says is escaped, so that it is shown and never read as markup."""

import re

from assistant.draft.memo import NOTICE, Authorized, Cited, Kind, Memo, Stated
from assistant.phrase import day
from assistant.plain import plain

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_LEADING = re.compile(r"^([-+=#]|\d+(?=[.)]))")


def as_markdown(memo: Memo) -> str:
    """The whole memo: notice, date, sections with their citations, facts needed, table of authorities."""
    lines = [
        f"# {escaped(memo.title)}",
        "",
        f"**DRAFT.** {NOTICE}",
        "",
        f"Case: {escaped(memo.case)}{f', {escaped(memo.case_title)}' if memo.case_title else ''}  ",
        f"Law as of: {day(memo.as_of)} (checked through {day(memo.checked_through)})",
    ]
    for section in memo.sections:
        lines += ["", f"## {escaped(section.heading)}", ""]
        lines += [_line(claim) for claim in section.claims]
    lines += ["", "## Table of authorities", "", "| Authority | Status | Held |", "| --- | --- | --- |"]
    lines += [
        f"| {escaped(row.cite)} | {escaped(str(row.status).replace('_', ' '))} | {escaped(_held(row))} |"
        for row in memo.authorities
    ]
    stamp = memo.stamp
    lines += ["", f"{NOTICE} Stamp {stamp.corpus}/{stamp.prompts}/{stamp.version}.", ""]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    shown = _MARKUP.sub(r"\\\1", re.sub(r"\s+", " ", plain(text)).strip())
    return _LEADING.sub(lambda match: f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}", shown)


def _line(claim: Stated) -> str:
    if claim.kind is Kind.GAP:
        return f"- **{escaped(claim.text)}**"
    text = f"“{escaped(claim.text)}”" if claim.kind is Kind.QUOTE else escaped(claim.text)
    sources = [_source(each) for each in claim.cited]
    if claim.kind is Kind.FACT:
        sources.insert(0, "supplied by the case")
    return f"- {text} *({escaped('; '.join(sources))})*"


def _source(each: Cited) -> str:
    edition = f", edition of {each.citation.edition}" if each.citation.edition else ""
    return f"{each.cite}, {str(each.status).replace('_', ' ')}{edition}"


def _held(row: Authorized) -> str:
    return f"official, edition of {row.edition.isoformat()}" if row.edition else str(row.holding)
