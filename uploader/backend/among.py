"""Conditions on many values: one parameter, so that statements, and plans, are those from before."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ARRAY, BindParameter, Column, ColumnElement, String, any_, func, select

Among = Callable[[Column[str], BindParameter[Any]], ColumnElement[bool]]


def _sqlite(column: Column[str], values: BindParameter[Any]) -> ColumnElement[bool]:
    return column.in_(select(func.json_each(values).table_valued("value").c.value))


def _postgresql(column: Column[str], values: BindParameter[Any]) -> ColumnElement[bool]:
    """An array, whose elements are looked up in an index; a subquery may as well be joined by reading all."""
    texts = select(func.json_array_elements_text(values)).scalar_subquery()
    return column == any_(func.array(texts, type_=ARRAY(String)))


AMONG: Mapping[str, Among] = MappingProxyType({"sqlite": _sqlite, "postgresql": _postgresql})
"""By dialect. The values are a list of texts, of type JSON."""
