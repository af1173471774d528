"""The designators of clauses, `(a)(1)(A)(i)(I)`: their styles, their order, and lists of them as lawyers print them."""

import re

_ROMAN = re.compile(r"(?=.)(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ITEM = r"(?:\([0-9A-Za-z]{1,6}\))+"
_LISTED = re.compile(rf"{_ITEM}(?:\s*(?:, and|,|and|to|[-\u2013])\s*{_ITEM})*")
_LONGEST_RANGE = 60


def styles(designator: str) -> dict[str, int]:
    """The styles a designator can be of, `1 a A i I`, each with its place in that style's order."""
    if designator.isascii() and designator.isdigit():
        return {"1": int(designator)}
    lower = designator.lower()
    if not (lower.isascii() and lower.isalpha() and designator in (lower, designator.upper())):
        return {}
    found = {}
    if len(set(lower)) == 1:
        found["a"] = (len(lower) - 1) * 26 + ord(lower[0]) - ord("a") + 1
    if _ROMAN.fullmatch(lower):
        values = [_VALUES[letter] for letter in lower]
        found["i"] = sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))
    return found if designator == lower else {style.upper(): place for style, place in found.items()}


def style(designator: str, above: str) -> str:
    """The style of a designator below one of style `above` (empty at the top); empty where it has none."""
    found = styles(designator)
    if len(found) < 2:
        return next(iter(found), "")
    roman = len(designator) > 1 or above in ("A", "i", "a")
    return next(s for s in found if (s.lower() == "i") is roman)


def spell(style: str, place: int) -> str:
    """The designator at a place in a style's order: `spell("i", 4)` is `iv`."""
    if style == "1":
        return str(place)
    if style.lower() == "a":
        letters = chr(ord("a") + (place - 1) % 26) * ((place - 1) // 26 + 1)
    else:
        letters = ""
        for value, numeral in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            letters, place = letters + numeral * (place // value), place % value
    return letters.upper() if style.isupper() else letters


def read_list(words: str, above: str = "") -> list[str]:
    """The clauses a printed list opens with: `(b)(1), (5)(C), (7) to (9)` names (b)(1), (b)(5)(C), (b)(7) to (b)(9)."""
    match = _LISTED.match(words)
    if not match:
        return []
    found: list[str] = []
    before: list[str] = []
    for part in re.finditer(rf"(\bto\b|[-\u2013])?\s*({_ITEM})", match[0]):
        item = re.findall(r"\(([^)]+)\)", part[2])
        path = _place(before, item, above)
        if part[1] and len(path) == len(before) and path[:-1] == before[:-1]:
            found += [_printed([*path[:-1], between]) for between in _between(before, path, above)]
        found.append(_printed(path))
        before = path
    return found


def _printed(path: list[str]) -> str:
    return "".join(f"({designator})" for designator in path)


def _path_styles(path: list[str], above: str) -> list[str]:
    found: list[str] = []
    for designator in path:
        found.append(style(designator, found[-1] if found else above))
    return found


def _place(before: list[str], item: list[str], above: str) -> list[str]:
    """Where a list's next item stands: beside the deepest clause just named that it can follow."""
    for level, beside in reversed(list(enumerate(_path_styles(before, above)))):
        place = styles(item[0]).get(beside)
        if place and place > styles(before[level])[beside]:
            return before[:level] + item
    return item


def _between(first: list[str], last: list[str], above: str) -> list[str]:
    of = _path_styles(first, above)[-1]
    start, end = styles(first[-1]).get(of, 0), styles(last[-1]).get(of, 0)
    return [spell(of, place) for place in range(start + 1, end)] if 0 < end - start <= _LONGEST_RANGE else []
