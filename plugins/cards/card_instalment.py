"""Card instalment plan (信用卡分期): equal principal, a fee on the original amount, its true APR."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import (
    Contract,
    Fee,
    Flow,
    InputError,
    Money,
    Product,
    QuoteContext,
    Result,
    Tenor,
    Terms,
)
from catalogue.products.plain_rows import principal_rows
from catalogue.values import add_months, percent_text


class CardInstalment(Product):
    """Principal in equal parts; the fee is a fee, so that the APR shows what it costs."""

    deciding_fields = ("charged",)

    def terms(self, ctx: QuoteContext) -> Terms:
        """With the number of instalments, stated as such or as a tenor."""
        terms, periods = super().terms(ctx), self._periods(ctx)
        tenor = Tenor.parse(f"{periods}m")
        return attrs.evolve(terms, tenor=tenor, maturity=tenor.end(terms.start)).with_extra(
            periods=periods
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The rows of principal, settled early if the ask says so."""
        amount, periods = ctx.ask.amount, int(terms.extra["periods"])
        last = self._last(ctx, periods)
        parts = list(amount.allocate([1] * periods))
        if last < periods:
            parts = [*parts[: last - 1], Money.total(parts[last - 1 :], amount.currency)]
        dated = ((add_months(terms.start, n), part) for n, part in enumerate(parts, 1))
        rows = principal_rows(terms.start, amount, dated)
        each = self._each(ctx, periods)
        results = (
            self._first_payment(ctx, parts[0], each),
            Result(
                "nominal",
                "Nominal fee a year",
                "名义年手续费率",
                self._fee_rate(ctx, periods) * 12,
                "rate",
            ),
            Result("fee_each", "Fee a period", "每期手续费", each),
        )
        flows = (
            Flow(terms.start, amount, "purchase"),
            *(Flow(row.due, -Money.of(row.principal), "instalment") for row in rows),
        )
        totals = {"principal": amount, "interest": Money.zero(amount.currency)}
        return Contract(amount.currency, flows, totals, rows, results, apr=True)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The instalment fee, and that of settling early."""
        periods, amount = int(terms.extra["periods"]), ctx.ask.amount
        last, each = self._last(ctx, periods), self._each(ctx, periods)
        rate = percent_text(self._fee_rate(ctx, periods))
        once = ctx.ask["charged"] == "once"
        count = periods if once else last
        made = [
            Fee(
                "instalment",
                "Instalment fee",
                "分期手续费",
                each * count,
                f"{amount.grouped()} × {rate} × {count}",
                ctx.source("figures", "period_fee"),
                base=amount,
                due=terms.start if once else None,
            )
        ]
        if last < periods:
            rows = list(contract.schedule)
            left = Money.of(rows[-1].principal) - amount.allocate([1] * periods)[last - 1]
            share = ctx.figure("early_fee")
            made.append(
                Fee(
                    "early",
                    "Early settlement fee",
                    "提前结清手续费",
                    left.scaled(share),
                    f"{left.grouped()} × {percent_text(share)}",
                    ctx.source("figures", "early_fee"),
                    base=left,
                    due=rows[-1].due,
                )
            )
        return made

    def _periods(self, ctx: QuoteContext) -> int:
        """By `periods`, or by a tenor of as many months; InputError where the two contradict."""
        tenor, stated = ctx.ask.get("tenor"), int(ctx.ask["periods"])
        if tenor is None:
            return stated
        offered = ctx.version.ask["periods"].choices or ()
        if str(tenor.months) not in offered:
            raise InputError(f"tenor: {tenor} is not one of {', '.join(f'{n}m' for n in offered)}")
        if "periods" in ctx.ask.stated and tenor.months != stated:
            raise InputError(
                f"periods: {stated} contradicts the tenor of {tenor}; state one of them"
            )
        return int(tenor.months)

    def _first_payment(self, ctx: QuoteContext, part: Money, each: Money) -> Result:
        """With the fee of its period, unless that was charged at once on the first day."""
        if ctx.ask["charged"] == "once":
            return Result(
                "first_payment",
                "First payment, the fee charged before",
                "首期还款额(手续费已一次收取)",
                part,
            )
        words = ("First payment with its fee", "首期还款额(含手续费)")
        return Result("first_payment", *words, part + each)

    def _last(self, ctx: QuoteContext, periods: int) -> int:
        stated = ctx.ask.get("settle_after")
        if stated is None:
            return periods
        if stated >= periods:
            raise InputError(
                f"settle_after: {stated} is not before the last of {periods} instalments"
            )
        return int(stated)

    def _fee_rate(self, ctx: QuoteContext, periods: int) -> Decimal:
        rate: Decimal = ctx.figure("period_fee", key=str(periods))
        return rate

    def _each(self, ctx: QuoteContext, periods: int) -> Money:
        rate = self._fee_rate(ctx, periods)
        return Money.rounded(Fraction(ctx.ask.amount.amount) * Fraction(rate))


plugin = CardInstalment()
