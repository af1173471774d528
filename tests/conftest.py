"""What every test may ask for. No test reaches beyond this machine: pyproject.toml allows loopback alone."""

from pathlib import Path

import pytest

from assistant.corpus import Corpus, read_corpus
from assistant.desk import Desk, open_desk
from assistant.rules import Rules, read_rules
from assistant.settings import Settings

SMALL = Path(__file__).parent / "small_corpus"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the data of whoever runs it."""
    monkeypatch.setenv("PINCITE_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of official texts beside the checkout; tests that read it are skipped where it is absent."""
    folder = Path(__file__).parents[2] / "shared" / "official"
    if not (folder / "MANIFEST.json").is_file():
        pytest.skip(f"no official texts in {folder}: the publishers' texts are not part of this repository")
    return folder


@pytest.fixture(scope="session")
def small() -> Corpus:
    """A small corpus of invented law."""
    return read_corpus(SMALL)


@pytest.fixture(scope="session")
def small_rules() -> Rules:
    """Its rules."""
    return read_rules(SMALL)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over the small corpus with the fake encoder."""
    return open_desk(Settings(home=tmp_path_factory.mktemp("desk"), encoder="hashed-words"), folder=SMALL)


@pytest.fixture(scope="session")
def whole() -> Corpus:
    """The corpus that ships."""
    return read_corpus(SMALL.parents[1] / "corpus")
