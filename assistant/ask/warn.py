"""What a reader is warned of beside an answer."""

from datetime import date

from assistant import cite, law
from assistant.ask.answer import Cited, Said, Warned
from assistant.cite import Kind
from assistant.clause import changed_since_note
from assistant.desk import Desk
from assistant.law import Authority, Holding, Status
from assistant.phrase import day, joined
from assistant.retrieve import Asked, named_instruments
from assistant.settings import CHECKED_THROUGH


def warnings(asked: Asked, desk: Desk, said: tuple[Said, ...], as_of: date) -> list[Warned]:
    found: list[Warned] = []
    if max(as_of, asked.on) > CHECKED_THROUGH:
        found.append(
            Warned(
                "stale", f"The corpus was checked for changes to {day(CHECKED_THROUGH)}; later changes are not in it."
            )
        )
    if asked.lookalike:
        found.append(
            Warned(
                "false_premise",
                "A citation in the question is written with look-alike characters; it was read as the plain one.",
            )
        )
    if asked.ambiguous:
        found.append(
            Warned(
                "contested",
                "A citation in the question names more than one clause"
                f" ({joined([cite.display(p, desk.corpus) for p in asked.cited[:4]])}); each is meant where it is used.",
                asked.cited[0] if asked.cited else "",
            )
        )
    for claim in said:
        for each in claim.cited:
            found.extend(_about(each, asked.on, desk))
            if each.status is Status.NOT_YET and claim.claim.kind is not Kind.RULE:
                found.extend(_not_yet(each, asked.on, desk))
    for resolution in asked.missing:
        if resolution.known_instrument:
            found.append(Warned("false_premise", f"There is no {', '.join(resolution.missing)}.", ""))
    for name in named_instruments(asked):
        instrument = desk.corpus.instruments.get(name)
        if instrument:
            found.extend(_status_warning(name, instrument.status(asked.on), asked.on, desk))
    return list({(each.code, each.text): each for each in reversed(found)}.values())[::-1]


def _about(each: Cited, on: date, desk: Desk) -> list[Warned]:
    provision = each.citation.provision
    found = _status_warning(provision, each.status, on, desk)
    if each.holding is Holding.SECONDARY:
        found.append(Warned("secondary", f"{each.cite}: known only through others; its text is not held.", provision))
    version = desk.corpus.version(provision, on)
    if version and version.contested:
        found.append(Warned("contested", version.contested, provision))
    if later_text := changed_since_note(provision, desk.corpus, desk.record, on):
        found.append(
            Warned(
                "stale",
                f"The words of {each.cite} changed after our note was written; read the text of {day(later_text)}.",
                provision,
            )
        )
    if each.authority is Authority.MANUAL and (later := _overriding(version.sources if version else (), on, desk)):
        found.append(
            Warned("superseded", f"The manual predates {later}, which outranks it where they differ.", provision)
        )
    return found


def _not_yet(each: Cited, on: date, desk: Desk) -> list[Warned]:
    """The day from which a clause that had not begun is law."""
    provision = each.citation.provision
    instrument = desk.corpus.instruments.get(law.instrument_of(provision))
    days = [desk.corpus.begun(provision), instrument.periods[0].start if instrument and instrument.periods else None]
    start = max((each for each in days if each and each > on), default=None)
    begins = f"begins only on {day(start)}" if start else "had not begun"
    return [Warned("not_yet", f"{each.cite} {begins}; on {day(on)} it was not yet in force.", provision)]


def _overriding(sources: tuple[str, ...], on: date, desk: Desk) -> str:
    """A later order that a note on the manual names, in effect on the day."""
    for source in sources:
        instrument = desk.corpus.instruments.get(law.instrument_of(source))
        if (
            instrument
            and instrument.authority is Authority.EXECUTIVE_ORDER
            and instrument.effective
            and instrument.effective <= on
        ):
            return source
    return ""


def _status_warning(provision: str, status: Status, on: date, desk: Desk) -> list[Warned]:
    instrument = desk.corpus.instruments.get(law.instrument_of(provision))
    period = instrument.period(on) if instrument else None
    by = f" by {period.by}" if period and period.by else ""
    since = f" on {day(period.start)}" if period else ""
    name = law.instrument_of(provision)
    if status is Status.REVOKED:
        return [Warned("revoked", f"{name} was revoked{since}{by}.", name)]
    if status.ended:
        return [
            Warned(
                "superseded",
                f"{provision} is {status} on {day(on)}{by if status is not Status.SUPERSEDED or period else ''}.",
                provision,
            )
        ]
    if status is Status.DIRECTED:
        return [
            Warned(
                "directed",
                f"State and Defense are directed to implement {name}{by}; it is not said to be reinstated, and its text is not held.",
                name,
            )
        ]
    if status is Status.REPORTED:
        return [Warned("secondary", f"The end of {name} was reported{since}; no official text was found.", name)]
    return []
