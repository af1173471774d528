import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app, evaluating
from assistant.desk import Desk
from assistant.errors import BadInput
from evals import suite
from evals.figure import Figure
from evals.report import write_report
from evals.sample import Sample, read_samples
from evals.suite import Outcome, against, evaluate, read_floors, record_floors
from evals.table import show_outcome

ROWS = [
    {"id": "K1", "category": "plain_lookup", "question": "Who may waive the certification of a kite for a festival?",
     "must": ["22 USC 9001(c)"], "must_match": ["Winds"]},
    {"id": "K2", "category": "definitional", "question": "What is a kite?", "must": ["22 USC 9001(b)"], "must_match": ["tethered"]},
    {"id": "K3", "category": "unanswerable_abstain", "question": "What will the Assembly decide about kites next year?",
     "must_abstain": True, "reason": ["judgement"]},
    {"id": "K4", "category": "plain_lookup", "question": "<script>alert(1)</script> Which cheese?", "must": ["22 USC 9001(zz)"]},
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kites.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outcome(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    path = tmp_path_factory.mktemp("kites") / "kites.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return evaluate(desk, read_samples([path]), "kites", with_parts=False)


def value(outcome: Outcome, name: str, kind: str = "all") -> float:
    return next(figure.value for figure in outcome.figures if (figure.measure, figure.kind) == (name, kind))


def test_a_run_scores_every_kind_and_all_together(outcome: Outcome) -> None:
    assert value(outcome, "must cited", "definitional") == 1.0
    assert value(outcome, "must cited") == pytest.approx(2 / 3)
    assert value(outcome, "abstention recall") in {0.0, 1.0}
    assert outcome.key == "notes, kites"
    held = outcome.as_json()
    assert [answer["id"] for answer in held["answers"]] == ["K1", "K2", "K3", "K4"]
    assert json.loads(json.dumps(held)) == held


def test_a_clause_that_does_not_exist_is_told_and_never_met(desk: Desk, file: Path) -> None:
    told: list[str] = []
    evaluate(desk, read_samples([file])[3:], "kites", with_parts=False, warn=told.append)
    assert len(told) == 1
    assert "9001(zz)" in told[0]


def test_a_figure_below_its_floor_falls_and_one_at_it_does_not(outcome: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    record_floors(outcome, path)
    assert read_floors(path)[outcome.key] == {}
    record_floors(outcome, path, slack=0.0, least=1)
    assert against(outcome, path).fallen == ()
    floors = read_floors(path)
    assert not any("latency" in name or "memory" in name for name in floors[outcome.key])
    floors[outcome.key]["ask: must cited"] = 0.9
    floors[outcome.key]["ask: false premise alarm"] = -0.5
    floors[outcome.key]["ask: of another time"] = 0.1
    path.write_text(json.dumps(floors), encoding="utf-8")
    fallen = " ".join(against(outcome, path).fallen)
    assert "must cited is 0.667; its floor is 0.900" in fallen
    assert "false premise alarm" in fallen
    assert "of another time was not measured" in fallen


def test_the_floors_of_another_set_stay_when_one_is_recorded(outcome: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text('{"other": {"x": 0.5}}', encoding="utf-8")
    record_floors(outcome, path)
    assert read_floors(path)["other"] == {"x": 0.5}
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(BadInput, match="not a baseline"):
        read_floors(path)


def test_the_shipped_baseline_names_only_what_is_measured() -> None:
    names = {"ask", "cite", "draft", "check", "gate", "premise", "abstain"}
    for floors in read_floors(suite.BASELINE).values():
        assert all(name.split(":")[0] in names and -1 <= floor <= 1.1 for name, floor in floors.items())


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "action", "data"}]


def test_the_report_asks_for_nothing_and_runs_nothing(outcome: Outcome, tmp_path: Path) -> None:
    write_report([outcome], tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    links = _Links()
    links.feed(text)
    assert links.found == []
    assert "script" not in links.tags
    assert {"svg", "polyline", "rect"} <= links.tags
    assert not re.search(r"url\(|@import", text)
    assert "&lt;script&gt;" in text


def test_the_command_prints_json_and_ends_with_one_below_a_floor(
    desk: Desk, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluating, "desk_now", lambda settings: desk)
    floors = tmp_path / "floors.json"
    floors.write_text("{}", encoding="utf-8")
    base = ["eval", "--json", "--samples", str(file), "--baseline", str(floors), "--report", str(tmp_path / "r.html")]
    done = CliRunner().invoke(app, base)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["set"] == "kites"
    assert (tmp_path / "r.html").exists()
    floors.write_text('{"notes, kites": {"ask: must cited": 1.0}}', encoding="utf-8")
    assert CliRunner().invoke(app, base).exit_code == 1
    table = CliRunner().invoke(app, [each for each in base if each != "--json"])
    assert table.exit_code == 1


def test_the_table_shows_what_fell(outcome: Outcome, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"notes, kites": {"ask: must cited": 1.0}}', encoding="utf-8")
    show_outcome(against(outcome, path), path)
    shown = capsys.readouterr().out
    assert "must cited" in shown
    assert "Below its floor: ask: must cited is 0.667" in " ".join(shown.split())


def test_a_floor_for_something_better_low_is_not_passed_from_above(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"notes, x": {"ask: alarm": 0.1}}', encoding="utf-8")
    for measured, fell in ((0.05, False), (0.1, False), (0.2, True)):
        figure = Figure("ask", "alarm", "all", measured, 10, lower_is_better=True)
        assert bool(against(Outcome("x", "notes", (figure,)), path).fallen) is fell


def test_no_samples_give_no_figures(desk: Desk) -> None:
    assert evaluate(desk, list[Sample](), "none", with_parts=False).figures == ()
