"""Fetch one file from a publisher: https, its own hosts only, bounded in time and size, checked before it is believed.

Every error of the HTTP library becomes one of ours here. What a failure says ends with what to do next, and a failure
leaves what is held as it was. It has met an imitation of the publishers, not yet the publishers.
"""

import asyncio
import random
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Self

import httpx

from assistant import __version__
from assistant.errors import BadSetting, BadSource, PinciteError, Refused
from assistant.sync import forms
from assistant.sync.forms import Form

HOSTS = frozenset((
    "uscode.house.gov",
    "www.ecfr.gov",
    "www.federalregister.gov",
    "www.govinfo.gov",
    "www.whitehouse.gov",
    "bidenwhitehouse.archives.gov",
    "trumpwhitehouse.archives.gov",
    "obamawhitehouse.archives.gov",
    "clintonwhitehouse6.archives.gov",
    "www.state.gov",
    "2017-2021.state.gov",
    "history.state.gov",
    "samm.dsca.mil",
    "www.dsca.mil",
))  # fmt: skip
MOST_BYTES = 100_000_000
MOST_REDIRECTS = 5
NEXT_STEP = "Run pincite sync again later, or bring the text with pincite sync --from FOLDER."

_STILL = "what is held here still answers."
_CONNECTION = "Check the connection and the proxy (HTTPS_PROXY), then run pincite sync again."
_IN_MEMORY = 8_000_000
_AGAIN = (429, 502, 503, 504)
_NO_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout)
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and how often to try; `deadline` bounds a file with all its tries."""

    connect: float = 10
    read: float = 30
    deadline: float = 300
    tries: int = 4
    longest_wait: float = 60


@dataclass(frozen=True, slots=True)
class Validators:
    """What a publisher gave to ask later whether a file has changed."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came, or word that it is `unchanged` since its validators; `url` is the address that answered."""

    url: str
    validators: Validators
    unchanged: bool = False
    file: IO[bytes] | None = field(repr=False, default=None)

    def data(self) -> bytes:
        """All its bytes."""
        if self.file is None:
            return b""
        self.file.seek(0)
        return self.file.read()


class _Fault(Exception):
    """A failed try: the error to end with, whether and when to try again, and whether the host is out of reach."""

    def __init__(
        self, error: PinciteError, *, again: bool = False, wait: float | None = None, unreachable: bool = False
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.again = again
        self.wait = wait
        self.unreachable = unreachable


class Fetcher:
    """Fetches files one at a time; a host that could not be reached is not tried again by the same fetcher.

    For tests, `origins` leads a publisher's host to another server.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        origins: Mapping[str, str] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.limits = limits or Limits()
        self._origins = dict(origins or {})
        self._unreachable: dict[str, PinciteError] = {}
        self._sleep = sleep
        self._jitter = jitter
        self._client = _client(self.limits, transport)
        # One loop for the run keeps connections open between files and lets a deadline end any wait.
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def fetch(self, url: str, form: Form, *, since: Validators | None = None, most: int = MOST_BYTES) -> Received:
        """The file at a publisher's address; BadSource or Refused where it cannot be had as asked for."""
        host = _host(url)
        if host in self._unreachable:
            raise self._unreachable[host]
        ends = time.monotonic() + self.limits.deadline
        for number in range(1, self.limits.tries + 1):
            try:
                return self._runner.run(self._try(url, form, since, most, ends))
            except _Fault as fault:
                wait = self._wait(number) if fault.wait is None else fault.wait
                if not fault.again or number == self.limits.tries or time.monotonic() + wait > ends:
                    if fault.unreachable:
                        self._unreachable[host] = fault.error
                    raise fault.error from None
            self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _wait(self, number: int) -> float:
        """1, 2, 4 ... seconds, each somewhat more or less, so that many machines do not return at once."""
        return min(2.0 ** (number - 1) * (0.5 + self._jitter()), self.limits.longest_wait)

    async def _try(self, url: str, form: Form, since: Validators | None, most: int, ends: float) -> Received:
        host = _host(url)
        try:
            async with asyncio.timeout(ends - time.monotonic()):
                return await self._follow(url, form, since, most)
        except TimeoutError:
            late = f"{host} had not sent the whole file after {self.limits.deadline:g} seconds"
            raise _Fault(_failed(late, NEXT_STEP)) from None
        except BadSource as error:
            raise _Fault(type(error)(f"{error.message}; {_STILL}", next_step=NEXT_STEP)) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, httpx.StreamError) as error:
            raise translated(error, host) from None
        except OSError as error:
            raise _Fault(_failed(f"What {host} sent could not be kept ({error})", "Check free space.")) from None

    async def _follow(self, url: str, form: Form, since: Validators | None, most: int) -> Received:
        """Ask at an address, and at those it sends on to, each of which must be a publisher's."""
        at = allowed(url)
        for _ in range(MOST_REDIRECTS + 1):
            headers = {"Host": at.host, **_conditions(since)}
            async with self._client.stream("GET", self._origin(at), headers=headers) as response:
                if response.status_code in _MOVED and (location := response.headers.get("Location")):
                    at = allowed(at.join(location), by=at.host)
                else:
                    return await _receive(response, at, form, most, asked=bool(since), limits=self.limits)
        raise BadSource(f"{at.host} sent on from one address to the next more than {MOST_REDIRECTS} times")

    def _origin(self, at: httpx.URL) -> httpx.URL:
        origin = self._origins.get(at.host)
        return httpx.URL(origin).copy_with(raw_path=at.raw_path) if origin else at


def _client(limits: Limits, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    """A client that goes through the proxy the environment names; BadSetting where that cannot be used."""
    names = {"User-Agent": f"pincite/{__version__} (+https://pypi.org/project/pincite/)", "Accept-Encoding": "gzip"}
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    try:
        return httpx.AsyncClient(
            transport=transport, timeout=timeout, headers=names, follow_redirects=False, trust_env=True
        )
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        raise BadSetting(
            f"The proxy or the certificates that the environment names cannot be used ({error}).",
            next_step="Correct HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE or SSL_CERT_DIR.",
        ) from None


def allowed(url: str | httpx.URL, *, by: str = "") -> httpx.URL:
    """An address that may be asked: https, a publisher's host, its usual port, nobody's name; Refused otherwise."""
    try:
        at = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise Refused(f"{str(url)[:100]!r} is not an address") from None
    sent = f", where {by} sends on to," if by else ""
    if at.scheme != "https":
        raise Refused(f"{str(at)[:200]}{sent} is not an https address, so it was not asked")
    if at.host not in HOSTS or at.port not in (None, 443) or at.userinfo:
        raise Refused(f"{at.netloc.decode(errors='replace')[:100]}{sent} is not a publisher that pincite asks")
    return at.copy_with(fragment=None)


def _why_not(error: BaseException | None, said: str) -> str:
    """Why no connection could be made, in words."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return ": its name is not known from here, as when this machine has no network"
        if isinstance(error, ConnectionRefusedError):
            return ": the connection was refused"
        error = error.__cause__ or error.__context__
    if re.search(r"\[Errno -\d+\]", said):
        return ": its name is not known from here, as when this machine has no network"
    return ": the connection was refused" if "refused" in said else f" ({said})"


def translated(error: Exception, host: str) -> _Fault:
    """What an error of the HTTP library means here, and whether another try may help."""
    said = str(error).strip(". ")[:200] or type(error).__name__
    if isinstance(error, httpx.ProxyError):
        return _Fault(_failed(f"The proxy between here and {host} refused ({said})", _CONNECTION), unreachable=True)
    if _certificate(error):
        step = "Where a proxy inspects traffic, name its certificates in SSL_CERT_FILE."
        return _Fault(_failed(f"{host} showed a certificate that cannot be trusted", step), unreachable=True)
    meant = {
        httpx.ConnectTimeout: f"{host} did not answer in time",
        httpx.ReadTimeout: f"{host} stopped sending",
        httpx.ConnectError: f"{host} cannot be reached{_why_not(error, said)}",
        httpx.RemoteProtocolError: f"{host} broke off or sent what is not HTTP ({said})",
        httpx.DecodingError: f"What {host} sent was packed wrongly",
        httpx.TransportError: f"The connection to {host} failed ({said})",
    }
    found = next((words for kind, words in meant.items() if isinstance(error, kind)), None)
    once = isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError)
    if found is None or once:
        return _Fault(_failed(f"{host} could not be asked ({said})", NEXT_STEP))
    again, unreachable = isinstance(error, httpx.TransportError), isinstance(error, _NO_CONNECTION)
    return _Fault(_failed(found, _CONNECTION), again=again, unreachable=unreachable)


def _certificate(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def _failed(words: str, next_step: str) -> BadSource:
    return BadSource(f"{words}; {_STILL}", next_step=next_step)


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host[:100] or "The address"
    except (httpx.InvalidURL, TypeError, ValueError):
        return "The address"


def _conditions(since: Validators | None) -> dict[str, str]:
    asked = {"If-None-Match": since.etag, "If-Modified-Since": since.last_modified} if since else {}
    return {name: value for name, value in asked.items() if value}


async def _receive(
    response: httpx.Response, at: httpx.URL, form: Form, most: int, *, asked: bool, limits: Limits
) -> Received:
    """Take an answer in, counting; it is whole, of the form asked for and no larger than it may be."""
    validators = Validators(_kept(response, "ETag"), _kept(response, "Last-Modified"))
    if response.status_code == 304 and asked:
        return Received(str(at), validators, unchanged=True)
    _check_status(response, at.host, limits)
    stated = response.headers.get("Content-Length", "")
    length = int(stated) if stated.isascii() and stated.isdecimal() else None
    if length is not None and length > most:
        raise Refused(f"{at.host} offers {length // 10**6:,} MB; at most {most // 10**6:,} MB are taken")
    if (packed := response.headers.get("Content-Encoding", "").lower()) not in ("", "identity", "gzip", "x-gzip"):
        raise BadSource(f"{at.host} packed the file as {packed[:40]}, which was not asked for")
    file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it outlives this call
    size, head, tail = 0, b"", b""
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > most:
            raise Refused(f"{at.host} sent more than the {most // 10**6:,} MB that are taken")
        if len(head) < forms.MOST_SEEN:
            head += chunk[: forms.MOST_SEEN]
        tail = (tail + chunk[-forms.MOST_SEEN :])[-forms.MOST_SEEN :]
        file.write(chunk)
    if not size or (length is not None and response.num_bytes_downloaded != length):
        raise _Fault(_failed(f"{at.host} sent {size:,} bytes, not the whole file", NEXT_STEP), again=True)
    forms.check(form, response.headers.get("Content-Type", ""), head, tail, at.host)
    return Received(str(at), validators, file=file)


def _kept(response: httpx.Response, name: str) -> str:
    """A validator that can be sent back as it came; empty where it could not be."""
    value = str(response.headers.get(name, ""))
    return value if value.isascii() and value.isprintable() and len(value) <= 200 else ""


def _check_status(response: httpx.Response, host: str, limits: Limits) -> None:
    """Nothing where the file was sent; what the status means otherwise."""
    status = response.status_code
    if status == 200:
        return
    if status in _AGAIN:
        wait = _asked_wait(response.headers.get("Retry-After", ""))
        busy = f"{host} is busy or limits how often it may be asked (status {status})"
        if wait is not None and wait > limits.longest_wait:
            raise _Fault(_failed(f"{busy} and asks to be left alone for {wait:.0f} seconds", NEXT_STEP))
        raise _Fault(_failed(busy, NEXT_STEP), again=True, wait=wait)
    if status in (404, 410):
        raise BadSource(
            f"{host} has nothing at {response.url.raw_path.decode(errors='replace')[:200]} (status {status})"
        )
    if status in (401, 403, 451):
        raise BadSource(f"{host} does not let this machine read the file (status {status})")
    raise BadSource(f"{host} answered with status {status} instead of the file")


def _asked_wait(written: str) -> float | None:
    """Seconds of a Retry-After, in either of its forms; None where it says nothing readable."""
    if written.strip().isascii() and written.strip().isdecimal():
        return float(written)
    try:
        when = parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when.tzinfo else None
