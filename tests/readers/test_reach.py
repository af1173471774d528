"""What lies within a run of sections."""

import pytest

from assistant.readers.reach import Division, covers, reach_of, width

ACT = Division("Kite Act", "22 USC 9001", "22 USC 9099aa-2", ("chapter", "act"), ("22 USC 9094",))
SMALL = Division("Kite Act, chapter 7", "22 USC 9097", "22 USC 9097c", ("subchapter", "chapter"))
RULES = Division("Kite Regulations", "22 CFR part 990", "22 CFR part 999", ("subchapter",), ("22 CFR part 990",))


@pytest.mark.parametrize(
    ("provision", "within"),
    [
        ("22 USC 9001", True), ("22 USC 9036(b)(1)", True), ("22 USC 9097c(a)", True), ("22 USC 9099aa-2", True),
        ("22 USC 9099aa", True), ("22 USC 9099ab", False), ("22 USC 9099aa-3", False), ("22 USC 9000", False),
        ("10 USC 9036", False), ("22 CFR 990.1", False), ("EO 9036", False), ("SAMM C5.1", False), ("", False),
    ],
)  # fmt: skip
def test_a_run_holds_the_sections_between_its_ends(provision: str, within: bool) -> None:
    assert covers(ACT.reach, provision) is within


def test_a_clause_reaches_what_is_in_it() -> None:
    assert covers("22 USC 9001(a)", "22 USC 9001(a)(1)")
    assert not covers("22 USC 9001(a)", "22 USC 9001(b)")


def test_the_smallest_division_that_the_text_can_mean_is_meant() -> None:
    assert reach_of("22 USC 9097b", "chapter", (ACT, SMALL)) == SMALL.reach
    assert reach_of("22 USC 9036", "chapter", (ACT, SMALL)) == ACT.reach
    assert width(SMALL.reach) < width(ACT.reach)


def test_a_division_that_nobody_knows_narrows_to_the_section() -> None:
    assert reach_of("22 USC 9036", "subpart", (ACT, SMALL)) == "22 USC 9036"
    assert reach_of("22 USC 8000", "chapter", (ACT, SMALL)) == "22 USC 8000"


def test_a_part_of_definitions_defines_for_its_whole_regulation() -> None:
    assert reach_of("22 CFR part 990", "part", (RULES,)) == RULES.reach
    assert reach_of("22 CFR part 991", "part", (RULES,)) == "22 CFR part 991"
    assert covers(RULES.reach, "22 CFR 995.3(a)")
