"""What an answer says, what each sentence of it cites, and what checking the citation found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What checking a citation against what is held found."""

    EXACT = "exact"
    NOTE = "note"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


class Kind(StrEnum):
    """Where the words of a claim come from: official text, our note, a rule's table, or a model."""

    QUOTE = "quote"
    NOTE = "note"
    RULE = "rule"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision cited for a claim; `start` and `end` are the quotation's place in the edition's text."""

    provision: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer."""

    text: str
    kind: Kind
    citations: tuple[Citation, ...] = ()
