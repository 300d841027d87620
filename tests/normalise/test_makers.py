"""What makes other rows of the same text must have a higher version: old rows are stale then.

Renew ``maker_outputs.json`` with: python tests/normalise/test_makers.py
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ukrcorpus.core.alignment import AlignedText, Change
from ukrcorpus.core.tables import sha256
from ukrcorpus.normalise import article
from ukrcorpus.normalise.article import RawArticle, measured
from ukrcorpus.normalise.flags import flags_of
from ukrcorpus.normalise.makers import MAKERS, Maker
from ukrcorpus.normalise.signals import signals_of
from ukrcorpus.normalise.signatures import signature
from ukrcorpus.schema.model import Repairs

HERE = Path(__file__).parent
STORED = HERE / "maker_outputs.json"
RENEW = "python tests/normalise/test_makers.py"


def outputs() -> dict[str, str]:
    """Return the hash of what each maker makes of the texts as they stand; passes have no part in it."""
    made: dict[str, list[object]] = {maker.name: [] for maker in MAKERS}
    for number, source in enumerate(sources()):
        for name, rows in rows_of(RawArticle({"article_id": f"text-{number}"}, source)).items():
            made[name].append(rows)
    return {name: sha256(json.dumps(rows, default=str, sort_keys=True).encode())[:16] for name, rows in made.items()}


def sources() -> Iterator[str]:
    """Yield the sample articles, and short ones in the other languages."""
    for path in sorted((HERE.parents[1] / "raw" / "articles").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    yield "Переговори тривають\n\nДелегація прибула до столиці, але розмова не розпочалася. Рада чекає на весну."
    yield "Переговоры идут\n\nДелегация прибыла в столицу, но разговор не начался. Комиссия ждёт весны."


def rows_of(raw: RawArticle) -> dict[str, object]:
    text = AlignedText.of(raw.source)
    of = measured(text)
    row = article._article(raw, of, Repairs((), (), (), "")) | {"normaliser": None}
    return {
        "articles": row,
        "blocks": list(article._blocks(raw.article_id, of)),
        "sentences": list(article._sentences(raw.article_id, of)),
        "edits": list(article._edits(raw.article_id, text.change("cut", [Change(0, 1, "")]))),
        "flags": list(flags_of(text, tuple(of.blocks))),
        "signals": signals_of(of),
        "signatures": signature(raw.source).hex(),
    }


@pytest.fixture(scope="module")
def now() -> dict[str, str]:
    return outputs()


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.name)
def test_a_maker_whose_outcome_changed_has_a_higher_version(maker: Maker, now: dict[str, str]) -> None:
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    assert stored["texts"] == short("".join(sources())), f"the texts are others; renew with: {RENEW}"
    then = stored["makers"][maker.name]
    assert then["version"] <= maker.version, f"renew with: {RENEW}"
    raise_it = f"raise the version of {maker.name} in MAKERS, then renew with: {RENEW}"
    assert then["version"] < maker.version or then["outputs"] == now[maker.name], raise_it


def short(text: str) -> str:
    return sha256(text.encode("utf-8"))[:16]


def renew() -> None:
    """Store what every maker makes of the texts now."""
    made = outputs()
    makers = {maker.name: {"version": maker.version, "outputs": made[maker.name]} for maker in MAKERS}
    stored = {"texts": short("".join(sources())), "makers": makers}
    STORED.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    renew()
