"""What a check found, in Word: comments at their places in the memo's own .docx, or a report on any other file."""

import re
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from assistant.check import Finding, Memo, Report, Verdict, grouped, read_memo
from assistant.check.terminal import NOTICE, TITLES, summary
from assistant.errors import BadInput
from assistant.export.manuscript import Manuscript
from assistant.export.marking import raised
from assistant.export.paper import Paper
from assistant.export.sources import standing
from assistant.export.span import Line, Span, inert, line
from assistant.law import Status
from assistant.phrase import day
from assistant.sync.apart import Apart

_AROUND = 160
_CALL = re.compile(r"\[\^e?\d+\]:?")  # where a note is called, and the label of the note: Word prints both itself
_LONGEST = 400
_MARKUP = re.compile(r"(?m)^#{1,6} +|\*{1,3}(?=\S)|(?<=\S)\*{1,3}")  # what Markdown adds to a page


def findings_word(report: Report, memo_path: Path) -> bytes:
    """The bytes of the Word document; the memo is read apart once more, for its places."""
    try:
        data = memo_path.read_bytes()
    except OSError as error:
        raise BadInput(f"{memo_path} cannot be read ({error.strerror}).", next_step="Give the memo's file.") from None
    with Apart() as apart:
        memo = read_memo(data, memo_path.name, apart.read)
    if memo_path.suffix.lower() == ".docx":
        return commented(report, memo, data)
    return paper_of(report, memo).data()


def commented(report: Report, memo: Memo, data: bytes) -> bytes:
    """The memo's own document with a comment at each fault and each thing not compared, and one that sums up."""
    manuscript = Manuscript(data)
    written_on = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    shown = [f for f in report.findings if f.verdict is not Verdict.OK]
    places = Places(memo.text, manuscript.words)
    placed = [(place, f) for f in shown if (place := places.find(f))]
    lost = [f for f in shown if places.find(f) is None]
    told = [
        ("Checked by Pincite", True),
        (f"As of {day(report.as_of)} ({report.dated_by}). {summary(report)} What was found good is not commented.", False),
        *((warning, False) for warning in report.warnings),
        *((f"No place found for: line {f.line}, “{_cut(f.written)}”. {TITLES[f.verdict]}. {f.detail}", False) for f in lost),
        (NOTICE, False),
    ]  # fmt: skip
    manuscript.comment(0, len(manuscript.places[0].words), _inert(told), written_on)
    for (start, end), finding in placed:
        manuscript.comment(start, end, _inert(_told(finding, report)), written_on)
    return manuscript.data()


class Places:
    """Where a memo's words stand among its document's words without spaces."""

    def __init__(self, text: str, words: str) -> None:
        text = _CALL.sub(lambda mark: " " * len(mark[0]), text)
        self._memo, self._words = _squeezed(text), words
        self._before = list(accumulate((not c.isspace() for c in text), initial=0))

    def find(self, finding: Finding) -> tuple[int, int] | None:
        """The place of a finding; of several, the one with as many before it as in the memo. None where there is none."""
        wanted, before = _squeezed(_CALL.sub(" ", finding.written)), self._before[finding.start]
        for tried in dict.fromkeys((wanted, wanted[:80], wanted[:30])):
            there = _all(tried, self._words) if tried == wanted or len(tried) >= 20 else []
            if not there:
                continue
            here = _all(tried, self._memo)
            if len(here) == len(there) and before in here:
                start = there[here.index(before)]
            else:
                share = before / max(len(self._memo), 1)
                start = min(there, key=lambda at: abs(at / len(self._words) - share))
            return start, start + len(tried)
        return None


def paper_of(report: Report, memo: Memo) -> Paper:
    """A report: the sum, a table of what to mend, and each of them in its context."""
    paper = Paper(
        f"Check of {report.name}",
        subject=f"Findings as of {day(report.as_of)}",
        marking=raised(),
        stamp=f"Findings in {report.name} as of {report.as_of.isoformat()}",
    )
    paper.block("Memo", line(report.name))
    paper.block("As of", line(f"{day(report.as_of)} ({report.dated_by})"))
    paper.line((Span(summary(report), bold=True),))
    for warning in report.warnings:
        paper.line(line(warning))
    numbers = {id(finding): number for number, finding in enumerate(report.findings, 1)}
    groups = {v: found for v, found in grouped(report.findings).items() if v is not Verdict.OK}
    if groups:
        paper.heading("What to mend, and what could not be compared")
        rows: list[tuple[Line, ...]] = [
            (
                line(str(numbers[id(f)])), line(str(f.line)), (Span(TITLES[f.verdict], bold=f.verdict.fault),),
                line(f"“{_cut(f.written)}”"), line(f"{f.detail} {f.instead}".rstrip()),
            )
            for found in groups.values() for f in found
        ]  # fmt: skip
        heads = ("No.", "Line", "Finding", "Words of the memo", "What was found")
        paper.table(heads, rows, (0.45, 0.5, 1.2, 2.0, 2.6), "Findings that somebody must mend or compare")
        paper.heading("Findings in their context")
    for verdict, found in groups.items():
        paper.heading(f"{TITLES[verdict]} ({len(found)})", 2)
        for finding in found:
            _context(paper, finding, numbers[id(finding)], memo, report)
    good = [f for f in report.findings if f.verdict is Verdict.OK]
    if good:
        paper.heading("Checked and found good")
        paper.table(
            ("No.", "Line", "Words of the memo", "What was found"),
            [(line(str(numbers[id(f)])), line(str(f.line)), line(f"“{_cut(f.written)}”"), line(f.detail)) for f in good],
            (0.45, 0.5, 2.6, 3.2), "Findings that hold",
        )  # fmt: skip
    paper.line(line(NOTICE), "Told")
    return paper


def _context(paper: Paper, finding: Finding, number: int, memo: Memo, report: Report) -> None:
    before = _MARKUP.sub("", memo.text[max(0, finding.start - _AROUND) : finding.start])
    after = _MARKUP.sub("", memo.text[finding.end : finding.end + _AROUND])
    paper.line((Span(f"No. {number}, line {finding.line}. ", bold=True), Span(finding.detail)), keep=True)
    start = "…" if finding.start > _AROUND else ""
    end = "…" if finding.end + _AROUND < len(memo.text) else ""
    held = memo.text[finding.start : finding.end]
    paper.line((Span(f"{start}{before}"), Span(f"»{held}«", bold=True), Span(f"{after}{end}")), "Quote")
    for words, _ in _told(finding, report)[2:]:
        paper.line(line(words), "List Bullet")


def _told(finding: Finding, report: Report) -> list[tuple[str, bool]]:
    """A finding in lines: the verdict, the detail, the text held, what to write instead, the clause."""
    told = [(TITLES[finding.verdict], True), (finding.detail, False)]
    if finding.quote and finding.verdict.fault and finding.quote not in finding.detail:
        told.append((f"The text held: “{_cut(finding.quote)}”", False))
    if finding.suggestion:
        told.append((finding.instead, False))
    if finding.cite:
        told_of = f", {standing(Status(finding.status), report.as_of)}" if finding.status else ""
        told.append((f"{finding.cite}{told_of}", False))
    return told


def _inert(lines: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [(inert(words), bold) for words, bold in lines]


def _all(wanted: str, words: str) -> list[int]:
    found: list[int] = []
    if not wanted:
        return found
    at = words.find(wanted)
    while at >= 0:
        found.append(at)
        at = words.find(wanted, at + 1)
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _cut(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _LONGEST else f"{one_line[: _LONGEST - 1]}…"
