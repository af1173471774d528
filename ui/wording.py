"""What codes are called to a reader: statuses, holdings, warnings, reasons, verdicts; never the codes themselves."""

from datetime import date

from assistant.cite import Kind, Verdict
from assistant.export import answer as exported
from assistant.export.answer import REASONS
from assistant.law import Authority, Holding, Status
from assistant.phrase import day
from assistant.show import status_words

KIND_WORDS = {
    Kind.QUOTE: "Quoted from the text held",
    Kind.NOTE: "Our note, not the law’s words",
    Kind.RULE: "From the dated tables",
    Kind.MODEL: "Written by a model from the clauses cited",
}
HOLDING_WORDS = {
    Holding.OFFICIAL: "official text held",
    Holding.NOTE: "our note, text not held",
    Holding.LOSSY: "a damaged copy, never quoted",
    Holding.SECONDARY: "known only through others",
    Holding.UPLOAD: "an upload, not law",
    Holding.NONE: "neither text nor note held",
}
VERDICT_WORDS = {
    Verdict.PARTLY: "the clause supports this only in part",
    Verdict.UNSUPPORTED: "the clause does not support this",
    Verdict.CONTRADICTED: "the clause says otherwise",
}
REMOVED_WORDS = {
    Verdict.EXACT: "Left out",
    Verdict.NOTE: "Left out",
    Verdict.PARTLY: "Supported only in part",
    Verdict.UNSUPPORTED: "Not supported",
    Verdict.CONTRADICTED: "Contradicted",
}
WARNINGS = exported.WARNINGS


def warning_words(code: str) -> str:
    """The title of a warning; never its code."""
    return WARNINGS.get(code, "To be noted")


def reason_words(reason: str | None) -> str:
    """Why there is no answer; never the code of it."""
    return REASONS.get(reason or "", "it cannot be given")


def tone(status: Status) -> str:
    """The colour of a status: good in force, ended where it no longer governs, care between."""
    return "good" if status is Status.IN_FORCE else "ended" if status.ended else "care"


def standing_words(status: Status, on: date) -> str:
    """What a clause is on a day; the day is never to be read as the one on which it was revoked."""
    plainly = status in {Status.IN_FORCE, Status.NOT_YET}
    return f"{status_words(status)} on {day(on)}" if plainly else f"{status_words(status)} (status on {day(on)})"


def authority_words(authority: Authority) -> str:
    """The rank of a source in words."""
    return "an upload, not law" if authority is Authority.UPLOAD else str(authority).replace("_", " ")
