"""One peer in a process of its own: `python -m evals.peers.child PEER BENCH.json OUT.json`.

BENCH has texts, questions and encoder; OUT gets the hits of every question and what it cost.
"""

import importlib
import json
import resource
import sys
import time
from pathlib import Path


def main(peer: str, bench: Path, out: Path) -> None:
    """Build, ask the first question, then all of them; `cold` is from the start of building an index of 67 texts."""
    held = json.loads(bench.read_text(encoding="utf-8"))
    began = time.perf_counter()
    module = importlib.import_module(f"evals.peers.{peer}")
    small = module.build(held["texts"][:67], held["encoder"])
    small(held["questions"][0]["question"])
    cold = time.perf_counter() - began
    began = time.perf_counter()
    search = module.build(held["texts"], held["encoder"])
    index = time.perf_counter() - began
    hits, taken = {}, []
    for each in held["questions"]:
        began = time.perf_counter()
        hits[each["id"]] = search(each["question"])
        taken.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    found = {
        "title": module.TITLE,
        "cold_s": cold,
        "index_s": index,
        "memory_mb": peak,
        "latency_s": taken,
        "hits": hits,
    }
    out.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
