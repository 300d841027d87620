"""Projects and tasks of a Label Studio server, as it lists them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class RemoteProject:
    """A project on a server."""

    id: int
    title: str
    config: str
    n_tasks: int

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Return what the server says of a project."""
        return cls(given["id"], given["title"], given["label_config"], given.get("task_number") or 0)


@dataclass(frozen=True, slots=True)
class RemoteTask:
    """A task on a server, as the list of tasks shows it; ``meta`` is what our push wrote there."""

    id: int
    article_id: str | None
    text_sha256: str | None
    n_annotations: int
    data_sha256: str
    scheme_version: str | None
    meta: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Return what the server says of a task."""
        data = given["data"] if isinstance(given.get("data"), dict) else {}
        article_id, digest, scheme = (data.get(key) for key in ("article_id", "text_sha256", "scheme_version"))
        return cls(
            id=given["id"],
            article_id=article_id if isinstance(article_id, str) else None,
            text_sha256=digest if isinstance(digest, str) else None,
            n_annotations=(given.get("total_annotations") or 0) + (given.get("cancelled_annotations") or 0),
            data_sha256=data_hash(data),
            scheme_version=scheme if isinstance(scheme, str) else None,
            meta=given["meta"] if isinstance(given.get("meta"), dict) else {},
        )


def data_hash(data: object) -> str:
    """Return the hash of a task's data, the same in whatever order its keys come."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("utf-8")).hexdigest()
