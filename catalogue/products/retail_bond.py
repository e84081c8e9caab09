"""The base of government bonds sold at the counter: hold to maturity, or cash in early by holding bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import attrs

from catalogue.errors import InputError
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Fee, Flow, PlainRow, Result, Terms
from catalogue.values import Money, percent_text


class Receipts(tuple[PlainRow, ...]):
    """Rows of money received: a fee due on a row's day lessens what is received."""

    __slots__ = ()

    def with_fees(self, on_row: Mapping[int, int]) -> tuple[PlainRow, ...]:
        """The rows, less the fees in minor units by row number."""
        made = []
        for row in self:
            fee = Money(on_row.get(row.n, 0), "CNY").amount
            made.append(attrs.evolve(row, fee=row.fee - fee, payment=row.payment - fee))
        return tuple(made)


class RetailBond(Product):
    """A bond of a fixed tenor with its coupon by tenor; `redeem_on` in the ask cashes it in early.

    Figures: `unit`, the least face value; `coupon` by tenor, unless the ask states one;
    `redemption_fee`, `issue_fee` and `cash_out_fee`, shares of the principal. A product builds its rows
    with `receipt` and hands them to `contract`.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed; bonds are sold in whole units of their face value."""
        unit = Money.of(ctx.figure("unit"))
        if ctx.ask.amount.minor % unit.minor:
            raise InputError(
                f"amount: {ctx.ask.amount.text()} is not a multiple of {unit.grouped()}"
            )
        return super().terms(ctx)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee on the principal cashed in early."""
        on = self.redeemed(ctx, terms)
        if on is None:
            return ()
        rate = ctx.figure("redemption_fee")
        return [
            Fee(
                "early-redemption",
                "Early redemption fee",
                "提前兑取手续费",
                self.redemption_fee(ctx),
                f"{ctx.ask.amount.grouped()} × {percent_text(rate)}",
                ctx.source("figures", "redemption_fee"),
                base=ctx.ask.amount,
                due=on,
            )
        ]

    def coupon(self, ctx: QuoteContext) -> Decimal:
        """The annual rate for the ask's tenor."""
        stated: Decimal | None = ctx.ask.get("coupon")
        return stated if stated is not None else ctx.figure("coupon", key=str(ctx.ask.tenor))

    def redeemed(self, ctx: QuoteContext, terms: Terms) -> date | None:
        """The day on which the bond is cashed in early; None when it is held to maturity."""
        on: date | None = ctx.ask.get("redeem_on")
        if on is not None and not terms.start < on < ctx.ask.maturity:
            raise InputError(
                f"redeem_on: {on} is not between {terms.start} and {ctx.ask.maturity};"
                " from maturity on the bond is repaid in full, without interest for the days after"
            )
        return on

    def redemption_fee(self, ctx: QuoteContext) -> Money:
        """What the holder pays for cashing in early."""
        amount: Money = ctx.ask.amount
        return amount.scaled(ctx.figure("redemption_fee"))

    def from_issuer(self, ctx: QuoteContext) -> list[Result]:
        """What the Ministry of Finance pays the bank: for selling, and for paying the bond out."""
        amount: Money = ctx.ask.amount
        made = []
        for code, name, name_zh in (
            ("issue_fee", "Issue fee, from the issuer to the bank", "发行手续费(财政部付银行)"),
            (
                "cash_out_fee",
                "Cash-out fee, from the issuer to the bank",
                "兑付手续费(财政部付银行)",
            ),
        ):
            rate = ctx.figure(code)
            paid = amount.scaled(rate)
            ctx.explain(f"result.{code}", paid, "principal × rate", {"rate": rate})
            made.append(Result(code, name, name_zh, paid))
        return made

    def contract(self, terms: Terms, rows: Sequence[PlainRow], results: list[Result]) -> Contract:
        """Principal paid in on the value date; principal and interest received by the rows."""
        amount = terms.amount or Money.zero(terms.currency)
        received = [
            Flow(row.due, Money.of(row.payment), "interest" if row.closing else "repayment")
            for row in rows
        ]
        interest = Money.total((Money.of(row.interest) for row in rows), terms.currency)
        return Contract(
            terms.currency,
            (Flow(terms.start, -amount, "purchase"), *received),
            {"principal": amount, "interest": interest},
            Receipts(rows),
            tuple(results),
        )


def receipt(
    number: int, since: date, due: date, amount: Money, interest: Money, *, repaid: bool
) -> PlainRow:
    """A row on which interest is received, and the whole principal when `repaid`."""
    zero = Decimal("0.00")
    principal, closing = (amount.amount, zero) if repaid else (zero, amount.amount)
    return PlainRow(
        number,
        due,
        (due - since).days,
        amount.amount,
        principal,
        interest.amount,
        zero,
        principal + interest.amount,
        closing,
    )
