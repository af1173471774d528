"""Citations: whether each exists, and whether it is in force on the memo's date or said not to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from assistant import cite, law
from assistant.check.findings import Verdict
from assistant.cite import Mention, Resolution
from assistant.corpus import Corpus
from assistant.law import Status
from assistant.phrase import day, joined
from assistant.record import Record

_ENDED = r"(?:revoked?|revoking|revocation|rescind\w*|rescission|supersed\w*|repeal\w*|replac\w*|withdr[ae]wn?|cancel\w*|terminat\w*|expired?|lapsed?|ended|set aside|struck|displaced|abandoned)"
_PASSIVE = re.compile(
    rf"\b(?:was|were|is|are|been|being|since|now|later|subsequently|thereafter|formally|expressly)\b(?: \w+){{0,3}}? {_ENDED}\b"
    rf"|\b(?:now-|since-)?{_ENDED}\b(?: \w+){{0,2}} (?:by|on|in|since|effective)\b|\bhas (?:expired|lapsed|ended)\b"
    r"|\bno longer\b|\bceased to\b|\bnot (?:currently |presently )?(?:in (?:force|effect)|current|operative|binding|the current|the governing)\b"
    r"|\bhistorical(?:ly)?\b|\bdefunct\b|\bdead letter\b|\bout of force\b|\bran from\b|\bthen[- ](?:in force|in effect|current|operative|governing|applicable)\b"
    r"|\b(?:in force|in effect|operative) (?:only )?(?:until|from|between|through)\b|\bthrough \d{1,2} \w+ \d{4}\b|\bnot (?:to be )?cited as (?:current|authority)\b|\b(?:rescission|revocation|repeal|termination) was (?:reported|announced)\b",
    re.I,
)
_BEFORE = re.compile(
    rf"\b(?:former(?:ly)?|earlier|previous(?:ly)?|prior|predecessor|old|historical|defunct|(?:now-|since-)?{_ENDED}|revocation of|rescission of|the end of)\b[^.;]{{0,45}}$",
    re.I,
)
_STILL = re.compile(
    r"\b(?:remains?|still|continues?|currently|presently|today|now)\b[^.;]{0,40}\b(?:in force|in effect|current|govern\w*|control\w*|appl\w+|binding|operative|policy|valid|require\w*)\b"
    r"|\bis (?:the )?(?:current|governing|controlling|operative|binding|applicable)\b|\b(?:current|governing|controlling|operative|applicable) (?:\w+ ){0,3}(?:policy|memorandum|directive|order|standard|test|authority|framework)\b|\bis (?:in force|in effect)\b",
    re.I,
)
_GOES_ON = re.compile(r"\b(?:still|continues? to|remains? to) (?:\w+ly )?(?!show|print|list|appear|name)(?:\w+s|oblige|bind|require|govern|apply|control|direct)\b", re.I)  # fmt: skip
_SAYS_NOW = re.compile(r"[\W_]*(?:\([^)]*\)\W*)?(?:\w+ly |now |also )?(?:obliges|requires|directs|bars|prohibits|governs|controls|binds|applies|demands|mandates|commands)\b", re.I)  # fmt: skip
_NOW = re.compile(
    r"\b(?:requires?|must|shall|binds?|mandates?|governs?|controls?|applies|apply|prohibits?|permits?|provides?|directs?|sets?|states?|says|bars?|is|are|remains?|calls? for"
    r"|consistent with|in accordance with|pursuant to|under|satisf\w+|compl\w+ with|in line with|as required by|per)\b",
    re.I,
)
_PAST = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bbeen )(?<!\bnot )\b(?:was|were|had|did|required|directed|set|barred|applied|governed|listed|stated|said|called|made|treated|provided|stood|defined|prohibited|covered|introduced|added|established|asked|used|adopted|contained|named|weighed|framed|described|held|favored|addressed|considered|recognized|expected|promised|gave|put|took|covered|ordered|sought|urged|announced|declared|proclaimed|told|spoke|offered|warned|reaffirmed|began|created|stressed|emphasi[sz]ed|observed|noted|wrote|meant|allowed|permitted|forbade|demanded|elevated|insisted|came)\b",
    re.I,
)
_WARNED = re.compile(
    r"\b(?:do not|don't|must not|should not|may not|cannot|never|avoid|stop|rather than|instead of|not)\b (?:\w+ ){0,2}?(?:cit(?:e|ing)|rely(?:ing)?|quot(?:e|ing)|us(?:e|ing)|invok(?:e|ing)|appl(?:y|ying)|refer(?:ring)?|point(?:ing)?|follow(?:ing)?)\b[^.;]{0,40}$",
    re.I,
)
_ENDED_IT = re.compile(
    rf"\b(?:revoked|rescinded|superseded|replaced|repealed|cancelled|canceled|ended) (?:it|that (?:one|memorandum|policy|directive)|this|the (?:memorandum|policy|directive))\b|^\W*(?:it|that memorandum|that policy|that directive) (?:was|has been|is) (?:\w+ )?{_ENDED}\b",
    re.I,
)
_DID = re.compile(r"^[\W_]*(?:\([^)]*\)\W*)?(?:\w+ly )?\w{3,}ed\b", re.I)
_MUST_APPLY = re.compile(
    r"\b(?:must|shall|has to|have to|is to|are to|is bound to|are bound to)\b(?! not\b)[^.;,]{0,30}\b(?:apply|follow|observe|comply with|satisfy|meet|implement)(?: the)?(?: \w+)?(?: (?:in|of|under))?\s*$",
    re.I,
)
_FUTURE_IF = re.compile(r"\b(?:if|unless|whether|had|would|when|formerly|until|no longer)\b", re.I)
_FUTURE = re.compile(
    r"\b(?:after (?:this|the) (?:memo|paper|note|date|day)|will|takes? effect|effective|not yet|once|when it|becomes?|forthcoming|from \d)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one citation is: its verdict as far as existence and status go, why, and what to write instead."""

    verdict: Verdict
    detail: str
    provision: str | None = None
    suggestion: str | None = None
    status: Status | None = None


class Existing:
    """Looks a memo's citations up in what is known here."""

    def __init__(self, corpus: Corpus, record: Record) -> None:
        self._corpus = corpus
        self._record = record

    def judge(self, resolution: Resolution) -> Judged | None:
        """A fault of existence or a doubt about it; None where every clause named exists and is known."""
        if resolution.missing:
            return self._missing(resolution)
        if resolution.ambiguous:
            shown = joined([cite.display(p, self._corpus) for p in resolution.provisions[:4]])
            first = resolution.provisions[0] if resolution.provisions else None
            return Judged(
                Verdict.OK, f"The words may mean either of {shown}.", first, "Say which, by its place in the Code."
            )
        if not resolution.provisions:
            return Judged(Verdict.UNKNOWN_CITATION, "This cannot be read as a citation of anything known here.")
        return None

    def _missing(self, resolution: Resolution) -> Judged:
        missing = resolution.missing[0]
        near = [one for one in resolution.near if self._corpus.exists(one)][:3]
        suggestion = f"Near it: {joined([cite.display(one, self._corpus) for one in near])}." if near else None
        if resolution.known_instrument:
            return Judged(
                Verdict.UNKNOWN_CITATION, f"There is no {missing} in {law.instrument_of(missing)}.", missing, suggestion
            )
        if re.match(r"(?:AECA|FAA|ECRA|IEEPA|TRA|CSPA) sec\. ", missing):
            act = missing.partition(" sec. ")[0]
            return Judged(Verdict.UNKNOWN_CITATION, f"No such section of the {act} is known here.", missing, suggestion)
        if self._named_elsewhere(missing):
            return Judged(
                Verdict.NOT_HELD,
                f"{missing} is named in what is held here, but nothing of it is held.",
                missing,
                suggestion,
            )
        if self._unopened(missing):
            return Judged(
                Verdict.NOT_HELD, f"Nothing of that chapter is held here, so {missing} was not checked.", missing, suggestion
            )  # fmt: skip
        if self._foreign(missing):
            return Judged(
                Verdict.NOT_HELD,
                f"Nothing of {law.instrument_of(missing)} is held here, so {missing} was not checked.",
                missing,
            )
        return Judged(
            Verdict.UNKNOWN_CITATION,
            f"Nothing by the name of {missing} is known here, nor named in what is held.",
            missing,
            suggestion,
        )

    def _unopened(self, missing: str) -> bool:
        """Whether a clause of the manual stands in a chapter of which nothing is catalogued."""
        match = re.match(r"SAMM (?:Table |Figure )?C(\d{1,2})(?=[.\s]|$)", missing)
        chapters = {m[1] for one in self._corpus.outline if (m := re.match(r"SAMM C(\d+)$", one))}
        if match is None or not chapters or match[1] in chapters:
            return False
        named = re.compile(rf"\bChapter {match[1]}\b|\bC{match[1]}\.\d")
        return any(named.search(text) for text in self._everything)

    def _foreign(self, missing: str) -> bool:
        """A title of the Code or the regulations, or a bill, of which nothing is catalogued."""
        match = re.match(r"(\d+ (?:USC|CFR)\b)", missing)
        if match is None:
            return missing.startswith(("H.", "S.", "upload "))
        if not any(one.startswith(f"{match[1]} ") for one in self._corpus.outline):
            return True
        return not self._between(missing)

    def _between(self, missing: str) -> bool:
        """Whether a section of the Code stands, by its number, between two sections of one act that are outlined."""
        match = re.match(r"(\d+ USC )(\d+)", missing)
        if match is None:
            return True
        numbered = self._numbered.get(match[1], [])
        below = [act for number, act in numbered if number <= int(match[2])][-1:]
        above = [act for number, act in numbered if number >= int(match[2])][:1]
        return bool(below and above and below[0] and below == above)

    @cached_property
    def _numbered(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for outlined in self._corpus.outline.values():
            if match := re.match(r"(\d+ USC )(\d+)", outlined.id):
                found.setdefault(match[1], []).append((int(match[2]), outlined.act.partition(" sec. ")[0]))
        return {title: sorted(rows) for title, rows in found.items()}

    def _named_elsewhere(self, missing: str) -> bool:
        """Whether what is held names the instrument."""
        instrument = law.instrument_of(missing)
        if instrument.startswith("Pub. L. "):
            wanted = re.compile(rf"(?:Pub\. ?L\.|Public Law) {_dashed(instrument.rpartition(' ')[2])}(?!\d)")
        elif instrument.startswith("EO "):
            wanted = re.compile(rf"(?:EO|E\.O\.|Executive Order|Ex\. Ord\.)(?: No\.)? {instrument[3:]}(?!\d)")
        else:
            wanted = re.compile(rf"(?<!\w){re.escape(instrument)}(?![\w-])")
        return any(wanted.search(text) for text in self._everything)

    @cached_property
    def _everything(self) -> list[str]:
        notes = "\n".join(
            " ".join((v.note, v.contested, v.by, *v.refers_to, *v.sources, *(f"{p.by} {p.change}" for p in v.history)))
            for versions in self._corpus.provisions.values()
            for v in versions
        )
        texts = [self._record.edition(e.instrument) for e in self._record.editions()]
        return [notes, *(edition.text for edition in texts if edition)]


def _dashed(number: str) -> str:
    return re.escape(number).replace(r"\-", "[-–]")


def in_force(
    provision: str, mention: Mention, said: str, offset: int, around: str, corpus: Corpus, on: date, after_it: str = ""
) -> Judged | None:
    """Whether a clause that has ended, or not begun, is cited as current; None where it is in force or said not to be.

    `said` is the sentence made plain, `offset` where the citation begins in it, `around` what its paragraph said before, `after_it`
    the sentence that follows.
    """
    status = corpus.status(provision, on)
    if not status.ended and status is not Status.NOT_YET and status is not Status.REPORTED:
        return None
    before, after = said[:offset], said[offset + mention.end - mention.start :]
    if status is Status.NOT_YET:
        return None if _FUTURE.search(said) else _not_yet(provision, corpus, on)
    if _acknowledged(before, after, said) or _ENDED_IT.search(after_it):
        return None
    if _MUST_APPLY.search(before) and not _FUTURE_IF.search(said):
        return _ended(provision, corpus, on, status)
    if (
        status is Status.REPORTED
        and not _SAYS_NOW.match(after)
        and not re.search(r"\b(?:still|continues? to|remains?|nonetheless)\b", said, re.I)
    ):
        if _acknowledged_before(around) or re.search(r"\breport(?:ed|s|edly)\b|\bnewspapers?\b|\bpress\b", said, re.I):
            return None
        return _ended(provision, corpus, on, status)
    still = (_STILL.search(said) or _GOES_ON.search(said)) and not re.search(r"\b(?:not|never|no longer)\b", said, re.I)
    still = still or (_SAYS_NOW.match(after) and not re.search(r"\b(?:not|never|no longer)\b", said, re.I))
    past = bool(_PAST.search(said) or _DID.match(after))
    if not still and past and (not _present(before, after) or _acknowledged_before(around)):
        return None
    if not still and _acknowledged_before(around) and not _present(before, after):
        return None
    return _ended(provision, corpus, on, status)


def _acknowledged(before: str, after: str, said: str) -> bool:
    """Whether the sentence says that this very instrument has ended."""
    if re.search(
        r"\b(?:supersed\w+|revok\w+|rescind\w+|replac\w+|repeal\w+|cancel\w+)\b(?: (?:the|its|all|both|earlier|prior|President|Biden|Trump|Obama|administration's|memorandum|policy|\w+'s)){0,5} ?[(\"]*$",
        before,
        re.I,
    ):
        return True
    if _BEFORE.search(before) or _WARNED.search(before):
        return True
    tail = re.split(r"[;]", after)[0]
    active = re.match(
        r"[^.;]{0,40}?\b(?:which|that|and)? ?(?:itself |had |has |then )?(?:superseded|revoked|rescinded|replaced|repealed|cancelled|canceled)\b(?! (?:by|on|in|since|effective)\b)",
        tail, re.I,
    )  # fmt: skip
    passive = _PASSIVE.search(tail)
    if passive and not (
        active
        and active.end() >= passive.end()
        and not re.search(
            r"\b(?:was|were|been|is|are|since|now|later|subsequently|thereafter)\b", tail[: passive.end()], re.I
        )
    ):
        return True
    return bool(
        re.search(
            r"\bno longer\b|\bhistorical\b|\bnot current\b|\bnot (?:be )?(?:cited|relied|applied|used)\b|\bthen in force\b|\buntil (?:its|it was|their)\b",
            said,
            re.I,
        )
    )


def _acknowledged_before(around: str) -> bool:
    return bool(_PASSIVE.search(around))


def _present(before: str, after: str) -> bool:
    """Whether the sentence speaks in the present of what the instrument does."""
    near = f"{before[-80:]} {after[:120]}".replace("United States", "")
    return bool(_NOW.search(re.sub(r"\b(?:was|were) (?:\w+ )?(?:under|set|pursuant to)\b", " ", near)))


def _ended(provision: str, corpus: Corpus, on: date, status: Status) -> Judged:
    instrument = corpus.instruments.get(law.instrument_of(provision))
    version = corpus.version(provision, on)
    shown = cite.display(provision, corpus)
    whole = instrument.status(on) if instrument else Status.UNKNOWN
    if instrument and (whole.ended or whole is Status.REPORTED) and (period := instrument.period(on)):
        word = "reported ended" if whole is Status.REPORTED else str(whole)
        by = f" by {cite.display(period.by, corpus)}" if period.by else ""
        detail = f"{shown} is cited as current; it was {word} on {day(period.start)}{by}."
        instead = f"Say that it was {word} on {day(period.start)}, or cite what governs on {day(on)}"
        return Judged(Verdict.NOT_IN_FORCE, detail, provision, f"{instead}{_successor(period.by, corpus)}.", status)
    when = f" on {day(version.end)}" if version and version.end and version.end <= on else ""
    return Judged(
        Verdict.NOT_IN_FORCE, f"{shown} is cited as current; it was {status}{when}.", provision,
        f"Cite the version in force on {day(on)}.", status,
    )  # fmt: skip


def _successor(by: str, corpus: Corpus) -> str:
    return f" (see {cite.display(by, corpus)})" if by and corpus.exists(by) else ""


def _not_yet(provision: str, corpus: Corpus, on: date) -> Judged:
    instrument = corpus.instruments.get(law.instrument_of(provision))
    version = corpus.version(provision, on)
    starts = [p.start for p in (instrument.periods if instrument else ()) if p.start > on]
    starts += [version.start] if version and version.start and version.start > on else []
    when = f" It begins on {day(min(starts))}." if starts else ""
    return Judged(
        Verdict.NOT_IN_FORCE, f"{cite.display(provision, corpus)} is not yet in force on {day(on)}.{when}", provision,
        "Cite what is in force on the memo's date.", Status.NOT_YET,
    )  # fmt: skip


def endings(
    said: str, mentions: list[tuple[Mention, int, Resolution]], corpus: Corpus
) -> Iterator[tuple[Mention, Judged]]:
    """What a sentence says of one instrument's ending another, where the record of their dates says otherwise.

    `mentions` come with their offsets in the sentence.
    """
    for (first, at, one), (second, to, other) in pairwise(mentions):
        between = said[at + first.end - first.start : to]
        if len(between) > 90 or not one.provisions or not other.provisions:
            continue
        verb = r"(?:revoked|rescinded|superseded|replaced|repealed|cancell?ed|revokes|rescinds|supersedes|replaces|repeals)"
        if re.search(rf"^[^.;]*\b(?:was|were|been|is|,)\b[^.;]*\b{verb}\b[^.;]{{0,40}}\bby\b", between, re.I):
            ended, by, where = one.provisions[0], other.provisions[0], second
        elif re.search(rf"^(?:(?!\bnot\b|\bnever\b)[^.;])*\b{verb}\b[^.;]{{0,50}}$", between, re.I) and not re.search(
            r"\b(?:was|were|been|is|by)\b", between, re.I
        ):
            ended, by, where = other.provisions[0], one.provisions[0], first
        else:
            continue
        instrument = corpus.instruments.get(law.instrument_of(ended))
        if instrument is None or law.instrument_of(by) == instrument.id:
            continue
        enders = {
            law.instrument_of(p.by)
            for p in instrument.periods
            if p.by and (p.status.ended or p.status is Status.REPORTED)
        }
        if enders and law.instrument_of(by) not in enders:
            right = next(p for p in instrument.periods if p.by and (p.status.ended or p.status is Status.REPORTED))
            shown = cite.display(right.by, corpus)
            yield where, Judged(
                Verdict.WRONG_AUTHORITY, f"{instrument.id} was {right.status} by {shown} on {day(right.start)}, not by {law.instrument_of(by)}.",
                right.by, f"Cite {shown}.",
            )  # fmt: skip
