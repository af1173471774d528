"""The page: gradio components, and which of the events each of them fires."""

import os
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

from assistant.show import NOTICE  # noqa: E402
from ui import checking, drafting, holdings, looking, panel, talk, timeline  # noqa: E402
from ui.events import Events  # noqa: E402
from ui.house import AT_ONCE, MOST_WAITING, House  # noqa: E402
from ui.markup import Html, element  # noqa: E402

__all__ = ["AT_ONCE", "MOST_WAITING", "OFFLINE", "House", "mount"]

KEPT_SECONDS = 6 * 3600
MOST_SESSIONS = 1_000
HERE = Path(__file__).parent
PANES = {"ask": "Ask", "look": "Look up", "time": "Timeline", "draft": "Draft", "check": "Check", "corpus": "Corpus"}
TOLD = (HERE / "told.js").read_text(encoding="utf-8")

_DATE = """<label for="as-of">As of</label><input id="as-of" type="date" required min="1950-01-01" max="2099-12-31" value="${value}">"""
_DATE_CHANGED = """
element.addEventListener('change', (event) => {
  if (!event.target.value) return;
  props.value = event.target.value;
  trigger('moved');
});
"""


class Page:
    """The components, and the events that read and write them."""

    def __init__(self, house: House) -> None:
        self.house, on = house, Events(house)
        plain: dict[str, Any] = {"apply_default_css": False}
        with gr.Blocks(title="Pincite", analytics_enabled=False, fill_width=True) as self.blocks:
            self.turns, self.trail = gr.State([], time_to_live=KEPT_SECONDS), gr.State([], time_to_live=KEPT_SECONDS)
            self.looked = gr.State({}, time_to_live=KEPT_SECONDS)
            with gr.Row(elem_id="top"):
                gr.HTML(element("h1", "Pincite"), elem_id="title", **plain)
                gr.HTML(_tabs(), elem_id="tabs", js_on_load=None, **plain)
                self.as_of = gr.HTML("", html_template=_DATE, js_on_load=_DATE_CHANGED, elem_id="as-of-box", **plain)
                self.who = gr.HTML("", elem_id="who", js_on_load=None, **plain)
            self.strip = self._told(Html(), "strip")
            self.state = gr.HTML("", elem_id="state", js_on_load=None, **plain)
            with gr.Row(elem_id="desk"):
                with gr.Column(elem_id="stage"):
                    self._ask()
                    self._others()
                with gr.Column(elem_id="side"):
                    self.clause = self._told(panel.nothing_chosen(), "clause")
            self.handed = gr.HTML("", elem_id="handed", js_on_load=None, **plain)
            self._wire(on)
        self.blocks.queue(max_size=MOST_WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
        self.blocks.state_session_capacity = MOST_SESSIONS

    def _told(self, value: Html, id: str) -> Any:
        return gr.HTML(value, js_on_load=TOLD, elem_id=id, apply_default_css=False)

    def _ask(self) -> None:
        with gr.Column(elem_id="chat", elem_classes="pane"):
            self.log = self._told(talk.conversation([]), "log")
            with gr.Column(elem_id="composer"):
                box: dict[str, Any] = {"lines": 1, "max_lines": 8, "submit_btn": "Ask", "elem_id": "question"}
                self.question = gr.Textbox(label="Question", placeholder="Ask a question, or write a citation", **box)
                with gr.Row(elem_id="under"):
                    gr.HTML(element("p", NOTICE), elem_id="notice", js_on_load=None, apply_default_css=False)
                    self.again = gr.Button("Start over", elem_id="again", size="sm", min_width=0, scale=0)

    def _others(self) -> None:
        desk, today = self.house.opening.desk, date.today()
        with gr.Column(elem_id="look", elem_classes="pane"):
            self.look_form, self.look_out = (
                self._told(looking.forms(), "look-form"),
                self._told(looking.nothing(), "look-out"),
            )
        with gr.Column(elem_id="time", elem_classes="pane"):
            self.plot = self._told(timeline.pane(desk, today), "plot")
            self.graph_form, self.graph_out = (
                self._told(timeline.graph_form(), "graph-form"),
                self._told(Html(), "graph-out"),
            )
        with gr.Column(elem_id="draft", elem_classes="pane"):
            with gr.Row(elem_id="draft-top"):
                self.draft_form, self.draft_facts = (
                    self._told(drafting.form(), "draft-form"),
                    self._told(drafting.nothing(), "draft-facts"),
                )
            self.draft_out = self._told(Html(), "draft-out")
        with gr.Column(elem_id="check", elem_classes="pane"):
            self.check_form, self.check_out = self._told(checking.form(), "check-form"), self._told(Html(), "check-out")
        with gr.Column(elem_id="corpus", elem_classes="pane"):
            self.corpus_out, self.corpus = self._told(Html(), "corpus-out"), self._told(holdings.waiting(), "holdings")

    def _wire(self, on: Events) -> None:
        """Tie each event to what it does; none of them is an endpoint of its own."""
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": AT_ONCE}
        latest, each_one = {**quiet, "trigger_mode": "always_last"}, {**quiet, "trigger_mode": "multiple"}
        waits = {"concurrency_limit": MOST_WAITING}
        asked = [self.log, self.turns, self.question]
        read = [self.clause, self.trail]
        typed = self.question.submit(on.question, [self.question, self.as_of, self.turns], asked, **{**latest, **waits})
        pressed = self.log.does(on.log, [self.as_of, self.turns], [*asked, self.handed], **{**each_one, **waits})
        for each in (self.log, self.strip, self.look_form, self.look_out, self.plot, self.graph_out, self.draft_facts, self.draft_out,
                     self.check_out, self.corpus):  # fmt: skip
            each.choose(on.choose, None, read, **latest)
        self.clause.choose(on.follow, self.trail, read, **latest)
        self.clause.does(on.panel, self.trail, read, **quiet)
        self.again.click(on.again, None, [*asked, *read, self.handed], cancels=[typed, pressed], **quiet)
        moved = [*asked, self.strip, self.plot, self.look_out, *read]
        self.as_of.moved(on.moved, [self.as_of, self.turns, self.looked, self.trail], moved, **{**latest, **waits})
        self.look_form.does(on.look, self.as_of, [self.look_out, self.looked], **{**latest, **waits})
        self.graph_form.does(on.graph, self.as_of, self.graph_out, **latest)
        self.draft_form.does(
            on.draft, self.as_of, [self.draft_form, self.draft_facts, self.draft_out, self.handed], **each_one
        )
        self.check_form.does(on.check, self.as_of, self.check_out, **quiet)
        self.corpus.does(on.corpus, None, [self.corpus_out, self.corpus], **{**quiet, "concurrency_limit": 1})
        self.corpus.sees(on.corpus_seen, None, self.corpus, **quiet)
        opened = [self.as_of, self.strip, self.who, self.plot, self.state]
        self.blocks.load(on.load, None, opened, **{**quiet, "concurrency_limit": None})


def mount(app: FastAPI, house: House, most_bytes: int) -> None:
    """The page at / of an application, with gradio's own doors shut."""
    gr.mount_gradio_app(
        app, Page(house).blocks, path="/", footer_links=[], run_history=False, allowed_paths=[], show_error=False,
        max_file_size=most_bytes, ssr_mode=False, enable_monitoring=False, pwa=False, mcp_server=False, theme=theme(),
        favicon_path=str(HERE / "icon.svg"),
        head='<link rel="stylesheet" href="page.css"><script src="page.js"></script>',
    )  # fmt: skip


def _tabs() -> Html:
    buttons = [
        element("button", words, type="button", role="tab", id=f"tab-{name}", aria_controls="chat" if name == "ask" else name,
                aria_selected="true" if name == "ask" else "false", tabindex="0" if name == "ask" else "-1", data_tab=name)
        for name, words in PANES.items()
    ]  # fmt: skip
    return element("div", *buttons, role="tablist", aria_label="What to do")


def theme() -> Any:
    """gradio's plainest theme; `page.css` has the rest, and fonts are the system's own."""
    plainest = gr.themes.Base(font=[gr.themes.Font("sans-serif")], font_mono=[gr.themes.Font("monospace")])
    return plainest.set(
        body_background_fill="#f5f6f8", body_background_fill_dark="#12161d", body_text_color="#18202b", body_text_color_dark="#e7ebf1",
        block_background_fill="transparent", block_background_fill_dark="transparent", block_border_width="0px", block_shadow="none",
    )  # fmt: skip
