import json
from datetime import date
from pathlib import Path

import pytest

from assistant import corpus as corpus_module
from assistant.corpus import Corpus, faults, read_corpus
from assistant.errors import BadCorpus
from assistant.law import Status

GOOD = """[instrument]
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

[[provision]]
id = "22 USC 9001(a)"
heading = "First"
note = "A note."
"""


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "22-usc-9001.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.replace('heading = "First"', 'headline = "First"'), r"22-usc-9001\.toml, line 1[3-9]: provision\.1\."),
        (lambda t: t.replace("effective = 2000-01-01", 'effective = "soon"'), r"22-usc-9001\.toml, line 8: instrument\.effective"),
        (lambda t: t.replace('authority = "statute"', 'authority = "rumour"'), r"line 6: instrument\.authority"),
        (lambda t: t.replace('id = "22 USC 9001(a)"', 'id = "22 USC 9002(a)"'), r"line 15: id 22 USC 9002\(a\) is not a clause of 22 USC 9001"),
        (lambda t: t.replace('kind = "statute"', 'kind = "statute'), r"22-usc-9001\.toml: .*line 5"),
        (lambda t: t + '\n[[provision]]\nid = "22 USC 9001(a)"\nheading = "x"\nnote = "y"\n', "overlap"),
    ],
)  # fmt: skip
def test_a_fault_names_file_key_and_line(tmp_path: Path, change: object, told: str) -> None:
    assert callable(change)
    with pytest.raises(BadCorpus, match=told):
        read_corpus(_folder(tmp_path, change(GOOD)))


def test_two_files_may_not_describe_one_instrument(tmp_path: Path) -> None:
    (tmp_path / "again.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadCorpus, match="has a file already"):
        read_corpus(_folder(tmp_path, GOOD))


@pytest.mark.parametrize(
    ("provision", "on", "status"),
    [
        ("NSM-91", date(2000, 1, 1), Status.NOT_YET),
        ("NSM-91 sec. 1", date(2005, 1, 1), Status.IN_FORCE),
        ("NSM-91 sec. 1", date(2011, 6, 6), Status.REVOKED),
        ("NSPM-92", date(2002, 1, 1), Status.SUPERSEDED),
        ("NSPM-92", date(2013, 1, 1), Status.DIRECTED),
        ("EO 19001 sec. 3", date(2015, 1, 1), Status.IN_FORCE),
        ("22 USC 9001(a)(1)", date(2015, 1, 1), Status.IN_FORCE),
    ],
)
def test_a_clause_has_the_status_of_its_own_dates_and_its_instruments(
    small: Corpus, provision: str, on: date, status: Status
) -> None:
    assert small.status(provision, on) is status


@pytest.mark.parametrize(
    ("on", "official"), [(date(2015, 1, 1), "Seas"), (date(2020, 1, 1), "Winds"), (date(2000, 1, 1), "Seas")]
)
def test_the_version_read_on_a_day_is_the_one_of_that_day(small: Corpus, on: date, official: str) -> None:
    version = small.version("EO 19001 sec. 3", on)
    assert version is not None
    assert official in version.note


@pytest.mark.parametrize(
    ("provision", "exists"),
    [
        ("22 USC 9001(a)(2)", True),
        ("22 USC 9001", True),
        ("22 USC 9001(z)", False),
        ("NSPM-92", True),
        ("22 USC 9002", False),
    ],
)
def test_what_exists_is_what_the_outline_or_the_catalogue_has(small: Corpus, provision: str, exists: bool) -> None:
    assert small.exists(provision) is exists


def test_the_digest_changes_with_a_note_and_the_kept_corpus_reads_back_the_same(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = read_corpus(_folder(tmp_path, GOOD), cache)
    again = read_corpus(tmp_path, cache)
    assert (again.instruments, again.provisions, again.outline, again.digest) == (
        first.instruments,
        first.provisions,
        first.outline,
        first.digest,
    )
    changed = read_corpus(_folder(tmp_path, GOOD.replace("A note.", "Another note.")), cache)
    assert changed.digest != first.digest
    assert changed.provisions["22 USC 9001(a)"][0].note == "Another note."


def test_a_spoilt_cache_is_passed_over(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    digest = read_corpus(_folder(tmp_path, GOOD), cache).digest
    (cache / f"corpus-{digest}.json").write_text(json.dumps({"digest": digest}), encoding="utf-8")
    assert "22 USC 9001(a)" in read_corpus(tmp_path, cache).provisions


def test_the_corpus_that_ships_holds_together(whole: Corpus) -> None:
    assert faults(whole) == []


def test_every_ended_instrument_that_ships_says_what_ended_it(whole: Corpus) -> None:
    for instrument in whole.instruments.values():
        for period in instrument.periods:
            if period.status.ended and period.status is not Status.EXPIRED:
                assert period.by or period.change, f"{instrument.id} ended on {period.start} by nothing"


def test_the_corpus_checker_prints_what_it_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["corpus", str(_folder(tmp_path, GOOD))])
    corpus_module.main()
    assert "1 instruments, 1 annotated clauses" in capsys.readouterr().out


def test_the_parts_of_one_clause_are_those_that_the_whole_map_gives(whole: Corpus) -> None:
    for provision in (
        "22 USC 2776",
        "22 USC 2776(b)(1)",
        "22 CFR part 126",
        "22 CFR 126.1",
        "NSM-18",
        "EO 13637 sec. 1",
        "22 USC 2780",
    ):
        assert whole.children_of(provision) == whole.children.get(provision, ())
        assert provision not in whole.children_of(provision)
