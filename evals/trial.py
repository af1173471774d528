"""One sample answered: what the scorers read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant import cite, law

if TYPE_CHECKING:
    from assistant.corpus import Corpus
    from assistant.desk import Desk
    from evals.sample import Sample

_PRINTED_AGAIN = re.compile(r"\[\d+\](?=$|[(,. ])")


@dataclass(frozen=True)
class Trial:
    """A sample and the answer to it, as the JSON other programs rely on.

    `must` has for each clause a right answer cites the provisions it may mean; `seconds` is how long the answer took.
    """

    sample: "Sample"
    answer: dict[str, Any]
    must: tuple[tuple[str, ...], ...]
    seconds: float
    desk: "Desk"

    @cached_property
    def citations(self) -> list[dict[str, Any]]:
        """Every citation of every claim, in order."""
        return [citation for claim in self.answer["claims"] for citation in claim["citations"]]

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The provisions cited, each once."""
        return tuple(dict.fromkeys(citation["provision"] for citation in self.citations))

    @cached_property
    def hits(self) -> tuple[str, ...]:
        """The provisions found, best first."""
        return tuple(hit["provision"] for hit in self.answer["hits"])

    @cached_property
    def said(self) -> str:
        """The words of the claims and warnings, and why there is no answer where there is none."""
        claims = [claim["text"] for claim in self.answer["claims"]]
        warnings = [warning["text"] for warning in self.answer["warnings"]]
        return " ".join([*claims, self.answer.get("because") or "", *warnings]).strip()


def means(written: str, corpus: "Corpus") -> tuple[str, ...]:
    """The provisions that a written citation names: those that exist, else those it spells."""
    found = cite.resolve(written, corpus)
    return found.provisions or found.missing or (written,)


def meets(cited: str, wanted: str) -> bool:
    """Whether a provision cited is the one wanted, a part of it, or its immediate parent.

    A whole instrument is never enough for a clause in it. A thing printed twice counts for its plain number.
    """
    whole = law.instrument_of(wanted)
    return any(
        law.is_part_of(each, wanted) or (each == law.parent_of(wanted) and each != whole)
        for each in dict.fromkeys((cited, _PRINTED_AGAIN.sub("", cited)))
    )


def met(provisions: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether any of the provisions meets any of those wanted."""
    return any(meets(each, one) for each in provisions for one in wanted)
