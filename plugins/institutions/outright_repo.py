"""Outright repo (债券买断式回购): bonds sold and bought back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import outright_repo, outright_repo_second
from catalogue.products.results import PlainRow

_PLACES = Decimal("0.000001")


class OutrightRepo(Product):
    """By both prices, or by the repo rate that the second amount follows from."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """First and second settlement, coupons between, the rate."""
        ask, end = ctx.ask, ctx.ask.maturity
        face = ask["face"]
        coupons = [(row["date"], row["amount"]) for row in ask.get("coupons", ())]
        for day, _ in coupons:
            if not terms.start < day <= end:
                raise InputError(f"coupons: {day} is not after {terms.start} and up to {end}")
        if ("second_clean" in ask) == ("repo_rate" in ask):
            raise InputError("second_clean: state either the second price or repo_rate")
        if "second_clean" in ask:
            made = outright_repo(
                face.amount,
                first_clean=ask["first_clean"],
                first_accrued=ask["first_accrued"],
                second_clean=ask["second_clean"],
                second_accrued=ask["second_accrued"],
                start=terms.start,
                end=end,
                coupons=coupons,
            )
            first, second, rate = Money.of(made.first), Money.of(made.second), made.annual_rate
            between = Money.of(made.coupons)
        else:
            first = Money.rounded(
                Fraction(face.amount) * Fraction(ask["first_clean"] + ask["first_accrued"]) / 100
            )
            paid = [
                (day, Money.rounded(Fraction(face.amount) * Fraction(each) / 100).amount)
                for day, each in coupons
            ]
            rate = ask["repo_rate"]
            second = Money.of(
                outright_repo_second(first.amount, rate, start=terms.start, end=end, coupons=paid)
            )
            between = Money.total((Money.of(amount) for _, amount in paid), "CNY")
        interest = second + between - first
        days = (end - terms.start).days
        ctx.explain(
            "totals.interest",
            interest,
            "second + coupons − first",
            {"first": first, "second": second, "coupons": between},
        )
        results = (
            Result("first", "First settlement", "首期结算额", first),
            Result("second", "Second settlement", "到期结算额", second),
            Result("coupons", "Coupons between, kept by the buyer", "期间付息", between),
            Result("repo_rate", "Repo rate", "回购利率", Decimal(rate).quantize(_PLACES), "rate"),
            Result("days", "Days", "天数", days, "days"),
        )
        flows = [
            Flow(terms.start, first, "first settlement"),
            Flow(end, -second, "second settlement"),
        ]
        flows += [
            Flow(
                day,
                -Money.rounded(Fraction(face.amount) * Fraction(each) / 100),
                "coupon kept by the buyer",
            )
            for day, each in coupons
        ]
        row = PlainRow(
            1,
            end,
            days,
            first.amount,
            first.amount,
            interest.amount,
            Decimal("0.00"),
            first.amount + interest.amount,
            Decimal("0.00"),
        )
        flows.sort(key=lambda flow: flow.on)
        return Contract(
            "CNY", tuple(flows), {"principal": first, "interest": interest}, (row,), results
        )


plugin = OutrightRepo()
