"""Small corpora in parts: an article is a part, and a change to one of them."""

import json

import pytest

from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise import parts, shards
from ukrcorpus.release import shards as released


def make_small(patch: pytest.MonkeyPatch) -> None:
    """Let every article have a part of its own."""
    patch.setattr(shards, "SHARD", 1)
    patch.setattr(shards, "PART", 1)
    patch.setattr(parts, "WHOLE", 1)


def make_shards(patch: pytest.MonkeyPatch, size: int = 1) -> None:
    """Let so many articles, on average, be a shard of a release."""
    patch.setattr(released, "SHARD", size)
    patch.setattr(released, "WHOLE", size)


def change(project: Project, article_id: str) -> None:
    """Add a paragraph to a raw article, as if it had been ingested so."""
    lines = project.manifest.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if json.loads(line)["article_id"] == article_id)
    entry = json.loads(lines[at])
    file = project.raw / entry["file"]
    file.write_bytes(file.read_bytes() + b"\n\nA last paragraph came later, and it says little.\n")
    entry["sha256"] = entry["source_sha256"] = sha256(file.read_bytes())
    lines[at] = json.dumps(entry, ensure_ascii=False, sort_keys=True)
    project.manifest.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
