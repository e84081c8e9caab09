"""The group: lazy commands, help, version, suggestions, error codes, plugins' commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click
import pytest

from catalogue.cli import exits, options
from catalogue.cli.main import COMMANDS
from catalogue.errors import InputError

from .conftest import invoke


def test_help_lists_every_command_with_its_line() -> None:
    ran = invoke("--help")
    assert ran.code == 0
    for name, (_, text) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(text[:40])}", ran.out, re.MULTILINE), name
    assert "_CATALOGUE_COMPLETE=bash_source" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_has_help(name: str) -> None:
    module = import_module(f"catalogue.cli.{COMMANDS[name][0]}")
    assert isinstance(getattr(module, f"{name.replace('-', '_')}_command"), click.Command)
    ran = invoke(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: catalogue {name}" in ran.out


def test_the_common_options_are_on_every_pricing_command() -> None:
    common = (
        "--as-of", "--customer", "--set", "--amount", "--currency", "--tenor", "--rate", "--method",
        "--frequency", "--start", "--maturity", "--spread", "--count", "--day-count", "--format",
        "--output", "--lang", "--defs", "--strict",
    )  # fmt: skip
    for name in ("quote", "schedule", "check", "compare", "recommend"):
        out = invoke(name, "--help").out
        assert [option for option in common if f"{option} " not in out] == [], name


def test_version() -> None:
    ran = invoke("--version")
    assert ran.code == 0
    assert re.fullmatch(r"bank-catalogue \d+\.\d+\.\d+\n", ran.out)


def test_a_plugin_adds_a_command_but_never_takes_one(toy: Callable) -> None:
    assert toy("greet").out == "hello from the toy bank\n"
    assert "command 'quote' exists already; left out" in toy("greet").err
    assert toy("quote", "--help").out.startswith("Usage: catalogue quote [OPTIONS] CODE")


def _failing(error: BaseException) -> Callable[[], Any]:
    def fail() -> None:
        raise error

    return fail


def test_an_unexpected_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert exits.run(_failing(ValueError("odd\x1b[31m"))) == 3
    err = capsys.readouterr().err
    assert err == (
        "Error: internal error: ValueError: odd\\x1b[31m; please report it (CATALOGUE_DEBUG=1 shows where)\n"
    )


def test_debug_shows_where(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exits.run(_failing(ValueError("odd")), debug=True) == 3
    assert "Traceback" in capsys.readouterr().err
    monkeypatch.setenv(exits.DEBUG_VARIABLE, "1")
    assert exits.run(_failing(ValueError("odd"))) == 3
    assert "Traceback" in capsys.readouterr().err


def test_many_findings_are_cut_at_twenty(capsys: pytest.CaptureFixture[str]) -> None:
    error = InputError.many(f"finding {number}" for number in range(25))
    assert exits.run(_failing(error)) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[0] == "Error: finding 0"
    assert lines[-1] == "and 5 more"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (OSError(28, "No space left on device"), 3, "No space left on device"),
        (RecursionError("deep"), 3, "internal error: RecursionError"),
        (MemoryError(), 3, "internal error: MemoryError"),
        (click.ClickException("wrong"), 2, "wrong"),
    ],
)
def test_codes(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exits.run(_failing(error)) == code
    assert said in capsys.readouterr().err


def test_the_pricing_date_is_today_unless_stated(
    toy: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    monkeypatch.setattr("catalogue.cli.session.today", lambda: date(2024, 3, 9))
    ran = invoke("quote", "lend", "--amount", "5000", "--tenor", "1y", "--format", "json")
    assert ran.data["as_of"] == "2024-03-09"
    assert options.today() >= date(2024, 1, 1)
