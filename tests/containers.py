"""Small real containers for the tests, and what ingest made of them."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

from ukrcorpus.core.project import Project
from ukrcorpus.sources.entry import ManifestEntry
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.manifest import check_manifest, read_manifest
from ukrcorpus.sources.options import IngestOptions
from ukrcorpus.sources.report import ContainerLines

TEXT = "Talks resume\n\nThe envoy said the delegation would return. Kyiv welcomed the step.\n"
PAGE = (
    "<html lang='en'><head><title>Talks resume</title></head><body><article><h1>Talks resume</h1>"
    "<p>The envoy said the delegation would return to the table in the spring, and named no place. {n}</p>"
    "<p>Kyiv welcomed the step, the ministry wrote; the other side kept silent on the second day too.</p>"
    "</article></body></html>"
)


def put(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file; a name that ends in .gz packs it."""
    path = folder / name
    raw = data.encode("utf-8") if isinstance(data, str) else data
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


def jsonl(*records: object) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


def warc(*records: dict[str, Any], packed: bool = False) -> bytes:
    """Write records with the library: keys kind, uri, body, status, headers, warc (more WARC headers)."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for number, record in enumerate(records):
        kind = record.get("kind", "response")
        headers = record.get("headers", [("Content-Type", "text/html; charset=utf-8")])
        status = record.get("status", "200 OK")
        first = "GET / HTTP/1.1" if kind == "request" else status
        http = StatusAndHeaders(first, headers, protocol="HTTP/1.1", is_http_request=kind == "request")
        writer.write_record(
            writer.create_warc_record(
                record.get("uri", f"https://gazette.example/{number}"),
                kind,
                payload=io.BytesIO(record.get("body", PAGE.format(n=number).encode())),
                http_headers=http if kind in ("response", "request", "revisit") else None,
                warc_content_type=record.get("type", ""),
                warc_headers_dict={"WARC-Date": "2025-08-14T09:00:00Z"} | record.get("warc", {}),
            )
        )
    return out.getvalue()


def ingested(project: Project, path: Path, **said: Any) -> ContainerLines:
    """Ingest one container; whatever is in raw/ afterwards must be in order."""
    (lines,) = ingest(project, [path], IngestOptions(**said)).lines
    assert isinstance(lines, ContainerLines)
    assert [finding.as_text() for finding in check_manifest(project)] == []
    return lines


def counts(lines: ContainerLines) -> dict[str, int]:
    return {str(outcome): n for outcome, n in lines.counts.items() if n}


def by_record(project: Project) -> dict[int, ManifestEntry]:
    return {entry.record: entry for entry in read_manifest(project) if entry.record is not None}


def refusals(project: Project, lines: ContainerLines) -> list[str]:
    """Return where and why each record was refused, from the quarantine file."""
    path = project.root / lines.refusals
    if not path.is_file():
        return []
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [f"{line['where'].rpartition('/')[2]}: {line['what']} [{line['rule']}]" for line in read]
