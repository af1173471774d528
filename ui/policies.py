"""The policies side by side: a row a criterion, a column a policy, every cell a clause."""

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict

from assistant import law
from assistant.desk import Desk
from assistant.phrase import day
from assistant.rows import read_rows
from assistant.show import status_words
from ui.markup import Html, element
from ui.render import choice
from ui.wording import tone


class _Cell(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    provision: str
    says: str


class Criterion(BaseModel):
    """A row of the table: what a policy may say something of, and what each says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    cell: list[_Cell] = []


def read_criteria(desk: Desk) -> list[Criterion]:
    """The table's rows; none where the corpus has no such table."""
    if not (desk.folder / "rules" / "criteria.toml").exists():
        return []
    return read_rows(desk.folder, "criteria.toml", "criterion", Criterion)


def table(desk: Desk, on: date) -> Html:
    """The policies side by side: a row a criterion, a column a policy, every cell a clause."""
    columns = list(_columns(desk))
    if not (rows := read_criteria(desk)):
        return element("p", "This corpus has no table of criteria.", class_="none-chosen")
    head = [element("th", "Criterion", scope="col")]
    for instrument, name in columns:
        status = desk.corpus.status(instrument, on)
        head.append(
            element(
                "th",
                choice(instrument, on, instrument),
                element("span", name, class_="rank"),
                element("span", status_words(status), class_=f"status {tone(status)}"),
                scope="col",
            )
        )
    body = [
        element("tr", element("th", row.name, scope="row"), *(_cell(row, instrument, desk, on) for instrument, _ in columns))
        for row in rows
    ]  # fmt: skip
    legend = "Our words, each from the clause in its cell. An empty cell says that nothing is held on the point, not that the policy was silent."
    return element(
        "div",
        element("h3", f"Conventional arms transfer policies by criterion, status on {day(on)}"), element("p", legend, class_="hint"),
        element("div", element("table", element("thead", element("tr", *head)), element("tbody", *body)), class_="wide", tabindex="0", role="region", aria_label="Policies by criterion"),
        class_="results",
    )  # fmt: skip


def _columns(desk: Desk) -> Iterator[tuple[str, str]]:
    for policy in desk.rules.policies:
        yield policy.instrument, policy.administration
    yield from dict.fromkeys((law.instrument_of(each.provision), "second Trump") for each in desk.rules.frameworks)


def _cell(row: Criterion, instrument: str, desk: Desk, on: date) -> Html:
    cells = [cell for cell in row.cell if law.instrument_of(cell.provision) == instrument]
    if not cells:
        return element("td", element("span", "nothing held", class_="rank"))
    inside: list[Html] = []
    for cell in cells:
        version = desk.corpus.version(cell.provision, on)
        secondary = version is not None and version.holding is law.Holding.SECONDARY
        status = desk.corpus.status(cell.provision, on)
        inside.append(element("p", element("bdi", cell.says)))
        inside.append(choice(cell.provision, on, cell.provision, class_=f"cite {tone(status)}"))
        if secondary:
            inside.append(element("span", "known through others", class_="status care"))
    return element("td", *inside)
