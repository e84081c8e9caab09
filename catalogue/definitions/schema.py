"""JSON Schemas of definition files, made from the same classes that read them.

An editor completes and checks a file that starts with `#:schema <path>/product.schema.json`. What a
schema cannot say (facts that must be declared, tiers that must ascend) `catalogue validate` says.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from catalogue.definitions.conditions import Condition, ConditionTable, FactOperand, Tree
from catalogue.definitions.facts import FactDef
from catalogue.definitions.figures import Figure, FigureTable
from catalogue.definitions.layers import CONTROL
from catalogue.definitions.model import Basis, Example, Header, ProductVersion, Source
from catalogue.definitions.rate_sheets import Cell, RateSheet
from catalogue.definitions.structure import CODE_PATTERN, Code, specification
from catalogue.values import Tenor

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_COMPARE = ("eq", "ne", "lt", "le", "gt", "ge", "min", "max")
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}


class SchemaWriter:
    """Turns attrs classes into schemas, each class once under `$defs`.

    `patched` adds the control keys of a version (source, basis, removed, replace) to every table and
    requires nothing, since a version states only what changes.
    """

    def __init__(self, *, patched: bool) -> None:
        self.patched = patched
        self.defs: dict[str, Schema] = {}

    def table(self, cls: type[Any], *, whole: bool = False) -> Schema:
        """The object schema of a class; `whole` requires what the class requires."""
        properties: dict[str, Schema] = {}
        required = []
        for name, field, kind in specification(cls):
            properties[name] = {**self.of(kind), "description": field.metadata.get("doc", "")}
            if field.default is attrs.NOTHING:
                required.append(name)
        if self.patched and not whole:
            properties |= _controls()
            required = []
        made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if required:
            made["required"] = required
        return made

    def of(self, kind: Any) -> Schema:
        """The schema of a field's type."""
        origin = get_origin(kind)
        if kind is Any:
            return {}
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if origin in (Union, types.UnionType):
            options = [self.of(option) for option in get_args(kind) if option is not type(None)]
            return options[0] if len(options) == 1 else {"anyOf": options}
        if origin is tuple:
            return {"type": "array", "items": self.of(get_args(kind)[0])}
        if origin in (Mapping, dict):
            return self._mapping(get_args(kind)[1])
        if kind in _SPECIAL:
            return self._ref(kind.__name__, lambda: _SPECIAL[kind](self))
        if attrs.has(kind) and kind is not Tenor:
            return self._ref(kind.__name__, lambda: self.table(kind))
        return dict(_PLAIN[kind])

    def _mapping(self, kind: Any) -> Schema:
        made: Schema = {"type": "object", "additionalProperties": self.of(kind)}
        if self.patched:
            made["properties"] = _controls()
        return made

    def _ref(self, name: str, make: Any) -> Schema:
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = make()
        return {"$ref": f"#/$defs/{name}"}


def _controls() -> dict[str, Schema]:
    words: Schema = {
        "source": {"type": "string", "description": "source id of the figures here and below"},
        "basis": {"enum": list(get_args(Basis)), "description": "how sure the figures are"},
        "removed": {"const": True, "description": "drops this table from this version on"},
        "replace": {"const": True, "description": "starts this table afresh"},
    }
    return {name: words[name] for name in CONTROL}


def _figure(writer: SchemaWriter) -> Schema:
    return {"anyOf": [dict(_SCALAR), writer.table(FigureTable)]}


def _tree(writer: SchemaWriter) -> Schema:
    operand: Schema = {"anyOf": [dict(_SCALAR), writer.table(FactOperand, whole=True)]}
    fact: Schema = {"type": "string", "pattern": r"^[a-z]+\.[A-Za-z0-9_.-]+$"}
    tree = {"$ref": "#/$defs/Tree"}
    properties: dict[str, Schema] = {
        "fact": fact,
        "ratio": {"type": "array", "items": fact, "minItems": 2, "maxItems": 2},
        **dict.fromkeys(_COMPARE, operand),
        "in": {"type": "array", "items": dict(_SCALAR), "minItems": 1},
        "not_in": {"type": "array", "items": dict(_SCALAR), "minItems": 1},
        "present": {"type": "boolean"},
        "all": {"type": "array", "items": tree, "minItems": 1},
        "any": {"type": "array", "items": tree, "minItems": 1},
        "not": tree,
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _condition(writer: SchemaWriter) -> Schema:
    return {"anyOf": [writer.table(ConditionTable), writer.of(Tree)]}


def _cell(_: SchemaWriter) -> Schema:
    sides = {name: {"type": "number"} for name in ("bid", "mid", "ask", "cash_bid", "cash_ask")}
    return {
        "anyOf": [
            {"type": "number"},
            {"type": "object", "properties": sides, "additionalProperties": False},
        ]
    }


_SPECIAL = {Figure: _figure, Tree: _tree, Condition: _condition, Cell: _cell}
_PLAIN: dict[Any, Schema] = {
    Decimal: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    str: {"type": "string", "minLength": 1},
    date: {"type": "string", "format": "date"},
    Code: {"type": "string", "pattern": f"^{CODE_PATTERN}$", "maxLength": 64},
    Tenor: {"type": "string", "pattern": "^[1-9][0-9]{0,4}[dmy]$"},
}


def dated_schema(
    title: str, header: type[Any], version: type[Any], examples: bool = False
) -> Schema:
    """The schema of a file with a header, sources and versions."""
    writer = SchemaWriter(patched=True)
    plain = SchemaWriter(patched=False)
    versions = writer.table(version)
    made = plain.table(header)
    made["properties"] |= {
        "sources": {"type": "object", "additionalProperties": plain.table(Source)},
        "versions": {"type": "array", "items": {**versions, "required": ["effective_from"]}},
    }
    made["required"] = ["code"]  # a file laid over another one repeats nothing else
    if examples:
        made["properties"]["examples"] = {"type": "array", "items": plain.table(Example)}
    return _finished(title, made, {**plain.defs, **writer.defs})


def product_schema() -> Schema:
    """The schema of product files."""
    return dated_schema("catalogue product definition", Header, ProductVersion, examples=True)


def sheet_schema() -> Schema:
    """The schema of rate sheets."""
    writer = SchemaWriter(patched=False)
    return _finished("catalogue rate sheet", writer.table(RateSheet), writer.defs)


def entries_schema(title: str, cls: type[Any]) -> Schema:
    """The schema of a file that is a table of entries (sources.toml, facts.toml)."""
    writer = SchemaWriter(patched=False)
    entry = writer.table(cls)
    return _finished(title, {"type": "object", "additionalProperties": entry}, writer.defs)


def _finished(title: str, made: Schema, defs: Mapping[str, Schema]) -> Schema:
    whole = {"$schema": DIALECT, "title": title, **made}
    if defs:
        whole["$defs"] = dict(sorted(defs.items()))
    return whole


def schemas() -> dict[str, Schema]:
    """File name → schema, for the kinds of file that this layer knows."""
    return {
        "product.schema.json": product_schema(),
        "rates.schema.json": sheet_schema(),
        "sources.schema.json": entries_schema("catalogue sources", Source),
        "facts.schema.json": entries_schema("catalogue customer facts", FactDef),
    }


def schema_text(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
