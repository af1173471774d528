"""A memo as Markdown: everything that needs a reader's eye is in it, and nothing a case says becomes markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import draft
from assistant.case import read_case
from assistant.desk import Desk
from assistant.draft.markdown import escaped

CASE = read_case(
    {"id": "m", "as_of": "2026-11-24", "route": "FMS", "recipient": "Peru", "value_usd": {"mde": 1, "total": 2}}
)


def test_a_memo_shows_its_notice_date_sections_brackets_and_authorities(shelf: Desk) -> None:
    memo = draft.draft(CASE, "notification", shelf)
    text = draft.as_markdown(memo)
    assert text.startswith("# Congressional notification analysis\n\n**DRAFT.** Draft, not legal advice, unclassified")
    assert "Law as of: 24 November 2026 (checked through" in text
    assert "**\\[FACT NEEDED: " in text
    assert "supplied by the case" in text
    assert "| AECA § 36(b)(1), 22 U.S.C. 2776(b)(1) | in force | note |" in text
    for section in memo.sections:
        assert f"\n## {section.heading}\n" in text
    assert all(escaped(claim.text) in text for claim in memo.claims)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# a heading", "\\# a heading"),
        ("1. one", "1\\. one"),
        ("- item", "\\- item"),
        ("<img src=x onerror=1>", "\\<img src=x onerror=1\\>"),
        ("[a](javascript:1)", "\\[a\\](javascript:1)"),
        ("*b* _c_ `d` ~e~ | f", "\\*b\\* \\_c\\_ \\`d\\` \\~e\\~ \\| f"),
        ("one\ntwo\u202e\x00", "one two"),
        ("https://x.example", "https\\://x.example"),
        ("AT&T &lt;", "AT\\&T \\&lt;"),
    ],
)
def test_what_would_be_markup_is_escaped(written: str, shown: str) -> None:
    assert escaped(written) == shown


@given(st.text(max_size=200))
def test_escaped_text_is_one_line_without_live_markup(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>\[\]`*_|]", shown)
