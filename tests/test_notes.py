"""Notes are true to the clause: their figures stand in its text, and what must have a note has one."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from assistant import law
from assistant.corpus import Corpus, read_corpus
from assistant.errors import BadCorpus
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import Record, open_record
from assistant.settings import data_path
from assistant.sync import receive
from evals import notes
from evals.notes import Listed, check_notes, read_listed, unsupported_by

TEXT = """(a) The Secretary may, not later than thirty days after a request, pay not more than $14,000,000, or 2.5 percent of \
the price, for kites under section 45(c) of title 22, but in fiscal year 2011 one hundred and twenty days.
(1) Category XI(c) kites made after October 8, 2010; and
(2) strings of 600 meters."""


@pytest.mark.parametrize(
    ("note", "missing"),
    [
        ("The Secretary may pay up to $14 million within 30 days of a request.", []),
        ("Payment may be 2.5 percent of the price.", []),
        ("In fiscal year 2011 the time was 120 days.", []),
        ("It covers Category XI kites made after 8 October 2010.", []),
        ("Under paragraph (2), 22 USC 9001(a)(2), strings of 600 meters count (see section 45(c)).", []),
        ("The Secretary may pay up to $15 million.", ["$15 million"]),
        ("The time is 30 months.", ["30 months"]),
        ("The time is 45 days.", ["45 days"]),
        ("It covers Category XII kites.", ["Category 12"]),
        ("Kites made after 9 October 2010 are covered.", ["9 October 2010"]),
        ("Payment may be 3 percent of the price.", ["3 percent"]),
        ("Three things are covered.", ["Three"]),
        ("Two things are covered.", []),
        ("Since 1 May 2015 kites are covered.", []),
        ("Under Pub. L. 104-164 and EO 13637 sec. 1(p), 78 FR 16129, kites are covered.", []),
    ],
)
def test_a_figure_of_a_note_is_supported_by_the_text_or_named(note: str, missing: list[str]) -> None:
    assert unsupported_by(note, [TEXT], [date(2015, 5, 1)], [2], "22 USC 9001(a)") == missing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Categories I, II and IV(b)", {1, 2, 4}),
        ("security risk categories I to IV", {1, 4}),
        ("Categories (SRC) I - IV", {1, 4}),
        ("MTCR Category 1", {1}),
        ("Category XIX", {19}),
        ("a category of kites", set()),
    ],
)
def test_categories_are_read_in_either_numerals(text: str, found: set[int]) -> None:
    assert notes.categories_of(text) == found


INSTRUMENT = """[instrument]
id = "22 USC 9001"
title = "Kites"
citation = "Kite Act"
kind = "statute"
authority = "statute"
issuer = "Congress"
effective = 2000-01-01
source_url = "https://uscode.house.gov/"
facts_from = "invented"
facts_as_of = 2026-01-01
note = "A note."
"""
PROVISION = '\n[[provision]]\nid = "{}"\nheading = "Kites"\nnote = "{}"\n'


def _corpus(folder: Path, *provisions: tuple[str, str]) -> Corpus:
    folder.mkdir(exist_ok=True)
    (folder / "22-usc-9001.toml").write_text(INSTRUMENT + "".join(PROVISION.format(*p) for p in provisions))
    return read_corpus(folder)


def _record(folder: Path) -> Record:
    text = "(a) Within 30 days—\n(1) red kites; and\n(2) blue kites of 9 meters."
    first, second = text.index("(1)"), text.index("(2)")
    passages = (
        Passage("22 USC 9001(a)", "22 USC 9001", Kind.PROVISION, "", 0, len(text), 0, first),
        Passage("22 USC 9001(a)(1)", "22 USC 9001(a)", Kind.PROVISION, "", first, second, first, second),
        Passage("22 USC 9001(a)(2)", "22 USC 9001(a)", Kind.PROVISION, "", second, len(text), second, len(text)),
    )
    record = open_record(folder, create=True)
    edition = Edition("22 USC 9001", "0" * 64, date(2026, 1, 1), "", "2026-01-01", "invented", Holding.OFFICIAL)
    record.ingest([(Reading("22 USC 9001", "Kites", text, passages), edition)])
    return record


def test_a_clause_has_the_figures_of_its_parts_and_of_what_stands_above_it_but_not_of_its_siblings(
    tmp_path: Path,
) -> None:
    corpus = _corpus(
        tmp_path / "corpus",
        ("22 USC 9001(a)", "Kites of 9 meters within 30 days."),
        ("22 USC 9001(a)(1)", "Red kites of 9 meters within 30 days."),
        ("22 USC 9001(b)", "Kites of 8 meters."),
    )
    found = check_notes(corpus, _record(tmp_path / "home"))
    assert [(one.provision, one.figure) for one in found.unsupported] == [("22 USC 9001(a)(1)", "9")]
    assert (found.figures, found.unread) == (4, 1)


def test_a_listed_figure_is_supported_and_a_row_that_is_not_needed_is_told(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "corpus", ("22 USC 9001(a)(1)", "Red kites of 9 meters."))
    record = _record(tmp_path / "home")
    used, idle = Listed("22 USC 9001(a)(1)", "9", "a publisher"), Listed("22 USC 9001(a)", "7", "a publisher")
    found = check_notes(corpus, record, [used, idle])
    assert (found.unsupported, found.listed, found.stale) == ((), 1, ("22 USC 9001(a): 7",))


@pytest.mark.parametrize(
    "row", ['provision = "x"\nfigure = "1"', 'provision = "x"\nfigure = "1"\nsource = ""', 'colour = "red"']
)
def test_a_listed_figure_without_a_source_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "figures.toml"
    path.write_text(f"[[figure]]\n{row}\n")
    with pytest.raises(BadCorpus, match="row 1"):
        read_listed(path)


def test_every_listed_figure_is_of_a_note_that_has_it(whole: Corpus) -> None:
    listed = read_listed(data_path("corpus") / notes.LISTED)
    assert listed
    for row in listed:
        assert any(row.figure in version.note for version in whole.provisions[row.provision]), row
        named = re.search(r"(?:counted in|reckoned from) (.+?)(?:: | and |$)", row.source)
        assert named is None or whole.exists(named[1]), row


def test_every_figure_of_every_note_stands_in_the_official_text_or_has_its_source_listed(
    whole: Corpus, official: Path, tmp_path: Path
) -> None:
    record = open_record(tmp_path, create=True)
    receive(official, record)
    found = check_notes(whole, record, read_listed(data_path("corpus") / notes.LISTED))
    record.close()
    assert found.unsupported == ()
    assert found.stale == ()
    assert found.figures > 1500


def test_the_checker_tells_what_it_read_and_fails_on_an_unsupported_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _corpus(tmp_path / "corpus", ("22 USC 9001(a)(1)", "Red kites of 9 meters."))
    (tmp_path / "corpus" / "sources").mkdir()
    (tmp_path / "corpus" / notes.LISTED).write_text("")
    monkeypatch.setattr(notes, "data_path", lambda name: tmp_path / name)
    monkeypatch.setattr("assistant.sync.receive", lambda source, record: record.ingest(_ingested(tmp_path)))
    assert notes.main([str(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["unsupported"][0]["figure"] == "9"
    assert notes.main([str(tmp_path)]) == 1
    assert "22 USC 9001(a)(1): 9" in capsys.readouterr().out


def _ingested(folder: Path) -> list[tuple[Reading, Edition]]:
    made = _record(folder / "made")
    edition = made.edition("22 USC 9001")
    assert edition is not None
    return [(Reading("22 USC 9001", "Kites", edition.text, made.passages(edition)), edition)]


def _noted(corpus: Corpus, provision: str) -> bool:
    return provision in corpus.provisions


def _ended(corpus: Corpus, provision: str) -> bool:
    return bool(re.search(r"\b(?:repealed|omitted|transferred)\b", corpus.heading(provision), re.IGNORECASE))


def test_every_section_of_the_arms_export_control_act_has_a_note(whole: Corpus) -> None:
    sections = [one for one in whole.outline if re.match(r"22 USC 27(?:[5-8]\d|9\d)", one)]
    assert len(sections) >= 55
    noted = {version[0].instrument for version in whole.provisions.values()}
    assert [one for one in sections if one not in noted and not _ended(whole, one)] == []


def test_every_section_of_the_arms_export_control_act_has_a_note_on_the_whole(whole: Corpus) -> None:
    sections = [one for one in whole.outline if re.match(r"22 USC 27(?:[5-8]\d|9\d)", one)]
    assert [one for one in sections if not _noted(whole, one) and not _ended(whole, one)] == []


@pytest.mark.parametrize("order", ["EO 11958", "EO 13637", "EO 14268", "EO 14383", "NSM-18", "NSM-20"])
def test_every_section_of_the_orders_and_memoranda_has_a_note(whole: Corpus, order: str) -> None:
    sections = [one for one in whole.outline[order].headings if re.fullmatch(rf"{order} sec\. \w+", one)]
    assert len(sections) >= 3
    assert [one for one in sections if not _noted(whole, one)] == []


@pytest.mark.parametrize("part", range(120, 131))
def test_every_section_of_the_itar_has_a_note(whole: Corpus, part: int) -> None:
    headings = whole.outline[f"22 CFR part {part}"].headings
    sections = [one for one in headings if re.fullmatch(rf"22 CFR {part}\.\d+", one)]
    assert len(sections) >= 5
    assert [one for one in sections if not _noted(whole, one)] == []


@pytest.mark.parametrize("section", ["C5.5", "C5.6"])
def test_every_numbered_paragraph_of_the_manual_on_notification_has_a_note(whole: Corpus, section: str) -> None:
    numbered = [one for one in whole.outline["SAMM C5"].headings if re.match(rf"SAMM {section}(?:\.|$)", one)]
    assert len(numbered) >= 5
    assert [one for one in numbered if not _noted(whole, one)] == []


def test_every_note_is_of_an_instrument_that_stands_in_the_catalogue(whole: Corpus) -> None:
    assert [one for one in whole.provisions if law.instrument_of(one) not in whole.instruments] == []
