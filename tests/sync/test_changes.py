"""Comparing two printings clause by clause, on invented law."""

import json
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadInput, NotHeld
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.readers.clauses import Clause, printed
from assistant.record import Record, open_record
from assistant.sync.changes import Change, How, Layer, Printing, as_json, compare, diff_instrument

LAW = "99 USC 70"
FLY = "A kite may fly where the wind is fair and no bird is harmed."
HOLD = "A string of good silk must be held by the person who flies."
LAND = "Each kite must be brought down before the fall of night."
RING = "The ringing of bells is left to those who live on the hill."


def law(*clauses: tuple[str, str], heading: str = "", kind: Kind = Kind.PROVISION) -> Printing:
    """A section with clauses, each by its designator and its words."""
    children = [Clause(f"{LAW}({name})", kind, f"({name})", heading, words) for name, words in clauses]
    reading = printed(LAW, "Kites", [Clause(LAW, label="§ 70. Kites", heading="Kites", children=children)])
    return Printing(reading.text, reading.passages)


def told(changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    """How, was and is, without the section's number."""
    return [(c.how.value, c.was.removeprefix(LAW), c.provision.removeprefix(LAW)) for c in changes]


def words(change: Change, *kinds: str) -> str:
    """The words of segments."""
    return " ".join(segment.text for segment in change.segments if segment.kind in kinds)


ABC = [("a", FLY), ("b", HOLD), ("c", LAND)]
CASES = [
    ("nothing", ABC, ABC, []),
    ("white space", ABC, [("a", FLY.replace(" ", "\n  ")), ("b", f" {HOLD}\t"), ("c", LAND)], []),
    ("no-break spaces", ABC, [("a", FLY.replace(" ", "\u00a0")), *ABC[1:]], []),
    ("a word", ABC, [("a", FLY.replace("fair", "foul")), *ABC[1:]], [("changed", "(a)", "(a)")]),
    ("one at the end", ABC, [*ABC, ("d", RING)], [("added", "", "(d)")]),
    ("one less", ABC, ABC[:2], [("removed", "(c)", "")]),
    ("one put in front", ABC, [("a", RING), ("b", FLY), ("c", HOLD), ("d", LAND)], [
        ("added", "", "(a)"), ("renumbered", "(a)", "(b)"), ("renumbered", "(b)", "(c)"), ("renumbered", "(c)", "(d)"),
    ]),
    ("the first taken out", ABC, [("a", HOLD), ("b", LAND)], [
        ("removed", "(a)", ""), ("renumbered", "(b)", "(a)"), ("renumbered", "(c)", "(b)"),
    ]),
    ("two exchanged", ABC, [("a", HOLD), ("b", FLY), ("c", LAND)], [("renumbered", "(b)", "(a)"), ("renumbered", "(a)", "(b)")]),
    ("moved and touched", ABC, [*ABC[:2], ("z", LAND.replace("the fall", "the fail"))], [("renumbered", "(c)", "(z)")]),
    ("moved and rewritten", ABC, [*ABC[:2], ("z", RING)], [("removed", "(c)", ""), ("added", "", "(z)")]),
    ("a word said again", [("a", "Repealed."), ("b", FLY)], [("b", FLY), ("c", "Repealed.")], [("removed", "(a)", ""), ("added", "", "(c)")]),
    ("everything", ABC, [("x", RING)], [("added", "", "(x)"), ("removed", "(a)", ""), ("removed", "(b)", ""), ("removed", "(c)", "")]),
    ("all new", [], ABC, [("added", "", "(a)"), ("added", "", "(b)"), ("added", "", "(c)")]),
    ("a copy", ABC, [*ABC, ("d", FLY)], [("added", "", "(d)")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_each_clause_that_differs_is_told_once(
    before: list[tuple[str, str]], after: list[tuple[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    assert sorted(told(compare(law(*before), law(*after)))) == sorted(expected)


def test_alike_clauses_that_shift_keep_their_order() -> None:
    def row(price: int) -> str:
        return f"A sale of kites worth {price} dollars or more to any country must be told to the Assembly."

    before = law(*((name, row(price)) for name, price in zip("abc", (10, 20, 30), strict=True)))
    after = law(*((name, row(price)) for name, price in zip("abcd", (5, 10, 20, 30), strict=True)))
    assert told(compare(before, after)) == [
        ("added", "", "(a)"), ("renumbered", "(a)", "(b)"), ("renumbered", "(b)", "(c)"), ("renumbered", "(c)", "(d)"),
    ]  # fmt: skip


def test_a_clause_changed_a_little_stays_itself_beside_a_like_one() -> None:
    before = law(("a", FLY + HOLD), ("b", FLY + HOLD + " Today."))
    after = law(("a", FLY + HOLD.replace("good", "fine")), ("b", FLY + HOLD + " Today!"))
    assert told(compare(before, after)) == [("changed", "(a)", "(a)"), ("changed", "(b)", "(b)")]


def test_a_change_is_told_word_by_word() -> None:
    (change,) = compare(law(("a", FLY)), law(("a", FLY.replace("fair and no", "good and not a"))))
    assert [(s.kind, s.text) for s in change.segments] == [
        ("equal", "A kite may fly where the wind is"),
        ("removed", "fair"),
        ("added", "good"),
        ("equal", "and"),
        ("removed", "no"),
        ("added", "not a"),
        ("equal", "bird is harmed."),
    ]


def test_a_changed_heading_is_a_change() -> None:
    (change,) = compare(law(("a", FLY), heading="Flying"), law(("a", FLY), heading="Flight"))
    assert (change.how, change.heading, words(change, "removed"), words(change, "added")) == (
        How.CHANGED, "Flight", "Flying", "Flight",
    )  # fmt: skip


def test_a_clause_is_not_told_as_changed_for_the_clauses_below_it() -> None:
    def section(leaf: str) -> Printing:
        inner = Clause(f"{LAW}(a)", label="(a)", own=FLY, children=[Clause(f"{LAW}(a)(1)", label="(1)", own=leaf)])
        reading = printed(LAW, "", [Clause(LAW, label="§ 70.", own="Of kites.", children=[inner])])
        return Printing(reading.text, reading.passages)

    assert told(compare(section(HOLD), section(LAND))) == [("changed", "(a)(1)", "(a)(1)")]


def test_a_row_is_told_without_its_table() -> None:
    def table(price: str) -> Printing:
        text = f"(a) Prices:\nKite\tPrice\nRed kite\t{price}\nBlue kite\t7"
        start, red, blue = text.index("Kite\t"), text.index("Red"), text.index("Blue")
        end = len(text)
        return Printing(
            text,
            (
                Passage(f"{LAW}(a)", LAW, Kind.PROVISION, "", 0, end, 4, end),
                Passage(f"{LAW}(a), table", f"{LAW}(a)", Kind.TABLE, "", start, end, start, end),
                Passage(
                    f"{LAW}(a), row Red kite", f"{LAW}(a), table", Kind.ROW, "Red kite", red, blue - 1, red, blue - 1
                ),
                Passage(f"{LAW}(a), row Blue kite", f"{LAW}(a), table", Kind.ROW, "Blue kite", blue, end, blue, end),
            ),
        )

    (change,) = compare(table("5"), table("6"))
    assert (change.provision, words(change, "removed"), words(change, "added")) == (f"{LAW}(a), row Red kite", "5", "6")


def test_notes_and_amendments_are_told_apart_from_law() -> None:
    def section(note: str, amended: str) -> Printing:
        notes = [Clause(f"{LAW} note", Kind.NOTE, own=note), Clause(f"{LAW}, amendments", Kind.AMENDMENTS, own=amended)]
        reading = printed(LAW, "", [Clause(LAW, own=FLY), *notes])
        return Printing(reading.text, reading.passages)

    changes = compare(section(HOLD, LAND), section(HOLD + " Now.", "2025. " + LAND))
    assert [(change.layer, change.how) for change in changes] == [
        (Layer.NOTES, How.CHANGED), (Layer.AMENDMENTS, How.CHANGED),
    ]  # fmt: skip


def test_law_that_became_a_note_is_no_renumbering() -> None:
    changes = compare(law(("a", FLY)), law(("a", FLY), kind=Kind.NOTE))
    assert [(change.layer, change.how) for change in changes] == [(Layer.LAW, How.REMOVED), (Layer.NOTES, How.ADDED)]


def test_changes_are_given_to_other_programs() -> None:
    rows = as_json(compare(law(*ABC), law(ABC[0], ("b", LAND), ("d", RING))))
    assert json.loads(json.dumps(rows)) == rows
    assert [(row["how"], row["was"], row["provision"], row["layer"]) for row in rows] == [
        ("removed", f"{LAW}(b)", None, "law"),
        ("renumbered", f"{LAW}(c)", f"{LAW}(b)", "law"),
        ("added", None, f"{LAW}(d)", "law"),
    ]


WORD = st.sampled_from(["kite", "wind", "string", "bell", "may", "must", "not", "fly", "ring", "hold", "(a)", "\u00a7"])
TEXT = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
SECTION = st.dictionaries(st.sampled_from("abcdefgh"), TEXT, max_size=6).map(lambda found: law(*found.items()))


@given(SECTION, SECTION)
@settings(max_examples=60, deadline=None)
def test_every_clause_is_accounted_for_and_the_words_can_be_put_together_again(
    before: Printing, after: Printing
) -> None:
    changes = compare(before, after)
    old = {p.id: before.text[p.own_start : p.own_end] for p in before.passages if p.id != LAW}
    new = {p.id: after.text[p.own_start : p.own_end] for p in after.passages if p.id != LAW}
    for change in changes:
        assert words(change, "equal", "removed") == old.pop(change.was, "")
        assert words(change, "equal", "added") == new.pop(change.provision, "")
    assert old == new


@given(SECTION)
@settings(max_examples=30, deadline=None)
def test_nothing_differs_from_itself(section: Printing) -> None:
    assert compare(section, section) == ()


def test_a_long_section_wholly_rewritten_is_compared_in_seconds() -> None:
    long = " ".join(f"{word} {number % 37}" for number in range(3_000) for word in ("the", "kite", "of"))
    before = law(*((f"{n}", f"{FLY} {n} {HOLD} {n * 7}") for n in range(1_200)), ("z", long))
    after = law(
        *((f"{n}", f"{LAND} {n} {RING} {n * 5}") for n in range(1_200)), ("z", long.replace("7 kite", "7 bell"))
    )
    began = time.monotonic()
    assert len(compare(before, after)) == 1_201
    assert time.monotonic() - began < 20


# Editions held


def edition(
    day: str, words: str, *, holding: Holding = Holding.OFFICIAL, form: str = "uslm-section"
) -> tuple[Reading, Edition]:
    """An edition of a section as of a day."""
    reading = printed(LAW, "Kites", [Clause(LAW, label="§ 70.", own=words)])
    return reading, Edition(LAW, f"{day}{words}", date.fromisoformat(day), "", "", form, holding)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record with three official editions and a lossy copy."""
    found = open_record(tmp_path, create=True)
    found.ingest([edition("2020-01-01", FLY), edition("2022-01-01", HOLD), edition("2024-01-01", LAND)])
    found.ingest([edition("2023-01-01", "Kites?", holding=Holding.LOSSY)])
    return found


@pytest.mark.parametrize(
    ("since", "until", "before", "after"),
    [
        (None, None, "2022-01-01", "2024-01-01"),
        ("2020-06-01", None, "2020-01-01", "2024-01-01"),
        ("2021-12-31", "2023-06-01", "2020-01-01", "2022-01-01"),
        (None, "2023-06-01", "2020-01-01", "2022-01-01"),
        ("2022-01-01", "2030-01-01", "2022-01-01", "2024-01-01"),
    ],
)
def test_the_editions_compared_are_those_that_stood_on_the_two_days(
    record: Record, since: str | None, until: str | None, before: str, after: str
) -> None:
    days = [date.fromisoformat(day) if day else None for day in (since, until)]
    found = diff_instrument(record, LAW, *days)
    assert (found.before.as_of.isoformat(), found.after.as_of.isoformat()) == (before, after)
    assert [change.how for change in found.changes] == [How.CHANGED]
    assert found.warnings == ()


def test_one_edition_for_both_days_is_no_change_and_said_to_be_one(record: Record) -> None:
    found = diff_instrument(record, LAW, date(2022, 2, 2), date(2023, 2, 2))
    assert found.changes == ()
    assert found.warnings == ("One edition, as of 2022-01-01, stands for both days; none between them is held.",)


def test_two_formats_are_compared_with_a_warning(record: Record) -> None:
    record.ingest([edition("2025-01-01", LAND, form="pdf")])
    found = diff_instrument(record, LAW)
    assert found.changes == ()
    assert "different formats (uslm-section and pdf)" in found.warnings[0]


@pytest.mark.parametrize(
    ("instrument", "since", "until", "says"),
    [
        (LAW, date(2019, 1, 1), None, "is as of 2020-01-01, after 2019-01-01"),
        (LAW, None, date(2019, 1, 1), "is as of 2020-01-01, after 2019-01-01"),
        (LAW, None, date(2020, 2, 1), "Only one edition of 99 USC 70 as of 2020-02-01 or before is held"),
        ("99 USC 71", None, None, "No official text of 99 USC 71 is held"),
    ],
)
def test_a_day_without_an_edition_is_named(
    record: Record, instrument: str, since: date | None, until: date | None, says: str
) -> None:
    with pytest.raises(NotHeld, match=says) as caught:
        diff_instrument(record, instrument, since, until)
    assert "pincite sync" in caught.value.next_step


def test_days_in_the_wrong_order_are_named(record: Record) -> None:
    with pytest.raises(BadInput, match="2020-01-01 is before 2024-01-01"):
        diff_instrument(record, LAW, date(2024, 1, 1), date(2020, 1, 1))
