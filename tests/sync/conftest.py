"""A publishers' imitation on loopback, and fetchers that know only it and never really wait."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from catalogue import TODAY, invented_corpus, publish
from imitation import Imitation, Stage

from assistant.corpus import Corpus
from assistant.record import Record, open_record
from assistant.sync.fetch import Fetcher, Limits
from assistant.sync.official import Outcome, sync_from_publishers

OpenFetcher = Callable[..., Fetcher]
Sync = Callable[..., Outcome]


@pytest.fixture(scope="session", autouse=True)
def _no_proxy() -> Iterator[None]:
    """No proxy stands between the fetcher and the stage."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        yield


@pytest.fixture(scope="session")
def stage(_no_proxy: None) -> Iterator[Stage]:
    """A server on loopback."""
    found = Stage()
    yield found
    found.close()


@pytest.fixture
def publishers(stage: Stage) -> Iterator[Imitation]:
    """A fresh imitation of the publishers, who have the invented catalogue."""
    found = stage.set()
    publish(found)
    yield found
    found.stopping.set()


@pytest.fixture(scope="session")
def slept() -> list[float]:
    """The seconds the session's fetcher would have slept."""
    return []


@pytest.fixture
def waits(slept: list[float]) -> list[float]:
    """The seconds it would have slept in this test."""
    slept.clear()
    return slept


@pytest.fixture(scope="session")
def fetcher(stage: Stage, slept: list[float]) -> Iterator[Fetcher]:
    """A fetcher with the usual limits."""
    with Fetcher(origins=stage.origins, sleep=slept.append, jitter=lambda: 0.5) as found:
        yield found


@pytest.fixture
def open_fetcher(stage: Stage) -> Iterator[OpenFetcher]:
    """Opens fetchers with other limits, or with a publisher (`www_ecfr_gov=`) at another origin."""
    with ExitStack() as stack:

        def opened(limits: Limits | None = None, **changed: str) -> Fetcher:
            origins = {**stage.origins, **{host.replace("_", "."): origin for host, origin in changed.items()}}
            found = Fetcher(limits=limits, origins=origins, sleep=lambda seconds: None, jitter=lambda: 0.5)
            return stack.enter_context(found)

        yield opened


@pytest.fixture
def corpus() -> Corpus:
    """The invented catalogue."""
    return invented_corpus()


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """An empty record."""
    return open_record(tmp_path, create=True)


@pytest.fixture
def sync(record: Record, corpus: Corpus, fetcher: Fetcher, publishers: Imitation) -> Sync:
    """Syncs the invented catalogue on an invented day."""

    def synced(*ids: str, **options: object) -> Outcome:
        options = {"fetcher": fetcher, "today": TODAY, **options}
        return sync_from_publishers(record, corpus, ids, **options)  # type: ignore[arg-type]

    return synced
