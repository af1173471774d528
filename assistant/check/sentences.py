"""Sentences of legal prose: abbreviations, citations and quotations do not end them."""

import re
from collections.abc import Iterator, Sequence

_MARKS = "•‣▪◦\uf000-\uf0ff"  # the last are the bullets of symbol fonts
_BOUNDARY = re.compile(
    rf"[.?!][\"')\]\d]{{0,4}}(?:\[\^?[\w-]{{1,20}}\])*\s+(?=[\"'(\[]?[A-Z0-9§$])|\s+(?:[{_MARKS}]\s+)+"
)
_BULLET = re.compile(rf"\s+[{_MARKS}]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:U\.S|U\.S\.C|C\.F\.R|F\.R|Fed|Reg|Pub|L|Nos?|Secs?|secs?|Sen|Rep|Dr|Mr|Ms|Mrs|vs?|e\.g|i\.e|[Cc]f|paras?|arts?|Art"
    r"|approx|est|Dept|Gov|Gen|Col|Lt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Corp|Co|Ltd|al|E\.O|Exec|Stat"
    r"|ch|pt|supp|Supp|Res|R|H|J|St|D\.C|viz|a\.k\.a)|\b[A-Z])\.$"
)
_QUOTED = re.compile(r"\"[^\"]{1,1500}\"")
_LEADING = re.compile(rf"[\s>#|*{_MARKS}-]*(?:\(?(?:\d{{1,2}}|[a-z])[.)]\s+)?")


def sentence_spans(plain: str, citations: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of the sentences in one block of plain text; `citations` are spans that hold together."""
    held = [*citations, *((m.start(), m.end() - 2) for m in _QUOTED.finditer(plain))]
    lead = _LEADING.match(plain)
    start = lead.end() if lead else 0
    for match in _BOUNDARY.finditer(plain):
        stop = match.start() + 1
        if (bullet := _BULLET.match(match[0])) is not None:
            stop = match.start()
        if stop <= start or any(s < stop <= e and match.start() < e for s, e in held):
            continue
        if (
            bullet is None
            and plain[match.start()] == "."
            and _abbreviated(plain[max(0, stop - 12) : stop], citations, stop)
        ):
            continue
        yield start, match.start() + len(match[0].rstrip()) if bullet is None else stop
        start = match.end()
    end = len(plain.rstrip())
    if end > start:
        yield start, end


def _abbreviated(before: str, citations: Sequence[tuple[int, int]], stop: int) -> bool:
    if any(end == stop - 1 for _, end in citations):
        return False
    return _ABBREVIATED.search(before) is not None
