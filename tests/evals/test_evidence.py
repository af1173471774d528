"""Where in the texts held the evidence of a sample stands: on an invented text, and in the publishers' own."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from assistant import law
from assistant.corpus import Corpus
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import Record, open_record
from assistant.sync import receive
from evals.amounts import gives
from evals.evidence import Wanted, best_span, clauses_of, evidence_of, lacking, sentence_spans, text_of, wanted_of
from evals.sample import FOLDER, Sample, read_samples

SETS = ("lookup", "reasoning", "answerable", "premise")
TEXT = (
    "(b) The Minister may lend a kite, as Pub. L. 9 says. A kite of $14,000,000 or more shall be reported within\n"
    "(1) thirty days of the loan; and\n"
    "(2) ten days of its return. Nothing here binds the U.S. Navy. Strings are lent as § 4 provides."
)
SENTENCES = [
    "(b) The Minister may lend a kite, as Pub. L. 9 says.",
    "A kite of $14,000,000 or more shall be reported within",
    "(1) thirty days of the loan; and",
    "(2) ten days of its return.",
    "Nothing here binds the U.S. Navy.",
    "Strings are lent as § 4 provides.",
]


def spoken(wanted: Wanted) -> str | None:
    """The words of the span that is found."""
    span = best_span(TEXT, wanted)
    return span and TEXT[slice(*span)]


def test_sentences_and_list_items_are_found_with_their_places() -> None:
    assert [TEXT[start:end] for start, end in sentence_spans(TEXT)] == SENTENCES


@pytest.mark.parametrize(
    ("patterns", "figures", "words", "expected"),
    [
        ([], [], "navy binds", SENTENCES[4]),
        ([], ["$14 million"], "", SENTENCES[1]),
        ([r"\bstrings?\b"], [], "", SENTENCES[5]),
        ([], ["$14 million", "30 days"], "", "\n".join(SENTENCES[1:3])),
        ([], ["$14 million", "30 days", "10 days"], "", "\n".join(SENTENCES[1:4])),
        ([], ["$15 million"], "frogs", None),
    ],
)
def test_offsets_fall_on_the_shortest_run_of_sentences_that_carries_the_answer(
    patterns: list[str], figures: list[str], words: str, expected: str | None
) -> None:
    stems = wanted_of(Sample("1", "x", words)).stems
    assert spoken(Wanted(tuple(patterns), tuple(figures), stems)) == expected


def test_whether_the_answer_is_no_is_not_looked_for_in_the_text() -> None:
    sample = Sample("1", "x", "?", must_match=(r"\b(no|none)\b", "kite"), reference="No kite.")
    assert wanted_of(sample).patterns == ("kite",)


def test_what_a_span_lacks_is_looked_for_again() -> None:
    wanted = Wanted(("Minister", "Navy"), ("30 days",), frozenset({"kite"}))
    assert lacking("The Minister waits thirty days.", wanted) == Wanted(("Navy",), (), frozenset())


def test_a_clause_that_is_held_gets_offsets_in_its_own_text_and_one_known_by_a_note_its_id_alone(
    tmp_path: Path,
) -> None:
    record = open_record(tmp_path, create=True)
    shown = f"§ 9001. Kites\n{TEXT}"
    passages = (
        Passage("22 USC 9001(a)", None, Kind.PROVISION, "Kites", 0, 13, 0, 13),
        Passage("22 USC 9001(b)", None, Kind.PROVISION, "", 14, len(shown), 14, len(shown)),
    )
    edition = Edition(
        "22 USC 9001", "ab" * 32, date(2026, 1, 1), "https://law.example/kites", "2026-01-02", "x", Holding.OFFICIAL
    )
    record.ingest([(Reading("22 USC 9001", "Kites", shown, passages), edition)])
    sample = Sample("1", "x", "When is a loan reported?", figures=("$14 million", "10 days"))
    first, *others = evidence_of(sample, ["22 USC 9001(b)", "22 USC 9002"], record)
    assert first | {"start": 0, "end": 0} == {
        "id": "22 USC 9001(b)", "edition": "law.example/2026-01-01", "sha256": "ab" * 32, "start": 0, "end": 0,
    }  # fmt: skip
    assert text_of("22 USC 9001(b)", record)[1][first["start"] : first["end"]] == "\n".join(SENTENCES[1:4])
    assert others == [{"id": "22 USC 9002", "held": "note"}]
    (whole,) = evidence_of(sample, ["22 USC 9001"], record)
    assert shown[whole["start"] : whole["end"]] == "\n".join(SENTENCES[1:4])


def test_the_clauses_are_those_that_must_be_cited_else_those_that_may(whole: Corpus) -> None:
    must = Sample("1", "x", "?", must=("AECA sec. 3(a)",), may=("22 USC 2754",))
    assert clauses_of(must, ["22 USC 2755"], whole) == ("22 USC 2753(a)",)
    assert clauses_of(Sample("1", "x", "?", may=("22 USC 2754",)), [], whole) == ("22 USC 2754",)


def test_evidence_is_an_id_and_offsets_and_never_words() -> None:
    keys = {"id", "held"}, {"id", "edition", "sha256", "start", "end"}, {"id", "edition", "sha256"}
    for name in SETS:
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            for each in json.loads(line)["evidence"]:
                official = each if each.get("held") == "note" else {k: v for k, v in each.items() if k != "held"}
                assert set(official) in keys, each
                assert law.instrument_of(each["id"])
                assert each.get("start", 0) < each.get("end", 1)


@pytest.fixture(scope="module")
def official_record(official: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of the publishers' texts."""
    record = open_record(tmp_path_factory.mktemp("official"), create=True)
    receive(official, record)
    return record


def test_the_offsets_of_samples_lie_in_the_publishers_text_and_hold_the_figures(official_record: Record) -> None:
    held = [
        (sample, json.loads(line)["evidence"])
        for name in SETS
        for sample, line in zip(
            read_samples([name]), (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(), strict=True
        )
    ]
    drawn = [each for each in held if each[1]]
    figured = [each for each in drawn if each[0].figures]
    chosen = [*random.Random(13).sample(drawn, 120), *random.Random(14).sample(figured, 60)]
    checked = 0
    for sample, evidence in chosen:
        clauses = {each["id"]: "" for each in evidence if "start" in each}
        for each in evidence:
            edition, text = text_of(each["id"], official_record)
            if edition is None:
                assert each == {"id": each["id"], "held": "note"}, sample.id
                continue
            assert each["sha256"] == edition.sha256, sample.id
            if "start" not in each:
                continue
            assert 0 <= each["start"] < each["end"] <= len(text), sample.id
            starts, ends = zip(*sentence_spans(text), strict=True)
            assert each["start"] in starts, sample.id
            assert each["end"] in ends, sample.id
            clauses[each["id"]] += f"\n{text[each['start'] : each['end']]}"
        for id, words in clauses.items():
            whole_text = text_of(id, official_record)[1]
            for figure in sample.figures:
                if gives(whole_text, figure) and any(gives(s, figure) for s in sentences_in(whole_text)):
                    assert gives(words, figure), (sample.id, id, figure)
                    checked += 1
    assert checked >= 40


def sentences_in(text: str) -> list[str]:
    """Each sentence of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]
