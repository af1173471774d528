"""HTML built from parts: a text is escaped on its way in, so markup can only come from here."""

import html
import re

from assistant.plain import plain

_MARKDOWN = "\\`*_{}[]$~|#!"
_SAFE = str.maketrans({c: html.escape(c) for c in "&<>\"'"} | {c: f"&#{ord(c)};" for c in _MARKDOWN})
_WEB = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?(?:[/?#][!-~]*)?", re.I)
_VOID = frozenset({"br", "input"})


class Html(str):
    """Markup in which every text has been through `shown`."""

    __slots__ = ()


def shown(text: str) -> Html:
    """A text as it may stand in markup or an attribute: no HTML, no Markdown, nothing invisible."""
    return Html(plain(text).translate(_SAFE))


def element(tag: str, /, *inside: str, **attributes: str | bool | None) -> Html:
    """An element; `class_` is class, `data_on` is data-on, True is a bare attribute, None and False leave it out."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{shown(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{together(*inside)}</{tag}>")


def together(*parts: str) -> Html:
    """Parts side by side; those that are not markup yet are escaped."""
    return Html("".join(part if isinstance(part, Html) else shown(part) for part in parts))


def is_web(url: str) -> bool:
    """Whether an address is a plain http or https one, fit to be a link."""
    return _WEB.fullmatch(url) is not None and not any(c in url for c in "\"'<>\\`")


def link(url: str, words: str) -> Html:
    """A link that opens beside the page and tells the other side nothing; plain words where the address is no web address."""
    if not is_web(url):
        return shown(words)
    return element("a", words, href=url, target="_blank", rel="noopener noreferrer")
