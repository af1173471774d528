"""A clause looked up by its citation: what it says, what it is on a date, and what stands around it."""

import re
from dataclasses import dataclass
from datetime import date

from assistant import cite, law
from assistant.corpus import Corpus
from assistant.errors import NoSuchClause, NotHeld
from assistant.law import Edition, Holding, Instrument, Period, Status
from assistant.readers.reach import covers, reach_of, width
from assistant.record import Held, Record

_MOST_DEFINITIONS = 16


@dataclass(frozen=True, slots=True)
class Clause:
    """Everything known of one provision on a day.

    `definitions` are the terms it uses that are defined for it, nearest first, each with the clause that defines it;
    `reaches` says, for each, how far that definition reaches. `changed_since_note` is the day of the text held where
    its words are no longer those that the note was written from. `edition` is the edition held of it, or of the whole
    instrument, whose text is read clause by clause.
    """

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
    reaches: tuple[str, ...] = ()
    changed_since_note: date | None = None
    edition: Edition | None = None


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
    edition = held.edition if held else record.edition(provision, on) if provision == instrument_id else None
    note = version.note if version else instrument.note if instrument and provision == instrument_id else ""
    defined = _definitions(provision, f"{note}\n{held.text if held else ''}", corpus, record)
    return Clause(
        id=provision,
        cite=cite.display(provision, corpus),
        instrument=instrument,
        heading=(version.heading if version else "")
        or corpus.heading(provision)
        or (held.passage.heading if held else ""),
        note=note,
        contested=version.contested if version else "",
        held=held,
        holding=_holding(provision, corpus, edition, on),
        status=corpus.status(provision, on),
        history=_history(provision, corpus, record),
        parents=law.ancestors_of(provision),
        children=corpus.children_of(provision),
        refers_to=_merged(version.refers_to if version else (), record.refers_to(provision)),
        cited_by=_merged(_citing(provision, corpus), record.cited_by(provision)),
        definitions=tuple((term, where) for term, where, _ in defined),
        reaches=tuple(reach for *_, reach in defined),
        changed_since_note=changed_since_note(provision, corpus, record, on) if note else None,
        edition=edition,
    )


def changed_since_note(provision: str, corpus: Corpus, record: Record, on: date) -> date | None:
    """The day of the text read on a day, where its words differ from those that our note on it was written from.

    None where they are the same, or where the text that the note was written from is not held.
    """
    instrument = corpus.instruments.get(law.instrument_of(provision))
    if instrument is None or instrument.facts_as_of is None:
        return None
    now = record.held(provision, instrument.id, on)
    if now is None or now.edition.as_of <= instrument.facts_as_of:
        return None
    then = record.held(provision, instrument.id, instrument.facts_as_of)
    if then is None or then.edition.as_of > instrument.facts_as_of or then.text == now.text:
        return None
    return now.edition.as_of


def _any_holding(provision: str, corpus: Corpus, record: Record, on: date) -> bool:
    held = record.held(provision, law.instrument_of(provision), on)
    return _holding(provision, corpus, held.edition if held else None, on) is not Holding.NONE


def _holding(provision: str, corpus: Corpus, edition: Edition | None, on: date) -> Holding:
    if edition and edition.holding is Holding.OFFICIAL:
        return Holding.OFFICIAL
    if version := corpus.version(provision, on):
        return version.holding
    if provision in corpus.instruments:
        return corpus.instruments[provision].holding
    return edition.holding if edition else Holding.NONE


def _history(provision: str, corpus: Corpus, record: Record) -> tuple[Period, ...]:
    """The instrument's periods, this clause's versions and changes, and what the publisher's notes record.

    It begins where the clause does, if the clause was added to its instrument.
    """
    begun = corpus.begun(provision)
    instrument = corpus.instruments.get(law.instrument_of(provision))
    found = {(p.start, p.by): p for p in (instrument.periods if instrument else ())}
    for version in corpus.provisions.get(provision, ()):
        found.update({(p.start, p.by): p for p in version.history})
        if version.start:
            found.setdefault(
                (version.start, version.by),
                Period(version.start, Status.IN_FORCE, version.by, "this version began"),
            )
    for amendment in record.amendments(provision):
        if amendment.on:
            found.setdefault(
                (amendment.on, amendment.by), Period(amendment.on, Status.IN_FORCE, amendment.by, "amended")
            )
    if begun and not any(period.start == begun for period in found.values()):
        found[(begun, "")] = Period(begun, Status.IN_FORCE, "", "added with what it is a part of")
    kept = [period for period in found.values() if begun is None or period.start >= begun]
    return tuple(sorted(kept, key=lambda period: period.start))


def _citing(provision: str, corpus: Corpus) -> tuple[str, ...]:
    return tuple(
        other for other, versions in corpus.provisions.items() if any(provision in v.refers_to for v in versions)
    )


def _merged(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))


def _definitions(provision: str, words: str, corpus: Corpus, record: Record) -> list[tuple[str, str, str]]:
    """The terms in a clause's words that are defined for it: term, defining clause, reach; of two reaches the nearer."""
    above = (provision, *law.ancestors_of(provision))
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    runs = [division.reach for division in corpus.divisions if covers(division.reach, provision)]
    for term, where, reach in (*record.definitions([*above, *runs]), *_noted_definitions(provision, corpus)):
        if where not in above and _uses(words, term):
            found.setdefault((term.casefold(), where), (term, where, reach))

    def distance(reach: str) -> tuple[int, int]:
        return (above.index(reach), 0) if reach in above else (len(above), width(reach))

    nearest: dict[str, tuple[int, int]] = {}
    for term, _, reach in found.values():
        key = term.casefold()
        nearest[key] = min(nearest.get(key, distance(reach)), distance(reach))
    kept = [
        (term, where, reach)
        for term, where, reach in found.values()
        if distance(reach) == nearest[term.casefold()]
        and not any((term.casefold(), wider) in found for wider in law.ancestors_of(where))
    ]
    return sorted(kept, key=lambda row: distance(row[2]))[:_MOST_DEFINITIONS]


def _noted_definitions(provision: str, corpus: Corpus) -> list[tuple[str, str, str]]:
    """The terms that our notes say are defined, where the definition reaches this provision."""
    found = []
    for where, versions in corpus.provisions.items():
        if not versions[-1].defines:
            continue
        reach = _reach_of_note(where, corpus)
        if covers(reach, provision):
            found += [(term, where, reach) for term in versions[-1].defines]
    return found


def _reach_of_note(where: str, corpus: Corpus) -> str:
    """A definition in a section of definitions reaches its division, in an order all of it, elsewhere its section."""
    instrument = law.instrument_of(where)
    for division in corpus.divisions:
        if instrument in division.definitions:
            return reach_of(instrument, division.words[0], (division,))
    if instrument.startswith("SAMM"):
        return reach_of(instrument, "manual", corpus.divisions)
    return instrument if " CFR " not in instrument else re.split(r"[(,]", where, maxsplit=1)[0]


def _uses(words: str, term: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(term)}(?:s|es)?(?![\w-])", words, re.IGNORECASE) is not None


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
        "changed_since_note": clause.changed_since_note.isoformat() if clause.changed_since_note else None,
        "text": held.text if held else None,
        "edition": {
            "as_of": edition.as_of.isoformat(), "sha256": edition.sha256, "publisher_url": edition.publisher_url,
            "retrieved": edition.retrieved, "holding": edition.holding,
        } if (edition := clause.edition) else None,
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
        "definitions": [
            {"term": term, "provision": provision, "reach": reach}
            for (term, provision), reach in zip(clause.definitions, clause.reaches, strict=True)
        ],
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
