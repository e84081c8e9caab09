"""Insurance agency (代理保险业务): commission by line and premium, by channel, with a volume bonus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue import Contract, Fee, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import own_fee
from catalogue.values import percent_text
from catalogue.values.text import clean, suggest

REGULAR = "life-regular"
LINES = {
    "life-single": ("Single-premium life", "趸交寿险"),
    REGULAR: ("Regular-premium life", "期交寿险"),
    "health": ("Health", "健康险"),
    "accident": ("Accident", "意外险"),
    "property": ("Property", "财产险"),
    "motor": ("Motor", "车险"),
}


class InsuranceAgency(FeeService):
    """Policies sold for an insurer, which pays the commission."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed; the amount is the sum of the premiums."""
        _check_policies(ctx.ask["policies"])
        terms = super().terms(ctx)
        premium = Money.total(row["premium"] for row in ctx.ask["policies"])
        return terms.with_extra(premium=premium)

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The sum of the premiums."""
        return [Result("premium", "Premiums", "保费合计", terms.extra["premium"])]

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commission of each row, then the bonus on all of them."""
        made = [
            _commission(ctx, row, number, terms)
            for number, row in enumerate(ctx.ask["policies"], 1)
        ]
        whole = Money.total(fee.amount for fee in made)
        share = ctx.figure("volume_bonus", at=terms.extra["premium"])
        if share:
            amount = whole.scaled(share)
            formula = f"{percent_text(share)} × {whole.grouped()}"
            source = ctx.source("figures", "volume_bonus")
            words = ("bonus", "Volume bonus", "规模奖励")
            made.append(
                own_fee(ctx, words, amount, formula, source=source, due=terms.start, base=whole)
            )
        return made


def _check_policies(rows: Sequence[Mapping[str, Any]]) -> None:
    """Every fault of the rows: unknown lines, premiums not above zero, years where none belong."""
    problems = [] if rows else ["policies: is empty; state line:premium"]
    for number, row in enumerate(rows, 1):
        where, line, years = f"policies[{number}]", row["line"], row.get("years")
        if line not in LINES:
            hint = suggest(line, LINES)
            problems.append(
                f"{where}.line: {clean(repr(line))} is not one of {', '.join(LINES)}{hint}"
            )
        if row["premium"].minor <= 0:
            problems.append(f"{where}.premium: {row['premium'].text()} is not above zero")
        if line == REGULAR and (years is None or not 1 <= years <= 60):
            problems.append(f"{where}.years: a regular premium needs its years of paying, 1 to 60")
        if line != REGULAR and years is not None:
            problems.append(f"{where}.years: only {REGULAR} has years of paying")
    if problems:
        raise InputError.many(problems)


def _commission(ctx: QuoteContext, row: Mapping[str, Any], number: int, terms: Terms) -> Fee:
    """Premium × rate of the line (and years) × share of the channel."""
    line, premium = row["line"], row["premium"]
    rate: Decimal
    if line == REGULAR:
        rate, figure = ctx.figure("regular_commission", at=row["years"]), "regular_commission"
    else:
        rate, figure = ctx.figure("commission", key=line), "commission"
    share = ctx.figure("channel_share", key=ctx.ask["channel"])
    amount = Money.rounded(Fraction(premium.amount) * Fraction(rate) * Fraction(share))
    formula = f"{premium.grouped()} × {percent_text(rate)} × {percent_text(share)}"
    name, name_zh = LINES[line]
    words = (f"commission-{number}", f"Commission, {name}", f"{name_zh}手续费")
    source = ctx.source("figures", figure)
    return own_fee(ctx, words, amount, formula, source=source, due=terms.start, base=premium)


plugin = InsuranceAgency()
