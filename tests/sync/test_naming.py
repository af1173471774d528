import pytest

from assistant.corpus import Corpus
from assistant.sync.naming import instruments_named


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("22 USC 9001", "22 USC 9001"), ("22 U.S.C. 9001(a)(1)", "22 USC 9001"), ("AECA 81(b)", "22 USC 9001"),
        ("E.O. 19001", "EO 19001"), ("Executive Order 19001, sec. 2", "EO 19001"), ("31 U.S.C. 77(a)", "31 USC 77"),
        ("upload memo.md", "upload memo.md"), ("kites", "kites"), ("", ""), ("EO 19001 and NSM-91", "EO 19001 and NSM-91"),
    ],
)  # fmt: skip
def test_an_instrument_may_be_named_by_any_citation_of_it(small: Corpus, written: str, meant: str) -> None:
    assert instruments_named([written], small) == (meant,)


def test_two_names_of_one_instrument_are_one(small: Corpus) -> None:
    assert instruments_named(["22 USC 9001", "AECA 81(c)", "AECA 36"], small, ["AECA 36"]) == ("22 USC 9001", "AECA 36")
