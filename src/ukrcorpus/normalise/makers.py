"""What besides the passes decides about an article's rows: makers with versions, their libraries, the columns."""

import json
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Final

from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.passes import fingerprint
from ukrcorpus.normalise.signatures import SIGNATURE_VERSION
from ukrcorpus.schema.model import Schema

TABLES: Final = ("articles", "blocks", "sentences", "edits", "flags", "signals")


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes rows from a normalised text; ``version`` goes up whenever the same text would give others."""

    name: str
    version: int
    libraries: tuple[str, ...] = ()


MAKERS: Final[tuple[Maker, ...]] = (
    Maker("articles", 5, ("py3langid", "pocketsphinx")),
    Maker("blocks", 4, ("py3langid",)),
    Maker("sentences", 1),
    Maker("edits", 1),
    Maker("flags", 5, ("pocketsphinx",)),
    Maker("signals", 6, ("py3langid", "pocketsphinx")),
    Maker("signatures", SIGNATURE_VERSION, ("rensa",)),
)


def maker_digest(schema: Schema) -> str:
    """Return the hash of all that decides about rows but the article: the same one means the same rows."""
    parts: list[object] = [fingerprint(schema.repairs), [asdict(maker) for maker in MAKERS]]
    parts += [[name, metadata.version(name)] for name in sorted({name for one in MAKERS for name in one.libraries})]
    parts += [[(column.name, column.kind) for column in schema.table(name).columns] for name in TABLES]
    return sha256(json.dumps(parts, sort_keys=True).encode("utf-8"))
