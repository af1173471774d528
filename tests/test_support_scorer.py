"""What makes an answer in somebody's prose doubtful."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from assistant.engines.encoder import HashedWords
from assistant.support import prose, scorer

KITES = (
    "A kite is a flying toy on a string. It is steered by two lines.",
    "A kite costs 12 crowns in Ruritania. Children fly kites in autumn, when the wind is strong.",
)
QUESTION = "what is a kite"
TRUE = "A kite is a toy on a string, and children fly kites in autumn."
FALSE = "Astronomers at the observatory launched satellites towards Jupiter, measuring radiation belts with platinum detectors."


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return HashedWords().encode(texts)


def row(sentence: str, common: dict[str, int] | None = None) -> dict[str, float]:
    (found,) = prose.rows(sentence, prose.read_passages(KITES, QUESTION, encode), common or {}, encode)
    return dict(zip(prose.FEATURES, found, strict=True))


def test_a_sentence_of_the_passages_brings_nothing_new() -> None:
    found = row("Children fly kites in autumn, when the wind is strong.")
    for name in prose.FEATURES[:12]:
        assert found[name] == pytest.approx(0, abs=1e-6), name


@pytest.mark.parametrize(
    ("sentence", "feature"),
    [
        ("A kite costs 13 crowns.", "figures"),
        ("A kite costs three crowns.", "figures"),
        ("A kite is sold in Borduria.", "names"),
        ("Passage 1 says that a kite costs 12 crowns.", "another passage named"),
        ("A kite is a flying toy with feathers.", "new words"),
        ("Autumn string crowns lines toy.", "pairs joined nowhere"),
        ("Therefore a kite is a toy.", "conclusion"),
        ("A kite flies because the wind is strong.", "cause"),
        ("A kite should be flown in autumn.", "advice"),
        ("The passages do not mention where a kite is sold.", "says it is missing"),
        ("- A kite is a flying toy.", "list item"),
    ],
)
def test_a_feature_marks_what_it_is_named_for(sentence: str, feature: str) -> None:
    assert row(sentence)[feature] > row("A kite costs 12 crowns.")[feature]


def test_a_new_word_that_answers_often_bring_weighs_less() -> None:
    sentence = "A kite is a toy of feathers."
    (stem,) = prose.new_stems(sentence, prose.read_passages(KITES, QUESTION, encode))
    assert row(sentence, {stem: 8})["new words, weighed"] == pytest.approx(row(sentence)["new words, weighed"] / 3)
    assert row(sentence, {stem: 8})["new words"] == row(sentence)["new words"]


def test_a_doubtful_sentence_makes_the_answer_doubtful() -> None:
    true, false = (scorer.doubt(each, KITES, QUESTION, encode) for each in (TRUE, f"{TRUE} {FALSE}\n- {FALSE.lower()}"))
    assert true < scorer.shipped().scorer.threshold < false


def test_an_answer_that_says_nothing_is_not_doubted() -> None:
    assert scorer.doubt(" \n* \n1. ", KITES, QUESTION, encode) == 0
    assert 0 <= scorer.doubt(TRUE, [""], "", encode) <= 1


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300), st.lists(st.text(max_size=300), min_size=1, max_size=3), st.text(max_size=60))
def test_any_answer_gets_a_finite_doubt(answer: str, passages: list[str], question: str) -> None:
    held = prose.read_passages(passages, question, encode)
    found = prose.rows(answer, held, {}, encode)
    assert found.shape == (len(list(prose.spoken(answer))), len(prose.FEATURES))
    assert np.isfinite(found).all()
    assert 0 <= scorer.shipped().scorer.doubt(found) <= 1
