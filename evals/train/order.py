"""Train what orders the clauses found, on questions whose clauses are known, and measure it on questions kept apart.

`python -m evals.train.order BEIR_DIR --home HOME [--home HOME ...] --cache CACHE [--write]`. It learns above a reranker that
did not see the question at hand, so that it does not learn to trust it too much: the questions are cut in parts, and each
part is ranked by a reranker trained on the others (and on the benchmark). What is printed of our own questions is crossed in
the same way; the questions of `examined` train nothing. With --write both rerankers are then trained on everything and kept.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import law
from assistant.corpus import Corpus, read_corpus
from assistant.engines import hybrid, reranker
from assistant.engines.encoder import PackagedEncoder
from assistant.engines.network import Network, arrays_of, write_arrays
from assistant.engines.reranker import Ensemble
from assistant.record import open_record
from assistant.retrieve import consider, families, order, read_glossary, read_question, spread
from assistant.rules import Rules, read_rules
from assistant.settings import CHECKED_THROUGH, data_path
from evals.sample import Sample, read_samples
from evals.train import rerank
from evals.train.network import Shape, fit

SHAPE = Shape(networks=6, epochs=30, batch=48, decay=3e-2)
_FOLDS = 5
_APART = "examined"
_PART, _ABOVE, _MAY = 0.8, 0.7, 0.15
_WAYS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Weighed:
    """A question asked of one index: the clauses found before the network, their rows and grades, and all that is wanted."""

    sample: Sample
    home: str
    found: list[order.Found]
    told: NDArray[np.float32]
    grades: NDArray[np.float32]

    @property
    def rows(self) -> NDArray[np.float32]:
        """A row of `order.NAMES` for each of the first clauses."""
        return order.rows(self.sample.question, self.found, self.told)

    def ranked(self, network: Network | None) -> list[str]:
        """The clauses best first, as an answer lists them."""
        hits = [each.hit for each in self.found]
        if network is not None:
            hits = sorted(order.reordered(self.sample.question, self.found, self.told, network), key=lambda h: -h.score)
        return [hit.provision for hit in spread(hits)]


class Asker:
    """Asks the index of a data folder with one reranker or another."""

    def __init__(self, home: Path, encoder: PackagedEncoder) -> None:
        generation = hybrid.current(home)
        if generation is None:
            sys.exit(f"There is no index in {home}; run: pincite index.")
        self.name = home.name
        self.index = hybrid.HybridIndex(generation, encoder)
        self.corpus: Corpus = read_corpus(data_path("corpus"), home / "cache")
        self.rules: Rules = read_rules(data_path("corpus"))
        self.glossary = read_glossary(data_path("corpus"))
        self.record = open_record(home)

    def weigh(self, samples: Sequence[Sample], ensemble: Ensemble) -> list[Weighed]:
        """Each question with what is found for it."""
        self.index.ranker.reranker = ensemble
        weighed: list[Weighed] = []
        for sample in samples:
            on = sample.as_of or CHECKED_THROUGH
            asked = read_question(sample.question, on, self.corpus, self.rules)
            found = consider(asked, self.corpus, self.index, self.glossary)
            if found:
                question, also = self.glossary.expand(sample.question)
                told = self.index.evidence(question, asked.on, families(found), also)
                grades = [grade(each.hit.provision, sample) for each in found[: len(told)]]
                weighed.append(Weighed(sample, self.name, found, told, np.array(grades, np.float32)))
        return weighed


def grade(provision: str, sample: Sample) -> float:
    """What finding a clause is worth: all for a clause that answers, less for its parts and for the clause above it."""
    best = 0.0
    for wanted in sample.must or sample.may:
        if provision in {wanted, f"{wanted}[2]"}:
            best = 1.0
        elif law.is_part_of(provision, wanted):
            best = max(best, _PART)
        elif law.parent_of(wanted) == provision and provision != law.instrument_of(provision):
            best = max(best, _ABOVE)
    return best or (_MAY if provision in sample.may else 0.0)


def train(weighed: Sequence[Weighed]) -> Network:
    """The network for questions and what was found for them."""
    return fit([(each.rows, each.grades) for each in weighed if each.grades.max() > _MAY], SHAPE)


def measured(weighed: Sequence[Weighed], ranked: Sequence[list[str]]) -> str:
    """The share of questions of which a clause that answers is among the first."""
    found = []
    for k in _WAYS:
        met = [
            any(
                grade(name, replace(each.sample, may=each.sample.may if not each.sample.must else ()))
                for name in names[:k]
            )
            for each, names in zip(weighed, ranked, strict=True)
        ]
        found.append(f"hit@{k} {np.mean(met):.4f}")
    return "  ".join(found)


def _report(title: str, weighed: Sequence[Weighed], ranked: Sequence[list[str]]) -> None:
    sets = {each.sample.id: each.sample.id.rstrip("0123456789") for each in weighed}
    for key in sorted({(each.home, sets[each.sample.id]) for each in weighed}):
        chosen = [n for n, each in enumerate(weighed) if (each.home, sets[each.sample.id]) == key]
        figures = measured([weighed[n] for n in chosen], [ranked[n] for n in chosen])
        print(f"{title:8} {key[0]:8} {key[1]:6} {len(chosen):4} {figures}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, train, measure, and write where asked to."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.train.order", description="Train what orders the clauses found."
    )
    parser.add_argument("folder", type=Path, metavar="BEIR_DIR")
    parser.add_argument(
        "--home", type=Path, action="append", required=True, help="a data folder with an index; repeatable"
    )
    parser.add_argument("--cache", type=Path, required=True, help="where the benchmark's vectors are kept")
    parser.add_argument("--write", action="store_true", help="keep the weights that ship")
    given = parser.parse_args(arguments)
    encoder = PackagedEncoder()
    benchmark = rerank.read_benchmark(given.folder, given.cache, encoder)
    ours = [rerank.read_ours(home, encoder) for home in given.home]
    general = rerank.general(benchmark, benchmark.questions)
    turns, own = rerank.own(ours, _FOLDS)
    askers = [Asker(home, encoder) for home in given.home]
    samples = rerank.labelled()
    weighed: list[Weighed] = []
    for fold in range(_FOLDS):
        rest = [each for each in own if rerank.part_of(each.id, _FOLDS) != fold]
        ensemble = rerank.train([*general, *rest], turns[fold])
        part = [each for each in samples if rerank.part_of(each.id, _FOLDS) == fold]
        weighed += [found for asker in askers for found in asker.weigh(part, ensemble)]
        print(f"part {fold + 1} of {_FOLDS} is ranked", file=sys.stderr, flush=True)
    _report("before", weighed, [each.ranked(None) for each in weighed])
    networks = [
        train([each for each in weighed if rerank.part_of(each.sample.id, _FOLDS) != fold]) for fold in range(_FOLDS)
    ]
    _report("ordered", weighed, [each.ranked(networks[rerank.part_of(each.sample.id, _FOLDS)]) for each in weighed])
    turn = rerank.turn_of([(source, source.questions) for source in ours], rerank.OWN_RANK)
    ensemble, network = rerank.train([*general, *own], turn), train(weighed)
    apart = [each for each in read_samples([_APART]) if each.must and not each.must_abstain]
    kept = [found for asker in askers for found in asker.weigh(apart, ensemble)]
    _report("before", kept, [each.ranked(None) for each in kept])
    _report("ordered", kept, [each.ranked(network) for each in kept])
    if given.write:
        reranker.save(reranker.WEIGHTS, ensemble)
        write_arrays(order.WEIGHTS, order.NAMES, arrays_of(network))
    return 0


if __name__ == "__main__":
    sys.exit(main())
