"""Bytes as text, and text as plain words."""

import re

from assistant.errors import BadSource, Refused


def decoded(data: bytes, *, most: int) -> str:
    """The text of a file in UTF-8 with plain line ends; Refused where it is too large, BadSource where it is no text."""
    if len(data) > most:
        raise Refused(f"The file has {len(data):,} bytes; at most {most:,} are read.")
    if b"\0" in data:
        raise BadSource("The file holds NUL bytes, so it is no text in UTF-8.", next_step="Save it as UTF-8 text.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSource(
            f"The file is not in UTF-8: byte {error.start:,} cannot be read.", next_step="Save it as UTF-8 text."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str) -> str:
    """Text with every run of white space made one space."""
    return re.sub(r"\s+", " ", text).strip()
