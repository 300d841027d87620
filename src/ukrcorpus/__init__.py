"""Who claims what about the diplomacy of the war in Ukraine: a corpus toolkit with provable annotations."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ukrcorpus.research.load import load

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def __getattr__(name: str) -> object:
    """Import ``load`` when it is asked for: pyarrow takes a third of a second."""
    if name == "load":
        from ukrcorpus.research.load import load

        return load
    raise AttributeError(f"module 'ukrcorpus' has no attribute '{name}'")
