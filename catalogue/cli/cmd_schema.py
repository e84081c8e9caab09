"""`schema`: JSON Schema of definition files, so that an editor completes and checks them."""

from __future__ import annotations

from pathlib import Path

import click

from catalogue.cli.exits import note
from catalogue.cli.options import once
from catalogue.cli.output import check_output, write

_SUFFIX = ".schema.json"


@click.command("schema")
@click.argument("kind", required=False, metavar="[KIND]")
@once("--output", metavar="FILE", help="Write to a file instead of standard output.")
@once("--folder", metavar="DIR", help="Write every schema into a folder, a file each.")
@click.option("--debug", is_flag=True, expose_value=False, hidden=True)
def schema_command(kind: str | None, output: str | None, folder: str | None) -> None:
    """The schema of one KIND of file (product, rates, bundle, …); without KIND, all in one object.

    An editor that knows TOML checks a file whose first line is `#:schema DIR/product.schema.json`.
    """
    from catalogue.definitions.schema import schema_text
    from catalogue.quotes.validation import all_schemas

    check_output(output)
    found = all_schemas()
    if kind is not None:
        name = f"{kind.removesuffix(_SUFFIX)}{_SUFFIX}"
        if name not in found:
            from catalogue.values.text import suggest

            kinds = [file.removesuffix(_SUFFIX) for file in found]
            hint = suggest(kind, kinds) or f"; kinds: {', '.join(kinds)}"
            raise click.BadParameter(f"no schema of {kind!r}{hint}", param_hint="'KIND'")
        found = {name: found[name]}
    if folder is not None:
        _into(folder, {name: schema_text(schema) for name, schema in found.items()}, output)
        return
    write(schema_text(found[name] if kind is not None else dict(found)), output)


def _into(folder: str, texts: dict[str, str], output: str | None) -> None:
    if output is not None:
        raise click.UsageError("state either --output or --folder")
    if not Path(folder).is_dir():
        raise click.BadParameter(f"{folder!r} is not a folder", param_hint="'--folder'")
    for name, text in texts.items():
        path = str(Path(folder) / name)
        write(text, path)
        note(f"written: {path}")
