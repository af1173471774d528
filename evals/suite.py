"""Samples answered, scored, and held against a baseline: samples x verbs x scorers, over one desk."""

import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import BadInput
from evals import parts
from evals.figure import Figure, mean_figure, resampled
from evals.sample import Sample, stratified
from evals.scorers import Scorer, find_scorers
from evals.trial import Trial, means

if TYPE_CHECKING:
    from assistant.desk import Desk

BASELINE = Path(__file__).parent / "baseline.json"
FAST_SHARE = 0.15
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """A run: its figures, the trials behind those of `ask`, and the floors that were not reached.

    `tier` is "official" where any official text is held, else "notes"; `name` is the set of samples.
    """

    name: str
    tier: str
    figures: tuple[Figure, ...]
    trials: tuple[Trial, ...] = field(repr=False, default=())
    fallen: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def key(self) -> str:
        """What its floors stand under in a baseline."""
        return f"{self.tier}, {self.name}"

    def as_json(self) -> dict[str, Any]:
        """The figures, the floors fallen below, and what each answer scored."""
        scored = [scorer for scorer in find_scorers() if scorer.score]
        return {
            "set": self.name,
            "tier": self.tier,
            "samples": len(self.trials),
            "seconds": round(self.seconds, 1),
            "ran": datetime.now(UTC).isoformat(timespec="seconds"),
            "stamp": self.trials[0].answer["stamp"] if self.trials else None,
            "fallen": list(self.fallen),
            "figures": [{**asdict(figure), "name": figure.name} for figure in self.figures],
            "answers": [
                {
                    "id": trial.sample.id,
                    "kind": trial.sample.kind,
                    "reason": trial.answer["reason"],
                    "cited": list(trial.cited),
                    "scores": scores_of(trial, scored),
                }
                for trial in self.trials
            ],
        }


def choose(samples: Sequence[Sample], *, fast: bool = False) -> list[Sample]:
    """The samples that measure something, nothing having been fitted to them; or a fixed part of every kind of them."""
    held = [sample for sample in samples if not sample.trained]
    return stratified(held, FAST_SHARE) if fast else held


def name_of(wanted: Sequence[str], *, fast: bool = False) -> str:
    """What a set of samples is called in a baseline."""
    names = "+".join(Path(each).stem for each in wanted)
    return ", ".join(filter(None, (names, "fast" if fast else ""))) or "all"


def evaluate(
    desk: "Desk",
    samples: Sequence[Sample],
    name: str,
    *,
    with_parts: bool = True,
    fast: bool = False,
    progress: Progress = lambda done, total: None,
    warn: Callable[[str], None] = lambda text: None,
) -> Outcome:
    """Answer and score every sample; `with_parts` also runs citations, cases, memos and whatever stands in parts/."""
    began = time.perf_counter()
    trials = answered(desk, samples, progress, warn)
    figures = figures_of(trials)
    if with_parts:
        for each in sorted(pkgutil.iter_modules(parts.__path__), key=lambda module: module.name):
            module = importlib.import_module(f"{parts.__name__}.{each.name}")
            figures += module.figures(desk, fast=fast)
    tier = "official" if desk.texts_held else "notes"
    return Outcome(name, tier, tuple(figures), tuple(trials), (), time.perf_counter() - began)


def answered(
    desk: "Desk", samples: Sequence[Sample], progress: Progress, warn: Callable[[str], None] = lambda text: None
) -> list[Trial]:
    """The samples asked, one after another; a first question, not counted, loads what loads late."""
    from assistant.ask import as_json, ask

    if samples:
        ask(samples[0].question, desk, samples[0].as_of)
    found: list[Trial] = []
    for number, sample in enumerate(samples, 1):
        must = tuple(means(written, desk.corpus) for written in sample.must)
        for written, provisions in zip(sample.must, must, strict=True):
            if not any(desk.corpus.exists(each) for each in provisions):
                warn(f"{sample.id}: {written!r} names no clause that exists here; it counts as never cited.")
        began = time.perf_counter()
        answer = ask(sample.question, desk, sample.as_of)
        found.append(Trial(sample, as_json(answer.named(sample.id)), must, time.perf_counter() - began, desk))
        progress(number, len(samples))
    return found


def scores_of(trial: Trial, scorers: Sequence[Scorer]) -> dict[str, float]:
    """Every number of one answer by name."""
    return {name: value for scorer in scorers if scorer.score for name, value in scorer.score(trial).items()}


def figures_of(trials: Sequence[Trial], part: str = "ask") -> list[Figure]:
    """Every scorer's figures, over all trials and over those of each kind."""
    if not trials:
        return []
    kinds = {"all": list(trials)}
    for trial in trials:
        kinds.setdefault(trial.sample.kind, []).append(trial)
    return [
        figure
        for scorer in find_scorers()
        for kind, members in kinds.items()
        for figure in _figures(scorer, part, kind, members)
    ]


def _figures(scorer: Scorer, part: str, kind: str, trials: Sequence[Trial]) -> list[Figure]:
    found: list[Figure] = []
    if scorer.score:
        values: dict[str, list[float]] = {}
        for trial in trials:
            for name, value in scorer.score(trial).items():
                values.setdefault(name, []).append(value)
        found += [
            mean_figure(part, name, kind, held, scorer.unit, lower_is_better=name in scorer.lower)
            for name, held in values.items()
        ]
    if scorer.measure and (kind == "all" or scorer.unit == "ms"):
        numbers = scorer.measure(trials)
        bounds = resampled(trials, scorer.measure) if scorer.unit != "MB" else {}
        for name, (value, n) in numbers.items():
            low, high = bounds.get(name, (None, None))
            found.append(Figure(part, name, kind, value, n, low, high, scorer.unit, name in scorer.lower))
    return found


def against(outcome: Outcome, path: Path) -> Outcome:
    """The outcome with the floors that it does not reach; a set without floors in the baseline has none to fall below."""
    floors = read_floors(path).get(outcome.key, {})
    measured = {figure.name: figure for figure in outcome.figures if figure.kind == "all"}
    fallen: list[str] = []
    for name, bound in floors.items():
        figure = measured.get(name)
        if figure is None:
            fallen.append(f"{name} was not measured; its floor is {bound:.3f}.")
        elif (figure.value > bound + 1e-9) if figure.lower_is_better else (figure.value < bound - 1e-9):
            fallen.append(f"{name} is {figure.value:.3f}; its floor is {bound:.3f}.")
    return Outcome(outcome.name, outcome.tier, outcome.figures, outcome.trials, tuple(fallen), outcome.seconds)


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Floors by set and measure; BadInput where the file is no baseline."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {key: {name: float(bound) for name, bound in floors.items()} for key, floors in held.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise BadInput(
            f"{path} is not a baseline ({error}).",
            next_step='It reads {"notes, fast": {"ask: must cited": 0.7}}; --record writes one.',
        ) from None


def record_floors(outcome: Outcome, path: Path, slack: float = 0.02, least: int = 20) -> None:
    """Write what was measured, less a little, as the floors of this set; those of other sets stay.

    Times, lengths and memory have no floor: they belong to a machine; nor has what fewer than `least` samples measure.
    """
    floors = read_floors(path) if path.exists() else {}
    floors[outcome.key] = {
        figure.name: ceil(1000 * (figure.value + slack)) / 1000
        if figure.lower_is_better
        else max(0.0, floor(1000 * (figure.value - slack)) / 1000)
        for figure in outcome.figures
        if figure.kind == "all" and figure.unit == "share" and figure.n >= least
    }
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def bar_on_stderr(title: str) -> Progress:
    """Progress as one line on stderr, rewritten where it is a terminal."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{title} {done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)
        elif done == total or done % max(1, total // 10) == 0:
            print(f"{title} {done}/{total}", file=sys.stderr, flush=True)

    return tell
