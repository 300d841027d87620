"""A reverse proxy on the loopback interface that breaks what it is told to break, and passes on the rest."""

import http.client
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HTML = b"<!doctype html><html><title>Sorry</title><p>Set-Cookie: sessionid=leak</p></html>"
COOKIE = "sessionid=leak; HttpOnly"


class Kind(StrEnum):
    """What goes wrong with a request."""

    ANSWER = "answer"  # another answer than the server's, which never hears of the request
    CUT_BEFORE = "cut-before"  # the connection ends before the server hears of it
    CUT_REQUEST = "cut-request"  # the server gets a part of the body
    CUT_ANSWER = "cut-answer"  # the server does the work, a part of its answer arrives
    DROP_ANSWER = "drop-answer"  # the server does the work, nothing of its answer arrives
    LATE_ANSWER = "late-answer"  # the server does the work at once, its answer comes late
    LATE_WORK = "late-work"  # the server gets the request late, when nobody waits any more


@dataclass
class Fault:
    """A fault at the next ``times`` requests that fit; ``then`` is called when one is met."""

    kind: Kind
    method: str = "POST"
    path: str = r"/api/projects/\d+/import"
    times: int = 1
    status: int = 500
    body: bytes = b'{"detail": "on purpose"}'
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    n_bytes: int = 40
    delay_s: float = 1.0
    then: Callable[[], None] | None = None

    def fits(self, method: str, path: str) -> bool:
        """Say whether a request is one of those to be broken."""
        return self.times > 0 and method == self.method and re.fullmatch(self.path, urlsplit(path).path) is not None


@dataclass
class Proxy:
    """A running proxy: its address, the faults to come, and the requests it has seen."""

    url: str
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    at_work: list[threading.Thread] = field(default_factory=list)

    def next_fault(self, method: str, path: str) -> Fault | None:
        """Return the fault of a request, and count it."""
        with self.lock:
            self.seen.append((method, path))
            fault = next((one for one in self.faults if one.fits(method, path)), None)
            if fault is not None:
                fault.times -= 1
        return fault

    def settle(self) -> None:
        """Wait until the server has got what comes late."""
        for thread in self.at_work:
            thread.join(60)


@contextmanager
def proxy_to(url: str) -> Iterator[Proxy]:
    """Run a proxy before a server until the block ends."""
    target = urlsplit(url)
    assert target.hostname == "127.0.0.1"
    assert target.port is not None
    listening = _Listening(("127.0.0.1", 0), _Handler)
    listening.target = (target.hostname, target.port)
    listening.proxy = Proxy(f"http://127.0.0.1:{listening.server_address[1]}")
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield listening.proxy
    finally:
        listening.proxy.settle()
        listening.shutdown()
        listening.server_close()


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    target: tuple[str, int]
    proxy: Proxy

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away: that is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Listening

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.server.proxy.next_fault(self.command, self.path)
        if fault is None:
            self._send(*self._forward(body))
            return
        if fault.then is not None:
            fault.then()
        _BREAKS[fault.kind](self, fault, body)

    do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815 - the names that http.server looks for

    def _forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        try:
            connection = http.client.HTTPConnection(*self.server.target, timeout=120)
            connection.request(self.command, self.path, body or None, dict(self.headers))
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except OSError:
            self._cut()
            raise
        finally:
            connection.close()

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes, n_bytes: int | None = None) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with suppress(OSError):
            self.wfile.write(body if n_bytes is None else body[:n_bytes])
            self.wfile.flush()

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def answer(self, fault: Fault, _: bytes) -> None:
        headers = [("Content-Type", fault.content_type), ("Set-Cookie", COOKIE), *fault.headers.items()]
        self._send(fault.status, headers, fault.body)

    def cut_before(self, _fault: Fault, _: bytes) -> None:
        self._cut()

    def cut_request(self, fault: Fault, body: bytes) -> None:
        with socket.create_connection(self.server.target, timeout=30) as server:
            head = f"{self.command} {self.path} HTTP/1.1\r\n{self.headers}".replace("\n\n", "\n").rstrip()
            lines = "\r\n".join(line.strip() for line in head.splitlines())
            server.sendall(f"{lines}\r\n\r\n".encode() + body[: fault.n_bytes])
        self._cut()

    def cut_answer(self, fault: Fault, body: bytes) -> None:
        self._send(*self._forward(body), n_bytes=fault.n_bytes)
        self._cut()

    def drop_answer(self, _: Fault, body: bytes) -> None:
        self._forward(body)
        self._cut()

    def late_answer(self, fault: Fault, body: bytes) -> None:
        answer = self._forward(body)
        time.sleep(fault.delay_s)
        self._send(*answer)

    def late_work(self, fault: Fault, body: bytes) -> None:
        def work() -> None:
            time.sleep(fault.delay_s)
            with suppress(OSError):
                self._forward(body)

        thread = threading.Thread(target=work, daemon=True)
        self.server.proxy.at_work.append(thread)
        thread.start()
        time.sleep(fault.delay_s)
        self._cut()


_BREAKS: dict[Kind, Callable[[_Handler, Fault, bytes], None]] = {
    Kind.ANSWER: _Handler.answer,
    Kind.CUT_BEFORE: _Handler.cut_before,
    Kind.CUT_REQUEST: _Handler.cut_request,
    Kind.CUT_ANSWER: _Handler.cut_answer,
    Kind.DROP_ANSWER: _Handler.drop_answer,
    Kind.LATE_ANSWER: _Handler.late_answer,
    Kind.LATE_WORK: _Handler.late_work,
}
