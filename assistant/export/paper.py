"""A Word document as it is written: marked on every page, noted at the foot, with nothing live but publishers' links."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches

from assistant.export import notes, styles
from assistant.export.span import Line, Span, inert, publisher_link

_UNUSED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/webSettings", "/extended-properties")
_WIDTH = 6.5
_MOST = 250


class Paper:
    """A document under way. Every word goes through `inert`; fields are the page numbers of the footer alone."""

    def __init__(self, title: str, *, subject: str, marking: str, stamp: str) -> None:
        self.document = docx.Document()
        self._strip()
        styles.dress(self.document)
        styles.number_headings(self.document)
        self._notes = notes.open_notes(self.document)
        self._count = 0
        self._compat()
        self._describe(title, subject, marking, stamp)
        self._frame(marking)
        self.line((Span(title),), "Title")

    @property
    def noted(self) -> int:
        """How many footnotes there are so far."""
        return self._count

    def heading(self, text: str, level: int = 1, *, numbered: bool = True, new_page: bool = False) -> None:
        """A heading; those of the first level are numbered unless told otherwise."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        if level == 1 and not numbered:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = 0
            paragraph.paragraph_format.left_indent = Inches(0)
            paragraph.paragraph_format.first_line_indent = Inches(0)
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        self._write(paragraph._p, self.document.part, (Span(text),))

    def line(self, words: Line, style: str = "Normal", *, keep: bool = False) -> None:
        """A paragraph."""
        paragraph = self.document.add_paragraph(style=style)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        self._write(paragraph._p, self.document.part, words)

    def block(self, name: str, words: Line) -> None:
        """A line of the title block: a label, and what stands against it."""
        paragraph = self.document.add_paragraph(style="Block Line")
        self._write(paragraph._p, self.document.part, (Span(f"{name}:", bold=True),))
        run = OxmlElement("w:r")
        run.append(OxmlElement("w:tab"))
        paragraph._p.append(run)
        self._write(paragraph._p, self.document.part, words)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[Line]], widths: Sequence[float], title: str) -> None:
        """A table whose first row repeats on every page; `widths` are shares of the line, `title` is its alternative text."""
        listed = list(rows)
        table = self.document.add_table(rows=1 + len(listed), cols=len(heads), style="Table Grid")
        table.autofit = False
        inches = [_WIDTH * share / sum(widths) for share in widths]
        grid = table._tbl.tblGrid.findall(qn("w:gridCol"))
        for column, width in zip(grid, inches, strict=True):
            column.set(qn("w:w"), str(round(width * 1440)))
        header = [(Span(head, bold=True),) for head in heads]
        for row, cells in zip(table._tbl.tr_lst, [header, *listed], strict=True):
            for cell, words, width in zip(row.tc_lst, cells, inches, strict=True):
                cell.width = Inches(width)
                paragraph = cell.p_lst[0]
                paragraph.style = "Cell"
                self._write(paragraph, self.document.part, words)
            properties = row.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if row is table._tbl.tr_lst[0]:
                properties.append(OxmlElement("w:tblHeader"))
                for cell in row.tc_lst:
                    _shade(cell)
        _describe_table(table._tbl, inert(title))
        self.document.add_paragraph(style="Cell")

    def data(self) -> bytes:
        """The document's bytes."""
        into = io.BytesIO()
        self.document.save(into)
        return into.getvalue()

    def _write(self, paragraph: Any, part: Any, words: Line) -> None:
        for span in words:
            url = publisher_link(span.url)
            if text := inert(span.text):
                run = _run(text, span, linked=bool(url))
                if url:
                    link = OxmlElement("w:hyperlink")
                    link.set(qn("r:id"), part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
                    link.append(run)
                    run = link
                paragraph.append(run)
            if span.note:
                self._count += 1
                paragraph.append(notes.mark(self._count))
                self._write(notes.add_note(self._notes, self._count), self._notes, span.note)

    def _strip(self) -> None:
        """Take off what the library's blank document brings along and none of ours needs."""
        for rels in (self.document.part.package.rels, self.document.part.rels):
            for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNUSED)]:
                del rels[key]

    def _compat(self) -> None:
        settings = self.document.settings.element
        zoom = settings.find(qn("w:zoom"))
        if zoom is not None:
            zoom.attrib.clear()
            zoom.set(qn("w:percent"), "100")
        for name in ("w:savePreviewPicture", "w:proofState", "w:rsids"):
            for found in settings.findall(qn(name)):
                settings.remove(found)
        for each in settings.iter(qn("w:compatSetting")):
            if each.get(qn("w:name")) == "compatibilityMode":
                each.set(qn("w:val"), "15")
        for layout in settings.findall(f"{qn('w:compat')}/{qn('w:useFELayout')}"):
            layout.getparent().remove(layout)

    def _describe(self, title: str, subject: str, marking: str, stamp: str) -> None:
        about, now = self.document.core_properties, datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        about.title, about.subject = inert(title)[:_MOST], inert(subject)[:_MOST]
        about.keywords, about.comments = inert(stamp)[:_MOST], f"{marking}. {inert(stamp)}"[:_MOST]
        about.author, about.last_modified_by, about.language = "Pincite draft", "Pincite draft", "en-US"
        about.created, about.modified, about.revision = now, now, 1
        about.category, about.content_status = "Draft", "Draft, not cleared"

    def _frame(self, marking: str) -> None:
        """The marking above and below every page, and the page's number."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
        section.header_distance = section.footer_distance = Inches(0.45)
        for place in (section.header, section.footer):
            place.is_linked_to_previous = False
            place.paragraphs[0].style = self.document.styles["Marking"]
            self._write(place.paragraphs[0]._p, place.part, (Span(marking),))
        number = section.footer.add_paragraph(style="Footer")
        number.alignment = 1
        for word, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            number._p.append(_run(word, Span(word)))
            for run in _field(field):
                number._p.append(run)


def _run(text: str, span: Span, *, linked: bool = False) -> Any:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if linked:
        _value(properties, "rStyle", "Hyperlink")
    for name, wanted in (("b", span.bold or span.needed), ("i", span.italic)):
        if wanted:
            properties.append(OxmlElement(f"w:{name}"))
    if span.needed:
        _value(properties, "highlight", "yellow")
    if len(properties):
        run.append(properties)
    words = OxmlElement("w:t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    run.append(words)
    return run


def _value(parent: Any, name: str, value: str) -> None:
    child = OxmlElement(f"w:{name}")
    child.set(qn("w:val"), value)
    parent.append(child)


def _field(name: str) -> Iterable[Any]:
    """A page-number field, with a figure for readers that do not reckon it."""
    for kind in ("begin", "", "separate", "1", "end"):
        run = OxmlElement("w:r")
        if kind == "1":
            shown = OxmlElement("w:t")
            shown.text = "1"
        elif kind:
            shown = OxmlElement("w:fldChar")
            shown.set(qn("w:fldCharType"), kind)
        else:
            shown = OxmlElement("w:instrText")
            shown.text = name
        run.append(shown)
        yield run


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E7E6E6")):
        shade.set(qn(f"w:{name}"), value)
    cell.get_or_add_tcPr().append(shade)


def _describe_table(table: Any, title: str) -> None:
    properties = table.tblPr
    for look in properties.findall(qn("w:tblLook")):
        look.attrib.clear()
        look.set(qn("w:val"), "0020")
        look.set(qn("w:firstRow"), "1")
        for name in ("lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand"):
            look.set(qn(f"w:{name}"), "0")
    _value(properties, "tblCaption", title)
    _value(properties, "tblDescription", title)
