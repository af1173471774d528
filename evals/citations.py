"""Citations as people write them: whether each is read as the clauses it names, or as naming none.

`python -m evals.citations` prints those that are not.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import cite
from assistant.errors import BadInput
from evals.figure import Figure, mean_figure

if TYPE_CHECKING:
    from assistant.corpus import Corpus

SAMPLES = Path(__file__).parent / "samples" / "citations.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """A citation as written, and what it names.

    `ambiguous` says that any of several is meant; `missing` that the form is good and no such clause exists.
    """

    written: str
    provisions: tuple[str, ...]
    ambiguous: bool = False
    missing: bool = False
    kind: str = "citation"


def read_written(path: Path = SAMPLES) -> list[Written]:
    """The written forms of a file; BadInput names the line."""
    found: list[Written] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            provisions = tuple(row["provisions"])
            ambiguous, missing = bool(row.get("ambiguous")), bool(row.get("missing"))
            found.append(
                Written(
                    row["written"], provisions, ambiguous, missing, row.get("kind") or _kind(row["written"], provisions)
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(f"{path}, line {number}: not a written citation ({error}).") from None
    return found


def is_right(written: Written, corpus: "Corpus") -> bool:
    """Whether the form is read as exactly these provisions, as one of several, or as none that exists."""
    found = cite.resolve(written.written, corpus)
    if written.missing:
        return not found.provisions
    return set(found.provisions) == set(written.provisions) and found.ambiguous == written.ambiguous


def figures_of(samples: Sequence[Written], corpus: "Corpus") -> list[Figure]:
    """The share read right, over all forms and over those of each kind."""
    kinds: dict[str, list[float]] = {"all": []}
    for written in samples:
        right = float(is_right(written, corpus))
        kinds["all"].append(right)
        kinds.setdefault(written.kind, []).append(right)
    return [mean_figure("cite", "citations read", kind, values) for kind, values in kinds.items() if values]


def _kind(written: str, provisions: tuple[str, ...]) -> str:
    first = provisions[0] if provisions else ""
    if not first:
        return "no such clause"
    if len(provisions) > 1:
        return "several"
    for mark, kind in ((" USC ", "statute"), (" CFR ", "regulation"), ("EO ", "order"), ("SAMM", "manual")):
        if mark in first:
            return kind
    return "other"


def main() -> None:
    """Print every form that is not read right."""
    from assistant.corpus import read_corpus
    from assistant.settings import data_path

    corpus = read_corpus(data_path("corpus"))
    samples = read_written()
    wrong = [written for written in samples if not is_right(written, corpus)]
    for written in wrong:
        found = cite.resolve(written.written, corpus)
        print(
            f"{written.written!r}: {found.provisions}{' ambiguous' if found.ambiguous else ''}, not {written.provisions}"
        )
    print(f"{len(samples) - len(wrong)} of {len(samples)} read right")


if __name__ == "__main__":
    main()
