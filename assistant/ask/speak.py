"""What the model makes of the chosen provisions, and what is quoted of the texts held."""

import json

from assistant import cite
from assistant.cite import Citation, Claim, Kind
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Holding
from assistant.model import Handle, Prompt, best_sentences
from assistant.retrieve import Asked

_LONGEST_QUOTATION = 70


def modelled(asked: Asked, desk: Desk, chosen: list[Hit], words: int) -> list[Claim]:
    """What the model makes of the chosen provisions; a handle we did not issue is dropped."""
    handles = tuple(_handle(number, hit, asked, desk) for number, hit in enumerate(chosen, 1))
    rendered = [
        {
            "key": h.key,
            "provision": h.provision,
            "status": desk.corpus.status(h.provision, asked.on),
            "words": h.note or h.text,
        }
        for h in handles
    ]
    text = desk.prompts.render("ask", question=asked.text, on=asked.on.isoformat(), words=words, handles=rendered)
    by_key = {handle.key: handle for handle in handles}
    claims: list[Claim] = []
    for line in filter(None, desk.model.complete(Prompt(asked.text, handles, text, words)).split("\n")):
        row = json.loads(line)
        cited = [by_key[key] for key in row["handles"] if key in by_key]
        if cited:
            claims += [claim] if (claim := _spoken(row["text"], cited, desk)) else []
    return claims


def _handle(number: int, hit: Hit, asked: Asked, desk: Desk) -> Handle:
    version = desk.corpus.version(hit.provision, asked.on)
    instrument = desk.corpus.instruments.get(hit.provision)
    note = version.note if version else instrument.note if instrument else ""
    held = desk.held(hit.provision) if not note else None
    return Handle(f"P{number}", hit.provision, note, (held.own or held.text) if held else "", hit.score)


def _spoken(words: str, cited: list[Handle], desk: Desk) -> Claim | None:
    """A model's sentence as a claim; the extractive model's own words are a note's or an edition's."""
    if desk.model.name != "extractive":
        return Claim(words, Kind.MODEL, tuple(Citation(handle.provision) for handle in cited))
    return (
        Claim(words, Kind.NOTE, (Citation(cited[0].provision),))
        if cited[0].note
        else _quoted(words, cited[0].provision, desk)
    )


def _quoted(words: str, provision: str, desk: Desk) -> Claim | None:
    """A claim in the words of the text itself, copied by code from the edition held; None where they do not stand there."""
    held = desk.held(provision)
    if held is None or held.edition.holding not in {Holding.OFFICIAL, Holding.UPLOAD}:
        return None
    match = cite.verify(words, held.text)
    if match is None:
        return None
    quote = held.text[match.start : match.end]
    citation = Citation(provision, quote, match.start, match.end, held.edition.as_of.isoformat())
    if held.edition.holding is Holding.UPLOAD:
        return Claim(
            f"The upload {held.edition.instrument.removeprefix('upload ')} (not an official text) says: “{quote}”",
            Kind.NOTE,
            (citation,),
        )
    return Claim(quote, Kind.QUOTE, (citation,))


def note(provision: str, asked: Asked, desk: Desk) -> Claim | None:
    version = desk.corpus.version(provision, asked.on)
    instrument = desk.corpus.instruments.get(provision)
    text = version.note if version else instrument.note if instrument else ""
    return Claim(text, Kind.NOTE, (Citation(provision),)) if text else None


def with_quotations(claims: list[Claim], asked: Asked, desk: Desk, budget: int) -> list[Claim]:
    """After each note whose official text is held, while words remain, the part of the text that bears on the question."""
    left = budget - sum(len(claim.text.split()) for claim in claims)
    found: list[Claim] = []
    for claim in claims:
        found.append(claim)
        if (
            claim.kind is Kind.NOTE
            and claim.citations
            and (quoted := _quotation(claim.citations[0].provision, asked, desk))
        ):
            length = len(quoted.text.split())
            if length <= min(left, _LONGEST_QUOTATION):
                found.append(quoted)
                left -= length
    return found


def _quotation(provision: str, asked: Asked, desk: Desk) -> Claim | None:
    """The sentence of a provision's own words that shares most with the question, copied from the edition held."""
    held = desk.held(provision)
    if held is None or held.edition.holding is not Holding.OFFICIAL:
        return None
    return _quoted(best_sentences(held.own or held.text, asked.text), provision, desk)
