"""The page: gradio components and what happens when they are used."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
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

from assistant import export  # noqa: E402
from assistant.desk import Desk  # noqa: E402
from assistant.errors import PinciteError  # noqa: E402
from assistant.show import NOTICE  # noqa: E402
from ui import checking, drafting, holdings, looking, panel, render, since, talk, timeline  # noqa: E402
from ui.door import OWNER  # noqa: E402
from ui.files import Drawer, safe_name  # noqa: E402
from ui.markup import Html, element, together  # noqa: E402
from ui.opening import Opening  # noqa: E402
from ui.people import People  # noqa: E402
from ui.reading import Chosen, chosen, open_clause  # noqa: E402
from ui.talk import Turn  # noqa: E402

AT_ONCE = 4
MOST_WAITING = 64
KEPT_SECONDS = 6 * 3600
MOST_SESSIONS = 1_000
HERE = Path(__file__).parent
PANES = {"ask": "Ask", "look": "Look up", "time": "Timeline", "draft": "Draft", "check": "Check", "corpus": "Corpus"}

# What our own markup says when it is used, told by data attributes; the names in quotation marks become gradio events.
# A file goes ahead by itself and is named in what is told.
_TOLD = """
const bring = async (file) => {
  const body = new FormData();
  body.append('file', file);
  const reply = await fetch('files', { method: 'POST', body });
  const said = await reply.json();
  return reply.ok ? { file: said.file } : { error: said.error };
};
const gathered = async (form, button) => {
  const told = { does: form.dataset.does };
  for (const [name, value] of new FormData(form)) {
    if (!(value instanceof File)) told[name] = value;
    else if (value.size) Object.assign(told, await bring(value));
  }
  if (button?.name) told[button.name] = button.value;
  return told;
};
element.addEventListener('click', (event) => {
  const button = event.target.closest('button, [role=button]');
  if (!button || (button.type === 'submit' && button.form)) return;
  const told = { ...button.dataset };
  if ('provision' in told) trigger('choose', told);
  else if ('does' in told) trigger('does', told);
});
element.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const sent = form.querySelector('button[type=submit]');
  sent.disabled = true;
  try { trigger('does', await gathered(form, event.submitter)); } finally { sent.disabled = false; }
});
let waiting = 0;
element.addEventListener('input', (event) => {
  const form = event.target.closest('form[data-live]');
  if (!form || event.target.type === 'file') return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => trigger('does', { ...(await gathered(form)), does: form.dataset.live }), 500);
});
element.addEventListener('change', async (event) => {
  const file = event.target.files?.[0];
  if (file && event.target.dataset.reads) trigger('does', { does: event.target.dataset.reads, text: (await file.text()).slice(0, 300000) });
});
"""
_DATE = """<label for="as-of">As of</label><input id="as-of" type="date" required min="1950-01-01" max="2099-12-31" value="${value}">"""
_DATE_CHANGED = """
element.addEventListener('change', (event) => {
  if (!event.target.value) return;
  props.value = event.target.value;
  trigger('moved');
});
"""

Shown = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class House:
    """What the page works with, shared by everybody who has it open."""

    opening: Opening
    drawer: Drawer
    people: People
    login: bool = False

    def desk(self, request: gr.Request) -> Desk:
        """The desk as the one who asks may see it."""
        return holdings.seen_by(self.owner(request), self.opening, self.people, login=self.login)

    def owner(self, request: gr.Request) -> str:
        """Whose request this is, as the door found."""
        inner = request.request
        return str(inner.scope.get(OWNER, "")) if inner is not None else ""


class Page:
    """The components, and the events that read and write them."""

    def __init__(self, house: House) -> None:
        self.house = house
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
            self._wire()
        self.blocks.queue(max_size=MOST_WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
        self.blocks.state_session_capacity = MOST_SESSIONS

    def _told(self, value: Html, id: str) -> Any:
        return gr.HTML(value, js_on_load=_TOLD, elem_id=id, apply_default_css=False)

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
            self.corpus_out, self.corpus = self._told(Html(), "corpus-out"), self._told(Html(), "holdings")

    def _wire(self) -> None:
        """Tie each event to what it does; none of them is an endpoint of its own."""
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": AT_ONCE}
        latest: dict[str, Any] = {**quiet, "trigger_mode": "always_last"}
        each_one: dict[str, Any] = {**quiet, "trigger_mode": "multiple"}
        asked = [self.log, self.turns, self.question]
        read = [self.clause, self.trail]
        self.question.submit(self.on_question, [self.question, self.as_of, self.turns], asked, **latest)
        self.log.does(self.on_log, [self.as_of, self.turns], [*asked, self.handed], **each_one)
        for each in (self.log, self.strip, self.look_form, self.look_out, self.plot, self.graph_out, self.draft_facts, self.draft_out,
                     self.check_out, self.corpus):  # fmt: skip
            each.choose(self.on_choose, None, read, **latest)
        self.clause.choose(self.on_follow, self.trail, read, **latest)
        self.clause.does(self.on_panel, self.trail, read, **quiet)
        self.again.click(self.on_again, None, [*asked, *read, self.handed], **quiet)
        moved = [*asked, self.strip, self.plot, self.look_out, *read]
        self.as_of.moved(self.on_moved, [self.as_of, self.turns, self.looked, self.trail], moved, **latest)
        self.look_form.does(self.on_look, self.as_of, [self.look_out, self.looked], **latest)
        self.graph_form.does(self.on_graph, self.as_of, self.graph_out, **latest)
        self.draft_form.does(
            self.on_draft, self.as_of, [self.draft_form, self.draft_facts, self.draft_out, self.handed], **each_one
        )
        self.check_form.does(self.on_check, self.as_of, self.check_out, **quiet)
        self.corpus.does(self.on_corpus, None, [self.corpus_out, self.corpus], **{**quiet, "concurrency_limit": 1})
        self.blocks.load(self.on_load, None, [self.as_of, self.strip, self.who, self.corpus], **quiet)
        self.blocks.load(self.on_waiting, None, self.state, **{**quiet, "concurrency_limit": None})

    def on_load(self, request: gr.Request) -> Shown:
        """The page as somebody opens it."""
        desk = self.house.desk(request)
        return (
            date.today().isoformat(),
            since.strip(desk.corpus, date.today(), date.today()),
            self._who(request),
            self._holdings(request),
        )

    async def on_waiting(self) -> AsyncIterator[Html]:
        """How far the index is, until it is there."""
        while not (state := self.house.opening.state).ready and not state.failed:
            yield element(
                "p",
                state.words,
                element("progress", max=str(state.total or 1), value=str(state.done), aria_label="Index"),
                class_="working",
                role="status",
            )
            await asyncio.sleep(0.5)
        yield render.failure(state.failed) if state.failed else Html()

    def on_question(self, words: str, written: str | None, before: list[Turn], request: gr.Request) -> Iterator[Shown]:
        """A question typed."""
        yield from _box_kept(talk.answer_turns(self.house.desk(request), words, written, before))

    def on_log(
        self, event: gr.EventData, written: str | None, before: list[Turn], request: gr.Request
    ) -> Iterator[Shown]:
        """A button of the conversation: an example, an opinion, a Word document."""
        said = told(event)
        if said.get("does") == "example":
            steps = talk.answer_turns(self.house.desk(request), str(said.get("words", "")), written, before)
            for step in _box_kept(steps):
                yield *step, Html()
            return
        number = (
            int(said["turn"]) if str(said.get("turn", "")).isascii() and str(said.get("turn", "")).isdigit() else -1
        )
        turn = before[number] if 0 <= number < len(before) else None
        handed, now = Html(), before
        if turn and turn.answer:
            try:
                if said.get("does") == "rate":
                    now = self._rated(said, before, number, request)
                elif said.get("does") == "export":
                    handed = self._hand(f"{safe_name(turn.asked[:60])}.docx", export.answer_word(turn.answer), request)
            except PinciteError as error:
                handed = render.failure(str(error))
        yield talk.conversation(now), now, gr.skip(), handed

    def _rated(self, said: dict[str, Any], before: list[Turn], number: int, request: gr.Request) -> list[Turn]:
        answer = before[number].answer
        assert answer is not None
        stamp = answer.stamp
        self.house.people.think(
            self.house.owner(request), before[number].asked, answer.as_of, (p for s in answer.claims for p in s.provisions),
            said.get("helped") == "yes", str(said.get("reason", "")), str(said.get("words", "")), f"{stamp.corpus} {stamp.prompts} {stamp.model} {stamp.version}",
        )  # fmt: skip
        return talk.thanks(before, number, "Noted on this machine, with the question and the clauses cited. Thank you.")

    def _hand(self, name: str, data: bytes, request: gr.Request) -> Html:
        token = self.house.drawer.keep(self.house.owner(request), name, data)
        return element(
            "p", element("a", f"Download {name}", href=f"files/{token}", download=name, data_now=True), role="status"
        )

    def on_choose(self, event: gr.EventData, request: gr.Request) -> Shown:
        """A clause chosen somewhere on the page."""
        return open_clause(self.house.desk(request), [chosen(told(event))])

    def on_follow(self, event: gr.EventData, before: list[Chosen], request: gr.Request) -> Shown:
        """A clause chosen in the panel: one further on the way."""
        return open_clause(self.house.desk(request), [*before, chosen(told(event))])

    def on_panel(self, event: gr.EventData, before: list[Chosen], request: gr.Request) -> Shown:
        """Back, or closed."""
        if told(event).get("does") == "back":
            return open_clause(self.house.desk(request), before[:-1] or before)
        return panel.nothing_chosen(), []

    def on_again(self) -> Shown:
        """Everything as at first."""
        return talk.conversation([]), [], "", panel.nothing_chosen(), [], Html()

    def on_moved(
        self, written: str | None, before: list[Turn], looked: dict[str, Any], trail: list[Chosen], request: gr.Request
    ) -> Iterator[Shown]:
        """Another day: the strip, the plot, the last question, the last look and the clause, all as of it."""
        desk = self.house.desk(request)
        try:
            on = day_of(written)
        except PinciteError as error:
            yield (
                gr.skip(),
                gr.skip(),
                gr.skip(),
                render.failure(str(error)),
                gr.skip(),
                gr.skip(),
                gr.skip(),
                gr.skip(),
            )
            return
        strip, plot = since.strip(desk.corpus, on, date.today()), timeline.pane(desk, on)
        again = looking.result(looked, desk, on) if looked else gr.skip()
        read: Shown = (gr.skip(), gr.skip())
        if trail:
            read = open_clause(desk, [*trail[:-1], Chosen(trail[-1].provision, on.isoformat())])
        for shown, turns, _ in talk.ask_again(desk, written, before):
            yield shown, turns, gr.skip(), strip, plot, again, *read

    def on_look(self, event: gr.EventData, written: str | None, request: gr.Request) -> Shown:
        """Something looked up or compared."""
        said = told(event)
        return looking.result(said, self.house.desk(request), day_of(written)), said

    def on_graph(self, event: gr.EventData, written: str | None, request: gr.Request) -> Html:
        """The references around a clause."""
        return timeline.graph(str(told(event).get("words", "")), self.house.desk(request), day_of(written))

    def on_draft(self, event: gr.EventData, written: str | None, request: gr.Request) -> Iterator[Shown]:
        """The form filled, saved, loaded, or drafted from."""
        said, desk, on, none = told(event), self.house.desk(request), talk.day_asked(written), gr.skip()
        owner = self.house.owner(request)
        if said.get("does") == "load":
            filled = drafting.loaded(str(said.get("text", "")))
            yield filled, drafting.nothing(), Html(), Html()
        elif said.get("does") == "fill":
            yield none, drafting.needed(said, desk, on), none, none
        elif said.get("do") == "save":
            yield none, none, none, element("p", drafting.saved(said, self.house.drawer, owner), role="status")
        else:
            for step in drafting.drafted(said, desk, on, self.house.drawer, owner):
                yield none, drafting.needed(said, desk, on), step, Html()

    def on_check(self, event: gr.EventData, written: str | None, request: gr.Request) -> Iterator[Html]:
        """A memo brought to be checked."""
        yield from checking.checked(
            told(event), self.house.desk(request), talk.day_asked(written), self.house.drawer, self.house.owner(request)
        )

    def on_corpus(self, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """A document added or removed, or official text brought."""
        house, owner = self.house, self.house.owner(request)
        step = Html()
        for step in holdings.changed(told(event), house.opening, house.people, house.drawer, owner, login=house.login):
            yield step, gr.skip()
        yield step, self._holdings(request)

    def _holdings(self, request: gr.Request) -> Html:
        return holdings.pane(self.house.opening, self.house.desk(request), self.house.people, login=self.house.login)

    def _who(self, request: gr.Request) -> Html:
        if not self.house.login:
            return Html()
        out = element(
            "form", element("button", "Log out", type="submit", class_="quiet"), method="post", action="logout"
        )
        return together(element("span", element("bdi", self.house.owner(request))), out)


def mount(app: FastAPI, house: House, most_bytes: int) -> None:
    """The page at / of an application, with gradio's own doors shut."""
    gr.mount_gradio_app(
        app, Page(house).blocks, path="/", footer_links=[], run_history=False, allowed_paths=[], show_error=False,
        max_file_size=most_bytes, ssr_mode=False, enable_monitoring=False, pwa=False, mcp_server=False, theme=theme(),
        favicon_path=str(HERE / "icon.svg"),
        head='<link rel="stylesheet" href="page.css"><script src="page.js"></script>',
    )  # fmt: skip


def _box_kept(steps: Iterator[talk.Step]) -> Iterator[Shown]:
    """The question's box is emptied as the question is taken; what is typed while it is answered stays."""
    for number, (shown, turns, left) in enumerate(steps):
        yield shown, turns, left if left or not number else gr.skip()


def told(event: gr.EventData) -> dict[str, Any]:
    """What a button or form of ours said; nothing where the sender made something else up."""
    return event._data if isinstance(event._data, dict) else {}


def day_of(written: str | None) -> date:
    """The day in the date box, today where it is empty."""
    return talk.day_asked(written) or date.today()


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
