"""Who claims what about the diplomacy of the war in Ukraine: a corpus toolkit with provable annotations."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ukrcorpus.research.load import load
    from ukrcorpus.sources.withdrawn_since import WithdrawnWarning

__version__ = "0.1.0"
__all__ = ["WithdrawnWarning", "__version__", "load"]


def __getattr__(name: str) -> object:
    """Import ``load`` and its warning when they are asked for: pyarrow takes a third of a second."""
    if name in ("WithdrawnWarning", "load"):
        from ukrcorpus.research import load

        return getattr(load, name)
    raise AttributeError(f"module 'ukrcorpus' has no attribute '{name}'")
