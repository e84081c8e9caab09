"""Bank acceptance (银行承兑汇票): fee on the face, margin and its interest, exposure, advance, cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Check, Contract, Flow, Money, QuoteContext, Result, Tenor, Terms
from catalogue.maths import time_withdrawal
from catalogue.products.bills import Bill, BillProduct, read_bills
from catalogue.products.fees import definition_fees
from catalogue.products.margin import margin_check
from catalogue.products.plain_rows import principal_rows
from catalogue.products.settlement import late_payment
from catalogue.values import BANK_YEAR, percent_text, round_places

UNGRADED = "ungraded"
_TIME_DEPOSITS = ("1y", "6m", "3m")


class BankAcceptance(BillProduct):
    """Drafts accepted by the bank for a company that pays a margin in and the rest at maturity."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """Total face, margin and exposure. Each bill's margin is rounded to the fen."""
        terms = super().terms(ctx)
        share = ctx.ask.get("margin_share", _least_margin(ctx))
        margin = Money.total((bill.face.scaled(share) for bill in read_bills(ctx)), terms.currency)
        face = terms.amount or margin
        return attrs.evolve(terms, day_count="act/360").with_extra(
            margin_share=share, margin=margin, exposure=face - margin
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Margin at the start, the rest of each face at its maturity, and the interest of the margin."""
        bills = sorted(read_bills(ctx), key=lambda bill: bill.maturity)
        share: Decimal = terms.extra["margin_share"]
        # The accepted bill pays the client's supplier: its face is what the client receives.
        face = Money.total((bill.face for bill in bills), terms.currency)
        flows = [
            Flow(terms.start, face, "accepted bills, given in payment"),
            Flow(terms.start, -terms.extra["margin"], "margin deposit"),
        ]
        interest = Money.zero(terms.currency)
        for bill in bills:
            margin = bill.face.scaled(share)
            earned = _margin_interest(ctx, bill, margin, terms.start)
            interest += earned
            flows += [
                Flow(bill.maturity, margin - bill.face, "rest of the face"),
                Flow(bill.maturity, earned, "interest of the margin"),
            ]
        return Contract(
            terms.currency,
            tuple(flow for flow in flows if flow.amount),
            {
                "principal": face,
                "interest": Money.zero(terms.currency),
                "margin_deposit": terms.extra["margin"],
                "margin_interest": interest,
            },
            principal_rows(terms.start, face, ((bill.maturity, bill.face) for bill in bills)),
            tuple(self.results(ctx, terms, bills, interest)),
        )

    def results(
        self, ctx: QuoteContext, terms: Terms, bills: Sequence[Bill], interest: Money
    ) -> Sequence[Result]:
        """Margin, exposure, what it all costs, and what an advance would cost."""
        extra = terms.extra
        made = [
            Result(
                "margin_share",
                "Margin, share of the face",
                "保证金比例",
                extra["margin_share"],
                "rate",
            ),
            Result("margin", "Margin deposit", "保证金", extra["margin"]),
            Result("exposure", "Exposure after the margin", "敞口金额", extra["exposure"]),
            Result("margin_interest", "Interest of the margin", "保证金利息", interest),
            *_cost_results(ctx, terms, bills, interest),
        ]
        daily = ctx.figure("overdue_daily")
        made.append(
            Result("overdue_daily", "Interest a day on an advance", "垫款日利率", daily, "rate")
        )
        labels = ("Interest of the advance", "垫款利息")
        made += late_payment(ctx, labels, daily, extra["exposure"])
        return made

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The limits of the law, and the least margin for the client's grade."""
        share, grade = terms.extra["margin_share"], ctx.customer.get("credit_grade")
        least = _least_margin(ctx)
        margin = margin_check(
            ctx,
            share,
            least,
            (
                f"The margin is at least {percent_text(least)} of the face for grade {grade or UNGRADED}",
                f"信用等级{grade or '(未评级)'}的保证金比例不低于{percent_text(least)}",
            ),
            figure="min_margin",
        )
        return [*super().eligibility(ctx, terms, contract), margin]


def _least_margin(ctx: QuoteContext) -> Decimal:
    """The least margin for the client's grade; a client without one covers the whole face."""
    return ctx.figure("min_margin", key=ctx.customer.get("credit_grade") or UNGRADED)


def _margin_interest(ctx: QuoteContext, bill: Bill, margin: Money, start: date) -> Money:
    """Interest of a margin deposit until its bill matures.

    Demand: margin × demand rate × days ÷ 360. Time: the longest listed term that ends by the
    maturity at its rate, by months, and the days after it at the demand rate.
    """
    maturity, sheet = bill.maturity, ctx.term("deposit_sheet")
    demand = ctx.reference(sheet, column="demand")
    term = None
    if ctx.ask["margin_kind"] == "time":
        term = next((t for t in _TIME_DEPOSITS if Tenor.parse(t).end(start) <= maturity), None)
    if term is None:
        exact = Fraction(margin.amount) * Fraction(demand) * (maturity - start).days / BANK_YEAR
        interest = Money.rounded(exact, margin.currency)
        formula = "margin × demand rate × days ÷ 360"
    else:
        rate = ctx.reference(sheet, column=term)
        end = Tenor.parse(term).end(start)
        drawn = time_withdrawal(
            margin.amount,
            rate,
            start=start,
            maturity=end,
            on=maturity,
            demand_rate=demand,
            currency=margin.currency,
        )
        interest = Money.of(drawn.interest.gross, margin.currency)
        formula = f"time deposit of {term}, then demand"
    ctx.explain(
        f"bill[{bill.number}].margin_interest",
        interest,
        formula,
        {"margin": margin, "demand": demand, "start": start, "maturity": maturity},
    )
    return interest


def _cost_results(
    ctx: QuoteContext, terms: Terms, bills: Sequence[Bill], interest: Money
) -> Sequence[Result]:
    """Fees and the cost of the margin less its interest; the same a year on exposure and on face.

    Where the ask does not say what the client's own money costs, the margin's interest is taken as
    its cost and the fees alone remain. Concessions of a bundle are not in it.
    """
    share: Decimal = terms.extra["margin_share"]
    fees = Money.total(
        (fee.amount for fee in definition_fees(ctx, terms, terms.currency)), terms.currency
    )
    own = ctx.ask.get("margin_cost_rate")
    tied = interest if own is None else _on_days(bills, share, terms.start, own)
    net = fees + tied - interest
    ctx.explain(
        "result.net_cost",
        net,
        "fees + cost of the margin − its interest",
        {"fees": fees, "margin_cost": tied, "margin_interest": interest},
    )
    made = [Result("net_cost", "Net cost", "净成本", net)]
    for code, label, label_zh, part in (
        ("equivalent_annual_cost", "Net cost a year on the exposure", "敞口年化成本", 1 - share),
        ("cost_on_face", "Net cost a year on the face", "票面年化成本", Decimal(1)),
    ):
        weight = _face_days(bills, terms.start) * Fraction(part)
        if not weight:
            continue
        rate = round_places(Fraction(net.amount) * BANK_YEAR / weight, 8)
        ctx.explain(f"result.{code}", rate, "net cost × 360 ÷ Σ(amount × days)", {"net_cost": net})
        made.append(Result(code, label, label_zh, rate, "rate"))
    return made


def _face_days(bills: Sequence[Bill], start: date) -> Fraction:
    return sum(
        (Fraction(bill.face.amount) * (bill.maturity - start).days for bill in bills), Fraction(0)
    )


def _on_days(bills: Sequence[Bill], share: Decimal, start: date, rate: Decimal) -> Money:
    exact = _face_days(bills, start) * Fraction(share) * Fraction(rate) / BANK_YEAR
    return Money.rounded(exact, bills[0].face.currency)


plugin = BankAcceptance()
