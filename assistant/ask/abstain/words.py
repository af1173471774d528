"""The words by which a question shows what kind of answer it wants."""

import re

_FINITE = r"(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had|ought)"
_RECORD_VERB = r"(?:say|said|state|conclude|recommend|find|found|record|report|contain|advise|decide|write|wrote|cite|show|add|change|begin|reveal|instruct|describe)"
_UNIT = r"(?:battalion|brigade|regiment|squadron|division|company|platoon|corps|commando|guard|police|army|force|unit|military|government|ministry|coast guard|navy)"

SIGNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.I)
    for name, pattern in {
        "wording": (
            r"\b(?:quote|verbatim|recite|reproduce|transcribe)\b|word[- ]for[- ]word|\bquotation\b|\b(?:exact|precise|actual|original|literal|signed) (?:\w+ )?(?:words?|wording|text|language|sentence|phras\w+|terms)\b"
            r"|\bwhat (?:exact |precise )?(?:wording|words|language)\b|\boperative (?:sentence|paragraph|words)\b|\bfull text\b|\btext of (?!.{1,40}\b(?:available|held)\b)|\bin its own words\b|\b(?:say|says|said|read|reads)\b[^?.]{0,60}\b(?:exactly|precisely|in terms|line by line|verbatim)\b|\b(?:exactly|precisely) (?:did|does|do)\b|\bwhat exactly\b"
            r"|\b(?:paste|copy out|type out|print|read (?:me|out)|set out)\b|\bexact(?:ly)? as\b"
        ),
        "hand_over": r"^(?:please |can you |could you )?(?:give|show|send|get|pull|print|paste|provide|list|read|quote|reproduce|type|set out|copy|fetch|name|i need)\b",
        "contents": (
            rf"\bwhat (?:exactly |precisely )?did\b.{{0,120}}\b{_RECORD_VERB}\b|\bwhat (?:was|were|is|are) (?:the (?:outcome|result|status|price|value|vote|delivery|serial|last|current|list|interest)|in|on|named|printed|listed)\b"
            r"|\b(?:what|which) [\w\s'’.-]{1,60}\b(?:is|are|was|were|has|have|had|did|appear\w*|remain\w*)\b.{0,60}\b(?:on|in|under|from|to|put|named|listed|sanctioned|offered|cleared|registered|notified|printed|prepared|hold)\b"
            r"|\bhow (?:many|much|often)\b|\bwho (?:is|are|was|were) (?:named|listed|sanctioned|the brokers)\b|\b(?:come|came) back\b"
        ),
        "duty": (
            r"\b(?:told|ordered|directed) to\b|\bby when\b|\bmust\b|\bshall\b|\b(?:has|have|had) to\b|\brequire[sd]?\b|\bsupposed to\b|\bmay\b|\bdue\b"
            r"|\bwho (?:\w+ )?(?:decides?|writes?|keeps?|publishes|makes?|issues?|approves?|certif\w+|prepares?|signs?|chairs?|draws?|maintains?|determines?)\b"
        ),
        "keeper": (
            r"^(?:so |and )?(?:who|whose (?:job|duty|task)|which (?:office|department|agency|bureau|official|secretary)|whom|where (?:is|are|does|do|must))\b(?! (?:is|are|was|were) (?:on|in|named|listed)\b).{0,60}"
            r"\b(?:keeps?|maintains?|publish\w*|holds?|draws? up|compiles?|issues?|approves?|signs|updates?|decides?|vets?|makes?|writes?|prepares?|produces?)\b"
            r"|\b(?:is|are|must) (?:it|they|the (?:list|record|report|result)s?)(?: \w+)? (?:published|made public|public|kept|posted)\b|\bmust happen\b|\bwhat must (?:the|a|such) \w+ (?:contain|include|say)\b"
        ),
        "exact": (
            r"word[- ]for[- ]word|\bverbatim\b|\b(?:exact|precise|actual|literal|current|present|latest|official) (?:\w+ )?(?:words?|wording|text|language|phras\w+|sentence)\b|\b(?:exactly|precisely) as\b|\bfull text\b|\bto the letter\b|\bas (?:it|they) reads? (?:today|now)\b"
        ),
        "today": r"\b(?:today|right now|at present|currently|current|this (?:week|month|morning|year|quarter)(?:['’]s)?|last (?:week|month|quarter|year)|latest|now|most recent|so far|as of this|next)\b",
        "classified": r"\b(?:classified|secret|confidential|unpublished|internal|privileged|draft)\b",
        "predicts": (
            r"\b(?:is|are) .{1,80}\b(?:likely|expected|going) to\b|\bpredict|\bforecast|\bhow likely\b|\bchances?\b.*\b(?:of|that)\b|\bodds\b|\b(?:do|would) you expect\b|\bcount on\b"
            r"|\bwill (?:Congress|the (?:Senate|House|President|Department|committee|courts?)|State|DDTC|he|she|they|it)\b|\bhow will\b|\bwhen will\b|\bwho will\b|\bgoing to\b"
        ),
        "will_first": r"^will\b",
        "would_first": r"^would\b",
        "decides": (
            r"\bshould (?:we|I|the (?:United States|U\.S\.|US|Department|Secretary|President)|State|Washington|Congress|they|DoD)\b|\brecommend|\badvise me\b|\bought\b|\bwould you\b|\bdo you (?:think|agree|believe)\b"
            r"|\b(?:your|honest) (?:opinion|view|judge?ment|advice)\b|\bin your (?:opinion|view)\b|\b(?:good|bad|wise|better|best|worst|stronger|weaker|right) (?:idea|policy|thing|choice|candidate|use|partner|call)?\b"
            r"|\b(?:wise|advisable|justified|convincing|reliable|trustworthy|credible|honest|lawful|legal|illegal|unlawful|guilty|liable)\b|\bin the national interest\b|\bworth (?:it|anything)\b|\brank\b|\bpick\b|\bassess (?:whether|the)\b|\b(?:most|least|more|less) (?:likely|risky|trustworthy)\b"
        ),
        "finds": (
            r"^(?:did|has|have|had|was|were|is|are)\b.{1,140}\b(?:violat\w*|commit\w*|breach\w*|broken?|break|misus\w*|divert\w*|guilty|massacre\w*|murder\w*|genocide|crimes?|abuses?|gross|restrict\w*|recruit\w*|retransfer\w*|sponsor\w*|protect\w*|credible|eligible|ineligible|cleared|barred|vetted|significant|illegal\w*|unlawful\w*|lawful|kept|effective steps)\b"
        ),
        "conclude": r"\b(?:conclude|state|certify|confirm|affirm|write|say|saying|line)\b.{0,50}\b(?:no (?:human rights )?concerns?|will not|would not|does not|it will|not alter|not upset)\b",
        "first_person": r"\b(?:we|our|ours|us|my|mine|i|i['’]m|i am|our)\b",
        "this_case": r"\b(?:this|that|the|our|my|their|your|his) (?:\w+ ){0,3}(?:sale|deal|transfer|case|request|license|licence|export|package|agreement|memo|customer|offer|lease|loan|contract|shipment|notice|notification|certification|amendment|line|item|product|buyer|recipient|unit|training|program|one|purchase|drone|missile|parts|equipment)\b",
        "bare_this": r"\b(?:this|it|this one|ours|here)[?.]?$",
        "own_case": r"\b(?:our|my) (?:\w+ ){0,3}\w+",
        "unnamed": r"\b(?:a|the|our|one|some|another) (?:\w+ )?(?:customer|partner|government|country|ally|neighbou?r|buyer|client|battalion|unit|subsidiary|ministry|destination|someone)\b|\bsomeone\b",
        "polar": rf"^(?:so |and |but |please )?{_FINITE}\b|\b{_FINITE} (?:we|i|it|they|he|she|this|that)\b[^.]*\?$|\bor not\b|\byes or no\b|\bor no\b",
        "wh": r"^(?:what|which|who|whom|whose|when|where|why|how)\b|\b(?:at|under|by|to|for|in|of|from) (?:what|which|whom)\b",
        "general": r"\b(?:a|an|any|every|each|all|foreign|someone who|somebody|anyone|people|companies|countries|exporters)\b",
        "definition": r"\bdefin(?:e|ed|ition)\b|\bmean(?:s|t|ing)?\b|\bcounts? as\b|\bwhat (?:is|are) (?:a|an|the)\b|\bdifference between\b",
        "compares": r"\bcompar|\bcontrast\b|\bdiffer|\bbeside\b|\bas against\b|\bversus\b|\bchange[ds]?\b",
        "law_word": r"\b(?:law|statute|act|section|clause|rule|regulation|order|policy|manual|provision|ITAR|AECA|SAMM|EAR|FAA|directive|memorandum|paragraph|table|chapter)\b",
        "names_clause": r"\b(?:which|what|where|under which|under what) (?:\w+ ){0,3}(?:clause|section|provision|paragraph|statute|rule|regulation|law)\b|\bis there (?:a|any|an) (?:\w+ ){0,3}(?:rule|law|ban|limit|statute|clause|provision)\b|\bwhere does the (?:law|act|aeca|statute)\b",
        "unit": r"\b\d+(?:st|nd|rd|th) (?:[A-Z]\w+ )*\w+|\b(?:presidential guard|commando group)\b",
        "file_number": r"\b(?:transmittal|case|license|licence|RSAT|CJ|DTC|request|memo|application) (?:no\.? |number )?[A-Z]{0,4}[- ]?\d[\w-]*|\b[A-Z]{2}-[A-Z]-[A-Z]{3}\b|\bDSCA \d",
        "firm": r"\b(?:Ltd|Inc|LLC|GmbH|FZE|Co|Corp|S\.A)\b\.?|\b(?:Boeing|Lockheed|Raytheon|Northrop)\b",
        "draft": r"^(?:please |now )?(?:draft|write|prepare|compose|rewrite|state|conclude)\b",
        "so": r"\b(?:so|therefore|hence|thus|which is why|right\?|please confirm|cite it|since|because|given that|now that|as)\b",
        "not_ours": r"\b(?:visa|tax(?:es|ed|able|ation)?|divorce|landlord|copyright|patent|trademark|bankrupt\w*|recipe|weather|football|python|javascript|sql|excel|poem|joke|birthday|resort|movie|medical|dose|hospital|stocks?|shares?|election)\b",
    }.items()
}
