"""Memo templates: plain Markdown that a lawyer can edit, read into sections and elements.

A template has one `# Title`, `## Headings`, and under them elements, one a bullet:

    - note: 22 USC 2754                       our note on the clause, as it stood on the memo's date
    - quote: 22 USC 2754                      the clause's own words, where an official edition is held
    - say: Text of our own.                   with `clause:` it rests on
    - fact: The purpose is {{ purpose }}.     said where the case supplies every slot, else the `else:` bracket
    - stock: A standard sentence.             said only where `true_if:` names a known fact that is yes
    - need: what is wanted                    always a bracket for a fact
    - judge: what is for a person             always a bracket for a judgement
    - include: flags                          a block worked out from the case

Keys stand indented under a bullet or a heading: `clause:` (ids, parted by `;`), `else:`, `true_if:`, `if:` (facts of which
the case must supply one; or `certification`, where none is ruled out; `stop 22 CFR 126.1`, a bar under a clause; a table
that an assessment needs), `for:` (routes), `while:` and `unless:` (`NSM-18 in_force`, parted by `;`). A line further in
continues the one before. `<!-- -->` hides a remark.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import BadInput

VERBS = frozenset({"note", "quote", "say", "fact", "stock", "need", "judge", "include"})
KEYS = frozenset({"clause", "else", "true_if", "if", "for", "while", "unless"})
SLOT = re.compile(r"\{\{ *([a-z_][a-z_0-9.]*) *\}\}")
_BULLET = re.compile(r"^- (?P<verb>[a-z]+): +(?P<rest>.+)$")
_KEY = re.compile(r"^ *(?P<key>[a-z_]+): +(?P<rest>.+)$")
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a section must hold, and the conditions on which it stands there."""

    verb: str
    words: str
    keys: dict[str, str] = field(default_factory=dict)

    def listed(self, key: str) -> tuple[str, ...]:
        """The parts of a key's value."""
        return parts(self.keys.get(key, ""))

    @property
    def slots(self) -> tuple[str, ...]:
        """The facts its words name."""
        return tuple(dict.fromkeys(SLOT.findall(self.words)))


@dataclass(frozen=True, slots=True)
class Heading:
    """A section of a template."""

    title: str
    elements: tuple[Element, ...]
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """What one kind of memo must contain."""

    kind: str
    title: str
    headings: tuple[Heading, ...]


def kinds(folder: Path) -> tuple[str, ...]:
    """The kinds of memo that have a template."""
    return tuple(sorted(path.stem for path in folder.glob("memos/*.md")))


def read_template(folder: Path, kind: str) -> Template:
    """The template of a kind; BadInput lists the kinds, or names the line that cannot be read."""
    known = kinds(folder)
    if kind not in known:
        raise BadInput(
            f"There is no memo of the kind {kind[:60]!r}." if kind else "No kind of memo was given.",
            next_step=f"Give --kind with one of: {', '.join(known)}.",
        )
    return parse(kind, (folder / "memos" / f"{kind}.md").read_text(encoding="utf-8"))


def parse(kind: str, text: str) -> Template:
    """A template from its text."""
    title = ""
    headings: list[tuple[str, dict[str, str], list[tuple[str, str, dict[str, str]]]]] = []
    into: tuple[dict[str, str], str] | None = None
    text = _REMARK.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("# ") and not title:
            title = line[2:].strip()
        elif line.startswith("## "):
            headings.append((line[3:].strip(), {}, []))
            into = None
        elif headings and (bullet := _BULLET.match(line)) and bullet["verb"] in VERBS:
            keys: dict[str, str] = {"": bullet["rest"].strip()}
            headings[-1][2].append((bullet["verb"], "", keys))
            into = (keys, "")
        elif headings and (key := _KEY.match(line)) and key["key"] in KEYS:
            keys = headings[-1][2][-1][2] if headings[-1][2] else headings[-1][1]
            keys[key["key"]] = key["rest"].strip()
            into = (keys, key["key"])
        elif into and line.startswith("  "):
            into[0][into[1]] += f" {line.strip()}"
        else:
            raise BadInput(
                f"memos/{kind}.md, line {number}: not a heading, an element or a key: {line.strip()[:60]}",
                next_step="An element is `- note: 22 USC 2754`; see assistant/draft/template.py.",
            )
    return Template(
        kind, title, tuple(Heading(name, tuple(map(_element, elements)), keys) for name, keys, elements in headings)
    )


def _element(raw: tuple[str, str, dict[str, str]]) -> Element:
    verb, _, keys = raw
    return Element(verb, keys[""], {key: value for key, value in keys.items() if key})


def parts(written: str) -> tuple[str, ...]:
    """What semicolons part."""
    return tuple(part.strip() for part in written.split(";") if part.strip())
