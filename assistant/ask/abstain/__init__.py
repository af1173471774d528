"""When there is no answer to give, and which of the contract's reasons it is."""

import re
from dataclasses import dataclass

from assistant import cite, law
from assistant.ask.abstain import signals, silence, weigh
from assistant.ask.abstain.tables import Gap, Tables, found, read_tables
from assistant.ask.abstain.words import SIGNS
from assistant.corpus import Corpus
from assistant.desk import Desk
from assistant.index import Hit, Likening
from assistant.law import Authority, Holding, Instrument
from assistant.retrieve import Asked, named_instruments

# Parts of these regulations are numbered in a row, so that one beyond it does not exist.
_ITAR = re.compile(r"\bpart 1[23]\d of the ITAR\b|\bITAR part 1[23]\d\b", re.I)

__all__ = ["Refusal", "certain", "nearest_of", "nothing_said", "refusal", "signs", "tabled"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in a sentence, and the clauses that come closest."""

    reason: str
    because: str
    nearest: tuple[str, ...] = ()


def refusal(asked: Asked, hits: list[Hit], desk: Desk, decided: bool, corrected: bool) -> Refusal | None:
    """Why there is no answer, by the first reason that fits; None where there is one.

    `decided`: dates or tables already answer. `corrected`: the question presumes something false and is answered by what shows it.
    """
    tables = read_tables(desk.folder)
    if corrected:
        return None
    if (sure := certain(asked, desk)) is not None:
        return sure
    probable, refuse_at = _judge(asked, hits, desk, decided)
    doubt = 1 - probable["answer"]
    if doubt >= weigh.HEED_TABLES_AT and (by_table := tabled(asked, desk)) is not None:
        return by_table
    if doubt < refuse_at and (hits or decided):
        return None
    reason = max((r for r in weigh.OUTCOMES if r != "answer"), key=lambda r: probable[r])
    if reason == "not_held" and _held_clause(asked, desk.corpus):
        return None
    if reason in {"no_authority", "out_of_scope"} and hits and hits[0].authority is Authority.UPLOAD:
        return None  # what a reader brought answers under its label, whatever it is about
    return _explained(reason, asked, hits, desk.corpus, tables)


def _held_clause(asked: Asked, corpus: Corpus) -> bool:
    """Whether the wording of one clause is asked for whose instrument is published and held, whatever the judge makes of it."""
    finest = [c for c in asked.cited if c not in corpus.instruments and corpus.exists(c)]
    if not finest or not SIGNS["wording"].search(asked.text) or asked.missing:
        return False
    return all(
        (part := corpus.instruments.get(law.instrument_of(c))) is not None
        and part.holding is not Holding.SECONDARY
        and part.authority is not Authority.REGULATION
        for c in finest
    )


def nothing_said(asked: Asked, hits: list[Hit], desk: Desk) -> Refusal:
    """The refusal where nothing that was found can be said."""
    return _explained("no_authority", asked, hits, desk.corpus, read_tables(desk.folder))


def certain(asked: Asked, desk: Desk) -> Refusal | None:
    """What is a matter of fact: a record or wording that is not held, a clause that does not exist."""
    tables = read_tables(desk.folder)
    outside = _other_field(asked, tables)
    record = next((gap for gap in tables.gaps if any(found(pattern, asked.text) for pattern in gap.sure)), None)
    if record:
        return _of_gap(record, desk.corpus)
    return _unheld_wording(asked, desk) or (None if outside else _missing(asked, desk.corpus))


def tabled(asked: Asked, desk: Desk) -> Refusal | None:
    """What the tables and the form of a question say, which holds unless the judge is sure that there is an answer."""
    tables = read_tables(desk.folder)
    foretold = _of_person(asked, tables, ()) if signals.is_judgement(asked) == "predicts" else None
    return _other_field(asked, tables) or foretold or _gap(asked, desk.corpus, tables) or _plain(asked, tables)


def _judge(asked: Asked, hits: list[Hit], desk: Desk, decided: bool) -> tuple[dict[str, float], float]:
    """How likely each outcome is, and from what doubt on to refuse: with the vector too where the index has such as were trained on."""
    if desk.settings.encoder not in weigh.ENCODERS or not isinstance(desk.index, Likening):
        weights, vector, likeness = weigh.read_weights("plain"), None, 0.0
    else:
        weights = weigh.read_weights("vector")
        vector, likeness = desk.index.likeness(*desk.glossary.expand(asked.text))
    found = signs(asked, hits, desk, decided, likeness)
    return weigh.weigh(weights, found, asked.text, vector), weights.refuse_at


def signs(asked: Asked, hits: list[Hit], desk: Desk, decided: bool, likeness: float) -> dict[str, float]:
    """What the judge sees of a question."""
    return weigh.signs(asked, hits, desk.corpus, desk.texts_held, decided, _tabled(asked, desk), likeness)


def _tabled(asked: Asked, desk: Desk) -> dict[str, bool]:
    tables = read_tables(desk.folder)
    return {
        "gap": any(_names(gap, asked.text) for gap in tables.gaps),
        "gap_about": any(found(pattern, asked.text) for gap in tables.gaps for pattern in gap.about),
        "lacks_facts": signals.lacks_facts(asked),
        "bare_case": signals.bare_case(asked),
        "untold_case": signals.untold_case(asked),
        "is_judgement": bool(signals.is_judgement(asked)),
        "other_field": tables.field_of(asked.text, asked.on) is not None,
        "absent": silence.absent(asked, desk.corpus) is not None,
        "unheld_wording": _unheld_wording(asked, desk) is not None,
    }


def _unheld_wording(asked: Asked, desk: Desk) -> Refusal | None:
    """The wording of an instrument that is known only through others, or the exact one of a text held with losses."""
    if not SIGNS["wording"].search(asked.text):
        return None
    # Of a part that is not held, it is not known which paragraphs it has.
    near = [provision for resolution in asked.missing for provision in resolution.near[:1]]
    parts = [law.instrument_of(provision) for provision in [*asked.cited, *near]]
    for name in dict.fromkeys([*named_instruments(asked), *parts]):
        instrument = desk.corpus.instruments.get(name)
        if instrument and instrument.holding is Holding.SECONDARY and name not in desk.texts_held:
            return Refusal("not_held", _unheld(instrument), (instrument.id,))
    if not SIGNS["exact"].search(asked.text):
        return None
    for provision in asked.cited:
        part = desk.corpus.instruments.get(law.instrument_of(provision))
        # Regulations change by the day and their free copies lose text; of statutes and orders the publisher's own is synced.
        if part and part.authority is Authority.REGULATION and desk.corpus.exists(provision):
            held = desk.held(provision)
            if held is None or held.edition.holding is not Holding.OFFICIAL:
                return Refusal("not_held", _lossy(provision, part, desk.corpus), (provision,))
    return None


def _lossy(provision: str, part: Instrument, corpus: Corpus) -> str:
    where = f" Its publisher's address is {part.source_url}." if part.source_url else ""
    return (
        f"The exact wording of {cite.display(provision, corpus)} is not held: no faultless copy of the edition of the day is here, so"
        f" no words of it can be vouched for; what it provides is known from a note.{where}"
    )


def _unheld(instrument: Instrument) -> str:
    return (
        f"The text of {instrument.id} is not held, so nothing of it can be quoted. What is known of it comes from others;"
        f" its publisher's address is {instrument.source_url}."
    )


def _gap(asked: Asked, corpus: Corpus, tables: Tables) -> Refusal | None:
    gap = next((gap for gap in tables.gaps if _names(gap, asked.text)), None)
    return _of_gap(gap, corpus) if gap else None


def _names(gap: Gap, text: str) -> bool:
    """Whether a question wants what a gap lacks: its words, or its name where contents are wanted and no duty."""
    if SIGNS["keeper"].search(text) or any(found(pattern, text) for pattern in gap.unless):
        return False
    if any(found(pattern, text) for pattern in gap.words):
        return True
    wants = SIGNS["hand_over"].search(text) or SIGNS["contents"].search(text) or SIGNS["wording"].search(text)
    return bool(wants and not SIGNS["duty"].search(text) and any(found(pattern, text) for pattern in gap.about))


def _of_gap(gap: Gap, corpus: Corpus) -> Refusal:
    nearest = tuple(p for p in gap.nearest if corpus.exists(p))
    return Refusal("not_held", f"Not held: {gap.name}. {gap.because}", nearest)


def _plain(asked: Asked, tables: Tables) -> Refusal | None:
    """A case told without its facts, or a conclusion that is a person's, where the form of the question shows it."""
    if (signals.bare_case(asked) or signals.untold_case(asked)) and not signals.is_judgement(asked):
        return _of_facts(asked, tables, ())
    return _of_person(asked, tables, ()) if signals.is_judgement(asked) else None


def _other_field(asked: Asked, tables: Tables) -> Refusal | None:
    """Another field of law or of life, and no instrument of this one."""
    field = tables.field_of(asked.text, asked.on)
    if field is None or asked.cited or asked.missing:
        return None
    return Refusal(
        "out_of_scope",
        f"This is about {field.name}; what is held here is U.S. arms transfer policy and law alone.",
    )


def _missing(asked: Asked, corpus: Corpus) -> Refusal | None:
    """A clause asked for that does not exist."""
    if (gone := silence.absent(asked, corpus)) is not None:
        return Refusal("no_authority", f"There is no {gone[0]} in the texts held.", gone[1])
    nowhere = [r for r in asked.missing if r.known_instrument or (r.near and _ITAR.search(asked.text))]
    if nowhere and not asked.cited:
        missing = ", ".join(nowhere[0].missing)
        return Refusal("no_authority", f"There is no {missing} in the texts held.", nowhere[0].near[:3])
    return None


def _explained(reason: str, asked: Asked, hits: list[Hit], corpus: Corpus, tables: Tables) -> Refusal:
    """The reason in a sentence, with whose the matter is or what it turns on."""
    closest = tuple(hit.provision for hit in hits[:3])
    if reason == "not_held":
        unheld = [corpus.instruments[n] for n in named_instruments(asked) if n in corpus.instruments]
        unheld = [instrument for instrument in unheld if instrument.holding is Holding.SECONDARY]
        if unheld:
            return Refusal(reason, _unheld(unheld[0]), (unheld[0].id,))
        gap = next((g for g in tables.gaps if any(found(pattern, asked.text) for pattern in g.about)), None)
        if gap:
            return _of_gap(gap, corpus)
        return Refusal(
            reason,
            "The record or wording asked for is not held here; what is held is the law under which it is made.",
            closest,
        )
    if reason == "needs_facts":
        return _of_facts(asked, tables, closest)
    if reason == "judgement":
        return _of_person(asked, tables, closest)
    if reason == "no_authority":
        return Refusal(reason, "No clause held here says anything of this.", closest)
    return Refusal(reason, "This is outside U.S. arms transfer policy and law, which is all that is held here.")


def _of_facts(asked: Asked, tables: Tables, closest: tuple[str, ...]) -> Refusal:
    matter = tables.facts_of(asked.text, asked.on)
    turns = matter.name if matter else "the parties, the article, its value, the route and the date"
    because = f"The answer turns on facts the question does not give: {turns}."
    return Refusal("needs_facts", because, matter.nearest if matter else closest)


def _of_person(asked: Asked, tables: Tables, closest: tuple[str, ...]) -> Refusal:
    person = tables.person_of(asked.text, asked.on)
    whose = person.name if person else "the official whom the clause names"
    predicts = signals.is_judgement(asked) == "predicts"
    wanted = "a prediction, which is in no text" if predicts else "a conclusion or a finding on facts not held here"
    because = f"This asks for {wanted}. The matter belongs to {whose}."
    return Refusal("judgement", because, person.nearest if person else closest)


def nearest_of(refused: Refusal, corpus: Corpus) -> tuple[str, ...]:
    """The nearest authorities that exist, instruments' parents last."""
    return tuple(p for p in refused.nearest if corpus.exists(p) or p == law.instrument_of(p))[:4]
