"""`recommend`: products that fit a customer, ranked, with reasons and what is still unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.exits import NO
from catalogue.cli.options import (
    as_of_option,
    ask_options,
    customer_option,
    defs_options,
    once,
    output_options,
)
from catalogue.cli.progress import progress
from catalogue.cli.render_profile import profile_blocks
from catalogue.cli.tables import Column, Heading, Notes, Pairs, Table

if TYPE_CHECKING:
    from catalogue.definitions.facts import FactDef
    from catalogue.quotes.labels import Language
    from catalogue.quotes.recommend import Excluded, Reason, Recommendation, Recommendations


@click.command("recommend")
@customer_option()
@click.option(
    "--need", "needs", multiple=True, metavar="TEXT",
    help="What the customer wants: words in English or 中文, a family or a code (repeatable).",
)  # fmt: skip
@once(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    metavar="N",
    help="Products shown; default: 10.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Show all that was excluded too, with the reason; without it only what a need asks for.",
)
@ask_options()
@as_of_option()
@output_options()
@defs_options()
def recommend_command(needs: tuple[str, ...], limit: int, everything: bool, **options: Any) -> None:
    """Products that fit the customer's needs, segments, conditions and credit standing, ranked.

    Every point is explained: the need that a product serves, the segment that it suits, conditions met,
    legal checks, and what calls for care (warning signals, a weak grade, the loan class). With a complete
    ask (--amount, --tenor …) each is priced too. Exit code 1 when nothing fits.
    """
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.fields import as_json
    from catalogue.cli.session import Page, load, read_loose
    from catalogue.quotes.recommend import recommend

    page = Page(options)
    catalogue = load(options["defs"], options["as_of"], options["strict"])
    fields, customer = read_loose(catalogue, options, options["settings"], options["customer"])
    with progress() as told:
        found = recommend(catalogue, customer, needs, fields, progress=told)
    shown = found.ranked[:limit]
    rows = [_data(place, item) for place, item in enumerate(shown, 1)]
    data: dict[str, Any] = {
        "as_of": catalogue.as_of.isoformat(),
        "customer": customer.to_dict(),
        "needs": list(needs),
        "standing": found.standing.to_dict(),
        "recommended": rows,
        "excluded": [
            {"code": item.product.code, "name": item.product.name, "name_zh": item.product.name_zh,
             "needed": item.needed,
             "reasons": [reason.text for reason in item.reasons],
             "reasons_zh": [reason.text_zh for reason in item.reasons]}
            for item in found.excluded
        ],
        "warnings": list(found.warnings),
    }  # fmt: skip
    header = ("place", "code", "name", "name_zh", "points", "reasons", "missing")
    page.give(
        table=lambda: [
            *profile_blocks(found.standing.traits, page.lang),
            *_blocks(shown, found, everything, page.lang, catalogue.library.facts()),
        ],
        json=lambda: as_json(data),
        csv=lambda: csv_text(header, [[_cell(row[name]) for name in header] for row in rows]),
        thing=found,
    )
    if not shown:
        click.get_current_context().exit(NO)


def _data(place: int, item: Recommendation) -> dict[str, Any]:
    quote = item.quote
    return {
        "place": place,
        "code": item.product.code,
        "name": item.product.name,
        "name_zh": item.product.name_zh,
        "points": item.points,
        "reasons": [_reason(reason) for reason in item.reasons],
        "missing": list(item.missing),
        "ask_open": list(item.ask_open),
        "quote": quote and {
            "quote_id": quote.quote_id,
            "rate": quote.to_dict()["rate"],
            "totals": {name: amount.text() for name, amount in quote.totals.items()},
            "apr": quote.to_dict()["apr"],
            "checks": quote.to_dict()["checks"],
        },
    }  # fmt: skip


def _reason(reason: Reason) -> Mapping[str, Any]:
    return {
        "text": reason.text,
        "text_zh": reason.text_zh,
        "points": reason.points,
        "source": reason.source,
    }


def _cell(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return "; ".join(item["text"] if isinstance(item, Mapping) else str(item) for item in value)


def _blocks(
    shown: Sequence[Recommendation], found: Recommendations, everything: bool, lang: Language,
    facts: Mapping[str, FactDef],
) -> list[Any]:  # fmt: skip
    from catalogue.cli.render_quote import warnings_block
    from catalogue.quotes.labels import label

    blocks: list[Any] = [Heading(label("recommended", lang))]
    if shown:
        blocks.append(_table(shown, lang))
    missing = dict.fromkeys(name for item in shown for name in item.missing)
    if missing:
        blocks.append(
            Pairs(
                [(f"customer.{name}", _fact(facts.get(name), lang)) for name in missing],
                label("missing", lang),
            )
        )
    told = found.excluded if everything else _told(found, bool(shown))
    if told or not shown:
        lines = [
            f"{item.product.code}: {'; '.join(r.text_zh if lang == 'zh' else r.text for r in item.reasons)}"
            for item in told
        ]
        blocks.append(Notes(lines or [label("none", lang)], label("excluded", lang)))
    if found.warnings:
        blocks.append(warnings_block(found.warnings, lang))
    return blocks


def _told(found: Recommendations, shown: bool) -> Sequence[Excluded]:
    """What a need asks for and does not fit; that for other kinds of customer only when nothing fits.

    Nothing fits and nothing was asked for: all that is excluded.
    """
    kind = found.standing.customer.get("kind")
    needed = [item for item in found.excluded if item.needed]
    if shown:
        return [item for item in needed if kind is None or item.product.segment in (kind, "any")]
    return needed or found.excluded


def _fact(fact: FactDef | None, lang: Language) -> str:
    """A fact's label, and the paper that proves it."""
    if fact is None:
        return ""
    name, bring = (fact.label_zh, fact.bring_zh) if lang == "zh" else (fact.label, fact.bring)
    return f"{name}: {bring}" if bring else name


def _table(shown: Sequence[Recommendation], lang: Language) -> Table:
    from catalogue.cli.words import percent
    from catalogue.quotes.labels import label

    rows = []
    for place, item in enumerate(shown, 1):
        reasons = [
            (reason.text_zh if lang == "zh" else reason.text)
            + (f" ({reason.points:+d})" if reason.points else "")
            for reason in item.reasons
        ]
        name = item.product.name_zh if lang == "zh" else item.product.name
        rate = percent(item.quote.rate.annual) if item.quote and item.quote.rate else ""
        apr = percent(item.quote.apr.effective, 4) if item.quote and item.quote.apr else ""
        rows.append(
            [str(place), item.product.code, name, str(item.points), rate, apr, "; ".join(reasons)]
        )
    columns = [
        Column("#", "number"), Column(label("code", lang), "code"), Column(label("name", lang)),
        Column(label("score", lang), "number"), Column(label("annual", lang), "number"),
        Column("APR", "number"), Column(label("reason", lang)),
    ]  # fmt: skip
    for at in (5, 4):
        if not any(row[at] for row in rows):
            columns.pop(at)
            rows = [[*row[:at], *row[at + 1 :]] for row in rows]
    return Table(columns, rows)
