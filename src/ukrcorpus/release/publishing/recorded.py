"""Recording a release as published: from then on its articles keep their splits, and their age is known."""

from dataclasses import dataclass
from pathlib import Path

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.derive.folder import open_folder
from ukrcorpus.release.write import release_folder
from ukrcorpus.sources.published import Published, published_file, read_published, write_published


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was added to ``published.jsonl``."""

    version: str
    n_new: int
    n_articles: int

    def as_text(self) -> str:
        """Return the line a person reads."""
        if not self.n_new:
            return f"All {self.n_articles:,} articles of {self.version} are recorded already."
        return (
            f"Recorded {self.n_new:,} of {self.n_articles:,} articles as first published in {self.version}; "
            "commit published.jsonl."
        )


def record_release(project: Project, folder: Path | None = None) -> Recorded:
    """Add the articles of a published release to ``published.jsonl``; once is as good as twice.

    Without a folder it is the release of the present version in ``dist/``. ``record-other`` where it is a release of
    another corpus, ``record-moved`` where one of its articles was published in another split before.
    """
    place = open_folder(folder or release_folder(project), verify=True)
    release, name = place.release, project.info().name
    if release["name"] != name:
        what, remedy = f"a release of {release['name']}, not of {name}.", "Give the release of this project."
        raise CorpusError("record-other", what, where=str(place.path), remedy=remedy)
    articles = place.read("articles").select(["article_id", "split"]).to_pylist()
    known = dict(read_published(project))
    fresh = []
    for row in articles:
        first = known.get(row["article_id"])
        if first is None:
            fresh.append(Published(**row, version=release["version"], released_on=release["release_date"]))
        elif first.split != row["split"]:
            raise _moved(project, first, row["split"], place.path)
    if fresh:
        write_published(project, [*known.values(), *fresh])
    return Recorded(release["version"], len(fresh), len(articles))


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
