"""Follow-up questions: what "and for Korea?" asks, told from the questions before it."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from assistant import cite, law
from assistant.ask.answer import Answer
from assistant.phrase import day

Earlier = Sequence[tuple[str, Answer | None]]

_LEADS = re.compile(
    r"^\s*(?:(?:and|but|so|ok(?:ay)?|then|now|also|same(?: question)?|again|what about|how about"
    r"|(?:what )?if (?:it(?:'s| is| was| were)(?: (?:for|in|to|worth|from|by)\b)?|they(?:'re| are| were)|the (?:value|amount|term|period|buyer|recipient|customer) (?:is|was|were)))\b[\s,:-]*)+",
    re.I,
)
_BARE = re.compile(
    r"^(?:for|in|on|under|by|with|to|as of|of|via|through|at|before|after|it|they|its|their|that|this|those|these|then|there|what|how|who)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|that (?:one|clause|section|provision|rule|order|policy|memorandum|threshold|case)|this (?:one|clause|section|provision|rule|order|policy|memorandum|threshold|case)|the same|those|these|there|then)\b",
    re.I,
)
_QUESTION = re.compile(
    r"^\s*(?:who|what|which|when|where|why|how|does|do|did|is|are|was|were|can|may|must|shall|should|will|has|have|quote|list|show|summari[sz]e|define|explain|compare|since when|until when|by when|by whom|to whom|for how long)\b",
    re.I,
)
_SOURCE = re.compile(
    r"^(?:(?P<why>why(?: is (?:that|this|it)(?: so)?| so)?|how come|on what (?:basis|authority)|says who|explain(?: (?:that|this|it|why|more))?)"
    r"|(?:please )?(?:quote|cite|show|read|give)(?: me)?(?: (?:it|that|this|them))?(?: (?:the|its|exact|actual|full|official))*"
    r"(?: (?:text|words|wording|language|clause|source|citation))*(?: (?:of|for) (?:it|that|this))?"
    r"|(?:what(?:'s| is) )?the (?:exact |full )?(?:text|source|citation|wording))(?: please)?$",
    re.I,
)
_NOW = re.compile(r"^(?:as of )?(?:today|now|currently|at present|these days|nowadays)$", re.I)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b(?:(?:as of|as at|on|in|since|before|after|until|during|dated)\s+)?(?:\d{{4}}-\d\d-\d\d|\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|{_MONTH} \d{{4}}|(?:19|20)\d\d)\b",
    re.I,
)
_TERM = re.compile(
    r"\b(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty|thirty|sixty|ninety)[ -](?:calendar )?(?:days?|weeks?|months?|years?)\b",
    re.I,
)
_MONEY = re.compile(r"(?:US)?\$ ?\d[\d,]*(?:\.\d+)?(?:[ -]?(?:thousand|million|billion|bn|mn|[kmb])\b)?", re.I)
_ROUTES = (
    re.compile(r"\b(?:an? )?(?:FMS|foreign military sales?|government-to-government)(?: (?:sales?|cases?))?\b", re.I),
    re.compile(
        r"\b(?:an? )?(?:DCS|direct commercial sales?|commercial(?:ly)?(?: licensed)? (?:sales?|exports?)|commercial licen[sc]es?)(?: (?:sales?|cases?|licen[sc]es?))?\b",
        re.I,
    ),
    re.compile(r"\b(?:an? )?(?:third[- ]party transfers?|retransfers?)\b", re.I),
    re.compile(r"\b(?:an? )?(?:leases?|loans?)\b", re.I),
    re.compile(r"\b(?:an? )?(?:excess defense articles?|EDA)\b", re.I),
    re.compile(r"\b(?:an? )?(?:FMF|foreign military financing)\b", re.I),
)
_ARTICLES = (
    re.compile(r"\b(?:major defense equipment|MDE)\b", re.I),
    re.compile(r"\b(?:(?:other )?defense articles(?: (?:and|or) (?:defense )?services)?)\b", re.I),
    re.compile(r"\b(?:design and construction services?|construction)\b", re.I),
    re.compile(r"\b(?:firearms?|category I)\b", re.I),
)
_OFFICIALS = (
    re.compile(r"\b(?:the )?(?:Secretary of (?:State|Defense|War|Commerce|the Treasury|Homeland Security)|Attorney General|President|Department of (?:State|Defense|War|Commerce)|DSCA|DDTC|Senate|House)\b"),
)  # fmt: skip
_BODIES = re.compile(r"\b(?:the )?(?:NATO(?: (?:countries|country|members?|allies|ally|itself|bodies|agenc(?:y|ies)))?|NSPA|major non-NATO all(?:y|ies)|NATO\+5|AUKUS)\b")  # fmt: skip
_CAPITAL = re.compile(r"\b(?!(?:FMS|DCS|MDE|FMF|EDA|CAT|NATO|State|Congress|President|USML|ITAR|AECA|FAA|SAMM|Defense|War|House|Senate|Secretary|Department)\b)(?:the )?[A-Z][a-z]+(?: (?:of |and )?[A-Z][a-z]+){0,3}\b")  # fmt: skip
_SHORT_NAME = re.compile(r"\b(?:the )?(?:UK|UAE|ROK|PRC|DRC)\b")
_MODAL = r"(?:is|are|was|were|must|may|shall|should|can|could|will|would|has|have|had|do|does|did)"
_TELLING = r"(?:contain|cover|say|require|include|state|do|address|mean|provide|direct|show|need|look like|consist of|apply to|exempt|allow|forbid|prohibit|change|replace)"
_NAMING = r"^(?:what|who|when|where) (?:is|are|was|were)"
_VERB = re.compile(
    r"\s(?:be|is|are|was|were|must|may|shall|need(?:s|ed)?|require[sd]?|trigger(?:s|ed)?|ha(?:s|ve)|apply|applies|go(?:es)?)\b",
    re.I,
)
_MOST_WORDS = 14
_LONGEST = 8_000


class Countries(Protocol):
    """What knows the names of countries: the rules do."""

    def find_countries(self, text: str) -> tuple[str, ...]:
        """The countries a text names."""
        ...


def resolve_follow_up(question: str, earlier: Earlier, countries: Countries | None = None) -> str:
    """The question in full: as it stands where it can be read alone, else the last one with what is new put in its place.

    `earlier` are questions as resolved with their answers (or None), oldest first. Nothing is guessed: what fits nowhere is
    asked about the last subject in its own words.
    """
    asked = " ".join(question.split())
    if not earlier or not asked or len(asked.split()) > _MOST_WORDS + 6:
        return question
    before, answer = earlier[-1]
    before = _alone(" ".join(before.split()))
    rest = _LEADS.sub("", asked)
    led = rest != asked
    rest = re.sub(r"[\s,]+(?:too|as well|also|then|instead)(?=[?.!\s]*$)", "", rest, flags=re.I)
    fragment = rest.rstrip(" ?.!")
    if not fragment:
        return question
    if (source := _SOURCE.match(fragment)) and (clause := _first_clause(answer)):
        on = f" on {day(answer.as_of)}" if answer and answer.as_of != answer.asked_on else ""
        return f"{'Explain' if source['why'] else 'Quote'} {clause}{on}"
    whole = _QUESTION.match(rest) is not None
    pointing = _PRONOUN.search(fragment) is not None
    short = len(fragment.split()) <= _MOST_WORDS
    if not short or (whole and not pointing and not _elliptic(fragment)) or (cite.find(fragment) and whole and not led):
        return question
    if (
        not whole
        and not led
        and not (_BARE.match(fragment) or _named(fragment, countries) or len(fragment.split()) <= 5)
    ):
        return question
    if not whole and (swapped := _swapped(fragment, before, countries)):
        return _ended(swapped)
    if whole and re.search(r"\bdiffer(?:s|ent)?$", fragment) and len(earlier) > 1:
        other = _subject(" ".join(earlier[-2][0].split()))
        rest = f"{fragment} from {other}?" if other else rest
        fragment = rest.rstrip(" ?.!")
    return _carried(rest, fragment, before, answer, whole, _subject_of(before, answer, earlier))[:_LONGEST]


def _alone(before: str) -> str:
    """An earlier question without the follow-up that was put behind it."""
    head, colon, _ = before.partition(": ")
    return f"{head}?" if colon and _QUESTION.match(head) and len(head.split()) > 2 else before


def _first_clause(answer: Answer | None) -> str:
    """The clause that the first sentence of an answer rests on, where it can be asked for by name."""
    cited = answer.claims[0].cited if answer and answer.claims else ()
    return next((p for each in cited if cite.find(p := each.citation.provision)), "")


def _subject_of(before: str, answer: Answer | None, earlier: Earlier) -> str:
    """What is spoken of: the policy that dates told, else the subject of the last question that has one."""
    if (
        re.match(r"(?:which|what)\b", before, re.I)
        and answer
        and answer.claims
        and answer.claims[0].claim.kind == "rule"
    ):
        first = _first_clause(answer)
        if first and law.instrument_of(first) == first:
            return first
    if subject := _subject(before):
        return subject
    asked = (_subject(_alone(" ".join(each.split()))) for each, _ in reversed(earlier[:-1]))
    return next((subject for subject in asked if subject and subject.lower() in before.lower()), "")


def _elliptic(fragment: str) -> bool:
    """Whether a question of few words says no subject of its own: "who signs?", "how long?", "on what date?"."""
    content = [w for w in re.findall(r"[A-Za-z]{3,}", fragment) if w.lower() not in _LITTLE]
    return len(content) <= 2 and not cite.find(fragment) and not _CAPITAL.search(fragment[1:])


_LITTLE_WORDS = "who what which when where why how does did the and are was were can may must shall should will has have for with long much many about there any exactly"
_LITTLE = frozenset(_LITTLE_WORDS.split())


def _named(fragment: str, countries: Countries | None) -> bool:
    return bool(
        _country(fragment, countries)
        or _DATE.search(fragment)
        or _MONEY.search(fragment)
        or cite.find(fragment)
        or _BODIES.search(fragment)
    )


def _country(text: str, countries: Countries | None) -> str:
    """The country a text names, as it is written there."""
    if countries is None:
        match = _CAPITAL.search(text)
        return match[0] if match else ""
    found = countries.find_countries(text)
    if not found:
        return ""
    for match in (*_CAPITAL.finditer(text), *_SHORT_NAME.finditer(text)):
        if set(countries.find_countries(match[0])) & set(found):
            return match[0]
    return found[0] if found[0] in text else ""


def _swapped(fragment: str, before: str, countries: Countries | None) -> str:
    """The earlier question with each new thing in the place of its kind; empty where one has no place."""
    if asked := _asked_of_one(fragment, before, countries) or _defined(fragment, before, countries):
        return asked
    changed, used = before, False
    said = fragment
    if _NOW.match(said):
        old = _dated(changed)
        return changed[: old.start()] + "today" + changed[old.end() :] if old else f"{changed.rstrip(' ?.!')} today?"
    if (dated := _DATE.search(said)) and not _inside_citation(said, dated.start()):
        on = (
            eve
            if (eve := _eve(dated[0]))
            else dated[0]
            if re.match(r"[A-Za-z]+ ", dated[0]) and not re.match(_MONTH, dated[0], re.I)
            else f"on {dated[0]}"
            if re.search(r"\d{4}-|\d [A-Z]|[a-z] \d{1,2},", dated[0])
            else f"in {dated[0]}"
        )
        old = _dated(changed) or re.search(r"\btoday\b", changed)
        changed = changed[: old.start()] + on + changed[old.end() :] if old else f"{changed.rstrip(' ?.!')} {on}?"
        said, used = said[: dated.start()] + said[dated.end() :], True
    if (term := _TERM.search(said)) and (old_term := _TERM.search(changed)):
        changed = changed[: old_term.start()] + term[0] + changed[old_term.end() :]
        said, used = said[: term.start()] + said[term.end() :], True
    if new := _MONEY.search(said):
        old_sum = _MONEY.search(changed)
        changed = (
            changed[: old_sum.start()] + new[0] + changed[old_sum.end() :]
            if old_sum
            else f"{changed.rstrip(' ?.!')} worth {new[0]}?"
        )
        said, used = said[: new.start()] + said[new.end() :], True
    mentions = cite.find(said)
    if mentions:
        older = cite.find(changed)
        if not older:
            return ""
        changed = (
            changed[: older[-1].start] + _in_full(mentions[0].written, older[-1].written) + changed[older[-1].end :]
        )
        said, used = said[: mentions[0].start] + said[mentions[0].end :], True
    for kinds in (_ROUTES, _ARTICLES):
        changed, said, swapped = _kind(kinds, changed, said)
        used |= swapped
    if (official := _OFFICIALS[0].search(said)) and (old_official := _OFFICIALS[0].search(changed)):
        changed = changed[: old_official.start()] + official[0] + changed[old_official.end() :]
        said, used = said[: official.start()] + said[official.end() :], True
    recipient = _BODIES.search(said)
    name = recipient[0] if recipient else _country(said, countries)
    if name:
        old_body, old_country = _BODIES.search(changed), _country(changed, countries)
        place = old_country if old_country and not recipient else old_body[0] if old_body else old_country
        changed = changed.replace(place, name, 1) if place else f"{changed.rstrip(' ?.!')} for {name}?"
        said, used = said.replace(name, "", 1), True
    left = [
        w
        for w in re.findall(r"[A-Za-z]{3,}", said)
        if w.lower()
        not in _LITTLE
        | {
            "under",
            "through",
            "instead",
            "same",
            "sale",
            "sales",
            "case",
            "from",
            "using",
            "via",
            "value",
            "worth",
            "that",
            "this",
            "its",
            "not",
            "into",
        }
    ]
    return changed if used and not left else ""


def _eve(dated: str) -> str:
    """The last day before a date: "before 2025" is 31 December 2024; empty where it is not `before`."""
    words = re.match(r"before (.+)$", dated, re.I)
    if not words:
        return ""
    for form in ("%Y", "%B %Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%B %d %Y"):
        with suppress(ValueError):
            return f"on {day(datetime.strptime(words[1], form).date() - timedelta(days=1))}"
    return ""


def _asked_of_one(fragment: str, before: str, countries: Countries | None) -> str:
    """Of one country what was asked of all: "which countries get it?", "and Israel?"; empty where that was not asked."""
    match = re.match(
        r"which (?:countries|states|governments|nations|buyers)(?: else)? (\w+) (.+)$", before.rstrip(" ?.!"), re.I
    )
    name = _country(fragment, countries)
    if not match or not name or name != fragment.strip():
        return ""
    verb, rest = match[1], match[2]
    single = {"are": "is", "were": "was", "have": "does", "get": "does", "do": "does"}.get(verb.lower(), verb)
    if single == "does" or not re.fullmatch(_MODAL, verb, re.I):
        return f"Does {name} {verb} {rest}?"
    return f"{single.capitalize()} {name} {rest}?"


def _defined(fragment: str, before: str, countries: Countries | None) -> str:
    """Another thing's meaning: "what is A?", "and B?"; empty where no meaning was asked."""
    if re.search(r"\bones?\b", fragment):
        return ""
    match = re.fullmatch(r"(what (?:is|are)|define) (an? |the )?((?:[\w-]+ ?){1,5})", before.rstrip(" ?.!"), re.I)
    plain = re.fullmatch(r"(an? |the )?(?:[a-z][\w-]* ?){1,5}", fragment)
    if not match or not plain or _BARE.match(fragment) or re.search(rf"\b{_MODAL}\b", f"{match[3]} {fragment}"):
        return ""
    return f"{match[1]} {fragment}?"


def _in_full(written: str, before: str) -> str:
    """A citation that is a number and nothing else, with the act or code of the one before it."""
    named = re.match(r"\D*?(?=\d)", before) if not re.match(r"\d+ (?:U\.? ?S|C\.? ?F)", before) else None
    return f"{named[0]}{written}" if named and written[0].isdigit() and not re.match(r"\d+ [A-Z]", written) else written


def _kind(kinds: tuple[re.Pattern[str], ...], before: str, said: str) -> tuple[str, str, bool]:
    new = next((match for kind in kinds if (match := kind.search(said))), None)
    if new is None:
        return before, said, False
    old = next((match for kind in kinds if (match := kind.search(before))), None)
    if old is not None:
        article = re.match(r"an? ", old[0], re.I)
        words = re.sub(r"^an? ", "", new[0], flags=re.I)
        tail = re.search(r" (?:sales?|cases?|licen[sc]es?)$", old[0], re.I)
        if tail and not re.search(r"(?:sale|case|licen[sc]e|transfer|lease|export)s?$", words, re.I):
            words += tail[0]
        if article:
            words = re.sub(r"(?<=[a-z])s$", "", words) if re.search(r"[^s]s$", words) else words
        lead = ("an " if _vowel(words) else "a ") if article else ""
        before = before[: old.start()] + lead + words + before[old.end() :]
    else:
        before = f"{before.rstrip(' ?.!')} under {new[0]}?"
    return before, said[: new.start()] + said[new.end() :], True


def _dated(text: str) -> re.Match[str] | None:
    """The first day a text names outside its citations."""
    return next((m for m in _DATE.finditer(text) if not _inside_citation(text, m.start())), None)


def _vowel(words: str) -> bool:
    return words[0].lower() in "aeiou" or re.match(r"(?:FM|MD|ED)[A-Z]", words) is not None


def _inside_citation(text: str, place: int) -> bool:
    return any(mention.start <= place < mention.end for mention in cite.find(text))


def _carried(rest: str, fragment: str, before: str, answer: Answer | None, whole: bool, subject: str) -> str:
    """A new question about the old subject: what a pronoun points to is named, else the earlier question goes in front."""
    if whole and not subject and _THAT_CLAUSE.search(rest) and answer is not None and answer.claims:
        subject = answer.claims[0].cited[0].citation.provision if answer.claims[0].cited else ""
    if whole and subject:
        pointed = _POINTED.search(rest)
        if pointed:
            return _ended(rest[: pointed.start()] + subject + rest[pointed.end() :])
        possessive = re.search(r"\b(?:its|their)\b", rest, re.I)
        if possessive:
            return _ended(f"{rest[: possessive.start()]}the{rest[possessive.end() :].rstrip(' ?.!')} of {subject}")
        if not re.search(r"\bthat\b|\b(?:he|she)\b", rest, re.I):
            return _ended(f"{fragment} {'under' if cite.find(subject) or _LAW.search(subject) else 'for'} {subject}")
    return f"{before.rstrip(' ?.!')}: {fragment}?"


_LAW = re.compile(r"\b(?:law|act|rule|policy|order|section|clause|memorandum|amendment|regulations?)$", re.I)
_THAT_CLAUSE = re.compile(r"\b(?:that|this) (?:clause|section|provision|rule|paragraph)\b", re.I)
_POINTED = re.compile(
    r"\b(?:it|they|them|(?:that|this) (?:one|clause|section|provision|rule|order|policy|memorandum)|(?<=signs )that|(?<=certifies )that|(?<=approves )that|(?<=can )that|(?<=does )that|(?<=must )that|(?<=may )that|that(?=\W*$))\b",
    re.I,
)


def _subject(before: str) -> str:
    """What the earlier question was about: the clause it names, else the thing it asks of; empty where it asks of a doing."""
    mentions = cite.find(before)
    if mentions and not re.match(r"what happens\b", before, re.I):
        return mentions[0].written
    if match := re.search(
        r"\b(?:FMS|DCS|foreign military sale|direct commercial sale|retransfer|third[- ]party transfer|lease)\b.*$",
        before,
        re.I,
    ):
        words = match[0].rstrip(" ?.!")
        words = _VERB.split(words)[0].strip() or words
        return re.sub(r"^(FMS|DCS|foreign military sale|direct commercial sale|retransfer|third[- ]party transfer|lease)\b", lambda m: f"{'an' if _vowel(m[0]) else 'a'} {m[0]}", words, flags=re.I)  # fmt: skip
    asked = before.rstrip(" ?.!")
    for form in (
        rf"^what (?:must|may|shall|should|can|do|does|did|will) (.+?) {_TELLING}\b.*$",
        rf"^(?:which|what) (?!{_MODAL}\b|happens\b)(.+?) {_MODAL} .*$",
        rf"^how (?:much|many) (?!{_MODAL}\b)(.+?) {_MODAL} .*$",
        r"^who \w+ ((?:the|an?) (?!\w+ (?:to|for|of)\b).+)$",
        _NAMING + r" ((?:the|an?) .+|[a-z][\w-]+(?: [\w-]+){0,4})$",
    ):
        if match := re.match(form, asked, re.I):
            words = match[1].strip()
            named = re.match(r"(?:the|an?) |what (?:is|are)", f"{words} ", re.I) or words.split()[-1][0].isupper()
            return words if named or form.startswith(_NAMING) else f"the {words}"
    return ""


def _ended(text: str) -> str:
    plain = " ".join(text.split())
    plain = plain[0].upper() + plain[1:]
    return plain if plain.endswith(("?", ".", "!")) else f"{plain}?"
