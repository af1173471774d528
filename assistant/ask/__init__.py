"""From a question to an answer in which every sentence names its clause."""

import json
import re
import unicodedata
from datetime import date

from assistant import cite, law
from assistant.ask import abstain, framework, notify, premise
from assistant.ask.answer import REASONS, Answer, Cited, Said, Stamp, Warned, as_json
from assistant.cite import Citation, Claim, Kind, Verdict
from assistant.desk import Desk
from assistant.errors import BadInput
from assistant.index import Hit, authority_of
from assistant.law import Authority, Holding, Status
from assistant.model import Handle, Prompt, best_sentences
from assistant.phrase import day
from assistant.retrieve import Asked, asks_across_policies, named_instruments, read_question, retrieve
from assistant.settings import CHECKED_THROUGH

__all__ = ["REASONS", "Answer", "as_json", "ask"]

LONGEST_QUESTION = 8_000
MOST_PROVISIONS = 8
WORDS = 200
_MORE = re.compile(
    r"\b(?:in detail|at length|in full|everything|complete(?:ly)? list|list all|all of the|comprehensive)\b", re.I
)
_LONGEST_QUOTATION = 70
_LEAST_SHARE = 0.62
_FINER_SHARE = 0.8


def ask(question: str, desk: Desk, as_of: date | None = None) -> Answer:
    """Answer a question as of a day (today where none is given); BadInput where it cannot be taken."""
    text = take(question)
    asked = read_question(text, as_of or date.today(), desk.corpus, desk.rules)
    hits = retrieve(asked, desk.corpus, desk.index, desk.glossary)
    first, premise_warnings = premise.examine(asked, desk.corpus, desk.rules, hits[0].provision if hits else None)
    decided = first + _decided(asked, desk)
    refused = abstain.refusal(asked, hits, desk.corpus, abstain.read_gaps(desk.folder), desk.texts_held, bool(decided))
    claims = _claims(asked, desk, hits, decided, refused)
    said = tuple(_said(claim, asked, desk) for claim in claims)
    warnings = [*premise_warnings, *_warnings(asked, desk, said, as_of or date.today())]
    nearest = abstain.nearest_of(refused, desk.corpus) if refused else ()
    return Answer(
        question=text,
        as_of=as_of or asked.on,
        checked_through=CHECKED_THROUGH,
        stamp=Stamp(desk.corpus_digest, desk.prompts.digest, desk.model.name, desk.settings_digest, desk.version),
        claims=said,
        warnings=tuple({(w.code, w.provision): w for w in warnings}.values()),
        reason=refused.reason if refused else None,
        because=refused.because if refused else "",
        nearest=tuple((provision, cite.display(provision, desk.corpus)) for provision in nearest),
        hits=tuple(hits),
    )


def take(question: str) -> str:
    """The question as it will be read: controls and invisible characters gone; BadInput for nothing or too much."""
    visible = "".join(
        c for c in question if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    text = re.sub(r"\s+", " ", visible).strip()
    if not re.search(r"\w", text):
        raise BadInput("The question is empty.", next_step='Try: pincite ask "Who certifies an FMS sale to Congress?"')
    if len(text) > LONGEST_QUESTION:
        raise BadInput(
            f"The question is {len(text):,} characters long; {LONGEST_QUESTION:,} is the most.",
            next_step="Ask it in parts.",
        )
    return text


def _decided(asked: Asked, desk: Desk) -> list[Claim]:
    """What dates and tables decide without any search."""
    found = framework.claims(asked, desk.corpus, desk.rules) if framework.asks_framework(asked) else []
    return found + notify.claims(asked, desk.corpus, desk.rules)


def _claims(
    asked: Asked, desk: Desk, hits: list[Hit], decided: list[Claim], refused: abstain.Refusal | None
) -> list[Claim]:
    """The decided claims, then the model's, then that a named instrument has ended; eight provisions at most."""
    budget = WORDS * (3 if _MORE.search(asked.text) else 1)
    claims = list(dict.fromkeys(decided))
    used = {citation.provision for claim in claims for citation in claim.citations}
    left = budget - sum(len(claim.text.split()) for claim in claims)
    if refused is None:
        chosen = [hit for hit in _choose(asked, hits, desk) if hit.provision not in used]
        claims += _modelled(asked, desk, chosen, max(left, 40 if not claims else 0))
    elif refused.reason in {"judgement", "needs_facts", "not_held"}:
        claims += [claim for p in refused.nearest[:2] if p not in used and (claim := _note(p, asked, desk))]
    claims += _ended(asked, desk, claims)
    return _fewest(_with_quotations(claims, asked, desk, budget))


def _with_quotations(claims: list[Claim], asked: Asked, desk: Desk, budget: int) -> list[Claim]:
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


def _choose(asked: Asked, hits: list[Hit], desk: Desk) -> list[Hit]:
    """The hits worth saying: near the best, of a clause and its parts one, and the best of each instrument compared."""
    finest = [hit for hit in hits if not _coarse(hit, hits, asked, desk)]
    chosen: list[Hit] = []
    for name in _compared(asked, desk):
        best = next((hit for hit in finest if law.instrument_of(hit.provision) == name), None)
        if best and (not chosen or best.score >= 0.5 * chosen[0].score):
            chosen.append(best)
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
    uploads = [hit for hit in chosen if hit.authority is Authority.UPLOAD]
    return [hit for hit in chosen if hit not in uploads] + uploads[:2]


def _coarse(hit: Hit, hits: list[Hit], asked: Asked, desk: Desk) -> bool:
    """Whether a hit is a bare section, part or chapter of which a finer clause is nearly as good."""
    instrument = law.instrument_of(hit.provision)
    whole = hit.provision == instrument or (hit.authority is Authority.REGULATION and "(" not in hit.provision)
    if not whole or (hit.authority.rank > Authority.REGULATION.rank and hit.authority is not Authority.MANUAL):
        return False
    return any(
        other.score >= _FINER_SHARE * hit.score
        for other in hits
        if other != hit and law.is_part_of(other.provision, hit.provision)
    )


def _compared(asked: Asked, desk: Desk) -> list[str]:
    """The instruments a question sets side by side: those it names, or the policies in turn."""
    if asks_across_policies(asked):
        return [policy.instrument for policy in desk.rules.policies]
    named = list(named_instruments(asked))
    return named if len(named) > 1 else []


def _modelled(asked: Asked, desk: Desk, chosen: list[Hit], words: int) -> list[Claim]:
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


def _note(provision: str, asked: Asked, desk: Desk) -> Claim | None:
    version = desk.corpus.version(provision, asked.on)
    instrument = desk.corpus.instruments.get(provision)
    text = version.note if version else instrument.note if instrument else ""
    return Claim(text, Kind.NOTE, (Citation(provision),)) if text else None


def _ended(asked: Asked, desk: Desk, claims: list[Claim]) -> list[Claim]:
    """For each instrument an answer rests on or a question names that has ended: that it has, and by what."""
    resting = [
        law.instrument_of(c.provision) for claim in claims if claim.kind is not Kind.RULE for c in claim.citations
    ]
    said = " ".join(claim.text for claim in claims if claim.kind is Kind.RULE)
    found: list[Claim] = []
    for name in dict.fromkeys([*named_instruments(asked), *resting]):
        instrument = desk.corpus.instruments.get(name)
        if (
            instrument
            and instrument.status(asked.on).ended
            and f"{name} was" not in said
            and f"{name} had been" not in said
        ):
            found.append(framework.ended(instrument, asked.on))
    return found[:3]


def _fewest(claims: list[Claim]) -> list[Claim]:
    """Claims while they rest on eight distinct provisions at most; the ended notices keep their place."""
    kept: list[Claim] = []
    provisions: set[str] = set()
    for claim in sorted(claims, key=lambda c: c.kind is not Kind.RULE):
        wanted = provisions | {citation.provision for citation in claim.citations}
        if len(wanted) <= MOST_PROVISIONS:
            kept.append(claim)
            provisions = wanted
    return [claim for claim in claims if claim in kept]


def _said(claim: Claim, asked: Asked, desk: Desk) -> Said:
    return Said(claim, tuple(_cited(claim, citation, asked, desk) for citation in claim.citations))


def _cited(claim: Claim, citation: Citation, asked: Asked, desk: Desk) -> Cited:
    provision = citation.provision
    instrument = desk.corpus.instruments.get(law.instrument_of(provision))
    version = desk.corpus.version(provision, asked.on)
    held = desk.held(provision) if citation.quote else None
    holding = (
        Holding.OFFICIAL if held else version.holding if version else instrument.holding if instrument else Holding.NONE
    )
    return Cited(
        citation=citation,
        cite=cite.display(provision, desk.corpus),
        authority=instrument.authority if instrument else authority_of(law.instrument_of(provision)),
        status=desk.corpus.status(provision, asked.on),
        holding=holding,
        verdict=Verdict.EXACT if held else Verdict.NOTE,
        edition_after=bool(held and held.edition.as_of > asked.on),
        sha256=held.edition.sha256 if held else None,
        url=instrument.source_url if instrument else "",
    )


def _warnings(asked: Asked, desk: Desk, said: tuple[Said, ...], as_of: date) -> list[Warned]:
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
                "A citation in the question names more than one clause; each is meant where it is used.",
                asked.cited[0] if asked.cited else "",
            )
        )
    for each in (cited for claim in said for cited in claim.cited):
        found.extend(_about(each, asked.on, desk))
    for resolution in asked.missing:
        if resolution.known_instrument:
            found.append(Warned("false_premise", f"There is no {', '.join(resolution.missing)}.", ""))
    for name in named_instruments(asked):
        instrument = desk.corpus.instruments.get(name)
        if instrument:
            found.extend(_status_warning(name, instrument.status(asked.on), asked.on, desk))
    return found


def _about(each: Cited, on: date, desk: Desk) -> list[Warned]:
    provision = each.citation.provision
    found = _status_warning(provision, each.status, on, desk)
    if each.holding is Holding.SECONDARY:
        found.append(Warned("secondary", f"{each.cite}: known only through others; its text is not held.", provision))
    version = desk.corpus.version(provision, on)
    if version and version.contested:
        found.append(Warned("contested", version.contested, provision))
    if each.authority is Authority.MANUAL and (later := _overriding(version.sources if version else (), on, desk)):
        found.append(
            Warned("superseded", f"The manual predates {later}, which outranks it where they differ.", provision)
        )
    return found


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
