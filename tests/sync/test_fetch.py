"""The fetcher, against an imitation of the publishers that misbehaves."""

import shutil
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import imitation as acts
import pytest
from imitation import Imitation, Stage

from assistant.errors import BadSetting, BadSource, PinciteError, Refused
from assistant.sync import fetch, forms
from assistant.sync.fetch import Fetcher, Limits, Validators, allowed
from assistant.sync.forms import Form

PAGE = "https://www.whitehouse.gov/kites/"
KITES = acts.article("Kites fly where the wind is.")
PART = "https://www.ecfr.gov/api/versioner/v1/full/2026-01-02/title-99.xml?part=126"
OpenFetcher = Callable[..., Fetcher]


@pytest.fixture(autouse=True)
def _published(publishers: Imitation) -> None:
    publishers.pages["www.whitehouse.gov/kites/"] = KITES
    publishers.pages["www.whitehouse.gov/moved/"] = KITES
    publishers.parts["99", "126", "2026-01-01"] = acts.part_xml("99", "126", "(a) Kites fly.", "(b) Bells ring.")


def test_a_file_comes_whole_with_its_validators(fetcher: Fetcher, publishers: Imitation) -> None:
    received = fetcher.fetch(PAGE, Form.HTML)
    assert (received.data(), received.url, received.unchanged) == (KITES, PAGE, False)
    assert received.validators.etag == acts.etag(KITES)
    (asked,) = publishers.asked
    assert asked.headers["User-Agent"].startswith("pincite/")
    assert asked.host == "www.whitehouse.gov"


def test_a_file_unchanged_since_its_validators_is_not_sent_again(fetcher: Fetcher) -> None:
    received = fetcher.fetch(PAGE, Form.HTML, since=Validators(etag=acts.etag(KITES)))
    assert received.unchanged
    assert received.data() == b""


def test_word_that_nothing_changed_is_not_taken_where_it_was_not_asked_for(
    fetcher: Fetcher, publishers: Imitation
) -> None:
    publishers.misbehave("kites", acts.status(304))
    with pytest.raises(BadSource, match="status 304"):
        fetcher.fetch(PAGE, Form.HTML)


def test_a_busy_publisher_is_left_alone_for_as_long_as_it_asks(
    fetcher: Fetcher, publishers: Imitation, waits: list[float]
) -> None:
    publishers.misbehave("kites", acts.status(429, Retry_After="7"), times=1)
    assert fetcher.fetch(PAGE, Form.HTML).data() == KITES
    assert waits == [7.0]


def test_a_retry_after_that_names_a_moment_is_honoured(
    fetcher: Fetcher, publishers: Imitation, waits: list[float]
) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    publishers.misbehave("kites", acts.status(503, Retry_After=moment), times=1)
    fetcher.fetch(PAGE, Form.HTML)
    assert 30 < waits[0] <= 40


def test_a_publisher_that_asks_for_an_hour_is_not_waited_for(
    fetcher: Fetcher, publishers: Imitation, waits: list[float]
) -> None:
    publishers.misbehave("kites", acts.status(429, Retry_After="3600"))
    with pytest.raises(BadSource, match="left alone for 3600 seconds"):
        fetcher.fetch(PAGE, Form.HTML)
    assert waits == []


def test_two_faults_are_outlived_with_growing_waits(
    fetcher: Fetcher, publishers: Imitation, waits: list[float]
) -> None:
    publishers.misbehave("kites", acts.status(503), times=2)
    assert fetcher.fetch(PAGE, Form.HTML).data() == KITES
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize("fault", [acts.cut_short, acts.hang_up, acts.nonsense, acts.status(502), acts.status(504)])
def test_a_passing_fault_is_outlived(fetcher: Fetcher, publishers: Imitation, fault: acts.Fault) -> None:
    publishers.misbehave("kites", fault, times=3)
    assert fetcher.fetch(PAGE, Form.HTML).data() == KITES


FAULTS = [
    ("busy for ever", acts.status(503), 4, "is busy"),
    ("cut short", acts.cut_short, 4, "broke off"),
    ("hangs up", acts.hang_up, 4, "broke off"),
    ("not HTTP", acts.nonsense, 4, "not HTTP"),
    ("empty", acts.instead(b"", "text/html"), 4, "sent 0 bytes"),
    ("no such page", acts.status(404), 1, "has nothing at /kites/"),
    ("gone", acts.status(410), 1, "has nothing at /kites/"),
    ("not let in", acts.status(403), 1, "does not let this machine read"),
    ("broken", acts.status(500), 1, "status 500"),
    ("no length", acts.unmeasured, 1, "breaks off before its end"),
    ("wrong length", acts.too_short_a_length, 1, "breaks off before its end"),
    ("unasked packing", acts.packed(KITES, "br"), 1, "was not asked for"),
    ("wrongly packed", acts.instead(KITES, **{"Content-Encoding": "gzip"}), 1, "packed wrongly"),
    ("another form", acts.instead(b"%PDF-1.7", "application/pdf"), 1, "sent application/pdf where HTML"),
    ("announced as larger", acts.huge(300, announced=True), 1, "offers 300 MB"),
    ("elsewhere", acts.redirect("https://example.com/"), 1, "example.com, where www.whitehouse.gov sends on to"),
    ("unguarded", acts.redirect("http://www.ecfr.gov/"), 1, "not an https address"),
    ("disguised", acts.redirect("https://www.ecfr.gov@example.com/"), 1, "not a publisher"),
    ("disguised as a user", acts.redirect("https://me:you@www.ecfr.gov/"), 1, "not a publisher"),
    ("another port", acts.redirect("https://www.ecfr.gov:8443/"), 1, "not a publisher"),
    ("inside", acts.redirect("https://127.0.0.1/"), 1, "not a publisher"),
    ("file", acts.redirect("file:///etc/passwd"), 1, "not an https address"),
    ("no address", acts.redirect("https://www.ecfr.gov:port/"), 4, "Invalid URL in location header"),
    ("in circles", acts.redirect("/kites/"), 6, "more than 5 times"),
]


@pytest.mark.parametrize(("fault", "times", "says"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_lasting_fault_ends_in_words_and_a_next_step(
    fetcher: Fetcher, publishers: Imitation, fault: acts.Fault, times: int, says: str
) -> None:
    publishers.misbehave("kites", fault)
    with pytest.raises(BadSource) as caught:
        fetcher.fetch(PAGE, Form.HTML)
    assert says in caught.value.message
    assert "what is held here still answers." in caught.value.message
    assert caught.value.next_step
    assert len(publishers.asked) == times


def test_a_redirect_within_the_publishers_is_followed(fetcher: Fetcher, publishers: Imitation) -> None:
    publishers.pages["trumpwhitehouse.archives.gov/kites/"] = KITES
    publishers.misbehave("www.whitehouse.gov/kites/", acts.redirect("/moved/", 301), times=1)
    publishers.misbehave("/moved/", acts.redirect("https://trumpwhitehouse.archives.gov/kites/", 308), times=1)
    received = fetcher.fetch(PAGE, Form.HTML)
    assert (received.data(), received.url) == (KITES, "https://trumpwhitehouse.archives.gov/kites/")


def test_a_slow_drip_ends_at_the_deadline(open_fetcher: OpenFetcher, publishers: Imitation) -> None:
    publishers.misbehave("kites", acts.drip(0.02))
    began = time.monotonic()
    with pytest.raises(BadSource, match=r"had not sent the whole file after 0\.4 seconds"):
        open_fetcher(Limits(deadline=0.4)).fetch(PAGE, Form.HTML)
    assert time.monotonic() - began < 3


def test_headers_that_never_end_are_ended_at_the_deadline(open_fetcher: OpenFetcher, publishers: Imitation) -> None:
    publishers.misbehave("kites", acts.drip_headers(0.02))
    with pytest.raises(BadSource, match="had not sent the whole file"):
        open_fetcher(Limits(deadline=0.4)).fetch(PAGE, Form.HTML)


def test_the_deadline_counts_every_try(open_fetcher: OpenFetcher, publishers: Imitation) -> None:
    publishers.misbehave("kites", acts.silence(1))
    with pytest.raises(BadSource, match="stopped sending"):
        open_fetcher(Limits(read=0.1, deadline=1)).fetch(PAGE, Form.HTML)
    assert len(publishers.asked) == 1


def test_a_body_without_end_is_left_at_the_cap(fetcher: Fetcher, publishers: Imitation) -> None:
    publishers.misbehave("126", acts.huge(300, announced=False))
    with pytest.raises(Refused, match="sent more than the 100 MB"):
        fetcher.fetch(PART, Form.XML)


def test_a_packed_body_counts_as_large_as_it_unpacks(fetcher: Fetcher, publishers: Imitation) -> None:
    publishers.misbehave("126", acts.packed(b"<" + b" " * 5_000_000))
    with pytest.raises(Refused, match="sent more than the 1 MB"):
        fetcher.fetch(PART, Form.XML, most=1_000_000)


def test_a_packed_file_is_unpacked(fetcher: Fetcher, publishers: Imitation) -> None:
    publishers.misbehave("126", acts.packed(b"<kite/>"))
    assert fetcher.fetch(PART, Form.XML).data() == b"<kite/>"


FORMS = [
    (Form.XML, "text/html", b"<!DOCTYPE html><html></html>", "a web page where XML"),
    (Form.XML, "application/xml", b"<!doctype HTML><html></html>", "a web page where XML"),
    (Form.XML, "application/xml", b"kites", "does not begin as XML"),
    (Form.JSON, "text/html", b"<html></html>", "a web page where JSON"),
    (Form.JSON, "application/json", b"kites", "does not begin as JSON"),
    (Form.ZIP, "application/zip", b"PK\x05\x06", "does not begin as zip"),
    (Form.ZIP, "text/html", b"<html></html>", "a web page where zip"),
    (Form.PDF, "application/pdf", b"%PDF-1.7 kites", "breaks off"),
    (Form.HTML, "text/html", b"<html><body>kites", "breaks off"),
    (Form.HTML, "image/png", b"<html></html>", "image/png where HTML"),
    (Form.XML, "application/rdf+xml", b"\xef\xbb\xbf <kite/>", None),
    (Form.XML, "text/plain", b"<kite/>", None),
    (Form.JSON, "application/json; charset=utf-8", b"[]", None),
    (Form.ZIP, "application/octet-stream", b"PK\x03\x04", None),
    (Form.PDF, "", b"%PDF-1.7 %%EOF\n", None),
    (Form.HTML, "text/html", b"<html><body>kites</BODY></HTML>\n", None),
]


@pytest.mark.parametrize(("form", "type", "body", "says"), FORMS)
def test_a_file_is_of_the_form_asked_for(form: Form, type: str, body: bytes, says: str | None) -> None:
    if says is None:
        forms.check(form, type, body, body, "www.ecfr.gov")
        return
    with pytest.raises(BadSource, match=says):
        forms.check(form, type, body, body, "www.ecfr.gov")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.ecfr.gov/",
        "https://ecfr.gov/",
        "https://www.ecfr.gov.example.com/",
        "https://www.ecfr.gov./",
        "https://example.com/#www.ecfr.gov",
        "https://[::1]/",
        "//www.ecfr.gov/",
        "javascript:alert(1)",
        "",
    ],
)
def test_only_publishers_may_be_asked(fetcher: Fetcher, publishers: Imitation, url: str) -> None:
    with pytest.raises(Refused):
        fetcher.fetch(url, Form.HTML)
    assert publishers.asked == []


def test_a_publishers_address_is_taken_whatever_its_case_and_without_its_fragment() -> None:
    assert str(allowed("https://WWW.ECFR.GOV:443/a?b=c#d")) == "https://www.ecfr.gov/a?b=c"


def test_a_refused_connection_says_so(open_fetcher: OpenFetcher) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(BadSource, match=r"www\.ecfr\.gov cannot be reached"):
            open_fetcher(www_ecfr_gov=f"http://127.0.0.1:{port}").fetch(PART, Form.XML)


def test_a_host_out_of_reach_is_not_tried_for_every_file_and_others_are(publishers: Imitation) -> None:
    tried: list[str] = []

    class Down(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            tried.append(request.url.host)
            raise httpx.ConnectError("no route")

    with Fetcher(transport=Down(), sleep=lambda seconds: None) as fetcher:
        for url in (PART, PART, PAGE):
            with pytest.raises(BadSource, match="cannot be reached"):
                fetcher.fetch(url, Form.XML)
    assert tried == ["www.ecfr.gov"] * 4 + ["www.whitehouse.gov"] * 4


def test_a_server_that_does_not_speak_tls_is_not_believed(open_fetcher: OpenFetcher, stage: Stage) -> None:
    plain = stage.origins["www.ecfr.gov"].replace("http:", "https:")
    with pytest.raises(BadSource, match="cannot be reached"):
        open_fetcher(www_ecfr_gov=plain).fetch(PART, Form.XML)


def test_a_certificate_nobody_vouches_for_is_not_tried_twice(
    open_fetcher: OpenFetcher, self_signed: tuple[str, list[int]]
) -> None:
    origin, shaken = self_signed
    with pytest.raises(BadSource, match="certificate that cannot be trusted") as caught:
        open_fetcher(www_ecfr_gov=origin).fetch(PART, Form.XML)
    assert "SSL_CERT_FILE" in caught.value.next_step
    assert len(shaken) == 1


def test_the_environments_proxy_is_used(stage: Stage, publishers: Imitation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", stage.origins["www.ecfr.gov"])
    with Fetcher() as fetcher, pytest.raises(BadSource, match=r"The proxy between here and www\.ecfr\.gov refused"):
        fetcher.fetch(PART, Form.XML)
    assert [(asked.host, asked.path) for asked in publishers.asked] == [("proxy", "www.ecfr.gov:443")]


@pytest.mark.parametrize(("name", "value"), [("HTTPS_PROXY", "kite://wind"), ("SSL_CERT_FILE", "/no/such/file")])
def test_a_proxy_or_certificate_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match="cannot be used") as caught:
        Fetcher()
    assert name in caught.value.next_step


class _Raises(httpx.AsyncBaseTransport):
    def __init__(self, error: Exception) -> None:
        self.error = error

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise self.error


def _errors() -> list[type[Exception]]:
    named = [getattr(httpx, name) for name in httpx.__all__]
    return [kind for kind in named if isinstance(kind, type) and issubclass(kind, Exception)]


def _made(kind: type[Any]) -> Exception:
    request = httpx.Request("GET", PAGE)
    for arguments in (
        {"message": "kites", "request": request, "response": httpx.Response(500, request=request)},
        {"message": "kites"},
        {},
    ):
        try:
            found = kind(**arguments)
        except TypeError:
            continue
        assert isinstance(found, Exception)
        return found
    raise AssertionError(kind)


@pytest.mark.parametrize("kind", _errors())
def test_every_error_of_the_http_library_becomes_one_of_ours(kind: type[Exception]) -> None:
    with (
        Fetcher(transport=_Raises(_made(kind)), sleep=lambda seconds: None) as fetcher,
        pytest.raises(PinciteError) as caught,
    ):
        fetcher.fetch(PAGE, Form.HTML)
    assert "www.whitehouse.gov" in caught.value.message
    assert "what is held here still answers." in caught.value.message
    assert caught.value.next_step


@pytest.mark.parametrize("kind", _errors())
def test_only_faults_of_the_connection_are_tried_again(kind: type[Exception]) -> None:
    fault = fetch.translated(_made(kind), "www.ecfr.gov")
    lasting = (httpx.ProxyError, httpx.UnsupportedProtocol, httpx.LocalProtocolError)
    assert fault.again == (issubclass(kind, httpx.TransportError) and not issubclass(kind, lasting))


def test_a_full_disk_is_a_failure_in_words(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, max_size: int) -> None: ...

        def write(self, data: bytes) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetch, "SpooledTemporaryFile", Full)
    with pytest.raises(BadSource, match="could not be kept"):
        fetcher.fetch(PAGE, Form.HTML)


def test_a_validator_that_could_not_be_sent_back_is_dropped(fetcher: Fetcher, publishers: Imitation) -> None:
    publishers.misbehave("kites", acts.instead(KITES, "text/html", **{"Last-Modified": "x" * 300}))
    assert fetcher.fetch(PAGE, Form.HTML).validators.last_modified == ""


@pytest.fixture
def self_signed(tmp_path: Path) -> Any:
    """A TLS server whose certificate nobody vouches for, and its handshakes so far."""
    import ssl
    import subprocess
    import threading

    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed: there is no certificate for the server to offer")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=www.ecfr.gov", "-keyout", str(key), "-out", str(certificate)],
        capture_output=True, check=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    shaken: list[int] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            shaken.append(1)
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"https://127.0.0.1:{listening.getsockname()[1]}", shaken
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
