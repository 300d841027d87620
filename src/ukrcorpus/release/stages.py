"""The stages before a release: what each reads, what it makes, and running those that are stale."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from ukrcorpus.annotate.documents import ANSWERS
from ukrcorpus.annotate.run import CONFLICTS, run_annotate
from ukrcorpus.annotate.run import STAGE as ANNOTATE
from ukrcorpus.core.problems import CorpusError, near
from ukrcorpus.core.project import Project
from ukrcorpus.core.stamps import Hashes, Known, Stamp, code_hash, hashes, settled_stat, tool_versions
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise.article import Correction, RawArticle
from ukrcorpus.normalise.engines.local import LocalEngine
from ukrcorpus.normalise.records import Pending
from ukrcorpus.normalise.run import STAGE as NORMALISE
from ukrcorpus.normalise.run import run_normalise
from ukrcorpus.release.assemble import STAGE as CORPUS
from ukrcorpus.release.assemble import assemble
from ukrcorpus.schema.model import Schema
from ukrcorpus.sources.corrections import Correction as Written
from ukrcorpus.sources.corrections import read_corrections
from ukrcorpus.sources.lines import ManifestLine, manifest_lines
from ukrcorpus.sources.manifest import ManifestEntry, read_manifest
from ukrcorpus.sources.published import published_file
from ukrcorpus.sources.readers import read_source

_LARGE: Final = 1 << 18  # bytes of a manifest whose articles are worth the start of other processes


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline: it reads files and the tables of stages before it, and makes ``build/<name>/``."""

    name: str
    after: tuple[str, ...]
    reads: Callable[[Project], tuple[Path, ...]]
    run: Callable[[Project, Schema, Known], object]


def _normalise(project: Project, schema: Schema, known: Known) -> None:
    is_large = project.manifest.is_file() and project.manifest.stat().st_size > _LARGE
    articles = raw_articles(project, known.below(project.raw))
    run_normalise(project, schema, articles, LocalEngine() if is_large else LocalEngine(1))


STAGES: Final[tuple[Stage, ...]] = (
    Stage(NORMALISE, (), lambda p: (p.raw, p.schema / "repairs.toml", p.schema / "tables"), _normalise),
    Stage(ANNOTATE, (NORMALISE,), lambda p: (p.annotations, p.schema), lambda p, s, _: run_annotate(p, s)),
    Stage(
        CORPUS,
        (NORMALISE, ANNOTATE),
        lambda p: (p.root / "corpus.toml", published_file(p), p.raw / "withdrawals.toml", p.schema),
        lambda p, s, _: assemble(p, s),
    ),
)


def stage_inputs(project: Project, known: Known | None = None) -> dict[str, Hashes]:
    """Return the hashes of what each stage reads, to be taken before anything is read: what changes then is stale.

    A folder has one hash, whatever lies in it.
    Raise ``link-in-project`` for a symbolic link in schema or annotations: releases would hold what it leads to.
    """
    _refuse_links(project)
    tools, known = tool_hashes(), known or Known()
    return {stage.name: tools | _folded(project, stage.reads(project), known) for stage in STAGES}


def run_stale(
    project: Project, schema: Schema, inputs: dict[str, Hashes] | None = None, known: Known | None = None
) -> tuple[str, ...]:
    """Run the stages whose inputs, code or outputs changed since their last run; return their names."""
    known = known or Known()
    read = inputs or stage_inputs(project, known)
    made: dict[str, Hashes] = {}
    ran = []
    for stage in STAGES:
        stamp = _stamp(project, stage, read, made)
        made[stage.name] = _outputs(stage, project, known)
        if not stamp.is_fresh(made[stage.name]):
            for name in stamp.foreign(made[stage.name]):  # a stage keeps what it finds to be right, and may be mistaken
                (project.root / name).unlink()
            stamp.lift()
            stage.run(project, schema, known)
            made[stage.name] = _outputs(stage, project, known)
            stamp.set(made[stage.name])
            ran.append(stage.name)
    return tuple(ran)


def first_stale(project: Project, known: Known | None = None) -> str | None:
    """Return the first stage that ``run_stale`` would run; None where all are fresh."""
    read, made = stage_inputs(project, known), dict[str, Hashes]()
    for stage in STAGES:
        made[stage.name] = _outputs(stage, project, known)
        if not _stamp(project, stage, read, made).is_fresh(made[stage.name]):
            return stage.name
    return None


def stamp_file(project: Project, stage: str) -> Path:
    """Return where a stage's stamp lies; it holds the hashes of all that the stage read and made."""
    return project.build / stage / "stamp.json"


def tool_hashes() -> Hashes:
    """Return what besides its files decides what a stage makes: this code and the versions of its tools."""
    return {"code": code_hash()} | {f"version of {name}": version for name, version in tool_versions().items()}


def raw_articles(project: Project, stats: Mapping[str, str | None] | None = None) -> Iterator[Pending]:
    """Yield every article of the manifest in the order of their ids, to be read where its work is done.

    ``stats`` are those of the files below ``raw/``, where they were looked at already.
    """
    corrections, raw, looked = read_corrections(project), str(project.raw), stats or {}
    for line in manifest_lines(project):
        own, files = corrections.get(line.article_id, ()), line.files()
        known = [stat for file in files if (stat := looked.get(file))]
        whole = len(known) == len(files)
        stat = ", ".join(known) if whole else settled_stat([f"{raw}/{file}" for file in files])
        digest = sha256(f"{line.text}{own}".encode())
        yield Pending(line.article_id, digest, stat, partial(_load, project, line, own), line.entry)


def raw_article(project: Project, article_id: str) -> RawArticle:
    """Return one article of the manifest with its source text and corrections, or raise ``article-unknown``."""
    entries = {entry.article_id: entry for entry in read_manifest(project)}
    if article_id not in entries:
        raise CorpusError(
            "article-unknown",
            f"no article is called '{article_id}'.",
            where=project.address(project.manifest),
            remedy=near(article_id, entries),
        )
    return _raw_article(project, entries[article_id], read_corrections(project).get(article_id, ()))


def set_aside(project: Project) -> dict[str, int]:
    """Return how many inputs lie in quarantine, by stage."""
    counts = {stage.name: _n_lines(project.quarantine / f"{stage.name}.jsonl") for stage in STAGES}
    return {name: n for name, n in counts.items() if n}


def _stamp(project: Project, stage: Stage, read: dict[str, Hashes], made: dict[str, Hashes]) -> Stamp:
    own = {path: digest for name in stage.after for path, digest in made[name].items()}
    return Stamp(stamp_file(project, stage.name), read[stage.name] | own)


def _folded(project: Project, paths: tuple[Path, ...], known: Known) -> Hashes:
    found = {project.address(path): known.folded(path) for path in paths}
    return {name: digest for name, digest in found.items() if digest}


def _load(project: Project, line: ManifestLine, own: tuple[Written, ...]) -> RawArticle:
    return _raw_article(project, line.entry(), own)


def _raw_article(project: Project, entry: ManifestEntry, own: tuple[Written, ...]) -> RawArticle:
    changes = tuple(Correction(one.find, one.replace, one.occurrence) for one in own)
    return RawArticle(_provenance(entry), read_source(project, entry), changes)


def _refuse_links(project: Project) -> None:
    own = [project.root / name for name in ("corpus.toml", "CHANGELOG.md", "docs/guidelines.md")]
    for path in (*own, *project.schema.rglob("*"), *project.annotations.rglob("*")):
        if path.is_symlink():
            raise CorpusError(
                "link-in-project",
                "this is a symbolic link; what it leads to would be published.",
                where=project.address(path),
                remedy="Put the file itself there.",
            )


def _outputs(stage: Stage, project: Project, known: Known | None) -> Hashes:
    folder = project.build / stage.name
    files = [
        *sorted(folder.glob("*.parquet")),
        folder / CONFLICTS,
        folder / ANSWERS,
        project.quarantine / f"{stage.name}.jsonl",
    ]
    return hashes(project.root, files, known)


def _provenance(entry: ManifestEntry) -> dict[str, object]:
    """Return the columns of ``articles`` that a manifest line gives."""
    return {
        "article_id": entry.article_id,
        "origin": entry.origin,
        "publisher": entry.publisher,
        "url": entry.url,
        "published": entry.published,
        "published_precision": entry.published_precision,
        "fetched_at": entry.fetched_at,
        "licence": entry.licence,
        "text_rights": entry.text_rights,
        "raw_file": entry.file,
        "raw_sha256": entry.sha256,
        "raw_encoding": entry.encoding,
        "raw_encoding_from": entry.encoding_from,
        "raw_container": entry.container,
        "raw_record": entry.record,
        "raw_record_id": entry.record_id,
        "title": entry.title,
        "byline": entry.byline,
        "language": entry.language,
        "extractor": entry.extractor,
        "extractor_version": entry.extractor_version,
        "supersedes": entry.supersedes,
    }


def _n_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0
