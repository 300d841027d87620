"""Values as TOML writes them: the standard library only reads it."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def toml_table(name: str, values: Mapping[str, object]) -> str:
    """Return one table of a list of tables, each key on a line of its own."""
    return "\n".join([f"[[{name}]]", *(f"{_key(key)} = {toml_value(value)}" for key, value in values.items())]) + "\n"


def toml_value(value: object) -> str:
    r"""Return a value as TOML writes it.

    >>> print(toml_value({"note": 'a "b"', "source_ids": ["gov:ua"], "conditional": True}))
    { note = "a \"b\"", source_ids = ["gov:ua"], conditional = true }
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {toml_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    assert isinstance(value, Sequence), value
    return f"[{', '.join(toml_value(one) for one in value)}]"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml_value(key)
