"""A memo as a Word document: title block, numbered sections, notes, and the tables a clearing officer looks for."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, takewhile

from assistant.draft import NOTICE, Cited, Kind, Memo, Need, Section, Stated
from assistant.export import sources
from assistant.export.marking import raised
from assistant.export.paper import Paper
from assistant.export.span import Line, Span, line
from assistant.law import Authority
from assistant.phrase import day, joined

_TO, _FROM = ("To", "addressee"), ("From", "drafting office")
_CLEARED = ("Clearances", "clearing offices and dates; not cleared")
_BLOCKS: dict[str, tuple[tuple[str, str], ...]] = {
    "transmittal": (("Transmittal No.", "number as assigned"), _TO, ("From", "certifying official")),
    "policy-justification": (("Transmittal No.", "number as assigned"), ("Prepared by", "drafting office")),
    "congressional-qa": (("Requested by", "committee or Member, and the date of the request"), ("Prepared by", "drafting office")),
    "country-team-assessment": (_TO, ("From", "post and country team")),
}  # fmt: skip
_LEADS = {
    Kind.NOTE: "Our note, not the law's words:",
    Kind.RULE: "By the dated tables under",
    Kind.MODEL: "Written by a model from",
    Kind.FACT: "Supplied by the case; bears on",
}
_GROUPS = {
    Authority.STATUTE: "Statutes", Authority.REGULATION: "Regulations", Authority.EXECUTIVE_ORDER: "Executive orders",
    Authority.PRESIDENTIAL_MEMORANDUM: "Presidential memoranda", Authority.MANUAL: "Manual", Authority.FACT_SHEET: "Fact sheets",
    Authority.UPLOAD: "Uploads, not law",
}  # fmt: skip
_READINGS = re.compile(r"\s+(?=(?:One reading|The other|Another reading|The other reading)\b[^:.]{0,30}:)")
_OWN_NUMBER = re.compile(r"\d+[.)] ")
_ASKS = re.compile(r"\bfacts?\b.*\bneed", re.IGNORECASE)
_TABLED = 4
_ENDS = ".;:?!—"


def paper_of(memo: Memo, marking: str = "") -> Paper:
    """The whole memo on paper."""
    stamp = memo.stamp
    paper = Paper(
        memo.title,
        subject=f"{memo.case}{f', {memo.case_title}' if memo.case_title else ''}, law as of {day(memo.as_of)}",
        marking=raised(marking),
        stamp=f"corpus {stamp.corpus}; prompts {stamp.prompts}; model {stamp.model}; settings {stamp.settings}; version {stamp.version}",
    )  # fmt: skip
    _Writer(memo, paper).write()
    return paper


class _Writer:
    def __init__(self, memo: Memo, paper: Paper) -> None:
        self.memo, self.paper = memo, paper
        self.noted: dict[str, list[int]] = {}
        self.by: dict[str, Cited] = {e.citation.provision: e for claim in memo.claims for e in claim.cited}
        self.tabled: dict[str, dict[str, None]] = {}
        self.tested = self.listed = False

    def write(self) -> None:
        """The title block, the sections, and the annexes."""
        self._block()
        own = any(_OWN_NUMBER.match(section.heading) for section in self.memo.sections)
        working = False
        for section in self.memo.sections:
            if section.worksheet and not working:
                working = True
                self.paper.heading("Drafter's worksheet", numbered=False, new_page=True)
                self.paper.line(
                    line("For the drafter and the clearing offices: how the draft was worked out, what must be shown and what is missing. It does not go forward with the memo."),
                    "Told",
                )  # fmt: skip
            self.paper.heading(section.heading, numbered=not own)
            if self._is_needed(section):
                self._needed()
            else:
                self._section(section)
        annexes = iter("ABCD")
        tests = self.memo.determination.notification.tests
        if not self.tested and tests and {test.provision for test in tests} <= set(self.by):
            self._annex(next(annexes), "Tests of the determination")
            self._tests()
        if not self.listed and self.memo.facts_needed:
            self._annex(next(annexes), "Facts needed")
            self._needed()
        self._annex(next(annexes), "Table of authorities")
        self._authorities()
        stamp = self.memo.stamp
        self.paper.line(
            line(f"{NOTICE} Made from corpus {stamp.corpus}, templates {stamp.prompts}, model {stamp.model}, settings {stamp.settings}, version {stamp.version}."),
            "Told",
        )  # fmt: skip

    def _block(self) -> None:
        memo = self.memo
        for name, wanted in (*_BLOCKS.get(memo.kind, (_TO, _FROM)), _CLEARED):
            self.paper.block(name, (_bracket(f"[FACT NEEDED: {wanted}]"),))
        self.paper.block("Subject", line(memo.case_title or memo.title))
        self.paper.block("Case", line(memo.case))
        self.paper.block("Date", (_bracket("[FACT NEEDED: date of signature]"),))
        checked = f"corpus checked for changes through {day(memo.checked_through)}"
        self.paper.block("Law as of", line(f"{day(memo.as_of)} ({checked})"))
        needs = Counter(claim.need for claim in memo.claims if claim.need is not None)
        told = joined([f"{count} {need}" for need, count in needs.items()])
        late = memo.as_of > memo.checked_through
        stale = (
            f" Nothing after {day(memo.checked_through)} is reflected: look for later changes before relying on it."
            if late
            else ""
        )
        brackets = f"Open brackets: {told}. " if told else "No bracket is open. "
        self.paper.line(
            line(
                f"{brackets}Bold, highlighted brackets are for a person to fill. A note gives the authority for each sentence, in force on {day(memo.as_of)} unless it says otherwise; the table of authorities at the end says what text of it is held.{stale}"
            ),
            "Told",
        )

    def _section(self, section: Section) -> None:
        claims = list(section.claims)
        while claims:
            facts = _leading_facts(claims)
            if len(facts) >= _TABLED:
                self._facts(facts)
                claims = claims[len(facts) :]
            elif len(owed := _leading_findings(claims)) >= _TABLED:
                self._findings(owed)
                claims = claims[len(owed) :]
            elif self._is_test(claims[0]):
                while claims and self._is_test(claims[0]):
                    claims.pop(0)
                if not self.tested:
                    self._tests()
            else:
                self._claim(claims.pop(0))

    def _claim(self, claim: Stated) -> None:
        note = self._note(claim)
        if claim.need is not None:
            self.paper.line((_bracket(f"[{claim.need}: {claim.wanted}]"), Span(note=note)))
        elif claim.kind is Kind.QUOTE:
            self.paper.line((Span(quoted(claim.text), note=note),), "Quote")
        elif claim.text.startswith("Contested: "):
            first, *readings = _READINGS.split(claim.text.removeprefix("Contested: "))
            self.paper.line(
                (Span("Contested: ", bold=True), Span(first, note=() if readings else note)), keep=bool(readings)
            )
            for number, reading in enumerate(readings, 1):
                name, colon, rest = reading.partition(":")
                ended = note if number == len(readings) else ()
                self.paper.line((Span(f"{name}{colon}", italic=True), Span(rest, note=ended)), "List Bullet")
        else:
            self.paper.line((Span(claim.text, note=note),))

    def _note(self, claim: Stated) -> Line:
        """The note of a sentence, and where each of its authorities was noted."""
        if not claim.cited:
            return line("Supplied by the case.") if claim.kind is Kind.FACT else ()
        for each in claim.cited:
            self.noted.setdefault(each.citation.provision, []).append(self.paper.noted + 1)
        return sources.short_note(_LEADS.get(claim.kind, ""), claim.cited, self.memo.as_of)

    def _facts(self, facts: list[Stated]) -> None:
        rows: list[tuple[Line, Line]] = []
        for fact in facts:
            name, _, words = fact.text.partition(": ")
            rows.append((line(name), line(words.removesuffix("."))))
        self.paper.table(
            ("Fact", "As supplied by the case"), rows, (2, 4.5), "Facts of the proposal as the case supplies them"
        )

    def _findings(self, owed: list[Stated]) -> None:
        rows: list[tuple[Line, ...]] = []
        for number, claim in enumerate(owed, 1):
            tag = Span(f"[{claim.need}:", needed=True)
            rows.append(
                (
                    line(str(number)),
                    (tag, Span(f" {claim.wanted}"), Span("]", needed=True)),
                    self._clauses(claim.provisions, "findings"),
                )
            )
        self.paper.table(
            ("No.", "Finding or statement", "Clause"), rows, (0.5, 4.3, 1.9), "Findings and statements that a person must make or show"
        )  # fmt: skip

    def _clauses(self, provisions: tuple[str, ...], table: str, otherwise: str = "") -> Line:
        """The clauses of a row, linked."""
        spans: list[Span] = []
        for provision in provisions:
            self.tabled.setdefault(provision, {})[table] = None
            spans.append(Span("; " if spans else ""))
            spans += (
                sources.clause(self.by[provision], self.memo.as_of)
                if provision in self.by
                else line(otherwise or provision)
            )
        return tuple(spans) or line(otherwise or "none")

    def _is_test(self, claim: Stated) -> bool:
        measures = {test.measure for test in self.memo.determination.notification.tests}
        return any(
            claim.text.startswith(f"Test of {measure}")
            or (claim.need is Need.FACT and claim.wanted.startswith(f"the amount for {measure}"))
            for measure in measures
        )

    def _tests(self) -> None:
        self.tested = True
        rows: list[tuple[Line, ...]] = []
        for test in self.memo.determination.notification.tests:
            basis = f", by {test.basis.replace('_', ' ')}" if test.basis else ""
            value = (
                line(_dollars(test.value_usd)) if test.value_usd is not None else (_bracket("[FACT NEEDED: amount]"),)
            )
            outcome = {True: "reached", False: "not reached", None: "not known"}[test.met]
            rows.append(
                (
                    line(f"{test.measure[:1].upper()}{test.measure[1:]}{basis}"), value,
                    line("any value" if test.threshold_usd is None else _dollars(test.threshold_usd)),
                    line(outcome), self._clauses((test.provision,), "tests"),
                )
            )  # fmt: skip
        heads = ("Measure", "Value", "Threshold", "Outcome", "Clause")
        self.paper.table(
            heads, rows, (2.2, 1.1, 1.1, 0.9, 1.9), "Amounts of the case against the thresholds of the law"
        )

    def _is_needed(self, section: Section) -> bool:
        """Whether a section lists facts needed and nothing else, and so can stand as their table."""
        listed = {need.fact for need in self.memo.facts_needed}
        return (
            bool(listed)
            and _ASKS.search(section.heading) is not None
            and all(claim.need is Need.FACT and claim.wanted in listed for claim in section.claims)
        )

    def _needed(self) -> None:
        self.listed = True
        rows: list[tuple[Line, ...]] = []
        for number, need in enumerate(self.memo.facts_needed, 1):
            clause = self._clauses((need.provision,) if need.provision else (), "facts needed", need.cite)
            rows.append((line(str(number)), (_bracket(f"[FACT NEEDED: {need.fact}]"),), clause))
        self.paper.table(
            ("No.", "Fact needed", "Clause that turns on it"), rows, (0.5, 3.6, 2.4), "Facts that a person must supply"
        )

    def _annex(self, letter: str, title: str) -> None:
        self.paper.heading(f"Annex {letter}. {title}", numbered=False, new_page=letter == "A")

    def _authorities(self) -> None:
        urls = sources.addresses(each for claim in self.memo.claims for each in claim.cited)
        listed = sorted(self.memo.authorities, key=lambda row: (row.authority.rank, sources.in_order(row.provision)))
        for kind, rows in groupby(listed, key=lambda row: row.authority):
            name = _GROUPS[kind]
            self.paper.heading(name, 2)
            self.paper.table(
                ("Authority", f"On {day(self.memo.as_of)}", "What is held", "In notes and tables"),
                [
                    (
                        (Span(row.cite, url=urls.get(row.provision, "")),),
                        line(sources.short_standing(row.status)),
                        line(f"text of {day(row.edition)}" if row.edition else sources.HOLDINGS[row.holding]),
                        line(self._where(row.provision)),
                    )
                    for row in rows
                ],
                (2.6, 0.95, 1.6, 1.35), f"{name} cited, each with its status and what is held of it",
            )  # fmt: skip

    def _where(self, provision: str) -> str:
        """The notes and tables in which a clause is cited."""
        return "; ".join(filter(None, (_figures(self.noted.get(provision, [])), *self.tabled.get(provision, {}))))


def _leading_findings(claims: list[Stated]) -> list[Stated]:
    """The findings at the head of a list that a person must show."""
    return list(takewhile(lambda claim: claim.need is Need.FINDING, claims))


def _leading_facts(claims: list[Stated]) -> list[Stated]:
    """The facts a case supplies at the head of a list, each a name and its words, that cite nothing."""
    found: list[Stated] = []
    for claim in claims:
        if claim.kind is not Kind.FACT or claim.cited or ": " not in claim.text:
            break
        found.append(claim)
    return found


def quoted(words: str) -> str:
    """Words in quotation marks, with dots where the sentence goes on."""
    return f"“{words}{'' if words[-1:] in _ENDS else ' ...'}”"


def _bracket(text: str) -> Span:
    return Span(text, needed=True)


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}".removesuffix(".00")


def _figures(numbers: list[int]) -> str:
    """1, 4-6, 9."""
    return ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in _runs(sorted(set(numbers))))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = end = None
    for number in numbers:
        if end is not None and number == end + 1:
            end = number
            continue
        if start is not None and end is not None:
            yield start, end
        start = end = number
    if start is not None and end is not None:
        yield start, end
