"""The conversation: a question asked, its answer as it comes, the same question on another day, what to do with it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import cite, converse
from assistant.ask.answer import Answer
from assistant.ask.hearing import SoFar
from assistant.cite import Kind
from assistant.desk import Desk
from assistant.errors import BadInput, PinciteError
from assistant.model import Extractive
from assistant.phrase import day
from assistant.show import NOTICE
from ui import render, wording
from ui.markup import Html, element, together
from ui.opening import StillOpening
from ui.people import REASONS
from ui.recent import Recent
from ui.wording import standing_words
from ui.writing import how_far, watched

MOST_TURNS = 30
EXAMPLES = (
    "Which conventional arms transfer policy is in force?",
    "At what value must an FMS sale of major defense equipment to Japan be notified to Congress?",
    "Was NSM-18 in force on 1 February 2025, and what did it say of human rights?",
    "Who notifies Congress under section 36(b)(1) today, and who did before?",
    "Can a country retransfer equipment valued at $20 million at original acquisition cost?",
    "AECA 36(b)(1)",
)
BROKEN = "Something went wrong here; the terminal that runs pincite has the details. Try again, or ask it another way."

_log = logging.getLogger(__name__)
_recent = Recent()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as written, as it was read where it follows on another, and what came of it."""

    question: str
    reply: Html
    answer: Answer | None = None
    read_as: str = ""

    @property
    def asked(self) -> str:
        """The question that can be asked by itself."""
        return self.read_as or self.question


Step = tuple[Html, list[Turn], str]


def answer_turns(desk: Desk, words: str, written: str | None, before: list[Turn]) -> Iterator[Step]:
    """The conversation with the question waiting, then with its answer as it comes; one that fails stays in its box.

    StillOpening where it needs an index that is being built.
    """
    if not words.strip():
        yield conversation(before), before, ""
        return
    yield standing(words, before, render.waiting()), before, ""
    earlier = before[-MOST_TURNS + 1 :]
    yield from _answered(desk, words, written, earlier)


def ask_again(desk: Desk, written: str | None, before: list[Turn]) -> Iterator[Step]:
    """The last question asked anew, as of another day, in its own place."""
    if not before:
        yield conversation(before), before, ""
        return
    *earlier, last = before
    yield standing(last.question, earlier, render.waiting()), before, ""
    yield from _answered(desk, last.question, written, earlier, last.read_as)


def standing(words: str, before: Sequence[Turn], meanwhile: Html) -> Html:
    """The conversation with a question that is not answered yet, and what is said of it meanwhile."""
    return conversation(before[-MOST_TURNS + 1 :], render.turn(words, meanwhile, waiting=True))


def _answered(desk: Desk, words: str, written: str | None, earlier: list[Turn], read_as: str = "") -> Iterator[Step]:
    left, given = "", None
    try:
        read_as = read_as or follow(words, earlier, desk)
        for step in _asked(desk, read_as or words, day_asked(written)):
            if isinstance(step, Answer):
                given = step
                continue
            partly = render.so_far(step.verified, step.on, how_far(step))
            yield conversation(earlier, render.turn(words, partly, read_as=read_as, waiting=True)), [*earlier], ""
        assert given is not None
        reply = render.answer(given)
    except StillOpening:
        raise
    except PinciteError as error:
        reply, left = render.failure(str(error)), words if isinstance(error, BadInput) else ""
    except Exception:
        _log.exception("A question could not be answered")
        reply, left = render.failure(BROKEN), words
    now = [*earlier, Turn(words, reply, given, read_as)]
    yield conversation(now), now, left


def _asked(desk: Desk, question: str, on: date | None) -> Iterator[SoFar | Answer]:
    """The answer; what a language model writes is watched, what the corpus itself says is there at once."""
    if desk.model.name == Extractive.name:
        yield _recent.ask(question, desk, on)
    else:
        yield from watched(question, desk, on)


def follow(words: str, earlier: Sequence[Turn], desk: Desk) -> str:
    """The question that a follow-up means, by those before it; empty where it stands by itself."""
    before = [(turn.asked, turn.answer) for turn in earlier if turn.answer]
    if _is_citation(words):
        return ""
    found = converse.resolve_follow_up(words, before, desk.rules) if before else words
    return found if " ".join(found.split()) != " ".join(words.split()) else ""


def _is_citation(words: str) -> bool:
    """Whether a citation is all that is written: then it is looked up, whatever was asked before."""
    said = words.strip(" .?!;,")
    return any(said == mention.written.strip(" .?!;,") for mention in cite.find(words))


def conversation(turns: Sequence[Turn], last: Html | None = None) -> Html:
    """Everything asked and answered, and what is being answered."""
    shown = [_turn(turn, number) for number, turn in enumerate(turns)]
    return render.conversation([*shown, last] if last else shown, EXAMPLES)


def _turn(turn: Turn, number: int) -> Html:
    after = _after(turn.answer, number) if turn.answer else Html()
    return render.turn(turn.question, turn.reply, after, read_as=turn.read_as)


def _after(answer: Answer, number: int) -> Html:
    """What can be done with an answer."""
    buttons = [
        element("button", "Copy with citations", type="button", class_="quiet", data_copy=as_text(answer)),
        element("button", "Word", type="button", class_="quiet", data_does="export", data_turn=str(number), title="Download as a Word document"),
        element("button", "Copy link", type="button", class_="quiet", data_link=True),
        element("button", "Helpful", type="button", class_="quiet", data_does="rate", data_turn=str(number), data_helped="yes"),
    ]  # fmt: skip
    reasons = [element("option", each, value=each) for each in REASONS]
    form = element(
        "form",
        element("label", "What is wrong ", element("select", *reasons, name="reason")),
        element("label", "In your words (optional; unclassified information only) ", element("input", name="words", maxlength="2000")),
        element("input", type="hidden", name="turn", value=str(number)),
        element("button", "Send", type="submit", class_="quiet"),
        data_does="rate",
    )  # fmt: skip
    wrong = element("details", element("summary", "Not right"), form, class_="wrong")
    return element("div", *buttons, wrong, class_="after", role="group", aria_label="What to do with this answer")


def as_text(answer: Answer) -> str:
    """The answer in plain text, each sentence with its citations and their status."""
    lines = [
        answer.question,
        f"As of {day(answer.as_of)}; checked for changes through {day(answer.checked_through)}.",
        "",
    ]
    if answer.abstained:
        lines += [
            f"No answer: {wording.reason_words(answer.reason)}. {answer.because}".strip(),
            "",
        ]
    for said in answer.claims:
        words = f"“{said.claim.text}”" if said.claim.kind == Kind.QUOTE else said.claim.text
        cites = "; ".join(f"{each.cite}, {standing_words(each.status, answer.as_of)}" for each in said.cited)
        lines.append(f"{words} ({cites})" if cites else words)
    lines += [f"{wording.warning_words(w.code)}: {w.text}" for w in answer.warnings]
    return "\n".join([*lines, "", NOTICE])


def day_asked(written: str | None) -> date | None:
    """The day in the date box; None where it is today's or empty, so that a date in the question decides."""
    found = read_day(written) if written else None
    return None if found == date.today() else found


def read_day(written: str) -> date:
    """A day as YYYY-MM-DD; BadInput for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        step = "Write it as YYYY-MM-DD, for example 2025-04-09."
        raise BadInput(f"{written[:40]!r} is not a date.", next_step=step) from None


def thanks(turns: list[Turn], number: int, words: str) -> list[Turn]:
    """The conversation with a word of thanks under one answer."""
    told = element("p", words, class_="told", role="status")
    return [
        replace(t, reply=together(t.reply, told)) if n == number and told not in t.reply else t
        for n, t in enumerate(turns)
    ]
