"""The part of a question that asserts something, and what a question takes for granted by the way it asks."""

import re

from assistant.phrase import SPELT

_WORDS = (
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had"
    r"|compare|list|name|explain|describe|quote|paste|read|copy|type|send|recite|summari[sz]e|tell|show|give|define|find|confirm|trace|in what|at what|under (?:what|which|whose)|to whom|by whom|for (?:how|which|what)|on what|as of|in (?:\w+ )?\d{4}[,]? (?:what|which|who|how|was|did|were|could)|by \w+ \d{4})"
)
_ASKING = re.compile(rf"^\s*(?:so |and |but |then |now |please |also )?{_WORDS}\b", re.I)
_GROUND = re.compile(
    r"\b(?:since|given that|because|now that|seeing that|as|assuming|considering that|with)\b\s+(.{8,220}?)(?:,(?=\s+(?:what|which|who|when|where|why|how|is|are|do|does|did|can|may|must|should|our|we|it|its|so|list|draft|please|quote|paste|cite|apply|tell|a|the|foreign|no|send|use)\b)|\?|$)",
    re.I | re.S,
)
# A statement that goes before the question in one sentence: `X does Y, so what do we write?`
_LEAD = re.compile(
    r"^\s*(?!if\b|in case\b|suppose\b|say\b|under\b|for\b|with\b|on\b|at\b|once\b|after\b|before\b|unless\b|to\b|since\b|because\b|given\b|as\b|now that\b|seeing\b|assuming\b|considering\b)(?P<lead>.{12,}?)\s*(?:[;:—–]|,| - )\s*"
    r"(?:(?:and|so|then|but|therefore|thus|hence)\b,?\s*)*(?:(?:under|by|to|for|in|at|on|from|with|of) )?(?:what|which|who|whom|whose|when|where|why|how|is|are|do|does|did|can|could|may|must|should|shall|will|would|has|have)\b",
    re.I | re.S,
)
# A statement from which something is concluded, all in one sentence with a question mark: `X does Y, so ours is free?`
_CONCLUDED = re.compile(
    r"^\s*(?!if\b|in case\b|suppose\b|say\b|once\b|unless\b|since\b|because\b|given\b|as\b|now that\b|seeing\b|assuming\b)(?P<lead>.{12,}?)\s*[,;:—–]\s*(?:and |but )?(?:so|therefore|thus|hence)\b",
    re.I | re.S,
)
# A question that only asks the ground, manner, place or agent of what it takes to be so.
_GRANTED = re.compile(
    r"^\s*(?:so |and |but |then |please |now )*(?:"
    r"(?:why|how|when|where|how come|for what reason|on what (?:ground|date|basis)|in what (?:way|form|format)|by (?:what|which) (?:clause|authority|provision|power)|under (?:what|which) (?:\w+ )?(?:clause|section|provision|paragraph|authority|power|rule)) (?:do|does|is|are|can|may|must|has|have)(?! (?:not|a|an|each|every)\b) (?P<aux>.+)"
    r"|(?:when|why|how) did (?P<did>Congress .+)"
    r"|(?:which|what) (?:\w+ )?(?:clause|section|subsection|provision|paragraph|statute|law|order|rule|act|authority|part) (?:says?|provides?|lets?|allows?|permits?|requires?|makes?|gives?|states?|sets?|holds?|obliges?|entitles?|empowers?)(?: that)? (?P<clause>.+)"
    r"|(?:where|which \w+) (?:does|do|is|are) (?:it|the \w+|\w+) (?:say|says|written|state|states|provide|stated|laid down)(?: that)? (?P<where>.+)"
    r"|(?:explain|tell|show|cite|quote|find|give|confirm|note|draft|write|state)\b.{0,60}?\b(?:why|that|how) (?P<told>.+)"
    r")",
    re.I | re.S,
)
_SPELT = "|".join(SPELT)
_DEFINITE = re.compile(
    r"\b(?:the|its|their) (?:[\w$.,-]+ ){0,5}?(?:thresholds?|clock|periods?|review|waivers?|waiting period|hold|veto|window|line)\b(?: [\w$().-]+){0,8}"
    rf"|\b(?:the|its|their) (?:\d{{1,3}}|{_SPELT})[- ](?:calendar |working |business )?days?\b(?: [\w$().-]+){{0,8}}"
    r"|^\s*(?:so |and |but )?(?:what|which) (?:[\w-]+ ){0,5}(?:waiver|exception|exemption)\b(?: [\w$().-]+){0,10}",
    re.I,
)
_POLAR = re.compile(
    r"^\s*(?:so |and |but |then |now )*(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had)\b",
    re.I,
)
TAG = re.compile(
    r",\s*(?:right|correct|(?:is|are|do|does|did|has|have|was|were|wo|ca|can|must|should)n['’]t (?:it|they|we|he|she|that|there)|no|yes|ok|true|am i right|agreed)\?\s*$",
    re.I,
)


def assertion_of(text: str) -> str:
    """Every sentence that states something, and every ground given within one that asks; empty where it only asks."""
    parts: list[str] = []
    for sentence in _sentences(text):
        if _ASKING.match(sentence) or (sentence.rstrip().endswith("?") and not TAG.search(sentence)):
            lead = None if _ASKING.match(sentence) else _LEAD.match(sentence) or _CONCLUDED.match(sentence)
            parts += [lead["lead"]] if lead else []
            parts += [match[1] for match in _GROUND.finditer(sentence[lead.end() :] if lead else sentence)]
        else:
            parts.append(sentence)
    return " ".join(parts)


def granted_of(text: str) -> str:
    """What a question takes for granted without stating it: `Why does X certify?`, `Which clause lets X waive Y?`; empty where it asks whether."""
    parts: list[str] = []
    for sentence in _sentences(text):
        if match := _GRANTED.match(sentence):
            parts.append(next(part for part in match.groups() if part))
        elif _ASKING.match(sentence) and not _POLAR.match(sentence):
            parts += [match[0] for match in _DEFINITE.finditer(sentence)]
    return " ".join(parts)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?:(?<=[a-z0-9)%][.?!;])|(?<=[A-Z]{2}[.?!;]))(?<!\bRes\.)(?<!\bsec\.)(?<!\bNo\.)\s+", text)
