"""Who certifies, held against the table of certifiers."""

import re
from collections.abc import Iterator, Sequence

from assistant import cite, law
from assistant.check.readings import UNSETTLED, Contradiction, Ground
from assistant.phrase import day
from assistant.rules import Certifier

_SECRETARY = r"(?:the )?(?:(?:U\.S\. )?Secretary of (?P<s{0}>War|Defense|State|Commerce|the Treasury)|(?:the )?(?P<d{0}>Department of Defense|Department of War|Department of State|State Department|Pentagon|Department of Commerce|DSCA|Defense Security Cooperation Agency)|(?P<b{0}>State|Defense|War|Commerce|DoD|DoW))"
_DOES = r"(?:certif(?:y|ies|ied)|notif(?:y|ies|ied)|transmits?|transmitted|submits?|submitted|makes?|made|signs?|signed|performs?|performed|exercises?|issues?|delivers?|sends?|is (?:responsible|the (?:certifying|notifying) official)|handles?|has the (?:duty|authority)|carries out|formally notif\w+)"
_SUBJECT = re.compile(
    _SECRETARY.format(1) + r"(?P<gap>,? (?:(?!Secretary|not\b|never\b)[\w,()-]+ ){0,8}?)(?:must |shall |will |now |may |also |alone |then |is to |has to |is required to |continues to )*" + _DOES + r"\b(?P<rest>[^.;]{0,120})"
)  # fmt: skip
_AGENT = re.compile(
    r"\b(?:certif\w+(?! (?:sales?|transfers?|exports?|cases?|items?)\b)|notif\w+|transmitted|submitted|made|signed|performed|exercised|delegat(?:ed|es?)|assign(?:ed|s)?|belongs?|falls?|rests?|g[ai]ves?|given|moves?|moved|hands?|vests?|entrusts?|transferred)\b[^.;]{0,70}?\b(?:by|to|with) " + _SECRETARY.format(2)
)  # fmt: skip
_OFFICE = re.compile(_SECRETARY.format(3))
_DONE = re.compile(r"\W*(?:it|this|that|the \w+) (?:has|was|had|is)\b", re.I)
_BY = re.compile(r"\bby " + _SECRETARY.format(4))
_WHO = re.compile(r"\b(?:who|whose|which (?:official|office|secretary|department|agency))\b[^?]{0,80}\b(?:certif|notif|transmit|submit|sign|send)\w*[^?]{0,60}\?[\W_]*(?:A\.?\W*)?$", re.I)  # fmt: skip
_ABOUT_CERTIFYING = re.compile(r"\bcertif\w+|\bnotif\w+|\btransmittal|\b36\([abcdf]\)", re.I)
_FUNCTION_WORDS = {
    "FMS": "36(b)(1)",
    "DCS": "36(c)",
    "manufacture abroad": "36(d)",
    "retransfer": "3(d)",
    "lease": "62(a)",
}


def officials_against(
    ground: Ground, said: str, cited: list[str], routes: list[str], contexts: Sequence[str] = ()
) -> Iterator[Contradiction]:
    """Somebody said to certify who does not; `contexts` may hold the question that the sentence answers."""
    asked = any(_WHO.search(context.strip()) for context in contexts)
    done = bool(contexts) and _DONE.match(said) and _ABOUT_CERTIFYING.search(contexts[0][-160:])
    given = any(c.function == "3(d)" and c.provision in cited for c in ground.rules.certifiers)
    consents = ("retransfer" in routes or given) and re.search(r"\bconsent\w*", said, re.I)
    if (
        not (asked or done or consents or _ABOUT_CERTIFYING.search(said))
        or UNSETTLED.search(said)
        or re.search(
            r"\b(?:previously|had|earlier|old rule|no longer|printed|outranks?|out of date|later (?:order|instrument)|still (?:shows?|gives?|prints?|says?|names?|has|have|lists?))\b",
            said,
            re.I,
        )
    ):
        return
    row = certifier_of(ground, said, cited, routes)
    if row is None:
        return
    for match, group in (
        (_SUBJECT.search(said), 1),
        (_AGENT.search(said), 2),
        (asked and _OFFICE.search(said), 3),
        (done and _BY.search(said), 4),
    ):
        if not match:
            continue
        name = next(f"{kind}{group}" for kind in "sdb" if match[f"{kind}{group}"])
        office, end = match[name], match.end(name)
        begin = match.start(name) - (len("Secretary of ") if name.startswith("s") else 0)
        before = said[max(0, begin - 30) : begin]
        if group == 1 and re.search(
            r"\b(?:with|to|from|notif(?:y|ies|ied|ying)|inform\w*|tell\w*|consult\w*|(?:concurrence|consent|approval) of|after|and|or)\s+(?:the )?$",
            before,
            re.I,
        ):
            continue
        if group == 2 and re.search(r"\bconsult\w*|\bconcurrence|\bnotifying|\bcoordinat\w*", match[0], re.I):
            continue
        if re.search(r"\bnot\b[^.;]{0,12}$", before, re.I):
            continue
        if office_of(office) == office_of(row.official):
            return
        manner = f", {row.manner}" if row.manner else ""
        yield Contradiction(
            begin, end,
            f"On {day(ground.on)} the function under {row.function} belongs to the {row.official}{manner} ({cite.display(row.provision, ground.corpus)}).",
            row.provision, f"the {row.official}",
        )  # fmt: skip
        return


def certifier_of(ground: Ground, said: str, cited: list[str], routes: list[str]) -> Certifier | None:
    """Who performs the function that a sentence speaks of; None where it speaks of none, or of several."""
    if re.search(r"\bpublish\w*|\bpublication\b|\bFederal Register\b", said, re.I) and "36(b)" in said:
        return ground.rules.certifier("36(f)(1)", ground.on)
    named = re.findall(r"\b36\((?:a|b\)\(1|c|d|f\)\(1)\)|\b3\(d\)|\b62\(a\)", said)
    functions = [f for f in dict.fromkeys(named) if ground.rules.certifier(f, ground.on)]
    if not functions and not routes:
        given = [c.function for c in ground.rules.certifiers if c.provision in cited]
        functions = list(dict.fromkeys(given))
    if not functions and "36(b)" in said:
        functions = ["36(b)(1)"]
    if not functions:
        functions = [_FUNCTION_WORDS[r] for r in routes if r in _FUNCTION_WORDS]
    if not functions and any(law.instrument_of(p).startswith("22 USC 2776") for p in cited):
        functions = ["36(b)(1)"]
    if len(functions) == 1 and functions[0] == "36(b)(1)" and re.search(r"\bemergenc", _ASIDE.sub(" ", said), re.I):
        functions = ["36(b)(1) emergency"]
    rows = [row for f in functions if (row := ground.rules.certifier(f, ground.on))]
    if len({office_of(r.official) for r in rows}) == 1:
        return rows[0]
    return None


_ASIDE = re.compile(
    r"\bemergenc\w+(?: \w+)? (?:aside|apart|excepted|excluded)\b|\b(?:except(?:ing)?|but not|other than|save|apart from|outside|non-?)\s?(?:for |in |of )?(?:an |the )?emergenc\w+",
    re.I,
)


def offices_in(said: str) -> set[str]:
    """The offices that a sentence names."""
    found = set()
    for match in _OFFICE.finditer(said):
        name = next((match[f"{kind}3"] for kind in "sdb" if match[f"{kind}3"]), None)
        if name:
            found.add(office_of(name))
    return found


_SALES = re.compile(r"\b(?:government sales?|foreign military sales?|FMS|letters? of offer|LOAs?)\b", re.I)


def function_of(said: str, function: str) -> bool:
    """Whether a sentence speaks of a function, by its clause or, for government sales, in words."""
    return function in said or (function.startswith("36(b)(1)") and bool(_SALES.search(said) or "36(b)" in said))


def office_of(name: str) -> str:
    """An office by one name, whatever the department is called."""
    lowered = name.lower()
    if re.search(r"war|defense|dod|dow|pentagon|dsca", lowered):
        return "defense"
    return "state" if "state" in lowered else lowered
