"""Paragraphs and list items of an HTML page; what is not the article is left out."""

from html.parser import HTMLParser

from assistant.errors import Refused
from assistant.readers.lettered import Paragraph
from assistant.readers.plain_text import plain

DEEPEST = 500
MOST_TAGS = 200_000
MOST_PARAGRAPHS = 20_000
# The parser scans from each `<` for its `>`; a page made of unclosed ones would hold it for hours.
MOST_SCANNED = 200_000_000

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TABLES = frozenset(("table", "tbody", "td", "th", "thead", "tr"))
_PARTS = _HEADINGS | _TABLES | frozenset(
    ("article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "hr", "li", "main", "ol", "p", "pre", "section", "ul")
)  # fmt: skip
_SKIPPED = frozenset(
    ("aside", "footer", "form", "head", "header", "iframe", "nav", "noscript", "object", "script", "select", "style")
    ) | {"svg", "template", "title"}  # fmt: skip
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))


def read_html(text: str) -> tuple[str, list[Paragraph]]:
    """A page's title, from its first h1 or its title element, and its paragraphs; a table's row is one paragraph."""
    if sum(part.count("<") * len(part) for part in text.split(">")) > MOST_SCANNED:
        raise Refused("The page's tags never close.", next_step="Save it again from the browser.")
    page = _Page()
    page.feed(text)
    page.close()
    inside = [paragraph for paragraph, in_article in page.paragraphs if in_article]
    found = inside or [paragraph for paragraph, _ in page.paragraphs]
    title = page.first_heading or plain(page.title)
    return title, [paragraph for paragraph in found if paragraph.text != title]


class _Page(HTMLParser):
    """Gathers text until an element that parts paragraphs begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[tuple[Paragraph, bool]] = []
        self.title = ""
        self.first_heading = ""
        self._open: dict[str, int] = {}
        self._depth = 0
        self._tags = 0
        self._skipping = 0
        self._text: list[str] = []
        self._bold: list[str] = []
        self._after_bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PARTS and not (tag in {"td", "th"} and self._within("tr")):
            self._close()
        elif tag in {"td", "th"} and self._text:
            self._text.append("\t")
        self._tags += 1
        if self._tags > MOST_TAGS:
            raise Refused(f"The page has more than {MOST_TAGS:,} tags.", next_step="Save its text alone, or in parts.")
        if tag not in _VOID:
            self._open[tag] = self._within(tag) + 1
            self._depth += 1
            self._skipping += tag in _SKIPPED
            if self._depth > DEEPEST:
                raise Refused(f"The page's elements are nested more than {DEEPEST} deep.")

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARTS and tag not in {"td", "th"}:
            self._close(heading=tag in _HEADINGS)
        if self._within(tag):
            self._open[tag] -= 1
            self._depth -= 1
            self._skipping -= tag in _SKIPPED

    def handle_data(self, data: str) -> None:
        if self._within("title"):
            self.title += data
        elif not self._skipping:
            if not self._within("b") and not self._within("strong"):
                self._after_bold = self._after_bold or bool(data.strip())
            elif not self._after_bold:
                self._bold.append(data)
            if self._text or data.strip():
                self._text.append(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _within(self, tag: str) -> int:
        return self._open.get(tag, 0)

    def _close(self, *, heading: bool = False) -> None:
        whole, bold = "".join(self._text), plain("".join(self._bold)).rstrip(":. ")
        self._text, self._bold, self._after_bold = [], [], False
        text = "\t".join(map(plain, whole.split("\t"))).strip() if self._within("tr") else plain(whole)
        if not text:
            return
        if heading and not self.first_heading:
            self.first_heading = text
        bullet = self._within("li") > 0
        lead = text.rstrip(":. ") if heading else bold if not bullet and bold != text.rstrip(":. ") else ""
        if len(self.paragraphs) >= MOST_PARAGRAPHS:
            raise Refused(f"The page has more than {MOST_PARAGRAPHS:,} paragraphs.", next_step="Save it in parts.")
        self.paragraphs.append((Paragraph(text, bullet=bullet, heading=lead), self._within("article") > 0))
