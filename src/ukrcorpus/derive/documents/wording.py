"""What is said of every corpus in more than one document: uses, limits, policies."""

from typing import Final

from ukrcorpus.core.project import UNFILLED_CONTACT
from ukrcorpus.derive.documents.facts import ReleaseFacts

ANSWER_DAYS: Final = 30
_FEW: Final = 5
NO_CONTACT: Final = "Where to write: Not stated by the maintainers (`contact` in `corpus.toml`)."

_GOOD_FOR: Final = (
    "Who takes which stance on which issue, as reported: each statement leads to the characters that say so.",
    "Training and testing systems that find claims, their holders and their stances.",
    "Networks of actors and issues, with dates and with the voice of each statement kept apart.",
)
_NOT_FOR: Final = (
    "Finding out what is true. Claims are recorded as reported and never checked.",
    "Judging persons. A row says what an article reports of somebody, not what somebody thinks.",
    "Counting who speaks most without looking at `voice`: being talked about is not speaking.",
)
_SAMPLE_GOOD_FOR: Final = (
    "Seeing the format: what a claim, a holder, a stance and their proof in the text look like.",
    "Writing and testing code against small tables before a corpus of published articles is at hand.",
    "Learning and discussing the annotation scheme.",
)
_SAMPLE_NOT_FOR: Final = (
    "Evidence of any kind: no row says what a person, a state or a body said, did or wants.",
    "Training or measuring models, and findings about the press, the war or the talks.",
)
LIMITS: Final = (
    "A claim reported inside another claim is not marked a second time, and no claim crosses the end of a line.",
    "Polarity is measured on one pole per issue. Positions that the pole does not grasp have none.",
    "`holder_org` follows dated roles in the registry and is null where no role is known for the day.",
    "A date is null where the text does not give it; it is never guessed.",
    "With fewer than 200 clusters of near-duplicates there is one split, `train`: too little to measure a model on.",
)
POLES: Final = """\
A pole is not the project's view. It is a ruler, worded so that each side could be asked to agree or disagree; which end
is positive means nothing. Texts keep the place names they have; elsewhere Ukrainian places stand in the usual English
form of their Ukrainian names (Kyiv). No name in the registry takes a side on borders, titles or offices."""
MADE: Final = """\
Each text was normalised by recorded passes: the source text and `edits` rebuild it and lead back. Annotations are
exports of Label Studio, made by the guidelines in `schema/guidelines.md`. Where two versions agree, the common one is
published; where they differ, the majority or a recorded decision counts (`decided_by`). Every version stays in
`annotations`, and who voted what in `votes`. Offsets count Unicode code points, half-open; each span satisfies
`text[start:end] == quote`. Unknown is null, never an empty string."""
SOCIAL: Final = """\
Who stands for what in a war is a sensitive matter, and labels err. A wrong label on a named person may harm, and counts
of stances may be read as a verdict. Each label leads to the words it rests on: read them before you repeat it."""
MAINTENANCE: Final = """\
A version that was published is never changed; corrections and withdrawals make a new one, with a changelog, and a patch
version changes documentation only. Older versions stay citable."""
PERSONS: Final = """\
Labels on persons concern their public office or their public part in the talks, and nothing else. Actors are such
persons, states, bodies and groups; private persons, prisoners, victims and minors are not entered. Annotators appear
under pseudonyms."""
TAKEN_OUT: Final = """\
What is taken out is gone from the next version, and the table `withdrawals` lists it. `ukrcorpus.load` masks it in
older versions too, as far as it sees a newer one. Every other loader of an older version (`datasets`, pandas, polars,
DuckDB) still shows it: use the newest version, and leave out what its list has."""
WITH_ITSELF: Final = """\
The agreement figure is that of a model with itself: it compares two independent passes of a language model."""


def good_for(facts: ReleaseFacts) -> tuple[str, ...]:
    """Return what the corpus is good for, one sentence each."""
    return _SAMPLE_GOOD_FOR if facts.is_sample else _GOOD_FOR


def not_for(facts: ReleaseFacts) -> tuple[str, ...]:
    """Return what the corpus must not be used for, one sentence each."""
    return _SAMPLE_NOT_FOR if facts.is_sample else _NOT_FOR


def holds(facts: ReleaseFacts) -> str:
    """Return the size of the release in a sentence."""
    numbers = facts.numbers
    n_claims, n_statements = numbers.n_rows("claims"), numbers.n_rows("statements")
    return f"It holds {numbers.n_articles:,} articles, {n_claims:,} claims and {n_statements:,} statements."


def contact(facts: ReleaseFacts) -> str:
    """Return where to write and when an answer comes, in a sentence."""
    if facts.info.contact == UNFILLED_CONTACT:
        return NO_CONTACT
    return f"Write to {facts.info.contact}. You have an answer within {ANSWER_DAYS} days."


def requests(facts: ReleaseFacts) -> str:
    """Return where to write about a label, a text or oneself, and when an answer comes."""
    return (
        f"You are named and object, hold rights to a text, or found an error? {contact(facts)} "
        "A text or a label that is taken out leaves a mark that it was there, without a word of it."
    )


def stated(facts: ReleaseFacts, key: str) -> str:
    """Return what the maintainers say of a question of ``[documentation]``, or that they do not."""
    return facts.info.documentation.get(key, f"Not stated by the maintainers (`documentation.{key}` in `corpus.toml`).")


def biases(facts: ReleaseFacts) -> tuple[str, ...]:
    """Return in what the corpus leans one way, with the figures that show it."""
    numbers, profile = facts.numbers, facts.numbers.profile
    if facts.is_sample:
        yours = "The texts carry the habits of the model that wrote them; they were not measured against press texts."
    else:
        yours = f"What its publishers ({profile.n_publishers:,}) chose to report; the press is not the world."
    found = [yours]
    if numbers.languages:
        language, n = numbers.languages[0]
        found.append(f"{n:,} of {numbers.n_articles:,} articles are in `{language}`.")
    n_statements = sum(n for _, n in profile.holders)
    if n_statements:
        most = profile.holders[:_FEW]
        share = 100 * sum(n for _, n in most) / n_statements
        whose = f"the {len(most)} most frequent of {len(profile.holders):,} holders"
        found.append(f"{share:.0f} % of statements are those of {whose}.")
    found.append("The codebook decides what counts as an issue; a claim that none of its poles grasps has no stance.")
    if numbers.all_models:
        found.append("What the model takes for granted is in both passes alike; their agreement does not show it.")
    return tuple(found)


def annotation(facts: ReleaseFacts) -> str:
    """Return how many annotators there were and how often they read an article, in a sentence."""
    profile = facts.numbers.profile
    if not profile.annotators:
        return "Nobody has annotated it yet."
    kinds = {"human": "persons", "model": "language models or passes of one"}
    who = " and ".join(f"{n} {kinds[kind]}" for kind, n in profile.annotators)
    times = "; ".join(f"{n:,} read {times} times" for times, n in profile.rounds)
    decided = f" A curator decided {profile.n_curated:,} of the published claims." if profile.n_curated else ""
    return f"Annotators: {who}. Articles: {times}.{decided}"


def collected(facts: ReleaseFacts) -> str:
    """Return when the articles were taken in and what their days of publication are."""
    profile, n = facts.numbers.profile, facts.numbers.n_articles
    days = profile.published
    published = f"published from {days.first} to {days.last}" if days.n_dated else "without a day of publication"
    undated = f" ({days.n_undated:,} without a day)" if days.n_dated and days.n_undated else ""
    fetched = "; taken in {}".format(" to ".join(sorted(map(str, set(profile.fetched))))) if profile.fetched else ""
    return f"{n:,} articles, {published}{undated}{fetched}."
