"""``rehydrate``: put back into a text-free release what a user's own copies of the articles prove."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ukrcorpus.core.logical_hash import check_known, logical_hash
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.tables import read_table
from ukrcorpus.derive.folder import Folder, open_folder
from ukrcorpus.policy.rights import Edition, TextRights, text_free
from ukrcorpus.release.text_free.copies import Shelved, read_copy
from ukrcorpus.release.text_free.kept import check_kept
from ukrcorpus.release.text_free.proofs import PROOFS, Copy, known_proofs
from ukrcorpus.release.text_free.refill import Proved, Words, refill
from ukrcorpus.release.text_free.rehydrated import REHYDRATED, write_rehydrated
from ukrcorpus.release.text_free.withheld import withheld
from ukrcorpus.schema.read import read_schema
from ukrcorpus.sources.withdrawn_since import Source, masked_since

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fate:
    """What a user's copies gave of one article; ``why`` says why its text is not back."""

    article_id: str
    why: str | None = None
    n_exact: int = 0
    n_moved: int = 0
    n_lost: int = 0

    def as_text(self) -> str:
        """Return the line a person reads of an article whose text is not back."""
        spans = f"; of its spans {self.n_exact} are back in place, {self.n_moved} from elsewhere, {self.n_lost} lost"
        return f"{self.article_id}: {self.why}" + spans * bool(self.n_exact + self.n_moved + self.n_lost)


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """Where the release with its texts lies, what became of each article, and which tables are not the full ones.

    ``withdrawn`` says what was withdrawn since the release was made, if something was.
    """

    folder: Path
    fates: tuple[Fate, ...]
    differing: tuple[str, ...]
    withdrawn: str | None = None

    @property
    def missing(self) -> tuple[Fate, ...]:
        """The articles whose text is not back."""
        return tuple(one for one in self.fates if one.why)

    def as_text(self) -> str:
        """Return the report that a person reads."""
        n_back = len(self.fates) - len(self.missing)
        lines = [f"{n_back} of {len(self.fates)} texts are back, each proved by its hash, in {self.folder}"]
        lines += [one.as_text() for one in self.missing]
        if self.withdrawn:
            lines.append(f"{self.withdrawn[0].upper()}{self.withdrawn[1:]} No word of it was put back.")
        if self.differing:
            lines.append(f"Not as in the full edition: {', '.join(self.differing)}.")
            lines.append("What annotators typed, and what inputs gave beside the texts, is in no copy and stays null.")
        else:
            lines.append("Every table is as in the full edition, by its logical hash.")
        return "\n".join(lines)


def rehydrate(
    release: Path,
    raw: Path,
    output: Path | None = None,
    *,
    replace: bool = False,
    withdrawals: Source | None = None,
) -> Rehydrated:
    """Write a release with the texts that ``raw`` proves to ``output``; the one that is read stays as it is.

    Every value put back is that of the full edition, by hash. What was withdrawn since, by the newest list in sight as
    ``load`` finds it, gets no word back. An earlier one that lies there and has more of the rest is kept unless
    ``replace``. Rules: ``rehydrate-full``, ``rehydrate-output``, ``rehydrate-fewer``, ``raw-folder-missing`` and
    those of ``open_folder``.
    """
    folder = open_folder(release, verify=True)
    check_known(folder.release, str(release))
    place = output or release.with_name(f"{release.name.removesuffix('-text-free')}-rehydrated")
    _check(folder, place)
    schema = read_schema(release / "schema")
    tables = {name: folder.read(name) for name in folder.table_names}
    shelved, proofs = Shelved.of(raw), known_proofs(read_table(release / PROOFS))
    given: dict[str, Words] = {}
    troubles: dict[str, str] = {}
    masked = masked_since(folder, withdrawals, mask=True)
    gone = masked.withdrawn.articles if masked else frozenset[str]()
    lacking = tuple(one for one in _lacking(tables["articles"]) if one["article_id"] not in gone)
    for article in lacking:
        found = _words(article, shelved, proofs.get(article["article_id"], {}), schema.repairs)
        if isinstance(found, str):
            troubles[article["article_id"]] = found
        else:
            given[article["article_id"]] = found
    filled = refill(schema, tables, given)
    filled = withheld(schema, masked, text_free(schema, tables), filled) if masked else filled
    if place.exists() and not replace:
        check_kept(open_folder(place, verify=False), schema, filled, raw, masked)
    write_rehydrated(place, folder, schema, filled, masked)
    fates = tuple(_fate(one["article_id"], given, troubles) for one in lacking)
    return Rehydrated(place, fates, tuple(_differing(folder, filled)), masked.what() if masked else None)


def _check(folder: Folder, place: Path) -> None:
    if folder.release["edition"] == Edition.FULL:
        what, remedy = "this edition has every text.", "Give a release whose name ends in -text-free."
        raise CorpusError("rehydrate-full", what, where=str(folder.path), remedy=remedy)
    inside = folder.path.resolve() in (place.resolve(), *place.resolve().parents)
    if inside or (place.exists() and not _is_ours(place)):
        what, remedy = "something else lies there.", "Name another folder with --output DIR."
        raise CorpusError("rehydrate-output", what, where=str(place), remedy=remedy)


def _is_ours(place: Path) -> bool:
    try:
        return bool(open_folder(place, verify=False).release["edition"] == REHYDRATED)
    except CorpusError:
        return False


def _lacking(articles: pa.Table) -> Iterator[_Row]:
    """Yield the articles without their text that were not withdrawn."""
    for row in articles.to_pylist():
        if row["text"] is None and row["text_rights"] == TextRights.NONE and row["status"] != "withdrawn":
            yield row


def _words(article: _Row, shelved: Shelved, proofs: Mapping[tuple[int, int], str], repairs: Any) -> Words | str:
    """Return what gives an article's words, or why nothing does."""
    path = shelved.copy_of(article)
    if path is None:
        return "missing: no file has its bytes or its name"
    try:
        read = read_copy(path, article, shelved, repairs)
    except CorpusError as error:
        return f"other bytes: {path.name}: {error.what}"
    if read.same_text:
        return Proved(read)
    return Copy(read.text.text, article["text_sha256"], proofs)


def _fate(article_id: str, given: Mapping[str, Words], troubles: Mapping[str, str]) -> Fate:
    words = given.get(article_id)
    if not isinstance(words, Copy):
        return Fate(article_id, troubles.get(article_id))
    places = list(words.found.items())
    n_exact = sum(at == span[0] for span, at in places)
    n_lost = sum(at is None for _, at in places)
    return Fate(article_id, "other text", n_exact, len(places) - n_exact - n_lost, n_lost)


def _differing(folder: Folder, tables: Mapping[str, pa.Table]) -> Iterator[str]:
    for name, table in tables.items():
        about = folder.release["tables"][name]
        if logical_hash(table, about["key"]) != about.get("full_logical_hash", about["logical_hash"]):
            yield name
