"""`list`: the products, from the headers of their definitions only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import FORMATS, Day, check_form, defs_options, once, output_options
from catalogue.cli.output import check_output, json_text, on_terminal, write
from catalogue.cli.tables import Column, Table

if TYPE_CHECKING:
    from catalogue.cli.headers import Header

SEGMENTS = ("company", "person", "institution", "any")


@click.command("list")
@once("--segment", type=click.Choice(SEGMENTS), help="For companies, persons or institutions.")
@once("--family", metavar="FAMILY", help="A family's code, as deposits.")
@once("--search", metavar="TEXT", help="Words in code, names or summary, English or 中文.")
@once("--as-of", type=Day(), help="Only products sold on this day; default: all.")
@output_options()
@defs_options()
def list_command(
    segment: str | None, family: str | None, search: str | None, as_of: Any, form: str,
    output: str | None, lang: str, defs: tuple[str, ...], strict: bool,
) -> None:  # fmt: skip
    """Products by line: code, names, family, segment."""
    from catalogue.cli.headers import read_headers

    check_form(form, FORMATS)
    check_output(output)
    headers, problems = read_headers(defs, as_of)
    _check_family(family, headers)
    chosen = [header for header in headers if _wanted(header, segment, family, search)]
    write(_rendered(chosen, form, lang, output), output)
    _tell(problems, strict)


def _check_family(family: str | None, headers: Sequence[Header]) -> None:
    known = sorted({header["family"] for header in headers})
    if family is not None and family not in known:
        from catalogue.values.text import suggest

        hint = suggest(family, known) or f"; families: {', '.join(known)}"
        raise click.BadParameter(f"unknown family {family!r}{hint}", param_hint="'--family'")


def _wanted(header: Header, segment: str | None, family: str | None, search: str | None) -> bool:
    if segment is not None and header["segment"] not in (segment, "any"):
        return False
    if family is not None and header["family"] != family:
        return False
    text = " ".join(str(value) for value in header.values() if value is not None).casefold()
    return all(part in text for part in (search or "").casefold().split())


def _rendered(headers: Sequence[Header], form: str, lang: str, output: str | None) -> str:
    from catalogue.cli.headers import KEYS

    if form == "json":
        import json

        return json_text(json.dumps(headers, ensure_ascii=False, indent=2) + "\n", output)
    if form == "csv":
        from catalogue.cli.csv_text import csv_text

        return csv_text(KEYS, [[header[key] for key in KEYS] for header in headers])
    table = _table(headers, lang)
    if on_terminal(output):
        from catalogue.cli.layout import show

        return show([table], output)
    from catalogue.cli.plain import plain_table

    return plain_table(table)


_TITLES = {
    "en": ("Line", "Code", "Name", "名称", "Family", "For"),
    "zh": ("产品线", "代码", "名称", "Name", "类别", "客群"),
}


def _table(headers: Sequence[Header], lang: str) -> Table:
    names = ("name_zh", "name") if lang == "zh" else ("name", "name_zh")
    kinds = ("number", "code", "text", "text", "text", "text")
    drops = (3, 0, 0, 2, 1, 0)
    columns = [
        Column(title, kind, drop)  # type: ignore[arg-type]
        for title, kind, drop in zip(_TITLES[lang], kinds, drops, strict=True)
    ]
    rows = [
        [
            str(header["line"] or ""),
            header["code"],
            header[names[0]],
            header[names[1]],
            _word(header["family"], lang),
            _word(header["segment"], lang),
        ]
        for header in headers
    ]
    count = f"共 {len(rows)} 个产品" if lang == "zh" else f"{len(rows)} products"
    return Table(columns, rows, note=count)


def _word(value: str, lang: str) -> str:
    """Families and segments in Chinese; in English their codes, which are what the filters take."""
    if lang == "en":
        return value
    from catalogue.quotes.word_table import WORDS

    return WORDS[value][1] if value in WORDS else value


def _tell(problems: Sequence[str], strict: bool) -> None:
    from catalogue.cli.exits import NO, note

    for problem in problems[:5]:
        note(f"Warning: {problem}")
    if problems:
        note(f"Warning: {len(problems)} definitions cannot be listed; see `catalogue validate`")
    if problems and strict:
        click.get_current_context().exit(NO)
