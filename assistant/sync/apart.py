"""Readers at work in a child process with limits, so that a hostile file costs one child and nothing else.

The parent sends a line of JSON and the bytes; the child answers with a line of JSON. Nothing is unpickled.
"""

import contextlib
import json
import queue
import subprocess
import sys
import threading
from dataclasses import asdict
from datetime import date
from typing import IO, Any

from assistant import errors
from assistant.errors import BadSource, Refused
from assistant.plain import plain
from assistant.readers import Amendment, Kind, Passage, Reading, find_reader

# Of address space, so that parent and child together stay within 512 MB of memory.
MEMORY = 360 * 1024 * 1024
SECONDS = 30.0


class Apart:
    """A child that reads one file after another; it is replaced when a file takes too much."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue()

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, data: bytes, *, form: str, instrument: str, filename: str = "") -> Reading:
        """The reading of a file; Refused where it takes more time or memory than it may."""
        child = self._child or self._start()
        assert child.stdin is not None
        header = json.dumps(
            {"format": form, "instrument": instrument, "filename": filename, "size": len(data)}
        ).encode()
        sender = threading.Thread(target=_send, args=(child.stdin, header + b"\n", data), daemon=True)
        sender.start()
        try:
            line = self._lines.get(timeout=self._seconds)
        except queue.Empty:
            self._stop()
            raise Refused(f"It took longer than {self._seconds:.0f} seconds to read.") from None
        if not line:
            self._stop()
            raise Refused(f"It took more than {self._memory // 2**20} MB of memory to read, or broke the reader.")
        answer = json.loads(line)
        if "error" in answer:
            kind = Refused if answer["kind"] == "Refused" else BadSource
            raise kind(answer["error"], next_step=answer["next_step"])
        return _reading(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "assistant.sync.apart", str(self._memory)]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._lines = queue.Queue()
        assert self._child.stdout is not None
        threading.Thread(target=_collect, args=(self._child.stdout, self._lines), daemon=True).start()
        return self._child

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None


def _send(pipe: IO[bytes], *parts: bytes) -> None:
    with contextlib.suppress(OSError):
        for part in parts:
            pipe.write(part)
        pipe.flush()


def _collect(pipe: IO[bytes], lines: "queue.Queue[bytes]") -> None:
    """Each line of the child; an empty one when it has ended."""
    for line in pipe:
        lines.put(line)
    lines.put(b"")


def _reading(row: dict[str, Any]) -> Reading:
    passages = tuple(
        Passage(**{**p, "kind": Kind(p["kind"]), "refers_to": tuple(p["refers_to"])}) for p in row["passages"]
    )
    amendments = tuple(
        Amendment(**{**a, "on": date.fromisoformat(a["on"]) if a["on"] else None}) for a in row["amendments"]
    )
    return Reading(
        row["instrument"], row["title"], row["text"], passages, amendments, row["act"], tuple(row["warnings"])
    )


def _serve(memory: int) -> None:
    """The child: read requests until there are no more."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for header in sys.stdin.buffer:
        request = json.loads(header)
        data = sys.stdin.buffer.read(request["size"])
        answer = json.dumps(_answer(request, data), default=str)
        sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass") + b"\n")
        sys.stdout.buffer.flush()


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return asdict(_read(request, data))
    except errors.PinciteError as error:
        return {"error": error.message, "next_step": error.next_step, "kind": type(error).__name__}
    except (MemoryError, RecursionError, OSError):
        return {"error": "It takes more memory or depth to read than it may.", "next_step": "", "kind": "Refused"}
    except Exception as error:
        said = f"It cannot be read ({type(error).__name__}, {plain(str(error))[:100]})."
        return {"error": said, "next_step": "", "kind": "BadSource"}


def _read(request: dict[str, Any], data: bytes) -> Reading:
    if request["format"] == "upload":
        from assistant.readers import upload

        return upload.read(data, instrument=request["instrument"], filename=request["filename"])
    return find_reader(request["format"])(data, instrument=request["instrument"])


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
