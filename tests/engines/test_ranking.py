from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engines import lexical, reranker
from assistant.engines.encoder import HashedWords
from assistant.engines.features import NAMES
from assistant.engines.network import Network
from assistant.engines.ranking import DEPTH, Ranker, blended, rank_texts, windows_of
from assistant.engines.vectors import encode_windows


@dataclass(frozen=True)
class Told:
    path: str
    text: str


TEXTS = [
    Told("Kites", "The Minister of Winds may waive the certification of a kite for a festival."),
    Told("Kites", "A kite longer than 30 metres is notified to the Council 15 days before it flies."),
    Told("Boats", "A boat of wood is exempt from certification."),
    Told("", ""),
    Told("Gliders", "Gliders are certified each year; a glider that crashed is certified again."),
]


@pytest.fixture(scope="module")
def ranker(tmp_path_factory: pytest.TempPathFactory) -> Ranker:
    return rank_texts(TEXTS, HashedWords(), tmp_path_factory.mktemp("cache"), trained=False)


class Backwards:
    """Calls what the fusion puts first worst, and turns no question."""

    def turned(self, vector):  # type: ignore[no-untyped-def]
        return vector

    def scores(self, rows):  # type: ignore[no-untyped-def]
        return -30 * rows[:, NAMES.index("fused")]


def test_the_text_that_answers_comes_first(ranker: Ranker) -> None:
    for number, question in ((0, "who may waive certification?"), (1, "when is the Council notified?")):
        assert ranker.rank(question, 3)[0][0] == number


def test_scores_fall_and_no_position_comes_twice(ranker: Ranker) -> None:
    found = ranker.rank("certification of kites and boats", 99)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert len({position for position, _ in found}) == len(found) <= len(TEXTS)


def test_what_is_not_allowed_is_passed_over(ranker: Ranker) -> None:
    allowed = np.array([False, True, True, True, True])
    assert 0 not in [position for position, _ in ranker.rank("who may waive certification?", 9, allowed)]


def test_a_reranker_changes_the_order_and_never_adds_or_drops_a_text(ranker: Ranker) -> None:
    turned = Ranker(ranker.lexical, HashedWords(), ranker.vectors, ranker.owners, Backwards())
    plain, other = ranker.rank("certification of a kite", 9), turned.rank("certification of a kite", 9)
    assert {position for position, _ in other} == {position for position, _ in plain}
    assert other[0][0] != plain[0][0]
    assert [score for _, score in other] == sorted((score for _, score in other), reverse=True)


def test_what_was_not_weighed_stays_below_what_was() -> None:
    fused = np.linspace(0.9, 0.1, 8, dtype=np.float32)
    scores = blended(fused, np.array([1, 3, -40], np.float32))
    assert scores[:3].argmax() == 1
    assert scores[3:].max() <= scores[:3].min()
    assert scores.max() <= fused[0]
    assert (scores >= 0).all()


def test_a_turn_moves_a_vector_and_keeps_its_length() -> None:
    turn = reranker.Turn(np.ones((4, 1), np.float32), np.array([[0, 0, 0, 1]], np.float32))
    moved = turn.turned(np.array([1, 0, 0, 0], np.float32))
    assert moved == pytest.approx([0.7071, 0, 0, 0.7071], abs=1e-4)
    assert list(reranker.Turn(turn.down, 0 * turn.up).turned(moved)) == pytest.approx(list(moved))


def test_weights_trained_on_other_vectors_are_not_used() -> None:
    assert reranker.packaged_reranker("hashed-words") is None
    assert reranker.packaged_reranker("my-own-1234") is None


@given(question=st.text(max_size=80))
def test_any_question_at_all_is_ranked(question: str, ranker: Ranker) -> None:
    signals = ranker.signals(question)
    rows = ranker.weighed(signals, np.arange(len(TEXTS)))
    assert rows.shape == (len(TEXTS), len(NAMES))
    assert np.isfinite(rows).all()
    assert len(ranker.rank(question, 9)) <= len(TEXTS)


def test_texts_of_nothing_are_ranked_as_nothing(tmp_path: Path) -> None:
    assert rank_texts([], HashedWords(), tmp_path).rank("kites", 5) == []
    assert rank_texts([Told("", "")], HashedWords(), tmp_path).rank("kites", 5) == []


@pytest.mark.parametrize(
    ("name", "question", "better", "worse"),
    [
        ("coverage", "waive certification festival", 0, 2),
        ("phrases", "waive the certification of a kite", 0, 2),
        ("pairs near", "certification waive", 0, 4),
        ("numbers", "notified 15 days before", 1, 0),
        ("coverage path", "boats", 2, 0),
        ("passage", "glider crashed certified", 4, 2),
        ("bm25 before", "who may waive certification for a festival", 1, 4),
    ],
)
def test_a_feature_tells_the_better_text(ranker: Ranker, name: str, question: str, better: int, worse: int) -> None:
    rows = ranker.weighed(ranker.signals(question), np.arange(len(TEXTS)))
    column = rows[:, NAMES.index(name)]
    assert column[better] > column[worse]


def test_every_word_of_a_long_text_is_found_though_its_first_windows_alone_are_encoded() -> None:
    text = Told("", "; ".join(f"clause {number} on sales" for number in range(2_000)) + "; a zeppelin")
    windows, owners = windows_of([text], HashedWords())
    assert len(windows) == DEPTH == len(owners)
    assert "zeppelin" not in " ".join(windows)
    assert lexical.build([(text.path, text.text)]).scores("zeppelin")[0] > 0


def test_a_window_is_encoded_once_however_often_it_stands(tmp_path: Path) -> None:
    class Counting(HashedWords):
        texts = 0

        def encode(self, texts):  # type: ignore[no-untyped-def]
            self.texts += len(texts)
            return super().encode(texts)

    first, again = Counting(), Counting()
    rows = encode_windows(["a kite", "a boat", "a kite"], first, tmp_path)
    assert first.texts == 2
    assert np.array_equal(rows[0], rows[2])
    assert np.array_equal(encode_windows(["a boat"], again, tmp_path)[0], rows[1])
    assert again.texts == 0


def test_what_was_encoded_before_a_stop_is_kept(tmp_path: Path) -> None:
    class Stops(HashedWords):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            if any(text.startswith("short") for text in texts):
                raise KeyboardInterrupt
            return super().encode(texts)

    class Never(HashedWords):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            assert all(text.startswith("short") for text in texts)
            return super().encode(texts)

    windows = [*(f"a longer window on kites, number {number}" for number in range(64)), "short"]
    with pytest.raises(KeyboardInterrupt):
        encode_windows(windows, Stops(), tmp_path)
    assert len(encode_windows(windows, Never(), tmp_path)) == 65


def test_the_weights_that_ship_are_for_the_features_there_are() -> None:
    held = reranker.packaged_reranker("packaged-int8")
    assert held is not None
    assert held.network.mean.shape == (len(NAMES),)
    assert reranker.WEIGHTS.stat().st_size < 500_000


def test_weights_for_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = len(NAMES)
    ones = np.ones(shape, np.float32)
    network = Network(ones, ones, np.ones((1, shape, 2)), np.zeros((1, 2)), np.ones((1, 2)), 0 * ones[None])
    ensemble = reranker.Ensemble(network, reranker.Turn(np.zeros((384, 1)), np.zeros((1, 384))))
    reranker.save(tmp_path / "weights.npz", ensemble)
    rows = np.full((1, shape), 3, np.float32)
    assert reranker.load(tmp_path / "weights.npz").scores(rows)[0] == pytest.approx(2 * 2 * shape)
    monkeypatch.setattr(reranker, "NAMES", ("other",))
    with pytest.raises(ValueError, match="other features"):
        reranker.load(tmp_path / "weights.npz")
