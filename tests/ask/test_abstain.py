import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import abstain, ask
from assistant.ask.abstain import signals, weigh
from assistant.ask.abstain.forms import forms
from assistant.ask.abstain.tables import read_tables
from assistant.ask.answer import REASONS
from assistant.corpus import Corpus
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Holding
from assistant.retrieve import read_question
from assistant.rules import read_rules

NOW = date(2026, 9, 1)
ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "evals" / "samples"


@pytest.fixture(scope="module")
def large(desk: Desk, whole: Corpus) -> Desk:
    """The corpus that ships, with nothing to search: what citations and tables decide needs no search."""
    folder = ROOT / "corpus"
    return replace(desk, corpus=whole, rules=read_rules(folder), folder=folder)


def certain(question: str, large: Desk, on: date = NOW) -> abstain.Refusal | None:
    """What citations, tables and the form of a question say before any search and without the judge."""
    asked = read_question(question, on, large.corpus, large.rules)
    return abstain.certain(asked, large) or abstain.tabled(asked, large)


def rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (SAMPLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("question", "reason", "nearest"),
    [
        ("Quote NSPM-10 on burden-sharing word for word.", "not_held", "NSPM-10"),
        ("Read me the sentence on restraint in Carter's directive, verbatim.", "not_held", "PD-13"),
        ("List every article in USML Category XV.", "not_held", "22 CFR 121.1"),
        ("What did the transmittal 27-03 say about offsets?", "not_held", "22 USC 2776(f)"),
        ("How many licenses were denied in the first quarter of fiscal 2026?", "not_held", "22 USC 2776(a)"),
        ("Is the 9th Border Regiment ineligible after vetting?", "not_held", "22 USC 2378d(a)"),
        ("Does our package have to be notified?", "needs_facts", "22 USC 2776(b)(1)"),
        ("Will the House override the veto?", "judgement", "22 USC 2776(b)(2)"),
        ("Should Washington sell Kenya armed drones?", "judgement", "22 USC 2752(b)"),
        ("Did the Jordanian army divert the rifles?", "judgement", "22 USC 2753(c)(2)"),
        ("Is it wise to give Oman stealth aircraft?", "judgement", "22 USC 2752(b)"),
        ("What does section 36(m) of the Arms Export Control Act say?", "no_authority", "22 USC 2776(i)"),
        ("What does section 11 of the February 2026 order demand?", "no_authority", "EO 14383"),
        ("Explain consideration 23 of section 3 of the 2023 memorandum.", "no_authority", "NSM-18"),
        ("Give me 22 CFR 123.10 verbatim, as it reads today.", "not_held", "22 CFR 123.10"),
        ("What are the words of the memo rescinding NSM-20?", "not_held", "NSM-20"),
        ("Send the LOA we signed with Qatar.", "not_held", "SAMM C5.5.5.3"),
        ("Should the Department of State approve the tanks?", "judgement", "22 USC 2752(b)"),
        ("Ought we to clear the package for the junta?", "judgement", "22 USC 2752(b)"),
        ("Is notification required?", "needs_facts", "22 USC 2776(b)(1)"),
        (
            "A foreign ministry would like eight radars. Must Congress be told, and how long does Congress have?",
            "needs_facts",
            "22 USC 2776(b)(1)",
        ),
        ("Is our lease above the threshold?", "needs_facts", "22 USC 2796a(a)"),
        ("What does consideration 40 of NSM-18 section 3 say?", "no_authority", "NSM-18"),
        ("Quote part 139 of the ITAR.", "no_authority", "22 CFR part 130"),
        ("Can my boss fire me for being sick?", "out_of_scope", ""),
        ("How do I claim a tax refund?", "out_of_scope", ""),
        ("Which Dutch law governs arms exports?", "out_of_scope", ""),
        ("Write a Python script that sorts names.", "out_of_scope", ""),
        ("Quote 15 CFR 742.9(z) on review policy.", "not_held", "15 CFR part 742"),
        ("Give every license for Oman approved since 2022.", "not_held", "22 USC 2776(a)"),
        ("Give me the wording of the national disclosure policy.", "not_held", "SAMM C4"),
        ("Type out figure C5.F11 of the SAMM.", "not_held", "SAMM C5"),
        ("How many members would oppose the joint resolution?", "judgement", "22 USC 2776(b)(2)"),
        ("Is the army of the buyer disciplined enough? Decide it.", "judgement", "22 USC 2752(b)"),
        ("Confirm that the sale will not upset the balance.", "judgement", "22 USC 2776(b)(1)"),
        ("A friendly country wants to buy boats; what will the clock be?", "needs_facts", "22 USC 2776(b)(1)"),
        ("They certified nothing for the boats. Should they have done so?", "needs_facts", "22 USC 2776(b)(1)"),
        ("Which license does a Belgian firm need from BAFA?", "out_of_scope", ""),
        ("What do the House ethics rules say on gifts?", "out_of_scope", ""),
    ],
)
def test_citations_and_tables_alone_decide_what_is_plain(
    large: Desk, question: str, reason: str | None, nearest: str
) -> None:
    refused = certain(question, large)
    assert (refused.reason if refused else None) == reason
    if refused and nearest:
        assert nearest in refused.nearest


@pytest.mark.parametrize(
    "question",
    [
        "What does the statute say about a lease?",
        "Who writes the priority-partner list, and by when?",
        "What must a Country Team Assessment say about human rights?",
        "May the certification be classified?",
        "Is NSPM-10 in force again?",
        "How many days does Congress have for Kuwait?",
        "Who decides whether there is an emergency?",
        "Is a license needed to share technical data with a Canadian company?",
        "What is the threshold for a license for USML Category I firearms?",
        "Does section 502B allow an exception?",
        "Which official may waive 10 U.S.C. 362?",
        "What does EO 14383 section 4 say of section 36?",
        "When can a letter of offer be signed after certification?",
        "Who keeps the list of units that are barred?",
        "Is the list of barred units made public?",
        "Quote 22 CFR 123.10.",
        "Give the exact words of section 36(h) of the Arms Export Control Act.",
        "Must the Department notify Congress of a lease of two years?",
        "Should a certification name the buyer?",
        "May an employer's empowered official sign the application?",
        "Which rule covers painted tanks that are exported for a birthday parade?",
        "A navy outside NATO wants two boats for $60 million by FMS. Must Congress be notified?",
    ],
)
def test_what_the_corpus_answers_is_not_refused_by_its_form(large: Desk, question: str) -> None:
    assert certain(question, large) is None


def test_no_answerable_sample_is_refused_by_citations_and_tables_alone(large: Desk) -> None:
    wrong = []
    for row in [row for name in ("lookup", "reasoning", "answerable") for row in rows(name)]:
        on = date.fromisoformat(str(row["as_of"])) if row["as_of"] else NOW
        if (refused := certain(str(row["question"]), large, on)) and row["category"] != "adversarial_false_premise":
            wrong.append((row["id"], refused.reason))
    assert len(wrong) <= 6, wrong


def test_most_samples_that_must_be_refused_are_and_for_an_allowed_reason(large: Desk) -> None:
    asked = rows("abstain")
    right = [r for r in asked if (refused := certain(str(r["question"]), large)) and refused.reason in r["reason"]]  # type: ignore[operator]
    assert len(right) >= 0.5 * len(asked)


def test_every_row_of_the_tables_compiles_and_points_at_what_exists(large: Desk) -> None:
    tables = read_tables(large.folder)
    assert tables.gaps
    assert tables.facts
    assert tables.persons
    for row in (*tables.gaps, *tables.facts, *tables.persons, *tables.fields):
        assert all(large.corpus.exists(provision) for provision in row.nearest), row.name
        for pattern in row.words:
            re.compile(pattern)


def test_a_matter_belongs_to_a_person_and_turns_on_facts_whatever_it_is(large: Desk) -> None:
    tables = read_tables(large.folder)
    assert tables.person_of("anything", NOW)
    assert tables.facts_of("anything", NOW)


def test_a_refusal_says_whose_the_matter_is_or_what_it_turns_on(desk: Desk, large: Desk) -> None:
    judged = certain("Should we sell Kenya armed drones?", large)
    bare = certain("Do we notify this one?", large)
    assert judged
    assert "Secretary of State" in judged.because
    assert bare
    assert "values in US dollars" in bare.because


@pytest.mark.parametrize("kind", ["vector", "plain"])
def test_the_weights_that_ship_give_a_probability_to_every_outcome(desk: Desk, kind: str) -> None:
    asked = read_question("Who certifies a kite?", NOW, desk.corpus, desk.rules)
    weights = weigh.read_weights(kind)
    found = abstain.signs(asked, [], desk, False, 0.0)
    assert set(weights.signs) <= set(found)
    vector = np.zeros(384, np.float32) if kind == "vector" else None
    probable = weigh.weigh(weights, found, asked.text, vector)
    assert tuple(probable) == weigh.OUTCOMES
    assert set(weigh.OUTCOMES[1:]) == set(REASONS)
    assert sum(probable.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(("kind", "extra"), [("vector", 384), ("plain", 0)])
def test_the_weights_are_small_and_their_shapes_agree(kind: str, extra: int) -> None:
    assert weigh.file_of(kind).stat().st_size < 700_000
    weights = weigh.read_weights(kind)
    figures = len(weights.signs) + len(weights.words) + extra
    networks, hidden = weights.bias.shape
    assert weights.middle.shape == weights.spread.shape == (figures,)
    assert weights.into.shape == (networks, figures, hidden)
    assert weights.skip.shape == (networks, figures, len(weigh.OUTCOMES))
    assert weights.out.shape == (networks, hidden, len(weigh.OUTCOMES))
    assert weights.base.shape == (networks, len(weigh.OUTCOMES))
    assert 0.3 <= weights.refuse_at < 1


def test_an_encoder_that_the_judge_was_not_trained_with_gets_the_plain_weights(desk: Desk) -> None:
    assert desk.settings.encoder not in weigh.ENCODERS
    assert ask("xylophone quarterly ragtime", desk, NOW).reason == "out_of_scope"
    assert ask("What is a kite?", desk, NOW).reason is None


def test_the_samples_are_well_formed_and_none_stands_twice() -> None:
    every = [row for name in ("abstain", "answerable", "premise", "lookup", "reasoning") for row in rows(name)]
    assert len({row["id"] for row in every}) == len(every)
    assert len({row["question"] for row in every}) == len(every)
    for row in every:
        reasons = row["reason"] or ()
        assert bool(reasons) == row["must_abstain"]
        assert set(reasons) <= set(REASONS)  # type: ignore[call-overload]


def test_a_table_stands_back_where_the_judge_is_sure_and_a_fact_does_not(
    desk: Desk, large: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = read_question("Should we sell Kenya armed drones?", NOW, large.corpus, large.rules)
    gone = read_question("What does section 36(m) of the Arms Export Control Act say?", NOW, large.corpus, large.rules)
    sure = dict.fromkeys(weigh.OUTCOMES, 0.0)
    for answer, kept in ((0.9, False), (0.2, True)):
        monkeypatch.setattr(
            weigh, "weigh", lambda *_, answer=answer: sure | {"answer": answer, "judgement": 1 - answer}
        )
        refused = abstain.refusal(asked, [], large, True, False)
        assert (refused is not None) == kept
        assert (absent := abstain.refusal(gone, [], large, True, False))
        assert absent.reason == "no_authority"


def test_nothing_found_and_nothing_decided_is_never_answered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sure = dict.fromkeys(weigh.OUTCOMES, 0.0) | {"answer": 0.99, "out_of_scope": 0.01}
    monkeypatch.setattr(weigh, "weigh", lambda *_: sure)
    assert (refused := abstain.refusal(read_question("K", NOW, desk.corpus, desk.rules), [], desk, False, False))
    assert refused.reason == "out_of_scope"


@pytest.mark.parametrize(
    ("question", "sign"),
    [
        ("Does the Canadian Export Act forbid it?", "foreign_law"),
        ("What does the Ottawa Convention of 1997 demand?", "other_instrument"),
        ("What did the embassy's check on the Panamanian yard find in 2023?", "recorded_here"),
        ("Is our client's lease to be certified?", "client_ruling"),
        ("Can they keep the launchers?", "loose_ruling"),
        ("How soon may the helicopters leave?", "goods_ruling"),
        ("Are we liable for the late filing?", "own_guilt"),
        ("Will the committee lift its hold?", "future"),
        ("Is arming Vietnam in the national interest?", "interest"),
        ("Which of the two bids should State favor?", "which_of"),
        ("How many pages may a license application have?", "measure_lacking"),
    ],
)
def test_the_form_of_a_question_shows_what_it_wants(large: Desk, question: str, sign: str) -> None:
    hit = Hit("22 USC 2778(a)(1)", Authority.STATUTE, Holding.NOTE, 1.0)
    assert forms(read_question(question, NOW, large.corpus, large.rules), [hit], large.corpus)[sign] > 0


@pytest.mark.parametrize(
    ("question", "sign"),
    [
        ("What does the Arms Export Control Act require?", "other_instrument"),
        ("What is Congress's law on leases?", "foreign_law"),
        ("Which law limits leases?", "foreign_law"),
        ("Must a government keep its launchers?", "loose_ruling"),
        ("What does the President certify?", "future"),
    ],
)
def test_a_question_of_law_shows_no_such_sign(large: Desk, question: str, sign: str) -> None:
    assert forms(read_question(question, NOW, large.corpus, large.rules), [], large.corpus)[sign] == 0


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("At what value must our sale be notified?", False),
        ("They say nothing goes to the Hill for our lease, right?", False),
        ("Our customer wants boats. Is a notification needed?", True),
        ("Is a certification needed for this sale?", True),
        ("Do leases have to be notified, and how long before they are signed?", False),
        ("May we split off the parts before the program goes to Congress?", False),
    ],
)
def test_a_rule_asked_for_or_a_statement_to_confirm_is_no_case_without_its_facts(
    desk: Desk, question: str, untold: bool
) -> None:
    asked = read_question(question, date(2026, 9, 1), desk.corpus, desk.rules)
    assert signals.untold_case(asked) is untold


@pytest.mark.parametrize(
    ("reason", "first", "answered"),
    [
        ("out_of_scope", Authority.UPLOAD, True),
        ("no_authority", Authority.UPLOAD, True),
        ("judgement", Authority.UPLOAD, False),
        ("out_of_scope", Authority.STATUTE, False),
    ],
)
def test_what_a_reader_brought_answers_what_is_outside_the_field_and_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reason: str, first: Authority, answered: bool
) -> None:
    monkeypatch.setattr(weigh, "weigh", lambda *_: dict.fromkeys(weigh.OUTCOMES, 0.0) | {reason: 1.0})
    asked = read_question("How are hot-air balloons moored?", NOW, desk.corpus, desk.rules)
    hits = [Hit("upload balloons", first, Holding.UPLOAD, 0.9)]
    assert (abstain.refusal(asked, hits, desk, False, False) is None) == answered
