"""Our notes held to their sources: every figure of a note stands in the official text of its clause, or is listed.

`python -m evals.notes OFFICIAL_DIR [--json]` reads a mirror of official texts and prints every figure without a source;
exit status 1 where there is one. A figure is an amount, a length of time, a percentage, a date, a plain number or the
number of a category. Citations and the numerals of lists are none.
"""

import argparse
import json
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from assistant import cite, law
from assistant.corpus import Corpus, read_corpus
from assistant.errors import BadCorpus, PinciteError
from assistant.law import Provision
from assistant.record import Record, open_record
from assistant.settings import data_path
from assistant.support.figures import Figure, figures

LISTED = Path("sources") / "figures.toml"

_NAMES = r"sections?|secs?\.|§§?|paragraphs?|subparagraphs?|clauses?|(?:sub)?chapters?|(?:sub)?parts?|(?:sub)?titles?|supplements?|supp\.|articles?|considerations?|objectives?|FAR|bullets?|footnotes?|items?|tables?|figures?|annex|appendix|rows?|divisions?|country groups?|phases?|forms?|AECA|FAA|EAR|ITAR|ECCNs?"
_NUMERAL = r"(?:[A-Z]\d*-)?\d[\w.-]*(?:\(\w+\))*"
_CITED = re.compile(
    rf"\b\d+ (?:U\.?S\.?C\.?|C\.?F\.?R\.?|FR|Fed\. Reg\.|Stat\.) (?:parts? )?{_NUMERAL}"
    rf"|\bPub(?:lic|\.)? ?L(?:aw|\.)? \d+[-–—]\d+"
    rf"|\b(?:E\.?O\.?|Executive Order(?: No\.)?|NSM|NSPM|NSDD|PDD?|PPD|H\.? ?R\.|S\.|H\. ?J\. ?Res\.|S\. ?J\. ?Res\.|Public Notice|DoDI|DoDD|(?:DoD|Defense) Directive|(?:DSP|DS|AR|DD)(?: Form)?)[- ]?\d[\w.-]*"
    rf"|(?<!\w)(?:{_NAMES}) (?:nos?\. )?{_NUMERAL}(?:(?:, | ?(?:, )?(?:and|or|to|through) |-){_NUMERAL}(?! (?:calendar |\w+ )?(?:days|years|months|percent)))*"
    r"|\b(?:C|AP)\d+\.[\w.]*|(?<![$\d,.])\b(?:1[23]\d|7[3-7]\d)\.\d+(?:\(\w+\))*|\b\d{2,4}[a-l](?:-\d+)?\b(?:\(\w+\))*|\b\d{1,4}[A-Z]{0,2}(?=\([a-z]\))|\b\d[A-E]\d{3}\b(?:\.[\w.]+)?"
    r"|\b[56]00[- ]series|\(\d{1,2}\)|\([a-z]\)",
    re.IGNORECASE,
)  # fmt: skip
_CATEGORY = re.compile(r"\bcategor(?:y|ies) (?:\([A-Z]+\) )?((?:[ivx]+|\d+)(?:\(\w+\))*(?:(?:, | and | or |, and |, or | to | through | ?[-–] ?)(?:[IVX]+|\d+)(?:\(\w+\))*)*)(?!\w)", re.IGNORECASE)  # fmt: skip
_ROMAN = re.compile(r"(?<![\w(])([IVX]+|\d+)(?![\w)])", re.IGNORECASE)

_NUMBERED = re.compile(r"(?:\(\w+\)|\d+)$")
_ROMANS = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A figure of a note that no source states: as written, and the words around it."""

    provision: str
    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of all notes found: figures read, those of clauses whose text is not held, and the unsupported."""

    figures: int
    unread: int
    listed: int
    unsupported: tuple[Unsupported, ...]
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure whose source is not the clause: where it does come from."""

    provision: str
    figure: str
    source: str


def figures_of(text: str) -> list[Figure]:
    """The figures of a note or of official text, citations and the numerals of lists left out."""
    return figures(_CITED.sub(lambda m: "#" * len(m[0]), text))


def _without_citations(note: str, within: str) -> str:
    """A note of the same length with every citation that can be read struck out."""
    for mention in cite.find(note, within or None):
        note = note[: mention.start] + "#" * (mention.end - mention.start) + note[mention.end :]
    return note


def categories_of(text: str) -> set[int]:
    """The numbers of categories named in a text, whether in Roman numerals or digits."""
    return {_category(number) for run in _CATEGORY.finditer(text) for number in _ROMAN.findall(run[1])}


def _category(written: str) -> int:
    if written.isdigit():
        return int(written)
    values = [_ROMANS[letter] for letter in written.upper()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def unsupported_by(
    note: str, texts: Sequence[str], dates: Sequence[date] = (), counts: Sequence[int] = (), within: str = ""
) -> list[str]:
    """The figures of a note, as written, that none of the texts states.

    `dates` are those of the row and of the instruments that the note names; `counts` how many parts the clause has;
    `within` is the clause's id, for citations such as "paragraph (2)".
    """
    known = [figure for text in texts for figure in figures_of(text)]
    named: set[int] = set().union(*map(categories_of, texts))
    missing = []
    for figure in figures_of(_without_citations(note, within)):
        if any(figure.agrees(other) for other in known) or _is_among(figure, dates):
            continue
        if figure.kind == "plain" and figure.value[0] in counts and note[figure.start].isalpha():
            continue
        missing.append(note[figure.start : figure.end].strip(" ,;"))
    missing += [f"Category {number}" for number in sorted(categories_of(note) - named)]
    return missing


def check_notes(corpus: Corpus, record: Record, listed: Sequence[Listed] = ()) -> Checked:
    """Hold every note to the official text held of its clause, the clauses it names as sources, and the list."""
    sources = {(row.provision, row.figure): row for row in listed}
    used: set[tuple[str, str]] = set()
    count = unread = 0
    found: list[Unsupported] = []
    texts = _Texts(corpus, record)
    for provision, versions in corpus.provisions.items():
        for version in versions:
            amount = len(figures_of(version.note)) + len(categories_of(version.note))
            if not amount:
                continue
            own = texts.of(provision)
            if not own:
                unread += amount
                continue
            count += amount
            bodies = [own, *(texts.of(source) for source in version.sources)]
            for written in unsupported_by(
                version.note, bodies, texts.dates(version), texts.counts(provision), provision
            ):
                if (provision, written) in sources:
                    used.add((provision, written))
                    continue
                at = max(0, version.note.find(written))
                found.append(Unsupported(provision, written, version.note[max(0, at - 50) : at + 50]))
    stale = tuple(f"{provision}: {figure}" for provision, figure in sources if (provision, figure) not in used)
    return Checked(count, unread, len(used), tuple(found), stale)


def read_listed(path: Path) -> list[Listed]:
    """The figures with another source; BadCorpus names the row that lacks a key."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("figure", [])
    for number, row in enumerate(rows, 1):
        if set(row) != {"provision", "figure", "source"} or not all(row.values()):
            raise BadCorpus(f"{path.name}, row {number}: a figure needs provision, figure and source.")
    return [Listed(**row) for row in rows]


class _Texts:
    """The official text that may support a note."""

    def __init__(self, corpus: Corpus, record: Record) -> None:
        self._corpus, self._record = corpus, record

    def of(self, provision: str) -> str:
        """A clause with its parts, and what stands above it; a flush or a row reads on from its whole parent."""
        instrument = law.instrument_of(provision)
        held = self._record.held(provision, instrument)
        if held is None:
            edition = self._record.edition(instrument) if provision == instrument else None
            return edition.text if edition else ""
        words = [held.text]
        for number, above in enumerate(law.ancestors_of(provision)):
            if parent := self._record.held(above, instrument):
                whole = number == 0 and re.search(r", (?:flush|row|footnote)", provision)
                words += [parent.passage.heading, parent.text if whole else parent.own]
        return "\n".join(words)

    def counts(self, provision: str) -> list[int]:
        """How many parts of each kind the clause, each of its parts and its parent have."""
        children = self._corpus.children
        near = [provision, *children.get(provision, ()), law.parent_of(provision) or provision]
        kinds = (Counter(_NUMBERED.sub("", part) for part in children.get(one, ())) for one in near)
        return [number for kind in kinds for number in kind.values()]

    def dates(self, version: Provision) -> list[date]:
        """The dates of the row, of its instrument and edition, and of what the note names."""
        named = {reading for mention in cite.find(version.note, version.id) for reading in mention.candidates}
        found = set(self._of_row(version))
        named |= set(version.sources)
        for one in {version.instrument, *named, *map(law.instrument_of, named)}:
            for other in self._corpus.provisions.get(one, ()):
                found |= set(self._of_row(other))
            if instrument := self._corpus.instruments.get(one):
                periods = [period.start for period in instrument.periods]
                days = (instrument.signed, instrument.effective, instrument.ended, instrument.facts_as_of)
                found |= {day for day in (*periods, *days) if day}
        if edition := self._record.edition(version.instrument):
            found.add(edition.as_of)
        return sorted(found)

    def _of_row(self, version: Provision) -> Iterator[date]:
        yield from (day for day in (version.start, version.end) if day)
        yield from (period.start for period in version.history)


def _is_among(figure: Figure, dates: Sequence[date]) -> bool:
    if figure.kind != "date":
        return False
    return any(
        all(part in (0, own) for part, own in zip(figure.value, (day.year, day.month, day.day), strict=True))
        for day in dates
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what has no source."""
    from assistant.sync import receive

    parser = argparse.ArgumentParser(prog="python -m evals.notes", description="Figures of our notes and their source.")
    parser.add_argument("official", type=Path, metavar="OFFICIAL_DIR", help="a mirror of official texts")
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")
    given = parser.parse_args(arguments)
    folder = data_path("corpus")
    try:
        corpus, listed = read_corpus(folder), read_listed(folder / LISTED)
        with tempfile.TemporaryDirectory() as home:
            record = open_record(Path(home), create=True)
            receive(given.official, record)
            checked = check_notes(corpus, record, listed)
            record.close()
    except PinciteError as error:
        print(f"pincite: {error}", file=sys.stderr)
        return error.exit_status
    if given.json:
        print(json.dumps(asdict(checked), ensure_ascii=False, indent=1))
    else:
        for one in checked.unsupported:
            print(f"{one.provision}: {one.figure}: {one.words}")
        for row in checked.stale:
            print(f"{row}: listed with another source, and no longer needed.")
        print(
            f"{checked.figures} figures: {checked.listed} with another source, {len(checked.unsupported)} without one;"
            f" {checked.unread} in notes whose text is not held"
        )
    return 1 if checked.unsupported or checked.stale else 0


if __name__ == "__main__":
    sys.exit(main())
