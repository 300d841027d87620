"""The dataset repositories of the Hub's stand-in: commits, branches, tags and LFS objects, kept in memory."""

import hashlib
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"


@dataclass(frozen=True)
class Entry:
    """A file of a commit."""

    data: bytes
    is_lfs: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def pointer(self) -> bytes:
        """What stands for a file in LFS."""
        return f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\nsize {len(self.data)}\n".encode()

    @property
    def kept(self) -> bytes:
        """What git keeps."""
        return self.pointer if self.is_lfs else self.data

    @property
    def oid(self) -> str:
        """What git calls it."""
        return hashlib.sha1(f"blob {len(self.kept)}\0".encode() + self.kept, usedforsecurity=False).hexdigest()

    @property
    def etag(self) -> str:
        return self.sha256 if self.is_lfs else self.oid


@dataclass(frozen=True)
class Commit:
    oid: str
    parent: str | None
    message: str
    tree: dict[str, Entry]


@dataclass
class Repository:
    """A dataset repository as the Hub makes it: with a commit that holds .gitattributes."""

    name: str
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    pulls: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.add("main", "initial commit", {".gitattributes": Entry(ATTRIBUTES, is_lfs=False)})

    def add(self, branch: str, message: str, tree: dict[str, Entry]) -> Commit:
        """Put a commit on top of a branch."""
        parent = self.branches.get(branch)
        told = "".join(f"{path} {entry.oid}\n" for path, entry in sorted(tree.items()))
        oid = hashlib.sha1(f"{parent}\n{message}\n{told}".encode(), usedforsecurity=False).hexdigest()
        self.commits[oid] = Commit(oid, parent, message, dict(tree))
        self.branches[branch] = oid
        return self.commits[oid]

    def at(self, revision: str) -> Commit | None:
        """Return the commit of a branch, a tag or a commit's own name."""
        return self.commits.get(self.branches.get(revision) or self.tags.get(revision) or revision)

    @property
    def history(self) -> list[Commit]:
        """The commits of main, the newest first."""
        found, oid = [], self.branches.get("main")
        while oid is not None:
            found.append(self.commits[oid])
            oid = self.commits[oid].parent
        return found

    def export(self, folder: Path) -> None:
        """Write main and the tags as a git repository, with LFS objects where git keeps them."""
        folder.mkdir(parents=True)
        lines: list[bytes] = []
        for number, commit in enumerate(reversed(self.history), start=1):
            lines += [b"commit refs/heads/main", f"mark :{number}".encode()]
            lines += [b"committer Somebody <nobody@localhost> 1795305600 +0000", _data(commit.message.encode())]
            lines += [b"deleteall"]
            for path, entry in sorted(commit.tree.items()):
                lines += [f"M 100644 inline {path}".encode(), _data(entry.kept)]
            lines += [
                part
                for tag, oid in self.tags.items()
                if oid == commit.oid
                for part in (f"reset refs/tags/{tag}".encode(), f"from :{number}".encode(), b"")
            ]
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main", folder], check=True)
        script = b"\n".join(lines) + b"\n"
        subprocess.run(["git", "fast-import", "--quiet"], input=script, cwd=folder, check=True)
        for entry in (entry for commit in self.history for entry in commit.tree.values() if entry.is_lfs):
            place = folder / ".git/lfs/objects" / entry.sha256[:2] / entry.sha256[2:4] / entry.sha256
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(entry.data)


def _data(content: bytes) -> bytes:
    return f"data {len(content)}\n".encode() + content
