from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.desk import Desk
from evals import scorers
from evals.amounts import amounts, gives
from evals.risk import area, risk_coverage
from evals.sample import Sample
from evals.scorers import find_scorers
from evals.trial import Trial, meets

SCORERS = {scorer.name: scorer for scorer in find_scorers()}


def citation(provision: str, **changed: Any) -> dict[str, Any]:
    base = {
        "quote": None,
        "start": None,
        "end": None,
        "edition": None,
        "status": "in_force",
        "holding": "note",
        "verdict": "note",
    }
    return {"provision": provision, **base, **changed}


def trial(desk: Desk, sample: Sample, *claims: dict[str, Any], hits: list[str] | None = None, **changed: Any) -> Trial:
    answer = {
        "as_of": "2026-09-01", "abstained": False, "reason": None, "because": None, "claims": list(claims), "warnings": [],
        "hits": [{"provision": each, "score": 1 - n / 50} for n, each in enumerate(hits or [])], **changed,
    }  # fmt: skip
    return Trial(sample, answer, tuple((each,) for each in sample.must), 0.1, desk)


def claim(text: str, *citations: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "kind": "note", "citations": list(citations)}


def scored(name: str, *trials: Trial) -> dict[str, float]:
    scorer = SCORERS[name]
    if scorer.score:
        return scorer.score(trials[0])
    assert scorer.measure
    return {key: value for key, (value, _) in scorer.measure(trials).items()}


def asked(**changed: Any) -> Sample:
    return Sample(
        **{"id": "1", "kind": "plain_lookup", "question": "What of kites?", "must": ("22 USC 9001(a)",), **changed}
    )


@pytest.mark.parametrize(
    ("cited", "wanted", "met"),
    [
        ("22 USC 2753(d)(1)", "22 USC 2753(d)(1)", True),
        ("22 USC 2753(d)(1)(A)", "22 USC 2753(d)(1)", True),
        ("22 USC 2753(d)", "22 USC 2753(d)(1)", True),
        ("22 USC 2753", "22 USC 2753(d)", False),
        ("22 USC 2753", "22 USC 2753(d)(1)", False),
        ("22 USC 2753(d)", "22 USC 2753(d)(1)(A)", False),
        ("22 USC 2753(d)(2)", "22 USC 2753(d)(1)", False),
        ("22 USC 2753(a)", "22 USC 2753", True),
        ("SAMM Table C5.T19[2]", "SAMM Table C5.T19", True),
        ("SAMM Table C5.T19[2], row 3", "SAMM Table C5.T19", True),
        ("SAMM Table C5.T19", "SAMM Table C5.T19[2]", False),
        ("SAMM C5", "SAMM C5.6", False),
        ("NSM-18 sec. 4", "NSM-18 sec. 4, para. 2", True),
    ],
)
def test_a_clause_is_met_by_itself_a_part_or_its_parent_and_never_by_a_bare_section(
    cited: str, wanted: str, met: bool
) -> None:
    assert meets(cited, wanted) is met


def test_every_file_among_the_scorers_is_one(tmp_path: Path) -> None:
    files = {path.stem for path in Path(scorers.__file__).parent.glob("*.py")} - {"__init__"}
    assert set(SCORERS) == files
    assert all(scorer.means and (scorer.score or scorer.measure) for scorer in SCORERS.values())


def test_a_clause_cited_counts_and_one_missed_lowers_the_share(desk: Desk) -> None:
    sample = asked(must=("22 USC 9001(a)", "22 USC 9001(b)"))
    one = trial(desk, sample, claim("x", citation("22 USC 9001(a)")))
    none = trial(desk, sample, claim("x", citation("22 USC 9001(c)")))
    assert scored("must_cited", one) == {"must cited": 1.0}
    assert scored("all_must", one) == {"all must": 0.5}
    assert scored("must_cited", none) == {"must cited": 0.0}
    assert scored("must_cited", trial(desk, asked(must_abstain=True))) == {}


def test_what_is_said_is_looked_for_in_claims_and_warnings(desk: Desk) -> None:
    sample = asked(must_match=("winds", "10 days"), must_not_match=("^yes",))
    warning = [{"code": "contested", "text": "10 DAYS", "provision": None}]
    assert scored("said", trial(desk, sample, claim("The Winds."), warnings=warning)) == {"said": 1.0}
    assert scored("said", trial(desk, sample, claim("The Winds."))) == {"said": 0.0}
    agreeing = trial(desk, sample, claim("Yes, the Winds, 10 days."))
    assert scored("said", agreeing) == {"said": 0.0}
    assert scored("must_not_say", agreeing) == {"must not say": 0.0}


def test_hits_count_each_wanted_clause_once(desk: Desk) -> None:
    sample = asked(must=("22 USC 9001(a)", "22 USC 9001(b)"))
    found = scored("hits", trial(desk, sample, hits=["x", "22 USC 9001(a)(1)", "22 USC 9001(a)(2)", *"12345678"]))
    assert found["hit@5"] == found["hit@10"] == 1
    assert found["MRR"] == 0.5
    assert found["nDCG@10"] < 0.5
    late = scored("hits", trial(desk, sample, hits=[*"1234567", "22 USC 9001(b)"]))
    assert (late["hit@5"], late["hit@10"]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "figure", "found"),
    [
        ("at $14,000,000 or more", "$14 million", True),
        ("at $14M or more", "$14 million", True),
        ("14 million dollars", "$14 million", True),
        ("at $140 million", "$14 million", False),
        ("within fifteen calendar days", "15 days", True),
        ("the 30-day clock", "30 days", True),
        ("30 years", "30 days", False),
        ("section 36(b)(15) days", "15 days", False),
        ("five such items", "five", True),
        ("24 shipments in a year", "24 shipments", True),
        ("45 percent", "45 days", False),
    ],
)
def test_a_figure_is_found_however_it_is_written(text: str, figure: str, found: bool) -> None:
    assert gives(text, figure) is found


def test_amounts_keep_their_units() -> None:
    assert amounts("$3 million in 10 days or 5 percent") == {("usd", 3e6), ("day", 10.0), ("percent", 5.0)}


def test_figures_of_the_reference_are_wanted_in_the_answer(desk: Desk) -> None:
    sample = asked(figures=("$3 million", "10 days"))
    assert scored("figures", trial(desk, sample, claim("$3,000,000 within ten days"))) == {"figures right": 1.0}
    assert scored("figures", trial(desk, sample, claim("$3,000,000"))) == {"figures right": 0.0}


def test_a_quotation_must_stand_letter_for_letter_where_it_says(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Held:
        text = "No kite may fly at night."

    monkeypatch.setattr(type(desk.record), "held", lambda self, provision, instrument, on=None: Held())
    right = citation("22 USC 9001(a)", quote="kite may fly", start=3, end=15, edition="2026-01-01")
    moved = {**right, "start": 4, "end": 16}
    altered = {**right, "quote": "kite may FLY"}
    assert scored("quotation", trial(desk, asked(), claim("x", right))) == {"quotation exact": 1.0}
    assert scored("quotation", trial(desk, asked(), claim("x", moved))) == {"quotation exact": 0.0}
    assert scored("quotation", trial(desk, asked(), claim("x", right, altered))) == {"quotation exact": 0.5}
    assert scored("quotation", trial(desk, asked(), claim("x", citation("22 USC 9001(a)")))) == {}


def test_what_has_ended_needs_its_status_and_a_warning(desk: Desk) -> None:
    ended = citation("NSM-91 sec. 1", status="revoked")
    warning = [{"code": "revoked", "text": "It was revoked.", "provision": "NSM-91"}]
    assert scored("status", trial(desk, asked(), claim("x", ended), warnings=warning)) == {"status right": 1.0}
    assert scored("status", trial(desk, asked(), claim("x", ended))) == {"status right": 0.0}
    as_current = citation("NSM-91 sec. 1", status="in_force")
    assert scored("status", trial(desk, asked(), claim("x", as_current), warnings=warning)) == {"status right": 0.0}


def test_abstention_is_judged_by_what_was_refused_and_why(desk: Desk) -> None:
    wanted = asked(must_abstain=True, reasons=("not_held",), must=())
    refused = {"abstained": True, "reason": "not_held"}
    found = scored(
        "abstention",
        trial(desk, wanted, **refused),
        trial(desk, wanted, **{**refused, "reason": "judgement"}),
        trial(desk, wanted, claim("x")),
        trial(desk, asked(), **refused),
    )
    assert found["abstention precision"] == pytest.approx(2 / 3)
    assert found["abstention recall"] == pytest.approx(2 / 3)
    assert found["abstention reason"] == found["abstention reason, not_held"] == pytest.approx(1 / 3)
    assert scored("answered", trial(desk, asked(), **refused)) == {"answered": 0.0}


def test_a_false_premise_is_corrected_by_a_warning_and_a_clause_and_without_agreeing(desk: Desk) -> None:
    sample = asked(kind="adversarial_false_premise", false_premise=True, must_not_match=("^yes",))
    warning = [{"code": "false_premise", "text": "There is no such rule.", "provision": None}]
    shown = claim("Kites are certified.", citation("22 USC 9001(a)"))
    right = scored("false_premise", trial(desk, sample, shown, warnings=warning))
    assert right == {"false premise warned": 1.0, "false premise corrected": 1.0}
    for changed in ({}, {"warnings": warning, "abstained": True}):
        assert scored("false_premise", trial(desk, sample, shown, **changed))["false premise corrected"] == 0
    agreeing = claim("Yes, so it is.", citation("22 USC 9001(a)"))
    assert scored("false_premise", trial(desk, sample, agreeing, warnings=warning))["false premise corrected"] == 0
    assert scored("false_premise", trial(desk, asked(), shown, warnings=warning)) == {"false premise alarm": 1.0}


def test_a_claim_must_be_carried_by_what_it_cites(desk: Desk) -> None:
    note = "The Minister of Winds may waive the certification for a kite lent for a festival of 10 days or less."
    right = scored("faithful", trial(desk, asked(), claim(note, citation("22 USC 9001(c)"))))
    assert right == {"claims cited": 1, "claims supported": 1, "claims contradicted": 0, "figures grounded": 1}
    wrong = scored(
        "faithful", trial(desk, asked(), claim(note.replace("10 days", "40 days"), citation("22 USC 9001(c)")))
    )
    assert wrong["claims supported"] == wrong["figures grounded"] == 0
    assert scored("faithful", trial(desk, asked(), claim("Cheese is blue.")))["claims cited"] == 0


def test_few_and_fine_provisions_are_wanted(desk: Desk) -> None:
    many = claim("x", *(citation(f"22 USC 9001({letter})") for letter in "abcdefghi"))
    assert scored("fewest", trial(desk, asked(), many)) == {"eight at most": 0.0, "fine enough": 1.0}
    assert scored("fewest", trial(desk, asked(), claim("x", citation("22 USC 9001"))))["fine enough"] == 0.0
    assert scored("length", trial(desk, asked(), claim("two words"))) == {"words": 2.0}


def test_times_and_memory_are_measured(desk: Desk) -> None:
    assert scored("latency", trial(desk, asked())) == {"latency p50": 100.0, "latency p95": 100.0}
    assert scored("memory", trial(desk, asked())).get("peak memory", 1) > 0


def test_risk_rises_where_sure_answers_are_wrong(desk: Desk) -> None:
    right = trial(desk, asked(), claim("x", citation("22 USC 9001(a)")), hits=["a"])
    wrong = trial(desk, asked(must_abstain=True, must=()), claim("x"), hits=[])
    refused = trial(desk, asked(must_abstain=True, must=()), abstained=True)
    points = risk_coverage([wrong, right, refused])
    assert points == [(pytest.approx(1 / 3), 0.0), (pytest.approx(2 / 3), 0.5)]
    assert area(points) == 0.25
    assert area(risk_coverage([refused])) == 0
    assert scored("risk", wrong, right) == {"area under risk-coverage": 0.25}


def test_the_day_of_an_answer_is_read_from_it(desk: Desk) -> None:
    early = citation("NSM-91 sec. 1")
    before = trial(desk, asked(as_of=date(2005, 1, 1)), claim("x", early), as_of="2005-01-01")
    assert scored("status", before) == {"status right": 1.0}
