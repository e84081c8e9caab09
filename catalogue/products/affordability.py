"""Whether persons can carry a loan: payments against income, and age at the end of the term.

Facts of the customer: `monthly_income`, `other_monthly_debt`, `age`, and the same of a joint borrower,
`co_borrower_monthly_income`, `co_borrower_monthly_debt`, `co_borrower_age`. Unknown facts refer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_UP, Decimal
from fractions import Fraction

from catalogue.maths.periods import PER_YEAR
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Result, Terms
from catalogue.products.verdict import verdict
from catalogue.values import Money, add_months, months_begun, percent_text

_AGE = "max_age_at_end"
_PLACES, _FINE = Decimal("0.0001"), Decimal("0.00000001")

BURDEN = "monthly_burden"
"""The result that the checks of income and of a guarantor read."""


def monthly_burden(rows: Schedule, terms: Terms) -> Money:
    """The largest instalment of the first year, early repayments left out, as an amount a month.

    After a grace of interest alone the first year of repayment counts, not the light one before it.
    A loan whose principal falls due at the end counts as its total payments spread over its months:
    what must be set aside each month to repay it.
    """
    columns, currency = rows.columns, terms.currency
    if terms.method in ("bullet", "at-maturity"):
        months = months_begun(terms.start, columns.due[-1])
        total = Money(sum(columns.payment) - sum(columns.extra), currency)
        return Money.rounded(Fraction(total.amount) / max(1, months), currency)
    regular = [due for due, extra in zip(columns.due, columns.extra, strict=True) if not extra]
    repays = (p > extra for p, extra in zip(columns.principal, columns.extra, strict=True))
    first = next((due for due, yes in zip(columns.due, repays, strict=True) if yes), terms.start)
    begins = max((due for due in regular if due < first), default=terms.start)
    first_year = max(columns.due[0], add_months(begins, 12))
    largest = max(
        payment - extra
        for due, payment, extra in zip(columns.due, columns.payment, columns.extra, strict=True)
        if due <= first_year
    )
    per_year = PER_YEAR[terms.frequency or "monthly"]
    return Money.rounded(Fraction(Money(largest, currency).amount) * per_year / 12, currency)


def joint_income(ctx: QuoteContext) -> Money | None:
    """Monthly income of the borrower and, if stated, the joint borrower; None when unknown."""
    own: Money | None = ctx.customer.get("monthly_income")
    joint: Money | None = ctx.customer.get("co_borrower_monthly_income")
    if own is None:
        return None
    return own if joint is None else own + joint


def joint_debts(ctx: QuoteContext) -> Money:
    """What both already pay for other loans a month; not stated counts as none, and is told."""
    known = [ctx.customer.get(name) for name in ("other_monthly_debt", "co_borrower_monthly_debt")]
    if known[0] is None:
        ctx.warn("customer.other_monthly_debt is not stated; other debts were taken as none")
    return Money.total((debt for debt in known if debt is not None), "CNY")


def income_ratios(ctx: QuoteContext, payment: Money) -> tuple[Decimal | None, Decimal | None]:
    """(housing or loan costs ÷ income, all debts ÷ income), not rounded; None when unknown.

    The ask's `property_fee` (a month) belongs to both, as the guidelines on property loans say.
    """
    income = joint_income(ctx)
    if income is None or not income:
        return None, None
    fee: Money = ctx.ask.get("property_fee", Money.zero("CNY"))
    costs = payment.amount + fee.amount
    return costs / income.amount, (costs + joint_debts(ctx).amount) / income.amount


def income_results(ctx: QuoteContext, payment: Money) -> Sequence[Result]:
    """The two ratios as results, to 4 places; none when the income is unknown."""
    first, second = income_ratios(ctx, payment)
    if first is None or second is None:
        return ()
    shown = (first.quantize(_PLACES), second.quantize(_PLACES))
    return (
        Result("payment_to_income", "Payment to income", "月供收入比", shown[0], "rate"),
        Result("debt_to_income", "All debts to income", "债务收入比", shown[1], "rate"),
    )


def _told(ratio: Decimal, most: Decimal) -> Decimal:
    """A ratio to 4 places; to 8 where 4 would hide that it is above the greatest."""
    rounded = ratio.quantize(_PLACES)
    return rounded if (rounded > most) == (ratio > most) else ratio.quantize(_FINE, ROUND_UP)


def burden_results(ctx: QuoteContext, burden: Money) -> Sequence[Result]:
    """The burden a month (see `monthly_burden`) and its ratios to the income."""
    own = Result(BURDEN, "Burden a month", "月均还款负担", burden)
    return (own, *income_results(ctx, burden))


def income_checks(ctx: QuoteContext, payment: Money) -> Sequence[Check]:
    """Payment to income against `max_payment_to_income`, all debts against `max_debt_to_income`.

    A figure that the definition leaves out is not checked. An income of nothing bears nothing.
    """
    first, second = income_ratios(ctx, payment)
    income = joint_income(ctx)
    none = {} if income is None else {"income": income}
    housing = "property_fee" in ctx.version.ask
    made = []
    for code, figure, ratio, words, words_zh in (
        (
            "payment-to-income",
            "max_payment_to_income",
            first,
            f"Payment{' (with the property fee)' if housing else ''} to income",
            f"月供{'(含物业费)' if housing else ''}与收入比",
        ),
        (
            "debt-to-income",
            "max_debt_to_income",
            second,
            "Payments of all debts to income",
            "月所有债务支出与收入比",
        ),
    ):
        if not ctx.has_figure(figure):
            continue
        most = ctx.figure(figure)
        made.append(
            verdict(
                ctx,
                code,
                ratio <= most if ratio is not None else None if income is None else False,
                (f"{words} at most {percent_text(most)}", f"{words_zh}不超过{percent_text(most)}"),
                source=ctx.source("figures", figure),
                found=none if ratio is None else {"ratio": _told(ratio, most)},
                missing=("customer.monthly_income",),
                bring=("proof of income of the last 6 months", "近6个月收入证明"),
            )
        )
    return made


def term_years(start: date, end: date) -> int:
    """Years from start to end, a year begun counts."""
    return -(-months_begun(start, end) // 12)


def age_check(ctx: QuoteContext, terms: Terms) -> Sequence[Check]:
    """The youngest borrower's age plus the term in whole years (a year begun counts) within the limit.

    Banks go by the youngest of joint borrowers; the limit is the figure `max_age_at_end`, in years.
    """
    if not ctx.has_figure(_AGE) or terms.maturity is None:
        return ()
    most = ctx.figure(_AGE)
    ages = [ctx.customer.get("age"), ctx.customer.get("co_borrower_age")]
    age = min((each for each in ages if each is not None), default=None)
    years = term_years(terms.start, terms.maturity)
    return (
        verdict(
            ctx,
            "age-and-term",
            None if age is None else age + years <= most,
            (f"Age plus term at most {most} years", f"年龄加贷款期限不超过{most}年"),
            source=ctx.source("figures", _AGE),
            found={} if age is None else {"age": age, "term_years": years},
            missing=("customer.age",),
            bring=("identity card", "身份证"),
        ),
    )
