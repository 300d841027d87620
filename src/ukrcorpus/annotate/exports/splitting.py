"""Cut the bytes of a JSON list into its objects without reading them whole: what keeps memory flat.

No proper beginning of a JSON object is a JSON object itself. So an end may be guessed, and whoever decodes the piece
proves the guess: an object ends where the last key of the one before it has its value.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
Read = Callable[[int], bytes]

_CHUNK: Final = 1 << 20
_GUESSES: Final = 3
_SPACE: Final = b" \t\r\n"
_PARTS: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}"]', re.DOTALL)  # a lone " is a string cut short
_OBJECT_END: Final = re.compile(rb"\}(?=[ \t\r\n]*[,\]])")


class CutShortError(ValueError):
    """What was read is no list of objects, or ends too early."""


class Splitter(Generic[Item]):
    """The objects of a JSON list, each with what ``decode`` makes of it: None where it is none of its kind.

    ``read`` gives the next bytes of a file. ``decode`` must refuse what is no JSON object.
    """

    def __init__(self, read: Read, decode: Callable[[bytes], Item | None]) -> None:
        self._read = read
        self._decode = decode
        self._buffer = b""
        self._at = 0
        self._last_key = b""

    def __iter__(self) -> Iterator[tuple[bytes, Item | None]]:
        """Yield object by object; raise ``CutShortError`` where the list is none or does not end."""
        self._buffer = self._read(_CHUNK).removeprefix(b"\xef\xbb\xbf")
        sign = self._step(b"[")
        if self._next() == b"]":
            sign = self._step(b"]")
        while sign != b"]":
            if self._next() != b"{":
                raise CutShortError
            yield self._piece()
            sign = self._step(b",]")
        if self._next():
            raise CutShortError

    def _step(self, signs: bytes) -> bytes:
        """Pass one of the signs, which must stand here, and return it."""
        sign = self._next()
        if not sign or sign not in signs:
            raise CutShortError
        self._at += 1
        return sign

    def _next(self) -> bytes:
        """Return the next byte that is no white space; nothing at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def _more(self) -> bool:
        """Read on, twice as much if an object is large, and drop what was passed; False at the end."""
        rest = self._buffer[self._at :]
        chunk = self._read(max(_CHUNK, len(rest)))
        self._buffer, self._at = rest + chunk, 0
        return bool(chunk)

    def _piece(self) -> tuple[bytes, Item | None]:
        end = self._at
        for _guess in range(_GUESSES if self._last_key else 0):
            end = self._guess(end)
            piece = self._buffer[self._at : end]
            if not piece:
                break
            if (item := self._decode(piece)) is not None:
                self._at = end
                return piece, item
        end = self._end()
        piece = self._buffer[self._at : end]
        self._at, self._last_key = end, _last_key(piece)
        return piece, self._decode(piece)

    def _guess(self, after: int) -> int:
        """Return where the object may end, behind an offset; where it begins if there is no such place."""
        while True:
            key = self._buffer.find(self._last_key, after)
            found = _OBJECT_END.search(self._buffer, key) if key >= 0 else None
            if found:
                return found.end()
            passed = self._at
            if not self._more():
                return self._at
            after -= passed

    def _end(self) -> int:
        """Return where the object ends, by counting braces outside strings."""
        while True:
            depth = 0
            for part in _PARTS.finditer(self._buffer, self._at):
                if part[0] == b'"':
                    break
                depth += (part[0] == b"{") - (part[0] == b"}")
                if not depth and part[0] == b"}":
                    return part.end()
            if not self._more():
                raise CutShortError


def _last_key(piece: bytes) -> bytes:
    """Return the last key of an object as it is written; nothing if it is none, or empty."""
    try:
        keys = list(json.loads(piece))
    except (ValueError, RecursionError):
        return b""
    return json.dumps(keys[-1], ensure_ascii=False).encode("utf-8", "surrogatepass") if keys else b""
