"""What is found of a premise: the claim that corrects it and the warning beside it."""

from dataclasses import dataclass

from assistant.ask.answer import Warned
from assistant.cite import Citation, Claim, Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim to be said first, and the warning; a claim without a warning only informs."""

    claim: Claim | None
    warned: Warned | None


def corrected(text: str | Claim, *provisions: str, kind: Kind = Kind.RULE) -> Finding:
    """A false premise, with the text that corrects it and the provisions that show it."""
    claim = (
        text
        if isinstance(text, Claim)
        else Claim(text, kind, tuple(Citation(p) for p in dict.fromkeys(provisions) if p))
    )
    return Finding(claim, Warned("false_premise", claim.text, claim.citations[0].provision if claim.citations else ""))
