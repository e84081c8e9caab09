"""What is wrong with the definition folders that installed packages bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalogue.plugin.discovery import DEFINITIONS, find_entry_points
from catalogue.plugin.folders import package_folder


def with_definition_faults(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `inspect_plugins`; a definition folder with faults becomes "faulty" and names them."""
    if not any(row["group"] == DEFINITIONS and row["state"] == "ok" for row in rows):
        return list(rows)
    from catalogue.quotes.catalogue import definition_roots
    from catalogue.quotes.validation import validate_path
    from catalogue.values.limits import MAX_PLUGIN_MESSAGE_CHARS
    from catalogue.values.text import clean

    roots = definition_roots(None, find_entry_points().entries)
    made = []
    for row in rows:
        folder = package_folder(row["value"]) if row["group"] == DEFINITIONS else None
        if folder is not None and row["state"] == "ok":
            errors = validate_path(folder, roots).errors
            if errors:
                told = "; ".join(finding.text() for finding in errors)
                row = {**row, "state": "faulty", "error": clean(told, MAX_PLUGIN_MESSAGE_CHARS)}
        made.append(row)
    return made
