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

# What a ruling on notification turns on: whether it is due, how long it takes, which amount, who signs.
_DUE = re.compile(
    r"\b(?:notifiable|certifiable)\b|\b(?:be|it|this|that|ours|they) (?:notified|certified|reportable)\b|\bnotify\b|\b(?:new|fresh) (?:notice|notification|certification)\?"
    r"|\b(?:notices?|notifications?|certifications?|certificates?)\b(?: \w+){0,4} (?:needed|required|due|necessary|owed)\b|\b(?:need|needs|require|requires|owe|triggers?) (?:a |an |any )?(?:\w+ )?(?:notice|notification|certification)\b"
    r"|\b(?:go|goes|have to go|sent) (?:up )?(?:to|before) (?:Congress|the Hill)\b|\b(?:tell|telling|inform) (?:Congress|the Hill|the committees|lawmakers)\b|\b(?:does|will|must|should) (?:Congress|the Hill) (?:get|hear|see|need|have)\b|\ba congressional matter\b|\ba matter for (?:Congress|the Hill)\b"
    r"|\b(?:above|below|over|under|cross\w*|past) the (?:line|amount|threshold)\b|^(?:so |and )?which (?:clock|threshold|tier|period|amounts?)\b|\bhow (?:long|many days) (?:does|do|will|until|before)\b.{0,30}\b(?:Congress|sign|ship|wait|offer|deliver|committees?)\w*|\bwho (?:has to |must )?signs? the certification\b|\bwhen (?:do|does|will) our\b",
    re.I,
)
_NO_CASE = re.compile(
    r"^(?:is|will|would) (?:a |any |the )?(?:congressional )?(?:notice|notification|certification)(?: be)? (?:required|needed|necessary|due)\s*\?"
    r"|^(?:does|must|will|is) (?:it|this|that|ours) (?:have to be |be |need to be )?(?:notified|certified|notifiable|reported)\s*\?",
    re.I,
)
# A tale of somebody unnamed, or a thing of one's own, that the ruling is asked on.
_TOLD = re.compile(
    r"\b(?:our|my|this|these|those) (?:\w+ ){0,3}\w+|\b(?:the|that) (?:[\w-]+ ){0,2}(?:sale|deal|case|package|transfer|lease|customer|ministry|buyer|order|client)\b(?! (?:of|to) (?-i:[A-Z]))"
    r"|\b(?:we|they|he|she|it|someone|ours)\b|\b(?:a|another|one|some) (?:foreign |friendly |small |allied )?(?:partner|government|navy|army|air force|ministry|country|ally|customer|buyer|neighbou?r|client)(?:['’]s)? (?:wants?|would like|asks?|asked|plans?|needs?|is|has|hopes|requests?|requested|intends?)\b",
    re.I,
)
_SETTLED = re.compile(
    # The rule itself is asked for, or something is stated to be confirmed: both have an answer without the case.
    r"\b(?:at|above|over|from) what (?:\w+ )?(?:value|amount|price|figure|level|point|sum)\b|,\s*(?:right|correct|agreed|yes|no|ok)\?|"
    r"\bnever signed\b|\bstill\b|\bstale\b|\blapse|\balready\b|\bcontain\b|\binclude\b|\bsay\b|\bmay (?:the|a)\b|\bclassified\b|\bunder what\b|\bwhich (?:clause|section|provision|rule)\b|\bif\b|\bwhen (?:is|are|must) an?\b|\bwhich combat|\bmanufactur|\bsignificant military\b|\bSME\b|\bfirearms?\b|\bat any value\b|\b(?:before|after) (?:an?|the) (?:offer|LOA)\b",
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
    r"|\b(?:best|better|worst|stronger|weaker|wiser|safest|riskiest) (?:\w+ ){0,3}(?:policy|candidate|partner|choice|option|use|idea)\b|\b^(?:is|are|was) .{1,80}\b(?:good|bad|wise) (?:idea|policy|for)\b|^is it (?:wise|right|smart|safe|sensible|a good)\b|\bmore trustworthy\b|^(?:is|are|was|would|does)\b.{1,100}\bin the national interest\b"
    r"|\bconvincing\b|\bjustified\b|\bworth anything\b|\b(?:most|least) likely to\b|^(?:rank|pick|choose)\b|\bpick the\b|\bhow (?:risky|much \w+ is enough)\b|\bis enough\b",
    re.I,
)
# Who decides; what they are told to do by law is no decision.
_DECIDER = r"(?:we|i|one|(?:the )?(?:United States|U\.S\.|US|America|Washington|(?:State |Defense |War )?Department(?: of \w+)?|Secretary(?: of \w+)?|State|DDTC|DSCA|President|White House|Congress|Senate|House|committee|Pentagon|administration|government|embassy|bureau|reviewers?|licensing officer))"
_DUTY = r"(?:of\b|certif|notif|report|send|submit|transmit|register|file|keep|include|contain|state\b|consult|publish|inform|tell|consider|use\b|apply|cite|follow|read|look|ask|contact|write|do\b|attach|disclose|vet|check|count|measure|value|treat|be (?:consulted|told|notified|informed|asked|named|certified|reported|sent|kept|listed)\b)"
_APPROVE = re.compile(
    rf"^(?:so |and |but |now )?(?:should|ought|ought to|must|shall) {_DECIDER}\b(?: (?:to|really|now|still|ever|also|just|simply|go ahead and))* (?!{_DUTY})\w+"
    rf"|^(?:should|ought) (?-i:[A-Z])\w+(?: \w+)? (?:to )?(?:be |keep |have |get )?(?:approv|sell|sold|deny|denied|let|find|found|stop|arm|get|give|allow|receiv|declar|waiv|back|support|trust|clear|cut|refus)\w*"
    rf"|\b(?:is|are) {_DECIDER} right to\b|\b(?:wise|smart|prudent|sensible|responsible|better|right|proper) (?:for {_DECIDER} )?to (?:sell|approve|arm|deny|refuse|license|transfer|grant|allow|waive)\b"
    rf"|\bwhat should {_DECIDER} (?:decide|do|conclude|say yes)\b|^recommend\b|\brecommend (?:whether|approval|denial|that)\b|^should the \w+ waiver\b"
    rf"|\b(?:approve or (?:deny|reject|refuse)|yes or no on|thumbs up|green[- ]?light (?:it|this|the))\b|\bwhich (?:\w+ )?(?:is|are|would be|country is|buyer is|partner is) (?:the )?(?:better|best|safer|safest|worse|worst|wiser|riskier|more deserving|more reliable)\b"
    rf"|\bwould you (?:sign|clear|recommend|advise|support|object|go ahead)\b|\bmake the (?:call|decision|case for)\b",
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


def untold_case(asked: Asked) -> bool:
    """Whether it is asked if, when or by whom a case is notified that is told without its party or its value."""
    text = asked.text
    if asked.cited or asked.missing or asked.dated or len(text.split()) > 30:
        return False
    if _NO_CASE.search(text):
        return True
    asking = re.split(r"(?<=[a-z0-9)][.;!:]) ", text)[-1]
    if not _DUE.search(asking) or not _TOLD.search(text) or _SETTLED.search(text) or _GENERAL.search(text):
        return False
    party, value = bool(asked.countries or asked.bodies), bool(asked.amounts)
    if re.search(r"\bNATO\b|\bnon-NATO\b|\bmembers?\b|\ball(?:y|ies) with\b", text):
        party = True
    return not party if _PERIOD.search(asking) else not (party and value)


def decides(asked: Asked) -> bool:
    """Whether a decision or a prediction is asked for, which no further fact would make ours."""
    return is_judgement(asked) in {"decides", "predicts"}


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
