"""Read citations of the Security Assistance Management Manual, the Federal Register, bills, the fact page and uploads."""

import re

from assistant.cite import names, orders
from assistant.cite.mention import Cited
from assistant.cite.pinpoint import Scan
from assistant.cite.reader import Found, Reader

_LEAD = re.compile(
    r"(?:\bSAMM\b[ ,]*)?(?:(?:sections?|secs?\.|tables?|figures?|figs?\.|paragraphs?|paras?\.|chapters?) |§{1,2} ?)?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?P<chapter>(?:C|AP)\d{1,2})(?P<rest>(?:\.\d{1,3}){1,12}|\.[TF]\d{1,3}[A-Z]?)(?![\w-]*[A-Za-z_])(?!\d)", re.IGNORECASE)
_CHAPTER = re.compile(r"\bSAMM\b[ ,]*(?:chapter |ch\. )?C?(\d{1,2})|chapter (\d{1,2})(?:,? (?:of the )?(?:SAMM|Security Assistance Management Manual))", re.IGNORECASE)
_TO = re.compile(r"\.? ?(?:-|through |to )(?:(?:SAMM|table|figure|section) )?", re.IGNORECASE)
_AND = re.compile(r"\.?(?:, ?(?:and |or )?| and | or | ?& ?|/)(?=[TF]\d)", re.IGNORECASE)
_SHORT = re.compile(r"(?P<short>[TF]\d{1,3}[A-Z]?|\d{1,3}|[A-Z])(?!\w)(?!\.\d|[,%]\d)", re.IGNORECASE)
_ROW = re.compile(r"\.?,? ?\(?(?:rows?|elements?|items?|lines?) (?P<first>\d{1,3}[A-Z]?)\b", re.IGNORECASE)
_ROW_NAMED = re.compile(r", row (?P<first>[A-Z][^,;.\n]{0,60})")
_MORE_ROWS = re.compile(r"(?:(?P<run> ?- ?| through | to )|, ?(?:and )?| and | ?& ?)(?P<number>\d{1,3}[A-Z]?)\b(?![\w(.])")
_REGISTER = re.compile(r"(\d{1,3}) (F\. ?R\.|FR|Fed\. ?Reg\.|Federal Register|Stat\.) ?(\d{1,3},\d{3}|\d{1,6})\b(?!,\d{3})", re.IGNORECASE)
_BILL = re.compile(r"(?:(?P<house>H)|S|House|Senate).{0,3}?(?P<kind>J|R|Joint).{0,3}?(?:Res\.?|Resolution)? ?(?P<number>\d{1,5})\b", re.IGNORECASE)
_CONGRESS = re.compile(r",? ?\(?(\d{2,3})(?:th|st|nd|rd)(?: Congress| Cong\.)?\)?", re.IGNORECASE)
_FACT_PAGE = re.compile(names.FACT_PAGE, re.IGNORECASE)
_UPLOAD = re.compile(r"upload (?P<name>[^\n,;]{1,160}), para\. (?P<number>\d{1,5})\b")


def read_manual(reader: Reader) -> Found | None:
    """`SAMM C5.5.5.6`, `Table C5.T1, row 5`, `C4.3.5-8`, `Figures C5.F7-F12`, `SAMM Chapter 5`."""
    scan = reader.scan
    start = scan.pos
    scan.take(_LEAD)
    match = scan.take(_NUMBER)
    if not match:
        scan.pos = start
        chapter = scan.take(_CHAPTER)
        return Found([Cited((f"SAMM C{chapter[1] or chapter[2]}",))]) if chapter else None
    cited = [Cited((_id(match["chapter"], match["rest"]),))]
    _read_more(scan, match, cited)
    return Found(_read_rows(scan, cited))


def read_register(reader: Reader) -> Found | None:
    """`90 FR 13037`, `90 Fed. Reg. 13037`, `110 Stat. 1258`."""
    match = reader.scan.take(_REGISTER)
    if not match:
        return None
    kind = "Stat." if match[2].lower() == "stat." else "FR"
    return Found([Cited((f"{match[1]} {kind} {match[3].replace(',', '')}",))])


def read_bill(reader: Reader) -> Found | None:
    """`H.J.Res. 200`, `H.J. Res. 200 (119th Congress)`."""
    match = reader.scan.take(_BILL)
    if not match:
        return None
    house = "H" if match[0][0].upper() == "H" else "S"
    kind = "R." if match["kind"].upper() == "R" else "J.Res."
    congress = reader.scan.take(_CONGRESS)
    number = f"{house}.{kind} {match['number']}"
    return Found([Cited((f"{number} ({congress[1]}th)", number) if congress else (number,))])


def read_fact_page(reader: Reader) -> Found | None:
    """`State CAT fact page, bullet 8`."""
    scan = reader.scan
    if not scan.take(_FACT_PAGE):
        return None
    return Found(orders.read_items(scan, [Cited(("CAT fact page",))]))


def read_upload(reader: Reader) -> Found | None:
    """`upload NAME, para. 3`."""
    match = reader.scan.take(_UPLOAD)
    return Found([Cited((match[0],))]) if match else None


def _id(chapter: str, rest: str) -> str:
    rest = rest.upper()
    kind = "Table " if rest.startswith(".T") else "Figure " if rest.startswith(".F") else ""
    return f"SAMM {kind}{chapter.upper()}{rest}"


def _read_more(scan: Scan, match: re.Match[str], cited: list[Cited]) -> None:
    """Runs (`C5.F7-F12`, `C4.3.5-8`, `C5.T1A-H`) and short items (`C5.T13, T17`) after a number."""
    for _ in range(40):
        before = scan.pos
        run = bool(scan.take(_TO))
        if not run and not scan.take(_AND):
            return
        full = scan.take(_NUMBER) if run else None
        rest = full["rest"] if full else _lengthened(scan, match["rest"])
        if not rest:
            scan.pos = before
            return
        last = _id(full["chapter"] if full else match["chapter"], rest)
        if run:
            cited[-1] = Cited(cited[-1].readings, (last,))
        else:
            cited.append(Cited((last,)))


def _lengthened(scan: Scan, rest: str) -> str:
    """The end of a run written short: `8` after `.3.5` is `.3.8`, `F12` after `.F7` is `.F12`, `H` after `.T1A` is `.T1H`."""
    before = scan.pos
    match = scan.take(_SHORT)
    if match:
        short, table = match["short"], rest[1] in "TFtf"
        if table and short[0] in "TFtf" and len(short) > 1:
            return f".{short}"
        if table and short.isalpha() and rest[-1].isalpha():
            return rest[:-1] + short
        if not table and short.isdigit() and int(short) > int(rest.rpartition(".")[2]):
            return f"{rest.rpartition('.')[0]}.{short}"
    scan.pos = before
    return ""


def _read_rows(scan: Scan, cited: list[Cited]) -> list[Cited]:
    last = cited[-1].readings[0]
    match = scan.take(_ROW_NAMED) or scan.take(_ROW) if last.startswith(("SAMM Table", "SAMM Figure")) else None
    if not match:
        return cited
    rows = [Cited((f"{last}, row {match['first'].strip()}",))]
    while more := scan.take(_MORE_ROWS):
        row = f"{last}, row {more['number']}"
        if more["run"]:
            rows[-1] = Cited(rows[-1].readings, (row,))
        else:
            rows.append(Cited((row,)))
    return cited[:-1] + rows
