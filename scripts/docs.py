"""Write the generated pages of docs/: cli.md, lines.md, the names in python.md, the index of decisions.

python scripts/docs.py            write what is out of date
python scripts/docs.py --check    say what is out of date; exit code 1
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

import catalogue
import catalogue.maths
from catalogue.cli.main import COMMANDS, cli
from catalogue.definitions.library import Library, Root
from catalogue.definitions.model import Header, ProductDefinition
from catalogue.definitions.problems import Problems

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MADE = "<!-- Written by `python scripts/docs.py`; edit its sources instead. -->\n"
LINES = 45
"""Lines of the course book, numbered from 1."""
OFFICIAL = ("regulation", "official", "market")


# -- the command line ---------------------------------------------------------------------------


def cli_page() -> str:
    """`--help` of every command."""
    parts = [
        "# Commands and their options\n", MADE,
        "What each command is for, with examples, is in [command-line.md](command-line.md).\n",
        _help("catalogue"),
    ]  # fmt: skip
    for name in COMMANDS:
        parts.append(_help("catalogue", name))
        command = cli.get_command(click.Context(cli), name)
        if isinstance(command, click.Group):
            parts += [_help("catalogue", name, inner) for inner in command.commands]
    return "\n".join(parts)


def _help(*words: str) -> str:
    made = CliRunner().invoke(
        cli, [*words[1:], "--help"], prog_name="catalogue", terminal_width=100
    )
    text = "\n".join(line.rstrip() for line in made.output.rstrip().splitlines())
    return f"## `{' '.join(words)}`\n\n```text\n{text}\n```\n"


# -- the product lines --------------------------------------------------------------------------


def lines_page() -> str:
    """Coverage of the product lines, from the definitions."""
    library = Library([Root("built-in", ROOT / "product_defs")])
    by_line: dict[int | None, list[Header]] = {}
    for header in library.headers(Problems()):
        by_line.setdefault(header.line, []).append(header)
    missing = [number for number in range(1, LINES + 1) if number not in by_line]
    count = sum(len(found) for found in by_line.values())
    said = f"Missing lines: {', '.join(map(str, missing))}." if missing else "No line is missing."
    told = (
        f"{LINES - len(missing)} of {LINES} lines, {count} products. {said} First: the earliest day that can"
        " be priced. Versions: how often the terms changed. Official: versions of which some part rests on a"
        " law, a notice or a published figure.\n"
    )
    rows = [
        row
        for number in (*range(1, LINES + 1), None)
        for row in _line_rows(number, by_line.get(number, []), library)
    ]
    return "\n".join(
        [
            "# Coverage of the product lines\n", MADE,
            told,
            "| line | product | 中文 | code | segment | first | versions | official | fees | checks | examples |",
            "|---|---|---|---|---|---|---|---|---|---|---|", *rows, "",
        ]
    )  # fmt: skip


def _line_rows(number: int | None, headers: list[Header], library: Library) -> Iterator[str]:
    shown = "–" if number is None else str(number)
    if number is not None and not headers:
        yield f"| {shown} | **missing** | | | | | | | | | |"
    for header in sorted(headers, key=lambda item: item.code):
        product = library.product(header.code)
        newest = product.versions[-1]
        official = sum(_official(product, index) for index in range(len(product.versions)))
        cells = (
            shown, header.name, header.name_zh, f"`{header.code}`", header.segment,
            product.versions[0].effective_from, len(product.versions), official,
            len(newest.fees), len(newest.conditions), len(product.examples),
        )  # fmt: skip
        yield f"| {' | '.join(map(str, cells))} |"


def _official(product: ProductDefinition, index: int) -> bool:
    version = product.versions[index]
    return any(
        origin.basis in OFFICIAL and origin.version == version.effective_from
        for origin in version.origins.values()
    )


# -- Python names -------------------------------------------------------------------------------


def names() -> str:
    """Public names of `catalogue` and `catalogue.maths`: signature and first sentence."""
    parts = []
    for module in (catalogue, catalogue.maths):
        parts.append(f"### `{module.__name__}`\n\n| name | what it is |\n|---|---|")
        parts += [_name(name, getattr(module, name)) for name in sorted(module.__all__)]
        parts.append("")
    return "\n".join(parts)


def _name(name: str, thing: Any) -> str:
    sentence = (inspect.getdoc(thing) or "").split("\n\n", maxsplit=1)[0].replace("\n", " ")
    signature = str(inspect.signature(thing)) if inspect.isfunction(thing) else ""
    # annotations are texts: without their quotes they read as they were written
    signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", signature).replace("|", "\\|")
    return f"| `{name}{signature}` | {sentence.replace('|', chr(92) + '|')} |"


def with_names(page: str) -> str:
    """python.md with its table of names."""
    begin, end = "<!-- begin: names -->\n", "<!-- end: names -->"
    head, rest = page.split(begin)
    return f"{head}{begin}\n{names()}\n{end}{rest.split(end)[1]}"


# -- decisions ----------------------------------------------------------------------------------


def decisions_page() -> str:
    """The index of decisions, from their headings."""
    rows = []
    for path in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        title = path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        rows.append(f"- [{title}]({path.name})")
    return "\n".join(["# Decisions\n", MADE, *rows, ""])


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "lines.md": lines_page,
    "python.md": lambda: with_names((DOCS / "python.md").read_text("utf-8")),
    "decisions/README.md": decisions_page,
}


def stale() -> dict[Path, str]:
    """Pages that are not what would be written now, with their new text."""
    made = {DOCS / name: make() for name, make in PAGES.items()}
    return {
        path: text for path, text in made.items()
        if not path.is_file() or path.read_text("utf-8") != text
    }  # fmt: skip


def main() -> int:
    """Write, or with --check compare."""
    checking = "--check" in sys.argv[1:]
    found = stale()
    for path, text in found.items():
        if not checking:
            path.write_text(text, "utf-8")
        print(f"{'out of date' if checking else 'written'}: {path.relative_to(ROOT)}")
    return int(checking and bool(found))


if __name__ == "__main__":
    sys.exit(main())
