"""What becomes of the test pages is stored by hash: the version of the extraction must tell of every change."""

import json
from pathlib import Path

from gold_pages import TESTS, read_pages
from ukrcorpus.core.tables import sha256
from ukrcorpus.sources.pages import extract_page

STORED = Path(__file__).with_suffix(".json")
RENEW = "PYTHONPATH=tests python tests/sources/test_page_outputs.py"
PAGES = [page for page in read_pages(TESTS / "normalise" / "pages") if page.form == "html"]


def outputs() -> dict[str, object]:
    """Return the version of the extraction, and the hash of what it makes of each page."""
    made = {page.name: extract_page(page.source, page.name) for page in PAGES}
    (version,) = {version for _text, version in made.values()}
    return {"version": version, "pages": {name: sha256(text.encode())[:12] for name, (text, _) in made.items()}}


def test_an_extraction_that_changed_has_another_version() -> None:
    stored, now = json.loads(STORED.read_text(encoding="utf-8")), outputs()
    if stored["version"] == now["version"]:
        assert stored["pages"] == now["pages"], f"raise WRITER_VERSION in pages.py, then renew with: {RENEW}"
    assert stored == now, f"renew with: {RENEW}"


def test_a_page_comes_out_the_same_whatever_was_read_before() -> None:
    alone = {page.name: extract_page(page.source, page.name)[0] for page in reversed(PAGES)}
    assert alone == {page.name: extract_page(page.source, page.name)[0] for page in PAGES}


if __name__ == "__main__":
    STORED.write_text(json.dumps(outputs(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
