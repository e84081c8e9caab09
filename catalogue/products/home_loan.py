"""The base of home loans: instalments against income, age, down payment, and what income bears."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from catalogue.errors import InputError
from catalogue.maths import affordable_principal, level_payment
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.affordability import burden_results, joint_income, monthly_burden
from catalogue.products.context import QuoteContext
from catalogue.products.guarantor import household_checks
from catalogue.products.home_rules import down_payment_check, down_payment_results, home_rate
from catalogue.products.loan import Loan, need_amount
from catalogue.products.loan_dates import number_of_periods
from catalogue.products.rate_book import Reference
from catalogue.products.results import Check, Contract, QuotedRate, Result, Terms
from catalogue.values import Money, add_days


class HomeLoanBase(Loan):
    """A loan for a home. Products say by `least_down_payment` what the buyer pays at least, and why.

    Ask fields: `property_type`, `home_count`, `property_price` (without it the down payment refers) and
    `valuation`, of which the lower counts, `property_fee` a month. Figures, each checked where stated:
    `max_payment_to_income`, `max_debt_to_income`, `max_age_at_end` and those of guarantors
    (see affordability and guarantor).
    """

    deciding_fields = ("property_type", "home_count", "repricing")

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The loan's figures, the down payment, the burden on income."""
        payment, least = monthly_burden(rows, terms), self.least_down_payment(ctx)
        return [
            *super().results(ctx, terms, rows),
            *down_payment_results(ctx, need_amount(terms), least),
            *burden_results(ctx, payment),
            *affordable_amount(ctx, terms),
            *half_month_results(ctx, terms),
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Down payment, payments to income, age and term."""
        least = self.least_down_payment(ctx)
        return [
            *down_payment_check(ctx, need_amount(terms), least),
            *household_checks(ctx, terms, contract),
        ]

    def least_down_payment(self, ctx: QuoteContext) -> Reference | None:
        """The least down payment as a share of the price, with its source; None when there is no rule."""
        return None


class CommercialHomeLoan(HomeLoanBase):
    """A home loan, or the part of one, at the bank's own rate for the kind of home.

    Figures: `listed_multiple` and `listed_points` by kind of home, `second_reference` (see home_rules).
    """

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """By the kind of home, not below the floor of the day."""
        return home_rate(ctx).rate

    def terms(self, ctx: QuoteContext) -> Terms:
        """With the multiple of the reference, by which later repricing goes."""
        terms, multiple = super().terms(ctx), home_rate(ctx).multiple
        return terms if multiple == 1 else terms.with_extra(rate_multiple=multiple)


def half_month_results(ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
    """A level fortnightly loan paid otherwise: half the monthly payment, so that it ends sooner.

    The schedule keeps the term; many banks sell this one as the fortnightly loan. At the rate of the
    value date, without early repayments; interest of a fortnight is rate ÷ 26, rounded.
    """
    if terms.frequency != "fortnightly" or terms.method != "level":
        return ()
    if terms.rate is None or terms.tenor is None or {"first_due", "grace"} & set(ctx.ask):
        return ()
    balance, rate, currency = need_amount(terms), terms.rate.annual, terms.currency
    months = number_of_periods(terms.tenor, "monthly", terms.start)
    half = Money.rounded(level_payment(balance.amount, rate, months) / 2, currency)
    interest, fortnights = Money.zero(currency), 0
    while balance.minor > 0:
        due = Money.rounded(Fraction(balance.amount) * Fraction(rate) / 26, currency)
        interest, balance, fortnights = interest + due, balance + due - half, fortnights + 1
    ctx.explain(
        "result.half_month_payment",
        half,
        "level monthly payment ÷ 2, paid each fortnight until the loan is repaid",
        {"months": months, "fortnights": fortnights},
    )
    ends = add_days(terms.start, 14 * fortnights)
    return (
        Result("half_month_payment", "Half the monthly payment each fortnight", "按月供之半双周还款额", half),
        Result("half_month_ends_on", "Repaid so on", "按月供之半还款的结清日", ends, "date"),
        Result("half_month_interest", "Interest so", "按月供之半还款的利息合计", interest),
    )  # fmt: skip


def affordable_amount(ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
    """The largest loan whose level monthly payment and the property fee keep to the share of income."""
    income = joint_income(ctx)
    if income is None or terms.rate is None or terms.tenor is None:
        return ()
    if not ctx.has_figure("max_payment_to_income"):
        return ()
    fee: Money = ctx.ask.get("property_fee", Money.zero("CNY"))
    share = ctx.figure("max_payment_to_income")
    most = Money.rounded(income.amount * share, "CNY", "down") - fee
    if most.minor <= 0:
        return ()
    months = number_of_periods(terms.tenor, "monthly", terms.start)
    try:
        amount = Money.of(affordable_principal(most.amount, terms.rate.annual, months), "CNY")
    except InputError as error:
        ctx.warn(f"affordable_amount: {error}")
        return ()
    ctx.explain(
        "result.affordable_amount",
        amount,
        "largest loan with a level monthly payment ≤ income × share − property fee",
        {"income": income, "share": share, "property_fee": fee, "months": months},
    )
    return (
        Result("affordable_amount", "Loan that the income bears", "按收入测算最高贷款额", amount),
    )
