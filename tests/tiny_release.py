"""Release folders of a few small files, as far as publishing looks into them."""

import hashlib
import json
from pathlib import Path

from ukrcorpus.core.logical_hash import LOGICAL_HASH
from ukrcorpus.release.publishing.shipment import Shipment, open_shipment

N_BYTES = 200_000


def tiny_release(place: Path, version: str = "1.0.0", name: str = "tiny", **texts: str) -> Shipment:
    """Write a release with three data files that LFS would take, and return it ready to be sent.

    The rows are the same in versions that differ in their last number only.
    """
    files = {f"data/t{number}/train.parquet": (f"{version} {number}\n" * N_BYTES)[:N_BYTES] for number in range(3)}
    files |= {"README.md": f"---\nlicense: mit\n---\n# {name} {version}\n"} | texts
    for path, text in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, encoding="utf-8")
    listed = {path: {"sha256": _sha256(place / path), "bytes": (place / path).stat().st_size} for path in files}
    about = {"name": name, "version": version, "edition": "full", "release_date": "2026-11-22"}
    tables = {"articles": {"rows": 3, "logical_hash": version.rpartition(".")[0]}}
    record = {"format": 1, **about, "logical_hash": LOGICAL_HASH, "tables": tables, "files": listed}
    (place / "release.json").write_text(json.dumps(record), encoding="utf-8")
    sums = [f"{_sha256(place / path)}  {path}\n" for path in sorted([*files, "release.json"])]
    (place / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return open_shipment(place)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
