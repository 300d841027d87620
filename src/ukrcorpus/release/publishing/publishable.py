"""Whether a release may be published: lawful, of today, and what it says it is."""

from ukrcorpus.core.problems import CorpusError, Severity
from ukrcorpus.core.project import UNFILLED_AUTHOR, Project
from ukrcorpus.derive.documents.wording import NO_CONTACT
from ukrcorpus.derive.folder import Folder
from ukrcorpus.policy.rights import Edition, held_text
from ukrcorpus.release.publishing.recorded import check_rows
from ukrcorpus.release.publishing.shipment import Shipment
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.withdrawals import read_withdrawals


def check_publishable(shipment: Shipment, project: Project | None) -> tuple[str, ...]:
    """Return what was checked as lines, or raise why a release may not be published.

    ``publish-edition``: texts were put back into it. ``record-rows``, ``publish-withdrawn``: the ``project`` of its
    name has published its version with other rows, or withdrawn something since it was built. ``rights-held``: it holds
    text that may not be passed on. ``publish-unfilled``: it names nobody who made it, or nobody to write to.
    ``publish-unverified``: it is not what it says.
    """
    if shipment.release["edition"] not in set(Edition):
        remedy = "It is for your own use. Publish the edition that ukrcorpus build makes."
        where = str(shipment.folder)
        raise CorpusError("publish-edition", "texts were put back into it.", where=where, remedy=remedy)
    opened = Folder(shipment.folder, dict(shipment.release))
    _check_rows(opened, project)
    withdrawals = _check_withdrawals(opened, project)
    rights = _check_rights(opened)
    _check_filled(opened)
    check_verified(shipment)
    return "it is what it says (ukrcorpus release verify)", rights, withdrawals


def check_verified(shipment: Shipment) -> None:
    """Raise ``publish-unverified`` unless every check of ``release verify`` holds."""
    from ukrcorpus.release.verify.run import verify

    where = str(shipment.folder)
    wrong = [one for one in verify(shipment.folder).findings if one.severity is Severity.ERROR]
    if wrong:
        what = f"it is not what it says it is: {wrong[0].rule} at {wrong[0].where}, of {len(wrong)} errors in all."
        remedy = f"See them all (ukrcorpus release verify {where}), then build again."
        raise CorpusError("publish-unverified", what, where=where, remedy=remedy)


def _check_rights(opened: Folder) -> str:
    schema = read_schema(opened.path / "schema")
    held = next(held_text(schema, {name: opened.read(name) for name in opened.table_names}), None)
    if held is not None:
        raise held.as_error()
    return f"{opened.release['tables']['articles']['rows']:,} articles, no text that may not be passed on"


def _check_filled(opened: Folder) -> None:
    """Raise ``publish-unfilled`` where ``corpus.toml`` was left as ``ukrcorpus new`` wrote it."""
    for key, name, words in (("authors", "CITATION.cff", UNFILLED_AUTHOR), ("contact", "README.md", NO_CONTACT)):
        file = opened.path / name
        if file.is_file() and words in file.read_text(encoding="utf-8"):
            remedy = f"Fill in {key} in corpus.toml and build again."
            raise CorpusError("publish-unfilled", f"it says: {words}", where=str(file), remedy=remedy)


def _own(opened: Folder, project: Project | None) -> Project | None:
    """Return the project if it is the one that the release is of."""
    is_here = project is not None and (project.root / "corpus.toml").is_file()
    return project if project is not None and is_here and project.info().name == opened.release["name"] else None


def _check_rows(opened: Folder, project: Project | None) -> None:
    own = _own(opened, project)
    if own is not None:
        check_rows(own, opened.release, opened.path)


def _check_withdrawals(opened: Folder, project: Project | None) -> str:
    own = _own(opened, project)
    if own is None:
        return "withdrawals since it was built could not be asked for: its project is not here"
    known = {(row.get("kind"), row.get("withdrawn_id")) for row in opened.read("withdrawals").to_pylist()}
    since = [one for one in read_withdrawals(own) if (one.kind.value, one.withdrawn_id) not in known]
    if since:
        what = f"{len(since)} withdrawn since it was built, the first: {since[0].kind} {since[0].withdrawn_id}."
        remedy = "Build again (ukrcorpus build), with a higher version if this one is published anywhere."
        raise CorpusError("publish-withdrawn", what, where=str(opened.path), remedy=remedy)
    return "nothing was withdrawn since it was built"
