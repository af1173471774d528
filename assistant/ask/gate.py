"""The gate: no claim of a model reaches a reader before code has held it against what it cites.

A model names handles that we issued; what it cites, quotes, counts, dates and names must stand in them. What fails is
dropped, and the drop is shown.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import cite, law
from assistant.ask import conditions
from assistant.ask.answer import Dropped
from assistant.cite import Citation, Claim, Kind, Verdict
from assistant.desk import Desk
from assistant.law import Holding
from assistant.model import Handle, sentences
from assistant.record import Held
from assistant.support import supports

MOST_CLAIMS = 24
MOST_CHARACTERS = 40_000
_LONGEST_CLAIM = 1_200
_SHORTEST_CLAIM = 4
_SHOWN = 300
_QUOTED = re.compile(
    r"“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»|‹([^‹›]*)›|‟([^‟”]*)”|＂([^＂]*)＂|「([^「」]*)」|``(.*?)''|&quot;(.*?)&quot;|\"([^\"]*)\""
    r"|(?<!\w)‘([^‘’]{2,}(?:’\w[^‘’]*)*)’(?!\w)|(?<![\w'])'([^']{2,}(?:'\w[^']*)*)'(?!\w)|`([^`]+)`",
    re.S,
)
_STRAY = re.compile(r"[“”„«»‹›‟＂「」\"`]|&quot;")
_SAYS = re.compile(r"\b(?:reads?|verbatim|word for word|in (?:its|the law's) own words|states? exactly)\b\s*[:,]", re.I)
_KEY = re.compile(r"[\[(]?\bP\d{1,3}\b[\])]?")
_LOOKS_CITED = re.compile(r"§|¶|\b(?:U\. ?S\. ?C|C\. ?F\. ?R|USC|CFR|Fed\. Reg|F\.R|FR|Stat|Pub\. ?L|P\.L|E\.O|EO|NSM|NSPM|PPD|PDD|NSDD|SAMM|AECA|ITAR|EAR)\b\.?[ -]?\d|\b[Ss]ec(?:tion|\.)\s*\d|\bArt(?:icle|\.) [IVX\d]+\b|\bv\. [A-Z]|\b\d+ (?:U\.S|F\.[23]d|F\. ?Supp|S\. ?Ct)\b|\bhttps?://|\bwww\.", re.ASCII)  # fmt: skip
_TO_THE_READER = re.compile(r"\b(?:as an ai|language model|system prompt|i (?:cannot|can't|can not) (?:help|assist)|my instructions|previous instructions)\b|<script|javascript:|\bon\w+=|!\[|\]\(|</?[a-z]+[ >/]", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One claim as a model wrote it."""

    text: str
    handles: tuple[str, ...]
    quote: str | None


@dataclass(frozen=True, slots=True)
class Passed:
    """What came through the gate, and what did not."""

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]


def examine(output: str, handles: Sequence[Handle], desk: Desk) -> Passed:
    """Hold each claim of a model's output against the handles it names, in order."""
    by_key = {handle.key: handle for handle in handles}
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    for row in read(output):
        judged = row if isinstance(row, Dropped) else judge(row, by_key, desk)
        if isinstance(judged, Dropped):
            dropped.append(judged)
        elif judged not in claims:
            claims.append(judged)
    return Passed(tuple(claims), tuple(dropped))


def read(output: str) -> Iterator[Row | Dropped]:
    """The claims written in an output, at most two dozen; what is no claim is given back as dropped."""
    if len(output) > MOST_CHARACTERS:
        yield Dropped("", Verdict.UNSUPPORTED, f"the model's answer ran past {MOST_CHARACTERS:,} characters")
        output = output[:MOST_CHARACTERS].rpartition("\n")[0]
    for count, written in enumerate(_objects(output)):
        if count == MOST_CLAIMS:
            yield Dropped("", Verdict.UNSUPPORTED, f"the model made more than {MOST_CLAIMS} claims")
            return
        yield _row(written)


def _objects(output: str) -> Iterator[str]:
    """The lines of an output, without a code fence round them; a JSON list is its items."""
    stripped = re.sub(r"(?m)^\s*```\w*\s*$", "", output.replace("\x00", "")).strip()
    try:
        whole = json.loads(stripped)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict) and isinstance(whole.get("claims"), list):
        whole = whole["claims"]
    if isinstance(whole, list):
        yield from (json.dumps(item) for item in whole)
        return
    for line in stripped.split("\n"):
        if line.strip():
            yield line.strip().rstrip(",")


def _row(written: str) -> Row | Dropped:
    try:
        row = json.loads(written)
    except (ValueError, RecursionError):
        return _dropped(written, "not a line of JSON")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return _dropped(written, "not a claim with a text")
    handles, quote = row.get("handles"), row.get("quote")
    if not isinstance(handles, list) or not all(isinstance(key, str) for key in handles):
        return _dropped(row["text"], "names no handles")
    if quote is not None and not isinstance(quote, str):
        return _dropped(row["text"], "its quotation is no text")
    return Row(row["text"], tuple(dict.fromkeys(handles)), quote or None)


def _dropped(text: str, reason: str, verdict: Verdict = Verdict.UNSUPPORTED) -> Dropped:
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return Dropped(" ".join(visible.split())[:_SHOWN], verdict, reason)


def judge(row: Row, by_key: dict[str, Handle], desk: Desk) -> Claim | Dropped:
    """A model's claim as one that may be shown, or why it may not."""
    text = " ".join(row.text.split())
    if not re.search(r"\w", text) or len(text) > _LONGEST_CLAIM:
        return _dropped(text, "says nothing" if not re.search(r"\w", text) else "longer than a claim may be")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in text):
        return _dropped(text, "holds hidden characters")
    if len(re.findall(r"[^\W_]+", text)) < _SHORTEST_CLAIM:
        return _dropped(text, "is no sentence")
    if not row.handles or (invented := [key for key in row.handles if key not in by_key]):
        return _dropped(
            text, f"cites {', '.join(invented)[:60]}, which was not issued" if row.handles else "cites nothing"
        )
    if _TO_THE_READER.search(text):
        return _dropped(text, "speaks to the reader or carries markup")
    cited = [by_key[key] for key in row.handles]
    if not _KEY.sub("", text).strip(" .") or {m.strip("[]()") for m in _KEY.findall(text)} - set(row.handles):
        return _dropped(text, "names a handle that it does not cite")
    text = re.sub(r"\s+([.,;])", r"\1", " ".join(_KEY.sub("", text).split()))
    return _judge_cited(text, row.quote, cited, desk)


def _judge_cited(text: str, quote: str | None, cited: list[Handle], desk: Desk) -> Claim | Dropped:
    law_cited = [handle for handle in cited if not handle.provision.startswith("upload ")]
    if not law_cited:
        return _upload(text, quote, cited, desk)
    if fault := _citations(text, law_cited, desk):
        return _dropped(text, fault)
    texts = {handle.key: held for handle in law_cited if (held := _official(handle.provision, desk))}
    if fault := _quotations(text, list(texts.values())):
        return _dropped(text, fault)
    citations = _cited(quote, law_cited, texts)
    if isinstance(citations, str):
        return _dropped(text, citations)
    source = "\n".join(
        f"{handle.note}\n{texts[handle.key].text if handle.key in texts else handle.text}" for handle in law_cited
    )
    found = supports(_QUOTED.sub(lambda m: next(filter(None, m.groups()), ""), text), source)
    if not found.holds:
        return _dropped(text, "; ".join(found.reasons[:3]) or "the clauses cited do not say this", found.verdict)
    needed = _needed(text, law_cited, texts)
    resting = [handle for handle in law_cited if handle.provision in needed]
    for sources in (
        [handle.note for handle in resting],
        [texts[handle.key].text if handle.key in texts else handle.text for handle in resting],
    ):
        if left_out := conditions.omitted(text, sources):
            return _dropped(text, f"leaves out a condition of the clause: {left_out.words[:120]}", Verdict.PARTLY)
    return Claim(text, Kind.MODEL, tuple(citation for citation in citations if citation.provision in needed))


def _needed(text: str, cited: list[Handle], texts: dict[str, Held]) -> set[str]:
    """The provisions that a claim rests on: one that adds nothing to it is not cited for it."""
    if len(cited) == 1:
        return {cited[0].provision}
    alone = [h for h in cited if supports(text, f"{h.note}\n{texts[h.key].text if h.key in texts else h.text}").holds]
    return {handle.provision for handle in alone or cited}


def _official(provision: str, desk: Desk) -> Held | None:
    """The official text held of a provision, from which alone a model's quotation is copied."""
    held = desk.held(provision)
    return held if held and held.edition.holding is Holding.OFFICIAL else None


def _citations(text: str, cited: list[Handle], desk: Desk) -> str:
    """Why a citation written in a claim is none of those it names; nothing where all are."""
    rest = text
    sources = " ".join(f"{handle.note} {handle.text}" for handle in cited)
    for mention in cite.find(text):
        rest = rest[: mention.start] + "·" * (mention.end - mention.start) + rest[mention.end :]
        if re.match(r"\s?\(\w", text[mention.end :]) and not re.match(r"\s\(\w{4,}", text[mention.end :]):
            return f"{mention.written}{text[mention.end : mention.end + 8]} names nothing that exists"
        if mention.lookalike:
            return f"{mention.written} is written with look-alike characters"
        if mention.written in sources:
            continue
        resolved = cite.resolve(mention, desk.corpus)
        if resolved.missing or not resolved.provisions:
            return f"{mention.written} names nothing that exists"
        stray = [p for p in resolved.provisions if not any(_covers(p, handle, desk) for handle in cited)]
        if stray and not (resolved.ambiguous and len(stray) < len(resolved.provisions)):
            return f"{mention.written} is not what it cites"
    if (other := _LOOKS_CITED.search(cite.clean(rest).text)) and other[0] not in sources:
        return "it cites something that cannot be resolved"
    if strange := {c for c in text if ord(c) > 127 and c.isalnum()} - set(sources):
        return f"it is written with {' '.join(sorted(strange))[:20]}, which what it cites is not"
    return ""


def _covers(provision: str, handle: Handle, desk: Desk) -> bool:
    """Whether a citation in a claim is of a handle: it, what it is part of, or what its own words cite."""
    if provision == handle.provision or law.is_part_of(handle.provision, provision):
        return True
    written = cite.find(f"{handle.note}\n{handle.text}", handle.provision)
    return any(
        provision == p or law.is_part_of(p, provision) for m in written for p in cite.resolve(m, desk.corpus).provisions
    )


def _quotations(text: str, texts: list[Held]) -> str:
    """Why words in quotation marks are not the law's; nothing where all are, as printed."""
    for match in _QUOTED.finditer(text):
        words = next(filter(None, match.groups()), "").strip().rstrip(",.;")
        if words and not any(cite.verify(words, held.text) or _term(words, held.text) for held in texts):
            return (
                "the words in quotation marks do not stand in the official text cited"
                if texts
                else "quotes a text that is not held"
            )
    if _STRAY.search(_QUOTED.sub(" ", text)):
        return "a quotation mark stands alone"
    if not _QUOTED.search(text) and (said := _SAYS.search(text)):
        words = text[said.end() :].strip().rstrip(".")
        if not any(cite.verify(words, held.text) for held in texts):
            return "what it gives as the law's own words is not"
    return ""


def _term(words: str, text: str) -> bool:
    return re.fullmatch(r"[\w-]+", words) is not None and re.search(rf"\b{re.escape(words)}\b", text) is not None


def _cited(quote: str | None, cited: list[Handle], texts: dict[str, Held]) -> list[Citation] | str:
    """The citations of a claim, the quotation copied from the record by code; or why it cannot be."""
    plain = [Citation(handle.provision) for handle in cited]
    if quote is None:
        return plain
    for number, handle in enumerate(cited):
        held = texts.get(handle.key)
        if held and (match := cite.verify(quote.strip().strip('“”"'), held.text)):
            copied = held.text[match.start : match.end]
            plain[number] = Citation(handle.provision, copied, match.start, match.end, held.edition.as_of.isoformat())
            return plain
    return "its quotation does not stand in the official text cited" if texts else "quotes a text that is not held"


def _upload(text: str, quote: str | None, cited: list[Handle], desk: Desk) -> Claim | Dropped:
    """An upload is never paraphrased by a model: whole sentences of it are quoted, labelled, or nothing is."""
    wanted = (quote or text).strip().strip('“”"')
    for handle in cited:
        held = desk.held(handle.provision)
        match = cite.verify(wanted, held.text) if held else None
        if held and match and wanted.rstrip(".") in {each.strip().rstrip(".") for each in sentences(held.text)}:
            copied = held.text[match.start : match.end]
            citation = Citation(handle.provision, copied, match.start, match.end, held.edition.as_of.isoformat())
            return Claim(f"{upload_label(held)} says: “{copied}”", Kind.NOTE, (citation,))
    return _dropped(text, "rests on an upload, which a model may only quote in whole sentences")


def upload_label(held: Held) -> str:
    """What stands before anything quoted from an upload."""
    return f"The upload {held.edition.instrument.removeprefix('upload ')} (not an official text)"
