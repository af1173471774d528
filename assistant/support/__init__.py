"""Whether a source carries a claim: figures, dates, names, duties and denials first, then the words themselves."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant import cite
from assistant.cite import Verdict
from assistant.support import binding, polarity
from assistant.support.figures import Figure, figures
from assistant.support.names import Name, names
from assistant.support.words import Word, content, masked, sentences_of, stem, words

__all__ = ["Read", "Support", "read", "supports"]

_CARRIED = 0.88
_PARTLY = 0.5
_LONGEST = 60_000
_MOST_NEW = 0.6
_PART = re.compile(r"[;:,]\s+(?:and|or|but|which|who|unless|except|so|because|while)\b|[;:]\s|(?<=[a-z])\.\s")


@dataclass(frozen=True, slots=True)
class Support:
    """What holding a claim against a source found; `score` is the share of its words that the source has, 0 to 1."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the claim may be said of the source."""
        return self.verdict in {Verdict.EXACT, Verdict.NOTE}


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A text read once for everything that is compared."""

    text: str
    words: tuple[Word, ...]
    content: tuple[Word, ...]
    figures: tuple[Figure, ...]
    names: tuple[Name, ...]
    said: polarity.Said

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its words that carry meaning."""
        return frozenset(word.stem for word in self.words if not word.mark)


@lru_cache(maxsize=512)
def read(text: str) -> Read:
    """Read a text; what lies past sixty thousand characters is left out."""
    plain = masked(text[:_LONGEST])
    found, numbers = words(plain), figures(plain)
    meant = [w for w in content(found) if not any(f.start <= w.start < f.end for f in numbers)]
    said = polarity.read(plain, found)
    return Read(plain, tuple(found), tuple(meant), tuple(numbers), tuple(names(plain)), said)


def supports(claim: str, source: str) -> Support:
    """Hold a claim against the source it cites.

    Exact where the claim's words stand in the source; note where it is carried in other words; contradicted where the
    source has another figure, actor, duty or denial; unsupported where it has none of it; partly between.
    """
    said, held = read(claim), read(source)
    if cite.verify(claim.strip().rstrip("."), source) and not _turned(said, held):
        return Support(Verdict.EXACT, 1.0)
    if not said.content:
        return Support(Verdict.UNSUPPORTED, 0.0, ("says nothing that can be checked",))
    against: list[str] = []
    missing: list[str] = []
    _figures(said, held, against, missing)
    _names(said, held, against, missing)
    against += _turned(said, held)
    against += binding.swapped(said, held)
    score, novel = coverage(said, held)
    partly = [*_added(said, held), *binding.reordered(said, held), *binding.turned_round(said, held)]
    if against:
        return Support(Verdict.CONTRADICTED, score, tuple(against))
    if missing:
        return Support(Verdict.UNSUPPORTED, score, tuple(missing))
    if score >= _CARRIED and not partly:
        return Support(Verdict.NOTE, score)
    reasons = (*partly, *((f"not in the source: {', '.join(novel[:6])}",) if novel else ()))
    return Support(Verdict.PARTLY if score >= _PARTLY else Verdict.UNSUPPORTED, score, reasons)


def coverage(said: Read, held: Read) -> tuple[float, tuple[str, ...]]:
    """The share of a claim's words that its source has, and the words it has not."""
    stems = held.stems | (
        {stem("required")} if held.said.duty and "obliged" in set().union(*held.said.duty.values()) else set()
    )
    meant = {word.stem for word in said.content}
    novel = tuple(dict.fromkeys(word.written for word in said.content if word.stem not in stems))
    return (len(meant & stems) / len(meant) if meant else 1.0), novel


def _added(said: Read, held: Read) -> list[str]:
    """The parts of a claim that the source does not have, however small beside the rest."""
    stems = held.stems
    found: list[str] = []
    for part in _PART.split(said.text):
        meant = {word.stem for word in content(words(part))}
        if meant and len(meant - stems) >= _MOST_NEW * len(meant):
            found.append(f"the source does not say “{part.strip(' .')[:80]}”")
    found += [
        f"{name.written} is not in the source"
        for name in said.names
        if name.first
        and len(name.words) == 1
        and words(name.written)
        and not {w.stem for w in content(words(name.written))} <= stems
    ]
    found += [f"denies “{each}…”, of which the source says nothing" for each in sorted(said.said.near_denied - stems)]
    return found


def _figures(said: Read, held: Read, against: list[str], missing: list[str]) -> None:
    for figure in said.figures:
        written = said.text[figure.start : figure.end].strip()
        same = [other for other in held.figures if figure.agrees(other)]
        if not same:
            kin = [other for other in held.figures if other.kind == figure.kind and figure.kind != "plain"]
            (against if kin else missing).append(
                f"{written} is not in the source"
                + (f", which has {held.text[kin[0].start : kin[0].end].strip()}" if kin else "")
            )
            continue
        if figure.how and all(other.how and other.how != figure.how for other in same):
            against.append(f"{written}: the source counts {same[0].how} {same[0].kind}s")
        if figure.bound and all(other.bound and other.bound[0] != figure.bound[0] for other in same):
            against.append(f"{written} is a bound the other way in the source")
        elif (
            figure.bound
            and figure.kind != "date"
            and all(other.bound and other.bound != figure.bound for other in same)
        ):
            against.append(f"whether {written} itself is within the bound differs from the source")


def _names(said: Read, held: Read, against: list[str], missing: list[str]) -> None:
    stems, lower = held.stems, held.text.lower()
    known = {word for name in held.names for word in name.words} | set(re.findall(r"[a-z0-9&-]+", lower))
    for name in said.names:
        unknown = [
            word
            for word in name.words
            if word not in known and f"{word}s" not in known and word.rstrip("s") not in known
        ]
        if name.first and len(name.words) == 1 and (not name.official):
            unknown = [word for word in unknown if words(word) and words(word)[0].stem not in stems]
        if not unknown:
            if name.head and len(name.words) > 1 and not _titled(name, held):
                against.append(f"{name.written} is not the one the source names")
            continue
        rival = next(
            (other for other in held.names if other.head and other.head == name.head and other.words != name.words),
            None,
        )
        if rival is None and name.official:
            rival = next((other for other in held.names if other.official), None)
        if name.first and len(name.words) == 1 and not name.official:
            continue
        (against if rival else missing).append(
            f"{name.written} is not in the source" + (f", which names {rival.written}" if rival else "")
        )


def _titled(name: Name, held: Read) -> bool:
    """Whether the source has every word of an office's name together, in any order."""
    return any(set(name.words) <= set(other.words) for other in held.names) or " ".join(
        name.words[-2:]
    ) in held.text.lower().replace(" of ", " ").replace(" the ", " ")


def _turned(said: Read, held: Read) -> list[str]:
    """What each sentence of a claim turns round, against the two sentences of the source that are nearest to it."""
    found: list[str] = []
    parts = [read(each) for each in sentences_of(held.text)] or [held]
    for sentence in sentences_of(said.text):
        mine = read(sentence)
        stems = {word.stem for word in mine.content}
        near = sorted(parts, key=lambda part: -len(stems & part.stems))[:2]
        best = len(stems & near[0].stems)
        sources = [part for part in near if len(stems & part.stems) >= max(1, 0.9 * best)]
        verdicts = [polarity.turned(mine.said, part.said) for part in sources]
        if verdicts and all(verdicts):
            found += verdicts[0]
    return found
