"""`new-plugin`: a product's own project, whose tests pass as it is written."""

from __future__ import annotations

from pathlib import Path

import click

from catalogue.cli.exits import note
from catalogue.cli.options import once


@click.command("new-plugin")
@click.argument("name", metavar="NAME")
@once(
    "--output",
    metavar="FOLDER",
    default=".",
    help="Where the project's folder is made; default: here.",
)
@click.option("--debug", is_flag=True, expose_value=False, hidden=True)
def new_plugin_command(name: str, output: str) -> None:
    """Write a plugin project: definition, Python, tests, README. NAME is the product's code, as gold-loan.

    Its README says how to install it, quote it and run its tests. Nothing that is there is overwritten.
    """
    from importlib import metadata

    from catalogue.plugin.scaffold import new_plugin
    from catalogue.quotes.identity import DISTRIBUTION
    from catalogue.values.text import clean

    if not Path(output).is_dir():
        raise click.BadParameter(f"{output!r} is not a folder", param_hint="'--output'")
    try:
        version = metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:  # run from a source tree
        version = "0.1"
    written = new_plugin(name, Path(output), version)
    for path in written:
        click.echo(str(Path(name) / path))
    note(f"written: {clean(str(Path(output) / name), None)}; its README.md says what comes next")
