"""The key file: which person on which server a pseudonym stands for. Git ignores it; it never leaves the machine."""

import json
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ukrcorpus.annotate.values import Person
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import write_text

NAME: Final = "annotators.key.toml"
PSEUDONYM: Final = re.compile(r"[a-z][a-z0-9-]*")
_HEAD: Final = (
    "# Who is who. Never commit this file (git ignores *.key.toml); keep a copy in a safe place.\nformat = 1\n"
)


@dataclass(frozen=True, slots=True)
class Key:
    """A person on a server, known by user id, by e-mail or by both."""

    pseudonym: str
    server: str
    user: int | None = None
    email: str | None = None

    def fits(self, server: str, person: Person) -> bool:
        """Say whether the key is a person's; e-mails count without case."""
        same_email = self.email is not None and person.email is not None and self.email == person.email.lower()
        return self.server == server and (same_email or (self.user is not None and self.user == person.user))


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of a project."""

    all: tuple[Key, ...] = ()

    def pseudonym(self, server: str, person: Person) -> str | None:
        """Return a person's pseudonym, or None for somebody new."""
        return next((key.pseudonym for key in self.all if key.fits(server, person)), None)

    def add(self, server: str, person: Person, name: str | None = None) -> "Keys":
        """Return the keys with a person in them, under ``name`` or the next free annotator-NN.

        Of somebody known only what is still missing is added: the id to an e-mail, the e-mail to an id.
        """
        email = person.email.lower() if person.email else None
        for key in self.all:
            if key.fits(server, person):
                fuller = replace(key, user=key.user or person.user, email=key.email or email)
                return Keys(tuple(fuller if one is key else one for one in self.all))
        return Keys((*self.all, Key(name or self._next(), server, person.user, email)))

    def _next(self) -> str:
        taken = {key.pseudonym for key in self.all}
        numbers = range(1, len(taken) + 2)
        return next(name for number in numbers if (name := f"annotator-{number:02}") not in taken)


def read_keys(path: Path, where: str) -> Keys:
    """Return the keys; without a file there are none."""
    if not path.is_file():
        return Keys()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return Keys(tuple(_key(entry) for entry in given.get("annotators", [])))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, AttributeError, ValueError) as error:
        remedy = "Mend it, or restore it from its copy: without it pseudonyms cannot be kept."
        raise CorpusError("key-file", f"not readable: {error}.", where=where, remedy=remedy) from error


def _key(entry: dict[str, object]) -> Key:
    key = Key(**entry)  # type: ignore[arg-type]
    typed = isinstance(key.server, str) and isinstance(key.user, int | None) and isinstance(key.email, str | None)
    if not typed or not PSEUDONYM.fullmatch(str(key.pseudonym)):
        raise ValueError(f"the entry of {key.pseudonym!r} has a wrong value")
    return replace(key, email=key.email.lower() if key.email else None)


def write_keys(path: Path, keys: Keys) -> None:
    """Write the key file, sorted by pseudonym and server."""
    entries = sorted(keys.all, key=lambda key: (key.pseudonym, key.server, key.user or 0))
    write_text(path, _HEAD + "".join(_entry(key) for key in entries))


def _entry(key: Key) -> str:
    lines = ["", "[[annotators]]", f"pseudonym = {json.dumps(key.pseudonym)}", f"server = {json.dumps(key.server)}"]
    lines += [f"user = {key.user}"] if key.user is not None else []
    lines += [f"email = {json.dumps(key.email)}"] if key.email is not None else []
    return "\n".join(lines) + "\n"
