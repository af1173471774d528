"""A report as one HTML file that asks nothing of any network."""

from collections.abc import Iterator
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from assistant.check.findings import Finding, Report, grouped
from assistant.check.memo import Memo
from assistant.check.terminal import NOTICE, TITLES, summary
from assistant.phrase import day
from assistant.plain import plain


def page_of(report: Report, memo: Memo) -> str:
    """The report as HTML: the findings by verdict, and the memo's text with each finding's place marked."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("assistant.check").joinpath("report.html.j2").read_text(encoding="utf-8"))
    numbered = {id(finding): number for number, finding in enumerate(report.findings, 1)}
    return template.render(
        name=plain(report.name), day=day(report.as_of), dated_by=report.dated_by, warnings=report.warnings, summary=summary(report),
        notice=NOTICE, groups=[(TITLES[v], v, found) for v, found in grouped(report.findings).items()], number=lambda f: numbered[id(f)],
        marked=list(_marked(memo.text, report)), plain=plain,
    )  # fmt: skip


def _marked(text: str, report: Report) -> Iterator[tuple[str, Finding | None, int]]:
    """The memo's text in pieces, each with the finding that it is the place of, the gravest where several meet."""
    position = 0
    graver = sorted(enumerate(report.findings, 1), key=lambda pair: (pair[1].start, not pair[1].verdict.fault))
    for number, finding in graver:
        if finding.start < position:
            continue
        yield plain(text[position : finding.start]), None, 0
        yield plain(text[finding.start : finding.end]), finding, number
        position = finding.end
    yield plain(text[position:]), None, 0
