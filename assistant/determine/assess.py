"""The reviews beside the certification: qualitative military edge, the tier of the informal review, and the country team's assessment."""

from datetime import date

from assistant.case import Case
from assistant.determine.conditions import Conditions, sensitive
from assistant.determine.determination import CountryTeamAssessment, Flag, Notification, TieredReview
from assistant.determine.parties import Parties
from assistant.gates import Gates, Route

_COMMON = "SAMM Table C5.T1"


def find_qme(
    route: Route | None, parties: Parties, notification: Notification, conditions: Conditions, gates: Gates
) -> tuple[bool | None, str, str]:
    """Whether a qualitative-military-edge determination is required, why, and the clause."""
    listed = gates.lists.get("qme")
    clause = "22 USC 2776(h)(1)" if listed else ""
    if listed is None:
        return None, "No list of countries is held.", clause
    if route is not None and not route.section_36:
        return (
            False,
            "Not applicable: section 36(h) attaches to certifications under section 36; this route has another notice.",
            clause,
        )
    if conditions["list_qme"]:
        if notification.required is False:
            return (
                False,
                "Not applicable on these facts: the determination is part of a section 36 certification, and none is owed.",
                clause,
            )
        if notification.required:
            return (
                True,
                f"The recipient is on the manual's list ({listed.provision}), and the certification carries the determination.",
                clause,
            )
        return (
            None,
            f"The recipient is on the manual's list ({listed.provision}): any section 36 certification would carry the determination.",
            clause,
        )
    if conditions["list_qme"] is None and not parties.bodies:
        hint = " The region named may hold countries of the manual's list." if "qme" in parties.regions else ""
        return None, f"The recipient country is not known.{hint}", clause
    if conditions["qme_unclear"] and notification.required is not False:
        return (
            None,
            "The statute does not define the Middle East and the manual's list leaves this country out.",
            clause,
        )
    if conditions["list_qme-protected"]:
        return (
            False,
            "Not applicable: section 36(h)(1) speaks of countries in the Middle East other than Israel.",
            clause,
        )
    return (
        False,
        f"Not applicable: the recipient is not a country in the Middle East by the manual's list ({listed.provision}).",
        clause,
    )


def find_tier(
    route: Route | None, parties: Parties, notification: Notification, conditions: Conditions, gates: Gates, on: date
) -> TieredReview | None:
    """The tier of the informal review; None where nothing is to be notified or the route has none."""
    if notification.required is False or route is None:
        return None
    rows = [row for row in gates.tiers if route.id in row.routes and row.covers(on)]
    if not rows:
        return None
    marked = conditions["mtcr_category_i"] is True or (conditions["list_qme"] is True and route.section_36)
    for row in rows:
        if (row.when and marked) or (not row.when and parties.group in row.groups):
            open_category = conditions["mtcr_unknown"] and not row.when
            why = row.why + ("; Tier 3 if the item proves to be MTCR Category I" if open_category else "")
            return TieredReview(row.tier, row.days, row.provision, f"{why}. Informal and not binding.")
    return TieredReview(None, None, rows[0].provision, "The recipient, and so the tier, is not known.")


def find_assessment(
    case: Case, route: Route | None, notification: Notification, conditions: Conditions, gates: Gates, on: date
) -> tuple[CountryTeamAssessment, tuple[Flag, ...]]:
    """Whether the manual asks for a country team assessment, and the tables of elements it needs."""
    sure, perhaps = sensitive(case, gates.sensitive, conditions, gates, on)
    conditions["sensitive_article"] = True if sure else None if perhaps or not case.articles else False
    conditions["strike"] = any(row.id == "strike munitions" for row in sure)
    flags = tuple(
        Flag(row.provision, f"Whether the articles are {row.text}, so that the assessment needs the elements of {row.table}, is for the implementing agency; the case's words leave it open.")
        for row in perhaps
    ) if route is None or route.letter_of_request else ()  # fmt: skip
    if route is not None and not route.letter_of_request:
        return CountryTeamAssessment(
            False, why="The manual ties the assessment to a letter of request (SAMM C5.1.4); this route has none."
        ), ()
    rows = [row for row in gates.triggers if row.covers(on)]
    if route is None or not rows:
        return CountryTeamAssessment(
            None, why="The route is not stated." if rows else "No table of triggers is held for that day."
        ), flags
    decided = {
        row.when: conditions.get(row.when) if row.when != "may_require" else notification.required for row in rows
    }
    met = [row for row in rows if decided[row.when] is True]
    tables = (_COMMON, *(row.table for row in sure)) if met else ()
    triggers = tuple(f"{row.text} ({row.provision})" for row in met)
    details = tuple(f"{row.text}: {row.table} ({row.provision})" for row in sure)
    if met:
        return CountryTeamAssessment(
            True, tables, "Required because " + "; ".join((*triggers, *details)) + ".", (*triggers, *details)
        ), flags
    undecided = [row.text for row in rows if decided[row.when] is None]
    if undecided:
        return CountryTeamAssessment(None, why=f"Not decided: whether {'; whether '.join(undecided)}."), flags
    return CountryTeamAssessment(False, why="No trigger of SAMM C5.1.4 is met on the facts of the case."), flags
