"""Read what follows a number and its labels: flush text, notes, considerations, bullets, rows."""

from re import IGNORECASE

from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import Scan, read_labels

_TWIN = Pattern(r"\[\d{1,3}\]")
_FLUSH = Pattern(r",? flush(?: text)?\b")
_NOTE = Pattern(r",? notes?(?=$|[,;.)\]])|,? note\b| \(notes?\)")
_PREAMBLE = Pattern(r",? preamble\b")
_ET_SEQ = Pattern(r",? et seq\b\.?")
_KIND = (
    r"(?P<kind>considerations?|objectives?|bullets?|goals?|footnotes?|items?|rows?|elements?|lines?|"
    r"par(?:agraph|a\.|a)s?\.?|¶{1,2})"
)
_ITEM = Pattern(rf"\.?,? ?\(?{_KIND} ?(?P<first>\d{{1,4}}[A-Z]?|note)\b", IGNORECASE)
_MORE = Pattern(r"(?:(?P<run> ?- ?| through | to )|, ?(?:and )?| ?& ?| and )(?P<number>\d{1,3}[A-Z]?)\b(?![\w(]|\.\d)")
_ROW = Pattern(r",? (?:table )?row (?=[A-Z])")
_ROW_NAME = Pattern(r"[A-Z][\w'.-]*(?:(?:,? (?:of|and|the|de|du))? [A-Z(][\w'-]*\)?){0,5}")
_CODE = Pattern(r"\d+ USC |.* Act\b.* sec\. |[A-Z]{3,5} sec\. ")


def read_tails(scan: Scan, cited: list[Cited]) -> list[Cited]:
    """What the last clause cited goes on to name, if anything."""
    last = cited[-1].last or cited[-1].readings
    kinds = kinds_of(last[0])
    tail = _twin(scan)
    if scan.take(_FLUSH):
        tail += ", flush" + _twin(scan)
    elif _CODE.match(last[0]) and scan.take(_NOTE):
        tail += " note" + _twin(scan)
    elif "item" in kinds and scan.take(_PREAMBLE):
        tail += ", preamble" + "".join(f"({label})" for label in read_labels(scan))
    else:
        scan.take(_ET_SEQ)
    named = [_added(cited[-1], tail)] if tail else cited[-1:]
    return cited[:-1] + _with_items(named, _items(scan, kinds) or _row(scan, kinds))


def kinds_of(provision_id: str) -> frozenset[str]:
    """The kinds of items that a source is cited by."""
    if _CODE.match(provision_id):
        return frozenset()
    if " CFR " in provision_id:
        return frozenset({"row", "para."})
    if provision_id.startswith("SAMM "):
        return frozenset({"row", "element", "line"} | ({"item"} if " Table " in provision_id else set()))
    return frozenset({"consideration", "objective", "bullet", "goal", "footnote", "item", "para."})


def read_items(scan: Scan, kinds: frozenset[str], cited: Cited) -> list[Cited]:
    """The items named here, as parts of a clause; none if none are named."""
    items = _items(scan, kinds)
    return _with_items([cited], items) if items else []


def _added(cited: Cited, tail: str) -> Cited:
    if cited.last:
        return Cited(cited.readings, tuple(last + tail for last in cited.last))
    return Cited(tuple(reading + tail for reading in cited.readings), (), cited.either)


def _items(scan: Scan, kinds: frozenset[str]) -> list[tuple[str, str]]:
    """The tails that items add to an id, each with the tail that ends its run."""
    before = scan.pos
    match = scan.take(_ITEM)
    kind = _kind(match["kind"]) if match else ""
    if not match or kind not in kinds:
        scan.pos = before
        return []
    kind = "row" if kind in ("element", "line") or ("row" in kinds and kind == "item") else kind
    found = [(f", {kind} {match['first']}" + "".join(f"({label})" for label in read_labels(scan)), "")]
    while more := scan.take(_MORE):
        tail = f", {kind} {more['number']}"
        if more["run"]:
            found[-1] = (found[-1][0], tail)
        else:
            found.append((tail, ""))
    return found


def _kind(word: str) -> str:
    word = word.lower()
    return "para." if word.startswith(("par", "¶")) else word.rstrip("s")


def _row(scan: Scan, kinds: frozenset[str]) -> list[tuple[str, str]]:
    before = scan.pos
    if "row" in kinds and scan.take(_ROW) and (name := scan.take(_ROW_NAME)):
        return [(f", row {name[0]}", "")]
    scan.pos = before
    return []


def _twin(scan: Scan) -> str:
    twin = scan.take(_TWIN)
    return twin[0] + "".join(f"({label})" for label in read_labels(scan)) if twin else ""


def _with_items(cited: list[Cited], items: list[tuple[str, str]]) -> list[Cited]:
    if not items:
        return cited
    return [
        Cited(tuple(r + tail for r in one.readings), tuple(r + last for r in one.readings) if last else (), one.either)
        for one in cited
        for tail, last in items
    ]
