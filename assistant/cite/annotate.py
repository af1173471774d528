"""Link the citations in a text."""

import html
from collections.abc import Callable, Iterable

from assistant.cite.resolve import Resolution


def annotate(
    text: str,
    resolutions: Iterable[Resolution],
    url: Callable[[str], str | None],
    escape: Callable[[str], str] = html.escape,
) -> str:
    """The text as HTML, escaped, each resolved citation a link to the first provision it names.

    A citation that is ambiguous, missing or without a url stays plain.
    """
    parts: list[str] = []
    position = 0
    mentions = ((r.mention, r) for r in resolutions if r.mention)
    for mention, resolution in sorted(mentions, key=lambda pair: pair[0].start):
        if mention.start < position or resolution.ambiguous or resolution.missing or not resolution.provisions:
            continue
        address = url(resolution.provisions[0])
        if not address:
            continue
        parts.append(escape(text[position : mention.start]))
        names = html.escape("; ".join(resolution.provisions))
        parts.append(f'<a href="{html.escape(address)}" title="{names}">{escape(mention.written)}</a>')
        position = mention.end
    parts.append(escape(text[position:]))
    return "".join(parts)
