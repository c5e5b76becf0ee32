"""What the index keeps of each field of a Whoosh schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from index.whooshes import DATETIME, Schema, columns, formats

ID = "id"  # the column of unique document ids

Postings = Literal["positions", "frequencies", "documents"]
Column = Literal["number", "text"]
Tokens = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """How one field is stored.

    Attributes:
        name: of the field.
        field: Whoosh's field object.
        postings: how much of each occurrence of a term; None when it is not searched.
        scorable: whether lengths are kept and BM25F applies.
        column: values by document, if any.
        tokens: the analyzer's fast way: all terms in order of position, one for each position
            (in a field without positions, all terms).
    """

    name: str
    field: Any
    postings: Postings | None
    scorable: bool
    column: Column | None
    tokens: Tokens | None


def plan(schema: Schema) -> tuple[FieldPlan, ...]:
    """How each field of `schema` is stored.

    Raises:
        ValueError: a field needs what a segment does not keep (stored text, vectors, field
            boosts, columns of other types than whole numbers and strings), or there is no
            column of numbers called "id".
    """
    plans = tuple(_plan(name, field) for name, field in schema.items())
    if not any(item.name == ID and item.column == "number" for item in plans):
        raise ValueError(f'the schema needs a column of whole numbers called "{ID}"')
    return plans


def fingerprint(schema: Schema) -> str:
    """Equal for schemas whose segments are alike."""
    return " ".join(
        f"{item.name}:{item.postings or ''}:{'s' * item.scorable}:{item.column or ''}"
        for item in sorted(plan(schema), key=lambda item: item.name)
    )


def _plan(name: str, field: Any) -> FieldPlan:
    column = _column(name, field)
    postings = _postings(name, field) if field.format and getattr(field, "indexed", True) else None
    if getattr(field, "vector", None):
        raise ValueError(f"{name}: term vectors are not kept")
    if field.stored and column is None:
        raise ValueError(f"{name}: only columns can be stored")
    tokens = getattr(field.analyzer, "fast_tokens", None) if postings else None
    scorable = bool(field.scorable) and postings is not None
    return FieldPlan(name, field, postings, scorable, column, tokens)


def _postings(name: str, field: Any) -> Postings:
    if getattr(field.format, "field_boost", 1.0) != 1.0:
        raise ValueError(f"{name}: boosts belong to queries")
    if field.format.supports("positions"):
        return "positions"
    return "documents" if isinstance(field.format, formats.Existence) else "frequencies"


def _column(name: str, field: Any) -> Column | None:
    kind = field.column_type
    if kind is None:
        return None
    if isinstance(kind, columns.NumericColumn):
        if isinstance(field, DATETIME) or getattr(field, "numtype", int) is not int:
            raise ValueError(f"{name}: columns hold whole numbers or strings")
        return "number"
    if isinstance(kind, columns.RefBytesColumn | columns.VarBytesColumn):
        return "text"
    raise ValueError(f"{name}: columns hold whole numbers or strings")
