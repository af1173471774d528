"""What the instruments of this field are called, as regular expressions and as ids."""

import re

SECTION = r"(?:sub)?sec(?:tion|\.)?s?\.?|§{1,2}"
USC = r"(?<![\d.,$-])\d{1,2} ?(?:U\. ?S\. ?C\b\.?|USC\b|U\.? ?S\.? Code\b)"
CFR = r"(?<![\d.,$-])\d{1,2} ?(?:C\. ?F\. ?R\b\.?|CFR\b)"
TITLED = r"\btitle \d{1,2},? (?:of the )?(?:United States Code|U\.? ?S\.? ?C\b\.?|U\.S\. Code|Code of Federal Regulations|C\.? ?F\.? ?R\b\.?)"
ACTS = {
    "AECA": r"\b(?:AECA\b|Arms Export Control Act\b)",
    "FAA": r"\b(?:FAA\b|Foreign Assistance Act\b)",
    "ECRA": r"\b(?:ECRA\b|Export Control Reform Act\b)",
    "IEEPA": r"\b(?:IEEPA\b|International Emergency Economic Powers Act\b)",
}
ACT_TAIL = (
    r"(?: of (?:1961|1968|1976|2018))?(?:'s)?(?:\)|,? ?\((?:the )?[\"']*(?:AECA|FAA|ECRA|IEEPA|Act)[\"']*\))?(?:,? as amended\b)?"
)
REGULATIONS = {
    "22": r"\b(?:ITAR\b|International Traffic in Arms Regulations\b)",
    "15": r"\b(?:EAR\b|Export Administration Regulations\b)",
}
REGULATION_TAIL = r"(?:\)|,? ?\((?:the )?[\"']*(?:ITAR|EAR)[\"']*\))?"
ORDER = r"\b(?:E\. ?O\.|EO\b|Exec(?:utive|\.) Orders?\b)(?: nos?\.)? ?-?(?=\d{4,5}\b)"
MEMORANDA = {
    "NSPM": r"NSPM|National Security Presidential Memorandum",
    "NSM": r"NSM|National Security Memorandum",
    "PPD": r"PPD|Presidential Policy Directive",
    "PDD": r"PDD|Presidential Decision Directive",
    "NSDD": r"NSDD|National Security Decision Directive",
    "PD": r"PD|Presidential Directive",
}
MEMORANDUM = (
    r"\b(?:" + "|".join(MEMORANDA.values()) + r")(?: \([A-Z]{2,4}\))?(?:/NSC|/[A-Z]{2,4})?(?: no\.| number)?[-/ ]{0,3}(?=\d{1,3}\b)(?!\d{1,3}[.,]\d)"
)
LAW = r"\b(?:Pub(?:lic\b|\.)? ?L(?:aw\b|\.)|P\. ?L\.|PL)(?: no\.)? ?(?=\d{2,3}-\d{1,4}\b)"
REGISTER = r"(?<![\d.,$-])\d{1,3} (?:F\. ?R\.|FR\b|Fed\. ?Reg\.|Federal Register\b|Stat\.) ?(?=\d)"
BILL = r"\b(?:(?:H|S)\. ?J\. ?Res\.|(?:HJ|SJ)Res\b|(?:House|Senate) Joint Resolution\b|H\. ?R\.) ?(?=\d{1,5}\b)"
FACT_PAGE = r"\b(?:State(?: Department)?(?:'s)? )?CAT(?: [Pp]olicy)? fact (?:page|sheet)\b"
MANUAL = (
    r"(?:\bSAMM\b[ ,]*)?(?:\b(?:sections?|secs?\.|tables?|figures?|figs?\.|paragraphs?|paras?\.|chapters?) |§{1,2} ?)?"
    r"(?<![\w.-])(?:C|AP)\d{1,2}\.(?:[TF]|\d)\d*|\bSAMM\b[ ,]*(?:chapter |ch\. |C)\d{1,2}(?![\w.]*\w)"
    r"|\bchapter \d{1,2},? (?:of the )?(?:SAMM\b|Security Assistance Management Manual\b)"
)
DATE = re.compile(r",? (?:of|dated|\() ?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?(\d{4})\)?|,? (?:of |\()(\d{4})\b\)?")
ANY_ACT = re.compile(
    r"(?P<name>(?:[A-Z][\w.'-]{0,30},? |of |and |for |on |to |in |the |against |with |from ){1,14}Act\b(?: of \d{4}| for Fiscal Years? [\d-]{4,9})?)"
)


def named(patterns: dict[str, str], tail: str = "") -> re.Pattern[str]:
    """One pattern for several names; the group that matched is the short one."""
    return re.compile("(?:" + "|".join(f"(?P<n{short}>{pattern})" for short, pattern in patterns.items()) + ")" + tail, re.IGNORECASE)


def which(match: re.Match[str]) -> str:
    """The short name that a pattern of `named` matched."""
    return next(group[1:] for group, words in match.groupdict().items() if words is not None and group.startswith("n"))
