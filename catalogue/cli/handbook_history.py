"""What each dated version of a definition changed, with its source: the history on a handbook page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from catalogue.cli.markdown import markdown_table
from catalogue.definitions.model import ProductDefinition, ProductVersion
from catalogue.products.explanation import source_text
from catalogue.quotes.description import as_data

_PARTS = ("rate", "figures", "fees", "ask", "conditions", "terms", "currencies", "valid_days")
_WORDS = ("label", "label_zh", "name", "name_zh", "reason", "reason_zh", "bring", "bring_zh", "help", "help_zh",
          "choices_zh", "fact", "unit", "type", "basis_note", "basis_note_zh", "informative")  # fmt: skip
"""Leaves that say how a part is called, not what it is."""


def history(definition: ProductDefinition, as_of: date) -> Iterator[str]:
    """Every version up to the day, the newest first: figure, value, source and basis."""
    yield "## Dated figures 历次规定\n"
    for version in reversed(definition.versions):
        if version.effective_from > as_of:
            continue
        notes = [text for text in (version.note, version.note_zh) if text]
        note = f": {' / '.join(notes)}" if notes else ""
        yield f"### From {version.effective_from}{note}\n"
        if version.withdrawn:
            yield "Not sold from this day on.\n"
            continue
        rows = list(_rows(definition, version))
        if rows:
            yield markdown_table(["What", "Value", "Source", "Basis"], rows)
        else:
            yield "Words only; no figure changed.\n"


def _rows(definition: ProductDefinition, version: ProductVersion) -> Iterator[list[str]]:
    tables = {path[:length] for path in version.origins for length in range(len(path))}
    for path, origin in version.origins.items():
        if path in tables:
            continue  # its parts are told one by one
        own = origin.version == version.effective_from
        if not own or not path or path[0] not in _PARTS or path[-1] in _WORDS:
            continue
        value = _leaf(version, path)
        if value is None:
            continue
        source = source_text(origin.source, definition.sources) if origin.source else ""
        where = ".".join(str(part) for part in path)
        yield [where, _shown(value), source, origin.basis or ""]


def _leaf(version: ProductVersion, path: tuple[Any, ...]) -> Any:
    """The value at a path of a version; None where the path is not followed in the classes."""
    found: Any = version
    for part in path:
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, (tuple, list)):
            found = found[part] if isinstance(part, int) and part < len(found) else None
        else:
            found = getattr(found, str(part), None)
        if found is None:
            return None
    return as_data(found)


def _shown(value: Any) -> str:
    """Plain data on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_shown(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    return str(value)
