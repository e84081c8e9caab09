"""General consumer loan (个人综合消费贷款): secured, up to what the collateral allows."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Check, Contract, Money, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import burden_results, monthly_burden
from catalogue.products.collateral import limit_check, limit_results, secured_limit
from catalogue.products.guarantor import household_checks
from catalogue.products.loan import Loan, need_amount
from catalogue.products.verdict import verdict

_PAPERS = {"certificate", "treasury-bond"}


class GeneralConsumerLoan(Loan):
    """A loan for any household purpose, measured against its collateral and the income."""

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The loan's figures, the limit by collateral, the burden on income."""
        burden, limit = monthly_burden(rows, terms), self._limit(ctx)
        return [
            *super().results(ctx, terms, rows),
            *(limit_results(limit, need_amount(terms)) if limit is not None else ()),
            *burden_results(ctx, burden),
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Collateral and its term, income, age, guarantor."""
        source = ctx.source("figures", "max_loan_to_value")
        return [
            limit_check(ctx, need_amount(terms), self._limit(ctx), source=source),
            *self._pledge_check(ctx, terms),
            *household_checks(ctx, terms, contract),
        ]

    def _pledge_check(self, ctx: QuoteContext, terms: Terms) -> Sequence[Check]:
        """A certificate or bond among the collateral falls due no earlier than the loan."""
        kinds = {row["kind"] for row in ctx.ask.get("collateral", ())}
        if not kinds & _PAPERS or terms.maturity is None:
            return ()
        until = ctx.ask.get("pledge_maturity")
        return (
            verdict(
                ctx,
                "pledge-term",
                None if until is None else terms.maturity <= until,
                ("The loan falls due no later than the pledge", "贷款到期日不晚于质物到期日"),
                source=ctx.source("figures", "max_loan_to_value"),
                found={} if until is None else {"loan": terms.maturity, "pledge": until},
                missing=("ask.pledge_maturity",),
                bring=("certificate or bond to be pledged", "拟质押的存单或国债"),
            ),
        )

    def _limit(self, ctx: QuoteContext) -> Money | None:
        rows = ctx.ask.get("collateral", ())
        return secured_limit(ctx, rows) if rows else None


plugin = GeneralConsumerLoan()
