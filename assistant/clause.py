"""A clause looked up by its citation: what it says, what it is on a date, and what stands around it."""

from dataclasses import dataclass
from datetime import date

from assistant import cite, law
from assistant.corpus import Corpus
from assistant.errors import NoSuchClause, NotHeld
from assistant.law import Holding, Instrument, Period, Status
from assistant.record import Held, Record


@dataclass(frozen=True, slots=True)
class Clause:
    """Everything known of one provision on a day."""

    id: str
    cite: str
    instrument: Instrument | None
    heading: str
    note: str
    contested: str
    held: Held | None
    holding: Holding
    status: Status
    history: tuple[Period, ...]
    parents: tuple[str, ...]
    children: tuple[str, ...]
    refers_to: tuple[str, ...]
    cited_by: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]


def look_up(written: str, corpus: Corpus, record: Record, on: date) -> tuple[tuple[Clause, ...], bool]:
    """The clauses a citation names, and whether it names several by ambiguity.

    Raises NoSuchClause where nothing of that name exists, NotHeld where it exists and nothing of it is held.
    """
    resolution = cite.resolve(written, corpus)
    if not resolution.provisions:
        named = ", ".join(resolution.missing) or written.strip()
        near = (
            f"Near it: {', '.join(resolution.near[:5])}." if resolution.near else 'Try: pincite cite "AECA 36(b)(1)".'
        )
        if resolution.missing and not resolution.known_instrument:
            raise NotHeld(
                f"{named} is a citation, but nothing of that instrument is held here.", near=resolution.near[:5],
                next_step=f"{near} See what is held: pincite status.",
            )  # fmt: skip
        raise NoSuchClause(f"There is no {named} in the texts held.", near=resolution.near[:5], next_step=near)
    clauses = tuple(read_clause(provision, corpus, record, on) for provision in resolution.provisions)
    if all(clause.holding is Holding.NONE and not clause.children for clause in clauses):
        named = ", ".join(clause.id for clause in clauses)
        raise NotHeld(
            f"{named} exists, but neither its text nor a note on it is held.",
            near=tuple(
                dict.fromkeys(p for clause in clauses for p in clause.parents if _any_holding(p, corpus, record, on))
            )[:5],
            next_step=f"Bring its text with: pincite sync '{law.instrument_of(clauses[0].id)}'.",
        )
    return clauses, resolution.ambiguous


def read_clause(provision: str, corpus: Corpus, record: Record, on: date) -> Clause:
    """One clause by its id."""
    instrument_id = law.instrument_of(provision)
    instrument = corpus.instruments.get(instrument_id)
    version = corpus.version(provision, on)
    held = record.held(provision, instrument_id, on)
    note = version.note if version else instrument.note if instrument and provision == instrument_id else ""
    return Clause(
        id=provision,
        cite=cite.display(provision, corpus),
        instrument=instrument,
        heading=corpus.heading(provision) or (held.passage.heading if held else ""),
        note=note,
        contested=version.contested if version else "",
        held=held,
        holding=_holding(provision, corpus, held, on),
        status=corpus.status(provision, on),
        history=_history(provision, corpus, record),
        parents=law.ancestors_of(provision),
        children=corpus.children_of(provision),
        refers_to=_merged(version.refers_to if version else (), record.refers_to(provision)),
        cited_by=_merged(_citing(provision, corpus), record.cited_by(provision)),
        definitions=_definitions(note, corpus),
    )


def _any_holding(provision: str, corpus: Corpus, record: Record, on: date) -> bool:
    return _holding(provision, corpus, record.held(provision, law.instrument_of(provision), on), on) is not Holding.NONE


def _holding(provision: str, corpus: Corpus, held: Held | None, on: date) -> Holding:
    if held and held.edition.holding is Holding.OFFICIAL:
        return Holding.OFFICIAL
    if version := corpus.version(provision, on):
        return version.holding
    if provision in corpus.instruments:
        return corpus.instruments[provision].holding
    return held.edition.holding if held else Holding.NONE


def _history(provision: str, corpus: Corpus, record: Record) -> tuple[Period, ...]:
    """The instrument's periods, this clause's versions and changes, and what the publisher's notes record."""
    instrument = corpus.instruments.get(law.instrument_of(provision))
    found = {(p.start, p.by): p for p in (instrument.periods if instrument else ())}
    for version in corpus.provisions.get(provision, ()):
        found.update({(p.start, p.by): p for p in version.history})
        if version.start:
            found[(version.start, version.by)] = Period(
                version.start, Status.IN_FORCE, version.by, "this version began"
            )
    for amendment in record.amendments(provision):
        if amendment.on:
            found.setdefault(
                (amendment.on, amendment.by), Period(amendment.on, Status.IN_FORCE, amendment.by, "amended")
            )
    return tuple(sorted(found.values(), key=lambda period: period.start))


def _citing(provision: str, corpus: Corpus) -> tuple[str, ...]:
    return tuple(
        other for other, versions in corpus.provisions.items() if any(provision in v.refers_to for v in versions)
    )


def _merged(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))


def _definitions(note: str, corpus: Corpus) -> tuple[tuple[str, str], ...]:
    """The defined terms that a note uses, each with the clause that defines it."""
    lowered = note.lower()
    return tuple(
        (term, provision)
        for provision, versions in corpus.provisions.items()
        for term in versions[-1].defines
        if term.lower() in lowered
    )[:12]


def as_json(clause: Clause) -> dict[str, object]:
    """The keys that other programs rely on."""
    instrument = clause.instrument
    held = clause.held
    return {
        "provision": clause.id,
        "cite": clause.cite,
        "instrument": _instrument(instrument) if instrument else {"id": law.instrument_of(clause.id)},
        "heading": clause.heading,
        "note": clause.note or None,
        "contested": clause.contested or None,
        "text": held.text if held else None,
        "edition": {
            "as_of": held.edition.as_of.isoformat(), "sha256": held.edition.sha256, "publisher_url": held.edition.publisher_url,
            "retrieved": held.edition.retrieved, "holding": held.edition.holding,
        } if held else None,
        "holding": clause.holding,
        "status": clause.status,
        "history": [
            {
                "from": p.start.isoformat(),
                "to": following.start.isoformat() if following else None,
                "by": p.by or None,
                "status": p.status,
                "change": p.change or None,
            }
            for p, following in zip(clause.history, [*clause.history[1:], None], strict=True)
        ],
        "parents": list(clause.parents),
        "children": list(clause.children),
        "refers_to": list(clause.refers_to),
        "cited_by": list(clause.cited_by),
        "definitions": [{"term": term, "provision": provision} for term, provision in clause.definitions],
    }  # fmt: skip


def _instrument(instrument: Instrument) -> dict[str, object]:
    def iso(on: date | None) -> str | None:
        return on.isoformat() if on else None

    return {
        "id": instrument.id, "title": instrument.title, "kind": instrument.kind, "authority": instrument.authority,
        "issuer": instrument.issuer, "signed": iso(instrument.signed), "effective": iso(instrument.effective),
        "ended": iso(instrument.ended), "ended_by": instrument.ended_by or None, "source_url": instrument.source_url,
        "facts_from": instrument.facts_from, "facts_as_of": iso(instrument.facts_as_of),
    }  # fmt: skip
