"""A desk over the corpus that ships, without a search index, and the cases drafted over it."""

from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.draft import open_shelf
from assistant.settings import Settings


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Everything a memo is made of; no official text is held."""
    return open_shelf(Settings(home=Path(tmp_path_factory.mktemp("shelf"))))
