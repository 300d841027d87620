"""A release loaded back the way a stranger loads it: with ``datasets``, offline."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What ``datasets`` found: rows by config, and its own version."""

    version: str
    rows: dict[str, int]

    def as_text(self) -> str:
        """Return the line a person reads."""
        n_rows = sum(self.rows.values())
        return f"Loaded back with datasets {self.version}, offline: {len(self.rows)} configs, {n_rows:,} rows."


def load_back(folder: Path) -> ReadBack:
    """Load every config of a release with ``datasets.load_dataset``.

    Works in a cache of its own, so that it neither meets nor leaves old rows.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when `datasets` is imported
    import datasets

    datasets.disable_progress_bars()
    rows = {}
    with tempfile.TemporaryDirectory() as cache:
        for name in datasets.get_dataset_config_names(str(folder)):
            splits = datasets.load_dataset(str(folder), name, cache_dir=cache)
            rows[name] = sum(split.num_rows for split in splits.values())
    return ReadBack(datasets.__version__, rows)
