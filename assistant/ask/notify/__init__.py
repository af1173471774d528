"""What the dated tables say of notification: amounts, tests on given values, clocks, and who certifies."""

from datetime import date

from assistant.ask.notify import amounts, certifiers, clocks, words
from assistant.ask.notify.proposal import Proposal, both_routes, read_proposals
from assistant.cite import Claim
from assistant.corpus import Corpus
from assistant.retrieve import Asked
from assistant.rules import Rules

__all__ = ["Proposal", "asks_amount", "asks_clock", "asks_who", "claims", "group_of", "read_proposals", "route_of"]


def route_of(asked: Asked, rules: Rules) -> str | None:
    """The route a question is about; None where it names none."""
    return read_proposals(asked, rules)[0].route


def group_of(asked: Asked, rules: Rules, on: date) -> str | None:
    """The group of the recipients a question names."""
    return amounts.group_of(read_proposals(asked, rules)[0], rules, on)


def asks_amount(asked: Asked) -> bool:
    """Whether a question turns on at what value a transfer is notified."""
    about = asked.mentions(words.NOTICE) or asked.mentions(r"\bthresholds?\b")
    return (asked.mentions(words.AMOUNT) and (about or bool(asked.countries or asked.bodies))) or (
        about and bool(asked.amounts)
    )


def asks_clock(asked: Asked) -> bool:
    """Whether a question turns on how long Congress has."""
    about = asked.mentions(words.NOTICE) or asked.mentions(
        r"\breview\b|\bclock\b|\bFMS\b|\bDCS\b|\bsales?\b|re-?transfer|\blease"
    )
    named = bool(asked.countries or asked.bodies) or asked.mentions(r"\bNATO\b|\ball(?:y|ies)\b|\bother countr")
    return asked.mentions(words.CLOCK) and about and named


def asks_who(asked: Asked) -> bool:
    """Whether a question turns on who certifies to Congress."""
    return asked.mentions(words.WHO) and asked.mentions(words.NOTICE)


def claims(asked: Asked, corpus: Corpus, rules: Rules) -> list[Claim]:
    """What the tables decide of the question, for each date it asks about; nothing where it does not turn on them."""
    found: list[Claim] = []
    proposals = read_proposals(asked, rules)
    for on in asked.dates:
        if asks_who(asked):
            found.extend(certifiers.claims(asked, rules, on))
        for proposal in proposals:
            if asks_amount(asked) and not asked.mentions(words.EXEMPT):
                found.extend(amounts.claims(proposal, corpus, rules, on, both=both_routes(asked.text)))
            if asks_clock(asked):
                found.extend(clocks.claims(proposal, asked, corpus, rules, on))
    return [_known(claim, corpus) for claim in dict.fromkeys(found)]


def _known(claim: Claim, corpus: Corpus) -> Claim:
    """The claim with those of its citations that exist here."""
    kept = tuple(citation for citation in claim.citations if corpus.exists(citation.provision))
    return Claim(claim.text, claim.kind, kept)
