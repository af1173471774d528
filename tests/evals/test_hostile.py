"""The measuring of hostile files: that a file costs what it costs, and what counts as a fault."""

from pathlib import Path

import pytest

from evals import hostile
from evals.hostile import Cost, File

REASON = "pincite: a.txt: it holds nothing."


@pytest.mark.parametrize(
    ("cost", "fault"),
    [
        (Cost("k", 1.0, 80.0, 4, REASON), ""),
        (Cost("k", 31.0, 80.0, 4, REASON), "too slow"),
        (Cost("k", 60.0, 80.0, None, ""), "too slow"),
        (Cost("k", 1.0, 513.0, 4, REASON), "too large"),
        (Cost("k", 1.0, 80.0, 0, ""), "taken in"),
        (Cost("k", 1.0, 80.0, 0, "", harmless=True), ""),
        (Cost("k", 1.0, 80.0, 1, "Traceback (most recent call last): ..."), "no reason"),
        (Cost("k", 1.0, 80.0, -9, ""), "no reason"),
    ],
)
def test_a_file_is_met_well_if_refused_in_time_in_memory_and_with_a_reason(cost: Cost, fault: str) -> None:
    assert cost.fault == fault


@pytest.mark.parametrize(
    "file",
    [
        File("a program", "a.txt", lambda: b"\x7fELF" + bytes(9)),
        next(file for file in hostile.FILES if file.kind == "entity bomb, U.S. Code"),
        next(file for file in hostile.FILES if file.kind == "zip slip, a bundle"),
    ],
    ids=lambda file: file.kind,
)
def test_a_persons_file_a_mirrors_and_a_bundle_are_handed_to_their_commands(tmp_path: Path, file: File) -> None:
    cost = hostile.measure(file, tmp_path)
    assert cost.fault == ""
    assert cost.megabytes > 10
    assert file.name in cost.message


def test_every_kind_is_named_once() -> None:
    kinds = [file.kind for file in hostile.FILES]
    assert len(kinds) == len(set(kinds))
