"""Check somebody's memo: every citation, quotation, figure and bare assertion of law, held against what is held here."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from assistant import cite, law
from assistant.check import assertions, carrying, citations, overtaken
from assistant.check.about import About
from assistant.check.capitals import lettered
from assistant.check.citations import Existing, Judged, in_force
from assistant.check.columns import columns_against
from assistant.check.endings import days_of_ending, days_of_signing
from assistant.check.figures import amounts, figures_of, in_months, lengths
from assistant.check.findings import Finding, Report, Verdict, as_json, grouped
from assistant.check.memo import Memo, Part, Reads, Sentence, date_of, memo_of, read_memo
from assistant.check.quotations import Comparing
from assistant.check.readings import Ground
from assistant.check.resolving import resolutions
from assistant.check.resting import Resting, flat, without_quotes
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
        self.memo = memo = lettered(memo, rules.find_countries)
        self.corpus = corpus
        self.on = on
        self.existing = Existing(corpus, record)
        self.wording = Wording(record, on)
        self.sources = Sources(corpus, self.wording, on)
        self.ground = Ground(rules, corpus, self.sources, on)
        self.resolved = resolutions(memo, corpus)
        self.resting = Resting(memo, self.resolved)
        self.quoting: set[int] = set()
        self.about = About(memo, self.resting, rules.find_countries)

    def report(self, dated_by: str) -> Report:
        """Everything found, in the order of the text."""
        quoted = list(Comparing(self.memo, self.corpus, self.wording, self.on, self.resolved).findings())
        said = list(self._sentences())
        said += self._columns(said)
        misquoting = self._sentences_of(f for f in quoted if f.verdict.fault)
        faulted = misquoting | self._sentences_of(f for f in said if f.verdict is Verdict.CONTRADICTS_RULE)
        kept = [f for f in said if f.verdict is not Verdict.UNCITED or f.start not in misquoting]
        self.quoting = self._sentences_of(f for f in quoted if not f.verdict.fault)
        citing = list(self._citations(faulted))
        found = [*citing, *self._called(citing), *kept]
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
        judgements = list(self._carried(faulted))
        carried = {start: judged for start, _, judged in judgements}
        cited = {mention.start for mention in self.memo.mentions}
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
        for start, end, judged in judgements:
            if start not in cited:
                yield self._made(start, end, judged)

    def _called(self, found: list[Finding]) -> Iterator[Finding]:
        """At each sentence that calls a note, what the note cites that is not there or not in force."""
        for finding in found:
            sentence = self.memo.sentence_at(finding.start)
            block = self.memo.blocks[sentence.block] if sentence else None
            if block is None or block.part is not Part.FOOTNOTE:
                continue
            caller = self.memo.notes.caller(block)
            if caller is not None and finding.verdict in {Verdict.UNKNOWN_CITATION, Verdict.NOT_IN_FORCE}:
                detail = f"The note called here cites {finding.written}. {finding.detail}"
                judged = Judged(finding.verdict, detail, finding.provision, finding.suggestion)
                yield self._made(caller.start, caller.end, judged)

    def _status(self, mention: Mention, resolution: Resolution) -> Judged | None:
        sentence = self.memo.sentence_at(mention.start)
        if sentence is None or resolution.ambiguous:
            return None
        said = self.memo.said(sentence)
        if self.memo.blocks[sentence.block].part is Part.HEADER or said.rstrip(" *_\"')").endswith("?"):
            return None
        around, after_it = self.resting.before(sentence), self.resting.after(sentence)
        offset = mention.start - sentence.start
        block = self.memo.blocks[sentence.block]
        caller = self.memo.notes.caller(block) if block.part is Part.FOOTNOTE else None
        if caller is not None:
            calling = f"{self.memo.said(caller)} "
            said, offset = f"{calling}{said}", offset + len(calling)
            around, after_it = self.resting.before(caller), self.resting.after(caller)
        whole, said = said, without_quotes(said)
        for provision in resolution.provisions:
            if provision.startswith("upload "):
                continue
            judged = in_force(provision, mention, said, offset, around, self.corpus, self.on, after_it)
            judged = (
                judged
                or overtaken.rewritten(self.ground, whole, provision)
                or overtaken.came_later(self.ground, whole, provision)
            )
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
        stands = f"no longer in force on {day(self.on)} ({word})" if status.ended else f"{word} on {day(self.on)}"
        return Judged(Verdict.OK, f"It exists{many}; {stands}.", provision, status=status)

    def _endings(self) -> Iterator[tuple[int, Judged]]:
        for sentence in self.memo.sentences:
            within = [(m, m.start - sentence.start, self.resolved[m.start]) for m in self.memo.cited_in(sentence)]
            for mention, judged in citations.endings(self.memo.said(sentence), within, self.corpus):
                yield mention.start, judged

    def _carried(self, faulted: set[int]) -> Iterator[tuple[int, int, Judged]]:
        """What is wrong between sentences and the clauses they cite: at the first citation, or all of one with footnotes."""
        for sentence in self.memo.sentences:
            part = self.memo.blocks[sentence.block].part
            unasked = part in {Part.HEADER, Part.HEADING, Part.QUOTE}
            claimed = self.resting.claimed(sentence)
            if (
                unasked
                or sentence.start in faulted
                or claimed.start in faulted
                or self._given(claimed)
                or _DONE_THEN.search(self.memo.said(claimed))
                or _READING.match(self.memo.said(claimed))
                or (part in {Part.ROW, Part.FOOTNOTE} and _STANDING.search(self.memo.said(sentence)))
            ):
                continue
            inside = self.memo.cited_in(sentence)
            mentions = [m for m in self.resting.cited(sentence) if self.resolved[m.start].provisions]
            if mentions:
                mentions += [
                    m for m in self.resting.closing(sentence) if self.resolved[m.start].provisions and m not in mentions
                ]
            cited = self.resting.provisions(mentions)
            if not cited or any(self.resolved[m.start].missing for m in mentions):
                continue
            cited = self.resting.subject(sentence, mentions) or cited
            claim = self._named_apart(self.resting.claim(claimed), cited)
            wrong = carrying.judge(
                claim, cited, self.sources, self.corpus, figured=self.memo.footnoted or self._figured(claim, cited) or self._linked(cited),
                quoted=claimed.start in self.quoting, told=part in {Part.ROW, Part.FOOTNOTE},
            )  # fmt: skip
            if wrong:
                elsewhere = wrong.home is not None and not any(
                    law.is_part_of(wrong.home, p) or law.is_part_of(p, wrong.home) for p in cited
                )
                verdict = Verdict.WRONG_AUTHORITY if elsewhere else Verdict.UNSUPPORTED
                judged = Judged(verdict, wrong.detail, wrong.home or cited[0], wrong.suggestion)
                place = next((m for m in inside if self.resolved[m.start].provisions), None)
                yield (place.start, place.end, judged) if place else (sentence.start, sentence.end, judged)

    def _named_apart(self, claim: str, cited: list[str]) -> str:
        """A sentence of what a country will do or has done, without its name: the clause need not have it."""
        for country in self.about.countries(claim):
            does = re.match(rf"(?P<lead>[\W_]*(?:the )?){re.escape(country)} (?:will|has|have|had|is to)\b", claim)
            if does and not any(country in self.sources.words(p) for p in cited):
                return f"{does['lead']}it{claim[does.end('lead') + len(country) :]}"
        return claim

    def _given(self, sentence: Sentence) -> bool:
        """Whether a sentence is a fact that the case supplies, or stands in a bracket that waits to be filled."""
        block = self.memo.blocks[sentence.block]
        at = sentence.start - block.start
        said = self.memo.plain[block.start : sentence.end]
        opened = list(_PLACEHOLDER.finditer(said))
        if opened and (opened[-1].start() >= at or "]" not in said[opened[-1].end() : at]):
            return True
        notes = self.memo.notes
        marks = notes.called_in(sentence.start, sentence.end)
        return bool(_SUPPLIED.search(said[at:]) or any(_SUPPLIED.search(notes.said(mark)) for mark in marks))

    def _linked(self, cited: list[str]) -> bool:
        """Whether what is held of one clause cited names another: a sentence that names both tells of that."""
        for one in cited:
            versions = self.corpus.provisions.get(one, ())
            named = {law.instrument_of(p) for v in versions for p in v.refers_to} - {law.instrument_of(one)}
            if any(law.instrument_of(other) in named for other in cited if other != one):
                return True
        return False

    def _figured(self, claim: str, cited: list[str]) -> bool:
        """Whether a sum or a length of time in a sentence is one that the clauses have."""
        held = "\n".join(self.sources.narrow(p) for p in cited)
        stated = [(float(a.usd), "dollars") for a in amounts(claim)] + [in_months(one) for one in lengths(claim)]
        return any(number in figures_of(held, unit) for number, unit in stated)

    # sentences

    def _sentences(self) -> Iterator[Finding]:
        for sentence in self.memo.sentences:
            part = self.memo.blocks[sentence.block].part
            if part in {Part.HEADER, Part.HEADING, Part.QUOTE} or self._given(sentence):
                continue
            said = self.memo.said(sentence)
            cited, carried = self.resting.authority(sentence)
            named = bool(
                self.resting.cited(sentence) or self.resting.closing(sentence) or self.resting.cited_after(sentence)
            )
            opened = self.resting.opened(sentence)
            flattened, places = flat(without_quotes(self.memo.plain[opened : sentence.end]))
            asked = said.rstrip(" *_\"')").endswith("?")
            contexts = self.about.contexts(sentence)
            for wrong in (
                ()
                if asked
                else contradictions(self.ground, flattened, cited or carried, contexts, row=part is Part.ROW)
            ):
                start, end = opened + places[wrong.start], opened + places[wrong.end - 1] + 1
                yield self._made(
                    start, end, Judged(Verdict.CONTRADICTS_RULE, wrong.detail, wrong.provision, wrong.suggestion)
                )
            for told in (days_of_ending, days_of_signing):
                for start, end, judged in told(sentence, said, self.resting, self.corpus):
                    yield self._made(start, end, judged)
            if not (named or self.memo.footnoted or part is Part.FOOTNOTE) and self._bare(sentence, said, carried):
                yield self._made(
                    sentence.start, sentence.end, Judged(Verdict.UNCITED, "This states law and cites nothing.", None, self._offer(said))
                )  # fmt: skip

    def _columns(self, found: list[Finding]) -> Iterator[Finding]:
        """What the columns of tables show, where the sentences showed nothing."""
        cited = {m.start: list(self.resolved[m.start].provisions) for m in self.memo.mentions}
        told = [(f.start, f.end) for f in found if f.verdict is Verdict.CONTRADICTS_RULE]
        for wrong in columns_against(self.ground, self.memo, cited):
            if not any(start < wrong.end and wrong.start < end for start, end in told):
                judged = Judged(Verdict.CONTRADICTS_RULE, wrong.detail, wrong.provision, wrong.suggestion)
                yield self._made(wrong.start, wrong.end, judged)

    def _bare(self, sentence: Sentence, said: str, carried: list[str]) -> bool:
        if self.memo.cited_in(sentence) or not assertions.needs_authority(
            without_quotes(said), lambda: self._like_law(said)
        ):
            return False
        if re.search(r"\b(?:Id|Ibid)\.|\[\^?\d+\]|[.\"')](?:\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹])$|<sup>", said):
            return False
        return not self.resting.leaning(sentence, carried)

    def _like_law(self, said: str) -> bool:
        """Whether some clause's own words carry nearly all of a sentence."""
        from assistant.check.sources import terms

        wanted = terms(said)
        return len(set(wanted)) > 3 and any(share >= 0.8 for _, share in self.sources.homes(wanted, 1))

    def _offer(self, said: str) -> str:
        from assistant.check.sources import terms

        homes = self.sources.homes(terms(said), 1)
        if homes and homes[0][1] >= _LIKELY:
            return f"Perhaps {cite.display(homes[0][0], self.corpus)}; see whether it says this."
        return "Cite the clause that says this."

    def _made(self, start: int, end: int, judged: Judged) -> Finding:
        provision = judged.provision
        exists = provision is not None and self.corpus.exists(provision)
        status = judged.status or (self.corpus.status(provision, self.on) if provision and exists else None)
        return Finding(
            self.memo.line(start), start, end, self.memo.text[start:end], judged.verdict, judged.detail, provision, None,
            judged.suggestion, cite.display(provision, self.corpus) if provision and exists else None, str(status) if status else None,
        )  # fmt: skip


_SUPPLIED = re.compile(
    r"\b(?:applicant|requester|exporter) (?:says|states|reports)\b|\bthe case (?:supplies|names|gives|says)\b|\b(?:supplied|given|stated) by the (?:case|request|requester|applicant|application|recipient)\b",
    re.I,
)
_LIKELY = 0.6  # of a sentence's weight, before a clause is offered for it
_DONE_THEN = re.compile(
    r"\b(?:case|sale|program|package|transfer|licen[sc]e|agreement|LOA|request|order|certification|lease)s? (?:itself )?(?:was|were|had been|has been|have been) (?:\w+ly )?(?:notified|certified|approved|licensed|offered|accepted|implemented|signed|submitted|transmitted|cleared|denied)\b(?!.*\b(?:must|shall|may not|required)\b)",
    re.I,
)
_READING = re.compile(
    r"[\W_]*(?:one|another|the other|on one|on another|on the other|a second) (?:reading|view)?\b[^.]{0,12}?[:,]", re.I
)
_STANDING = re.compile(
    r"\b(?:in force|not held|edition of|status (?:is )?not known|revoked|superseded|our (?:own )?note|official text|reported ended|end reported|as it stood|by the dated tables|status on [\w ]+ not known)\b",
    re.I,
)
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z ]{5,}:")  # a bracket that waits to be filled asserts nothing


def _revived(said: str) -> str | None:
    if re.search(
        r"\b(?:read|heard|thought|believed|asked|assumed|claimed|wrongly|mistakenly|rumou?r\w*)\b", said, re.I
    ):
        return None
    match = re.search(r"\b(?:reinstat|reviv|restor|re-?activat|re-?issu|re-?adopt)\w*", said, re.I)
    if match is None or re.search(r"\b(?:not|never|nothing|neither|rather than|whether)\b", said, re.I):
        return None
    word = match[0].lower()
    return word if word.endswith("ed") else "brought back"
