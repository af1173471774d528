import json
from pathlib import Path

import pytest

from assistant.corpus import Corpus
from assistant.errors import BadInput
from evals.citations import Written, figures_of, is_right, read_written
from evals.figure import Figure


def test_three_hundred_forms_name_clauses_that_exist(whole: Corpus) -> None:
    written = read_written()
    assert len(written) >= 300
    lost = [
        (each.written, provision)
        for each in written
        for provision in each.provisions
        if not whole.exists(provision) and not provision.startswith("upload ")
    ]
    assert lost == []
    assert all(bool(each.provisions) is not each.missing for each in written)


def test_no_form_is_there_twice_or_among_the_forms_of_the_parser_s_own_tests() -> None:
    ours = [each.written for each in read_written()]
    path = Path(__file__).parents[1] / "cite_forms.jsonl"
    theirs = {json.loads(line)["written"] for line in path.read_text(encoding="utf-8").splitlines()}
    assert len(set(ours)) == len(ours)
    assert not theirs.intersection(ours)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        (Written("22 U.S.C. 9001(a)", ("22 USC 9001(a)",)), True),
        (Written("22 U.S.C. 9001(a)", ("22 USC 9001(b)",)), False),
        (Written("22 U.S.C. 9001(a)", ("22 USC 9001(a)", "22 USC 9001(b)")), False),
        (Written("22 U.S.C. 9001(a)", ("22 USC 9001(a)",), ambiguous=True), False),
        (Written("22 U.S.C. 9001(z)", (), missing=True), True),
        (Written("22 U.S.C. 9001(a)", (), missing=True), False),
    ],
)
def test_a_form_is_right_only_if_it_names_exactly_what_it_should(small: Corpus, written: Written, right: bool) -> None:
    assert is_right(written, small) is right


def test_the_share_is_told_for_all_and_for_each_kind(small: Corpus) -> None:
    found = figures_of(
        [
            Written("22 U.S.C. 9001(a)", ("22 USC 9001(a)",), kind="statute"),
            Written("22 U.S.C. 9001(b)", ("22 USC 9001(c)",), kind="slip"),
        ],
        small,
    )
    assert {figure.kind: figure.value for figure in found} == {"all": 0.5, "statute": 1.0, "slip": 0.0}
    assert all(isinstance(figure, Figure) for figure in found)


def test_a_line_that_is_no_form_is_named(tmp_path: Path) -> None:
    path = tmp_path / "forms.jsonl"
    path.write_text('{"written": "x"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="line 1"):
        read_written(path)
