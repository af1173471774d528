"""Words of duty, leave, ban and release in a sentence, and what a clause that turns them round is reported as."""

import re
from dataclasses import dataclass

from assistant import cite
from assistant.corpus import Corpus

FORBIDS = re.compile(
    r"\b(?:may not|(?:may|can|shall|will) \w+ no\b|may never|shall not|must not|cannot|can not|prohibit\w*|barred|bars?|forb[ia]d\w*|not (?:be )?(?:permitted|allowed)|(?:no|neither|nor)\b(?: [\w',.-]+){1,14}? (?:may|shall|can|will|is|are)\b|(?:allow|permit|authoriz)\w* no\b|ineligible|unlawful|illegal|denied?|nor (?:may|shall))\b|^\W*no\b(?! (?:longer|more|fewer|less|later)\b)",
    re.I,
)
PERMITS = re.compile(
    r"\b(?:may(?! not| only)|permit(?:s|ted)?|allow(?:s|ed)?|authorizes?|is free to|are free to|can(?!not| not)|lawful)\b",
    re.I,
)
OBLIGES = re.compile(
    r"\b(?:must(?! not)|shall(?! not)|requires?|(?:is|are) required|has to|have to|mandat\w+|oblig\w+|no(?:t)? \w+(?: \w+){0,3} (?:unless|until|without))\b",
    re.I,
)
RELEASES = re.compile(
    r"\b(?:need not|need \w+ no \w+|(?:does|do|did) not (?:require|need|have to)|no (?:\w+ )?(?:certification|notification|consent|license|report|notice|determination|approval|justification)s? (?:need|has to|have to|must) be|(?:is|are) not (?:required|needed|necessary|obliged)\b(?! for (?:the )?(?:public|time|its|their|other|any|military|defense)\b)|no (?:\w+ )?(?:certification|notification|consent|license|report|notice|determination|approval)s? (?:is|are) (?:required|needed|necessary|submitted|sent|transmitted|due|made|given)|without (?:any )?(?:congressional )?(?:certification|notification|consent|license|notice)|waives? (?:the )?(?:certification|notification|justification)|dispenses? with|exempts?|discretionary|optional)\b",
    re.I,
)
STILL_DUE = re.compile(r"\b(?:is|are) still (?:required|due|needed)\b|\bonly: |\bremains? (?:required|due)\b", re.I)
EXCEPTED = re.compile(
    r"\b(?:unless|except|if|only|other than|waive\w*|exempt\w*|does not apply|exception|where|without|until|need not)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """Why a clause does not carry a sentence, and the clause that does, if one was found."""

    detail: str
    home: str | None = None
    suggestion: str | None = None


def named(cited: list[str], corpus: Corpus) -> str:
    return " and ".join(cite.display(p, corpus) for p in cited[:2]) + (" and others" if len(cited) > 2 else "")
