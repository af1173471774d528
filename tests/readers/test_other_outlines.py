"""The outlines in the repository agree with what the readers find, and hold no text."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import catalogue, law

FOLDER = Path(__file__).parents[2] / "corpus" / "outline"
NAMES = ("presidential", "cfr-22", "cfr-15", "samm", "other")


@pytest.mark.parametrize("name", NAMES)
def test_an_outlines_clauses_belong_to_their_instrument(name: str) -> None:
    path = FOLDER / f"{name}.txt"
    for outlined in catalogue.read_outline(path, path.read_text(encoding="utf-8")).values():
        assert outlined.title
        assert all(law.instrument_of(id) == outlined.id and id.isascii() for id in outlined.headings)
        assert all(len(heading) <= 400 for heading in outlined.headings.values())


QUICK = ("presidential", "cfr-22", "other")


def test_the_outlines_are_what_the_official_texts_give(official: Path, tmp_path: Path) -> None:
    script = (FOLDER / "make_other.py").read_text(encoding="utf-8")
    copy = tmp_path / "corpus" / "outline" / "make_other.py"
    copy.parent.mkdir(parents=True)
    copy.write_text(script, encoding="utf-8")
    (copy.parent / "titles.toml").write_bytes((FOLDER / "titles.toml").read_bytes())
    documents = tmp_path / "corpus" / "documents"
    documents.mkdir()
    page = FOLDER.parent / "documents" / "cat-fact-page.md"
    (documents / page.name).write_bytes(page.read_bytes())
    command = [sys.executable, str(copy), str(official), *QUICK]
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parents[1])}
    subprocess.run(command, check=True, env=environment, capture_output=True)
    for name in QUICK:
        assert (copy.parent / f"{name}.txt").read_text() == (FOLDER / f"{name}.txt").read_text(), name
