"""The existing ids that stand closest to one that does not exist."""

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from assistant import law

if TYPE_CHECKING:
    from assistant.corpus import Corpus

_MOST = 5
_READ_WRONG = str.maketrans("lIO", "110")  # what scanners and hurried typists make of 1 and 0


def near(missing: tuple[str, ...], corpus: "Corpus") -> tuple[str, ...]:
    """The closest ids to each missing one: what it was misread from, its siblings, what it would be part of."""
    found: dict[str, None] = {}
    for one in missing:
        found.update(dict.fromkeys(_near(one, corpus)))
    return tuple(found)[: _MOST * 2]


def _near(missing: str, corpus: "Corpus") -> list[str]:
    outlined = corpus.outline.get(law.instrument_of(missing))
    if outlined is None or missing == outlined.id:
        return _near_instruments(missing, corpus)
    alike = [one for one in outlined.headings if _key(one) == _key(missing)]
    above = next((one for one in law.ancestors_of(missing) if corpus.exists(one)), outlined.id)
    below = [one for one in outlined.headings if law.parent_of(one) == above]
    wanted = missing[: len(above)] + re.split(r"(?<=[)\w])(?=\()|(?<=\w)\.", missing[len(above) :].lstrip("."))[0]
    siblings = get_close_matches(wanted, below, n=_MOST - 2, cutoff=0.0) if below else []
    return list(dict.fromkeys([*alike, *siblings, above]))[:_MOST]


def _near_instruments(missing: str, corpus: "Corpus") -> list[str]:
    """Instruments of the same kind whose number is close."""
    instrument = law.instrument_of(missing)
    held = dict.fromkeys([*corpus.instruments, *corpus.outline])
    if instrument in held:
        return [instrument]
    stem = re.match(r"\d+ (?:USC|CFR part) |[A-Za-z. ]+[ -]?", instrument)
    kind = [one for one in held if stem and one.startswith(stem[0])]
    close = get_close_matches(instrument, kind, n=12, cutoff=0.75)
    if " USC " in instrument or " CFR " in instrument:
        close.sort(key=lambda one: abs(_number(one) - _number(instrument)))
    return close[:3]


def _number(instrument: str) -> int:
    return int(re.findall(r"\d+", instrument)[1])


def _key(provision_id: str) -> str:
    return provision_id.translate(_READ_WRONG).casefold()
