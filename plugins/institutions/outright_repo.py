"""Outright repo (债券买断式回购): bonds sold and bought back, at two prices or at a repo rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import outright_repo, outright_repo_second
from catalogue.products.bond import accrued_on, coupons_between, second_settlement
from catalogue.products.results import PlainRow
from catalogue.values import round_places

_BOND = ("coupon", "coupon_frequency", "kind", "issue", "issue_price", "first_coupon", "accrual")
Coupons = Sequence[tuple[date, Decimal]]


class OutrightRepo(Product):
    """The client sells and buys back, or buys and sells back; coupons between stay with the buyer."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deal until a business day."""
        terms = super().terms(ctx)
        return attrs.evolve(terms, maturity=second_settlement(ctx)).with_extra(side=ctx.ask["side"])

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """First and second settlement, coupons between, the rate."""
        ask, face = ctx.ask, ctx.ask["face"]
        if ("second_clean" in ask) == ("repo_rate" in ask):
            raise InputError("second_clean: state either the second price or repo_rate")
        end = terms.maturity or ask.maturity
        accrued = _accrued(ctx, terms.start, end)
        coupons = _coupons(ctx, terms.start, end)
        worth, cut = ask["first_clean"] + accrued[0], ask["haircut"]
        first = _of_face(face, worth * (1 - cut))
        paid = [(day, _of_face(face, each)) for day, each in coupons]
        if "second_clean" in ask:
            second, rate = _at_price(
                ctx, worth * (1 - cut), accrued[1], coupons, (terms.start, end)
            )
        else:
            flows = [(day, amount.amount) for day, amount in paid]
            rate = ask["repo_rate"]
            second = Money.of(
                outright_repo_second(first.amount, rate, start=terms.start, end=end, coupons=flows)
            )
        between = Money.total((amount for _, amount in paid), first.currency)
        ctx.explain(
            "result.first",
            first,
            "face × (clean price + accrued interest) ÷ 100 × (1 − haircut)",
            {"face": face, "clean": ask["first_clean"], "accrued": accrued[0], "haircut": cut},
        )
        ctx.explain(
            "totals.interest",
            second + between - first,
            "second settlement + coupons between − first settlement",
            {"first": first, "second": second, "coupons": between, "rate": rate},
        )
        clean = _clean(second, face, accrued[1])
        results = (
            Result("first", "First settlement", "首期结算额", first),
            Result("second", "Second settlement", "到期结算额", second),
            Result("market_value", "Market value of the bonds", "债券市值", _of_face(face, worth)),
            Result("haircut", "Haircut", "折扣率", cut, "rate"),
            Result("first_accrued", "First accrued interest per 100", "首期应计利息", accrued[0], "number"),
            Result("second_accrued", "Second accrued interest per 100", "到期应计利息", accrued[1], "number"),
            Result("second_clean", "Second clean price per 100", "到期净价", clean, "number"),
            Result("coupons", "Coupons between, kept by the buyer", "期间付息", between),
            Result("repo_rate", "Repo rate", "回购利率", rate, "rate"),
            Result("days", "Days", "天数", (end - terms.start).days, "days"),
        )  # fmt: skip
        return _contract(terms, end, (first, second), paid, results)


def _at_price(
    ctx: QuoteContext, first: Decimal, accrued: Decimal, coupons: Coupons, term: tuple[date, date]
) -> tuple[Money, Decimal]:
    """The second settlement at the ask's second price, and the repo rate that the two prices make.

    `first` is the dirty price paid per 100, after the haircut.
    """
    made = outright_repo(
        ctx.ask["face"].amount,
        first_clean=first,
        first_accrued=0,
        second_clean=ctx.ask["second_clean"],
        second_accrued=accrued,
        start=term[0],
        end=term[1],
        coupons=coupons,
    )
    return Money.of(made.second), made.annual_rate


def _accrued(ctx: QuoteContext, start: date, end: date) -> tuple[Decimal, Decimal]:
    """Accrued interest of both days: as stated, or that of the bond which the ask describes."""
    ask = ctx.ask
    if "bond_maturity" not in ask:
        for name in _BOND:
            if name in ask.stated:
                raise InputError(f"{name}: describes a bond; state bond_maturity too")
        return ask["first_accrued"], ask["second_accrued"]
    for name in ("first_accrued", "second_accrued", "coupons"):
        if name in ask.stated:
            raise InputError(f"{name}: follows from bond_maturity and coupon; leave it out")
    return accrued_on(ask, start), accrued_on(ask, end)


def _coupons(ctx: QuoteContext, start: date, end: date) -> Coupons:
    """Coupons after the first settlement up to the second: as stated, or those of the bond."""
    ask = ctx.ask
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
    settled: tuple[Money, Money],
    paid: Sequence[tuple[date, Money]],
    results: tuple[Result, ...],
) -> Contract:
    """Money borrowed by the seller of the bonds; coupons that the buyer keeps count as paid."""
    first, second = settled
    borrows = terms.extra["side"] == "borrow"
    sign = 1 if borrows else -1
    between = Money.total((amount for _, amount in paid), first.currency)
    interest, zero = second + between - first, Money.zero(first.currency).amount
    flows = [
        Flow(terms.start, first * sign, "first settlement"),
        *(Flow(day, amount * -sign, "coupon kept by the buyer") for day, amount in paid),
        Flow(end, second * -sign, "second settlement"),
    ]
    amounts = (first.amount, first.amount, interest.amount, zero, (first + interest).amount, zero)
    row = PlainRow(1, end, (end - terms.start).days, *amounts)
    totals = {"principal": first, "interest": interest}
    return Contract(first.currency, tuple(flows), totals, (row,), results, apr=borrows)


def _clean(amount: Money, face: Money, accrued: Decimal) -> Decimal:
    """The clean price per 100 of a settlement amount, to 8 places."""
    price = Fraction(amount.amount) * 100 / Fraction(face.amount) - Fraction(accrued)
    return round_places(price, 8).normalize() + 0


def _of_face(face: Money, per_hundred: Decimal) -> Money:
    return face.scaled(Fraction(per_hundred) / 100)


plugin = OutrightRepo()
