import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import excerpt

ASKED = "Who certifies a kite to the Assembly?"
WHOLE = "The Minister of Winds shall certify each kite to the Assembly."


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (WHOLE, WHOLE),
        (f"Kite Transfers and the Assembly of Winds. {WHOLE}", WHOLE),
        ("Kites and Human Rights.", ""),
        ("Sec. 2.", ""),
        ("Kite\tAssembly\tDays", ""),
        ("The Minister shall certify to the Assembly each kite that—", ""),
        ("No kite may be certified to the Assembly unless:", ""),
        ("[Kites amended Ex.", ""),
        ("For delegation of the duty to certify a kite to the Assembly, see the order set out as a note.", ""),
        ("such Assembly certifies to the Minister that the kite is owned by such Assembly.", ""),
        ("or a kite of the Assembly; and", ""),
        (
            "the kite is one that the Minister has certified to the Assembly for transfer abroad; and",
            "the kite is one that the Minister has certified to the Assembly for transfer abroad",
        ),
        ("Every balloon must be painted red before it is flown abroad.", ""),
        (f"“{WHOLE}", WHOLE),
    ],
)
def test_only_a_whole_sentence_that_bears_on_the_question_is_quoted(text: str, quoted: str) -> None:
    assert excerpt.quotable(text, ASKED) == quoted


def test_a_clause_that_is_only_named_is_quoted_by_its_first_whole_sentence() -> None:
    assert excerpt.quotable(f"Certification. {WHOLE} A storm is no excuse for any delay in it.", "") == WHOLE


@pytest.mark.parametrize(
    ("said", "note", "whole"),
    [
        ("A kite is lent;", "A kite is lent; (B) it comes back.", "A kite is lent; (B) it comes back."),
        ("It is the only one.", "A festival is exempt. It is the only one.", "A festival is exempt. It is the only one."),
        ("Flags may fly.", "Kites may not fly. Flags may fly.", "Flags may fly."),
        ("Words of a model", "A festival is exempt. It is the only one.", "Words of a model"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_note_begins_and_ends_where_its_sentences_do(said: str, note: str, whole: str) -> None:
    assert excerpt.whole(said, note) == whole


@given(st.text(), st.text())
def test_what_is_quoted_stands_in_the_text(text: str, question: str) -> None:
    assert " ".join(excerpt.quotable(text, question).split()) in " ".join(text.split())
