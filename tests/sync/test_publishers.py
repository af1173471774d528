"""What each publisher has, against an imitation of them; the law is invented."""

import json
from collections.abc import Callable
from datetime import date

import imitation as acts
import pytest
from catalogue import BELLS, CATALOGUE, EO, KITES, MEMO, PAGE, PART, SECTIONS, TODAY, one, text
from imitation import Imitation

from assistant.corpus import Corpus
from assistant.errors import BadSource
from assistant.record import Record
from assistant.sync.fetch import HOSTS, Fetcher
from assistant.sync.official import Outcome, Result, as_json
from assistant.sync.page import stated_day
from assistant.sync.publishers import PERHAPS, SURE, Copy, Run, find_publishers, host_of
from assistant.sync.publishers import publishers as every_publisher

OpenFetcher = Callable[..., Fetcher]
Sync = Callable[..., Outcome]


BROUGHT = [
    (KITES, "uslm-section", "2026-07-18", "https://uscode.house.gov/download/releasepoints/us/pl/119/100/xml_usc99@119-100.zip"),
    (PART, "ecfr-xml", "2026-11-20", "https://www.ecfr.gov/api/versioner/v1/full/2026-11-20/title-99.xml?part=126"),
    (EO, "federal-register-xml", "2025-05-08", "https://www.federalregister.gov/documents/full_text/xml/2025/05/08/2025-00001.xml"),
    ("EO 99998", "federal-register-xml", "2025-05-08", "https://www.federalregister.gov/documents/full_text/xml/2025/05/08/2025-00002.xml"),
    ("EO 99997", "whitehouse-html", "2026-11-20", "https://www.whitehouse.gov/presidential-actions/bells/"),
    (MEMO, "whitehouse-html", "2026-11-24", "https://www.whitehouse.gov/kites/"),
    (PAGE, "whitehouse-html", "2026-11-24", "https://history.state.gov/kites"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "format", "as_of", "url"), BROUGHT, ids=[row[0] for row in BROUGHT])
def test_each_publisher_gives_its_text_with_its_date(
    sync: Sync, record: Record, id: str, format: str, as_of: str, url: str
) -> None:
    line = one(sync(id))
    assert (line.result, line.before) == (Result.CHANGED, None)
    edition = record.edition(id)
    assert edition is not None
    assert (edition.format, edition.as_of.isoformat(), edition.publisher_url) == (format, as_of, url)
    assert record.passages(edition)


NOT_BROUGHT = [
    ("Front page", "names only the front page of www.state.gov"),
    ("SAMM C99", "no reader for the manual's web page yet"),
    ("Elsewhere", "none is known for www.congress.gov"),
    ("Nowhere", "the catalogue has no address for it"),
    ("upload kites.docx", "was added on this machine"),
    ("99 USC 9999", "prints no section 99 USC 9999"),
    ("99 CFR part 999", "has nothing at /api/versioner"),
    ("98 CFR part 1", "no day for title 98"),
    ("EO 12345", "has no text of EO 12345"),
    ("Kite treaty", "no instrument Kite treaty"),
]


@pytest.mark.parametrize(("id", "says"), NOT_BROUGHT, ids=[row[0] for row in NOT_BROUGHT])
def test_what_no_publisher_can_give_is_said_with_a_next_step(sync: Sync, record: Record, id: str, says: str) -> None:
    line = one(sync(id))
    assert line.result is Result.FAILED
    assert says in line.why
    assert "what is held here still answers" in line.why
    assert record.editions() == ()


def test_the_whole_catalogue_is_brought_and_no_failure_stops_another(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    publishers.misbehave("www.ecfr.gov", acts.status(503))
    told: list[tuple[int, int]] = []
    outcome = sync(progress=lambda done, total: told.append((done, total)))
    assert [line.instrument for line in outcome.lines] == [i.id for i in CATALOGUE]
    failed = {"99 CFR part 126", "Front page", "SAMM C99", "Elsewhere", "Nowhere"}
    assert {line.instrument for line in outcome.failed} == failed
    assert len(outcome.changed) == len(CATALOGUE) - len(failed) == len(record.editions())
    assert told == [(number, len(CATALOGUE)) for number in range(1, len(CATALOGUE) + 1)]


def test_an_instrument_that_only_the_outline_knows_is_brought_by_its_id(sync: Sync, record: Record) -> None:
    assert one(sync("99 USC 72")).result is Result.CHANGED
    assert "A drum may beat." in text(record, "99 USC 72")


def test_an_outcome_is_given_to_other_programs(sync: Sync) -> None:
    rows = as_json(sync(KITES, "Nowhere"))
    assert json.loads(json.dumps(rows)) == rows
    assert [(row["instrument"], row["result"], row["after"]) for row in rows] == [
        (KITES, "changed", "2026-07-18"),
        ("Nowhere", "failed", None),
    ]


# Earlier days


def test_a_part_is_had_as_of_an_earlier_day(sync: Sync, record: Record) -> None:
    sync(PART)
    line = one(sync(PART, as_of=date(2020, 5, 6)))
    assert line.why == "An edition as of 2020-05-06 is now held; that of 2026-11-20 still answers for today."
    assert "Kites flew." in text(record, PART, date(2021, 1, 1))
    assert "Kites fly." in text(record, PART)


def test_a_part_is_not_had_before_the_ecfr_began(sync: Sync) -> None:
    assert "from 2017-01-03 on" in one(sync(PART, as_of=date(2016, 1, 1))).why


def test_a_day_after_the_last_is_the_last(sync: Sync, record: Record) -> None:
    sync(PART, as_of=TODAY)
    assert [edition.as_of for edition in record.editions(PART)] == [date(2026, 11, 20)]


@pytest.mark.parametrize(
    ("options", "name", "as_of"),
    [
        ({"release_point": "119-73not60"}, "119-73not60", date(2026, 1, 23)),
        ({"release_point": "119-100"}, "119-100", date(2026, 7, 18)),
        ({"as_of": date(2026, 3, 1)}, "119-73not60", date(2026, 1, 23)),
        ({"as_of": date(2026, 8, 1)}, "119-100", date(2026, 7, 18)),
        ({"as_of": date(2014, 1, 1)}, "113-21", date(2013, 7, 18)),
    ],
)
def test_a_section_is_had_at_an_earlier_release_point(
    sync: Sync, record: Record, publishers: Imitation, options: dict[str, object], name: str, as_of: date
) -> None:
    publishers.publish_title("99", name, SECTIONS)
    assert one(sync(KITES, **options)).result is Result.CHANGED
    edition = record.edition(KITES)
    assert edition is not None
    assert edition.as_of == as_of
    assert f"xml_usc99@{name}.zip" in edition.publisher_url


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"release_point": "../../etc"}, "is not a release point"),
        ({"release_point": "118-1"}, "has nothing at /download/releasepoints/us/pl/118/1/"),
        ({"as_of": date(2010, 1, 1)}, "lists no release point on or before 2010-01-01"),
    ],
)
def test_a_release_point_that_is_not_there_is_named(sync: Sync, options: dict[str, object], says: str) -> None:
    assert says in one(sync(KITES, **options)).why


def test_an_earlier_release_point_without_a_date_is_dated_by_its_file_and_never_today(
    sync: Sync, record: Record, publishers: Imitation
) -> None:
    publishers.publish_title("99", "118-5", SECTIONS)
    sync(KITES, release_point="118-5")
    assert [edition.as_of for edition in record.editions(KITES)] == [date(2026, 7, 20)]
    publishers.misbehave("xml_usc99", acts.instead(publishers.titles["99", "118-5"], "application/zip"))
    assert "gives no date for release point 118-5" in one(sync(BELLS, release_point="118-5")).why


def test_a_page_is_not_had_as_of_a_day_before_its_own(sync: Sync) -> None:
    assert "no edition of 2026-01-01" in one(sync(MEMO, as_of=date(2026, 1, 1))).why


def test_a_page_is_dated_by_what_it_states_of_itself() -> None:
    meta = (
        b'<meta property="article:published_time" content="2025-04-09T20:00:00+00:00">'
        b'<meta name="viewport" content="2030-01-01"><meta content="2025-04-11" name="dcterms.modified">'
        b'<meta name="dcterms.issued" content="2025-99-99"><meta name="DC.date" content="2099-01-01">'
    )
    assert stated_day(meta, TODAY) == date(2025, 4, 11)
    assert stated_day(b"<html>2025-04-09</html>", TODAY) is None


# The publishers as modules


def test_every_publisher_is_found_by_its_hosts_which_are_all_allowed() -> None:
    found = every_publisher()
    assert {publisher.__name__.rpartition(".")[2] for publisher in found} == {  # type: ignore[attr-defined]
        "ecfr", "federal_register", "samm", "state", "uscode", "white_house",
    }  # fmt: skip
    assert {host for publisher in found for host in publisher.HOSTS} <= HOSTS


def test_every_instrument_of_the_catalogue_has_one_surest_publisher_or_an_address_nobody_asks(whole: Corpus) -> None:
    hosts = {host for publisher in every_publisher() for host in publisher.HOSTS}
    for known in whole.instruments.values():
        claims = [publisher.claim(known) for publisher in every_publisher()]
        assert claims.count(SURE) <= 1
        assert claims.count(PERHAPS) <= 1
        assert bool(find_publishers(known)) == any(claims)
        assert any(claims) or host_of(known.source_url) not in hosts


def test_what_failed_to_be_made_is_not_made_again(fetcher: Fetcher) -> None:
    run, tries = Run(fetcher, [], TODAY), []

    def fail() -> Copy:
        tries.append(1)
        raise BadSource("kites")

    for _ in range(3):
        with pytest.raises(BadSource, match="kites"):
            run.once("kites", fail)
    assert len(tries) == 1
