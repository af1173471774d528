"""Train the judge of whether a question has an answer, and print how well it tells: `python -m evals.train.abstain`.

Reads evals/samples, trains on the rows whose `split` is not `test`, writes assistant/ask/abstain/judge-*.npz with `--write`.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import ask
from assistant.ask import abstain, framework, notify, premise
from assistant.ask.abstain import weigh
from assistant.ask.abstain.weigh import OUTCOMES, Weights
from assistant.desk import Desk, open_desk
from assistant.index import Likening
from assistant.retrieve import read_question, retrieve
from assistant.settings import read_settings

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = ("abstain", "answerable", "lookup", "reasoning", "premise", "clauses")
DAY = date(2026, 10, 7)
FOLDS, EPOCHS, BATCH, RATE = 5, 15, 64, 3e-3
NETWORKS, HIDDEN, DECAY, DROPOUT = 4, 24, 0.1, 0.3
WORD_SPREAD, VECTOR_SPREAD = 0.3, 0.05
LEAST_SEEN = 9
MOST_WRONG = 0.02
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Sample:
    """A question with what the judge sees of it, what the tables decide of it first, and what is allowed."""

    id: str
    text: str
    allowed: tuple[str, ...]
    held_out: bool
    signs: dict[str, float]
    vector: Matrix
    certain: str | None
    tabled: str | None
    corrected: bool

    @property
    def answerable(self) -> bool:
        return not self.allowed


def read_samples(desk: Desk, files: Sequence[Path]) -> list[Sample]:
    """Every sample, read and searched as `ask` does."""
    return [_sample(row, desk) for path in files for row in _rows(path)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _sample(row: dict[str, Any], desk: Desk) -> Sample:
    on = date.fromisoformat(row["as_of"]) if row.get("as_of") else DAY
    text = ask.take(row["question"])
    asked = read_question(text, on, desk.corpus, desk.rules)
    hits = retrieve(asked, desk.corpus, desk.index, desk.glossary)
    first, warned = premise.examine(asked, desk, hits)
    decided = bool(first or notify.claims(asked, desk.corpus, desk.rules)) or framework.asks_framework(asked)
    certain, tabled = abstain.certain(asked, desk), abstain.tabled(asked, desk)
    assert isinstance(desk.index, Likening)
    vector, likeness = desk.index.likeness(*desk.glossary.expand(text))
    return Sample(
        row["id"],
        text,
        tuple(row["reason"] or ()) if row["must_abstain"] else (),
        row.get("split") == "test",
        abstain.signs(asked, hits, desk, decided, likeness),
        vector,
        certain.reason if certain else None,
        tabled.reason if tabled else None,
        bool(warned),
    )


def train(samples: list[Sample], with_vector: bool) -> Weights:
    """Networks for samples; where several reasons are allowed the first counts most."""
    import torch

    names = tuple(sorted(name for name in samples[0].signs if with_vector or name != "likeness"))
    seen: dict[str, int] = {}
    for sample in samples:
        for word in weigh.words_of(sample.text):
            seen[word] = seen.get(word, 0) + 1
    words = tuple(sorted(word for word, count in seen.items() if count >= LEAST_SEEN))
    blank = Weights(names, words, *(np.zeros(0, np.float32),) * 7, 0.5)
    rows = np.stack([weigh.row_of(blank, s.signs, s.text, s.vector if with_vector else None) for s in samples])
    plain, n = len(names) + len(words), NETWORKS
    middle, spread = rows.mean(0), rows.std(0) + 1e-3
    spread[len(names) : plain] = np.maximum(spread[len(names) : plain], WORD_SPREAD)
    spread[plain:] = VECTOR_SPREAD
    inputs = torch.tensor(np.clip((rows - middle) / spread, -weigh.CLIP, weigh.CLIP))
    targets = torch.tensor(np.stack([_target(sample) for sample in samples]))
    torch.set_num_threads(1)
    torch.manual_seed(0)
    width = rows.shape[1]
    into = torch.nn.Parameter(torch.randn(n, width, HIDDEN) / width**0.5 / 2)
    bias = torch.nn.Parameter(torch.zeros(n, 1, HIDDEN))
    out = torch.nn.Parameter(torch.randn(n, HIDDEN, len(OUTCOMES)) / HIDDEN**0.5)
    skip = torch.nn.Parameter(torch.zeros(n, width, len(OUTCOMES)))
    base = torch.nn.Parameter(torch.zeros(n, 1, len(OUTCOMES)))
    decays = (([into, out], DECAY), ([skip], 4 * DECAY), ([bias, base], 0.0))
    adam = torch.optim.AdamW([{"params": some, "weight_decay": decay} for some, decay in decays], lr=RATE)
    steps = EPOCHS * -(-len(samples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.split(torch.randperm(len(samples)), BATCH):
            some = torch.nn.functional.dropout(inputs[batch], DROPOUT / 2)[None]
            hidden = torch.nn.functional.dropout(torch.relu(some @ into + bias), DROPOUT)
            likely = torch.log_softmax(hidden @ out + some @ skip + base, 2)
            loss = -(likely * targets[batch][None]).sum(2).mean(1).sum()
            adam.zero_grad()
            torch.autograd.backward(loss)
            adam.step()
            schedule.step()
    held = {"into": into, "bias": bias[:, 0], "out": out, "skip": skip, "base": base[:, 0]}
    numbers = {name: each.detach().numpy().astype(np.float32) for name, each in held.items()}
    return Weights(names, words, middle, spread, **numbers, refuse_at=0.5)


def _target(sample: Sample) -> Matrix:
    row = np.zeros(len(OUTCOMES), np.float32)
    if sample.answerable:
        row[0] = 1
    for number, reason in enumerate(sample.allowed):
        row[OUTCOMES.index(reason)] = (
            1 if len(sample.allowed) == 1 else 0.7 if number == 0 else 0.3 / (len(sample.allowed) - 1)
        )
    return row


def judged(weights: Weights, sample: Sample) -> dict[str, float]:
    """The probabilities for a sample, as `ask` has them."""
    return weigh.weigh(weights, sample.signs, sample.text, sample.vector)


def out_of_fold(samples: list[Sample], with_vector: bool) -> list[dict[str, float]]:
    """Each sample judged by weights that were trained without it and its fold."""
    found: list[dict[str, float]] = [{} for _ in samples]
    for fold in range(FOLDS):
        trained = train([s for number, s in enumerate(samples) if number % FOLDS != fold], with_vector)
        for number in range(fold, len(samples), FOLDS):
            found[number] = judged(trained, samples[number])
    return found


def outcome(sample: Sample, judged_as: dict[str, float], refuse_at: float) -> str:
    """What the whole cascade gives: `answer` or the reason."""
    if sample.corrected:
        return "answer"
    if sample.certain:
        return sample.certain
    if sample.tabled and 1 - judged_as["answer"] >= weigh.HEED_TABLES_AT:
        return sample.tabled
    if 1 - judged_as["answer"] < refuse_at:
        return "answer"
    return max(OUTCOMES[1:], key=lambda reason: judged_as[reason])


def report(title: str, samples: list[Sample], judged_as: list[dict[str, float]], refuse_at: float) -> str:
    """Lines of recall by reason, wrong refusals, and the curve of risk against coverage."""
    got = [outcome(s, j, refuse_at) for s, j in zip(samples, judged_as, strict=True)]
    lines = [f"{title}: {len(samples)} questions, refused at {refuse_at:.2f}"]
    for reason in OUTCOMES[1:]:
        mine = [(s, g) for s, g in zip(samples, got, strict=True) if s.allowed[:1] == (reason,)]
        if mine:
            refused = sum(g != "answer" for _, g in mine)
            allowed = sum(g in s.allowed for s, g in mine)
            lines.append(
                f"  {reason:13} {len(mine):4} refused {refused / len(mine):6.1%} with an allowed reason {allowed / len(mine):6.1%}"
            )
    must = [(s, g) for s, g in zip(samples, got, strict=True) if s.allowed]
    may = [(s, g) for s, g in zip(samples, got, strict=True) if not s.allowed]
    if must:
        lines.append(
            f"  all           {len(must):4} refused {sum(g != 'answer' for _, g in must) / len(must):6.1%} with an allowed reason {sum(g in s.allowed for s, g in must) / len(must):6.1%}"
        )
    if may:
        lines.append(
            f"  answerable    {len(may):4} wrongly refused {sum(g != 'answer' for _, g in may) / len(may):6.1%}"
        )
    lines.append("  risk-coverage: share refused of unanswerable / wrongly of answerable, by the line")
    for at in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        got = [outcome(s, j, at) for s, j in zip(samples, judged_as, strict=True)]
        right = [g != "answer" for s, g in zip(samples, got, strict=True) if s.allowed]
        wrong = [g != "answer" for s, g in zip(samples, got, strict=True) if not s.allowed]
        answered = [s for s, g in zip(samples, got, strict=True) if g == "answer"]
        risk = sum(bool(s.allowed) for s in answered) / max(len(answered), 1)
        lines.append(
            f"    {at:.1f}  {sum(right) / max(len(right), 1):6.1%} / {sum(wrong) / max(len(wrong), 1):6.1%}"
            f"   coverage {len(answered) / len(samples):6.1%} risk {risk:6.1%}"
        )
    return "\n".join(lines)


def line_for(samples: list[Sample], judged_as: list[dict[str, float]]) -> float:
    """The lowest line, in hundredths, at which few enough answerable questions are refused."""
    for hundredth in range(30, 96):
        got = [outcome(s, j, hundredth / 100) for s, j in zip(samples, judged_as, strict=True)]
        wrong = [g != "answer" for s, g in zip(samples, got, strict=True) if not s.allowed]
        if sum(wrong) <= MOST_WRONG * len(wrong):
            return hundredth / 100
    return 0.95


def main() -> None:
    """Train, report, and with `--write` put the weights where they ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--also", type=Path, action="append", default=[], help="further questions to report on")
    chosen = parser.parse_args()
    desk = open_desk(read_settings())
    samples = read_samples(desk, [SAMPLES / f"{name}.jsonl" for name in FILES])
    mine = [s for s in samples if not s.held_out]
    kept = [s for s in samples if s.held_out]
    also = {path: read_samples(desk, [path]) for path in chosen.also}
    shipped: dict[str, Weights] = {}
    for name, with_vector in (("vector", True), ("plain", False)):
        folded = out_of_fold(mine, with_vector)
        refuse_at = line_for(mine, folded)
        print(report(f"{name}, trained on, judged out of fold", mine, folded, refuse_at))
        trained = train(mine, with_vector)
        print(report(f"{name}, held out by topic", kept, [judged(trained, s) for s in kept], refuse_at))
        for path, more in also.items():
            print(report(f"{name}, {path.name}", more, [judged(trained, s) for s in more], refuse_at))
        shipped[name] = replace(train(samples, with_vector), refuse_at=refuse_at)
    for name, weights in shipped.items() if chosen.write else ():
        weigh.write_weights(name, weights)
        path = weigh.file_of(name)
        print(f"Written: {path} ({path.stat().st_size // 1000} kB)", file=sys.stderr)


if __name__ == "__main__":
    main()
