"""Answers, memos and findings as files that people use: Word documents marked as drafts on every page, and Markdown."""

from pathlib import Path

from assistant.ask.answer import Answer
from assistant.check import Report
from assistant.draft import Memo, as_markdown
from assistant.errors import BadInput
from assistant.export import answer as answers
from assistant.export import memo as memos
from assistant.export.markdown import answer_markdown
from assistant.export.marking import MARKING, raised

__all__ = [
    "MARKING",
    "answer_markdown",
    "answer_word",
    "memo_markdown",
    "memo_word",
    "raised",
    "write_answer",
    "write_findings",
    "write_memo",
]


def memo_word(memo: Memo, *, marking: str = "") -> bytes:
    """A memo as a Word document; `marking` may raise the draft's own and never lower it."""
    return memos.paper_of(memo, marking).data()


def answer_word(answer: Answer, *, marking: str = "") -> bytes:
    """An answer as a Word document."""
    return answers.paper_of(answer, marking).data()


def memo_markdown(memo: Memo) -> str:
    """A memo as Markdown."""
    return as_markdown(memo)


def write_memo(memo: Memo, path: Path, *, marking: str = "") -> None:
    """Write a memo as its file's ending says: .docx or .md."""
    if _form(path) == ".md":
        path.write_text(memo_markdown(memo), encoding="utf-8")
    else:
        path.write_bytes(memo_word(memo, marking=marking))


def write_answer(answer: Answer, path: Path, *, marking: str = "") -> None:
    """Write an answer as its file's ending says: .docx or .md."""
    if _form(path) == ".md":
        path.write_text(answer_markdown(answer), encoding="utf-8")
    else:
        path.write_bytes(answer_word(answer, marking=marking))


def write_findings(report: Report, memo_path: Path, out: Path) -> None:
    """Write what a check found: comments in the memo's own document where it is a .docx, a report where it is not.

    Not one of the memo's own words is touched.
    """
    from assistant.export.findings import findings_word

    if out.suffix.lower() != ".docx":
        raise BadInput(f"{out.name} does not end in .docx.", next_step="Give a name that ends in .docx.")
    out.write_bytes(findings_word(report, memo_path))


def _form(path: Path) -> str:
    form = path.suffix.lower()
    if form not in {".docx", ".md"}:
        raise BadInput(f"{path.name} ends in neither .docx nor .md.", next_step="Give a name that ends in one of them.")
    return form
