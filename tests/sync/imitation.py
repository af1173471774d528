"""A server on loopback that imitates each publisher with invented law, and misbehaves on demand."""

import gzip
import hashlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from assistant.sync.fetch import HOSTS

NAMESPACE = "http://xml.house.gov/schemas/uslm/1.0"


@dataclass(frozen=True)
class Answer:
    """What a publisher sends when nothing is wrong."""

    body: bytes
    type: str = "application/xml"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    host: str
    path: str
    headers: Mapping[str, str]


Fault = Callable[["_Handler", Answer], None]


def status(code: int, **headers: str) -> Fault:
    """Another status, with headers such as `Retry_After`."""

    def send(handler: "_Handler", answer: Answer) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.reply(Answer(b"<html><body>busy</body></html>", "text/html", code, named))

    return send


def redirect(to: str, code: int = 302) -> Fault:
    """Send on."""
    return status(code, Location=to)


def instead(body: bytes, type: str = "application/xml", **headers: str) -> Fault:
    """Other bytes in the answer's place, as if nothing were wrong."""
    return lambda handler, answer: handler.reply(Answer(body, type, 200, headers))


def _partly(announced: float | None, sent: float) -> Fault:
    """Announce a share of the body, or nothing, and send a share before breaking off."""

    def send(handler: "_Handler", answer: Answer) -> None:
        size = len(answer.body)
        length = {"Connection": "close"} if announced is None else {"Content-Length": str(int(size * announced))}
        handler.open(answer, length)
        handler.wfile.write(answer.body[: int(size * sent)])
        handler.drop()

    return send


cut_short = _partly(1, 0.5)
too_short_a_length = _partly(0.5, 1)
unmeasured = _partly(None, 0.5)


def nonsense(handler: "_Handler", answer: Answer) -> None:
    """Send what is not HTTP."""
    handler.wfile.write(b"\x00\x01 kites \r\n\r\n")
    handler.drop()


def silence(seconds: float) -> Fault:
    """Say nothing for a while, then hang up."""

    def send(handler: "_Handler", answer: Answer) -> None:
        time.sleep(seconds)
        handler.drop()

    return send


hang_up = silence(0)


def drip(pause: float) -> Fault:
    """The body a byte at a time."""

    def send(handler: "_Handler", answer: Answer) -> None:
        handler.open(answer, {"Content-Length": str(len(answer.body))})
        handler.trickle(answer.body, pause)

    return send


def drip_headers(pause: float) -> Fault:
    """The headers a byte at a time, without end."""
    return lambda handler, answer: handler.trickle(b"HTTP/1.1 200 OK\r\nX-Kite: " + b"a" * 10_000, pause)


def huge(megabytes: int, *, announced: bool) -> Fault:
    """A body of many megabytes."""

    def send(handler: "_Handler", answer: Answer) -> None:
        handler.open(answer, {"Content-Length": str(megabytes * 10**6)} if announced else {"Connection": "close"})
        for _ in range(megabytes):
            handler.wfile.write(b"<" + b" " * (10**6 - 1))
        handler.drop()

    return send


def packed(answer_of: bytes, how: str = "gzip") -> Fault:
    """A body under a content encoding."""
    body = gzip.compress(answer_of) if how == "gzip" else answer_of
    return instead(body, **{"Content-Encoding": how})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        """Answer, with the fault that is next for this path, if any."""
        host = self.headers.get("Host", "")
        imitation = self.server.imitation
        imitation.asked.append(Asked(host, self.path, dict(self.headers.items())))
        answer, fault = imitation.answer(host, self.path), imitation.next_fault(host + self.path)
        with suppress(OSError):
            if fault is not None:
                fault(self, answer)
            elif answer.status == 200 and self.headers.get("If-None-Match") == etag(answer.body):
                self.reply(Answer(b"", answer.type, 304, answer.headers))
            else:
                self.reply(answer)

    def do_CONNECT(self) -> None:
        """A proxy that lets nothing through."""
        self.server.imitation.asked.append(Asked("proxy", self.path, dict(self.headers.items())))
        self.reply(Answer(b"no", "text/plain", 403))

    def reply(self, answer: Answer) -> None:
        """A whole, true answer."""
        self.open(answer, {"Content-Length": str(len(answer.body))})
        self.wfile.write(answer.body)

    def open(self, answer: Answer, length: Mapping[str, str]) -> None:
        """The status line and the headers."""
        self.send_response(answer.status)
        if answer.status == 200:
            self.send_header("ETag", etag(answer.body))
        for name, value in {"Content-Type": answer.type, **answer.headers, **length}.items():
            self.send_header(name, value)
        self.end_headers()

    def trickle(self, body: bytes, pause: float) -> None:
        """A byte at a time, until the other side goes or the server stops."""
        stopping = self.server.imitation.stopping
        for place in range(len(body)):
            if stopping.wait(pause):
                break
            self.wfile.write(body[place : place + 1])
            self.wfile.flush()
        self.drop()

    def drop(self) -> None:
        """Close the connection."""
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    imitation: "Imitation"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the play."""


def etag(body: bytes) -> str:
    """A validator that changes with the bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


class Imitation:
    """What each publisher has to give, as a test sets it."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.stopping = threading.Event()
        self._faults: list[tuple[str, Fault, int]] = []
        self.release_point = "119-100"
        self.release_days = {"119-100": "07/18/2026", "119-73not60": "01/23/2026", "113-21": "07/18/2013"}
        self.titles: dict[tuple[str, str], bytes] = {}
        self.up_to_date: dict[int, str] = {}
        self.parts: dict[tuple[str, str, str], bytes] = {}
        self.documents: dict[str, dict[str, object]] = {}
        self.texts: dict[str, bytes] = {}
        self.pages: dict[str, bytes] = {}

    def misbehave(self, where: str, fault: Fault, times: int = 1_000) -> None:
        """Do this, the next so many times, for addresses that hold `where`."""
        self._faults.append((where, fault, times))

    def next_fault(self, address: str) -> Fault | None:
        """The fault that is due, used up once."""
        for place, (where, fault, times) in enumerate(self._faults):
            if where in address and times:
                self._faults[place] = (where, fault, times - 1)
                return fault
        return None

    def heal(self) -> None:
        """Behave again."""
        self._faults.clear()

    def times_asked(self, where: str) -> int:
        """How often an address that holds `where` was asked for."""
        return sum(where in asked.host + asked.path for asked in self.asked)

    def answer(self, host: str, path: str) -> Answer:
        """What the publisher whose host it is has at a path."""
        match host:
            case "uscode.house.gov":
                return self._uscode(path)
            case "www.ecfr.gov":
                return self._ecfr(path)
            case "www.federalregister.gov":
                return self._federal_register(path)
        page = self.pages.get(host + path)
        return Answer(page, "text/html; charset=UTF-8") if page is not None else _missing()

    def _uscode(self, path: str) -> Answer:
        if path == "/download/download.shtml":
            law = self.release_point.partition("not")[0]
            titles = sorted({title for title, _ in self.titles}) or ["99"]
            links = "".join(f'<a href="{_zip_path(self.release_point, title)}">[XML]</a>' for title in titles)
            day = self.release_days.get(self.release_point, "")
            head = f'<h3 class="releasepointinformation">Public Law {law} ({day}) </h3>'
            return _page(head + f'<a href="{_zip_path(self.release_point, "All")}">[XML]</a>' + links)
        if path == "/download/priorreleasepoints.htm":
            rows = "".join(
                f'<li><a class="releasepoint" href="releasepoints/us/pl/{name.replace("-", "/")}/usc-rp@{name}.htm">'
                f"Public Law\n {name.partition('not')[0]} ({day}), affecting titles 98, 99.</a></li>"
                for name, day in self.release_days.items()
                if name != self.release_point
            )
            return _page(f"<ul>{rows}</ul>")
        for (title, name), body in self.titles.items():
            if path == f"/download/{_zip_path(name, title)}":
                return Answer(body, "application/zip", headers={"Last-Modified": "Mon, 20 Jul 2026 10:00:00 GMT"})
        return _missing()

    def _ecfr(self, path: str) -> Answer:
        parts = urlsplit(path)
        if parts.path == "/api/versioner/v1/titles.json":
            rows = [{"number": number, "up_to_date_as_of": day} for number, day in self.up_to_date.items()]
            return Answer(json.dumps({"titles": [*rows, {"number": 35, "up_to_date_as_of": None}]}).encode(), _JSON)
        *_, day, name = parts.path.split("/")
        title, part = name.removeprefix("title-").removesuffix(".xml"), parse_qs(parts.query).get("part", [""])[0]
        standing = max((d for t, p, d in self.parts if (t, p) == (title, part) and d <= day), default="")
        body = self.parts.get((title, part, standing))
        return Answer(body, "application/xml; charset=utf-8") if body else _missing()

    def _federal_register(self, path: str) -> Answer:
        parts = urlsplit(path)
        if parts.path == "/api/v1/documents.json":
            year = parse_qs(parts.query).get("conditions[signing_date][year]", [""])[0]
            rows = [d for d in self.documents.values() if str(d.get("signing_date", "")).startswith(year)]
            return Answer(json.dumps({"count": len(rows), "total_pages": 1, "results": rows}).encode(), _JSON)
        if parts.path in self.texts:
            return Answer(self.texts[parts.path], "text/xml")
        document = self.documents.get(parts.path.removeprefix("/api/v1/documents/").removesuffix(".json"))
        return Answer(json.dumps(document).encode(), _JSON) if document else _missing()

    def publish_title(self, title: str, name: str, sections: Mapping[str, str], *, extra: str = "") -> None:
        """A title of the Code at a release point, its sections by number."""
        self.titles[title, name] = zipped(f"usc{title}.xml", title_xml(title, sections, extra=extra))

    def publish_order(self, number: str, order: int, day: str, text: bytes) -> None:
        """An executive order in the Federal Register."""
        path = f"/documents/full_text/xml/{day.replace('-', '/')}/{number}.xml"
        self.texts[path] = text
        self.documents[number] = {
            "document_number": number, "executive_order_number": order, "publication_date": day, "signing_date": day,
            "full_text_xml_url": f"https://www.federalregister.gov{path}",
        }  # fmt: skip


_JSON = "application/json; charset=utf-8"


def _zip_path(name: str, title: str) -> str:
    congress, _, law = name.partition("-")
    return f"releasepoints/us/pl/{congress}/{law}/xml_usc{title}@{name}.zip"


def _page(inner: str) -> Answer:
    return Answer(f"<!DOCTYPE html><html><body>{inner}</body></html>".encode(), "text/html; charset=UTF-8")


def _missing() -> Answer:
    return Answer(_page("Not found").body, "text/html", 404)


def zipped(name: str, data: bytes, **more: bytes) -> bytes:
    """A zip with fixed times, so that the same text is the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, body in {name: data, **more}.items():
            archive.writestr(zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def section_xml(title: str, number: str, words: str) -> str:
    """A section of a title that does not exist, one paragraph a line of its words."""
    paragraphs = "".join(
        f'<subsection identifier="/us/usc/t{title}/s{number}/{chr(97 + place)}"><num value="{chr(97 + place)}">'
        f"({chr(97 + place)})</num><content>{line}</content></subsection>"
        for place, line in enumerate(words.split("\n"))
    )
    return (
        f'<section identifier="/us/usc/t{title}/s{number}"><num value="{number}">§ {number}.</num>'
        f"<heading> Kites</heading>{paragraphs}</section>"
    )


def title_xml(title: str, sections: Mapping[str, str], *, extra: str = "") -> bytes:
    """A whole title, its sections in a chapter."""
    inner = "".join(section_xml(title, number, words) for number, words in sections.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><uscDoc xmlns="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' identifier="/us/usc/t{title}"><main><title identifier="/us/usc/t{title}"><chapter>{extra}{inner}'
        "</chapter></title></main></uscDoc>"
    ).encode()


def part_xml(title: str, part: str, *paragraphs: str) -> bytes:
    """A part of the Code of Federal Regulations with one section."""
    inner = "".join(f"<P>{words}</P>" for words in paragraphs)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><DIV5 N="{part}" NODE="{title}:1.0.1" TYPE="PART">'
        f'<HEAD>PART {part}—KITES</HEAD><DIV8 N="{part}.1" TYPE="SECTION"><HEAD>§ {part}.1 Kites.</HEAD>{inner}</DIV8></DIV5>'
    ).encode()


def order_xml(order: int, *paragraphs: str) -> bytes:
    """An executive order with one section."""
    first, *rest = paragraphs
    inner = "".join(f"<P>{words}</P>" for words in rest)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><PRESDOCU><EXECORD><TITLE3>Title 3—<PRES>The President</PRES></TITLE3>'
        f'<EXECORDR>Executive Order {order} of May 6, 2025</EXECORDR><HD SOURCE="HED">Flying Kites</HD>'
        f'<FP><E T="04">Section 1</E>. <E T="03">Policy</E>. {first}</FP>{inner}</EXECORD></PRESDOCU>'
    ).encode()


def article(*paragraphs: str, meta: str = "") -> bytes:
    """A page with an article."""
    inner = "".join(f"<p>{words}</p>" for words in paragraphs)
    return f"<!DOCTYPE html><html><head>{meta}<title>Kites</title></head><body><article>{inner}</article></body></html>".encode()


class Stage:
    """A running server, the origins that lead every publisher's host to it, and the imitation now on it."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.origins = dict.fromkeys(HOSTS, f"http://127.0.0.1:{self._server.server_port}")
        self.set()
        self._thread.start()

    def set(self) -> Imitation:
        """A fresh imitation in the place of the one before."""
        self._server.imitation = Imitation()
        return self._server.imitation

    def close(self) -> None:
        """Stop serving."""
        self._server.imitation.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
