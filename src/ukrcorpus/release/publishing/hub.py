"""Releases in a dataset repository of the Hugging Face Hub: one commit on main and a tag for each version."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.stamps import file_sha256
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.release.publishing.hub_errors import answering, failures, is_missing
from ukrcorpus.release.publishing.shipment import File, Shipment, check_unchanged
from ukrcorpus.release.publishing.succession import check_step
from ukrcorpus.release.publishing.targets import Progress, Standing, Survey, Version, damaged, record_of, taken
from ukrcorpus.release.record import SUMS
from ukrcorpus.release.versions import number

HUB: Final = "hf://"
_ADDRESS = re.compile(r"hf://datasets/([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*?)/?")
TAG = re.compile(r"v((?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*))")
_MAIN: Final = "main"
_DATASET: Final = "dataset"


class HubTarget:
    """A dataset repository; ``create`` makes it, private, where it is not there.

    The token is found by huggingface_hub (HF_TOKEN, or the login on this machine) and never passes through here.
    """

    def __init__(self, url: str, *, create: bool = False) -> None:
        match = _ADDRESS.fullmatch(url)
        if match is None:
            remedy = "Name a dataset: hf://datasets/ORG/NAME. The version becomes a tag."
            raise CorpusError("publish-address", "no dataset repository of the Hub.", where=url, remedy=remedy)
        from huggingface_hub import HfApi

        self.repo, self.url, self.create = match[1], f"hf://datasets/{match[1]}", create
        self.api: Any = HfApi()

    def survey(self, shipment: Shipment) -> Survey:
        """Return what main holds of the release, and what of an older version has to go.

        Raise ``publish-taken`` where the version is published with other content, ``publish-older`` where a newer one
        is, ``publish-corpus`` where another corpus is, ``version-too-small`` where the step from the newest is.
        """
        address, tag = f"{self.url}@{_tag(shipment)}", _tag(shipment)
        with answering(self.url):
            refs = self._refs()
            if refs is None:
                return Survey(Standing.ABSENT, address, _how(None, tag), missing=True)
            tags, head = refs
            if tag in tags:
                return self._published(shipment, address, tag)
            tree = self.tree(head) if head else {}
            old = self.record(head) if head and RELEASE_FILE in tree else {}
        newest = max((match[1] for one in tags if (match := TAG.fullmatch(one))), key=number, default=None)
        self._check_succession(shipment, old, newest)
        there = frozenset(file.path for file in shipment.files if _is_same(file, tree.get(file.path)))
        ours = {file.path for file in shipment.files}
        goes = tuple(sorted({*old.get("files", ()), *({SUMS} if old else ())} & tree.keys() - ours))
        stays = tuple(sorted(tree.keys() - ours - set(goes)))
        whole = len(there) == len(ours) and not goes
        standing = Standing.UNTAGGED if whole else Standing.ABSENT
        return Survey(standing, address, _how(head, tag), there, goes=goes, stays=stays, newest=newest, head=head)

    def send(self, shipment: Shipment, survey: Survey, progress: Progress) -> None:
        """Send the files in one commit upon the head that was surveyed, and tag it.

        Where an answer is lost on the way, the repository is asked whether the work was done.
        """
        tag, head = _tag(shipment), survey.head
        with answering(self.url):
            if survey.missing:
                self.api.create_repo(self.repo, repo_type=_DATASET, private=True)
                head = self._head()
            if survey.standing is not Standing.UNTAGGED:
                head = self._commit(shipment, survey, head)
                check_unchanged(shipment)  # without its tag the commit is no version
            self._create_tag(shipment, tag, head)
        for file in shipment.files:
            progress(file)

    def read_back(self, shipment: Shipment) -> None:
        """Download every file of the tag into a folder that is taken away again, and compare its hash."""
        tag = _tag(shipment)
        with tempfile.TemporaryDirectory() as folder, answering(self.url):
            place = Path(folder) / "release"
            names = [file.path for file in shipment.files]
            self.api.snapshot_download(
                self.repo,
                repo_type=_DATASET,
                revision=tag,
                local_dir=place,
                cache_dir=Path(folder) / "cache",
                allow_patterns=names,
            )
            wrong = [
                one.path
                for one in shipment.files
                if not (place / one.path).is_file() or file_sha256(place / one.path) != one.sha256
            ]
        if wrong:
            raise damaged(f"{self.url}@{tag}", wrong)

    def versions(self) -> tuple[Version, ...]:
        """Return the versions that have a tag and a ``release.json``."""
        with answering(self.url):
            tags, _ = self._refs() or ({}, None)
            named = sorted((one for one in tags if TAG.fullmatch(one)), key=lambda one: number(one[1:]))
            found = [(tag, self.record(tag)) for tag in named if RELEASE_FILE in self.tree(tag)]
        return tuple(Version.of(release, f"{self.url}@{tag}") for tag, release in found if release)

    def _refs(self) -> tuple[dict[str, str], str | None] | None:
        """Return the commits of the tags and of main; None where the repository is missing and may be made."""
        try:
            refs = self.api.list_repo_refs(self.repo, repo_type=_DATASET)
        except failures() as error:
            if self.create and is_missing(error):
                return None
            raise
        head = next((one.target_commit for one in refs.branches if one.name == _MAIN), None)
        return {one.name: one.target_commit for one in refs.tags}, head

    def _head(self) -> str | None:
        refs = self._refs()
        return refs[1] if refs else None

    def tree(self, revision: str) -> dict[str, Any]:
        """Return the files of a revision by path."""
        listed = self.api.list_repo_tree(self.repo, recursive=True, revision=revision, repo_type=_DATASET)
        return {one.path: one for one in listed if hasattr(one, "blob_id")}

    def record(self, revision: str) -> dict[str, Any]:
        """Return the ``release.json`` of a revision, nothing where it is none of ours."""
        with tempfile.TemporaryDirectory() as folder:
            path = self.api.hf_hub_download(
                self.repo, RELEASE_FILE, repo_type=_DATASET, revision=revision, local_dir=folder, cache_dir=folder
            )
            return record_of(Path(path).read_bytes()) or {}

    def _published(self, shipment: Shipment, address: str, tag: str) -> Survey:
        tree = self.tree(tag)
        differing = [file.path for file in shipment.files if not _is_same(file, tree.get(file.path))]
        if differing:
            raise taken(shipment, address, differing)
        return Survey(Standing.PUBLISHED, address, _how(None, tag), frozenset(file.path for file in shipment.files))

    def _check_succession(self, shipment: Shipment, old: Mapping[str, Any], newest: str | None) -> None:
        if old and old.get("name") != shipment.name:
            remedy = "Correct the address, or make a repository of its own for this corpus."
            what = f"releases of '{old.get('name')}' are published there, not of '{shipment.name}'."
            raise CorpusError("publish-corpus", what, where=self.url, remedy=remedy)
        if newest and number(newest) > number(shipment.version):
            what = f"{newest} is published there, which is newer than {shipment.version}."
            remedy = "main holds the newest version; an older one can no longer go there."
            raise CorpusError("publish-older", what, where=self.url, remedy=remedy)
        if newest and old.get("version") == newest:
            check_step(shipment.release, old, self.url)

    def _commit(self, shipment: Shipment, survey: Survey, head: str | None) -> str:
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        sent = [file for file in shipment.files if file.path not in survey.there]
        adds = [CommitOperationAdd(one.path, str(shipment.folder / one.path)) for one in sent]
        deletes = [CommitOperationDelete(path, is_folder=False) for path in survey.goes]
        message = f"{shipment.name} {shipment.version}"
        try:
            done = self.api.create_commit(
                self.repo, [*adds, *deletes], commit_message=message, repo_type=_DATASET, parent_commit=head
            )
        except failures():
            landed = self._landed(shipment, head)
            if landed is None:
                raise
            return landed
        return str(done.oid)

    def _landed(self, shipment: Shipment, before: str | None) -> str | None:
        """Return the commit if it was made although its answer was lost; None as well if nobody answers."""
        try:
            head = self._head()
            tree = self.tree(head) if head and head != before else {}
        except failures():
            return None
        return head if tree and all(_is_same(file, tree.get(file.path)) for file in shipment.files) else None

    def _create_tag(self, shipment: Shipment, tag: str, commit: str | None) -> None:
        message = f"{shipment.name} {shipment.version}, {shipment.edition} edition"
        try:
            self.api.create_tag(self.repo, tag=tag, tag_message=message, revision=commit, repo_type=_DATASET)
        except failures():
            refs = self._refs()
            if refs is None or tag not in refs[0]:
                raise
            self._published(shipment, f"{self.url}@{tag}", tag)


def _tag(shipment: Shipment) -> str:
    return f"v{shipment.version}"


def _how(head: str | None, tag: str) -> str:
    return f"as one commit on main{f' after {head[:7]}' if head else ''}, tagged {tag}"


def _is_same(file: File, found: Any) -> bool:
    """Say whether a file of the repository has the bytes of ours: the Hub names LFS files by SHA-256, others as git."""
    if found is None:
        return False
    lfs = found.lfs
    return bool(lfs.sha256 == file.sha256 if lfs else found.blob_id == file.git_oid)
