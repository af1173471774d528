"""An invented catalogue, what its publishers have of it, and what tests ask of an outcome."""

from datetime import date

import imitation as acts
from imitation import Imitation

from assistant.corpus import Corpus
from assistant.law import Authority, Instrument, Outlined
from assistant.record import Record
from assistant.sync.official import Line, Outcome

TODAY = date(2026, 11, 24)
KITES, BELLS, PART, EO, MEMO, PAGE = "99 USC 70", "99 USC 71", "99 CFR part 126", "EO 99999", "NSM-99", "Kite page"
WORDS = " ".join(["The wind lifts a kite that a child holds by a string."] * 10)
SECTIONS = {"70": "A kite may fly.\nA string must hold.", "71": "A bell may ring.", "72": "A drum may beat."}


def instrument(id: str, url: str = "", signed: date | None = None) -> Instrument:
    """An instrument of the invented catalogue."""
    return Instrument(id, "Kites", id, "", Authority.STATUTE, "", signed=signed, source_url=url)


CATALOGUE = [
    instrument(KITES, "https://uscode.house.gov/view.xhtml?req=kites"),
    instrument(BELLS),
    instrument(PART, "https://www.ecfr.gov/current/title-99/part-126"),
    instrument(EO, "https://www.federalregister.gov/documents/2025/05/08/2025-00001/flying-kites"),
    instrument("EO 99998", "https://uscode.house.gov/view.xhtml?req=notes", date(2025, 5, 6)),
    instrument("EO 99997", "https://www.whitehouse.gov/presidential-actions/bells/", date(2026, 11, 20)),
    instrument(MEMO, "https://www.whitehouse.gov/kites/"),
    instrument(PAGE, "https://history.state.gov/kites"),
    instrument("Front page", "https://www.state.gov/"),
    instrument("SAMM C99", "https://samm.dsca.mil/chapter/chapter-99"),
    instrument("Elsewhere", "https://www.congress.gov/bill/1"),
    instrument("Nowhere"),
]


def invented_corpus() -> Corpus:
    """The invented catalogue, with four clauses of the memorandum in the outline."""
    headings = {f"{MEMO} sec. {number}": "" for number in (1, 2, 3, 4)}
    outline = {MEMO: Outlined(MEMO, "", "Kites", "2026-01-01", headings)}
    outline["99 USC 72"] = Outlined("99 USC 72", "", "Drums", "2026-01-01", {})
    return Corpus({i.id: i for i in CATALOGUE}, {}, outline, "invented")


def memorandum(last: str = "Kites land.") -> bytes:
    """A page with four sections."""
    words = ("Kites fly.", "Kites rise.", "Kites turn.", last)
    return acts.article(*(f"<b>Sec. {n}.</b> {line} {WORDS}" for n, line in enumerate(words, 1)))


def publish(publishers: Imitation) -> None:
    """Each publisher has its own."""
    publishers.publish_title("99", "119-100", SECTIONS)
    publishers.up_to_date[99] = "2026-11-20"
    publishers.parts["99", "126", "2017-01-03"] = acts.part_xml("99", "126", "(a) Kites flew.")
    publishers.parts["99", "126", "2026-10-01"] = acts.part_xml("99", "126", "(a) Kites fly.", "(b) Bells ring.")
    publishers.publish_order("2025-00001", 99999, "2025-05-08", acts.order_xml(99999, "Kites fly:", "(a) high; and"))
    publishers.publish_order("2025-00002", 99998, "2025-05-08", acts.order_xml(99998, "Bells ring."))
    publishers.pages["www.whitehouse.gov/kites/"] = memorandum()
    publishers.pages["history.state.gov/kites"] = acts.article(WORDS)
    publishers.pages["www.whitehouse.gov/presidential-actions/bells/"] = acts.article(
        f"Section 1. Bells. {WORDS}", meta='<meta property="article:published_time" content="2026-11-20T10:00:00Z"/>'
    )


def one(outcome: Outcome) -> Line:
    """The only line."""
    (line,) = outcome.lines
    return line


def text(record: Record, id: str, on: date | None = None) -> str:
    """The text held."""
    edition = record.edition(id, on)
    assert edition is not None
    return edition.text
