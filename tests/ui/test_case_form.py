"""What is typed into the form for a case, and what it is taken for."""

import pytest

from ui.case_form import case_of, kind_words


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("30000000", "30000000"), ("30,000,000", "30000000"), ("$30 million", "30000000"), ("30m", "30000000"), ("1.5 billion", "1500000000"),
        ("US$ 5 thousand", "5000"), ("30 million dollars", "30000000"), ("3,000.50", "3000.50"),
    ],
)  # fmt: skip
def test_an_exact_sum_is_taken_in_digits(typed: str, taken: str) -> None:
    assert case_of({"value_usd.mde": typed})["value_usd"] == {"mde": taken}


@pytest.mark.parametrize(
    "typed", ["about 15 million", "not stated", "14,5", "over $25 million", "10-20 million", "30 mio"]
)
def test_words_that_are_no_exact_sum_stay_words(typed: str) -> None:
    assert case_of({"value_usd.total": typed})["value_usd"] == {"total": typed}


def test_every_kind_of_memo_has_a_name() -> None:
    assert kind_words("cat-analysis") == "CAT analysis"
    assert kind_words("a-new-kind") == "A new kind"
