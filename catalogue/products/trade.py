"""Trade services: margin and exposure of undertakings, and advances on bills and credits.

Services are charged in CNY for amounts in any currency (FeeService); margin, exposure and what counts
as risk are in the currency of the undertaking. Advances are in the currency of the bill: a loan
(TradeAdvance), or a claim bought with the interest kept back (`claims.bought`); both count actual days over
the year of the currency's market, 365 for sterling and the Hong Kong dollar, 360 for the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.definitions.structure import Code
from catalogue.errors import InputError
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.bank_days import market_days, rolled
from catalogue.products.base import Product
from catalogue.products.claims import interest_on, year_of
from catalogue.products.context import QuoteContext
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import waived_fees
from catalogue.products.fx import DAY_COUNTS, money_market, year_days
from catalogue.products.loan import Loan
from catalogue.products.margin import margin_check
from catalogue.products.rate_rule import quoted_rate
from catalogue.products.results import (
    Check,
    Contract,
    QuotedRate,
    Result,
    Terms,
    annual,
)
from catalogue.values import Money, percent_text

UNGRADED = "none"


class Undertaking(FeeService):
    """A letter of credit or guarantee: the bank promises, the client covers part by a margin.

    The figure `conversion_factor` says how much of the exposure counts as risk; `margin_by_grade` is
    the least margin, by the customer's `credit_grade` (`none` without one), unless the ask states a
    `margin_share`. Products whose promise is not the ask's amount override `liable`.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The undertaking with its margin."""
        return super().terms(ctx).with_extra(margin_share=margin_share(ctx))

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Margin, exposure, and the exposure that counts as risk."""
        liable = self.liable(ctx)
        margin = liable.scaled(terms.extra["margin_share"])
        exposure = liable - margin
        weighted = exposure.scaled(self.conversion_factor(ctx))
        inputs = {"liable": liable, "margin": margin}
        ctx.explain("result.exposure", exposure, "what the bank may have to pay − margin", inputs)
        return (
            Result("margin", "Margin deposit", "保证金", margin),
            Result("exposure", "Exposure", "敞口", exposure),
            Result("risk_weighted", "Exposure × conversion factor", "风险敞口(折算后)", weighted),
        )

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """An agreed margin is at least that of the client's grade, or somebody must decide."""
        if not ctx.has_figure("margin_by_grade"):
            return ()
        share, grade = terms.extra["margin_share"], ctx.customer.get("credit_grade")
        least = ctx.figure("margin_by_grade", key=grade or UNGRADED)
        reason = (
            f"The margin is at least {percent_text(least)} for grade {grade or 'none'};"
            " less is decided case by case"
        )
        reason_zh = (
            f"信用等级{grade or '(未评级)'}的保证金比例不低于{percent_text(least)},低于此须单独审批"
        )
        check = margin_check(
            ctx,
            share,
            least,
            (reason, reason_zh),
            figure="margin_by_grade",
            otherwise="refer",
        )
        return (check,)

    def liable(self, ctx: QuoteContext) -> Money:
        """The most that the bank may have to pay."""
        amount: Money = ctx.ask.amount
        return amount

    def conversion_factor(self, ctx: QuoteContext) -> Decimal:
        """The credit conversion factor of the undertaking."""
        return ctx.figure("conversion_factor")


class TradeService(FeeService):
    """A service priced by the fees of its definition, which say by the ask's `charges` who bears them.

    A fee that the other party bears is waived in the definition; the sum of those is shown apart.
    """

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The charges of the other party."""
        return borne_by_other(ctx, terms, self.fee_currency)


def borne_by_other(ctx: QuoteContext, terms: Terms, currency: str) -> Sequence[Result]:
    """The charges that the ask's `charges` lays on the other party: shown, in no total of the client.

    The definition waives them; nothing is shown when there are none.
    """
    amount = waived_fees(ctx, terms, currency)
    if amount.minor == 0:
        return ()
    ctx.explain(
        "result.borne_by_other", amount, "Σ of the fees waived", {"charges": ctx.ask["charges"]}
    )
    return (
        Result("borne_by_other", "Charges borne by the other party", "由对方承担的费用", amount),
    )


class MarketPriced(Product):
    """What is priced in the money market of the ask's currency, by the days and the year of that market.

    The figure `year_days` says by currency (`other` for the rest) how many days the year has; the ask's
    `business_day` whether a maturity on a holiday moves.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed, counted as the currency's market counts, until the day of repayment."""
        made = super().terms(ctx)
        counted = DAY_COUNTS[year_days(ctx, made.currency)]
        return attrs.evolve(made, day_count=counted, maturity=repaid_on(ctx))

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The market's rate and the spread."""
        return market_priced(ctx)


class TradeAdvance(MarketPriced, Loan):
    """An advance in the currency of the bill: actual days at the market's rate plus a spread.

    The figure `overdue_uplift` is what an overdue advance bears over the agreed rate; the ask's
    `overdue_days` asks for the interest of the whole advance when it is late.
    """

    default_method = "at-maturity"
    default_frequency = "quarterly"

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """Due days as the ask's `business_day` moves them; a day more is a day more of interest."""
        made = super().plan(ctx, terms)
        if _rolls(ctx):
            made |= {
                "business_day": ctx.ask["business_day"],
                "calendar": market_days(ctx, terms.currency),
                "adjust_interest": True,
            }
        return made

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The payments, and what an overdue day bears."""
        return (*super().results(ctx, terms, rows), *overdue_results(ctx, terms, ctx.ask.amount))


def repaid_on(ctx: QuoteContext) -> date:
    """The maturity, or the business day to which the ask's `business_day` moves it.

    A maturity on a holiday is told either way: who counts until it pays, or is paid, a few days later.
    """
    agreed: date = ctx.ask.maturity
    moved = rolled(ctx, agreed, "following", market_days(ctx, ctx.ask.currency))
    if moved == agreed:
        return agreed
    if _rolls(ctx):
        ctx.warn(f"maturity: {agreed} is no business day; {moved} is used")
        return moved
    ctx.warn(
        f"maturity: {agreed} is no business day; interest is counted until it,"
        f" with business_day=following until {moved}"
    )
    return agreed


def _rolls(ctx: QuoteContext) -> bool:
    return bool(ctx.ask.get("business_day", "none") == "following")


def overdue_results(ctx: QuoteContext, terms: Terms, amount: Money) -> Sequence[Result]:
    """The rate when overdue, agreed rate × (1 + uplift), and the interest of the ask's days."""
    rate = annual(terms) * (1 + ctx.figure("overdue_uplift"))
    ctx.explain(
        "result.overdue_rate", rate, "agreed rate × (1 + uplift)", {"agreed": annual(terms)}
    )
    made = [Result("overdue_rate", "Rate when overdue", "逾期利率", rate, "rate")]
    days = ctx.ask.get("overdue_days")
    if days is not None:
        year = year_of(terms)
        late = interest_on(amount, rate, days, year)
        inputs = {"amount": amount, "rate": rate, "days": days}
        ctx.explain("result.overdue_interest", late, f"amount × rate × days ÷ {year}", inputs)
        made.append(Result("overdue_interest", "Late interest", "逾期罚息", late))
    return made


def margin_share(ctx: QuoteContext) -> Decimal:
    """The ask's share, or that of the client's grade; without a grade, that of none."""
    stated: Decimal | None = ctx.ask.get("margin_share")
    if stated is not None:
        return stated
    return ctx.figure("margin_by_grade", key=ctx.customer.get("credit_grade") or UNGRADED)


def market_priced(ctx: QuoteContext) -> QuotedRate:
    """The rate rule with the money-market sheet of the ask's own currency as its reference."""
    rule = ctx.version.rate
    if rule is None:
        raise InputError(f"{ctx.code}: the definition needs a [rate]")
    currency, tenor = ctx.ask.currency, ctx.ask.tenor
    sheet, longest = money_market(ctx, currency)
    if tenor.sort_key > longest.sort_key:
        ctx.warn(f"tenor: {sheet} ends at {longest}; its rate for {longest} was used for {tenor}")
    counted = f"actual/{year_days(ctx, currency)}"
    return quoted_rate(ctx, rule=attrs.evolve(rule, reference=Code(sheet), basis_note=counted))
