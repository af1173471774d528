from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.corpus import Corpus
from assistant.errors import BadCorpus
from assistant.rules import BODIES, GROUP, OTHERS, Rules, read_rules

NOW = date(2026, 11, 24)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(Path(__file__).parents[1] / "corpus")


@pytest.mark.parametrize(
    ("countries", "bodies", "on", "group"),
    [
        (("Japan",), (), NOW, GROUP),
        (("Saudi Arabia",), (), NOW, OTHERS),
        (("Poland", "Saudi Arabia"), (), NOW, OTHERS),
        (("Republic of Korea",), (), date(2008, 10, 14), OTHERS),
        (("Republic of Korea",), (), date(2008, 10, 15), GROUP),
        (("Israel",), (), date(2010, 10, 7), OTHERS),
        (("Israel",), (), date(2010, 10, 8), GROUP),
        (("Finland",), (), date(2023, 4, 3), OTHERS),
        (("Finland",), (), date(2023, 4, 4), GROUP),
        ((), ("NSPA",), NOW, BODIES),
        (("Saudi Arabia",), ("NSPA",), NOW, OTHERS),
        ((), (), NOW, None),
    ],
)
def test_the_group_follows_the_recipients_and_the_date(
    rules: Rules, countries: tuple[str, ...], bodies: tuple[str, ...], on: date, group: str | None
) -> None:
    assert rules.group_of(countries, bodies, on) == group


@pytest.mark.parametrize(
    ("route", "measure", "group", "amount", "provision"),
    [
        ("FMS", "mde", OTHERS, 14_000_000, "22 USC 2776(b)(1)"),
        ("FMS", "mde", GROUP, 25_000_000, "22 USC 2776(b)(6)(A)"),
        ("FMS", "total", OTHERS, 50_000_000, "22 USC 2776(b)(1)"),
        ("FMS", "total", GROUP, 100_000_000, "22 USC 2776(b)(6)(B)"),
        ("FMS", "construction", GROUP, 300_000_000, "22 USC 2776(b)(6)(C)"),
        ("FMS", "mde", BODIES, 14_000_000, "22 USC 2776(b)(1)"),
        ("DCS", "mde", GROUP, 25_000_000, "22 USC 2776(c)(5)(A)"),
        ("DCS", "firearms", GROUP, 1_000_000, "22 USC 2776(c)(1)"),
        ("retransfer", "mde", OTHERS, 14_000_000, "22 USC 2753(d)(1)"),
        ("lease", "total", GROUP, 100_000_000, "22 USC 2796b(a)(2)(B)"),
    ],
)
def test_each_threshold_stands_with_its_clause(
    rules: Rules, route: str, measure: str, group: str, amount: int, provision: str
) -> None:
    row = rules.threshold(route, measure, group, NOW)
    assert row is not None
    assert (row.amount, row.provision) == (amount, provision)


def test_before_the_higher_amounts_existed_the_ordinary_ones_applied_to_all(rules: Rules) -> None:
    row = rules.threshold("FMS", "mde", GROUP, date(2000, 1, 1))
    assert row is not None
    assert row.amount == 14_000_000


@pytest.mark.parametrize(
    ("function", "on", "official"),
    [
        ("36(b)(1)", date(2026, 2, 5), "Secretary of Defense"),
        ("36(b)(1)", date(2026, 2, 6), "Secretary of State"),
        ("36(b)(1) emergency", date(2020, 1, 1), "Secretary of State"),
        ("36(a)", NOW, "Secretary of War"),
        ("36(c)", date(2020, 1, 1), "Secretary of State"),
        ("36(f)(1)", NOW, "Secretary of Defense"),
    ],
)
def test_the_certifier_follows_the_date(rules: Rules, function: str, on: date, official: str) -> None:
    row = rules.certifier(function, on)
    assert row is not None
    assert row.official == official


def test_every_row_names_a_clause_that_exists(rules: Rules, whole: Corpus) -> None:
    rows = [*rules.thresholds, *rules.clocks, *rules.certifiers]
    assert [row.provision for row in rows if not whole.exists(row.provision)] == []


def test_rows_of_one_kind_never_overlap(rules: Rules) -> None:
    kinds: dict[tuple[str, ...], list[tuple[date, date]]] = {}
    for t in rules.thresholds:
        kinds.setdefault(("threshold", t.route, t.measure, t.group), []).append((t.start, t.end or date.max))
    for c in rules.clocks:
        kinds.setdefault(("clock", c.route, c.group), []).append((c.start, c.end or date.max))
    for s in rules.certifiers:
        kinds.setdefault(("certifier", s.function), []).append((s.start, s.end or date.max))
    for kind, spans in kinds.items():
        ordered = sorted(spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(ordered)), kind


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("a sale to South Korea and the UAE", ("Republic of Korea", "United Arab Emirates")),
        ("Turkish engines for Türkiye", ("Turkiye",)),
        ("North Korea", ("North Korea",)),
        ("a Polish request; Jordanian end use", ("Poland", "Jordan")),
        ("Nigeria, not Niger", ("Nigeria", "Niger")),
        ("nothing here", ()),
    ],
)
def test_countries_are_found_by_the_names_people_use(rules: Rules, text: str, countries: tuple[str, ...]) -> None:
    assert rules.find_countries(text) == countries


def test_a_wrong_row_is_told_by_file_and_number(tmp_path: Path) -> None:
    source = Path(__file__).parent / "small_corpus" / "rules"
    (tmp_path / "rules").mkdir()
    for path in source.iterdir():
        text = path.read_text(encoding="utf-8")
        (tmp_path / "rules" / path.name).write_text(
            text.replace("amount = 3_000_000", 'amount = "three"'), encoding="utf-8"
        )
    with pytest.raises(BadCorpus, match=r"rules/thresholds.toml, threshold 1: amount"):
        read_rules(tmp_path)
