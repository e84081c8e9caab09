"""Tables of keys for the documents, made from the classes that read the files.

A page marks a table's place with `<!-- keys: NAME -->` and `<!-- end -->`; what stands between is
written by `refreshed`, so that page and program cannot part.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from catalogue.definitions.common_fields import COMMON_FIELDS
from catalogue.definitions.conditions import Condition, ConditionTable, FactOperand, Tree
from catalogue.definitions.facts import FactDef
from catalogue.definitions.fee_model import FeeDef, FeeTax, Period, Tier
from catalogue.definitions.figures import Band, Figure, FigureTable
from catalogue.definitions.model import (
    CrossSell,
    Document,
    Example,
    FieldDef,
    Header,
    ProductVersion,
    RateRule,
    Source,
)
from catalogue.definitions.policies import NeedTopic, PolicyVersion, Rule
from catalogue.definitions.rate_sheets import Cell, Column, RateSheet, SheetVersion
from catalogue.definitions.structure import Code, specification
from catalogue.errors import InputError
from catalogue.values import Tenor
from catalogue.values.text import suggest

_CLASSES: tuple[type[Any], ...] = (
    Header, Source, ProductVersion, FieldDef, RateRule, FigureTable, Band, FeeDef, Tier, Period,
    FeeTax, ConditionTable, FactOperand, Document, CrossSell, Example, RateSheet, Column,
    SheetVersion, FactDef, PolicyVersion, Rule, NeedTopic,
)  # fmt: skip
_WORDS: Mapping[Any, str] = {
    Any: "any value", Decimal: "number", int: "whole number", bool: "true or false", str: "text",
    date: "date", Code: "code", Tenor: "tenor", Figure: "figure", Condition: "condition",
    Tree: "test", Cell: "number, or table of sides",
}  # fmt: skip
_MARKED = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def key_table(cls: type[Any]) -> str:
    """The keys of a definition class as a Markdown table: key, type, whether it may be left out, meaning."""
    lines = ["| key | value | if left out | meaning |", "|---|---|---|---|"]
    for name, field, kind in specification(cls):
        meaning = field.metadata.get("doc", "")
        lines.append(f"| `{name}` | {_type(kind)} | {_default(field.default)} | {_cell(meaning)} |")
    return "\n".join(lines) + "\n"


def common_field_table() -> str:
    """The ask fields that need no type, as a Markdown table."""
    lines = ["| field | type | English | 中文 | choices or columns |", "|---|---|---|---|---|"]
    for name, field in COMMON_FIELDS.items():
        more = ", ".join(f"`{choice}`" for choice in field.choices or field.columns or ())
        lines.append(f"| `{name}` | {field.type} | {field.label} | {field.label_zh} | {more} |")
    return "\n".join(lines) + "\n"


def tables(more: tuple[type[Any], ...] = ()) -> Mapping[str, str]:
    """Name in a page → table, for every class of the definitions and those in `more`."""
    made = {cls.__name__: key_table(cls) for cls in (*_CLASSES, *more)}
    return {**made, "common_fields": common_field_table()}


def refreshed(page: str, known: Mapping[str, str]) -> str:
    """The page with every marked table written anew; an unknown name is an InputError."""

    def table(found: re.Match[str]) -> str:
        name = found[2]
        if name not in known:
            raise InputError(f"keys: no table {name!r}{suggest(name, known)}")
        return f"{found[1]}{known[name]}{found[3]}"

    return _MARKED.sub(table, page)


def _type(kind: Any) -> str:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(f"`{item}`" for item in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(_type(part) for part in arguments if part is not type(None))
    if origin is tuple:
        return f"list of {_plural(_type(arguments[0]))}"
    if origin in (Mapping, dict):
        return f"table of {_plural(_type(arguments[1]))}"
    if kind in _WORDS:
        return _WORDS[kind]
    return "table" if attrs.has(kind) else kind.__name__


def _plural(word: str) -> str:
    return word if word.startswith(("table of", "list of", "true", "any")) else f"{word}s"


def _default(value: Any) -> str:
    if value is attrs.NOTHING:
        return "**required**"
    if value is None or isinstance(value, attrs.Factory) or attrs.has(type(value)):  # type: ignore[arg-type]
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, (tuple, list)):
        return ", ".join(f"`{item}`" for item in value)
    return "" if isinstance(value, Mapping) else f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
