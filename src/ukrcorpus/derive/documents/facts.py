"""What every document of a release is written from: the schema, corpus.toml and one set of numbers."""

from dataclasses import dataclass

from ukrcorpus.core.project import CorpusInfo
from ukrcorpus.derive.numbers import ReleaseNumbers
from ukrcorpus.schema.model import Schema


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """One release; ``doi`` is the bare identifier (10.5281/zenodo.123), or None where it has none."""

    schema: Schema
    info: CorpusInfo
    numbers: ReleaseNumbers
    doi: str | None = None

    @property
    def folder(self) -> str:
        """Return the name of the release's folder."""
        return f"{self.info.name}-{self.info.version}{'-text-free' if self.numbers.text_free else ''}"

    @property
    def is_sample(self) -> bool:
        """Say whether a language model wrote every text, so that no row is evidence of anything."""
        return 0 < self.numbers.n_articles == self.numbers.n_machine_written
