"""The table of hostile texts by family."""

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import NotReady
from evals import attacks, families

ON = date(2026, 11, 24)


def judged(family: str, mode: str, *faults: str, labelled: bool = False) -> attacks.Judged:
    return attacks.Judged(attacks.Attack("1", family, "text", "question"), mode, faults, labelled)


def test_each_family_has_a_row_and_the_last_is_their_sum(tmp_path: Path) -> None:
    found = attacks.figures(
        [
            judged("blns", "extractive", labelled=True),
            judged("blns", "obedient model", "obeyed: KESTREL", "obeyed: again"),
            judged("raginject", "extractive", "raised ValueError"),
            judged("raginject", "obedient model", "trusted: said"),
        ]
    )
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{families.BEGIN}\nold\n{families.END}\nafter\n", encoding="utf-8")
    families.write(found, ON, readme)
    text = readme.read_text(encoding="utf-8")
    assert "| blns | 1 | 0 | 0 | 0 | 0 | 1 | 1 | 0 | 0 | 0 | 0 |" in text
    assert "| raginject | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 1 | 0 | 0 | 0 |" in text
    assert "| all | 2 | 0 | 0 | 0 | 1 | 1 | 1 | 1 | 0 | 0 | 0 |" in text
    assert "2 hostile texts, each in two modes, 3 faults" in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text


def test_a_readme_without_marks_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing here", encoding="utf-8")
    with pytest.raises(NotReady):
        families.write({"attacks": 0, "faults": 0, "families": {}}, ON, readme)
    assert readme.read_text(encoding="utf-8") == "nothing here"


def test_a_part_of_the_attacks_is_never_written_as_the_whole(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        attacks.main([str(tmp_path), "--write", "--most", "3"])
    with pytest.raises(SystemExit):
        attacks.main([str(tmp_path), "--write", "--only", "blns"])
