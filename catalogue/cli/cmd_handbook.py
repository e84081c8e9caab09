"""`handbook`: a folder of Markdown pages, one a product, made from the definitions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.exits import NO, note
from catalogue.cli.options import as_of_option, defs_options, language_option, once
from catalogue.cli.progress import progress

if TYPE_CHECKING:
    from catalogue.cli.handbook import Handbook


@click.command("handbook")
@once(
    "--output",
    metavar="DIR",
    required=True,
    help="The folder of the pages; made if it is not there.",
)
@as_of_option()
@language_option("Language of the pages: en has the Chinese names beside the English; default: en.")
@defs_options()
def handbook_command(output: str, **options: Any) -> None:
    """A page a product: terms, dated figures with sources, fees, formulas, conditions, a worked example.

    English with Chinese names, or Chinese; the same definitions give the same bytes. A folder that holds
    anything but an earlier handbook is refused. A product that cannot be described is told, and the exit code is 1.
    """
    from catalogue.cli.handbook import make_handbook
    from catalogue.cli.session import load

    folder = Path(output)
    _check(folder)
    catalogue = load(options["defs"], options["as_of"], options["strict"])
    with progress() as told:
        made = make_handbook(catalogue, told, options["lang"])
    _write(folder, made)
    note(f"written: {output}, {len(made.pages)} pages")
    for problem in made.problems:
        note(f"Warning: left out: {problem}")
    if made.problems:
        click.get_current_context().exit(NO)


def _check(folder: Path) -> None:
    """Refuse, before any work, a folder that is not ours to write."""
    from catalogue.cli.handbook import MARK

    hint = "'--output'"
    if not folder.absolute().parent.is_dir():
        raise click.BadParameter(f"the folder {str(folder.parent)!r} is not there", param_hint=hint)
    if not folder.exists():
        return
    if not folder.is_dir():
        raise click.BadParameter(f"{str(folder)!r} is a file; name a folder", param_hint=hint)
    for path in folder.iterdir():
        ours = path.suffix == ".md" and path.read_text("utf-8", "replace").startswith(MARK)
        if not ours:
            raise click.BadParameter(
                f"{str(folder)!r} holds {path.name!r}, which is no page of a handbook; name another folder",
                param_hint=hint,
            )


def _write(folder: Path, made: Handbook) -> None:
    """All pages; those of an earlier handbook that are no longer made are removed."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in made.pages:
            path.unlink()
    for name, text in made.pages.items():
        (folder / name).write_text(text, "utf-8")
