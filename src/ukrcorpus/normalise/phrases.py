"""Lists of phrases, looked for all at once: in the time of one search, where the package for it is installed."""

from functools import cached_property
from importlib import import_module
from typing import Any


class Phrases:
    """Phrases in small letters, to be found in a folded text.

    >>> Phrases("read more", "©").are_in("to read more"), Phrases("read more", "©").are_in("more")
    (True, False)
    """

    def __init__(self, *phrases: str) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))

    def are_in(self, text: str) -> bool:
        """Say whether any of the phrases stands in a text."""
        if self._automaton is None:
            return any(phrase in text for phrase in self.phrases)
        return bool(self._automaton.find_matches_as_indexes(text))

    def found_in(self, text: str) -> list[str]:
        """Return those of the phrases that stand in a text."""
        if self._automaton is None:
            return [phrase for phrase in self.phrases if phrase in text]
        places = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return [self.phrases[number] for number in dict.fromkeys(number for number, _start, _end in places)]

    @cached_property
    def _automaton(self) -> Any:
        # The passes run without the extra `build` as well, but slower.
        try:
            package = import_module("ahocorasick_rs")
        except ImportError:
            return None
        return package.AhoCorasick(self.phrases, implementation=package.Implementation.DFA)
