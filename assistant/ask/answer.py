"""An answer: claims with their citations, warnings, and what was nearest where there is none."""

from dataclasses import dataclass, field, replace
from datetime import date

from assistant.cite import Citation, Claim, Verdict
from assistant.index import Hit
from assistant.law import Authority, Holding, Status

REASONS = ("not_held", "needs_facts", "judgement", "no_authority", "out_of_scope")


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the reader must not miss."""

    code: str
    text: str
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with everything a reader needs to judge it."""

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
class Said:
    """A claim as it is shown."""

    claim: Claim
    cited: tuple[Cited, ...]

    @property
    def provisions(self) -> tuple[str, ...]:
        """The ids it rests on."""
        return tuple(each.citation.provision for each in self.cited)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim of a model that was not let through, and why; `text` may be cut."""

    text: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """Digests of what made an answer."""

    corpus: str
    prompts: str
    model: str
    settings: str
    version: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one question.

    `as_of` is the day that ranks and labels what is said: the last one the question asks about, else `asked_on`.
    """

    question: str
    as_of: date
    checked_through: date
    stamp: Stamp
    claims: tuple[Said, ...] = ()
    warnings: tuple[Warned, ...] = ()
    reason: str | None = None
    because: str = ""
    nearest: tuple[tuple[str, str], ...] = ()
    hits: tuple[Hit, ...] = field(default=(), repr=False)
    id: str | None = None
    dropped: tuple[Dropped, ...] = ()
    asked_on: date | None = None

    @property
    def abstained(self) -> bool:
        """Whether this says why there is no answer."""
        return self.reason is not None

    def named(self, id: str | None) -> "Answer":
        """The same answer under the id of its question."""
        return replace(self, id=id)


def provisions(answer: Answer) -> tuple[str, ...]:
    """The ids an answer rests on, once each, in order."""
    return tuple(dict.fromkeys(provision for said in answer.claims for provision in said.provisions))


def as_json(answer: Answer) -> dict[str, object]:
    """The keys that other programs rely on."""
    return {
        "id": answer.id,
        "question": answer.question,
        "as_of": answer.as_of.isoformat(),
        "asked_on": (answer.asked_on or answer.as_of).isoformat(),
        "checked_through": answer.checked_through.isoformat(),
        "abstained": answer.abstained,
        "reason": answer.reason,
        "because": answer.because or None,
        "claims": [
            {"text": said.claim.text, "kind": said.claim.kind, "citations": [_citation(each) for each in said.cited]}
            for said in answer.claims
        ],
        "warnings": [{"code": w.code, "text": w.text, "provision": w.provision or None} for w in answer.warnings],
        "dropped": [{"text": d.text, "verdict": d.verdict, "reason": d.reason} for d in answer.dropped],
        "nearest": [{"provision": provision, "cite": cite} for provision, cite in answer.nearest],
        "hits": [{"provision": h.provision, "authority": h.authority, "score": h.score} for h in answer.hits],
        "stamp": {
            "corpus": answer.stamp.corpus, "prompts": answer.stamp.prompts, "model": answer.stamp.model,
            "settings": answer.stamp.settings, "version": answer.stamp.version,
        },
    }  # fmt: skip


def _citation(each: Cited) -> dict[str, object]:
    citation = each.citation
    return {
        "provision": citation.provision, "cite": each.cite, "quote": citation.quote, "start": citation.start,
        "end": citation.end, "edition": citation.edition, "edition_after": each.edition_after, "sha256": each.sha256,
        "authority": each.authority, "status": each.status, "holding": each.holding, "verdict": each.verdict,
        "url": each.url or None,
    }  # fmt: skip
