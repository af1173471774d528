"""Read citations of the security assistance manual, the Federal Register, bills, the fact page and uploads."""

import re
from re import IGNORECASE

from assistant.cite import names
from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import Scan
from assistant.cite.reader import Found, Reader

_LEAD = Pattern(
    r"(?:\bSAMM\b[ ,]*)?"
    r"(?:(?:sections?|secs?\.|tables?|figures?|figs?\.|paragraphs?|paras?\.|chapters?) |[§¶]{1,2} ?)?",
    IGNORECASE,
)
_NUMBER = Pattern(
    r"(?P<chapter>(?:[Cc]|AP)\d{1,2})(?P<rest>(?:\.\d{1,3}){1,12}|\.[TFtf]\d{1,3}[A-Za-z]?)(?!\w|\.[\da-z_])"
)
_CHAPTER = Pattern(
    r"\bSAMM\b[ ,]*(?:chapter |ch\. )?C?(\d{1,2})"
    r"|chapter (\d{1,2})(?:,? (?:of the )?(?:SAMM|Security Assistance Management Manual))",
    IGNORECASE,
)
_TO = Pattern(r"\.? ?(?:-|through |to )(?:(?:SAMM|table|figure|section) )?", IGNORECASE)
_AND = Pattern(r"\.?(?:, ?(?:and |or )?| and | or | ?& ?|/)(?=[TF]\d)", IGNORECASE)
_SHORT = Pattern(r"(?P<short>[TF]\d{1,3}[A-Z]?|\d{1,3}|[A-Z])(?!\w)(?!\.\d|[,%]\d)", IGNORECASE)
_REGISTER = Pattern(
    r"(\d{1,3}) (F\. ?R\.|FR|Fed\. ?Reg\.|Federal Register|Stat\.) ?(\d{1,3},\d{3}|\d{1,6})\b(?!,\d{3})", IGNORECASE
)
_BILL = Pattern(
    r"(?:(?P<house>H)|S|House|Senate).{0,3}?(?P<kind>J|R|Joint).{0,3}?(?:Res\.?|Resolution)? ?(?P<number>\d{1,5})\b",
    IGNORECASE,
)
_CONGRESS = Pattern(r",? ?\(?(?P<ordinal>\d{2,3}(?:th|st|nd|rd))(?: Congress| Cong\.)?\)?", IGNORECASE)
_FACT_PAGE = Pattern(names.FACT_PAGE, IGNORECASE)
_DATED_PAGE = Pattern(r"White House (?:fact sheet|joint statement), \d{4}-\d{2}-\d{2}\b")
_UPLOAD = Pattern(r"upload (?P<name>[^\n,;]{1,160}), para\. (?P<number>\d{1,5})\b")


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
    return Found(cited)


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
    return Found([Cited((f"{number} ({congress['ordinal']})" if congress else number,))])


def read_fact_page(reader: Reader) -> Found | None:
    """`State CAT fact page, bullet 8`."""
    if page := reader.scan.take(_DATED_PAGE):
        return Found([Cited((page[0],))])
    return Found([Cited(("CAT fact page",))]) if reader.scan.take(_FACT_PAGE) else None


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
    """The end of a run written short: `8` after `.3.5` is `.3.8`, `F12` after `.F7` `.F12`, `H` after `.T1A` `.T1H`."""
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
