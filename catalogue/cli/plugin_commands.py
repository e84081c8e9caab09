"""Commands that plugins add: looked for only when a name is not a built-in command."""

from __future__ import annotations

from collections.abc import Container

import click

from catalogue.cli.exits import note


def plugin_command(name: str, built_in: Container[str]) -> click.Command | None:
    """The plugins' command of a name, None if no plugin has it; a name twice is told and refused."""
    from catalogue.plugin.discovery import EXTENSIONS, TOOLS, find_entry_points

    entries = find_entry_points().entries
    if not any(entry.group in (EXTENSIONS, TOOLS) for entry in entries):
        return None
    from catalogue.errors import PluginError
    from catalogue.plugin.registry import Registry

    registry = Registry(entries)
    found: dict[str, tuple[click.Command, str]] = {}
    for answer in registry.ask_extensions("cli_commands"):
        for command in answer.value:
            if not isinstance(command, click.Command) or not command.name:
                note(
                    f"Warning: plugin {answer.by!r}: cli_commands gave {type(command).__name__}, not a command"
                )
            elif command.name in built_in:
                note(
                    f"Warning: plugin {answer.by!r}: command {command.name!r} exists already; left out"
                )
            elif command.name in found:
                first = found[command.name][1]
                raise PluginError(
                    f"command {command.name!r} comes from two plugins: {first} and {answer.by}"
                )
            else:
                found[command.name] = (command, answer.by)
    for problem in registry.problems:
        note(f"Warning: {problem.text()}")
    return found[name][0] if name in found else None
