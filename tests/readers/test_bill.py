"""Bills, on an invented one and, where it is at hand, the official resolution."""

from pathlib import Path

import pytest
from passages import check_spans, ids, own

from assistant.errors import BadSource, Refused
from assistant.readers import Reading, bill

DOCTYPE = '<!DOCTYPE bill PUBLIC "-//US Congress//DTDs/bill.dtd//EN" "bill.dtd">'


def read(body: str, *, prolog: str = DOCTYPE, instrument: str = "H.R. 9 (199th)") -> Reading:
    """The reading of an invented bill."""
    text = f'<?xml version="1.0"?>\n{prolog}\n<bill><form><official-title>To free kites.</official-title></form>{body}</bill>'
    return bill.read(text.encode(), instrument=instrument)


def test_a_bills_sections_and_their_parts_become_ids() -> None:
    reading = read(
        "<legis-body><section><enum>2.</enum><header>Kites</header><subsection><enum>(a)</enum><header>Rule</header>"
        "<text>Kites:</text><paragraph><enum>(1)</enum><text>fly <quote>high</quote>;</text></paragraph></subsection>"
        "</section></legis-body>"
    )
    assert ids(reading) == ["H.R. 9 (199th) sec. 2", "H.R. 9 (199th) sec. 2(a)", "H.R. 9 (199th) sec. 2(a)(1)"]
    assert own(reading, "H.R. 9 (199th) sec. 2(a)(1)") == "fly high;"
    assert (reading.title, reading.passages[1].heading) == ("To free kites", "Rule")
    check_spans(reading)


def test_a_resolutions_only_section_has_no_number_so_its_paragraphs_hang_from_the_bill() -> None:
    reading = read(
        "<resolution-body><section><text>That this is barred:</text><paragraph><enum>(1)</enum><text>A kite.</text>"
        "</paragraph></section></resolution-body>"
    )
    assert ids(reading) == ["H.R. 9 (199th), para. 1"]
    assert reading.text == "That this is barred:\n(1) A kite."


@pytest.mark.parametrize(
    ("prolog", "body", "error"),
    [
        ('<!DOCTYPE bill [<!ENTITY k "kite">]>', "<legis-body/>", Refused),
        ('<!DOCTYPE bill SYSTEM "file:///etc/hostname">', "<legis-body/>", Refused),
        (DOCTYPE, "<legis-body>", BadSource),
        (DOCTYPE, "<legis-body></legis-body>", BadSource),
        (DOCTYPE, "<kite/>", BadSource),
    ],
)
def test_what_is_no_bill_or_brings_entities_is_refused(prolog: str, body: str, error: type[BadSource]) -> None:
    with pytest.raises(error):
        read(body, prolog=prolog)


def test_the_official_resolution_is_read(official: Path) -> None:
    data = (official / "bills/119_hjres200_text.xml").read_bytes()
    reading = bill.read(data, instrument="H.J.Res. 200 (119th)")
    assert ids(reading) == ["H.J.Res. 200 (119th), para. 1"]
    assert "section 36(c)" in own(reading, "H.J.Res. 200 (119th), para. 1")
