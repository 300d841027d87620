"""``release purge``: a dataset of the Hub keeps its newest version and nothing of those before.

A version that is replaced stays in the history, under its tag and in the storage of large files. All three go.
"""

from dataclasses import dataclass
from typing import Any, Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.derive.folder import RELEASE_FILE
from ukrcorpus.release.publishing.hub import TAG, HubTarget
from ukrcorpus.release.publishing.hub_errors import answering
from ukrcorpus.release.versions import number

_MAIN: Final = "main"
_DATASET: Final = "dataset"


@dataclass(frozen=True, slots=True)
class Purge:
    """What goes from a repository (``done``: went), what stays, and what a token cannot reach."""

    address: str
    kept: str
    tags: tuple[str, ...]
    branches: tuple[str, ...]
    objects: tuple[Any, ...]
    out_of_reach: tuple[str, ...]
    done: bool

    def as_text(self) -> str:
        """Return the lines a person reads."""
        goes = "went" if self.done else "goes"
        lines = [f"{self.address}: {self.kept} stays as it is on main, with a new commit and without a history"]
        lines += [f"  {goes}  the tag {one}" for one in self.tags]
        lines += [f"  {goes}  the branch {one}" for one in self.branches]
        lines += [f"  {goes}  {one.file_oid[:12]}  {one.size:,} bytes, last as {one.filename}" for one in self.objects]
        lines += [f"  stays  {one}: close it, or have the Hub's support delete it" for one in self.out_of_reach]
        end = (
            "Purged." if self.done else "Nothing was changed: this is a dry run. It cannot be undone; purge with --yes."
        )
        return "\n".join([*lines, end])


def purge(url: str, *, really: bool = False) -> Purge:
    """Take every version but the newest out of a dataset of the Hub, or say what that would take.

    First tags and branches go, then the history of main, then the objects that main does not have, and the newest
    version gets its tag again. The errors: ``purge-untagged``, ``purge-objects``, ``hub-*``.
    """
    target = HubTarget(url)
    with answering(target.url):
        plan = _plan(target)
        if really:
            _run(target, plan)
    return Purge(target.url, plan.kept, plan.tags, plan.branches, plan.objects, plan.out_of_reach, really)


def _plan(target: HubTarget) -> Purge:
    refs = target.api.list_repo_refs(target.repo, repo_type=_DATASET, include_pull_requests=True)
    tree, kept = target.tree(_MAIN), _version(target)
    tagged = {one.name: one.target_commit for one in refs.tags}
    newer = [one for one in tagged if TAG.fullmatch(one) and number(one[1:]) > number(kept[1:])]
    if newer or kept not in tagged or _blobs(target.tree(kept)) != _blobs(tree):
        remedy = "Publish it first: ukrcorpus release publish tags what main holds, or puts the newest version there."
        what = f"main does not hold {max([kept, *newer], key=lambda one: number(one[1:]))} as its tag has it."
        raise CorpusError("purge-untagged", what, where=target.url, remedy=remedy)
    return Purge(
        target.url,
        kept,
        tuple(sorted(tagged.keys() - {kept})),
        tuple(sorted(one.name for one in refs.branches if one.name != _MAIN)),
        _objects(target, {one.lfs.sha256 for one in tree.values() if one.lfs}),
        tuple(sorted(one.ref for one in refs.pull_requests or ())),
        done=False,
    )


def _run(target: HubTarget, plan: Purge) -> None:
    api, repo = target.api, target.repo
    for tag in (*plan.tags, plan.kept):  # a tag would keep the whole history before it
        api.delete_tag(repo, tag=tag, repo_type=_DATASET)
    for branch in plan.branches:
        api.delete_branch(repo, branch=branch, repo_type=_DATASET)
    message = f"{plan.kept}, without the versions before"
    api.super_squash_history(repo, branch=_MAIN, commit_message=message, repo_type=_DATASET)
    api.permanently_delete_lfs_files(repo, plan.objects, repo_type=_DATASET)
    api.create_tag(repo, tag=plan.kept, tag_message=message, revision=_MAIN, repo_type=_DATASET)


def _version(target: HubTarget) -> str:
    release = target.record(_MAIN)
    if "version" not in release:
        remedy = "Correct the address: only releases of ukrcorpus are purged."
        raise CorpusError("purge-untagged", f"main holds no {RELEASE_FILE}.", where=target.url, remedy=remedy)
    return f"v{release['version']}"


def _objects(target: HubTarget, held: set[str]) -> tuple[Any, ...]:
    """Return the objects that main does not have; they are only told from its own if all of those are listed."""
    listed = tuple(target.api.list_lfs_files(target.repo, repo_type=_DATASET))
    lacking = held - {one.file_oid for one in listed}
    if lacking:
        what = f"the Hub's list of large files lacks {len(lacking)} of main, so it cannot be told which may go."
        remedy = "Wait until the Hub has them listed; or delete old ones by hand, under Settings."
        raise CorpusError("purge-objects", what, where=target.url, remedy=remedy)
    return tuple(one for one in listed if one.file_oid not in held)


def _blobs(tree: dict[str, Any]) -> dict[str, str]:
    return {path: one.blob_id for path, one in tree.items()}
