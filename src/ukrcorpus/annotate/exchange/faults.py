"""What can go wrong with a server, each as an error with its own id: never a header, a cookie, a token or a body."""

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from ukrcorpus.core.problems import CorpusError

if TYPE_CHECKING:
    import httpx

_LONGEST: Final = 200
_AGAIN: Final = "Run the same command again; it goes on where it stopped."
_MOVED: Final = range(300, 400)
_SERVER: Final = 500


class _Kind(NamedTuple):
    """What a status means; ``passing``: it may be gone soon, and the work may be done all the same."""

    rule: str
    what: str
    remedy: str
    passing: bool = False


_DENIED: Final = _Kind(
    "server-token",
    "access denied",
    "Give a valid LABEL_STUDIO_API_KEY: Label Studio shows it under Account & Settings. Legacy and personal access "
    "tokens both do, if the organisation allows them.",
)
_FAILED: Final = _Kind("server-error", "the server failed", f"Look into the server's log. {_AGAIN}", passing=True)
_ELSEWHERE: Final = _Kind(
    "server-moved", "it sends us elsewhere", "Set LABEL_STUDIO_URL to the server's present address, http or https."
)
_REFUSED: Final = _Kind("server-refused", "refused", "Mend what it names.")
_KINDS: Final = {
    401: _DENIED,
    403: _DENIED,
    404: _Kind(
        "server-missing",
        "nothing there",
        "Check LABEL_STUDIO_URL; if the address is right, the project or task was deleted meanwhile.",
    ),
    413: _Kind(
        "server-too-large", "the body is too large", "Raise the limit of the server, or of the proxy before it."
    ),
    429: _Kind("server-busy", "too many requests", _AGAIN, passing=True),
}


class ServerError(CorpusError):
    """A failure of a server. ``unclear``: it may have done the work all the same. ``passing``: it may be gone soon.

    ``wait_s`` is how long the server asks to be left alone.
    """

    def __init__(  # noqa: PLR0913 - what a CorpusError takes, and what a repetition must know
        self,
        rule: str,
        what: str,
        *,
        where: str,
        remedy: str,
        unclear: bool = False,
        passing: bool = False,
        wait_s: float | None = None,
    ) -> None:
        super().__init__(rule, what, where=where, remedy=remedy)
        self.unclear = unclear
        self.passing = passing
        self.wait_s = wait_s


def from_error(error: Exception, where: str) -> ServerError:
    """Return the fault for a failure without an answer."""
    import httpx

    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        remedy = f"Start the server, or check its address. {_AGAIN}"
        return ServerError("server-unreachable", "no connection.", where=where, remedy=remedy, passing=True)
    if isinstance(error, httpx.TimeoutException):
        what = "no answer in time."
        return ServerError("server-timeout", what, where=where, remedy=_AGAIN, unclear=True, passing=True)
    if isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol):
        what = "the connection was cut."
        return ServerError("server-cut", what, where=where, remedy=_AGAIN, unclear=True, passing=True)
    what, remedy = f"the request cannot be sent ({type(error).__name__}).", "Check LABEL_STUDIO_URL."
    return ServerError("server-url", what, where=where, remedy=remedy)


def from_response(response: "httpx.Response", body: bytes, where: str, secrets: tuple[str, ...]) -> ServerError:
    """Return the error for an answer that is none; ``secrets`` are struck out of the server's own words."""
    status = response.status_code
    kind = _KINDS.get(status) or (_FAILED if status >= _SERVER else _ELSEWHERE if status in _MOVED else _REFUSED)
    return ServerError(
        kind.rule,
        f"{kind.what} ({status}){_said(response, body, secrets)}.",
        where=where,
        remedy=kind.remedy,
        unclear=kind.passing,
        passing=kind.passing,
        wait_s=_seconds(response.headers.get("retry-after")) if kind.passing else None,
    )


def _said(response: "httpx.Response", body: bytes, secrets: tuple[str, ...]) -> str:
    """Return the server's reason, short and without secrets; of a page only that it is one."""
    if "html" in response.headers.get("content-type", ""):
        return ", with an HTML page"
    try:
        given = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(given, dict):
        return ""
    parts = [given[key] for key in ("detail", "validation_errors") if given.get(key)]
    text = "; ".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in parts)
    for secret in secrets:
        text = text.replace(secret, "[token]")
    text = " ".join(text.encode("utf-8", "backslashreplace").decode().split())
    return f": {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}" if text else ""


def _seconds(value: str | None) -> float | None:
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None  # a date: the usual pause does
