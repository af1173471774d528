"""From a question to an answer in which every sentence names its clause."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial

from assistant import cite, law
from assistant.ask import abstain, choose, framework, notify, premise, speak, warn
from assistant.ask.answer import REASONS, Answer, Cited, Said, Stamp, as_json, provisions
from assistant.ask.choose import MOST_PROVISIONS
from assistant.cite import Citation, Claim, Kind, Verdict
from assistant.desk import Desk
from assistant.errors import BadInput
from assistant.index import Hit, authority_of
from assistant.law import Holding
from assistant.retrieve import Asked, named_instruments, read_question, retrieve, spread
from assistant.settings import CHECKED_THROUGH

__all__ = ["REASONS", "Answer", "Watch", "as_json", "ask", "provisions", "take"]

LONGEST_QUESTION = 8_000
WORDS = 280
_DECIDED_FIRST = 4
Watch = Callable[[Desk, date, Callable[[Claim], Said], tuple[Claim, ...]], Desk]
_MORE = re.compile(
    r"\b(?:in detail|at length|in full|everything|complete(?:ly)? list|list all|all of the|comprehensive)\b", re.I
)


def ask(question: str, desk: Desk, as_of: date | None = None, watch: Watch | None = None) -> Answer:
    """Answer a question as of a day (today where none is given); BadInput where it cannot be taken.

    `watch` is told, before a model is asked, the day, how a claim is shown, and what is decided already; the desk it gives
    back goes on.
    """
    text, today = take(question), as_of or date.today()
    asked = read_question(text, today, desk.corpus, desk.rules)
    hits = retrieve(asked, desk.corpus, desk.index, desk.glossary)
    first, premise_warnings = premise.examine(asked, desk, hits)
    decided = first + _decided(asked, desk)
    refused = abstain.refusal(asked, hits, desk, bool(decided), bool(premise_warnings))
    if watch is not None:
        desk = watch(desk, asked.on, partial(_said, asked=asked, desk=desk), tuple(dict.fromkeys(decided)))
    claims, spoken = _claims(asked, desk, hits, decided, refused)
    if not claims and refused is None:
        refused = abstain.nothing_said(asked, hits, desk)
    said = tuple(_said(claim, asked, desk) for claim in claims)
    warnings = [*premise_warnings, *spoken.warnings, *warn.warnings(asked, desk, said, today)]
    nearest = abstain.nearest_of(refused, desk.corpus) if refused else ()
    return Answer(
        question=text,
        as_of=asked.on,
        asked_on=today,
        checked_through=CHECKED_THROUGH,
        stamp=Stamp(desk.corpus_digest, desk.prompts.digest, desk.model.name, desk.settings_digest, desk.version),
        claims=said,
        warnings=tuple({(w.code, w.provision): w for w in warnings}.values()),
        reason=refused.reason if refused else None,
        because=refused.because if refused else "",
        nearest=tuple((provision, cite.display(provision, desk.corpus)) for provision in nearest),
        hits=tuple(_listed(hits, decided, desk)),
        dropped=spoken.dropped,
    )


def _listed(hits: list[Hit], decided: list[Claim], desk: Desk) -> list[Hit]:
    """What was found: first what dates and tables decide by, then what the search found, one clause beside another."""
    found, best = spread(hits), max((hit.score for hit in hits), default=1.0)
    by_id = {hit.provision: hit for hit in hits}
    sure = dict.fromkeys(citation.provision for claim in decided for citation in claim.citations)
    first = [by_id.get(p) or Hit(p, authority_of(law.instrument_of(p)), _holding(p, desk), best) for p in sure][
        :_DECIDED_FIRST
    ]
    return [*first, *(hit for hit in found if hit not in first)]


def _holding(provision: str, desk: Desk) -> Holding:
    version = desk.corpus.version(provision, date.max) or desk.corpus.instruments.get(law.instrument_of(provision))
    return version.holding if version else Holding.NONE


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
) -> tuple[list[Claim], speak.Spoken]:
    """The decided claims, then the model's, then that a named instrument has ended; eight provisions at most."""
    budget = WORDS * (3 if _MORE.search(asked.text) else 1)
    claims = list(dict.fromkeys(decided))
    used = {citation.provision for claim in claims for citation in claim.citations}
    left = budget - sum(len(claim.text.split()) for claim in claims)
    spoken = speak.Spoken()
    if refused is None:
        chosen = [hit for hit in choose.choose(asked, hits, desk, bool(decided)) if hit.provision not in used]
        spoken = speak.modelled(asked, desk, chosen, max(left, 40 if not claims else 0))
        claims += spoken.claims
    elif refused.reason in {"judgement", "needs_facts", "not_held"}:
        claims += [claim for p in refused.nearest[:2] if p not in used and (claim := speak.note(p, asked, desk))]
    claims += _ended(asked, desk, claims)
    return _fewest(speak.with_quotations(claims, asked, desk, budget)), spoken


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
    nearest = held.edition if held else version or instrument
    holding = nearest.holding if nearest else Holding.NONE
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
