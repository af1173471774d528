"""Faults in the forms in which memos are really written, against the whole corpus without any official text."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.check import Report, check, memo_of, read_memo
from assistant.corpus import Corpus
from assistant.export.notes import add_note, mark, open_notes
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading, upload
from assistant.record import Record, open_record
from assistant.rules import Rules, read_rules
from assistant.settings import data_path
from tests.check.conftest import faults

ON = date(2026, 10, 1)
Checked = Callable[[str], Report]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(data_path("corpus"))


@pytest.fixture
def checked(whole: Corpus, rules: Rules, no_text: Record) -> Checked:
    """Check a text on a day."""
    return lambda text: check(memo_of(text, "memo.md"), whole, no_text, rules, ON)


@pytest.mark.parametrize(
    ("said", "verdict", "words"),
    [
        # a clause's own figure beside a country of the other group
        ("The dollar trigger for defense articles or services sold to Greece is $50 million (22 U.S.C. 2776(b)(1)).", "contradicts_rule", "$50 million"),
        ("Under 22 U.S.C. 2776(b)(6)(A) the sale is certified at $25,000,000 of major defense equipment for Peru.", "contradicts_rule", "$25,000,000"),
        ("| Threshold, FMS, MDE, Morocco | Certified at $25 million or more | 22 U.S.C. 2776(b)(6)(A) |", "contradicts_rule", "$25 million"),
        ("Chile is outside the group. For such a sale the trigger for major defense equipment is $25 million (AECA § 36(b)(1)).", "contradicts_rule", "$25 million"),
        # regulations that carry a statute's table out
        ("A license to export major defense equipment under a contract of $50 million or more to Indonesia is certified (22 CFR 123.15(a)(1)).", "contradicts_rule", "$50 million"),
        ("For Indonesia the approval may not be given until 15 calendar days after receipt of the certification, 22 CFR 124.11(b).", "contradicts_rule", "15 calendar days"),
        # capitals
        ("THE SECRETARY OF WAR CERTIFIES THE CASE UNDER SECTION 36(b)(1).", "contradicts_rule", "SECRETARY OF WAR"),
        ("CONGRESS WILL HAVE 20 CALENDAR DAYS TO REVIEW THE OFFER TO OMAN UNDER AECA SECTION 36(B)(1).", "contradicts_rule", "20 CALENDAR DAYS"),
        # questions and their answers
        ("**Q. How are retransfers measured?**\n\nA. By current market value. Consent is certified (22 U.S.C. 2753(d)(1)).", "contradicts_rule", "current market value"),
        ("**Q. When did NSM-18 end?**\n\nA. It was revoked on April 9, 2025.", "contradicts_rule", "April 9, 2025"),
        # a clause turned round
        ("The purchaser may pass articles on without consent of the President (22 U.S.C. 2753(a)(2)).", "unsupported", "22 U.S.C. 2753(a)(2)"),
        ("Incentive payments to satisfy offsets are lawful if disclosed (22 U.S.C. 2779a(a)).", "unsupported", "22 U.S.C. 2779a(a)"),
        ("Israel's own purchases carry the same determination on its edge (22 U.S.C. 2776(h)(1)).", "unsupported", "22 U.S.C. 2776(h)(1)"),
        ("Offset details given to the committees may be released to the press. 22 U.S.C. 2776(g).", "unsupported", "22 U.S.C. 2776(g)"),
        # law without authority
        ("No sale of any sort may proceed over a committee chairman's informal hold.", "uncited", "No sale of any sort may proceed over a committee chairman's informal hold."),
        ("Exporters shall submit annual sworn inventories of tooling.", "uncited", "Exporters shall submit annual sworn inventories of tooling."),
        # ended, however the sentence turns
        ("Arms are not transferred where they will be used in atrocities, the standard in section 4 of National Security Memorandum 18.", "not_in_force", "section 4 of National Security Memorandum 18"),
        # what a sentence stands under
        ("SUBJECT: Peru - radars\n\nThe case is reviewed for 15 calendar days (22 U.S.C. 2776(b)(1)).", "contradicts_rule", "15 calendar days"),
        ("## Poland\n\n- The package is large.\n- If MDE rises to $26 million, the clock is 30 days (AECA 36(b)(1)).", "contradicts_rule", "30 days"),
        ("Georgia. Not a member, so 30 days and $100 million for articles and services overall (36(b)(1)).", "contradicts_rule", "$100 million"),
        ("**Q. How long for a sale to Australia?**\nA. Thirty calendar days (22 U.S.C. 2776(b)(1)).", "contradicts_rule", "Thirty calendar days"),
        ("**Q. Who certifies commercial licenses?**\nA. Under section 36(c), the Secretary of War.", "contradicts_rule", "Secretary of War"),
        ("For Chile the case exceeds $25 million in major defense equipment, so a certification is required under section 36(b)(1).", "contradicts_rule", "$25 million"),
        ("For Qatar the license may not issue until 20 calendar days have run, AECA section 36(c)(2).", "contradicts_rule", "20 calendar days"),
        # columns
        ("| Group | MDE | Articles/services | Clause |\n|---|---|---|---|\n| All others | $14M | $60M | 22 U.S.C. 2776(b)(1) |", "contradicts_rule", "$60M"),
        ("| Buyer | Days | Clause |\n|---|---|---|\n| Brazil | 15 | 22 U.S.C. 2776(b)(1) |", "contradicts_rule", "15"),
        ("| Item | Entry | Clause |\n|---|---|---|\n| Certifying official | Secretary of War | AECA 36(b)(1) |", "contradicts_rule", "Secretary of War"),
        ("| Document | Status |\n|---|---|\n| NSM-18 | Revoked April 9, 2025 |", "contradicts_rule", "April 9, 2025"),
        # days of signing and of joining
        ("President Trump signed NSPM-10 on June 19, 2018.", "contradicts_rule", "June 19, 2018"),
        ("Sweden has been treated as a NATO country since 1949 (22 U.S.C. 2776(b)(1)).", "contradicts_rule", "since 1949"),
        # rewritten since, and not yet written
        ("The Secretary of War still certifies routine government sales (Executive Order 13637, section 1(j)).", "not_in_force", "Executive Order 13637, section 1(j)"),
        ("The rescission was reported in the press. NSM-20 sec. 1(a) obliges Mexico to give assurances.", "not_in_force", "NSM-20 sec. 1(a)"),
        # of which the clause has nothing
        ("EO 14383 sec. 3(a)(i) bars transfers to governments with poor human-rights records.", "unsupported", "EO 14383 sec. 3(a)(i)"),
        ("22 U.S.C. 2754 also lets the United States sell for commercial resale by the buyer.", "unsupported", "22 U.S.C. 2754"),
        ("The QME determination may be dropped where the sale is small (22 U.S.C. 2776(h)(1)).", "unsupported", "22 U.S.C. 2776(h)(1)"),
        ("No certification is submitted once an emergency is declared (22 U.S.C. 2776(b)(1)).", "unsupported", "22 U.S.C. 2776(b)(1)"),
        ("A transfer to a neighbor is exempt from consent (22 U.S.C. 2753(a)(2)).", "unsupported", "22 U.S.C. 2753(a)(2)"),
        ("22 U.S.C. 2776(h)(1) lets Israel veto any sale in its region.", "unsupported", "22 U.S.C. 2776(h)(1)"),
        # said of what the sentence before said
        ("You asked whether the sale was certified. It has been, under section 36(b)(1), by the Secretary of War.", "contradicts_rule", "Secretary of War"),
        ("NSM-18 is history. EO 14236 revoked it on April 14, 2025.", "contradicts_rule", "April 14, 2025"),
        ("- Commerce certifies commercial licenses to Congress under section 36(c).", "contradicts_rule", "Commerce"),
        ("- Firearms: $2 million (22 U.S.C. 2776(c)(1)).", "contradicts_rule", "$2 million"),
        # without authority
        ("Foreign clients are required to keep a resident agent in Washington.", "uncited", "Foreign clients are required to keep a resident agent in Washington."),
        ("There is a statutory ceiling of ten sales a year per country.", "uncited", "There is a statutory ceiling of ten sales a year per country."),
        ("Post must inspect every aircraft at least twice each year.", "uncited", "Post must inspect every aircraft at least twice each year."),
        ("Congress would in any case have to be told within a week of delivery.", "uncited", "Congress would in any case have to be told within a week of delivery."),
        # by footnote
        ("The February order gives section 36(a) reports to the Secretary of State.[^1]\n\n[^1]: EO 14383 sec. 4(v).", "contradicts_rule", "Secretary of State"),
        ("Leases are reported, but only to the Senate (22 U.S.C. 2796a(a)).", "unsupported", "22 U.S.C. 2796a(a)"),
        ("The lease report goes to the House alone (22 U.S.C. 2796a(a)).", "unsupported", "22 U.S.C. 2796a(a)"),
        ("Consent is deemed given within ninety days (22 U.S.C. 2753(a)(2)).", "unsupported", "22 U.S.C. 2753(a)(2)"),
    ],
)  # fmt: skip
def test_a_fault_is_found_however_it_is_put(checked: Checked, said: str, verdict: str, words: str) -> None:
    assert (verdict, words) in faults(checked(said))


@pytest.mark.parametrize(
    "said",
    [
        "Does the Department agree that Jordan, a major non-NATO ally, is reviewed in 15 days under AECA section 36(b)(1)?",
        "Do not cite NSM-18. EO 14236 sec. 2(m) revoked it on March 14, 2025.",
        "Clock, if it ever came to that, would be 30 calendar days under AECA 36(b)(1), no different from Colombia.",
        "The higher amount of $25 million (22 U.S.C. 2776(b)(6)(A)) replaces the ordinary $14 million for Poland.",
        "Title may not pass without the consent of the President.[^1]\n\n[^1]: 22 U.S.C. 2753(a)(2).",
        "Section 333 activities need notice to Congress 15 days before they start (10 U.S.C. 333(e)).",
        "An emergency waives the waiting period, not the certification (22 U.S.C. 2776(b)(1)).",
        "[FACT NEEDED: whether the recipient may resell without consent] 22 U.S.C. 2753(a)(2)",
        "WE ASK THAT THE DESK HOLD THE PACKAGE UNTIL THE EMBASSY REPLIES.",
        "**What about Egypt?** Thirty calendar days (22 U.S.C. 2776(b)(1)), with a determination on Israel's qualitative military edge (22 U.S.C. 2776(h)(1)).",
        "**Is NSM-18 still the policy?** No. It was revoked on March 14, 2025 (EO 14236 sec. 2(m)).",
        "The client asks if a lease of two radars must be reported to Congress.",
        "Executive Order 14383 rewrote Section 1(j) and (k) of EO 13637. Executive Order 13637 delegates; Section 1(l) is untouched.",
        "Congress may stop a sale by enacting a joint resolution within the review period (AECA section 36(b)(1)).",
        "No security assistance to a government with a consistent pattern, save as the section allows: FAA sec. 502B(a)(2).",
        "The higher amounts of $25,000,000 and $100,000,000 are for a licence that opens no sales territory outside NATO and the five (AECA § 36(c)(5)).",
        "## Poland\n\n- FMS, $24 million MDE, $90 million total: under both thresholds ($25 million, $100 million), so no certification (22 U.S.C. 2776(b)(6)).",
        "Within 60 days of 6 February 2026 the Secretary was to review third-party transfers and submit a plan.",
        "NSM-18 and NSM-20 are not applied: the first was revoked on March 14, 2025 (EO 14236 sec. 2(m)), and the end of the second is only reported.",
        "NSM-18 was the policy until March 14, 2025.[^1]\n\n[^1]: NSM-18 sec. 3.",
        "The purchaser agrees to no retransfer. It keeps the articles secure. The agreement must say so.[^1]\n\n[^1]: 22 U.S.C. 2753(a).",
        "She had read that NSPM-10 was reinstated. EO 14268 sec. 3(a)(i) directs its implementation.",
        "Such a certification must carry the determination of 22 U.S.C. 2776(h)(1).",
        "- Greek upgrade: $118 million, all services (22 U.S.C. 2776(b)(6)(B)).",
        "[FACT NEEDED: the recipients. The region named may hold countries that must be told of transfers][^1]\n\n[^1]: 22 U.S.C. 2776(h)(1).",
        "Lease certifications go to the Speaker and to committees of the Senate (22 U.S.C. 2796a(a)).",
    ],
)
def test_what_is_right_raises_no_alarm_however_it_is_put(checked: Checked, said: str) -> None:
    assert faults(checked(said)) == []


@pytest.mark.parametrize(
    "head",
    ["From: D. Reyes\nSent: Tuesday, September 15, 2026 4:12 PM\nSubject: radars", "NOTE TO FILE\n\nL/PM -- 15 September 2026", "# Questions\n\n*Hearing of 2 June. Draft answers as of September 15, 2026.*"],
)  # fmt: skip
def test_a_memo_s_date_is_read_from_a_mail_a_note_or_a_sheet_of_answers(
    whole: Corpus, rules: Rules, no_text: Record, head: str
) -> None:
    report = check(memo_of(f"{head}\n\nNothing more.\n", "memo.txt"), whole, no_text, rules)
    assert report.as_of == date(2026, 9, 15)


def test_a_word_memo_s_sentences_rest_each_on_its_own_footnote(
    whole: Corpus, rules: Rules, no_text: Record, tmp_path: Path
) -> None:
    said = (
        ("The sale is certified at $25 million of major defense equipment for Poland.", "22 U.S.C. 2776(b)(6)(A)."),
        ("The purchaser may pass articles on without consent of the President.", "22 U.S.C. 2753(a)(2)."),
        ("Every agency shall publish each end-use check within ten days.", ""),
        ("The review lasts 30 calendar days for Poland.", "AECA § 36(b)(1)."),
        ("National Security Memorandum 18 governs the review.", "NSM-18 sec. 3."),
    )
    document = docx.Document()
    notes = open_notes(document)
    for number, (sentence, note) in enumerate(said, 1):
        paragraph = document.add_paragraph(sentence)
        if note:
            add_note(notes, number).append(parse_xml(f"<w:r {nsdecls('w')}><w:t>{note}</w:t></w:r>"))
            paragraph._p.append(mark(number))
    document.save(tmp_path / "memo.docx")

    def reads(data: bytes, *, form: str, instrument: str, filename: str = "") -> Reading:
        return upload.read(data, instrument=instrument, filename=filename)

    memo = read_memo((tmp_path / "memo.docx").read_bytes(), "memo.docx", reads)
    report = check(memo, whole, no_text, rules, ON)
    found = faults(report)
    assert ("contradicts_rule", "30 calendar days") in found
    assert ("uncited", said[2][0]) in found
    assert ("not_in_force", "NSM-18 sec. 3") in found
    assert any(verdict == "unsupported" and said[1][0] in words for verdict, words in found)
    assert not any("2776(b)(6)(A)" in words or said[0][0] in words for _, words in found)
    assert not any("not read" in warning for warning in report.warnings)


@pytest.mark.parametrize("leaning", ["Id.", "Ibid.", "Supra note 1."])
def test_a_note_that_leans_on_an_earlier_one_cites_what_that_one_cites(checked: Checked, leaning: str) -> None:
    report = checked(
        f"For Chile the consent is certified.[^1] The clock for Chile is 15 calendar days.[^2]\n\n[^1]: AECA § 36(b)(1).\n[^2]: {leaning}"
    )
    assert ("contradicts_rule", "15 calendar days") in faults(report)


def test_a_note_that_cites_what_is_not_there_is_told_of_where_it_is_called_too(checked: Checked) -> None:
    found = faults(checked("A second notice is prescribed.[^1]\n\n[^1]: AECA § 36(c)(99)."))
    assert found.count(("unknown_citation", "AECA § 36(c)(99)")) == 1
    assert ("unknown_citation", "A second notice is prescribed.[^1]") in found


def test_notes_that_lean_on_one_another_in_a_ring_are_left(checked: Checked) -> None:
    assert checked("So it is.[^1]\n\n[^1]: Supra note 2.\n[^2]: Supra note 1.").faults == ()


def test_a_row_of_a_word_table_and_a_citation_cut_by_a_page_are_read_whole() -> None:
    memo = memo_of("Point\tClause\nClock\t22 U.S.C. 2776(b)\n", "memo.docx", wrapped=False)
    assert [str(block.part) for block in memo.blocks] == ["row", "row"]
    cut = memo_of("The offer waits (22 U.S.C. 2776(b)\n(1)). Then it issues.", "memo.pdf", wrapped=False)
    assert len(cut.blocks) == 1
    assert [mention.written for mention in cut.mentions] == ["22 U.S.C. 2776(b)\n(1)"]


def test_what_a_clause_lacks_is_told_in_the_memo_s_own_words(checked: Checked) -> None:
    (found,) = checked("22 U.S.C. 2754 also lets the United States sell for commercial resale by the buyer.").faults
    assert "commercial" in found.detail
    assert "commerci," not in found.detail


def test_the_sum_of_a_report_is_in_words(checked: Checked) -> None:
    from assistant.check.terminal import summary

    told = summary(checked("See 22 USC 2776(z). The law requires every buyer to sing."))
    assert "1 citation of nothing known" in told
    assert "1 without authority" in told
    assert "_" not in told


def test_what_the_code_s_editors_put_into_an_act_is_no_misquotation(
    whole: Corpus, rules: Rules, tmp_path: Path
) -> None:
    text = "(a) No kite shall be lent under this chapter or the Kite Act [22 U.S.C. 9001 et seq.] to any unit that has burned a village."
    passages = (
        Passage("22 USC 2378d", None, Kind.PROVISION, "Kites", 0, len(text), 0, 0),
        Passage("22 USC 2378d(a)", "22 USC 2378d", Kind.PROVISION, "", 0, len(text), 4, len(text)),
    )
    edition = Edition("22 USC 2378d", "0" * 64, date(2020, 1, 1), "https://uscode.house.gov/kites", "2024-01-01", "uslm", Holding.OFFICIAL)  # fmt: skip
    record = open_record(tmp_path / "held", create=True)
    record.ingest([(Reading("22 USC 2378d", "Kites", text, passages), edition)])
    for words, right in (
        ("No kite shall be lent under this Act or the Kite Act to any unit that has burned a village", True),
        ("No kite shall be lent under this Act or the Kite Act to any unit that has razed a village", False),
    ):
        report = check(memo_of(f'The law: "{words}" (22 U.S.C. 2378d(a)).', "memo.md"), whole, record, rules, ON)
        assert [str(f.verdict) for f in report.findings if f.written == words] == ["ok" if right else "misquoted"]
