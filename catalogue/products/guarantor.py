"""Whether the guarantor of a personal loan could pay: a person by income and age, others by net assets.

Facts of the customer: `guarantor_type` and, for a person, `guarantor_monthly_income`,
`guarantor_monthly_debt`, `guarantor_age`; for anybody else `guarantor_net_assets` and
`guarantor_guaranteed`. Who may guarantee at all is the policy `legal-checks`. Unknown facts refer.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalogue.products.affordability import BURDEN, age_check, income_checks, term_years
from catalogue.products.context import QuoteContext
from catalogue.products.loan import need_amount
from catalogue.products.results import Check, Contract, Terms
from catalogue.products.verdict import verdict
from catalogue.values import Money, percent_text

INCOME = "max_guarantor_payment_to_income"
AGE = "max_guarantor_age_at_end"
ASSETS = "max_guaranteed_to_net_assets"


def household_checks(ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
    """Payments to income, age and term, and the guarantor: what loans to households have in common."""
    burden = contract.result(BURDEN)
    return (
        *income_checks(ctx, burden),
        *age_check(ctx, terms),
        *guarantor_checks(ctx, terms, burden),
    )


def guarantor_checks(ctx: QuoteContext, terms: Terms, payment: Money) -> Sequence[Check]:
    """The checks of the guarantor that is stated; none without one.

    Args:
        ctx: the quote; a figure that its definition leaves out is not checked.
        terms: of the loan that is guaranteed.
        payment: the loan's burden a month.
    """
    kind = ctx.customer.get("guarantor_type")
    if kind is None:
        return ()
    if kind == "person":
        return [*_income_check(ctx, payment), *_age_check(ctx, terms)]
    return _assets_check(ctx, terms)


def _income_check(ctx: QuoteContext, payment: Money) -> Sequence[Check]:
    """The loan's payment and the guarantor's own debts within a share of the guarantor's income."""
    if not ctx.has_figure(INCOME):
        return ()
    most: Decimal = ctx.figure(INCOME)
    income: Money | None = ctx.customer.get("guarantor_monthly_income")
    debts = ctx.customer.get("guarantor_monthly_debt")
    if debts is None:
        ctx.warn("customer.guarantor_monthly_debt is not stated; other debts were taken as none")
        debts = Money.zero("CNY")
    costs = payment + debts
    return (
        verdict(
            ctx,
            "guarantor-income",
            None if income is None else costs.amount <= income.amount * most,
            (
                f"Payment and the guarantor's own debts at most {percent_text(most)} of the guarantor's income",
                f"月供与保证人自身债务之和不超过保证人收入的{percent_text(most)}",
            ),
            source=ctx.source("figures", INCOME),
            found={} if income is None else {"costs": costs, "income": income},
            missing=("customer.guarantor_monthly_income",),
            bring=("guarantor's proof of income", "保证人收入证明"),
        ),
    )


def _age_check(ctx: QuoteContext, terms: Terms) -> Sequence[Check]:
    """A guarantor of age, and not too old at the end of the term."""
    if not ctx.has_figure(AGE) or terms.maturity is None:
        return ()
    most, age = ctx.figure(AGE), ctx.customer.get("guarantor_age")
    years = term_years(terms.start, terms.maturity)
    return (
        verdict(
            ctx,
            "guarantor-age",
            None if age is None else age >= 18 and age + years <= most,
            (
                f"The guarantor is 18 or older; age plus term at most {most} years",
                f"保证人年满十八周岁,年龄加贷款期限不超过{most}年",
            ),
            source=ctx.source("figures", AGE),
            found={} if age is None else {"age": age, "term_years": years},
            missing=("customer.guarantor_age",),
            bring=("guarantor's identity card", "保证人身份证"),
        ),
    )


def _assets_check(ctx: QuoteContext, terms: Terms) -> Sequence[Check]:
    """The loan and all else that the guarantor guarantees within a multiple of its net assets."""
    if not ctx.has_figure(ASSETS):
        return ()
    times: Decimal = ctx.figure(ASSETS)
    assets: Money | None = ctx.customer.get("guarantor_net_assets")
    already = ctx.customer.get("guarantor_guaranteed")
    if already is None:
        ctx.warn("customer.guarantor_guaranteed is not stated; other guarantees were taken as none")
        already = Money.zero("CNY")
    total = need_amount(terms) + already
    return (
        verdict(
            ctx,
            "guarantor-assets",
            None if assets is None else total.amount <= assets.amount * times,
            (
                f"All that the guarantor guarantees at most {percent_text(times)} of its net assets",
                f"保证人全部担保余额(含本笔)不超过其净资产的{percent_text(times)}",
            ),
            source=ctx.source("figures", ASSETS),
            found={} if assets is None else {"guaranteed": total, "net_assets": assets},
            missing=("customer.guarantor_net_assets",),
            bring=("guarantor's accounts of the last year", "保证人上年度财务报表"),
        ),
    )
