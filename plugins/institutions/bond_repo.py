"""Pledged bond repo (债券质押式回购): cash against bonds by haircut or by conversion into standard bonds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import pledge_value, pledged_repo
from catalogue.products.bond import second_settlement
from catalogue.products.results import PlainRow, annual
from catalogue.values.text import clean, suggest

_PLACES = Decimal("0.000001")


class BondRepo(Product):
    """The client borrows against its bonds, or lends; the second settlement is on a business day."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """What the bonds allow, or less if the ask says so."""
        terms = super().terms(ctx)
        _, most = _pledged(ctx)
        wanted = ctx.ask.get("amount") or most
        if not most:
            raise InputError("face: 0.00 of bonds allows no repo")
        if wanted > most:
            raise InputError(
                f"amount: {wanted.grouped()} is over what the bonds allow, {most.grouped()}"
            )
        return attrs.evolve(terms, amount=wanted, maturity=second_settlement(ctx)).with_extra(
            side=ctx.ask["side"]
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """First and second settlement."""
        amount, end = terms.amount or Money.zero(), terms.maturity or ctx.ask.maturity
        made = pledged_repo(
            amount.amount, annual(terms), start=terms.start, end=end, day_count="act/365f"
        )
        interest, second = Money.of(made.interest), Money.of(made.second)
        ctx.explain(
            "totals.interest",
            interest,
            "amount × rate × days ÷ 365",
            {"amount": amount, "rate": made.annual_rate, "days": made.days},
        )
        worth, allowed = _pledged(ctx)
        cut = (1 - allowed.amount / worth.amount).quantize(_PLACES).normalize() + 0
        results = (
            Result("first", "First settlement", "首期结算额", amount),
            Result("second", "Second settlement", "到期结算额", second),
            Result("days", "Days of use", "实际占款天数", made.days, "days"),
            Result("market_value", "Value of the bonds", "债券市值", worth),
            Result("haircut", "Haircut on the value", "综合折扣率", cut, "rate"),
            Result("allowed", "What the bonds allow", "最大可融资额", allowed),
        )
        borrows = ctx.ask["side"] == "borrow"
        sign = 1 if borrows else -1
        flows = (
            Flow(terms.start, amount * sign, "first settlement"),
            Flow(end, second * -sign, "second settlement"),
        )
        zero = Decimal("0.00")
        row = PlainRow(
            1, end, made.days, amount.amount, amount.amount, made.interest, zero, made.second, zero
        )
        totals = {"principal": amount, "interest": interest}
        return Contract("CNY", flows, totals, (row,), results, apr=borrows)


def _pledged(ctx: QuoteContext) -> tuple[Money, Money]:
    """Value of the ask's bonds (by conversion ratio: their face), and what may be lent on them.

    What may be lent is rounded down to the fen for each bond.
    """
    worth, total = Money.zero(), Money.zero()
    for number, bond in enumerate(_bonds(ctx), 1):
        face, kind = bond["face"], bond["kind"]
        shares: dict[str, Any] = {"price": bond.get("price", Decimal(100))}
        if "ratio" in bond:
            _alone(bond, f"bonds[{number}].")
            shares = {"ratio": bond["ratio"]}
            words = "face × conversion ratio, rounded down"
        else:
            shares["haircut"] = _haircut(ctx, number, bond)
            words = "face × price ÷ 100 × (1 − haircut), rounded down"
        allowed = Money.of(pledge_value(face.amount, **shares).amount)
        ctx.explain(
            f"repo.allowed_{number}", allowed, words, {"face": face, "kind": kind, **shares}
        )
        worth += face.scaled(Fraction(shares.get("price", 100)) / 100)
        total += allowed
    return worth, total


def _alone(bond: Mapping[str, Any], prefix: str) -> None:
    """A conversion ratio is of the face: neither a price nor a haircut goes with it."""
    for name in ("price", "haircut"):
        if name in bond:
            ratio = "ratio" if prefix else "conversion_ratio"
            raise InputError(f"{prefix}{ratio}: is of the face, not of the price; state no {name}")


def _bonds(ctx: QuoteContext) -> Sequence[Mapping[str, Any]]:
    """The rows of the ask, or its one bond as a row."""
    ask = ctx.ask
    if "bonds" in ask:
        for name in ("face", "bond", "price", "conversion_ratio", "haircut"):
            if name in ask.stated:
                raise InputError(f"{name}: stated together with bonds; state one of them")
        if not ask["bonds"]:
            raise InputError("bonds: no row; state at least one bond")
        rows: Sequence[Mapping[str, Any]] = ask["bonds"]
        return rows
    row = {"face": ask.need("face"), "kind": ask["bond"]}
    row |= {name: ask[name] for name in ("price", "haircut") if name in ask}
    if "conversion_ratio" in ask:
        _alone(row, "")
        row["ratio"] = ask["conversion_ratio"]
    return [row]


def _haircut(ctx: QuoteContext, number: int, bond: Mapping[str, Any]) -> Decimal:
    """The haircut that is agreed, or that of the kind of bond."""
    known, kind = ctx.version.figures["haircut"].values, bond["kind"]
    if kind not in known:
        hint = suggest(kind, known) or f"; it takes {', '.join(known)}"
        raise InputError(f"bonds[{number}].kind: {clean(repr(kind))} is not taken{hint}")
    agreed: Decimal | None = bond.get("haircut")
    if agreed is None:
        return ctx.figure("haircut", key=kind)
    if not 0 <= agreed < 1:
        raise InputError(f"bonds[{number}].haircut: {agreed} is not from 0 to below 1")
    return agreed


plugin = BondRepo()
