"""A small corpus of three near-copies of one report and an article of its own, with claims and mentions of persons."""

from pathlib import Path
from typing import Any, Final

from annotated_exports import Mark, annotation, claim, mention, normalised, result, task, write_export
from ukrcorpus.annotate.exports.importing import ImportOptions, import_export
from ukrcorpus.annotate.run import mint_ids
from ukrcorpus.core.project import Project
from ukrcorpus.core.tables import read_table, sha256
from ukrcorpus.policy.withdrawals import Kind
from ukrcorpus.release.assemble import STAGE
from ukrcorpus.release.withdraw import Outcome, Wanted, withdraw
from ukrcorpus.schema.model import Schema
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.ingest import ingest
from ukrcorpus.sources.options import IngestOptions

PERSON: Final = "per:zelensky"
NAME: Final = "Volodymyr Zelenskyy"
REPORT: Final = (
    "Envoys return to the table after a month of silence\n\n"
    "Delegations from six countries met on Saturday in a hotel above the lake, the first such round since the spring. "
    "Volodymyr Zelenskyy said that Ukraine would accept a full ceasefire at once. Turkey supports a truce at sea, "
    "an official of the ministry in Ankara told reporters, and offered ships to watch over it. Volodymyr Zelenskyy and "
    "the Kremlin want more talks. The hosts counted forty points in their draft, of which some thirty are settled; "
    "the rest concern land, guarantees and the order of the steps. A second meeting is planned within the month, "
    "with the same teams and in the same rooms, if nobody walks out before. Two papers were handed over and none was "
    "signed, and the buses left in the evening by the road along the shore.\n"
)
TEXTS: Final = {
    "lake-talks": REPORT,
    "lake-copy-one": f"{REPORT.rstrip()} Our correspondent wrote this.\n",
    "lake-copy-two": f"{REPORT.rstrip()} With news of the agencies.\n",
    "harbour": "A note on the harbour\n\nTurkey opened the port for grain on Monday. The mayor was pleased.\n",
}
URLS: Final = {
    "lake-copy-one": "https://news.example/2025/05/volodymyr-zelenskyy-accepts",
    "harbour": "https://news.example/2025/05/harbour",
}
ACCEPTS: Final = claim("Volodymyr Zelenskyy said that Ukraine would accept a full ceasefire at once", [PERSON])
SEA: Final = claim("Turkey supports a truce at sea", ["gov:tr"], issue="limited_truce")
TALKS: Final = claim("Volodymyr Zelenskyy and the Kremlin want more talks", [PERSON, "org:ru_presidency"])
NAMED: Final = mention(NAME, PERSON)
ANKARA: Final = mention("Ankara", "gov:tr", form="metonym")
BOTH: Final = mention("Volodymyr Zelenskyy and the Kremlin", PERSON, "org:ru_presidency", form="nominal_plural")
MARKS: Final[tuple[Mark, ...]] = (ACCEPTS, SEA, TALKS, NAMED, ANKARA, BOTH)


def annotated(project: Project, folder: Path) -> Project:
    """Ingest the texts, and import what two annotators marked in each of the copies."""
    schema = read_schema(project.schema)
    for article_id, url in URLS.items():
        (file := folder / f"{article_id}.txt").write_text(TEXTS[article_id], encoding="utf-8")
        known = IngestOptions(article_id=article_id, url=url, licence="CC0-1.0", published="2025-05-22")
        ingest(project, [file], known)
    texts = normalised(project, schema, folder, **TEXTS)
    for number, who in enumerate(("annotator-01", "annotator-02")):
        tasks = []
        for place, (article_id, text) in enumerate(sorted(texts.items())):
            marks = MARKS if article_id != "harbour" else (claim("Turkey opened the port for grain", ["gov:tr"]),)
            made = annotation(1 + 10 * number + place, 1, result(text, _noted(marks, who), schema))
            tasks.append(task(article_id, text, [made], id=place + 1))
        report = import_export(
            project, schema, write_export(folder / f"{who}.json", tasks), ImportOptions(server=who, name=who)
        )
        assert not report.findings, report.as_text()
    mint_ids(project, schema)
    return project


def _noted(marks: tuple[Mark, ...], who: str) -> tuple[Mark, ...]:
    """Let the first annotator write a note about a person at a claim of somebody else."""
    noted = Mark(SEA.words, SEA.label, {**SEA.answers, "note": f"Or is it {NAME.upper()}?"})
    return tuple(noted if mark is SEA and who == "annotator-01" else mark for mark in marks)


def rows(project: Project, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table of the built corpus."""
    found: list[dict[str, Any]] = read_table(project.table(STAGE, table)).to_pylist()
    return found


def take_out(project: Project, schema: Schema, kind: Kind, one: str, *, dry_run: bool = False) -> Outcome:
    """Withdraw something for reasons of privacy."""
    return withdraw(project, schema, Wanted(kind, one, "privacy"), dry_run=dry_run)


def set_version(project: Project, old: str, new: str) -> None:
    """Give the corpus another version."""
    file = project.root / "corpus.toml"
    text = file.read_text(encoding="utf-8")
    assert f'version = "{old}"' in text
    file.write_text(text.replace(f'version = "{old}"', f'version = "{new}"'), encoding="utf-8")


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}
