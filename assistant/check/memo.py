"""Somebody's memo as text: its blocks, sentences, citations and quotations, each a span of that text, and its date."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from pathlib import PurePath
from typing import Protocol

from assistant import cite
from assistant.check import calendar
from assistant.check.footnotes import END_LABEL, LABEL, MARK, Footnotes, endnotes_of
from assistant.check.sentences import sentence_spans
from assistant.readers import Kind, Reading
from assistant.readers.plain_text import decoded
from assistant.readers.upload import MOST_TEXT_BYTES, name_of

_RAW = {".md", ".markdown", ".txt"}
_STARTS = re.compile(r"\s*(?:[-*+•‣▪◦] +|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[.)] +)")
_HEADER = re.compile(
    r"^\s*\**(?:date|as of|to|from|for|cc|bcc|re|subj(?:ect)?|thr(?:u|ough)|via|memorandum for(?: the record)?|action memo(?: for)?|info(?:rmation)? memo(?: for)?"
    r"|classification|prepared by|drafted by|cleared by|approved by|reference|refs?|attachments?|enclosures?|file|tags|e\.?o\.?)\s*:\**\s+\S",
    re.I,
)
_EMPHASIS = re.compile(
    r"\*+(?=[^\s*])|(?<=[^\s*])\*+|`+|(?<![^\W_])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\W_])|\\(?=[\"'*_\[\]().#>-])"
)
_ALIKE = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\x0c": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
                        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
                        "‑": "-", "‐": "-", "−": "-"})  # fmt: skip


_LINES = 12
_HEAD = 1_200  # how far into a document a date may stand in a line that an extractor has run together


class Part(StrEnum):
    """What a block of a memo is."""

    PARAGRAPH = "paragraph"
    HEADER = "header"
    HEADING = "heading"
    QUOTE = "quote"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item, row or block quotation: a span of the memo's text."""

    start: int
    end: int
    part: Part


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the memo's text, and the number of the block it stands in."""

    start: int
    end: int
    block: int


@dataclass(frozen=True)
class Memo:
    """A memo read; `plain` is its text, character for character, with quotation marks, dashes and spaces made alike.

    `footnoted` says that notes cite law and no mark in the text calls them; `endnotes`, where those begin that bracketed numbers call.
    """

    name: str
    text: str = field(repr=False)
    plain: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    mentions: tuple[cite.Mention, ...] = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)
    footnoted: bool = False
    endnotes: int | None = None
    warnings: tuple[str, ...] = ()

    def line(self, place: int) -> int:
        """The line, from 1, on which a character stands."""
        return bisect_right(self.lines, place)

    def said(self, sentence: Sentence | Block) -> str:
        """The words of a sentence or block, made plain; offsets into it count from its start."""
        return self.plain[sentence.start : sentence.end]

    def cited_in(self, span: Sentence | Block) -> tuple[cite.Mention, ...]:
        """The citations written within a sentence or block."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return tuple(m for m in self.mentions[first:last] if m.end <= span.end)

    def sentences_of(self, block: int) -> tuple[Sentence, ...]:
        """The sentences of a block, in order."""
        return self._of_block.get(block, ())

    def noted_in(self, span: Sentence | Block) -> tuple[cite.Mention, ...]:
        """The citations in the footnotes whose marks stand in a sentence or block, and in those they lean on."""
        marks = self.notes.called_in(span.start, span.end)
        return tuple(dict.fromkeys(m for mark in marks for m in self.notes.cited_by(mark)))

    @cached_property
    def notes(self) -> Footnotes:
        """Its footnotes."""
        return Footnotes(self, tuple(b for b in self.blocks if b.part is Part.FOOTNOTE), self.endnotes)

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    @cached_property
    def _of_block(self) -> dict[int, tuple[Sentence, ...]]:
        return {number: tuple(group) for number, group in groupby(self.sentences, key=lambda s: s.block)}

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence in which a character stands."""
        number = bisect_right(self._begun, place) - 1
        return self.sentences[number] if number >= 0 and place < self.sentences[number].end else None

    @cached_property
    def _begun(self) -> list[int]:
        return [s.start for s in self.sentences]


class Reads(Protocol):
    """What reads an uploaded file apart from this process: `assistant.sync.apart.Apart.read`."""

    def __call__(self, data: bytes, *, form: str, instrument: str, filename: str = "") -> Reading:
        """The reading of a file; Refused or BadSource where it cannot be read."""
        ...


def read_memo(data: bytes, filename: str, reads: Reads) -> Memo:
    """A memo in .docx, .pdf, .html, .md or .txt, read apart and refused as any upload is.

    Markdown and plain text keep the file's own characters and lines; of the others the text is what was extracted.
    """
    reading = reads(data, form="upload", instrument=name_of(filename), filename=filename)
    if PurePath(filename).suffix.lower() in _RAW:
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            data = data.decode("utf-16").encode()
        text = decoded(data, most=MOST_TEXT_BYTES)
        return memo_of(text, filename, warnings=reading.warnings)
    footnotes = [p.start for p in reading.passages if p.kind is Kind.FOOTNOTE]
    return memo_of(
        reading.text, filename, wrapped=False, footnotes=min(footnotes, default=None), warnings=reading.warnings
    )


def memo_of(
    text: str,
    name: str = "memo.md",
    *,
    wrapped: bool = True,
    footnotes: int | None = None,
    warnings: tuple[str, ...] = (),
) -> Memo:
    """A memo's text parted; `wrapped` says that a paragraph may run over lines, `footnotes` where they begin."""
    plain = _EMPHASIS.sub(lambda match: " " * len(match[0]), text).translate(_ALIKE)
    endnotes = endnotes_of(text) if footnotes is None and not LABEL.search(text) else None
    blocks = tuple(_blocks(text, wrapped=wrapped, footnotes=footnotes, endnotes=endnotes))
    mentions = tuple(_mentions(text, plain))
    spans = [(m.start, m.end) for m in mentions]
    sentences = tuple(
        Sentence(block.start + start, block.start + end, number)
        for number, block in enumerate(blocks)
        for start, end in sentence_spans(
            plain[block.start : block.end],
            [(s - block.start, e - block.start) for s, e in spans if block.start <= s and e <= block.end],
        )
    )
    lines = (0, *(match.end() for match in re.finditer("\n", text)))
    cited_notes = (
        footnotes is not None
        and any(m.start >= footnotes for m in mentions)
        and MARK.search(text, 0, footnotes) is None
    )
    return Memo(name, text, plain, blocks, sentences, mentions, lines, cited_notes, endnotes, warnings)


_OWN = re.compile(r"\s*(?:of this (?:memo|paper|note|report|document|analysis)|above|below|supra|infra|hereof)\b", re.I)
_SELVES = re.compile(r"\b(?:of|in|to) this (?:memorandum|memo|order)$", re.I)
_SELF = re.compile(r"^this \w+$", re.I)


def _mentions(text: str, plain: str) -> Iterator[cite.Mention]:
    """The citations of law; a memo's references to its own sections are none."""
    for mention in cite.find(_unmarked(text)):
        own = mention.assumed_act and (_OWN.match(plain, mention.end) or _SELVES.search(mention.written))
        if not own and not _SELF.match(mention.written):
            yield mention


def _unmarked(text: str) -> str:
    """The text with its emphasis marks made into spaces, character for character."""
    return _EMPHASIS.sub(lambda match: " " * len(match[0]), text)


def _blocks(text: str, *, wrapped: bool, footnotes: int | None, endnotes: int | None) -> Iterator[Block]:
    held: list[tuple[int, int]] = []
    quoting = False
    position = 0

    def close(part: Part) -> Iterator[Block]:
        if held:
            yield _block(text, held[0][0], held[-1][1], part)
            held.clear()

    for number, line in enumerate(text.split("\n")):
        start, end = position, position + len(line)
        position = end + 1
        stripped = line.strip()
        quote = stripped.startswith(">")
        in_notes = footnotes is not None and start >= footnotes
        running = Part.QUOTE if quoting else Part.PARAGRAPH
        if not stripped or re.fullmatch(r"[-=_*|: ]{3,}", stripped):
            yield from close(running)
            quoting = False
        elif in_notes or LABEL.match(line) or (endnotes is not None and start >= endnotes and END_LABEL.match(line)):
            yield from close(running)
            quoting = False
            yield Block(start, end, Part.FOOTNOTE)
        elif stripped.startswith("#") or (number < 30 and _HEADER.match(line) and len(stripped) < 160):
            yield from close(running)
            yield _block(text, start, end, Part.HEADING if stripped.startswith("#") else Part.HEADER)
        elif stripped.startswith("|") or (not wrapped and "\t" in stripped):
            yield from close(running)
            yield Block(start, end, Part.ROW)
        elif held and not wrapped and _cut_short(text[held[0][0] : held[-1][1]], stripped):
            held.append((start, end))
        elif quote:
            if not quoting:
                yield from close(Part.PARAGRAPH)
            quoting = True
            held.append((start, end))
        else:
            if quoting or not wrapped or _STARTS.match(line):
                yield from close(running)
                quoting = False
            held.append((start, end))
    yield from close(Part.QUOTE if quoting else Part.PARAGRAPH)


_CITING = re.compile(r"(?:U\.S\.C\.|C\.F\.R\.|\bUSC|\bCFR|\bsec\.|\bsection|§|\d\w*(?:\(\w{1,4}\))+)$")
_GOES_ON = re.compile(r"(?:\(\w{1,4}\))+[)\].,;]|\d[\w.-]*(?:\(\w{1,4}\))*[)\].,;]")


def _cut_short(said: str, following: str) -> bool:
    """Whether an extractor cut a line within a citation: "22 U.S.C. 2776(b)", and on the next line "(1))."."""
    return bool(_CITING.search(said.rstrip()) and _GOES_ON.match(following))


_END = re.compile(r"[.!?;:,](?:[\"'”’)\]*_]|\[\^[\w-]+\])*$")


def _block(text: str, start: int, end: int, part: Part) -> Block:
    words = text[start:end].strip()
    if part is Part.PARAGRAPH:
        if _STARTS.match(text[start:end]) and len(words) > 60:
            part = Part.ITEM
        elif len(words) < 90 and not _END.search(words) and ("\n" not in words):
            part = Part.HEADING
    return Block(start, end, part)


def date_of(memo: Memo) -> tuple[date, int] | None:
    """The day a memo gives as its own, and the line where; None where it gives none."""
    for number, block in enumerate(memo.blocks[:40]):
        words = memo.said(block)
        labelled = calendar.LABELLED.match(words)
        alone = number < 15 and calendar.alone(words)
        closing = number < 4 and block.part is not Part.ROW and calendar.closes(words)
        if labelled or alone or closing:
            found = calendar.first_day(words)
            if found:
                return found, memo.line(block.start)
    for number, line in enumerate(memo.text[:_HEAD].split("\n")[:_LINES]):
        if calendar.alone(line) and (found := calendar.first_day(line)):
            return found, number + 1
        if (drafted := calendar.DRAFTED.search(line)) and (
            found := calendar.first_day(line[drafted.end() : drafted.end() + 30])
        ):
            return found, number + 1
    heads = [m for m in calendar.AS_OF.finditer(memo.plain, 0, _HEAD) if memo.line(m.start()) < 8]
    for match in (*calendar.NAMED.finditer(memo.plain, 0, _HEAD), *heads):
        found = calendar.first_day(memo.plain[match.end() : match.end() + 30])
        if found:
            return found, memo.line(match.start())
    return None
