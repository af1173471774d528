"""A memo's footnotes and endnotes: which note a mark calls, which sentence calls a note, what "Id." and "supra" lean on."""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import cite

if TYPE_CHECKING:
    from assistant.check.memo import Block, Memo, Sentence

LABEL = re.compile(r"\s*\[\^(?P<mark>[\w-]{1,20})\]:")
MARK = re.compile(r"\[\^(?P<mark>[\w-]{1,20})\](?!:)")
END_LABEL = re.compile(r"\s*[\[(]?(?P<mark>\d{1,3})[\]).:]+\s+(?=\S)")
END_MARK = re.compile(r"\[(?P<mark>\d{1,3})\](?![(:])")
_NOTES = re.compile(
    r"^[\s#*_]*(?:(?:end|foot)?notes?(?: and (?:sources|references))?|references|sources|citations)[\s*_:]*$",
    re.I | re.M,
)
_SAME = re.compile(r"(?:^|[.;,]\s+|\b[Ss]ee\s+)(?:Id|Ibid|id|ibid)\.(?!\w)")
_EARLIER = re.compile(r"\bsupra,? (?:at )?(?:foot)?notes? (?P<one>\d{1,3})|\b(?:foot)?note (?P<two>\d{1,3})(?:,)? (?:above|supra)\b", re.I)  # fmt: skip
_DEEPEST = 30


def endnotes_of(text: str) -> int | None:
    """Where the endnotes of a memo begin that bracketed numbers in its text call; None where it has none."""
    for match in reversed(list(_NOTES.finditer(text))):
        called = {mark["mark"] for mark in END_MARK.finditer(text, 0, match.start())}
        labels = {m["mark"] for line in text[match.end() :].split("\n") if (m := END_LABEL.match(line))}
        if called & labels:
            return match.end()
    return None


class Footnotes:
    """The notes of one memo by their marks; `endnotes` is where notes begin that bracketed numbers call."""

    def __init__(self, memo: "Memo", notes: "tuple[Block, ...]", endnotes: int | None = None) -> None:
        self._memo = memo
        self._label, self._mark = (LABEL, MARK) if endnotes is None else (END_LABEL, END_MARK)
        self._ends = len(memo.text) if endnotes is None else endnotes
        self._blocks = {match["mark"]: note for note in notes if (match := self._label.match(memo.text, note.start))}
        self._order = list(self._blocks)

    def called_in(self, start: int, end: int) -> list[str]:
        """The marks of the notes called between two places, in order."""
        marks = [match["mark"] for match in self._mark.finditer(self._memo.text, start, min(end, self._ends))]
        return [mark for mark in dict.fromkeys(marks) if mark in self._blocks]

    def said(self, mark: str) -> str:
        """The words of a note."""
        note = self._blocks.get(mark)
        return self._memo.plain[note.start : note.end] if note else ""

    def cited_by(self, mark: str, depth: int = 0) -> tuple[cite.Mention, ...]:
        """The citations of a note, its own and those of the notes that it leans on."""
        note = self._blocks.get(mark)
        if note is None or depth > _DEEPEST:
            return ()
        said = self._memo.plain[note.start : note.end]
        own = self._memo.cited_in(note)
        leant: list[cite.Mention] = []
        body = said[match.end() :] if (match := self._label.match(self._memo.text[note.start : note.end])) else said
        if _SAME.search(body.strip()) and (place := self._order.index(mark)):
            leant += self.cited_by(self._order[place - 1], depth + 1)[-1:]
        for match in _EARLIER.finditer(said):
            leant += self.cited_by(match["one"] or match["two"], depth + 1)
        return tuple(dict.fromkeys((*own, *leant)))

    def caller(self, block: "Block") -> "Sentence | None":
        """The sentence that calls a note."""
        match = self._label.match(self._memo.text, block.start)
        return self._callers.get(match["mark"]) if match else None

    @cached_property
    def _callers(self) -> "dict[str, Sentence]":
        found: dict[str, Sentence] = {}
        for match in self._mark.finditer(self._memo.text, 0, self._ends):
            sentence = self._memo.sentence_at(match.start())
            if sentence is not None:
                found.setdefault(match["mark"], sentence)
        return found
