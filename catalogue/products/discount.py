"""The base of discounting bills: interest by days, who bears it, what the seller gets, rediscount.

Interest of a bill = face × rate × days ÷ 360, from the day of discount (counted) to the day on which
the bank is paid (not counted): the maturity, moved to a business day, plus the transit days of a bill
whose acceptor is elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import attrs

from catalogue.errors import InputError, RateError
from catalogue.maths import Discount, bill_discount, bill_portfolio, bill_rediscount, xirr
from catalogue.products.bills import Bill, BillProduct, payable_on, read_bills
from catalogue.products.context import QuoteContext
from catalogue.products.rate_rule import quoted_rate
from catalogue.products.results import Contract, Flow, PlainRow, QuotedRate, Result, Terms, annual
from catalogue.products.solved import rate_figure
from catalogue.values import Money


class DiscountProduct(BillProduct):
    """Bills bought at a discount; one bill or many in one ask.

    The definition's figure `transit_days` by medium is added for an acceptor elsewhere; its rate rule
    may leave out the column of the sheet, which is then the ask's `kind`. The ask's `interest_paid_by`
    and `buyer_share` say who bears the interest, `rediscount_on` and `rediscount_rate` ask for a resale.
    """

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The rate for the kind of bill."""
        rule = ctx.version.rate
        if rule is not None and rule.column is None:
            rule = attrs.evolve(rule, column=ctx.ask["kind"])
        return quoted_rate(ctx, rule=rule)

    def terms(self, ctx: QuoteContext) -> Terms:
        """The bills' total, the rate, and the share of the interest that the buyer pays."""
        terms = attrs.evolve(super().terms(ctx), day_count="act/360")
        return terms.with_extra(kind=ctx.ask["kind"], buyer_share=buyer_share(ctx))

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The seller gets the proceeds and gives up the faces; interest is that of both parties."""
        made = self.discounts(ctx, terms)
        whole, currency = bill_portfolio(made), terms.currency
        amounts = {
            "principal": whole.face - whole.interest,
            "interest": whole.interest,
            "face": whole.face,
            "proceeds": whole.proceeds,
            "seller_interest": whole.seller_interest,
            "buyer_interest": whole.buyer_interest,
        }
        flows = [Flow(terms.start, Money.of(whole.proceeds, currency), "proceeds")]
        flows += [
            Flow(item.interest_end, Money.of(-item.face, currency), "face collected by the bank")
            for item in made
        ]
        return Contract(
            currency,
            tuple(flows),
            {name: Money.of(amount, currency) for name, amount in amounts.items()},
            collection_rows(made),
            tuple(self.results(ctx, terms, made)),
            apr=True,
        )

    def results(
        self, ctx: QuoteContext, terms: Terms, made: Sequence[Discount]
    ) -> Sequence[Result]:
        """Days, interest by party, proceeds, yields, and what a rediscount would bring."""
        whole, currency = bill_portfolio(made), terms.currency
        seller = Money.of(whole.seller_interest, currency)
        buyer = Money.of(whole.buyer_interest, currency)
        shown = [
            Result(
                "proceeds", "Paid to the seller", "实付贴现金额", Money.of(whole.proceeds, currency)
            ),
            Result("seller_interest", "Interest of the seller", "卖方付息", seller),
            Result("buyer_interest", "Interest of the buyer", "买方付息", buyer),
        ]
        if len(made) == 1:
            shown.append(Result("days", "Days of interest", "贴现天数", made[0].days, "days"))
            shown.append(Result("paid_on", "Paid on", "收款日", made[0].interest_end, "date"))
        else:
            shown.append(
                Result(
                    "average_days",
                    "Average days by face",
                    "加权平均天数",
                    whole.average_days,
                    "number",
                )
            )
        return [*shown, *yield_results(ctx, terms, made), *rediscount_results(ctx, terms, made)]

    def discounts(self, ctx: QuoteContext, terms: Terms) -> tuple[Discount, ...]:
        """Every bill discounted at the agreed rate."""
        transit = int(ctx.figure("transit_days", key=ctx.ask["medium"]))
        return tuple(self._one(ctx, terms, bill, transit) for bill in read_bills(ctx))

    def _one(self, ctx: QuoteContext, terms: Terms, bill: Bill, transit: int) -> Discount:
        rate = annual(terms)
        made = bill_discount(
            bill.face.amount,
            rate,
            discount_date=terms.start,
            maturity=payable_on(ctx, bill.maturity),
            extra_days=transit if bill.elsewhere else 0,
            day_count="act/360",
            buyer_share=terms.extra["buyer_share"],
            currency=terms.currency,
        )
        ctx.explain(
            f"bill[{bill.number}].interest",
            made.interest,
            "face × rate × days ÷ 360",
            {
                "face": bill.face,
                "rate": rate,
                "days": made.days,
                "maturity": bill.maturity,
                "paid_on": made.interest_end,
            },
        )
        return made


def buyer_share(ctx: QuoteContext) -> Decimal:
    """The share of the interest that the buyer pays: none, all, or as the ask states.

    Raises:
        InputError: a share without `shared`, none with it, or one that is not between 0 and 1.
    """
    who, share = ctx.ask["interest_paid_by"], ctx.ask.get("buyer_share")
    if who != "shared":
        if share is not None:
            raise InputError(
                f"buyer_share: goes with interest_paid_by=shared, not with {who}; leave one out"
            )
        return Decimal(1 if who == "buyer" else 0)
    if share is None:
        raise InputError("buyer_share: is missing; interest_paid_by=shared needs it")
    if not 0 <= share <= 1:
        raise InputError(f"buyer_share: {share} is not between 0 and 1")
    return Decimal(share)


def collection_rows(made: Sequence[Discount]) -> tuple[PlainRow, ...]:
    """The bills in the order in which they are paid; the balance is what the bank has laid out."""
    left = sum((item.outlay for item in made), Decimal(0))
    rows = []
    for n, item in enumerate(sorted(made, key=lambda d: d.interest_end), 1):
        opening, left = left, left - item.outlay
        rows.append(
            PlainRow(
                n=n,
                due=item.interest_end,
                days=item.days,
                opening=opening,
                principal=item.outlay,
                interest=item.interest,
                fee=item.face * 0,
                payment=item.face,
                closing=left,
            )
        )
    return tuple(rows)


def yield_results(ctx: QuoteContext, terms: Terms, made: Sequence[Discount]) -> Sequence[Result]:
    """What the bank earns on its outlay: simple on 360 days (one bill), and effective on 365."""
    shown = []
    if len(made) == 1:
        simple = made[0].simple_yield
        ctx.explain(
            "result.simple_yield",
            simple,
            "interest ÷ outlay × 360 ÷ days",
            {"interest": made[0].interest, "outlay": made[0].outlay, "days": made[0].days},
        )
        shown.append(Result("simple_yield", "Simple yield", "单利收益率", simple, "rate"))
    outlay = sum((item.outlay for item in made), Decimal(0))
    flows: list[tuple[date, Decimal]] = [(terms.start, -outlay)]
    flows += [(item.interest_end, item.face) for item in made]
    try:
        effective = rate_figure(xirr(flows))
    except RateError as error:
        ctx.warn(f"effective_yield: {error}")
        return shown
    ctx.explain(
        "result.effective_yield",
        effective,
        "rate at which outlay and faces are worth nothing, a year of 365 days",
        {"outlay": outlay},
    )
    return [*shown, Result("effective_yield", "Effective yield", "实际收益率", effective, "rate")]


def rediscount_results(
    ctx: QuoteContext, terms: Terms, made: Sequence[Discount]
) -> Sequence[Result]:
    """What the bank gets and keeps when it rediscounts the bills on the ask's `rediscount_on`.

    The rate is the ask's `rediscount_rate`, by default the central bank's of the pricing date.
    """
    on = ctx.ask.get("rediscount_on")
    if on is None:
        if "rediscount_rate" in ctx.ask:
            raise InputError("rediscount_rate: goes together with rediscount_on; state both")
        return ()
    if on < terms.start:
        raise InputError(f"rediscount_on: {on} is before the discount, {terms.start}")
    early = min(item.payment_date for item in made)
    if on >= early:
        raise InputError(f"rediscount_on: {on} is not before the first bill is paid, {early}")
    rate = ctx.ask.get("rediscount_rate")
    if rate is None:
        rate = ctx.reference("rediscount-rate", column="rate")
    again = [bill_rediscount(item, rate, rediscount_date=on) for item in made]
    interest = sum((item.second.interest for item in again), Decimal(0))
    proceeds = sum((item.second.proceeds for item in again), Decimal(0))
    income = sum((item.income for item in again), Decimal(0))
    gain = sum((item.gain for item in again), Decimal(0))
    ctx.explain(
        "result.rediscount_interest",
        interest,
        "face × rediscount rate × days from the rediscount ÷ 360",
        {"rate": rate, "rediscount_on": on},
    )
    return [
        Result(code, label, label_zh, Money.of(amount, terms.currency))
        for code, label, label_zh, amount in (
            ("rediscount_interest", "Rediscount interest", "再贴现利息", interest),
            ("rediscount_proceeds", "Proceeds of the rediscount", "再贴现实付金额", proceeds),
            ("income_after_rediscount", "Income after the rediscount", "转让后利息收入", income),
            ("rediscount_gain", "Gain over what was earned by days", "转让价差", gain),
        )
    ]
