"""What a sentence speaks of: the route, the group, the measure, and which of its amounts are given as the rule."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant import law
from assistant.check.figures import Amount, figures_of
from assistant.check.sources import Sources
from assistant.corpus import Corpus
from assistant.rules import BODIES, EVERYONE, GROUP, OTHERS, Clock, Rules, Threshold

_ROUTES = {
    "retransfer": r"re-?transfers?\b|\bthird[- ](?:party|country) transfers?|\bTPTs?\b|\bchange of end[- ]?use",
    "lease": r"\bleas(?:e|es|ed|ing)\b",
    "manufacture abroad": r"\bmanufactur\w+ (?:licen[sc]e|abroad|agreement)|\btechnical assistance agreement|\bMLAs?\b|\bTAAs?\b",
    "DCS": r"\bdirect commercial|\bDCS\b|\bcommercial(?:ly)? (?:export|sale|sold|licen)|\bexport licen[sc]e|\blicen[sc]es? (?:to|for(?: the)?) export|\blicen[sc]ed export|\bDSP-5",
    "FMS": r"\bforeign military sales?\b|\bFMS\b|\bletters? of offer|\bLOAs?\b|\bgovernment(?:-to-government)? sales?\b",
}
_MEASURES = {
    "construction": r"\b(?:design and )?construction\b",
    "firearms": r"\bfirearms?\b|\bcategory I\b",
    "mde": r"(?<!other than )\bmajor defen[sc]e equipment\b|(?<!other than )(?<!non-)\bMDE\b",
    "total": r"\bdefen[sc]e (?:articles?|services?)(?:,? (?:and|or) (?:defen[sc]e )?(?:articles?|services?))?|\barticles? ?(?:and|or|/|&) ?services?|\btotal\b|\bnon-MDE\b|\bother than MDE\b|\boverall\b",
}
OTHER_COUNTRIES = re.compile(
    r"\b(?:all other|any other|other|most|remaining|non-NATO|rest of)(?: [\w-]+){0,3}? (?:countries|country|recipients?|states|nations|partners|purchasers?|customers?|buyers?|allies|world)\b|\ball others?\b|\bnon-NATO\b(?! all)"
    r"|\b(?:outside|not (?:in|within|part of|a member of)|beyond|non-?members? of) (?:of )?(?:the |an? )?NATO[\w+ -]*|\bnot (?:in|within|among|one of|part of) (?:the |any |either )?(?:of )?(?:the )?(?:group|five|list|favou?red|special)\w*|\b(?:outside|beyond) the (?:favou?red |higher |special )?(?:group|five|list)\b|\b(?:in|among) none of the\b|\bnot a (?:NATO )?member\b|\b(?:everyone|everybody) else\b|\bmajor non-NATO all\w+|\bMNNAs?\b|\bnon-(?:allied|group|member)\b",
    re.I,
)
_GROUP = re.compile(r"\bNATO[- ]?(?:\+|plus)[- ]?(?:5|five)|\bNATO (?:member|all|countr|nation|state|partner|government)\w*|\bfavou?red (?:group|countries)\b|\bmembers? of (?:NATO|the North Atlantic)|\bNATO,? (?:and|or|plus|members?)?[ ,]*(?:Japan|Australia|Korea|Israel|New Zealand)|\bNATO(?: itself)?,(?: and)? its members\b|\bfive (?:named |other |listed )*(?:partners|allies|countries|others)\b", re.I)  # fmt: skip
_RULE_AFTER = re.compile(
    r"^(?:(?!\b(?:under|below|beneath|short of|above|over|within)\b)[^$:]){0,30}?\b(?:thresholds?|or more|or above|or greater|and above|or higher|and up|triggers?|ceiling|floor|or over|level)\b|^ amounts? (?:\w+ ){0,3}?appl(?:y|ies|ied)\b",
    re.I,
)
_RULE_BEFORE = re.compile(
    r"(?:thresholds?\b[^$.;]{0,70}|\b(?:amounts?|figures?|limits?|levels?|triggers?|floors?|cut-?offs?|bar|line|minimum)\b[^$.;]{0,70}?\b(?:is|are|stands? at|stays? at|remains?|of|at)\b[^$.;]{0,30}|\b(?:kicks? in|starts?|begins?|bites?|applies|certified|notified|goes? to (?:Congress|the Hill)|required)(?: only)? (?:at|from)\b|\b(?:go(?:es)?|sits?|stands?|bites?)(?: up)?(?: to Congress)? at\b|\b(?:commissions?|contributions?|fees|payments?|gifts?|values?|cases|sales) (?:of|worth) (?:less|fewer|lower|no more) than\b|\b(?:certify|notify|report|certification|notification) (?:only )?(?:at|from)\b|\b(?:once|until|unless|only (?:if|when|where)|if|when) (?:it|they|the \w+|its value|their value) (?:passes|exceeds|reaches|tops|crosses|goes over|is over|is above)|\b(?:line|bar|threshold) is (?:drawn|set|put|fixed) at\b|\bat or above|\bat or over|\bat least|\bnot less than|\bno less than|\bup to|\b(?:no|not) more than|\bat most|\ba (?:maximum|ceiling|cap) of|\b(?:limited|capped|held) (?:to|at)|\bequal to or (?:more|greater) than|\bmeets? or exceeds?|\bmeeting or exceeding|\breach(?:es|ing)? or exceed\w*"
    r"|\b(?:any|all|every|an?|no) [^$.;]{0,80}\b(?:exceeding|over|above|in excess of|of more than|valued at more than|worth more than)|\b(?:sales|transfers|exports|licenses|leases|equipment|services|MDE) (?:exceeding|over|above|in excess of|of|valued at|worth)"
    r"|\b(?:raised?|raises|increased?|lowered|changed?|set)s?\b[^$.;]{0,60} (?:to|at))[^$.;]{0,12}$",
    re.I,
)
FACT = re.compile(
    r"\b(?:(?<!thresholds )(?<!threshold )valued|worth|estimated|priced|value of|value is|values? the|totall?ing|totals?|cost(?:s|ing)?|price|contract|package|at (?=\$))\b[^$.;]{0,25}$",
    re.I,
)
_PARTED = re.compile(r"[,;]|\b(?:and|or|but|while)\b")
_MORE = re.compile(r"\bor (?:more|above|greater|higher|over)\b", re.I)
_CHAIN_BREAK = re.compile(
    r"\b(?:valued|worth|is below|falls|estimated|package|because|since|but the|while the|therefore|so the)\b", re.I
)
UNSETTLED = re.compile(
    r"\b(?:would (?:have )?(?:rais|increas|lift|lower|chang|doubl|adjust|amend|set)\w*|propos(?:al|als|ed|es|ing)\b(?: \w+){0,4} (?:threshold|amount|increase|rais\w+|higher|chang\w+|bill|legislation)\w*"
    r"|bills?|(?:pending|draft) legislation|if enacted|had been|formerly|originally|used to|until\b(?! (?:at least |the |a )?[\w-]+(?: \(\d+\))? (?:calendar |business |working )?days?\b)|before \d{4}|in the 19\d0s|19[678]\d)\b",
    re.I,
)
CLOCK = re.compile(
    r"\blicen[sc]es? (?:can|may|could|will|shall)(?: not)? (?:be )?issued?\b|\b(?:review|clock|wait\w*|notif\w+|certif\w+|joint resolution|congress\w*|statutory period|elaps\w+|lie before)\b",
    re.I,
)
NOT_CLOCK = re.compile(
    r"\b(?:quarter\w*|deliver\w*|shipment|pre-?shipment|upgrad\w*|enhance\w*|report (?:is|be|must|shall)|reports? within|tiered|informal|staff|pre-?consult\w*|publish\w*|publication|Federal Register|assign|sunset|years?|advance notice|prenotification|pre-notification|DSCA|implementing agency|interagency)\b",
    re.I,
)
NEGATED = re.compile(
    r"\b(?:not|never|no|neither|nor|rather than|instead of|irrespective of|regardless of|without regard to|cannot|isn't|doesn't)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Words of a sentence (offsets into it) that a table's row or a clause's own figure contradicts."""

    start: int
    end: int
    detail: str
    provision: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What sentences are held against: the tables, the catalogue, what is held of its clauses, and the day."""

    rules: Rules
    corpus: Corpus
    sources: Sources
    on: date


_GROUP_WORDS = {GROUP: "NATO members, Japan, Australia, Korea, Israel and New Zealand", BODIES: "NATO's own bodies", OTHERS: "other countries", EVERYONE: "every recipient"}  # fmt: skip
_MEASURE_WORDS = {
    "mde": "major defense equipment", "total": "all defense articles and services", "construction": "design and construction services",
    "firearms": "Category I firearms",
}  # fmt: skip


def group_words(group: str) -> str:
    """A group of the tables in words."""
    return _GROUP_WORDS.get(group, group.replace("-", " "))


def measure_words(measure: str) -> str:
    """A measure of the tables in words."""
    return _MEASURE_WORDS.get(measure, measure.replace("_", " "))


def routes_of(ground: Ground, said: str, cited: list[str]) -> list[str]:
    rows: list[Threshold | Clock] = [*ground.rules.thresholds, *ground.rules.clocks]
    named = [r.route for r in rows if any(related(r.provision, p) and p != law.instrument_of(p) for p in cited)]
    spoken = [route for route, words in _ROUTES.items() if re.search(words, said, re.I)]
    if not named:
        leant = [q for p in cited for q in leaning(ground.corpus, p)]
        named = [r.route for r in rows if any(related(r.provision, q) for q in leant)]
    if named:
        kept = [route for route in dict.fromkeys(named) if not spoken or route in spoken]
        return kept or list(dict.fromkeys(named))
    return spoken


def leaning(corpus: Corpus, provision: str) -> tuple[str, ...]:
    """The clauses of the Code that a regulation's clause carries out, by its note."""
    versions = corpus.provisions.get(provision, ()) if " CFR " in provision else ()
    return tuple(p for v in versions for p in v.refers_to if " USC " in p and p != law.instrument_of(p))


_BESIDE = re.compile(
    r"\b(?:new |wider )?sales? territor\w+ (?:outside|beyond|other than|that includes|including) [^.;:()]*"
    r"|\bIsrael's (?:own )?(?:qualitative|QME|edge|military|security|capacity|defen[sc]e)\b|\bQME (?:of|for) Israel\b|\bother than Israel\b",
    re.I,
)
_NOT_AMONG = re.compile(
    r"\b(?:rather than|instead of|unlike|(?:and|but) not|not) (?:the |for |to |an? )*[A-Z][\w-]+(?: (?:of )?[A-Z][\w-]+)*"
    r"|[^,;:.]{2,40} (?:is|are) (?:not|no longer) (?:among|one of|within|in|part of) (?:them|these|those|that group|the group|the list)\b"
)
_HIGHER = re.compile(r"\b(?:the )?(?:higher|raised|larger) (?:dollar )?(?:amounts?|thresholds?|figures?|levels?) (?:of|are|is)\b", re.I)  # fmt: skip


def around_of(ground: Ground, contexts: Iterable[str]) -> set[str]:
    """The one group that the nearest of some contexts speaks of; none where it speaks of several."""
    for context in contexts:
        if groups := groups_of(ground, context):
            return groups if len(groups) == 1 else set()
    return set()


def groups_of(ground: Ground, words: str) -> set[str]:
    """The groups of recipients that words speak of, by country, body or name; edges and territories beside the point."""
    words = _NOT_AMONG.sub(" ", _BESIDE.sub(" ", words))
    found: set[str] = {GROUP} if _HIGHER.search(words) else set()
    others = OTHER_COUNTRIES.search(words)
    if others:
        found.add(OTHERS)
        words = OTHER_COUNTRIES.sub(" ", words)
    countries, bodies = ground.rules.find_countries(words), ground.rules.find_bodies(words)
    if bodies:
        found.add(BODIES)
    if found == {GROUP} or _GROUP.search(words):
        found.add(GROUP)
        return found
    for country in countries:
        found.add(GROUP if ground.rules.membership(country, ground.on) else OTHERS)
    return found


def rule_amounts(said: str, found: list[Amount]) -> list[tuple[Amount, str, str]]:
    """The amounts given as the rule, not as a case's value, with the words before and after each up to its neighbours."""
    rule: list[tuple[Amount, str, str]] = []
    chained = False
    for number, amount in enumerate(found):
        begin = found[number - 1].end if number else 0
        stop = found[number + 1].start if number + 1 < len(found) else len(said)
        before, after = said[begin : amount.start], said[amount.end : stop]
        named = bool(_RULE_AFTER.search(after) or _RULE_BEFORE.search(before) or _reason(before, after))
        fact = (
            bool(FACT.search(before))
            and not re.search(r"\bthreshold", before[-40:], re.I)
            and not _RULE_AFTER.search(after[:14])
        )
        if re.search(r"\b(?:raised?|increased|went|moved|changed)\b[^$]{0,40}\bfrom\s*$", before, re.I):
            named = False
        elif not named and chained and len(before) < 110 and not _CHAIN_BREAK.search(before):
            named = True
        chained = named and not fact
        if chained:
            rule.append((amount, before, after))
    return rule


_PASSES = re.compile(r"\b(?:exceeds?|exceeding|(?:is|are|being|value,?) (?:above|over|below|under)|above|crosses|reaches|tops)(?: the)? *$", re.I)  # fmt: skip


def _reason(before: str, after: str) -> bool:
    """Whether an amount is what something passes, and so the reason of a certification."""
    if not _PASSES.search(before) or not measure_of(before, after):
        return False
    if re.match(r"[\W_]*(?:yes|no)\b[^.;]{0,25}$", before, re.I):
        return True
    why = re.search(r"\b(?:because|since|as)\b[^.;]*$", before) and re.search(r"\b(?:certif|notif|report)\w*", before)
    so = re.match(
        r"[^.;]{0,60}?,? (?:so|therefore|and so|hence|thus|and must)\b[^.;]*\b(?:certif|notif|report)\w*", after
    )
    return bool(why or so)


def measure_of(before: str, after: str) -> set[str]:
    """What an amount is a measure of: the nearest name after it, else before it."""
    places = [
        (match.start(), measure)
        for measure, pattern in _MEASURES.items()
        for match in re.finditer(pattern, after, re.I)
        if not _PARTED.search(_MORE.sub(" ", after[: match.start()]))
    ]
    if not places:
        places = [
            (-match.end(), measure)
            for measure, pattern in _MEASURES.items()
            for match in re.finditer(pattern, before, re.I)
            if not _PARTED.search(before[match.end() :])
        ]
    return {min(places)[1]} if places else set()


def only_measure(said: str) -> set[str]:
    """What all of a sentence is a measure of, where it names one kind of thing alone."""
    found = {measure for measure, pattern in _MEASURES.items() if re.search(pattern, said, re.I)}
    return found if len(found) == 1 else set()


def in_clause(ground: Ground, number: float, unit: str, cited: list[str], *, itself: bool = False) -> bool:
    """Whether a figure stands in what is held of a clause cited, or, where `itself`, of the clause and its parts alone."""
    words = ground.sources.narrow if itself else ground.sources.words
    return any(number in figures_of(words(p), unit) for p in cited)


@lru_cache(maxsize=10_000)
def _line(provision: str) -> frozenset[str]:
    return frozenset((provision, *law.ancestors_of(provision)))


def related(one: str, other: str) -> bool:
    return other in _line(one) or one in _line(other)


def as_rows(groups: set[str]) -> set[str]:
    return {OTHERS if group == BODIES else group for group in groups}
