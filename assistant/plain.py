"""Text made safe for a terminal: no escapes, no invisible or direction-changing characters."""

import re
import unicodedata

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")


def plain(text: str) -> str:
    """The text without terminal escapes, controls and format characters; line breaks and tabs stay."""
    shown = _ESCAPE.sub("", text)
    return "".join(c for c in shown if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
