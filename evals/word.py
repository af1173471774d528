"""Whether a Word document holds together and can be read by everyone: `python -m evals.word FILE.docx ...`.

Structure: every part parses and is declared; notes, comments, styles and lists that are named exist; nothing reaches out
but https links; no field but page numbers. Reading: a title, a language, headings in order, tables with a repeating header
row and a text alternative, images with one, no meaning carried by a highlight alone.
"""

import io
import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FIELDS = frozenset({"PAGE", "NUMPAGES"})
_LIVE = re.compile(r"vbaProject|activeX|oleObject|embeddings/|attachedTemplate|afchunk|\.bin$", re.IGNORECASE)
_Element = etree._Element


class Parts:
    """The members of a document, parsed."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.bytes = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
        self.trees = {n: etree.fromstring(b) for n, b in self.bytes.items() if n.endswith((".xml", ".rels"))}
        self.body = self.trees["word/document.xml"]

    def story(self, name: str) -> _Element | None:
        """A part beside the body, such as the footnotes; None where there is none."""
        return self.trees.get(f"word/{name}.xml")

    @property
    def stories(self) -> Iterator[tuple[str, _Element]]:
        """Every part that holds text."""
        for name, tree in self.trees.items():
            if re.fullmatch(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name):
                yield name, tree


def faults(data: bytes) -> list[str]:
    """Everything wrong with a document that was made here; empty where nothing is."""
    return structure(data) + access(data)


def structure(data: bytes, *, own: bool = True) -> list[str]:
    """Where a document does not hold together; `own` also forbids what a document made here never holds."""
    try:
        parts = Parts(data)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
        return [f"It cannot be opened: {error}"]
    checks: list[Callable[[Parts], Iterator[str]]] = [_declared, _related, _noted, _commented]
    return [fault for check in [*checks, *([_still, _styled] if own else [])] for fault in check(parts)]


def access(data: bytes) -> list[str]:
    """Where a document is hard to read with a screen reader, or by who cannot tell colours."""
    parts = Parts(data)
    return [fault for check in (_described, _headed, _tabled, _pictured, _coloured) for fault in check(parts)]


def _declared(parts: Parts) -> Iterator[str]:
    types = parts.trees["[Content_Types].xml"]
    by_ending = {str(each.get("Extension")).lower() for each in types if each.get("Extension")}
    by_name = [str(each.get("PartName")) for each in types if each.get("PartName")]
    for name in parts.bytes:
        if (
            f"/{name}" not in by_name
            and name.rpartition(".")[2].lower() not in by_ending
            and name != "[Content_Types].xml"
        ):
            yield f"{name} has no content type."
    for name in by_name:
        if name.lstrip("/") not in parts.bytes:
            yield f"{name} is declared and is not there."
    if len(set(by_name)) < len(by_name):
        yield "A part is declared twice."


def _related(parts: Parts) -> Iterator[str]:
    for name, tree in parts.trees.items():
        if not name.endswith(".rels"):
            continue
        folder, file = posixpath.split(name)
        owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels")) if file != ".rels" else ""
        keys = [str(each.get("Id")) for each in tree]
        if len(set(keys)) < len(keys):
            yield f"{name} uses an id twice."
        for each in tree:
            target = str(each.get("Target"))
            if each.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))  # fmt: skip
                if path not in parts.bytes:
                    yield f"{name} points at {target}, which is not there."
        if owner in parts.trees:
            used = {str(v) for e in parts.trees[owner].iter() for k, v in e.attrib.items() if str(k).startswith(_R)}
            yield from (f"{owner} uses the relation {key}, which is not there." for key in used - set(keys))


def _still(parts: Parts) -> Iterator[str]:
    for name, tree in parts.trees.items():
        for each in tree if name.endswith(".rels") else ():
            target, kind = str(each.get("Target")), str(each.get("Type"))
            if each.get("TargetMode") == "External" and not (
                kind.endswith("/hyperlink") and target.startswith("https://")
            ):
                yield f"{name} reaches out: {kind.rpartition('/')[2]} {target[:80]}"
    yield from (f"{name} is a live part." for name in parts.bytes if _LIVE.search(name))
    for name, tree in parts.stories:
        fields = [str(e.text or "").strip() for e in tree.iter(f"{_W}instrText")]
        fields += [str(e.get(f"{_W}instr", "")).strip() for e in tree.iter(f"{_W}fldSimple")]
        yield from (f"{name} holds the field {field[:60]!r}." for field in fields if field not in _FIELDS)
        for mark in ("altChunk", "object", "control", "dirty"):
            if tree.find(f".//{_W}{mark}") is not None:
                yield f"{name} holds a {mark}."


def _ids(tree: _Element | None, name: str) -> list[str]:
    return [] if tree is None else [str(each.get(f"{_W}id")) for each in tree.iter(f"{_W}{name}")]


def _noted(parts: Parts) -> Iterator[str]:
    for kind in ("footnote", "endnote"):
        root = parts.story(f"{kind}s")
        held = [] if root is None else list(root)
        notes = [str(n.get(f"{_W}id")) for n in held if n.get(f"{_W}type") is None]
        rules = {str(n.get(f"{_W}id")) for n in held if n.get(f"{_W}type") is not None}
        marks = _ids(parts.body, f"{kind}Reference")
        if len(set(marks)) < len(marks):
            yield f"A {kind} is marked twice."
        if set(marks) != set(notes) or len(notes) != len(set(notes)):
            yield f"The {kind}s and their marks differ: {len(notes)} and {len(marks)}."
        for n in held:
            if n.get(f"{_W}type") is None and n.find(f".//{_W}{kind}Ref") is None:
                yield f"The {kind} {n.get(f'{_W}id')} does not show its own mark."
            if n.get(f"{_W}type") is not None and n.find(f".//{_W}{kind}Ref") is not None:
                yield f"A separator of the {kind}s bears a mark."
        settings = parts.story("settings")
        named = (
            {str(e.get(f"{_W}id")) for e in settings.iterfind(f"{_W}{kind}Pr/{_W}{kind}")}
            if settings is not None
            else set()
        )
        if named - rules:
            yield f"The settings name a separator of the {kind}s that is not there."


def _commented(parts: Parts) -> Iterator[str]:
    held = _ids(parts.story("comments"), "comment")
    if len(set(held)) < len(held):
        yield "Two comments share an id."
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found = [i for name, tree in parts.stories if not name.endswith("comments.xml") for i in _ids(tree, mark)]
        if set(found) - set(held) or len(found) != len(set(found)):
            yield f"A {mark} names no comment, or one twice."
    if set(held) - set(_ids(parts.body, "commentReference")):
        yield "A comment stands nowhere."


def _styled(parts: Parts) -> Iterator[str]:
    styles, numbering = parts.story("styles"), parts.story("numbering")
    known = set() if styles is None else {str(s.get(f"{_W}styleId")) for s in styles.iter(f"{_W}style")}
    lists = {"0"} if numbering is None else {"0", *(str(n.get(f"{_W}numId")) for n in numbering.iter(f"{_W}num"))}
    for name, tree in parts.stories:
        used = {str(e.get(f"{_W}val")) for kind in ("pStyle", "rStyle", "tblStyle") for e in tree.iter(f"{_W}{kind}")}
        if styles is not None and not name.endswith("comments.xml"):
            yield from (f"{name} uses the style {style}, which is not there." for style in sorted(used - known))
        numbered = {str(e.get(f"{_W}val")) for e in tree.iter(f"{_W}numId")}
        yield from (f"{name} uses the list {number}, which is not there." for number in sorted(numbered - lists))


def _described(parts: Parts) -> Iterator[str]:
    core = parts.trees.get("docProps/core.xml")
    found = {etree.QName(e).localname: str(e.text or "").strip() for e in core} if core is not None else {}
    for name in ("title", "subject", "keywords", "description", "language"):
        if not found.get(name):
            yield f"The document's properties give no {name}."
    styles = parts.story("styles")
    language = styles.find(f"{_W}docDefaults//{_W}lang") if styles is not None else None
    if language is None or not language.get(f"{_W}val"):
        yield "The text has no language."


def headings(data: bytes) -> list[tuple[int, str]]:
    """The level and words of every heading."""
    return list(_headings(Parts(data)))


def _headings(parts: Parts) -> Iterator[tuple[int, str]]:
    for paragraph in parts.body.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        match = re.fullmatch(r"Heading(\d)", str(style.get(f"{_W}val"))) if style is not None else None
        if match:
            yield int(match[1]), "".join(str(t.text or "") for t in paragraph.iter(f"{_W}t"))


def _headed(parts: Parts) -> Iterator[str]:
    level = 0
    for now, words in _headings(parts):
        if now > level + 1:
            yield f"The heading {words[:40]!r} skips a level."
        if not words.strip():
            yield "A heading is empty."
        level = now
    if not level:
        yield "There is no heading."


def _tabled(parts: Parts) -> Iterator[str]:
    for number, table in enumerate(parts.body.iter(f"{_W}tbl"), 1):
        rows = table.findall(f"{_W}tr")
        if not rows or rows[0].find(f"{_W}trPr/{_W}tblHeader") is None:
            yield f"Table {number} has no header row that repeats."
        if table.find(f"{_W}tblPr/{_W}tblCaption") is None or table.find(f"{_W}tblPr/{_W}tblDescription") is None:
            yield f"Table {number} has no text alternative."
        if len({len(row.findall(f"{_W}tc")) for row in rows}) > 1 or table.find(f".//{_W}vMerge") is not None:
            yield f"Table {number} has merged cells."
        if any(not "".join(map(str, cell.itertext())).strip() for cell in (rows[0].findall(f"{_W}tc") if rows else ())):
            yield f"Table {number} has an empty header cell."


def _pictured(parts: Parts) -> Iterator[str]:
    for name, tree in parts.stories:
        for each in tree.iter("{*}docPr"):
            if not str(each.get("descr", "")).strip():
                yield f"An image in {name} has no text alternative."


def _coloured(parts: Parts) -> Iterator[str]:
    for name, tree in parts.stories:
        for run in tree.iter(f"{_W}r"):
            properties = run.find(f"{_W}rPr")
            if (
                properties is not None
                and properties.find(f"{_W}highlight") is not None
                and properties.find(f"{_W}b") is None
            ):
                yield f"{name} marks {''.join(map(str, run.itertext()))[:40]!r} by colour alone."


def main() -> int:
    """Print each file's faults as JSON lines; 1 where there are any."""
    if not sys.argv[1:]:
        print("Give one or more .docx files.", file=sys.stderr)
        return 2
    bad = 0
    for name in sys.argv[1:]:
        found = faults(Path(name).read_bytes())
        bad += bool(found)
        print(json.dumps({"file": name, "faults": found}, ensure_ascii=False))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
