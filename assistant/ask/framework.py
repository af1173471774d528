"""Which conventional arms transfer policy framed a review on a date, told from dates alone."""

from datetime import date

from assistant.cite import Citation, Claim, Kind
from assistant.corpus import Corpus
from assistant.law import Instrument, Status
from assistant.phrase import day, joined
from assistant.retrieve import Asked
from assistant.rules import Rules

_SUBJECT = (
    r"\b(?:CAT|(?:conventional )?arms[- ]transfers?)[- ]polic|\bpolic(?:y|ies)\b.*\barms\b|presidential (?:\w+ )?(?:policy|framework|guidance)"
    r"|policy framework|\bNSM-?18\b|\bNSPM-?10\b|\bPPD-?27\b"
    r"|\b(?:what|which (?:document|directive|memorandum|instrument|guidance)) (?:govern|appli|controll|guid|fram)\w+ (?:\w+ ){0,3}arms[- ](?:transfer|sale|export)"
    r"|\b(?:which|what) policy (?:govern\w*|appl\w+|controll?\w+|(?:is|was) in (?:force|effect))(?: then| now| today| currently| (?:as of|on|in) [\w ,-]+)?\W*$"
)
_IN_FORCE = (
    r"\bin (?:force|effect)\b|\bcurrent(?:ly)?\b|\bgovern(?:s|ed|ing)?\b|\boperative\b|\bcontroll?(?:s|ed|ing)\b|\bframework\b|\bapplicable\b"
    r"|\b(?:is|was) \S+ (?:still )?the (?:\w+ )?policy\b|\bpolicy (?:is )?(?:still|now|today)\b|\b(?:still|remains?|now|today)\b.*\b(?:policy|binding|valid|good law|apply|applies)\b|\bbinding\b|\bshould .{0,40}\b(?:apply|use|cite|follow)\b"
    r"|\bwhich (?:\w+ ){0,4}polic(?:y|ies) (?:is|was|were|are|appl\w+)\b|\bwhat (?:\w+ ){0,3}policy (?:is|was|appl\w+)\b|\bappl(?:y|ies|ied) (?:to|on|in)\b"
)
_CONTENT = r"\bcompare|\bhow did\b|\bdiffer|\bfirst (?:address|mention)|\bcriteri(?:on|a)\b.*\bmade\b|\bmade\b.*\bcriteri|\bwhich (?:CAT )?policies\b.*\b(?:made|addressed|required|mention)"


def asks_framework(asked: Asked) -> bool:
    """Whether a question asks which policy applied, not what one says."""
    return asked.mentions(_SUBJECT) and asked.mentions(_IN_FORCE) and not asked.mentions(_CONTENT)


def claims(asked: Asked, corpus: Corpus, rules: Rules) -> list[Claim]:
    """For each date asked about: the policy in force or directed, or that there was none, and what else framed a review."""
    found: list[Claim] = []
    for on in asked.dates:
        found.extend(_on(on, asked, corpus, rules))
    return found


def _on(on: date, asked: Asked, corpus: Corpus, rules: Rules) -> list[Claim]:
    policies = [corpus.instruments[p.instrument] for p in rules.policies if p.instrument in corpus.instruments]
    ruling = [p for p in policies if p.status(on) in {Status.IN_FORCE, Status.DIRECTED}]
    found = [_ruling(policy, on) for policy in ruling[-1:]] or [_nothing(policies, on)]
    for framework in rules.frameworks:
        instrument = corpus.instruments.get(framework.provision)
        if instrument and instrument.effective and instrument.status(on) is Status.IN_FORCE:
            text = f"{instrument.id} of {day(instrument.effective)} {framework.role}; it was in force on {day(on)}."
            found.append(_claim(text, framework.provision))
    named = {policy.id for policy in ruling}
    for policy in policies:
        period = policy.period(on)
        if (
            period
            and period.status.ended
            and policy.id not in named
            and (policy.id in asked.text or period.start.year >= on.year - 2)
        ):
            found.insert(0 if policy.id in asked.text else len(found), ended(policy, on))
    return found


def _ruling(policy: Instrument, on: date) -> Claim:
    period = policy.period(on)
    assert period is not None
    if period.status is Status.DIRECTED:
        text = (
            f"On {day(on)} the pointer is {period.by}: since {day(period.start)} State and Defense are directed to implement"
            f" {policy.id} ({policy.title}) or any successor policy directive. The text of {policy.id} is not held here."
        )
        return _claim(text, period.by, policy.id)
    later = next((p for p in policy.periods if p.start > on and p.status.ended), None)
    since = f", in effect since {day(period.start)}"
    until = f" It was {later.status} on {day(later.start)} by {later.by}." if later and later.by else ""
    return _claim(
        f"On {day(on)} the policy in force was {policy.id} ({policy.title}){since}.{until}",
        policy.id,
        *([later.by] if later and later.by else []),
    )


def _nothing(policies: list[Instrument], on: date) -> Claim:
    """Between two policies: what ended the last, and what came next."""
    ended_before = [
        (p, q) for p in policies for q in p.periods if q.start <= on and q.status.ended and p.period(on) == q
    ]
    begins_after = [
        (p, q) for p in policies for q in p.periods if q.start > on and q.status in {Status.IN_FORCE, Status.DIRECTED}
    ]
    parts: list[str] = []
    cited: list[str] = []
    if ended_before:
        policy, period = max(ended_before, key=lambda pair: pair[1].start)
        parts.append(
            f"{policy.id} had been {period.status} on {day(period.start)}{f' by {period.by}' if period.by else ''}"
        )
        cited.append(period.by or policy.id)
    if begins_after:
        policy, period = min(begins_after, key=lambda pair: pair[1].start)
        verb = "was directed to be implemented" if period.status is Status.DIRECTED else "took effect"
        parts.append(f"{policy.id} {verb} only from {day(period.start)}{f' by {period.by}' if period.by else ''}")
        cited.append(period.by or policy.id)
    text = (
        f"On {day(on)} no conventional arms transfer policy was clearly in force: {joined(parts)}."
        if parts
        else (f"No conventional arms transfer policy in force on {day(on)} is known here.")
    )
    return _claim(text, *cited)


def ended(instrument: Instrument, on: date) -> Claim:
    """That an instrument no longer governs, since when and by what."""
    period = instrument.period(on)
    assert period is not None
    by = f" by {period.by}" if period.by else ""
    text = (
        f"{instrument.id} was {period.status} on {day(period.start)}{by}; on {day(on)} it can be cited only as history."
    )
    return _claim(text, period.by or instrument.id)


def _claim(text: str, *provisions: str) -> Claim:
    return Claim(text, Kind.RULE, tuple(Citation(provision) for provision in dict.fromkeys(provisions)))
