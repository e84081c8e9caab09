"""The base of agency services: contracts over months, what a month costs, what the float is worth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import definition_fees
from catalogue.products.plain_rows import fee_row
from catalogue.products.results import Contract, Fee, PlainRow, Result, Terms
from catalogue.values import BANK_YEAR, Money, add_months, months_begun

FUNDS = "ftp-cny"


class AgencyService(FeeService):
    """A service that runs for months: fees per month by the items and amounts of a month.

    `invoiced`: the client pays by the month, so that a quote has a row a month and fees without a
    day of their own are spread over the rows. The ask has a `tenor` or `maturity`; a month begun counts.
    """

    invoiced = False

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """No flows but the fees, with the rows of the monthly invoices where there are such."""
        contract = super().price(ctx, terms)
        return attrs.evolve(contract, schedule=self.invoices(terms)) if self.invoiced else contract

    def invoices(self, terms: Terms) -> tuple[PlainRow, ...]:
        """One row a month begun; the core places the month's fees in it."""
        before, rows = terms.start, []
        for n in range(1, self.months(terms) + 1):
            due = add_months(terms.start, n)
            if terms.maturity is not None:
                due = min(due, terms.maturity)
            rows.append(fee_row(n, due, (due - before).days, self.fee_currency))
            before = due
        return tuple(rows)

    def months(self, terms: Terms) -> int:
        """Months of the contract; a month begun counts."""
        if terms.maturity is None:
            raise InputError("tenor: is missing; the contract runs for months")
        return months_begun(terms.start, terms.maturity)

    def monthly(self, ctx: QuoteContext, terms: Terms) -> Result:
        """What an average month costs: the fees that are charged per month ÷ months."""
        months = self.months(terms)
        whole = Money.total(
            (
                fee.amount
                for fee in definition_fees(ctx, terms, self.fee_currency)
                if per_month(ctx, fee)
            ),
            self.fee_currency,
        )
        fee = Money.rounded(Fraction(whole.amount) / months, self.fee_currency)
        ctx.explain(
            "result.monthly_fee", fee, "fees per month ÷ months", {"fees": whole, "months": months}
        )
        return Result("monthly_fee", "Fees of a month", "每月费用", fee)


def per_month(ctx: QuoteContext, fee: Fee) -> bool:
    """Whether a fee of the definition is charged by the month."""
    per = ctx.version.fees[fee.code].per if fee.code in ctx.version.fees else None
    return per is not None and per.unit == "month"


def float_value(ctx: QuoteContext, balance_days: Fraction, what: str) -> Sequence[Result]:
    """What the bank earns on money that passes through: (funds rate − demand rate) × balance × days.

    The client gets the demand rate of the sheet that the term `deposit_sheet` names.

    Args:
        ctx: the quote.
        balance_days: Σ amount × days of the whole contract, in yuan.
        what: how the balance comes about, for the explanation.
    """
    if not balance_days:
        return ()
    earned = ctx.reference(FUNDS, column="on")
    paid = ctx.reference(ctx.term("deposit_sheet"), column="demand")
    margin: Decimal = earned - paid
    benefit = Money.rounded(balance_days * Fraction(margin) / BANK_YEAR, "CNY")
    ctx.explain(
        "result.float_benefit",
        benefit,
        f"{what} × (overnight funds rate − demand rate) ÷ 360",
        {"balance_days": Decimal(round(balance_days)), "funds": earned, "demand": paid},
    )
    return (
        Result(
            "float_benefit",
            "What the balances are worth to the bank",
            "沉淀资金收益(供参考)",
            benefit,
        ),
    )
