"""The few fields of an export's tasks that count, as msgspec decodes them; it skips the rest.

Items are told apart by their type. Answers are frozen, so that equal ones can be looked up.
"""

from typing import Annotated, Any, Final, Literal

import msgspec

_Texts = tuple[str, ...]
_Offset = Annotated[int, msgspec.Meta(ge=0)]


class Marked(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    """A span, its label and the editor's copy of its text."""

    start: _Offset
    end: _Offset
    labels: tuple[str]
    text: str | _Texts | None = None


class Ticked(msgspec.Struct, gc=False, frozen=True):  # type: ignore[misc, call-arg]
    """What was ticked in a list or a tree."""

    choices: _Texts | msgspec.UnsetType = msgspec.UNSET
    taxonomy: tuple[_Texts, ...] | msgspec.UnsetType = msgspec.UNSET


class Typed(msgspec.Struct, gc=False, frozen=True):  # type: ignore[misc, call-arg]
    """What was typed."""

    text: str | _Texts | msgspec.UnsetType = msgspec.UNSET


class _Item(msgspec.Struct, gc=False, tag_field="type"):  # type: ignore[misc, call-arg]
    id: str
    to_name: Literal["text"]


class SpanItem(_Item, gc=False, tag="labels"):  # type: ignore[call-arg]
    """An item that marks a span."""

    from_name: Literal["label"]
    value: Marked
    origin: str | None = None


class _Choices(_Item, gc=False, tag="choices"):  # type: ignore[call-arg]
    from_name: str
    value: Ticked


class _Taxonomy(_Item, gc=False, tag="taxonomy"):  # type: ignore[call-arg]
    from_name: str
    value: Ticked


class _Textarea(_Item, gc=False, tag="textarea"):  # type: ignore[call-arg]
    from_name: str
    value: Typed


class PersonFields(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    """Who made an annotation, in an expanded export."""

    id: int
    email: str | None = None


class _Annotation(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    unique_id: str
    was_cancelled: bool
    created_at: str
    completed_by: int | str | PersonFields
    lead_time: float | None = None
    result: list[SpanItem | _Choices | _Taxonomy | _Textarea] | None = None


class _Data(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    text: str
    article_id: str
    text_sha256: str
    scheme_version: str | None = None


class _Task(msgspec.Struct, gc=False):  # type: ignore[misc, call-arg]
    id: int
    data: _Data
    annotations: list[_Annotation]
    drafts: list[None] = []


UNUSUAL: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
UNSET: Final = msgspec.UNSET


def decoder() -> Any:
    """Return what decodes the bytes of one task; it raises one of ``UNUSUAL`` for all that is not as expected."""
    return msgspec.json.Decoder(_Task).decode
