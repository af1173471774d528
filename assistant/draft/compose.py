"""A template, a case and a date made into a memo."""

from collections.abc import Callable
from datetime import date

from assistant import cite, determine, law
from assistant.case import Case
from assistant.desk import Desk
from assistant.determine import Determination
from assistant.draft import citing, determined, framework
from assistant.draft.memo import Kind, Memo, Need, Needed, Section, Stamp, Stated
from assistant.draft.supplied import Supplied, one_line
from assistant.draft.template import SLOT, Element, Heading, Template, kinds, read_template
from assistant.draft.wording import alike, government_of, worded
from assistant.errors import BadInput
from assistant.settings import CHECKED_THROUGH, data_path

_DETERMINED: dict[str, Callable[[Determination, Desk, date], list[Stated]]] = {
    "notification": determined.notification,
    "stops": determined.stops,
    "findings": determined.findings,
}
_ROUTES = {
    "FMS": "a foreign military sale", "DCS": "a direct commercial sale", "EAR": "an export under the EAR", "lease": "a lease",
    "manufacture abroad": "manufacture abroad", "retransfer": "a retransfer", "retransfer (licensed)": "a retransfer",
    "grant": "a grant", "grant (excess)": "excess defense articles",
}  # fmt: skip
_WORKSHEET = frozenset({"notification", "assessment", "changes", "findings", "flags", "needed"})
_CLAUSED: dict[str, Callable[[Determination, Desk, date, tuple[str, ...]], list[Stated]]] = {
    "assessment": determined.assessment,
    "elements": determined.elements,
}


def template_kinds() -> tuple[str, ...]:
    """The kinds of memo that can be drafted."""
    return kinds(data_path("prompts"))


def _first_of_worksheet(headings: list[Heading]) -> int:
    """Where the sections begin that only work the determination out, to the end."""
    number = len(headings)
    while number and all(e.verb == "include" and e.words in _WORKSHEET for e in headings[number - 1].elements):
        number -= 1
    return number


def draft(case: Case, kind: str, desk: Desk, on: date | None = None) -> Memo:
    """Draft a memo of a kind; `on` outranks the case's own date, which outranks today. BadInput lists the kinds."""
    template = read_template(data_path("prompts"), kind)
    day = on or case.as_of or date.today()
    return _Composer(case, template, desk, day).memo()


class _Composer:
    def __init__(self, case: Case, template: Template, desk: Desk, on: date) -> None:
        self.case, self.template, self.desk, self.on = case, template, desk, on
        self.supplied = Supplied(case)
        self.found = determine.determine(case, desk.rules, desk.corpus, on)
        self.facts = determine.facts_needed(case, template.kind, desk.rules, desk.corpus, on)

    def memo(self) -> Memo:
        drafted: list[tuple[Heading, list[Stated]]] = []
        for heading in self.template.headings:
            if self._stands(heading.keys):
                drafted.append((heading, [c for e in heading.elements for c in self._claims(e)]))
        body = tuple(claim for _, claims in drafted for claim in claims)
        sections: list[Section] = []
        first = _first_of_worksheet([heading for heading, _ in drafted])
        for number, (heading, claims) in enumerate(drafted):
            if any(element.words == "changes" for element in heading.elements):
                claims = [
                    *claims,
                    *framework.changes(body, self.found.notification, self.desk, self.on),
                ]
            if any(element.words == "needed" for element in heading.elements):
                claims = [*claims, *self._needed_lines(body)]
            unique = tuple({(claim.text, claim.kind): claim for claim in claims}.values())
            if unique:
                sections.append(Section(heading.title, unique, number >= first))
        said = tuple(claim for section in sections for claim in section.claims)
        return Memo(
            kind=self.template.kind,
            title=self.template.title,
            as_of=self.on,
            checked_through=CHECKED_THROUGH,
            case=one_line(self.case.id),
            case_title=one_line(self.case.title or ""),
            determination=self.found,
            sections=tuple(sections),
            facts_needed=self._needed(said),
            authorities=citing.authorities(said, self.desk, self.on),
            stamp=Stamp(
                self.desk.corpus_digest, self.desk.prompts.digest, "none", self.desk.settings_digest, self.desk.version
            ),
        )

    def _claims(self, element: Element) -> list[Stated]:
        if not self._stands(element.keys):
            return []
        if self.desk.corpus.status(element.words, self.on) == "not_yet" and element.verb in {"note", "quote"}:
            return []
        clauses = element.listed("clause")
        match element.verb:
            case "note":
                return [citing.note(element.words, self.desk, self.on)]
            case "quote":
                quoted = citing.quotation(element.words, self.desk, self.on)
                return [quoted] if quoted else []
            case "say":
                return [Stated(element.words, Kind.NOTE, citing.cites(clauses, self.desk, self.on))]
            case "fact":
                return self._fact(element, clauses)
            case "stock":
                return self._stock(element, clauses)
            case "need":
                return [self._gap(Need.FACT, element.words, element)]
            case "judge":
                return [self._gap(Need.JUDGEMENT, element.words, element)]
            case _:
                return self._included(element.words, clauses)

    def _included(self, block: str, clauses: tuple[str, ...]) -> list[Stated]:
        if block in _CLAUSED:
            return _CLAUSED[block](self.found, self.desk, self.on, clauses)
        if block in _DETERMINED:
            return _DETERMINED[block](self.found, self.desk, self.on)
        match block:
            case "facts":
                return [Stated(f"{name}: {words}.", Kind.FACT) for name, words in self.supplied.lines]
            case "flags":
                told = any(e.words == "policy" for h in self.template.headings for e in h.elements)
                return determined.flags(self.found, self.desk, self.on, told)
            case "policy":
                return framework.policy(self.desk, self.on)
            case "criteria":
                return framework.criteria(self.desk, self.on)
            case "changes" | "needed":
                return []
        raise BadInput(f"memos/{self.template.kind}.md: there is no block {block[:40]!r} to include.")

    def _fact(self, element: Element, clauses: tuple[str, ...]) -> list[Stated]:
        if text := self._filled(element):
            return [Stated(text, Kind.FACT, citing.cites(clauses, self.desk, self.on))]
        return self._bracket(element)

    def _stock(self, element: Element, clauses: tuple[str, ...]) -> list[Stated]:
        name = element.keys["true_if"]
        text = self._filled(element)
        if self.supplied.true(name) and text:
            return [Stated(text, Kind.FACT, citing.cites(clauses, self.desk, self.on), wanted=name)]
        return self._bracket(element)

    def _bracket(self, element: Element) -> list[Stated]:
        wanted = element.keys.get("else", "")
        return [self._gap(Need.FACT, wanted, element)] if wanted else []

    def _gap(self, need: Need, wanted: str, element: Element) -> Stated:
        """A bracket for an element; where the route is not known, it says for which routes it is."""
        routes = element.listed("for")
        if routes and self.found.route is None:
            named = dict.fromkeys(_ROUTES.get(route, route) for route in routes)
            wanted = f"for {' or '.join(named)}: {wanted}"
        return citing.gap(need, wanted, element.listed("clause"), self.desk, self.on)

    def _filled(self, element: Element) -> str | None:
        """The words with the case's facts in their slots; None where one is missing."""
        facts = {slot: self._slot(slot) for slot in element.slots}
        if any(words is None for words in facts.values()):
            return None
        return SLOT.sub(lambda match: facts[match[1]] or "", element.words)

    def _slot(self, name: str) -> str | None:
        recipient = self.supplied.fact("recipient") or ""
        if name == "purchaser" and self.desk.rules.find_countries(recipient) == (recipient,):
            return government_of(recipient)
        try:
            return self.supplied.fact(name)
        except KeyError:
            raise BadInput(f"memos/{self.template.kind}.md: there is no fact {name[:40]!r} in a case.") from None

    def _routed(self, routes: tuple[str, ...]) -> bool:
        """Whether the case's route is among some; an upgrade goes with the sale that it amends, unless named itself."""
        route = self.found.route
        return route is None or route in routes or route.removesuffix(" upgrade") in routes

    def _has(self, wanted: str) -> bool:
        if wanted == "certification":
            return self.found.notification.required is not False
        if wanted.startswith("stop "):
            return any(law.is_part_of(stop.provision, wanted.removeprefix("stop ")) for stop in self.found.stops)
        if wanted.startswith("SAMM Table "):
            return wanted in map(determined.table_id, self.found.cta.tables)
        return self._slot(wanted) is not None

    def _stands(self, keys: dict[str, str]) -> bool:
        """Whether the conditions on a heading or element hold; a route not known leaves every route's elements standing."""
        asked = Element("say", "", keys)
        if (routes := asked.listed("for")) and not self._routed(routes):
            return False
        if (wanted := asked.listed("if")) and not any(map(self._has, wanted)):
            return False
        ruling = asked.listed("while")
        if ruling and not any(citing.stands(each, self.desk, self.on) for each in ruling):
            return False
        return not any(citing.stands(each, self.desk, self.on) for each in asked.listed("unless"))

    def _needed(self, said: tuple[Stated, ...]) -> tuple[Needed, ...]:
        """What the determination waits for, then what the memo's own brackets do under other clauses and in other words."""
        found: list[tuple[str, str]] = []
        for fact in self.facts:
            if not any(alike(worded(fact.fact), listed) for listed, _ in found):
                found.append((worded(fact.fact), fact.provision))
        under = {provision for _, provision in found}
        for claim in said:
            provision = claim.provisions[0] if claim.provisions else ""
            told = any(alike(claim.wanted, fact) for fact, _ in found)
            if claim.need is Need.FACT and provision and provision not in under and not told:
                found.append((claim.wanted, provision))
        return tuple(
            Needed(fact, provision, cite.display(provision, self.desk.corpus) if provision else "", self._key_of(fact))
            for fact, provision in dict.fromkeys(found)
        )

    def _key_of(self, fact: str) -> str:
        """The key of a case under which a template looks for a fact; empty where none does."""
        for heading in self.template.headings:
            for element in heading.elements:
                if element.keys.get("else") == fact:
                    keys = [element.keys["true_if"]] if "true_if" in element.keys else []
                    return ", ".join(key.replace("known.", "known_facts.") for key in (*keys, *element.slots))
        return ""

    def _needed_lines(self, body: tuple[Stated, ...]) -> list[Stated]:
        """Brackets for what the determination waits for and the memo's sections have not asked already."""
        asked = {claim.wanted for claim in body}
        return [
            citing.gap(Need.FACT, worded(fact.fact), (fact.provision,) if fact.provision else (), self.desk, self.on)
            for fact in self.facts
            if worded(fact.fact) not in asked
        ]
