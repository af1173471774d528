"""The checker of sentences finds each fault it is there to find."""

from dataclasses import replace
from datetime import date

import pytest

from assistant import draft
from assistant.case import read_case
from assistant.cite import Citation
from assistant.desk import Desk
from assistant.draft import Kind, Memo, Need, Section, Stated
from evals import sentences

CASE = read_case({"id": "s", "route": "FMS", "recipient": "Peru", "purpose": "border security"})
ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def memo(shelf: Desk) -> Memo:
    return draft.draft(CASE, "notification", shelf, ON)


def faults(memo: Memo, claim: Stated, shelf: Desk, forbidden: tuple[str, ...] = ()) -> list[str]:
    spoiled = replace(memo, sections=(*memo.sections, Section("Added", (claim,))))
    return [why for why, text in sentences.faults_of(spoiled, CASE, shelf, forbidden) if text == claim.text]


def cited(memo: Memo, provision: str) -> Stated:
    return next(c for c in memo.claims if provision in c.provisions and c.kind is Kind.RULE)


def test_a_memo_as_drafted_has_none(memo: Memo, shelf: Desk) -> None:
    assert list(sentences.faults_of(memo, CASE, shelf)) == []


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (Stated("The sale is wise.", Kind.NOTE), "no citation"),
        (Stated("The sale is wise.", Kind.RULE), "no citation"),
        (Stated("The purpose is world peace.", Kind.FACT), "a fact the case does not supply"),
        (Stated("Readiness is unharmed.", Kind.FACT, wanted="known.readiness"), "a fact the case does not supply"),
        (Stated("something is needed", Kind.GAP, need=Need.FACT), "no bracket"),
        (Stated("[FACT NEEDED: it]", Kind.GAP), "no bracket"),
    ],
)
def test_a_sentence_that_stands_on_nothing_is_found(claim: Stated, why: str, memo: Memo, shelf: Desk) -> None:
    assert why in faults(memo, claim, shelf)


def test_a_citation_of_what_does_not_exist_or_was_never_said_is_found(memo: Memo, shelf: Desk) -> None:
    good = cited(memo, "EO 14268 sec. 3(a)(i)")
    forged = replace(good.cited[0], citation=Citation("22 USC 2776(z)"))
    assert "cites what does not exist" in faults(memo, replace(good, text="Forged.", cited=(forged,)), shelf)
    quoted = replace(good, text="Words nobody wrote.", kind=Kind.QUOTE)
    assert "a quotation that does not stand in the text held" in faults(memo, quoted, shelf)


def test_words_and_instruments_that_must_not_be_used_are_found(memo: Memo, shelf: Desk) -> None:
    claim = replace(cited(memo, "EO 14268 sec. 3(a)(i)"), text="The certification  is Required now.")
    assert faults(memo, claim, shelf, ("certification is required",)) == [
        "says what must not be said: certification is required"
    ]
    assert faults(memo, claim, shelf, ("EO 14268",)) == ["rests on what must not be cited: EO 14268"]
    assert faults(memo, claim, shelf, ("NSM-18",)) == []
