"""Corporate sweep (企业定活互转): idle money above a target goes to a notice deposit and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Flow, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.account_spans import Span, interest_of, spans
from catalogue.products.fee_service import FeeService
from catalogue.products.results import PlainRow
from catalogue.products.sweep import SweptDeposit, swept_deposits


class CorporateSweep(FeeService):
    """Interest with the sweep against interest without, over the given balances.

    Whole units above the target are swept; what is swept stays until the balance falls, the newest
    deposit broken first. The schedule has one row for each deposit, on the day it comes back.
    """

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """A deposit that stands long enough earns the notice rate, a shorter one the demand rate."""
        pieces = _balances_of(ctx, terms)
        sheet = ctx.figure_text("deposit_sheet")
        demand = ctx.reference(sheet, column="demand")
        notice = ctx.reference(sheet, column=ctx.figure_text("sweep_column"))
        deposits = swept_deposits(pieces, ctx.ask["target"], Money.of(ctx.figure("unit")))
        deposits.sort(key=lambda each: (each.end, each.start))
        needed = int(ctx.figure("days_needed"))
        rows = [
            _row_of(number, each, notice if each.days >= needed else demand)
            for number, each in enumerate(deposits, 1)
        ]
        plain = sum((interest_of(p.balance, p.days, demand, demand) for p in pieces), Fraction(0))
        more = notice - demand
        stood = [each for each in deposits if each.days >= needed]
        earned = sum((interest_of(d.amount, d.days, more, more) for d in stood), Fraction(0))
        without, swept = Money.rounded(plain), Money.rounded(plain + earned)
        gain = swept - without
        ctx.explain(
            "sweep.gain",
            gain,
            "interest with the sweep − interest without",
            {"demand": demand, "notice": notice, "days_needed": needed, "deposits": len(rows)},
        )
        idle = {span for span in pieces if any(d.start <= span.start < d.end for d in deposits)}
        results = (
            Result("without", "Interest without the sweep", "不归集利息", without),
            Result("with", "Interest with the sweep", "归集后利息", swept),
            Result("gain", "Gained before fees", "增加收益(未扣费用)", gain),
            Result("sweeps", "Deposits swept", "归集笔数", len(rows), "number"),
            Result(
                "short",
                "Of them too short for the notice rate",
                "其中不足最低天数、按活期计息",
                len(deposits) - len(stood),
                "number",
            ),
            Result("swept_days", "Days swept", "归集天数", sum(s.days for s in idle), "days"),
        )
        end = pieces[-1].end
        flows = (Flow(end, gain, "interest gained"),) if gain.minor > 0 else ()
        zero = Money.zero("CNY")
        totals = {"principal": zero, "interest": zero, "gain": gain}
        return Contract("CNY", flows, totals, tuple(rows), results)


def _balances_of(ctx: QuoteContext, terms: Terms) -> list[Span]:
    """The account's balances over the term, none below zero."""
    pieces = spans(ctx.ask["balances"], terms.start, ctx.ask.maturity, account="main")
    for number, row in enumerate(ctx.ask["balances"], 1):
        if row["balance"].minor < 0:
            raise InputError(
                f"balances[{number}].balance: {row['balance']} is below zero; a swept account"
                " has no overdraft"
            )
    if pieces[0].start != terms.start:
        ctx.warn(f"balances: none before {pieces[0].start}; the account is taken as empty")
    return pieces


def _row_of(number: int, deposit: SweptDeposit, rate: Decimal) -> PlainRow:
    """A deposit as it comes back: amount and interest, on a year of 360 days."""
    amount, days = deposit.amount.amount, deposit.days
    interest = Money.rounded(interest_of(deposit.amount, days, rate, rate)).amount
    zero = Decimal(0)
    return PlainRow(
        number, deposit.end, days, amount, amount, interest, zero, amount + interest, zero
    )


plugin = CorporateSweep()
