"""`validate`: every fault of every definition file, with file, line, key and what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.exits import NO
from catalogue.cli.options import defs_options, output_options
from catalogue.cli.progress import progress
from catalogue.cli.tables import Notes, Pairs, Tone

if TYPE_CHECKING:
    from catalogue.quotes.labels import Language
    from catalogue.quotes.validation import Finding, Report


@click.command("validate")
@click.argument("path", required=False, metavar="[PATH]")
@click.option("--all", "everything", is_flag=True, help="Every finding, not the first 20 only.")
@output_options()
@defs_options()
def validate_command(path: str | None, everything: bool, **options: Any) -> None:
    """Check a folder or a file of definitions, over the built-in ones; without PATH, all that is in use.

    Products, rate sheets, bundles, scorecards, sources and facts. JSON and CSV always hold every finding.
    Exit code 1 when something is invalid, with --strict also when there are remarks.
    """
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.fields import as_json
    from catalogue.cli.session import Page, load
    from catalogue.quotes.validation import validate_path

    page = Page(options)
    roots = load(options["defs"], None, options["strict"]).library.roots
    with progress() as told:
        report = validate_path(None if path is None else Path(path), roots, told)
    header = ("file", "line", "key", "message", "severity")
    page.give(
        table=lambda: _blocks(report, everything, page.lang),
        json=lambda: as_json(report.to_dict()),
        csv=lambda: csv_text(
            header, [[getattr(item, name) for name in header] for item in report.findings]
        ),
        thing=report,
    )
    if not report.ok or (options["strict"] and report.findings):
        click.get_current_context().exit(NO)


def _blocks(report: Report, everything: bool, lang: Language) -> Sequence[Any]:
    from catalogue.quotes.labels import label, word
    from catalogue.values.limits import MAX_FINDINGS

    blocks: list[Any] = []
    remarks = [item for item in report.findings if item.severity != "error"]
    parts: list[tuple[Sequence[Finding], str, Tone]] = [
        (report.errors, "errors", "bad"),
        (remarks, "warnings", "warn"),
    ]
    for found, title, tone in parts:
        shown = found if everything else found[:MAX_FINDINGS]
        lines = [item.text() for item in shown]
        if len(found) > len(shown):
            rest = len(found) - len(shown)
            lines.append(
                f"另有 {rest} 项(--all 显示全部)"
                if lang == "zh"
                else f"and {rest} more (--all shows all)"
            )
        if lines:
            blocks.append(Notes(lines, label(title, lang), tone, whole=True))
    counts = [(word(kind, lang), str(count)) for kind, count in report.counts.items()]
    answer = label("valid" if report.ok else "invalid", lang)
    total = f"{len(report.errors)}, {len(remarks)}"
    blocks.append(Pairs([*counts, (label("findings", lang), total)], answer))
    return blocks
