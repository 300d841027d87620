"""Ingesting JSONL, CSV and WARC against the bare loop over the same records, and memory at ten times the input.

    python benchmarks/ingest.py [N_RECORDS]

CPU time of one process a measurement, median of 3 alternating rounds. A crawl has one page for 20 records of the
others, for it is extracted. The bare loops read every record and keep nothing; "and files" writes each text to a
file of its own, as raw/ wants it. The last lines ingest one more article into a manifest of 100 and of 100,000 lines.
"""

import csv
import io
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 3
PER_PAGE = 20
WORDS = (
    "the envoy said that talks on grain ports would go on in spring and named no place while ministers of both sides "
    "waited for a letter from the capital which nobody in the hall had read before noon on monday"
).split()


def main() -> None:
    n_records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, make in MAKERS.items():
            n = n_records // PER_PAGE if kind == "warc" else n_records
            for times in (1, 10):
                make(folder / f"{times}.{kind}", n * times)
            rounds = [
                {work: measured(work, folder / f"1.{kind}", folder) for work in works(kind)} for _ in range(ROUNDS)
            ]
            report(kind, n, rounds, measured("ours", folder / f"10.{kind}", folder))
        for n_lines in (100, 100_000):
            shelf = measured("one-more", folder / "1.jsonl", folder, n_lines)
            print(f"one more article into {n_lines:>7,} lines   {shelf['cpu_s'] * 1e3:8.1f} ms")


def works(kind: str) -> tuple[str, ...]:
    return (f"bare-{kind}", "ours") if kind == "warc" else (f"bare-{kind}", "bare-files", "ours")


def report(kind: str, n: int, rounds: list[dict[str, dict[str, float]]], tenfold: dict[str, float]) -> None:
    for work in rounds[0]:
        cpu_s = statistics.median(one[work]["cpu_s"] for one in rounds)
        against = statistics.median(one["ours"]["cpu_s"] / one[work]["cpu_s"] for one in rounds)
        ours = f"ours takes {against:6.2f} x" if work != "ours" else ""
        print(f"{kind:6} {work:11} {n / cpu_s:10,.0f} records per CPU second  {ours}")
    peak = statistics.median(one["ours"]["peak_mb"] for one in rounds)
    print(f"{kind:6} peak memory {peak:7.0f} MB, of ten times the input {tenfold['peak_mb']:7.0f} MB")


def measured(work: str, file: Path, folder: Path, *more: int) -> dict[str, float]:
    """Run one piece of work in a process of its own."""
    command = [sys.executable, __file__, "--work", work, str(file), str(folder), *map(str, more)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def work(name: str, file: Path, folder: Path, *more: str) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        run = prepared(name, file, Path(place), *more)
        start = time.process_time()
        run()
        cpu_s = time.process_time() - start
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"cpu_s": cpu_s, "peak_mb": peak_kb / 1e3}))


def prepared(name: str, file: Path, place: Path, *more: str) -> Callable[[], object]:
    if name.startswith("bare"):
        return lambda: BARE[name](file, place)
    from ukrcorpus.sources.ingest import ingest
    from ukrcorpus.sources.new import new_project
    from ukrcorpus.sources.options import IngestOptions

    project = new_project(place / "project")
    if name == "one-more":
        long_manifest(project, int(more[0]))
        ingest(project, [], IngestOptions())
        (place / "one.txt").write_text("The envoy said no.\n", encoding="utf-8")
        return lambda: ingest(project, [place / "one.txt"], IngestOptions())
    import trafilatura  # noqa: F401 - as the bare loop has it loaded

    return lambda: ingest(project, [file], IngestOptions())


def long_manifest(project: object, n_lines: int) -> None:
    from ukrcorpus.core.tables import sha256

    entry = json.dumps({
        "extractor": None, "extractor_version": None, "encoding": "utf-8", "fetched_at": None, "format": 1,
        "licence": "unknown", "origin": "published", "published": None, "published_precision": None,
        "publisher": "Example Gazette", "supersedes": None, "text_rights": "none",
    })[1:]  # fmt: skip
    hashes = sorted(sha256(str(number).encode()) for number in range(n_lines))
    lines = (
        f'{{"article_id": "{one[:16]}", "file": "articles/{one[:3]}/{one[:16]}.txt", "sha256": "{one}", '
        f'"source_sha256": "{one}", "url": "https://gazette.example/{one}", {entry}\n'
        for one in hashes
    )
    project.manifest.write_text("".join(lines), encoding="utf-8")  # type: ignore[attr-defined]


def bare_jsonl(file: Path, _place: Path) -> None:
    with file.open("rb") as lines:
        for line in lines:
            json.loads(line)


def bare_csv(file: Path, _place: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        for _row in csv.reader(lines):
            pass


def bare_files(file: Path, place: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = map(json.loads, lines) if file.suffix == ".jsonl" else csv.DictReader(lines)
        for number, row in enumerate(rows):
            (place / f"{number}.txt").write_text(row["text"], encoding="utf-8")


def bare_warc(file: Path, _place: Path) -> None:
    import trafilatura
    from warcio.archiveiterator import ArchiveIterator

    with file.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                trafilatura.extract(record.content_stream().read().decode("utf-8"))


def texts(n: int) -> list[str]:
    chance = random.Random(20261122)
    return [" ".join(chance.choices(WORDS, k=chance.randrange(200, 900))) for _ in range(n)]


def make_jsonl(file: Path, n: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        for number, text in enumerate(texts(n)):
            row = {"title": f"Talks {number}", "text": text, "url": f"https://gazette.example/{number}"}
            out.write(json.dumps(row | {"date": "2025-08-14"}) + "\n")


def make_csv(file: Path, n: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["title", "text", "url", "date"])
        rows.writerows([f"Talks {n}", one, f"https://gazette.example/{n}", "2025-08"] for n, one in enumerate(texts(n)))


def make_warc(file: Path, n: int) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    http = [("Content-Type", "text/html; charset=utf-8")]
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number, text in enumerate(texts(n)):
            for kind, body in (("request", b""), ("response", page(number, text).encode())):
                first = StatusAndHeaders("200 OK", http, protocol="HTTP/1.1", is_http_request=kind == "request")
                stream, url = io.BytesIO(body), f"https://gazette.example/{number}"
                writer.write_record(writer.create_warc_record(url, kind, payload=stream, http_headers=first))


def page(number: int, text: str) -> str:
    words = text.split()
    paragraphs = "".join(f"<p>{' '.join(words[at : at + 60])}.</p>" for at in range(0, len(words), 60))
    links = "".join(f"<li><a href='/{n}'>Another story of the day, number {n}</a></li>" for n in range(40))
    head = f"<title>Talks {number} | Gazette</title><meta property='og:site_name' content='Example Gazette'>"
    menu = f"<nav><ul>{links}</ul></nav>"
    article = f"<article><h1>Talks {number}</h1>{paragraphs}</article>"
    return f"<html lang='en'><head>{head}</head><body>{menu}{article}<aside><ul>{links}</ul></aside></body></html>"


MAKERS = {"jsonl": make_jsonl, "csv": make_csv, "warc": make_warc}
BARE = {"bare-jsonl": bare_jsonl, "bare-csv": bare_csv, "bare-files": bare_files, "bare-warc": bare_warc}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), *sys.argv[5:])
    else:
        main()
