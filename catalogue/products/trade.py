"""Trade services: margin and exposure of undertakings, and advances on bills and credits.

Services are charged in CNY for amounts in any currency (FeeService); margin, exposure and what counts
as risk are in the currency of the undertaking.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.fee_service import FeeService
from catalogue.products.rate_rule import quoted_rate
from catalogue.products.results import QuotedRate, Result, Terms
from catalogue.values import Money


class Undertaking(FeeService):
    """A letter of credit or guarantee: the bank promises, the client covers part by a margin."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The undertaking with its margin."""
        terms = super().terms(ctx)
        share = margin_share(ctx)
        return terms.with_extra(margin_share=share)

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Margin, exposure, and the exposure that counts as risk."""
        amount: Money = ctx.ask.amount
        margin = share_of(amount, margin_share(ctx))
        exposure = amount - margin
        weighted = share_of(exposure, self.conversion_factor(ctx))
        ctx.explain("exposure", exposure, "amount − margin", {"amount": amount, "margin": margin})
        return (
            Result("margin", "Margin deposit", "保证金", margin),
            Result("exposure", "Exposure", "敞口", exposure),
            Result("risk_weighted", "Exposure × conversion factor", "风险敞口(折算后)", weighted),
        )

    def conversion_factor(self, ctx: QuoteContext) -> Decimal:
        """The credit conversion factor of the undertaking."""
        return ctx.figure("conversion_factor")


def margin_share(ctx: QuoteContext) -> Decimal:
    """The ask's share, or that of the client's grade; without a grade, that of none."""
    stated: Decimal | None = ctx.ask.get("margin_share")
    if stated is not None:
        return stated
    grade = ctx.customer.get("credit_grade")
    return ctx.figure("margin_by_grade", key=str(grade) if grade is not None else "none")


def share_of(amount: Money, share: Decimal) -> Money:
    """A share of an amount, rounded once."""
    return Money.rounded(Fraction(amount.amount) * Fraction(share), amount.currency)


def market_priced(ctx: QuoteContext) -> QuotedRate:
    """The rate rule with the money-market sheet of the ask's own currency as its reference."""
    rule = ctx.version.rate
    if rule is None:
        raise InputError(f"{ctx.code}: the definition needs a [rate]")
    currency = ctx.ask.currency
    sheet = "shibor" if currency == "CNY" else f"{currency.lower()}-money-market"
    return quoted_rate(ctx, rule=attrs.evolve(rule, reference=sheet))
