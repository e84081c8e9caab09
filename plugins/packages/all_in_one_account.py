"""All-in-one account (个人综合账户): sweep, overdraft, fees waived by what is held."""

from __future__ import annotations

from fractions import Fraction

from catalogue import Contract, Flow, InputError, Money, QuoteContext, Result, Tenor, Terms
from catalogue.products.account_spans import Span, spans
from catalogue.products.fee_service import FeeService
from catalogue.products.sweep import deposit_earned, swept_deposits
from catalogue.values import BANK_YEAR


class AllInOneAccount(FeeService):
    """Interest with the sweep against interest without, the tax on it, and what the overdraft costs."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The account with the average of what it holds, on which the waiver of fees depends."""
        held = sum((_held(piece) * piece.days for piece in self._pieces(ctx)), Fraction(0))
        days = (ctx.ask.maturity - ctx.ask.start).days
        return super().terms(ctx).with_extra(average_balance=Money.rounded(held / days))

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """What the account earns and costs over the given balances."""
        pieces, end = self._pieces(ctx), ctx.ask.maturity
        demand = ctx.reference(ctx.figure_text("sheet"), column="demand")
        plain = sum((_held(p) * p.days for p in pieces), Fraction(0)) * Fraction(demand) / BANK_YEAR
        gain, broken, renewed = self._swept(ctx, pieces)
        gross, overdraft = Money.rounded(plain + gain), self._overdraft(ctx, pieces)
        tax = Money.rounded(Fraction(gross.amount) * Fraction(ctx.reference("interest-tax")))
        results = (
            Result("without", "Interest without the sweep", "不转存利息", Money.rounded(plain)),
            Result("with", "Interest with the sweep", "转存后利息", gross),
            Result("gain", "Gained by the sweep", "转存增加利息", gross - Money.rounded(plain)),
            Result("interest_tax", "Interest tax", "利息税", tax),
            Result("terms_completed", "Terms completed", "完成的定期存期数", renewed, "number"),
            Result("broken", "Deposits that ended within their first term", "未满期支取笔数", broken, "number"),
            Result("overdraft_interest", "Interest of the overdraft", "透支利息", overdraft),
            Result("average_balance", "Average balance", "日均余额", terms.extra["average_balance"]),
        )  # fmt: skip
        labelled = (
            (gross, "interest"),
            (-tax, "interest tax"),
            (-overdraft, "interest of the overdraft"),
        )
        totals = {
            "principal": Money.zero(),
            "interest": gross,
            "interest_tax": tax,
            "overdraft_interest": overdraft,
        }
        flows = tuple(Flow(end, amount, label) for amount, label in labelled if amount)
        return Contract("CNY", flows, totals, results=results)

    def _pieces(self, ctx: QuoteContext) -> list[Span]:
        limit = ctx.ask["overdraft_limit"]
        made = spans(ctx.ask["balances"], ctx.ask.start, ctx.ask.maturity, account="main")
        for piece in made:
            if -piece.balance > limit:
                raise InputError(
                    f"balances: {piece.balance.text()} is over the overdraft limit of {limit.grouped()}"
                )
        return made

    def _swept(self, ctx: QuoteContext, pieces: list[Span]) -> tuple[Fraction, int, int]:
        """(what the swept deposits earn above the demand rate, broken deposits, whole terms)."""
        sheet, term = ctx.figure_text("sheet"), Tenor.parse(ctx.figure_text("term"))
        demand, time = ctx.reference(sheet, column="demand"), ctx.reference(sheet, tenor=term)
        deposits = swept_deposits(pieces, ctx.ask["target"], Money.of(ctx.figure("unit")))
        gain, broken, completed = Fraction(0), 0, 0
        for deposit in deposits:
            earned, terms = deposit_earned(deposit, term, time, demand)
            gain += (
                earned
                - Fraction(deposit.amount.amount) * Fraction(demand) * deposit.days / BANK_YEAR
            )
            broken, completed = broken + (terms == 0), completed + terms
        ctx.explain(
            "sweep.gain",
            Money.rounded(gain),
            "whole terms at the time rate, days beyond at the demand rate, less all at the demand rate",
            {"demand": demand, "time": time, "term": term, "deposits": len(deposits)},
        )
        return gain, broken, completed

    def _overdraft(self, ctx: QuoteContext, pieces: list[Span]) -> Money:
        owed = sum(
            (-Fraction(p.balance.amount) * p.days for p in pieces if p.balance.minor < 0),
            Fraction(0),
        )
        rate = ctx.figure("overdraft_daily")
        made = Money.rounded(owed * Fraction(rate))
        ctx.explain(
            "result.overdraft_interest", made, "Σ overdrawn × days × rate a day", {"rate": rate}
        )
        return made


def _held(piece: Span) -> Fraction:
    """The balance, none while overdrawn."""
    return max(Fraction(piece.balance.amount), Fraction(0))


plugin = AllInOneAccount()
