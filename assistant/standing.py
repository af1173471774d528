"""What is held, how far it was checked, and where the data is."""

from typing import Any

from assistant import __version__, law
from assistant.corpus import Corpus, read_corpus
from assistant.index import entries
from assistant.record import Record, open_record
from assistant.settings import CHECKED_THROUGH, Settings, data_path


def read_standing(settings: Settings, *, coverage: bool = False) -> dict[str, Any]:
    """The state of the corpus, record and index, ready for JSON."""
    corpus = read_corpus(data_path("corpus"), settings.home / "cache")
    record = open_record(settings.home)
    editions = record.editions()
    standing: dict[str, Any] = {
        "version": __version__,
        "checked_through": CHECKED_THROUGH.isoformat(),
        "home": str(settings.home),
        "remove": f"Delete the folder {settings.home}.",
        "corpus": {
            "digest": corpus.digest,
            "instruments": len(corpus.instruments),
            "annotated": len(corpus.provisions),
            "outlined": sum(len(outlined.headings) + 1 for outlined in corpus.outline.values()),
        },
        "record": {
            "path": str(record.path),
            "digest": record.digest(),
            "editions": [
                {"instrument": e.instrument, "as_of": e.as_of.isoformat(), "holding": e.holding, "sha256": e.sha256,
                 "publisher_url": e.publisher_url, "retrieved": e.retrieved}
                for e in editions
            ],
        },
        "index": _index(settings, corpus, record),
        "wanted": [{"provision": provision, "cited_by": times} for provision, times in record.wanted()],
    }  # fmt: skip
    if coverage:
        standing["coverage"] = _coverage(corpus)
    return standing


def _index(settings: Settings, corpus: Corpus, record: Record) -> dict[str, Any]:
    from assistant.engines import hybrid

    generation = hybrid.current(settings.home)
    if generation is None:
        return {"built": False, "stale": True, "next": "pincite index"}
    stale = generation.digest != hybrid.index_digest(entries(corpus, record), generation.encoder)
    return {
        "built": True, "stale": stale, "entries": generation.entries, "rows": generation.rows, "encoder": generation.encoder,
        "next": "pincite index" if stale else None,
    }  # fmt: skip


def _coverage(corpus: Corpus) -> list[dict[str, Any]]:
    """For each instrument: the clauses that exist, and those with a note of their own or within an annotated part."""
    rows: list[dict[str, Any]] = []
    for outlined in corpus.outline.values():
        clauses = list(outlined.headings)
        noted = [clause for clause in clauses if clause in corpus.provisions]
        covered = [
            c for c in clauses if c in corpus.provisions or any(a in corpus.provisions for a in law.ancestors_of(c))
        ]
        rows.append(
            {"instrument": outlined.id, "act": outlined.act, "clauses": len(clauses), "notes": len(noted), "within_a_note": len(covered),
             "annotated": outlined.id in corpus.instruments}
        )  # fmt: skip
    return rows
