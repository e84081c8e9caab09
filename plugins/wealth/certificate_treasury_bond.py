"""Certificate treasury bonds (凭证式国债): interest at maturity, early redemption by holding bands with a fee."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from catalogue import Contract, InputError, Money, QuoteContext, Result, Terms
from catalogue.definitions.figures import Figure
from catalogue.maths import deposit_interest, retail_bond_redemption
from catalogue.products.retail_bond import RetailBond, receipt


class CertificateTreasuryBond(RetailBond):
    """Simple interest paid once, with the principal."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Held to maturity, or cashed in on `redeem_on` at the rate of the longest holding time reached."""
        amount, rate, start = ctx.ask.amount, self.coupon(ctx), terms.start
        end = ctx.ask.maturity
        full = interest = Money.of(deposit_interest(amount.amount, rate, start=start, end=end))
        results = [
            Result("at_maturity", "Amount at maturity", "到期本息", amount + full),
            Result("coupon", "Annual rate", "票面年利率", rate, "rate"),
        ]
        formula, inputs = "principal × annual rate × time held (30/360), simple", {"coupon": rate}
        on = self.redeemed(ctx, terms)
        if on is not None:
            rates = _held_rates(ctx, str(ctx.ask.tenor))
            early = retail_bond_redemption(amount.amount, start=start, on=on, rates=rates)
            interest, end = Money.of(early.interest.gross), on
            reached, days = Decimal(0), 0
            formula = "held shorter than every band: no interest"
            if early.interest.parts:
                part = early.interest.parts[0]
                reached, days, formula = part.annual_rate, part.units, part.formula
            inputs = {"rate of the time held": reached}
            results += [
                Result("cashed_in", "Received when cashed in, less the fee", "提前兑取实得(扣手续费)",
                       amount + interest - self.redemption_fee(ctx)),
                Result("held_rate", "Annual rate of the time held", "按持有时间适用年利率", reached, "rate"),
                Result("held_days", "Days that bear interest (30/360)", "计息天数(每月30天)", days, "days"),
            ]  # fmt: skip
        ctx.explain("totals.interest", interest, formula, {"principal": amount, **inputs})
        row = receipt(1, start, end, amount, interest, repaid=True)
        return self.contract(terms, [row], [*results, *self.from_issuer(ctx)])


def _held_rates(ctx: QuoteContext, tenor: str) -> Mapping[str, Decimal]:
    """Least time held → annual rate, of the figure `held_<tenor>`."""
    name = f"held_{tenor}"
    figure: Figure | None = ctx.version.figures.get(name)
    if figure is None:
        raise InputError(f"tenor: {tenor} has no rates for early redemption")
    return {held: ctx.figure(name, key=held) for held in figure.values}


plugin = CertificateTreasuryBond()
