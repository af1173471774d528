"""What the model makes of the chosen provisions, and what is quoted of the texts held."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import cite
from assistant.ask import excerpt, gate, lead
from assistant.ask.answer import Dropped, Warned
from assistant.cite import Citation, Claim, Kind, Verdict
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Holding
from assistant.model import Extractive, Handle, ModelAway, Prompt
from assistant.plain import plain
from assistant.retrieve import Asked

_LONGEST_QUOTATION, _LONGEST_ASKED = 70, 160
_LONGEST_TEXT = 3_000
_INSTEAD = "The answer is given in the corpus's own words instead."


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a model said that may be shown, what was dropped of it, and what the reader is warned of."""

    claims: tuple[Claim, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[Warned, ...] = ()


def modelled(asked: Asked, desk: Desk, chosen: list[Hit], words: int) -> Spoken:
    """What the model makes of the chosen provisions; where nothing of it may be shown, the corpus speaks for itself."""
    ordered = lead.ordered(asked, chosen, desk)
    handles = tuple(_handle(number, hit, asked, desk) for number, hit in enumerate(ordered, 1))
    if not handles:
        return Spoken()
    extractive = desk.model.name == Extractive.name
    prompt = Prompt(asked.text, handles, "" if extractive else render(asked, desk, handles, words), words)
    if extractive:
        return Spoken(_extracted(prompt, desk, lead.named(asked, desk)))
    try:
        passed = gate.examine(desk.model.complete(prompt), handles, desk)
        if desk.settings.second_reading:
            passed = _read_again(passed, handles, desk)
    except ModelAway as error:
        return Spoken(_extracted(prompt, desk), (), (Warned("model", f"{error} {_INSTEAD}"),))
    ours = [claim for claim in passed.claims if claim.kind is Kind.MODEL]
    if ours or (passed.claims and all(handle.provision.startswith("upload ") for handle in handles)):
        uploads = [claim for claim in passed.claims if claim.kind is not Kind.MODEL]
        return Spoken((*ours, *uploads), passed.dropped, _warned(passed.dropped))
    why = "Nothing that the model said could be let through" if passed.dropped else "The model said nothing"
    return Spoken(_extracted(prompt, desk), passed.dropped, (Warned("model", f"{why}. {_INSTEAD}"),))


def _read_again(passed: gate.Passed, handles: tuple[Handle, ...], desk: Desk) -> gate.Passed:
    """What is left when the model is asked of each claim whether its clauses carry it; anything but a yes drops it."""
    by_provision = {handle.provision: f"{handle.note}\n{handle.text}"[:_LONGEST_TEXT] for handle in handles}
    kept: list[Claim] = []
    dropped = list(passed.dropped)
    for claim in passed.claims:
        source = _inert("\n".join(by_provision[c.provision] for c in claim.citations))
        mark = hashlib.sha256(f"{source}\x1f{claim.text}".encode()).hexdigest()[:8]
        text = desk.prompts.render("judge", source=source, claim=_inert(claim.text), mark=mark)
        reply = desk.model.complete(Prompt(claim.text, (), text, 40))
        if re.match(r'\s*\{\s*"verdict"\s*:\s*"supported"', reply):
            kept.append(claim)
        else:
            dropped.append(
                Dropped(
                    claim.text,
                    Verdict.UNSUPPORTED,
                    "the model itself, asked again, did not say that its clauses carry it",
                )
            )
    return gate.Passed(tuple(kept), tuple(dropped))


def _warned(dropped: tuple[Dropped, ...]) -> tuple[Warned, ...]:
    if not dropped:
        return ()
    count = "One claim" if len(dropped) == 1 else f"{len(dropped)} claims"
    return (
        Warned(
            "model",
            f"{count} of the model's did not stand in what {'it' if len(dropped) == 1 else 'they'} cited and {'is' if len(dropped) == 1 else 'are'} left out.",
        ),
    )


def render(asked: Asked, desk: Desk, handles: tuple[Handle, ...], words: int) -> str:
    """The words a model reads; the mark round each document is one that no document could foretell."""
    mark = hashlib.sha256("\x1f".join([asked.text, *(f"{h.note}\x1e{h.text}" for h in handles)]).encode()).hexdigest()[
        :8
    ]
    rendered = [
        {
            "key": h.key,
            "provision": h.provision,
            "status": desk.corpus.status(h.provision, asked.on),
            "upload": h.provision.startswith("upload "),
            "note": _inert(h.note),
            "text": _inert(h.text)[:_LONGEST_TEXT],
        }
        for h in handles
    ]
    return desk.prompts.render(
        "ask", question=_inert(asked.text), on=asked.on.isoformat(), words=words, mark=mark, handles=rendered
    )


def _inert(text: str) -> str:
    """A text without hidden characters, none of whose lines can pass for one of the prompt's own marks."""
    return re.sub(r"<{2,}|>{2,}", lambda m: " ".join(m[0]), plain(text))


def _extracted(prompt: Prompt, desk: Desk, whole: Sequence[str] = ()) -> tuple[Claim, ...]:
    """The corpus's own notes and texts, as claims; those of the `whole` uncut."""
    by_key = {handle.key: handle for handle in prompt.handles}
    found: list[Claim] = []
    for line in filter(None, Extractive().complete(prompt).split("\n")):
        row = json.loads(line)
        handle = by_key[row["handles"][0]]
        if handle.note:
            said = handle.note if handle.provision in whole else excerpt.whole(row["text"], handle.note)
            found.append(Claim(said, Kind.NOTE, (Citation(handle.provision),)))
        elif claim := _spoken(row["text"], handle, prompt.question, desk):
            found.append(claim)
    return tuple(found)


def _spoken(words: str, handle: Handle, question: str, desk: Desk) -> Claim | None:
    """What a text without a note says: an upload's words as chosen, the law's by a sentence that can stand alone."""
    if not handle.provision.startswith("upload "):
        words = excerpt.quotable(handle.text, question)
        if not words and handle.key == "P1":
            words = excerpt.quotable(handle.text, "")
    return _quoted(words, handle.provision, desk) if words else None


def _handle(number: int, hit: Hit, asked: Asked, desk: Desk) -> Handle:
    version = desk.corpus.version(hit.provision, asked.on)
    instrument = desk.corpus.instruments.get(hit.provision)
    note = version.note if version else instrument.note if instrument else ""
    held = desk.held(hit.provision)
    quotable = held and held.edition.holding in {Holding.OFFICIAL, Holding.UPLOAD}
    return Handle(
        f"P{number}", hit.provision, note, (held.own or held.text) if held and (quotable or not note) else "", hit.score
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
        return Claim(f"{gate.upload_label(held)} says: “{quote}”", Kind.NOTE, (citation,))
    return Claim(quote, Kind.QUOTE, (citation,))


def note(provision: str, asked: Asked, desk: Desk) -> Claim | None:
    version = desk.corpus.version(provision, asked.on)
    instrument = desk.corpus.instruments.get(provision)
    text = version.note if version else instrument.note if instrument else ""
    return Claim(text, Kind.NOTE, (Citation(provision),)) if text else None


def with_quotations(claims: list[Claim], asked: Asked, desk: Desk, budget: int) -> list[Claim]:
    """After each note whose official text is held, while words remain, the part of the text that bears on the question."""
    asks_words = lead.wants_words(asked)
    longest = _LONGEST_ASKED if asks_words else _LONGEST_QUOTATION
    left = budget - sum(len(claim.text.split()) for claim in claims) + (longest if asks_words else 0)
    found: list[Claim] = []
    for claim in claims:
        found.append(claim)
        if (
            claim.kind is Kind.NOTE
            and claim.citations
            and (quoted := _quotation(claim.citations[0].provision, asked, desk, longest))
        ):
            length = len(quoted.text.split())
            if length <= min(left, longest):
                found.insert(len(found) - asks_words, quoted)
                left -= length
    return found


def _quotation(provision: str, asked: Asked, desk: Desk, longest: int) -> Claim | None:
    """The sentence of a provision's own words that bears most on the question, copied from the edition held; None without one."""
    held = desk.held(provision)
    if held is None or held.edition.holding is not Holding.OFFICIAL:
        return None
    question = "" if lead.bare(asked) else asked.text
    words = excerpt.quotable(held.own, question)
    short = len(held.text.split()) <= longest and "\t" not in held.text
    if short and lead.wants_words(asked):
        words = held.text
    elif not words and short and (excerpt.stem(held.own) or not held.own):
        words = held.text if excerpt.quotable(held.text, question) else ""
    return _quoted(words, provision, desk) if words else None
