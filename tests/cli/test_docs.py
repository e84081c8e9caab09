"""docs/command-line.md: every command, option and exit code is in it, and its examples run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from catalogue.cli import exits
from catalogue.cli.main import COMMANDS
from catalogue.quotes import needs, recommend

from .conftest import invoke

PAGE = (Path(__file__).parents[2] / "docs/command-line.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\$ catalogue (.+)$", PAGE, re.MULTILINE)


def commands() -> Iterator[tuple[str, click.Command]]:
    for name, (module, _) in COMMANDS.items():
        command = getattr(
            import_module(f"catalogue.cli.{module}"), f"{name.replace('-', '_')}_command"
        )
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in command.commands.items())
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda value: str(value)[:20])
def test_every_command_and_option_is_told(name: str, command: click.Command) -> None:
    assert re.search(rf"`{name}[ `]", PAGE), name
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert [
                opt for opt in parameter.opts if f"`{opt}" not in PAGE and opt not in PAGE
            ] == []
            assert parameter.help, (name, parameter.name)


def test_every_exit_code_is_told() -> None:
    for code in (exits.DONE, exits.NO, exits.BAD_INPUT, exits.FAILED, exits.INTERRUPTED):
        assert f"| {code} |" in PAGE


def test_the_points_are_those_of_the_code() -> None:
    said = " ".join(PAGE[PAGE.index("3. Points:") :].split())
    assert f"by code or name {needs.POINTS['code']}, by family {needs.POINTS['family']}" in said
    assert f"in a name {needs.POINTS['name']}, in a summary {needs.POINTS['summary']}" in said
    assert f"customer-needs.toml` {needs.POINTS['topic']}," in said
    points = recommend.POINTS
    assert f"holds, {points['partner']}, once; each segment that it suits {points['suits']}" in said
    assert f"this kind of customer {points['kind']}; a condition" in said
    assert f"known to be met {points['condition']} (" in said
    assert f"of the score) −{-points['caution']}; each missing fact −{-points['missing']} " in said


@pytest.mark.parametrize("line", EXAMPLES)
def test_examples_run(line: str) -> None:
    ran = invoke(*shlex.split(line))
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) > 3
