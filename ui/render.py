"""Answers as HTML that is safe to show: claims with numbered chips, warnings, and what there is instead of an answer."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.ask.answer import Answer, Cited, Dropped, Said, Warned
from assistant.cite import Kind
from assistant.law import Authority, Holding, Status
from assistant.phrase import day, joined
from assistant.show import ellipsed
from ui.markup import Html, element, together
from ui.wording import (
    HOLDING_WORDS,
    KIND_WORDS,
    REMOVED_WORDS,
    VERDICT_WORDS,
    authority_words,
    reason_words,
    standing_words,
    tone,
    warning_words,
)

_MOST_NAMED, _MOST_CONTESTED = 3, 2
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST = frozenset({"not_yet", "revoked", "superseded", "directed", "false_premise", "not_held"})
_GRAVE = frozenset({"revoked", "superseded", "false_premise"})


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


def answer(given: Answer) -> Html:
    """An answer: why not where there is none, what changes how to read it, claims, other warnings, sources, what made it."""
    numbers = _numbered(given.claims)
    dates = f"As of {day(given.as_of)} · checked for changes through {day(given.checked_through)}"
    return element(
        "div",
        element("p", dates, class_="dates"),
        _abstention(given) if given.abstained else Html(),
        _warnings([each for each in given.warnings if each.code in _FIRST], given.as_of),
        element("h3", "What is known") if given.abstained and given.claims else Html(),
        _claims(given.claims, numbers, given.as_of),
        _later([each for each in given.warnings if each.code not in _FIRST], given.as_of),
        _dropped(given.dropped),
        _sources(given, numbers),
        _stamp(given),
        class_="answer" if given.abstained else "answer direct",
    )


def so_far(verified: Sequence[Said], on: date, words: str) -> Html:
    """An answer that a model is still writing: the sentences that have been verified, and how far it is."""
    return element(
        "div",
        _claims(verified, _numbered(verified), on),
        element("p", words, class_="waiting", role="status"),
        class_="answer",
    )


def _claims(said: Sequence[Said], numbers: dict[str, int], on: date) -> Html:
    return element("ol", *(_claim(each, numbers, on) for each in said), class_="claims") if said else Html()


def _dropped(dropped: Sequence[Dropped]) -> Html:
    """What a model said that verification removed, and why; folded, and struck out so that none of it reads as said."""
    if not dropped:
        return Html()
    count = "1 sentence was" if len(dropped) == 1 else f"{len(dropped)} sentences were"
    rows = [
        element(
            "li",
            element("del", element("bdi", each.text)) if each.text else Html(),
            element(
                "p",
                element("strong", f"{REMOVED_WORDS.get(each.verdict, 'Left out')}: "),
                element("bdi", each.reason),
                class_="why",
            ),
        )
        for each in dropped
    ]
    return element(
        "details",
        element("summary", f"{count} removed by verification"),
        element("p", "A language model wrote this. It did not stand in what it cited and is no part of the answer."),
        element("ul", *rows),
        class_="dropped",
    )


def _numbered(claims: Sequence[Said]) -> dict[str, int]:
    """The chip number of each provision, in order of mention."""
    provisions = dict.fromkeys(each.citation.provision for said in claims for each in said.cited)
    return {provision: number for number, provision in enumerate(provisions, 1)}


def _abstention(given: Answer) -> Html:
    words = reason_words(given.reason)
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


def _later(warned: Sequence[Warned], on: date) -> Html:
    """The other warnings; of several contested points the first stands open, the rest are folded."""
    contested = [each for each in warned if each.code == "contested"]
    if len(contested) <= _MOST_CONTESTED:
        return _warnings(warned, on)
    folded = contested[1:]
    return together(
        _warnings([each for each in warned if each not in folded], on),
        element(
            "details",
            element("summary", f"{len(folded)} more points on which the clauses cited are contested or misprinted"),
            element("ul", *(_warning(each, on) for each in folded), class_="warnings", aria_label="More warnings"),
            class_="more-warnings",
        ),
    )


def _warning(warned: Warned, on: date) -> Html:
    title = warning_words(warned.code)
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
    quoted = said.claim.kind == Kind.QUOTE
    words = element("q" if quoted else "bdi", ellipsed(said.claim.text) if quoted else said.claim.text, dir="auto")
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
        which = {numbers[each.citation.provision]: each.cite for each in said.cited if each.status is status}
        named = element("bdi", _named(which, alone=len(said.cited) == 1))
        parts.append(named if uploaded and status is Status.UNKNOWN else together(named, " ", standing(status, on)))
    for each in said.cited:
        if each.verdict in VERDICT_WORDS:
            parts.append(element("span", VERDICT_WORDS[each.verdict], class_="status ended"))
        if each.edition_after and each.authority is not Authority.UPLOAD:
            parts.append(element("span", f"quoted from the later edition of {_edition(each)}", class_="status care"))
        if each.holding is Holding.SECONDARY:
            parts.append(element("span", HOLDING_WORDS[each.holding], class_="status care"))
    return [together(" · " if number else "", part) for number, part in enumerate(dict.fromkeys(parts))]


def _edition(each: Cited) -> str:
    written = each.citation.edition or ""
    return day(date.fromisoformat(written)) if _ISO.fullmatch(written) else written


def _named(which: dict[int, str], *, alone: bool) -> str:
    """Clauses by their citations, with their numbers where there are several; many by their numbers alone."""
    if alone:
        return next(iter(which.values()))
    if len(which) > _MOST_NAMED:
        return f"clauses {joined([str(number) for number in sorted(which)])}"
    return joined([f"({number}) {which[number]}" for number in sorted(which)])


def _sources(given: Answer, numbers: dict[str, int]) -> Html:
    """Every clause cited, by number, with its rank, status and holding."""
    cited = {each.citation.provision: each for said in reversed(given.claims) for each in reversed(said.cited)}
    if not cited:
        return Html()
    rows = [
        element(
            "li", choice(provision, given.as_of, cited[provision].cite), " ",
            element("span", authority_words(cited[provision].authority), class_="rank"), *_held_as(cited[provision], given.as_of),
        )
        for provision in numbers
    ]  # fmt: skip
    return together(element("h3", "Clauses cited"), element("ol", *rows, class_="sources"))


def _held_as(each: Cited, on: date) -> list[Html]:
    """What a clause is on the day and how it is held; an upload is law on no day."""
    if each.authority is Authority.UPLOAD:
        return []
    held = "our note" if each.holding is Holding.NOTE else HOLDING_WORDS[each.holding]
    return [together(" · ", standing(each.status, on), f" · {held}")]


def _stamp(given: Answer) -> Html:
    stamp = given.stamp
    made = f"Corpus {stamp.corpus}, prompts {stamp.prompts}, model {stamp.model}, settings {stamp.settings}, pincite {stamp.version}."
    return element("details", element("summary", "What made this answer"), element("p", made), class_="stamp")
