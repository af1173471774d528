import json
import re
from collections import Counter
from pathlib import Path

import pytest

from assistant import cite
from assistant.corpus import Corpus
from assistant.errors import BadInput
from evals.sample import Sample, names, read_samples, stratified
from evals.suite import choose, name_of


def test_every_clause_a_sample_names_exists(whole: Corpus) -> None:
    samples = read_samples()
    lost = [
        (sample.id, written)
        for sample in samples
        for written in (*sample.must, *sample.may)
        if not cite.resolve(written, whole).provisions
    ]
    assert len(samples) > 300
    assert lost == []


def test_every_pattern_of_a_sample_compiles_and_forbids_nothing_its_reference_says() -> None:
    for sample in read_samples():
        for pattern in (*sample.must_match, *sample.must_not_match):
            re.compile(pattern)
        if sample.reference and not sample.must_abstain:
            for pattern in sample.must_not_match:
                assert not re.search(pattern, sample.reference, re.I), (sample.id, pattern)


def test_samples_in_another_order_give_the_same_fast_part_and_every_kind_is_in_it() -> None:
    samples = choose(read_samples())
    fast = stratified(samples, 0.15)
    assert {sample.id for sample in stratified(samples[::-1], 0.15)} == {sample.id for sample in fast}
    assert {sample.kind for sample in fast} == {sample.kind for sample in samples}
    assert len(fast) < len(samples) / 2
    assert all(
        count >= min(8, Counter(s.kind for s in samples)[kind]) for kind, count in Counter(s.kind for s in fast).items()
    )


def test_what_something_was_fitted_to_measures_nothing() -> None:
    assert [s.id for s in choose([Sample("1", "a", "?", trained=True), Sample("2", "a", "?")])] == ["2"]


def test_a_file_from_elsewhere_is_read_in_the_same_form(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    row = {
        "id": "A01", "category": "plain_lookup", "question": "What?", "as_of": "2025-05-01", "must_abstain": True,
        "must": ["AECA sec. 3(a) (22 U.S.C. 2753(a))"], "reason": ["not_held"], "verified": True, "note": "",
    }  # fmt: skip
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    (sample,) = read_samples([str(path)])
    assert (sample.id, sample.kind, sample.must_abstain, sample.reasons) == ("A01", "plain_lookup", True, ("not_held",))
    assert sample.as_of is not None
    assert name_of([str(path)], fast=True) == "mine, fast"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"x"',
        '{"id": "1"}',
        '{"id": "1", "question": "?", "as_of": "tomorrow"}',
        '{"id": 1, "question": "?", "must": 3}',
    ],
)
def test_a_line_that_is_no_sample_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(f'{{"id": "0", "question": "?"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="line 2"):
        read_samples([path])


def test_an_id_given_twice_or_a_set_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text('{"id": "0", "question": "?"}\n' * 2, encoding="utf-8")
    with pytest.raises(BadInput, match="0 was read already"):
        read_samples([path])
    with pytest.raises(BadInput, match="lookup"):
        read_samples(["no-such-set"])
    assert "citations" not in names()
