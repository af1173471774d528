"""What a sentence stands under: its paragraph so far, the heading above it, the subject of the whole memo."""

from collections.abc import Callable, Iterable
from functools import cached_property

from assistant.check.memo import Memo, Part, Sentence
from assistant.check.resting import Resting

_OPENING = 14


class About:
    """The surroundings of a memo's sentences, nearest first; `countries` finds the names of countries in a text."""

    def __init__(self, memo: Memo, resting: Resting, countries: Callable[[str], Iterable[str]]) -> None:
        self.memo = memo
        self.resting = resting
        self.countries = countries

    def contexts(self, sentence: Sentence) -> tuple[str, ...]:
        """What the paragraph said before, the headings and leads above, and what the memo is about."""
        above = self._above(sentence.block)
        return tuple(
            words for words in (self.resting.before(sentence), *above, self._subject, self._title) if words.strip()
        )

    def _above(self, number: int) -> list[str]:
        """The line that leads a list, and the nearest heading."""
        blocks, found = self.memo.blocks, []
        place = number
        while place and blocks[place].part in {Part.ITEM, Part.ROW}:
            place -= 1
        lead = self.memo.said(blocks[place])
        if place < number and (blocks[place].part is Part.HEADING or lead.rstrip(" *_").endswith(":")):
            found.append(lead)
        while place and blocks[place].part is not Part.HEADING:
            place -= 1
        if place < number and blocks[place].part is Part.HEADING:
            found.append(self.memo.said(blocks[place]))
        return found

    @cached_property
    def _title(self) -> str:
        """The first line of the memo, where it is a heading."""
        first = next(iter(self.memo.blocks), None)
        return self.memo.said(first) if first is not None and first.part is Part.HEADING else ""

    @cached_property
    def _subject(self) -> str:
        """The lines at the head of the memo that name a country; else the one country that it names anywhere."""
        heads = [b for b in self.memo.blocks[:_OPENING] if b.part in {Part.HEADER, Part.HEADING}]
        named = " ".join(said for b in heads if tuple(self.countries(said := self.memo.said(b))))
        if named:
            return named
        everywhere = dict.fromkeys(self.countries(self.memo.plain))
        return next(iter(everywhere)) if len(everywhere) == 1 else ""
