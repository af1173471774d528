"""An answer as Markdown that shows every word as it is; the publishers' addresses alone are links."""

from assistant.ask.answer import Answer, Cited, Said
from assistant.cite import Kind
from assistant.draft.markdown import escaped
from assistant.export import sources
from assistant.export.answer import NOTICE, REASONS, WARNINGS
from assistant.export.marking import MARKING
from assistant.export.span import inert, publisher_link
from assistant.phrase import day


def answer_markdown(answer: Answer) -> str:
    """The question, each sentence with its citations and their status, the warnings and what was nearest."""
    lines = [
        f"# {_shown(answer.question)}",
        "",
        f"**{escaped(MARKING)}**",
        "",
        f"As of {day(answer.as_of)} (corpus checked for changes through {day(answer.checked_through)})",
    ]
    if answer.reason is not None:
        why = REASONS.get(answer.reason, answer.reason.replace("_", " "))
        lines += ["", f"**No answer: {escaped(why)}.** {_shown(answer.because)}".rstrip()]
    if answer.claims:
        lines += ["", "## What is known" if answer.abstained else "## Answer", ""]
    lines += [_said(said, answer) for said in answer.claims]
    if answer.warnings:
        lines += ["", "## Warnings", ""]
    for warning in answer.warnings:
        name = WARNINGS.get(warning.code, warning.code.replace("_", " ").capitalize())
        lines.append(f"- **{escaped(name)}:** {_shown(warning.text)}")
    if answer.nearest:
        lines += ["", "## Nearest clauses", "", *(f"- {_shown(cite)}" for _, cite in answer.nearest)]
    stamp = answer.stamp
    made = f"{stamp.corpus}/{stamp.prompts}/{stamp.model}/{stamp.settings}/{stamp.version}"
    lines += ["", f"{NOTICE} Stamp {escaped(made)}.", ""]
    return "\n".join(lines)


def _said(said: Said, answer: Answer) -> str:
    text = _shown(said.claim.text)
    if said.claim.kind is Kind.QUOTE:
        text = f"“{text}”"
    origin = {Kind.NOTE: "our note: ", Kind.RULE: "dated tables: ", Kind.MODEL: "written by a model: "}.get(
        said.claim.kind, ""
    )
    cited = "; ".join(_source(each, answer) for each in said.cited)
    return f"- {text} ({origin}{cited})" if cited else f"- {text}"


def _source(each: Cited, answer: Answer) -> str:
    url = publisher_link(each.url)
    cite = f"[{_shown(each.cite)}](<{url}>)" if url else _shown(each.cite)
    return f"{cite}, {escaped(sources.standing(each.status, answer.as_of))}, {escaped(sources.held(each))}"


def _shown(text: str) -> str:
    return escaped(inert(text))
