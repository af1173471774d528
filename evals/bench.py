"""Speed, memory and agreement, measured on this machine: `python -m evals.bench [--home HOME] [--rebuild] [--peer] [--json]`.

Cold and warm questions, an index from nothing and after one changed note, and the most memory each took; beside them, with
--peer, llama-index with sentence-transformers over the same texts, and the ratio. Each figure comes from a process of its
own. Times are wall clock; `cpu` beside them is what the process itself used, which a busy machine changes less.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from evals.sample import read_samples

Numbers = dict[str, float]
_QUESTION = "Who must be notified before a sale of major defense equipment?"
_WARM, _AGREE, _PEER = 60, 40, 67


def main(arguments: Sequence[str] | None = None) -> int:
    """Run each measurement in a child, print what it found."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Speed, memory and agreement.")
    parser.add_argument("--home", type=Path, help="a data folder with an index; the settings' own if not given")
    parser.add_argument("--rebuild", action="store_true", help="build an index from nothing too, which takes minutes")
    parser.add_argument("--peer", action="store_true", help="run llama-index with sentence-transformers beside it")
    parser.add_argument("--agreement", action="store_true", help="compare int8 with fp32, and Chroma with exact search")
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")
    parser.add_argument("--one", choices=sorted(_MEASURED), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    home = given.home or _own_home()
    if given.one:
        print(json.dumps(_MEASURED[given.one](home)))
        return 0
    wanted = ["warm", "one_note"]
    wanted += ["rebuild"] if given.rebuild else []
    wanted += ["int8_fp32", "chroma_exact"] if given.agreement else []
    wanted += ["peer", "ours_beside_peer"] if given.peer else []
    found = {"cold": _cold(home)} | {name: _child(name, home) for name in wanted}
    if given.peer:
        found["ratio"] = {
            key: round(found["peer"][key] / max(found["ours_beside_peer"][key], 1e-9), 2)
            for key in ("seconds", "cpu", "peak_mb")
        }
    if given.json:
        print(json.dumps(found, indent=2))
        return 0
    for name, numbers in found.items():
        print(f"{name:16} " + "  ".join(f"{key} {value:g}" for key, value in numbers.items()))
    return 0


def _own_home() -> Path:
    from assistant.settings import read_settings

    return read_settings().home


def _cold(home: Path) -> Numbers:
    """`pincite ask` from the start of the process to its end, the second of two runs."""
    command = [sys.executable, "-m", "assistant.cli", "ask", _QUESTION, "--json"]
    numbers: Numbers = {}
    for _ in range(2):
        numbers = _run(command, home)[1]
    return numbers


def _child(name: str, home: Path) -> Numbers:
    printed, numbers = _run([sys.executable, "-m", "evals.bench", "--one", name, "--home", str(home)], home)
    return {**json.loads(printed.splitlines()[-1]), **numbers}


def _run(command: Sequence[str], home: Path) -> tuple[str, Numbers]:
    """What a child printed; its seconds, its own CPU seconds and its peak memory."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        child = subprocess.Popen(
            command, stdout=output, stderr=subprocess.DEVNULL, env=os.environ | {"PINCITE_HOME": str(home)}
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        output.seek(0)
        printed = output.read()
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {child.returncode}.")
    return printed, {
        "seconds": round(seconds, 2),
        "cpu": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": used.ru_maxrss // 1024,
    }


def _questions(number: int) -> list[str]:
    return [sample.question for sample in read_samples(("lookup", "reasoning"))[:number]]


def _warm(home: Path) -> Numbers:
    """Answers of an open desk, in milliseconds."""
    from assistant import ask
    from assistant.desk import open_desk
    from assistant.settings import CHECKED_THROUGH, Settings

    desk = open_desk(Settings(home=home))
    return _timed(lambda question: ask.ask(question, desk, as_of=CHECKED_THROUGH)) | _searching(desk.index)


def _searching(index: Any) -> Numbers:
    return {f"search_{key}": value for key, value in _timed(lambda q: index.search(q, date(2026, 10, 1), 20)).items()}


def _timed(answer: Callable[[str], object]) -> Numbers:
    answer(_QUESTION)
    times: list[float] = []
    began = time.process_time()
    for question in _questions(_WARM):
        start = time.perf_counter()
        answer(question)
        times.append(1000 * (time.perf_counter() - start))
    ranked = sorted(times)
    used = 1000 * (time.process_time() - began) / len(times)
    return {
        "p50_ms": round(ranked[len(ranked) // 2], 1),
        "p95_ms": round(ranked[int(len(ranked) * 0.95)], 1),
        "cpu_ms": round(used, 1),
    }


def _one_note(home: Path) -> Numbers:
    """The index again after one note changed, on a copy of the data folder."""
    from assistant.engines import hybrid
    from assistant.engines.encoder import PackagedEncoder

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(home, Path(folder) / "home"))
        held, encoder = _entries(copy), PackagedEncoder()
        hybrid.build(held, encoder, copy)
        changed = [replace(held[0], text=f"{held[0].text} One more sentence."), *held[1:]]
        began = time.perf_counter()
        hybrid.build(changed, encoder, copy)
        return {"one_note_s": round(time.perf_counter() - began, 2), "entries": len(held)}


def _rebuild(home: Path) -> Numbers:
    """The index from nothing: no vector kept from before."""
    from assistant.engines import hybrid
    from assistant.engines.encoder import PackagedEncoder

    with tempfile.TemporaryDirectory() as folder:
        held = _entries(home)
        began = time.perf_counter()
        generation = hybrid.build(held, PackagedEncoder(), Path(folder))
        return {"index_s": round(time.perf_counter() - began, 1), "entries": len(held), "rows": generation.rows}


def _entries(home: Path) -> list[Any]:
    from assistant.corpus import read_corpus
    from assistant.index import entries
    from assistant.record import open_record
    from assistant.settings import data_path

    return entries(read_corpus(data_path("corpus"), home / "cache"), open_record(home))


def _int8_fp32(home: Path) -> Numbers:
    """How far the packaged encoder's rankings in int8 are those in fp32: cosines of our notes alone, ten best."""
    import numpy as np

    from assistant.engines.encoder import PackagedEncoder, SentenceTransformerEncoder

    notes = [entry for entry in _entries(home) if entry.holding == "note"][:600]
    texts = [f"{entry.path}: {entry.text}"[:600] for entry in notes]
    questions = _questions(_AGREE)
    small, whole = PackagedEncoder(), SentenceTransformerEncoder("packaged-fp32")
    vectors = [(each.encode(texts), each.encode(questions)) for each in (small, whole)]
    best = [np.argsort(-(rows @ asked.T), axis=0)[:10].T for rows, asked in vectors]
    shared = [len(set(a) & set(b)) / 10 for a, b in zip(*best, strict=True)]
    return {
        "least_cosine": round(float((vectors[0][0] * vectors[1][0]).sum(axis=1).min()), 4),
        "first_same": round(float((best[0][:, 0] == best[1][:, 0]).mean()), 3),
        "ten_shared": round(float(np.mean(shared)), 3),
    }


def _chroma_exact(home: Path) -> Numbers:
    """How many of the ten nearest rows by exact search Chroma gives too."""
    from assistant.engines import chroma, hybrid
    from assistant.engines.encoder import PackagedEncoder

    generation = hybrid.current(home)
    assert generation is not None
    encoder = PackagedEncoder()
    index = hybrid.HybridIndex(generation, encoder)
    shared: list[float] = []
    for vector in encoder.encode(_questions(_AGREE)):
        cosines, _ = index.ranker.cosines(vector)
        exact = {index.provisions[n] for n in (-cosines).argsort(kind="stable")[:10]}
        near = list(dict.fromkeys(name for name, _ in chroma.search(generation.folder / "chroma", vector, 40)))
        shared.append(len(exact.intersection(near)) / len(exact))
    return {"ten_shared": round(sum(shared) / len(shared), 3), "least": min(shared)}


def _peer(home: Path) -> Numbers:
    """llama-index with its sentence-transformers embedding over a few notes: index, then one question, from an empty process."""
    os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", ANONYMIZED_TELEMETRY="False")
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    from assistant.engines.encoder import packaged_fp32

    held = [Document(text=f"{entry.path}: {entry.text}") for entry in _entries(home)[:_PEER]]
    model = HuggingFaceEmbedding(model_name=str(packaged_fp32()), device="cpu")
    index = VectorStoreIndex.from_documents(held, embed_model=model)
    return {"hits": len(index.as_retriever(similarity_top_k=10).retrieve(_QUESTION))}


def _ours_beside_peer(home: Path) -> Numbers:
    """The same few notes through the product's index: index, then one question, from an empty process."""
    from assistant.engines import hybrid
    from assistant.engines.encoder import PackagedEncoder

    with tempfile.TemporaryDirectory() as folder:
        encoder = PackagedEncoder()
        generation = hybrid.build(_entries(home)[:_PEER], encoder, Path(folder))
        return {"hits": len(hybrid.HybridIndex(generation, encoder).search(_QUESTION, date(2026, 10, 1), 10))}


_MEASURED: dict[str, Callable[[Path], Numbers]] = {
    "warm": _warm,
    "one_note": _one_note,
    "rebuild": _rebuild,
    "int8_fp32": _int8_fp32,
    "chroma_exact": _chroma_exact,
    "peer": _peer,
    "ours_beside_peer": _ours_beside_peer,
}


if __name__ == "__main__":
    sys.exit(main())
