"""A small schema to break: tests write one slip into a copy of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the small schema, in a folder named schema."""
    return Path(shutil.copytree(SMALL, tmp_path / "schema"))


@pytest.fixture
def slip(small: Path) -> Callable[[str, str, str], Path]:
    """Return a function that puts one text in the place of another, which stands once, in a file of the copy."""

    def put(file: str, find: str, instead: str) -> Path:
        text = (small / file).read_text(encoding="utf-8")
        assert text.count(find) == 1, f"'{find}' stands {text.count(find)} times in {file}"
        (small / file).write_text(text.replace(find, instead), encoding="utf-8")
        return small

    return put
