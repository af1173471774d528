"""What a question plainly is, told from its form: somebody's own case without its facts, or a conclusion that is a person's."""

import re

from assistant.ask.abstain.coverage import stems
from assistant.retrieve import Asked

_CASE = (
    r"(?:sale|deal|transfer|case|request|licen[sc]e|export|package|agreement|customer|offer|lease|loan|contract|shipment|notice|notification|certification|certificate|amendment|line|item|product"
    r"|buyer|recipient|unit|training|program|purchase|drone|missile|parts|equipment|software|widget|bracket|agent|subsidiary|memo|decision|application|upgrade|addition|spares|destination|company)"
)
_OWN = re.compile(
    rf"\b(?:our|my|this|these) (?:\w+ ){{0,3}}{_CASE}s?\b"
    rf"|\b(?:do|does|did|can|may|must|would|will|is|are|should|could) (?:we|i|it|this|ours|he|they|one of ours|the (?:\w+ )?{_CASE}s?)\b"
    rf"|\bthe (?:\w+ )?(?:sale|deal|package|offer|customer|notice|notification|contract|{_CASE}) (?:we|i|they|he|is|was|has|went|to a|in|on my)\b"
    r"|\b(?:for|to) us\b|\bmy case\b|\bon my desk\b|\b(?:we|i) (?:am|are|have|had|want|plan|need|paid|bought|told|sent)\b|\bwe['’](?:re|ve)\b|\bwith us\b|\bfrom us\b",
    re.I,
)
_ASKS_RULING = re.compile(
    r"\b(?:do|does|did|can|may|must|would|will|is|are|should|could|has|have) (?:we|i|it|this|that|ours|he|they|my|our|the)\b|\bor not\b|\bor no\b|\byes or no\b"
    r"|\b(?:which|what) (?:\w+ ){1,3}(?:is it|for us|do we|do i|applies|apply|must i|are we|goes)\b|\bhow (?:long|many|much|big|often)\b|\bwhen (?:can|may|do|does|must|will)\b|\bis (?:a|an) (?:\w+ ){1,3}(?:due|needed|required)\b|\bwho signs\b",
    re.I,
)
_NOTICE = re.compile(
    r"\bnotif\w*|\bcertif(?!icate)\w*|\bCongress\w*|\bHill\b|\bthresholds?\b|\bclock\b|\breport(?:ed|able)?\b|\blimit\b|\bcross\w* the line\b",
    re.I,
)
_PERIOD = re.compile(r"\bclock\b|\bhow (?:long|many days)\b|\bwhen\b|\bperiod\b", re.I)
_GENERAL = re.compile(
    r"\b(?:what happens|what must|whom? (?:do|must|should) (?:we|i)|what do (?:we|i) (?:tell|file|say)|where do we|does (?:the|any) (?:law|act|statute|rule|order)|says?|mean|anything|any way|problem\?|difference)\b",
    re.I,
)

_MINE = re.compile(
    rf"\b(?:our|my) (?!own\b)(?:\w+ ){{0,3}}{_CASE}s?\b|\bthis (?:\w+ )?(?:one|sale|deal|transfer|case|package|lease|shipment|purchase)\b|\bthis[?.]$|\bit[?.]$|\b(?:do|must|can|may|would|are|will) (?:we|i) (?:have to |need to |need an? |need a |owe |notify|use |ship |register|claim |donate |rely |attach )",
    re.I,
)
_POLAR = re.compile(
    r"(?:^|[.:;?] )(?:so |and |but )?(?:is|are|do|does|did|can|may|must|would|will|should|has|have)\b|\bor not\b|\bor no\b|\byes or no\b",
    re.I,
)

_PARTY = r"(?:the |our )?(?:(?:Secretary|emergency|assurances?|allegation|information|certifications?|coup|vetting|government|army|military|police|navy|air force|coast guard|troops|forces|regime|country team|country|company|broker|official|exporter|customer|brigade|battalion|regiment|unit|intermediary|commander)\b|\d+(?:st|nd|rd|th) \w+)"
_VERDICT = (
    r"(?:violat\w*|commit\w*|breach\w*|broken?|break|broke|misus\w*|divert\w*|guilty|murder\w*|genocide|(?:war )?crimes?|massacre\w*|restrict\w*|recruit\w*|retransfer\w* .*unlawfully|sponsor\w*|protect\w*|protector|reliable"
    r"|kept its|support\w*|significant transaction|engag\w*|taking effective steps|good enough|bad enough|credible|valid|lawful|a military coup|liable|illegally|unlawfully|honest|lying|break the law|knowingly|eligible|trustworthy)"
)
_FINDS = re.compile(rf"^(?:did|has|have|had|was|were|is|are|does|do)\b.{{1,140}}\b{_VERDICT}\b", re.I)
_OPINION = re.compile(
    r"\bin your (?:opinion|view)\b|\bdo you (?:think|believe|agree|expect)\b|\bwould you (?:approve|trust|sell|let)\b|\byour (?:opinion|view|advice|judge?ment)\b|\btell me honestly\b"
    r"|\b(?:best|better|worst|stronger|weaker|wiser|safest|riskiest) (?:\w+ ){0,3}(?:policy|candidate|partner|choice|option|use|idea)\b|\b^(?:is|are|was) .{1,80}\b(?:good|bad|wise) (?:idea|policy|for)\b|^is it (?:wise|right|smart|safe|sensible|a good)\b|\bmore trustworthy\b|\bin the national interest\b"
    r"|\bconvincing\b|\bjustified\b|\bworth anything\b|\b(?:most|least) likely to\b|^(?:rank|pick|choose)\b|\bpick the\b|\bhow (?:risky|much \w+ is enough)\b|\bis enough\b",
    re.I,
)
_APPROVE = re.compile(
    r"^(?:should|ought|must) (?:the )?(?:we|i|United States|U\.S\.|US|America|Washington|Department|Secretary|State|President|Congress|Pentagon|[A-Z]\w+)(?: \w+)? (?:be |keep |have )?(?:approv|sell|deny|let|find|stop|arm|get|give|decide|use|send|allow|receiv|declar|waiv|back|support)\w*"
    r"|\bwhat should (?:the )?(?:Department|Secretary|President|State|we|United States) (?:decide|do)\b|^recommend\b|\brecommend (?:whether|approval|denial|that)\b|^should the \w+ waiver\b",
    re.I,
)
_PREDICTS = re.compile(
    r"\b(?:is|are) .{1,80}\b(?:likely|going) to\b|\bwill .{1,60}\b(?:override|block|pass|vote|lift|retaliate|accept|sue|sign|agree|win|default|change their|set off|start a|upset)\b|\bhow likely\b|\b(?:chances?|odds)\b.*\b(?:of|that)\b"
    r"|\bdo you expect\b|\bcan we count on\b|\bwho will be (?:the )?next\b|\b(?:how|what) will (?:the )?(?:\w+ ){0,4}(?:courts?|committee|chair|congress|administration|senate|house|president|beijing|moscow)\b|\bwould (?:a|the) (?:\w+ )?(?:court|judge)\b"
    r"|\bhow (?:\w+ ){1,5}(?:is|are) going to go\b|\bwill (?:the )?(?:thresholds?|limits?) be (?:raised|changed|lowered)\b|^would (?:[\w-]+ ){1,8}(?:start|really start|set off|upset|hurt|lead to|provoke)\b|\bwill (?:DDTC|State|Congress|the Senate|the House|Riyadh|Beijing) (?:give|accept|approve|deny|pass|retaliate|grant|reject)\b",
    re.I,
)
_ASSESS = re.compile(
    r"^(?:assess|judge|evaluate|determine|decide) (?:whether|if|how)\b|\b(?:conclude|state|affirm|certify)\b.{0,40}\b(?:there are no|no (?:human rights )?concerns|will not|would not)\b|\bone line (?:saying|stating)\b|\bis there a risk that\b|\bso fall under\b",
    re.I,
)


def lacks_facts(asked: Asked) -> bool:
    """Whether a ruling is wanted on somebody's own case that is told without the facts a ruling turns on."""
    text = asked.text
    if not _OWN.search(text) or not _ASKS_RULING.search(text) or _GENERAL.search(text) or len(text.split()) > 34:
        return False
    if asked.missing or asked.cited:
        return False
    party, value = bool(asked.countries or asked.bodies), bool(asked.amounts)
    if _NOTICE.search(text):
        return not (party and (value or _PERIOD.search(text)))
    return not value and not party


def bare_case(asked: Asked) -> bool:
    """Whether a short question asks a ruling on `our`, `my` or `this` case and tells nothing of it."""
    text = asked.text
    return (
        lacks_facts(asked)
        and _MINE.search(text) is not None
        and _POLAR.search(text) is not None
        and not asked.dated
        and len(set(stems(text))) <= 6
    )


def is_judgement(asked: Asked) -> str:
    """Which judgement a question asks for: `predicts`, `decides` or `finds`; empty where none."""
    text = asked.text
    if _PREDICTS.search(text):
        return "predicts"
    if _OPINION.search(text) or _APPROVE.search(text):
        return "decides"
    if _ASSESS.search(text):
        return "finds"
    named = bool(asked.countries) or re.search(_PARTY, text, re.I) is not None
    return "finds" if named and _FINDS.search(text) else ""
