from pathlib import Path

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
    built = lexical.build(["a kite of cloth", "a boat of wood", ""])
    built.save(tmp_path)
    again = lexical.load(tmp_path, 3)
    assert list(again.scores("kite")) == list(built.scores("kite"))
    assert again.scores("kite")[0] > again.scores("kite")[1]
    assert list(again.scores("zzz")) == [0, 0, 0]
