"""Answers as Word documents and as Markdown."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from assistant import ask, export
from assistant.ask.answer import Answer, Warned
from assistant.desk import Desk
from assistant.errors import BadInput
from evals.word import faults
from tests.export.conftest import links, words

ON = date(2024, 5, 1)


@pytest.fixture(scope="module")
def answered(desk: Desk) -> Answer:
    """An answer with claims."""
    found = ask.ask("Who may waive the certification of a kite under 22 USC 9001(c)?", desk, ON)
    assert found.claims
    return found


def test_an_answer_stands_in_word_with_a_note_for_every_sentence(answered: Answer) -> None:
    data = export.answer_word(answered)
    assert faults(data) == []
    said = words(data)
    assert answered.question in said
    assert all(claim.claim.text in said for claim in answered.claims)
    assert all(each.cite in said for claim in answered.claims for each in claim.cited)
    tables = docx.Document(io.BytesIO(data)).tables
    assert len(tables[-1].rows) == len(dict.fromkeys(ask.provisions(answered))) + 1


def test_an_abstention_says_why(answered: Answer) -> None:
    none = replace(
        answered, claims=(), reason="not_held", because="The record is not held.", nearest=(("a", "Kite § 1"),)
    )
    data = export.answer_word(none)
    assert faults(data) == []
    for words_said in ("the text asked for is not held", "The record is not held.", "Kite § 1"):
        assert words_said in words(data)
        assert words_said in export.answer_markdown(none)


def test_a_warning_is_told_in_both_forms(answered: Answer) -> None:
    warned = replace(answered, warnings=(Warned("revoked", "It was revoked on 1 May 2024."),))
    assert "Revoked: It was revoked on 1 May 2024." in words(export.answer_word(warned))
    assert "**Revoked:** It was revoked on 1 May 2024." in export.answer_markdown(warned)


def test_a_hostile_question_is_shown_and_does_nothing(answered: Answer) -> None:
    question = (
        '<img src=x onerror=1> [a](javascript:b) { INCLUDETEXT "x" }\n# head\n\x1b[31m\u202e https://evil.example'
    )
    hostile = replace(answered, question=question)
    data = export.answer_word(hostile)
    assert faults(data) == []
    assert '{ INCLUDETEXT "x" }' in words(data)
    assert not any("evil" in link for link in links(data))
    shown = export.answer_markdown(hostile)
    assert "\n# head" not in shown
    assert r"\<img src=x onerror=1\>" in shown
    assert r"\[a\](javascript:b)" in shown
    assert "https://evil" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_the_publishers_address_alone_is_a_link_in_markdown(answered: Answer) -> None:
    said = answered.claims[0]
    for url, linked in (
        ("https://uscode.house.gov/a", True),
        ("javascript:alert(1)", False),
        ("https://a.gov/)>x", False),
    ):
        changed = replace(answered, claims=(replace(said, cited=(replace(said.cited[0], url=url),)),))
        assert ("](<" in export.answer_markdown(changed)) is linked


def test_an_answer_is_written_by_its_files_ending(answered: Answer, tmp_path: Path) -> None:
    export.write_answer(answered, tmp_path / "a.docx")
    export.write_answer(answered, tmp_path / "a.md")
    assert faults((tmp_path / "a.docx").read_bytes()) == []
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == export.answer_markdown(answered)
    with pytest.raises(BadInput):
        export.write_answer(answered, tmp_path / "a.html")
