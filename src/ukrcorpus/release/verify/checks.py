"""Every check of a release alone, in the order it is asked: what it looks at, what it asks, what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from ukrcorpus.core.problems import Finding
from ukrcorpus.release.verify import card, croissant, data, files, notices, splits
from ukrcorpus.release.verify.evidence import Evidence
from ukrcorpus.release.verify.files import Held
from ukrcorpus.release.verify.record import Record
from ukrcorpus.validate.rules import Broken

_Seen = TypeVar("_Seen")
_AGAIN: Final = "Fetch or build the release again; an edited release is no release."
_FOREIGN: Final = "Take it out of the folder, or verify a copy that holds the release alone."
_REPORT: Final = "Build again; if it stays, the toolkit wrote what does not agree: a fault of ours to report."
_CHANGELOG: Final = "Write the heading and what changed into the project's CHANGELOG.md, and build again."


@dataclass(frozen=True, slots=True)
class Check(Generic[_Seen]):
    """One check: its id for ever, what finds its breaches, its sentence and its remedy."""

    id: str
    find: Callable[[_Seen], Iterator[Broken]]
    checks: str
    remedy: str

    def findings(self, seen: _Seen) -> Iterator[Finding]:
        """Yield the breaches as findings."""
        for one in self.find(seen):
            yield Finding(self.id, one.where, one.got, one.expected, self.remedy)


Recorded = tuple[Held, Record]

OF_FILES: Final[tuple[Check[Held], ...]] = (
    Check(
        "release-link",
        files.check_links,
        "Every entry of the folder is a folder or a file of its own: no link leads elsewhere.",
        "Copy the release with the files themselves (cp -L); in a cache of the Hub, verify hf://datasets/... instead.",
    ),
    Check(
        "sums-line",
        files.check_sums,
        "SHA256SUMS is there, and each line is a hash and the path of a file below the folder, once.",
        _AGAIN,
    ),
    Check("release-file-missing", files.check_there, "Every file that SHA256SUMS lists is there.", _AGAIN),
    Check("release-file-extra", files.check_listed, "SHA256SUMS lists every other file.", _FOREIGN),
    Check("release-file-changed", files.check_unchanged, "Every file has the SHA-256 that SHA256SUMS lists.", _AGAIN),
)
OF_RECORD: Final[tuple[Check[Recorded], ...]] = (
    Check(
        "record-files",
        lambda seen: files.check_recorded(*seen),
        "release.json lists every file but itself and SHA256SUMS, with its hash and size.",
        _AGAIN,
    ),
)
OF_DATA: Final[tuple[Check[Evidence], ...]] = (
    Check(
        "record-inputs",
        data.check_inputs,
        "schema/ is the one that release.json names among the inputs, but for the names of persons who were withdrawn.",
        _AGAIN,
    ),
    Check("record-schema", data.check_definition, "release.json describes the definition in schema/.", _REPORT),
    Check("data-unreadable", data.check_readable, "Every data file is a Parquet file.", _AGAIN),
    Check(
        "data-columns",
        data.check_columns,
        "Every data file has exactly the columns, order, types and nulls of schema/tables/, and no metadata.",
        _AGAIN,
    ),
    Check(
        "data-unlisted",
        data.check_listed,
        "Every file in data/ is one that release.json names, of one split of one table.",
        _FOREIGN,
    ),
    Check("data-rows", data.check_rows, "Files, tables and splits have as many rows as release.json counts.", _AGAIN),
    Check("data-split", data.check_splits, "Every row lies in the split of its article.", _REPORT),
    Check("data-hash", data.check_logical, "Every table has the logical hash that release.json lists.", _AGAIN),
    Check(
        "edition-text",
        data.check_rights,
        "A text-free edition has null in every protected column of articles whose text may not be passed on.",
        "Do not pass this release on. Report it: the build should have failed.",
    ),
    Check(
        "edition-proofs",
        data.check_proofs,
        "A text-free edition has proofs.parquet, of articles whose text may not be passed on, and no other has.",
        _REPORT,
    ),
)
OF_DOCUMENTS: Final[tuple[Check[Evidence], ...]] = (
    Check(
        "record-default",
        data.check_default,
        "The default config is the first of statements, statements_all and articles that has rows.",
        _REPORT,
    ),
    Check("card-head", card.check_head, "The card's head has the title, licences, languages and size.", _REPORT),
    Check(
        "card-configs",
        card.check_configs,
        "The card has one config for each table with rows: version, digest, splits and files are the release's.",
        _REPORT,
    ),
    Check("card-sizes", card.check_sizes, "The card's dataset_info counts the rows and bytes of each split.", _REPORT),
    Check("card-features", card.check_features, "The card's features are those that schema/tables/ derives.", _REPORT),
    Check(
        "card-text",
        card.check_text,
        "The text of the card says the version, the date, the counts, the licences and the known errors.",
        _REPORT,
    ),
    Check(
        "documents-text",
        card.check_documents,
        "Datasheet, data statement, citations, Croissant and deposit say the version, and the counts of the tables.",
        _REPORT,
    ),
    Check(
        "croissant-head",
        croissant.check_head,
        "croissant.json says the release's name, version, date and licence.",
        _REPORT,
    ),
    Check("croissant-invalid", croissant.check_valid, "croissant.json is Croissant, says mlcroissant.", _REPORT),
    Check(
        "croissant-files",
        croissant.check_files,
        "croissant.json lists every data file with its SHA-256, size and rows.",
        _REPORT,
    ),
    Check(
        "croissant-records",
        croissant.check_records,
        "The record sets of croissant.json are the tables with rows, column by column.",
        _REPORT,
    ),
    Check(
        "citation-file",
        notices.check_citation,
        "CITATION.cff cites this release: title, version, date and licence.",
        _REPORT,
    ),
    Check(
        "citation-doi",
        notices.check_doi,
        "Card, Croissant, CITATION.cff, CITATION.bib and zenodo.json name the DOI of release.json, and no other.",
        _REPORT,
    ),
    Check(
        "deposit-file",
        notices.check_deposit,
        "zenodo.json describes this release: title, version, date, licence, and open access only where it is lawful.",
        _REPORT,
    ),
    Check(
        "split-certificate",
        splits.check_certificate,
        "splits.json is what its checks find in the tables: sizes, ties, similarity, the held-out event and time.",
        _REPORT,
    ),
    Check(
        "split-leaks",
        splits.check_leaks,
        "Nothing leaks from one split into another but what was published before it was known.",
        "Do not measure on this release. Build it again, and report it if it stays.",
    ),
    Check("split-card", splits.check_card, "The card shows the sizes and checks of splits.json.", _REPORT),
    Check("licence-file", notices.check_licence, "LICENSE names the version, its date and the licence.", _REPORT),
    Check("changelog-version", notices.check_changelog, "CHANGELOG.md has a heading for the version.", _CHANGELOG),
)


def catalogue() -> dict[str, str]:
    """Return what each check asks, by id."""
    every: tuple[Check[Held] | Check[Recorded] | Check[Evidence], ...]
    every = (*OF_FILES, *OF_RECORD, *OF_DATA, *OF_DOCUMENTS)
    return {one.id: one.checks for one in every}
