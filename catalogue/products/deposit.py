"""The base of deposits: flows, interest tax by date, totals and what an early withdrawal would give.

Flows are the depositor's: paid in negative, received positive. `totals.interest` is gross,
`interest_tax` what is kept back, `interest_net` what is received. An APR belongs to borrowing; a
deposit has an effective annual yield among its results instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError, RateError
from catalogue.maths import time_withdrawal, xirr
from catalogue.maths.deposit_result import DepositInterest
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Flow, PlainRow, QuotedRate, Result, Terms
from catalogue.values import Money

Steps = list[tuple[date, Decimal]]
_YIELD_PLACES = Decimal("0.000001")


class Deposit(Product):
    """A deposit; a kind states its own interest in `price` and hands its outcome to `contract`.

    `column` names the column of the reference sheet where the tenor does not (demand, notice …).
    """

    column: str | None = None

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate | None:
        """The listed or agreed rate, from the kind's own column if it has one."""
        column = self.rate_column(ctx)
        rule = ctx.version.rate
        if column is None or rule is None or rule.reference is None:
            return super().agreed_rate(ctx)
        from catalogue.products.rate_rule import quoted_rate

        return quoted_rate(ctx, rule=attrs.evolve(rule, column=column))

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The column of the reference sheet; None where the tenor picks it."""
        return self.column

    def listed(self, ctx: QuoteContext, column: str) -> Decimal:
        """Another rate of the sheet that the rate rule refers to."""
        rule = ctx.version.rate
        if rule is None or rule.reference is None:
            raise InputError(f"{ctx.code}: the definition's [rate] names no reference sheet")
        return ctx.reference(rule.reference, column=column)

    def demand_rate(self, ctx: QuoteContext) -> Decimal:
        """The demand rate of the day, which early and late withdrawals bear."""
        return self.listed(ctx, "demand")

    def tax(self, ctx: QuoteContext) -> Steps | Decimal:
        """The interest tax over time as far as it is known on the pricing date; companies bear none."""
        if ctx.term("interest_tax", "none") == "none":
            return Decimal(0)
        sheet = ctx.rates.sheet("interest-tax")
        ctx.reference("interest-tax")
        return [
            (version.effective_from, value)
            for version in sheet.versions
            if version.effective_from <= ctx.as_of
            for value in [next(iter(version.values.values())).value]
            if value is not None
        ]

    def contract(
        self,
        ctx: QuoteContext,
        terms: Terms,
        *,
        paid_in: Sequence[tuple[date, Decimal]],
        received: Sequence[tuple[date, Decimal, str]],
        interest: Iterable[DepositInterest],
        rows: Sequence[PlainRow] = (),
        results: Sequence[Result] = (),
    ) -> Contract:
        """The contract of what is paid in and received, with gross interest, tax and net."""
        currency = terms.currency
        parts = list(interest)
        gross = Money.total((Money.of(part.gross, currency) for part in parts), currency)
        tax = Money.total((Money.of(part.tax, currency) for part in parts), currency)
        flows = (
            *(
                Flow(day, Money.of(-amount, currency), "paid in")
                for day, amount in paid_in
                if amount
            ),
            *(
                Flow(day, Money.of(amount, currency), label)
                for day, amount, label in received
                if amount
            ),
        )
        principal = Money.total((Money.of(amount, currency) for _, amount in paid_in), currency)
        explain_parts(ctx, parts)
        own = [*results, *annual_yield(ctx, flows)]
        totals = {
            "principal": principal,
            "interest": gross,
            "interest_tax": tax,
            "interest_net": gross - tax,
        }
        return Contract(currency, flows, totals, tuple(rows), tuple(own))

    def early_results(
        self, ctx: QuoteContext, terms: Terms, principal: Decimal, rate: Decimal, maturity: date
    ) -> list[Result]:
        """What the deposit would give if it were drawn midway: the demand rate for the time held."""
        midway = terms.start + (maturity - terms.start) / 2
        if midway <= terms.start:
            return []
        made = time_withdrawal(
            principal, rate, start=terms.start, maturity=maturity, on=midway,
            demand_rate=self.demand_rate(ctx), tax_rate=self.tax(ctx), currency=terms.currency,
        )  # fmt: skip
        paid = Money.of(made.interest.paid, terms.currency)
        return [
            Result(
                "early_date", "If drawn early, for example on", "若提前支取(例)", midway, "date"
            ),
            Result("early_amount", "then received", "则实得本息", paid),
        ]


def explain_parts(ctx: QuoteContext, parts: Iterable[DepositInterest]) -> None:
    """Record each line of interest and of tax with its arithmetic."""
    for part in parts:
        for line in part.parts:
            ctx.explain(
                f"interest.{line.reason}",
                line.interest,
                line.formula,
                {"from": line.start, "to": line.end},
            )
        for taxed in part.tax_parts:
            if taxed.tax:
                ctx.explain(
                    "interest_tax", taxed.tax, f"{taxed.interest} × {taxed.tax_rate}",
                    {"from": taxed.start, "to": taxed.end, "days": taxed.days},
                )  # fmt: skip


def annual_yield(ctx: QuoteContext, flows: Sequence[Flow]) -> list[Result]:
    """The effective annual yield of the depositor's flows, when they have one."""
    if not flows or flows[-1].on <= flows[0].on:
        return []
    try:
        rate = xirr([(flow.on, flow.amount.amount) for flow in flows])
    except RateError as error:
        ctx.warn(f"annual_yield: {error}")
        return []
    value = Decimal(repr(rate)).quantize(_YIELD_PLACES)
    return [
        Result("annual_yield", "Effective annual yield after tax", "税后年化收益率", value, "rate")
    ]


def posting_row(
    n: int, start: date, due: date, opening: Decimal, interest: Decimal, paid_out: Decimal
) -> PlainRow:
    """A row of interest posted: what is paid out is interest and, at the end, principal."""
    principal = paid_out - interest if paid_out > interest else Decimal("0.00")
    return PlainRow(
        n, due, (due - start).days, opening, principal, interest, Decimal("0.00"),
        principal + interest, opening - principal,
    )  # fmt: skip


def simple_interest(amount: Decimal, rate: Decimal, days: int, year: int, currency: str) -> Money:
    """Amount × rate × days ÷ year, rounded once."""
    return Money.rounded(Fraction(amount) * Fraction(rate) * days / year, currency)


def need_tenor_months(terms: Terms) -> int:
    """The tenor in whole months; InputError for a tenor in days."""
    months = terms.tenor.months if terms.tenor is not None else None
    if months is None:
        raise InputError(f"tenor: {terms.tenor} is not in whole months; write 3m or 1y")
    return months
