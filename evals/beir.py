"""The product's own retrieval over any folder of passages, questions and judgements: `python -m evals.beir DIR [--json]`.

DIR has corpus.jsonl {id, text, title?}, queries.jsonl {id, text} and qrels.jsonl {qid, docid, grade?}; the usual other
spellings (`_id`, `query-id`, qrels.tsv, qrels/test.tsv) are read too. Recall, MAP and nDCG at 5 and 10 follow trec_eval,
over the questions that have a judgement.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadInput, PinciteError
from evals import measures
from evals.suite import bar_on_stderr

CUTS = (5, 10)
_MEASURES = {"recall": measures.recall, "map": measures.average_precision, "ndcg": measures.ndcg}


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to be ranked: its title, and its words, which may be empty."""

    id: str
    path: str
    text: str


@dataclass(frozen=True)
class Collection:
    """Passages, questions by id, and for each question the grades of passages; those without a grade are not relevant."""

    texts: list[Text]
    questions: dict[str, str]
    grades: dict[str, dict[str, float]]


def read_collection(folder: Path) -> Collection:
    """Read a folder; BadInput names the file, the line and what was missing."""
    rows = ((_string(row, ("id", "_id", "docid"), where), row) for where, row in _rows(folder / "corpus.jsonl"))
    texts = {
        each: Text(each, str(row.get("title") or ""), str(row.get("text") or row.get("contents") or ""))
        for each, row in rows
    }
    asked = {
        _string(row, ("id", "_id", "qid"), where): str(row.get("text") or row.get("query") or "")
        for where, row in _rows(folder / "queries.jsonl")
    }
    grades: dict[str, dict[str, float]] = {}
    for question, text, grade in _judgements(folder):
        if question in asked:
            grades.setdefault(question, {})[text] = grade
    judged = {each: asked[each] for each in asked if any(grade > 0 for grade in grades.get(each, {}).values())}
    if not texts or not judged:
        raise BadInput(f"{folder} has no passages or no judged questions.", next_step="Check the ids in its qrels.")
    return Collection(list(texts.values()), judged, grades)


def measured(collection: Collection, ranked: dict[str, Sequence[str]]) -> dict[str, float]:
    """The mean of each measure at each cut: "recall@5", "map@10", ...; a question without a ranking counts as 0."""
    return {
        f"{name}@{k}": sum(measure(ranked.get(each, ()), collection.grades[each], k) for each in collection.questions)
        / len(collection.questions)
        for name, measure in _MEASURES.items()
        for k in CUTS
    }


def rank(
    collection: Collection, cache: Path, encoder: str = "packaged-int8", threads: int = 2
) -> dict[str, Sequence[str]]:
    """For each question the ids of the ten best passages, by what ranks the law; vectors are kept in `cache`."""
    from assistant.engines.encoder import open_encoder
    from assistant.engines.ranking import rank_texts

    ranker = rank_texts(collection.texts, open_encoder(encoder, threads), cache, bar_on_stderr("encoded"))
    tell = bar_on_stderr("answered")
    found: dict[str, Sequence[str]] = {}
    for number, (each, question) in enumerate(collection.questions.items(), 1):
        best = ranker.rank(question, max(CUTS)) if question.strip() else []
        found[each] = [collection.texts[position].id for position, _ in best]
        tell(number, len(collection.questions))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Rank, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m evals.beir", description="Retrieval over a folder of your own.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")
    parser.add_argument("--cache", type=Path, help="where vectors are kept; the data folder's cache if not given")
    given = parser.parse_args(arguments)
    try:
        return _run(given.folder, given.cache, as_json=given.json)
    except PinciteError as error:
        print(f"pincite: {error}", file=sys.stderr)
        return error.exit_status


def _run(folder: Path, cache: Path | None, *, as_json: bool) -> int:
    from assistant.settings import read_settings

    settings = read_settings()
    collection = read_collection(folder)
    began = time.perf_counter()
    numbers = measured(
        collection, rank(collection, cache or settings.home / "cache", settings.encoder, settings.threads)
    )
    seconds = time.perf_counter() - began
    counts = {"passages": len(collection.texts), "questions": len(collection.questions)}
    if as_json:
        rounded = {name: round(value, 4) for name, value in numbers.items()}
        print(json.dumps({"folder": folder.name, **counts, **rounded, "seconds": round(seconds, 1)}, indent=2))
        return 0
    print(f"{counts['passages']:,} passages, {counts['questions']:,} judged questions, {seconds:.0f} s")
    print("          " + "".join(f"{f'at {k}':>8}" for k in CUTS))
    for name, title in (("recall", "recall"), ("map", "MAP"), ("ndcg", "nDCG")):
        print(f"{title:10}" + "".join(f"{numbers[f'{name}@{k}']:8.4f}" for k in CUTS))
    return 0


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise ValueError("not an object")
                    yield f"{path.name}, line {number}", row
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read ({error}).", next_step="Give a folder of JSON lines.") from None


def _judgements(folder: Path) -> Iterator[tuple[str, str, float]]:
    lines = folder / "qrels.jsonl"
    if lines.is_file():
        for where, row in _rows(lines):
            question = _string(row, ("qid", "query-id", "query_id", "query"), where)
            text = _string(row, ("docid", "corpus-id", "doc_id", "corpus_id"), where)
            yield (
                question,
                text,
                _grade(next((row[key] for key in ("grade", "score", "relevance") if key in row), 1), where),
            )
        return
    tables = [folder / "qrels.tsv", folder / "qrels" / "test.tsv", *sorted(folder.glob("qrels/*.tsv"))]
    path = next((table for table in tables if table.is_file()), None)
    if path is None:
        raise BadInput(f"{folder} has no qrels.jsonl.", next_step="Give a folder with corpus, queries and qrels.")
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        cells = line.split()
        if len(cells) == 4:
            cells = [cells[0], cells[2], cells[3]]
        if not cells or (number == 1 and not cells[-1].lstrip("-").replace(".", "").isdigit()):
            continue
        if len(cells) != 3:
            raise BadInput(f"{path.name}, line {number}: not question, passage, grade.", next_step="Separate by tabs.")
        yield cells[0], cells[1], _grade(cells[2], f"{path.name}, line {number}")


def _string(row: dict[str, Any], keys: tuple[str, ...], where: str) -> str:
    for key in keys:
        if row.get(key) is not None:
            return str(row[key])
    raise BadInput(f"{where}: no {keys[0]!r}.", next_step=f"Each row has {keys[0]}.")


def _grade(written: Any, where: str) -> float:
    try:
        return float(written)
    except (TypeError, ValueError):
        raise BadInput(f"{where}: the grade {written!r} is no number.", next_step="Write 0, 1, 2, ...") from None


if __name__ == "__main__":
    raise SystemExit(main())
