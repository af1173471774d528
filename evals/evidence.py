"""`python -m evals.evidence [SET ...] [--write]`: where in the texts held each sample's answer stands, as an id and offsets.

For each clause that a sample must cite (may, where it must none) the shortest run of sentences that carries most of what
is wanted: the patterns and figures of the right answer, then its content words, or the question's where the sample has
no reference; and a second run for a figure or pattern that stands elsewhere in the clause. Offsets count characters of the clause's own text as the edition named prints it. A clause of which only a
note is held has its id alone. No word of a text is copied. Run it over a record synced from the publishers' texts.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant import cite, law
from assistant.corpus import Corpus, read_corpus
from assistant.law import Edition, Holding
from assistant.record import Record, open_record
from assistant.settings import data_path, read_settings
from assistant.support.words import content, masked, words
from evals.amounts import gives
from evals.sample import FOLDER, Sample, read_samples

_SENTENCE = re.compile(r"(?:[a-z0-9)%\"”’][.?!][\"”’)]*|[a-z\"”)][:;]|;(?: (?:and|or))?)\s+(?=[A-Z(“\"])|\n+")
_SHORTENED = re.compile(
    r"\b(?:secs?|paras?|Pub|Nos?|Art|U\.S|etc|e\.g|i\.e|Sept|Dec|Oct|Nov|Jan|Feb|Mar|Apr|Aug|Stat)\.\s*$"
)
_NO_OR_YES = ("no", "not", "yes")
_LONGEST = 8
_FIGURE, _PATTERN, _WORDS, _SENTENCES, _CHARACTERS = 2.0, 1.0, 3.0, 0.15, 1 / 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a span should carry: patterns and figures of the right answer, and the stems of its words."""

    patterns: tuple[str, ...]
    figures: tuple[str, ...]
    stems: frozenset[str]


def wanted_of(sample: Sample) -> Wanted:
    """What the evidence of a sample should carry; whether the answer is no is the answer's, not the text's, to say."""
    stems = frozenset(word.stem for word in content(words(masked(sample.reference or sample.question))))
    patterns = tuple(each for each in sample.must_match if not any(re.search(each, word, re.I) for word in _NO_OR_YES))
    return Wanted(patterns, sample.figures, stems)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences and list items of a text, each with the place of its first and past its last letter."""
    marks = [0]
    for match in _SENTENCE.finditer(text):
        if "\n" in match[0] or not _SHORTENED.search(text[marks[-1] : match.end()]):
            marks.append(match.end())
    spans = []
    for start, end in pairwise([*marks, len(text)]):
        line = text[start:end]
        if re.search(r"\w", line):
            spans.append((start + len(line) - len(line.lstrip()), start + len(line.rstrip())))
    return spans


def best_span(text: str, wanted: Wanted) -> tuple[int, int] | None:
    """The run of sentences that carries most of what is wanted for its length; None where no sentence has any of it."""
    spans = sentence_spans(text)
    if len(spans) == 1:
        return spans[0]
    stems = [{word.stem for word in words(text[start:end])} & wanted.stems for start, end in spans]
    best: tuple[float, int, int] | None = None
    for first, (start, _) in enumerate(spans):
        found: set[str] = set()
        for last in range(first, min(first + _LONGEST, len(spans))):
            end = spans[last][1]
            found |= stems[last]
            passage = text[start:end]
            carried = sum(_PATTERN for each in wanted.patterns if re.search(each, passage, re.I))
            carried += sum(_FIGURE for each in wanted.figures if gives(passage, each))
            carried += _WORDS * len(found) / max(1, len(wanted.stems))
            score = carried - _SENTENCES * (last - first) - _CHARACTERS * (end - start)
            if carried and (best is None or score > best[0]):
                best = (score, start, end)
    return best[1:] if best else None


def clauses_of(sample: Sample, before: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """The clauses whose words are evidence: those that must be cited, else those named before, else those that may be."""
    written = sample.must or tuple(before) or sample.may
    resolved = [cite.resolve(each, corpus).provisions or (each,) for each in written]
    return tuple(dict.fromkeys(id for ids in resolved for id in ids))


def evidence_of(sample: Sample, clauses: Sequence[str], record: Record) -> Iterator[dict[str, Any]]:
    """A row of `evidence` for each clause."""
    wanted = wanted_of(sample)
    for id in clauses:
        edition, text = text_of(id, record)
        if edition is None:
            yield {"id": id, "held": "note"}
            continue
        row: dict[str, Any] = {"id": id, "edition": named(edition), "sha256": edition.sha256}
        if edition.holding is not Holding.OFFICIAL:
            row["held"] = str(edition.holding)
        first = best_span(text, wanted)
        if first is None:
            yield row
            continue
        left = lacking(text[slice(*first)], wanted)
        second = best_span(text, left) if left.patterns or left.figures else None
        for start, end in dict.fromkeys(span for span in (first, second) if span):
            yield row | {"start": start, "end": end}


def lacking(passage: str, wanted: Wanted) -> Wanted:
    """The patterns and figures wanted that a passage does not carry."""
    return Wanted(
        tuple(each for each in wanted.patterns if not re.search(each, passage, re.I)),
        tuple(each for each in wanted.figures if not gives(passage, each)),
        frozenset(),
    )


def text_of(id: str, record: Record) -> tuple[Edition | None, str]:
    """The edition that prints a clause and the clause's text in it, or an instrument's whole text; None where not held."""
    instrument = law.instrument_of(id)
    if id == instrument and (edition := record.edition(id)):
        return edition, edition.text
    held = record.held(id, instrument)
    return (held.edition, held.text) if held else (None, "")


def named(edition: Edition) -> str:
    """The publisher of an edition and the day as of which it printed the text."""
    return f"{urlsplit(edition.publisher_url).hostname or edition.instrument}/{edition.as_of}"


def renewed(path: Path, corpus: Corpus, record: Record) -> list[str]:
    """The lines of a set with their evidence found anew; a line that needs none stays as it is, letter for letter."""
    samples = {sample.id: sample for sample in read_samples([path])}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        before = [str(each["id"]) for each in row.get("evidence", ())]
        clauses = clauses_of(samples[str(row["id"])], before, corpus)
        found = list(evidence_of(samples[str(row["id"])], clauses, record))
        if found != row.get("evidence", []):
            row["evidence"] = found
            line = json.dumps(row, ensure_ascii=line.isascii())
        lines.append(line)
    return lines


def main() -> None:
    """Print how much evidence is placed; with --write, write it into the sets. Exit 1 where something would change."""
    parser = argparse.ArgumentParser(prog="python -m evals.evidence", description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", default=["lookup", "reasoning", "answerable", "premise"])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    settings = read_settings()
    corpus = read_corpus(data_path("corpus"), settings.home / "cache")
    record = open_record(settings.home)
    if not record.editions():
        raise SystemExit("No official text is held; run pincite sync first, or set PINCITE_HOME.")
    stale = False
    for name in options.sets:
        path = FOLDER / f"{name}.jsonl"
        before = path.read_text(encoding="utf-8")
        lines = renewed(path, corpus, record)
        text = "\n".join(lines) + "\n"
        stale |= text != before
        if options.write:
            if path.read_text(encoding="utf-8") != before:
                raise SystemExit(f"{path} changed meanwhile; nothing was written to it. Run this again.")
            path.write_text(text, encoding="utf-8")
        rows = [each for line in lines for each in json.loads(line)["evidence"]]
        placed = sum("start" in each for each in rows)
        noted = sum(each.get("held") == "note" for each in rows)
        print(
            f"{name}: {len(rows)} clauses, {placed} placed, {noted} known by notes alone, {len(rows) - placed - noted} unplaced"
        )
    sys.exit(stale and not options.write)


if __name__ == "__main__":
    main()
