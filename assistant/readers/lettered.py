"""The paragraphs of one section as clauses: lettered ones by their designators, the others counted or joined.

Text that a clause quotes in order to insert it elsewhere stays with the clause that quotes it.
"""

import re
from dataclasses import dataclass, field
from enum import Enum

from assistant.readers import Kind
from assistant.readers.clauses import Clause
from assistant.readers.sequence import Level, leading, place, tail

_NUMERAL = re.compile(r"^(i{1,3}|iv|vi{0,3}|ix|x)\.\s+")
_FARTHEST = 300
_NOUNS = {
    "conditions": "condition",
    "considerations": "consideration",
    "criteria": "criterion",
    "factors": "factor",
    "goals": "goal",
    "objectives": "objective",
    "principles": "principle",
    "priorities": "priority",
    "purposes": "purpose",
}


class Loose(Enum):
    """What an unlettered paragraph is: one to count, the next sentence of the clause before, or text within it."""

    COUNTED = "counted"
    SENTENCE = "sentence"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph, bullet or table; the heading its markup shows, the section number that opens it."""

    text: str
    bullet: bool = False
    heading: str = ""
    section: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Section:
    """A section, or a preamble, whose paragraphs are read one by one and become clauses at the end."""

    id: str
    label: str = ""
    heading: str = ""
    loose: Loose = Loose.COUNTED
    paragraphs: list[Paragraph] = field(default_factory=list)
    _unlettered: list[Clause] = field(default_factory=list)
    _clauses: list[Clause] = field(default_factory=list)
    _open: list[Clause] = field(default_factory=list)
    _stack: tuple[Level, ...] = ()

    def clause(self) -> Clause | None:
        """The section as one clause; None where nothing is printed. Call it once, when every paragraph is in."""
        self._read()
        whole = Clause(self.id, label=self.label, heading=self.heading, children=self._clauses)
        if not self._clauses:
            return whole if self.label else None
        first, loose = self._clauses[0], self._unlettered
        lone = loose and loose[0] is first and first.kind is not Kind.TABLE
        lettered = any(clause.id.startswith(f"{self.id}(") for clause in self._clauses)
        if lone and (len(loose) == 1 or (lettered and loose[1:] == [self._clauses[-1]] and not loose[1].children)):
            whole.own, whole.children = first.own, self._clauses[1:]
            for clause in loose[1:]:
                clause.id, clause.kind = f"{self.id}, flush", Kind.FLUSH
        else:
            for count, clause in enumerate(loose, 1):
                clause.id = f"{self.id}, para. {count}"
                for row, child in enumerate(clause.children, 1):
                    child.id = f"{clause.id}, row {row}"
        return whole

    def _read(self) -> None:
        texts = _with_numerals(self.paragraphs)
        tokens = [leading(text)[0] for text in texts]
        counts: dict[str, int] = {}
        lead_in, quoting = "", False
        for position, (paragraph, text) in enumerate(zip(self.paragraphs, texts, strict=True)):
            if quoting or (text.startswith("“(") and (self._open or self._unlettered)):
                _go_on(self._open[-1] if self._open else self._unlettered[-1], text, "\n")
                quoting = _quote_is_open(text, was_open=quoting)
                continue
            if paragraph.rows:
                self._count(table(paragraph))
                continue
            if paragraph.bullet:
                noun = noun_of(lead_in)
                counts[noun] = counts.get(noun, 0) + 1
                self._clauses.append(Clause(f"{self.id}, {noun} {counts[noun]}", own=text))
                continue
            ahead = [token for later in tokens[position + 1 : position + _FARTHEST] for token in later]
            if not self._letter(text, ahead):
                self._unletter(text, paragraph.heading)
            lead_in, quoting = text, _quote_is_open(text, was_open=False)

    def _letter(self, text: str, ahead: list[str]) -> bool:
        """Take a lettered paragraph; False where its letters fit no sequence."""
        tokens, rest = leading(text)
        if not tokens:
            return False
        stacks: list[tuple[Level, ...]] = []
        stack = self._stack
        opener = self._open[-1].own if self._open else self._unlettered[-1].own if self._unlettered else ""
        for index, token in enumerate(tokens):
            opens = index > 0 or opener.endswith((":", "—"))
            placed = place(stack, token, [*tokens[index + 1 :], *ahead], opens=opens)
            if placed is None:
                return False
            stack = placed
            stacks.append(placed)
        self._stack = stack
        for token, stack in zip(tokens, stacks, strict=True):
            del self._open[len(stack) - 1 :]
            clause = Clause(f"{self.id}{tail(stack)}", label=f"({token})")
            (self._open[-1].children if self._open else self._clauses).append(clause)
            self._open.append(clause)
        self._open[-1].own = rest
        return True

    def _unletter(self, text: str, heading: str) -> None:
        """Take an unlettered paragraph."""
        before = self._open[-1] if self._open else self._unlettered[-1] if self._unlettered else None
        if before is not None and self.loose is Loose.SENTENCE:
            _go_on(before, text, " ")
            return
        owner = self._open[-2] if len(self._open) > 1 and self._open[-2].own.endswith((":", "—")) else None
        if self.loose is Loose.WITHIN and self._open and owner is None:
            if not self._open[-1].children:
                _go_on(self._open[-1], text, "\n")
                return
            owner = self._open[-1]
        if owner is not None:
            if owner.children and owner.children[-1].kind is Kind.FLUSH:
                _go_on(owner.children[-1], text, "\n")
            else:
                owner.children.append(Clause(f"{owner.id}, flush", Kind.FLUSH, own=text))
            del self._open[self._open.index(owner) + 1 :]
            return
        self._count(Clause(heading=heading, own=text))

    def _count(self, clause: Clause) -> None:
        """Take an unlettered clause, to be counted when all are in."""
        self._unlettered.append(clause)
        self._clauses.append(clause)


def table(paragraph: Paragraph) -> Clause:
    """A table as a clause whose rows, still without ids, are its children."""
    rows = [Clause(kind=Kind.ROW, own="\t".join(row)) for row in paragraph.rows]
    return Clause(kind=Kind.TABLE, heading=paragraph.heading, children=rows)


def noun_of(lead_in: str) -> str:
    """What the bullets after a sentence are: the last such noun in it, made singular, or `item`."""
    found = [_NOUNS[word] for word in re.findall(r"[a-z]+", lead_in.lower()) if word in _NOUNS]
    return found[-1] if found else "item"


def _go_on(clause: Clause, text: str, joint: str) -> None:
    clause.own = f"{clause.own}{joint}{text}" if clause.own else text


def _with_numerals(paragraphs: list[Paragraph]) -> list[str]:
    """Texts, with `i. the authority` after a colon or a semicolon lettered as (i)."""
    texts: list[str] = []
    for paragraph in paragraphs:
        match = _NUMERAL.match(paragraph.text)
        listed = bool(texts) and texts[-1].endswith((":", ";", "; or", "; and"))
        texts.append(f"({match[1]}) {paragraph.text[match.end() :]}" if match and listed else paragraph.text)
    return texts


def _quote_is_open(text: str, *, was_open: bool) -> bool:
    """Whether a quotation of clauses, which begins a paragraph or follows one's last word, is still open."""
    opened, closed = text.rfind("“"), text.rfind("”")
    if was_open:
        return closed < 0 or opened > closed
    return (opened > closed and text.startswith("“")) or text.endswith("“")
