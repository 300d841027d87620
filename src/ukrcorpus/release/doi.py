"""The DOI of a version: reserved before it is built, so that what the release says of itself can name it."""

import json

from ukrcorpus.core.citing import bare_doi
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.folder import RELEASE_FILE


def doi_of(project: Project, given: str | None) -> str | None:
    """Return the DOI of the present version, from the command line or ``corpus.toml``; None where neither has one.

    ``doi-form`` where it is none, ``doi-conflict`` where both have one and they differ, ``doi-taken`` where a release
    of another version in ``dist/`` has it.
    """
    info = project.info()
    doi = bare_doi(given, "--doi") if given else info.doi
    if doi and info.doi and doi != info.doi:
        remedy = "Take one of the two away."
        raise CorpusError("doi-conflict", f"{doi} is not {info.doi} of corpus.toml.", where="--doi", remedy=remedy)
    for path in sorted(project.dist.glob(f"*/{RELEASE_FILE}")) if doi else ():
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.get("doi") == doi and (record["name"], record["version"]) != (info.name, info.version):
            what = f"{doi} is that of {record['name']} {record['version']}, and each version has its own."
            remedy = "Reserve a new one, and give it with --doi or as doi in corpus.toml."
            raise CorpusError("doi-taken", what, where=project.address(path), remedy=remedy)
    return doi
