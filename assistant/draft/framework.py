"""Which policy framed a transfer on the memo's date, and what has changed that an older paper would get wrong."""

from datetime import date, timedelta

from assistant import law
from assistant.desk import Desk
from assistant.determine import Notification
from assistant.draft import citing, determined
from assistant.draft.memo import Need, Stated
from assistant.law import Authority, Instrument, Status
from assistant.phrase import day, joined

_RECENT = timedelta(days=3 * 365)
_RULING = {Status.IN_FORCE, Status.DIRECTED}


def policy(desk: Desk, on: date) -> list[Stated]:
    """The policy in force or directed on a day, or that none clearly was; then the orders that frame a review."""
    series = [
        desk.corpus.instruments[p.instrument] for p in desk.rules.policies if p.instrument in desk.corpus.instruments
    ]
    ruling = [each for each in series if each.status(on) in _RULING]
    found = _ruling(ruling[-1], desk, on) if ruling else [_none(series, desk, on)]
    for framework in desk.rules.frameworks:
        if framework.provision in desk.corpus.instruments:
            instrument = desk.corpus.instruments[framework.provision]
            if instrument.effective and instrument.status(on) is Status.IN_FORCE:
                text = f"{instrument.id} of {day(instrument.effective)} {framework.role}; it was in force on {day(on)}."
                found.append(citing.rule(text, (framework.provision,), desk, on))
    return found


def criteria(desk: Desk, on: date) -> list[Stated]:
    """Each criterion of the policy in force, with a bracket for the judgement; a bracket where no text is held or none ruled."""
    series = [
        desk.corpus.instruments[p.instrument] for p in desk.rules.policies if p.instrument in desk.corpus.instruments
    ]
    ruling = [each for each in series if each.status(on) in _RULING]
    if not ruling:
        return [
            citing.gap(
                Need.JUDGEMENT, "which criteria apply; no policy text was clearly in force on this date", (), desk, on
            )
        ]
    instrument = ruling[-1]
    period = instrument.period(on)
    by = (period.by,) if period and period.by else ()
    listed = _criteria_of(instrument.id, desk)
    if not listed:
        wanted = f"the review criteria of {instrument.id}; confirm them in the policy itself or any successor before this section is used"
        return [citing.gap(Need.TEXT, wanted, (*by, instrument.id), desk, on)]
    found: list[Stated] = []
    for provision in listed:
        found.append(citing.note(provision, desk, on))
        heading = desk.corpus.heading(provision)
        found.append(
            citing.gap(
                Need.JUDGEMENT, f"fact, source and assessment on {determined.lowered(heading)}", (provision,), desk, on
            )
        )
    return found


def changes(claims: tuple[Stated, ...], notice: Notification, desk: Desk, on: date) -> list[Stated]:
    """What ended or was overridden among what the claims cite, which policy ended and who took over as certifier lately."""
    handed = _handed_over(notice, desk, on)
    found: list[Stated] = [*handed]
    said: set[str] = set()
    for policy in (desk.corpus.instruments.get(p.instrument) for p in desk.rules.policies):
        period = policy.period(on) if policy else None
        if (
            policy
            and period
            and period.status.ended
            and on - period.start <= _RECENT
            and not _by_ended(period.by, desk, on)
        ):
            said.add(policy.id)
            found.append(_ended(policy, desk, on))
    for provision in dict.fromkeys(p for claim in claims for p in claim.provisions):
        instrument = desk.corpus.instruments.get(law.instrument_of(provision))
        if instrument is None:
            continue
        if instrument.status(on).ended and instrument.id not in said:
            said.add(instrument.id)
            found.append(_ended(instrument, desk, on))
        if instrument.authority is Authority.MANUAL and (later := overriding(provision, desk, on)):
            key = f"{instrument.id} {later}"
            if key not in said:
                said.add(key)
                found.append(
                    citing.rule(
                        f"{instrument.id} was issued before {later}; where they differ, the order outranks the manual.",
                        (later, provision), desk, on,
                    )
                )  # fmt: skip
                if not any(later in line.provisions for line in handed):
                    found.append(citing.note(later, desk, on))
    return found


def _handed_over(notice: Notification, desk: Desk, on: date) -> list[Stated]:
    """That whoever certifies took it over from another official in the years before the day."""
    lines: list[Stated] = []
    for row in desk.rules.certifiers:
        certifies = row.provision == notice.certifier_provision and row.official == notice.certifier
        if not certifies or not row.covers(on) or on - row.start > _RECENT:
            continue
        before = next((b for b in desk.rules.certifiers if b.function == row.function and b.end == row.start), None)
        if before and before.official != row.official:
            text = (
                f"Section {row.function}: until {day(row.start)} the {before.official} ({before.provision}); since then the"
                f" {row.official} ({row.provision})."
            )
            lines.append(citing.rule(text, (row.provision, before.provision), desk, on))
    return lines


def overriding(provision: str, desk: Desk, on: date) -> str:
    """The later order, in effect on the day, that a note on the manual names among its sources; empty where none."""
    version = desk.corpus.version(provision, on)
    for source in version.sources if version else ():
        instrument = desk.corpus.instruments.get(law.instrument_of(source))
        if (
            instrument
            and instrument.authority is Authority.EXECUTIVE_ORDER
            and instrument.effective
            and instrument.effective <= on
        ):
            return source
    return ""


def _ruling(policy: Instrument, desk: Desk, on: date) -> list[Stated]:
    period = policy.period(on)
    assert period is not None
    if period.status is Status.DIRECTED:
        text = (
            f"On {day(on)} State and Defense are directed to implement {policy.id} ({policy.title}) or any successor policy"
            f" directive, since {day(period.start)}, by {period.by}."
        )
        return [citing.rule(text, (period.by, policy.id), desk, on)]
    text = f"On {day(on)} the policy in force was {policy.id} ({policy.title}), in effect since {day(period.start)}."
    later = next((p for p in policy.periods if p.start > on and p.status.ended), None)
    found = [citing.rule(text, (policy.id,), desk, on)]
    if later:
        by = f" by {later.by}" if later.by else ""
        found.append(
            citing.rule(f"{policy.id} was {later.status} on {day(later.start)}{by}, after this memo's date.",
                        (later.by or policy.id,), desk, on)
        )  # fmt: skip
    return found


def _none(series: list[Instrument], desk: Desk, on: date) -> Stated:
    before = [(i, p) for i in series if (p := i.period(on)) and p.status.ended]
    after = [(i, p) for i in series for p in i.periods if p.start > on and p.status in _RULING]
    parts: list[str] = []
    cited: list[str] = []
    if before:
        instrument, period = max(before, key=lambda pair: pair[1].start)
        by = f" by {period.by}" if period.by else ""
        parts.append(f"{instrument.id} had been {period.status} on {day(period.start)}{by}")
        cited.append(period.by or instrument.id)
    if after:
        instrument, period = min(after, key=lambda pair: pair[1].start)
        verb = "was directed to be implemented" if period.status is Status.DIRECTED else "took effect"
        by = f" by {period.by}" if period.by else ""
        parts.append(f"{instrument.id} {verb} only from {day(period.start)}{by}")
        cited.append(period.by or instrument.id)
    told = f": {joined(parts)}" if parts else ""
    text = f"On {day(on)} no conventional arms transfer policy text was clearly in force{told}."
    return (
        citing.rule(text, tuple(cited), desk, on)
        if cited
        else citing.gap(Need.TEXT, f"the policy in force on {day(on)}", (), desk, on)
    )


def _by_ended(by: str, desk: Desk, on: date) -> bool:
    """Whether what ended a thing has itself ended since, so that its end is older news."""
    instrument = desk.corpus.instruments.get(law.instrument_of(by)) if by else None
    return instrument is not None and instrument.status(on).ended


def _ended(instrument: Instrument, desk: Desk, on: date) -> Stated:
    period = instrument.period(on)
    assert period is not None
    by = f" by {period.by}" if period.by else ""
    text = (
        f"{instrument.id} was {period.status} on {day(period.start)}{by}; on {day(on)} it can be cited only as history."
    )
    return citing.rule(text, (period.by or instrument.id,), desk, on)


def _criteria_of(instrument: str, desk: Desk) -> list[str]:
    """The criteria of a policy in their order, where the corpus has them clause by clause."""
    numbered = [
        (p, p.rpartition(", consideration ")[2]) for p in desk.corpus.provisions if law.instrument_of(p) == instrument
    ]
    return [p for p, n in sorted((pair for pair in numbered if pair[1].isdigit()), key=lambda pair: int(pair[1]))]
