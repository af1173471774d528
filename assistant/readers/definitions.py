"""Definitions in a text: the terms a clause defines, and how far each definition reaches.

`For purposes of this section, the term "value" means ...` reaches its section; below `As used in this chapter-` every
clause that opens with a term in quotation marks defines it for the chapter. A section called Definitions that says no
reach is taken for its whole part, chapter or order; any other definition for its own section.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.readers import Kind, Passage

_QUOTED = r"[“\"][^“”\"\n]{2,90}[”\"]"
_TERMS = rf"{_QUOTED}(?:(?:, | or | and |, or |, and | \(or ){_QUOTED}\)?)*"
_NAMED = r"(?:[Tt]he (?:following )?)?(?:[Tt]erms?|[Pp]hrases?|[Ww]ords?|[Ee]xpressions?) "
_VERB = (
    r"(?:means?|shall mean|has the|have the|shall have|includes?|shall include|does not|do not|refers? (?:to|only)|"
    r"embraces|(?:is|are) defined|shall be (?:deemed|considered|construed))\b"
)
_UNTIL = r"(?P<until>[^;:“”\"\n]{0,220}?)"
_THIS = (
    r"(?:this|the) (?P<word>section|subsection|paragraph|subparagraph|clause|subclause|part|subpart|chapter|subchapter|"
    r"title|subtitle|act|order|memorandum|directive|manual)\b(?: ?(?P<labels>(?:\([0-9A-Za-z]{1,4}\))+))?"
)
_REACH = re.compile(
    rf"\b(?:(?:for|in) (?:the )?purposes? of|as used in|when used in|(?:terms )?used in|(?:^|(?<=[\s—(])|(?<=[.;:]))in) {_THIS}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(rf"(?:{_NAMED})(?P<terms>{_TERMS})(?P<rest>{_UNTIL})(?:\b{_VERB}|—\s*$)")
_OPENING = re.compile(rf"^(?:{_NAMED})?(?P<terms>{_TERMS})(?P<rest>{_UNTIL})(?:\b{_VERB}|—\s*$)")
_AFTER_REACH = re.compile(rf"^[^“”\".;]{{0,60}}?,? (?P<terms>{_TERMS})(?P<rest>{_UNTIL})(?:\b{_VERB}|—\s*$)")
_INTRODUCES = re.compile(
    r"(?:\bterms?\W*$|\bdefin|\bfollowing (?:terms|meanings)\b|\bmeanings?\b|^\W*(?:as|when) used in this \w+\W*$"
    r"|^\W*(?:in|for (?:the )?purposes? of) this \w+(?:, the term)?\W*$)",
    re.IGNORECASE,
)
_UNQUOTED = re.compile(r"^(?P<term>[A-Z][^.,;:“”\"\n]{1,70}?),? (?:means|shall mean|has the meaning)\b")
_NO_TERM = re.compile(r"(?:as|are|is|the|this|these|it|such|any|when|if|for|in|§)\b|§|.*\bby$", re.IGNORECASE)
_NAMELESS = re.compile(r"^(?:[^.;“”\"]{0,160}?, )?means\b")
_DEFINES = re.compile(r"[“\"][^“”\"\n]{2,90}[”\"]|\bmeans\b")
_HEADED = re.compile(r"\bdefinitions?\b", re.IGNORECASE)
_LABEL = re.compile(r"\([0-9A-Za-z]{1,5}\)")
_DEPTHS = {"section": 0, "subsection": 1, "paragraph": 2, "subparagraph": 3, "clause": 4, "subclause": 5}
_LATER = tuple(f"({letter})" for letter in "bcdefghijklmnopqrstuvwxyz")
_WHOLE = frozenset({"order", "memorandum", "directive", "manual"})
_LONGEST_NAME = 8  # words: a longer heading names a subject, not a term


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, the clause that defines it, and its reach: the id of what it governs.

    Where the text says "this chapter" or the like, `reach` is the instrument and `word` the text's own word for the
    division; elsewhere `word` is empty.
    """

    provision: str
    term: str
    reach: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Reach:
    id: str
    word: str = ""


def read(instrument: str, text: str, passages: tuple[Passage, ...]) -> tuple[Definition, ...]:
    """The definitions of an instrument's text in printed order, each term of a clause once."""
    if not _DEFINES.search(text):
        return ()
    by_id = {passage.id: passage for passage in passages}
    found: dict[tuple[str, str], Definition] = {}
    for passage in passages:
        if passage.kind not in {Kind.PROVISION, Kind.FLUSH, Kind.ROW}:
            continue
        for definition in _of(passage, instrument, text, by_id):
            found.setdefault((definition.provision, definition.term.casefold()), definition)
    return tuple(found.values())


def _of(passage: Passage, instrument: str, text: str, by_id: dict[str, Passage]) -> Iterator[Definition]:
    own = text[passage.own_start : passage.own_end]
    above = tuple(_above(passage, by_id))
    introduced = next((a for a in above if _introduces(text[a.own_start : a.own_end])), None)
    for terms, place in _terms(own, introduced is not None):
        reach = _reach(own[:place], passage, instrument)
        if reach is None and introduced is not None:
            reach = _reach(text[introduced.own_start : introduced.own_end], introduced, instrument)
        if reach is None:
            reach = next((r for a in above if (r := _stated(text[a.own_start : a.own_end], a, instrument))), None)
        reach = reach or _default(passage, above, instrument)
        for term in terms:
            yield Definition(passage.id, term, reach.id, reach.word)
    if " CFR " in instrument and not re.search(r"[“\"]", own[:200]):
        lead = text[introduced.own_start : introduced.own_end] if introduced else ""
        yield from _unquoted(own, passage, above, instrument, lead)


def _above(passage: Passage, by_id: dict[str, Passage]) -> Iterator[Passage]:
    parent = passage.parent
    while parent is not None and (found := by_id.get(parent)) is not None:
        yield found
        parent = found.parent


def _introduces(own: str) -> bool:
    """Whether a clause's own words announce that the clauses below it define terms."""
    return bool(_INTRODUCES.search(own[-240:])) and (len(own) < 400 or own.rstrip().endswith((":", "—")))


def _terms(own: str, introduced: bool) -> Iterator[tuple[list[str], int]]:
    """Runs of terms defined in a clause's own words, with where each stands."""
    taken: list[tuple[int, int]] = []
    opening = _OPENING.match(own)
    if opening and (
        introduced or re.match(_NAMED, own) or re.match(r"\W*(?:means?|includes?)\b", own[opening.end("terms") :])
    ):
        taken.append(opening.span("terms"))
    taken += [match.span("terms") for match in _SENTENCE.finditer(own)]
    for reach in _REACH.finditer(own):
        if after := _AFTER_REACH.match(own[reach.end() :]):
            taken.append((reach.end() + after.start("terms"), reach.end() + after.end("terms")))
    for start, end in dict.fromkeys(taken):
        yield (
            [
                name
                for each in re.findall(_QUOTED, own[start:end])
                if (name := each.strip('“”" ,;.')) and "§" not in name
            ],
            start,
        )


def _unquoted(
    own: str, passage: Passage, above: tuple[Passage, ...], instrument: str, introduced: str
) -> Iterator[Definition]:
    """Terms that a regulation prints in italics: at the head of a clause, or as the heading of the whole section."""
    section = above[-1] if above else passage
    listed = bool(_HEADED.search(section.heading)) or introduced != ""
    term = ""
    if listed and (match := _UNQUOTED.match(own)):
        term = match["term"]
    elif listed and passage.heading and passage.parent == section.id:
        term = passage.heading
    elif not listed and len(above) <= 1 and not passage.id.endswith(_LATER) and _NAMELESS.match(own):
        term = section.heading
    term = re.sub(r" \([A-Z]{2,}\)$", "", term.strip(" .—"))
    if not term or len(term.split()) > _LONGEST_NAME or _NO_TERM.match(term):
        return
    reach = _reach(introduced or own[:200], passage, instrument) or _default(passage, above, instrument)
    if not listed and reach.id == section.id and not reach.word:
        reach = _Reach(instrument, "part")
    yield Definition(passage.id, term, reach.id, reach.word)


def _stated(own: str, passage: Passage, instrument: str) -> _Reach | None:
    return _reach(own, passage, instrument) if _INTRODUCES.search(own) else None


def _reach(before: str, passage: Passage, instrument: str) -> _Reach | None:
    """The reach that the words before a term state; the nearest one."""
    every = list(_REACH.finditer(before))
    if not every:
        return None
    stated = every[-1]
    word = stated["word"].lower()
    root = _section(passage.id, instrument)
    if stated["labels"]:
        return _Reach(root + stated["labels"])
    if word in _DEPTHS:
        if " CFR " in instrument and word != "section":
            return _Reach(passage.id.split(", ")[0])
        return _Reach(root + "".join(_LABEL.findall(passage.id[len(root) :])[: _DEPTHS[word]]))
    if word in _WHOLE and " USC " not in instrument:
        return _Reach(instrument)
    return _Reach(instrument, word)


def _default(passage: Passage, above: tuple[Passage, ...], instrument: str) -> _Reach:
    """The reach of a definition whose text states none."""
    section = _section(passage.id, instrument)
    head = above[-1] if above else passage
    if not instrument.startswith(("upload ", "SAMM")) and " USC " not in instrument and " CFR " not in instrument:
        return _Reach(instrument)
    if _HEADED.search(head.heading) and " USC " in instrument:
        return _Reach(instrument, "chapter")
    if _HEADED.search(head.heading) or instrument.startswith("SAMM"):
        return _Reach(instrument, "part" if " CFR " in instrument else "")
    return _Reach(section)


def _section(id: str, instrument: str) -> str:
    """The section that a clause is of: `22 USC 2776`, `22 CFR 126.1`, `EO 14268 sec. 3`; a chapter of the manual."""
    if instrument.startswith("SAMM"):
        return instrument
    return re.split(r"[(,\[]", id, maxsplit=1)[0].strip() or instrument
