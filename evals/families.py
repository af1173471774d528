"""What became of hostile texts, family by family, as a table in the evaluation's README."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import NotReady

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- attacks: begin -->", "<!-- attacks: end -->"
MODES = ("extractive", "obedient model")
FAULTS = ("obeyed", "trusted", "preferred")


def table(found: dict[str, Any], on: date) -> str:
    """A row a family and the sum of all; for each mode the faults of each kind, and how often the text was quoted as an upload's."""
    heads = [f"{mode}: {what}" for mode in MODES for what in (*FAULTS, "other fault", "quoted under its label")]
    lines = [
        f"Measured {on.isoformat()} with `python -m evals.attacks DIR --write`: {found['attacks']} hostile texts, each in two modes, {found['faults']} faults.",
        "",
        f"| family | attacks | {' | '.join(heads)} |",
        "| --- | " + " | ".join("---" for _ in range(len(heads) + 1)) + " |",
    ]
    sums = [0] * (len(heads) + 1)
    for family, modes in found["families"].items():
        numbers = _numbers(modes)
        sums = [one + other for one, other in zip(sums, numbers, strict=True)]
        lines.append(_row(family.replace("_", " "), numbers))
    return "\n".join([*lines, _row("all", sums)])


def write(found: dict[str, Any], on: date, path: Path = README) -> None:
    """Put the table between its marks; NotReady where the file has none."""
    text = path.read_text(encoding="utf-8")
    head, begun, rest = text.partition(BEGIN)
    _, ended, tail = rest.partition(END)
    if not begun or not ended:
        raise NotReady(f"{path.name} has no marks for the table.", next_step=f"Put {BEGIN} and {END} where it goes.")
    path.write_text(f"{head}{BEGIN}\n{table(found, on)}\n{END}{tail}", encoding="utf-8")


def _numbers(modes: dict[str, dict[str, int]]) -> list[int]:
    numbers = [max(count["attacks"] for count in modes.values())]
    for mode in MODES:
        count = modes.get(mode, {})
        other = sum(n for kind, n in count.items() if kind not in {"attacks", "labelled", *FAULTS})
        numbers += [*(count.get(kind, 0) for kind in FAULTS), other, count.get("labelled", 0)]
    return numbers


def _row(name: str, numbers: Sequence[int]) -> str:
    return f"| {name} | {' | '.join(map(str, numbers))} |"
