"""Check somebody's memo: every citation, quotation, figure and bare assertion of law, held against what is held here."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from assistant import cite, law
from assistant.check import assertions, carrying, citations
from assistant.check.calendar import days_in
from assistant.check.citations import Existing, Judged, in_force
from assistant.check.findings import Finding, Report, Verdict, as_json, grouped
from assistant.check.memo import Memo, Part, Reads, Sentence, date_of, memo_of, read_memo
from assistant.check.quotations import Comparing
from assistant.check.readings import Ground
from assistant.check.sources import Sources
from assistant.check.tables import contradictions
from assistant.check.wording import Wording
from assistant.cite import Mention, Resolution
from assistant.law import Status
from assistant.phrase import day

if TYPE_CHECKING:
    from assistant.corpus import Corpus
    from assistant.record import Record
    from assistant.rules import Rules

__all__ = ["Finding", "Memo", "Reads", "Report", "Verdict", "as_json", "check", "grouped", "memo_of", "read_memo"]


def check(memo: Memo, corpus: "Corpus", record: "Record", rules: "Rules", as_of: date | None = None) -> Report:
    """Every finding in a memo, as of a day: the one given, else the memo's own, else today."""
    on, dated_by = _dated(memo, as_of)
    return _Checking(memo, corpus, record, rules, on).report(dated_by)


def _dated(memo: Memo, as_of: date | None) -> tuple[date, str]:
    if as_of is not None:
        return as_of, "the date given"
    if stated := date_of(memo):
        return stated[0], f"the memo's date, line {stated[1]}"
    return date.today(), "today; the memo states no date"


class _Checking:
    """One memo on one day."""

    def __init__(self, memo: Memo, corpus: "Corpus", record: "Record", rules: "Rules", on: date) -> None:
        self.memo = memo
        self.corpus = corpus
        self.on = on
        self.existing = Existing(corpus, record)
        self.wording = Wording(record, on)
        self.sources = Sources(corpus, self.wording, on)
        self.ground = Ground(rules, corpus, self.sources, on)
        self.resolved: dict[int, Resolution] = {m.start: cite.resolve(m, corpus) for m in memo.mentions}

    def report(self, dated_by: str) -> Report:
        """Everything found, in the order of the text."""
        quoted = list(Comparing(self.memo, self.corpus, self.wording, self.on, self.resolved).findings())
        said = list(self._sentences())
        misquoting = self._sentences_of(f for f in quoted if f.verdict.fault)
        faulted = misquoting | self._sentences_of(f for f in said if f.verdict is Verdict.CONTRADICTS_RULE)
        kept = [f for f in said if f.verdict is not Verdict.UNCITED or f.start not in misquoting]
        found = [*self._citations(faulted), *kept]
        warnings = list(self.memo.warnings)
        if self.wording.empty:
            warnings.append("No official text is held, so no quotation was compared: bring it with pincite sync.")
        if self.memo.footnoted:
            warnings.append(
                "The marks of the document's footnotes are not read, so no sentence was faulted for want of a citation."
            )
        ordered = sorted([*found, *quoted], key=lambda f: (f.start, f.end, f.verdict))
        return Report(self.memo.name, self.on, dated_by, tuple(dict.fromkeys(ordered)), tuple(warnings))

    def _sentences_of(self, findings: Iterable[Finding]) -> set[int]:
        """Where the sentences begin in which findings stand."""
        return {sentence.start for f in findings if (sentence := self.memo.sentence_at(f.start)) is not None}

    # citations

    def _citations(self, faulted: set[int]) -> Iterator[Finding]:
        """One finding for every citation: that it exists, is in force or said not to be, and carries its sentence.

        Sentences with a fault already, by where they begin, are not asked once more whether their clause carries them.
        """
        carried = dict(self._carried(faulted))
        endings = dict(self._endings())
        for mention in self.memo.mentions:
            resolution = self.resolved[mention.start]
            judged = self.existing.judge(resolution)
            if judged is None or judged.verdict is Verdict.OK:
                judged = (
                    self._status(mention, resolution)
                    or endings.get(mention.start)
                    or carried.get(mention.start)
                    or judged
                    or self._good(resolution)
                )
            yield self._made(mention.start, mention.end, judged)

    def _status(self, mention: Mention, resolution: Resolution) -> Judged | None:
        sentence = self.memo.sentence_at(mention.start)
        if sentence is None or resolution.ambiguous:
            return None
        said = self.memo.said(sentence)
        if self.memo.blocks[sentence.block].part is Part.HEADER:
            return None
        block = self.memo.blocks[sentence.block]
        around = self.memo.plain[block.start : sentence.start]
        for provision in resolution.provisions:
            if provision.startswith("upload "):
                continue
            judged = in_force(provision, mention, said, mention.start - sentence.start, around, self.corpus, self.on)
            if judged:
                return judged
            if self.corpus.status(provision, self.on) is Status.DIRECTED and (revived := _revived(said)):
                return Judged(
                    Verdict.UNSUPPORTED,
                    f"Nothing held says that {provision} was {revived}; it is {self._directed(provision)}.", provision,
                    "Say “directed to be implemented”.", Status.DIRECTED,
                )  # fmt: skip
        return None

    def _directed(self, provision: str) -> str:
        instrument = self.corpus.instruments.get(law.instrument_of(provision))
        period = instrument.period(self.on) if instrument else None
        by = f" by {cite.display(period.by, self.corpus)}" if period and period.by else ""
        return f"directed to be implemented{by}{f' since {day(period.start)}' if period else ''}"

    def _good(self, resolution: Resolution) -> Judged:
        provision = resolution.provisions[0]
        status = self.corpus.status(provision, self.on)
        if not self.sources.known(provision):
            return Judged(
                Verdict.NOT_HELD,
                "The clause exists; neither its text nor a note on it is held, so what is said of it was not checked.",
                provision,
                status=status,
            )
        if status is Status.DIRECTED:
            return Judged(Verdict.OK, f"It is {self._directed(provision)}.", provision, status=status)
        word = {Status.IN_FORCE: "in force"}.get(status, str(status).replace("_", " "))
        many = f" and {len(resolution.provisions) - 1} more" if len(resolution.provisions) > 1 else ""
        return Judged(Verdict.OK, f"It exists{many}; {word} on {day(self.on)}.", provision, status=status)

    def _endings(self) -> Iterator[tuple[int, Judged]]:
        for sentence in self.memo.sentences:
            within = [(m, m.start - sentence.start, self.resolved[m.start]) for m in self.memo.cited_in(sentence)]
            for mention, judged in citations.endings(self.memo.said(sentence), within, self.corpus):
                yield mention.start, judged

    def _carried(self, faulted: set[int]) -> Iterator[tuple[int, Judged]]:
        """What is wrong between sentences and the clauses they cite, by the first citation of each."""
        for sentence in self.memo.sentences:
            unasked = self.memo.blocks[sentence.block].part in {Part.HEADER, Part.HEADING, Part.QUOTE}
            if unasked or sentence.start in faulted or self._claimed(sentence).start in faulted:
                continue
            mentions = [m for m in self.memo.cited_in(sentence) if self.resolved[m.start].provisions]
            cited = list(dict.fromkeys(p for m in mentions for p in self.resolved[m.start].provisions))
            if not cited or any(self.resolved[m.start].missing for m in mentions):
                continue
            cited = self._subject(sentence, mentions) or cited
            claimed = self._claimed(sentence)
            wrong = carrying.judge(_claim(self.memo, claimed), cited, self.sources, self.corpus)
            if wrong:
                elsewhere = wrong.home is not None and not any(
                    law.is_part_of(wrong.home, p) or law.is_part_of(p, wrong.home) for p in cited
                )
                verdict = Verdict.WRONG_AUTHORITY if elsewhere else Verdict.UNSUPPORTED
                yield mentions[0].start, Judged(verdict, wrong.detail, wrong.home or cited[0], wrong.suggestion)

    def _subject(self, sentence: Sentence, mentions: list[Mention]) -> list[str]:
        """The clauses that a sentence makes the speaker of all that it says: "EO 14268 sec. 3(a)(i) directs ... NSPM-10"."""
        first = mentions[0]
        before = self.memo.plain[sentence.start : first.start]
        after = self.memo.plain[first.end : sentence.end]
        leads = len(re.findall(r"\w+", before)) < 2 and re.match(
            r"[\s,]*(?:also |itself |now |only |expressly )?(?:directs?|requires?|sets?|provides?|orders?|tells?|bars?|prohibits?|permits?|allows?|carries|states?|says|gives?|establishes|imposes|defines?)\b",
            after,
        )
        return list(self.resolved[first.start].provisions) if leads and len(mentions) > 1 else []

    def _claimed(self, sentence: Sentence) -> Sentence:
        """The sentence that a citation stands for: its own, or the one before where it is a citation and nothing else."""
        block = self.memo.sentences_of(sentence.block)
        place = block.index(sentence)
        bare = re.sub(
            r"\b(?:see|also|accord|cf|and)\b", " ", _claim(self.memo, sentence).replace("the statute", " "), flags=re.I
        )
        if place and len(re.findall(r"\w+", bare)) < 2 and not self.memo.cited_in(block[place - 1]):
            return block[place - 1]
        return sentence

    # sentences

    def _sentences(self) -> Iterator[Finding]:
        for sentence in self.memo.sentences:
            part = self.memo.blocks[sentence.block].part
            if part in {Part.HEADER, Part.HEADING, Part.QUOTE}:
                continue
            said = self.memo.said(sentence)
            cited, carried = self._authority(sentence)
            named = bool(cited) or self._cited_after(sentence)
            block = self.memo.blocks[sentence.block]
            context = self.memo.plain[block.start : sentence.start]
            flat, places = _flat(_without_quotes(said))
            for wrong in contradictions(self.ground, flat, cited or carried, context):
                start, end = sentence.start + places[wrong.start], sentence.start + places[wrong.end - 1] + 1
                yield self._made(
                    start, end, Judged(Verdict.CONTRADICTS_RULE, wrong.detail, wrong.provision, wrong.suggestion)
                )
            yield from self._dates(sentence, said)
            if not (named or self.memo.footnoted or part is Part.FOOTNOTE) and self._bare(sentence, said, carried):
                yield self._made(
                    sentence.start, sentence.end, Judged(Verdict.UNCITED, "This states law and cites nothing.", None, self._offer(said))
                )  # fmt: skip

    def _authority(self, sentence: Sentence) -> tuple[list[str], list[str]]:
        """The clauses a sentence cites, and those that its neighbours in the block cite for it."""
        own = [p for m in self.memo.cited_in(sentence) for p in self.resolved[m.start].provisions]
        if own:
            return list(dict.fromkeys(own)), []
        if self.memo.cited_in(sentence):
            return [], []
        block = self.memo.sentences_of(sentence.block)
        place = block.index(sentence)
        for after in block[place + 1 : place + 2]:
            mentions = self.memo.cited_in(after)
            if mentions and _opens_citing(self.memo.plain[after.start : mentions[0].start]):
                return [p for m in mentions for p in self.resolved[m.start].provisions], []
        for before in reversed(block[:place]):
            if mentions := self.memo.cited_in(before):
                return [], [p for m in mentions for p in self.resolved[m.start].provisions]
        return [], []

    def _cited_after(self, sentence: Sentence) -> bool:
        """Whether the next sentence is a citation and nothing else, known or not."""
        block = self.memo.sentences_of(sentence.block)
        for after in block[block.index(sentence) + 1 :][:1]:
            mentions = self.memo.cited_in(after)
            return bool(mentions) and _opens_citing(self.memo.plain[after.start : mentions[0].start])
        return False

    def _bare(self, sentence: Sentence, said: str, carried: list[str]) -> bool:
        if self.memo.cited_in(sentence) or not assertions.needs_authority(
            _without_quotes(said), lambda: self._like_law(said)
        ):
            return False
        if re.search(r"\b(?:Id|Ibid)\.|\[\^?\d+\]|[.\"')](?:\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹])$|<sup>", said):
            return False
        lead_in = self._lead_in(sentence)
        return not (lead_in or (carried and assertions.leans_back(said)))

    def _like_law(self, said: str) -> bool:
        """Whether some clause's own words carry nearly all of a sentence."""
        from assistant.check.sources import terms

        wanted = terms(said)
        return len(set(wanted)) > 3 and any(share >= 0.8 for _, share in self.sources.homes(wanted, 1))

    def _lead_in(self, sentence: Sentence) -> bool:
        """Whether an item of a list stands under a sentence that cites, or a sentence that opens a list whose items cite."""
        number = sentence.block
        blocks = self.memo.blocks
        if self.memo.said(sentence).rstrip().endswith(":") and number + 1 < len(blocks):
            following = blocks[number + 1 : number + 4]
            return any(self.memo.cited_in(b) for b in following)
        if blocks[number].part is not Part.ITEM:
            return False
        while number and blocks[number].part is Part.ITEM:
            number -= 1
        return self.memo.said(blocks[number]).rstrip().endswith(":") and bool(self.memo.cited_in(blocks[number]))

    def _offer(self, said: str) -> str:
        from assistant.check.sources import terms

        homes = self.sources.homes(terms(said), 1)
        if homes and homes[0][1] >= 0.45:
            return f"Perhaps {cite.display(homes[0][0], self.corpus)}; see whether it says this."
        return "Cite the clause that says this."

    def _dates(self, sentence: Sentence, said: str) -> Iterator[Finding]:
        """The day on which an instrument is said to have ended, against its record."""
        for mention in self.memo.cited_in(sentence):
            provisions = self.resolved[mention.start].provisions
            instrument = self.corpus.instruments.get(law.instrument_of(provisions[0])) if provisions else None
            ends = (
                [p for p in instrument.periods if p.status.ended or p.status is Status.REPORTED] if instrument else []
            )
            tail = said[mention.end - sentence.start :]
            match = re.match(
                r"[^.;]{0,30}?\b(?:was|were|been|is) (?:\w+ )?(?:revoked|rescinded|superseded|replaced|repealed)\b(?P<rest>[^.;]{0,80})",
                tail,
                re.I,
            )
            if not ends or match is None:
                continue
            offset = mention.end + match.start("rest")
            for written, start, end in days_in(match["rest"]):
                by = cite.find(match["rest"][:start])
                if written not in {p.start for p in ends} and not (
                    by and re.search(r"\bof\s*$", match["rest"][:start])
                ):
                    right = ends[-1]
                    yield self._made(
                        offset + start, offset + end,
                        Judged(Verdict.CONTRADICTS_RULE, f"{instrument.id if instrument else ''} was {right.status} on {day(right.start)}.", right.by or provisions[0], day(right.start)),
                    )  # fmt: skip
                break

    def _made(self, start: int, end: int, judged: Judged) -> Finding:
        provision = judged.provision
        exists = provision is not None and self.corpus.exists(provision)
        status = judged.status or (self.corpus.status(provision, self.on) if provision and exists else None)
        return Finding(
            self.memo.line(start), start, end, self.memo.text[start:end], judged.verdict, judged.detail, provision, None,
            judged.suggestion, cite.display(provision, self.corpus) if provision and exists else None, str(status) if status else None,
        )  # fmt: skip


def _revived(said: str) -> str | None:
    match = re.search(r"\b(?:reinstat|reviv|restor|re-?activat|re-?issu|re-?adopt)\w*", said, re.I)
    if match is None or re.search(r"\b(?:not|never|nothing|neither|rather than|whether)\b", said, re.I):
        return None
    word = match[0].lower()
    return word if word.endswith("ed") else "brought back"


def _opens_citing(words: str) -> bool:
    """Whether the words before a sentence's first citation only lead to it: See, or an act's name."""
    return len(words.split()) < (5 if re.match(r"\s*(?:see|accord|cf\.?|compare)\b", words, re.I) else 3)


def _flat(said: str) -> tuple[str, list[int]]:
    """A sentence with one space between words, and where each of its characters stood."""
    places = [at for at, letter in enumerate(said) if letter != " " or at == 0 or said[at - 1] != " "]
    return "".join(said[at] for at in places), places


def _without_quotes(said: str) -> str:
    """A sentence with what it quotes made into spaces."""
    return re.sub(r"\"[^\"]{15,}\"", lambda m: '"' + " " * (len(m[0]) - 2) + '"', said)


def _claim(memo: Memo, sentence: Sentence) -> str:
    """A sentence without its citations and quotations."""
    said = memo.said(sentence)
    for mention in reversed(memo.cited_in(sentence)):
        begin, end = mention.start - sentence.start, mention.end - sentence.start
        said = f"{said[:begin]} the statute {said[end:]}"
    said = re.sub(r"[(\[]\s*(?:see|and|or|also|the statute|[,;\s])*[)\]]", " ", _without_quotes(said))
    return re.sub(r"\s+", " ", said)
