"""Machine-spun text: natural English in many styles stays, swapped words are found, other languages get no score."""

import importlib
import tomllib
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from ukrcorpus.normalise import ngrams, spun
from ukrcorpus.normalise.spun_marks import per_1000_words, swapped, verdict


def one_line(text: str) -> str:
    return " ".join(text.split())


NATURAL = one_line("""
The two delegations met in a hotel near the airport and talked for almost five hours. They agreed to exchange all
prisoners who are seriously ill, and to open a hotline between the general staffs. The hosts called the talks useful
but said that the main questions remain open. Neither side has changed its position on the territory that it claims,
and both accuse the other of attacks on power plants. The foreign minister told reporters that a ceasefire would need
observers from neutral countries and a clear list of what counts as a violation. His government is ready to sign such
a list, he said, if its allies promise to react when the agreement is broken. The next round will take place in two
weeks. Experts will prepare it in smaller groups, one for military matters and one for the exchange of prisoners. The
president thanked the hosts and asked the European Union to keep its sanctions until the last soldier has left. In the
capital the opposition demanded that parliament should have the final word on any agreement with the other side.
""")
SPUN = one_line("""
The pair of deputations met inside an inn close to the airfield and conversed for nearly five hours. They concurred
to swap over all captives who are gravely sickly, and to unlock a warm line amid the overall rods. The masters
named the speaks helpful yet uttered that the primary inquiries stay agape. Neither flank has altered its stance
upon the province that it asserts, and both blame the additional of raids upon might vegetation. The alien
clergyman informed correspondents that a stop of flame would require witnesses out of impartial lands and a
transparent roll of what tallies as an infringement. His regime is prepared to autograph such a roll, he uttered,
if its partners vow to respond when the pact is shattered. The following circle will grab location in two weeks.
Connoisseurs will ready it inside lesser bunches, one for martial issues and one for the swap of captives. The
chairman appreciated the masters and begged the European Marriage to hold its punishments till the final trooper
has departed. Within the principal town the resistance commanded that assembly ought to own the closing phrase upon
whichever pact along with the additional flank.
""")
# Written by people: a second language, an official's English, figures of speech, old-fashioned words, bare lists.
NOT_SPUN = {
    "second language": """
The head of the state noted that the sides have the common vision concerning the security in the region. As it was
reported earlier, the delegation arrived to the capital with the working visit. In the course of the meeting the
parties exchanged opinions on the wide range of issues and confirmed their readiness to deepen the cooperation in the
all fields. According to the minister, the negotiations was held in the constructive atmosphere. It should be noted
that the representatives of the both countries are working on the text of the document during the last two months. We
are grateful to our partners for the given support, he emphasized, and we count on the further assistance in this
difficult time for our people. The press service also informed that the ambassador handed the copies of his letters.
""",
    "officialese": """
The Committee took note of the report of the Chair and recalled its decision of the previous year. It invited the
Secretariat to submit, not later than six weeks before the next session, a list of outstanding obligations together
with an estimate of the costs arising therefrom. Participating States were encouraged to make voluntary contributions
in cash or in kind. The representative of the depositary drew attention to the provisions on the entry into force of
the annex and to the declarations made upon signature. One delegation reserved its position. The Committee agreed to
keep the matter under review and to revert to it in due course, and it requested that the present decision be
circulated to all missions without delay and attached to the summary record of the meeting.
""",
    "figures of speech": """
The talks were a chess game in slow motion, and nobody wanted to be the first to touch a piece. For three days the
envoys danced around the same word. It was a listening session, one of them sighed, in which everybody spoke. The
price of a pause went up every hour like the price of bread. When the delegates finally walked out into the snow they
looked like men who had sold a house and kept the key. Peace, said the oldest of them, is a door that opens only from
two sides. The reporters wrote it down, because there was nothing else to write. Back home the papers called the
evening a funeral for hope, but the markets rose, and the trains to the border were full of people with suitcases.
""",
}


@pytest.fixture
def fit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return importlib.import_module("spun_fit")


def test_a_spun_text_is_heavy_and_its_source_is_not() -> None:
    assert verdict(NATURAL).level == "no"
    assert verdict(NATURAL).marks == ()
    assert verdict(SPUN).level == "heavy"
    assert verdict(SPUN).score == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("style", NOT_SPUN)
def test_unusual_english_by_people_is_not_spun(style: str) -> None:
    assert verdict(one_line(NOT_SPUN[style])).level == "no"


def test_marks_are_whole_words_in_order_with_their_probability() -> None:
    marks = verdict(SPUN).marks
    assert all(SPUN[mark.start : mark.end].strip() == SPUN[mark.start : mark.end] for mark in marks)
    assert all(before.end <= after.start for before, after in pairwise(marks))
    assert all(mark.score is None or 0.6 <= mark.score < 1 for mark in marks)
    assert per_1000_words(SPUN, marks) > 100


def test_fingerprints_that_overlap_are_one_mark() -> None:
    text = "The White Home says that it will finish the struggle in Ukraine with a stop-fire."
    assert [text[mark.start : mark.end] for mark in verdict(text).marks] == [
        "White Home",
        "finish the struggle",
        "stop-fire",
    ]


def test_an_official_name_with_a_wrong_part_is_marked() -> None:
    text = f"{NATURAL} The Security Potato met the Prime Minister of the United Nations in the White House."
    assert [text[mark.start : mark.end] for mark in swapped(text) if mark.kind == "spun.entity"] == ["Security Potato"]


def test_a_swapped_part_of_a_set_phrase_is_a_term() -> None:
    kinds = {SPUN[mark.start : mark.end]: mark.kind for mark in swapped(SPUN)}
    assert kinds["vegetation"] == "spun.lexical"
    assert "spun.term" in {mark.kind for mark in swapped(SPUN.replace("raids upon might", "frozen vegetation and"))}


def test_other_languages_and_short_texts_get_no_score() -> None:
    ukrainian = "Міністр закордонних справ заявив, що переговори тривали дві години і були корисними. " * 20
    german = "Der Minister sagte am Montag, dass die Verhandlungen zwei Stunden dauerten und nützlich waren. " * 20
    for text in (ukrainian, german, NATURAL[:200], ""):
        assert verdict(text).level is None
        assert verdict(text).score is None


def test_a_verdict_does_not_depend_on_what_was_judged_before() -> None:
    first = verdict(SPUN)
    verdict(NATURAL)
    for cache in (verdict, ngrams.pair, ngrams._word):
        cache.cache_clear()
    assert verdict(SPUN) == first


def test_reading_and_marking_judge_the_same_words() -> None:
    words = list(spun.judged_words(ngrams.words_of(SPUN)))
    reading = spun.read(SPUN)
    assert reading.n_judged == len(words)
    assert reading.swapped == pytest.approx(sum(spun.logistic(spun.evidence(word)) for word in words) / len(words))


def test_a_long_text_is_read_in_its_beginning_and_middle() -> None:
    assert spun.read(NATURAL * 20).n_judged < spun.read(NATURAL * 5).n_judged * 1.2
    assert verdict(NATURAL * 20 + SPUN).level == "no"
    assert verdict(SPUN * 20).level == "heavy"


def test_british_spelling_and_possessives_are_known_words() -> None:
    forms = [word.form if word else None for word in ngrams.words_of("mobilisation minister's scepticism")]
    assert forms == ["mobilization", "minister's", "skepticism"]


def test_the_model_is_what_the_development_counts_give(fit: ModuleType) -> None:
    made = fit.fitted_words() | fit.fitted_documents()
    kept = tomllib.loads(fit.MODEL.read_text(encoding="utf-8"))
    assert made.keys() == kept.keys()
    for name, value in kept.items():
        assert made[name] == pytest.approx(value, abs=0.01), name
