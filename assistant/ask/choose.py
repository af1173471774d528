"""Which of the provisions found are worth saying."""

import re

from assistant import law
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Status
from assistant.retrieve import Asked, asks_across_policies, named_instruments

MOST_PROVISIONS = 8
_LEAST_SHARE = 0.45
_FINER_SHARE, _PART_SHARE = 0.8, 0.95
_BESIDE_SHARE, _MOST_BESIDE = 0.75, 2
_REPEATED = 0.85


def choose(asked: Asked, hits: list[Hit], desk: Desk, decided: bool = False) -> list[Hit]:
    """The hits worth saying: near the best, of a clause and its parts one, and the best of each instrument compared.

    `decided`: dates or tables already answer; then what began only after the day is left out.
    """
    if decided:
        hits = _begun(asked, hits, desk)
    finest = [hit for hit in hits if not _coarse(hit, hits, asked, desk)]
    chosen: list[Hit] = []
    for name in _compared(asked, desk):
        best = next((hit for hit in finest if law.instrument_of(hit.provision) == name), None)
        if best and (not chosen or best.score >= 0.5 * chosen[0].score):
            chosen.append(best)
        elif chosen and (whole := _whole(name, desk, asked, chosen[0].score)):
            chosen.append(whole)  # compared, and nothing of it answers: what it is as a whole
    side_by_side = len(chosen)
    for hit in finest:
        if chosen and hit.score < _LEAST_SHARE * max(kept.score for kept in chosen):
            break
        if hit in chosen or any(
            law.is_part_of(k.provision, hit.provision) or law.is_part_of(hit.provision, k.provision) for k in chosen
        ):
            continue
        chosen.append(hit)
        if len(chosen) >= MOST_PROVISIONS:
            break
    chosen = _with_parts(chosen, hits, asked, desk, side_by_side)
    uploads = [hit for hit in chosen if hit.authority is Authority.UPLOAD]
    return [hit for hit in chosen if hit not in uploads] + uploads[:2]


def _begun(asked: Asked, hits: list[Hit], desk: Desk) -> list[Hit]:
    """The hits without what began only after the day, unless it is named."""
    named = {law.instrument_of(name) for name in (*named_instruments(asked), *asked.cited)}
    return [
        hit
        for hit in hits
        if law.instrument_of(hit.provision) in named
        or desk.corpus.status(hit.provision, asked.on) is not Status.NOT_YET
    ]


def _whole(name: str, desk: Desk, asked: Asked, best: float) -> Hit | None:
    """An instrument that stands beside another in a question, by its own note; None where policies are run through in turn."""
    instrument = desk.corpus.instruments.get(name)
    if instrument is None or asks_across_policies(asked):
        return None
    held = desk.corpus.version(name, asked.on) or instrument
    return Hit(name, instrument.authority, held.holding, 0.5 * best)


def _with_parts(chosen: list[Hit], hits: list[Hit], asked: Asked, desk: Desk, first: int) -> list[Hit]:
    """With those parts of each clause that answer nearly as well and say what its note does not; `first` of them keep their place."""
    found: list[Hit] = []
    for kept in chosen:
        found.append(kept)
        beside: list[Hit] = []
        for hit in hits:
            if len(beside) == _MOST_BESIDE or hit.score < _BESIDE_SHARE * kept.score:
                break
            if hit in chosen or not law.is_part_of(hit.provision, kept.provision) or _repeats(hit, kept, asked, desk):
                continue
            if not any(
                law.is_part_of(hit.provision, b.provision) or law.is_part_of(b.provision, hit.provision) for b in beside
            ):
                beside.append(hit)
        found += beside
    rest = sorted((hit for hit in found if hit not in chosen[:first]), key=lambda hit: -hit.score)
    return [*chosen[:first], *rest][:MOST_PROVISIONS]


def _repeats(part: Hit, whole: Hit, asked: Asked, desk: Desk) -> bool:
    """Whether nearly all the words of a part's note stand in the note of the clause it is in."""
    notes = [desk.corpus.version(hit.provision, asked.on) for hit in (part, whole)]
    own, said = (set(re.findall(r"[a-z0-9$]{3,}", note.note.lower())) if note else set() for note in notes)
    return bool(own) and len(own & said) >= _REPEATED * len(own)


def _coarse(hit: Hit, hits: list[Hit], asked: Asked, desk: Desk) -> bool:
    """Whether a finer clause of a hit is as good, or nearly as good where the hit is a bare section, part or chapter."""
    instrument = law.instrument_of(hit.provision)
    whole = hit.provision == instrument or (hit.authority is Authority.REGULATION and "(" not in hit.provision)
    apart = hit.authority.rank > Authority.REGULATION.rank and hit.authority is not Authority.MANUAL
    share = _FINER_SHARE if whole and not apart else _PART_SHARE
    return any(
        other.score >= share * hit.score
        for other in hits
        if other != hit and law.is_part_of(other.provision, hit.provision)
    )


def _compared(asked: Asked, desk: Desk) -> list[str]:
    """The instruments a question sets side by side: those it names, or the policies in turn."""
    if asks_across_policies(asked):
        return [policy.instrument for policy in desk.rules.policies]
    named = list(named_instruments(asked))
    return named if len(named) > 1 else []
