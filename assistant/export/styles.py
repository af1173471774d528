"""The look of a document: one serif face, black on white, headings in order, room for notes."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

FACE = "Times New Roman"
_KEPT_TABLES = frozenset({"TableNormal", "TableGrid"})
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def dress(document: Any) -> None:
    """Set every style that is used, and drop the table styles that are not."""
    styles = document.styles
    for style in list(styles.element.findall(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _KEPT_TABLES:
            styles.element.remove(style)
    _defaults(styles.element)
    _set(styles["Normal"], 11.5, after=6, line=1.08)
    _set(styles["Title"], 16, bold=True, after=10, centered=True)
    _unruled(styles["Title"])
    for level, size in ((1, 13), (2, 11.5), (3, 11.5)):
        _set(
            styles[f"Heading {level}"], size, bold=level < 3, italic=level == 3, before=14 if level == 1 else 8, after=4
        )
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    _set(styles["Quote"], 11.5, after=6, indent=0.4)
    styles["Quote"].paragraph_format.right_indent = Inches(0.4)
    _set(styles["List Bullet"], 11.5, after=4)
    _set(styles["Header"], 9)
    _set(styles["Footer"], 9)
    marking = _added(styles, "Marking")
    _set(marking, 9, bold=True, after=0, centered=True)
    block = _added(styles, "Block Line")
    _set(block, 11.5, after=2, indent=1.35)
    block.paragraph_format.first_line_indent = Inches(-1.35)
    block.paragraph_format.tab_stops.add_tab_stop(Inches(1.35))
    told = _added(styles, "Told")
    _set(told, 10, italic=True, before=4, after=6)
    cell = _added(styles, "Cell")
    _set(cell, 9.5, before=1, after=1)
    notes = _added(styles, "footnote text", "FootnoteText")
    _set(notes, 9, after=1)
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.set(qn("w:styleId"), "FootnoteReference")
    mark.font.superscript = True
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True
    link.font.color.rgb = RGBColor(0x0B, 0x3D, 0x91)


def _defaults(styles: Any) -> None:
    """The face and language of everything that has no style of its own."""
    properties = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _face(properties.find(qn("w:rFonts")))
    properties.find(qn("w:lang")).set(qn("w:val"), "en-US")
    for fonts in styles.iter(qn("w:rFonts")):
        _face(fonts)


def _face(fonts: Any) -> None:
    for name in _THEMED:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FACE)


def _added(styles: Any, name: str, builtin: str = "") -> Any:
    """A paragraph style; `builtin` is the id of one that Word knows by its name."""
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=bool(builtin))
    style.base_style = styles["Normal"]
    if builtin:
        style.element.set(qn("w:styleId"), builtin)
    return style


def _set(
    style: Any, size: float, *, bold: bool = False, italic: bool = False, before: float = 0, after: float = 0,
    line: float = 1.0, indent: float | None = None, centered: bool = False,
) -> None:  # fmt: skip
    font, form = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        _face(fonts)
    for name in ("w:spacing", "w:kern"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
    if indent is not None:
        form.left_indent = Inches(indent)
    if centered:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _unruled(style: Any) -> None:
    """No rule under a title."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def number_headings(document: Any) -> None:
    """Number first-level headings 1., 2., 3. by their style."""
    numbering = document.part.numbering_part.element
    abstracts = numbering.findall(qn("w:abstractNum"))
    number = max((int(each.get(qn("w:abstractNumId"))) for each in abstracts), default=-1) + 1
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(number))
    kind = OxmlElement("w:multiLevelType")
    kind.set(qn("w:val"), "singleLevel")
    abstract.append(kind)
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", "1"), ("numFmt", "decimal"), ("pStyle", "Heading1"), ("lvlText", "%1."), ("lvlJc", "left")):  # fmt: skip
        part = OxmlElement(f"w:{name}")
        part.set(qn("w:val"), value)
        level.append(part)
    form, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), "432")
    indent.set(qn("w:hanging"), "432")
    form.append(indent)
    level.append(form)
    abstract.append(level)
    if abstracts:
        abstracts[-1].addnext(abstract)
    else:
        numbering.insert(0, abstract)
    listed = numbering.add_num(number)
    properties = document.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = listed.numId
