"""`score`: a customer's points by factor, the grade, the limit it gives, and what is still unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import (
    as_of_option,
    customer_option,
    defs_options,
    once,
    output_options,
)
from catalogue.cli.render_profile import profile_blocks
from catalogue.cli.tables import Block, Column, Heading, Notes, Pairs, Table

if TYPE_CHECKING:
    from datetime import date

    from catalogue.cli.names import Names
    from catalogue.definitions.facts import FactDef
    from catalogue.plugin.offers import Score, Scorecard, ScoreLine
    from catalogue.products.customer import Customer
    from catalogue.quotes.catalogue import Catalogue
    from catalogue.quotes.labels import Language

_HEADER = ("group", "code", "label", "label_zh", "points", "most", "found", "source")


@click.command("score")
@customer_option()
@click.option(
    "--set", "settings", multiple=True, metavar="customer.NAME=VALUE",
    help="One fact of the customer, over the file's.",
)  # fmt: skip
@once("--scorecard", metavar="CODE", help="Scorecard; default: the one for the customer's kind.")
@as_of_option()
@output_options()
@defs_options()
def score_command(settings: tuple[str, ...], scorecard: str | None, **options: Any) -> None:
    """Points by factor with the facts behind them, the grade and the credit limit it gives.

    A missing fact gives no points: the grade is provisional until it is known. The profile says what
    else follows from the facts: size, segment, loan class, risk degree, warning signals.
    """
    from catalogue.cli.csv_text import csv_text
    from catalogue.cli.exits import note
    from catalogue.cli.fields import as_json
    from catalogue.cli.session import Page, load
    from catalogue.quotes.standing import GRADE, with_grade
    from catalogue.scoring.profile import profile

    page = Page(options)
    catalogue = load(options["defs"], options["as_of"], options["strict"])
    customer = _customer(catalogue, options["customer"], settings)
    score = catalogue.score(customer, scorecard)
    card = next(card for card in catalogue.scorecards() if card.code == score.scorecard)
    facts = catalogue.library.facts()
    graded, why_not = with_grade(customer, score, facts)
    if why_not is not None:
        note(f"Warning: {why_not}")
    told = profile(catalogue.library, graded, catalogue.as_of)
    data = {**_data(catalogue, card, score, customer), "profile": told.to_dict()}
    page.give(
        table=lambda: [
            *_blocks(card, score, facts, catalogue.as_of, page.lang, customer.get(GRADE)),
            *profile_blocks(told.traits, page.lang),
            *_more_facts(told.missing, facts, page.lang),
        ],
        json=lambda: as_json(data),
        csv=lambda: csv_text(_HEADER, [[row[name] for name in _HEADER] for row in data["lines"]]),
        thing=score,
    )


def _customer(catalogue: Catalogue, file: str | None, settings: Sequence[str]) -> Customer:
    """The customer of the options; every fault at once, unknown facts of a file as warnings."""
    from catalogue.cli.exits import note
    from catalogue.cli.fields import ask_and_facts, read_customer, split_settings, stated_once
    from catalogue.errors import InputError
    from catalogue.products.customer import unknown_fact_hint
    from catalogue.values.text import clean

    problems: list[str] = []
    others, facts = ask_and_facts(stated_once({}, split_settings(settings, problems), problems))
    known = catalogue.library.facts()
    for name in others:
        hint = f"customer.{name}" if name in known else "customer.NAME"
        problems.append(f"{clean(name)}: a scorecard reads customer facts only; write {hint}=...")
    customer = read_customer(catalogue, file, facts, problems)
    if not problems and not customer.facts:
        problems.append(
            "customer: no fact is stated; name a file (--customer FILE) or facts (--set customer.kind=person)"
        )
    if problems:
        raise InputError.many(problems)
    for name in customer.typed(known)[1]:
        note(f"Warning: {unknown_fact_hint(name, known)}")
    return customer


def _data(
    catalogue: Catalogue, card: Scorecard, score: Score, customer: Customer
) -> dict[str, Any]:
    """The score as JSON holds it: points, amounts and shares as decimal strings."""
    from catalogue.definitions.values_of_fields import plain

    facts = catalogue.library.facts()
    return {
        "scorecard": {"code": card.code, "name": card.name, "name_zh": card.name_zh},
        "as_of": catalogue.as_of.isoformat(),
        "customer": customer.to_dict(),
        "points": plain(score.points),
        "most": plain(score.most),
        "grade": score.grade,
        "provisional": bool(score.missing),
        "results": plain(score.results),
        "lines": [_line(line) for line in score.lines],
        "missing": [_missing(name, facts.get(name)) for name in score.missing],
    }


def _line(line: ScoreLine) -> dict[str, Any]:
    from catalogue.definitions.values_of_fields import plain

    return {name: plain(getattr(line, name)) for name in _HEADER}


def _missing(name: str, fact: FactDef | None) -> dict[str, Any]:
    names = ("label", "label_zh", "bring", "bring_zh")
    return {"fact": name, **{part: fact and getattr(fact, part) for part in names}}


def _blocks(
    card: Scorecard, score: Score, facts: Mapping[str, FactDef], day: date, lang: Language,
    stated: Any,
) -> Iterator[Block]:  # fmt: skip
    """The score: grade, points, limit, factors, sources, what is missing; `stated`: the grade of the facts."""
    from catalogue.cli.names import Names
    from catalogue.cli.words import number
    from catalogue.quotes.labels import label

    name, other = (card.name_zh, card.name) if lang == "zh" else (card.name, card.name_zh)
    yield Heading(f"{name} ({other})", f"{label('as_of', lang)} {day}")
    pairs = [
        (label("grade", lang), " ".join(filter(None, (score.grade, _meaning(score, lang))))),
        (label("points", lang), f"{number(score.points)} / {number(score.most)}"),
    ]
    if "limit" in score.results:
        pairs.append((label("credit_limit", lang), _limit(score.results, lang)))
    if score.missing:
        pairs.append((label("status", lang), label("provisional", lang)))
    if stated not in (None, score.grade):
        pairs.append((label("stated_grade", lang), f"{stated} {label('stated_counts', lang)}"))
    yield Pairs(pairs)
    names = Names(lang, None, getattr(getattr(card, "definition", None), "sources", None))
    sources = dict.fromkeys(names.source(line.source) for line in score.lines)
    yield _table(score, _answers(card, score, facts, day, lang), names, lang, len(sources) > 1)
    yield Notes(list(sources), label("sources", lang))
    if score.missing:
        lines = [_ask_for(name, facts.get(name), lang) for name in score.missing]
        yield Notes(lines, label("missing", lang), "warn")


def _more_facts(names: Sequence[str], facts: Mapping[str, FactDef], lang: Language) -> list[Block]:
    """The facts that would tell more of the profile."""
    from catalogue.quotes.labels import label

    lines = [_ask_for(name, facts.get(name), lang) for name in names]
    return [Notes(lines, label("more_facts", lang))] if lines else []


def _answers(
    card: Scorecard, score: Score, facts: Mapping[str, FactDef], day: date, lang: Language
) -> Mapping[str, str]:
    """Factor → the fact found, in words: shares in percent, a choice in Chinese where the vocabulary has it."""
    from catalogue.cli.words import value_text
    from catalogue.scoring.scorecard import WeightedScorecard

    factors = card.definition.at(day).factors if isinstance(card, WeightedScorecard) else {}
    made = {}
    for line in score.lines:
        factor = factors.get(line.code)
        fact = facts.get(factor.fact or "") if factor is not None else None
        share = (factor is not None and factor.percent) or (
            fact is not None and fact.type == "rate"
        )
        words: Mapping[Any, str] = {}
        if lang == "zh" and fact is not None and fact.choices and fact.choices_zh:
            words = dict(zip(fact.choices, fact.choices_zh, strict=False))
        said = words.get(line.found) if isinstance(line.found, str) else None
        made[line.code] = said or value_text(line.found, lang, unit="rate" if share else "")
    return made


def _table(
    score: Score, answers: Mapping[str, str], names: Names, lang: Language, sources: bool
) -> Table:
    from catalogue.cli.words import number
    from catalogue.quotes.labels import label, word

    columns = [
        Column(label("factor_group", lang), "code", 2),
        Column(label("factor", lang)), Column(label("points", lang), "number"),
        Column(label("most", lang), "number"), Column(label("found", lang)),
    ]  # fmt: skip
    if sources:
        columns.append(Column(label("source", lang), "text", 3))
    rows, last = [], ""
    for line in score.lines:
        group = word(line.group, lang)
        rows.append(
            [
                "" if group == last else group,
                line.label_zh if lang == "zh" else line.label,
                "–" if line.points is None else number(line.points),
                number(line.most),
                answers[line.code],
                *([names.source(line.source)] if sources else ()),
            ]
        )
        last = group
    return Table(columns, rows)


def _meaning(score: Score, lang: Language) -> str:
    found = score.results.get("meaning_zh") if lang == "zh" else score.results.get("meaning")
    return f"({found})" if found else ""


def _limit(results: Mapping[str, Any], lang: Language) -> str:
    from catalogue.cli.words import money, number, percent

    amount = money(results["limit"])
    if "limit_months" in results:
        months = number(results["limit_months"])
        return (
            f"{amount} ({f'{months} 个月收入' if lang == 'zh' else f'{months} months of income'})"
        )
    if "limit_share" in results:
        share = percent(results["limit_share"])
        return f"{amount} ({f'净资产的 {share}' if lang == 'zh' else f'{share} of net assets'})"
    return amount


def _ask_for(name: str, fact: FactDef | None, lang: Language) -> str:
    """A missing fact: its label, how to state it, the paper that proves it."""
    if fact is None:
        return f"customer.{name}"
    said, paper = (fact.label_zh, fact.bring_zh) if lang == "zh" else (fact.label, fact.bring)
    return f"{said} (customer.{name})" + (f": {paper}" if paper else "")
