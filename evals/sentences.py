"""Every sentence of every memo is cited, supplied by its case, or a visible bracket: `python -m evals.sentences [DIR ...]`.

Each case is drafted in each kind. A case file may name `expected: must_not_say`; those words may stand in no memo,
except where the case itself says them, and no sentence may rest on an instrument so named.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import cite, law
from assistant.case import Case, read_case
from assistant.draft import Kind, Memo, Stated, as_json, draft, open_shelf, template_kinds
from assistant.draft.supplied import Supplied
from assistant.yaml import read_mappings

if TYPE_CHECKING:
    from assistant.desk import Desk

# A transmittal has the fields that law gives it; every other kind speaks of human rights.
SILENT = frozenset({"transmittal"})
FOLDER = Path(__file__).parent / "samples" / "cases"


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence that stands on nothing, or that must not be said."""

    case: str
    kind: str
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What was checked, and every fault."""

    cases: int
    memos: int
    sentences: int
    faults: tuple[Fault, ...]


def check(paths: Sequence[Path], desk: "Desk", on: date | None = None, kinds: Sequence[str] | None = None) -> Tally:
    """Draft each case in each kind, or in those given, and check every sentence."""
    cases = memos = sentences = 0
    faults: list[Fault] = []
    for given in (dict(document) for path in paths for document in read_mappings(path)):
        expected = given.pop("expected", None) or {}
        if isinstance(expected, dict) and "error" in expected:
            continue
        case = read_case(given)
        cases += 1
        for kind in kinds or template_kinds():
            memo = draft(case, kind, desk, on)
            memos += 1
            sentences += len(memo.claims)
            forbidden = tuple(map(str, expected.get("must_not_say", ()) if isinstance(expected, dict) else ()))
            faults += [Fault(case.id, kind, why, text) for why, text in faults_of(memo, case, desk, forbidden)]
    return Tally(cases, memos, sentences, tuple(faults))


def faults_of(memo: Memo, case: Case, desk: "Desk", forbidden: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Why a sentence of a memo may not stand, and the sentence."""
    supplied = Supplied(case)
    for section in memo.sections:
        if not section.claims:
            yield "an empty section", section.heading
    for claim in memo.claims:
        if why := _standing(claim, supplied, desk):
            yield why, claim.text
    named = {row.provision for row in memo.authorities}
    for claim in memo.claims:
        if missing := set(claim.provisions) - named:
            yield f"cites {', '.join(missing)}, which the table of authorities lacks", claim.text
    if memo.kind not in SILENT and not any(
        "human-rights" in claim.text.lower() or "human rights" in claim.text.lower() for claim in memo.claims
    ):
        yield "says nothing of human rights", memo.title
    instruments = [phrase for phrase in forbidden if phrase in desk.corpus.instruments]
    for claim in memo.claims:
        if resting := [i for i in instruments if i in map(law.instrument_of, claim.provisions)]:
            yield f"rests on what must not be cited: {', '.join(resting)}", claim.text
    for text in _ours(memo):
        for phrase in (p for p in forbidden if p not in instruments):
            if _folded(phrase) in _folded(text):
                yield f"says what must not be said: {phrase}", text


def _standing(claim: Stated, supplied: Supplied, desk: "Desk") -> str:
    """Why a sentence stands on nothing; empty where it stands."""
    if any(not desk.corpus.exists(provision) for provision in claim.provisions):
        return "cites what does not exist"
    if claim.kind is Kind.GAP:
        return (
            ""
            if claim.need and claim.text.startswith(f"[{claim.need}: ") and claim.text.endswith("]")
            else "no bracket"
        )
    if claim.kind is Kind.FACT:
        given = any(words in claim.text for _, words in supplied.lines) or (
            claim.wanted and supplied.true(claim.wanted)
        )
        return "" if given else "a fact the case does not supply"
    if not claim.cited:
        return "no citation"
    if claim.kind is Kind.QUOTE:
        provision = claim.provisions[0]
        held = desk.held(provision)
        return "" if held and cite.verify(claim.text, held.text) else "a quotation that does not stand in the text held"
    return ""


def _ours(memo: Memo) -> Iterator[str]:
    """The words of a memo that are its own and not the case's."""
    yield from (claim.text for claim in memo.claims if claim.kind is not Kind.FACT)
    yield from (needed.fact for needed in memo.facts_needed)
    yield from _texts(as_json(memo)["determination"])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)


def _folded(text: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015]+", " ", text).casefold()


def main() -> None:
    """Check the cases of folders, ours where none is given; exit 1 where a sentence has a fault."""
    from assistant.settings import read_settings

    json_ = "--json" in sys.argv[1:]
    folders = [Path(each) for each in sys.argv[1:] if not each.startswith("--")] or [FOLDER]
    paths = [path for folder in folders for path in (sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder])]
    tally = check(paths, open_shelf(read_settings()))
    if json_:
        rows = [{"case": f.case, "kind": f.kind, "why": f.why, "text": f.text} for f in tally.faults]
        print(
            json.dumps(
                {"cases": tally.cases, "memos": tally.memos, "sentences": tally.sentences, "faults": rows},
                ensure_ascii=False,
            )
        )
    else:
        for fault in tally.faults:
            print(f"{fault.case} {fault.kind}: {fault.why}: {fault.text[:200]}")
        print(f"{tally.cases} cases, {tally.memos} memos, {tally.sentences} sentences, {len(tally.faults)} faults.")
    raise SystemExit(1 if tally.faults or not tally.cases else 0)


if __name__ == "__main__":
    main()
