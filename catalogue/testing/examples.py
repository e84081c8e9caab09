"""Replaying a worked example: the figures of its quote against those that its arithmetic says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from catalogue.definitions.model import Example
from catalogue.definitions.values_of_fields import plain


def wrong_figures(quote: dict[str, Any], example: Example) -> Iterator[str]:
    """Each figure of `expect` that the JSON of the quote does not have, in words."""
    for path, expected in example.expect.items():
        wanted = plain(expected)
        try:
            found = at_path(quote, path)
        except (KeyError, IndexError, TypeError):
            yield f"{example.name}: the quote has no {path}"
            continue
        if found != wanted and str(found) != str(wanted):
            yield f"{example.name}: {path} is {found!r}, the example says {wanted!r}"


def at_path(quote: dict[str, Any], path: str) -> Any:
    """The value of a dotted path; in a list a number or a code (or id) picks the entry.

    A result picked by its code stands for its value.
    """
    found: Any = quote
    for part in re.findall(r"[^.\[\]]+", path):
        if isinstance(found, list):
            entries = {str(item.get("code", item.get("id"))): item for item in found}
            found = found[int(part)] if part.isdigit() else entries[part]
            if isinstance(found, dict) and {"label_zh", "unit", "value"} <= set(found):
                found = {**found, "": found["value"]}
        else:
            found = found[part]
    return found[""] if isinstance(found, dict) and "" in found else found
