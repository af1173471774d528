"""The clauses of a section: lettered, unlettered, bulleted, quoted."""

import pytest

from assistant.readers import Reading
from assistant.readers.clauses import printed
from assistant.readers.lettered import Loose, Paragraph, Section, noun_of


def read(*texts: str, loose: Loose = Loose.COUNTED) -> Reading:
    """A section of an invented order; a text that starts with `* ` is a bullet."""
    section = Section("EO 99 sec. 2", "Sec. 2. Kites.", "Kites", loose)
    section.paragraphs = [Paragraph(text.removeprefix("* "), bullet=text.startswith("* ")) for text in texts]
    clause = section.clause()
    assert clause is not None
    return printed("EO 99", "", [clause])


def tails(reading: Reading) -> list[str]:
    """The ids, without the section."""
    return [passage.id.removeprefix("EO 99 sec. 2") for passage in reading.passages]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Kites fly.",), [""]),
        (("Kites fly.", "Kites fall."), ["", ", para. 1", ", para. 2"]),
        (("Kites shall:", "(a) fly;", "(b) fall."), ["", "(a)", "(b)"]),
        (("(a) Kites shall:", "(i) fly;", "(ii) fall.", "(b) So be it."), ["", "(a)", "(a)(i)", "(a)(ii)", "(b)"]),
        (("(a) Kites shall:", "(i) fly;", "(ii) fall.", "All this holds.", "(b) Yes."),
         ["", "(a)", "(a)(i)", "(a)(ii)", "(a), flush", "(b)"]),
        (("Kites shall:", "(a) fly;", "(b) fall.", "All this holds."), ["", "(a)", "(b)", ", flush"]),
        (("Kites shall:", "(a) fly.", "Two.", "Three."), ["", ", para. 1", "(a)", ", para. 2", ", para. 3"]),
        (("(c)(i) Kites fly.", "(ii) They fall."), ["", ", para. 1", ", para. 2"]),
        (("(a)(i) Kites fly.", "(ii) They fall."), ["", "(a)", "(a)(i)", "(a)(ii)"]),
        (("(a) Kites shall:", "i. fly; or", "ii. fall."), ["", "(a)", "(a)(i)", "(a)(ii)"]),
        (("The goals are:", "* to fly;", "* to fall.", "Then rest."),
         ["", ", para. 1", ", goal 1", ", goal 2", ", para. 2"]),
        (("Read these:", "* one;", "Weigh these considerations:", "* two;", "* three."),
         ["", ", para. 1", ", item 1", ", para. 2", ", consideration 1", ", consideration 2"]),
    ],
)  # fmt: skip
def test_paragraphs_become_clauses_by_their_letters_their_count_or_their_lead_ins_noun(
    texts: tuple[str, ...], expected: list[str]
) -> None:
    assert tails(read(*texts)) == expected


def test_text_quoted_for_another_order_stays_with_the_clause_that_quotes_it() -> None:
    reading = read(
        "Do this:",
        "(i) fly.",
        "(ii) Order 98 is amended to read:",
        "“(j) Kites rise.",
        "(k) Kites sink.”",
        "(iii) rest.",
    )
    assert tails(reading) == ["", "(i)", "(ii)", "(iii)"]
    quoting = next(passage for passage in reading.passages if passage.id.endswith("(ii)"))
    assert reading.text[quoting.own_start : quoting.own_end].endswith("“(j) Kites rise.\n(k) Kites sink.”")


def test_the_numbers_of_two_lists_of_one_kind_run_on() -> None:
    reading = read("The objectives:", "* one;", "More objectives:", "* two.")
    assert tails(reading) == ["", ", para. 1", ", objective 1", ", para. 2", ", objective 2"]


def test_a_mirrors_sentences_are_joined_to_the_clause_before_them() -> None:
    reading = read("Kites fly.", "They fall.", "(a) One.", "Still one.", loose=Loose.SENTENCE)
    assert tails(reading) == ["", "(a)"]
    assert reading.text == "Sec. 2. Kites. Kites fly. They fall.\n(a) One. Still one."


def test_a_regulations_unlettered_paragraph_stands_within_the_clause_above_it() -> None:
    reading = read("(a) One.", "Still one.", "(b) Two.", loose=Loose.WITHIN)
    assert tails(reading) == ["", "(a)", "(b)"]
    assert "(a) One.\nStill one.\n(b) Two." in reading.text


@pytest.mark.parametrize(
    ("lead_in", "noun"),
    [
        ("taking into account the following considerations:", "consideration"),
        ("consistent with these objectives and these principles:", "principle"),
        ("the criteria are:", "criterion"),
        ("its priorities:", "priority"),
        ("under the following statutes:", "item"),
    ],
)
def test_bullets_take_the_last_such_noun_of_their_lead_in(lead_in: str, noun: str) -> None:
    assert noun_of(lead_in) == noun
