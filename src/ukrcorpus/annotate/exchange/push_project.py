"""The project of a step on a server: found by its title or made, its configuration compared and set."""

import hashlib
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.controls import Controls, same_config
from ukrcorpus.annotate.exchange.remote import RemoteProject
from ukrcorpus.annotate.exports.export import rounds_of
from ukrcorpus.annotate.exports.stream import stream_ours
from ukrcorpus.core.problems import CorpusError

_LONGEST: Final = 50
_DIGITS: Final = 6
_SHOWN: Final = 6


def title_of(corpus: str, step: str) -> str:
    """Return a project's title: at most 50 characters, other ones for other corpora.

    >>> title_of("talks", "both")
    'talks both'
    """
    title = f"{corpus} {step}"
    if len(title) <= _LONGEST:
        return title
    digest = hashlib.sha256(corpus.encode()).hexdigest()[:_DIGITS]
    return f"{corpus[: _LONGEST - len(step) - _DIGITS - 2]}-{digest} {step}"


def find_project(client: Client, title: str) -> RemoteProject | None:
    """Return the project of this title, or None; several raise ``push-project``."""
    found = client.projects(title)
    if len(found) > 1:
        ids = ", ".join(str(one.id) for one in found)
        remedy = "Rename all but the one that holds the labels."
        what = f"{len(found)} projects are called '{title}': {ids}."
        raise CorpusError("push-project", what, where=f"server '{client.name}'", remedy=remedy)
    return found[0] if found else None


def set_project(
    client: Client, found: RemoteProject | None, title: str, config: str, description: str
) -> RemoteProject:
    """Return the project with this configuration, made if need be; one that would break labels is ``push-config``."""
    if found is None:
        return client.make_project(title, config, description)
    where = f"server '{client.name}', project {found.id}"
    if same_config(found.config, config, where):
        return found
    if found.n_tasks:
        _check_labels(client, found, Controls.of(config, where), where)
    return client.change_project(found.id, label_config=config)


def _check_labels(client: Client, found: RemoteProject, controls: Controls, where: str) -> None:
    """Refuse a configuration in which something that was answered has no place any more."""
    broken: Counter[str] = Counter()
    n_annotations = 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        client.export(found, path)
        for task in stream_ours(path, where):
            for one, _ in rounds_of(task):
                unknown = set(controls.unknown(one.get("result") or ()))
                broken.update(unknown)
                n_annotations += bool(unknown)
    if broken:
        shown = ", ".join(f"{name} ({count})" for name, count in broken.most_common(_SHOWN))
        what = (
            f"the configuration of the schema has no place for {n_annotations} annotations and drafts there: {shown}."
        )
        remedy = "Pull them and migrate them (schema/migrations/), then push to a project of another title."
        raise CorpusError("push-config", what, where=where, remedy=remedy)
