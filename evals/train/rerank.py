"""Train the reranker that ships, on questions whose passages are known, and measure it on questions kept apart.

`python -m evals.train.rerank BEIR_DIR [--home HOME ...] --cache CACHE`: half of the benchmark's questions train it and the
other half measure it; so does each third of our own samples, asked of the index in each HOME, after the rest have trained.
The weights that ship are written by `evals.train.order`, which trains above these.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engines import hybrid
from assistant.engines.encoder import Encoder, PackagedEncoder, Vectors
from assistant.engines.features import NAMES
from assistant.engines.ranking import POOL, Ranker, blended, rank_texts
from assistant.engines.reranker import Ensemble, Turn
from assistant.engines.vectors import encode_windows
from assistant.retrieve import read_glossary
from assistant.settings import CHECKED_THROUGH, data_path
from evals import measures
from evals.beir import read_collection
from evals.sample import Sample, read_samples
from evals.train.network import Shape, fit

SHAPE = Shape()
SETS = ("lookup", "reasoning", "answerable", "premise", "clauses")
_MAY = 0.3
_FOLDS = 3
GENERAL_RANK, OWN_RANK = 16, 48
_TURN_EPOCHS, _TURN_POOL, _TURN_FOLDS = 15, 60, 4
Grades = dict[str, float]


@dataclass(frozen=True)
class Asked:
    """A question: the names of its candidates best fused first, their features, and the grade of each name that has one."""

    id: str
    source: str
    names: list[str]
    rows: NDArray[np.float32]
    grades: Grades

    @property
    def wanted(self) -> NDArray[np.float32]:
        """The grade of each candidate."""
        return np.array([self.grades.get(name, 0.0) for name in self.names], np.float32)

    def ranked(self, trained: Ensemble | None) -> list[str]:
        """The names best first, each once, as the product ranks them; by the fusion where nothing is trained."""
        scores = self.rows[:, NAMES.index("fused")]
        if trained is not None:
            scores = blended(scores, trained.scores(self.rows))
        return list(dict.fromkeys(self.names[int(number)] for number in np.argsort(-scores, kind="stable")))

    @property
    def sure(self) -> Grades:
        """The grades of what answers, without what merely may be cited."""
        return {name: grade for name, grade in self.grades.items() if grade >= 1}


@dataclass(frozen=True)
class Question:
    """A question before anything is weighed; `allowed` is a mask of positions, None for all."""

    id: str
    text: str
    grades: Grades
    allowed: NDArray[np.bool_] | None = None
    also: str = ""


@dataclass(frozen=True)
class Source:
    """A ranker, the name of each of its positions, and questions with known answers."""

    name: str
    ranker: Ranker
    names: Sequence[str]
    questions: list[Question]

    def asked(self, turn: Turn | None, questions: Sequence[Question]) -> list[Asked]:
        """Questions with the pool that the product would rerank, their vectors turned."""
        self.ranker.reranker = turn
        found: list[Asked] = []
        for each in questions:
            signals = self.ranker.signals(each.text, each.also)
            pool = self.ranker.pool(signals, each.allowed)[:POOL]
            if len(pool):
                rows = self.ranker.weighed(signals, pool)
                found.append(Asked(each.id, self.name, [self.names[position] for position in pool], rows, each.grades))
        return found


class Remembering:
    """An encoder that encodes a question once."""

    def __init__(self, encoder: Encoder, questions: Sequence[str], cache: Path) -> None:
        self.name, self._encoder = encoder.name, encoder
        self._rows = dict(zip(questions, encode_windows(questions, encoder, cache, _tell), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._rows[text] for text in texts])

    def windows(self, path: str, text: str) -> list[str]:
        return self._encoder.windows(path, text)


def read_benchmark(folder: Path, cache: Path, encoder: Encoder) -> Source:
    """The questions of a folder in BEIR's format."""
    collection = read_collection(folder)
    held = rank_texts(collection.texts, encoder, cache, _tell, trained=False)
    remembering = Remembering(encoder, list(collection.questions.values()), cache)
    ranker = Ranker(held.lexical, remembering, held.vectors, held.owners)
    questions = [Question(each, text, collection.grades[each]) for each, text in collection.questions.items()]
    return Source(folder.name, ranker, [text.id for text in collection.texts], questions)


def read_ours(home: Path, encoder: Encoder) -> Source:
    """Our own questions, asked of the index of a data folder as the product asks them."""
    generation = hybrid.current(home)
    if generation is None:
        sys.exit(f"There is no index in {home}; run: pincite index.")
    index = hybrid.HybridIndex(generation, encoder)
    glossary = read_glossary(data_path("corpus"))
    known = set(index.provisions)
    questions = []
    for sample in labelled():
        grades = grades_of(sample)
        if known.intersection(each for each, grade in grades.items() if grade == 1):
            allowed = index.allowed(sample.as_of or CHECKED_THROUGH)
            text, also = glossary.expand(sample.question)
            questions.append(Question(sample.id, text, grades, allowed, also))
    held = index.ranker
    remembering = Remembering(encoder, [each.text for each in questions], home / "cache")
    return Source(home.name, Ranker(held.lexical, remembering, held.vectors, held.owners), index.provisions, questions)


def labelled() -> list[Sample]:
    """The questions that may train: those of which a clause is known, and that no measure is kept for."""
    found = [each for each in read_samples(SETS) if not each.must_abstain]
    return [each for each in found if each.must or each.may]


def grades_of(sample: Sample) -> Grades:
    """What each clause named by a question is worth: 1 for what answers, less for what merely may be cited."""
    if not sample.must:
        return dict.fromkeys(sample.may, 1.0)
    return dict.fromkeys(sample.may, _MAY) | dict.fromkeys(sample.must, 1.0)


def turn_of(asked: Sequence[tuple[Source, Sequence[Question]]], rank: int, seed: int = 0) -> Turn:
    """The turn that brings questions nearest to what answers them, among what was found for them and for their neighbours.

    `rank` is the number of directions it moves in.
    """
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    windows = np.concatenate([source.ranker.vectors for source, _ in asked])
    named = np.array([source.names[owner] for source, _ in asked for owner in source.ranker.owners])
    items: list[tuple[Vectors, list[str], list[int]]] = []
    before = 0
    for source, questions in asked:
        ranker = source.ranker
        ranker.reranker = None
        places: dict[str, list[int]] = {}
        for position, name in enumerate(source.names):
            places.setdefault(name, []).append(position)
        first = dict(zip(*(each.tolist() for each in np.unique(ranker.owners, return_index=True)), strict=True))
        for each in questions:
            sure = [name for name, grade in each.grades.items() if grade >= 1 and name in places]
            wanted = {place for name in sure for place in places[name]} & first.keys()
            if wanted:
                pool = ranker.pool(ranker.signals(each.text, each.also), each.allowed)[:_TURN_POOL].tolist()
                held = sorted(before + first[place] for place in wanted | (set(pool) & first.keys()))
                items.append((ranker.encoder.encode([each.text])[0], sure, held))
        before += len(ranker.vectors)
    size = windows.shape[1]
    down = torch.nn.Parameter(torch.randn(size, rank) / 20)
    up = torch.nn.Parameter(torch.zeros(rank, size))
    sharpness = torch.nn.Parameter(torch.tensor(3.0))
    adam = torch.optim.AdamW(
        [{"params": [down, up], "weight_decay": 0.05}, {"params": [sharpness], "weight_decay": 0.0}], lr=1e-3
    )
    for _ in range(_TURN_EPOCHS):
        for batch in torch.split(torch.randperm(len(items)), SHAPE.batch):
            some = [items[int(number)] for number in batch]
            rows = np.unique(np.concatenate([held for _, _, held in some]))
            texts = torch.tensor(windows[rows])
            answers = torch.tensor(np.stack([np.isin(named[rows], sure) for _, sure, _ in some]).astype(np.float32))
            vectors = torch.nn.functional.dropout(torch.tensor(np.stack([vector for vector, _, _ in some])), 0.1)
            moved = torch.nn.functional.normalize(vectors + vectors @ down @ up, dim=1)
            likely = torch.log_softmax(moved @ texts.T * sharpness.exp(), 1)
            loss = -((likely * answers).sum(1) / answers.sum(1)).mean()
            adam.zero_grad()
            torch.autograd.backward(loss)
            adam.step()
    return Turn(*(each.detach().numpy().astype(np.float32) for each in (down, up)))


def crossed(
    asked: Sequence[tuple[Source, Sequence[Question]]], rank: int, parts: int, salt: str = ""
) -> tuple[list[Turn], list[Asked]]:
    """For each part of the questions the turn that never saw it, and each question's features under that of its part, so that
    the networks do not learn to trust a turn too much.
    """
    turns: list[Turn] = []
    found: list[Asked] = []
    for part in range(parts):
        rest = [(source, [each for each in some if part_of(each.id, parts, salt) != part]) for source, some in asked]
        turns.append(turn_of(rest, rank))
        for source, some in asked:
            found += source.asked(turns[part], [each for each in some if part_of(each.id, parts, salt) == part])
        _say(f"turn {part + 1} of {parts}")
    return turns, found


def general(benchmark: Source, questions: Sequence[Question]) -> list[Asked]:
    """What questions of the benchmark teach the networks."""
    return crossed([(benchmark, questions)], GENERAL_RANK, _TURN_FOLDS, "turn")[1]


def own(ours: Sequence[Source], parts: int) -> tuple[list[Turn], list[Asked]]:
    """What our own questions teach, and the turn for each part of them."""
    return crossed([(source, source.questions) for source in ours], OWN_RANK, parts)


def train(asked: Sequence[Asked], turn: Turn, seed: int = 0) -> Ensemble:
    """The reranker for questions whose features were made under a turn."""
    return Ensemble(fit([(each.rows, each.wanted) for each in asked], SHAPE, seed), turn)


def part_of(id: str, parts: int, salt: str = "") -> int:
    """The part a question belongs to, by a digest of its id, so that it never changes."""
    return int(hashlib.sha256(f"{salt}{id}".encode()).hexdigest(), 16) % parts


def measured(asked: Sequence[Asked], ranked: Sequence[list[str]]) -> str:
    """Recall, MAP and the share of questions with an answering passage, at 5 and 10."""
    found = []
    for name, measure in (("R", measures.recall), ("MAP", measures.average_precision), ("hit", _hit)):
        for k in (5, 10):
            values = [measure(names, each.sure, k) for each, names in zip(asked, ranked, strict=True)]
            found.append(f"{name}@{k} {np.mean(values):.4f}")
    return "  ".join(found)


def _hit(ranked: Sequence[str], grades: Any, k: int) -> float:
    return float(any(name in grades for name in ranked[:k]))


def _report(title: str, asked: Sequence[Asked], ranked: Sequence[list[str]]) -> None:
    for source in dict.fromkeys(each.source for each in asked):
        chosen = [number for number, each in enumerate(asked) if each.source == source]
        print(f"{title:10} {source:16} {measured([asked[n] for n in chosen], [ranked[n] for n in chosen])}", flush=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tell(done: int, total: int) -> None:
    print(f"\rencoded {done:,} of {total:,}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, train, measure, and write where asked to."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.train.rerank", description="Train the reranker of texts and measure it."
    )
    parser.add_argument("folder", type=Path, metavar="BEIR_DIR")
    parser.add_argument(
        "--home", type=Path, action="append", default=[], help="a data folder with an index; repeatable"
    )
    parser.add_argument("--cache", type=Path, required=True, help="where the benchmark's vectors are kept")
    given = parser.parse_args(arguments)
    encoder = PackagedEncoder()
    benchmark = read_benchmark(given.folder, given.cache, encoder)
    ours = [read_ours(home, encoder) for home in given.home]
    _measure(benchmark, ours)
    return 0


def _measure(benchmark: Source, ours: Sequence[Source]) -> None:
    """Train on half of the benchmark, and on that with parts of ours; print what the rest gives."""
    half = [each for each in benchmark.questions if part_of(each.id, 2) == 0]
    apart = [each for each in benchmark.questions if part_of(each.id, 2) == 1]
    for source, questions in ((benchmark, apart), *((source, source.questions) for source in ours)):
        plain = source.asked(None, questions)
        _report("fusion", plain, [asked.ranked(None) for asked in plain])
    turn = turn_of([(benchmark, half)], GENERAL_RANK)
    training, kept = general(benchmark, half), benchmark.asked(turn, apart)
    _report("turned", kept, [asked.ranked(None) for asked in kept])
    alone = train(training, turn)
    _report("alone", kept, [asked.ranked(alone) for asked in kept])
    if not ours:
        return
    turns, taught = own(ours, _FOLDS)
    _report("turned", taught, [asked.ranked(None) for asked in taught])
    ranked: dict[int, list[str]] = {}
    for fold in range(_FOLDS):
        joint = train([*training, *(asked for asked in taught if part_of(asked.id, _FOLDS) != fold)], turns[fold])
        ranked |= {n: asked.ranked(joint) for n, asked in enumerate(taught) if part_of(asked.id, _FOLDS) == fold}
    _report("joint", taught, [ranked[number] for number in range(len(taught))])


if __name__ == "__main__":
    sys.exit(main())
