"""How a drafted memo reads."""

from datetime import date

import pytest

from assistant.draft import Stated
from assistant.draft.memo import Kind
from ui import memo

NOW = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("kinds", "once", "each"), [((Kind.FACT, Kind.FACT), 1, 0), ((Kind.FACT, Kind.RULE), 0, 1), ((Kind.FACT,), 0, 1)]
)
def test_a_section_that_the_case_supplies_says_so_once(kinds: tuple[Kind, ...], once: int, each: int) -> None:
    shown = str(memo._section("The proposal", [Stated("A kite.", kind) for kind in kinds], {}, NOW))
    assert shown.count("Each line is supplied by the case.") == once
    assert shown.count(" supplied by the case<") == each
