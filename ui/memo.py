"""A determination and a memo as HTML that is safe to show: tests in a table, sentences with chips, brackets in sight."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant import cite
from assistant.ask.answer import Cited
from assistant.corpus import Corpus
from assistant.determine import Determination, Fact
from assistant.draft import Memo, Stated
from assistant.phrase import day
from ui.markup import Html, element, together
from ui.render import chip, choice, standing
from ui.wording import HOLDING_WORDS, authority_words

_MET = {True: "met", False: "not met", None: "not known"}
_REQUIRED = {True: "required", False: "not required", None: "facts are missing"}
_TONES = {True: "care", False: "good", None: "care"}


def needed(facts: Sequence[Fact], corpus: Corpus, on: date) -> Html:
    """The facts that are missing, each with the clause that turns on it."""
    if not facts:
        return element("p", "No fact is missing for this memo. A person decides what the file shows.", class_="hint")
    rows = [element("li", element("bdi", f.fact), *_by(f.provision, corpus, on)) for f in facts]
    return together(element("h3", f"Facts needed ({len(facts)})"), element("ul", *rows, class_="needed"))


def determination(found: Determination, corpus: Corpus, on: date) -> Html:
    """What the dated tables determine, test by test."""
    notice = found.notification
    rows = [
        _row("Certification to Congress", _mark(_REQUIRED[notice.required], notice.required), notice.why, notice.provision, corpus, on),
        _row("Who certifies", notice.certifier or "none", "", notice.certifier_provision, corpus, on),
        _row("Congress has", f"{notice.clock_days} calendar days" if notice.clock_days else "no statutory period", "", notice.clock_provision, corpus, on),
    ]  # fmt: skip
    if tier := notice.tiered_review:
        rows.append(
            _row(
                "Tiered review",
                f"tier {tier.tier}, {tier.days} days" if tier.tier else "not known",
                tier.why,
                tier.provision,
                corpus,
                on,
            )
        )
    rows += [
        _row(
            "Qualitative military edge",
            _mark(_REQUIRED[found.qme], found.qme),
            found.qme_why,
            found.qme_provision,
            corpus,
            on,
        ),
        _row(
            "Country Team Assessment",
            _mark(_REQUIRED[found.cta.required], found.cta.required),
            found.cta.why,
            "; ".join(found.cta.tables),
            corpus,
            on,
        ),
    ]
    parts = [
        element("h3", "Determination, by the dated tables"),
        ""
        if found.decidable
        else element(
            "p", f"The tables begin after {day(on)}: nothing is determined for that day.", class_="warning grave"
        ),
        _table(("", "", "", "Clause"), rows),
    ]
    if notice.tests:
        tests = [
            (
                element("bdi", t.measure.replace("_", " ")), _dollars(t.threshold_usd), _dollars(t.value_usd), _mark(_MET[t.met], t.met),
                together(*_clauses(t.provision, corpus, on), f" {t.basis}" if t.basis else ""),
            )
            for t in notice.tests
        ]  # fmt: skip
        parts += [
            element("h4", "Amounts against thresholds"),
            _table(("Measure", "Threshold", "Value", "", "Clause"), tests),
        ]
    for title, lines in (("May not go ahead", found.stops), ("Flags", found.flags)):
        if lines:
            shown = [element("li", element("bdi", each.text), *_by(each.provision, corpus, on)) for each in lines]
            parts += [
                element("h4", title),
                element("ul", *shown, class_="flags" if title == "Flags" else "flags stops"),
            ]
    if found.findings:
        listed = [
            (element("bdi", f.text), str(f.status).replace("_", " "), together(*_clauses(f.provision, corpus, on)))
            for f in found.findings
        ]
        parts += [element("h4", "Findings that a person makes"), _table(("Finding", "In the file", "Clause"), listed)]
    return element("section", *parts, class_="determination")


def memo(drafted: Memo, downloads: Sequence[Html]) -> Html:
    """The memo: sections, sentences with chips, brackets, and the table of authorities."""
    numbers = {p: n for n, p in enumerate(dict.fromkeys(p for c in drafted.claims for p in c.provisions), 1)}
    on = drafted.as_of
    gaps = sum(claim.need is not None for claim in drafted.claims)
    rows = [
        (choice(a.provision, on, a.cite), authority_words(a.authority), standing(a.status, on), f"edition of {day(a.edition)}" if a.edition else HOLDING_WORDS[a.holding])
        for a in drafted.authorities
    ]  # fmt: skip
    return element(
        "article",
        element("h3", element("bdi", drafted.title)),
        element("p", f"Draft as of {day(on)} · checked for changes through {day(drafted.checked_through)} · {gaps} brackets to fill", class_="dates"),
        element("p", *downloads, class_="buttons"),
        *(_section(section.heading, section.claims, numbers, on) for section in drafted.sections),
        element("h4", "Table of authorities"), _table(("Authority", "Rank", "Status", "Held"), rows),
        class_="memo",
    )  # fmt: skip


def _section(heading: str, claims: Sequence[Stated], numbers: dict[str, int], on: date) -> Html:
    """A section; where the case supplies every sentence of it, that is said once."""
    alike = len(claims) > 1 and all(_supplied(claim) for claim in claims)
    once = element("p", "Each line is supplied by the case.", class_="hint") if alike else Html()
    sentences = [_sentence(claim, numbers, on, marked=not alike) for claim in claims]
    return element("section", element("h4", element("bdi", heading)), once, *sentences)


def _supplied(claim: Stated) -> bool:
    return str(claim.kind) == "fact" and claim.need is None


def _sentence(claim: Stated, numbers: dict[str, int], on: date, *, marked: bool) -> Html:
    if claim.need is not None:
        words = element("mark", element("bdi", claim.text), class_="gap")
    else:
        words = element("q" if str(claim.kind) == "quote" else "bdi", claim.text)
    chips = [chip(_cited(each), numbers[each.citation.provision], on) for each in claim.cited]
    by_case = marked and str(claim.kind) == "fact"
    supplied = element("span", " supplied by the case", class_="rank") if by_case else Html()
    return element("p", words, " ", *chips, supplied, class_="sentence")


def _cited(each: object) -> Cited:
    """A memo's citation as an answer's; they have the same parts."""
    return Cited(**{name: getattr(each, name) for name in Cited.__slots__})


def _row(
    name: str, what: Html | str, why: str, provision: str | None, corpus: Corpus, on: date
) -> tuple[Html | str, ...]:
    shown = what[:1].upper() + what[1:] if type(what) is str else what
    return name, shown, element("bdi", why[:1].upper() + why[1:]), together(*_clauses(provision or "", corpus, on))


def _clauses(written: str, corpus: Corpus, on: date) -> Iterator[Html]:
    """One or several clauses, each to be opened."""
    for number, provision in enumerate(p.strip() for p in written.split(";") if p.strip()):
        yield together(
            ", " if number else "",
            choice(provision, on, cite.display(provision, corpus) if corpus.exists(provision) else provision),
        )


def _by(provision: str, corpus: Corpus, on: date) -> Iterator[Html]:
    if provision:
        yield together(" ", *_clauses(provision, corpus, on))


def _mark(words: str, met: bool | None) -> Html:
    return element("span", words, class_=f"status {_TONES[met]}")


def _dollars(amount: Decimal | None) -> str:
    return f"${amount:,.2f}".removesuffix(".00") if amount is not None else "not known"


def _table(heads: Sequence[str], rows: Sequence[Sequence[Html | str]]) -> Html:
    """A table whose first column names its rows."""
    head = (
        element("thead", element("tr", *(element("th", h, scope="col") if h else element("td") for h in heads)))
        if any(heads[:1])
        else Html()
    )
    body = [
        element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:])) for row in rows
    ]
    return element("div", element("table", head, element("tbody", *body)), class_="wide")
