"""Print an id the way lawyers cite it."""

import re
from typing import TYPE_CHECKING

from assistant import law
from assistant.cite.pattern import Pattern

if TYPE_CHECKING:
    from assistant.corpus import Corpus

_ACT = Pattern(r"^(?P<act>.+?) sec\. (?P<number>.+)$")
_TAIL = Pattern(r"^(?P<labels>(?:\([^)]*\)|\[\d\])*)(?P<rest>.*)$", re.DOTALL)


def display(provision_id: str, corpus: "Corpus") -> str:
    """The citation of a provision: `AECA § 36(b)(1), 22 U.S.C. 2776(b)(1)`."""
    instrument = law.instrument_of(provision_id)
    if " USC " in instrument:
        return _statute(provision_id, instrument, corpus)
    if " CFR " in instrument:
        return provision_id.replace(" CFR ", " C.F.R. ", 1).replace(" supp. ", ", supp. ")
    if instrument.startswith("EO "):
        return provision_id.replace("EO ", "E.O. ", 1).replace(" sec. ", ", sec. ", 1)
    if instrument == "CAT fact page":
        return f"State {provision_id}"
    return provision_id.replace(" sec. ", ", sec. ", 1)


def _statute(provision_id: str, instrument: str, corpus: "Corpus") -> str:
    code = provision_id.replace(" USC ", " U.S.C. ", 1)
    outlined, held = corpus.outline.get(instrument), corpus.instruments.get(instrument)
    match = _ACT.match((held.act if held else "") or (outlined.act if outlined else ""))
    tail = _TAIL.match(provision_id.removeprefix(instrument))
    if not match or not tail or tail["rest"].startswith(" note"):
        return code
    return f"{match['act']} § {match['number']}{tail['labels']}, {code}"
