"""Outright repo (债券买断式回购): bonds sold and bought back, at two prices or at a repo rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import outright_repo, outright_repo_second
from catalogue.products.bond import accrued_on, coupons_between
from catalogue.products.results import PlainRow

_PLACES = Decimal("0.00000001")
Coupons = Sequence[tuple[date, Decimal]]


class OutrightRepo(Product):
    """The client sells and buys back; coupons between stay with the buyer, the bank."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """First and second settlement, coupons between, the rate."""
        ask, face = ctx.ask, ctx.ask["face"]
        if ("second_clean" in ask) == ("repo_rate" in ask):
            raise InputError("second_clean: state either the second price or repo_rate")
        accrued = self._accrued(ctx, terms)
        coupons = self._coupons(ctx, terms)
        paid = [(day, _of_face(face, each)) for day, each in coupons]
        first = _of_face(face, ask["first_clean"] + accrued[0])
        second, rate = self._second(ctx, terms, (first, accrued), (coupons, paid))
        between = Money.total((amount for _, amount in paid), first.currency)
        interest = second + between - first
        ctx.explain(
            "totals.interest",
            interest,
            "second settlement + coupons between − first settlement",
            {"first": first, "second": second, "coupons": between, "rate": rate},
        )
        second_dirty = (Fraction(second.amount) * 100 / Fraction(face.amount)).limit_denominator(
            10**12
        )
        clean = _figure(second_dirty - Fraction(accrued[1]))
        results = (
            Result("first", "First settlement", "首期结算额", first),
            Result("second", "Second settlement", "到期结算额", second),
            Result("first_accrued", "First accrued interest per 100", "首期应计利息", accrued[0], "number"),
            Result("second_accrued", "Second accrued interest per 100", "到期应计利息", accrued[1], "number"),
            Result("second_clean", "Second clean price per 100", "到期净价", clean, "number"),
            Result("coupons", "Coupons between, kept by the buyer", "期间付息", between),
            Result("repo_rate", "Repo rate", "回购利率", rate, "rate"),
            Result("days", "Days", "天数", (ask.maturity - terms.start).days, "days"),
        )  # fmt: skip
        return _contract(terms, ask.maturity, first, second, paid, results)

    def _second(
        self,
        ctx: QuoteContext,
        terms: Terms,
        near: tuple[Money, tuple[Decimal, Decimal]],
        between: tuple[Coupons, Sequence[tuple[date, Money]]],
    ) -> tuple[Money, Decimal]:
        """The second settlement and the repo rate, one from the other."""
        ask, (first, accrued), (coupons, paid) = ctx.ask, near, between
        if "second_clean" in ask:
            made = outright_repo(
                ask["face"].amount,
                first_clean=ask["first_clean"],
                first_accrued=accrued[0],
                second_clean=ask["second_clean"],
                second_accrued=accrued[1],
                start=terms.start,
                end=ask.maturity,
                coupons=coupons,
            )
            return Money.of(made.second), made.annual_rate
        second = outright_repo_second(
            first.amount,
            ask["repo_rate"],
            start=terms.start,
            end=ask.maturity,
            coupons=[(day, amount.amount) for day, amount in paid],
        )
        return Money.of(second), ask["repo_rate"]

    def _accrued(self, ctx: QuoteContext, terms: Terms) -> tuple[Decimal, Decimal]:
        """Accrued interest of both days: as stated, or that of the bond which the ask describes."""
        ask = ctx.ask
        if "bond_maturity" not in ask:
            return ask["first_accrued"], ask["second_accrued"]
        for name in ("first_accrued", "second_accrued", "coupons"):
            if name in ask.stated:
                raise InputError(f"{name}: follows from bond_maturity and coupon; leave it out")
        return accrued_on(ask, terms.start), accrued_on(ask, ask.maturity)

    def _coupons(self, ctx: QuoteContext, terms: Terms) -> Coupons:
        ask, start, end = ctx.ask, terms.start, ctx.ask.maturity
        if "bond_maturity" in ask:
            return coupons_between(ask, start, end)
        for row in ask.get("coupons", ()):
            if not start < row["date"] <= end:
                raise InputError(f"coupons: {row['date']} is not after {start} and up to {end}")
            if row["amount"] < 0:
                raise InputError(f"coupons: {row['amount']} is below 0")
        return sorted((row["date"], row["amount"]) for row in ask.get("coupons", ()))


def _contract(
    terms: Terms,
    end: date,
    first: Money,
    second: Money,
    paid: Sequence[tuple[date, Money]],
    results: tuple[Result, ...],
) -> Contract:
    """Borrowing on the first settlement; coupons that the buyer keeps count as paid."""
    between = Money.total((amount for _, amount in paid), first.currency)
    interest, zero = second + between - first, Money.zero(first.currency).amount
    flows = [
        Flow(terms.start, first, "first settlement"),
        *(Flow(day, -amount, "coupon kept by the buyer") for day, amount in paid),
        Flow(end, -second, "second settlement"),
    ]
    amounts = (first.amount, first.amount, interest.amount, zero, (first + interest).amount, zero)
    row = PlainRow(1, end, (end - terms.start).days, *amounts)
    totals = {"principal": first, "interest": interest}
    return Contract(first.currency, tuple(flows), totals, (row,), results, apr=True)


def _of_face(face: Money, per_hundred: Decimal) -> Money:
    return face.scaled(Fraction(per_hundred) / 100)


def _figure(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES).normalize() + 0


plugin = OutrightRepo()
