"""Amounts in a sentence, what they are measured by, and a case's value, held against the tables of thresholds."""

import re
from collections.abc import Iterator, Sequence

from assistant import cite
from assistant.check.figures import Amount, amounts, lengths
from assistant.check.readings import (
    FACT,
    NEGATED,
    OTHER_COUNTRIES,
    UNSETTLED,
    Contradiction,
    Ground,
    around_of,
    as_rows,
    group_words,
    groups_of,
    in_clause,
    leaning,
    measure_of,
    measure_words,
    only_measure,
    related,
    rule_amounts,
)  # fmt: skip
from assistant.phrase import day, dollars, joined
from assistant.rules import EVERYONE, OTHERS, Threshold

_BASES = {
    "original acquisition cost": r"\boriginal (?:acquisition|purchase|procurement) (?:cost|value|price)|\bacquisition (?:cost|value)\b",
    "market value": r"\b(?:current |fair |present |resale )*market (?:value|price)s?|\b(?:current|present|carrying|today's) value|\bresale (?:value|price)|\bdepreciated value|\bbook value|\bpresent[- ]day value|\bsale price\b|\bresale price",
    "replacement cost": r"\breplacement (?:cost|value)s?",
}


_CONTRASTED = re.compile(
    r"\b(?:not|never|rather than|instead of|unlike|replac\w+|displac\w+|raises?|lifts?|from|in place of|where others?|against|versus|vs|compared|ordinary|ordinarily|general\w*|usual|lower|higher|otherwise)\b",
    re.I,
)


_CERTIFYING = re.compile(r"\b(?:certif|notif)(?:y|ied|ication)\b", re.I)
_MANY = 2
_LABEL = re.compile(r"\W*[\w/ ,-]{0,30}\b(?:thresholds?|levels?|amounts?|triggers?|firearms)[\w/ ,-]{0,20}: *$", re.I)
_RAISED = re.compile(r"\b(?:raises?|lifts?|increases?|higher|instead)\b", re.I)


def amounts_against(
    ground: Ground, said: str, cited: list[str], routes: list[str], contexts: Sequence[str] = ()
) -> Iterator[Contradiction]:
    found = list(amounts(said))
    if not found or UNSETTLED.search(said):
        return
    if not routes and _CERTIFYING.search(said) and not cited:
        routes = ["FMS", "DCS"]
    if not routes:
        return
    rule = rule_amounts(said, found)
    if not rule and len(found) == 1 and any(one.unit == "day" for one in lengths(said)):
        before, after = said[: found[0].start], said[found[0].end :]
        rule = [(found[0], before, after)] if measure_of("", after) and not FACT.search(before) else []
    if not rule and len(found) == 1 and _LABEL.match(said[: found[0].start]):
        labelled = any(r.provision in cited and r.route in routes for r in ground.rules.thresholds)
        rule = [(found[0], said[: found[0].start], said[found[0].end :])] if labelled else []
    if not rule and len(found) > 1:
        rule = _listed(ground, said, found, cited, routes)
    around = around_of(ground, contexts)
    for amount, before, after in rule:
        measures = measure_of(before, after) or (only_measure(said) if len(rule) == 1 else set())
        elsewhere = set() if _RAISED.search(after) else groups_of(ground, said) or around
        groups = groups_of(ground, after.split(";")[0]) or groups_of(ground, before) or elsewhere
        those = [r for r in ground.rules.thresholds if r.route in routes and r.covers(ground.on)]
        rows = [r for r in those if r.amount and (not measures or r.measure in measures)]
        leant = [q for p in cited for q in (p, *leaning(ground.corpus, p))]
        if those and not any(r.amount for r in those) and any(related(r.provision, p) for r in those for p in leant):
            rows = those
        if not rows:
            continue
        if groups and groups == around and not groups_of(ground, said) and NEGATED.search(said):
            continue
        fitting = [r for r in rows if not groups or r.group == EVERYONE or r.group in as_rows(groups)] or rows
        if amount.usd in {r.amount for r in fitting}:
            continue
        if (
            amount.usd in {r.amount for r in rows}
            and groups
            and not (_CONTRASTED.search(before[-70:]) or _RAISED.search(after))
        ):
            yield Contradiction(amount.start, amount.end, *_should(ground, amount, fitting, cited))
            continue
        under = [q for p in cited for q in (p, *leaning(ground.corpus, p))]
        ruled = any(related(r.provision, p) for r in rows for p in under)
        if (not measures or not ruled) and in_clause(ground, amount.usd, "dollars", cited):
            continue
        yield Contradiction(amount.start, amount.end, *_should(ground, amount, fitting, cited))


def _listed(
    ground: Ground, said: str, found: list[Amount], cited: list[str], routes: list[str]
) -> list[tuple[Amount, str, str]]:
    """Amounts told off one after another, each with its own measure, beside a clause of thresholds that has some of them."""
    rows = [r for r in ground.rules.thresholds if r.route in routes and r.provision in cited and r.covers(ground.on)]
    ends = [*(amount.start for amount in found[1:]), len(said)]
    parts = [(a, "", said[a.end : end]) for a, end in zip(found, ends, strict=True)]
    measures = [measure_of("", after) for _, _, after in parts]
    known = [a.usd in {r.amount for r in rows if r.measure in m} for (a, _, _), m in zip(parts, measures, strict=True)]
    distinct = all(measures) and len({next(iter(m)) for m in measures}) == len(parts)
    return parts if distinct and any(known) and not FACT.search(said[: found[0].start]) else []


def _should(ground: Ground, amount: Amount, rows: list[Threshold], cited: list[str]) -> tuple[str, str, str]:
    """What the table has instead: the detail, the clause, the figures; of many rows, those of the clauses cited."""
    named = [r for r in rows if any(related(r.provision, p) for p in cited)]
    rows = named if len(rows) > _MANY and named else rows
    rows = list({(r.amount, r.measure, r.group): r for r in reversed(rows)}.values())[::-1]
    shown = joined(
        list(
            dict.fromkeys(
                f"{dollars(r.amount) if r.amount else r.basis or 'any value'} for {measure_words(r.measure)}, {group_words(r.group)} ({cite.display(r.provision, ground.corpus)})"
                for r in rows
            )
        )
    )
    figures = " or ".join(dict.fromkeys(dollars(r.amount) if r.amount else r.basis or "any value" for r in rows))
    return (
        f"On {day(ground.on)} the table has no {dollars(amount.usd)} here, but {shown}.",
        rows[0].provision,
        figures,
    )


def basis_against(ground: Ground, said: str, routes: list[str]) -> Iterator[Contradiction]:
    rows = [r for r in ground.rules.thresholds if r.route in routes and r.basis and r.covers(ground.on)]
    rows = [r for r in rows if any(re.search(p, r.basis, re.I) for p in _BASES.values())]
    if not rows or not re.search(
        r"\bthreshold|\bvalue|\bmeasur|\bnotif|\bcertif|\bcomput|\bcalculat|\bassess|\$", said, re.I
    ):
        return
    right = {name for name, words in _BASES.items() if any(re.search(words, r.basis, re.I) for r in rows)}
    for name, words in _BASES.items():
        match = re.search(words, said, re.I)
        if name in right or match is None:
            continue
        near = re.split(r"\b(?:because|since|as)\b", said[max(0, match.start() - 60) : match.start()])[-1]
        if NEGATED.search(near) or re.search(
            r"^[^.;,]{0,30}\b(?:is|are) (?:irrelevant|not|immaterial)", said[match.end() :], re.I
        ):
            continue
        row = rows[0]
        yield Contradiction(
            match.start(), match.end(), f"The value is measured by {row.basis} ({cite.display(row.provision, ground.corpus)}), not by {match[0]}.",
            row.provision, row.basis,
        )  # fmt: skip


def case_against(ground: Ground, said: str, routes: list[str]) -> Iterator[Contradiction]:
    found = list(amounts(said))
    rule = {amount.start for amount, _, _ in rule_amounts(said, found)}
    facts = [a for a in found if a.start not in rule]
    outside = {OTHERS} if OTHER_COUNTRIES.search(said) else set()
    groups = groups_of(ground, OTHER_COUNTRIES.sub(" ", said)) if ground.rules.find_countries(said) else outside
    if len(facts) != 1 or len(groups) != 1 or UNSETTLED.search(said):
        return
    negative = re.search(
        r"\b(?:need not|does not|do not|not|no|without)\b[^.;]{0,45}\b(?:notif\w+|notice to (?:the )?Congress|certif\w+|reach\w*|meet\w*|trigger\w*|threshold|cross\w*)|\b(?:falls?|is|are|stays?|remains?|well) (?:well )?(?:below|under|short of)\b|\bbelow the\b",
        said,
        re.I,
    )
    positive = re.search(
        r"\b(?:must|shall|is to|has to) be (?:formally )?(?:notified|certified)|\brequires? (?:a |an )?(?:formal |congressional |advance )*(?:notification|certification)|\b(?:exceeds|meets|reaches|crosses|triggers|is above|is over)\b[^.;]{0,40}\bthreshold",
        said,
        re.I,
    )
    if bool(negative) == bool(positive):
        return
    fact = facts[0]
    measures = measure_of(said[: fact.start], said[fact.end :]) & {"mde", "total", "construction"}
    route = (routes or ["FMS"])[0]
    if len(measures) != 1:
        return
    row = ground.rules.threshold(route, next(iter(measures)), next(iter(groups)), ground.on)
    if row is None or not row.amount or (fact.usd >= row.amount) == bool(positive):
        return
    over = "at or above" if fact.usd >= row.amount else "below"
    yield Contradiction(
        fact.start, fact.end, f"{dollars(fact.usd)} is {over} {dollars(row.amount)} for {measure_words(row.measure)}, {group_words(row.group)} ({cite.display(row.provision, ground.corpus)}).",
        row.provision, f"{'Certification is required' if fact.usd >= row.amount else 'This amount alone requires no certification'} at {dollars(fact.usd)}.",
    )  # fmt: skip
