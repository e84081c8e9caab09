"""All-in-one account (个人综合账户): sweep, overdraft, fees waived by what is held."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from catalogue import Contract, Flow, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.account_spans import Span, spans
from catalogue.products.fee_service import FeeService


class AllInOneAccount(FeeService):
    """Interest with the sweep against interest without, less what the overdraft costs."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The account with its average balance, on which the waiver of the fee depends."""
        pieces = self._pieces(ctx)
        days = (ctx.ask.maturity - ctx.ask.start).days
        held = sum((Fraction(p.balance.amount) * p.days for p in pieces), Fraction(0))
        return super().terms(ctx).with_extra(average_balance=Money.rounded(held / days))

    def _pieces(self, ctx: QuoteContext) -> list[Span]:
        limit = ctx.ask["overdraft_limit"]
        made = spans(ctx.ask["balances"], ctx.ask.start, ctx.ask.maturity, account="main")
        for piece in made:
            if -piece.balance > limit:
                raise InputError(
                    f"balances: {piece.balance.text()} is over the overdraft limit of {limit.grouped()}"
                )
        return made

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """What the account earns and costs over the given balances."""
        demand = ctx.reference("deposit-listed", column=ctx.figure_text("short_column"))
        swept_rate = ctx.reference("deposit-listed", column=ctx.figure_text("sweep_column"))
        target, unit = ctx.ask["target"], Money.of(ctx.figure("unit"))
        needed, daily = int(ctx.figure("days_needed")), ctx.figure("overdraft_daily")
        plain = swept = owed = Fraction(0)
        for piece in self._pieces(ctx):
            days = Fraction(piece.days)
            if piece.balance.minor < 0:
                owed += Fraction(-piece.balance.amount) * Fraction(daily) * days
                continue
            whole = Money.zero()
            if piece.days >= needed and piece.balance > target:
                whole = unit * ((piece.balance - target).minor // unit.minor)
            base = Fraction(piece.balance.amount) * days / 360
            moved = Fraction(whole.amount) * days / 360
            plain += base * Fraction(demand)
            swept += (base - moved) * Fraction(demand) + moved * Fraction(swept_rate)
        without, with_sweep, overdraft = (
            Money.rounded(plain),
            Money.rounded(swept),
            Money.rounded(owed),
        )
        ctx.explain(
            "account.interest",
            with_sweep,
            "swept part at the time rate, the rest at the demand rate",
            {"demand": demand, "time": swept_rate, "target": target},
        )
        results: Sequence[Result] = (
            Result("without", "Interest without the sweep", "不转存利息", without),
            Result("with", "Interest with the sweep", "转存后利息", with_sweep),
            Result("overdraft_interest", "Interest of the overdraft", "透支利息", overdraft),
            Result(
                "average_balance", "Average balance", "日均余额", terms.extra["average_balance"]
            ),
        )
        end = ctx.ask.maturity
        flows = [Flow(end, with_sweep, "interest")] if with_sweep else []
        if overdraft:
            flows.append(Flow(end, -overdraft, "interest of the overdraft"))
        totals = {
            "principal": Money.zero(),
            "interest": with_sweep,
            "overdraft_interest": overdraft,
        }
        return Contract("CNY", tuple(flows), totals, results=tuple(results))


plugin = AllInOneAccount()
