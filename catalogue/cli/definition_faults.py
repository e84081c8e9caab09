"""What is wrong with the definitions that installed packages bring, or do not bring."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from catalogue.plugin.discovery import DEFINITIONS, PRODUCTS, find_entry_points
from catalogue.plugin.folders import package_folder


def with_definition_faults(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `inspect_plugins`; a folder with faults and a product that no folder defines become "faulty"."""
    from catalogue.definitions.library import Library
    from catalogue.plugin.registry import Registry
    from catalogue.quotes.catalogue import definition_roots, hook_roots
    from catalogue.quotes.validation import validate_path
    from catalogue.values.limits import MAX_PLUGIN_MESSAGE_CHARS
    from catalogue.values.text import clean

    entries = find_entry_points().entries
    roots = definition_roots(None, entries)
    registry = Registry(entries)
    library = Library([*roots, *hook_roots(registry)])
    made = []
    for row in rows:
        if row["group"] == PRODUCTS and row["state"] == "ok":
            undefined = registry.undefined(row["name"])
            if undefined is not None and row["name"] not in library.paths("products"):
                row = {**row, "state": "faulty", "error": undefined.problem.message}
        folder = package_folder(row["value"]) if row["group"] == DEFINITIONS else None
        if folder is not None and row["state"] == "ok":
            found = validate_path(folder, roots).errors
            errors = [item for item in found if folder in Path(item.file).parents]
            if errors:
                told = "; ".join(finding.text() for finding in errors)
                row = {**row, "state": "faulty", "error": clean(told, MAX_PLUGIN_MESSAGE_CHARS)}
        made.append(row)
    return made
