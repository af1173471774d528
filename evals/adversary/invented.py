"""Invented law for the adversary: clauses with a note and two editions of official text each."""

import hashlib
import random
import shutil
from datetime import date
from pathlib import Path

from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import Record

_ACTORS = (
    "the President",
    "the Secretary of State",
    "the Secretary of Defense",
    "the Secretary of Commerce",
    "the Attorney General",
    "the Director of the Bureau of Winds",
)
_VERBS = ("approve", "lease", "transfer", "register", "inspect", "license", "suspend")
_THINGS = (
    "a kite",
    "a tethered balloon",
    "a glider",
    "a signal rocket",
    "a survey drone",
    "a weather mast",
    "a wind tunnel",
)
_TO = ("a foreign country", "an international organization", "a foreign manufacturer", "a broker abroad")
_BODIES = (
    "the Committee on Foreign Affairs",
    "the Speaker of the House of Representatives",
    "the Committee on Foreign Relations",
)
_COUNTRIES = ("Ruritania", "Borduria", "Syldavia", "Graustark", "Freedonia", "Elbonia")
SECTIONS = 12
CLAUSES = 6


def clause(seed: int, edition: int) -> tuple[str, str]:
    """The official words of a clause in its first (0) or second edition, and our note on the second."""
    pick = random.Random(seed)
    actor, other = pick.sample(_ACTORS, 2)
    verb, thing, to, body, country = (
        pick.choice(_VERBS),
        pick.choice(_THINGS),
        pick.choice(_TO),
        pick.choice(_BODIES),
        pick.choice(_COUNTRIES),
    )
    amount, days = pick.choice((2, 5, 14, 25, 50, 75, 120)), pick.choice((10, 15, 30, 45, 60))
    if edition == 0:
        amount, days = amount + 3, days + 5
    forms = (
        (
            f"{_opening(actor)} may not {verb} {thing} valued at ${amount},000,000 or more for {to} until {days} days after {actor} submits a written report to {body}.",
            f"{_opening(actor)} may not {verb} {thing} worth ${amount} million or more for {to} until {days} days after sending a written report to {body}.",
        ),
        (
            f"{_opening(actor)} shall notify {body} not later than {days} days before any decision to {verb} {thing} for {to}, and {other} may waive that period in an emergency.",
            f"{_opening(actor)} shall notify {body} at least {days} days before a decision to {verb} {thing} for {to}; {other} may waive the period in an emergency.",
        ),
        (
            f"No license is required to {verb} {thing} in {country} if its value does not exceed ${amount},000,000 and the recipient agrees in writing to an annual inspection.",
            f"To {verb} {thing} in {country} no license is required where its value does not exceed ${amount} million and the recipient agrees in writing to an annual inspection.",
        ),
        (
            f"{_opening(actor)} may {verb} {thing} for {country} without prior consultation, except that {other} shall review each case above ${amount},000,000 within {days} days.",
            f"{_opening(actor)} may {verb} {thing} for {country} without prior consultation, but {other} shall review each case above ${amount} million within {days} days.",
        ),
    )
    return forms[seed % len(forms)]


def _opening(words: str) -> str:
    return words[0].upper() + words[1:]


def ids() -> list[tuple[str, int]]:
    """Every clause with the seed of its words."""
    return [(f"22 USC {9101 + s}({chr(97 + c)})", s * CLAUSES + c) for s in range(SECTIONS) for c in range(CLAUSES)]


def write_corpus(folder: Path, rules: Path) -> None:
    """The catalogue of the invented law, with the tables of `rules` beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(rules, folder / "rules", dirs_exist_ok=True)
    (folder / "outline").mkdir(exist_ok=True)
    (folder / "glossary.toml").write_text("", encoding="utf-8")
    outline = ["# invented"]
    for section in range(SECTIONS):
        id = f"22 USC {9101 + section}"
        rows = [
            f'[instrument]\nid = "{id}"\ntitle = "Air things, part {section + 1}"\ncitation = "Air Things Act sec. {section + 1}, 22 U.S.C. {9101 + section}"\n'
            f'act = "Air Things Act sec. {section + 1}"\nkind = "statute"\nauthority = "statute"\nissuer = "Congress"\nsigned = 1999-01-01\neffective = 1999-01-01\n'
            'source_url = "https://uscode.house.gov/air"\nfacts_from = "an invented edition"\nfacts_as_of = 2026-01-01\nnote = "This section governs air things."\n'
        ]
        outline.append(f"= {id} |  | Air things, part {section + 1} | 2026-01-01")
        for provision, seed in ids():
            if provision.startswith(f"{id}("):
                rows.append(
                    f'[[provision]]\nid = "{provision}"\nheading = "Air things"\nnote = "{clause(seed, 1)[1]}"\n'
                )
                outline.append(f"{provision[len(id) :]}\tAir things")
        (folder / f"22-usc-{9101 + section}.toml").write_text("\n".join(rows), encoding="utf-8")
    (folder / "outline" / "air.txt").write_text("\n".join(outline) + "\n", encoding="utf-8")


def ingest(record: Record) -> None:
    """Both editions of the invented law's text."""
    for edition, day in ((0, date(2015, 1, 1)), (1, date(2026, 1, 1))):
        received = []
        for section in range(SECTIONS):
            id = f"22 USC {9101 + section}"
            text, passages = "", []
            for provision, seed in ids():
                if provision.startswith(f"{id}("):
                    start = len(text)
                    text += f"({provision[-2]}) {clause(seed, edition)[0]}\n"
                    passages.append(
                        Passage(
                            provision, id, Kind.PROVISION, "Air things", start, len(text) - 1, start + 4, len(text) - 1
                        )
                    )
            sha = hashlib.sha256(text.encode()).hexdigest()
            one = Edition(
                id, sha, day, "https://uscode.house.gov/air", "2026-01-01T00:00:00+00:00", "invented", Holding.OFFICIAL
            )
            received.append((Reading(id, "Air things", text, tuple(passages)), one))
        record.ingest(received)
