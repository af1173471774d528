"""Citations on a memo's date, and what the corpus itself says of a clause: our note, or its own words where held."""

import re
from collections.abc import Iterable
from datetime import date
from math import sqrt

from assistant import cite, law
from assistant.cite import Citation, Verdict
from assistant.desk import Desk
from assistant.draft.memo import Authorized, Cited, Kind, Need, Stated
from assistant.law import Authority, Holding, Status
from assistant.model import sentences

_LONGEST_QUOTATION = 70
_SHORTEST_HEAD = 18
_FIRST = 1.3  # the first sentence of a clause states its rule; the others qualify it


def cited(provision: str, desk: Desk, on: date, quoted: Citation | None = None) -> Cited:
    """A citation of a provision as it stood on a day."""
    instrument = desk.corpus.instruments.get(law.instrument_of(provision))
    version = desk.corpus.version(provision, on)
    text = desk.held(provision)
    official = text is not None and text.edition.holding is Holding.OFFICIAL
    held = text if quoted else None
    holding = version.holding if version else instrument.holding if instrument else Holding.NONE
    return Cited(
        citation=quoted or Citation(provision),
        cite=cite.display(provision, desk.corpus),
        authority=authority(provision, desk),
        status=desk.corpus.status(provision, on),
        holding=Holding.OFFICIAL if official else holding,
        verdict=Verdict.EXACT if held else Verdict.NOTE,
        edition_after=bool(held and held.edition.as_of > on),
        sha256=held.edition.sha256 if held else None,
        url=instrument.source_url if instrument else "",
    )


def cites(provisions: tuple[str, ...], desk: Desk, on: date) -> tuple[Cited, ...]:
    """Several citations, once each."""
    return tuple(cited(provision, desk, on) for provision in dict.fromkeys(provisions) if provision)


def authority(provision: str, desk: Desk) -> Authority:
    """What kind of source a provision is."""
    instrument = desk.corpus.instruments.get(law.instrument_of(provision))
    if instrument:
        return instrument.authority
    return Authority.REGULATION if " CFR " in provision else Authority.STATUTE


def rule(text: str, provisions: tuple[str, ...], desk: Desk, on: date) -> Stated:
    """A sentence that a dated table decides."""
    return Stated(text, Kind.RULE, cites(provisions, desk, on))


def note(provision: str, desk: Desk, on: date) -> Stated:
    """Our note on a clause; a bracket where there is none to read."""
    version = desk.corpus.version(provision, on)
    instrument = desk.corpus.instruments.get(provision)
    text = version.note if version else instrument.note if instrument else ""
    if not text:
        return gap(Need.TEXT, "the text of this clause; read it before relying on it", (provision,), desk, on)
    return Stated(text, Kind.NOTE, (cited(provision, desk, on),))


def quotation(provision: str, desk: Desk, on: date, naming: tuple[str, ...] = ()) -> Stated | None:
    """The words of a clause that bear most on our note, copied from the edition held: a sentence, or the head of a long one.

    Only a sentence that has every word of `naming` will do.
    """
    held = desk.held(provision)
    if held is None or held.edition.holding is not Holding.OFFICIAL:
        return None
    version = desk.corpus.version(provision, on)
    about = _stems(version.note if version else desk.corpus.heading(provision))
    heads = [head for said in sentences(held.own or held.text) if (head := _head(said))]
    heads = [head for head in heads if all(name in head for name in naming)]
    if not heads:
        return None
    words = max(
        heads, key=lambda h: len(about & _stems(h)) / sqrt(len(_stems(h)) or 1) * (_FIRST if h is heads[0] else 1)
    )
    match = cite.verify(words, held.text)
    if match is None:
        return None
    quote = held.text[match.start : match.end]
    citation = Citation(provision, quote, match.start, match.end, held.edition.as_of.isoformat())
    return Stated(quote, Kind.QUOTE, (cited(provision, desk, on, citation),))


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z0-9$]{3,}", text.lower())}


def quotations(provisions: Iterable[str], desk: Desk, on: date) -> list[Stated]:
    """The controlling words of several clauses, where they are held."""
    found = (quotation(provision, desk, on) for provision in dict.fromkeys(provisions) if provision)
    return [quoted for quoted in found if quoted]


def _head(words: str) -> str:
    """A sentence; of a longer one, as much of its beginning as ends at a pause; nothing where it has none."""
    listed = words.split(" ")
    if len(listed) <= _LONGEST_QUOTATION:
        return words
    ends = [number for number in range(_SHORTEST_HEAD, _LONGEST_QUOTATION) if listed[number].endswith((",", ";", ":"))]
    return " ".join(listed[: ends[-1] + 1]).rstrip(",;:") if ends else ""


def gap(need: Need, wanted: str, provisions: tuple[str, ...], desk: Desk, on: date) -> Stated:
    """A visible bracket that names what is wanted and the clause that wants it."""
    found = cites(provisions, desk, on)
    named = "; ".join(each.cite for each in found)
    return Stated(f"[{need}: {wanted}{f' ({named})' if named else ''}]", Kind.GAP, found, need, wanted)


def authorities(claims: tuple[Stated, ...], desk: Desk, on: date) -> tuple[Authorized, ...]:
    """The table of authorities: what the sentences cite, by rank and then by name, with the edition where held."""
    named = dict.fromkeys(provision for claim in claims for provision in claim.provisions)
    rows: list[Authorized] = []
    for provision in named:
        each = cited(provision, desk, on)
        held = desk.held(provision)
        official = held is not None and held.edition.holding is Holding.OFFICIAL
        rows.append(
            Authorized(
                provision, each.cite, each.authority, each.status,
                Holding.OFFICIAL if official else each.holding,
                held.edition.as_of if held and official else None,
            )
        )  # fmt: skip
    order = {provision: number for number, provision in enumerate(desk.corpus.ids())}
    return tuple(sorted(rows, key=lambda row: (row.authority.rank, order.get(row.provision, len(order)))))


def stands(condition: str, desk: Desk, on: date) -> bool:
    """Whether an instrument or clause has a status on a day: `NSM-18 in_force`."""
    provision, _, status = condition.rpartition(" ")
    return desk.corpus.status(provision, on) is Status(status)
