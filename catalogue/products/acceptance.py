"""What an acceptance costs its drawer: the margin deposit and its interest, the net cost a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue.maths import time_withdrawal
from catalogue.products.bills import Bill
from catalogue.products.context import QuoteContext
from catalogue.products.fees import definition_fees
from catalogue.products.results import Result, Terms
from catalogue.values import BANK_YEAR, Money, Tenor, round_places

TIME_DEPOSITS = ("1y", "6m", "3m")


def margin_of(bill: Bill, share: Decimal) -> Money:
    """The margin of one bill."""
    return bill.face.scaled(share)


def margin_interest(ctx: QuoteContext, bill: Bill, margin: Money, start: date) -> Money:
    """Interest of a margin deposit until its bill matures.

    Demand: margin × demand rate × days ÷ 360. Time: the longest listed term that ends by the
    maturity at its rate, by months, and the days after it at the demand rate.
    """
    maturity, sheet = bill.maturity, ctx.term("deposit_sheet")
    demand = ctx.reference(sheet, column="demand")
    term = None
    if ctx.ask["margin_kind"] == "time":
        term = next((t for t in TIME_DEPOSITS if Tenor.parse(t).end(start) <= maturity), None)
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


def cost_results(
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
