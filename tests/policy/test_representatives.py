import pyarrow as pa

from ukrcorpus.policy.representatives import represent

# Three copies of one text, of which normalising chose "a", and one article of its own.
HASHES = {"a": "1", "b": "3", "c": "2", "d": "0"}


def articles(**status: str) -> pa.Table:
    return pa.table(
        {
            "article_id": list(HASHES),
            "text_sha256": list(HASHES.values()),
            "duplicate_cluster": ["a", "a", "a", "d"],
            "is_representative": [True, False, False, True],
            "split": ["test", "test", "test", "train"],
            "status": [status.get(name, "live") for name in HASHES],
        }
    )


def chosen(table: pa.Table) -> list[tuple[str, bool]]:
    return list(zip(table["duplicate_cluster"].to_pylist(), table["is_representative"].to_pylist(), strict=True))


def test_the_live_copy_with_the_smallest_content_hash_takes_the_place_of_one_that_is_not_live() -> None:
    for status in ("excluded", "withdrawn"):
        found = represent(articles(a=status))
        assert chosen(found) == [("a", False), ("a", False), ("a", True), ("d", True)]
        assert found.drop_columns(["is_representative"]).equals(articles(a=status).drop_columns(["is_representative"]))


def test_the_next_one_follows_where_that_one_is_not_live_either() -> None:
    assert chosen(represent(articles(a="withdrawn", c="excluded")))[:3] == [("a", False), ("a", True), ("a", False)]


def test_a_live_representative_stays_whatever_becomes_of_the_copies() -> None:
    assert represent(articles(b="excluded")).equals(articles(b="excluded"))


def test_a_cluster_without_a_live_article_keeps_its_representative() -> None:
    gone = articles(a="excluded", b="withdrawn", c="excluded", d="excluded")
    assert represent(gone).equals(gone)
