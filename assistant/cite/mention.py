"""A citation as written in a text, before anyone has looked up whether it exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """One clause, or a run of clauses that ends with `last`.

    `readings` are the ids it may mean, likeliest first: the first that exists is meant, or, if `either`, all that
    exist. An id may be of an act ("AECA sec. 36(b)"), which the corpus translates.
    """

    readings: tuple[str, ...]
    last: tuple[str, ...] = ()
    either: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation in a text: `start` and `end` are offsets into the original, `written` what stands there.

    `parallel` is the same clause cited a second way: "section 36(b) of the AECA (22 U.S.C. 2776(b))". `assumed_act`
    says that the words name no act and one was assumed; `lookalike` that some of its characters are not what they
    seem; `year` is the year that the citation gives its instrument, 0 if none.
    """

    start: int
    end: int
    written: str
    cited: tuple[Cited, ...]
    parallel: tuple[Cited, ...] = ()
    lookalike: bool = False
    assumed_act: bool = False
    year: int = 0

    @property
    def candidates(self) -> tuple[str, ...]:
        """Every id that the words may name, as far as the words alone tell."""
        return tuple(dict.fromkeys(r for c in (*self.cited, *self.parallel) for r in (*c.readings, *c.last)))
