"""The official text held, searched for words: where a quotation stands, and where it nearly does."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from assistant import cite, law
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage
from assistant.record import Held, Record

_LAW = {Kind.PROVISION, Kind.FLUSH, Kind.TABLE, Kind.ROW}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BETWEEN = re.compile(r"[\W_]+")
_GRAM = 5
NEAR = 78.0
_ORDERS = re.compile(r"(?:EO|NSM|NSPM|PPD|PDD|H\.J\.Res\.)[ -]")
_INSERTED = re.compile(r"\[(?![a-zA-Z]\])[^\]]{2,60}\]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the finest clause that has all of them, and those words as its text prints them."""

    provision: str
    edition: Edition
    text: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Words of a text that come near a quotation; `changes` are (memo's words, the text's words) and where in the quotation."""

    text: str
    score: float
    changes: tuple[tuple[str, str, int, int], ...]


class Wording:
    """Every official edition to be read on a day, folded once."""

    def __init__(self, record: Record, on: date) -> None:
        self._record = record
        self._on = on

    @cached_property
    def _folded(self) -> dict[str, tuple[Edition, str]]:
        found: dict[str, tuple[Edition, str]] = {}
        official = {e.instrument for e in self._record.editions() if e.holding is Holding.OFFICIAL}
        for instrument in sorted(official):
            edition = self._record.edition(instrument, self._on)
            if edition is not None and edition.holding is Holding.OFFICIAL:
                found[instrument] = (edition, f" {folded(edition.text)} ")
        return found

    @property
    def empty(self) -> bool:
        """Whether no official text is held at all."""
        return not self._folded

    def held(self, provision: str) -> Held | None:
        """The text of a provision as of the day; of an order or memorandum as a whole, all of it."""
        if provision not in self._read:
            instrument = law.instrument_of(provision)
            held = self._record.held(provision, instrument, self._on)
            self._read[provision] = held or (
                self._whole(instrument) if provision == instrument and _ORDERS.match(instrument) else None
            )
        return self._read[provision]

    def _whole(self, instrument: str) -> Held | None:
        edition = self._record.edition(instrument, self._on)
        if edition is None:
            return None
        whole = Passage(instrument, "", Kind.PROVISION, "", 0, len(edition.text), 0, len(edition.text))
        return Held(edition, whole, edition.text, edition.text)

    @cached_property
    def _read(self) -> dict[str, Held | None]:
        return {}

    def other_edition(self, quote: str, provision: str) -> Edition | None:
        """Another edition of the provision's instrument in which the quotation stands."""
        instrument = law.instrument_of(provision)
        now = self._record.edition(instrument, self._on)
        for edition in self._record.editions(instrument):
            if now is None or edition.id != now.id:
                whole = self._record.edition_numbered(edition.id)
                if whole and folded(quote) in folded(whole.text) and cite.verify(quote, whole.text):
                    return edition
        return None

    def find(self, quote: str, near: str = "", most: int = 4) -> list[Place]:
        """The clauses in which a quotation stands exactly, those of the instrument of `near` first."""
        parts = [words for part in re.split(r"\[?\.\s?\.\s?\.\s?\.?\]?|…", quote) if (words := folded(part))]
        if not parts:
            return []
        home = law.instrument_of(near) if near else ""
        found: list[Place] = []
        for instrument in sorted(self._folded, key=lambda one: (one != home, _rank(one), one)):
            edition, text = self._folded[instrument]
            if all(f" {part} " in text for part in parts) and (place := self._place(quote, parts[0], edition)):
                found.append(place)
                if len(found) == most:
                    break
        return found

    def _place(self, quote: str, first: str, edition: Edition) -> Place | None:
        for match in re.finditer(r"[\W_]+".join(map(re.escape, first.split())), edition.text, re.I):
            for passage in self._around(edition, match.start(), match.end()):
                text = edition.text[passage.start : passage.end]
                if stands := verified(quote, text):
                    return Place(passage.id, edition, text[stands.start : stands.end])
        return None

    def _around(self, edition: Edition, start: int, end: int) -> list[Passage]:
        """The clauses that hold a span, finest first."""
        passages = [p for p in self._passages(edition) if p.start <= start and end <= p.end and p.kind in _LAW]
        return sorted(passages, key=lambda p: (p.end - p.start, -p.start))

    def _passages(self, edition: Edition) -> tuple[Passage, ...]:
        if edition.id not in self._kept:
            self._kept[edition.id] = self._record.passages(edition)
        return self._kept[edition.id]

    @cached_property
    def _kept(self) -> dict[int, tuple[Passage, ...]]:
        return {}

    def nearest(self, quote: str) -> tuple[str, Alike] | None:
        """The clause whose words come nearest to a quotation that stands nowhere exactly."""
        words = folded(quote).split()
        grams = [" ".join(words[i : i + _GRAM]) for i in range(0, max(1, len(words) - _GRAM + 1), 2)][:24]
        hits: dict[str, list[str]] = {}
        for gram in grams:
            for instrument, (_, text) in self._folded.items():
                if f" {gram} " in text:
                    hits.setdefault(instrument, []).append(gram)
        best: tuple[str, Alike] | None = None
        for instrument in sorted(hits, key=lambda one: -len(hits[one]))[:3]:
            edition, _ = self._folded[instrument]
            pattern = r"[\W_]+".join(map(re.escape, hits[instrument][0].split()))
            for match in list(re.finditer(pattern, edition.text, re.I))[:4]:
                start, end = max(0, match.start() - len(quote) * 2), match.end() + len(quote) * 2
                alike = compare(quote, edition.text[start:end])
                if alike and (best is None or alike.score > best[1].score):
                    around = self._around(edition, match.start(), match.end())
                    if around:
                        best = (around[0].id, alike)
        return best


def verified(words: str, text: str) -> cite.Match | None:
    """Where a quotation stands: exactly, or but for its first letter's size, or for what brackets put in."""
    forms = [words, f"[{words[:1]}]{words[1:]}" if words[:1].isalpha() and words[1:2].isalpha() else ""]
    if first := re.match(r"\[([A-Za-z])\] ", words):
        forms += [f"{letter} {words[first.end() :]}" for letter in (first[1].lower(), first[1].upper())]
    if _INSERTED.search(words):
        forms.append(_INSERTED.sub("...", words))
    return next((match for form in forms if form and (match := cite.verify(form, text))), None)


def folded(text: str) -> str:
    """Words in small letters with one space between, without punctuation."""
    return _BETWEEN.sub(" ", text.casefold()).strip()


def compare(quote: str, text: str) -> Alike | None:
    """The words of a text that come nearest to a quotation, and where they differ; None where none are near."""
    mine, theirs = list(_WORD.finditer(quote)), list(_WORD.finditer(text))
    if len(mine) < 2 or len(theirs) < 2:
        return None
    wanted = " ".join(match[0].casefold() for match in mine)
    starts: list[int] = []
    length = 0
    for match in theirs:
        starts.append(length)
        length += len(match[0]) + 1
    whole = " ".join(match[0].casefold() for match in theirs)
    aligned = fuzz.partial_ratio_alignment(wanted, whole)
    if aligned is None:
        return None
    reach = len(mine) + 8
    first = max(0, _word_at(starts, aligned.dest_start) - reach)
    last = min(len(theirs), _word_at(starts, max(aligned.dest_start, aligned.dest_end - 1)) + reach)
    ours, held = [m[0].casefold() for m in mine], [m[0].casefold() for m in theirs[first:last]]
    begin, stop = _best_run(ours, held)
    first, last = first + begin, first + stop
    if last <= first:
        return None
    held = held[begin:stop]
    matcher = SequenceMatcher(None, ours, held, autojunk=False)
    changes = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            begin = mine[i1].start() if i1 < len(mine) else mine[-1].end()
            stop = mine[i2 - 1].end() if i2 > i1 else begin
            said = quote[begin:stop] if i2 > i1 else ""
            has = text[theirs[first + j1].start() : theirs[first + j2 - 1].end()] if j2 > j1 else ""
            changes.append((said, has, begin, stop))
    start, end = theirs[first].start(), theirs[last - 1].end()
    return Alike(text[start:end], 100 * matcher.ratio(), tuple(changes))


_SKIP = 0.3


def _best_run(ours: list[str], held: list[str]) -> tuple[int, int]:
    """The run of held words that takes the fewest changes to become ours: an alignment whose ends are free in the text."""
    costs = [(0.0, start) for start in range(len(held) + 1)]
    for count, word in enumerate(ours, 1):
        row = [(float(count), 0)]
        for place, other in enumerate(held, 1):
            kept, came = costs[place - 1]
            row.append(
                min(
                    (kept + (0.0 if word == other else 1.0), came),
                    (costs[place][0] + 1.0, costs[place][1]),
                    (row[-1][0] + _SKIP, row[-1][1]),
                )
            )
        costs = row
    end = min(range(len(costs)), key=lambda place: costs[place][0])
    return costs[end][1], end


def _word_at(starts: list[int], place: int) -> int:
    return max(0, bisect_right(starts, place) - 1)


def _rank(instrument: str) -> int:
    return 0 if " USC " in instrument else 1 if instrument.startswith("EO ") or " CFR " in instrument else 2
