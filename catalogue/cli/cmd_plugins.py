"""`plugins`: what is installed, from which distribution, which hooks it has, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.exits import FAILED
from catalogue.cli.options import output_options
from catalogue.cli.tables import Column, Notes, Table

if TYPE_CHECKING:
    from catalogue.quotes.labels import Language

COLUMNS = ("name", "group", "distribution", "version", "value", "hooks", "state", "error")


@click.command("plugins")
@output_options()
@click.option("--strict", is_flag=True, help="Exit code 3 when any plugin is broken.")
def plugins_command(strict: bool, **options: Any) -> None:
    """Every plugin, loaded now: name, distribution, hooks, and whether it works.

    A plugin is code that runs with your rights. CATALOGUE_PLUGINS names the distributions whose plugins may
    load (separated by commas); set but empty, only the built-in ones do.
    """
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.definition_faults import with_definition_faults
    from catalogue.cli.fields import as_json
    from catalogue.cli.session import Page
    from catalogue.plugin.inspection import inspect_plugins

    page = Page(options)
    found, problems = inspect_plugins()
    rows = [{**row, "hooks": list(row["hooks"])} for row in with_definition_faults(found)]
    broken = bool(problems) or any(row["state"] == "broken" for row in found)

    def csv() -> str:
        return csv_text(COLUMNS, [[_cell(row[name]) for name in COLUMNS] for row in rows])

    page.give(
        table=lambda: _page(rows, problems, page.lang),
        json=lambda: as_json({"plugins": rows, "problems": list(problems)}),
        csv=csv,
        thing=rows,
    )
    if broken and strict:
        click.get_current_context().exit(FAILED)


def _cell(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value


def _page(rows: Sequence[dict[str, Any]], problems: Sequence[str], lang: Language) -> list[Any]:
    from catalogue.quotes.labels import label, word

    columns = [
        Column(label("plugin", lang), "code"), Column(label("group", lang), "code", 4),
        Column(label("distribution", lang), "code"), Column(label("value", lang), "code", 3),
        Column(label("hooks", lang), "text", 2), Column(label("status", lang), "code"),
    ]  # fmt: skip
    made = [
        [
            row["name"], row["group"], f"{row['distribution']} {row['version']}".strip(), row["value"],
            " ".join(row["hooks"]), word(row["state"], lang),
        ]
        for row in rows
    ]  # fmt: skip
    ok = sum(row["state"] == "ok" for row in rows)
    note = f"共 {len(rows)} 个,正常 {ok} 个" if lang == "zh" else f"{len(rows)} plugins, {ok} work"
    wrong = [
        f"{row['name']} ({row['distribution']}): {row['error']}" for row in rows if row["error"]
    ]
    blocks: list[Any] = [Table(columns, made, note=note)]
    if wrong or problems:
        blocks.append(Notes([*wrong, *problems], label("errors", lang), "bad"))
    return blocks
