import json
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus import Corpus
from assistant.errors import NotReady
from evals import peers
from evals.peers import __main__ as bench
from evals.peers import child
from evals.sample import Sample


def found(hits: dict[str, list[object]]) -> dict[str, object]:
    return {
        "title": "Pincite, search alone",
        "cold_s": 1.0,
        "index_s": 2.0,
        "memory_mb": 3.0,
        "latency_s": [0.1],
        "hits": hits,
    }


def test_every_version_of_a_note_is_a_text_of_its_own(small: Corpus) -> None:
    versions, texts = bench.bench_texts(small)
    two = [each for each in versions.values() if each.provision == "EO 19001 sec. 3"]
    assert [each.end for each in two] == [date(2020, 1, 1), None]
    assert {text["id"] for text in texts} == set(versions)


def test_hits_are_met_by_the_clause_and_an_ended_or_other_version_is_wrong(small: Corpus) -> None:
    versions, _ = bench.bench_texts(small)
    sample = Sample("1", "plain_lookup", "?", must=("22 USC 9001(c)",))
    current, earlier = "EO 19001 sec. 3#1", "EO 19001 sec. 3#0"
    right = bench.result(found({"1": ["22 USC 9001(c)#0", current]}), versions, [sample], small)
    assert (right.hit5, right.hit10, right.wrong) == (1.0, 1.0, 0.0)
    for other in (earlier, "NSM-91 sec. 1#0"):
        assert bench.result(found({"1": [other]}), versions, [sample], small).wrong == 1.0
    chunk = bench.result(found({"1": [["22 USC 9001(b)#0", "22 USC 9001(c)#0"]]}), versions, [sample], small)
    assert chunk.hit5 == 1.0


def test_costs_are_multiples_of_ours(small: Corpus) -> None:
    ours = bench.Result("Pincite, search alone", 1, 1, 0, 2.0, 4.0, 8.0, 100.0)
    other = bench.Result("other", 0.5, 0.5, 0, 4.0, 2.0, 8.0, 250.0)
    last = bench.as_table([ours, other]).splitlines()[-1]
    assert "2.00 x | 0.50 x | 1.00 x | 2.50 x" in last


def test_the_table_replaces_what_stood_between_the_markers(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{bench.START}\nold\n{bench.END}\nafter\n", encoding="utf-8")
    bench.write_between(path, "new")
    assert path.read_text(encoding="utf-8") == f"before\n{bench.START}\nnew\n{bench.END}\nafter\n"
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(NotReady, match="markers"):
        bench.write_between(path, "new")


def test_the_readme_has_the_markers() -> None:
    text = bench.README.read_text(encoding="utf-8")
    assert text.index(bench.START) < text.index(bench.END)


def test_every_peer_named_is_there() -> None:
    files = {path.stem for path in Path(peers.__file__).parent.glob("*.py")} - {"__init__", "__main__", "child"}
    assert set(bench.PEERS) == files


def test_a_peer_runs_in_its_process(tmp_path: Path) -> None:
    texts = [
        {"id": f"t{n}", "provision": f"t{n}", "instrument": "t", "path": "", "text": text}
        for n, text in enumerate(["a kite is certified", "a boat is licensed", "a horse is shod"])
    ]
    questions = [{"id": "q", "question": "boat licensed"}]
    (tmp_path / "bench.json").write_text(json.dumps({"texts": texts * 4, "questions": questions, "encoder": ""}))
    pytest.importorskip("bm25s")
    child.main("plain_bm25", tmp_path / "bench.json", tmp_path / "out.json")
    held = json.loads((tmp_path / "out.json").read_text())
    assert held["hits"]["q"][0] == "t1"
    assert len(held["latency_s"]) == 1
