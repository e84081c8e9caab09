"""Savings by plan: instalments in, instalments out, interest drawn, held as long as it pleases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths import (
    education_savings,
    instalment_savings,
    instalment_withdrawal_savings,
    interest_drawing_savings,
    time_or_demand_interest,
)
from catalogue.maths.deposit_instalment import InstalmentInterest
from catalogue.maths.deposit_result import DepositInterest
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Deposit, need_tenor_months, posting_row
from catalogue.products.results import Contract, Result, Terms
from catalogue.values import Money, add_months, parse_int

_SHORT_TENORS = ("3m", "6m", "1y")


class InstalmentSavings(Deposit):
    """A fixed sum every month, drawn as a whole."""

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The instalment rate of the tenor."""
        return f"instalment-{ctx.ask.tenor}"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest on monthly products, to maturity or to `withdraw_on`."""
        made = instalment_savings(
            ctx.ask.amount.amount, terms.rate.annual if terms.rate else Decimal(0), start=terms.start,
            months=need_tenor_months(terms), demand_rate=self.demand_rate(ctx), instalments=paid(ctx),
            on=ctx.ask.get("withdraw_on"), tax_rate=self.tax(ctx),
        )  # fmt: skip
        return self.plan_contract(ctx, terms, made)

    def plan_contract(self, ctx: QuoteContext, terms: Terms, made: InstalmentInterest) -> Contract:
        """The contract of monthly payments in and one payment out."""
        end = ctx.ask.get("withdraw_on") or made.maturity
        counts = paid(ctx) or [1] * need_tenor_months(terms)
        each = ctx.ask.amount.amount
        days = [add_months(terms.start, n) for n in range(len(counts))]
        paid_in = [
            (day, each * count) for day, count in zip(days, counts, strict=True) if day < end
        ]
        if made.broken_in is not None:
            ctx.warn(
                f"instalments: the plan is broken from month {made.broken_in} on; later payments bear the demand rate"
            )
        total = made.principal + made.interest.net
        results = [
            Result("paid_in", "Paid in", "存入本金", Money.of(made.principal)),
            Result("at_maturity", "Received", "实得本息", Money.of(total)),
        ]
        return self.contract(
            ctx, terms, paid_in=paid_in, received=[(end, total, "withdrawal")], interest=[made.interest],
            results=results,
        )  # fmt: skip


class EducationSavings(InstalmentSavings):
    """Instalments for a child's studies: the lump-sum rate without tax, if study is proved."""

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The lump-sum rate with proof, the instalment rate without."""
        if ctx.ask["proof"]:
            return ctx.figure_text(f"time_column_{ctx.ask.tenor}")
        return self._instalment_column(ctx)

    def _instalment_column(self, ctx: QuoteContext) -> str:
        """The instalment rate of the tenor; six years take the five-year one, where it is listed."""
        return f"instalment-{'5y' if str(ctx.ask.tenor) == '6y' else ctx.ask.tenor}"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """As instalment savings; the cap on what may be paid in holds."""
        months, most = need_tenor_months(terms), Money.of(ctx.figure("most"))
        counts = paid(ctx) or [1] * months
        total = ctx.ask.amount * sum(counts)
        if total > most:
            raise InputError(
                f"amount: {total.grouped()} would be paid in, over the limit of {most.grouped()}"
            )
        made = education_savings(
            ctx.ask.amount.amount, start=terms.start, months=months,
            time_rate=self.listed(ctx, ctx.figure_text(f"time_column_{ctx.ask.tenor}")),
            instalment_rate=self.listed(ctx, self._instalment_column(ctx)), with_proof=ctx.ask["proof"],
            demand_rate=self.demand_rate(ctx), instalments=paid(ctx), on=ctx.ask.get("withdraw_on"),
            tax_rate=self.tax(ctx),
        )  # fmt: skip
        return self.plan_contract(ctx, terms, made)


class InstalmentWithdrawalSavings(Deposit):
    """A lump sum drawn in equal parts, interest with the last."""

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The instalment rate of the tenor."""
        return f"instalment-{ctx.ask.tenor}"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Equal draws; the last comes with all the interest."""
        amount = ctx.ask.amount.amount
        made = instalment_withdrawal_savings(
            amount, terms.rate.annual if terms.rate else Decimal(0), start=terms.start,
            months=need_tenor_months(terms), every=int(ctx.ask["every"]), tax_rate=self.tax(ctx),
        )  # fmt: skip
        rows, before, balance = [], terms.start, amount
        for n, (day, drawn) in enumerate(made.draws, 1):
            last = n == len(made.draws)
            gross = made.interest.gross if last else Decimal("0.00")
            rows.append(posting_row(n, before, day, balance, gross, gross + drawn))
            before, balance = day, balance - drawn
        end = made.draws[-1][0]
        received = [
            *((day, drawn, "withdrawal") for day, drawn in made.draws),
            (end, made.interest.net, "interest"),
        ]
        return self.contract(
            ctx, terms, paid_in=[(terms.start, amount)], received=received, interest=[made.interest], rows=rows,
            results=[Result("each_draw", "Each withdrawal", "每次支取本金", Money.of(made.draws[0][1]))],
        )  # fmt: skip


class InterestDrawingSavings(Deposit):
    """The principal stays, its interest is drawn; closing early claws back."""

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The instalment rate of the tenor."""
        return f"instalment-{ctx.ask.tenor}"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Draws to maturity, or to `withdraw_on`."""
        amount = ctx.ask.amount.amount
        made = interest_drawing_savings(
            amount, terms.rate.annual if terms.rate else Decimal(0), start=terms.start,
            months=need_tenor_months(terms), every=int(ctx.ask["every"]), on=ctx.ask.get("withdraw_on"),
            demand_rate=self.demand_rate(ctx), tax_rate=self.tax(ctx),
        )  # fmt: skip
        end: date = ctx.ask.get("withdraw_on") or ctx.ask.maturity
        early = end < ctx.ask.maturity
        drawn = [DepositInterest(draw.gross, draw.tax, draw.net, ()) for draw in made.draws]
        interest = (
            [made.closing] if early and made.closing else [*drawn, *filter(None, [made.closing])]
        )
        rows, before = [], terms.start
        for n, draw in enumerate(made.draws, 1):
            rows.append(posting_row(n, before, draw.due, amount, draw.gross, draw.gross))
            before = draw.due
        results = (
            [
                Result(
                    "each_draw", "Each payment of interest", "每次取息", Money.of(made.draws[0].net)
                ),
            ]
            if made.draws
            else []
        )
        results.append(Result("final", "Paid at the end", "期末支付", Money.of(made.final)))
        if early:
            results.append(
                Result("claw_back", "Interest taken back", "扣回多付利息", Money.of(made.claw_back))
            )
        received = [
            *((draw.due, draw.net, "interest") for draw in made.draws),
            (end, made.final, "closing"),
        ]
        return self.contract(
            ctx, terms, paid_in=[(terms.start, amount)], received=received, interest=interest,
            rows=() if early else rows, results=results,
        )  # fmt: skip


class TimeOrDemandSavings(Deposit):
    """No tenor: the rate follows from how long the money was held."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest to `withdraw_on` by the longest tenor reached."""
        amount, on = ctx.ask.amount.amount, ctx.ask["withdraw_on"]
        if on <= terms.start:
            raise InputError(f"withdraw_on: {on} is not after the value date {terms.start}")
        made = time_or_demand_interest(
            amount, start=terms.start, on=on, demand_rate=self.demand_rate(ctx),
            rates={tenor: self.listed(ctx, tenor) for tenor in _SHORT_TENORS}, factor=ctx.figure("share"),
            tax_rate=self.tax(ctx),
        )  # fmt: skip
        total = amount + made.net
        return self.contract(
            ctx, terms, paid_in=[(terms.start, amount)], received=[(on, total, "withdrawal")], interest=[made],
            results=[Result("withdrawn", "Received on withdrawal", "支取实得本息", Money.of(total))],
        )  # fmt: skip


def paid(ctx: QuoteContext) -> list[int] | None:
    """The instalments paid by month, None when every month was paid once."""
    stated = ctx.ask.get("instalments_paid")
    if stated is None:
        return None
    return [
        parse_int(word, f"instalments_paid[{n}]", minimum=0, maximum=12)
        for n, word in enumerate(stated, 1)
    ]
