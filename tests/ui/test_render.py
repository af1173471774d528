import ast
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask.answer import REASONS, Answer, Cited, Dropped, Said, Stamp, Warned
from assistant.cite import Citation, Claim, Kind, Verdict
from assistant.clause import Clause, read_clause
from assistant.compare import compare
from assistant.desk import Desk
from assistant.law import Authority, Edition, Holding, Instrument, Period, Status
from assistant.plain import plain
from assistant.readers import Kind as PassageKind
from assistant.readers import Passage
from assistant.record import Held
from assistant.sync.changes import Segment
from ui import looking, panel, render, wording
from ui.markup import Html, element, is_web, link, shown, together

ON = date(2026, 9, 1)
STAMP = Stamp("c", "p", "extractive", "s", "0")
TAGS = {
    "a", "article", "bdi", "blockquote", "button", "code", "dd", "del", "details", "div", "dl", "dt", "h2", "h3", "ins", "li", "mark", "ol", "p", "q",
    "section", "span", "strong", "summary", "time", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "aria-busy", "aria-current", "aria-label", "aria-labelledby", "class", "data-asked", "data-back", "data-close", "data-does", "data-edition", "data-words", "data-says", "data-side",
    "data-key", "data-on", "data-provision", "data-span", "datetime", "dir", "href", "id", "open", "rel", "role", "tabindex", "target",
    "title", "type",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of markup: tags, attributes, words."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def having(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of every element that has this class."""
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]


def is_ours(markup: str) -> None:
    page = Page(markup)
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    for tag, attributes in page.tags:
        if tag == "a":
            assert is_web(attributes["href"] or "")
            assert attributes["rel"] == "noopener noreferrer"


def cited(provision: str = "22 USC 9001(a)", status: Status = Status.IN_FORCE, **more: object) -> Cited:
    plainly = Cited(
        Citation(provision), f"Kite Act, {provision}", Authority.STATUTE, status, Holding.NOTE, Verdict.NOTE
    )
    return replace(plainly, **more)  # type: ignore[arg-type]


def said(*cites: Cited, text: str = "A kite is certified.", kind: Kind = Kind.NOTE) -> Said:
    return Said(Claim(text, kind, tuple(each.citation for each in cites)), cites)


def answered(*claims: Said, **more: object) -> Answer:
    return replace(Answer("What of kites?", ON, date(2026, 8, 1), STAMP, claims), **more)  # type: ignore[arg-type]


def clause(**more: object) -> Clause:
    instrument = Instrument(
        "22 USC 9001",
        "Kites",
        "Kite Act",
        "statute",
        Authority.STATUTE,
        "Congress",
        source_url="https://uscode.house.gov/kites",
    )
    plainly = Clause(
        "22 USC 9001(a)", "Kite Act § 1(a)", instrument, "Certification", "A kite is certified.", "", None, Holding.NOTE, Status.IN_FORCE,
        (), ("22 USC 9001",), (), (), (), (),
    )  # fmt: skip
    return replace(plainly, **more)  # type: ignore[arg-type]


def held(
    text: str = "(a) A kite is a kite.", as_of: date = date(2020, 1, 1), holding: Holding = Holding.OFFICIAL
) -> Held:
    edition = Edition(
        "22 USC 9001", "ab" * 32, as_of, "https://uscode.house.gov/", "2026-01-01T00:00:00", "text", holding
    )
    return Held(
        edition, Passage("22 USC 9001(a)", None, PassageKind.PROVISION, "", 0, len(text), 0, len(text)), text, text
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_in_an_answer_is_words_and_nothing_else(words: str) -> None:
    each = cited(words, cite=words, citation=Citation(words, words, 0, 1, words), url=words)
    given = answered(
        said(each, text=words), said(each, text=words, kind=Kind.QUOTE), reason=words, because=words, nearest=((words, words),),
        warnings=(Warned(words, words, words), Warned("revoked", words)), stamp=Stamp(words, words, words, words, words),
        dropped=(Dropped(words, Verdict.PARTLY, words),),
    )  # fmt: skip
    markup = render.conversation(
        [render.turn(words, render.answer(given)), render.turn(words, render.failure(words))], [words]
    )
    is_ours(markup)
    assert Page(markup).words.count(plain(words)) >= 8


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_in_a_clause_is_words_and_nothing_else(words: str) -> None:
    instrument = Instrument(
        words, words, words, words, Authority.STATUTE, words, source_url=words, ended=ON, ended_by=words
    )
    found = clause(
        id=words, cite=words, instrument=instrument, heading=words, note=words, contested=words, held=held(words), children=(words,) * 20,
        refers_to=(words,), cited_by=(words,), definitions=((words, words),), history=(Period(ON, Status.REVOKED, words, words),),
    )  # fmt: skip
    is_ours(panel.clause(found, ON, [(words, words)], (0, 3, "2020-01-01"), back=True))
    is_ours(panel.not_found(words, [words], ON))


@given(st.text())
def test_any_text_survives_as_text_and_makes_no_element(words: str) -> None:
    page = Page(element("p", words, title=words))
    assert [tag for tag, _ in page.tags] == ["p"]
    assert page.words.replace("\r", "\n") == plain(words).replace("\r", "\n")


@given(st.text(alphabet="\\`*_{}[]$~|#!<>&\"'ab"))
def test_no_character_that_markdown_reads_is_left_bare(words: str) -> None:
    bare = shown(words).replace("&#", "")
    assert not set("\\`*_{}[]$~|!<>\"'") & set(bare)


def test_markup_joined_by_hand_is_escaped_again() -> None:
    assert together(Html("<b>") + "x") == "&lt;b&gt;x"


def test_direction_changing_and_invisible_characters_are_gone() -> None:
    markup = render.answer(answered(said(cited(), text="pay\u202eerom\u2066 \u200bnow\x1b[31m")))
    assert not set("\u202e\u2066\u200b\x1b") & set(markup)
    assert "<bdi" in markup


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", " https://a.gov", "data:text/html,x", "https://a.gov/\"onclick='x'", "//a.gov", "",
        "https://", "http:/a.gov", "https://user@a.gov", "https://a.gov\\@b.gov", "https://a.gov/\nx", "vbscript:x", "https://a.gov/<b>",
    ],
)  # fmt: skip
def test_an_address_that_is_not_plainly_web_is_no_link(url: str) -> None:
    assert not is_web(url)
    assert "<a" not in link(url, "words")


def test_a_publishers_link_says_where_it_goes_and_tells_nothing() -> None:
    page = Page(panel.clause(clause(), ON))
    [attributes] = [attributes for tag, attributes in page.tags if tag == "a"]
    assert attributes == {"href": "https://uscode.house.gov/kites", "target": "_blank", "rel": "noopener noreferrer"}
    assert "Read it at uscode.house.gov" in page.words


def test_a_clause_has_one_number_wherever_it_is_cited() -> None:
    first, second = cited("22 USC 9001(a)"), cited("22 USC 9001(b)")
    page = Page(render.answer(answered(said(first, second), said(second))))
    assert [chip["data-provision"] for chip in page.having("chip")] == [
        "22 USC 9001(a)",
        "22 USC 9001(b)",
        "22 USC 9001(b)",
    ]
    assert [str(chip["aria-label"])[:9] for chip in page.having("chip")] == ["Clause 1:", "Clause 2:", "Clause 2:"]
    assert all(chip["data-on"] == "2026-09-01" for chip in page.having("chip"))


def test_each_claim_says_what_its_clauses_are_on_the_date() -> None:
    words = Page(
        render.answer(answered(said(cited("A sec. 1"), cited("B sec. 2", Status.REVOKED), cited("C sec. 3"))))
    ).words
    assert "(1) Kite Act, A sec. 1 and (3) Kite Act, C sec. 3 in force on 1 September 2026" in words
    assert "(2) Kite Act, B sec. 2 revoked (status on 1 September 2026)" in words


def test_a_clause_that_has_ended_looks_different_from_one_in_force() -> None:
    page = Page(
        render.answer(
            answered(said(cited("A sec. 1"), cited("B sec. 2", Status.REVOKED), cited("C sec. 3", Status.DIRECTED)))
        )
    )
    assert [chip["class"] for chip in page.having("chip")] == ["chip good", "chip ended", "chip care"]


def test_an_abstention_and_a_warning_differ_in_words_and_in_kind() -> None:
    given = answered(reason="needs_facts", because="Say who buys.", nearest=(("22 USC 9001(a)", "Kite Act § 1(a)"),))
    page = Page(
        render.answer(replace(given, warnings=(Warned("revoked", "NSM-91 was revoked."), Warned("stale", "Old."))))
    )
    assert "No answer: more facts are needed." in page.words
    assert "Revoked. NSM-91 was revoked." in page.words
    assert len(page.having("abstained")) == 1
    assert [each["class"] for each in page.having("warning")] == ["warning grave", "warning care"]
    assert [each["data-provision"] for each in page.having("cite")] == ["22 USC 9001(a)"]


def test_what_changes_how_an_answer_reads_stands_before_it_and_the_rest_after() -> None:
    words = Page(
        render.answer(answered(said(cited()), warnings=(Warned("stale", "Old."), Warned("false_premise", "Not so."))))
    ).words
    assert words.index("Not so.") < words.index("A kite is certified.") < words.index("Old.")


def test_a_quotation_is_marked_as_one_and_a_note_as_ours() -> None:
    quote = cited(
        citation=Citation("22 USC 9001(a)", "A kite", 4, 10, "2020-01-01"), verdict=Verdict.EXACT, edition_after=True
    )
    page = Page(render.answer(answered(said(quote, kind=Kind.QUOTE, text="A kite"), said(cited()))))
    assert [tag for tag, _ in page.tags].count("q") == 1
    assert page.having("chip")[0]["data-span"] == "4-10"
    assert "later edition of 1 January 2020" in page.words
    assert "Our note, not the law’s words" in page.words


def test_an_upload_and_an_unsupported_sentence_are_labelled_where_they_stand() -> None:
    upload = cited("upload memo.txt, para. 3", authority=Authority.UPLOAD, verdict=Verdict.UNSUPPORTED)
    words = Page(render.answer(answered(said(upload)))).words
    assert "From an upload, not law · Kite Act, upload memo.txt, para. 3" in words
    assert "Our note" not in words
    assert "the clause does not support this" in words


def test_there_are_words_for_everything_that_can_be_said() -> None:
    assert set(wording.KIND_WORDS) == set(Kind)
    assert set(wording.HOLDING_WORDS) == set(Holding)
    assert set(wording.REASONS) == set(REASONS)
    assert set(wording.VERDICT_WORDS) == set(Verdict) - {Verdict.EXACT, Verdict.NOTE}


def test_every_warning_that_the_code_can_give_has_a_title_in_words() -> None:
    calls = (
        node
        for path in (Path(__file__).parents[2] / "assistant").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Warned" and node.args
    )
    codes = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    assert {"stale", "false_premise", "model"} <= codes
    assert codes <= set(wording.WARNINGS)


def test_a_code_that_nobody_has_words_for_is_never_shown() -> None:
    given = answered(reason="no_such_reason", warnings=(Warned("no_such_code", "Mind this."),))
    words = Page(render.answer(given)).words
    assert "no_such" not in words
    assert "no such" not in words
    assert "Mind this." in words


def test_what_verification_removed_is_shown_struck_out_with_the_reason_and_apart_from_the_answer() -> None:
    removed = (
        Dropped("Kites are free.", Verdict.UNSUPPORTED, "the clauses cited do not say this"),
        Dropped("", Verdict.UNSUPPORTED, "the model made more than 24 claims"),
    )
    markup = render.answer(answered(said(cited()), dropped=removed))
    page = Page(markup)
    assert "2 sentences were removed by verification" in page.words
    assert "Not supported: the clauses cited do not say this" in page.words
    assert "the model made more than 24 claims" in page.words
    assert markup.count("<del>") == 1
    assert "<del><bdi>Kites are free.</bdi></del>" in markup
    assert len(page.having("claim")) == 1
    assert "removed by verification" not in render.answer(answered(said(cited())))


def test_an_upload_is_never_given_a_status_or_called_official() -> None:
    upload = cited(
        "upload memo.txt, para. 3",
        Status.UNKNOWN,
        authority=Authority.UPLOAD,
        holding=Holding.OFFICIAL,
        edition_after=True,
    )
    words = Page(render.answer(answered(said(upload)))).words
    assert "From an upload, not law" in words
    assert "official text held" not in words
    assert "status" not in words
    assert "edition" not in words


def test_the_quotation_is_marked_only_in_the_edition_it_came_from() -> None:
    found = clause(held=held())
    assert "<mark>A kite</mark>" in panel.clause(found, ON, (), (4, 10, "2020-01-01"))
    for span in ((4, 10, "2021-01-01"), (4, 9_999, "2020-01-01"), (10, 4, "2020-01-01"), None):
        assert "<mark>" not in panel.clause(found, ON, (), span)


def test_a_long_text_folds_and_a_damaged_copy_is_called_one() -> None:
    assert "<summary>7,000 characters; show them</summary>" in panel.clause(clause(held=held("x" * 7_000)), ON)
    assert "Damaged copy · edition of 1 January 2020" in panel.clause(clause(held=held(holding=Holding.LOSSY)), ON)


def test_a_clause_shows_its_neighbours_and_history_as_buttons(desk: Desk) -> None:
    found = read_clause("NSM-91 sec. 1", desk.corpus, desk.record, ON)
    page = Page(panel.clause(found, ON, [("NSM-91", "Kite Transfer Policy")]))
    assert {"NSM-91", "EO 19001 sec. 2"} <= {each["data-provision"] for each in page.having("cite")}
    assert "revoked (status on 1 September 2026)" in page.words
    assert "6 June 2011 · revoked by EO 19001 sec. 2" in page.words


def test_a_change_to_a_clause_in_force_is_told_by_what_made_it() -> None:
    history = (
        Period(date(1968, 1, 1), Status.IN_FORCE),
        Period(date(1981, 1, 1), Status.IN_FORCE, "Pub. L. 97-113", "amended"),
    )
    words = Page(panel.clause(clause(history=history), ON)).words
    assert "1 January 1968 · in force" in words
    assert "1 January 1981 · Pub. L. 97-113: amended" in words


def test_a_long_list_of_neighbours_folds() -> None:
    page = Page(panel.clause(clause(children=tuple(f"22 USC 9001({n})" for n in range(40))), ON))
    assert "28 more" in page.words
    assert len(page.having("cite")) == 40


def test_where_one_edition_serves_both_days_what_our_notes_say_changed_is_told(desk: Desk) -> None:
    given = compare("NSM-91 sec. 1 @ 2005-01-01", "2012-01-01", desk.corpus, desk.record, ON)
    same = replace(given, segments=(Segment("equal", "One text."),), altered=(), editions=None)
    page = Page(looking.compared(same))
    assert "Nothing held differs" in page.words
    assert "stands in the first alone" not in page.words
    clauses = [replace(same.before.clause, note=note) for note in ("Kites fly low.", "Kites fly high.")]
    page = Page(
        looking.compared(
            replace(same, before=replace(same.before, clause=clauses[0]), after=replace(same.after, clause=clauses[1]))
        )
    )
    assert "Our notes of the two days differ" in page.words
    assert [tag for tag, _ in page.tags].count("del") == 2  # the legend, and the word
    assert "Nothing held differs" not in page.words


def test_of_many_contested_points_the_first_stands_open_and_none_is_lost() -> None:
    warned = [
        Warned("stale", "Old."),
        *(Warned("contested", f"Point {n} is open.", "22 USC 9001(a)") for n in range(4)),
    ]
    page = Page(render.answer(answered(said(cited()), warnings=tuple(warned))))
    assert [tag for tag, _ in page.tags].count("details") == 2
    assert "3 more points" in page.words
    assert page.words.index("Point 0") < page.words.index("3 more points") < page.words.index("Point 1")
    assert all(f"Point {n} is open." in page.words for n in range(4))


@pytest.mark.parametrize(
    ("words", "shown"),
    [("A kite flies.", "A kite flies."), ("kites fly", "… kites fly …"), ("A kite flies", "A kite flies …")],
)
def test_a_quotation_that_begins_or_ends_inside_a_sentence_says_so(words: str, shown: str) -> None:
    quote = cited(citation=Citation("22 USC 9001(a)", words, 0, 5, "2020-01-01"), verdict=Verdict.EXACT)
    assert shown in Page(render.answer(answered(said(quote, kind=Kind.QUOTE, text=words)))).words


def test_what_is_near_a_clause_that_does_not_exist_is_named_once(desk: Desk) -> None:
    page = Page(looking.result({"does": "look", "words": "22 USC 9001(zz)"}, desk, date(2026, 9, 1)))
    assert page.words.count("Near it") == 1
    assert "22 USC 9001" in {each["data-provision"] for each in page.having("cite")}
