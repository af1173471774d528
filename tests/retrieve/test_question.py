from datetime import date
from pathlib import Path

import pytest

from assistant.corpus import Corpus
from assistant.retrieve import parts_of, read_glossary, read_question
from assistant.rules import Rules, read_rules

NOW = date(2026, 11, 24)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(Path(__file__).parents[2] / "corpus")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("As of 1 June 2023, which CAT policy was in force?", (date(2023, 6, 1),)),
        ("Which policy applied on June 1, 2023?", (date(2023, 6, 1),)),
        ("status on 2025-03-25", (date(2025, 3, 25),)),
        ("In 2007, what clock applied to Korea?", (date(2007, 7, 2),)),
        ("Which policy was in force in March 2025?", (date(2025, 3, 16),)),
        ("between 14 March 2025 and 9 April 2025, which policy?", (date(2025, 3, 27),)),
        ("What applied on 1 May 2025 and on 1 March 2026?", (date(2025, 5, 1), date(2026, 3, 1))),
        ("Must State implement NSPM-10 of April 19, 2018?", (NOW,)),
        ("What did EO 14236 of 14 March 2025 do?", (NOW,)),
        ("status on 2025-02-30", (NOW,)),
        ("a sale of 2007 radios", (NOW,)),
        ("Which policy applied before 2025?", (date(2024, 12, 31),)),
        ("Who certified before February 2026?", (date(2026, 1, 31),)),
        ("How do NSM-18 and the 2026 order differ?", (NOW,)),
        ("Compare the Biden memorandum with the criteria in 2018 policy", (NOW,)),
        ("What changed from the January 2025 rule?", (NOW,)),
    ],
)
def test_the_days_a_question_asks_about_are_read_and_those_that_only_name_are_not(
    whole: Corpus, rules: Rules, text: str, dates: tuple[date, ...]
) -> None:
    assert read_question(text, NOW, whole, rules).dates == dates


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("$14,000,000 and $50 million", [14_000_000, 50_000_000]),
        ("US$13.9M of MDE, totals $30M", [13_900_000, 30_000_000]),
        ("$1.2bn", [1_200_000_000]),
        ("$500k or $5,000", [500_000, 5_000]),
        ("fourteen dollars, 14 million euros", []),
    ],
)
def test_amounts_are_read_as_whole_dollars(whole: Corpus, rules: Rules, text: str, amounts: list[int]) -> None:
    assert [a.usd for a in read_question(text, NOW, whole, rules).amounts] == amounts


def test_a_policy_is_known_by_its_administration_and_year(whole: Corpus, rules: Rules) -> None:
    asked = read_question("Compare the Carter policy with the 2018 policy on restraint", NOW, whole, rules)
    assert set(asked.cited) == {"PD-13", "NSPM-10"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Contrast NSM-18 and the America First strategy", {"NSM-18", "EO 14383"}),
        ("What do the April 2025 order and the February 2026 one say?", {"EO 14268", "EO 14383"}),
        ("Who certified under the 1977 order?", {"EO 11958"}),
        ("These were factors in 2023; are they in EO 14383?", {"NSM-18", "EO 14383"}),
        ("What was sold in 2023?", set()),
    ],
)
def test_a_presidential_instrument_is_known_by_its_name_or_date(
    whole: Corpus, rules: Rules, text: str, named: set[str]
) -> None:
    assert set(read_question(text, NOW, whole, rules).cited) == named


def test_a_clause_that_does_not_exist_is_kept_as_missing(whole: Corpus, rules: Rules) -> None:
    asked = read_question("What does AECA section 36(z) require?", NOW, whole, rules)
    assert asked.cited == ()
    assert asked.missing
    assert asked.missing[0].known_instrument


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Who certifies an emergency under it, and did the order change that?", 2),
        ("What is a kite?", 0),
    ],
)
def test_a_question_of_several_parts_is_searched_by_part(text: str, parts: int) -> None:
    assert len(parts_of(text)) == parts


def test_an_acronym_is_searched_with_the_words_of_the_texts() -> None:
    glossary = read_glossary(Path(__file__).parents[1] / "small_corpus")
    assert "kite certification" in glossary.expand("Is a KC needed?")[1]
    assert glossary.expand("nothing to add") == ("nothing to add", "")
