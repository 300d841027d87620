"""Recording a release as published: from then on its articles keep their splits, and their age is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.folder import Folder, open_folder
from ukrcorpus.release.write import release_folder
from ukrcorpus.sources.published import NAME as PUBLISHED
from ukrcorpus.sources.published import Published, published_file, read_published, write_published
from ukrcorpus.sources.released import NAME, Released, add_released, read_released, rows_of_record


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was added to ``published.jsonl``, and whether ``releases.jsonl`` got a line."""

    version: str
    n_new: int
    n_articles: int
    is_new: bool

    def as_text(self) -> str:
        """Return the line a person reads."""
        done = f"All {self.n_articles:,} articles of {self.version} are recorded already"
        if self.n_new:
            done = f"Recorded {self.n_new:,} of {self.n_articles:,} articles as first published in {self.version}"
        files = [name for name, changed in ((PUBLISHED, self.n_new), (NAME, self.is_new)) if changed]
        return done + (f"; commit {' and '.join(files)}." if files else ".")


def record_release(project: Project, folder: Path | None = None) -> Recorded:
    """Add a published release to ``releases.jsonl`` and its articles to ``published.jsonl``; once is as good as twice.

    Without a folder it is the release of the present version in ``dist/``. ``record-other`` where it is a release of
    another corpus, ``record-moved`` where one of its articles was published in another split before, ``record-rows``
    where its version was published with other rows.
    """
    place = _own(project, folder)
    release, known, is_new = place.release, read_published(project), _is_new(project, place)
    fresh = _unlisted(project, place, known)
    if is_new:  # first, so that no version stands in published.jsonl whose rows nobody knows
        add_released(project, Released(release["version"], release["release_date"], rows_of_record(release)))
    if fresh:
        write_published(project, [*known.values(), *fresh])
    return Recorded(release["version"], len(fresh), release["tables"]["articles"]["rows"], is_new)


def check_recorded(project: Project, folder: Path | None = None) -> str:
    """Return what to say of a release that is recorded with its rows and articles, and change nothing.

    ``record-missing`` where it is not; the other errors are those of ``record_release``.
    """
    place = _own(project, folder)
    is_new, fresh = _is_new(project, place), _unlisted(project, place, read_published(project))
    version, n_articles = place.release["version"], place.release["tables"]["articles"]["rows"]
    if is_new or fresh:
        lacking = [f"{NAME} has no line for it"] * is_new
        lacking += [f"{PUBLISHED} lacks {len(fresh):,} of its {n_articles:,} articles"] * bool(fresh)
        what = f"{version} is not recorded: {', and '.join(lacking)}."
        remedy = f"Run ukrcorpus release record, commit {PUBLISHED} and {NAME}, and tag that commit."
        raise CorpusError("record-missing", what, where=str(place.path), remedy=remedy)
    return f"{version} is recorded: its rows in {NAME}, its {n_articles:,} articles in {PUBLISHED}."


def _own(project: Project, folder: Path | None) -> Folder:
    """Return a release of the project."""
    place = open_folder(folder or release_folder(project), verify=True)
    name, own = place.release["name"], project.info().name
    if name != own:
        what, remedy = f"a release of {name}, not of {own}.", "Give the release of this project."
        raise CorpusError("record-other", what, where=str(place.path), remedy=remedy)
    return place


def _is_new(project: Project, place: Folder) -> bool:
    check_rows(project, place.release, place.path)
    return place.release["version"] not in read_released(project)


def _unlisted(project: Project, place: Folder, known: Mapping[str, Published]) -> list[Published]:
    """Return the articles that no release before had."""
    fresh, release = [], place.release
    for row in place.read("articles").select(["article_id", "split"]).to_pylist():
        first = known.get(row["article_id"])
        if first is None:
            fresh.append(Published(**row, version=release["version"], released_on=release["release_date"]))
        elif first.split != row["split"]:
            raise _moved(project, first, row["split"], place.path)
    return fresh


def check_rows(project: Project, release: Mapping[str, Any], where: Path) -> None:
    """Raise ``record-rows`` where a release's version was published with other rows than its own."""
    known = read_released(project).get(release["version"])
    if known and known.rows_sha256 != rows_of_record(release):
        what = f"{known.version} was published on {known.released_on} with other rows, says {NAME}."
        remedy = "Raise the version in corpus.toml and build again; ukrcorpus release version says to which."
        raise CorpusError("record-rows", what, where=str(where), remedy=remedy)


def record_where_made(root: Path, folder: Path) -> str:
    """Record a release in its project, and return what to say; elsewhere, that it is still to be recorded there."""
    name = open_folder(folder, verify=False).release["name"]
    if not (root / "corpus.toml").is_file() or Project(root).info().name != name:
        return f"Not recorded: this is not the project of {name}. Run there: ukrcorpus release record DIR."
    return record_release(Project(root), folder).as_text()


def _moved(project: Project, first: Published, split: str, place: Path) -> CorpusError:
    what = f"'{first.article_id}' is in {split}, and was published in {first.split} in {first.version}."
    remedy = f"Build the release with {project.address(published_file(project))} as it is, and publish that one."
    return CorpusError("record-moved", what, where=str(place), remedy=remedy)
