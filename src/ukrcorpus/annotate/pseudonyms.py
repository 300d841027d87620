"""Replace annotators' ids, e-mails and names in an export by pseudonyms; the rest stays as received."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.annotate.exports.export import person_of, rounds_of
from ukrcorpus.annotate.keys import Keys
from ukrcorpus.annotate.values import AGAIN, Person
from ukrcorpus.core.problems import CorpusError

MASK: Final = "[address]"
_ADDRESS: Final = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)*")
_USER_ID: Final = re.compile(r", (\d+)$")
_BY: Final = ("completed_by", "updated_by", "created_by", "last_created_by", "reviewed_by", "user", "created_username")
_MADE_BY: Final = ("completed_by", "user")
_AUTHORS: Final = "comment_authors"
_VERBATIM: Final = ("data", "result")  # what annotators and texts say: no person keys in there, only masked


def mask(text: str) -> str:
    """Return a text with a mark in the place of every e-mail address.

    >>> mask("write to olena@example.org today")
    'write to [address] today'
    """
    return _ADDRESS.sub(MASK, text)


def people(tasks: list[Any]) -> tuple[Person, ...]:
    """Return everybody an export names outside texts and results, each once, by user id."""
    return _merged(list(_people(tasks)))


def annotators(tasks: list[Any]) -> tuple[Person, ...]:
    """Return those of the people who made annotations or drafts."""
    made = {one for task in tasks for _, by in rounds_of(task) if (person := _person(by)) for one in _names(person)}
    return tuple(person for person in people(tasks) if made.intersection(_names(person)))


def pseudonymise(tasks: list[Any], server: str, keys: Keys, nobody: str | None = None) -> list[Any]:
    """Return the export with pseudonyms; ``keys`` know everybody in it, ``nobody`` stands for deleted users."""
    replace = _Replace(server, keys, nobody)
    try:
        return [replace.task(task) for task in tasks]
    except RecursionError as error:
        raise CorpusError("export-json", "nested too deep.", where="export", remedy=AGAIN) from error


def find_addresses(export: object) -> tuple[str, ...]:
    """Return where an export still holds an e-mail address outside ``data.text``; the address is not repeated."""
    tasks = export if isinstance(export, list) else [export]
    return tuple(f"task #{number}{path}" for number, task in enumerate(tasks, 1) for path in _addresses(task, ""))


def _person(value: object) -> Person | None:
    """Return a person in any form, also the ``name, id`` of a draft; a pseudonym is no person any more."""
    if isinstance(value, str):
        user, address = _USER_ID.search(value), _ADDRESS.search(value)
        return (
            Person(int(user[1]) if user else None, address[0].lower() if address else None) if user or address else None
        )
    person = person_of(value)
    return Person(person.user, person.email.lower() if person.email else None) if person else None


def _names(person: Person) -> tuple[int | str, ...]:
    return tuple(name for name in (person.user, person.email) if name is not None)


def _people(value: object) -> Iterator[Person]:
    if isinstance(value, list):
        for item in value:
            yield from _people(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            named = item if key == _AUTHORS and isinstance(item, list) else [item]
            if key in _BY or key == _AUTHORS or _is_user(item):
                yield from (person for one in named if (person := _person(one)))
            elif key not in _VERBATIM:
                yield from _people(item)


def _is_user(value: object) -> bool:
    return isinstance(value, dict) and {"id", "email"} <= value.keys()


def _merged(found: list[Person]) -> tuple[Person, ...]:
    """Return each person once: an id and an e-mail that stand together anywhere belong together."""
    emails = {one.user: one.email for one in found if one.user is not None and one.email}
    users = {email: user for user, email in emails.items()}
    whole = set()
    for one in found:
        user = users.get(one.email) if one.user is None and one.email else one.user
        email = emails.get(one.user) if one.email is None and one.user is not None else one.email
        whole.add(Person(user, email))
    return tuple(sorted(whole, key=lambda one: (one.user is None, one.user or 0, one.email or "")))


@dataclass(frozen=True, slots=True)
class _Replace:
    """A walk over one task, with what it needs to know of people."""

    server: str
    keys: Keys
    nobody: str | None

    def task(self, task: Any) -> Any:
        replaced = self.value(task)
        data = task.get("data") if isinstance(task, dict) else None
        if isinstance(data, dict) and "text" in data:
            replaced["data"]["text"] = data["text"]
        return replaced

    def value(self, value: Any) -> Any:
        if _is_user(value):
            return self.person("", value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {mask(key): self.entry(key, item, value) for key, item in value.items()}
        return mask(value) if isinstance(value, str) else value

    def entry(self, key: str, value: Any, beside: dict[str, Any]) -> Any:
        if key in _VERBATIM:
            return _masked(value)
        if key == "created_username" and "user" in beside:
            return self.person("user", beside["user"])
        if key == _AUTHORS and isinstance(value, list):
            return [self.person(key, one) for one in value]
        return self.person(key, value) if key in _BY else self.value(value)

    def person(self, key: str, value: Any) -> Any:
        if value is None:
            return self.nobody if key in _MADE_BY else None
        person = _person(value)
        return self.keys.pseudonym(self.server, person) if person else _masked(value)


def _masked(value: Any) -> Any:
    if isinstance(value, list):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {mask(key): _masked(item) for key, item in value.items()}
    return mask(value) if isinstance(value, str) else value


def _addresses(value: object, path: str) -> Iterator[str]:
    if path == ".data.text":
        return
    if isinstance(value, str) and _ADDRESS.search(value):
        yield path
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _addresses(item, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if _ADDRESS.search(key):
                yield f"{path}.{MASK}"
            yield from _addresses(item, f"{path}.{mask(key)}")
