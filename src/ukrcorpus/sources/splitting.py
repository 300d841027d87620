"""What a project says of its splits: ``[splits]`` of ``corpus.toml`` and ``published.jsonl``."""

from collections.abc import Iterable
from typing import Final

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.policy.splits.marks import KnownMarks
from ukrcorpus.policy.splits.plan import Split, read_plan
from ukrcorpus.policy.splits.tables import Splitting
from ukrcorpus.schema.model import Issue
from ukrcorpus.sources.published import published_file, read_published

MARKS: Final = ".marks.arrow"


def read_splitting(project: Project, issues: Iterable[Issue]) -> Splitting:
    """Return the declared plan and the splits of published articles; every slip is a ``CorpusError``.

    The marks are those that the last build kept.
    """
    plan = read_plan(project.info().splits, tuple(one.issue for one in issues))
    published = read_published(project)
    for one in published.values():
        if one.split not in set(Split):
            what, where = f"'{one.article_id}' is in no split '{one.split}'.", project.address(published_file(project))
            raise CorpusError("published-line", what, where=where, remedy=f"Use one of: {', '.join(Split)}.")
    splits = {name: Split(one.split) for name, one in published.items()}
    return Splitting(plan, splits, KnownMarks(project.build / MARKS))
