"""One Label Studio server over HTTP: every failure is a ``ServerError``, and no secret stands in any of them.

httpx and not Label Studio's SDK: the SDK repeats imports that the server has already taken, prints session cookies in
its errors, and holds whole exports in memory. Nothing but a path, a status and the server's own short reason enters a
message; the cause is cut off, since its request carries the token.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final

from ukrcorpus.annotate.exchange.faults import ServerError, from_error, from_response

if TYPE_CHECKING:
    import httpx

_ACCESS_S: Final = 240.0  # an access token lives five minutes
_LONGEST_PAUSE_S: Final = 60.0
_LOCAL: Final = ("127.0.0.1", "localhost", "::1")
_DOTS: Final = 2  # between the three parts of a signed token

Query = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server, and how often to try again: with these pauses between the attempts.

    An export takes 0.004 s a task with 30 regions (5,000 measured); the bound lets a server be fifteen times slower.
    """

    connect_s: float = 10.0
    answer_s: float = 120.0
    import_s: float = 300.0
    export_task_s: float = 0.06
    pauses_s: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # long enough for a server to be started again


PATIENCE: Final = Patience()


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``body`` is JSON; ``answer_s`` is for work that takes long; ``signed``: it goes with the token."""

    method: str
    path: str
    query: Query | None = None
    body: bytes | None = None
    answer_s: float | None = None
    signed: bool = True


@dataclass
class Transport:
    """A connection to a server; ``name`` stands for it in messages. No representation shows the token."""

    name: str
    url: str
    token: str = field(repr=False)
    patience: Patience = PATIENCE
    _client: "httpx.Client" = field(init=False, repr=False)
    _access: str | None = field(default=None, init=False, repr=False)
    _access_until: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        import httpx

        # At debug level httpcore logs the server's headers, session cookie included.
        logging.getLogger("httpcore").setLevel(logging.INFO)
        self._client = httpx.Client(
            base_url=self.url,
            trust_env=httpx.URL(self.url).host
            not in _LOCAL,  # a proxy of the environment knows nothing of this machine
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def get(self, path: str, query: Query | None = None, *, signed: bool = True) -> Any:
        """Return the JSON at a path, asked for again after a failure that may pass."""
        return self.patiently(partial(self.once, Request("GET", path, query, signed=signed)))

    def repeat(self, method: str, path: str, body: object = None) -> Any:
        """Return the answer to a request that does no harm if it is sent twice; after a failure that may pass it is."""
        content = None if body is None else json.dumps(body).encode()
        return self.patiently(partial(self.once, Request(method, path, body=content)))

    def once(self, request: Request) -> Any:
        """Send one request, never repeat it, and return the JSON of its answer."""
        with self._answer(request) as response:
            data = b"".join(self._pieces(response, request))
        return _json(data, response, self._where(request))

    @contextmanager
    def stream(self, request: Request) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the server's name for a file and its bytes in pieces, never whole; one that ends early is an error."""
        with self._answer(request) as response:
            yield response.headers.get("filename", ""), self._pieces(response, request)

    def patiently(self, work: Callable[[], Any]) -> Any:
        """Do work that may be repeated, again after each failure that may pass, until patience ends."""
        for pause_s in self.patience.pauses_s:
            try:
                return work()
            except ServerError as error:
                if not error.passing:
                    raise
                self.rest(error, pause_s)
        return work()

    def rest(self, error: ServerError, pause_s: float) -> None:
        """Wait as long as the server asks for, else ``pause_s``."""
        time.sleep(min(max(error.wait_s or 0.0, pause_s), _LONGEST_PAUSE_S))

    @contextmanager
    def _answer(self, request: Request) -> "Iterator[httpx.Response]":
        import httpx

        where = self._where(request)
        try:
            response = self._sent(request)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise from_error(error, where) from None
        try:
            if not response.is_success:
                body = b"".join(self._pieces(response, request))
                raise from_response(response, body, where, (self.token, self._access or self.token))
            yield response
        finally:
            response.close()

    def _sent(self, request: Request) -> "httpx.Response":
        """Return the response, body unread; an access token that has run out is renewed once."""
        import httpx

        for last in (False, True):
            headers = {"Content-Type": "application/json"} if request.body is not None else {}
            headers |= {"Authorization": self._authorization()} if request.signed else {}
            made = self._client.build_request(
                request.method,
                request.path,
                params=request.query,
                content=request.body,
                headers=headers,
                timeout=httpx.Timeout(request.answer_s or self.patience.answer_s, connect=self.patience.connect_s),
            )
            response = self._client.send(made, stream=True)
            if response.status_code != httpx.codes.UNAUTHORIZED or self._access is None or last:
                break
            response.close()
            self._access = None
        return response

    def _authorization(self) -> str:
        """Return the header: a legacy token as it is, of a personal access token the short-lived one it buys."""
        if self.token.count(".") != _DOTS:
            return f"Token {self.token}"
        if self._access is None or time.monotonic() > self._access_until:
            body = json.dumps({"refresh": self.token}).encode()
            given = self.once(Request("POST", "/api/token/refresh", body=body, signed=False))
            self._access = str(given.get("access") if isinstance(given, dict) else None)
            self._access_until = time.monotonic() + _ACCESS_S
        return f"Bearer {self._access}"

    def _pieces(self, response: "httpx.Response", request: Request) -> Iterator[bytes]:
        import httpx

        try:
            yield from response.iter_bytes()
        except httpx.HTTPError as error:
            raise from_error(error, self._where(request)) from None

    def _where(self, request: Request) -> str:
        return f"server '{self.name}', {request.method} {request.path}"


def _json(data: bytes, response: "httpx.Response", where: str) -> Any:
    if not data:
        return None
    try:
        return json.loads(data)
    except ValueError:
        page = "html" in response.headers.get("content-type", "")
        what = "an HTML page in the place of JSON" if page else "an answer that is no JSON"
        remedy = "Check that LABEL_STUDIO_URL is the address of Label Studio itself, not of a login page or a proxy."
        raise ServerError("server-answer", f"{what}.", where=where, remedy=remedy, unclear=True) from None
