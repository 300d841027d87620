"""Rights."""

import pytest

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.policy.rights import LICENCES, text_rights


def test_without_a_known_licence_the_text_may_not_be_passed_on() -> None:
    assert {licence for licence in LICENCES if text_rights(licence, "row") == "full"} == {
        "CC0-1.0",
        "CC-PDDC",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "CC-BY-SA-3.0",
        "CC-BY-SA-4.0",
        "OGL-UK-3.0",
        "etalab-2.0",
    }
    with pytest.raises(CorpusError, match="licence-unknown"):
        text_rights("my own", "row")
