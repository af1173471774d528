"""Make the outlines of everything but the statutes: which clauses exist, and their printed headings, never their text.

Run as `python corpus/outline/make_other.py ../shared/official [NAME ...]`, with the folder of official texts and its
MANIFEST.json; a name, such as `samm`, makes that outline alone.
"""

import json
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.readers import (
    Kind,
    Reading,
    bill,
    cfr_markdown,
    federal_register_markdown,
    olrc_note,
    samm,
    white_house,
)

READERS: dict[str, Callable[..., Reading]] = {
    "whitehouse-markdown": white_house.read,
    "olrc-note": olrc_note.read,
    "federal-register-markdown": federal_register_markdown.read,
    "markdown-lossy": cfr_markdown.read,
    "pdf": samm.read,
    "bill-xml": bill.read,
}
TITLES = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))
LONGEST_TITLE = 12  # words: of a longer one the beginning, unless titles.toml has one of ours
LONGEST_HEADING = 9  # words: a longer one is text more than a name, and the outline holds no text
KINDS = (Kind.PROVISION, Kind.FLUSH, Kind.TABLE, Kind.ROW)
HERE = Path(__file__).parent

# The printed order letters its list; the page the White House posted has bullets. Both ways of citing it exist.
LETTERED_TOO = {"EO 14148": "presidential/EO-14148_FR_austinsonger.md"}


def short(instrument: str, title: str) -> str:
    """An instrument's title: ours where there is one, else the printed one or, of a long one, its beginning."""
    words = title.split()
    printed = title if len(words) <= LONGEST_TITLE else f"{' '.join(words[: LONGEST_TITLE - 1])} …"
    return str(TITLES.get(instrument, printed))


def main() -> None:
    """Write the outlines beside this script."""
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    rows = [row for row in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8")) if row["prefer"]]
    for name, begins in OUTLINES.items():
        if names and name not in names:
            continue
        chosen = [row for row in rows if row["file"].startswith(begins)]
        lines = [
            "# Which clauses exist and their printed headings; made by make_other.py from the publishers' texts.",
            *NOTES.get(name, ()),
        ]
        for row in chosen:
            lines += outline(folder, row)
        if name == "presidential":
            lines += fact_page(HERE.parent / "documents" / "cat-fact-page.md")
        (HERE / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(chosen)} instruments, {sum(not line.startswith(('#', '=')) for line in lines)} clauses")


OUTLINES = {
    "presidential": "presidential/",
    "cfr-22": "cfr_lossy/22CFR",
    "cfr-15": "cfr_lossy/15CFR",
    "samm": "samm/",
    "other": "bills/",
}
NOTES = {
    "presidential": (
        "# EO 14148 sec. 2 is lettered (a) to (zzz) in the Federal Register and bulleted on the White House page: both.",
    ),
    "cfr-22": (
        "# From a copy that lost italic headings, all tables and the Munitions List: clauses may be missing here.",
    ),
    "cfr-15": ("# From a copy that lost italic headings and all tables: clauses may be missing here.",),
}


def outline(folder: Path, row: dict[str, Any]) -> list[str]:
    """One instrument's lines."""
    instrument = row["instrument"]
    reading = READERS[row["format"]]((folder / row["file"]).read_bytes(), instrument=instrument)
    lines = [f"= {instrument} | {reading.act} | {short(instrument, reading.title)} | {row['as_of']}"]
    lines += clauses(reading)
    if other := LETTERED_TOO.get(instrument):
        lettered = federal_register_markdown.read((folder / other).read_bytes(), instrument=instrument)
        lines += [
            line for line in clauses(lettered) if line.split("\t")[0] not in {had.split("\t")[0] for had in lines}
        ]
    return lines + supplements(folder, instrument)


def supplements(folder: Path, instrument: str) -> list[str]:
    """The supplements to a part: this conversion lost them, but the regulations name them."""
    if " CFR part " not in instrument:
        return []
    title, part = instrument.split(" CFR part ")
    named: set[int] = set()
    for path in sorted((folder / "cfr_lossy").glob(f"{title}CFR_part*.md")):
        own = f"_part{part}_" in path.name
        pattern = rf"supplement no\. (\d+) to {'(?:this part|part ' + part + ')' if own else 'part ' + part}\b"
        named |= {int(number) for number in re.findall(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)}
    return [f"{instrument} supp. {number}" for number in sorted(named)]


def clauses(reading: Reading) -> list[str]:
    """A line for each clause of law in a reading."""
    lines: list[str] = []
    for passage in reading.passages:
        if passage.kind in KINDS and passage.id != reading.instrument:
            heading = passage.heading if len(passage.heading.split()) <= LONGEST_HEADING else ""
            lines.append(f"{tail(passage.id, reading.instrument)}\t{heading}".rstrip())
    return lines


def tail(passage_id: str, instrument: str) -> str:
    """What follows the instrument in an id where the outline may shorten it, else the whole id."""
    rest = passage_id.removeprefix(instrument)
    return rest if rest != passage_id and re.match(r"[(\[,]| note| sec\.", rest) else passage_id


def fact_page(path: Path) -> list[str]:
    """The State Department's fact page, which this repository holds."""
    if not path.exists():
        return []
    reading = white_house.read(path.read_bytes(), instrument="CAT fact page")
    title = reading.title or "The U.S. Conventional Arms Transfer Policy"
    return [f"= CAT fact page |  | {title} | 2023-02-23", *clauses(reading)]


if __name__ == "__main__":
    main()
