"""The form of a question and how its very matter stands in the clauses found: further signs for the judge."""

import math
import re
from functools import lru_cache
from itertools import pairwise

from assistant.ask.abstain.coverage import clause_stems, frequencies, stems
from assistant.corpus import Corpus
from assistant.index import Hit
from assistant.retrieve import Asked

_DEEP = 8
_RARE = 12
# The words by which a clause is asked for, which are no part of the matter asked about.
_FRAME = frozenset(
    stems(
        "clause section provision paragraph subsection article rule rules law laws statute act regulation order chapter part table "
        "oblige obliges require requires requirement demand demands fix fixes set sets lay laid let lets allow allows permit permits "
        "provide provides prescribe prescribes create creates grant grants mention list quote cite read contain contains cover covers "
        "deal deals speak speaks question answer happen happens count counts treat treated exact explain summarize tell thing kind "
        "aeca itar samm faa ear arms export control united states u.s. american foreign"
    )
)
_NAME = r"(?:(?-i:[A-Z])[\w.-]+(?:['’]s)? (?:(?:of|and|on|for|the|to) )*){0,6}"
_KIND = r"(?-i:Convention|Treaty|Protocol|Act|Code|Position|Order|Charter|Constitution|Statute|Directive|Regulations?|Arrangement|Covenant|Agreement|Accords?|Principles)"
_INSTRUMENT = re.compile(rf"\b{_NAME}{_KIND}\b(?: of \d{{4}}| \d{{4}})?")
_PEOPLE = r"(?!(?:which|such|each|public|can|than|an|any|specific|domestic|foreign|human)\b)(?-i:[A-Z])\w+(?:ish|an|ese|ch|i|ic)"
_FOREIGN_LAW = re.compile(
    rf"\b(?:(?-i:[A-Z])\w+ ?){{1,3}}['’]s (?:[\w-]+ ){{0,5}}(?:laws?|act|code|constitution|courts?|regulations?|principles|ministry|agency|authority|licen[sc]\w*|position|control order)\b"
    rf"|\b{_PEOPLE} (?:[\w-]+ ){{0,3}}(?:laws?|act|code|constitution|courts?|agency|authority|licen[sc]\w*|regulations?|principles)\b",
    re.I,
)
_OURS = re.compile(r"\b(?:(?-i:American|Congress|President|State|Defense|Commerce)\b|United States|U\.S\.)", re.I)
_RECORD = (
    r"(?:proviso|minute|cable|letter|e?mail|briefing|transcript|conclusion|remark|talking point|reply|staffing|assessment|inspection|check|visit|meeting|session|objection|comment|file|log|certificate|register"
    r"|contract|price|opinion|review|answer|reason|promise|assurance|talk|disclosure|justification|determination|finding|vote|note|memo|memorandum|report|condition|offset|paper|record|agreement|license|unit|assent|request|proposal|case|package|deal|application)s?"
)
_RECORDED = re.compile(rf"\b{_RECORD}\b", re.I)
_PAST = re.compile(
    r"\b(?:did|was|were|had|has|have)\b|\b(?:voted|attended|signed|raised|gave|filed|issued|wrote|put|failed|obtained|paid|agreed|told|reported|rejected|consulted|attached)\b",
    re.I,
)
_TIME = re.compile(
    r"\b(?:in|of|on|since|for|last|this|next) (?:the )?(?:(?:spring|summer|autumn|fall|winter|week|month|quarter|year|january|february|march|april|may|june|july|august|september|october|november|december) ?)*(?:(?:19|20)\d\d\b|spring|summer|autumn|fall|winter|week|month|quarter|year)",
    re.I,
)
_MADE_BY = re.compile(
    r"\b(?:embassy|mission|ambassador|attach[eé]|deputies committee|staff|bureau|desk|directorate|ministry|ministries|shipyard|company|firm|importer|distributor|competitor|inspector|team|office|council|agenc(?:y|ies)|department|committee|pentagon|group)\b",
    re.I,
)
_PERSON = r"(?:government|countr(?:y|ies)|recipient|state|buyer|nation|exporter|person|people|unit|congress|president|secretary|firm|compan(?:y|ies)|applicant|broker|who|anyone|someone|purchaser|seller|party|parties|transfers?|articles?|sales?|licen[sc]es?|leases?|arms|defense|equipment|services?|exports?|imports?|policy|law|order|section)"
_PRONOUN = re.compile(r"\b(?:they|them|their|theirs|he|him|his|she|her|it|its)\b", re.I)
_CLIENT = re.compile(
    r"\b(?:our|my) (?:\w+ )?(?:client|customer|employer|company|firm|affiliate|subsidiary|partner|supplier|plant|agent|buyer|office)(?:['’]s)?\b"
    r"|\b(?:the|that|this) (?:client|customer|buyer|firm|partner|contractor|consultant|ministry|unit|trainees|deal|contract|loan|request|shipment|upgrade|modification|amendment|addition)\b",
    re.I,
)
_GOODS = re.compile(
    r"\b(?:the|their|our|my|his|her|its|those|these) (?:[\w-]+ ){0,2}(?:aircraft|planes|jets|fighters|helicopters|drones|missiles|launchers|rockets|bombs|rifles|pistols|guns|howitzers|mortars|tanks|vehicles|trucks|radars?|radios|sensors|sights|optics|engines?|ships?|boats?|vessels|frigates|corvettes|submarines|gunboats|torpedoes|ammunition|simulators|parts|spares|components|software|drawings|technicians|trainees|shipment|goods|kits?|plant)\b",
    re.I,
)
_RULING = re.compile(
    r"^(?:so |and |but )?(?:is|are|do|does|did|can|may|must|would|will|should|shall|has|have|could)\b|[;:,.?] (?:is|are|do|does|can|may|must|should|will|shall) \w+"
    r"|^how (?:soon|long|early|high|much|late)\b|^when (?:can|may|must|do)\b|^(?:which|what) (?:\w+ ){1,3}(?:applies|governs|is (?:needed|due|required|it)|do we|do i|does (?:this|it|our))\b|^does\b",
    re.I,
)
_VALUED = re.compile(
    r"\b(?:wise|unwise|safe|safely|good|bad|better|best|worse|worst|right|wrong|real|convincing|believable|credible|plausible|destabili[sz]ing|legitimate|proper|adequate|enough|deserves?|favou?r|prefer|blame|guilty|liable|fault|trust|trustworthy|worth|reliable|responsible|complicit|disqualify|justified|sincere|honest|serious|proof|prove|systematically|wiser|fair)\b",
    re.I,
)
_OWN_GUILT = re.compile(
    r"\b(?:are|were|am|was|did|do|have|has) (?:we|i|our|my)\b.{0,60}\b(?:liable|guilty|breach|violation|violat\w+|trouble|fault|illegal\w*|unlawful\w*|broken?|break|offen[sc]e|penalt\w+)\b"
    r"|\b(?:fine|penalty|sentence|punishment)\b.{0,40}\b(?:impose|get|face|receive|expect)\b.{0,20}\b(?:us|we|our|my|me|i)?\b",
    re.I,
)
_BODY = r"(?:committee|chair\w*|leader|senat\w+|congress\w*|house|president|administration|courts?|jury|judge|secretary|department|state|ddtc|dsca|neighbou?rs|parliament|government|allies|hill)"
_FUTURE = re.compile(
    rf"^(?:will|would)\b.{{0,60}}\b{_BODY}\b|^(?:will|would)\b.{{0,40}}\b(?:survive|prevail|fail|pass|happen|end up|use|divert|misuse|react|object|respond)\w*\b|\bhow (?:will|would)\b.{{0,40}}\b(?:react|respond|vote|rule|see|take)\b"
    r"|\b(?:likely|going) to (?!be (?:used|signed))|\bcount on\b|\bhow likely\b",
    re.I,
)
_FINDING = re.compile(
    r"^(?:please |now )?(?:write|draft|compose|say|state|prepare|tell me|give me|conclude|confirm|rank|list)\b.{0,60}\b(?:finding|statement|whether|that|which|how|by how|assurance)\b",
    re.I,
)
_INTEREST = re.compile(r"\bin\b.{0,30}\binterests?\b|\bto arm\b|^is (?:selling|giving|leasing|arming|sending)\b", re.I)
_WHICH_OF = re.compile(
    r"^(?:which|who|whom|whose)\b.{0,40}\b(?:should|ought|deserves?|serves?|is (?:better|best|safer|to blame))\b|\bof the two\b|\bcompeting\b",
    re.I,
)
_CONDUCT = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have)\b.{0,80}\b(?:tortur\w+|commit\w*|misus\w+|divert\w*|violat\w+|bomb\w*|murder\w*|kill\w*|complicit|record|conduct|assurances?|disappearances?|abus\w+|strike|oppress\w*|recruit\w*)\b",
    re.I,
)
_MEASURE = re.compile(
    r"\b(?:maximum|minimum|how many|how much|how long|how high|what (?:share|percentage|fee|age|rank|rate|price|quota|bonus|discount|compensation|number|ceiling|limit|cap|deadline|period|interest|color|colour|font|temperature|tax)|by what date|at what)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"\b(?:which|what) (?:\w+ ){0,2}(?:clause|section|subsection|provision|paragraph|article|rule|statute|law|authority|regulation)\b|\bwhere (?:does|is|do)\b|\bis there (?:a|an|any) (?:\w+ ){0,3}(?:rule|law|clause|limit|ban|cap|provision)\b|\bdoes (?:any|the) (?:\w+ ){0,2}(?:section|clause|law|statute|act|AECA|ITAR|regulation)\b",
    re.I,
)
_OBLIGES = re.compile(
    r"\b(?:oblig\w+|requires?|must|forbids?|entitles?|lets?|gives?|guarantees?|reserves?|prescribes?|demands?|makes?|creates?|fix(?:es)?|promises?|pays?|penalty|fine|fee|quota|bonus|rebate|discount)\b",
    re.I,
)

# A rule wanted in the first person (`within how many days must we tell ...?`), and what only the facts of a case decide.
_FIRST = re.compile(r"\b(?:we|our|ours|us|my|i)\b", re.I)
_RULE_WANTED = re.compile(
    r"(?:^|[.:;] |, )(?:and |so |but )?(?:(?:within|for|by|to|under|from|at|in|before|on) (?:how (?:many|much|long)|what|which|whom)|how (?:long|early|soon|far|much|many|do|can|are)|who(?:m|se)?|when|where|what)\b"
    r"|\band (?:how|whom|by when|by what|under which|to whom|within|from what|what|who|which)\b",
    re.I,
)
_CASE_DECIDES = re.compile(
    r"\b(?:which|what) (?:of the|clock|amounts?|thresholds?|tier|period|group|category)\b|\bhow (?:long|many days) (?:is|does|will|for our|must we wait|do we wait)\b|\b(?:high|long|big|dear|large|small|much) enough\b"
    r"|\b(?:is|are|was|does|do|did|has|will|would) (?:our|my|this|the|it|they) (?:\w+ ){0,3}(?:on|need|count|reach|fall|barred|one|hold|touch|cross|qualify|subject|notifiable|covered)\b",
    re.I,
)


def forms(asked: Asked, hits: list[Hit], corpus: Corpus) -> dict[str, float]:
    """Signs by name, each between 0 and about 1."""
    text = asked.text
    particular = bool(asked.countries or asked.bodies) + bool(_TIME.search(text)) + bool(_MADE_BY.search(text))
    recorded = bool(_RECORDED.search(text)) and bool(_PAST.search(text))
    ruling = bool(_RULING.search(text))
    party, value = bool(asked.countries or asked.bodies), bool(asked.amounts)
    loose = _loose(text)
    own, rule, decides = (bool(each.search(text)) for each in (_FIRST, _RULE_WANTED, _CASE_DECIDES))
    goods = bool(_GOODS.search(text))
    found: dict[str, float | bool] = {
        "particular": min(particular, 2) / 2,
        "recorded": recorded,
        "recorded_particular": recorded and particular > 0,
        "recorded_here": bool(_RECORDED.search(text)) and particular > 1,
        "client": bool(_CLIENT.search(text)),
        "client_ruling": bool(_CLIENT.search(text)) and ruling and not (party and value),
        "own_rule": own and rule,
        "own_rule_alone": own and rule and not decides and not re.search(r"\b(?:our|my) ", text, re.I),
        "own_case_decides": own and decides,
        "own_no_rule": own and not rule,
        "loose": loose,
        "loose_ruling": loose and ruling,
        "goods": goods,
        "goods_ruling": goods and ruling and not party,
        "goods_past": goods and not ruling,
        "valued": bool(_VALUED.search(text)),
        "valued_party": bool(_VALUED.search(text)) and party,
        "own_guilt": bool(_OWN_GUILT.search(text)),
        "future": bool(_FUTURE.search(text)),
        "asks_finding": bool(_FINDING.search(text)),
        "interest": bool(_INTEREST.search(text)),
        "which_of": bool(_WHICH_OF.search(text)),
        "conduct": bool(_CONDUCT.search(text)),
        "conduct_party": bool(_CONDUCT.search(text)) and party,
        "foreign_law": any(not _OURS.search(m[0]) for m in _FOREIGN_LAW.finditer(text)),
        "other_instrument": _other_instrument(asked, corpus),
    }
    focus = _focus(asked, hits, corpus)
    measure = bool(_MEASURE.search(text)) * (1 - focus["focus_any"])
    lacking = {
        "own_focus": own * focus["focus_first"],
        "own_rule_focus": (own and rule) * focus["focus_first"],
        "measure_lacking": measure,
        "duty_lacking": float(_OBLIGES.search(text) is not None) * (1 - focus["focus_first"]),
        "clause_lacking": float(_CLAUSE.search(text) is not None) * (1 - focus["focus_first"]),
        "clause_apart": float(_CLAUSE.search(text) is not None) * (1 - focus["focus_pairs"]),
        "measure_apart": float(_MEASURE.search(text) is not None) * (1 - focus["focus_pairs"]),
        "clause_rare": float(_CLAUSE.search(text) is not None) * focus["focus_rare"],
    }
    return {name: float(value) for name, value in found.items()} | focus | lacking


def _loose(text: str) -> bool:
    """Whether a pronoun stands for somebody or something that the question has not named before it."""
    first = _PRONOUN.search(text)
    return first is not None and not re.search(rf"\b{_PERSON}\b|(?<=\w )(?-i:[A-Z])\w+", text[: first.start()], re.I)


def _other_instrument(asked: Asked, corpus: Corpus) -> bool:
    """Whether an instrument is named, by a name that stands nowhere in what is held."""
    return any(
        " " in (name := re.sub(r"^(?:the|what|which|does|how|explain|under) ", "", match[0], flags=re.I))
        and name.lower().removesuffix("s") not in _everything(corpus)
        for match in _INSTRUMENT.finditer(asked.text)
    )


_SAID: dict[str, str] = {}


def _everything(corpus: Corpus) -> str:
    """Every title, alias, heading and note in small letters; made once a corpus."""
    if corpus.digest not in _SAID:
        parts = [f"{i.title} {i.citation} {' '.join(i.aliases)} {i.note}" for i in corpus.instruments.values()]
        parts += [f"{v[-1].heading} {' '.join(v[-1].aliases)} {v[-1].note}" for v in corpus.provisions.values()]
        _SAID[corpus.digest] = re.sub(r"\s+", " ", "\n".join(parts)).lower()
    return _SAID[corpus.digest]


def _focus(asked: Asked, hits: list[Hit], corpus: Corpus) -> dict[str, float]:
    """How much of the very matter asked about, without the words that ask, stands in the clauses found."""
    counts, size = frequencies(corpus)
    words = [word for word in dict.fromkeys(stems(asked.text)) if word not in _FRAME and not word.isdigit()]
    clauses = [
        held for hit in hits[:_DEEP] if (held := clause_stems(hit.provision, corpus, asked.on) | _plain(hit, corpus))
    ]
    if not words or not clauses:
        return {"focus_first": 1.0, "focus_any": 1.0, "focus_lacks": 0.0, "focus_rare": 0.0, "focus_pairs": 1.0}
    weight = {word: math.log((size + 1) / (counts[word] + 0.5)) for word in words}
    every = set().union(*clauses)
    total = sum(weight.values())
    lacking = sorted((weight[word] for word in words if word not in every), reverse=True)
    pairs = list(pairwise(words))
    met = sum(any(a in held and b in held for held in clauses) for a, b in pairs)
    return {
        "focus_first": max(sum(weight[w] for w in words if w in held) for held in clauses[:3]) / total,
        "focus_any": sum(weight[w] for w in words if w in every) / total,
        "focus_lacks": min(sum(lacking[:2]), 16.0) / 16,
        "focus_rare": min(sum(counts[w] <= _RARE and w not in every for w in words), 3) / 3,
        "focus_pairs": met / len(pairs) if pairs else 1.0,
    }


def _plain(hit: Hit, corpus: Corpus) -> frozenset[str]:
    return _stems_of(corpus.plain.get(hit.provision, ()))


@lru_cache(maxsize=4096)
def _stems_of(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stems(" ".join(lines)))
