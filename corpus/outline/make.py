"""Write the outlines of U.S. Code titles from official section files: `python corpus/outline/make.py FOLDER`."""

import json
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from assistant.readers import Kind, Reading, uslm

TITLES = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))
LONGEST_TITLE = 12  # words: of a longer one the beginning, unless titles.toml has one of ours
LONGEST_HEADING = 9  # words: a longer one is text more than a name, and the outline holds no text
LISTED = {Kind.PROVISION, Kind.FLUSH, Kind.TABLE, Kind.ROW, Kind.NOTE}


def short(instrument: str, title: str) -> str:
    """An instrument's title: ours where there is one, else the printed one or, of a long one, its beginning."""
    words = title.split()
    printed = title if len(words) <= LONGEST_TITLE else f"{' '.join(words[: LONGEST_TITLE - 1])} …"
    return str(TITLES.get(instrument, printed))


def printed_order(instrument: str) -> tuple[int, int, str, int, str]:
    """The place of a section in its title: 2151, 2151-1, 2151a, 2151a-1, 2151z, 2151aa."""
    match = re.fullmatch(r"\d+ USC (\d+)([A-Za-z]*)(?:-(\d+)([A-Za-z]*))?", instrument)
    if match is None:
        raise ValueError(instrument)
    number, letters, after, last = match.groups()
    return int(number), len(letters), letters.lower(), int(after or 0), last or ""


def plain(words: str) -> str:
    """Words on one line, free of the marks an outline is written with."""
    return " ".join(words.replace(" | ", " / ").split())


def outline(reading: Reading, as_of: str) -> list[str]:
    """The lines of one section."""
    lines = [f"= {reading.instrument} | {reading.act} | {short(reading.instrument, plain(reading.title))} | {as_of}"]
    for passage in reading.passages:
        if passage.kind in LISTED and passage.id != reading.instrument:
            tail, heading = passage.id.removeprefix(reading.instrument), plain(passage.heading)
            named = heading and passage.kind is not Kind.ROW and len(heading.split()) <= LONGEST_HEADING
            lines.append(f"{tail}\t{heading}" if named else tail)
    return lines


def main() -> None:
    """Read every section file a folder of official texts lists, and write `usc-NN.txt` for each title."""
    official, here = Path(sys.argv[1]), Path(__file__).parent
    rows = json.loads((official / "MANIFEST.json").read_text(encoding="utf-8"))
    titles: dict[int, list[tuple[Reading, str]]] = defaultdict(list)
    for row in rows:
        if row["format"] == "uslm-section" and row["prefer"]:
            reading = uslm.read((official / row["file"]).read_bytes(), instrument=row["instrument"])
            titles[int(reading.instrument.split()[0])].append((reading, row["as_of"]))
    for title, sections in sorted(titles.items()):
        sections.sort(key=lambda section: printed_order(section[0].instrument))
        lines = [
            f"# The clauses of {len(sections)} sections of title {title} of the United States Code; no text.",
            "# Made by corpus/outline/make.py from the Law Revision Counsel's USLM; make it again rather than edit it.",
        ]
        for reading, as_of in sections:
            lines += outline(reading, as_of)
        path = here / f"usc-{title:02}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{path.name}: {len(sections)} sections, {len(lines) - len(sections) - 2} clauses")


if __name__ == "__main__":
    main()
