"""The base of loans: repayment schedule, flows and totals from terms; families add their own rules.

Every optional field of COMMON_FIELDS that a definition declares (grace, drawdowns, extra_payments,
rate_steps, balloon, settlement_day …) works here, so that a loan product is its definition and a few
lines. Beside it: loan_dates (due dates), repricing (floating rates), prepayment_fee, penalty,
affordability, collateral.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths import payoff, schedule
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.loan_dates import (
    WEEKS_PER_PERIOD,
    DueDates,
    instalment_dates,
    settlement_dates,
)
from catalogue.products.penalty import penalty_results
from catalogue.products.prepayment_fee import payoff_fee_results, prepayment_fees
from catalogue.products.repricing import rate_steps, repricing_results
from catalogue.products.results import Contract, Fee, Flow, Result, Terms
from catalogue.values import Money

_AS_THEY_ARE = ("grace", "extra_mode", "grace_interest", "principal_frequency")
_AMOUNTS = ("balloon", "payment_multiple")


class Loan(Product):
    """A loan that is drawn, bears interest and is repaid by a schedule.

    Class attributes that a product may change: `default_method`, `default_frequency`. A product that
    computes its schedule otherwise overrides `repayment`; one with more figures, `results`.
    """

    default_method = "level"
    default_frequency = "monthly"

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed, with the loan's method and frequency."""
        terms = super().terms(ctx)
        method = terms.method or self.default_method
        frequency = terms.frequency or self.default_frequency
        # No number of fortnights makes a year: one payment on the maturity has none.
        if method == "at-maturity" and frequency in WEEKS_PER_PERIOD:
            raise InputError(
                f"frequency: {frequency} does not go with method at-maturity, which pays once; leave it out"
            )
        return attrs.evolve(terms, method=method, frequency=frequency)

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Flows and totals from the schedule."""
        rows = self.repayment(ctx, terms)
        return self.contract(ctx, terms, rows)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What a client asks first: the payment, what early repayment saves, what lateness costs."""
        return [
            *payment_results(rows),
            *self.repricing(ctx, terms),
            *self.savings(ctx, terms, rows),
            *payoff_results(ctx, terms, rows),
            *penalty_results(ctx, terms),
        ]

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee of early repayments, when the definition states one."""
        return prepayment_fees(ctx, terms)

    def contract(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Contract:
        """A contract from a schedule: drawn amounts received, payments paid."""
        currency = terms.currency
        principal, interest = need_amount(terms), Money.of(rows.total_interest, currency)
        ctx.explain(
            "totals.interest",
            interest,
            "sum of the schedule's interest, each row rounded to the minor unit",
            {"rows": len(rows), "method": terms.method, "day_count": terms.day_count or "months"},
        )
        return Contract(
            currency,
            loan_flows(rows),
            {"principal": principal, "interest": interest},
            rows,
            tuple(self.results(ctx, terms, rows)),
            apr=True,
        )

    def repayment(self, ctx: QuoteContext, terms: Terms) -> Schedule:
        """The schedule of the agreed terms."""
        return schedule(
            need_amount(terms).amount, annual_rates(ctx, terms), **self.plan(ctx, terms)
        )

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """The keyword arguments for `catalogue.maths.schedule`; products may change them."""
        ask, method = ctx.ask, terms.method or self.default_method
        made: dict[str, Any] = {
            "start": terms.start,
            "method": method,
            "frequency": terms.frequency or self.default_frequency,
            "day_count": terms.day_count if terms.day_count not in (None, "months") else None,
            "currency": terms.currency,
            "drawdowns": dated(ask.get("drawdowns", ())),
            "extra_payments": dated(ask.get("extra_payments", ())),
            **self.due_dates(ctx, terms).keywords(),
        }
        made |= custom_parts(ctx, terms, made["periods"])
        made |= {name: ask[name] for name in _AS_THEY_ARE if name in ask}
        made |= {name: ask[name].amount for name in _AMOUNTS if name in ask}
        if "business_day" in ctx.version.terms:
            made |= {"business_day": ctx.term("business_day"), "calendar": ctx.calendar}
        return made

    def due_dates(self, ctx: QuoteContext, terms: Terms) -> DueDates:
        """On the settlement day of the ask if it has one (and no `first_due`), else by the value date."""
        ask, frequency = ctx.ask, terms.frequency or self.default_frequency
        tenor = terms.tenor or ask.tenor
        if "settlement_day" in ask and "first_due" not in ask:
            return settlement_dates(tenor, frequency, terms.start, ask["settlement_day"])
        return instalment_dates(tenor, frequency, terms.start, ask.get("first_due"))

    def repricing(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """When the rate is first set anew, where the ask agrees on repricing days."""
        return repricing_results(ctx, terms)

    def agreed_repayments(self, ctx: QuoteContext) -> Sequence[tuple[date, Decimal]]:
        """Principal that the contract repays between its due dates: none, unless a product says so."""
        return ()

    def savings(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """Interest and instalments that the early repayments of the ask save; agreed ones stay."""
        if not ctx.ask.get("extra_payments"):
            return ()
        plan = {**self.plan(ctx, terms), "extra_payments": self.agreed_repayments(ctx)}
        without = schedule(need_amount(terms).amount, annual_rates(ctx, terms), **plan)
        saved = Money.of(without.total_interest - rows.total_interest, terms.currency)
        ctx.explain(
            "result.interest_saved",
            saved,
            "interest without the early repayments − interest with them",
            {"without": without.total_interest, "with": rows.total_interest},
        )
        return (
            Result("interest_saved", "Interest saved", "节省利息", saved),
            Result("ends_on", "Repaid on", "结清日", rows.columns.due[-1], "date"),
        )


def loan_flows(rows: Schedule) -> tuple[Flow, ...]:
    """The borrower's flows of a schedule: drawdowns received, payments paid."""
    return tuple(
        Flow(on, Money(minor, rows.currency), "drawdown" if minor > 0 else "payment")
        for on, minor in rows.minor_flows()
        if minor
    )


def payment_results(rows: Schedule) -> Sequence[Result]:
    """The first payment, and the largest and the last where they differ from it."""
    currency = rows.currency
    payments = [payment for payment in rows.columns.payment if payment]
    made = [Result("first_payment", "First payment", "首期还款额", Money(payments[0], currency))]
    largest = max(payments)
    if largest != payments[0]:
        made.append(
            Result("largest_payment", "Largest payment", "最高一期还款额", Money(largest, currency))
        )
    if payments[-1] not in (payments[0], largest):
        made.append(
            Result("last_payment", "Last payment", "末期还款额", Money(payments[-1], currency))
        )
    return made


def payoff_results(
    ctx: QuoteContext, terms: Terms, rows: Schedule, *others: Schedule
) -> Sequence[Result]:
    """What closes the loan on the ask's `payoff_on`, with the fee of early repayment.

    Args:
        ctx: the quote.
        terms: of the part that is charged for early repayment.
        rows: its schedule.
        others: schedules of further parts, that are repaid without a fee.
    """
    on = ctx.ask.get("payoff_on")
    if on is None:
        return ()
    parts = (rows, *others)
    first, last = rows.start, max(part.columns.due[-1] for part in parts)
    if not first <= on <= last:
        raise InputError(f"payoff_on: {on} is not between {first} and {last}")
    closings = [payoff(part, on) for part in parts]
    balances, interest, totals = (
        [Money.of(getattr(each, name), rows.currency) for each in closings]
        for name in ("balance", "interest", "total")
    )
    total = Money.total(totals, rows.currency)
    return (
        Result(
            "payoff_balance",
            "Balance on the payoff day",
            "结清日本金余额",
            Money.total(balances, rows.currency),
        ),
        Result(
            "payoff_interest",
            "Interest accrued to the payoff day",
            "结清日应计利息",
            Money.total(interest, rows.currency),
        ),
        Result(
            "payoff_amount",
            "Amount that closes the loan",
            "提前结清金额",
            total,
        ),
        *payoff_fee_results(ctx, terms, on, balances[0], total),
    )


def need_amount(terms: Terms) -> Money:
    """The amount of the terms; InputError if there is none."""
    if terms.amount is None:
        raise InputError("amount: is missing; state it (--amount ...)")
    return terms.amount


def custom_parts(ctx: QuoteContext, terms: Terms, periods: int) -> dict[str, Any]:
    """For method custom: the principal of each instalment as the ask lists it, one a due date."""
    method, amount = terms.method, need_amount(terms)
    if method != "custom":
        if ctx.ask.get("instalments"):
            raise InputError(f"instalments: only method custom takes them, not {method}")
        return {}
    parts = [row["amount"].amount for row in ctx.ask.get("instalments", ())]
    if not parts:
        raise InputError(
            "instalments: is missing; method custom needs the principal of each instalment"
        )
    if len(parts) != periods:
        raise InputError(
            f"instalments: {len(parts)} amounts for {periods} due dates; state one for each"
        )
    if sum(parts) != amount.amount:
        raise InputError(f"instalments: they add up to {sum(parts)}, the loan is {amount.amount}")
    return {"principal_parts": parts}


def annual_rates(ctx: QuoteContext, terms: Terms) -> Decimal | list[tuple[date, Decimal]]:
    """The contract's rate, or its path when the ask states how it moves."""
    steps = rate_steps(ctx, terms)
    return steps[0][1] if len(steps) == 1 else steps


def dated(rows: Sequence[Mapping[str, Any]]) -> list[tuple[date, Decimal]]:
    """Rows with date and amount as pairs for the maths."""
    return [(row["date"], row["amount"].amount) for row in rows]
