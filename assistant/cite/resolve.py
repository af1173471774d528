"""Resolve a citation: to the clauses it names, to several it may name, or to nothing, with what stands closest."""

import re
import weakref
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant import law
from assistant.cite import names
from assistant.cite.find import find
from assistant.cite.mention import Cited, Mention
from assistant.cite.near import near
from assistant.cite.pattern import Pattern

if TYPE_CHECKING:
    from assistant.corpus import Corpus

_REGISTER = Pattern(r"\b\d{1,3} (?:FR|Stat\.) \d{1,6}\b")
_ACT_SECTION = Pattern(r"^(.+? sec\. \d+[A-Za-z]*)(.*)$", re.DOTALL)
_ITEM = Pattern(r"^([^,]+)(, [a-z]+\.? \d+)$")
_BARE_FORMS = ("section {}", "EO {}", "22 USC {}", "SAMM {}")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a citation names.

    `provisions` are ids that exist, in the order written; more than one is a list or a run, or, where `ambiguous`,
    either of them. `missing` are ids that are well formed and not in the outline, with the closest that are in
    `near`; `known_instrument` says whether the outline has the instrument of everything missing, so that "no such
    clause" may be said at all.
    """

    provisions: tuple[str, ...] = ()
    ambiguous: bool = False
    missing: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    known_instrument: bool = True
    mention: Mention | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class _Register:
    """Other names that instruments are cited by: the acts' own sections, and printed pages."""

    sections: dict[str, tuple[str, ...]]
    pages: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class _Outcome:
    provisions: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ambiguous: bool = False


def resolve(written: str | Mention, corpus: "Corpus", within: str | None = None) -> Resolution:
    """The provisions that a citation names; never one that it may not mean.

    `within` is the id of the provision in which the words stand.
    """
    if isinstance(written, Mention):
        return _resolve_mention(written, corpus)
    plain = written.strip()
    if plain.startswith("upload ") or corpus.exists(plain):
        return Resolution((plain,))
    mentions = find(plain, within) or _as_bare(plain)
    if not mentions:
        return Resolution(near=near((plain,), corpus), known_instrument=False)
    resolutions = [_resolve_mention(mention, corpus) for mention in mentions]
    return _together(resolutions) if len(resolutions) > 1 else resolutions[0]


def _as_bare(plain: str) -> tuple[Mention, ...]:
    """A query that is a number and nothing else: `36(B)(1)`, `2776(b)`, `123.15`."""
    for form in _BARE_FORMS:
        text = form.format(plain)
        mentions = find(text)
        if len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(text)):
            return (replace(mentions[0], start=0, end=len(plain), written=plain, assumed_act=True),)
    return ()


def _together(resolutions: list[Resolution]) -> Resolution:
    return Resolution(
        tuple(dict.fromkeys(p for r in resolutions for p in r.provisions)),
        any(r.ambiguous for r in resolutions),
        tuple(dict.fromkeys(m for r in resolutions for m in r.missing)),
        tuple(dict.fromkeys(n for r in resolutions for n in r.near)),
        all(r.known_instrument for r in resolutions),
    )


def _resolve_mention(mention: Mention, corpus: "Corpus") -> Resolution:
    finding = _Finding(
        corpus, _register(corpus), shouted=not any(c.islower() for c in mention.written), year=mention.year
    )
    if mention.written in mention.candidates and corpus.exists(mention.written):
        return Resolution((mention.written,), mention=mention)
    first = finding.all(mention.cited)
    if mention.parallel:
        first = _reconciled(first, finding.all(mention.parallel), finding, assumed=mention.assumed_act)
    provisions, missing = tuple(dict.fromkeys(first.provisions)), tuple(dict.fromkeys(first.missing))
    return Resolution(
        provisions, first.ambiguous, missing,
        near=near(missing, corpus) if missing else (),
        known_instrument=all(finding.is_known(one) for one in missing),
        mention=mention,
    )  # fmt: skip


def _reconciled(first: _Outcome, second: _Outcome, finding: "_Finding", *, assumed: bool) -> _Outcome:
    """What two citations of the same clauses name together; both, and ambiguous, where they disagree."""
    if second.missing and not second.provisions:
        unknown = not any(finding.is_known(one) for one in second.missing)
        return (
            first
            if unknown and first.provisions
            else _Outcome(first.provisions, second.missing + first.missing, first.ambiguous)
        )
    if not first.provisions:
        known = [one for one in first.missing if finding.is_known(one)]
        if known and not assumed:
            return _Outcome([], first.missing, first.ambiguous)
        acts = [] if assumed else [one for one in first.missing if finding.is_act(one)]
        return _Outcome(second.provisions, acts + second.missing, second.ambiguous)
    agreed = [one for one in first.provisions if any(_overlap(one, other) for other in second.provisions)]
    if first.ambiguous and agreed:
        return _Outcome(_finest(agreed, second.provisions), first.missing, len(agreed) > 1)
    if len(agreed) < len(first.provisions):
        if assumed:
            return second
        return _Outcome(first.provisions + second.provisions, first.missing + second.missing, ambiguous=True)
    return _Outcome(_finest(first.provisions, second.provisions), first.missing + second.missing, first.ambiguous)


def _overlap(one: str, other: str) -> bool:
    return law.is_part_of(one, other) or law.is_part_of(other, one)


def _finest(first: list[str], second: list[str]) -> list[str]:
    """The first list, each with the finer clause that the second names within it."""
    return [next((other for other in second if law.is_part_of(other, one)), one) for one in first]


class _Finding:
    """Looks the readings of one mention up in a corpus."""

    def __init__(self, corpus: "Corpus", register: _Register, *, shouted: bool, year: int) -> None:
        self._corpus = corpus
        self._register = register
        self._shouted = shouted
        self._year = year

    def all(self, cited: tuple[Cited, ...]) -> _Outcome:
        """What a list of citations names."""
        outcome = _Outcome()
        for one in cited:
            self._one(one, outcome)
        return outcome

    def is_known(self, provision_id: str) -> bool:
        """Whether the outline can say that the clause is not there."""
        return any(self._outlines(home) for home in self._homes(provision_id))

    def is_act(self, provision_id: str) -> bool:
        """Whether an id is of an act that the outline knows by its sections."""
        act = provision_id.partition(" sec. ")[0].casefold()
        return any(section.startswith(f"{act} sec. ") for section in self._register.sections)

    def _outlines(self, home: str) -> bool:
        outlined = self._corpus.outline.get(law.instrument_of(home))
        if outlined is None or not outlined.headings:
            return False
        if " CFR " not in home:
            return True
        # The outline of the regulations lost tables and paragraphs: where it has no part of a clause, it cannot say.
        above = next((one for one in law.ancestors_of(home) if self._corpus.exists(one)), outlined.id)
        return any(law.parent_of(one) == above and (", row " in one) == (", row " in home) for one in outlined.headings)

    def _one(self, cited: Cited, outcome: _Outcome) -> None:
        if cited.last:
            self._run(cited, outcome)
            return
        found: list[str] = []
        for reading in cited.readings:
            existing = self._existing(reading)
            found += [one for one in existing if one not in found]
            if found and not cited.either:
                break
        if not found:
            outcome.missing += self._spelled(cited.readings[-1] if cited.either else cited.readings[0])
        outcome.provisions += found
        outcome.ambiguous = outcome.ambiguous or len(found) > 1

    def _run(self, cited: Cited, outcome: _Outcome) -> None:
        firsts = next((e for r in cited.readings if (e := self._existing(r))), [])
        lasts = next((e for r in cited.last if (e := self._existing(r))), [])
        for ends, readings in ((firsts, cited.readings), (lasts, cited.last)):
            if not ends:
                outcome.missing += self._spelled(readings[0])
        runs = [between for first in firsts for last in lasts if (between := self._between(first, last))]
        if not runs:
            outcome.provisions += firsts + lasts
            outcome.ambiguous = outcome.ambiguous or bool(firsts and lasts)
            return
        outcome.provisions += [one for run in runs for one in run]
        outcome.ambiguous = outcome.ambiguous or len(runs) > 1

    def _between(self, first: str, last: str) -> list[str]:
        """The clauses from one to another beside it, as printed."""
        siblings = siblings_of(first, self._corpus)
        if first not in siblings or last not in siblings:
            return []
        start, end = siblings.index(first), siblings.index(last)
        return siblings[start : end + 1] if start <= end else []

    def _existing(self, reading: str) -> list[str]:
        found: list[str] = []
        for home in self._homes(reading):
            if home.startswith("upload "):
                found.append(home)  # uploads are the record's: the catalogue cannot say which there are
            elif self._corpus.exists(home) and self._of_its_year(home):
                found += [home, *self._twins(home)]
            elif twins := self._twins(home):
                found += twins
            elif (spelled := self._spelled_otherwise(home)) is not None:
                found.append(spelled)
        return found

    def _homes(self, reading: str) -> list[str]:
        """A reading as ids: an act's section by its places in the Code, a page by what is printed on it."""
        if pages := self._register.pages.get(reading):
            return [reading] if self._corpus.exists(reading) else list(pages)
        match = _ACT_SECTION.match(reading)
        if match and (act := names.ENACTED.get(match[1].partition(" sec. ")[0])):
            match = _ACT_SECTION.match(f"{act} sec. {reading.partition(' sec. ')[2]}")
        if match and (sections := self._register.sections.get(match[1].casefold())):
            return [section + match[2] for section in sections]
        if (item := _ITEM.match(reading)) and not self._corpus.exists(reading):
            outlined = self._corpus.outline.get(item[1])
            return [one for one in outlined.headings if one.endswith(item[2])] if outlined else [reading]
        return [reading]

    def _twins(self, provision_id: str) -> list[str]:
        """The same place under a second clause or table printed with one number: a citation cannot tell them apart."""
        outlined = self._corpus.outline.get(law.instrument_of(provision_id))
        headings = outlined.headings if outlined else {}
        found = []
        for one in headings:
            first, twin, rest = one.partition("[2]")
            if twin and not rest and " note" not in first and provision_id.startswith(first):
                beyond = provision_id[len(first) :]
                if (not beyond or beyond[0] in "(,.") and (second := one + beyond) in headings:
                    found.append(second)
        return found

    def _spelled_otherwise(self, home: str) -> str | None:
        """The one id that differs in case alone, for a section's letter, or for a citation all in capitals."""
        outlined = self._corpus.outline.get(law.instrument_of(home))
        if outlined is None:
            root = law.instrument_of(home)
            roots = [one for one in self._corpus.outline if one.casefold() == root.casefold()]
            if len(roots) != 1:
                return self._begun(home)
            home = roots[0] + home[len(root) :]
            if self._corpus.exists(home):
                return home
            outlined = self._corpus.outline[roots[0]]
        if not self._shouted:
            return None
        alike = [one for one in (outlined.id, *outlined.headings) if one.casefold() == home.casefold()]
        return alike[0] if len(alike) == 1 else None

    def _begun(self, home: str) -> str | None:
        """A bill without its Congress, where there is one such bill."""
        if not home.startswith(("H.", "S.")):
            return None
        alike = [one for one in (*self._corpus.instruments, *self._corpus.outline) if one.startswith(f"{home} (")]
        return alike[0] if len(set(alike)) == 1 else None

    def _of_its_year(self, home: str) -> bool:
        instrument = self._corpus.instruments.get(law.instrument_of(home))
        return not (self._year and instrument and instrument.signed and instrument.signed.year != self._year)

    def _spelled(self, reading: str) -> list[str]:
        homes = self._homes(reading) or [reading]
        return [f"{one} ({self._year})" if not self._of_its_year(one) else one for one in homes]


def siblings_of(provision_id: str, corpus: "Corpus") -> list[str]:
    """The clauses beside one, itself among them, in printed order; instruments beside an instrument."""
    instrument = law.instrument_of(provision_id)
    outlined = corpus.outline.get(instrument)
    parent = law.parent_of(provision_id)
    if parent is None or outlined is None:
        stem = re.match(r"\D*\d+ (?:USC|CFR part) |[A-Z]+[ -]", provision_id)
        return [one for one in corpus.outline if stem and one.startswith(stem[0])]
    return [one for one in outlined.headings if law.parent_of(one) == parent]


_latest: tuple[weakref.ref["Corpus"], _Register] | None = None


def _register(corpus: "Corpus") -> _Register:
    """The register of a corpus, kept for the corpus used last."""
    global _latest
    if _latest is None or _latest[0]() is not corpus:
        _latest = (weakref.ref(corpus), _read_register(corpus))
    return _latest[1]


def _read_register(corpus: "Corpus") -> _Register:
    sections: dict[str, dict[str, None]] = {}
    pages: dict[str, dict[str, None]] = {}
    for outlined in corpus.outline.values():
        if outlined.act:
            sections.setdefault(outlined.act.casefold(), {})[outlined.id] = None
    for instrument in corpus.instruments.values():
        if instrument.act:
            sections.setdefault(instrument.act.casefold(), {})[instrument.id] = None
        for words in (instrument.id, instrument.citation, *instrument.aliases):
            for page in _REGISTER.findall(words):
                pages.setdefault(page, {})[instrument.id] = None
    return _Register(
        {act: tuple(ids) for act, ids in sections.items()}, {page: tuple(ids) for page, ids in pages.items()}
    )
