"""Membership of the group that has the higher amounts and the shorter clock, and what does not give it."""

import re
from collections.abc import Iterator

from assistant.check.figures import amounts, lengths
from assistant.check.readings import NEGATED, Contradiction, Ground
from assistant.phrase import day
from assistant.rules import GROUP, OTHERS, Member

_MNNA = re.compile(r"\bmajor non-NATO all\w+|\bMNNAs?\b")


def allies_against(ground: Ground, said: str, routes: list[str]) -> Iterator[Contradiction]:
    match = _MNNA.search(said)
    if match is None or not re.search(r"\bthreshold|\bdays?\b|\bclock|\bperiod|\bhigher\b|\breview\b", said, re.I):
        return
    if NEGATED.search(said) or re.search(
        r"\birrelevant|\bimmaterial|\bno bearing|\bunaffected|\bdifferent from|\bseparate\b", said, re.I
    ):
        return
    higher = {float(c.days) for c in ground.rules.clocks if c.group == GROUP} - {
        float(c.days) for c in ground.rules.clocks if c.group == OTHERS
    }
    amounts_higher = {t.amount for t in ground.rules.thresholds if t.group == GROUP} - {
        t.amount for t in ground.rules.thresholds if t.group == OTHERS
    }
    claims = re.search(r"\bhigher\b|\bshorter\b|\breduced\b|\bsame\b|\bqualif|\bentitle|\benjoy|\bbenefit", said, re.I)
    if claims or any(x.number in higher for x in lengths(said)) or any(a.usd in amounts_higher for a in amounts(said)):
        row = next((t for t in ground.rules.thresholds if t.group == GROUP and (t.route in routes or not routes)), None)
        if row:
            yield Contradiction(
                match.start(), match.end(), f"That status changes neither amounts nor clocks: the higher amounts and the shorter clock are for {ground.rules.groups[GROUP].title} alone.",
                row.provision, f"Leave the status out; the group is {ground.rules.groups[GROUP].title}.",
            )  # fmt: skip


_SINCE = re.compile(r"[^.;]{0,12}?\bsince (?:\w+ )?(?:\d{1,2},? )?(?P<year>(?:19|20)\d\d)\b", re.I)


def _since(ground: Ground, said: str, place: int, country: str, member: Member | None) -> Iterator[Contradiction]:
    """A year from which a country is said to be a member, against its row."""
    match = _SINCE.match(said, place)
    if match is None or member is None or int(match["year"]) == member.start.year:
        return
    row = next(t for t in ground.rules.thresholds if t.group == GROUP)
    yield Contradiction(
        match.start("year") - len("since "), match.end(), f"{country} is in the group since {day(member.start)}, by the table of groups.",
        (member.by if ground.corpus.exists(member.by) else "") or row.provision, f"since {day(member.start)}",
    )  # fmt: skip


def members_against(ground: Ground, said: str) -> Iterator[Contradiction]:
    """A country said to be in the group, or out of it, against the table."""
    claim = re.search(
        r"\b(?P<verb>is|are|was|as|being|became|counts? as|qualif(?:y|ies) as)(?P<not> not| no longer| never)? (?:an? |the |one of the |among the |in the |within the |part of the |treated as an? )*(?:NATO (?:member|ally|country|state|nation)\b|member(?:s)? of (?:NATO|the NATO[- ]plus)|NATO[- ]?(?:\+|plus)[- ]?(?:5|five))",
        said, re.I,
    )  # fmt: skip
    if claim is None or claim["verb"] == "was":
        return
    countries = ground.rules.find_countries(said[: claim.start()])[-1:]
    for country in countries:
        member = ground.rules.membership(country, ground.on)
        if bool(member) != bool(claim["not"]):
            yield from _since(ground, said, claim.end(), country, member)
            continue
        row = next(t for t in ground.rules.thresholds if t.group == GROUP)
        later = ground.rules.later_membership(country, ground.on)
        since = f" (it joins on {day(later.start)})" if later else ""
        fact = f"in the group since {day(member.start)}" if member else f"not in the group on {day(ground.on)}{since}"
        yield Contradiction(
            claim.start(), claim.end(), f"{country} is {fact}, by the table of groups.", (member.by if member and ground.corpus.exists(member.by) else "") or row.provision,
            f"{country} is {fact}.",
        )  # fmt: skip
