"""Whether the guarantor of a personal loan could pay: a person by income and age, others by net assets.

Facts of the customer: `guarantor_type` and, for a person, `guarantor_monthly_income`,
`guarantor_monthly_debt`, `guarantor_age`; for anybody else `guarantor_net_assets` and
`guarantor_guaranteed`. Who may guarantee at all is the policy `legal-checks`. Unknown facts refer.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    debts = ctx.customer.get("guarantor_monthly_debt")
    if debts is None:
        ctx.warn("customer.guarantor_monthly_debt is not stated; other debts were taken as none")
    most = percent_text(ctx.figure(INCOME))
    return (
        _within(
            ctx,
            "guarantor-income",
            ("costs", payment if debts is None else payment + debts),
            ("income", "guarantor_monthly_income"),
            INCOME,
            (
                f"Payment and the guarantor's own debts at most {most} of the guarantor's income",
                f"月供与保证人自身债务之和不超过保证人收入的{most}",
            ),
            ("guarantor's proof of income", "保证人收入证明"),
        ),
    )


def _assets_check(ctx: QuoteContext, terms: Terms) -> Sequence[Check]:
    """The loan and all else that the guarantor guarantees within a multiple of its net assets."""
    if not ctx.has_figure(ASSETS):
        return ()
    already = ctx.customer.get("guarantor_guaranteed")
    if already is None:
        ctx.warn("customer.guarantor_guaranteed is not stated; other guarantees were taken as none")
    most, amount = percent_text(ctx.figure(ASSETS)), need_amount(terms)
    return (
        _within(
            ctx,
            "guarantor-assets",
            ("guaranteed", amount if already is None else amount + already),
            ("net_assets", "guarantor_net_assets"),
            ASSETS,
            (
                f"All that the guarantor guarantees at most {most} of its net assets",
                f"保证人全部担保余额(含本笔)不超过其净资产的{most}",
            ),
            ("guarantor's accounts of the last year", "保证人上年度财务报表"),
        ),
    )


def _within(
    ctx: QuoteContext,
    code: str,
    load: tuple[str, Money],
    means: tuple[str, str],
    figure: str,
    reason: tuple[str, str],
    bring: tuple[str, str],
) -> Check:
    """What the guarantor bears, at most the figure's share of what the guarantor has.

    `load` is the word for the former and its amount, `means` the word for the latter and the fact of
    the customer that holds it; while that is unknown the check refers.
    """
    (word, borne), (what, fact) = load, means
    has: Money | None = ctx.customer.get(fact)
    return verdict(
        ctx,
        code,
        None if has is None else borne.amount <= has.amount * ctx.figure(figure),
        reason,
        source=ctx.source("figures", figure),
        found={} if has is None else {word: borne, what: has},
        missing=(f"customer.{fact}",),
        bring=bring,
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
