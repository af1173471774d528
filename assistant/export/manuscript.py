"""A person's own Word document, opened to be commented: where its words stand, and comments set around them.

Only marks are added. Runs may be cut in two where a comment begins or ends; no character of the text changes, and every
member of the package but four (the body, its relations, the comments, the content types) is carried over byte for byte.
"""

import io
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from assistant.errors import BadSource
from assistant.readers.word_docx import read_docx

_MAIN = ".document.main+xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNREAD = frozenset(
    ("Fallback", "del", "delText", "instrText", "moveFrom", "pPr", "rPr", "txbxContent", "commentReference")
)
_Element = etree._Element


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph and its words without spaces; `around` is what a comment encloses where it cannot enter the paragraph."""

    paragraph: _Element
    words: str
    around: _Element | None = None


class Manuscript:
    """A .docx as its members. BadSource where it cannot be opened."""

    def __init__(self, data: bytes) -> None:
        read_docx(data)
        package = zipfile.ZipFile(io.BytesIO(data))
        self._infos = package.infolist()
        self._members = {info.filename: package.read(info) for info in self._infos if not info.is_dir()}
        self._types = _parse(self._members["[Content_Types].xml"])
        self._main = next(
            str(part.get("PartName", "")).lstrip("/")
            for part in self._types
            if str(part.get("ContentType", "")).endswith(_MAIN)
        )
        self._root = _parse(self._members[self._main])
        self._w = etree.QName(self._root).namespace or ""
        self._folder, _, self._file = self._main.rpartition("/")
        self._before = self._texts()
        self.places = tuple(self._places())
        self._starts = [0]
        for place in self.places:
            self._starts.append(self._starts[-1] + len(place.words))
        self.words = "".join(place.words for place in self.places)
        self._relations_name = f"{self._folder}/_rels/{self._file}.rels"
        self._relations = (
            _parse(self._members[self._relations_name])
            if self._relations_name in self._members
            else _parse(f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        )
        self._comments_name, self._comments = self._open_comments()

    def comment(self, start: int, end: int, lines: list[tuple[str, bool]], written_on: str) -> None:
        """Comment on some of `words`; a comment that would run into another paragraph ends with its first. Lines may be bold."""
        number = min(max(bisect_right(self._starts, start) - 1, 0), len(self.places) - 1)
        place = self.places[number]
        offset = self._starts[number]
        first, last = self._range(place, start - offset, min(end - offset, len(place.words)))
        mark = self._add(lines, written_on)
        before, after, run = self._new("commentRangeStart"), self._new("commentRangeEnd"), self._new("r")
        before.set(self._q("id"), mark)
        after.set(self._q("id"), mark)
        reference = etree.SubElement(run, self._q("commentReference"))
        reference.set(self._q("id"), mark)
        first.addprevious(before)
        _after(last, after)
        _after(after, run)

    def data(self) -> bytes:
        """The document with its comments; BadSource where a word of it would differ."""
        if self._texts() != self._before:
            raise BadSource("The document cannot be commented without touching its words.")
        changed = {
            "[Content_Types].xml": self._types,
            self._main: self._root,
            self._relations_name: self._relations,
            self._comments_name: self._comments,
        }
        written = {name: _bytes(root) for name, root in changed.items()}
        into = io.BytesIO()
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as package:
            for info in self._infos:
                if not info.is_dir():
                    package.writestr(info.filename, written.pop(info.filename, self._members[info.filename]))
            for name, content in written.items():
                package.writestr(name, content)
        return into.getvalue()

    def _q(self, name: str) -> str:
        return f"{{{self._w}}}{name}"

    def _new(self, name: str) -> _Element:
        return etree.Element(self._q(name))

    def _texts(self) -> list[str]:
        """Every paragraph's characters, exactly."""
        return ["".join(str(t.text or "") for t in p.iter(self._q("t"))) for p in self._root.iter(self._q("p"))]

    def _places(self) -> Iterator[Place]:
        """Paragraphs in reading order: a text box after the paragraph it hangs from, footnotes last."""
        for paragraph in self._root.iter(self._q("p")):
            above = {etree.QName(each).localname for each in paragraph.iterancestors()}
            if above & {"txbxContent", "Fallback", "del", "moveFrom"}:
                continue
            yield Place(paragraph, _squeezed(paragraph))
            for box in paragraph.iter(self._q("txbxContent")):
                if any(etree.QName(each).localname == "Fallback" for each in box.iterancestors()):
                    continue
                for inner in box.iter(self._q("p")):
                    yield Place(inner, _squeezed(inner), _content(paragraph))
        for kind in ("footnote", "endnote"):
            name = f"{self._folder}/{kind}s.xml"
            if name not in self._members:
                continue
            marks = {each.get(self._q("id")): each.getparent() for each in self._root.iter(self._q(f"{kind}Reference"))}
            for note in _parse(self._members[name]):
                run = marks.get(note.get(self._q("id")))
                if run is not None and note.get(self._q("type")) is None:
                    for inner in note.iter(self._q("p")):
                        yield Place(inner, _squeezed(inner), run)

    def _range(self, place: Place, start: int, end: int) -> tuple[_Element, _Element]:
        """The first and last element that a comment encloses; runs are cut so that it fits."""
        if place.around is not None:
            return place.around, place.around
        if start >= end:
            around = _content(place.paragraph)
            return around, around
        characters = list(_characters(place.paragraph))
        node, index = characters[end - 1]
        if index + 1 < len(str(node.text or "")):
            self._cut(node, index + 1)
        elif end < len(characters):
            self._cut(*characters[end])
        self._cut(*list(_characters(place.paragraph))[start])
        characters = list(_characters(place.paragraph))
        return self._run(characters[start][0], place.paragraph), self._run(characters[end - 1][0], place.paragraph)

    def _run(self, node: _Element, paragraph: _Element) -> _Element:
        """The run of a character; what stands directly in the paragraph where it is no ordinary run."""
        parent = node.getparent()
        if parent is not None and parent.tag == self._q("r"):
            return parent
        while node.getparent() is not None and node.getparent() is not paragraph:
            above = node.getparent()
            assert above is not None
            node = above
        return node

    def _cut(self, node: _Element, index: int) -> None:
        """Make a character the first of its run."""
        run = node.getparent()
        if run is None or run.tag != self._q("r"):
            return
        if index:
            text = str(node.text)
            rest = deepcopy(node)
            rest.tail = None
            node.text, rest.text = text[:index], text[index:]
            node.set(_SPACE, "preserve")
            rest.set(_SPACE, "preserve")
            node.addnext(rest)
            node = rest
        properties = run.find(self._q("rPr"))
        if node.getprevious() is None or node.getprevious() is properties:
            return
        second = etree.Element(run.tag, {str(k): str(v) for k, v in run.attrib.items()})
        if properties is not None:
            second.append(deepcopy(properties))
        for moved in [node, *node.itersiblings()]:
            second.append(moved)
        _after(run, second)

    def _open_comments(self) -> tuple[str, _Element]:
        for relation in self._relations:
            if str(relation.get("Type", "")).endswith("/comments"):
                target = str(relation.get("Target", ""))
                name = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
                if name in self._members:
                    return name, _parse(self._members[name])
        name = f"{self._folder}/comments.xml"
        while name in self._members:
            name = name.replace(".xml", "-checked.xml")
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
        if "purl.oclc.org" in self._w:
            kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
        taken = {str(each.get("Id")) for each in self._relations}
        free = next(f"rIdChecked{n}" for n in range(1, len(taken) + 2) if f"rIdChecked{n}" not in taken)
        etree.SubElement(
            self._relations, f"{{{_RELATIONS}}}Relationship", Id=free, Type=kind, Target=name.rpartition("/")[2]
        )
        etree.SubElement(self._types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_COMMENTS)
        return name, etree.Element(self._q("comments"), nsmap={"w": self._w})

    def _add(self, lines: list[tuple[str, bool]], written_on: str) -> str:
        taken = [int(n) for each in self._comments if (n := str(each.get(self._q("id"), ""))).isdigit()]
        mark = str(max(taken, default=-1) + 1)
        comment = etree.SubElement(self._comments, self._q("comment"))
        for name, value in (("id", mark), ("author", "Pincite"), ("date", written_on), ("initials", "P")):
            comment.set(self._q(name), value)
        for words, bold in lines:
            run = etree.SubElement(etree.SubElement(comment, self._q("p")), self._q("r"))
            if bold:
                etree.SubElement(etree.SubElement(run, self._q("rPr")), self._q("b"))
            text = etree.SubElement(run, self._q("t"))
            text.set(_SPACE, "preserve")
            text.text = words
        return mark


def _parse(data: bytes) -> _Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadSource(f"A part of the Word document is not well formed ({error.msg}).") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadSource("A part of the Word document declares a document type.")
    return root


def _bytes(root: _Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _after(element: _Element, following: _Element) -> None:
    """Set an element after another, whose tail stays where it is."""
    tail, element.tail = element.tail, None
    element.addnext(following)
    following.tail = tail


def _content(paragraph: _Element) -> _Element:
    """Something in a paragraph that a comment can enclose; an empty run is made where there is nothing."""
    for child in paragraph:
        if isinstance(child.tag, str) and etree.QName(child).localname in {"r", "hyperlink", "ins", "sdt"}:
            return child
    return etree.SubElement(paragraph, f"{{{etree.QName(paragraph).namespace}}}r")


def _squeezed(paragraph: _Element) -> str:
    return "".join("-" if node.text is None else str(node.text)[index] for node, index in _characters(paragraph))


def _characters(element: _Element) -> Iterator[tuple[_Element, int]]:
    """Every character that is read and is no space, with the element that holds it."""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if not name or name in _UNREAD or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            yield from ((child, index) for index, c in enumerate(str(child.text or "")) if not c.isspace())
        elif name == "noBreakHyphen":
            yield child, 0
        else:
            yield from _characters(child)


def _is_hidden(run: _Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and not any(str(value) in {"0", "false", "off"} for value in mark.attrib.values())
