"""What a run would do: how many articles are stale, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from ukrcorpus.core.project import Project
from ukrcorpus.normalise.makers import maker_digest
from ukrcorpus.normalise.records import Pending
from ukrcorpus.normalise.run import SHARDS, STAGE
from ukrcorpus.normalise.shards import Shard, Work, cut, known_digests, record_digest
from ukrcorpus.normalise.state import NAME, State
from ukrcorpus.schema.model import Schema


@dataclass(slots=True)
class Plan:
    """Counts of articles: all, new ones, those that differ from the last run, those whose files are to be proved.

    ``other_passes`` says that the last run had other passes, repair lists or columns, so that every article is stale.
    """

    n_articles: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_unproved: int = 0
    other_passes: bool = False

    def as_text(self) -> str:
        """Return the lines a person reads."""
        why = "; passes, repair lists or columns are others than in the last run" if self.other_passes else ""
        made = f"{self.n_new + self.n_changed:,} of {self.n_articles:,} articles would be made anew"
        lines = [f"{made}: {self.n_new:,} new, {self.n_changed:,} changed{why}"]
        if self.n_unproved:
            lines.append(f"the files of {self.n_unproved:,} more have other times than before: to be proved again")
        return "\n".join(lines)


def plan(project: Project, schema: Schema, articles: Iterable[Pending]) -> Plan:
    """Return what a run would do; nothing is written and no source is read."""
    folder = project.build / STAGE
    work, state = Work(folder / SHARDS, schema, maker_digest(schema)), State.read(folder / NAME)
    found = Plan(other_passes=bool(state.maker) and state.maker != work.maker)
    for shard in cut(articles):
        found.n_articles += len(shard.pending)
        if state.fresh(work, shard) is None:
            _count(found, work, shard)
    return found


def _count(found: Plan, work: Work, shard: Shard) -> None:
    known = known_digests(work, shard)
    for one in shard.pending:
        one.check()
        if one.article_id not in known:
            found.n_new += 1
        elif known[one.article_id] != record_digest(work, one):
            found.n_changed += 1
        else:
            found.n_unproved += 1
