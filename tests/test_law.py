from datetime import date

import pytest

from assistant import law
from assistant.law import Authority, Instrument, Period, Status


@pytest.mark.parametrize(
    ("provision", "instrument", "above"),
    [
        ("22 USC 2776(b)(1)", "22 USC 2776", ("22 USC 2776(b)", "22 USC 2776")),
        ("22 USC 2753(a), flush", "22 USC 2753", ("22 USC 2753(a)", "22 USC 2753")),
        ("22 USC 2776 note[3]", "22 USC 2776", ("22 USC 2776",)),
        ("22 USC 2304(i)[2]", "22 USC 2304", ("22 USC 2304",)),
        ("22 USC 2304(i)[2](1)", "22 USC 2304", ("22 USC 2304(i)[2]", "22 USC 2304")),
        ("22 USC 2370c-1(a)", "22 USC 2370c-1", ("22 USC 2370c-1",)),
        ("22 CFR 123.15(a)(3)", "22 CFR part 123", ("22 CFR 123.15(a)", "22 CFR 123.15", "22 CFR part 123")),
        ("22 CFR 126.1(d)(2), row Ethiopia", "22 CFR part 126", ("22 CFR 126.1(d)(2)", "22 CFR 126.1(d)", "22 CFR 126.1", "22 CFR part 126")),
        ("22 CFR part 126 supp. 2", "22 CFR part 126", ("22 CFR part 126",)),
        ("EO 14268 sec. 3(a)(i)", "EO 14268", ("EO 14268 sec. 3(a)", "EO 14268 sec. 3", "EO 14268")),
        ("NSM-18 sec. 3, consideration 14", "NSM-18", ("NSM-18 sec. 3", "NSM-18")),
        ("SAMM C5.5.5.6", "SAMM C5", ("SAMM C5.5.5", "SAMM C5.5", "SAMM C5")),
        ("SAMM Table C5.T1, row 5", "SAMM C5", ("SAMM Table C5.T1", "SAMM C5")),
        ("Pub. L. 119-60 sec. 1085(b)(1)", "Pub. L. 119-60", ("Pub. L. 119-60 sec. 1085(b)", "Pub. L. 119-60 sec. 1085", "Pub. L. 119-60")),
        ("CAT fact page, bullet 8", "CAT fact page", ("CAT fact page",)),
        ("upload plan, para. 3", "upload plan", ("upload plan",)),
        ("NSPM-10", "NSPM-10", ()),
    ],
)  # fmt: skip
def test_an_id_names_its_instrument_and_everything_above_it(
    provision: str, instrument: str, above: tuple[str, ...]
) -> None:
    assert law.instrument_of(provision) == instrument
    assert law.ancestors_of(provision) == above


def test_every_id_of_the_outline_leads_up_to_its_own_instrument(whole: object) -> None:
    from assistant.corpus import Corpus

    assert isinstance(whole, Corpus)
    for outlined in whole.outline.values():
        for provision in outlined.headings:
            assert law.instrument_of(provision) == outlined.id
            assert law.ancestors_of(provision)[-1] == outlined.id


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(1999, 1, 1), Status.NOT_YET),
        (date(2000, 1, 1), Status.IN_FORCE),
        (date(2009, 12, 31), Status.IN_FORCE),
        (date(2010, 1, 1), Status.REVOKED),
        (date(2020, 1, 1), Status.DIRECTED),
    ],
)
def test_a_status_runs_from_its_day_until_the_next(on: date, status: Status) -> None:
    periods = (
        Period(date(2000, 1, 1), Status.IN_FORCE),
        Period(date(2010, 1, 1), Status.REVOKED, "EO 2"),
        Period(date(2020, 1, 1), Status.DIRECTED, "EO 3"),
    )
    instrument = Instrument("X-1", "X", "X", "memorandum", Authority.PRESIDENTIAL_MEMORANDUM, "P", periods=periods)
    assert instrument.status(on) is status


def test_an_instrument_without_dates_has_an_unknown_status() -> None:
    assert Instrument("X-1", "X", "X", "memorandum", Authority.STATUTE, "P").status(date(2000, 1, 1)) is Status.UNKNOWN


def test_a_statute_outranks_an_order_which_outranks_a_manual_and_an_upload_comes_last() -> None:
    order = [
        Authority.STATUTE,
        Authority.REGULATION,
        Authority.EXECUTIVE_ORDER,
        Authority.PRESIDENTIAL_MEMORANDUM,
        Authority.MANUAL,
        Authority.FACT_SHEET,
        Authority.UPLOAD,
    ]
    assert sorted(Authority, key=lambda a: a.rank) == order
