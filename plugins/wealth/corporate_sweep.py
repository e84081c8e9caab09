"""Corporate sweep (企业定活互转): idle money above a target goes to a notice deposit and back."""

from __future__ import annotations

from fractions import Fraction

from catalogue import Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.products.account_spans import spans
from catalogue.products.fee_service import FeeService


class CorporateSweep(FeeService):
    """Interest with the sweep against interest without, over the given balances."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Whole units above the target earn the notice rate once the stretch is long enough."""
        start, end = terms.start, ctx.ask.maturity
        target, unit = ctx.ask["target"], Money.of(ctx.figure("unit"))
        demand = ctx.reference("deposit-listed", column="demand")
        notice = ctx.reference("deposit-listed", column=ctx.figure_text("sweep_column"))
        days_needed = int(ctx.figure("days_needed"))
        without, with_sweep, swept_days, sweeps = Fraction(0), Fraction(0), 0, 0
        for piece in spans(ctx.ask["balances"], start, end, account="main"):
            base = Fraction(piece.balance.amount) * piece.days / 360
            without += base * Fraction(demand)
            surplus = piece.balance - target
            whole = unit * (surplus.minor // unit.minor) if surplus.minor > 0 else Money.zero("CNY")
            if piece.days < days_needed or not whole:
                with_sweep += base * Fraction(demand)
                continue
            sweeps += 1
            swept_days += piece.days
            moved = Fraction(whole.amount) * piece.days / 360
            with_sweep += (base - moved) * Fraction(demand) + moved * Fraction(notice)
        plain, swept = Money.rounded(without), Money.rounded(with_sweep)
        gain = swept - plain
        ctx.explain(
            "sweep.gain",
            gain,
            "interest with the sweep − interest without",
            {"demand": demand, "notice": notice, "target": target, "unit": unit, "sweeps": sweeps},
        )
        results = (
            Result("without", "Interest without the sweep", "不归集利息", plain),
            Result("with", "Interest with the sweep", "归集后利息", swept),
            Result("gain", "Gained before fees", "增加收益(未扣费用)", gain),
            Result("sweeps", "Sweeps", "归集次数", sweeps, "number"),
            Result("swept_days", "Days swept", "归集天数", swept_days, "days"),
        )
        flows = (Flow(end, gain, "interest gained"),) if gain.minor > 0 else ()
        zero = Money.zero("CNY")
        return Contract(
            "CNY", flows, {"principal": zero, "interest": zero, "gain": gain}, results=results
        )


plugin = CorporateSweep()
