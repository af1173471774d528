"""Quotations: found in a memo, given to the clause they are credited to, compared with its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant import cite, law
from assistant.check.findings import Finding, Verdict
from assistant.check.memo import Block, Memo, Part, Sentence
from assistant.check.wording import NEAR, Alike, Wording, compare, verified
from assistant.cite import Resolution
from assistant.corpus import Corpus
from assistant.law import Holding
from assistant.phrase import day, joined

_MARKED = re.compile(r"(?<![\w\"])\"(?=\S)([^\"\n]{2,3000}?)\"(?![\w\"])")
_WORDS = re.compile(r"[^\W_]+")
_NAMING = re.compile(
    r"(?:\b(?:entitled|titled|called|termed|dubbed|hereinafter|hereafter|known as|so-called|captioned|subject line)\s*[,:]?\s*|\(\s*(?:the |an? |hereinafter )*)$",
    re.I,
)
_FEW = 4
_MOST_HOMES = 4
_EDITORIAL = re.compile(r"\[\^[\w-]+\]|\[(?:sic|emphasis[^\]]*|footnotes? omitted|citations? omitted)\]", re.I)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words a memo puts in quotation marks or sets off: a span of its text, and the sentence around it."""

    start: int
    end: int
    words: str
    sentence: Sentence
    set_off: bool = False


def find_quotations(memo: Memo) -> Iterator[Quotation]:
    """Every quotation of two words or more, in order; a term, a title or a name in quotation marks too."""
    for number, block in enumerate(memo.blocks):
        sentences = memo.sentences_of(number)
        if block.part is Part.QUOTE and sentences:
            yield from _set_off(memo, block, sentences)
            continue
        if block.part in {Part.HEADER, Part.HEADING}:
            continue
        for match in _MARKED.finditer(memo.plain, block.start, block.end):
            start, end = match.start(1), match.end(1)
            sentence = next((s for s in sentences if s.start <= start < s.end), None)
            if sentence and len(_WORDS.findall(match[1])) > 1:
                yield Quotation(start, end, _words(memo, start, end), sentence)


def _set_off(memo: Memo, block: Block, sentences: tuple[Sentence, ...]) -> Iterator[Quotation]:
    """A block quotation, without the citation that may close it."""
    start, end = sentences[0].start, sentences[-1].end
    for mention in memo.cited_in(block):
        before = memo.plain[start : mention.start]
        rest = memo.plain[mention.end : block.end]
        if len(_WORDS.findall(rest)) < 3 and re.search(r"[.;\"')\]]?[\s>]*[-(\[]*\s*(?:[Ss]ee )?$", before):
            end = start + len(re.sub(r"[\s>(\[-]*(?:[Ss]ee )?$", "", before))
            break
    while start < end and memo.plain[start] in "\"' >":
        start += 1
    while end > start and memo.plain[end - 1] in "\"' >":
        end -= 1
    words = _words(memo, start, end)
    if len(_WORDS.findall(words)) > 1:
        yield Quotation(start, end, words, sentences[0], set_off=True)


def _words(memo: Memo, start: int, end: int) -> str:
    """The words quoted, one space between lines, without marks of emphasis, editors' notes and the commas of the quoting sentence."""
    raw = re.sub(r"\n[ \t>]*", " ", memo.text[start:end])
    raw = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)|`", "", raw)
    return _EDITORIAL.sub("", raw).strip().rstrip(",.;:").strip()


class Comparing:
    """Holds quotations against the text held on a day."""

    def __init__(self, memo: Memo, corpus: Corpus, wording: Wording, on: date, resolved: dict[int, Resolution]) -> None:
        self.memo = memo
        self.corpus = corpus
        self.wording = wording
        self.on = on
        self.resolved = resolved

    def findings(self) -> Iterator[Finding]:
        """One finding for every quotation that is credited to law, or stands in it."""
        for quotation in find_quotations(self.memo):
            finding = self._finding(quotation)
            if finding:
                yield finding

    def _credited(self, quotation: Quotation) -> tuple[list[str], bool]:
        """The clauses a quotation is credited to, nearest first, and whether a citation known nowhere is among them."""
        memo, sentence = self.memo, quotation.sentence
        block = memo.blocks[sentence.block]
        mentions = [m for m in memo.cited_in(block if quotation.set_off else sentence) if not _inside(m, quotation)]
        noted = self._in_its_note(quotation)
        if not mentions and not noted:
            mentions = self._beside(quotation)
        mentions = [*sorted(mentions, key=lambda m: self._distance(m, quotation)), *noted]
        provisions: dict[str, None] = {}
        for mention in mentions:
            provisions.update(dict.fromkeys(self.resolved[mention.start].provisions))
        return list(provisions), any(self.resolved[m.start].missing for m in mentions)

    def _in_its_note(self, quotation: Quotation) -> list[cite.Mention]:
        """Citations in the note called after a quotation, else in those called elsewhere in its sentence or block."""
        memo, block = self.memo, self.memo.blocks[quotation.sentence.block]
        end = block.end if quotation.set_off else quotation.sentence.end
        marks = memo.notes.called_in(quotation.end, end)[:1]
        if not marks:
            begin = block.start if quotation.set_off else quotation.sentence.start
            marks = memo.notes.called_in(begin, end)
        if not marks and quotation.set_off:
            before = memo.blocks[max(0, quotation.sentence.block - 1)]
            marks = memo.notes.called_in(before.start, before.end)[-1:]
        return [mention for mark in marks for mention in memo.notes.cited_by(mark)]

    def _beside(self, quotation: Quotation) -> list[cite.Mention]:
        """Citations just after or before: a citation sentence, the lead-in of a block, the sentence before."""
        memo, number = self.memo, quotation.sentence.block
        block = memo.blocks[number]
        if quotation.set_off or block.part is Part.QUOTE:
            following = memo.blocks[number + 1] if number + 1 < len(memo.blocks) else None
            if following is not None:
                first = memo.cited_in(following)[:1]
                if first and len(_WORDS.findall(memo.plain[following.start : first[0].start])) < 2:
                    return list(first)
            if number:
                return list(memo.cited_in(memo.blocks[number - 1])[-1:])
            return []
        sentences = memo.sentences_of(number)
        place = sentences.index(quotation.sentence)
        for after in sentences[place + 1 : place + 2]:
            found = memo.cited_in(after)
            if found and len(_WORDS.findall(memo.plain[after.start : found[0].start])) < 3:
                return list(found)
        for before in reversed(sentences[:place]):
            if found := memo.cited_in(before):
                return list(found[-1:])
        return []

    def _distance(self, mention: cite.Mention, quotation: Quotation) -> int:
        if mention.start >= quotation.end:
            between = self.memo.plain[quotation.end : mention.start]
            close = len(_WORDS.findall(between)) == 0
            return len(between) - (60 if close else 0)
        return quotation.start - mention.end

    def _finding(self, q: Quotation) -> Finding | None:
        credited, unknown = self._credited(q)
        count = len(_WORDS.findall(q.words))
        naming = _NAMING.search(self.memo.plain[max(0, q.start - 40) : q.start - 1])
        for provision in credited:
            title = self._title(q, provision)
            if title is not None:
                return title
            held = self.wording.held(provision)
            if held and held.edition.holding is Holding.OFFICIAL and (stands := verified(q.words, held.text)):
                after = held.edition.as_of > self.on
                detail = f"These words stand in the text, edition of {day(held.edition.as_of)}" + (
                    ", later than the memo's date." if after else "."
                )
                return self._made(q, Verdict.OK, detail, provision, held.text[stands.start : stands.end])
        if naming:
            return None
        if count < _FEW:
            return self._term(q, credited)
        if not credited:
            return self._uncredited(q, count, unknown)
        return self._wrong(q, credited[0], credited)

    def _term(self, q: Quotation, credited: list[str]) -> Finding | None:
        """A term of two or three words in quotation marks, credited to a clause and known only as another's."""
        held = [self.wording.held(p) for p in credited]
        if not credited or any(h and _spaced(q.words) in _spaced(h.text) for h in held):
            return None
        if any(
            _spaced(q.words) in _spaced(f"{v.heading} {v.note} {v.contested}")
            for p in credited
            for v in self.corpus.provisions.get(p, ())
        ):
            return None
        home = self._phrase(q.words, credited)
        places = self.wording.find(q.words, near=credited[0], most=1)
        if home is None or (places and law.instrument_of(places[0].provision) != law.instrument_of(home)):
            return None
        return self._elsewhere(q, credited[0], [home], "")

    def _title(self, q: Quotation, provision: str) -> Finding | None:
        """An instrument's or clause's title quoted as such."""
        words = " ".join(_WORDS.findall(q.words.casefold()))
        instrument = self.corpus.instruments.get(law.instrument_of(provision))
        for title in (instrument.title if instrument else "", self.corpus.heading(provision)):
            if words and words == " ".join(_WORDS.findall(title.casefold())):
                return self._made(q, Verdict.OK, "This is its title.", provision, title)
        return None

    def _wrong(self, q: Quotation, provision: str, credited: list[str]) -> Finding:
        """A quotation that does not stand where it is said to."""
        official = [
            (p, held) for p in credited if (held := self.wording.held(p)) and held.edition.holding is Holding.OFFICIAL
        ]
        places = [p for p in self.wording.find(q.words, near=provision) if p.provision not in credited]
        if official and places:
            return self._elsewhere(q, provision, [p.provision for p in places], places[0].text)
        if official:
            return self._altered(q, official[0][0], [(p, held.text) for p, held in official])
        if places and len(_WORDS.findall(q.words)) >= 2 * _FEW:
            return self._elsewhere(q, provision, [p.provision for p in places], places[0].text, also_unheld=True)
        if home := self._phrase(q.words, credited):
            return self._elsewhere(q, provision, [home], "", also_unheld=True)
        lossy = self.wording.held(provision)
        if lossy and (words := lossy.text.strip()):
            stands = verified(q.words, words)
            near = None if stands else compare(q.words, words)
            says = (
                "has these words"
                if stands
                else f"differs: {_differences(near)}"
                if near and near.score >= 55
                else "does not have these words"
            )
            return self._made(
                q, Verdict.NOT_HELD,
                f"Only an imperfect copy of {cite.display(provision, self.corpus)} is held, not the publisher's text; that copy {says}.",
                provision, near.text if near and not stands and near.score >= 55 else None,
                f"Compare with the publisher's text: pincite sync '{law.instrument_of(provision)}'.",
            )  # fmt: skip
        return self._made(
            q, Verdict.NOT_HELD,
            f"The text of {cite.display(provision, self.corpus)} is not held, so these words could not be compared with it.",
            provision, suggestion=f"Bring the text with: pincite sync '{law.instrument_of(provision)}'.",
        )  # fmt: skip

    def _altered(self, q: Quotation, provision: str, texts: list[tuple[str, str]]) -> Finding:
        if edition := self.wording.other_edition(q.words, provision):
            return self._made(
                q, Verdict.MISQUOTED,
                f"These words stand in the edition of {day(edition.as_of)}, not in the one to be read on {day(self.on)}.", provision,
            )  # fmt: skip
        best: tuple[str, Alike] | None = None
        for one, text in texts:
            alike = compare(q.words, text)
            if alike and alike.changes and " USC " in one and all(map(_of_the_editors, alike.changes)):
                return self._made(
                    q, Verdict.OK,
                    "These words stand in the text, but for what the Code's editors put in it: a reference in brackets, or"
                    " “this chapter” for the Act's own “this Act”.", one, alike.text,
                )  # fmt: skip
            if alike and (best is None or alike.score > best[1].score):
                best = (one, alike)
        if best is None or best[1].score < NEAR:
            other = self.wording.nearest(q.words)
            if other and other[1].changes and all(map(_of_the_editors, other[1].changes)):
                return self._elsewhere(q, provision, [other[0]], other[1].text)
            if other and other[1].score >= NEAR and (best is None or other[1].score > best[1].score + 5):
                home, alike = other
                return self._made(
                    q, Verdict.MISQUOTED,
                    f"These words do not stand in {cite.display(provision, self.corpus)}; the nearest are in"
                    f" {cite.display(home, self.corpus)}, and differ: {_differences(alike)}.", home, alike.text, alike.text,
                )  # fmt: skip
        if best is not None and best[1].score >= 55:
            one, alike = best
            return self._made(
                q, Verdict.MISQUOTED, f"The text differs: {_differences(alike)}.", one, alike.text, f"“{alike.text}”"
            )
        return self._made(
            q, Verdict.MISQUOTED,
            f"No such words stand in {cite.display(provision, self.corpus)}, nor in any text held.", provision,
            suggestion="Quote the clause, or take away the quotation marks.",
        )  # fmt: skip

    def _elsewhere(
        self, q: Quotation, credited: str, homes: list[str], text: str, *, also_unheld: bool = False
    ) -> Finding:
        """Words that stand in other clauses than the one they are credited to; the first of those is offered."""
        shown = joined([cite.display(home, self.corpus) for home in homes[:3]])
        detail = f"These words stand in {shown}, not in {cite.display(credited, self.corpus)}."
        if also_unheld:
            detail = f"These words are those of {shown}; the text of {cite.display(credited, self.corpus)} is not held."
        return self._made(
            q,
            Verdict.WRONG_AUTHORITY,
            detail,
            homes[0],
            text or None,
            f"Cite {shown if len(homes) == 1 else f'the one you mean of {shown}'}.",
        )

    def _phrase(self, words: str, credited: list[str]) -> str | None:
        """The clause of another instrument whose notes have these very words, where no note on the credited one has, and few others do."""
        wanted = _spaced(words)
        mine = {law.instrument_of(p) for p in credited}
        homes: dict[str, list[str]] = {}
        for provision, text in self._noted:
            if wanted in text:
                homes.setdefault(law.instrument_of(provision), []).append(provision)
        if not homes or len(homes) > _MOST_HOMES or mine & set(homes):
            return None
        best = max(homes.values(), key=len)
        return max(
            best,
            key=lambda p: (any(wanted in _spaced(a) for v in self.corpus.provisions[p] for a in v.aliases), len(p)),
        )

    @cached_property
    def _noted(self) -> list[tuple[str, str]]:
        return [
            (provision, _spaced(" . ".join(f"{v.heading} {v.note} {' . '.join(v.aliases)}" for v in versions)))
            for provision, versions in self.corpus.provisions.items()
        ]

    def _uncredited(self, q: Quotation, count: int, unknown: bool) -> Finding | None:
        if count < 2 * _FEW or unknown:
            return None
        places = self.wording.find(q.words)
        if places:
            home = places[0].provision
            if self.memo.footnoted and any(
                law.is_part_of(p.provision, c) or law.is_part_of(c, p.provision) for p in places for c in self._in_notes
            ):
                return self._made(
                    q, Verdict.OK, "These words stand in a clause that the footnotes cite.", home, places[0].text
                )
            shown = cite.display(home, self.corpus)
            return self._made(
                q, Verdict.UNCITED, f"No citation stands with these words; they are those of {shown}.", home,
                places[0].text, f"Cite {shown}.",
            )  # fmt: skip
        return self._made(q, Verdict.NOT_HELD, "No citation stands with these words, and no text held has them.", None)

    @cached_property
    def _in_notes(self) -> set[str]:
        """The clauses that footnotes cite."""
        notes = [b for b in self.memo.blocks if b.part is Part.FOOTNOTE]
        return {p for b in notes for m in self.memo.cited_in(b) for p in self.resolved[m.start].provisions}

    def _made(
        self,
        q: Quotation,
        verdict: Verdict,
        detail: str,
        provision: str | None,
        quote: str | None = None,
        suggestion: str | None = None,
    ) -> Finding:
        return Finding(
            self.memo.line(q.start), q.start, q.end, self.memo.text[q.start : q.end], verdict, detail, provision, quote,
            suggestion, cite.display(provision, self.corpus) if provision else None,
            str(self.corpus.status(provision, self.on)) if provision else None,
        )  # fmt: skip


_BRACKET = re.compile(r"\d+ U\.?S\.?C\.? [\w, ()-]+?(?: et seq)?\.?", re.I)
_CODIFIED = {("act", "chapter"), ("act", "subchapter"), ("act", "title"), ("title", "chapter"), ("part", "subchapter")}


def _of_the_editors(change: tuple[str, str, int, int]) -> bool:
    """Whether a difference is one that the editors of the Code make in an act's words."""
    mine, theirs, _, _ = change
    return (not mine and _BRACKET.fullmatch(theirs) is not None) or (mine.lower(), theirs.lower()) in _CODIFIED


def _spaced(text: str) -> str:
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def _inside(mention: cite.Mention, q: Quotation) -> bool:
    return q.start <= mention.start and mention.end <= q.end


def _differences(alike: Alike) -> str:
    said = []
    for mine, theirs, _, _ in alike.changes[:6]:
        if mine and theirs:
            said.append(f"the memo has “{mine}”, the text “{theirs}”")
        elif theirs:
            said.append(f"the memo leaves out “{theirs}”")
        else:
            said.append(f"the memo adds “{mine}”")
    if len(alike.changes) > 6:
        said.append(f"and {len(alike.changes) - 6} more")
    return "; ".join(said) or "in punctuation or marks"
