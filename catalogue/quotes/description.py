"""A product's or a bundle's definition on a day as plain data: what `show` prints and other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from catalogue.bundles.model import BundleDefinition, BundleVersion
from catalogue.definitions.common_fields import accepted_fields, field_label, field_type
from catalogue.definitions.conditions import Condition, Group, Test
from catalogue.definitions.model import Origin, ProductDefinition, ProductVersion, Source
from catalogue.definitions.problems import path_text
from catalogue.definitions.values_of_fields import plain
from catalogue.definitions.versions import origins_below
from catalogue.products.explanation import in_chinese, source_text

PARTS = ("ask", "figures", "fees", "conditions", "documents", "cross_sell")
"""The tables of a version whose entries are described one by one."""


def describe(
    definition: ProductDefinition,
    version: ProductVersion,
    as_of: date,
    display: Callable[[str], str],
) -> dict[str, Any]:
    """Header, the version in force with the source and basis of every part, the dated versions, the sources.

    Args:
        definition: the product.
        version: the version in force on `as_of`.
        as_of: the day.
        display: makes a file's path one that is the same on every machine.
    """
    cited: dict[str, None] = {}

    def origin(*path: str) -> dict[str, Any]:
        return _origins(version, path, definition.sources, display, cited)

    made: dict[str, Any] = {
        **as_data(definition.header),
        "as_of": as_of.isoformat(),
        "effective_from": version.effective_from.isoformat(),
        "note": version.note,
        "note_zh": version.note_zh,
        "withdrawn": version.withdrawn,
        "currencies": list(version.currencies),
        "valid_days": version.valid_days,
        "terms": dict(version.terms),
        "rate": None if version.rate is None else {**as_data(version.rate), **origin("rate")},
        "ask": [{"name": name, **field, **origin("ask", name)} for name, field in _fields(version)],
    }
    for part in PARTS[1:]:
        entries: Mapping[str, Any] = getattr(version, part)
        made[part] = [
            {"code": code, **as_data(entry), **origin(part, code)}
            for code, entry in entries.items()
        ]
    made["versions"] = [_dated(other) for other in definition.versions]
    made["sources"] = [{"id": code, **as_data(definition.sources[code])} for code in cited]
    made["files"] = [display(file) for file in definition.files]
    return made


def describe_bundle(
    definition: BundleDefinition,
    version: BundleVersion,
    as_of: date,
    display: Callable[[str], str],
) -> dict[str, Any]:
    """As `describe`, of a bundle: lines, benefits in the order in which they apply, limits, conditions."""
    cited: dict[str, None] = {}

    def origin(*path: str) -> dict[str, Any]:
        return _origins(version, path, definition.sources, display, cited)

    benefits = sorted(version.benefits.items(), key=lambda item: (item[1].order, item[0]))
    made: dict[str, Any] = {
        **as_data(definition.header),
        "as_of": as_of.isoformat(),
        "effective_from": version.effective_from.isoformat(),
        "note": version.note,
        "note_zh": version.note_zh,
        "withdrawn": version.withdrawn,
        "valid_days": version.valid_days,
        "min_lines": version.min_lines,
        "lines": [{"line": code, **as_data(line)} for code, line in version.lines.items()],
        "benefits": [{"code": c, **as_data(b), **origin("benefits", c)} for c, b in benefits],
        "limits": {**as_data(version.limits), **origin("limits")},
        "conditions": [
            {"code": code, **as_data(condition), **origin("conditions", code)}
            for code, condition in version.conditions.items()
        ],
    }
    made["versions"] = [_dated(other) for other in definition.versions]
    made["sources"] = [{"id": code, **as_data(definition.sources[code])} for code in cited]
    made["files"] = [display(file) for file in definition.files]
    return made


def as_data(thing: Any) -> Any:
    """Definition classes as plain data: empty parts left out, conditions as text, numbers as text."""
    if isinstance(thing, Condition):
        made = {"test": thing.test.text(), "reason": thing.reason, "reason_zh": thing.reason_zh}
        return {**made, **_stated(thing, ("when", "otherwise", "bring", "bring_zh"))}
    if isinstance(thing, (Test, Group)):
        return thing.text()
    if attrs.has(type(thing)):
        return _stated(thing, [field.name for field in attrs.fields(type(thing))])
    if isinstance(thing, Mapping):
        return {str(name): as_data(item) for name, item in thing.items()}
    if isinstance(thing, (tuple, list)):
        return [as_data(item) for item in thing]
    return plain(thing)


def _stated(thing: Any, names: Any) -> dict[str, Any]:
    found = ((name, getattr(thing, name)) for name in names if name != "origins")
    return {
        name: as_data(value) for name, value in found if value is not None and value not in ((), {})
    }


def _fields(version: ProductVersion) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field that an ask may hold, the implied ones included."""
    optional = any(fee.optional for fee in version.fees.values())
    for name, field in accepted_fields(
        version.ask, rate=version.rate is not None, services=optional
    ).items():
        made = as_data(field)
        made["type"] = field_type(name, field)
        made["label"], made["label_zh"] = field_label(name, field), field_label(name, field, "zh")
        if name == "currency":
            made["choices"], made["default"] = list(version.currencies), version.currencies[0]
        yield name, made


def _origins(
    version: ProductVersion | BundleVersion,
    path: tuple[str, ...],
    sources: Mapping[str, Source],
    display: Callable[[str], str],
    cited: dict[str, None],
) -> dict[str, Any]:
    """The newest origin of a part; where its keys come from several, each one's under `origins`."""
    made = _origin(version.origin(*path), sources, display, cited)
    keys = origins_below(version.origins, path)
    if len({(found.file, found.version, found.source) for found in keys.values()}) > 1:
        made["origins"] = {
            name: _origin(found, sources, display, cited) for name, found in keys.items()
        }
    return made


def _origin(
    origin: Origin | None,
    sources: Mapping[str, Source],
    display: Callable[[str], str],
    cited: dict[str, None],
) -> dict[str, Any]:
    if origin is None:
        return {}
    if origin.source in sources:
        cited[origin.source or ""] = None
    return {
        "source": source_text(origin.source, sources) if origin.source else None,
        "source_zh": in_chinese(source_text(origin.source, sources)) if origin.source else None,
        "basis": origin.basis,
        "version": origin.version.isoformat(),
        "file": display(origin.file),
        "key": path_text(origin.key),
    }


def _dated(version: ProductVersion | BundleVersion) -> dict[str, Any]:
    return {
        "effective_from": version.effective_from.isoformat(),
        "note": version.note,
        "note_zh": version.note_zh,
        "withdrawn": version.withdrawn,
    }
