"""A draft memo: sections of stated sentences, each cited, supplied by the case, or a visible bracket."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from assistant import determine
from assistant.cite import Citation, Verdict
from assistant.determine import Determination
from assistant.law import Authority, Holding, Status

NOTICE = "Draft, not legal advice, unclassified information only."


class Kind(StrEnum):
    """Where a sentence comes from: official text, our note, a dated table, a model, the case, or nowhere yet."""

    QUOTE = "quote"
    NOTE = "note"
    RULE = "rule"
    MODEL = "model"
    FACT = "fact"
    GAP = "gap"


class Need(StrEnum):
    """What a bracket waits for."""

    FACT = "FACT NEEDED"
    JUDGEMENT = "JUDGEMENT NEEDED"
    FINDING = "TO BE SHOWN"
    TEXT = "TEXT NOT HELD"


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with everything a reader needs to judge it, on the memo's date."""

    citation: Citation
    cite: str
    authority: Authority
    status: Status
    holding: Holding
    verdict: Verdict
    edition_after: bool = False
    sha256: str | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """One sentence of a memo.

    A gap says in `need` and `wanted` what it waits for; a standard sentence in `wanted` which known fact makes it true.
    """

    text: str
    kind: Kind
    cited: tuple[Cited, ...] = ()
    need: Need | None = None
    wanted: str = ""

    @property
    def provisions(self) -> tuple[str, ...]:
        """The ids it rests on."""
        return tuple(each.citation.provision for each in self.cited)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; never empty. A worksheet is for the drafter and goes no further."""

    heading: str
    claims: tuple[Stated, ...]
    worksheet: bool = False


@dataclass(frozen=True, slots=True)
class Authorized:
    """A line of the table of authorities; `edition` is the day of the official text held, where one is."""

    provision: str
    cite: str
    authority: Authority
    status: Status
    holding: Holding
    edition: date | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """A fact that the memo waits for, the clause that turns on it, and the key of a case that would supply it."""

    fact: str
    provision: str
    cite: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Digests of what made a memo."""

    corpus: str
    prompts: str
    model: str
    settings: str
    version: str


@dataclass(frozen=True, slots=True)
class Memo:
    """The whole draft of one kind for one case on one day."""

    kind: str
    title: str
    as_of: date
    checked_through: date
    case: str
    case_title: str
    determination: Determination
    sections: tuple[Section, ...]
    facts_needed: tuple[Needed, ...]
    authorities: tuple[Authorized, ...]
    stamp: Stamp

    @property
    def provisions(self) -> tuple[str, ...]:
        """Every id that the memo cites, once each, in order of authority."""
        return tuple(each.provision for each in self.authorities)

    @property
    def claims(self) -> tuple[Stated, ...]:
        """Every sentence, in order."""
        return tuple(claim for section in self.sections for claim in section.claims)


def as_json(memo: Memo) -> dict[str, Any]:
    """The keys that other programs rely on."""
    determination = determine.as_json(memo.determination)
    return {
        "kind": memo.kind,
        "title": memo.title,
        "notice": NOTICE,
        "as_of": memo.as_of.isoformat(),
        "checked_through": memo.checked_through.isoformat(),
        "case": memo.case,
        "case_title": memo.case_title or None,
        "determination": determination,
        "facts_needed": [{"fact": n.fact, "provision": n.provision, "cite": n.cite, "key": n.key or None} for n in memo.facts_needed],
        "flags": determination["flags"],
        "sections": [
            {
                "heading": section.heading,
                "worksheet": section.worksheet,
                "claims": [_claim(claim) for claim in section.claims],
            }
            for section in memo.sections
        ],
        "authorities": [
            {"provision": a.provision, "cite": a.cite, "authority": a.authority, "status": a.status,
             "holding": a.holding, "edition": a.edition.isoformat() if a.edition else None}
            for a in memo.authorities
        ],
        "stamp": {
            "corpus": memo.stamp.corpus, "prompts": memo.stamp.prompts, "model": memo.stamp.model,
            "settings": memo.stamp.settings, "version": memo.stamp.version,
        },
    }  # fmt: skip


def _claim(claim: Stated) -> dict[str, Any]:
    return {"text": claim.text, "kind": claim.kind, "citations": [_citation(each) for each in claim.cited]}


def _citation(each: Cited) -> dict[str, Any]:
    citation = each.citation
    return {
        "provision": citation.provision, "cite": each.cite, "quote": citation.quote, "start": citation.start,
        "end": citation.end, "edition": citation.edition, "edition_after": each.edition_after, "sha256": each.sha256,
        "authority": each.authority, "status": each.status, "holding": each.holding, "verdict": each.verdict,
        "url": each.url or None,
    }  # fmt: skip
