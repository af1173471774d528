"""Citations: found where they are written, resolved to what exists, never to what they may not mean."""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import cite
from assistant.cite import Kind, Mention, Resolution, Verdict
from assistant.cite.clean import clean
from assistant.corpus import Corpus, Outlined
from assistant.law import Authority, Instrument

FORMS = [json.loads(line) for line in (Path(__file__).parent / "cite_forms.jsonl").read_text("utf-8").splitlines()]
FOUND = [form for form in FORMS if form.get("found", True)]
UNFOUND = [form for form in FORMS if not form.get("found", True)]

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _outlined(identity: str, act: str, *tails: str) -> Outlined:
    return Outlined(identity, act, identity, "2026-01-01", {identity + tail: "" for tail in tails})


@pytest.fixture(scope="module")
def invented() -> Corpus:
    """Two homes for one section of an act, a letter printed twice, an order, a dated memorandum and a bill."""
    outlines = [
        _outlined("22 USC 9101", "AECA sec. 90A", "(a)", "(a)(1)", "(a)(2)", "(b)", " note"),
        _outlined("22 USC 9102", "AECA sec. 90A", "(a)", "(c)", "(d)", "(d)[2]", "(d)[2](1)"),
        _outlined(
            "22 USC 9103-1", "FAA sec. 990Z", "(a)", "(a)(1)", "(a)(1)(A)", "(a)(1)(B)", "(a)(1)(C)", "(a), flush"
        ),
        _outlined("EO 19500", "", " sec. 1", " sec. 1(a)", " sec. 1(a)(i)", " sec. 1(a)(ii)", " sec. 1(b)"),
        _outlined("NSM-91", "", " sec. 2", " sec. 2, consideration 1", " sec. 2, consideration 2", " sec. 3"),
        Outlined("SAMM C99", "", "Kites", "2026-01-01", {f"SAMM C99.{n}": "" for n in ("1", "1.1", "1.2", "1.3", "2")}),
        Outlined("H.J.Res. 9 (119th)", "", "Kites", "2026-07-02", {"H.J.Res. 9 (119th), para. 1": ""}),
    ]
    order = Instrument(
        id="EO 19500", title="Kites", citation="Executive Order 19500, 91 FR 4242", kind="executive order",
        authority=Authority.EXECUTIVE_ORDER, issuer="The President", aliases=("91 FR 4242",),
    )  # fmt: skip
    memorandum = Instrument(
        id="NSM-91", title="Kites", citation="National Security Memorandum 91", kind="memorandum",
        authority=Authority.PRESIDENTIAL_MEMORANDUM, issuer="The President", signed=date(2023, 2, 23),
    )  # fmt: skip
    return Corpus({one.id: one for one in (order, memorandum)}, {}, {one.id: one for one in outlines}, "invented")


def _mentions_of(form: dict[str, str]) -> list[Mention]:
    text = form.get("context", form["written"])
    start = text.index(form["written"])
    end = start + len(form["written"])
    return [one for one in cite.find(text, form.get("within")) if one.start < end and one.end > start]


def _says(resolution: Resolution) -> dict[str, object]:
    return {
        "provisions": list(resolution.provisions),
        "ambiguous": resolution.ambiguous,
        "missing": list(resolution.missing),
        "known_instrument": resolution.known_instrument,
    }


def _expected(form: dict[str, object]) -> dict[str, object]:
    return {"missing": [], "known_instrument": True} | {
        key: form[key] for key in ("provisions", "ambiguous", "missing", "known_instrument") if key in form
    }


# --- the table of written forms


@pytest.mark.parametrize("form", FOUND, ids=lambda form: form["written"])
def test_a_written_form_is_found_whole_and_resolves_to_the_clauses_it_names(form: dict, whole: Corpus) -> None:
    if form["source"] not in ("query", "capitals"):
        (mention,) = _mentions_of(form)
        assert mention.written == form["written"]
        assert (mention.assumed_act, mention.lookalike) == (
            form.get("assumed_act", False),
            form.get("lookalike", False),
        )
        assert _says(cite.resolve(mention, whole)) == _expected(form)
    if "context" not in form:
        assert _says(cite.resolve(form["written"], whole, form.get("within"))) == _expected(form)


@pytest.mark.parametrize("form", UNFOUND, ids=lambda form: form["context"][:40])
def test_what_only_looks_like_a_citation_is_not_found(form: dict) -> None:
    assert _mentions_of(form) == []


def test_the_table_is_of_more_than_two_hundred_and_twenty_forms_each_once() -> None:
    keys = [(form["written"], form.get("context"), form.get("within")) for form in FORMS]
    assert len(FOUND) >= 220
    assert len(set(keys)) == len(keys)


# --- ids and their printed form


def test_every_id_is_found_whole_and_resolves_to_itself(whole: Corpus) -> None:
    for provision in list(whole.ids())[::5]:
        (mention,) = cite.find(provision)
        assert mention.written == provision
        assert cite.resolve(mention, whole).provisions == (provision,)
        assert cite.resolve(f" {provision} ", whole).provisions == (provision,)


def test_what_is_displayed_resolves_to_what_it_displays(whole: Corpus) -> None:
    for provision in list(whole.ids())[::7]:
        assert provision in cite.resolve(cite.display(provision, whole), whole).provisions


@pytest.mark.parametrize(
    ("provision", "printed"),
    [
        ("22 USC 2776(b)(1)", "AECA § 36(b)(1), 22 U.S.C. 2776(b)(1)"),
        ("22 USC 2776", "AECA § 36, 22 U.S.C. 2776"),
        ("22 USC 2304(d)(2)", "FAA § 502B(d)(2), 22 U.S.C. 2304(d)(2)"),
        ("22 USC 2753(a), flush", "AECA § 3(a), 22 U.S.C. 2753(a), flush"),
        ("22 USC 2776 note", "22 U.S.C. 2776 note"),
        ("10 USC 362(b)", "10 U.S.C. 362(b)"),
        ("22 CFR 123.15(a)(3)", "22 C.F.R. 123.15(a)(3)"),
        ("22 CFR part 126 supp. 2", "22 C.F.R. part 126, supp. 2"),
        ("EO 14268 sec. 3(a)(i)", "E.O. 14268, sec. 3(a)(i)"),
        ("NSM-18 sec. 3, consideration 14", "NSM-18, sec. 3, consideration 14"),
        ("NSPM-10", "NSPM-10"),
        ("Pub. L. 119-60 sec. 1085(b)(1)", "Pub. L. 119-60, sec. 1085(b)(1)"),
        ("SAMM C5.5.5.6", "SAMM C5.5.5.6"),
        ("SAMM Table C5.T13, row 2", "SAMM Table C5.T13, row 2"),
        ("CAT fact page, bullet 8", "State CAT fact page, bullet 8"),
    ],
)
def test_an_id_is_displayed_as_lawyers_cite_it(provision: str, printed: str, whole: Corpus) -> None:
    assert cite.display(provision, whole) == printed


# --- never guess


@pytest.mark.parametrize(
    ("written", "provisions", "ambiguous", "missing"),
    [
        ("AECA sec. 90A", ("22 USC 9101", "22 USC 9102"), True, ()),
        ("AECA sec. 90A(a)", ("22 USC 9101(a)", "22 USC 9102(a)"), True, ()),
        ("AECA sec. 90A(b)", ("22 USC 9101(b)",), False, ()),
        ("AECA sec. 90A(e)", (), False, ("22 USC 9101(e)", "22 USC 9102(e)")),
        ("AECA sec. 90A (22 U.S.C. 9102)", ("22 USC 9102",), False, ()),
        ("AECA sec. 90A(a), 22 U.S.C. 9101(a)(2)", ("22 USC 9101(a)(2)",), False, ()),
        ("AECA sec. 90A(b) (22 U.S.C. 9103-1)", ("22 USC 9101(b)", "22 USC 9103-1"), True, ()),
        ("AECA sec. 90A(d)", ("22 USC 9102(d)", "22 USC 9102(d)[2]"), True, ()),
        ("22 U.S.C. 9102(d)(1)", ("22 USC 9102(d)[2](1)",), False, ()),
        ("22 USC 9102(d)", ("22 USC 9102(d)",), False, ()),
        ("FAA 990Z(a)(1)(A)-(C)", tuple(f"22 USC 9103-1(a)(1)({x})" for x in "ABC"), False, ()),
        ("FAA 990Z(a)(1)(B)-(E)", ("22 USC 9103-1(a)(1)(B)",), False, ("22 USC 9103-1(a)(1)(E)",)),
        ("FAA 990Z(a)(1)(C)-(A)", ("22 USC 9103-1(a)(1)(C)", "22 USC 9103-1(a)(1)(A)"), True, ()),
        ("22 USC 9103-1(a)(1) and (2)", ("22 USC 9103-1(a)(1)",), False, ("22 USC 9103-1(a)(2)",)),
        ("EO 19500 sec. 1(a)(i) and (b)", ("EO 19500 sec. 1(a)(i)", "EO 19500 sec. 1(b)"), False, ()),
        ("91 Fed. Reg. 4242", ("EO 19500",), False, ()),
        ("NSM-91, considerations 1-2", ("NSM-91 sec. 2, consideration 1", "NSM-91 sec. 2, consideration 2"), False, ()),
        ("NSM-91 of February 23, 2023", ("NSM-91",), False, ()),
        ("NSM-91 of May 1, 2025", (), False, ("NSM-91 (2025)",)),
        ("SAMM C99.1.1-3", ("SAMM C99.1.1", "SAMM C99.1.2", "SAMM C99.1.3"), False, ()),
        ("H.J.Res. 9", ("H.J.Res. 9 (119th)",), False, ()),
        ("H.J.Res. 9 (118th)", (), False, ("H.J.Res. 9 (118th)",)),
    ],
)
def test_a_citation_names_what_exists_and_says_when_it_could_be_either(
    written: str, provisions: tuple[str, ...], ambiguous: bool, missing: tuple[str, ...], invented: Corpus
) -> None:
    resolution = cite.resolve(written, invented)
    assert (resolution.provisions, resolution.ambiguous, resolution.missing) == (provisions, ambiguous, missing)


@few
@given(data=st.data(), label=st.sampled_from(["zz", "99", "ZZ", "xxxix"]))
def test_a_clause_that_does_not_exist_never_resolves_to_what_is_above_it(
    data: st.DataObject, label: str, whole: Corpus
) -> None:
    statutes = [one for one in whole.outline["22 USC 2776"].headings if " note" not in one and "flush" not in one]
    provision = data.draw(st.sampled_from(statutes))
    resolution = cite.resolve(f"{provision}({label})", whole)
    assert resolution.provisions == ()
    assert resolution.missing == (f"{provision}({label})",)
    assert resolution.known_instrument
    assert provision in resolution.near


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("22 U.S.C. 2776(b)(9)", "22 USC 2776(b)"),
        ("22 U.S.C. 2776(b)(l)", "22 USC 2776(b)(1)"),
        ("22 U.S.C. 2776(B)(1)(x)", "22 USC 2776"),
        ("ITAR § 126.99", "22 CFR 126.9"),
        ("E.O. 14628", "EO 14268"),
        ("NSM-19", "NSM-18"),
        ("SAMM C5.5.5.66", "SAMM C5.5.5.6"),
        ("PPD-27 sec. 2", "PPD-27"),
    ],
)
def test_what_is_missing_comes_with_what_stands_closest(written: str, near: str, whole: Corpus) -> None:
    resolution = cite.resolve(written, whole)
    assert resolution.missing
    assert near in resolution.near


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("22 U.S.C. 2776(z)", True),
        ("EO 14268 sec. 9", True),
        ("SAMM C5.99", True),
        ("PPD-27 sec. 2", False),
        ("42 U.S.C. 7401", False),
        ("22 CFR 126.1(d)(2), row Ruritania", False),
        ("Pub. L. 94-329", False),
    ],
)
def test_no_such_clause_is_said_only_of_what_the_outline_has(written: str, known: bool, whole: Corpus) -> None:
    resolution = cite.resolve(written, whole)
    assert resolution.missing
    assert resolution.known_instrument is known


def test_words_that_are_no_citation_resolve_to_nothing(whole: Corpus) -> None:
    for words in ("", "the Leahy law", "arms", "§", "()", "section", "U.S.C."):
        resolution = cite.resolve(words, whole)
        assert (resolution.provisions, resolution.missing, resolution.known_instrument) == ((), (), False)


def test_several_citations_in_one_query_are_all_resolved(whole: Corpus) -> None:
    resolution = cite.resolve("AECA 36(b)(1) and EO 14383 sec. 4(v)", whole)
    assert resolution.provisions == ("22 USC 2776(b)(1)", "EO 14383 sec. 4(v)")


# --- what a text says before

CONTEXTS = [
    ("Under 10 U.S.C. 362 there are exceptions in 362(b) and a waiver in 362(c).", "362(c)", ("10 USC 362(c)",)),
    ("EO 14383 rewrote who acts. Section 4(v) says so.", "Section 4(v)", ("EO 14383 sec. 4(v)",)),
    ("EO 14268 aside, AECA sec. 3 governs, and section 3(d) sets the clock.", "section 3(d)", ("22 USC 2753(d)",)),
    ("The FAA applies; see section 502B(c).", "section 502B(c)", ("22 USC 2304(c)",)),
    ("NSM-18 set criteria; see objective 8.", "objective 8", ("NSM-18 sec. 2, objective 8",)),
    ("NSM-20 and its section 2 on reports", "section 2", ("NSM-20 sec. 2",)),
]


@pytest.mark.parametrize(("text", "written", "provisions"), CONTEXTS)
def test_a_bare_section_belongs_to_what_was_named_before_it(
    text: str, written: str, provisions: tuple[str, ...], whole: Corpus
) -> None:
    (mention,) = [one for one in cite.find(text) if one.written == written]
    assert cite.resolve(mention, whole).provisions == provisions


def test_a_section_that_an_order_and_an_act_both_have_is_ambiguous(whole: Corpus) -> None:
    mentions = cite.find("EO 14268 was signed in April. Section 3(a) is short.")
    resolution = cite.resolve(mentions[-1], whole)
    assert resolution.ambiguous
    assert set(resolution.provisions) == {"EO 14268 sec. 3(a)", "22 USC 2753(a)"}


def test_a_relative_citation_needs_to_know_where_it_stands(whole: Corpus) -> None:
    words = "subject to paragraph (2) and section 2753 of this title"
    assert cite.find(words) == ()
    found = cite.find(words, "22 USC 2776(c)(1)")
    assert [cite.resolve(one, whole).provisions for one in found] == [("22 USC 2776(c)(2)",), ("22 USC 2753",)]


def test_what_such_refers_to_is_not_guessed() -> None:
    assert cite.find("subparagraph (A) of such paragraph", "22 USC 2753(c)(3)(A)") == ()


def test_a_section_alone_in_a_long_text_about_something_else_is_not_cited() -> None:
    recipe = "Simmer the broth for an hour and season it. " * 30
    assert cite.find(f"{recipe} Then see section 36(b) for the dumplings.") == ()
    assert cite.find(f"{recipe} Then see section 36(b) on arms sales.")[0].assumed_act


# --- look-alikes


def test_no_lookalike_of_any_letter_or_digit_passes_unflagged() -> None:
    from assistant.cite.clean import _READS_AS

    plain = "22 U.S.C. 2776(b)(1) and EO 14268 sec. 3(a)(i)"
    for odd, letter in _READS_AS.items():
        if letter in plain:
            for mention in cite.find(plain.replace(letter, odd)):
                assert mention.lookalike == (odd in mention.written)
    for zero in ("\u0660", "\u06f0", "\u0966", "\uff10", "\U0001d7ce"):
        digits = "".join(chr(ord(zero) + int(n)) for n in "2776")
        assert all(one.lookalike for one in cite.find(f"22 U.S.C. {digits}")), digits


@few
@given(st.text(max_size=200))
def test_cleaning_keeps_the_way_back(text: str) -> None:
    cleaned = clean(text)
    for place in range(len(cleaned.text)):
        start, end = cleaned.origin(place), cleaned.origin_end(place + 1)
        assert 0 <= start < end <= len(text)
        if cleaned.text[place] == text[start]:
            continue
        assert cleaned.text[place] in " \n" or not text[start].isascii()


# --- hostile text

FRAGMENTS = st.sampled_from(
    ["22 U.S.C. ", "2776", "(b)", "(1)", "-", ", ", " and ", "section ", "§", " of the AECA", "(", ")", "36", 
     "EO 14268", "NSM-18", " sec. ", "Table C5.T1", ", row ", "Pub. L. 119-60", "\u202e", "\u200b", "\u0430", "\uff12",
     "\n\n", "upload x, para. 1", "paragraph (", "90 FR ", "subsection (a) of ", "ITAR ", "126.1", "part 126",
     " through ", "NSPM-", "note", "[2]", "\x00", "\ud800"]
)  # fmt: skip


@few
@given(
    text=st.lists(FRAGMENTS | st.text(max_size=5), max_size=40).map("".join),
    within=st.sampled_from([None, "22 USC 2776(b)(1)"]),
)
def test_any_text_is_searched_without_failing(text: str, within: str | None, whole: Corpus) -> None:
    position = 0
    for mention in cite.find(text, within):
        assert position <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.written
        position = mention.end
        resolution = cite.resolve(mention, whole)
        assert all(whole.exists(one) or one.startswith("upload ") for one in resolution.provisions)
        assert not any(whole.exists(one) for one in resolution.missing)
        assert resolution.provisions or resolution.missing


@pytest.mark.parametrize("text", ["(" * 100_000, "7" * 100_000, "36(" * 33_000, "22 U.S.C. " + "2776, " * 16_000])
def test_a_hundred_kilobytes_of_bait_are_searched_within_a_second(text: str) -> None:
    started = time.perf_counter()
    cite.find(text)
    assert time.perf_counter() - started < 1


def test_importing_it_loads_no_library_that_is_slow() -> None:
    code = (
        "import sys, assistant.cite; print(*sorted({'pydantic', 'rapidfuzz', 'chromadb', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


# --- quotations

LAW = (
    "The Minister of Winds shall transmit to the Assembly a numbered certification\u2014with respect to any kite sold "
    "for $14,000,000 or more\u2014before the kite is offered. The term \u201cwell-known kite\u201d does not include "
    "non-tethered kites. If the Assembly, within thirty days, enacts a joint resolution, the kite may not be sold; it "
    "may be lent for 10.5 days."
)

STANDS = [
    "The Minister of Winds shall transmit",
    "a numbered certification - with respect to any kite",
    "a numbered certification--with respect to",
    "for $14,000,000 or more",
    'The term "well-known kite" does not include',
    "The term 'well-known kite' does not include",
    "the  Assembly\n a numbered\u00a0certification",
    "the Assem\u00adbly a numbered certification",
    "the Assembly a\\_numbered",
    "[t]he Minister of Winds",
    "The Minister of Winds shall transmit ... a numbered certification",
    "The Minister of Winds . . . before the kite is offered",
    "If the Assembly [...] enacts a joint resolution",
    "\u2026 the kite may not be sold",
    "[I]f the Assembly, within thirty days",
    "before the kite is offered. ... [I]t may be lent",
]

FALLS = [
    "", " ", "...", "[...]", "\u201c\u201d", "-", "kite", "\u2014kite.", "1 2", "$14,000,000",
    "The Minister of Wind shall transmit",
    "the minister of winds",
    "The Minister of Winds transmit",
    "Minister of Wind",
    "inister of Winds",
    "sold for $14",
    "000,000 or more",
    "lent for 10",
    "tethered kites",
    "does not include non",
    "the kite may be sold",
    "before the kite is offered ... The Minister of Winds shall transmit",
    "The Minister of Winds ... sold",
    "The Minister of Winds ... [shall] transmit to the Assembly",
    "the Assembly [of Winds] a numbered",
    "If the Assembly, within 30 days",
    "[X]he Minister of Winds",
    "\u0422he Minister of Winds",
]  # fmt: skip


@pytest.mark.parametrize("quote", STANDS)
def test_a_quotation_stands_whatever_its_dashes_quotes_and_spaces(quote: str) -> None:
    text = LAW.replace("a numbered cert", "a\\_numbered cert") if "\\" in quote else LAW
    match = cite.verify(quote, text)
    assert match is not None
    assert all(0 <= start < end <= len(text) for start, end in match.spans)
    assert list(match.spans) == sorted(match.spans)


@pytest.mark.parametrize("quote", FALLS)
def test_a_quotation_that_differs_in_a_word_or_says_too_little_does_not_stand(quote: str) -> None:
    assert cite.verify(quote, LAW) is None


def test_the_spans_of_a_quotation_are_its_words_in_the_original() -> None:
    match = cite.verify("[t]he Minister of Winds ... before the kite", LAW)
    assert match is not None
    assert [LAW[start:end] for start, end in match.spans] == ["The Minister of Winds", "before the kite"]
    assert (match.start, match.end) == (0, LAW.index(" is offered"))


def test_a_text_that_itself_has_an_ellipsis_is_quoted_with_it() -> None:
    assert cite.verify("kites ... and ropes", "No kites\u2026 and ropes here") is not None


@few
@given(st.lists(st.sampled_from(LAW.split()), min_size=2, max_size=12), st.integers(0, 50), st.integers(2, 9))
def test_only_words_that_follow_each_other_stand(words: list[str], first: int, count: int) -> None:
    real = LAW.split()[first : first + count]
    if len(real) > 1 and not any("\u2014" in word for word in (real[0], real[-1])):
        assert cite.verify(" ".join(real), LAW) is not None
    quote = " ".join(words)
    match = cite.verify(quote, LAW)
    if match is not None:
        (start, end), *rest = match.spans
        assert not rest
        assert LAW[start:end].replace("\u2014", "-").split() == quote.replace("\u2014", "-").split()


@few
@given(st.text(max_size=60), st.text(max_size=300))
def test_any_quotation_of_any_text_is_checked_without_failing(quote: str, text: str) -> None:
    match = cite.verify(quote, text)
    if match:
        assert all(0 <= start < end <= len(text) for start, end in match.spans)


# --- links and claims


def test_citations_are_linked_and_everything_else_is_escaped(whole: Corpus) -> None:
    text = "<b>See</b> 22 U.S.C. 2776(b)(1) & section 40A of the AECA, or 22 U.S.C. 2776(zz)."
    resolutions = [cite.resolve(one, whole) for one in cite.find(text)]
    html = cite.annotate(text, resolutions, lambda provision: f'/p?id="{provision}"')
    link = '<a href="/p?id=&quot;22 USC 2776(b)(1)&quot;" title="22 USC 2776(b)(1)">22 U.S.C. 2776(b)(1)</a>'
    assert html == f"&lt;b&gt;See&lt;/b&gt; {link} &amp; section 40A of the AECA, or 22 U.S.C. 2776(zz)."
    assert cite.annotate(text, resolutions, lambda _: None) == (
        "&lt;b&gt;See&lt;/b&gt; 22 U.S.C. 2776(b)(1) &amp; section 40A of the AECA, or 22 U.S.C. 2776(zz)."
    )


def test_kinds_and_verdicts_are_spelled_as_the_contract_spells_them() -> None:
    assert [str(kind) for kind in Kind] == ["quote", "note", "rule", "model"]
    assert [str(verdict) for verdict in Verdict] == ["exact", "note", "partly", "unsupported", "contradicted"]
