"""Figures in a text: amounts, lengths of time, dates and plain numbers, in digits or in words."""

import re
from dataclasses import dataclass

_ONE_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ONES = _ONE_WORDS.split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELT = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9, "mn": 10**6, "k": 10**3, "m": 10**6, "b": 10**9, "mil": 10**6}  # fmt: skip
_WORD = "|".join([*_SPELT, "hundred", "thousand", "million", "billion"])
_NUMBER = re.compile(
    rf"(?P<dollar>(?:US|USD)? ?\$ ?|\bUSD ?)?(?<![\w.])(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|mil|bn|mn|[kmb])\b)?"
    rf"|\b(?P<spelt>(?:{_WORD})(?:(?:[ -]+(?:and )?)(?:{_WORD}))*)\b",
    re.I,
)
_UNIT = re.compile(
    r"\s*(?:\(\s*\$?\d[\d,]*\s*\)|\(s\))?[ -]*(?P<how>(?:calendar|business|working|legislative|session|consecutive|fiscal)[ -])?"
    r"(?P<unit>days?|weeks?|months?|years?|hours?|minutes?|percent|per cent|%|dollars?)(?!\w)",
    re.I,
)
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: n for n, name in enumerate(_SHORT_MONTHS.split(), 1)}  # fmt: skip
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b(?P<y1>\d{{4}})-(?P<n1>\d\d)-(?P<d1>\d\d)\b|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m2>{_MONTH}),? (?P<y2>\d{{4}})\b"
    rf"|\b(?P<m3>{_MONTH}) (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y3>\d{{4}}))?\b(?!\.\d)|\b(?P<m4>{_MONTH}),? (?P<y4>\d{{4}})\b|\b(?P<d5>\d{{1,2}})(?:st|nd|rd|th)? (?P<m5>{_MONTH})(?!\w)"
    r"|(?<![\d$,.])\b(?P<y6>1[6-9]\d\d|20\d\d)\b(?![\d,.]\d|\s?(?:percent|%|dollars))",
    re.I,
)
_BOUNDS = (
    (">=", r"(?:at least|not less than|no less than|no fewer than|a minimum of|minimum of|not be less than)\W*(?:\w+ ){0,3}$", r"^\W*(?:\w+ ){0,3}?(?:or more|or greater|or over|or above|and above|and over|at minimum)\b"),
    ("<=", r"(?:at most|not more than|no more than|up to|a maximum of|maximum of|(?:not|\w+n't) exceed(?:ing)?|within|no later than|not later than|not be more than|no greater than)\W*(?:\w+ ){0,3}$", r"^\W*(?:\w+ ){0,3}?(?:or less|or fewer|or below|or under|and below|at most)\b"),
    (">", r"(?:more than|greater than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards? of)\W*(?:\w+ ){0,2}$", r"(?!)"),
    ("<", r"(?:less than|fewer than|under|below|lower than)\W*(?:\w+ ){0,2}$", r"(?!)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: what of (money, a unit of time, percent, date or plain), the bound set by it, and where it stands."""

    value: tuple[float, ...]
    kind: str
    how: str
    bound: str
    start: int
    end: int

    def agrees(self, other: "Figure") -> bool:
        """Whether another figure says the same; a plain number may be any kind, a part of a date its whole."""
        if self.kind == "date" and other.kind == "date":
            return all(mine in (0, theirs) for mine, theirs in zip(self.value, other.value, strict=True))
        if self.kind == "date" or other.kind == "date":
            plain, day = (self, other) if other.kind == "date" else (other, self)
            return plain.kind == "plain" and plain.value[0] in day.value
        same = abs(self.value[0] - other.value[0]) < 1e-9 * max(1.0, abs(self.value[0]))
        return same and (self.kind == other.kind or "plain" in (self.kind, other.kind))


def figures(text: str) -> list[Figure]:
    """Every figure of a text already cleaned and masked, in order."""
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []
    for match in _DATE.finditer(text):
        parts = match.groupdict()
        year = next((int(parts[k]) for k in ("y1", "y2", "y3", "y4", "y6") if parts[k]), 0)
        name = next((parts[k] for k in ("m2", "m3", "m4", "m5") if parts[k]), "")
        month = int(parts["n1"] or 0) or _MONTHS.get(name[:3].lower(), 0)
        if name[:3] in {"may", "mar"}:
            continue
        day = next((int(parts[k]) for k in ("d1", "d2", "d3", "d5") if parts[k]), 0)
        found.append(Figure((year, month, day), "date", "", "", match.start(), match.end()))
        taken.append(match.span())
    for match in _NUMBER.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken) and (
            one := _figure(match, text)
        ):
            found.append(one)
    return sorted(found, key=lambda each: each.start)


def _figure(match: re.Match[str], text: str) -> Figure | None:
    end = match.end()
    unit = _UNIT.match(text, end)
    kind = (unit["unit"].lower().rstrip("s") if unit else "").replace("%", "percent").replace("per cent", "percent")
    if match["spelt"]:
        value = float(_spelt(match["spelt"]))
        if not unit and match["spelt"].lower() in {"one", "zero"}:
            return None
    else:
        digits = match["digits"].replace(",", "")
        scale = (match["scale"] or "").lower()
        if len(scale) == 1 and not match["dollar"]:
            scale = ""
        value = float(digits) * _SCALES.get(scale, 1)
    kind = "money" if match["dollar"] or kind == "dollar" else kind or "plain"
    stop = unit.end() if unit and kind != "plain" else end
    how = (unit["how"] or "").strip(" -").lower() if unit else ""
    return Figure((value,), kind, how, _bound(text, match.start(), stop), match.start(), stop)


def _bound(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 48) : start].lower(), text[end : end + 40].lower()
    if re.search(r"\b(?:not|no) later than\W*(?:\w+ ){0,2}$", before) and re.match(r"\W*before\b", after):
        return ">="
    if re.search(r"\bafter (?:the )?$", before):
        return ">"
    for name, ahead, behind in _BOUNDS:
        if re.search(rf"\b{ahead}", before) or re.search(behind, after):
            return name
    return ""


def _spelt(written: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", written.lower()):
        if word in _SPELT:
            current += _SPELT[word]
        elif word == "hundred":
            current = max(1, current) * 100
        elif word in _SCALES:
            total += max(1, current) * _SCALES[word]
            current = 0
    return total + current
