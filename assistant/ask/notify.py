"""What the dated tables say of notification: amounts, tests on given values, clocks, and who certifies."""

import re
from collections.abc import Iterable
from datetime import date

from assistant.cite import Citation, Claim, Kind
from assistant.corpus import Corpus
from assistant.phrase import day, dollars, joined
from assistant.retrieve import Asked
from assistant.rules import BODIES, EVERYONE, GROUP, OTHERS, Rules, Threshold

_MEASURES = {
    "mde": (r"\bMDE\b|major defense equipment", "major defense equipment"),
    "construction": (r"construction", "design and construction services"),
    "firearms": (r"\bfirearms?\b|\bcategory I\b|\brifles?\b|\bpistols?\b|\bhandguns?\b", "firearms in USML Category I"),
    "total": (
        r"\btotals?\b|\bTCV\b|case value|defense (?:articles|services)|articles (?:or|and) services|\boverall\b",
        "defense articles or services",
    ),
}
_ROUTES = {
    "retransfer": r"re-?transfer|third[- ]party transfer|\bTPT\b|\b3\(d\)",
    "lease": r"\bleas(?:e|es|ed|ing)\b|\bloan(?:s|ed)?\b",
    "manufacture abroad": r"manufactur\w* (?:abroad|licen|in\b)|co-?produc|\bMLA\b|\bTAA\b|technical assistance agreement|36\(d\)",
    "Javits report": r"\bJavits\b",
    "DCS": r"\bDCS\b|direct commercial|commercial(?:ly)?\b|\blicen[sc]e|\bDSP-?5\b|36\(c\)",
    "FMS": r"\bFMS\b|foreign military sale|letters? of offer|\bLOAs?\b|government-to-government|36\(b\)",
}
_ROUTE_TEXT = {
    "FMS": "a foreign military sale (letter of offer)",
    "DCS": "an export license (direct commercial sale)",
    "retransfer": "consent to a retransfer",
    "lease": "a lease or loan of one year or longer",
    "manufacture abroad": "an agreement for manufacture abroad of significant combat equipment",
    "Javits report": "listing in the annual Javits report",
}
_AMOUNT_WORDS = (
    r"\bthresholds?\b|\bat what (?:value|amount|price|dollar)|\bhow (?:much|large|big|expensive)\b|\b(?:dollar )?(?:value|amount)s?\b.*\b(?:notif|certif|congress|trigger|report)"
    r"|\b(?:notif|certif|congress|trigger|report)\w*.*\b(?:value|amount)s?\b|\bhigher amounts?\b"
)
_NOTICE_WORDS = r"\bnotif(?:y|ied|ies|ication|iable)\b|\bcertif(?:y|ied|ies|ication)\b|\bCongress(?:ional)?\b|\b36\([bcd]\)|\bto the Hill\b|\bCN\b"
_CLOCK_WORDS = r"\bhow (?:long|many (?:calendar )?days|soon|quickly)\b|\bclock\b|\b(?:review|waiting|notification) periods?\b|\b\d+[- ](?:calendar[- ])?day\b|\bdays\b.*\b(?:congress|review)"
_WHO_WORDS = (
    r"\bwho(?:se)?\b(?: [\w()]+){0,4} (?:certif(?:y|ies|ied)|notif(?:y|ies|ied)|transmit\w*|submit\w*|signs?|signed|sends?|sent|delivers?|signature)\b"
    r"|\bwhich (?:secretary|department|official|agency)\b.*\b(?:certif|notif|transmi|submit|sign|send)|\b(?:certif|notif|transmi|submit|signature)\w*\b.*\bby whom\b"
    r"|\b(?:Secretary of (?:War|Defense|State)|DSCA)\b.*\b(?:certif|notif|transmi|submit|signature)|\b(?:notif|transmi|certif)\w*\b.*\b(?:Secretary of (?:War|Defense)|DSCA)\b"
)


def route_of(asked: Asked) -> str | None:
    """The route a question is about; None where it names none."""
    for route, pattern in _ROUTES.items():
        if asked.mentions(pattern):
            return route
    return "FMS" if asked.mentions(r"\bsales?\b|\bsell(?:s|ing)?\b|\bsold\b|\bbuy(?:s|ing)?\b|\bpurchas") else None


def asks_amount(asked: Asked) -> bool:
    """Whether a question turns on at what value a transfer is notified."""
    about = asked.mentions(_NOTICE_WORDS) or asked.mentions(r"\bthresholds?\b")
    return (asked.mentions(_AMOUNT_WORDS) and (about or bool(asked.countries or asked.bodies))) or (
        about and bool(asked.amounts)
    )


def asks_clock(asked: Asked) -> bool:
    """Whether a question turns on how long Congress has."""
    return asked.mentions(_CLOCK_WORDS) and (
        asked.mentions(_NOTICE_WORDS) or asked.mentions(r"\breview\b|\bclock\b|\bFMS\b|\bDCS\b|\bsales?\b|re-?transfer|\blease")
    ) and (bool(asked.countries or asked.bodies) or _group_words(asked) is not None)  # fmt: skip


def asks_who(asked: Asked) -> bool:
    """Whether a question turns on who certifies to Congress."""
    return asked.mentions(_WHO_WORDS) and asked.mentions(_NOTICE_WORDS)


def claims(asked: Asked, corpus: Corpus, rules: Rules) -> list[Claim]:
    """What the tables decide of the question, for each date it asks about; nothing where it does not turn on them."""
    found: list[Claim] = []
    for on in asked.dates:
        if asks_who(asked):
            found.extend(_certifiers(asked, rules, on))
        if asks_amount(asked):
            found.extend(_amounts(asked, rules, on))
        if asks_clock(asked):
            found.extend(_clocks(asked, corpus, rules, on))
    return [_known(claim, corpus) for claim in dict.fromkeys(found)]


def _known(claim: Claim, corpus: Corpus) -> Claim:
    """The claim with those of its citations that exist here."""
    kept = tuple(citation for citation in claim.citations if corpus.exists(citation.provision))
    return Claim(claim.text, claim.kind, kept)


def _group_words(asked: Asked) -> str | None:
    if asked.bodies:
        return BODIES
    if asked.mentions(
        r"\bNATO[- ]?(?:plus|\+)|\bNATO (?:members?|countr|all(?:y|ies))|\bmembers? (?:countr\w+ )?of NATO\b"
    ):
        return GROUP
    if asked.mentions(r"\bnon-NATO\b|\bother countr|\ball other\b|\bnon-allied\b"):
        return OTHERS
    return None


def group_of(asked: Asked, rules: Rules, on: date) -> str | None:
    """The group of the recipients a question names."""
    return rules.group_of(asked.countries, asked.bodies, on) or _group_words(asked)


def _amounts(asked: Asked, rules: Rules, on: date) -> list[Claim]:
    routes = [route_of(asked)] if route_of(asked) else ["FMS", "DCS"]
    if asked.mentions(_ROUTES["FMS"]) and asked.mentions(r"\bDCS\b|direct commercial|36\(c\)"):
        routes = ["FMS", "DCS"]
    group = group_of(asked, rules, on)
    found: list[Claim] = []
    for route in routes:
        assert route is not None
        if (
            group
            and asked.amounts
            and not asked.mentions(r"\bexempt")
            and (tested := _test(asked, rules, on, route, group))
        ):
            found.append(tested)
        for each in [group] if group else [OTHERS, GROUP]:
            if claim := _threshold_claim(asked, rules, on, route, each):
                found.append(claim)
    return found


def _threshold_claim(asked: Asked, rules: Rules, on: date, route: str, group: str) -> Claim | None:
    wanted = [measure for measure, (pattern, _) in _MEASURES.items() if asked.mentions(pattern)]
    rows: list[Threshold] = []
    for measure in [*_MEASURES, "any", "certification", "major weapons", "other weapons"]:
        row = rules.threshold(route, measure, group, on)
        if row and (measure in wanted or not wanted or measure not in _MEASURES):
            rows.append(row)
    if "firearms" not in wanted:
        rows = [row for row in rows if row.measure != "firearms"]
    if not rows:
        return None
    parts = [_row_text(row) for row in rows]
    who = _recipients(asked, rules, group, on)
    text = (
        f"For {_ROUTE_TEXT[route]}{who}, the amounts at or above which Congress must be notified are {joined(parts)}."
    )
    if route == "manufacture abroad":
        text = f"For {_ROUTE_TEXT[route]}{who}, a certification is required at any value."
    if group == GROUP:
        text += " They hold only if no new sales territory outside that group is authorized."
    notes = list(dict.fromkeys(row.contested for row in rows if row.contested and row.measure == "firearms"))
    return Claim(" ".join([text, *notes]), Kind.RULE, _cites(row.provision for row in rows))


def _row_text(row: Threshold) -> str:
    name = _MEASURES[row.measure][1] if row.measure in _MEASURES else row.measure
    if row.amount == 0:
        return row.basis
    by = f", by {row.basis}" if row.basis and row.route in {"retransfer", "lease"} else ""
    return f"{dollars(row.amount)} of {name}{by}"


def _recipients(asked: Asked, rules: Rules, group: str, on: date) -> str:
    named = joined([*asked.countries, *asked.bodies])
    title = rules.groups[group].title if group in rules.groups else ""
    if group == EVERYONE:
        return f" to {named}" if named else ""
    if not named:
        return f" to {title}"
    if group == OTHERS and (outside := [c for c in asked.countries if rules.membership(c, on) is None]):
        also = (
            ""
            if len(outside) == len(asked.countries)
            else f" ({joined(outside)} being outside the NATO-plus-five group)"
        )
        return f" to {named}{also or ' (outside the NATO-plus-five group)'}"
    if group == BODIES:
        return f" to {named} (one of NATO's own bodies, which take the ordinary amounts)"
    return f" to {named} (in the group of {title})"


def _test(asked: Asked, rules: Rules, on: date, route: str, group: str) -> Claim | None:
    """The amounts given, each against its threshold; undecided where the one that matters is missing."""
    given = _values(asked)
    rows = {
        m: row for m in ("mde", "total", "construction", "firearms") if (row := rules.threshold(route, m, group, on))
    }
    if not given or not rows:
        return None
    lines: list[str] = []
    cited: list[str] = []
    met = False
    for measure, value in given.items():
        if (row := rows.get(measure)) is None:
            continue
        reached = value >= row.amount
        met |= reached
        relation = "reaches" if reached else "is below"
        lines.append(f"{_MEASURES[measure][1]} of {dollars(value)} {relation} {dollars(row.amount)}")
        cited.append(row.provision)
    if not lines:
        return None
    mde = rows.get("mde")
    open_mde = (
        "mde" not in given and mde is not None and "firearms" not in given and given.get("total", 0) >= mde.amount
    )
    verdict = (
        "a certification to Congress is required" if met
        else f"it depends on how much of it is major defense equipment, which would need certification at {dollars(mde.amount)}" if open_mde and mde
        else "no certification to Congress is required"
    )  # fmt: skip
    if open_mde and mde and not met:
        cited.append(mde.provision)
    text = f"On the figures given, for {_ROUTE_TEXT[route]}{_recipients(asked, rules, group, on)}, {verdict}: {joined(lines)}."
    return Claim(text, Kind.RULE, _cites(cited))


def _values(asked: Asked) -> dict[str, int]:
    """Which measure each amount in a question is of: the nearest measure's word, else the total."""
    found: dict[str, int] = {}
    for amount in asked.amounts:
        nearest = ("total", 40)
        for measure, (pattern, _) in _MEASURES.items():
            for match in re.finditer(pattern, asked.text, re.I):
                gap = max(match.start() - amount.end, amount.start - match.end(), 0)
                if gap < nearest[1]:
                    nearest = (measure, gap)
        if found.get(nearest[0], -1) < amount.usd:
            found[nearest[0]] = amount.usd
    return found


def _clocks(asked: Asked, corpus: Corpus, rules: Rules, on: date) -> list[Claim]:
    route = route_of(asked) or "FMS"
    group = group_of(asked, rules, on)
    if group is None or (row := rules.clock(route, group, on)) is None:
        return []
    text = (
        f"For {_ROUTE_TEXT[route]}{_recipients(asked, rules, group, on)} the review period is {row.days} calendar days"
    )
    text += f" on {day(on)}" if asked.dated else ""
    text += "; a certified emergency waives the period, not the certification."
    cited = [row.provision]
    for country in asked.countries:
        if later := rules.later_membership(country, on):
            text += f" {country} joined the 15-day group on {day(later.start)}{f' ({later.by})' if later.by else ''}."
            cited += [later.by] if later.by and corpus.exists(later.by) else []
    if row.contested:
        text += f" Contested: {row.contested}"
    return [Claim(text, Kind.RULE, _cites(cited))]


def _certifiers(asked: Asked, rules: Rules, on: date) -> list[Claim]:
    found: list[Claim] = []
    for function in _functions(asked):
        rows = [row for row in rules.certifiers if row.function == function and row.start <= on]
        if not rows:
            continue
        row = rows[-1]
        manner = f", {row.manner}" if row.manner else ""
        text = f"On {day(on)} the President's functions under section {_spoken(function)} belong to the {row.official}{manner}, since {day(row.start)}"
        cited = [row.provision]
        if len(rows) > 1:
            text += f"; before that they belonged to the {rows[-2].official} ({rows[-2].provision})"
            cited.append(rows[-2].provision)
        found.append(Claim(f"{text}.", Kind.RULE, _cites(cited)))
    return found


def _functions(asked: Asked) -> list[str]:
    if asked.mentions(r"\b36\(a\)|quarterly"):
        return ["36(a)"]
    if asked.mentions(r"re-?transfer|third[- ]party|\b3\(d\)"):
        return ["3(d)"]
    if asked.mentions(r"36\(f\)|\bpublish|\bpublication"):
        return ["36(f)(1)"]
    if asked.mentions(r"\bleas|\b62\(a\)"):
        return ["62(a)"]
    found = ["36(b)(1) emergency"] if asked.mentions(r"\bemergenc") else []
    if asked.mentions(r"\b36\(c\)|\bDCS\b|direct commercial|\blicen[sc]e"):
        return [*found, "36(c)"]
    if asked.mentions(r"\b36\(d\)|manufactur"):
        return [*found, "36(d)"]
    return found or ["36(b)(1)"]


def _spoken(function: str) -> str:
    section, _, rest = function.partition(" ")
    return f"{section}, including its emergency certification," if rest else section


def _cites(provisions: Iterable[str]) -> tuple[Citation, ...]:
    return tuple(Citation(provision) for provision in dict.fromkeys(provisions))
