"""Synthetic articles for splits: days, publishers, clusters, shared lines and copied texts, all drawn from a seed."""

from datetime import date, timedelta
from random import Random

from ukrcorpus.policy.splits.assign import assign_splits
from ukrcorpus.policy.splits.candidates import Candidate
from ukrcorpus.policy.splits.certificate import Certificate, certify
from ukrcorpus.policy.splits.marks import Text
from ukrcorpus.policy.splits.plan import Split, SplitPlan

FIRST = date(2024, 1, 1)
N_DAYS = 400
LETTERS = "abdefgiklmnoprstuvz"


def draws(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - nothing secret


def words(random: Random, n: int) -> str:
    return " ".join("".join(random.choices(LETTERS, k=random.randint(3, 9))) for _ in range(n))


def article(number: int, random: Random, **given: object) -> Candidate:
    """Return an article of its own cluster, whose words no other has."""
    day = FIRST + timedelta(days=random.randrange(N_DAYS))
    own = Candidate(f"a{number:04d}", f"a{number:04d}", None, "courier", (day, day), Text.of(words(random, 30)))
    return replace(own, **given)


def replace(one: Candidate, **given: object) -> Candidate:
    """Return an article with other values; a text may be given as such."""
    texts = {"text": Text.of(str(given["text"]))} if "text" in given else {}
    return one._replace(**given | texts)  # type: ignore[arg-type]


def corpus(seed: int, n: int) -> list[Candidate]:
    """Return articles of which some are tied: by cluster, page, line or copied text; some have no day."""
    random, made = draws(seed), list[Candidate]()
    notes = [f"{words(random, 8)} 12 {number}" for number in range(12)]
    for number in range(n):
        one, chance = article(number, random, publisher=f"outlet-{random.randrange(4)}"), random.random()
        earlier = random.choice(made) if made else one
        if chance < 0.06:
            one = replace(one, cluster=earlier.cluster)
        elif chance < 0.09:
            one = replace(one, page=f"https://news.example/{random.randrange(8)}")
        elif chance < 0.16:
            one = replace(one, text=f"{one.text}\n{random.choice(notes)}")
        elif chance < 0.22:
            one = replace(one, text=f"{words(random, 10)}\n{str(earlier.text)[: len(str(earlier.text)) * 2 // 3]}")
        if random.random() < 0.15:
            one = replace(one, days=None)
        made.append(replace(one, of_event=random.random() < 0.03))
    return made


def split(articles: list[Candidate], plan: SplitPlan, published: dict[str, Split] | None = None) -> dict[str, Split]:
    """Return the splits of some articles in any order."""
    return assign_splits(articles, plan, published or {})


def checked(
    articles: list[Candidate], splits: dict[str, Split], plan: SplitPlan, published: dict[str, Split] | None = None
) -> Certificate:
    return certify(articles, splits, plan, published or {})
