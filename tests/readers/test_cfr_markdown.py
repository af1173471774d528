"""Lossy Markdown of regulations, on an invented part and, where they are at hand, the official ones."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from passages import check_spans, ids, own, squeezed

from assistant.errors import BadSource
from assistant.readers import Kind, Reading, cfr_markdown

PART = """<!-- PROVENANCE: nowhere.
KNOWN DEFECTS: tables lost. -->
PART 999—KITES AND STRINGS

### Part 999

**Authority:** Authority: 9 U.S.C. 9; E.O. 99.

**Source:** Source: 164 FR 9, Jan. 2, 2099, unless otherwise noted.

      Subpart A—General

        § 999.1   Kites that may not fly.

#### § § 999.1

        (a)  It is the policy of the Kite Office to ground kites of _Ruritania._

        (b) —(1)  A kite may fly if:

        (i) It is red; or

        (ii) It is blue.

        All of this holds at night.

        (2)  Others may not.

        (d)

        (h) A correct_iv_e rule.

        (i) Another rule.

        (1) With a part.

        (j)-(l) [Reserved]

> [164 FR 9, Jan. 2, 2099]

        §§ 999.2-999.4   [Reserved]

#### § §§ 999.2-999.4

        § 999.36   Strings.

#### § § 999.36

        A string is a cord.

    PARTS 1000-1009 [RESERVED]
"""
TERMS = """PART 998—DEFINITIONS OF TERMS

      § 998.1   Definitions of terms as used here.

      The following are definitions.

      (Cat 7)—A toy that flies.

      A thing that is either:

      (a) Long; or

      (b) Short.

      (GTN)—A cord.

      (1) Thick.
"""


def read(text: str, instrument: str = "22 CFR part 999") -> Reading:
    """The reading of an invented part."""
    return cfr_markdown.read(text.encode(), instrument=instrument)


def test_sections_and_paragraphs_become_ids_by_their_designators() -> None:
    laws = [p.id.removeprefix("22 CFR ") for p in read(PART).passages if p.kind is Kind.PROVISION]
    assert laws == [
        "999.1", "999.1(a)", "999.1(b)", "999.1(b)(1)", "999.1(b)(1)(i)", "999.1(b)(1)(ii)", "999.1(b)(2)", "999.1(d)",
        "999.1(h)", "999.1(i)", "999.1(i)(1)", "999.1(j)", "999.1(k)", "999.1(l)",
        "999.2", "999.3", "999.4", "999.36",
    ]  # fmt: skip


def test_text_after_a_list_resumes_the_clause_above_it() -> None:
    reading = read(PART)
    assert own(reading, "22 CFR 999.1(b)(1), flush") == "All of this holds at night."


def test_reserved_ranges_exist_one_by_one() -> None:
    reading = read(PART)
    assert own(reading, "22 CFR 999.1(k)") == "[Reserved]"
    assert next(p.heading for p in reading.passages if p.id == "22 CFR 999.3") == "[Reserved]"


def test_authority_and_source_are_credits_and_not_law() -> None:
    reading = read(PART)
    assert [p.id for p in reading.passages if p.kind is Kind.CREDIT] == [
        "22 CFR part 999, authority", "22 CFR part 999, source", "22 CFR 999.1, source credit",
    ]  # fmt: skip
    assert own(reading, "22 CFR part 999, authority") == "9 U.S.C. 9; E.O. 99."


def test_emphasis_inside_a_word_is_taken_out() -> None:
    reading = read(PART)
    assert own(reading, "22 CFR 999.1(h)") == "A corrective rule."
    assert own(reading, "22 CFR 999.1(a)").endswith("kites of Ruritania.")


@pytest.mark.parametrize(
    ("instrument", "act"),
    [("22 CFR part 999", "ITAR part 999"), ("15 CFR part 999", "EAR part 999"), ("9 CFR part 999", "")],
)
def test_a_part_is_known_by_its_acts_name_too(instrument: str, act: str) -> None:
    reading = read(PART, instrument)
    assert (reading.act, reading.title) == (act, "KITES AND STRINGS")
    assert any("never quote" in warning.lower() for warning in reading.warnings)


def test_definitions_without_letters_are_counted_each_with_its_own_list() -> None:
    assert ids(read(TERMS, "15 CFR part 998")) == [
        "15 CFR 998.1",
        "15 CFR 998.1, para. 1", "15 CFR 998.1, para. 2",
        "15 CFR 998.1, para. 3", "15 CFR 998.1, para. 3(a)", "15 CFR 998.1, para. 3(b)",
        "15 CFR 998.1, para. 4", "15 CFR 998.1, para. 4(1)",
    ]  # fmt: skip


def test_a_reserved_part_has_no_clauses() -> None:
    reading = read("PART 997 [RESERVED]\n\n### Part 997\n", "15 CFR part 997")
    assert (reading.title, reading.passages) == ("[RESERVED]", ())


@pytest.mark.parametrize(
    ("text", "instrument", "words"),
    [(PART, "22 CFR part 998", "part 998"), ("Kites.", "22 CFR part 999", "part 999"), (PART, "EO 99", "no part of")],
)
def test_another_parts_text_is_refused(text: str, instrument: str, words: str) -> None:
    with pytest.raises(BadSource, match=words):
        read(text, instrument)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["§ 999.1   Kites.", "(a) K", "(b)(1) K", "(i) K:", "(ii) K", "()  K", "K.", "> [K]", "(a)-(z) K"]
        )
    )
)
def test_any_lines_are_read_and_their_passages_nest(lines: list[str]) -> None:
    check_spans(read("PART 999—KITES\n\n" + "\n\n".join(lines)))


def test_every_official_part_is_read_word_for_word(official: Path) -> None:
    for path in sorted((official / "cfr_lossy").glob("*.md")):
        match = re.match(r"(\d+)CFR_part(\d+)", path.name)
        assert match
        data = path.read_bytes()
        reading = cfr_markdown.read(data, instrument=f"{match[1]} CFR part {match[2]}")
        check_spans(reading)
        bare = squeezed(data.decode().replace("_", ""))
        for passage in random.Random(9).sample(reading.passages, min(100, len(reading.passages))):
            for line in reading.text[passage.own_start : passage.own_end].split("\n"):
                assert squeezed(line.replace("_", "")) in bare, passage.id


def test_the_country_paragraphs_of_the_munitions_rules_are_told_from_numerals(official: Path) -> None:
    data = (official / "cfr_lossy/22CFR_part126_LOSSY_2025-01.md").read_bytes()
    found = set(ids(cfr_markdown.read(data, instrument="22 CFR part 126")))
    assert {f"22 CFR 126.1({letter})" for letter in "abcdefghijklmnopqrstuvw"} <= found
    data = (official / "cfr_lossy/22CFR_part123_LOSSY_2025-01.md").read_bytes()
    assert "22 CFR 123.15(a)(3)" in ids(cfr_markdown.read(data, instrument="22 CFR part 123"))
