import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus import Corpus
from assistant.engines import chroma, hybrid
from assistant.engines.encoder import HashedWords
from assistant.errors import BadRecord, NotReady
from assistant.index import Entry, entries
from assistant.law import Authority, Holding
from assistant.record import open_record

NOW = date(2026, 1, 1)


class Counting(HashedWords):
    """Counts the texts it is asked to encode."""

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, texts):  # type: ignore[no-untyped-def]
        self.texts += len(texts)
        return super().encode(texts)


@pytest.fixture
def small_entries(small: Corpus, tmp_path: Path) -> list[Entry]:
    return entries(small, open_record(tmp_path / "no-record"))


def _open(held: list[Entry], home: Path) -> hybrid.HybridIndex:
    hybrid.build(held, HashedWords(), home)
    return hybrid.open_index(home, HashedWords(), hybrid.index_digest(held, "hashed-words"))


def test_the_clause_that_speaks_of_it_comes_first(small_entries: list[Entry], tmp_path: Path) -> None:
    index = _open(small_entries, tmp_path)
    assert index.search("who may waive certification for a festival", NOW)[0].provision == "22 USC 9001(c)"


def test_a_version_of_another_day_is_passed_over(small_entries: list[Entry], tmp_path: Path) -> None:
    index = _open(small_entries, tmp_path)
    versions = [e for e in small_entries if e.provision == "EO 19001 sec. 3"]
    assert len(versions) > 1
    for on, minister in ((date(2015, 1, 1), "Seas"), (date(2025, 1, 1), "Winds")):
        allowed = np.array([e.provision == "EO 19001 sec. 3" and e.covers(on) for e in small_entries])
        found = index.ranker.rank("certification of kites", 9, allowed)
        assert [minister in small_entries[number].text for number, _ in found] == [True]
        assert sum(hit.provision == "EO 19001 sec. 3" for hit in index.search("certification of kites", on)) == 1


def test_a_text_encoded_once_is_not_encoded_again(small_entries: list[Entry], tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    hybrid.build(small_entries, first, tmp_path)
    before = first.texts
    changed = [
        *small_entries[:-1],
        Entry("22 USC 9001(c)", Holding.NOTE, Authority.STATUTE, "path", "A wholly new note."),
    ]
    hybrid.build(changed, second, tmp_path)
    assert before >= len(small_entries)
    assert second.texts <= 2


def test_an_index_for_other_texts_is_not_opened(small_entries: list[Entry], tmp_path: Path) -> None:
    hybrid.build(small_entries, HashedWords(), tmp_path)
    with pytest.raises(NotReady, match="pincite index"):
        hybrid.open_index(tmp_path, HashedWords(), "another")


def test_a_build_that_fails_leaves_the_old_index_in_use(
    small_entries: list[Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = hybrid.build(small_entries, HashedWords(), tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chroma, "write", fail)
    with pytest.raises(BadRecord, match="No space left"):
        hybrid.build(small_entries[:2], HashedWords(), tmp_path)
    assert hybrid.current(tmp_path) == old
    assert list((tmp_path / "index").glob("generation-*")) == [old.folder]


def test_a_generation_whose_files_changed_fails_its_check(small_entries: list[Entry], tmp_path: Path) -> None:
    generation = hybrid.build(small_entries, HashedWords(), tmp_path)
    vectors = np.load(generation.folder / "vectors.npy")
    np.save(generation.folder / "vectors.npy", vectors[::-1])
    with pytest.raises(BadRecord, match="failed its check"):
        hybrid.verify(generation, HashedWords(), vectors)


def test_chroma_ranks_as_the_exact_search_does(small_entries: list[Entry], tmp_path: Path) -> None:
    index = _open(small_entries, tmp_path)
    vector = HashedWords().encode(["the Minister of Winds may waive certification"])[0]
    exact, _ = index.ranker.cosines(vector)
    near = chroma.search(index.generation.folder / "chroma", vector, 3)
    best = np.argsort(-exact)[:3]
    assert near[0][0] == small_entries[int(best[0])].provision
    assert np.allclose([cosine for _, cosine in near], exact[best], atol=1e-3)


def test_a_changed_entry_leaves_no_row_behind_in_chroma(small_entries: list[Entry], tmp_path: Path) -> None:
    _open(small_entries, tmp_path)
    changed = [*small_entries[1:], Entry("22 USC 9009", Holding.NOTE, Authority.STATUTE, "", "Gliders over glaciers.")]
    index = _open(changed, tmp_path)
    found = chroma.search(index.generation.folder / "chroma", HashedWords().encode(["gliders glaciers"])[0], 99)
    assert found[0][0] == "22 USC 9009"
    assert len(found) == index.generation.rows == len(index.ranker.cosines(np.zeros(256, np.float32))[0])


def test_a_removed_index_is_reported_as_not_built(small_entries: list[Entry], tmp_path: Path) -> None:
    hybrid.build(small_entries, HashedWords(), tmp_path)
    shutil.rmtree(tmp_path / "index")
    assert hybrid.current(tmp_path) is None
