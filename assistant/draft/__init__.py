"""Case + kind -> Memo: every sentence is cited, supplied by the case, or a visible bracket."""

from assistant.draft.compose import draft, template_kinds
from assistant.draft.markdown import as_markdown
from assistant.draft.memo import (
    NOTICE,
    Authorized,
    Cited,
    Kind,
    Memo,
    Need,
    Needed,
    Section,
    Stated,
    as_json,
)
from assistant.draft.shelf import open_shelf
from assistant.draft.skeleton import as_yaml, case_of

__all__ = [
    "NOTICE",
    "Authorized",
    "Cited",
    "Kind",
    "Memo",
    "Need",
    "Needed",
    "Section",
    "Stated",
    "as_json",
    "as_markdown",
    "as_yaml",
    "case_of",
    "draft",
    "open_shelf",
    "template_kinds",
]
