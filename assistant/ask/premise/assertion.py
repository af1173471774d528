"""The part of a question that asserts something."""

import re

_ASKING = re.compile(
    r"^\s*(?:so |and |but |then |now |please |also )?(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had"
    r"|compare|list|name|explain|describe|quote|paste|summari[sz]e|tell|show|give|define|find|confirm|trace|in what|at what|under (?:what|which|whose)|to whom|by whom|for (?:how|which|what)|on what|as of|in (?:\w+ )?\d{4}[,]? (?:what|which|who|how|was|did|were|could)|by \w+ \d{4})\b",
    re.I,
)
_GROUND = re.compile(
    r"\b(?:since|given that|because|now that|seeing that|as|assuming|considering that|with)\b\s+(.{8,220}?)(?:,(?=\s+(?:what|which|who|when|where|why|how|is|are|do|does|did|can|may|must|should|our|we|it|its|so|list|draft|please|quote|paste|cite|apply|tell|a|the|foreign|no|send|use)\b)|\?|$)",
    re.I | re.S,
)
_ORDERED = re.compile(
    r"^\s*(?:please |now )*(?:draft|prepare|invoke|write|use|cite|apply|issue|grant|sign|claim|rely on)\b", re.I
)


def assertion_of(text: str) -> str:
    """Every sentence that states something, and every ground given within one that asks; empty where it only asks."""
    parts: list[str] = []
    for sentence in re.split(r"(?<=[a-z0-9)%][.?!;])(?<!\bRes\.)(?<!\bsec\.)(?<!\bNo\.)\s+", text):
        if _ASKING.match(sentence) or (sentence.rstrip().endswith("?") and not _tagged(sentence)):
            parts += [match[1] for match in _GROUND.finditer(sentence)]
        else:
            parts.append(sentence)
    return " ".join(parts)


def orders(text: str) -> bool:
    """Whether a text tells us to make or use something."""
    return any(_ORDERED.match(sentence) for sentence in re.split(r"(?<=[.?!;,])\s+", text))


def _tagged(sentence: str) -> bool:
    """Whether a statement only ends as a question: `..., right?`"""
    return re.search(r",\s*(?:right|correct|isn['’]t it|no|yes|ok)\?\s*$", sentence, re.I) is not None
