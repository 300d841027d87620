"""A mapping whose values are made when somebody asks for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class Told(Mapping[str, Value]):
    """A mapping from known ids to values that are told when they are first asked for."""

    def __init__(self, ids: Iterable[str], tell: Callable[[str], Value]) -> None:
        self._ids = dict.fromkeys(ids)
        self._tell = tell
        self._told: dict[str, Value] = {}

    def __getitem__(self, one: str) -> Value:
        if one not in self._told:
            if one not in self._ids:
                raise KeyError(one)
            self._told[one] = self._tell(one)
        return self._told[one]

    def __contains__(self, one: object) -> bool:
        return one in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
