"""What the Hub answers with an error, said with its remedy and never with a token."""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stores import without_secrets

_AGAIN: Final = "Run the command again: what the Hub has is not sent again."
_MESSAGES: Final = {
    "hub-offline": ("HF_HUB_OFFLINE keeps huggingface_hub from the network", "Unset it: env -u HF_HUB_OFFLINE."),
    "hub-denied": (
        "the Hub does not know the token, or no such dataset",
        "Set HF_TOKEN to a token that may write to it (or: hf auth login), or correct the name.",
    ),
    "hub-forbidden": (
        "the token may not do that",
        "Take a token with the right to write to this dataset; you may lack it in the organisation.",
    ),
    "hub-missing": (
        "no such dataset, or the token may not see it",
        "Correct the name, or make the repository, private: --create.",
    ),
    "hub-moved": (
        "somebody else changed the repository since it was read",
        "See what changed there, then run the command again: it starts from the newest commit.",
    ),
    "hub-busy": ("too many requests", f"Wait some minutes. {_AGAIN}"),
    "hub-failed": ("the Hub failed", _AGAIN),
    "hub-refused": ("the Hub refuses", "Mend what it names, then run the command again."),
    "hub-unreachable": ("the Hub does not answer", f"Check the network, and HF_ENDPOINT if it is set. {_AGAIN}"),
    "hub-xet": ("the server has no Xet storage", "Set HF_HUB_DISABLE_XET=1, so that files go there as plain LFS."),
}
_RULES: Final = {401: "hub-denied", 403: "hub-forbidden", 404: "hub-missing", 429: "hub-busy"}
_MOVED: Final = frozenset({409, 412})
_SERVER_ERROR: Final = 500
_CLASSES: Final = (
    ("hub-offline", frozenset({"OfflineModeIsEnabled"})),
    ("hub-unreachable", frozenset({"TransportError", "ConnectionError", "TimeoutError", "LocalEntryNotFoundError"})),
)
_SIGNED = re.compile(r"(https?://[^\s?'\"]+)\?[^\s'\"]+")
_LONGEST: Final = 300


@contextmanager
def answering(where: str) -> Iterator[None]:
    """Raise the errors of huggingface_hub as ``hub-*``, and keep it from logging addresses that are signed.

    They are raised without their cause: it holds the request, and so the token.
    """
    try:
        with _quiet(), _bars():
            yield
    except failures() as error:
        raise refusal(error, where) from None
    except AttributeError as error:
        if not _is_of_hub(error):
            raise
        raise refusal(ConnectionError("the connection was closed"), where) from None


def failures() -> tuple[type[BaseException], ...]:
    """Return what a call of huggingface_hub can fail with; its HTTP library has a root of its own."""
    from huggingface_hub import errors

    return (OSError, RuntimeError, ValueError, errors.HTTPError)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the loggers of huggingface_hub and its HTTP library from what they say of each request."""
    loggers = [logging.getLogger(name) for name in ("huggingface_hub", "httpx2", "httpx")]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)


@contextmanager
def _bars() -> Iterator[None]:
    """Show the progress of transfers on a terminal only."""
    from huggingface_hub.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    if sys.stderr.isatty() or are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()


def _is_of_hub(error: AttributeError) -> bool:
    """Say whether a thread of huggingface_hub found the shared connection closed by another that could not connect."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return place is not None and str(place.tb_frame.f_globals.get("__name__")).startswith("huggingface_hub")


def is_missing(error: BaseException) -> bool:
    """Say whether the Hub knows no such repository; to a token it does not like it says the same."""
    return "RepositoryNotFoundError" in {one.__name__ for one in type(error).__mro__}


def refusal(error: BaseException, where: str) -> CorpusError:
    """Return what stops the command: the rule by status or class, and what the Hub said."""
    from huggingface_hub import get_token

    root = _root(error)
    rule = _rule(root)
    what, remedy = _MESSAGES[rule]
    said = without_secrets(_SIGNED.sub(r"\1", _said(root)), get_token())[:_LONGEST]
    return CorpusError(rule, f"{what}: {said.rstrip('.')}.", where=where, remedy=remedy)


def _root(error: BaseException) -> BaseException:
    """Return the cause of ``Error while uploading 'x'``, which says less."""
    return error.__cause__ if type(error) is RuntimeError and error.__cause__ is not None else error


def _said(error: BaseException) -> str:
    """Return the status and the server's own words, else what huggingface_hub says."""
    response = getattr(error, "response", None)
    if response is None:
        return str(error) or type(error).__name__
    return f"{response.status_code} {getattr(error, 'server_message', None) or response.reason_phrase}"


def _rule(error: BaseException) -> str:
    if "xet-write-token" in str(error):
        return "hub-xet"
    if "client has been closed" in str(error):
        return "hub-unreachable"
    response = getattr(error, "response", None)
    if response is not None:
        return _rule_of_status(response.status_code)
    classes = {one.__name__ for one in type(error).__mro__}
    return next((rule for rule, names in _CLASSES if names & classes), "hub-refused")


def _rule_of_status(status: int) -> str:
    if status in _MOVED:
        return "hub-moved"
    return _RULES.get(status, "hub-failed" if status >= _SERVER_ERROR else "hub-refused")
