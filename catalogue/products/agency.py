"""The base of agency services: contracts over months, what a month costs, what the float is worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import definition_fees
from catalogue.products.results import Fee, FeeTaxPart, Result, Terms
from catalogue.values import Money, months_between

FUNDS = "ftp-cny"
_YEAR = 360


class AgencyService(FeeService):
    """A service that runs for months: fees per month by the items and amounts of a month."""

    def months(self, terms: Terms) -> int:
        """Months of the contract; a month begun counts."""
        if terms.maturity is None:
            raise InputError("tenor: is missing; the contract runs for months")
        whole, days = months_between(terms.start, terms.maturity)
        return whole + (1 if days else 0)

    def monthly(self, ctx: QuoteContext, terms: Terms) -> Result:
        """What an average month costs: the fees that are charged per month ÷ months."""
        months = self.months(terms)
        whole = Money.total(
            (fee.amount for fee in definition_fees(ctx, terms, self.fee_currency) if per_month(ctx, fee)),
            self.fee_currency,
        )  # fmt: skip
        fee = Money.rounded(Fraction(whole.amount) / months, self.fee_currency)
        ctx.explain(
            "result.monthly_fee", fee, "fees per month ÷ months", {"fees": whole, "months": months}
        )
        return Result("monthly_fee", "Fees of a month", "每月费用", fee)


def per_month(ctx: QuoteContext, fee: Fee) -> bool:
    """Whether a fee of the definition is charged by the month."""
    per = ctx.version.fees[fee.code].per if fee.code in ctx.version.fees else None
    return per is not None and per.unit == "month"


def float_value(
    ctx: QuoteContext, balance_days: Fraction, sheet: str, what: str
) -> Sequence[Result]:
    """What the bank earns on money that passes through: (funds rate − demand rate) × balance × days.

    Args:
        ctx: the quote.
        balance_days: Σ amount × days of the whole contract, in yuan.
        sheet: the rate sheet of the demand rate that the client gets.
        what: how the balance comes about, for the explanation.
    """
    if not balance_days:
        return ()
    earned = ctx.reference(FUNDS, column="on")
    paid = ctx.reference(sheet, column="demand")
    margin: Decimal = earned - paid
    benefit = Money.rounded(balance_days * Fraction(margin) / _YEAR, "CNY")
    ctx.explain(
        "result.float_benefit", benefit, f"{what} × (overnight funds rate − demand rate) ÷ 360",
        {"balance_days": Decimal(round(balance_days)), "funds": earned, "demand": paid},
    )  # fmt: skip
    return (
        Result(
            "float_benefit",
            "What the balances are worth to the bank",
            "沉淀资金收益(供参考)",
            benefit,
        ),
    )


def own_fee(
    ctx: QuoteContext, words: tuple[str, str, str], amount: Money, formula: str, *,
    source: str, due: date | None = None, base: Money | Decimal | None = None,
) -> Fee:  # fmt: skip
    """A fee that a product computes itself, with the value-added tax that it contains.

    `words` are its code and its names in English and Chinese.
    """
    code, name, name_zh = words
    rate = ctx.reference("vat")
    net = Money.rounded(Fraction(amount.amount) / (1 + Fraction(rate)), amount.currency)
    return Fee(
        code=code,
        name=name,
        name_zh=name_zh,
        amount=amount,
        formula=formula,
        source=source,
        base=base,
        due=due,
        tax=FeeTaxPart(rate, net, amount - net),
    )
