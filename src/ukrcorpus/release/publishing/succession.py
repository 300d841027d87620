"""Whether a version may follow the one that is published, as far as their records tell."""

from collections.abc import Mapping
from typing import Any

from ukrcorpus.core.logical_hash import check_known
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.release.versions import Step, after, number


def check_step(new: Mapping[str, Any], old: Mapping[str, Any], where: str) -> None:
    """Raise ``version-too-small`` for a patch whose rows are not those of the version before it.

    Records have one hash for each table, so they tell equal rows from others, and not what changed: ``release version``
    does. A text-free edition is held by the hashes of its full one, where both records have them.
    """
    least = after(str(old["version"]), Step.MINOR)
    if number(str(new["version"])) >= number(least):
        return
    check_known(old, where)
    names = sorted(new["tables"].keys() | old["tables"].keys())
    changed = [name for name in names if _hashes(new, name).isdisjoint(_hashes(old, name))]
    if changed:
        what = f"{new['version']} is too small a step from {old['version']}, which is published: other rows in "
        raise CorpusError(
            "version-too-small",
            f"{what}{', '.join(changed[:5])}.",
            where=where,
            remedy=f"Set {least} or more in corpus.toml; ukrcorpus release version --against DIR has every reason.",
        )


def _hashes(record: Mapping[str, Any], name: str) -> set[str]:
    about = record["tables"].get(name, {})
    return {about[key] for key in ("logical_hash", "full_logical_hash") if key in about}
