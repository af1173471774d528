from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engines import evidence
from assistant.engines.network import Network, arrays_of, read_arrays, write_arrays
from assistant.index import Hit
from assistant.law import Authority, Holding
from assistant.retrieve import order
from assistant.retrieve.order import NAMES, Found, packaged_order, reordered, rows

WIDTH = len(NAMES)


def _network(**weights: float) -> Network:
    """A network that adds up named columns."""
    skip = np.zeros((1, WIDTH), np.float32)
    for name, weight in weights.items():
        skip[0, NAMES.index(name.replace("_", " "))] = weight
    one = np.ones(WIDTH, np.float32)
    return Network(0 * one, one, np.zeros((1, WIDTH, 2)), np.zeros((1, 2)), np.zeros((1, 2)), skip)


def _found(*scores: float, cited: int = -1) -> list[Found]:
    return [
        Found(
            Hit(f"22 USC 9001({chr(97 + number)})", Authority.STATUTE, Holding.NOTE, score),
            score, score, 0.0, 0.0, number == cited, False, False,
        )
        for number, score in enumerate(scores)
    ]  # fmt: skip


def _told(count: int, **columns: list[float]) -> np.ndarray:
    told = np.zeros((count, len(evidence.NAMES)), np.float32)
    for name, values in columns.items():
        told[:, evidence.NAMES.index(name.replace("_", " "))] = values
    return told


def test_a_clause_that_tells_what_is_asked_comes_before_one_that_scored_a_little_more() -> None:
    told = _told(2, tells_when=[0, 1])
    network = _network(answers_when=4)
    asked = reordered("How many days are there?", _found(0.8, 0.75), told, network)
    assert asked[1].score > asked[0].score
    other = reordered("Which kites are red?", _found(0.8, 0.75), told, network)
    assert other[0].score > other[1].score


def test_what_was_cited_loses_nothing_and_nothing_is_added_or_dropped() -> None:
    found = _found(0.9, 0.8, 0.7, cited=2)
    hits = reordered("9001(c)", found, _told(3, coverage=[1, 1, 0]), _network(coverage=6))
    assert hits[2].score >= 0.7
    assert [hit.provision for hit in hits] == [each.hit.provision for each in found]
    assert reordered("?", [], _told(0), _network()) == []


def test_what_is_beyond_the_first_stays_below_what_it_was_below() -> None:
    hits = reordered("kites", _found(0.9, 0.8, 0.79), _told(2), _network())
    assert hits[2].score < min(hit.score for hit in hits[:2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.text(max_size=60))
def test_scores_stay_between_nothing_and_the_best_before(scores: list[float], question: str) -> None:
    found = _found(*sorted(scores, reverse=True))
    told = _told(len(found), coverage=[number % 3 / 2 for number in range(len(found))])
    assert np.isfinite(rows(question, found, told)).all()
    hits = reordered(question, found, told, _network(coverage=3, score=-1))
    assert all(0 <= hit.score <= max(scores) + 1e-3 for hit in hits)


def test_the_weights_that_ship_are_for_the_columns_there_are() -> None:
    network = packaged_order("packaged-int8")
    assert network is not None
    assert network.mean.shape == (WIDTH,)
    assert order.WEIGHTS.stat().st_size < 200_000
    assert packaged_order("hashed-words") is None


def test_weights_are_read_back_as_written_and_refused_for_other_columns(tmp_path: Path) -> None:
    path, network = tmp_path / "w.npz", _network(coverage=2)
    write_arrays(path, NAMES, arrays_of(network))
    row = np.ones((1, WIDTH), np.float32)
    assert Network(**read_arrays(path, NAMES)).scores(row) == pytest.approx(network.scores(row))
    with pytest.raises(ValueError, match="other features"):
        read_arrays(path, NAMES[1:])
