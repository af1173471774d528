"""Score determinations (or memos) of a folder of cases against what each case expects: by clause, figure and status, not wording.

`python -m evals.cases DIR [--json]`. A file holds one or more YAML documents, each a case with `expected` beside its keys.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant import cite, law
from assistant.case import Case, read_case
from assistant.corpus import Corpus, read_corpus
from assistant.determine import as_json, determine
from assistant.errors import PinciteError
from assistant.rules import read_rules
from assistant.settings import data_path
from assistant.yaml import read_mappings

Produce = Callable[[Case, date], Mapping[str, Any]]

_FIGURE = re.compile(r"\$?\b(\d[\d,]*(?:\.\d+)?) ?(M|million|billion)?\b", re.IGNORECASE)
_UNITS = {"m": "million", "b": "billion"}
_STRUCTURED = {
    "required",
    "provision",
    "certifier",
    "clock",
    "clock_days",
    "tiered_review",
    "tier",
    "tier_days",
    "qme",
    "cta",
    "cta_required",
    "group",
    "decidable",
}
_LISTS = {"tables", "stops", "facts", "flags", "findings", "tests"}
_NOT_SAID = "must_not_say"
_ENOUGH = 0.5
_IDLE = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "could",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "known",
        "must",
        "needed",
        "no",
        "not",
        "of",
        "on",
        "only",
        "or",
        "other",
        "than",
        "that",
        "the",
        "this",
        "to",
        "under",
        "was",
        "were",
        "what",
        "whether",
        "which",
        "will",
        "with",
        "would",
    ]
)


@dataclass(frozen=True, slots=True)
class Check:
    """One expected line: whether it was found, and by what it was judged."""

    case: str
    line: str
    ok: bool
    by: str
    detail: str = ""


@dataclass(frozen=True)
class _Said:
    """What an output says: its provisions, its text, and the keys outside programs read."""

    output: Mapping[str, Any]
    text: str
    provisions: frozenset[str]

    def covers(self, wanted: str) -> bool:
        """The clause itself, a finer one, or the one just above it that is not a whole instrument."""
        above = law.parent_of(wanted)
        return any(
            one == wanted or law.is_part_of(one, wanted) or (one == above and one != law.instrument_of(wanted))
            for one in self.provisions
        )


def score(folder: Path, produce: Produce, corpus: Corpus) -> list[Check]:
    """Every check of every case in a folder; a case that fails to be produced fails whole."""
    checks: list[Check] = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        for document in read_mappings(path):
            checks.extend(_score_one(document, produce, corpus))
    return checks


def _score_one(document: dict[str, Any], produce: Produce, corpus: Corpus) -> list[Check]:
    expected = document.pop("expected", {})
    name = str(document.get("id", "?"))
    try:
        case = read_case(document)
        output = produce(case, case.as_of or date.today())
    except PinciteError as error:
        return [
            Check(
                name,
                "the case",
                str(expected.get("error", "")) in str(error) and "error" in expected,
                "error",
                str(error),
            )
        ]
    text = json.dumps(output, ensure_ascii=False, default=str)
    said = _Said(output, text, frozenset(_provisions(output, corpus)))
    return [Check(name, line, ok, by, detail) for line, ok, by, detail in _checks(expected, said, corpus)]


def _checks(expected: Mapping[str, Any], said: _Said, corpus: Corpus) -> Iterator[tuple[str, bool, str, str]]:
    for path, value in _leaves(expected):
        key = path[-1]
        line = f"{'.'.join(path)}: {value}"
        if _NOT_SAID in path:
            yield line, str(value).casefold() not in said.text.casefold(), "not said", ""
        elif key in _STRUCTURED and (outcome := _structured(key, path, value, said, corpus)) is not None:
            yield line, outcome[0], "status", outcome[1]
        elif key in _LISTS and corpus.exists(str(value)):
            yield line, _in_part(key, str(value), said), "clause", ""
        else:
            yield (line, *_by_content(str(value), said, corpus))


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, (*path, str(key)))
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, path)
    else:
        yield path, value


def _structured(key: str, path: tuple[str, ...], value: Any, said: _Said, corpus: Corpus) -> tuple[bool, str] | None:
    """A key of the contract against the output's; words such as "30 calendar days" or "Tier 3, 40" by their figures."""
    determination = said.output.get("determination", said.output)
    notice = determination["notification"]
    tier = notice["tiered_review"] or {"tier": None, "days": None}
    got: Any
    match key:
        case "required" if path[0] in {"notification", "required"}:
            got = notice["required"]
        case "provision" if path[0] == "notification":
            wanted = _resolved(str(value), corpus)
            return notice["provision"] in wanted or any(said.covers(one) for one in wanted), str(notice["provision"])
        case "certifier":
            got = notice["certifier"]
            if value is not None:
                return bool(got) and str(got) in str(value), str(got)
        case "clock" | "clock_days":
            if _before_delivery(value):
                return None
            got = notice["clock_days"]
            value = review_days(value)
        case "tiered_review":
            numbers = [int(n) for n in re.findall(r"\d+", str(value))]
            got, value = [n for n in (tier["tier"], tier["days"]) if n is not None], numbers[:2]
        case "tier":
            got = tier["tier"]
        case "tier_days":
            got = tier["days"]
        case "qme":
            got = determination["qme"]
            value = wanted_answer(value)
            if isinstance(value, str):
                return None
        case "cta" | "cta_required":
            got = determination["cta"]["required"]
            value = wanted_answer(value)
        case "group" | "decidable":
            got = determination[key]
        case _:
            return None
    return got == value, f"got {got!r}"


def wanted_answer(value: Any) -> Any:
    """True or False where a line begins with a yes, a no or required; else the line itself."""
    if isinstance(value, str):
        word = value.casefold()
        if word.startswith("not required"):
            return False
        if re.match(r"no\b", word):
            return False
        return True if re.match(r"(yes|required)\b", word) or "is needed" in word else value
    return value


def review_days(value: Any) -> int | None:
    """The days of a line on the clock: those it begins with, or the ones its first part speaks of; none where it denies them."""
    if value is None or isinstance(value, int):
        return value
    first = re.split(r"[;(]", str(value), maxsplit=1)[0]
    found = re.match(r"\s*(\d+)", first) or re.search(r"(?<!no )\b(\d+)(?: calendar)? days\b", first)
    return int(found[1]) if found and not re.match(r"\s*(none|not applicable)\b|.*\bwaived\b", first) else None


def _before_delivery(value: Any) -> bool:
    """Whether a line tells of a report owed some days before delivery, which is no period of review."""
    return bool(re.search(r"\breport\b.*\bdays before (delivery|shipment)\b", str(value).split(";")[0]))


def _in_part(key: str, provision: str, said: _Said) -> bool:
    """Whether a clause stands in that part of the output: a stop among the stops, a table among the tables."""
    determination = said.output.get("determination", said.output)
    name = "facts_needed" if key == "facts" else key
    if name == "tables":
        return provision in determination["cta"]["tables"]
    rows = (
        determination["notification"]["tests"]
        if name == "tests"
        else said.output.get(name) or determination.get(name) or []
    )
    return any(law.is_part_of(row["provision"], provision) for row in rows)


def _by_content(text: str, said: _Said, corpus: Corpus) -> tuple[bool, str, str]:
    """By the clauses and the figures of a line; by its content words where it has neither."""
    text = "; ".join(
        part for part in text.split(";") if "must not" not in part
    )  # what not to cite is no gap when absent
    missing: list[str] = []
    judged = 0
    for mention in cite.find(text):
        resolution = cite.resolve(mention, corpus)
        if not resolution.provisions:
            continue
        judged += 1
        covered = [said.covers(one) for one in resolution.provisions]
        if not (any(covered) if resolution.ambiguous else all(covered)):
            missing.append(mention.written)
    bare = _without_citations(text)
    for figure, unit in _FIGURE.findall(bare):
        if not unit:
            continue
        judged += 1
        amount = int(float(figure.replace(",", "")) * (10**9 if unit.lower().startswith("b") else 10**6))
        if not any(form in said.text for form in (str(amount), f"{amount:,}", f"{figure} {_UNITS[unit[0].lower()]}")):
            missing.append(f"{figure}{unit}")
    if judged:
        return not missing, "clause", f"missing {', '.join(missing)}" if missing else ""
    words = {w for w in re.findall(r"[a-z0-9]{3,}", bare.casefold()) if w not in _IDLE}
    there = {w for w in words if w[:6] in said.text.casefold()}
    share = len(there) / len(words) if words else 1.0
    return share >= _ENOUGH, "words", f"{share:.0%}; missing {', '.join(sorted(words - there))}"


def _without_citations(text: str) -> str:
    for mention in reversed(cite.find(text)):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def _resolved(text: str, corpus: Corpus) -> set[str]:
    return {one for mention in cite.find(text) for one in cite.resolve(mention, corpus).provisions}


def _provisions(value: Any, corpus: Corpus) -> Iterator[str]:
    """Every clause an output names, under its keys or in its sentences."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _provisions(part, corpus)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _provisions(part, corpus)
    elif isinstance(value, str):
        if corpus.exists(value):
            yield value
        else:
            yield from _resolved(value, corpus)


def determinations(corpus: Corpus) -> Produce:
    """The producer that this module scores by default: the determination alone, as JSON."""
    rules = read_rules(data_path("corpus"))
    return lambda case, on: as_json(determine(case, rules, corpus, on))


def main(arguments: list[str] | None = None) -> int:
    """Print the checks; 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m evals.cases", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    corpus = read_corpus(data_path("corpus"))
    checks = score(options.folder, determinations(corpus), corpus)
    cases = dict.fromkeys(check.case for check in checks)
    whole = sum(all(c.ok for c in checks if c.case == name) for name in cases)
    summary = {
        "cases": len(cases),
        "cases_right": whole,
        "checks": len(checks),
        "checks_right": sum(c.ok for c in checks),
    }
    if options.json:
        print(json.dumps({**summary, "rows": [asdict(check) for check in checks]}, ensure_ascii=False, indent=1))
    else:
        for check in checks:
            if not check.ok:
                print(f"{check.case}: {check.line} [{check.by}] {check.detail}")
        print(f"{whole} of {len(cases)} cases right; {summary['checks_right']} of {len(checks)} checks")
    return 0 if summary["checks_right"] == len(checks) and checks else 1


if __name__ == "__main__":
    sys.exit(main())
