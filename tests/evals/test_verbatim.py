"""What is stored and quoted stands in its source: the check itself, on invented law."""

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.desk import Desk, open_desk
from assistant.record import open_record
from assistant.settings import Settings
from assistant.sync import receive
from assistant.sync.mirror import Row, opened
from evals import verbatim

SMALL = Path(__file__).parents[1] / "small_corpus"
POLICY = """---
title: Kite Transfer Policy
---

**Section 1.  Restraint.**  No kite may be transferred where it is *more likely than not* that it would be used to
frighten birds \\- and none in a “gale”.

**Sec. 2.  Scope.**  It covers every kite.
"""
STATUTE = """<?xml version="1.0" encoding="UTF-8"?>
<section xmlns="http://xml.house.gov/schemas/uslm/1.0" identifier="/us/usc/t22/s9001"><num value="9001">§ 9001.</num>
<heading> Kite transfers</heading><subsection identifier="/us/usc/t22/s9001/a"><num value="a">(a)</num>
<content> The Minister shall certify every kite<ref class="footnoteRef" idref="n">1</ref> of $14,000,000 or more.
<note type="footnote" id="n"><num>1</num><p>So in original.</p></note></content></subsection></section>"""


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mirror of two invented texts."""
    folder = tmp_path_factory.mktemp("mirror")
    rows = []
    for name, instrument, form, text in (
        ("policy.md", "NSM-91", "whitehouse-markdown", POLICY),
        ("9001.xml", "22 USC 9001", "uslm-section", STATUTE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        rows.append({"file": name, "instrument": instrument, "format": form, "completeness": "complete", "publisher_url": "",
                     "as_of": "2026-01-01", "sha256": sha256, "prefer": True})  # fmt: skip
    (folder / "MANIFEST.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def asked(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk over the small corpus that holds both texts."""
    home = tmp_path_factory.mktemp("home")
    record = open_record(home, create=True)
    receive(mirror, record)
    record.close()
    return open_desk(Settings(home=home, encoder="hashed-words"), folder=SMALL)


def missing(mirror: Path, desk: Desk, spoil: Callable[[bytes], bytes] = lambda data: data) -> tuple[int, set[str]]:
    """How many provisions were looked for in the mirror's files, and which were not found once the files are spoilt."""
    with opened(mirror) as (rows, read):
        count, found = verbatim.stored(desk.record, rows, lambda name: spoil(read(name)), 500, random.Random(1))
    return count, {each.provision for each in found}


def test_every_stored_provision_stands_in_its_source(mirror: Path, asked: Desk) -> None:
    count, found = missing(mirror, asked)
    assert count >= 4
    assert found == set()


def test_a_word_that_the_source_does_not_have_is_found(mirror: Path, asked: Desk) -> None:
    assert missing(mirror, asked, lambda data: data.replace(b"$14,000,000", b"$15,000,000"))[1] == {"22 USC 9001(a)"}
    assert missing(mirror, asked, lambda data: data.replace(b"every kite.", b"all kites."))[1] == {"NSM-91 sec. 2"}


@pytest.mark.parametrize(
    ("words", "over_a_page", "found"),
    [
        ("thekiteflies", False, True),
        ("thekitefliesandlands", False, False),
        ("thekitefliesandlands", True, True),
        ("thekitefliesandsinks", True, False),
        ("akitefliesandlands", True, False),
        ("", True, True),
    ],
)
def test_a_cell_that_goes_on_over_the_page_stands_in_two_pieces(words: str, over_a_page: bool, found: bool) -> None:
    assert verbatim.stands(words, "thekiteflies neighbour andlands", over_a_page=over_a_page) is found


QUESTIONS = [
    {"question": "What must be certified to Congress under 22 USC 9001(a)?"},
    {"question": "What did NSM-91 section 1 say of a kite that would be used to frighten birds?"},
]


def test_every_quotation_of_an_answer_is_its_clauses_text_at_its_place(asked: Desk) -> None:
    count, wrong = verbatim.quoted(asked, QUESTIONS)
    assert count
    assert wrong == []


def test_a_quotation_one_letter_off_is_found(asked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(question: str, desk: Desk, as_of: date | None) -> object:
        answer = ask(question, desk, as_of)
        claims = tuple(
            replace(said, cited=tuple(
                replace(each, citation=replace(each.citation, start=(each.citation.start or 0) + 1)) if each.citation.quote else each
                for each in said.cited
            ))
            for said in answer.claims
        )  # fmt: skip
        return replace(answer, claims=claims)

    ask = verbatim.ask
    monkeypatch.setattr(verbatim, "ask", shifted)
    count, wrong = verbatim.quoted(asked, QUESTIONS)
    assert count == len(wrong) > 0


def test_a_file_of_the_record_that_the_mirror_lacks_is_not_counted(mirror: Path, asked: Desk) -> None:
    nothing: list[Row] = []
    assert verbatim.stored(asked.record, nothing, lambda name: b"", 10, random.Random(1)) == (0, [])
