"""One question of the evaluation with what a right answer cites, says and never says; read from JSON lines."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import BadInput

FOLDER = Path(__file__).parent / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A question and what is expected of its answer; citations stand as they were written.

    `figures` are amounts and clocks the answer must give; `reasons` are those an abstention may state. `trained` says
    that something was fitted to this sample, so that it measures nothing.
    """

    id: str
    kind: str
    question: str
    as_of: date | None = None
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    must_match: tuple[str, ...] = ()
    must_not_match: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    must_abstain: bool = False
    reasons: tuple[str, ...] = ()
    false_premise: bool = False
    trained: bool = False
    reference: str = ""


def names() -> tuple[str, ...]:
    """The sets that ship: every file of questions in samples/."""
    return tuple(path.stem for path in sorted(FOLDER.glob("*.jsonl")) if '"question"' in path.read_text("utf-8")[:2000])


def read_samples(wanted: Sequence[str | Path] = ()) -> list[Sample]:
    """The samples of sets by name or of files, all that ship where none is given; BadInput names file and line."""
    found: dict[str, Sample] = {}
    for each in wanted or names():
        path = FOLDER / f"{each}.jsonl" if str(each) in names() else Path(each)
        for number, line in enumerate(_lines(path), 1):
            if line.strip():
                sample = _read(line, path, number)
                if sample.id in found:
                    raise BadInput(
                        f"{path}, line {number}: {sample.id} was read already.", next_step="Give it its own id."
                    )
                found[sample.id] = sample
    return list(found.values())


def stratified(samples: Sequence[Sample], share: float, least: int = 8) -> list[Sample]:
    """A fixed part of every kind, chosen by a digest of the ids, so that it never changes with the order of files."""
    kinds: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        kinds[sample.kind].append(sample)
    chosen: list[Sample] = []
    for members in kinds.values():
        ranked = sorted(members, key=lambda s: hashlib.sha256(s.id.encode()).digest())
        chosen += ranked[: max(least, round(share * len(members)))]
    kept = {sample.id for sample in chosen}
    return [sample for sample in samples if sample.id in kept]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path} cannot be read ({error}).",
            next_step=f"Name a set ({', '.join(names())}) or a file of JSON lines.",
        ) from None


def _read(line: str, path: Path, number: int) -> Sample:
    try:
        row: dict[str, Any] = json.loads(line)
        return Sample(
            id=str(row["id"]),
            kind=str(row.get("category") or row.get("kind") or "unsorted"),
            question=str(row["question"]),
            as_of=date.fromisoformat(row["as_of"]) if row.get("as_of") else None,
            must=_words(row, "must"),
            may=_words(row, "may"),
            must_match=_words(row, "must_match"),
            must_not_match=_words(row, "must_not_match"),
            figures=_words(row, "figures"),
            must_abstain=bool(row.get("must_abstain", False)),
            reasons=_words(row, "reason") or _words(row, "reasons"),
            false_premise=bool(row.get("false_premise", "false_premise" in str(row.get("category")))),
            trained=row.get("split") == "train",
            reference=str(row.get("reference_answer") or ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path}, line {number}: not a sample ({type(error).__name__}: {error}).",
            next_step='Each line: {"id": "1", "category": "plain_lookup", "question": "...", "must": ["22 USC 2753(a)"]}.',
        ) from None


def _words(row: dict[str, Any], key: str) -> tuple[str, ...]:
    held = row.get(key) or ()
    return (held,) if isinstance(held, str) else tuple(str(each) for each in held)
