"""`python -m evals.verbatim`: whether what is stored and what is quoted stands in the source, word for word.

`--from MIRROR` takes provisions at random from the record and looks for each in the file of the mirror that it was read
from. `--questions FILE` (JSON lines with `question` and, if they like, `as_of`) asks each and holds every quotation of
every answer against the text of its clause: `text[start:end] == quote`.

The comparison leaves out what the readers say they leave out: markup, the marks that call footnotes, white space, and the
raised number before a note of a printed table, which a page's own text has elsewhere. A cell of a printed table that goes on
over the page stands there in two pieces. Dashes, quotation marks and hyphens that differ in kind are the same, as in
`cite.verify`.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree

from assistant.ask import ask
from assistant.cite.verify import fold
from assistant.desk import Desk, open_desk
from assistant.readers import Kind, Passage, tagged_pdf
from assistant.record import Record, open_record
from assistant.settings import read_settings
from assistant.sync.mirror import Row, opened

_MARKDOWN = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->|\*|\\(?=[^\w\s])|^#+ |\[(?=[^\]]*\]\()|\]\([^)]*\)", re.MULTILINE)
_PAGES = re.compile(r"\*\*\*|=== \[PDF page \d+\] ===")
_LEFT_OUT = str.maketrans("", "", "-_*")
_LINE = re.compile(r"[\n\t]")
_LINE_OR_NOTE = re.compile(r"[\n\t]|\b\d{1,2}\s+(?=: )")
_SPACED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Missing:
    """A provision whose words do not stand in its source, or a quotation that is not in its text."""

    provision: str
    words: str


def bare(text: str) -> str:
    """A text as it is compared: folded, without white space, hyphens and the marks of Markdown's emphasis."""
    return _SPACED.sub("", fold(text).text).translate(_LEFT_OUT)


def stands(words: str, source: str, *, over_a_page: bool = False) -> bool:
    """Whether words stand in a source, in one piece, or in two where a cell goes on over the page, after its neighbours."""
    if words in source or not over_a_page:
        return words in source
    low, high = 0, len(words)  # the longest beginning that stands there
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if words[:middle] in source else (low, middle - 1)
    return low > 0 and words[low:] in source


def source_text(form: str, data: bytes) -> str:
    """The words of a source file, its markup taken away."""
    if form in {"uslm-section", "bill-xml"}:
        return "".join(_words(etree.fromstring(data)))
    if form == "pdf":
        return "\n".join(tagged_pdf.read_pages(data))
    text = data.decode("utf-8")
    if form == "text-of-pdf":
        return _PAGES.sub("", text)
    return _MARKDOWN.sub("", text)


def _words(root: etree._Element) -> Iterator[str]:
    """The words of an XML file; what calls a footnote, and the notes called, stand apart."""
    notes = {note.findtext("{*}num") for note in root.iterfind(".//{*}note[@type='footnote']")}

    def walk(element: etree._Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                called = child.get("class") == "footnoteRef" or (
                    etree.QName(child).localname == "sup" and child.text in notes
                )
                if not called and child.get("type") != "footnote":
                    yield from walk(child)
            yield child.tail or ""

    yield from walk(root)


def stored(
    record: Record, rows: list[Row], read: Callable[[str], bytes], count: int, chance: random.Random
) -> tuple[int, list[Missing]]:
    """How many provisions drawn at random were looked for, and those whose words are not in their source file."""
    beside = {row.instrument: row for row in rows if row.format == "text-of-pdf"}
    by_hash = {row.sha256: row for row in rows}
    texts: dict[str, str] = {}
    drawn: list[tuple[str, Row, str, Passage]] = []
    for edition in record.editions():
        row = by_hash.get(edition.sha256)
        if row is None:
            continue
        whole = record.edition_numbered(edition.id)
        text = whole.text if whole else ""
        drawn += [(edition.sha256, row, text, p) for p in record.passages(edition) if p.kind is not Kind.FOOTNOTE]
    missing: list[Missing] = []
    sample = chance.sample(drawn, min(count, len(drawn)))
    for sha256, row, text, passage in sample:
        if sha256 not in texts:
            words = source_text(row.format, read(row.file))
            if row.format == "pdf" and row.instrument in beside:  # the same pages read by another program
                words += source_text("text-of-pdf", read(beside[row.instrument].file))
            texts[sha256] = bare(words)
        lines = _LINE_OR_NOTE if row.format == "pdf" and passage.id.endswith(", row note") else _LINE
        for line in lines.split(text[passage.own_start : passage.own_end]):
            over = row.format == "pdf" and passage.kind is Kind.ROW
            if not stands(bare(line), texts[sha256], over_a_page=over):
                missing.append(Missing(passage.id, line))
                break
    return len(sample), missing


def quoted(desk: Desk, questions: list[dict[str, str]]) -> tuple[int, list[Missing]]:
    """How many quotations the answers hold, and those that are not the text of their clause at their place."""
    count = 0
    wrong: list[Missing] = []
    for row in questions:
        answer = ask(row["question"], desk, date.fromisoformat(row["as_of"]) if row.get("as_of") else None)
        for said in answer.claims:
            for each in said.cited:
                citation = each.citation
                if citation.quote is None:
                    continue
                count += 1
                held = desk.held(citation.provision)
                if held is None or held.text[citation.start : citation.end] != citation.quote:
                    wrong.append(Missing(citation.provision, citation.quote))
    return count, wrong


def main() -> None:
    """Print what was looked for and what was not found; exit 1 where anything was not."""
    parser = argparse.ArgumentParser(prog="python -m evals.verbatim", description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="mirror", type=Path, help="the mirror that the record was synced from")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", type=Path)
    options = parser.parse_args()
    if not (options.mirror or options.questions):
        parser.error("give --from MIRROR, --questions FILE, or both")
    settings = read_settings()
    missing: list[Missing] = []
    if options.mirror:
        with opened(options.mirror) as (rows, read):
            count, missing = stored(open_record(settings.home), rows, read, options.count, random.Random(options.seed))
        print(f"{count} provisions, {len(missing)} not found in their source")
    if options.questions:
        lines = options.questions.read_text(encoding="utf-8").splitlines()
        count, wrong = quoted(open_desk(settings), [json.loads(line) for line in lines if line.strip()])
        missing += wrong
        print(f"{count} quotations, {len(wrong)} not in their text")
    for each in missing:
        print(f"  {each.provision}: {each.words[:160]}")
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
