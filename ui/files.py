"""Files on their way in and out: each belongs to one person, is named by chance and is soon forgotten."""

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import quote

from assistant.errors import BadInput
from assistant.plain import plain

KEPT_SECONDS = 2 * 3600
MOST_FILES = 300
MOST_HELD = 200 * 2**20
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "application/octet-stream",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "yaml": "text/yaml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file in memory."""

    owner: str
    name: str
    data: bytes
    until: float

    @property
    def kind(self) -> str:
        """Its media type; what a browser could run is sent as plain bytes."""
        return KINDS.get(self.name.rpartition(".")[2].lower(), "application/octet-stream")

    @property
    def disposition(self) -> str:
        """The header that has a browser save it under its name."""
        return f"attachment; filename*=UTF-8''{quote(self.name, safe='')}"


class Drawer:
    """Everybody's files; a name opens one for its owner alone."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, File] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, owner: str, name: str, data: bytes) -> str:
        """Keep a file for its owner; returns the name that opens it."""
        if len(data) > MOST_HELD // 4:
            raise BadInput("The file is too large.", next_step="Bring it in parts.")
        token = secrets.token_urlsafe(18)
        with self._lock:
            self._files[token] = File(owner, safe_name(name), data, time.monotonic() + KEPT_SECONDS)
            self._tidy()
        return token

    def open(self, owner: str, token: str) -> File | None:
        """The owner's file; None for any other name, and for any other person."""
        with self._lock:
            self._tidy()
            found = self._files.get(token)
        return found if found and secrets.compare_digest(found.owner.encode(), owner.encode()) else None

    def _tidy(self) -> None:
        now = time.monotonic()
        for token in [token for token, file in self._files.items() if file.until < now]:
            del self._files[token]
        while len(self._files) > MOST_FILES or sum(len(file.data) for file in self._files.values()) > MOST_HELD:
            self._files.popitem(last=False)


def safe_name(written: str) -> str:
    """A file's own name: no folders, no control or invisible characters."""
    name = plain(written).replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if c.isprintable() and c not in '<>:"|?*').strip(". ")
    return name[-120:] or "file"
