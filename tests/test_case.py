from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.case import Case, read_case
from assistant.errors import BadInput, PinciteError

MINIMAL = "id: x\nrecipient: Norway\n"


def test_an_id_and_a_recipient_are_enough() -> None:
    case = read_case(MINIMAL)
    assert (case.id, case.recipient, case.value_usd.amount("mde")) == ("x", "Norway", None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("valu_usd: {mde: 1}", ("valu_usd", "value_usd")),
        ("value_usd: {mdee: 1}", ("value_usd.mdee", "value_usd.mde")),
        ("value_usd: {words: 1}", ("value_usd.words",)),
        ("articles: [{itm: gun}]", ("articles.1.itm", "articles.1.item")),
        ("recipent: Norway", ("recipent", "recipient")),
        ("expected: {}", ("expected",)),
    ],
)
def test_an_unknown_key_fails_with_its_name_and_the_nearest_known_one(text: str, named: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as failure:
        read_case(MINIMAL + text)
    assert all(name in failure.value.message for name in named)
    assert failure.value.next_step


def test_what_an_evaluator_adds_is_stripped_only_when_asked() -> None:
    assert read_case(MINIMAL + "expected: {a: 1}", strip=("expected",)) == read_case(MINIMAL)


@pytest.mark.parametrize(
    "text", ["recipient: Norway", "id: x", "id: x\ntitle: nothing else", "", "- a", "id: x\nrecipient:"]
)
def test_a_case_without_its_two_keys_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_case(text)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("13999999.99", Decimal("13999999.99")),
        ("0.1", Decimal("0.1")),
        ("14_000_000", Decimal(14_000_000)),
        ("'$14,000,000'", Decimal(14_000_000)),
        ("'USD 14,000,000'", Decimal(14_000_000)),
        ("0", Decimal(0)),
        ("1.4e7", Decimal(14_000_000)),
        ("9007199254740993", None),
        ("900719925474099.3", Decimal("900719925474099.3")),
    ],
)
def test_amounts_are_exact(written: str, amount: Decimal | None) -> None:
    if amount is None:
        with pytest.raises(BadInput, match="cannot be an amount"):
            read_case(f"{MINIMAL}value_usd: {{mde: {written}}}")
    else:
        assert read_case(f"{MINIMAL}value_usd: {{mde: {written}}}").value_usd.amount("mde") == amount


@pytest.mark.parametrize("written", ["-1", "-0.01", ".inf", "-.inf", ".nan", "'-5'", "'(5)'", "1e20"])
def test_what_cannot_be_an_amount_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match=r"value_usd\.mde"):
        read_case(f"{MINIMAL}value_usd: {{mde: {written}}}")


@pytest.mark.parametrize(
    "written",
    [
        "about 15 million",
        "not stated",
        "14 million",
        "'EUR 3,000'",
        "€3000",
        "15-20",
        "'12:30'",
        "true",
        "'1,00'",
        "1 000",
    ],
)
def test_words_for_an_amount_are_a_gap_and_never_a_number(written: str) -> None:
    values = read_case(f"{MINIMAL}value_usd: {{mde: {written}}}").value_usd
    assert values.amount("mde") is None
    assert values.gaps()


def test_words_for_all_amounts_are_kept_as_words() -> None:
    values = read_case(f"{MINIMAL}value_usd: about 15 million").value_usd
    assert values.words == "about 15 million"
    assert values.amount("total") is None


@pytest.mark.parametrize(
    ("written", "said"),
    [("no", False), ("yes", True), ("true", True), ("'No'", False), ("range unknown", "range unknown")],
)
def test_yes_and_no_are_read_and_other_words_kept(written: str, said: bool | str) -> None:
    assert read_case(f"{MINIMAL}mtcr: {written}").mtcr == said


def test_a_country_code_that_yaml_takes_for_no_stays_a_name() -> None:
    assert read_case("id: x\nrecipient: NO\n").recipient == "NO"


@pytest.mark.parametrize(
    "text",
    [
        "id: &a x\nrecipient: *a",
        "a: &a [b]\nc: [*a, *a]",
        "id: x\nid: y",
        "<<: {id: x}",
        "id: !!python/object/apply:os.system ['true']\nrecipient: y",
        "[" * 400,
        "id: x\nrecipient: y\n---\nid: z\nrecipient: y",
        "? [a]\n: b",
        "id: [",
        "\t",
    ],
)
def test_hostile_yaml_is_refused_in_words(text: str) -> None:
    with pytest.raises(PinciteError) as failure:
        read_case(text)
    assert failure.value.exit_status == 2


def test_a_file_too_large_for_a_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"id: x\nrecipient: y\ntitle: " + b"a" * 300_000)
    with pytest.raises(PinciteError, match="larger than"):
        read_case(path)


@pytest.mark.parametrize("key", ["route", "mtcr", "human_rights_notes"])
def test_words_too_long_for_a_case_are_refused_by_key(key: str) -> None:
    with pytest.raises(BadInput, match=f"{key}: it is longer"):
        read_case({"id": "x", "recipient": "Peru", key: "retransfer " * 3000})


def test_too_many_entries_are_refused_by_key() -> None:
    with pytest.raises(BadInput, match="participants: more than"):
        read_case({"id": "x", "recipient": "Peru", "participants": ["Chile"] * 301})


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_case(tmp_path / "none.yaml")
    with pytest.raises(BadInput, match="UTF-8"):
        read_case(b"id: \xff\xfe")


@given(st.text(max_size=200))
def test_any_text_is_a_case_or_a_plain_refusal(text: str) -> None:
    try:
        assert isinstance(read_case(text), Case)
    except PinciteError as error:
        told = error.message
    else:
        told = "a case"
    assert told


@given(st.dictionaries(st.sampled_from(sorted(Case.model_fields)), st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)))  # fmt: skip
def test_any_mapping_is_a_case_or_a_plain_refusal(given_keys: dict[str, object]) -> None:
    try:
        assert isinstance(read_case(given_keys), Case)
    except PinciteError as error:
        told = error.message
    else:
        told = "a case"
    assert told
