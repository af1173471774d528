"""What becomes of each instrument in a sync: changed, unchanged or failed; the law is invented."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import imitation as acts
import pytest
from catalogue import BELLS, EO, KITES, MEMO, PAGE, PART, SECTIONS, WORDS, memorandum, one, text
from imitation import Imitation

from assistant.corpus import Corpus
from assistant.errors import BadRecord
from assistant.readers import Reading
from assistant.record import Record, open_record
from assistant.sync import apart, bundle, receive
from assistant.sync.fetch import Fetcher, Limits
from assistant.sync.official import Outcome, Result, sync_from_publishers

OpenFetcher = Callable[..., Fetcher]
Sync = Callable[..., Outcome]


@pytest.mark.parametrize("id", [KITES, PART, EO, "EO 99998", MEMO, PAGE])
def test_what_is_held_already_is_unchanged(sync: Sync, record: Record, id: str) -> None:
    sync(id)
    before = record.editions()
    assert one(sync(id)).result is Result.UNCHANGED
    assert record.editions() == before


def test_an_unchanged_file_is_not_sent_twice(sync: Sync, publishers: Imitation) -> None:
    sync(KITES, BELLS)
    line = one(sync(KITES))
    assert "has not changed, as of 2026-07-18" in line.why
    assert publishers.asked[-1].headers["If-None-Match"]


def test_what_the_publishers_send_can_be_carried_elsewhere_in_a_bundle(
    sync: Sync, record: Record, tmp_path: Path
) -> None:
    wanted = (KITES, BELLS, PART, EO, MEMO)
    sync(KITES)  # held already, and sent again for the bundle
    with bundle.writing(tmp_path / "law.zip") as law:
        outcome = sync(*wanted, "Nowhere", keep=law.put_copy)
    assert [line.instrument for line in outcome.failed] == ["Nowhere"]
    elsewhere = open_record(tmp_path / "elsewhere", create=True)
    assert receive(tmp_path / "law.zip", elsewhere) == wanted
    for id in wanted:
        there, here = elsewhere.edition(id), record.edition(id)
        assert there is not None
        assert here is not None
        assert (there.sha256, there.as_of, there.text) == (here.sha256, here.as_of, here.text)


def test_a_bundle_of_nothing_is_no_file(sync: Sync, tmp_path: Path) -> None:
    with bundle.writing(tmp_path / "law.zip") as law:
        sync("Nowhere", keep=law.put_copy)
    assert not list(tmp_path.glob("law.zip*"))


def test_a_file_is_sent_again_for_a_section_that_is_not_held_yet(sync: Sync, record: Record) -> None:
    sync(KITES)
    outcome = sync(KITES, BELLS)
    assert [line.result for line in outcome.lines] == [Result.UNCHANGED, Result.CHANGED]
    assert "A bell may ring." in text(record, BELLS)


def test_a_receipt_without_its_edition_counts_for_nothing(
    sync: Sync, corpus: Corpus, fetcher: Fetcher, tmp_path: Path
) -> None:
    sync(KITES)
    (tmp_path / "new").mkdir()
    (tmp_path / "fetch.json").rename(tmp_path / "new" / "fetch.json")
    emptied = open_record(tmp_path / "new", create=True)
    assert one(sync_from_publishers(emptied, corpus, [KITES], fetcher=fetcher)).result is Result.CHANGED
    assert emptied.edition(KITES) is not None


@pytest.mark.parametrize(
    "damage", ["", "kites", '{"form": 1}', '{"form": 2, "receipts": {}}', '{"form": 1, "receipts": {"a": {}}}', "[]"]
)
def test_damaged_receipts_cost_only_a_longer_sync(sync: Sync, tmp_path: Path, damage: str) -> None:
    sync(KITES)
    (tmp_path / "fetch.json").write_text(damage)
    assert one(sync(KITES)).result is Result.UNCHANGED


def test_receipts_are_replaced_whole(sync: Sync, tmp_path: Path) -> None:
    sync(KITES)
    rows = json.loads((tmp_path / "fetch.json").read_text())
    assert set(rows["receipts"]) == {KITES}
    assert not list(tmp_path.glob("*.new"))


def test_a_titles_file_is_fetched_once_for_all_its_sections(sync: Sync, publishers: Imitation) -> None:
    sync(KITES, BELLS, "99 USC 72", "99 USC 9999")
    assert publishers.times_asked("xml_usc99") == 1
    assert publishers.times_asked("download.shtml") == 1


def test_a_titles_failure_is_fetched_once_for_all_its_sections(sync: Sync, publishers: Imitation) -> None:
    publishers.misbehave("xml_usc99", acts.status(404))
    outcome = sync(KITES, BELLS, "99 USC 72")
    assert len(outcome.failed) == 3
    assert publishers.times_asked("xml_usc99") == 1


def test_a_new_release_point_with_the_same_words_is_no_new_edition(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    sync(KITES)
    publishers.release_point, publishers.release_days["119-110"] = "119-110", "09/01/2026"
    publishers.publish_title("99", "119-110", SECTIONS | {"69": "A horn may sound."})
    line = one(sync(KITES))
    assert (line.result, line.why) == (
        Result.UNCHANGED, "The publisher's bytes as of 2026-09-01 are those of the edition held.",
    )  # fmt: skip
    assert len(record.editions(KITES)) == 1


def test_a_new_release_point_with_other_words_is_a_new_edition(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    sync(KITES)
    publishers.release_point, publishers.release_days["119-110"] = "119-110", "09/01/2026"
    publishers.publish_title("99", "119-110", SECTIONS | {"70": "A kite may fly.\nA cord must hold."})
    line = one(sync(KITES))
    assert line.why == "A new edition as of 2026-09-01 follows that of 2026-07-18."
    assert line.provisions == ("99 USC 70(b)",)
    assert "A cord must hold." in text(record, KITES)
    assert "A string must hold." in text(record, KITES, date(2026, 8, 1))


def test_other_marks_around_the_same_words_are_no_new_edition(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    sync(PART)
    publishers.parts["99", "126", "2026-10-01"] = publishers.parts["99", "126", "2026-10-01"].replace(b"<P>", b"<P >")
    line = one(sync(PART))
    assert (line.result, len(record.editions(PART))) == (Result.UNCHANGED, 1)
    assert "words" in line.why


def test_other_words_under_the_same_date_are_a_new_edition_and_said_to_be(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    sync(PART)
    publishers.parts["99", "126", "2026-10-01"] = acts.part_xml("99", "126", "(a) Kites fly.", "(b) Bells toll.")
    line = one(sync(PART))
    assert (line.result, line.provisions) == (Result.CHANGED, ("99 CFR 126.1(b)",))
    assert "changed the text without changing its date, 2026-11-20" in line.why
    assert "Bells toll." in text(record, PART)
    assert len(record.editions(PART)) == 2


def test_a_publisher_that_goes_back_to_an_earlier_text_is_followed(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    first = publishers.parts["99", "126", "2026-10-01"]
    sync(PART)
    publishers.parts["99", "126", "2026-10-01"] = acts.part_xml("99", "126", "(a) Kites fly.", "(b) Bells toll.")
    sync(PART)
    publishers.parts["99", "126", "2026-10-01"] = first
    assert one(sync(PART)).result is Result.CHANGED
    assert "Bells ring." in text(record, PART)
    assert one(sync(PART)).result is Result.UNCHANGED


def test_an_edition_that_lost_most_of_its_clauses_is_taken_with_a_warning(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    publishers.parts["99", "126", "2026-10-01"] = acts.part_xml(
        "99", "126", *(f"({c}) Kites fly." for c in "abcdefghij")
    )
    sync(PART)
    publishers.up_to_date[99] = "2026-11-23"
    publishers.parts["99", "126", "2026-11-22"] = b'<DIV5 N="126" TYPE="PART"><HEAD>PART 126 [Reserved]</HEAD></DIV5>'
    line = one(sync(PART))
    assert line.result is Result.CHANGED
    assert line.warnings == ("It has 1 passages where the edition of 2026-11-20 has 12.",)


# Faults, with an edition held


HELD = {KITES: "xml_usc99", PART: "title-99.xml", EO: "full_text", MEMO: "/kites/"}
FAULTS = [
    ("busy", acts.status(503)),
    ("limited", acts.status(429, Retry_After="1")),
    ("gone", acts.status(404)),
    ("forbidden", acts.status(403)),
    ("cut short", acts.cut_short),
    ("wrong length", acts.too_short_a_length),
    ("hangs up", acts.hang_up),
    ("elsewhere", acts.redirect("https://example.com/kites")),
    ("an error page", acts.instead(b"<!DOCTYPE html><html><body>Sorry.</body></html>", "text/html")),
    ("an error page in disguise", acts.instead(b"<html><body>Sorry.</body></html>")),
    ("malformed", acts.instead(b"<DIV5><P>kites</DIV5>")),
    ("another thing", acts.instead(b"<kite/>")),
    ("no zip", acts.instead(b"PK\x03\x04kites", "application/zip")),
    ("too large", acts.huge(500, announced=True)),
]


@pytest.mark.parametrize("id", HELD)
@pytest.mark.parametrize("fault", [row[1] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_ends_in_words_and_the_edition_held_still_answers(
    sync: Sync, record: Record, publishers: Imitation, id: str, fault: acts.Fault
) -> None:
    sync(id)
    held = record.edition(id)
    publishers.misbehave(HELD[id], fault)
    line = one(sync(id))
    assert line.result is Result.FAILED
    assert line.why.count("what is held here still answers. ") == 1
    assert "pincite sync" in line.why
    assert record.edition(id) == held
    publishers.heal()
    assert one(sync(id)).result is Result.UNCHANGED


def test_a_publisher_out_of_reach_is_a_failure_in_words(sync: Sync, record: Record, open_fetcher: OpenFetcher) -> None:
    sync(PART)
    held = record.edition(PART)
    unreachable = open_fetcher(www_ecfr_gov="http://127.0.0.1:9")
    line = one(sync(PART, fetcher=unreachable))
    assert "www.ecfr.gov cannot be reached" in line.why
    assert record.edition(PART) == held


def test_a_slow_drip_is_a_failure_in_words(
    sync: Sync, record: Record, publishers: Imitation, open_fetcher: OpenFetcher
) -> None:
    sync(PART)
    held = record.edition(PART)
    publishers.misbehave("title-99.xml", acts.drip(0.01))
    line = one(sync(PART, fetcher=open_fetcher(Limits(deadline=0.3))))
    assert "had not sent the whole file" in line.why
    assert record.edition(PART) == held


def test_a_page_that_is_no_longer_its_instrument_is_refused(sync: Sync, record: Record, publishers: Imitation) -> None:
    sync(MEMO, PAGE)
    publishers.pages["www.whitehouse.gov/kites/"] = acts.article("Section 1. This page has moved.", WORDS)
    publishers.pages["history.state.gov/kites"] = acts.article("Page not found.")
    moved, lost = sync(MEMO, PAGE).lines
    assert f"is not {MEMO} as it is known: it has 1 of its 4 clauses" in moved.why
    assert f"is not {PAGE} as it is known: it has 3 words" in lost.why
    assert "Kites land." in text(record, MEMO)


def test_a_service_that_answers_with_nonsense_is_a_failure_in_words(sync: Sync, publishers: Imitation) -> None:
    for body in (
        b"{}",
        b'{"titles": 3}',
        b'{"titles": [3]}',
        b'{"titles": [{"number": 99, "up_to_date_as_of": "soon"}]}',
        b"{",
    ):
        publishers.heal()
        publishers.misbehave("titles.json", acts.instead(body, "application/json"))
        assert "list of titles" in one(sync(PART)).why
    for body in (b"{}", b"[]", b'{"publication_date": "soon"}', b"{kites"):
        publishers.heal()
        publishers.misbehave("/api/v1/documents/", acts.instead(body, "application/json"))
        assert "Federal Register" in one(sync(EO)).why


def test_a_document_of_another_day_is_not_taken_for_the_order(sync: Sync, publishers: Imitation) -> None:
    publishers.documents["2025-00001"]["publication_date"] = "2013-05-08"
    assert "published document 2025-00001 on 2013-05-08, not on 2025-05-08" in one(sync(EO)).why


def test_an_order_listed_twice_is_not_guessed_at(sync: Sync, publishers: Imitation) -> None:
    publishers.documents["2025-00003"] = {**publishers.documents["2025-00002"], "document_number": "2025-00003"}
    assert "several documents as EO 99998: 2025-00002, 2025-00003" in one(sync("EO 99998")).why


def test_a_text_that_trips_its_reader_does_not_stop_the_others(sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = apart.Apart.read

    def read(self: apart.Apart, data: bytes, *, form: str, instrument: str, filename: str = "") -> Reading:
        if form == "ecfr-xml":
            raise IndexError("kites")
        return whole(self, data, form=form, instrument=instrument, filename=filename)

    monkeypatch.setattr(apart.Apart, "read", read)
    outcome = sync(PART, MEMO)
    assert [line.result for line in outcome.lines] == [Result.FAILED, Result.CHANGED]
    assert "IndexError, kites" in outcome.lines[0].why


def test_a_record_that_cannot_be_written_is_not_tried_again_and_again(
    sync: Sync, record: Record, publishers: Imitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(received: object) -> None:
        raise BadRecord("The disk is full.", next_step="Free some space.")

    monkeypatch.setattr(record, "ingest", full)
    outcome = sync(PART, MEMO, PAGE)
    assert [line.why for line in outcome.lines] == ["The disk is full. Free some space."] * 3
    assert publishers.times_asked("/kites") == 0


def test_a_download_page_under_maintenance_is_said_to_be(sync: Sync, publishers: Imitation) -> None:
    publishers.misbehave("download.shtml", acts.instead(b"<html><body>Back soon.</body></html>", "text/html"))
    assert "names no one release point; it may be down for maintenance" in one(sync(KITES)).why


def test_a_redirect_within_the_publishers_is_followed_and_named(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    publishers.pages["bidenwhitehouse.archives.gov/kites/"] = memorandum()
    publishers.misbehave("www.whitehouse.gov/kites/", acts.redirect("https://bidenwhitehouse.archives.gov/kites/", 301))
    sync(MEMO)
    edition = record.edition(MEMO)
    assert edition is not None
    assert edition.publisher_url == "https://bidenwhitehouse.archives.gov/kites/"
