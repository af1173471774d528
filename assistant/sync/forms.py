"""The forms a publisher's file may come in, and what shows that one is not the form asked for."""

from enum import StrEnum

from assistant.errors import BadSource

MOST_SEEN = 4_096

_TYPES = {
    "XML": ("application/xml", "text/xml"),
    "JSON": ("application/json",),
    "HTML": ("text/html", "application/xhtml+xml"),
    "zip": ("application/zip", "application/x-zip-compressed", "application/x-zip"),
    "PDF": ("application/pdf",),
}
# Types that say nothing; the first bytes decide.
_VAGUE = ("", "application/octet-stream", "binary/octet-stream", "text/plain", "application/force-download")
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")


class Form(StrEnum):
    """What a publisher is asked for."""

    XML = "XML"
    JSON = "JSON"
    HTML = "HTML"
    ZIP = "zip"
    PDF = "PDF"


def check(form: Form, content_type: str, head: bytes, tail: bytes, host: str) -> None:
    """BadSource where the stated type, the first bytes or the last are not those of the form asked for."""
    stated = content_type.partition(";")[0].strip().lower()
    page = stated in _TYPES["HTML"] or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_PAGE)
    if page and form is not Form.HTML:
        raise BadSource(f"{host} sent a web page where {form} was asked for, perhaps an error page")
    if stated not in _VAGUE and stated not in _TYPES[form] and not (form is Form.XML and stated.endswith("+xml")):
        raise BadSource(f"{host} sent {stated[:60]} where {form} was asked for")
    if not _opens(form, head.lstrip(b"\xef\xbb\xbf \t\r\n")):
        raise BadSource(f"{host} sent something that does not begin as {form} does")
    if not _closes(form, tail):
        raise BadSource(f"{host} sent {form} that breaks off before its end")


def _opens(form: Form, head: bytes) -> bool:
    match form:
        case Form.ZIP:
            return head.startswith(b"PK\x03\x04")
        case Form.PDF:
            return head.startswith(b"%PDF-")
        case Form.JSON:
            return head.startswith((b"{", b"["))
        case _:
            return head.startswith(b"<")


def _closes(form: Form, tail: bytes) -> bool:
    """A page or PDF cut short can still be read, so its end is looked for; the other forms fail when they are read."""
    if form is Form.HTML:
        return b"</html" in tail.lower() or b"</body" in tail.lower()
    return form is not Form.PDF or b"%%EOF" in tail
