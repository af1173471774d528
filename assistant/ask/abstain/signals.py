"""What a question plainly is, told from its form: somebody's own case without its facts, or a conclusion that is a person's."""

import re

from assistant.ask.abstain.coverage import stems
from assistant.retrieve import Asked

_CASE = (
    r"(?:sale|deal|transfer|case|request|licen[sc]e|export|package|agreement|customer|offer|lease|loan|contract|shipment|notice|notification|certification|certificate|amendment|line|item|product"
    r"|buyer|recipient|unit|training|program|purchase|drone|missile|parts|equipment|software|widget|bracket|agent|subsidiary|memo|decision|application|upgrade|addition|spares|destination|company)"
)
_PAPER = r"\b(?:our|my|this) (?:\w+ ){0,2}(?:LOR|LOA|TAA|MLA)s?\b"
_OWN = re.compile(
    rf"\b(?:our|my|this|these) (?:\w+ ){{0,3}}{_CASE}s?\b"
    rf"|\b(?:do|does|did|can|may|must|would|will|is|are|should|could) (?:we|i|it|this|ours|he|they|one of ours|the (?:\w+ )?{_CASE}s?)\b"
    rf"|\bthe (?:\w+ )?(?:sale|deal|package|offer|customer|notice|notification|contract|{_CASE}) (?:we|i|they|he|is|was|has|went|to a|in|on my)\b"
    r"|\b(?:for|to) us\b|\bmy case\b|\bon my desk\b|\b(?:we|i) (?:am|are|have|had|want|plan|need|paid|bought|told|sent)\b|\bwe['’](?:re|ve)\b|\bwith us\b|\bfrom us\b"
    rf"|{_PAPER}",
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
    r"\bwhose (?:consent|approval|permission|duty|signature|job)\b|\b(?:in|to) public\b|\bfor the public\b|\b(?:made|be|it) public\b|\b(?:printed|published|the press)\b|\bobliged to\b|\bwithin (?:how|what)\b|\bby (?:what|how)\b|\bwhat (?:procedure|clauses?|kind|statement|charges)\b|\bhow do (?:we|i)\b|"
    r"\b(?:what happens|what must|whom? (?:do|must|should) (?:we|i)|what do (?:we|i) (?:tell|file|say)|where do we|does (?:the|any) (?:law|act|statute|rule|order)|says?|mean|anything|any way|problem\?|difference)\b",
    re.I,
)

_MINE = re.compile(
    rf"{_PAPER}|\b(?:our|my) (?!own\b)(?:\w+ ){{0,3}}{_CASE}s?\b|\bthis (?:\w+ )?(?:one|sale|deal|transfer|case|package|lease|shipment|purchase)\b|\bthis[?.]$|\bit[?.]$|\b(?:do|must|can|may|would|are|will) (?:we|i) (?:have to |need to |need an? |need a |owe |notify|use |ship |register|claim |donate |rely |attach )",
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
    r"|\b(?:it|this|that|they|ours|which) (?:has|have|had) to be (?:sent|told|reported|notified|certified|disclosed)\b|\b(?:sent|go|goes|come|came|comes) (?:up|back) to (?:us|the committees?)\b|\bcome back to us\b"
    r"|\b(?:go|goes|have to go|sent) (?:up )?(?:to|before) (?:Congress|the Hill)\b|\b(?:tell|telling|inform) (?:Congress|the Hill|the committees|lawmakers)\b|\b(?:does|will|must|should) (?:Congress|the Hill) (?:get|hear|see|need|have)\b|\ba congressional matter\b|\ba matter for (?:Congress|the Hill)\b"
    r"|\b(?:above|below|over|under|cross\w*|past) (?:the|its|our|their|any) (?:line|amount|threshold)\b|\bwhat (?:will|would|is) (?:the|our|its) (?:[\w-]+ ){0,2}(?:clock|review period|tier)\b(?: be)?(?= ?[,?]| and\b)|^(?:so |and )?which (?:clock|threshold|tier|period|amounts?)\b|\bhow (?:long|many days) (?:does|do|will|until|before)\b.{0,30}\b(?:Congress|sign|ship|wait|offer|deliver|committees?)\w*|\bwho (?:has to |must )?signs? the certification\b|\bwhen (?:do|does|will) our\b",
    re.I,
)
_NO_CASE = re.compile(
    r"^(?:is|will|would) (?:a |any |the )?(?:congressional )?(?:notice|notification|certification)(?: be)? (?:required|needed|necessary|due)\s*\?"
    r"|^(?:does|must|will|is) (?:it|this|that|ours) (?:have to be |be |need to be )?(?:notified|certified|notifiable|reported)\s*\?",
    re.I,
)
# A tale of somebody unnamed, or a thing of one's own, that the ruling is asked on.
_TOLD = re.compile(
    r"\b(?:our|my|this|these|those) (?:\w+ ){0,3}\w+|\b(?:the|that) (?:[\w-]+ ){0,2}(?:sale|deal|case|package|transfer|lease|customer|ministry|buyer|order|client|purchaser|recipient|shipment)\b(?! (?:of|to) (?-i:[A-Z]))"
    r"|\b(?:we|they|he|she|it|someone|ours)\b|\b(?:a|another|one|some) (?:foreign |friendly |small |allied )?(?:partner|government|nation|navy|army|air force|ministry|country|ally|customer|buyer|neighbou?r|client|purchaser)(?:['’]s)?(?: (?:nation|state|country|government))? (?:wants?|would like|asks?|asked|plans?|needs?|is|has|hopes|requests?|requested|intends?)\b",
    re.I,
)
# A short question by pronouns alone on what was told before it: `They say no notice was owed. Were they right?`
_ON_THE_TALE = re.compile(
    r"^(?:so |and |but )?(?:(?:did|was|were|had) (?:it|they|he|she|this|that|we)|should (?:it|they|this|that|we) have|(?:do|must) they)\b(?: [\w']+){0,5}\?$",
    re.I,
)
_TALE = re.compile(
    r"\b(?:notif\w*|notices?|certif\w*|told|tell|disclos\w*|report(?:ed|s)?|number|line|limit|threshold|informal review|Congress|Hill|licen[sc]e)\b",
    re.I,
)
# A rule asked of a whole kind of things, which needs no case.
_OF_A_KIND = re.compile(
    rf"^(?:so |and |but )?(?:do|does|are|is|must|may|can|will|should) (?:an? |any |every |each |all )?(?:[\w-]+ ){{0,2}}(?:{_CASE}|certifications?|retransfers?|articles?|firearms?|upgrades?|offsets?|committees?)(?<!this)s\b|^(?:do|does|are|is|must|may|can) (?:an?|any|every|each|all) ",
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
    r"|\bconvincing\b|\bjustified\b|\bworth anything\b|\b(?:most|least) likely to\b|^(?:rank|pick|choose)\b|\bpick the\b|\bhow (?:risky|much \w+ is enough)\b|\bis enough\b|\bdecide (?:it|this|that|for (?:me|us))\b(?=[.!?]|$)|\bsay yes or no\b"
    r"|^(?:so |and |but )?(?:is|are|was|were|does|did)\b.{1,100}\b(?:persuasive|(?:a|mere) pretext|in good faith|worthless|dodging|hiding|cynical|a sham|reckless|a mistake|a cover)\b|\bis (?:he|she|they|my boss|the member) right\b"
    r"|\bhow (?:bad|serious|grave|risky|dangerous)\b.{1,40}\b(?:before|to|for|is|are|would)\b|\b(?:smells?|looks?|seems?|is) (?:the )?(?:worst|best|riskiest|safest|fishiest)\b|\bone word will do\b"
    r"|\b(?:serious|good|bad|grave|strong|weak|clean|poor|stable|sound|mature) enough to\b|\b(?:can|could|should) (?:we|they|it|he|she|[\w ]{3,30}) be trusted\b",
    re.I,
)
# Who decides; what they are told to do by law is no decision.
_DECIDER = r"(?:we|i|one|(?:the )?(?:United States|U\.S\.|US|America|Washington|(?:State |Defense |War )?Department(?: of \w+)?|Secretary(?: of \w+)?|State|DDTC|DSCA|President|White House|Congress|Senate|House|committee|Pentagon|administration|government|embassy|bureau|reviewers?|licensing officer))"
_DUTY = r"(?:of\b|certif|notif|report|send|submit|transmit|register|file|keep|include|contain|state\b|consult|publish|inform|tell|consider|use\b|apply|cite|follow|read|look|ask|contact|write|do\b|attach|disclose|vet|check|count|measure|value|treat|be (?:consulted|told|notified|informed|asked|named|certified|reported|sent|kept|listed)\b)"
_APPROVE = re.compile(
    rf"(?:^(?:so |and |but |now )?(?:should|ought|ought to|must|shall)|(?:[,;:]|\band) (?:so |and |but )?(?:should|ought to)) {_DECIDER}\b(?: (?:to|therefore|thus|then|really|now|still|ever|also|just|simply|go ahead and))* (?!{_DUTY})\w+"
    rf"|^(?:should|ought) (?-i:[A-Z])\w+(?: \w+)? (?:to )?(?:be |keep |have |get )?(?:approv|sell|sold|deny|denied|let|find|found|stop|arm|get|give|allow|receiv|declar|waiv|back|support|trust|clear|cut|refus)\w*"
    rf"|\b(?:is|are) {_DECIDER} right to\b|\b(?:wise|smart|prudent|sensible|responsible|better|right|proper) (?:for {_DECIDER} )?to (?:sell|approve|arm|deny|refuse|license|transfer|grant|allow|waive)\b"
    rf"|\bwhat should {_DECIDER} (?:decide|do|conclude|say yes)\b|^recommend\b|\brecommend (?:whether|approval|denial|that)\b|^should the \w+ waiver\b"
    rf"|\b(?:approve or (?:deny|reject|refuse)|yes or no on|thumbs up|green[- ]?light (?:it|this|the))\b|\bwhich (?:\w+ )?(?:is|are|would be|country is|buyer is|partner is) (?:the )?(?:better|best|safer|safest|worse|worst|wiser|riskier|more deserving|more reliable)\b"
    rf"|\bwould you (?:sign|clear|recommend|advise|support|object|go ahead)\b|\bmake the (?:call|decision|case for)\b",
    re.I,
)
_PREDICTS = re.compile(
    r"\b(?:is|are) .{1,80}\b(?:likely|going) to\b|\bwill .{1,60}\b(?:override|object|put (?:a |another )?holds?|place (?:a |another )?holds?|block|pass|vote|lift|retaliate|accept|sue|sign|agree|win|default|change their|set off|start a|upset)\b|\bhow likely\b|\b(?:chances?|odds)\b.*\b(?:of|that)\b"
    r"|\bhow many\b.{0,60}\b(?:would|will)\b.{0,30}\b(?:vote|support|oppose|back|object|sign)\w*\b|\bwould\b.{0,40}\b(?:strike|throw|win|lose|hold up|survive)\b.{0,30}\b(?:court|if|down|out)\b"
    r"|\bveto[- ]proof\b|\b(?:does|will|would) it (?:clear|pass|survive|get through)\b"
    r"|\bdo you expect\b|\bcan we count on\b|\bwho will be (?:the )?next\b|\b(?:how|what) will (?:the )?(?:\w+ ){0,4}(?:courts?|committee|chair|congress|administration|senate|house|president|beijing|moscow)\b|\bwould (?:a|the) (?:\w+ )?(?:court|judge)\b"
    r"|\bhow (?:\w+ ){1,5}(?:is|are) going to go\b|\bwill (?:the )?(?:thresholds?|limits?) be (?:raised|changed|lowered)\b|^would (?:[\w-]+ ){1,8}(?:start|really start|set off|upset|hurt|lead to|provoke)\b|\bwill (?:DDTC|State|Congress|the Senate|the House|Riyadh|Beijing) (?:give|accept|approve|deny|pass|retaliate|grant|reject)\b",
    re.I,
)
_ASSESS = re.compile(
    r"^(?:please |now |just )?(?:tell me|write|say|confirm|state|put (?:it )?down|admit|agree)\b(?!.{0,30}\b(?:whether|what|which|how|who|when|if)\b).{0,80}\b(?:bombed|committed|violated|misused|diverted|killed|tortured|breached|lied|massacred|murdered|shelled|abused|deceived|retransferred)\b|"
    r"\b(?:is|was|would) (?:that|this) (?:not )?(?:a |an )?(?:breach|violation|crime|abuse|lie|fraud)\b|"
    r"^(?:please |now |just )?(?:write|state|say|confirm|affirm|conclude|certify)(?: for me| for us)?(?: in (?:\w+ )?(?:line|sentence|paragraph))? that (?:the|this|our) [^.?;]{0,80}\b(?:will not|won['’]t|would not|does not|has no|poses? no|is consistent|will improve|will support)\b|"
    r"^(?:assess|judge|evaluate|determine|decide) (?:whether|if|how)\b|\b(?:conclude|state|affirm|certify)\b.{0,40}\b(?:there are no|no (?:human rights )?concerns|will not|would not)\b|\bone line (?:saying|stating)\b|\bis there a risk that\b|\bso fall under\b",
    re.I,
)


# What makes a question one on a rule although it is worded as one's own: a fact that it turns on, a time, a second part.
_RULE_BESIDE = re.compile(
    r"[a-z0-9][.;:] \w|, (?:and|or) \w+|\b(?:if|without|before|after|until) \w+|\b(?:\w+) (?:years?|months?|days?|percent)\b|\babout the \w+ that\b|\bby the [\w ]{3,40}(?:law|act|statute|rule)\b",
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
    mine = _MINE.search(text)
    return (
        lacks_facts(asked)
        and mine is not None
        and not _RULE_BESIDE.search(text)
        # `the certification ... can they sit on it?`: what the pronoun stands for has been named.
        and not (
            mine.end() >= len(text) - 1 and len(mine[0]) <= 5 and re.search(r"\bthe \w+", text[: mine.start()], re.I)
        )
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
    party, value = bool(asked.countries or asked.bodies), bool(asked.amounts)
    if _OF_A_KIND.search(text) and not re.search(r"\b(?:this|that|our|ours|my)\b", text, re.I):
        return False
    *before, asking = re.split(r"(?<=[a-z0-9)'’][.;!:?]) ", text)
    if before and _ON_THE_TALE.search(asking) and _TALE.search(text) and not (party and value):
        return True
    # What goes before or after the notice is asked for, not whether one is due.
    asking = re.sub(r"(?<=\w )\b(?:before|until|after|once|while|as soon as)\b.*$", "", asking, flags=re.I)
    if not _DUE.search(asking) or not _TOLD.search(text) or _SETTLED.search(text) or _GENERAL.search(text):
        return False
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
