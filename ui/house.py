"""What everybody who has the page open shares, and whose request is whose."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.desk import Desk
from ui import holdings
from ui.door import OWNER
from ui.files import Drawer
from ui.opening import Opening
from ui.people import People

if TYPE_CHECKING:
    import gradio as gr

AT_ONCE = 4
MOST_WAITING = 64


@dataclass(frozen=True, slots=True)
class House:
    """What the page works with, shared by everybody who has it open."""

    opening: Opening
    drawer: Drawer
    people: People
    login: bool = False

    def desk(self, request: "gr.Request") -> Desk:
        """The desk as the one who asks may see it."""
        return holdings.seen_by(self.owner(request), self.opening, self.people, login=self.login)

    def owner(self, request: "gr.Request") -> str:
        """Whose request this is, as the door found."""
        inner = request.request
        return str(inner.scope.get(OWNER, "")) if inner is not None else ""
