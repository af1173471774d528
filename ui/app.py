"""The chat page: gradio components and what happens when they are used."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

OFFLINE = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "True",
    "ANONYMIZED_TELEMETRY": "False",
}
os.environ.update(OFFLINE)

import gradio as gr  # noqa: E402
from fastapi import FastAPI  # noqa: E402

from assistant import ask as asking  # noqa: E402
from assistant import law  # noqa: E402
from assistant.clause import look_up, read_clause  # noqa: E402
from assistant.desk import Desk  # noqa: E402
from assistant.errors import BadInput, NoSuchClause, NotHeld, PinciteError  # noqa: E402
from assistant.show import NOTICE  # noqa: E402
from ui import panel, render  # noqa: E402
from ui.markup import Html, element, together  # noqa: E402

AT_ONCE = 4
MOST_WAITING = 64
MOST_TURNS = 30
KEPT_SECONDS = 6 * 3600
MOST_SESSIONS = 1_000
HERE = Path(__file__).parent
EXAMPLES = (
    "Which conventional arms transfer policy is in force?",
    "At what value must an FMS sale of major defense equipment to Japan be notified to Congress?",
    "How long does Congress have to review an FMS sale to a NATO country?",
    "AECA 36(b)(1)",
)
BROKEN = "Something went wrong here; the terminal that runs pincite has the details. Try again, or ask it another way."

# What a button in our own markup does, told by its data attributes. The names in quotation marks become gradio events.
_BUTTONS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const told = {...button.dataset};
  if ('provision' in told) trigger('choose', told);
  else if ('example' in told) trigger('example', told);
  else if ('back' in told) trigger('back', told);
  else if ('close' in told) trigger('close', told);
});
"""
_DATE = """<label for="as-of">As of</label><input id="as-of" type="date" required min="1950-01-01" max="2099-12-31" value="${value}">"""
_DATE_CHANGED = "element.addEventListener('change', (event) => { props.value = event.target.value; });"

_log = logging.getLogger(__name__)

Chosen = tuple[str, str, panel.Span | None]


@dataclass(frozen=True)
class _Parts:
    """The components that events read and write."""

    turns: Any
    trail: Any
    as_of: Any
    again: Any
    log: Any
    question: Any
    clause: Any


def page(desk: Desk) -> Any:
    """The page over a desk, ready to be mounted."""
    plain: dict[str, Any] = {"apply_default_css": False}
    with gr.Blocks(title="Pincite", analytics_enabled=False, fill_width=True) as blocks:
        turns, trail = gr.State([], time_to_live=KEPT_SECONDS), gr.State([], time_to_live=KEPT_SECONDS)
        with gr.Row(elem_id="top"):
            gr.HTML(_title(), elem_id="title", **plain)
            as_of = gr.HTML("", html_template=_DATE, js_on_load=_DATE_CHANGED, elem_id="as-of-box", **plain)
            again = gr.Button("Start over", elem_id="again", size="sm", min_width=0, scale=0)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="chat"):
                log = gr.HTML(render.conversation([], EXAMPLES), js_on_load=_BUTTONS, elem_id="log", **plain)
                with gr.Column(elem_id="composer"):
                    box: dict[str, Any] = {"lines": 1, "max_lines": 8, "submit_btn": "Ask", "elem_id": "question"}
                    question = gr.Textbox(label="Question", placeholder="Ask a question, or write a citation", **box)
                    gr.HTML(element("p", NOTICE), elem_id="notice", **plain)
            with gr.Column(elem_id="side"):
                clause = gr.HTML(panel.nothing_chosen(), js_on_load=_BUTTONS, elem_id="clause", **plain)
        _wire(desk, blocks, _Parts(turns, trail, as_of, again, log, question, clause))
    blocks.queue(max_size=MOST_WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    blocks.state_session_capacity = MOST_SESSIONS
    return blocks


def _wire(desk: Desk, blocks: Any, on: _Parts) -> None:
    """Tie each event to what it does; none of them is an endpoint of its own."""
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": AT_ONCE}
    latest: dict[str, Any] = {**quiet, "trigger_mode": "always_last"}

    def asked(words: str, written: str | None, before: list[str]) -> Iterator[tuple[Any, ...]]:
        yield from answer_turns(desk, words, written, before)

    def example(event: gr.EventData, written: str | None, before: list[str]) -> Iterator[tuple[Any, ...]]:
        yield from answer_turns(desk, str(told(event).get("example", "")), written, before)

    def choose(event: gr.EventData) -> tuple[Html, list[Chosen]]:
        return open_clause(desk, [chosen(told(event))])

    def follow(event: gr.EventData, before: list[Chosen]) -> tuple[Html, list[Chosen]]:
        return open_clause(desk, [*before, chosen(told(event))][-MOST_TURNS:])

    def back(before: list[Chosen]) -> tuple[Html, list[Chosen]]:
        return open_clause(desk, before[:-1] or before)

    def close() -> tuple[Html, list[Chosen]]:
        return panel.nothing_chosen(), []

    def afresh() -> tuple[Any, ...]:
        return render.conversation([], EXAMPLES), [], *close(), ""

    on.question.submit(asked, [on.question, on.as_of, on.turns], [on.log, on.turns, on.question], **quiet)
    on.log.example(example, [on.as_of, on.turns], [on.log, on.turns, on.question], **quiet)
    on.log.choose(choose, None, [on.clause, on.trail], **latest)
    on.clause.choose(follow, on.trail, [on.clause, on.trail], **latest)
    on.clause.back(back, on.trail, [on.clause, on.trail], **quiet)
    on.clause.close(close, None, [on.clause, on.trail], **quiet)
    on.again.click(afresh, None, [on.log, on.turns, on.clause, on.trail, on.question], **quiet)
    blocks.load(lambda: date.today().isoformat(), None, on.as_of, **quiet)


def mount(app: FastAPI, desk: Desk, most_bytes: int) -> None:
    """The page at / of an application, with gradio's own doors shut."""
    gr.mount_gradio_app(
        app, page(desk), path="/", footer_links=[], run_history=False, allowed_paths=[], show_error=False,
        max_file_size=most_bytes, ssr_mode=False, enable_monitoring=False, pwa=False, mcp_server=False, theme=theme(),
        favicon_path=str(HERE / "icon.svg"),
        head='<link rel="stylesheet" href="page.css"><script src="page.js"></script>',
    )  # fmt: skip


def answer_turns(desk: Desk, words: str, written: str | None, before: list[str]) -> Iterator[tuple[Any, ...]]:
    """The conversation with the question waiting, then with its answer; one that cannot be taken stays in its box."""
    if not words.strip():
        yield render.conversation(before, EXAMPLES), before, ""
        return
    earlier = before[-MOST_TURNS + 1 :]
    yield render.conversation([*earlier, render.turn(words, render.waiting(), waiting=True)], EXAMPLES), before, ""
    left = ""
    try:
        reply = render.answer(asking.ask(words, desk, day_asked(written)))
    except PinciteError as error:
        reply, left = render.failure(str(error)), words if isinstance(error, BadInput) else ""
    except Exception:
        _log.exception("A question could not be answered")
        reply, left = render.failure(BROKEN), words
    now = [*earlier, render.turn(words, reply)]
    yield render.conversation(now, EXAMPLES), now, left


def open_clause(desk: Desk, trail: list[Chosen]) -> tuple[Html, list[Chosen]]:
    """The panel for the last clause chosen, and the way there."""
    written, day, span = trail[-1] if trail else ("", "", None)
    on = date.today()
    try:
        on = day_asked(day) or on
        if desk.corpus.exists(written) or desk.held(written):
            found = read_clause(written, desk.corpus, desk.record, on)
        else:
            found = look_up(written[:1_000], desk.corpus, desk.record, on)[0][0]
        above = tuple((id, desk.corpus.heading(id)) for id in reversed(law.ancestors_of(found.id)))
        return panel.clause(found, on, above, span, back=len(trail) > 1), trail
    except (NoSuchClause, NotHeld) as error:
        return panel.not_found(str(error), error.near, on), trail
    except PinciteError as error:
        return panel.not_found(str(error), (), on), trail
    except Exception:
        _log.exception("A clause could not be shown")
        return panel.not_found(BROKEN, (), on), trail


def day_asked(written: str | None) -> date | None:
    """The day in the date box; None where it is today's or empty, so that a date in the question decides."""
    day = read_day(written) if written else None
    return None if day == date.today() else day


def read_day(written: str) -> date:
    """A day as YYYY-MM-DD; BadInput for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        step = "Write it as YYYY-MM-DD, for example 2025-04-09."
        raise BadInput(f"{written[:40]!r} is not a date.", next_step=step) from None


def told(event: gr.EventData) -> dict[str, Any]:
    """What a button of ours said; nothing where the sender made something else up."""
    return event._data if isinstance(event._data, dict) else {}


def chosen(said: dict[str, Any]) -> Chosen:
    """The clause, day and quotation a button names; a quotation that is not numbers is none."""
    start, _, end = str(said.get("span", "")).partition("-")
    span = (int(start), int(end), str(said.get("edition", ""))) if _small(start) and _small(end) else None
    return str(said.get("provision", "")), str(said.get("on", "")), span


def _small(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 10


def _title() -> Html:
    words = "U.S. arms transfer policy and law, each sentence tied to its clause"
    return together(element("h1", "Pincite"), element("p", words))


def theme() -> Any:
    """gradio's plainest theme; `page.css` has the rest, and fonts are the system's own."""
    plainest = gr.themes.Base(font=[gr.themes.Font("sans-serif")], font_mono=[gr.themes.Font("monospace")])
    return plainest.set(
        body_background_fill="#f5f6f8", body_background_fill_dark="#12161d", body_text_color="#18202b", body_text_color_dark="#e7ebf1",
        block_background_fill="transparent", block_background_fill_dark="transparent", block_border_width="0px", block_shadow="none",
    )  # fmt: skip
