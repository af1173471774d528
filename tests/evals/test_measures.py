import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import measures
from evals.figure import mean_interval, resampled

GRADES = st.dictionaries(st.integers(0, 15).map(str), st.integers(0, 3).map(float), min_size=1, max_size=8)
RANKED = st.permutations([str(n) for n in range(16)])


@pytest.mark.parametrize("seed", range(8))
def test_the_measures_are_those_of_ranx(seed: int) -> None:
    ranx = pytest.importorskip("ranx")
    source = np.random.default_rng(seed)
    judged, runs, ranked = {}, {}, {}
    for question in map(str, range(12)):
        texts = [str(each) for each in source.permutation(30)]
        judged[question] = {each: int(source.integers(1, 4)) for each in texts[: source.integers(1, 9)]}
        order = [str(each) for each in source.permutation(30)][: source.integers(1, 25)]
        ranked[question] = order
        runs[question] = {each: float(len(order) - place) for place, each in enumerate(order)}
    for k in (5, 10):
        names = [f"recall@{k}", f"map@{k}", f"ndcg@{k}", f"mrr@{k}"]
        theirs = ranx.evaluate(ranx.Qrels(judged), ranx.Run(runs), names)
        for name, ours in zip(
            names,
            (measures.recall, measures.average_precision, measures.ndcg, measures.reciprocal_rank),
            strict=True,
        ):
            mean = sum(ours(ranked[each], judged[each], k) for each in judged) / len(judged)
            assert mean == pytest.approx(theirs[name], abs=1e-9), name


@given(GRADES, RANKED, st.integers(1, 16))
def test_every_measure_is_a_share_and_the_best_order_is_worth_the_most(
    grades: dict[str, float], ranked: list[str], k: int
) -> None:
    best = sorted(ranked, key=lambda each: -grades.get(each, 0))
    for measure in (measures.recall, measures.average_precision, measures.ndcg, measures.reciprocal_rank):
        assert 0 <= measure(ranked, grades, k) <= measure(best, grades, k) + 1e-9 <= 1 + 2e-9


def test_a_relevant_text_that_was_not_found_counts_in_average_precision() -> None:
    assert measures.average_precision(["a"], {"a": 1, "b": 1}, 10) == 0.5


def test_an_interval_holds_its_mean_and_narrows_with_more_values() -> None:
    mean, low, high = mean_interval([0.0, 1.0] * 10)
    _, lower, higher = mean_interval([0.0, 1.0] * 1000)
    assert low < mean == 0.5 < high
    assert low < lower < higher < high


def test_the_same_values_have_the_same_interval() -> None:
    assert mean_interval([0, 1, 1]) == mean_interval([0, 1, 1])
    count = resampled([1, 2, 3], lambda drawn: {"sum": (float(sum(drawn)), len(drawn))})
    assert count == resampled([1, 2, 3], lambda drawn: {"sum": (float(sum(drawn)), len(drawn))})
