"""The splits of a release as its card shows them, from ``splits.json``."""

from collections.abc import Mapping
from typing import Any, Final

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.markdown import plain, table

SPLITS: Final = "splits.json"
_ORDER: Final = ("train", "validation", "test", "held_back")
_HEAD: Final = """\
An article and all that hangs on it stand in one split, and keep it in every later version. What would tie two splits
together, or lies outside of its split's time, is in `held_back`: use it for neither training nor measuring."""
_SIZES: Final = {
    "articles": "Articles",
    "clusters": "Clusters",
    "of_event": "Of the event",
    "first_day": "First day",
    "last_day": "Last day",
    "undated": "Without a day",
}
_CHECKED: Final = "Checked by machine, and again by `ukrcorpus release verify`:"
_EVENT: Final = """\
The articles of the held-out event are in `test` whatever their day: the days here, and the order of time, are those of
the others."""
_LEAKS: Final = """\
What is listed as leaking was published before it was known, and stays; `splits.json` names the articles."""


def splits(facts: ReleaseFacts) -> list[str]:
    """Return the section: sizes and days by split, and what was checked; nothing where there is one split."""
    given = facts.numbers.splits
    return split_lines(given) if given and len(given["splits"]) > 1 else []


def split_lines(given: Mapping[str, Any]) -> list[str]:
    """Return the lines that a certificate asks for."""
    shown = {name: label for name, label in _SIZES.items() if given["declared"].get("event") or name != "of_event"}
    sizes = [
        [f"`{split}`", *("–" if given["splits"][split][one] is None else given["splits"][split][one] for one in shown)]
        for split in _ORDER
        if split in given["splits"]
    ]
    checks = [[plain(one["what"]), f"{one['checked']:,} {one['unit']}", _result(one)] for one in given["checks"]]
    aside = ["", _EVENT] if given["declared"].get("event") else []
    lines = [_HEAD, "", *table(("Split", *shown.values()), sizes), *aside, "", _CHECKED, ""]
    lines += table(("What must hold", "Checked", "Broken by"), checks)
    return [*lines, "", _LEAKS] if any(one["leaks"] for one in given["checks"]) else lines


def _result(check: Mapping[str, Any]) -> str:
    found = f"{len(check['leaks']):,}" if check["leaks"] else "none"
    return f"{found}; the largest share is {check['largest']:.1%}" if "largest" in check else found
