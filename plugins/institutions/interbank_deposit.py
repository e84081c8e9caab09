"""Interbank deposit (同业存款): SHIBOR or the excess-reserve rate plus a spread, actual/360.

On demand its interest is posted by the quarter. Beside it: what reserve and insurance cost the bank.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, Money, QuoteContext, QuotedRate, Result, Tenor, Terms
from catalogue.maths import demand_interest
from catalogue.products.deposit import Outcome, Parts
from catalogue.products.deposit_account import account_outcome, settlement_rule
from catalogue.products.deposit_rates import known_day, on_sheet, rule_on
from catalogue.products.deposit_time import KindOfDeposit
from catalogue.products.rate_rule import quoted_rate
from catalogue.products.results import PlainRow, annual
from catalogue.values import BANK_YEAR, round_places

_OVERNIGHT = Tenor(1, "d")
_SHEETS = {"shibor": "shibor", "excess-reserve": "excess-reserve-rate"}


class InterbankDeposit(KindOfDeposit):
    """Time or demand by its reference; an early withdrawal bears the demand price."""

    def reference(self, ctx: QuoteContext) -> str:
        """The reference that is agreed: by default SHIBOR for time, the excess-reserve rate for demand."""
        usual = "shibor" if ctx.ask["kind"] == "time" else "excess-reserve"
        if "shibor" not in (ctx.version.ask["reference"].choices or ()):
            usual = "excess-reserve"
        found: str = ctx.ask.get("reference", usual)
        return found

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The reference plus the listed or the agreed spread, within the most that may be agreed."""
        on = known_day(ctx, ctx.ask.start)
        rule = attrs.evolve(
            on_sheet(rule_on(ctx, on), _SHEETS[self.reference(ctx)]),
            spread=ctx.figure("listed_spread", key=ctx.ask["kind"]),
        )
        # money on demand is priced overnight, whatever time it stays
        tenor = None if ctx.ask["kind"] == "time" else _OVERNIGHT
        return quoted_rate(ctx, tenor, rule=rule, on=on)

    def demand_rate(self, ctx: QuoteContext, on: date) -> Decimal:
        """The demand price: the excess-reserve rate plus the demand spread."""
        base = ctx.reference("excess-reserve-rate", on=known_day(ctx, on))
        return base + ctx.figure("listed_spread", key="demand")

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """A time deposit's, or the quarterly postings of an account that is closed on the day."""
        if ctx.ask["kind"] == "time":
            return super().outcome(ctx, terms, on, parts)
        closed = on or ctx.ask.maturity
        moves = [(terms.start, ctx.ask.amount.amount), *((day, -part) for day, part in parts)]
        made = demand_interest(
            moves,
            annual(terms),
            end=closed,
            rule=settlement_rule(ctx),
            tax_rate=self.tax(ctx),
            base_unit=None,
            year_days=BANK_YEAR,
            currency=terms.currency,
        )
        return account_outcome(ctx, terms, moves, made, closed=closed)

    def contract(
        self, ctx: QuoteContext, terms: Terms, made: Outcome, more: Sequence[Result] = ()
    ) -> Contract:
        """The deposit, and what reserve and insurance cost the bank beside interest."""
        contract = super().contract(ctx, terms, made, more)
        return attrs.evolve(
            contract, results=(*contract.results, *_costs(ctx, contract, made.rows))
        )


def _costs(ctx: QuoteContext, contract: Contract, rows: Sequence[PlainRow]) -> Sequence[Result]:
    """Cost of the required reserve, premium, and all in by the year on the money that may be used.

    Balances are those of the days, so that early and part withdrawals count.
    """
    held = sum((Fraction(row.opening) * row.days for row in rows), Fraction(0)) / BANK_YEAR
    interest = Fraction(contract.totals["interest"].amount)
    share = ctx.ask.get("reserve_share", ctx.figure("reserve_share"))
    premium = ctx.ask.get("insurance_rate", ctx.figure("insurance_rate"))
    earned = ctx.reference("required-reserve-rate")
    reserve = Fraction(share) * (interest - held * Fraction(earned))
    insurance = held * Fraction(premium)
    usable = held * (1 - Fraction(share))
    reserve_cost = Money.rounded(reserve, contract.currency)
    insurance_cost = Money.rounded(insurance, contract.currency)
    all_in = round_places(interest / held + (reserve + insurance) / usable, 6)
    year = Money.rounded(held, contract.currency)
    ctx.explain(
        "reserve_cost",
        reserve_cost,
        "reserve share × (interest − balance of a year × rate on required reserves)",
        {"share": share, "interest": contract.totals["interest"], "balance": year, "rate": earned},
    )
    ctx.explain(
        "insurance_cost",
        insurance_cost,
        "balance of a year × premium rate",
        {"balance": year, "premium": premium},
    )
    ctx.explain(
        "all_in_cost",
        all_in,
        "interest ÷ balance of a year + (reserve cost + premium) ÷ (balance × (1 − reserve share))",
        {"balance": year, "share": share},
    )
    return (
        Result("reserve_cost", "Cost of the required reserve", "准备金成本", reserve_cost),
        Result("insurance_cost", "Deposit-insurance premium", "存款保险费", insurance_cost),
        Result("all_in_cost", "All-in cost a year of the usable money", "可用资金综合成本率", all_in, "rate"),
    )  # fmt: skip


plugin = InterbankDeposit()
