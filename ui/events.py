"""What happens when something of the page is used: each method is an event, given what the page holds and what was told."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import gradio as gr
from anyio import to_thread

from assistant import export
from assistant.errors import PinciteError
from ui import checking, drafting, holdings, looking, panel, render, since, talk, timeline
from ui.files import safe_name
from ui.house import House
from ui.markup import Html, element, together
from ui.reading import Chosen, chosen, open_clause
from ui.talk import Turn
from ui.turns import Turns, until_open

Shown = tuple[Any, ...]


class Events:
    """The events of the page over one house."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.turns = Turns(house.opening)
        self._drawn = date.today()

    async def load(self, request: gr.Request) -> AsyncIterator[Shown]:
        """The page as somebody opens it, and how far the index is until it is there."""
        yield await to_thread.run_sync(self._opened, request)
        unchanged = (gr.skip(),) * 4
        async for state in until_open(self.house.opening):
            bar = element("progress", max=str(state.total or 1), value=str(state.done), aria_label="Index")
            yield *unchanged, element("p", state.words, bar, class_="working", role="status")
        failed = self.house.opening.state.failed
        yield *unchanged, render.failure(failed) if failed else Html()

    def _opened(self, request: gr.Request) -> Shown:
        desk, today = self.house.desk(request), date.today()
        plot = gr.skip() if today == self._drawn else timeline.pane(desk, today)
        return today.isoformat(), since.strip(desk.corpus, today, today), self._who(request), plot, Html()

    async def question(
        self, words: str, written: str | None, before: list[Turn], request: gr.Request
    ) -> AsyncIterator[Shown]:
        """A question typed."""
        async for step in self._asked(words, written, before, request):
            yield step

    async def _asked(
        self, words: str, written: str | None, before: list[Turn], request: gr.Request
    ) -> AsyncIterator[Shown]:
        def steps(waited: bool) -> Iterator[Shown]:
            return box_kept(talk.answer_turns(self.house.desk(request), words, written, before), taken=waited)

        def meanwhile(how_far: Html) -> Shown:
            return talk.standing(words, before, how_far), before, gr.skip()

        async for step in self.turns.take(steps, meanwhile):
            yield step

    async def log(
        self, event: gr.EventData, written: str | None, before: list[Turn], request: gr.Request
    ) -> AsyncIterator[Shown]:
        """A button of the conversation: an example, an opinion, a Word document."""
        said = told(event)
        if said.get("does") == "example":
            async for step in self._asked(str(said.get("words", "")), written, before, request):
                yield *step, Html()
            return
        yield await to_thread.run_sync(self._done_with, said, before, request)

    def _done_with(self, said: dict[str, Any], before: list[Turn], request: gr.Request) -> Shown:
        """What is done with an answer that is there."""
        which = str(said.get("turn", ""))
        number = int(which) if which.isascii() and which.isdigit() else -1
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
        return talk.conversation(now), now, gr.skip(), handed

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

    def choose(self, event: gr.EventData, request: gr.Request) -> Shown:
        """A clause chosen somewhere on the page."""
        return open_clause(self.house.desk(request), [chosen(told(event))])

    def follow(self, event: gr.EventData, before: list[Chosen], request: gr.Request) -> Shown:
        """A clause chosen in the panel: one further on the way."""
        return open_clause(self.house.desk(request), [*before, chosen(told(event))])

    def panel(self, event: gr.EventData, before: list[Chosen], request: gr.Request) -> Shown:
        """Back, or closed."""
        if told(event).get("does") == "back":
            return open_clause(self.house.desk(request), before[:-1] or before)
        return panel.nothing_chosen(), []

    def again(self) -> Shown:
        """Everything as at first."""
        return talk.conversation([]), [], "", panel.nothing_chosen(), [], Html()

    async def moved(
        self, written: str | None, before: list[Turn], looked: dict[str, Any], trail: list[Chosen], request: gr.Request
    ) -> AsyncIterator[Shown]:
        """Another day: the strip, the plot, the last question, the last look and the clause, all as of it."""
        unchanged = (gr.skip(),) * 5

        def steps(waited: bool) -> Iterator[Shown]:
            desk = self.house.desk(request)
            try:
                around = self._around(day_of(written), looked, trail, request)
            except PinciteError as error:
                yield gr.skip(), gr.skip(), gr.skip(), render.failure(str(error)), *unchanged[1:]
                return
            if not before:
                yield gr.skip(), gr.skip(), gr.skip(), *around
                return
            for shown, turns, _ in talk.ask_again(desk, written, before):
                yield shown, turns, gr.skip(), *around

        def meanwhile(how_far: Html) -> Shown:
            log = talk.standing(before[-1].question, before[:-1], how_far) if before else gr.skip()
            return log, gr.skip(), gr.skip(), *unchanged

        async for step in self.turns.take(steps, meanwhile):
            yield step

    def _around(self, on: date, looked: dict[str, Any], trail: list[Chosen], request: gr.Request) -> Shown:
        """What stands around the conversation, as of a day."""
        desk = self.house.desk(request)
        again = looking.result(looked, desk, on) if looked else gr.skip()
        read: Shown = (gr.skip(), gr.skip())
        if trail:
            read = open_clause(desk, [*trail[:-1], Chosen(trail[-1].provision, on.isoformat())])
        return since.strip(desk.corpus, on, date.today()), timeline.pane(desk, on), again, *read

    async def look(self, event: gr.EventData, written: str | None, request: gr.Request) -> AsyncIterator[Shown]:
        """Something looked up or compared."""
        said = told(event)

        def steps(waited: bool) -> Iterator[Shown]:
            yield looking.result(said, self.house.desk(request), day_of(written)), said

        async for step in self.turns.take(steps, lambda how_far: (how_far, {})):
            yield step

    def graph(self, event: gr.EventData, written: str | None, request: gr.Request) -> Html:
        """The references around a clause."""
        return timeline.graph(str(told(event).get("words", "")), self.house.desk(request), day_of(written))

    def draft(self, event: gr.EventData, written: str | None, request: gr.Request) -> Iterator[Shown]:
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

    def check(self, event: gr.EventData, written: str | None, request: gr.Request) -> Iterator[Html]:
        """A memo brought to be checked."""
        yield from checking.checked(
            told(event), self.house.desk(request), talk.day_asked(written), self.house.drawer, self.house.owner(request)
        )

    def corpus(self, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """A document added or removed, or official text brought."""
        house, owner = self.house, self.house.owner(request)
        step = Html()
        for step in holdings.changed(told(event), house.opening, house.people, house.drawer, owner, login=house.login):
            yield step, gr.skip()
        yield step, self.corpus_seen(request)

    def corpus_seen(self, request: gr.Request) -> Html:
        """What is held, for whoever opens its pane."""
        return holdings.pane(self.house.opening, self.house.desk(request), self.house.people, login=self.house.login)

    def _who(self, request: gr.Request) -> Html:
        if not self.house.login:
            return Html()
        out = element(
            "form", element("button", "Log out", type="submit", class_="quiet"), method="post", action="logout"
        )
        return together(element("span", element("bdi", self.house.owner(request))), out)


def box_kept(steps: Iterator[talk.Step], *, taken: bool = False) -> Iterator[Shown]:
    """The question's box is emptied as the question is taken; what is typed while it waits or is answered stays."""
    for number, (shown, turns, left) in enumerate(steps, int(taken)):
        yield shown, turns, left if left or not number else gr.skip()


def told(event: gr.EventData) -> dict[str, Any]:
    """What a button or form of ours said; nothing where the sender made something else up."""
    return event._data if isinstance(event._data, dict) else {}


def day_of(written: str | None) -> date:
    """The day in the date box, today where it is empty."""
    return talk.day_asked(written) or date.today()
