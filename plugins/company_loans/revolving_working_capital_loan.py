"""Revolving working-capital loan (流动资金循环贷款): draw, repay and draw again within a limit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from catalogue import Check, Contract, Fee, Flow, Money, QuoteContext, Result, Terms
from catalogue.maths import due_dates
from catalogue.products.commitment import commitment_fees
from catalogue.products.company_loan import reference_results, tenor_class
from catalogue.products.loan import Loan, need_amount
from catalogue.products.penalty import penalty_results
from catalogue.products.repricing import rate_steps
from catalogue.products.revolving import Usage, revolving_rows, usage
from catalogue.products.working_capital import need_check, need_results, working_capital_need


class RevolvingWorkingCapitalLoan(Loan):
    """The amount is the limit; `drawdowns` and `repayments` say how it is used."""

    default_method = "revolving"
    default_frequency = "quarterly"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest on the balance of each day, settled on the settlement day and at maturity."""
        used = self._usage(ctx, terms)
        rows = revolving_rows(
            used,
            self._settlements(ctx, terms),
            rate_steps(ctx, terms),
            terms.day_count or "act/360",
        )
        interest = Money.of(sum((row.interest for row in rows), Decimal(0)), terms.currency)
        ctx.explain(
            "totals.interest",
            interest,
            "balance of each day × rate × days, rounded on each settlement date",
            {"drawn": used.drawn, "average": used.average(), "settlements": len(rows)},
        )
        flows = [
            *(Flow(day, amount, "drawdown") for day, amount in used.draws),
            *(
                Flow(row.due, -Money.of(row.payment, terms.currency), "payment")
                for row in rows
                if row.payment
            ),
        ]
        flows.sort(key=lambda flow: flow.on)
        totals = {"principal": used.drawn, "interest": interest}
        results = tuple(self._figures(ctx, terms, used))
        return Contract(terms.currency, tuple(flows), totals, rows, results, apr=True)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commitment fee on what is undrawn, with each settlement."""
        used, due = self._usage(ctx, terms), self._settlements(ctx, terms)
        return commitment_fees(ctx, used.limit, used.balances, due, used.maturity)

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The limit within the need of working capital."""
        return [need_check(ctx, need_amount(terms), working_capital_need(ctx))]

    def _settlements(self, ctx: QuoteContext, terms: Terms) -> tuple[date, ...]:
        plan = self.due_dates(ctx, terms).keywords()
        return due_dates(
            terms.start, plan.pop("periods"), frequency=terms.frequency or "quarterly", **plan
        )

    def _usage(self, ctx: QuoteContext, terms: Terms) -> Usage:
        limit = need_amount(terms)
        draws = [(row["date"], row["amount"]) for row in ctx.ask.get("drawdowns", ())]
        repaid = [(row["date"], row["amount"]) for row in ctx.ask.get("repayments", ())]
        if not draws and not repaid:
            ctx.warn("drawdowns: no usage stated; the limit was taken as drawn in full throughout")
            draws = [(terms.start, limit)]
        return usage(limit, terms.start, ctx.ask.maturity, draws, repaid)

    def _figures(self, ctx: QuoteContext, terms: Terms, used: Usage) -> Sequence[Result]:
        average = used.average()
        share = (average.amount / used.limit.amount).quantize(Decimal("0.0001"))
        ctx.explain(
            "result.average_balance",
            average,
            "sum of balance × days ÷ days of the limit",
            {str(since): balance for since, balance in used.balances},
        )
        inputs = {"average": average, "limit": used.limit}
        ctx.explain("result.utilisation", share, "average balance ÷ limit", inputs)
        return [
            Result("peak_balance", "Greatest balance", "最高用信余额", used.peak),
            Result("average_balance", "Average balance", "日均用信余额", average),
            Result("utilisation", "Use of the limit", "额度使用率", share, "rate"),
            *penalty_results(ctx, terms),
            tenor_class(ctx),
            *reference_results(terms),
            *need_results(working_capital_need(ctx)),
        ]


plugin = RevolvingWorkingCapitalLoan()
