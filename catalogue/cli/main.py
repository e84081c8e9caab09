"""The entry point: a group whose commands are imported when they are invoked, and nothing else.

Exit codes: 0 done; 1 the answer is no (not eligible, invalid definitions), the output is still printed;
2 bad usage or bad input; 3 a plugin or the store failed; 130 interrupted from the keyboard.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from catalogue.cli.exits import DEBUG_VARIABLE, run

COMMANDS: dict[str, tuple[str, str]] = {
    "list": ("cmd_list", "Products by line, filtered by segment, family or words."),
    "show": ("cmd_show", "A product's definition: terms, fields, fees, conditions, sources."),
    "quote": ("cmd_quote", "Price one product for one customer on one date."),
    "schedule": ("cmd_quote", "Every row of a quote's schedule."),
    "check": ("cmd_quote", "Eligibility only: each check with its reason."),
    "compare": ("cmd_compare", "Several asks, products, methods or tenors side by side."),
    "recommend": ("cmd_recommend", "Products that fit a customer, ranked, with reasons."),
    "bundle": ("cmd_bundle", "Several products priced as one: list, show, quote."),
    "score": ("cmd_score", "A customer's points by factor, grade and limit."),
    "rates": ("cmd_rates", "Rate sheets: list, show."),
    "validate": ("cmd_validate", "Check definitions; every fault of every file."),
    "plugins": ("cmd_plugins", "Installed plugins and what is wrong with them."),
    "handbook": ("cmd_handbook", "Pages of every product, made from the definitions."),
    "schema": ("cmd_schema", "JSON Schema of definition files, for editors."),
    "new-plugin": ("cmd_new_plugin", "A plugin project to start from, its tests included."),
}
"""Command → the module that holds it, and its line in `catalogue --help`."""

_EPILOG = """\
Shell completion of commands, options and codes:

\b
  bash  eval "$(_CATALOGUE_COMPLETE=bash_source catalogue)"
  zsh   eval "$(_CATALOGUE_COMPLETE=zsh_source catalogue)"
  fish  _CATALOGUE_COMPLETE=fish_source catalogue | source

\b
Exit codes: 0 done, 1 the answer is no, 2 bad usage or input, 3 a plugin
or the store failed. Plugins may add commands: see `catalogue plugins`.
"""


class LazyGroup(click.Group):
    """A group that knows its commands' names and short helps without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The built-in commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; one that is not built in may come from a plugin."""
        if cmd_name in COMMANDS:
            module = import_module(f"catalogue.cli.{COMMANDS[cmd_name][0]}")
            found: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
            return found
        from catalogue.cli.plugin_commands import plugin_command

        return plugin_command(cmd_name, COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; an unknown one is told with the nearest there is."""
        word = args[0]
        if not word.startswith("-") and self.get_command(ctx, word) is None:
            from catalogue.values.text import clean, suggest

            hint = suggest(word, COMMANDS) or f"; commands: {', '.join(COMMANDS)}"
            ctx.fail(f"no such command '{clean(word)}'{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands from their static helps."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None,
        complete_var: str | None = None, standalone_mode: bool = True, **extra: Any,
    ) -> Any:  # fmt: skip
        """Run; errors become messages on stderr and exit codes."""
        invoke = super().main
        if not standalone_mode:
            return invoke(args, prog_name, complete_var, standalone_mode=False, **extra)
        stated = sys.argv[1:] if args is None else list(args)
        sys.exit(
            run(
                lambda: invoke(stated, prog_name, complete_var, standalone_mode=False, **extra),
                debug="--debug" in stated,
            )
        )


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from catalogue.quotes.identity import engine_name

        click.echo(engine_name())
        ctx.exit()


@click.group(
    cls=LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version and exit.",
)  # fmt: skip
@click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    help=f"Where an internal error came from (or {DEBUG_VARIABLE}=1).",
)
def cli() -> None:
    """A bank's product catalogue: definitions, plugins, exact quotes."""


def main() -> None:
    """The console script `catalogue`."""
    cli.main(prog_name="catalogue")
