"""Who may come in: a file of names and password hashes, sessions, and a brake on guessing.

A line of the file is `name:scrypt$N$salt$hash`; `python -m ui.login NAME` asks for a password and prints one.
"""

import base64
import binascii
import getpass
import hashlib
import hmac
import os
import re
import secrets
import sys
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from assistant.errors import BadInput, BadSetting
from ui.markup import Html, element, together

SETTING = "PINCITE_USERS"
COOKIE = "pincite"
LONGEST_SESSION = 12 * 3600
MOST_WRONG = 9
MOST_WRONG_AT_ONE_ADDRESS = 40
LOCKED_SECONDS = 15 * 60

_COST = 2**14
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,62}")
_MOST_KEPT = 10_000


class Locked(Exception):
    """Too many wrong passwords; nothing is checked until a while has passed."""


class Login:
    """The people in a users file, their sessions, and the wrong passwords of the last while."""

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = dict(hashes)
        self._sessions: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._wrong: dict[str, deque[float]] = defaultdict(deque)
        self._checked: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def enter(self, name: str, password: str, address: str) -> str | None:
        """A session's token for the right password, None for a wrong one; Locked after too many wrong ones."""
        if not self._may_try(name, address):
            raise Locked
        if not self._matches(name, password):
            now = time.monotonic()
            for key in (f"name {name[:64]} {address}", f"address {address}"):
                self._wrong[key].append(now)
            if len(self._wrong) > _MOST_KEPT:
                self._forget()
            return None
        self._wrong.pop(f"name {name[:64]} {address}", None)
        token = secrets.token_urlsafe(32)
        self._sessions[_digest(token)] = (name, time.monotonic() + LONGEST_SESSION)
        while len(self._sessions) > _MOST_KEPT:
            self._sessions.popitem(last=False)
        return token

    def leave(self, token: str) -> None:
        """End a session."""
        self._sessions.pop(_digest(token), None)

    def person(self, headers: Mapping[bytes, str], address: str) -> str | None:
        """Who asks: by a session's cookie, or by name and password with each request; Locked as `enter` does."""
        if token := read_cookie(headers, COOKIE):
            name, until = self._sessions.get(_digest(token), ("", 0.0))
            if name and until > time.monotonic():
                return name
        scheme, _, given = headers.get(b"authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        key = _digest(given)
        known, until = self._checked.get(key, ("", 0.0))
        if known and until > time.monotonic():
            return known
        try:
            name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return None
        token = self.enter(name, password, address) or ""
        if not token:
            return None
        self.leave(token)
        self._checked[key] = (name, time.monotonic() + 300)
        while len(self._checked) > 200:
            self._checked.popitem(last=False)
        return name

    def _may_try(self, name: str, address: str) -> bool:
        for key, most in (
            (f"name {name[:64]} {address}", MOST_WRONG),
            (f"address {address}", MOST_WRONG_AT_ONE_ADDRESS),
        ):
            wrong = self._wrong.get(key)
            while wrong and wrong[0] < time.monotonic() - LOCKED_SECONDS:
                wrong.popleft()
            if wrong and len(wrong) >= most:
                return False
        return True

    def _matches(self, name: str, password: str) -> bool:
        """Whether the password is that person's; an unknown name costs as much time as a known one."""
        known = self._hashes.get(name)
        written = known or f"scrypt${_COST}${'00' * 16}${'00' * 32}"
        _, cost, salt, wanted = written.split("$")
        found = hashlib.scrypt(
            password[:1_000].encode("utf-8", "replace"), salt=bytes.fromhex(salt), n=int(cost), r=8, p=1, dklen=32
        )
        return hmac.compare_digest(found, bytes.fromhex(wanted)) and known is not None

    def _forget(self) -> None:
        since = time.monotonic() - LOCKED_SECONDS
        for key in [key for key, wrong in self._wrong.items() if not wrong or wrong[-1] < since]:
            del self._wrong[key]


def read_users(path: Path) -> Login:
    """The people of a users file; BadSetting names the line that cannot be one."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"The users file {path} cannot be read ({error}).", next_step=_HOW) from None
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, written = line.strip().partition(":")
        if not _NAME.fullmatch(name) or not re.fullmatch(r"scrypt\$\d{4,7}\$[0-9a-f]{32}\$[0-9a-f]{64}", written):
            raise BadSetting(f"{path}, line {number}: not a name and a hash.", next_step=_HOW)
        if name in hashes:
            raise BadSetting(f"{path}, line {number}: {name} has a line already.", next_step="Keep one of them.")
        hashes[name] = written
    if not hashes:
        raise BadSetting(f"The users file {path} names nobody.", next_step=_HOW)
    return Login(hashes)


def take_setting() -> Path | None:
    """The users file that the environment names."""
    written = os.environ.pop(SETTING, "")
    return Path(written) if written else None


def line_for(name: str, password: str) -> str:
    """A line of the users file; BadInput for a name or password that is none."""
    if not _NAME.fullmatch(name):
        raise BadInput(f"{name!r} is not a name.", next_step="Use letters, digits, . _ @ and -.")
    if len(password) < 12:
        raise BadInput("The password is shorter than twelve characters.", next_step="Take a longer one.")
    salt = secrets.token_bytes(16)
    found = hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32)
    return f"{name}:scrypt${_COST}${salt.hex()}${found.hex()}"


def read_cookie(headers: Mapping[bytes, str], name: str) -> str:
    """A cookie's value, empty where there is none."""
    try:
        morsel = SimpleCookie(headers.get(b"cookie", "")).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def login_page(told: str = "") -> Html:
    """The page where a person says who they are."""
    inside = together(
        element("h1", "Pincite"),
        element("p", "Draft, not legal advice, unclassified information only."),
        element("p", told, class_="failed", role="alert") if told else Html(),
        element(
            "form",
            element("label", "Name", for_="name"),
            element("input", id="name", name="name", autocomplete="username", required=True, autofocus=True),
            element("label", "Password", for_="password"),
            element("input", id="password", name="password", type="password", autocomplete="current-password", required=True),
            element("button", "Log in", type="submit"),
            method="post", action="login",
        ),
    )  # fmt: skip
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pincite: log in</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="page.css"></head>'
    )
    return Html(f'{head}<body class="login"><main>{inside}</main></body></html>')


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


_HOW = "Write it with: python -m ui.login NAME >> FILE."


def main() -> None:
    """Ask for a password and print a line for the users file."""
    if len(sys.argv) != 2:
        raise SystemExit("Usage: python -m ui.login NAME >> FILE")
    try:
        print(line_for(sys.argv[1], getpass.getpass("Password: ")))
    except BadInput as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
