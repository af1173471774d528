from pathlib import Path

import numpy as np
import pytest

from assistant.engines import lexical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$14,000,000", "$14 million"),
        ("$14M", "$14.0 million"),
        ("$500,000", "$ 500 thousand"),
        ("$1.2 billion", "$1,200,000,000"),
    ],
)
def test_an_amount_is_one_word_however_it_is_written(one: str, other: str) -> None:
    assert lexical.words(one) == lexical.words(other)


def test_words_are_stemmed_and_the_commonest_dropped() -> None:
    assert lexical.words("The certifications of the licensing") == lexical.words("certification licensed")


def test_a_compound_is_found_whole_and_by_its_parts() -> None:
    assert {"re-export", "export"} <= set(lexical.words("re-export"))


def test_an_index_reads_back_and_scores_the_same(tmp_path: Path) -> None:
    built = lexical.build([("", "a kite of cloth"), ("", "a boat of wood"), ("", "")])
    built.save(tmp_path)
    again = lexical.load(tmp_path)
    assert list(again.scores("kite")) == list(built.scores("kite"))
    assert again.scores("kite")[0] > again.scores("kite")[1] == 0
    assert list(again.scores("zzz")) == [0, 0, 0]


def test_bm25_is_the_published_formula() -> None:
    texts = ["kite kite cloth", "boat cloth", "wood"]
    found = lexical.build([("", text) for text in texts]).scores("kite cloth")
    idf = {"kite": np.log(1 + 2.5 / 1.5), "cloth": np.log(1 + 1.5 / 2.5)}
    for number, text in enumerate(texts):
        norm = lexical.K1 * (1 - lexical.B + lexical.B * len(text.split()) / 2)
        counts = {word: text.split().count(word) for word in idf}
        expected = sum(idf[w] * n * (lexical.K1 + 1) / (n + norm) for w, n in counts.items())
        assert found[number] == pytest.approx(expected, rel=1e-5)


def test_what_a_path_adds_is_told_apart_from_the_words() -> None:
    index = lexical.build([("kites", "cloth"), ("cloth", "kites")])
    near, above = index.fields(index.known("kites"))
    assert near[0] == 0 < above[0]
    assert above[1] == 0 < near[1]


def test_nothing_at_all_can_be_indexed() -> None:
    assert list(lexical.build([]).scores("kite")) == []
