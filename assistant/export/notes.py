"""Footnotes: their part, its separators, and the settings that name them, which the Word library has no words for."""

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


def open_notes(document: Any) -> Any:
    """A new footnotes part of a document, holding the two separators that Word expects and no note."""
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
        f"</w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for number, kind in _SEPARATORS.items()
    )
    root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{rules}</w:footnotes>")
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    _settle(document.settings.element)
    return part


def _settle(settings: Any) -> None:
    """Name the separators in the settings, where the schema wants them: before the compatibility options."""
    named = OxmlElement("w:footnotePr")
    for number in _SEPARATORS:
        rule = OxmlElement("w:footnote")
        rule.set(qn("w:id"), str(number))
        named.append(rule)
    settings.find(qn("w:compat")).addprevious(named)


def add_note(notes: Any, number: int) -> Any:
    """An empty note's paragraph, after its own mark; the caller writes the words."""
    root = parse_xml(
        f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
    )
    notes.element.append(root)
    return root[0]


def mark(number: int) -> Any:
    """The run that stands for a note in the text."""
    return parse_xml(
        f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        f'<w:footnoteReference w:id="{number}"/></w:r>'
    )
