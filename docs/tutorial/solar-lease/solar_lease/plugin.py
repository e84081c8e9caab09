"""The product solar-lease: rent in advance, and the panels bought at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Check, Contract, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.products.results import Flow, PlainRow
from catalogue.values import add_months


class SolarLease(Product):
    """Level rents at each month's beginning; the last payment buys the panels."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Rents, their schedule, and what the roof earns beside them."""
        if terms.amount is None or terms.rate is None or terms.tenor is None:
            raise InputError("amount, tenor: both are needed")
        months = terms.tenor.months
        if months is None:
            raise InputError(f"tenor: {terms.tenor} is not in months or years")
        residual = Money.rounded(terms.amount.amount * ctx.figure("residual"), terms.currency)
        monthly = Fraction(terms.rate.annual) / 12
        rent = level_rent(terms.amount, residual, monthly, months)
        ctx.explain(
            "rent",
            rent,
            "(price − residual ÷ (1 + i)^n) ÷ ((1 − (1 + i)^−n) ÷ i × (1 + i))",
            {"price": terms.amount, "residual": residual, "n": months},
        )
        rows = tuple(rent_rows(terms, rent, residual, monthly, months))
        interest = Money.of(sum((row.interest for row in rows), Decimal(0)), terms.currency)
        paid = (Flow(row.due, -Money.of(row.payment, terms.currency), "rent") for row in rows)
        return Contract(
            terms.currency,
            (Flow(terms.start, terms.amount, "panels"), *paid),
            {"principal": terms.amount, "interest": interest},
            rows,
            self.results(ctx, rent, residual),
            apr=True,
        )

    def results(self, ctx: QuoteContext, rent: Money, residual: Money) -> tuple[Result, ...]:
        """Rent, price at the end, and the first year's power against the rents when both are known."""
        made = (
            Result("rent", "Monthly rent", "月租金", rent),
            Result("residual", "Price at the end", "期末购买价", residual),
        )
        output, power_price = ctx.ask.get("output"), ctx.ask.get("power_price")
        if output is None or power_price is None:
            return made
        power = Money.rounded(output * power_price, rent.currency)
        return (
            *made,
            Result("saving", "Power less rent, first year", "首年节余", power - rent * 12),
        )

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The roof should pay for itself: a check that a condition of the definition cannot say."""
        saving = contract.result("saving")
        if saving is None:
            return ()
        text, text_zh = "The power pays the rent", "发电收入足以支付租金"
        source, found = ctx.source("rate"), {"saving": saving}
        if saving.minor >= 0:
            return [Check("roof-pays", "pass", text, text_zh, source, found)]
        bring, bring_zh = "guarantee of output by the maker", "组件厂商发电量保证"
        return [
            Check(
                "roof-pays", "refer", text, text_zh, source, found, bring=bring, bring_zh=bring_zh
            )
        ]


def level_rent(price: Money, residual: Money, monthly: Fraction, months: int) -> Money:
    """The rent at each month's beginning that leaves the residual at the end, to the fen."""
    growth = (1 + monthly) ** months
    due = (1 - 1 / growth) / monthly * (1 + monthly) if monthly else Fraction(months)
    exact = (Fraction(price.minor) - Fraction(residual.minor) / growth) / due
    return Money.rounded(exact / 100, price.currency)


def rent_rows(
    terms: Terms, rent: Money, residual: Money, monthly: Fraction, months: int
) -> Iterator[PlainRow]:
    """A row a month; the last rent takes the rounding, the row after it buys the panels."""
    balance, last_due = terms.amount, terms.start
    if balance is None:
        return
    before_last = Money.rounded(Fraction(residual.minor) / (1 + monthly) / 100, terms.currency)
    for number in range(months + 1):
        due = add_months(terms.start, number)
        interest = Money.rounded(
            balance.amount * monthly.numerator / monthly.denominator, terms.currency
        )
        interest = interest if number else Money.zero(terms.currency)
        payment = rent
        if number == months - 1:
            payment = balance + interest - before_last
        if number == months:
            payment, interest = residual, residual - balance
        closing = balance + interest - payment
        yield PlainRow(
            number + 1, due, (due - last_due).days, balance.amount, (payment - interest).amount,
            interest.amount, Decimal(0), payment.amount, closing.amount,
        )  # fmt: skip
        balance, last_due = closing, due


plugin = SolarLease()
