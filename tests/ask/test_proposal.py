"""What a question says of a transfer: route, recipient, and which measure each amount is of."""

from datetime import date

import pytest

from assistant.ask.notify import read_proposals
from assistant.corpus import Corpus
from assistant.retrieve import read_question
from assistant.rules import Rules, read_rules
from assistant.settings import data_path

NOW = date(2026, 9, 1)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(data_path("corpus"))


@pytest.mark.parametrize(
    ("question", "route", "recipients", "values"),
    [
        ("Italy hands MDE on to Greece. It first cost $24M. 3(d)?", "retransfer", ("Greece",), {"mde": 24_000_000}),
        ("Kuwait to Jordan, tanks, MDE: cost $16M new, $9M now. A notice?", "retransfer", ("Jordan",), {"mde": 16_000_000}),
        ("An FMS sale to Oman of $60M includes MDE. A notice?", "FMS", ("Oman",), {"total": 60_000_000}),
        ("An FMS sale to Oman of $60M with $20M of MDE. A notice?", "FMS", ("Oman",), {"total": 60_000_000, "mde": 20_000_000}),
        ("$16M of MDE for Peru under an LOA. A notice?", "FMS", ("Peru",), {"mde": 16_000_000}),
        ("Is MDE in it? The case for Peru is $60M.", "FMS", ("Peru",), {"total": 60_000_000}),
    ],
)  # fmt: skip
def test_each_amount_is_of_the_measure_its_sentence_gives_it(
    whole: Corpus, rules: Rules, question: str, route: str, recipients: tuple[str, ...], values: dict[str, int]
) -> None:
    proposal = read_proposals(read_question(question, NOW, whole, rules), rules)[0]
    assert (proposal.route, proposal.recipients, proposal.values) == (route, recipients, values)
