"""What a sentence denies, allows and obliges, word by word, and where a claim turns that round."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from assistant.support.words import Word, stem

_DENIES = frozenset(("not", "no", "nor", "never", "none", "neither", "without", "cannot"))
_FORBIDS = frozenset(("prohibit", "prohibits", "forbid", "forbids", "bars", "bans", "preclude", "precludes"))
_FORBIDDEN = frozenset(("prohibited", "forbidden", "barred", "banned", "precluded"))
_IS = frozenset(("is", "are", "be", "was", "were", "been"))
_UNTIL = frozenset(("unless", "until", "except", "only", "without", "absent"))
_ALLOWS = frozenset(("may", "can", "could"))
_OBLIGES = frozenset(("shall", "must"))
_ALLOWED = re.compile(r"\b(?:is|are|be|was|were) (?:authorized|permitted|allowed|entitled|eligible|free|able) to\b|\bat (?:its|his|their|the \w+'s) discretion\b", re.I)  # fmt: skip
_OBLIGED = re.compile(r"\b(?:(?:is|are|be|was|were|being) (?:required|obliged|obligated|bound|directed) to|(?:has|have|had|needs?) to)\b", re.I)  # fmt: skip
_SPARED = re.compile(r"\b(?:(?:do|does|did|is|are|was|were|shall)(?: not|n't) (?:required|obliged|have|need|requires?)(?: to)?|need not|needn't)\b", re.I)  # fmt: skip
_NT = re.compile(r"n't\b", re.I)
_NEAR, _FAR = 2, 6
_ALMOST = 0.85
# Pairs of which a source says one and a claim that turns it round the other.
_PAIRS = """
approve:disapprove approve:deny grant:deny include:exclude includes:excludes permit:prohibit allow:forbid lawful:unlawful import:export increase:decrease
raise:lower above:below before:after maximum:minimum earliest:latest first:last earlier:later higher:lower accept:reject open:close enable:disable
legal:illegal public:private foreign:domestic classified:unclassified eligible:ineligible mandatory:optional mandatory:discretionary required:optional
joint:concurrent enter:withdraw seller:buyer lessor:lessee transferor:transferee donor:recipient enactment:disapproval in:out
impose:lift imposes:lifts begin:end prior:after written:oral temporary:permanent sole:joint retain:lose gain:lose always:never all:none
support:oppose promote:restrict encourage:discourage expand:limit affirm:deny major:minor direct:indirect voluntary:compulsory waive:enforce
"""
_TURNED = {
    stem(one): stem(other)
    for pair in _PAIRS.split()
    for one, other in (pair.split(":"), reversed(pair.split(":")))
    if stem(one) != stem(other)
}


@dataclass(slots=True, eq=False)
class Said:
    """For each stem of a text: whether it stands denied, and under what duty; `near` closest to the word that says so."""

    near_denied: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    duty: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stems: set[str] = field(default_factory=set)
    hedged: bool = False
    denials: int = 0
    only: bool = False


def read(text: str, found: list[Word]) -> Said:
    """Read a text already cleaned and masked."""
    text = _NT.sub(" not", text)
    said = Said()
    said.hedged = any(word.written.lower() in _UNTIL for word in found)
    said.only = any(word.written.lower() in {"only", "solely"} for word in found)
    contents = [word for word in found if word.content]
    said.stems = {word.stem for word in contents}
    denied: set[int] = set()
    for place, word in enumerate(found):
        written = word.written.lower()
        forbidden = written in _FORBIDDEN and place > 0 and found[place - 1].written.lower() in _IS
        if written in _DENIES or written in _FORBIDS or forbidden or written.endswith("n't"):
            said.denials += 1
            scope = _scope(found, place, back=forbidden)
            said.near_denied.update(each.stem for each in scope[:_NEAR])
            said.denied.update(each.stem for each in scope)
            denied.update(each.start for each in scope)
    said.plain = {word.stem for word in contents if word.start not in denied}
    _duties(text, found, denied, said)
    return said


def _scope(found: list[Word], place: int, *, back: bool) -> list[Word]:
    """The words that a denial reaches: to the end of its clause, past what stands between commas right behind it."""
    scope: list[Word] = []
    position = place + 1
    if position < len(found) and found[position].written.lower() in {"be", "later", "less", "more", "only", "fewer"}:
        if found[position].written.lower() != "be":
            return []
        position += 1
    if position < len(found) and found[position].written == ",":
        position += 1
        while position < len(found) and found[position].written not in ",.;":
            position += 1
        position += 1
    while position < len(found) and len(scope) < _FAR:
        word = found[position]
        if word.written in {".", ";", ":", ","} or word.written.lower() in _UNTIL | {"but", "if", "because"}:
            break
        if word.content:
            scope.append(word)
        position += 1
    if back:
        scope = [word for word in found[max(0, place - 5) : place] if word.content][::-1][:_NEAR] + scope
    return scope


def _duties(text: str, found: list[Word], denied: set[int], said: Said) -> None:
    spans = [(m.end(), "spared") for m in _SPARED.finditer(text)]
    spans += [(m.end(), "allowed") for m in _ALLOWED.finditer(text)]
    spans += [
        (m.end(), "obliged") for m in _OBLIGED.finditer(text) if not re.search(r"\bnot\s*$", text[: m.start() + 4])
    ]
    for place, word in enumerate(found):
        written = word.written.lower()
        if written in _ALLOWS and not (
            written == "may" and word.written == "May" and place and found[place - 1].written[0].isdigit()
        ):
            spans.append((word.start + len(written), "allowed"))
        elif written in _OBLIGES:
            spans.append((word.start + len(written), "obliged"))
    for end, duty in spans:
        behind = [word for word in found if word.start >= end]
        stop = next((n for n, word in enumerate(behind) if word.written in {".", ";"}), len(behind))
        verbs = [word for word in behind[:stop] if word.content and not word.written.lower().endswith("ly")][:1]
        for verb in verbs:
            if duty != "spared" and verb.start in denied:
                said.duty[verb.stem].add("forbidden")
            else:
                said.duty[verb.stem].add(duty)


def turned(claim: Said, source: Said) -> list[str]:
    """What a claim denies that its source says, says that its source denies, or changes between duty and permission."""
    found: list[str] = []
    for each in sorted(claim.near_denied):
        if each in source.stems and each not in source.denied and not (claim.hedged and source.only):
            found.append(f"denies what the source says of “{each}…”")
    for each in sorted(source.near_denied):
        if (
            each in claim.plain
            and each not in claim.denied
            and each not in source.plain
            and not (claim.only and source.hedged)
        ):
            found.append(f"says of “{each}…” what the source denies")
    if not found and claim.denials > source.denials and len(claim.stems & source.stems) >= _ALMOST * len(claim.stems):
        found.append("denies once more than the source")
    for each, duties in sorted(claim.duty.items()):
        theirs = source.duty.get(each, set())
        if not theirs:
            if "allowed" in duties and each in source.stems and any("obliged" in each for each in source.duty.values()):
                found.append(f"makes “{each}…” a choice")
            continue
        if claim.only and source.hedged and duties == {"allowed"} and theirs == {"forbidden"}:
            continue
        for duty in sorted(duties - theirs):
            if {duty, *theirs} <= {"forbidden", "spared"} and duty == "forbidden":
                found.append(f"forbids “{each}…”, which the source only does not require")
            elif duty != "spared" or "obliged" in theirs:
                found.append(f"“{each}…” is {duty} in the claim and {', '.join(sorted(theirs))} in the source")
    for word, other in _TURNED.items():
        if word in claim.stems and word not in source.stems and other in source.stems and other not in claim.stems:
            found.append(f"says “{word}” where the source says “{other}”")
    return found
