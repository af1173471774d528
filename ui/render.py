"""Answers as HTML that is safe to show: claims with numbered chips, warnings, and what there is instead of an answer."""

from collections.abc import Sequence
from datetime import date

from assistant.ask.answer import Answer, Cited, Said, Warned
from assistant.cite import Kind, Verdict
from assistant.law import Authority, Holding, Status
from assistant.phrase import day, joined
from assistant.show import status_words
from ui.markup import Html, element, together

KIND_WORDS = {
    Kind.QUOTE: "Quoted from the text held",
    Kind.NOTE: "Our note, not the law’s words",
    Kind.RULE: "From the dated tables",
    Kind.MODEL: "Written by a model from the clauses cited",
}
HOLDING_WORDS = {
    Holding.OFFICIAL: "official text held",
    Holding.NOTE: "our note, text not held",
    Holding.LOSSY: "a damaged copy, never quoted",
    Holding.SECONDARY: "known only through others",
    Holding.UPLOAD: "an upload, not law",
    Holding.NONE: "neither text nor note held",
}
REASON_WORDS = {
    "not_held": "the text asked for is not held",
    "needs_facts": "more facts are needed",
    "judgement": "this is for a person to decide",
    "no_authority": "no authority was found",
    "out_of_scope": "this is outside what is covered",
}
WARNING_WORDS = {
    "revoked": "Revoked",
    "superseded": "Superseded, wholly or in part",
    "directed": "Directed, not reinstated",
    "stale": "May be out of date",
    "false_premise": "Check the question",
    "contested": "Contested",
    "secondary": "Known only through others",
    "not_held": "Not held",
}
VERDICT_WORDS = {
    Verdict.PARTLY: "the clause supports this only in part",
    Verdict.UNSUPPORTED: "the clause does not support this",
    Verdict.CONTRADICTED: "the clause says otherwise",
}
_FIRST = frozenset({"revoked", "superseded", "directed", "false_premise", "not_held"})
_GRAVE = frozenset({"revoked", "superseded", "false_premise"})


def tone(status: Status) -> str:
    """The colour of a status: good in force, ended where it no longer governs, care between."""
    return "good" if status is Status.IN_FORCE else "ended" if status.ended else "care"


def standing_words(status: Status, on: date) -> str:
    """What a clause is on a day; the day is never to be read as the one on which it was revoked."""
    plainly = status in {Status.IN_FORCE, Status.NOT_YET}
    return f"{status_words(status)} on {day(on)}" if plainly else f"{status_words(status)} (status on {day(on)})"


def standing(status: Status, on: date) -> Html:
    """The same, in its colour."""
    return element("span", standing_words(status, on), class_=f"status {tone(status)}")


def choice(
    provision: str, on: date, words: str, *, class_: str = "cite", label: str | None = None, **more: str | None
) -> Html:
    """A button that opens a clause in the panel."""
    inside = element("bdi", words)
    return element(
        "button", inside, type="button", class_=class_, data_provision=provision, data_on=on.isoformat(),
        aria_label=label, title=label, **more,
    )  # fmt: skip


def conversation(turns: Sequence[str], examples: Sequence[str]) -> Html:
    """Everything asked and answered so far, or an invitation."""
    inside = [Html(turn) for turn in turns] or [_welcome(examples)]
    return element("section", *inside, class_="log", role="log", aria_label="Questions and answers", tabindex="0")


def _welcome(examples: Sequence[str]) -> Html:
    buttons = [
        element("li", element("button", each, type="button", class_="example", data_does="example", data_words=each))
        for each in examples
    ]
    return element(
        "div",
        element("h2", "Ask about U.S. conventional arms transfer policy and law"),
        element(
            "p",
            "Every sentence of an answer names the clause it rests on and what that clause is on the date. Choose a number"
            " beside a sentence to read the clause. A question may follow on the one before it.",
        ),
        element("ul", *buttons, class_="examples", aria_label="Example questions"),
        class_="welcome",
    )


def turn(question: str, *reply: Html, read_as: str = "", waiting: bool = False) -> Html:
    """A question and what came of it; `read_as` is the question that a follow-up was taken for."""
    asked = element("h2", element("bdi", question), class_="question")
    understood = element("p", "Read as: ", element("bdi", read_as), class_="read-as") if read_as else Html()
    link_words = read_as or question
    return element(
        "article",
        asked,
        understood,
        *reply,
        class_="turn",
        aria_busy="true" if waiting else None,
        data_asked=link_words,
    )


def waiting() -> Html:
    """What stands in an answer's place until it is there."""
    return element("p", "Reading the clauses …", class_="waiting")


def failure(message: str) -> Html:
    """Why a question could not be taken, and what to do."""
    return element(
        "div",
        element("strong", "That could not be answered."),
        " ",
        element("bdi", message),
        class_="failed",
        role="alert",
    )


def answer(given: Answer, claims: int | None = None) -> Html:
    """An answer: why not where there is none, what changes how to read it, claims, other warnings, sources, what made it.

    With `claims`, as much of it as is written once so many of its sentences are.
    """
    numbers = _numbered(given)
    if claims is not None:
        return _so_far(given, numbers, claims)
    return element(
        "div",
        element(
            "p", f"As of {day(given.as_of)} · checked for changes through {day(given.checked_through)}", class_="dates"
        ),
        _abstention(given) if given.abstained else Html(),
        _warnings([each for each in given.warnings if each.code in _FIRST], given.as_of),
        element("h3", "What is known") if given.abstained and given.claims else Html(),
        element("ol", *(_claim(said, numbers, given.as_of) for said in given.claims), class_="claims")
        if given.claims
        else Html(),
        _warnings([each for each in given.warnings if each.code not in _FIRST], given.as_of),
        _sources(given, numbers),
        _stamp(given),
        class_="answer",
    )


def _so_far(given: Answer, numbers: dict[str, int], claims: int) -> Html:
    shown = [_claim(said, numbers, given.as_of) for said in given.claims[:claims]]
    return element(
        "div",
        _abstention(given) if given.abstained else Html(),
        _warnings([each for each in given.warnings if each.code in _FIRST], given.as_of),
        element("ol", *shown, class_="claims"),
        class_="answer",
    )


def _numbered(given: Answer) -> dict[str, int]:
    """The chip number of each provision, in order of mention."""
    provisions = dict.fromkeys(each.citation.provision for said in given.claims for each in said.cited)
    return {provision: number for number, provision in enumerate(provisions, 1)}


def _abstention(given: Answer) -> Html:
    words = REASON_WORDS.get(given.reason or "", (given.reason or "").replace("_", " "))
    nearest = [element("li", choice(provision, given.as_of, cite)) for provision, cite in given.nearest]
    return element(
        "div",
        element("p", element("strong", f"No answer: {words}.")),
        element("p", element("bdi", given.because)) if given.because else Html(),
        together(element("p", "Nearest authorities:"), element("ul", *nearest, class_="nearest")) if nearest else Html(),
        class_="abstained", role="note", aria_label="No answer",
    )  # fmt: skip


def _warnings(warned: Sequence[Warned], on: date) -> Html:
    if not warned:
        return Html()
    return element("ul", *(_warning(each, on) for each in warned), class_="warnings", aria_label="Warnings")


def _warning(warned: Warned, on: date) -> Html:
    title = WARNING_WORDS.get(warned.code, warned.code.replace("_", " ").capitalize())
    where = together(" ", choice(warned.provision, on, warned.provision)) if warned.provision else Html()
    text = element("bdi", warned.text)
    return element(
        "li",
        element("strong", f"{title}."),
        " ",
        text,
        where,
        class_=f"warning {'grave' if warned.code in _GRAVE else 'care'}",
    )


def _claim(said: Said, numbers: dict[str, int], on: date) -> Html:
    words = element("q" if said.claim.kind == Kind.QUOTE else "bdi", said.claim.text, dir="auto")
    says = said.claim.text if said.claim.kind == Kind.NOTE else None
    chips = [chip(each, numbers[each.citation.provision], on, says) for each in said.cited]
    return element(
        "li", element("p", words, " ", *chips, class_="said"), element("p", *_footing(said, numbers, on), class_="footing"),
        class_=f"claim {said.claim.kind}",
    )  # fmt: skip


def chip(each: Cited, number: int, on: date, says: str | None = None) -> Html:
    """A number that opens the clause cited, with the words that rest on it marked."""
    citation = each.citation
    quoted = citation.quote is not None and citation.start is not None and citation.end is not None
    return choice(
        citation.provision, on, str(number), class_=f"chip {tone(each.status)}",
        label=f"Clause {number}: {each.cite}, {standing_words(each.status, on)}",
        data_span=f"{citation.start}-{citation.end}" if quoted else None, data_edition=citation.edition if quoted else None,
        data_says=None if quoted else says,
    )  # fmt: skip


def _footing(said: Said, numbers: dict[str, int], on: date) -> list[Html]:
    """Whose words a claim is in, what its clauses are on the day, and what checking them found."""
    uploaded = any(each.authority is Authority.UPLOAD for each in said.cited)
    kind = "From an upload, not law" if uploaded else KIND_WORDS[Kind(said.claim.kind)]
    parts = [element("span", kind, class_="status ended" if uploaded else "kind")]
    for status in dict.fromkeys(each.status for each in said.cited):
        which = sorted({numbers[each.citation.provision] for each in said.cited if each.status is status})
        clauses = f"clause{'s' if len(which) > 1 else ''} {joined([str(number) for number in which])}"
        parts.append(together(f"{clauses} ", standing(status, on)))
    for each in said.cited:
        if each.verdict in VERDICT_WORDS:
            parts.append(element("span", VERDICT_WORDS[each.verdict], class_="status ended"))
        if each.edition_after:
            parts.append(
                element("span", f"quoted from the later edition of {each.citation.edition}", class_="status care")
            )
        if each.holding is Holding.SECONDARY:
            parts.append(element("span", HOLDING_WORDS[each.holding], class_="status care"))
    return [together(" · " if number else "", part) for number, part in enumerate(dict.fromkeys(parts))]


def _sources(given: Answer, numbers: dict[str, int]) -> Html:
    """Every clause cited, by number, with its rank, status and holding."""
    cited = {each.citation.provision: each for said in reversed(given.claims) for each in reversed(said.cited)}
    if not cited:
        return Html()
    rows = [
        element(
            "li", choice(provision, given.as_of, cited[provision].cite), " ",
            element("span", authority_words(cited[provision].authority), class_="rank"), " · ",
            standing(cited[provision].status, given.as_of), f" · {HOLDING_WORDS[cited[provision].holding]}",
        )
        for provision in numbers
    ]  # fmt: skip
    return together(element("h3", "Clauses cited"), element("ol", *rows, class_="sources"))


def authority_words(authority: Authority) -> str:
    """The rank of a source in words."""
    return "an upload, not law" if authority is Authority.UPLOAD else str(authority).replace("_", " ")


def _stamp(given: Answer) -> Html:
    stamp = given.stamp
    made = f"Corpus {stamp.corpus}, prompts {stamp.prompts}, model {stamp.model}, settings {stamp.settings}, pincite {stamp.version}."
    return element("details", element("summary", "What made this answer"), element("p", made), class_="stamp")
