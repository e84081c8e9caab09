"""Combination home loan (个人住房组合贷款): a provident-fund and a commercial loan for one home."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from catalogue import (
    Check,
    Contract,
    Fee,
    InputError,
    Money,
    QuoteContext,
    Result,
    Terms,
)
from catalogue.maths import schedule
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import burden_results, monthly_burden
from catalogue.products.guarantor import household_checks
from catalogue.products.home_loan import CommercialHomeLoan
from catalogue.products.home_rules import (
    down_payment_check,
    down_payment_results,
    least_down_payment,
)
from catalogue.products.loan import (
    annual_rates,
    dated,
    loan_flows,
    need_amount,
    payoff_results,
)
from catalogue.products.loan_parts import merged_rows
from catalogue.products.penalty import penalty_results
from catalogue.products.prepayment_fee import prepayment_fees
from catalogue.products.provident_fund import (
    fund_check,
    fund_results,
    provident_down_payment,
    provident_rate,
)
from catalogue.products.rate_book import Reference


class CombinationHomeLoan(CommercialHomeLoan):
    """`fund_amount` of the amount is lent by the fund, the rest by the bank.

    Rate, frequency and early-repayment fee are the bank's; the fund's part is repaid by the month.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """Amounts of both parts and the rate of the fund's."""
        terms = super().terms(ctx)
        total, fund = need_amount(terms), ctx.ask["fund_amount"]
        if fund >= total:
            raise InputError(
                f"fund_amount: {fund} leaves nothing of {total} for the commercial part;"
                " quote provident-fund-home-loan instead"
            )
        tenor = ctx.ask.get("fund_tenor", terms.tenor)
        return terms.with_extra(
            fund_amount=fund,
            fund_rate=provident_rate(ctx, tenor).annual,
            fund_tenor=tenor,
            commercial_amount=total - fund,
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """One schedule a part, rows added up by date."""
        commercial, fund = self._commercial(ctx, terms), self._fund(ctx, terms)
        interest = [Money.of(part.total_interest, terms.currency) for part in (commercial, fund)]
        ctx.explain(
            "totals.interest",
            interest[0] + interest[1],
            "interest of the commercial part + interest of the fund's part",
            {"commercial": interest[0], "fund": interest[1]},
        )
        totals = {
            "principal": need_amount(terms),
            "interest": interest[0] + interest[1],
            "commercial_interest": interest[0],
            "fund_interest": interest[1],
        }
        flows = sorted([*loan_flows(commercial), *loan_flows(fund)], key=lambda flow: flow.on)
        rows = merged_rows([commercial, fund])
        results = tuple(self._figures(ctx, terms, commercial, fund))
        return Contract(terms.currency, tuple(flows), totals, rows, results, apr=True)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Early repayment of the commercial part; the fund charges none."""
        return prepayment_fees(ctx, self._commercial_terms(terms))

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Down payment by the stricter rule, the fund's limit, income and age, and the guarantor."""
        return [
            *down_payment_check(ctx, need_amount(terms), self.least_down_payment(ctx)),
            fund_check(ctx, terms.extra["fund_amount"]),
            *household_checks(ctx, self._longest(terms), contract),
        ]

    def least_down_payment(self, ctx: QuoteContext) -> Reference | None:
        """The stricter of both rules."""
        rules = [rule for rule in (least_down_payment(ctx), provident_down_payment(ctx)) if rule]
        return max(rules, key=lambda rule: rule.value, default=None)

    def _commercial_terms(self, terms: Terms) -> Terms:
        return attrs.evolve(terms, amount=terms.extra["commercial_amount"])

    def _longest(self, terms: Terms) -> Terms:
        """Until the part that ends last."""
        ends = terms.extra["fund_tenor"].end(terms.start)
        return attrs.evolve(terms, maturity=max(ends, terms.maturity or ends))

    def _commercial(self, ctx: QuoteContext, terms: Terms, *, early: bool = True) -> Schedule:
        """The bank's part, with or without its early repayments."""
        own = self._commercial_terms(terms)
        if early:
            return self.repayment(ctx, own)
        plan = {**self.plan(ctx, own), "extra_payments": ()}
        return schedule(need_amount(own).amount, annual_rates(ctx, own), **plan)

    def _fund_terms(self, ctx: QuoteContext, terms: Terms) -> Terms:
        tenor = terms.extra["fund_tenor"]
        return attrs.evolve(
            terms,
            amount=terms.extra["fund_amount"],
            tenor=tenor,
            maturity=tenor.end(terms.start),
            method=ctx.ask.get("fund_method", terms.method),
            frequency="monthly",
        )

    def _fund(self, ctx: QuoteContext, terms: Terms, *, early: bool = True) -> Schedule:
        """The fund's part by its own tenor, method, rate path and, if `early`, early repayments."""
        ask, own = ctx.ask, self._fund_terms(ctx, terms)
        steps = [(row["from"], row["rate"]) for row in ask.get("fund_rate_steps", ())]
        extra = dated(ask.get("fund_extra_payments", ())) if early else []
        plan = self.plan(ctx, own) | {"extra_payments": extra}
        rates = [(terms.start, terms.extra["fund_rate"]), *steps]
        try:
            return schedule(need_amount(own).amount, rates if steps else rates[0][1], **plan)
        except InputError as error:
            raise InputError(
                str(error).replace("extra_payments", "fund_extra_payments", 1)
            ) from error

    def _figures(
        self, ctx: QuoteContext, terms: Terms, commercial: Schedule, fund: Schedule
    ) -> Sequence[Result]:
        least = self.least_down_payment(ctx)
        own = self._fund_terms(ctx, terms)
        burden = monthly_burden(commercial, terms) + monthly_burden(fund, own)
        first = [Money.of(part[0].payment, terms.currency) for part in (commercial, fund)]
        together = merged_rows([commercial, fund])[0].payment
        return [
            Result(
                "first_payment", "First payment", "首期还款额", Money.of(together, terms.currency)
            ),
            Result(
                "commercial_first_payment",
                "First payment, commercial part",
                "商业部分首期还款额",
                first[0],
            ),
            Result(
                "fund_first_payment", "First payment, fund's part", "公积金部分首期还款额", first[1]
            ),
            Result(
                "fund_rate",
                "Rate of the fund's part",
                "公积金部分年利率",
                terms.extra["fund_rate"],
                "rate",
            ),
            *down_payment_results(ctx, need_amount(terms), least),
            *burden_results(ctx, burden),
            *self.repricing(ctx, terms),
            *fund_results(ctx),
            *self._saved(ctx, terms, commercial, fund),
            *payoff_results(ctx, self._commercial_terms(terms), commercial, fund),
            *penalty_results(ctx, terms),
        ]

    def _saved(
        self, ctx: QuoteContext, terms: Terms, commercial: Schedule, fund: Schedule
    ) -> Sequence[Result]:
        """Interest that the early repayments of both parts save, and the end of the later part."""
        if not ctx.ask.get("extra_payments") and not ctx.ask.get("fund_extra_payments"):
            return ()
        without = (
            self._commercial(ctx, terms, early=False).total_interest
            + self._fund(ctx, terms, early=False).total_interest
        )
        paid = commercial.total_interest + fund.total_interest
        saved = Money.of(without - paid, terms.currency)
        ctx.explain(
            "result.interest_saved",
            saved,
            "interest without the early repayments − interest with them",
            {"without": without, "with": paid},
        )
        ends = max(part.columns.due[-1] for part in (commercial, fund))
        return (
            Result("interest_saved", "Interest saved", "节省利息", saved),
            Result("ends_on", "Repaid on", "结清日", ends, "date"),
        )


plugin = CombinationHomeLoan()
