"""What the entries of a clause, of the clause above it and of its parts hold of a question: a row of numbers a clause."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engines.features import Signals
from assistant.engines.lexical import Lexical
from assistant.index import Level

Numbers = NDArray[np.float32]
LEVELS = tuple(Level)
# What a clause tells of, by words that stand in such clauses.
TELLS = {
    "who": "secretary president director administrator attorney chief committee commander DSCA DDTC",
    "when": "day month year annual quarter before later within deadline date",
    "amount": "percent million dollar value cost price",
    "meaning": "mean term define definition",
    "leave": "no not prohibit exempt exemption except waive waiver unless require",
    "contents": "include contain describe description statement list information",
    "where": "NATO country Israel Japan Korea Australia Taiwan ally kingdom region",
    "why": "purpose policy goal objective factor criteria consider interest assess",
    "penalty": "penalty fine imprison convict guilty violation civil debar forfeit",
    "notice": "report certify certification notify notification transmit submit Congress committee Speaker",
    "onward": "retransfer reexport consent transfer third recipient end-use",
    "papers": "application form license letter register registration record signed copy file",
}
NAMES = (
    *(f"{level} {name}" for level in LEVELS for name in ("bm25", "cosine", "turned", "held")),
    "coverage", "coverage own", "coverage with parts", "beyond what stands above", "rarest three",
    "fused", "expanded", "length",
    *(f"tells {name}" for name in TELLS),
    "words asked", "rarity asked", "top cosine",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Where the entries of a clause stand in the index, those of the clause above it, and those of its parts."""

    own: Sequence[int]
    above: Sequence[int]
    below: Sequence[int]


class Words:
    """The words of the entries, ready to be held against questions; `levels[i]` is the place in `LEVELS` of entry i."""

    def __init__(self, lexical: Lexical, levels: NDArray[np.int8]) -> None:
        self.lexical = lexical
        self.levels = levels
        self._told = np.zeros(max(len(lexical.vocabulary), 1), np.uint16)
        for bit, told in enumerate(TELLS.values()):
            self._told[lexical.known(told)] |= 1 << bit
        amount = 1 << list(TELLS).index("amount")
        for word, number in lexical.vocabulary.items():
            if word.startswith("usd"):
                self._told[number] |= amount

    def rows(self, signals: Signals, clauses: Sequence[Places]) -> Numbers:
        """A row of `NAMES` for each clause."""
        a = self.lexical.arrays
        words = np.array(list(dict.fromkeys(signals.known)) or [0], np.int64)
        idf = np.asarray(a["idf"][words], np.float32) if signals.known else np.zeros(1, np.float32)
        whole, rarest = max(float(idf.sum()), 1e-6), np.argsort(-idf)[:3]
        positions = np.array(sorted({p for c in clauses for some in (c.own, c.above, c.below) for p in some}), np.int64)
        row_of = {int(position): row for row, position in enumerate(positions)}
        near, headed, told, length = self._read(positions, words)
        bm25 = signals.near + signals.above
        top = max(float(bm25.max(initial=0)), 1e-6)
        count = len(clauses)
        own, above, below = (
            _Members.of([getattr(clause, name) for clause in clauses], row_of) for name in ("own", "above", "below")
        )
        places = positions[own.rows]
        columns: list[Numbers] = []
        for level in range(len(LEVELS)):
            here = self.levels[places] == level
            for scores in (bm25 / np.float32(top), signals.cosine, signals.turned, np.ones(len(bm25), np.float32)):
                columns.append(own.highest(np.where(here, scores[places], 0), count))
        both = near | headed
        said, held = own.any(near, count), own.any(both, count)
        parts, over = held | below.any(both, count), above.any(both, count)
        columns += [(chosen @ idf) / np.float32(whole) for chosen in (held, said, parts, held & ~over)]
        columns += [(held[:, rarest] @ idf[rarest]) / np.float32(max(float(idf[rarest].sum()), 1e-6))]
        columns += [
            own.highest(signals.fused[places], count),
            own.highest(signals.expanded[places] / np.float32(top), count),
        ]
        lengths = np.bincount(own.clauses, length[own.rows], count)
        columns += [np.asarray(np.log1p(lengths) / 5, np.float32)]
        tells = np.zeros(count, np.uint16)
        np.bitwise_or.at(tells, own.clauses, told[own.rows])
        columns += [(tells >> bit & 1).astype(np.float32) for bit in range(len(TELLS))]
        asked = (len(words) / 20, whole / 100, float(signals.cosine.max(initial=0)))
        columns += [np.full(count, figure, np.float32) for figure in asked]
        return np.stack(columns, axis=1).reshape(count, len(NAMES))

    def _read(
        self, positions: NDArray[np.int64], words: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.uint16], NDArray[np.int64]]:
        """For each position: which of the words its text and its path hold, what it tells of, and its length in words."""
        a = self.lexical.arrays
        starts, ends = a["word_ends"][positions], a["word_ends"][positions + 1]
        lengths = ends - starts
        owner = np.repeat(np.arange(len(positions)), lengths)
        offsets = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        tokens = a["words"][np.repeat(starts, lengths) + offsets]
        own = offsets >= np.repeat(a["path_ends"][positions] - starts, lengths)
        slots = np.full(max(len(self.lexical.vocabulary), 1), -1, np.int32)
        slots[words] = np.arange(len(words))
        slot = slots[tokens]
        near, headed = (np.zeros((len(positions), len(words)), bool) for _ in range(2))
        for mask, chosen in ((near, (slot >= 0) & own), (headed, (slot >= 0) & ~own)):
            mask[owner[chosen], slot[chosen]] = True
        told = np.zeros(len(positions), np.uint16)
        np.bitwise_or.at(told, owner[own], self._told[tokens[own]])
        return near, headed, told, ends - a["path_ends"][positions]


@dataclass(frozen=True, slots=True)
class _Members:
    """The entries that belong to clauses: for each its row among those read, and the number of the clause."""

    rows: NDArray[np.int64]
    clauses: NDArray[np.int64]

    @classmethod
    def of(cls, groups: Sequence[Sequence[int]], row_of: dict[int, int]) -> "_Members":
        rows = np.array([row_of[place] for group in groups for place in group], np.int64)
        return cls(rows, np.repeat(np.arange(len(groups)), [len(group) for group in groups]))

    def highest(self, figures: Numbers, count: int) -> Numbers:
        """For each clause the highest figure of its entries, 0 at least."""
        found = np.zeros(count, np.float32)
        np.maximum.at(found, self.clauses, figures)
        return found

    def any(self, held: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
        """For each clause which words any of its entries holds; `held` has a row for each entry read."""
        found = np.zeros((count, held.shape[1]), bool)
        entries, words = np.nonzero(held[self.rows])
        found[self.clauses[entries], words] = True
        return found
