"""Templates as a lawyer edits them: what is read, what is refused, and that those that ship hold together."""

import re
from datetime import date

import pytest

from assistant import draft
from assistant.case import read_case
from assistant.desk import Desk
from assistant.draft.supplied import Supplied
from assistant.draft.template import Template, parse, read_template
from assistant.errors import BadInput
from assistant.law import Status
from assistant.settings import data_path

KINDS = {
    "policy-justification", "transmittal", "cat-analysis", "notification", "country-team-assessment", "retransfer",
    "human-rights", "congressional-qa",
}  # fmt: skip
BLOCKS = {
    "stops", "facts", "notification", "assessment", "elements", "policy", "criteria", "changes", "findings", "flags",
    "needed",
}  # fmt: skip


def _worked_out(condition: str, shelf: Desk) -> bool:
    """Whether an `if:` is one that the determination answers, under a clause that exists."""
    return condition == "certification" or (
        condition.startswith(("stop ", "SAMM Table ")) and shelf.corpus.exists(condition.removeprefix("stop "))
    )


def templates() -> list[Template]:
    return [read_template(data_path("prompts"), kind) for kind in draft.template_kinds()]


def test_there_is_a_template_for_each_of_the_eight_kinds() -> None:
    assert set(draft.template_kinds()) == KINDS


@pytest.mark.parametrize("template", templates(), ids=lambda t: t.kind)
def test_every_clause_that_a_template_names_exists(template: Template, shelf: Desk) -> None:
    named = [
        clause
        for heading in template.headings
        for element in heading.elements
        for clause in (*element.listed("clause"), *([element.words] if element.verb in {"note", "quote"} else []))
    ]
    assert named
    assert [clause for clause in named if not shelf.corpus.exists(clause)] == []


@pytest.mark.parametrize("template", templates(), ids=lambda t: t.kind)
def test_every_note_a_template_asks_for_is_written(template: Template, shelf: Desk) -> None:
    notes = [e.words for h in template.headings for e in h.elements if e.verb == "note"]
    assert [n for n in notes if n not in shelf.corpus.provisions] == []


@pytest.mark.parametrize("template", templates(), ids=lambda t: t.kind)
def test_no_template_states_an_amount_or_a_clock_of_its_own(template: Template, shelf: Desk) -> None:
    """Amounts and days come from dated tables, so that a memo never shows those of another group."""
    for element in (e for h in template.headings for e in h.elements):
        version = shelf.corpus.version(element.words, date(2026, 11, 24)) if element.verb == "note" else None
        words = version.note if version else element.words
        assert not re.search(r"\$(?:14|25|50|100|200|300) million|\b(?:15|30) (?:calendar )?days\b", words), words


@pytest.mark.parametrize("template", templates(), ids=lambda t: t.kind)
def test_every_slot_block_and_condition_of_a_template_is_known(template: Template, shelf: Desk) -> None:
    supplied = Supplied(read_case({"id": "x", "recipient": "Poland"}))
    for heading in template.headings:
        for element in heading.elements:
            for slot in (*element.slots, *(i for i in element.listed("if") if not _worked_out(i, shelf))):
                supplied.fact(slot)
            if element.verb == "include":
                assert element.words in BLOCKS
            assert (element.verb == "stock") == ("true_if" in element.keys)
            if element.verb == "say":
                assert element.listed("clause"), element.words
            for condition in (*element.listed("while"), *element.listed("unless")):
                provision, _, status = condition.rpartition(" ")
                assert shelf.corpus.exists(provision)
                assert Status(status)


@pytest.mark.parametrize("template", templates(), ids=lambda t: t.kind)
def test_every_memo_shows_bars_changes_findings_flags_and_what_is_needed(template: Template) -> None:
    blocks = {e.words for h in template.headings for e in h.elements if e.verb == "include"}
    assert {"stops", "changes", "findings", "flags", "needed"} <= blocks


@pytest.mark.parametrize("template", [t for t in templates() if t.kind != "transmittal"], ids=lambda t: t.kind)
def test_human_rights_always_wait_for_a_fact_or_a_judgement(template: Template) -> None:
    """A transmittal's fields are fixed by law; every other memo asks under section 502B whatever the case says."""
    asked = [e for h in template.headings for e in h.elements if "22 USC 2304" in " ".join((e.words, *e.keys.values()))]
    assert any(e.verb in {"need", "judge"} for e in asked)


def test_a_template_is_read_into_headings_elements_and_keys() -> None:
    template = parse(
        "x",
        "<!-- a remark\nover lines -->\n# Title\n\n## One\nwhile: NSM-18 in_force\n- fact: The purpose is\n  {{ purpose }}.\n"
        "  clause: 22 USC 2754; 22 USC 2753(a)\n  else: the\n    purpose\n- include: flags\n",
    )
    (heading,) = template.headings
    assert heading.keys == {"while": "NSM-18 in_force"}
    fact, block = heading.elements
    assert (fact.verb, fact.words, fact.slots) == ("fact", "The purpose is {{ purpose }}.", ("purpose",))
    assert fact.listed("clause") == ("22 USC 2754", "22 USC 2753(a)")
    assert fact.keys["else"] == "the purpose"
    assert (block.verb, block.words) == ("include", "flags")


@pytest.mark.parametrize("line", ["- shout: loud", "Plain words.", "- note 22 USC 2754", "  colour: red"])
def test_a_line_that_is_no_element_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(BadInput, match="line 3"):
        parse("x", f"# Title\n## One\n{line}\n")


def test_an_unknown_kind_lists_the_kinds() -> None:
    with pytest.raises(BadInput, match=r"brief(.|\n)*cat-analysis, congressional-qa"):
        read_template(data_path("prompts"), "brief")


@pytest.mark.parametrize("kind", ["", "../ask", "memos/notification", "notification\0"])
def test_no_kind_reaches_another_file(kind: str) -> None:
    with pytest.raises(BadInput):
        read_template(data_path("prompts"), kind)
