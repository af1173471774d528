"""A flat rule said of a clause that makes an exception."""

import json

import pytest

from assistant.ask import conditions, gate
from assistant.ask.answer import Dropped
from assistant.cite import Claim, Verdict
from assistant.desk import Desk
from assistant.model import Handle

UNLESS = "No kite may be retransferred to another country unless the Assembly consents in writing."
EXCEPT = "A license is required for the export of kites, except for toy kites that weigh under a pound."
OPENING = "Except as an emergency requires, the Secretary must report each sale of kites to the Assembly."
ONLY = "The Secretary may approve a lease of kites only if the lessee has agreed to inspections of the hangar."
WAIVER = "Assistance is prohibited to a country in arrears; but the President may waive this for a humanitarian reason."


@pytest.mark.parametrize(
    ("claim", "source", "left_out"),
    [
        ("No kite may be retransferred to another country.", UNLESS, "unless the Assembly consents in writing"),
        ("Kites must not be retransferred to another country.", UNLESS, "unless the Assembly consents in writing"),
        ("A license is required for the export of kites.", EXCEPT, "except for toy kites that weigh under a pound"),
        ("The Secretary must report each sale of kites to the Assembly.", OPENING, "Except as an emergency requires"),
        ("The Secretary may approve a lease of kites.", ONLY, "only if the lessee has agreed to inspections of the hangar"),
        ("Assistance is prohibited to a country in arrears.", WAIVER, "but the President may waive this for a humanitarian reason"),
    ],
)  # fmt: skip
def test_an_exception_that_a_flat_claim_leaves_out_is_found(claim: str, source: str, left_out: str) -> None:
    found = conditions.omitted(claim, [source])
    assert found
    assert found.words == left_out


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (UNLESS, UNLESS),
        ("No kite may be retransferred to another country without the written consent of the Assembly.", UNLESS),
        ("A license is required for the export of kites other than toy kites under a pound.", EXCEPT),
        ("Toy kites that weigh under a pound need no license.", EXCEPT),
        ("The lessee must have agreed to inspections of the hangar.", ONLY),
        ("No kite may be retransferred to another country.", "No kite may be retransferred to another country."),
        ("No kite may be retransferred to another country.", "Kites are toys unless they carry a camera."),
        ("A kite is a toy that flies on a string.", "A kite is a toy that flies on a string, unless it has a motor."),
        ("", UNLESS),
    ],
)
def test_a_claim_that_tells_the_exception_or_makes_no_rule_stands(claim: str, source: str) -> None:
    assert conditions.omitted(claim, [source]) is None


def test_the_gate_drops_it_as_partly_supported_and_says_what_is_missing(desk: Desk) -> None:
    handle = Handle("P1", "22 USC 9001(a)", UNLESS, "", 1.0)
    flat = {"text": "No kite may be retransferred to another country.", "handles": ["P1"], "quote": None}
    whole = flat | {"text": UNLESS}
    passed = gate.examine("\n".join(map(json.dumps, (flat, whole))), [handle], desk)
    assert [claim.text for claim in passed.claims] == [UNLESS]
    (dropped,) = passed.dropped
    assert dropped.verdict is Verdict.PARTLY
    assert "unless the Assembly consents" in dropped.reason


@pytest.mark.parametrize("text", ["handles", "the kite", "Kites. Strings."])
def test_words_that_are_no_sentence_are_no_claim(text: str, desk: Desk) -> None:
    handle = Handle("P1", "22 USC 9001(a)", "The kite handles strings. Kites. Strings.", "", 1.0)
    judged = gate.judge(gate.Row(text, ("P1",), None), {"P1": handle}, desk)
    assert isinstance(judged, Dropped)
    assert not isinstance(judged, Claim)
