"""Facts needed in words."""

import pytest

from assistant.draft.wording import alike, government_of, worded


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("value_usd.mde", "the value of major defense equipment in U.S. dollars"),
        ("end_user of the pods", "end user of the pods"),
        ("known_facts.partner_phrase", "known facts: partner phrase"),
        ("the U.S. share, e.g. 22 U.S.C. 2776", "the U.S. share, e.g. 22 U.S.C. 2776"),
    ],
)
def test_a_key_of_a_case_file_is_put_in_words(fact: str, said: str) -> None:
    assert worded(fact) == said


@pytest.mark.parametrize(
    ("wanted", "listed", "same"),
    [
        ("the principal contractor", "principal contractor", True),
        ("prior related cases, by designator and date", "prior related cases", True),
        ("the value of major defense equipment, apart from the rest", "MDE value, as an exact amount", True),
        ("the effect on U.S. relations with countries in the region", "effect on the relative military strength of countries in the region", False),
        ("the source of funding and the risk of adverse economic effect", "source of funding", False),
    ],
)  # fmt: skip
def test_a_fact_listed_in_other_words_is_not_asked_twice(wanted: str, listed: str, same: bool) -> None:
    assert alike(wanted, listed) is same


@pytest.mark.parametrize(
    ("country", "said"),
    [("Peru", "The Government of Peru"), ("United Arab Emirates", "The Government of the United Arab Emirates"), ("Taiwan", "Taiwan")],
)  # fmt: skip
def test_a_country_buys_as_its_government(country: str, said: str) -> None:
    assert government_of(country) == said
