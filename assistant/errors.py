"""Every error, and the exit status each one ends a command with.

PinciteError
├── BadInput            2  a question, date, file or option that cannot be taken
│   └── BadSetting      2  an unknown or impossible setting
├── BadCorpus           2  the catalogue does not hold together
├── NoSuchClause        3  the citation names nothing that exists
├── NotHeld             4  it exists, but its text or note is not held
├── NotReady            4  something must be run first
├── BadRecord           4  the record cannot be opened or written
└── BadSource           2  a publisher's text cannot be read
    └── Refused         2  a text was refused for what it is: too large, hostile, encrypted
"""


class PinciteError(Exception):
    """A failure with a sentence for the reader that says what to do next."""

    exit_status = 2

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class BadInput(PinciteError):
    """A question, date, file or option that cannot be taken."""


class BadSetting(BadInput):
    """An unknown or impossible setting."""


class BadCorpus(PinciteError):
    """The catalogue does not hold together; the message names file, key and line."""


class NoSuchClause(PinciteError):
    """A citation that names nothing that exists; `near` lists the closest ids."""

    exit_status = 3

    def __init__(self, message: str, *, near: tuple[str, ...] = (), next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.near = near


class NotHeld(PinciteError):
    """A clause that exists and whose text and note are both missing here."""

    exit_status = 4

    def __init__(self, message: str, *, near: tuple[str, ...] = (), next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.near = near


class NotReady(PinciteError):
    """Something must be run first."""

    exit_status = 4


class BadRecord(PinciteError):
    """The record cannot be opened, read or written."""

    exit_status = 4


class BadSource(PinciteError):
    """A publisher's text that cannot be read."""


class Refused(BadSource):
    """A text refused for what it is: too large, hostile, encrypted, of an unknown kind."""
