import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import premise
from assistant.ask.premise import confusions, figures, offices
from assistant.ask.premise.assertion import granted_of
from assistant.corpus import Corpus
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Holding
from assistant.retrieve import read_question
from assistant.rules import read_rules

NOW = date(2026, 9, 1)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def large(desk: Desk, whole: Corpus) -> Desk:
    """The corpus that ships, with nothing to search."""
    folder = ROOT / "corpus"
    return replace(desk, corpus=whole, rules=read_rules(folder), folder=folder)


def corrected(question: str, desk: Desk, on: date = NOW) -> tuple[str, ...]:
    """The provisions of the first claim, where the premise is found false."""
    claims, warned = premise.examine(read_question(question, on, desk.corpus, desk.rules), desk, [])
    assert {warning.code for warning in warned} <= {"false_premise"}
    if not warned:
        return ()
    return tuple(citation.provision for claim in claims[:1] for citation in claim.citations)


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Is the order binding?", ""),
        ("The order is binding.", "The order is binding."),
        ("The order is binding. What does it say?", "The order is binding."),
        ("Since the order is binding, what does it say?", "the order is binding"),
        ("A lease must be certified, right?", "A lease must be certified, right?"),
        ("Which clause applies, given that Korea is in the group?", "Korea is in the group"),
        ("A lease needs a vote; who calls it?", "A lease needs a vote;"),
        ("The order is binding, so what do we write?", "The order is binding"),
        ("The order is binding, so ours is free?", "The order is binding"),
        ("If the order is binding, so is ours?", ""),
        ("Congress ended it in the NDAA. Which section?", "Congress ended it in the NDAA."),
        ("If the order is binding, what do we write?", ""),
        ("Leases are exempt, aren't they?", "Leases are exempt, aren't they?"),
    ],
)
def test_only_what_is_stated_or_given_as_a_ground_is_a_premise(text: str, asserted: str) -> None:
    assert premise.assertion_of(text) == asserted


@pytest.mark.parametrize(
    ("text", "granted"),
    [
        ("Why does State sign it?", "State sign it?"),
        ("Which clause lets State waive it?", "State waive it?"),
        ("When did Congress raise the amounts?", "Congress raise the amounts?"),
        ("When does the 40-day clock start?", "the 40-day clock start?"),
        ("Does State sign it?", ""),
        ("Is the 40-day clock over?", ""),
        ("What is a lease?", ""),
        ("When does a lease end?", ""),
    ],
)
def test_what_a_question_takes_for_granted_is_told_by_the_way_it_asks(text: str, granted: str) -> None:
    assert granted_of(text).strip() in {granted, granted.rstrip("?"), granted.removesuffix(" start?")}


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("NSM-18 is the binding policy, so apply its test.", "EO 14236 sec. 2(m)"),
        ("NSPM-10 has been formally reinstated, so quote it.", "EO 14268 sec. 3(a)(i)"),
        ("The Secretary of War certifies FMS sales to Congress, so draft it for him.", "EO 14383 sec. 4(v)"),
        ("Since the MDE threshold for Oman is $40 million, our sale is clear.", "22 USC 2776(b)(1)"),
        ("As Kuwait gets the 15-day clock, we may sign on day sixteen.", "22 USC 2776(b)(1)"),
        ("Bahrain is in the NATO-plus-five group, so the higher amounts apply.", "22 USC 2776(b)(1)"),
        ("Tunisia is a major non-NATO ally, so it has the 15-day clock.", "22 USC 2776(b)(1)"),
        ("10 U.S.C. 362 has no waiver, so cancel the course.", "10 USC 362(c)"),
        ("Please invoke the national security waiver of section 620M.", "22 USC 2378d(b)"),
        ("An emergency was declared, so no certification is needed.", "22 USC 2776(b)(1)"),
        ("The retransfer is valued at its current market price, so we are below the line.", "22 USC 2753(d)(1)"),
        ("H.J.Res. 200 is now law, so the license is void.", "H.J.Res. 200 (119th)"),
        ("EO 14383 repealed 22 U.S.C. 2304, so skip it.", "22 USC 2304"),
        ("EO 14148 revoked NSM-20, cite it so.", "NSM-20"),
        ("We will sign an eight-year lease for the ships.", "22 USC 2796(b)"),
        ("Why does the Pentagon sign the 36(c) certifications for licenses?", "EO 13637 sec. 1(k)"),
        ("Which clause lets the Department waive section 620M in the national interest?", "22 USC 2378d(b)"),
        ("The Hill has to authorize an FMS sale before the offer; how do we ask for it?", "22 USC 2776(b)(1)"),
        ("Which section says congressional approval is required for a sale?", "22 USC 2776(b)(1)"),
        ("When did Congress raise the notification threshold to $44 million?", "22 USC 2776(b)(1)"),
        ("Section 36(b) gives Congress 90 days to review a sale to Chile; may it be cut short?", "22 USC 2776(b)(1)"),
        ("When does the 30-day review of a sale to Norway begin?", "22 USC 2776(b)(1)"),
        ("Licenses for manufacture abroad are certified only above $50 million, so ours is free.", "22 USC 2776(d)(1)"),
        ("Since the 25 million MDE threshold covers Oman, we need not certify.", "22 USC 2776(b)(1)"),
        ("NSM-20 still governs the assurances, so what must the letter say?", "NSM-20"),
        ("A lease is certified under section 36(b), so which paragraph of it applies?", "22 USC 2796a(a)"),
        ("The Leahy law stands in section 502B, so quote it from there.", "22 USC 2378d"),
        ("Obama's NSM-18 set the test. Summarize it.", "NSM-18"),
        ("EO 14383, signed in 2024, moved the certification. To whom?", "EO 14383"),
        ("NSM-18 was revoked in 2024. By what?", "EO 14236 sec. 2(m)"),
        ("A new certification is never needed after the first, whatever the price becomes.", "22 USC 2776(b)(5)(C)"),
        ("A chairman's hold is legally binding, so cite the statute.", "SAMM Table C5.T16"),
        ("Section 502B binds only grant aid, so skip it for the license.", "22 USC 2304(d)(2)"),
        ("Leases are valued at their acquisition cost, so write that.", "22 USC 2796b(a)(2)"),
        (
            "Agreements for manufacture abroad are certified only above $30 million, so ours is out?",
            "22 USC 2776(d)(1)",
        ),
        ("Who counts the 50 days that section 36(b)(1) gives Congress on a sale to Oman?", "22 USC 2776(b)(1)"),
        ("Which waiver under section 620M can the Deputy Secretary use?", "22 USC 2378d(b)"),
        ("EO 14383 took the quarterly report under 36(a) from the Pentagon. Where does it go?", "EO 14383 sec. 4(v)"),
        ("Publication under 36(f)(1) was handed to State. Who prints it?", "EO 13637 sec. 1(l)"),
        ("NSM-18 was replaced by EO 14268, so date it so.", "NSM-18"),
        ("The Senate revoked NSM-18 in the NDAA. When was that?", "EO 14236 sec. 2(m)"),
        ("Section 620M is 22 U.S.C. 2370, so quote it from there.", "22 USC 2378d"),
        ("Firearms licenses are notified only above $14 million, aren't they?", "22 USC 2776(c)(1)"),
        ("One of NATO's own agencies is in the group with the higher amounts.", "22 USC 2776(b)(1)"),
        ("The buyer may resell the tanks abroad; it only has to inform us by letter.", "22 USC 2753(a)"),
        ("A lease for two years needs no notification if it is under $14 million.", "22 USC 2796a(a)"),
        ("Exports under the AUKUS exemption still wait for the 36(c) certification.", "22 USC 2778(l)(2)"),
        ("The House alone can halt an arms sale by its own resolution.", "22 USC 2776(b)(1)"),
        ("A certification of an FMS sale is confidential, so print nothing.", "22 USC 2776(f)(1)"),
        ("Offset terms must be posted publicly. Where?", "22 USC 2776(g)"),
        ("The emergency clause of 36(c) excuses State from any justification.", "22 USC 2776(c)(2)"),
        ("The AECA requires tiered review by the chairmen, so cite it.", "SAMM Table C5.T16"),
        ("Section 502B(a)(2) is merely advisory.", "22 USC 2304(a)(2)"),
    ],
)
def test_a_false_premise_is_answered_by_the_clause_that_shows_it(large: Desk, question: str, shows: str) -> None:
    assert shows in corrected(question, large)


@pytest.mark.parametrize(
    "question",
    [
        "NSM-18 was revoked in March 2025. What replaced it?",
        "What did NSM-18 require?",
        "The Secretary of State certifies FMS sales to Congress. Where is that written?",
        "Since the MDE threshold for Oman is $14 million, is a $20 million sale certified?",
        "As Norway gets the 15-day clock, when may we sign?",
        "Our sale to Oman is $40 million. Does it cross the threshold?",
        "Does major non-NATO ally status change the clock?",
        "10 U.S.C. 362 has a waiver. Who may grant it?",
        "Section 620M has no waiver. What exception has it?",
        "H.J.Res. 200 is not law. What would it do?",
        "EO 14236 revoked NSM-18. Which section did it?",
        "We will sign a four-year lease for the ships.",
        "An emergency waives the review period. What must still be sent?",
        "Why does State sign the 36(c) certifications for licenses?",
        "Which clause lets the Secretary of Defense waive 10 U.S.C. 362?",
        "Congress need not approve a sale. What may it do?",
        "Congress must be notified before approval of a manufacturing license for Oman, so when do we write?",
        "When did Congress add Korea to the group?",
        "When does the 15-day review of a sale to Norway begin?",
        "When does the informal 40-day review of a tier 3 sale begin?",
        "A license for $60 million is certified under section 36(c). What goes with it?",
        "Retransfers of leased articles fall under section 3(d) as well. Who consents?",
        "The Leahy law stands in section 620M. Quote it.",
        "Biden's NSM-18 set the test. Summarize it.",
        "EO 14383, signed in 2026, moved the certification. To whom?",
        "NSM-18, revoked in 2025, had a human rights section. What did it say?",
        "A hold is not legally binding. What does the manual call it?",
        "Does Congress have to approve a sale?",
        "An upgrade above $14 million needs a new certification. Which clause says so?",
        "Manufacture abroad of significant combat equipment is certified at any value, so ours is too?",
        "Which waiver does 10 U.S.C. 362 have?",
        "EO 14383 moved the 36(b)(1) certifications to State. Which section?",
        "The 36(b)(1) certifications were taken from War, but the 36(a) report stays there.",
        "NSM-18 was revoked by EO 14236, so say when.",
        "Section 620M is 22 U.S.C. 2378d, so quote it.",
        "Firearms licenses are notified above $1 million, aren't they?",
        "A retransfer needs consent; telling us is not enough.",
        "A lease for eight months needs no notification if it is under $14 million.",
        "Exports under the AUKUS exemption no longer wait for the 36(c) certification.",
        "One chamber cannot stop an arms sale by itself.",
        "The classified annex of a certification is confidential.",
        "Offset terms may not be made public.",
        "Section 502B(a)(2) is a rule.",
    ],
)
def test_a_true_premise_raises_no_warning(large: Desk, question: str) -> None:
    assert corrected(question, large) == ()


def hit(provision: str) -> Hit:
    return Hit(provision, Authority.STATUTE, Holding.NOTE, 1.0)


@pytest.mark.parametrize(
    ("question", "found", "shows"),
    [
        ("The enhancement report under 36(b)(5)(A) is due 70 days before delivery.", (), "22 USC 2776(b)(5)(A)"),
        ("Shipment notices under section 36(i) go out ninety days before shipment.", (), "22 USC 2776(i)"),
        ("Willful violations under section 38(c) carry at most eight years.", (), "22 USC 2778(c)"),
        ("The report under section 25(a) of the AECA is due each August.", (), "22 USC 2765(a)"),
        ("The enhancement report under 36(b)(5)(A) is due 45 days before delivery.", (), ""),
        ("Our enhancement report under 36(b)(5)(A) was sent 70 days before delivery.", (), ""),
        ("A 70-day voyage is no delivery under 36(b)(5)(A).", (), ""),
        ("Is the enhancement report under 36(b)(5)(A) due 70 days before delivery?", (), ""),
        ("The report under section 25(a) of the AECA is due each February.", (), ""),
        ("The sheep are shorn each October.", ("22 USC 2765(a)",), ""),
        ("A willful violation of section 38 carries six years, doesn't it?", ("22 USC 2778(c)",), "22 USC 2778(c)"),
        ("A willful violation of section 38 carries twenty years, doesn't it?", ("22 USC 2778(c)",), ""),
        ("A report under 36(b)(5)(A) goes up 70 days before delivery. Is that early enough?", (), ""),
        ("The report under 36(b)(5)(A) was sent 70 days before delivery.", (), ""),
    ],
)
def test_a_figure_is_held_against_the_note_on_its_clause(
    large: Desk, question: str, found: tuple[str, ...], shows: str
) -> None:
    asked = read_question(question, NOW, large.corpus, large.rules)
    hits = [hit(provision) for provision in found or asked.cited]
    claims, warned = premise.examine(asked, large, hits)
    assert bool(warned) == bool(shows)
    if shows:
        assert claims[0].citations[0].provision == shows


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("Enhancements after a certified offer never have to be reported at all.", "22 USC 2776(b)(5)(A)"),
        ("Enhancements after a certified offer have to be reported.", ""),
        ("Enhancements are never painted.", ""),
        ("Must enhancements never be reported?", ""),
    ],
)
def test_a_duty_said_never_to_be_there_is_held_against_the_note(large: Desk, question: str, shows: str) -> None:
    asked = read_question(question, NOW, large.corpus, large.rules)
    claims, warned = premise.examine(asked, large, [hit("22 USC 2776(b)(5)(A)")])
    assert [c.citations[0].provision for c in claims if warned] == ([shows] if shows else [])


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("A $16 million FMS sale of MDE to Chad is not notified to Congress.", "22 USC 2776(b)(1)"),
        ("A $6 million FMS sale of MDE to Chad must be notified to Congress.", "22 USC 2776(b)(1)"),
        ("Our $26 million FMS sale of MDE to Spain needs no certification, right?", "22 USC 2776(b)(6)(A)"),
        ("A $16 million FMS sale of MDE to Chad must be notified to Congress.", ""),
        ("A $16 million FMS sale of MDE to Spain is not notified to Congress.", ""),
        ("A $30 million FMS sale to Chad is not notified to Congress.", ""),
        ("A $30 million FMS sale to Chad must be notified to Congress.", ""),
        ("May a $16 million FMS sale of MDE to Chad go ahead without notice to Congress?", ""),
    ],
)
def test_what_is_said_to_be_certified_is_held_against_the_amounts(large: Desk, question: str, shows: str) -> None:
    assert corrected(question, large) == ((shows,) if shows else ())


def test_an_official_is_judged_by_the_table_of_the_day(large: Desk) -> None:
    question = "The Secretary of Defense certifies FMS sales to Congress, so draft it for him."
    assert corrected(question, large, date(2025, 6, 1)) == ()
    assert "EO 14383 sec. 4(v)" in corrected(question.replace("Defense", "Commerce"), large)
    assert "EO 14383 sec. 4(v)" in corrected(question, large)


def test_a_recipient_is_judged_by_its_group_on_the_day(large: Desk) -> None:
    question = "As Sweden gets the 15-day clock, we may sign on day sixteen."
    assert corrected(question, large) == ()
    assert "22 USC 2776(b)(1)" in corrected(question, large, date(2020, 1, 1))


def test_the_samples_are_told_apart(large: Desk) -> None:
    rows = [
        json.loads(line) for line in (ROOT / "evals/samples/premise.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = {row["id"]: bool(corrected(row["question"], large)) for row in rows}
    false = [row for row in rows if row["false_premise"]]
    true = [row for row in rows if not row["false_premise"]]
    assert sum(found[row["id"]] for row in false) >= 0.55 * len(false)
    assert sum(found[row["id"]] for row in true) <= 0.1 * len(true)


def test_every_row_of_the_tables_has_a_clause_with_a_note(large: Desk) -> None:
    for row in (*confusions.read_confusions(large.folder), *figures.read_limits(large.folder)):
        version = large.corpus.version(row.provision, NOW)
        assert version, row.provision
        assert version.note, row.provision
    for office in offices.read_offices(large.folder):
        assert large.rules.certifier(office.function, NOW) or large.corpus.exists(office.provision)
