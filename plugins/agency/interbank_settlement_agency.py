"""Interbank settlement agency (代理同业资金结算): fees by payment system, interest, a monthly invoice."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from catalogue import Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.products.agency import AgencyService
from catalogue.products.balances import average_balance, balance_days, lowest_balance
from catalogue.products.fees import definition_fees
from catalogue.values import BANK_YEAR


class InterbankSettlementAgency(AgencyService):
    """Payments of another bank through this one."""

    invoiced = True

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed, with the average and the lowest balance of the settlement account."""
        terms = attrs.evolve(super().terms(ctx), day_count="act/360")
        return terms.with_extra(
            average_balance=average_balance(ctx, terms, "balances"),
            lowest_balance=lowest_balance(ctx, terms, "balances"),
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest on the account is received at the end; fees fall due with each month's invoice.

        A row's payment is what the client owes, so that the last invoice has the interest below zero.
        """
        annual = terms.rate.annual if terms.rate is not None else 0
        days = balance_days(ctx, terms, "balances")
        interest = Money.rounded(days * Fraction(annual) / BANK_YEAR)
        ctx.explain(
            "totals.interest",
            interest,
            "Σ balance × days × rate ÷ 360",
            {"balance_days": round(days), "rate": annual},
        )
        contract = super().price(ctx, terms)
        *months, last = self.invoices(terms)
        credited = attrs.evolve(last, interest=-interest.amount, payment=-interest.amount)
        flows = () if terms.maturity is None else (Flow(terms.maturity, interest, "interest"),)
        return attrs.evolve(
            contract,
            flows=flows,
            schedule=(*months, credited),
            totals={**contract.totals, "interest": interest},
        )

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The invoice of a month, and the balances that interest and minimum are judged by."""
        fees = Money.total(fee.amount for fee in definition_fees(ctx, terms, self.fee_currency))
        invoice = Money.rounded(Fraction(fees.amount) / self.months(terms))
        ctx.explain("result.invoice", invoice, "fees ÷ months", {"fees": fees})
        return [
            Result("invoice", "Invoice of a month", "每月账单", invoice),
            Result(
                "average_balance",
                "Average daily balance",
                "日均余额",
                terms.extra["average_balance"],
            ),
            Result("lowest_balance", "Lowest balance", "最低余额", terms.extra["lowest_balance"]),
        ]


plugin = InterbankSettlementAgency()
