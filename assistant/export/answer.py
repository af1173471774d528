"""An answer as a Word document: the question, what is said with its notes, the warnings, the authorities."""

from assistant.ask.answer import Answer, Cited, Said
from assistant.cite import Kind
from assistant.export import sources
from assistant.export.marking import raised
from assistant.export.paper import Paper
from assistant.export.span import Line, Span, line
from assistant.phrase import day

NOTICE = "Draft, not legal advice, unclassified information only."
REASONS = {
    "not_held": "the text asked for is not held",
    "needs_facts": "more facts are needed",
    "judgement": "this is for a person to decide",
    "no_authority": "no authority was found",
    "out_of_scope": "this is outside what is covered",
}
WARNINGS = {
    "revoked": "Revoked",
    "superseded": "Superseded, wholly or in part",
    "directed": "Directed, not reinstated",
    "stale": "May be out of date",
    "false_premise": "Check the question",
    "contested": "Contested",
    "secondary": "Known only through others",
    "not_held": "Not held",
    "not_yet": "Not yet in force",
    "model": "The language model",
}
LEADS = {
    Kind.NOTE: "Our note, not the law's words:",
    Kind.RULE: "By the dated tables under",
    Kind.MODEL: "Written by a model from",
}


def paper_of(answer: Answer, marking: str = "") -> Paper:
    """The whole answer on paper."""
    stamp = answer.stamp
    made = f"corpus {stamp.corpus}; prompts {stamp.prompts}; model {stamp.model}; settings {stamp.settings}; version {stamp.version}"
    paper = Paper(
        "Answer to a question of law and policy", subject=answer.question, marking=raised(marking), stamp=made
    )
    paper.block("Question", line(answer.question))
    paper.block(
        "As of", line(f"{day(answer.as_of)} (corpus checked for changes through {day(answer.checked_through)})")
    )
    if answer.asked_on and answer.asked_on != answer.as_of:
        paper.block("Asked on", line(day(answer.asked_on)))
    if answer.reason is not None:
        paper.heading("No answer")
        paper.line(
            (
                Span(f"No answer: {REASONS.get(answer.reason, answer.reason.replace('_', ' '))}. ", bold=True),
                Span(answer.because),
            )
        )
    known: set[str] = set()
    noted: dict[str, list[int]] = {}
    if answer.claims:
        paper.heading("What is known" if answer.abstained else "Answer")
    for said in answer.claims:
        _say(paper, said, answer, known, noted)
    if answer.warnings:
        paper.heading("Warnings")
    for warning in answer.warnings:
        name = WARNINGS.get(warning.code, warning.code.replace("_", " ").capitalize())
        paper.line((Span(f"{name}: ", bold=True), Span(warning.text)), "List Bullet")
    if answer.nearest:
        paper.heading("Nearest clauses")
        for _, cite in answer.nearest:
            paper.line(line(cite), "List Bullet")
    if answer.claims:
        _authorities(paper, answer, noted)
    paper.line(line(f"{NOTICE} Made from {made}."), "Told")
    return paper


def _say(paper: Paper, said: Said, answer: Answer, known: set[str], noted: dict[str, list[int]]) -> None:
    kind = said.claim.kind
    for provision in said.provisions:
        noted.setdefault(provision, []).append(paper.noted + 1)
    more = " ".join(
        f"{each.cite}: {words}."
        for each in said.cited
        if (words := {"partly": "supports this only in part", "unsupported": "does not support this",
                      "contradicted": "says otherwise"}.get(str(each.verdict)))
    )  # fmt: skip
    note = sources.note(LEADS.get(kind, ""), said.cited, answer.as_of, known, more) if said.cited else ()
    if kind is Kind.QUOTE:
        paper.line((Span(f"“{said.claim.text}”", note=note),), "Quote")
    else:
        paper.line((Span(said.claim.text, note=note),))


def _authorities(paper: Paper, answer: Answer, noted: dict[str, list[int]]) -> None:
    cited: dict[str, Cited] = {}
    for each in (each for said in answer.claims for each in said.cited):
        kept = cited.get(each.citation.provision)
        if kept is None or (kept.citation.quote is None and each.citation.quote):
            cited[each.citation.provision] = each
    paper.heading("Table of authorities", numbered=False)
    rows: list[tuple[Line, ...]] = [
        (
            (Span(each.cite, url=each.url),), line(sources.AUTHORITIES[each.authority]),
            line(sources.short_standing(each.status)), line(sources.held(each)),
            line(", ".join(map(str, dict.fromkeys(noted.get(each.citation.provision, []))))),
        )
        for each in sorted(cited.values(), key=lambda one: (one.authority.rank, sources.in_order(one.citation.provision)))
    ]  # fmt: skip
    paper.table(
        ("Authority", "Kind", f"Status on {day(answer.as_of)}", "What is held", "Notes"),
        rows, (2.3, 1.1, 1.1, 1.5, 0.7), "Every authority cited, with its status and what is held of it",
    )  # fmt: skip
