"""What is written down about a local server: its process and port, and its first user's login."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from ukrcorpus.annotate.studio.place import Place, check_private, disk, place_of, write_private
from ukrcorpus.annotate.studio.process import LOOPBACK, Process, is_alive
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project

# The domain is reserved for what exists nowhere; on import the address becomes a pseudonym.
_EMAIL_DOMAIN: Final = "ukrcorpus.invalid"
_TOKEN: Final = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class State:
    """The server of an annotator as it was last started; ``process`` is None after it was taken down."""

    version: str
    port: int
    process: Process | None
    since: str | None

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://{LOOPBACK}:{self.port}"


@dataclass(frozen=True, slots=True)
class Login:
    """The first user of a server; no representation shows password or token."""

    email: str
    password: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """A server to push to and pull from; no representation shows the token."""

    name: str
    url: str
    token: str = field(repr=False)
    email: str


def local_server(project: Project, annotator: str) -> Server:
    """Return the running server of an annotator, or raise ``studio-down``."""
    place = place_of(project, annotator)
    state = read_state(place)
    if state is None or state.process is None or not is_alive(state.process):
        remedy = f"Run: ukrcorpus studio up --annotator {annotator}"
        raise CorpusError("studio-down", "this annotator's server is not up.", where=place.where, remedy=remedy)
    return server_of(place, state)


def server_of(place: Place, state: State) -> Server:
    """Return the server as its clients see it."""
    login = read_login(place)
    if login is None:
        raise _login_error(place, "the file is missing, but its server runs")
    return Server(place.name, state.url, login.token, login.email)


def read_state(place: Place) -> State | None:
    """Return the state; None if the server was never started. A damaged file raises ``studio-state``.

    A folder that was copied or moved has no process: the one in its state works on the data of the other place.
    """
    given = _read(place, "state.json", "studio-state", _STATE_REMEDY)
    if given is None:
        return None
    try:
        ran = given["process"]
        here = given["data"] == str(place.data)
        process = (
            None if ran is None or not here else Process(int(ran["pid"]), str(ran["started"]), str(ran["command"]))
        )
        since = None if given["since"] is None else str(given["since"])
        return State(str(given["version"]), int(given["port"]), process, since)
    except (KeyError, TypeError, ValueError) as error:
        what = f"not a state of ukrcorpus studio: {type(error).__name__} {error}."
        raise CorpusError("studio-state", what, where=f"{place.where}/state.json", remedy=_STATE_REMEDY) from error


def write_state(place: Place, state: State) -> None:
    """Write the state, for its owner only."""
    with disk(place.where):
        write_private(
            place.state, json.dumps(asdict(state) | {"data": str(place.data)}, indent=2, sort_keys=True) + "\n"
        )


def write_down(place: Place, state: State) -> None:
    """Write that no process runs; port and version are kept for the next start."""
    write_state(place, replace(state, process=None, since=None))


def read_login(place: Place) -> Login | None:
    """Return the login; None if none was made. A damaged or readable one raises ``CorpusError``."""
    given = _read(place, "login.json", "studio-login", _LOGIN_REMEDY)
    if given is None:
        return None
    check_private(place.login, f"{place.where}/login.json")
    values = [given.get(key) for key in ("email", "password", "token")]
    if not all(isinstance(value, str) and value for value in values) or not _TOKEN.fullmatch(str(values[2])):
        raise _login_error(place, "e-mail, password or token is missing")
    return Login(*map(str, values))


def make_login(place: Place) -> Login:
    """Return the login, made and kept if there is none yet; data without a login raise ``studio-login``."""
    known = read_login(place)
    if known is not None:
        return known
    if place.data.exists():
        raise _login_error(place, "the file is missing, but there are data")
    made = Login(f"{place.annotator}@{_EMAIL_DOMAIN}", secrets.token_urlsafe(12), secrets.token_hex(20))
    with disk(place.where):
        write_private(place.login, json.dumps(asdict(made), indent=2, sort_keys=True) + "\n")
    return made


_STATE_REMEDY: Final = "Remove this file and run ukrcorpus studio up again: no annotation is in it."
_LOGIN_REMEDY: Final = "Restore it from a backup; the annotations are safe in the folder data beside it."


def _login_error(place: Place, what: str) -> CorpusError:
    return CorpusError("studio-login", f"{what}.", where=f"{place.where}/login.json", remedy=_LOGIN_REMEDY)


def _read(place: Place, name: str, rule: str, remedy: str) -> Mapping[str, Any] | None:
    """Return the JSON object of a file; the message never repeats what is in it."""
    where = f"{place.where}/{name}"
    try:
        with disk(where):
            given = json.loads((place.root / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise CorpusError(rule, "the file is damaged: no JSON.", where=where, remedy=remedy) from error
    if not isinstance(given, dict):
        raise CorpusError(rule, "the file is damaged: no JSON object.", where=where, remedy=remedy)
    return given
