"""Words for a line of a document: text, how it stands out, its note and its link."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.plain import plain

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of one look. `needed` is a bracket to fill; `note` is the footnote that follows the words."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    needed: bool = False
    url: str = ""
    note: "tuple[Span, ...]" = ()


Line = tuple[Span, ...]


def line(*parts: Span | str) -> Line:
    """Parts as one line; a string is plain words."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def inert(text: str) -> str:
    """Text on one line that any XML can hold: no escapes, controls, direction marks, surrogates or noncharacters."""
    return re.sub(r"\s+", " ", _UNWRITABLE.sub("", plain(text)))


def publisher_link(url: str) -> str:
    """An address that may be a link: https, a host, nobody's name in it, plain characters; empty for any other."""
    if not url.isascii() or any(c.isspace() or ord(c) < 33 or c in "\"'<>\\^`{|}" for c in url) or len(url) > 2_000:
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    safe = parts.scheme == "https" and parts.hostname and not parts.username and not parts.password and port is None
    return url if safe else ""
