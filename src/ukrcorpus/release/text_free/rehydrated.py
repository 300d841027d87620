"""The folder of a release with its texts put back: its data anew, the rest as it came."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ukrcorpus.core.folders import atomic_folder
from ukrcorpus.core.logical_hash import logical_hash
from ukrcorpus.core.stamps import file_sha256, hashes
from ukrcorpus.core.tables import write_json, write_text
from ukrcorpus.derive.documents.card_metadata import sizes
from ukrcorpus.derive.folder import RELEASE_FILE, Folder
from ukrcorpus.derive.numbers import TableNumbers
from ukrcorpus.policy.masked import Masked
from ukrcorpus.policy.rights import TextRights
from ukrcorpus.release.data import write_data
from ukrcorpus.release.record import SUMS
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.withdrawn_since import SINCE

REHYDRATED: Final = "rehydrated"
_NOTE: Final = "> Texts were put back into this edition from somebody's own copies. Some may not be passed on.\n"
_WIDE: Final = 1_000_000


def write_rehydrated(
    place: Path, folder: Folder, schema: Schema, tables: Mapping[str, pa.Table], masked: Masked | None
) -> None:
    """Write the folder beside its place and swap it into place; its record has what was withdrawn since."""
    own = (RELEASE_FILE, SUMS, "data")
    with atomic_folder(place) as beside:
        shutil.copytree(
            folder.path,
            beside,
            ignore=lambda path, _: own if Path(path) == folder.path else (),
            dirs_exist_ok=True,
        )
        written = write_data(beside, schema, tables)
        write_text(beside / "README.md", _card((folder.path / "README.md").read_text(encoding="utf-8"), written))
        _croissant(beside / "croissant.json", written)
        _deposit(beside / "zenodo.json", tables["articles"])
        _record(beside, folder, tables, masked)


def _card(text: str, written: tuple[TableNumbers, ...]) -> str:
    """Return the card with the digests and sizes of the new files: ``datasets`` caches by them."""
    import yaml

    _, head, body = text.split("---\n", 2)
    known = yaml.safe_load(head)
    numbers = {one.table: one for one in written}
    for config in known["configs"]:
        config["description"] = f"sha256:{numbers[config['config_name']].digest}"
    for info in known["dataset_info"]:
        info.update(sizes(numbers[info["config_name"]]))
    dumped = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=_WIDE)
    note = "" if _NOTE in body else f"\n{_NOTE}"
    return f"---\n{dumped}---\n{note}{body}"


def _croissant(path: Path, written: tuple[TableNumbers, ...]) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    files = {file.path: file for one in written for file in one.files}
    for entry in record["distribution"]:
        file = files.get(entry["@id"])
        if file:
            entry |= {"sha256": file.sha256, "contentSize": f"{file.n_file_bytes} B"}
    write_json(path, record)


def _deposit(path: Path, articles: pa.Table) -> None:
    """Let nobody deposit openly what holds texts that may not be passed on."""
    closed = articles.filter(pc.equal(articles["text_rights"], TextRights.NONE.value))
    if path.is_file() and closed["text"].null_count < len(closed):
        given = json.loads(path.read_text(encoding="utf-8"))
        given["metadata"]["access_right"] = "closed"
        given["metadata"].pop("license", None)
        write_json(path, given)


def _record(beside: Path, folder: Folder, tables: Mapping[str, pa.Table], masked: Masked | None) -> None:
    files = hashes(beside, [beside])
    record: dict[str, Any] = folder.release | {"edition": REHYDRATED}
    record["tables"] = {
        name: _table(about, logical_hash(tables[name], about["key"]))
        for name, about in folder.release["tables"].items()
    }
    if masked:
        record[SINCE] = {"by": list(masked.by), "withdrawn": masked.withdrawn.pairs()}
    record["rehydrated_from"] = folder.release.get("rehydrated_from") or file_sha256(folder.path / RELEASE_FILE)
    record["files"] = {name: {"sha256": one, "bytes": (beside / name).stat().st_size} for name, one in files.items()}
    write_json(beside / RELEASE_FILE, record)
    sums = sorted(hashes(beside, [beside]).items())
    write_text(beside / SUMS, "".join(f"{digest}  {name}\n" for name, digest in sums))


def _table(about: dict[str, Any], digest: str) -> dict[str, Any]:
    full = about.get("full_logical_hash", about["logical_hash"])
    kept = {name: value for name, value in about.items() if name != "full_logical_hash"}
    return kept | {"logical_hash": digest} | ({} if digest == full else {"full_logical_hash": full})
