"""What the instruments of this field are called, as regular expressions and as ids."""

import re
from re import IGNORECASE

from assistant.cite.pattern import Pattern

SECTION = r"(?:sub)?sec(?:tion|\.)?s?\.?|§{1,2}"
USC = r"(?<![\d.,$-])\d{1,2}(?: |\. ?)?(?:U\. ?S\. ?C\b\.?(?: ?[AS]\b\.?)?|USC\b|U\.? ?S\.? Code\b)"
CFR = r"(?<![\d.,$-])\d{1,2} ?(?:C\. ?F\. ?R\b\.?|CFR\b)"
TITLED = (
    r"\btitle \d{1,2},? (?:of the )?"
    r"(?:United States Code|U\.? ?S\.? ?C\b\.?|U\.S\. Code|Code of Federal Regulations(?: \(CFR\))?|C\.? ?F\.? ?R\b\.?)"
)
ACTS = {
    "AECA": r"\b(?:AECA\b|Arms Export Control Act\b)",
    "FAA": r"\b(?:FAA\b|Foreign Assistance Act\b)",
    "ECRA": r"\b(?:ECRA\b|Export Control Reform Act\b)",
    "IEEPA": r"\b(?:IEEPA\b|International Emergency Economic Powers Act\b)",
    "TRA": r"\b(?:TRA\b|Taiwan Relations Act\b)",
    "CSPA": r"\b(?:CSPA\b|Child Soldiers Prevention Act\b)",
}
ACT_TAIL = (
    r"(?: of (?:1961|1968|1976|2008|2018))?(?:'s)?"
    r"(?:\)(?=,? ?(?:sec|§))|,? ?\((?:the )?[\"']*(?:AECA|FAA|ECRA|IEEPA|TRA|CSPA|Act)[\"']*\))?(?:,? as amended\b)?"
)
ENACTED = {"Pub. L. 90-629": "AECA", "Pub. L. 87-195": "FAA"}  # the public laws that are these acts themselves
REGULATIONS = {
    "22": r"\b(?:ITAR\b|International Traffic in Arms Regulations\b)",
    "15": r"\b(?:EAR\b|Export Administration Regulations\b)",
}
REGULATION_TAIL = r"(?:\)(?=,? ?(?:sec|§|part))|,? ?\((?:the )?[\"']*(?:ITAR|EAR)[\"']*\))?"
ORDER = (
    r"\b(?:E\. ?O\.|EO(?=[ .\d-])|Exec(?:utive|\.) Orders?\b(?: \(E\.?O\.?\))?)"
    r"(?: nos?\.)? ?-?(?=\d{4,5}\b|1\d,\d{3}\b)"
    r"|(?<![\w$,.-])(?=1[1-4]\d{3} \d\([a-z]\))"
)
MEMORANDA = {
    "NSPM": r"NSPM|National Security Presidential Memorandum",
    "NSM": r"NSM|National Security Memorandum",
    "PPD": r"PPD|Presidential Policy Directive",
    "PDD": r"PDD|Presidential Decision Directive",
    "NSDD": r"NSDD|National Security Decision Directive",
    "PD": r"PD|Presidential Directive",
}
MEMORANDUM_TAIL = r"(?: \([A-Z]{2,4}\))?(?:/NSC|/[A-Z]{2,4})?(?: no\.| number)?[-/ ]{0,3}"
MEMORANDUM = r"\b(?:" + "|".join(MEMORANDA.values()) + ")" + MEMORANDUM_TAIL + r"(?=\d{1,3}\b)(?!\d{1,3}[.,]\d)"
LAW = (
    r"\b(?:Pub(?:lic\b|\.)? ?L(?:aw\b|\.?(?= ?\d| \())|P\. ?L\.|PL)(?: \((?:PL|P\.L\.|Pub\. L\.)\))?"
    r"(?: no\.)? ?(?=\d{2,3}-\d{1,4}\b)"
)
REGISTER = r"(?<![\d.,$-])\d{1,3} (?:F\. ?R\.|FR\b|Fed\. ?Reg\.|Federal Register\b|Stat\.) ?(?=\d)"
BILL = r"\b(?:(?:H|S)\. ?J\. ?Res\.|(?:HJ|SJ)Res\b|(?:House|Senate) Joint Resolution\b|H\. ?R\.) ?(?=\d{1,5}\b)"
FACT_PAGE = (
    r"\b(?:State(?: Department)?(?:'s)? )?CAT(?: [Pp]olicy)? fact (?:page|sheet)\b"
    r"|\bWhite House (?:fact sheet|joint statement), (?=\d{4}-)"
)
MANUAL = (
    r"(?:\bSAMM\b[ ,]*)?"
    r"(?:\b(?:sections?|secs?\.|tables?|figures?|figs?\.|paragraphs?|paras?\.|chapters?) |[§¶]{1,2} ?)?"
    r"(?<![\w.-])(?:C|AP)\d{1,2}\.(?:[TF]|\d)\d*|\bSAMM\b[ ,]*(?:chapter |ch\. |C)\d{1,2}(?![\w.]*\w)"
    r"|\bchapter \d{1,2},? (?:of the )?(?:SAMM\b|Security Assistance Management Manual\b)"
)
DATE = Pattern(
    r",? (?:of|dated|\() ?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?(\d{4})\)?|,? (?:of |\()(\d{4})\b\)?"
)
ANY_ACT = Pattern(
    r"(?:[Dd]ivision [A-Z]{1,2} of (?:the )?)?"
    r"(?P<name>(?:[A-Z][\w.'-]{0,30},? |of |and |for |on |to |in |the |against |with |from ){1,14}"
    r"Act\b(?: of \d{4}|, \d{4}| for Fiscal Years? [\d-]{4,9})?)"
)


def named(patterns: dict[str, str], tail: str = "") -> Pattern:
    """One pattern for several names; the group that matched is the short one."""
    return Pattern(
        "(?:" + "|".join(f"(?P<n{short}>{pattern})" for short, pattern in patterns.items()) + ")" + tail, IGNORECASE
    )


def which(match: re.Match[str]) -> str:
    """The short name that a pattern of `named` matched."""
    return next(group[1:] for group, words in match.groupdict().items() if words is not None and group.startswith("n"))
