"""Sentences that assert law: what marks them, and what does not."""

import re
from collections.abc import Callable

_LAW = (
    r"(?:(?:the )?(?:statutes?|law|Act|Constitution|regulations?|rules?|manual|order|directive|memorandum|policy|policies|legislation|provision|clause|subsection|section|paragraph"
    r"|AECA|FAA|ITAR|EAR|SAMM|Arms Export Control Act|Foreign Assistance Act|Leahy (?:law|provisions?|amendments?)|Congress|federal law|U\.S\. law|current law|(?:CAT|arms transfer) [Pp]olicy|(?:E\.?O\.?|NSPM|NSM|PPD)[ -]?\d+))"
)
_SPEAKS = re.compile(
    rf"\b{_LAW}\b(?: \w+| \([^)]*\)|,[^,]{{0,40}},| ?,? (?:which|that)){{0,4}}? (?:now |also |expressly |generally |still |only |itself |not |does not |do not )*(?:requires?|prohibits?|bars?|forbids?|permits?|allows?|authorizes?|directs?|mandates?|provides?|sets?|obliges?|compels?|demands?|imposes?|limits?|restricts?|excludes?|exempts?|entitles?|empowers?|gives?|calls? for|must|shall|may not|makes?|conditions?|disqualif\w+|applies)\b",
    re.I,
)
_BY_LAW = re.compile(
    r"\b(?:it is|is now|is already|has become|remains) (?:already |now |settled |the )*law that\b|\b(?:by|under|as a matter of|required by|contrary to|unlawful under|in violation of) (?:the )?(?:law|statute|federal law|U\.S\. law|the Act|current law|regulation)\b|\b(?:legally|statutorily) (?:required|barred|obliged|obligated|prohibited|permitted|bound|mandated)\b|\bstatutory (?:requirement|prohibition|bar|threshold|obligation|ceiling|cap|limit|quota|minimum|maximum|deadline|duty|right|test)\b",
    re.I,
)
_MODAL = re.compile(
    r"\b(?:must|shall|may not|cannot|may only|may)\b(?: (?:not|only|also|first|then|never|be|lawfully|formally|\w+ly))*|\b(?:is|are|be) (?:strictly |expressly |generally |flatly |otherwise |therefore |also )*(?:prohibited|required|barred|forbidden|unlawful|illegal|ineligible|not permitted|permitted|not allowed|exempt|subject to|obliged|obligated|mandatory|entitled)\b|\b(?:requires?|prohibits?|bars?|need not|(?:does|do) not require)\b|\b(?:is|are) (?:lawful|unlawful|legal|permissible|impermissible|discretionary|optional|voluntary|unnecessary|needless)\b",
    re.I,
)
_STRONG = re.compile(
    r"\b(?:must|shall|may not|cannot|may only|may never)\b|\b(?:is|are|be) (?:strictly |expressly |generally |flatly |otherwise |therefore |also )*(?:prohibited|required|barred|forbidden|unlawful|illegal|ineligible|not permitted|not allowed|exempt|subject to|mandatory)\b|\brequires?\b|\bprohibits?\b|\bneed not\b|\b(?:does|do) not require\b|^\W*no\b[^.;?]{1,70}\b(?:may|can)\b|\b(?:it is|now|already) (?:the )?law that\b",
    re.I,
)
_MATTER = re.compile(
    r"\b(?:notif\w+|certif\w+|congress\w*|licen[sc]\w+|transfers?|retransfers?|exports?|sales?|sell|sold|assistance|end[- ]use|consent|eligib\w+|determination|waiver|president|secretary|defense articles?|defense services?|arms|munitions|letters? of offer|recipients?|joint resolution|human rights|security forces?|units?|offsets?|export control|manufactur\w+|agreements?|embargo\w*|vett\w+|purchasers?|foreign (?:countr|government|person)\w*|brokers?|brokering|registration|penalt\w+|applicants?|exporters?|importers?|licensees?|suppliers?|manufacturers?|freight forwarders?|thresholds?|lessees?|lessors?|leases?|buyers?|sellers?|shippers?|contractors?)\b",
    re.I,
)
_THRESHOLD = re.compile(
    r"\bthresholds?\b[^.]{0,60}\b(?:is|are|stands?|of)\b[^.]{0,20}\$|\breview period is\b|\bclock is\b", re.I
)
_OURS = re.compile(
    r"\b(?:we|our|ours|us|I|recommend\w*|please|action officers?|desk officers?|case officers?|this office|the office|the bureau|the desk|the team|the drafters?"
    r"|next steps?|this memo\w*|cite the|cited? as|the draft|attached|the file|(?:is|are) (?:proposed|suggested|intended) that|by (?:Monday|Tuesday|Wednesday|Thursday|Friday|close of business|COB))\b",
    re.I,
)
_ADVISES = re.compile(r"\b(?:should|ought|would|plans? to|intends? to|hopes? to)\b", re.I)
_COMMANDS = re.compile(r"\b(?:shall|must|may not)\b", re.I)
_ASKS = re.compile(
    r"\?\s*[\"')]*$|^[\W_]*(?:Whether\b(?!.{1,160}\b(?:is|are|must|shall|depends?|turns?|rests?|falls?)\b.{0,60}\b(?:decided|contested|determined|left|settled|on|by|for|to)\b)|That (?:you|he|she|they|the (?:Under |Deputy |Assistant )?Secretary)\b (?:\w+ly )?(?:approve|authori[sz]e|sign|deny|determine|agree|concur|certify|transmit|direct|note)\b)|\b(?:asks?|asked|wonders?|wants? to know|the question is|inquir\w+|unsure|unclear|do(?:es)? not know|undecided)\b[^.;]{0,20}\b(?:if|whether|who|what|which|when|how)\b", re.I
)  # fmt: skip
_ANAPHORA = re.compile(
    r"^[\"(\[]*(?:Id\.|Ibid\.|(?:That|This|Those|These|Such|The same|It|They|Each such|Either|Both)\b(?: (?:clause|provision|subsection|paragraph|section|certification|report|notice|period|statute|requirement|rule|limit|prohibition|bar|order|test|standard|threshold|exception|waiver|determination|authority|term|amount|figure|list|memorandum|policy|directive|review|clock|consent|license|justification|statement)s?\b)?)",
    re.I,
)


_WOULD_HAVE = re.compile(
    r"\bwould (?:[\w ]{1,30} )?have to\b|\bwould (?:\w+ )?be (?:required|obliged|bound|barred)\b", re.I
)
_MEASURED = re.compile(
    r"\b(?:must|shall|have to|has to)\b[^.;]*\b(?:within|at least|no later than|not later than|for (?:the|a) |every|each|per)\b[^.;]*\b(?:hours?|days?|weeks?|months?|years?|year|times?|twice|percent|life)\b",
    re.I,
)
_BOUND = re.compile(
    r"\b(?:is|are) (?:\w+ly )?(?:required|prohibited|forbidden|barred|obliged|obligated) (?:to|from)\b", re.I
)
_TO_SOMEBODY = re.compile(r"\b(?:you|drafters?|staff|action|desks?|team|readers?|embassy|please)\b", re.I)


def advises(said: str) -> bool:
    """Whether a sentence is the writer's own plan or counsel."""
    counsels = _ADVISES.search(_WOULD_HAVE.sub(" ", said)) and not _COMMANDS.search(said)
    return bool(_OURS.search(said) or counsels)


def asserts_law(said: str) -> bool:
    """Whether a sentence states what the law is or requires."""
    if _ASKS.search(said):
        return False
    if _SPEAKS.search(said) or _BY_LAW.search(said) or _THRESHOLD.search(said):
        return True
    return bool(_MODAL.search(said) and _MATTER.search(said))


def binds(said: str) -> bool:
    """Whether a sentence says that something must, may not or need not be done, whatever it is about, and is no advice."""
    return bool((_STRONG.search(said) or re.search(r"\bmay\b", said)) and not advises(said) and not _ASKS.search(said))


def needs_authority(said: str, sounds_like_law: Callable[[], bool]) -> bool:
    """Whether a sentence states law firmly enough that a citation must stand with it, and is no advice of the writer's own.

    `sounds_like_law` is asked where the words alone do not tell.
    """
    if _ASKS.search(said) or len(said.split()) < 5:
        return False
    if (
        advises(said)
        and not _BY_LAW.search(said)
        and not re.search(rf"\b{_LAW}\b (?:requires?|prohibits?|bars?|mandates?|forbids?)", said, re.I)
    ):
        return False
    if _SPEAKS.search(said) or _BY_LAW.search(said) or _THRESHOLD.search(said):
        return True
    if (_MEASURED.search(said.replace("U.S.", "US")) and not _TO_SOMEBODY.search(said)) or (
        _WOULD_HAVE.search(said) and _MATTER.search(said)
    ):
        return True
    if _BOUND.search(said) and not _TO_SOMEBODY.search(said):
        return True
    return bool(_STRONG.search(said) and (_MATTER.search(said) or sounds_like_law()))


_THE_PERIOD = re.compile(r"\b(?:before|until|after|during|within|while) (?:the|that|this) (?:waiting |review |statutory )?(?:period|clock)\b", re.I)  # fmt: skip


def leans_back(said: str) -> bool:
    """Whether a sentence goes on about what the sentence before cited."""
    return bool(_ANAPHORA.match(said) or _THE_PERIOD.search(said))
