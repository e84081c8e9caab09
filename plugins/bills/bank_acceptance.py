"""Bank acceptance (银行承兑汇票): fee on the face, margin and its interest, exposure, advance, cost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import attrs

from catalogue import Check, Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.products.acceptance import cost_results, margin_interest, margin_of
from catalogue.products.bills import Bill, BillProduct, read_bills
from catalogue.products.margin import margin_check
from catalogue.products.plain_rows import principal_rows
from catalogue.products.settlement import late_payment
from catalogue.values import percent_text

UNGRADED = "ungraded"


class BankAcceptance(BillProduct):
    """Drafts accepted by the bank for a company that pays a margin in and the rest at maturity."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """Total face, margin and exposure. Each bill's margin is rounded to the fen."""
        terms = super().terms(ctx)
        share = ctx.ask.get("margin_share", least_margin(ctx))
        margin = Money.total((margin_of(bill, share) for bill in read_bills(ctx)), terms.currency)
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
            margin = margin_of(bill, share)
            earned = margin_interest(ctx, bill, margin, terms.start)
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
            *cost_results(ctx, terms, bills, interest),
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
        least = least_margin(ctx)
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


def least_margin(ctx: QuoteContext) -> Decimal:
    """The least margin for the client's grade; a client without one covers the whole face."""
    return ctx.figure("min_margin", key=ctx.customer.get("credit_grade") or UNGRADED)


plugin = BankAcceptance()
