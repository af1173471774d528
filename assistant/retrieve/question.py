"""What a question says before anything is searched: citations, dates, countries, route, amounts."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant import cite, law
from assistant.corpus import Corpus
from assistant.law import Authority
from assistant.patterns import pattern
from assistant.rules import Rules

_PRESIDENTIAL = frozenset({Authority.EXECUTIVE_ORDER, Authority.PRESIDENTIAL_MEMORANDUM})
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<iso>\b(\d{{4}})-(\d\d)-(\d\d)\b)"
    rf"|(?P<dmy>\b(\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{_MONTH})\.?,? (\d{{4}})\b)"
    rf"|(?P<mdy>\b(?P<m2>{_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b)"
    rf"|(?P<my>\b(?P<m3>{_MONTH})\.? (\d{{4}})\b)"
    r"|(?P<y>\b(?:19|20)\d\d\b)",
    re.I,
)
_ASKS = re.compile(
    r"\b(as of|as at|on|in|during|dated|until|before|after|since|from|between|and|to|through|mid-?|early|late|by|around)\s+(?:the\s+)?$",
    re.I,
)
_OF_AN_INSTRUMENT = re.compile(
    r"['’s]* (?:(?:executive|presidential|CAT|arms|transfer|one and) )*"
    r"(?:orders?|memo\b|memorand\w+|directives?|polic(?:y|ies)|rules?|strategy|rewrite|versions?|acts?|laws?|amendments?|ones?|and \d{4} orders)\b",
    re.I,
)
_ORDER = re.compile(rf"\b(?P<month>{_MONTH})\.? (?P<year>\d{{4}}) (?:executive )?(?:orders?|one|EO)\b", re.I)
_ORDER_OF_YEAR = re.compile(
    r"\b(?:the|a|that|this) (\d{4}) (?:executive |presidential |arms |transfer )*(?:order|EO|rewrite|amendment)\b", re.I
)
_BEFORE = re.compile(r"\b(?:before|until|prior to)\s+(?:the\s+)?$", re.I)
_AND_AFTER = re.compile(r"\bbefore and after\b", re.I)
_NAMES_ONE = re.compile(r"\b(of|dated)\s+(?:the\s+)?$", re.I)
_MONEY = re.compile(r"(?:US)?\$ ?(\d[\d,]*(?:\.\d+)?)[ -]?(thousand|million|billion|bn|mn|[kmb])?\b", re.I)
_UNITS = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "": 1,
}


@dataclass(frozen=True, slots=True)
class Amount:
    """US dollars named in a question, and where."""

    usd: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read. `dates` are the days it asks about, in order; without any, the as-of day."""

    text: str
    dates: tuple[date, ...]
    dated: bool
    cited: tuple[str, ...]
    ambiguous: bool
    missing: tuple[cite.Resolution, ...]
    lookalike: bool
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    amounts: tuple[Amount, ...]

    @property
    def on(self) -> date:
        """The day that ranks and labels what is found: the last one asked about."""
        return self.dates[-1]

    def mentions(self, written: str) -> bool:
        """Whether the words stand in the question, in any case."""
        return pattern(written, re.I).search(self.text) is not None


def read_question(text: str, as_of: date, corpus: Corpus, rules: Rules) -> Asked:
    """Read a question; nothing is guessed: what cannot be resolved is in `missing`."""
    mentions = cite.find(text)
    cited: dict[str, None] = {}
    missing: list[cite.Resolution] = []
    ambiguous = False
    for mention in mentions:
        resolution = cite.resolve(mention, corpus)
        ambiguous |= resolution.ambiguous
        cited.update(dict.fromkeys(resolution.provisions))
        if resolution.missing:
            missing.append(resolution)
    cited.update(dict.fromkeys(_called(text, corpus)))
    cited.update(dict.fromkeys(_policies(text, corpus, rules, list(cited))))
    dates = _dates(text, [(mention.start, mention.end) for mention in mentions])
    return Asked(
        text=text,
        dates=dates or (as_of,),
        dated=bool(dates),
        cited=tuple(cited),
        ambiguous=ambiguous,
        missing=tuple(missing),
        lookalike=any(mention.lookalike for mention in mentions),
        countries=rules.find_countries(text),
        bodies=rules.find_bodies(text),
        amounts=tuple(find_amounts(text)),
    )


_POLICY = (
    r"(?:(?:CAT|conventional|arms|transfers?|presidential)[- ])*"
    r"(?:polic(?:y|ies)|memo(?:randum)?|directive|approach|administrations?|factors|criteria|considerations|objectives|list)"
)


def _called(text: str, corpus: Corpus) -> list[str]:
    """The presidential instruments that a question calls by a name of several words."""
    words = text.lower()
    years = [int(year) for year in _ORDER_OF_YEAR.findall(text)]
    signed = {(int(match["year"]), _MONTHS[match["month"].lower()]) for match in _ORDER.finditer(text)}
    orders = [
        instrument.id
        for year in years
        if len(of_year := [i for i in corpus.instruments.values() if _begins(i, year)]) == 1
        for instrument in of_year
    ]
    return orders + [
        instrument.id
        for instrument in corpus.instruments.values()
        if instrument.authority in _PRESIDENTIAL
        and (
            any(
                " " in name and pattern(rf"\b{re.escape(name.lower())}s?\b").search(words)
                for name in instrument.aliases
            )
            or (
                instrument.authority is Authority.EXECUTIVE_ORDER
                and instrument.periods
                and (instrument.periods[0].start.year, instrument.periods[0].start.month) in signed
            )
        )
    ]


def _begins(instrument: law.Instrument, year: int) -> bool:
    """Whether an instrument is an executive order that began in a year."""
    began = instrument.authority is Authority.EXECUTIVE_ORDER and instrument.periods
    return bool(began) and instrument.periods[0].start.year == year


def _policies(text: str, corpus: Corpus, rules: Rules, cited: list[str]) -> list[str]:
    """The arms transfer policies that a question names by administration or year, or all where it asks across them.

    Beside another presidential instrument a bare year is enough.
    """
    beside = any(
        corpus.instruments[i].authority in _PRESIDENTIAL
        for i in map(law.instrument_of, cited)
        if i in corpus.instruments
    )
    if not beside and not re.search(r"polic(?:y|ies)|memo\b|memorand|directive|administration", text, re.I):
        return []
    found: list[str] = []
    for policy in rules.policies:
        instrument = corpus.instruments.get(policy.instrument)
        if instrument is None:
            continue
        began = instrument.periods[0].start.year if instrument.periods else 0
        named = any(pattern(rf"\b{re.escape(name)}\b").search(text) for name in policy.names)
        dated = re.search(rf"\b{began}\b['’s]* {_POLICY}|\b{_POLICY} (?:of|in|from) {began}\b", text, re.I)
        if (
            named
            or dated
            or (beside and re.search(rf"(?<!, )(?<!\d )\b{began}\b(?!-\d| (?:executive )?orders?\b)", text))
        ):
            found.append(policy.instrument)
    return found


def asks_across_policies(asked: "Asked") -> bool:
    """Whether a question runs across administrations without naming which."""
    return asked.mentions(
        r"\b(?:which|what)\b(?: \w+){0,3} (?:polic(?:y|ies)|administrations?|presidents?)\b.*\b(?:first|made|addressed|treated|required|mention\w*|includ\w*|listed|named|used|set)\b|\bacross (?:the )?(?:polic|administration)|\beach (?:CAT )?policy\b|\bover time\b|\bhistory of\b"
    )


def find_amounts(text: str) -> list[Amount]:
    """Every amount of dollars, as whole dollars."""
    return [
        Amount(round(float(match[1].replace(",", "")) * _UNITS[(match[2] or "").lower()]), match.start(), match.end())
        for match in _MONEY.finditer(text)
        if match[1].replace(",", "").replace(".", "").isdigit()
    ]


def _dates(text: str, citations: list[tuple[int, int]]) -> tuple[date, ...]:
    """The days a question asks about; a date that only names an instrument is not one."""
    found: list[tuple[date, date]] = []
    between = re.search(r"\bbetween\b", text, re.I)
    for match in _DATE.finditer(text):
        before = text[: match.start()]
        if any(start <= match.start() < end for start, end in citations) or not _ASKS.search(before):
            continue
        if not match["iso"] and _OF_AN_INSTRUMENT.match(text[match.end() :]):
            continue
        if _NAMES_ONE.search(before) and re.search(r"\d\S* of\s+$|\bpolicy of\s+$", before, re.I):
            continue
        if (span := _span(match)) is not None:
            eve = span[0] - timedelta(days=1)
            found.append((eve, eve) if _BEFORE.search(before) and not (between or _AND_AFTER.search(text)) else span)
    if between and len(found) == 2:
        first, last = found[0][0], found[1][1]
        return (first + (last - first) // 2,)
    return tuple(dict.fromkeys(first + (last - first) // 2 for first, last in found))


def _span(match: re.Match[str]) -> tuple[date, date] | None:
    """The first and last day a written date covers; None for one that does not exist."""
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
            return day, day
        numbers = [int(number) for number in re.findall(r"\d+", match[0])]
        month = next((_MONTHS[name.lower()] for name in (match["m1"], match["m2"], match["m3"]) if name), 0)
        if match["dmy"] or match["mdy"]:
            day = date(numbers[-1], month, numbers[0])
            return day, day
        if match["my"]:
            return date(numbers[-1], month, 1), date(numbers[-1], month, monthrange(numbers[-1], month)[1])
        return date(numbers[-1], 1, 1), date(numbers[-1] + 1, 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def named_instruments(asked: Asked) -> tuple[str, ...]:
    """The instruments a question names, in order."""
    return tuple(dict.fromkeys(law.instrument_of(provision) for provision in asked.cited))
