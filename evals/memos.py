"""How well `check` finds planted faults: generated memos and memos written by hand; `python -m evals.memos [--json]`.

A fault is found when a finding with its verdict overlaps the words at fault. A finding of a fault anywhere else is a
false alarm, counted over the citations, quotations and sentences of law that were right.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant import check
from assistant.check import Report, Verdict
from assistant.corpus import Corpus, read_corpus
from assistant.record import Record, open_record
from assistant.rules import Rules, read_rules
from assistant.settings import data_path, read_settings
from evals.memo_writer import Written, write_memos

SAMPLES = Path(__file__).parent / "samples" / "memos"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault planted in a memo: the words at fault, which of their occurrences, and the verdict they deserve."""

    written: str
    verdict: str
    nth: int = 1
    provision: str | None = None
    needs: str = ""
    kind: str = ""


@dataclass
class Score:
    """What was found of what was planted."""

    planted: int = 0
    found: int = 0
    false_alarms: int = 0
    checked: int = 0
    clean_memos: int = 0
    alarmed_memos: int = 0
    by_verdict: dict[str, list[int]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The numbers, and each miss and alarm."""
        return {
            "planted": self.planted,
            "found": self.found,
            "recall": round(self.found / self.planted, 4) if self.planted else None,
            "findings_on_right_words": self.checked,
            "false_alarms": self.false_alarms,
            "false_alarm_rate": round(self.false_alarms / self.checked, 4) if self.checked else None,
            "clean_memos": self.clean_memos,
            "clean_memos_with_an_alarm": self.alarmed_memos,
            "by_verdict": {verdict: {"planted": p, "found": f} for verdict, (p, f) in sorted(self.by_verdict.items())},
            "missed": self.missed,
            "alarms": self.alarms,
        }


def score(name: str, text: str, faults: list[Fault], report: Report, total: Score, *, official: bool) -> None:
    """Add one memo's outcome to a score; without the official text, a fault that needs it must not pass as good."""
    spans = [(fault, *_span(text, fault)) for fault in faults]
    if not faults:
        total.clean_memos += 1
        total.alarmed_memos += bool(report.faults)
    for fault, start, end in spans:
        wanted = {fault.verdict}
        if fault.needs == "official" and not official:
            wanted = {Verdict.NOT_HELD, fault.verdict}
        total.planted += 1
        counts = total.by_verdict.setdefault(fault.verdict, [0, 0])
        counts[0] += 1
        if any(f.verdict in wanted and f.start < end and start < f.end for f in report.findings):
            total.found += 1
            counts[1] += 1
        else:
            got = [f"{f.verdict} {f.written[:40]!r}" for f in report.findings if f.start < end and start < f.end]
            total.missed.append(f"{name}: {fault.verdict} {fault.kind} {fault.written[:160]!r}; got {got}")
    around = [_sentence(text, start, end) for _, start, end in spans]
    for finding in report.findings:
        if any(start <= finding.start < end for start, end in around):
            continue
        total.checked += 1
        if finding.verdict.fault:
            total.false_alarms += 1
            total.alarms.append(
                f"{name}, line {finding.line}: {finding.verdict} {finding.written[:80]!r}: {finding.detail[:160]}"
            )


def _span(text: str, fault: Fault) -> tuple[int, int]:
    """Where the words at fault stand, however their spaces and lines fall; nowhere, (0, 0), where a format lost them."""
    words = re.sub(r"[*|]", " ", fault.written).split()
    found = list(re.finditer(r"[\s*>|]+".join(map(re.escape, words)), text))
    return found[fault.nth - 1].span() if len(found) >= fault.nth else (0, 0)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph's words around a fault, within which a second finding says the same thing."""
    begin = max(text.rfind("\n\n", 0, start), text.rfind(". ", 0, start), text.rfind("\n- ", 0, start), 0)
    stops = [p for p in (text.find("\n\n", end), text.find(". ", end), text.find("\n- ", end)) if p >= 0]
    return begin, min(stops, default=len(text))


def by_hand() -> Iterator[tuple[str, str, list[Fault]]]:
    """The memos written by hand, with what must be found in each."""
    for path in sorted(SAMPLES.glob("*.expected.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))["findings"]
        stem = path.name.removesuffix(".expected.json")
        memo = next(p for p in (SAMPLES / f"{stem}.md", SAMPLES / f"{stem}.txt") if p.exists())
        yield memo.name, memo.read_text(encoding="utf-8"), [Fault(**row) for row in rows]


class Bench:
    """A corpus, a record and rules, and the memos checked against them."""

    def __init__(self, corpus: Corpus, record: Record, rules: Rules) -> None:
        self.corpus = corpus
        self.record = record
        self.rules = rules
        self.official = any(e.holding == "official" for e in record.editions())

    def run(self, name: str, text: str, on: date | None = None) -> Report:
        """One memo checked."""
        return check.check(check.memo_of(text, name), self.corpus, self.record, self.rules, on)

    def hand(self) -> Score:
        """The memos written by hand."""
        total = Score()
        for name, text, faults in by_hand():
            score(name, text, faults, self.run(name, text), total, official=self.official)
        return total

    def generated(self, seed: int) -> tuple[Score, float, list[Written]]:
        """Forty memos with four hundred faults, and clean ones."""
        total = Score()
        memos = write_memos(self.corpus, self.record, self.rules, seed)
        began = time.perf_counter()
        for written in memos:
            faults = [Fault(w, v, n, needs=needs, kind=kind) for w, v, n, needs, kind in written.faults]
            score(
                written.name, written.text, faults, self.run(written.name, written.text), total, official=self.official
            )
        return total, time.perf_counter() - began, memos

    def forms(self, memos: list[tuple[str, str, list[Fault]]]) -> dict[str, Any]:
        """The same memos as Word documents and PDFs, read apart as `check` reads them."""
        from assistant.sync.apart import Apart
        from evals.memo_forms import as_docx, as_pdf

        found: dict[str, Any] = {}
        with tempfile.TemporaryDirectory() as folder, Apart() as apart:
            for form, make in (("docx", as_docx), ("pdf", as_pdf)):
                total = Score()
                for name, text, faults in memos:
                    path = make(text, Path(folder) / f"{Path(name).stem}.{form}")
                    if path is None:
                        continue
                    memo = check.read_memo(path.read_bytes(), path.name, apart.read)
                    report = check.check(memo, self.corpus, self.record, self.rules)
                    score(path.name, memo.text, faults, report, total, official=self.official)
                found[form] = total.as_json() if total.planted else "not made here"
        return found


def main() -> None:
    """Print the scores; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.memos", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path, help="also write the generated memos to this folder")
    arguments = parser.parse_args()
    settings = read_settings()
    bench = Bench(
        read_corpus(data_path("corpus"), settings.home / "cache"),
        open_record(settings.home),
        read_rules(data_path("corpus")),
    )
    generated, seconds, memos = bench.generated(arguments.seed)
    hand = bench.hand()
    outcome = {
        "official_text_held": bench.official, "seed": arguments.seed, "memos": len(memos), "seconds": round(seconds, 1),
        "generated": generated.as_json(), "by_hand": hand.as_json(), "forms": bench.forms(list(by_hand())),
    }  # fmt: skip
    if arguments.write:
        arguments.write.mkdir(parents=True, exist_ok=True)
        for written in memos:
            (arguments.write / written.name).write_text(written.text, encoding="utf-8")
    if arguments.json:
        print(json.dumps(outcome, ensure_ascii=False, indent=2))
    else:
        _show(outcome)
    reached = generated.found >= 0.97 * generated.planted and generated.false_alarms <= 0.02 * max(generated.checked, 1)
    sys.exit(0 if reached else 1)


def _show(outcome: dict[str, Any]) -> None:
    print(f"Official text held: {outcome['official_text_held']}; {outcome['memos']} memos in {outcome['seconds']} s")
    for name in ("generated", "by_hand"):
        got = outcome[name]
        print(
            f"{name}: {got['found']} of {got['planted']} faults found; {got['false_alarms']} false alarms over"
            f" {got['findings_on_right_words']} right things; {got['clean_memos_with_an_alarm']} of {got['clean_memos']} clean memos alarmed"
        )
        for verdict, counts in got["by_verdict"].items():
            print(f"  {verdict}: {counts['found']} of {counts['planted']}")
        for line in (*got["missed"], *got["alarms"]):
            print(f"    {line}")
    for form, got in outcome["forms"].items():
        print(f"{form}: {got if isinstance(got, str) else str(got['found']) + ' of ' + str(got['planted'])}")


if __name__ == "__main__":
    main()
