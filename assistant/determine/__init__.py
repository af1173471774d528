"""Case -> Determination: notification, clocks, assessments, stops, findings and gaps, by dated tables alone."""

from dataclasses import replace
from datetime import date

from assistant.case import Case
from assistant.corpus import Corpus
from assistant.determine import assess, lines
from assistant.determine.conditions import find_conditions
from assistant.determine.determination import (
    CountryTeamAssessment,
    Determination,
    Fact,
    Finding,
    FindingStatus,
    Flag,
    Notification,
    Stop,
    Test,
    TieredReview,
    as_json,
)
from assistant.determine.notice import find_notice
from assistant.determine.parties import find_parties
from assistant.determine.routes import find_route
from assistant.determine.skeleton import complete
from assistant.law import Status
from assistant.rules import Rules

KINDS = (
    "policy-justification", "transmittal", "cat-analysis", "notification", "country-team-assessment", "retransfer",
    "human-rights", "congressional-qa",
)  # fmt: skip


def determine(case: Case, rules: Rules, corpus: Corpus, on: date) -> Determination:
    """Everything the tables determine of a case on a day; nothing is concluded for a department or supposed of a fact."""
    case = complete(case, rules)
    gates = rules.gates
    route = find_route(case, gates)
    parties = find_parties(case, rules, on)
    notice = find_notice(case, route, parties, rules, on)
    notification = notice.notification
    conditions = find_conditions(case, route, parties, notice, rules, on)
    cta, open_articles = assess.find_assessment(case, route, notification, conditions, gates, on)
    conditions["cta"] = cta.required
    qme, qme_why, qme_provision = assess.find_qme(route, parties, notification, conditions, gates)
    conditions["qme"] = qme
    conditions["qme_maybe"] = qme is None
    tier = assess.find_tier(route, parties, notification, conditions, gates, on)
    stops, barred, bar_facts = lines.find_stops(route, parties, conditions, gates, on)
    policies = _policies(rules, corpus, on)
    return Determination(
        as_of=on,
        decidable=any(row.covers(on) for row in rules.thresholds),
        route=route.id if route else None,
        group=parties.group,
        countries=parties.countries,
        bodies=parties.bodies,
        notification=_with_tier(notification, tier),
        qme=qme,
        qme_why=qme_why,
        qme_provision=qme_provision,
        cta=cta,
        stops=stops,
        findings=lines.find_findings(case, route, conditions, gates, on),
        facts_needed=tuple(
            dict.fromkeys([*lines.find_facts(case, route, conditions, gates, on), *notice.facts, *bar_facts])
        ),
        flags=tuple(
            dict.fromkeys(
                [*barred, *notice.flags, *lines.find_policies(policies, on), *open_articles,
                 *lines.find_flags(route, conditions, gates, on)]
            )
        ),
        policies=tuple((one, status.value) for one, _, status in policies if status in {Status.IN_FORCE, Status.DIRECTED}),
    )  # fmt: skip


def facts_needed(case: Case, kind: str, rules: Rules, corpus: Corpus, on: date) -> tuple[Fact, ...]:
    """What the case lacks for one kind of document, each with the clause that requires it; every draft's facts first."""
    from_rules = determine(case, rules, corpus, on).facts_needed
    case = complete(case, rules)
    route = find_route(case, rules.gates)
    parties = find_parties(case, rules, on)
    notice = find_notice(case, route, parties, rules, on)
    conditions = find_conditions(case, route, parties, notice, rules, on)
    return tuple(dict.fromkeys([*from_rules, *lines.find_facts(case, route, conditions, rules.gates, on, kind)]))


def _policies(rules: Rules, corpus: Corpus, on: date) -> list[tuple[str, str, Status]]:
    """Each policy of the series and each order that frames it, with its status on the day."""
    series = [
        (policy.instrument, "is the conventional arms transfer policy", corpus.status(policy.instrument, on))
        for policy in rules.policies
    ]
    return [*series, *((frame.provision, frame.role, corpus.status(frame.provision, on)) for frame in rules.frameworks)]


def _with_tier(notification: Notification, tier: TieredReview | None) -> Notification:
    return replace(notification, tiered_review=tier)


__all__ = [
    "KINDS",
    "CountryTeamAssessment",
    "Determination",
    "Fact",
    "Finding",
    "FindingStatus",
    "Flag",
    "Notification",
    "Stop",
    "Test",
    "TieredReview",
    "as_json",
    "determine",
    "facts_needed",
]
