import json
from pathlib import Path

import pytest

from assistant.errors import BadInput
from evals import beir

TEXTS = {
    "p1": "A kite must be certified before it is sold.",
    "p2": "A boat needs a licence from the harbour master.",
    "p3": "",
    "p4": "The licence for a boat costs five crowns.",
}


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "corpus.jsonl", [{"id": each, "text": text, "title": ""} for each, text in TEXTS.items()])
    questions = [
        {"id": "q1", "text": "kite certified sold"},
        {"id": "q2", "text": "boat licence"},
        {"id": "q3", "text": "x"},
    ]
    write(tmp_path, "queries.jsonl", questions)
    judged = [
        {"qid": "q1", "docid": "p1", "grade": 1},
        {"qid": "q2", "docid": "p2", "grade": 2},
        {"qid": "q2", "docid": "p4", "grade": 1},
    ]
    write(tmp_path, "qrels.jsonl", judged)
    return tmp_path


@pytest.fixture(autouse=True)
def _fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_ENCODER", "hashed-words")


def test_a_folder_is_ranked_and_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert beir.main([str(folder), "--json", "--cache", str(folder / "cache")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["passages"], found["questions"]) == (4, 2)
    assert {f"{name}@{k}" for name in ("recall", "map", "ndcg") for k in (5, 10)} <= set(found)
    assert found["recall@5"] == found["map@10"] == 1.0
    assert beir.main([str(folder)]) == 0
    shown = capsys.readouterr()
    assert "nDCG" in shown.out
    assert "answered 2/2" in shown.err


def test_the_usual_other_spellings_are_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("beir")
    write(other, "corpus.jsonl", [{"_id": each, "text": text} for each, text in TEXTS.items()])
    write(other, "queries.jsonl", [{"_id": "q1", "text": "kite"}, {"_id": "q2", "text": "boat"}])
    (other / "qrels").mkdir()
    table = "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp2\t2\nq2\tp4\t1\nq9\tp1\t1\n"
    (other / "qrels" / "test.tsv").write_text(table, encoding="utf-8")
    assert beir.read_collection(other).grades == beir.read_collection(folder).grades
    (other / "qrels.tsv").write_text("q1 0 p1 1\nq2 0 p2 2\nq2 0 p4 1\n", encoding="utf-8")
    assert beir.read_collection(other).grades == beir.read_collection(folder).grades


def test_a_question_without_a_ranking_counts_as_nothing(folder: Path) -> None:
    collection = beir.read_collection(folder)
    assert beir.measured(collection, {"q1": ["p1"]})["recall@5"] == 0.5


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("corpus.jsonl", "{", "cannot be read"),
        ("corpus.jsonl", '{"text": "no id"}', "line 1"),
        ("qrels.jsonl", '{"qid": "q1", "docid": "p1", "grade": "high"}', "no number"),
        ("qrels.jsonl", '{"qid": "q77", "docid": "p1"}', "judged"),
        ("queries.jsonl", "[1]", "cannot be read"),
    ],
)
def test_a_folder_that_cannot_be_read_is_said_in_one_line(
    folder: Path, name: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_text(text + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        beir.read_collection(folder)
    assert beir.main([str(folder)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_without_judgements_is_said(folder: Path) -> None:
    (folder / "qrels.jsonl").unlink()
    with pytest.raises(BadInput, match=r"no qrels\.jsonl"):
        beir.read_collection(folder)
