"""Every installed plugin, loaded and looked at: what `catalogue plugins` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from catalogue.errors import PluginError
from catalogue.plugin.discovery import (
    ALLOW_VARIABLE,
    DEFINITIONS,
    PRODUCTS,
    EntryPoint,
    allowed,
    find_entry_points,
)
from catalogue.plugin.folders import package_folder
from catalogue.plugin.hookspecs import HOOKS, PROJECT
from catalogue.plugin.registry import Registry

State = Literal["ok", "faulty", "broken", "off"]
"""faulty: works, but something of it is never used; off: not on the allow-list."""


def inspect_plugins(
    entries: Sequence[EntryPoint] | None = None,
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """One row an entry point, and the problems that belong to none of them.

    Args:
        entries: entry points to look at; default: those of the installed packages.

    Returns:
        Rows with name, group, distribution, version, value, hooks, state and error ("" if none).
    """
    metadata: tuple[str, ...] = ()
    if entries is None:
        found = find_entry_points()
        entries, metadata = found.entries, found.problems
    registry = Registry(entries)
    objects = dict(registry.extensions(tools=True))
    rows = [_row(entry, registry, objects) for entry in entries]
    told = {row["error"] for row in rows}
    rest = [problem.text() for problem in registry.problems if problem.message not in told]
    return rows, (*metadata, *rest)


def _row(entry: EntryPoint, registry: Registry, objects: dict[EntryPoint, Any]) -> dict[str, Any]:
    plugin, state, error = _looked_at(entry, registry, objects)
    return {
        "name": entry.name,
        "group": entry.group,
        "distribution": entry.distribution,
        "version": entry.version,
        "value": entry.value,
        "hooks": tuple(_hooks(plugin)),
        "state": state,
        "error": error,
    }


def _looked_at(
    entry: EntryPoint, registry: Registry, objects: dict[EntryPoint, Any]
) -> tuple[Any, State, str]:
    if entry.group == DEFINITIONS and allowed(entry.distribution):
        there = package_folder(entry.module) is not None
        return (
            None,
            "ok" if there else "broken",
            "" if there else f"the folder {entry.value} is not there",
        )
    plugin = objects.get(entry)
    if entry.group == PRODUCTS and registry.product_entries.get(entry.name) == entry:
        try:
            plugin = registry.owner(entry.name)
        except PluginError:
            plugin = None
    told = [
        problem.message
        for problem in registry.problems
        if problem.plugin == entry.name
        and problem.distribution == f"{entry.distribution} {entry.version}".strip()
    ]
    if plugin is not None:
        return plugin, "faulty" if told else "ok", told[0] if told else ""
    if told:
        return None, "broken", told[0]
    if entry in registry.extension_entries or entry in registry.product_entries.values():
        return None, "broken", "did not load"
    return None, "off", f"left out by {ALLOW_VARIABLE}"


def _hooks(plugin: Any) -> Iterator[str]:
    """The hooks that a plugin implements: pluggy marks them with `<project>_impl`."""
    for name in HOOKS:
        if hasattr(getattr(plugin, name, None), f"{PROJECT}_impl"):
            yield name
