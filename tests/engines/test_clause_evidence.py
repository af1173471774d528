from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.engines import evidence, hybrid, lexical
from assistant.engines.encoder import HashedWords
from assistant.engines.evidence import NAMES, Places, Words
from assistant.engines.ranking import Ranker
from assistant.index import Entry, Level
from assistant.law import Authority, Holding

NOW = date(2026, 1, 1)
TEXTS = [
    ("22 USC 1(a)", Level.NOTE, "Kites. Flights", "The Secretary must report each flight within 30 days."),
    ("22 USC 1(a)", Level.PLAIN, "Kites. Flights", "telling people about a kite flown"),
    ("22 USC 1(a)(1)", Level.NOTE, "Kites. Flights. Fees", "A flight worth $500 is free."),
    ("22 USC 1", Level.NOTE, "Kites", "What kites are."),
]


@pytest.fixture
def ranker() -> Ranker:
    held = lexical.build([(path, text) for _, _, path, text in TEXTS])
    encoder = HashedWords()
    vectors = encoder.encode([text for _, _, _, text in TEXTS])
    return Ranker(held, encoder, vectors, np.arange(len(TEXTS), dtype=np.int32))


def _row(ranker: Ranker, question: str, places: Places) -> dict[str, float]:
    words = Words(ranker.lexical, np.array([evidence.LEVELS.index(level) for _, level, _, _ in TEXTS], np.int8))
    (row,) = words.rows(ranker.signals(question), [places])
    return dict(zip(NAMES, row.tolist(), strict=True))


def test_a_clause_is_weighed_by_its_note_and_by_everyday_words_apart(ranker: Ranker) -> None:
    row = _row(ranker, "who is told about a kite flown?", Places([0, 1], [3], [2]))
    assert row["plain held"] == row["note held"] == 1
    assert row["text held"] == row["text bm25"] == 0
    assert row["plain bm25"] == pytest.approx(1)
    assert row["plain bm25"] > row["note bm25"]


def test_what_a_clause_tells_of_is_seen_in_its_own_words(ranker: Ranker) -> None:
    report, fee = _row(ranker, "flight", Places([0], [], [])), _row(ranker, "flight", Places([2], [], []))
    assert [report[f"tells {name}"] for name in ("who", "when", "amount")] == [1, 1, 0]
    assert [fee[f"tells {name}"] for name in ("who", "when", "amount")] == [0, 0, 1]


def test_words_that_only_a_part_or_only_the_clause_above_has_are_told_apart(ranker: Ranker) -> None:
    row = _row(ranker, "kites flight free", Places([0], [3], [2]))
    assert row["coverage own"] < row["coverage"] < row["coverage with parts"] == pytest.approx(1)
    assert row["beyond what stands above"] < row["coverage"]
    assert _row(ranker, "kites flight free", Places([0], [], []))["coverage with parts"] < 1


@pytest.mark.parametrize("question", ["", "zzz qqq", "kite " * 500])
def test_a_clause_without_entries_and_a_question_without_known_words_have_a_row(ranker: Ranker, question: str) -> None:
    row = _row(ranker, question, Places([], [], []))
    assert np.isfinite(list(row.values())).all()
    assert row["coverage"] == row["fused"] == 0


def test_an_index_says_what_it_holds_of_a_question_on_the_day_alone(tmp_path: Path) -> None:
    entries = [
        Entry("22 USC 1(a)", Holding.NOTE, Authority.STATUTE, "Kites", "A fee of $5.", None, date(2020, 1, 1)),
        Entry("22 USC 1(a)", Holding.NOTE, Authority.STATUTE, "Kites", "No fee.", date(2020, 1, 1), None),
        Entry("22 USC 1", Holding.NOTE, Authority.STATUTE, "Kites", "Kites.", level=Level.TEXT),
    ]
    index = hybrid.HybridIndex(hybrid.build(entries, HashedWords(), tmp_path), HashedWords())
    families = [("22 USC 1(a)", "22 USC 1", []), ("22 USC 1", "", ["22 USC 1(a)"]), ("22 USC 9", "", [])]
    then, now = (index.evidence("fee", day, families) for day in (date(2019, 1, 1), NOW))
    assert then.shape == now.shape == (3, len(NAMES))
    amount, text = NAMES.index("tells amount"), NAMES.index("text held")
    assert (then[0, amount], now[0, amount]) == (1, 0)
    assert now[:, text].tolist() == [0, 1, 0]
    assert now[1, NAMES.index("coverage with parts")] == pytest.approx(1)


def test_an_index_kept_in_an_earlier_form_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [Entry("22 USC 1", Holding.NOTE, Authority.STATUTE, "Kites", "Kites.")]
    monkeypatch.setattr(hybrid, "_FORMAT", 1)
    old = hybrid.open_or_build(tmp_path, HashedWords(), "held", lambda: entries).generation
    assert hybrid.open_or_build(tmp_path, HashedWords(), "held", lambda: entries).generation == old
    monkeypatch.setattr(hybrid, "_FORMAT", 2)
    assert hybrid.open_or_build(tmp_path, HashedWords(), "held", lambda: entries).generation.folder != old.folder
