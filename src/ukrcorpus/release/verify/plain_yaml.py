"""YAML of a release that somebody else wrote: plain values only, and no references that grow when they are followed."""

from typing import Any


def read_mapping(text: str | None) -> dict[str, Any] | None:
    r"""Return the mapping that a text holds; None where it is no YAML, no mapping, or has aliases.

    >>> read_mapping("a: 1"), read_mapping("a: &x 1\nb: *x"), read_mapping("- 1")
    ({'a': 1}, None, None)
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, several times as fast, where libyaml is
    try:
        aliased = any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text or "", Loader=loader))
        given = None if aliased else yaml.load(text or "", Loader=loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date such as 2026-99-99
        return None
    return given if isinstance(given, dict) else None
