"""Citations: clean -> find -> resolve -> display, annotate; and verify, for what is quoted."""

from assistant.cite.annotate import annotate
from assistant.cite.claim import Citation, Claim, Kind, Verdict
from assistant.cite.clean import Cleaned, clean
from assistant.cite.display import display
from assistant.cite.find import find
from assistant.cite.mention import Cited, Mention
from assistant.cite.resolve import Resolution, resolve
from assistant.cite.verify import Match, verify

__all__ = [
    "Citation",
    "Cited",
    "Claim",
    "Cleaned",
    "Kind",
    "Match",
    "Mention",
    "Resolution",
    "Verdict",
    "annotate",
    "clean",
    "display",
    "find",
    "resolve",
    "verify",
]
