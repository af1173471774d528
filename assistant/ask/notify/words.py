"""The words by which a question names a route, a measure, and what it wants to know of notification."""

MEASURES = {
    "mde": (r"\bMDE\b|major defen[sc]e equipment", "major defense equipment"),
    "construction": (
        r"\bconstruction\b|\bdesign and construction\b|\bbuild(?:ing)? (?:a|an|the) (?:base|airfield|port|depot|barracks|hangar)",
        "design and construction services",
    ),
    "firearms": (
        r"\bfirearms?\b|\bcategory I\b|\brifles?\b|\bpistols?\b|\bhandguns?\b|\bmachine ?guns?\b",
        "firearms in USML Category I",
    ),
    "total": (
        r"\btotals?\b|\btotall?ing\b|\bTCV\b|\b(?:case|contract) value|\bdefense (?:articles|services)\b|\barticles (?:or|and) services\b|\boverall\b|\ball[- ]in\b|\bin all\b",
        "defense articles or services",
    ),
}
NOT_MDE = (
    r"\bnon-?\s?(?:MDE|major defen[sc]e equipment)\b"
    r"|\b(?:none|no part|nothing|not any|not one|not a (?:dollar|cent)) of (?:it|them|this|that|which|the \w+)(?: \w+){0,3} (?:MDE|major defen[sc]e equipment)\b"
    r"|\b(?:no|not|without(?: any)?|excludes|excluding|other than|lacks|lacking|contains no|includes no|isn['’]t|aren['’]t|is not|are not|neither)(?: any| a single)?(?: item of)? (?:MDE|major defen[sc]e equipment)\b"
)

ROUTES = {
    "retransfer": (
        r"re-?transfer|third[- ](?:party|country) (?:transfer|sale)|\bTPTs?\b|\b3\(d\)|\bonward(?:s)? (?:transfer|sale|to)\b|\bre-?sell|\bre-?sale\b|\bhand(?:s|ed|ing)? (?:\w+ ){0,4}(?:on|over) to\b"
        r"|\bpass(?:es|ed|ing)? (?:\w+ ){0,4}on to\b|\bsecond-?hand\b|\b(?:US|U\.S\.|American)[- ](?:origin|made|supplied|built)\b.*\bto (?:give|donate|transfer|send|sell|hand)\b"
    ),
    "grant": r"(?<!in )\bexcess\b(?! of)|\bEDA\b|\bsurplus\b|\bdraw-?downs?\b|\b(?:grants?|gifts?|donations?) of\b|\bgiv(?:e|es|ing) away\b",
    "lease": r"\bleas(?:e|es|ed|ing)\b|\bloan(?:s|ed|ing)?\b|\brent(?:s|ed|al)?\b",
    "manufacture abroad": (
        r"manufactur\w* (?:abroad|licen|in\b|overseas)|\bco-?produc|\bMLAs?\b|\bTAAs?\b|technical assistance agreement|36\(d\)"
        r"|\b(?:make|making|build|building|produce|producing|produced|made|built) (?:\w+ ){0,4}(?:abroad|overseas|locally|in-country|under licen[sc]e)\b"
    ),
    "Javits report": r"\bJavits\b",
    "Commerce": r"\b(?:BIS|Commerce|EAR)\b(?:[- ]\w+){0,2}[- ](?:licen[sc]\w+|export|item|authori[sz]ation|jurisdiction)|\b(?:600[- ]series|ECCN)\b",
    "DCS": (
        r"\bDCS\b|direct commercial|\bcommercial(?:ly)?\b|\blicen[sc]e|\bDSP-?(?:5|73|85)\b|36\(c\)"
        r"|\b(?:straight|direct(?:ly)?) from (?:the |a |its )?(?:\w+ )?(?:manufacturer|maker|company|contractor|industry|vendor|firm)\b|\bDDTC\b"
    ),
    "FMS": r"\bFMS\b|foreign military sales?|letters? of offer|\bLOAs?\b|government-to-government|\bG2G\b|36\(b\)",
}
SALE = r"\bsales?\b|\bsell(?:s|ing)?\b|\bsold\b|\bbuy(?:s|ing)?\b|\bpurchas|\bcase\b|\border(?:s|ed|ing)?\b|\bdeal\b"

ROUTE_TEXT = {
    "FMS": "a foreign military sale (letter of offer)",
    "DCS": "an export license (direct commercial sale)",
    "retransfer": "consent to a retransfer",
    "lease": "a lease or loan of one year or longer",
    "manufacture abroad": "an agreement for manufacture abroad of significant combat equipment",
    "Javits report": "listing in the annual Javits report",
}

LICENSED_ORIGIN = r"\bDCS\b|direct commercial|commercial(?:ly)?[- ](?:sold|licensed|exported|bought|purchased|origin|acquired)|\blicen[sc]ed\b|\bDSP-?5\b|\b3\(d\)\(3\)"

NOTICE = r"\bnotices?\b|\bnotif(?:y|ied|ies|ication|ications|iable)\b|\bcertif(?:y|ied|ies|ication|ications|iable)\b|\bCongress(?:ional|ionally)?\b|\b36\([bcd]\)|\b3\(d\)|\b(?:the )?Hill\b|\bCNs?\b|\blawmakers\b|\bcommittees?\b|\bCapitol\b"
AMOUNT = (
    r"\bthresholds?\b|\bat what (?:\w+ ){0,2}(?:value|amount|price|dollar|point|level|size|figure)|\bhow (?:much|large|big|expensive|high)\b"
    r"|\b(?:dollar )?(?:values?|amounts?|ceilings?|floors?|limits?|figures?)\b.*\b(?:notif|certif|congress|trigger|report)"
    r"|\b(?:notif|certif|congress|trigger|report)\w*.*\b(?:values?|amounts?|dollars?)\b|\bhigher amounts?\b|\b(?:cut-?off|trigger)\b"
)
CLOCK = (
    r"\bhow (?:long|many (?:calendar |working )?days|soon|quickly|fast)\b|\bclocks?\b|\b(?:review|waiting|notification|notice) (?:periods?|windows?)\b|\b\d+[- ](?:calendar[- ])?day\b"
    r"|\bdays\b.*\b(?:congress|review)|\bwait(?:s|ing)?\b|\bwhen (?:may|can|could) (?:\w+ ){1,6}(?:offer|issue|sign|ship|go ahead|proceed)|\bearliest\b"
)
WHO = (
    r"\bwhose (?:function|job|duty|responsibility|task|call|signature|authority|name)\b|\bwho(?:se)?\b(?: [\w()]+){0,4} (?:certif(?:y|ies|ied)|notif(?:y|ies|ied)|transmit\w*|submit\w*|signs?|signed|sends?|sent|delivers?|delivered|signature)\b"
    r"|\bwhich (?:secretary|department|official|agency)\b.*\b(?:certif|notif|transmi|submit|sign|send|sent)|\b(?:certif|notif|transmi|submit|signature)\w*\b.*\bby whom\b"
    r"|\b(?:Secretary of (?:War|Defense|State)|DSCA)\b.*\b(?:certif|notif|transmi|submit|signature)|\b(?:notif|transmi|certif)\w*\b.*\b(?:Secretary of (?:War|Defense)|DSCA)\b"
)
EXEMPT = r"\bexempt(?:ion|ions|ed)?\b|\bunlicensed\b|\bwithout a licen[sc]e\b|\b126\.7\b"
WORTH_NOW = (
    r"\$ ?[\d.,]+\s?(?:[kmb]n?|thousand|million|billion)?\b(?: or so)? (?:now|today|currently|at present|depreciated|on the books)\b"
    r"|\b(?:now|today|currently|depreciated|(?:current|market|book|present|resale) (?:value|price)|book)(?: \w+){0,3} \$ ?[\d.,]+\s?(?:[kmb]n?|thousand|million|billion)?\b"
)
PART_OF = r"\b(?:includ(?:es?|ing)|contain(?:s|ing)?|with some|some of (?:it|them|which))\b"
