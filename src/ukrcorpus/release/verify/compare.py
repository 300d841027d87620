"""Two values side by side: every place where what is written differs from what should be."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ukrcorpus.validate.evidence import show
from ukrcorpus.validate.rules import Broken

_NOTHING: Final = object()


def differences(where: str, got: object, expected: object) -> Iterator[Broken]:
    """Yield the deepest places at which two values differ, mappings by key and lists of one length by place.

    >>> [(one.where, one.got) for one in differences("card", {"a": [1, 2]}, {"a": [1, 3]})]
    [('card: a: 2', '2')]
    """
    if isinstance(got, Mapping) and isinstance(expected, Mapping):
        for key in sorted(got.keys() | expected.keys(), key=str):
            yield from differences(f"{where}: {key}", got.get(key, _NOTHING), expected.get(key, _NOTHING))
    elif isinstance(got, list) and isinstance(expected, list) and len(got) == len(expected):
        for number, (one, other) in enumerate(zip(got, expected, strict=True), start=1):
            yield from differences(f"{where}: {number}", one, other)
    elif got is _NOTHING or expected is _NOTHING or type(got) is not type(expected) or got != expected:
        yield Broken(where, _shown(got), _shown(expected))


def by_name(given: object, key: str) -> dict[str, Any]:
    """Return the mappings of a list by one of their keys, which they no longer have; what is no such list is empty."""
    entries = [one for one in given if isinstance(one, dict) and key in one] if isinstance(given, list) else []
    return {str(one[key]): {name: value for name, value in one.items() if name != key} for one in entries}


def _shown(value: object) -> str:
    return "nothing" if value is _NOTHING else show(value)
