"""Memos made from the notes, the tables and the official text held, with faults planted in known words."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant import cite, law
from assistant.corpus import Corpus
from assistant.law import Holding, Status
from assistant.phrase import day, dollars
from assistant.record import Record
from assistant.rules import GROUP, OTHERS, Rules

MEMOS, FAULTS, CLEAN = 40, 400, 20
_LAWFUL = re.compile(r"\b(?:shall|must|may not|may|prohibit\w*|requires?|required)\b")
_UNFIT = re.compile(
    r"\b(?:this|these|those|paragraph|subsection|subparagraph|section|sec\.|above|below|former|until|earlier|since|first|second|printed|held|text|Code|USC|CFR|clause|NSM|NSPM|EO|Pub)\b|\(\d|\([a-z]\)|;"
)
_SWAPS = (
    ("shall", "must"), ("furnished", "provided"), ("furnish", "provide"), ("regarding", "about"), ("prior to", "before"),
    ("may not", "must not"), ("in order to", "to"), ("send", "submit"), ("give", "provide"), ("obtain", "get"), ("each year", "every year"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A memo and its faults: the words at fault, verdict, which occurrence, what it needs held, its kind."""

    name: str
    text: str
    faults: list[tuple[str, str, int, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of a memo; the words at fault and their verdict, if any."""

    text: str
    fault: str = ""
    verdict: str = ""
    needs: str = ""
    kind: str = ""


class _Writer:
    def __init__(self, corpus: Corpus, record: Record, rules: Rules, seed: int) -> None:
        self.corpus = corpus
        self.record = record
        self.rules = rules
        self.rng = random.Random(seed)
        self.official = any(e.holding is Holding.OFFICIAL for e in record.editions())
        self.notes = self._notes()
        self.quotable = self._quotable()

    # material

    def _notes(self) -> list[tuple[str, str]]:
        found = []
        for provision, versions in sorted(self.corpus.provisions.items()):
            version = versions[-1]
            if (
                len(versions) > 1
                or version.contested
                or " note" in provision
                or provision == law.instrument_of(provision)
            ):
                continue
            said = re.split(r"(?<=[a-z)])\. ", version.note)[0].rstrip(".")
            if (
                11 <= len(said.split()) <= 42
                and not re.search(r"\. [A-Z]", said)
                and not cite.find(said)
                and _LAWFUL.search(said)
                and not _UNFIT.search(said)
                and said[0].isupper()
                and self.corpus.status(provision, date(2026, 7, 1)) is Status.IN_FORCE
            ):
                found.append((provision, said))
        return found

    def _quotable(self) -> list[tuple[str, str]]:
        """Runs of nine to fourteen words of official text, or of notes where none is held."""
        found = []
        for provision, said in self.notes:
            held = self.record.held(provision, law.instrument_of(provision)) if self.official else None
            text = held.own if held and held.edition.holding is Holding.OFFICIAL else "" if self.official else said
            words = " ".join(text.split()).split(" ")
            if len(words) >= 12:
                length = self.rng.randint(9, 14)
                start = self.rng.randint(0, max(0, len(words) - length - 1))
                run = " ".join(words[start : start + length]).strip(" ,;:.—-")
                if not re.search(r"[\"“”\[\]§—]|\d\d", run) and len(run.split()) >= 8:
                    found.append((provision, run))
        return found

    def _cited(self, provision: str) -> str:
        instrument = law.instrument_of(provision)
        rest = provision.removeprefix(instrument)
        forms = [
            provision,
            cite.display(provision, self.corpus),
            provision.replace(" USC ", " U.S.C. § ").replace(" CFR ", " C.F.R. § "),
        ]
        outlined = self.corpus.outline.get(instrument)
        if outlined and outlined.act:
            act, _, number = outlined.act.partition(" sec. ")
            name = {"AECA": "Arms Export Control Act", "FAA": "Foreign Assistance Act"}.get(act, act)
            forms += [
                f"section {number}{rest} of the {name}",
                f"{act} section {number}{rest}",
                f"{act} § {number}{rest}",
            ]
        self.rng.shuffle(forms)
        for form in forms:
            if cite.resolve(form, self.corpus).provisions == (provision,):
                return form
        return provision

    def _reworded(self, said: str) -> str:
        for old, new in _SWAPS:
            if self.rng.random() < 0.5:
                said = re.sub(rf"\b{old}\b", new, said)
        return said

    def _attach(self, said: str, form: str) -> str:
        """A statement and its citation, put together in one of many ways."""
        small = (
            said[0].lower() + said[1:]
            if said.split()[0] in {"The", "A", "An", "No", "Before", "If", "Where", "Within", "Any", "Each"}
            else said
        )
        shapes: list[str] = [
            f"{said} ({form}).", f"{said}. {form}.", f"Under {form}, {small}.", f"{said}, {form}.", f"As {form} has it, {small}.",
            f"{said} (see {form}).", f"It is settled that {small}. See {form}.", f"Pursuant to {form}, {small}.", f"By virtue of {form} {small}.",
            f"{said}.[{form}]",
        ]  # fmt: skip
        return self.rng.choice(shapes[:-1])

    # right lines

    def right(self, on: date) -> _Line:
        """One paragraph without a fault."""
        makers: list[Callable[[date], str]] = [
            self._right_note,
            self._right_note,
            self._right_note,
            self._right_rule,
            self._right_quote,
            self._right_history,
            self._chatter,
        ]
        return _Line(self.rng.choice(makers)(on))

    def _right_note(self, on: date) -> str:
        provision, said = self.rng.choice(self.notes)
        return self._attach(self._reworded(said), self._cited(provision))

    def _right_quote(self, on: date) -> str:
        if not self.official:
            return self._right_note(on)
        provision, run = self.rng.choice(self.quotable)
        return self._quoting(run, self._cited(provision))

    def _quoting(self, run: str, form: str) -> str:
        return self.rng.choice(
            (
                f"The clause speaks of “{run}” ({form}).", f'In the words of {form}: "{run}."', f"{form} reads in part: “{run} ...”.",
                f'The language is "{run}," {form}.', f"Note the words:\n\n> {run}\n\n({form})",
            )
        )  # fmt: skip

    def _right_history(self, on: date) -> str:
        return self.rng.choice(
            (
                "NSM-18, which EO 14236 sec. 2(m) revoked on 14 March 2025, is mentioned for the history alone.",
                "From 2023 to 2025 the policy was NSM-18, revoked by EO 14236 sec. 2(m).",
                "The former policy, NSM-18, listed sixteen considerations; it is no longer in force.",
                "State and War are directed to implement NSPM-10 or any successor policy directive (EO 14268 sec. 3(a)(i)).",
                "EO 13637 sec. 1(k) was rewritten in February 2026.",
                "PPD-27 was superseded in April 2018.",
            )
        )

    def _chatter(self, on: date) -> str:
        return self.rng.choice(
            (
                "The purchaser's delegation visits on the tenth; a room has been booked.",
                "We recommend that the desk hold the package until the embassy replies.",
                f"The contract is estimated at ${self.rng.randint(3, 900)} million, subject to negotiation.",
                "Our counterparts asked for a draft by Friday. Who will clear it?",
                "Deliveries should begin in the second quarter and last 18 months.",
                "The action officer must upload the signed package before leave begins.",
                "Industry has told us that the production line is open through 2029.",
            )
        )

    def _row(self, on: date) -> tuple[str, str, str, int, str, list[int]]:
        rows = [
            r
            for r in self.rules.thresholds
            if r.covers(on)
            and r.amount
            and r.route in _ROUTE_WORDS
            and r.measure in _MEASURE_WORDS
            and r.group in {GROUP, OTHERS}
        ]
        row = self.rng.choice(rows)
        every = [r.amount for r in rows if r.route == row.route and r.measure == row.measure]
        return row.route, row.measure, row.group, row.amount, row.provision, every

    def _country(self, group: str, on: date) -> str:
        inside = [m.country for m in self.rules.groups[GROUP].members if m.covers(on)]
        outside = [
            "Saudi Arabia",
            "Thailand",
            "Morocco",
            "Brazil",
            "Kuwait",
            "Singapore",
            "Colombia",
            "Egypt",
            "India",
            "Indonesia",
        ]
        return self.rng.choice(inside if group == GROUP else outside)

    def _threshold_said(self, on: date, amount: str, row: tuple[str, str, str, int, str, list[int]]) -> str:
        route, measure, group, _, provision, _ = row
        country, form = self._country(group, on), self._cited(provision)
        kind, thing = self.rng.choice(_ROUTE_WORDS[route]), _MEASURE_WORDS[measure]
        whom = self.rng.choice((f"for {country}", f"where {country} is the recipient"))
        return self.rng.choice(
            (
                f"The threshold for {thing} in {kind} is {amount} {whom} ({form}).",
                f"{kind[0].upper()}{kind[1:]} of {thing} to {country} is certified at {amount} or more. {form}.",
                f"Under {form} the notification threshold {whom} is {amount} of {thing}.",
                f"{whom[0].upper()}{whom[1:]}, {kind} must be certified to Congress at or above {amount} in {thing}, {form}.",
            )
        )

    def _right_rule(self, on: date) -> str:
        if self.rng.random() < 0.5:
            row = self._row(on)
            return self._threshold_said(on, dollars(row[3]), row)
        return self._clock_said(on, right=True)[0]

    def _clock_said(self, on: date, *, right: bool) -> tuple[str, str]:
        rows = [c for c in self.rules.clocks if c.covers(on) and c.route in _ROUTE_WORDS and c.group in {GROUP, OTHERS}]
        row = self.rng.choice(rows)
        other = self.rng.choice([d for d in (10, 15, 20, 30, 45, 60) if d != row.days])
        days = row.days if right else other
        country, form, kind = (
            self._country(row.group, on),
            self._cited(row.provision),
            self.rng.choice(_ROUTE_WORDS[row.route]),
        )
        words = self.rng.choice((f"{days} calendar days", f"{days} days"))
        said = self.rng.choice(
            (
                f"Congress has {words} to review {kind} to {country} ({form}).",
                f"The review period for {kind} to {country} is {words}. {form}.",
                f"Once certified under {form}, {kind} to {country} waits {words} before Congress.",
            )
        )
        return said, words

    # faults

    def fault(self, on: date, kind: str) -> _Line:
        """One paragraph with a fault of a kind."""
        makers: dict[str, Callable[[date], _Line]] = {
            "unknown_citation": self._unknown, "misquoted": self._misquoted, "wrong_authority": self._wrong, "not_in_force": self._ended,
            "not_held": self._unheld, "unsupported": self._unsupported, "uncited": self._uncited, "contradicts_rule": self._contradicts,
        }  # fmt: skip
        return makers[kind](on)

    def _unknown(self, on: date) -> _Line:
        provision, said = self.rng.choice([n for n in self.notes if re.search(r"\((?:\d+|[a-z])\)$", n[0])])
        made = provision
        while cite.resolve(made, self.corpus).provisions:
            label = self.rng.choice(("47", "z", "19", "y", "33"))
            made = self.rng.choice(
                (
                    re.sub(r"\((?:\d+|[a-z])\)$", f"({label})", provision), re.sub(r"\((?:\d+|[a-z])\)$", f"({label})", provision),
                    f"EO {self.rng.randint(15100, 15900)} sec. {self.rng.randint(1, 6)}", f"AECA section {self.rng.randint(103, 140)}(a)",
                )
            )  # fmt: skip
        form = made.replace(" USC ", " U.S.C. ")
        return _Line(self._attach(said, form), form, "unknown_citation", kind="made up")

    def _misquoted(self, on: date) -> _Line:
        while True:
            provision, run = self.rng.choice(self.quotable)
            kind, altered = self._altered(run)
            if altered and altered != run:
                return _Line(self._quoting(altered, self._cited(provision)), altered, "misquoted", "official", kind)

    def _altered(self, run: str) -> tuple[str, str]:
        words = run.split(" ")
        choice = self.rng.choice(("modal", "not", "word", "drop", "number", "swap"))
        if choice == "modal":
            return choice, re.sub(r"\bshall\b", "may", run) if "shall" in words else re.sub(r"\bmay\b", "shall", run)
        if choice == "not":
            return choice, re.sub(r"\bnot ", "", run, count=1) if " not " in run else re.sub(
                r"\b(shall|may|is|are|be)\b", r"\1 not", run, count=1
            )
        if choice == "word":
            place = self.rng.randrange(1, len(words) - 1)
            words[place] = self.rng.choice(("substantial", "promptly", "agency", "contract", "review", "civilian"))
        elif choice == "drop":
            del words[self.rng.randrange(2, len(words) - 2)]
        elif choice == "number":
            return choice, re.sub(r"\b(\d+)\b", lambda m: str(int(m[1]) + 5), run, count=1)
        else:
            place = self.rng.randrange(1, len(words) - 2)
            if words[place].strip(",") == words[place + 1].strip(","):
                return choice, ""
            words[place], words[place + 1] = words[place + 1], words[place]
        return choice, " ".join(words)

    def _wrong(self, on: date) -> _Line:
        if self.official and self.rng.random() < 0.5:
            provision, run = self.rng.choice([q for q in self.quotable if len(q[1].split()) >= 9])
            other = self._stranger(provision)
            held = self.record.held(other, law.instrument_of(other))
            if held and not cite.verify(run, held.text):
                return _Line(self._quoting(run, self._cited(other)), run, "wrong_authority", "official", "quotation")
        if self.rng.random() < 0.3:
            order = self.rng.choice(("EO 14268", "EO 14383", "EO 14268 sec. 3(a)"))
            said = self.rng.choice(
                (
                    f"{order} sets the “more likely than not” standard for authorizing arms transfers.",
                    f"Under {order}, a transfer is barred where it is more likely than not that the arms will be used in atrocities.",
                )
            )
            return _Line(said, said, "wrong_authority", kind="another policy's standard")
        provision, said = self.rng.choice([n for n in self.notes if len(set(n[1].split())) > 16])
        form = self._cited(self._stranger(provision))
        return _Line(self._attach(self._reworded(said), form), form, "wrong_authority", kind="another clause's content")

    def _stranger(self, provision: str) -> str:
        """A clause of another instrument, of the same kind of law where there is one."""
        home = law.instrument_of(provision)
        kind = home.split()[1] if " " in home else home
        near = [p for p, _ in self.notes if law.instrument_of(p) != home and kind in p]
        return self.rng.choice(near or [p for p, _ in self.notes if law.instrument_of(p) != home])

    def _ended(self, on: date) -> _Line:
        ended = sorted(
            p for p, versions in self.corpus.provisions.items()
            if self.corpus.status(p, on) in {Status.REVOKED, Status.SUPERSEDED} and versions[0].instrument in {"NSM-18", "PPD-27"}
        )  # fmt: skip
        provision = self.rng.choice([p for p in ended if cite.resolve(p, self.corpus).provisions == (p,)])
        said = self.rng.choice(
            (
                f"The transfer must satisfy {provision}.", f"{provision} governs this request and its terms are met.",
                f"Current policy requires a case-by-case review ({provision}).", f"The request is consistent with {provision}.",
                f"Pursuant to {provision}, the Department weighs each of these points.", f"As {provision} provides, restraint is the rule.",
            )
        )  # fmt: skip
        return _Line(said, provision, "not_in_force", kind="ended")

    def _unheld(self, on: date) -> _Line:
        words = self.rng.choice(
            (
                "the economic security of the nation and its workers",
                "a robust and resilient base of industry at home",
                "restraint in sales of advanced systems to regions of tension",
            )
        )
        source = self.rng.choice(("NSPM-10", "PDD-34", "NSDD-5"))
        said = self.rng.choice((f"{source} spoke of “{words}”.", f'In {source} the phrase was "{words}."'))
        return _Line(said, words, "not_held", kind="text not held")

    def _unsupported(self, on: date) -> _Line:
        if self.rng.random() < 0.45:
            provision, _ = self.rng.choice(self.notes)
            form = self._cited(provision)
            said = self.rng.choice(_INVENTED)
            return _Line(self._attach(said, form), form, "unsupported", kind="invented")
        turned = [(p, s, t) for p, s in self.notes if (t := _turned(s)) and len(s.split()) < 34]
        provision, _, said = self.rng.choice(turned)
        form = self._cited(provision)
        return _Line(self._attach(said, form), form, "unsupported", kind="turned")

    def _uncited(self, on: date) -> _Line:
        if self.rng.random() < 0.4:
            said = self.rng.choice(_BARE)
        else:
            said = self.rng.choice([s for _, s in self.notes if re.search(r"\b(?:shall|must|may not)\b", s)]) + "."
        return _Line(said, said, "uncited", kind="bare")

    def _contradicts(self, on: date) -> _Line:
        maker = self.rng.choice(
            (
                self._bad_amount,
                self._bad_amount,
                self._bad_clock,
                self._bad_clock,
                self._bad_official,
                self._bad_basis,
                self._bad_ally,
                self._bad_figure,
                self._bad_day,
            )
        )
        return maker(on)

    def _bad_amount(self, on: date) -> _Line:
        row = self._row(on)
        wrong = self.rng.choice(
            [
                a
                for a in (10_000_000, 14_000_000, 25_000_000, 50_000_000, 75_000_000, 100_000_000, 20_000_000)
                if a != row[3]
            ]
        )
        return _Line(self._threshold_said(on, dollars(wrong), row), dollars(wrong), "contradicts_rule", kind="amount")

    def _bad_clock(self, on: date) -> _Line:
        said, words = self._clock_said(on, right=False)
        return _Line(said, words, "contradicts_rule", kind="clock")

    def _bad_official(self, on: date) -> _Line:
        function, form = self.rng.choice(
            (
                ("36(b)(1)", "AECA section 36(b)(1)"),
                ("36(c)", "22 U.S.C. 2776(c)(1)"),
                ("36(d)", "22 U.S.C. 2776(d)(1)"),
            )
        )
        row = self.rules.certifier(function, on)
        wrong = (
            "Secretary of Commerce"
            if row is None or "State" not in row.official
            else self.rng.choice(("Secretary of War", "Secretary of Commerce"))
        )
        if row and "Defense" in row.official:
            wrong = "Secretary of State"
        said = self.rng.choice(
            (
                f"The {wrong} certifies the transfer to Congress under {form}.", f"Certification under {form} is made by the {wrong}.",
                f"It is the {wrong} who notifies Congress ({form}).",
            )
        )  # fmt: skip
        return _Line(said, wrong, "contradicts_rule", kind="official")

    def _bad_basis(self, on: date) -> _Line:
        wrong = self.rng.choice(("current market value", "fair market value", "replacement cost", "resale price"))
        said = self.rng.choice(
            (
                f"For a retransfer the threshold is measured by {wrong} (22 U.S.C. 2753(d)(1)).",
                f"Third-party transfers are valued at {wrong} when deciding whether to certify them. AECA section 3(d)(1).",
            )
        )
        return _Line(said, wrong, "contradicts_rule", kind="basis")

    def _bad_ally(self, on: date) -> _Line:
        country = self.rng.choice(("Egypt", "Jordan", "Morocco", "Thailand", "Kuwait", "Bahrain", "Colombia"))
        said = self.rng.choice(
            (
                f"{country}, a major non-NATO ally, qualifies for the higher thresholds (22 U.S.C. 2776(b)(6)).",
                f"As a major non-NATO ally {country} enjoys the shorter review period under AECA section 36(b)(1).",
            )
        )
        return _Line(said, "major non-NATO ally", "contradicts_rule", kind="ally")

    def _bad_figure(self, on: date) -> _Line:
        """A clause's own figure changed."""
        pattern = re.compile(
            r"\b((?:within|at least|not later than|for) )(\d{1,3})( (?:calendar )?(?:days|months))\b", re.I
        )
        fit = [(p, s) for p, s in self.notes if len(pattern.findall(s)) == 1 and len(re.findall(r"\d+", s)) == 1]
        if not fit:
            return self._bad_clock(on)
        provision, said = self.rng.choice(fit)
        match = pattern.search(said)
        assert match is not None
        number = str(int(match[2]) + self.rng.choice((5, 7, 11)))
        words = f"{number}{match[3]}"
        changed = said[: match.start()] + match[1] + words + said[match.end() :]
        return _Line(self._attach(changed, self._cited(provision)), words, "contradicts_rule", kind="own figure")

    def _bad_day(self, on: date) -> _Line:
        ends = {"NSM-18": date(2025, 3, 14)}
        name, right = self.rng.choice(sorted(ends.items()))
        wrong = day(right + timedelta(days=self.rng.choice((26, 40, -300, 365))))
        said = self.rng.choice(
            (
                f"{name} was revoked on {wrong} and is history.",
                f"{name}, it should be said, was formally revoked on {wrong}.",
            )
        )
        return _Line(said, wrong, "contradicts_rule", kind="day")

    # memos

    def memo(self, number: int, kinds: list[str]) -> Written:
        """One memo with a fault of each kind, among right paragraphs; clean where there is no kind."""
        on = date(2026, 3, 1) + timedelta(days=self.rng.randint(0, 250))
        lines = [self.fault(on, kind) for kind in kinds] + [self.right(on) for _ in range(self.rng.randint(8, 14))]
        self.rng.shuffle(lines)
        numbered = self.rng.random() < 0.4
        parts = [
            self.rng.choice(("# Action memorandum", "MEMORANDUM FOR THE DIRECTOR", "**INFORMATION MEMO**")),
            self.rng.choice((f"Date: {day(on)}", f"DATE: {on:%B} {on.day}, {on.year}", f"**As of:** {on.isoformat()}")),
        ]
        faults: list[tuple[str, str, int, str, str]] = []
        text = "\n\n".join(parts)
        for count, line in enumerate(lines, 1):
            if self.rng.random() < 0.15:
                text += f"\n\n## {self.rng.choice(('Background', 'Law', 'Analysis', 'Discussion', 'Policy'))}"
            said = f"{count}. {line.text}" if numbered else line.text
            before = text
            text += f"\n\n{said}"
            if line.fault:
                faults.append((line.fault, line.verdict, before.count(line.fault) + 1, line.needs, line.kind))
        return Written(f"memo-{number:02}.md", f"{text}\n", faults)


_ROUTE_WORDS = {
    "FMS": ("a foreign military sale", "an FMS case"),
    "DCS": ("a direct commercial sale", "a licensed commercial export"),
    "retransfer": ("a retransfer", "a third-party transfer"),
}
_MEASURE_WORDS = {
    "mde": "major defense equipment",
    "total": "defense articles and services",
    "construction": "design and construction services",
}
_INVENTED = (
    "The recipient must deposit a performance bond with the Treasury in euros", "The exporter must hold a public hearing in the county of manufacture",
    "Aircraft must be painted in national colors before they leave the plant", "The ambassador must personally inspect every warehouse each spring",
    "Interpreters must be licensed by the state bar before they may attend", "The committee must publish a weekly newsletter about pending cases",
)  # fmt: skip
_BARE = (
    "The statute requires that every foreign purchaser accept quarterly inspections.", "By law, offsets must be disclosed to Congress before the offer.",
    "Sales to countries under embargo are prohibited.", "Congress must be notified before any such license is amended.",
    "The Arms Export Control Act prohibits transfers to anyone but the purchaser.", "Under the law a waiver shall be reported within the month.",
)  # fmt: skip


def _turned(said: str) -> str | None:
    """A duty made a release, a ban made a leave, a leave made a ban; None where a sentence is no plain one of these."""
    if re.search(r"\b(?:unless|except|if|only|without|where)\b", said):
        return None
    shall = len(re.findall(r"\b(?:shall|must)\b", said))
    if shall == 1 and not re.search(r"\b(?:not|no|may|need)\b", said, re.I):
        return re.sub(r"\b(?:shall|must)\b", "need not", said)
    if len(re.findall(r"\b(?:may not|shall not|must not)\b", said)) == 1 and not re.search(r"\bno\b", said, re.I):
        return re.sub(r"\b(?:may not|shall not|must not)\b", "may", said)
    if len(re.findall(r"\bmay\b", said)) == 1 and not re.search(r"\b(?:not|no|shall|must|prohibit\w*)\b", said, re.I):
        return re.sub(r"\bmay\b", "may not", said)
    return None


def write_memos(corpus: Corpus, record: Record, rules: Rules, seed: int) -> list[Written]:
    """Forty memos with ten faults each, every kind in turn, and twenty clean ones; the same for a seed."""
    writer = _Writer(corpus, record, rules, seed)
    kinds = [
        "unknown_citation", "misquoted", "wrong_authority", "not_in_force", "unsupported", "uncited", "contradicts_rule", "contradicts_rule",
        "misquoted", "wrong_authority", "unknown_citation", "not_held", "not_in_force", "unsupported", "uncited", "contradicts_rule",
    ]  # fmt: skip
    planted = [kinds[number % len(kinds)] for number in range(FAULTS)]
    each = FAULTS // MEMOS
    memos = [writer.memo(number, planted[number * each : (number + 1) * each]) for number in range(MEMOS)]
    return memos + [writer.memo(MEMOS + number, []) for number in range(CLEAN)]
