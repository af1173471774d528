"""What every test may ask for."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of official texts beside the checkout; tests that read it are skipped where it is absent."""
    folder = Path(__file__).parents[2] / "shared" / "official"
    if not (folder / "MANIFEST.json").is_file():
        pytest.skip(f"no official texts in {folder}: the publishers' texts are not part of this repository")
    return folder
