"""Open-end funds: subscription by the outside or inside method, redemption, conversion.

Outside deduction (外扣法): net = amount ÷ (1 + rate), fee = amount − net. Inside: fee = amount ×
rate, net = amount − fee. Shares = net ÷ net asset value (NAV). Amounts are rounded HALF_UP to the
minor unit, shares to `share_decimals` by the stated rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
    Amount,
    Number,
    as_amount,
    as_count,
    as_number,
    as_rate,
    minus,
    one_of,
    quantise,
    sum_money,
)
from catalogue.values.currency import minor_digits
from catalogue.values.rounding import round_money

FeeMethod = Literal["outside-deduction", "inside"]
ShareRounding = Literal["half_up", "down", "up"]


@frozen
class FeeTier:
    """From `start` (an amount or days held) on: a `rate`, or a fixed `amount` a deal."""

    start: Decimal
    rate: Decimal | None = None
    amount: Decimal | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a tier with no fee, or with two."""
        if (self.rate is None) == (self.amount is None):
            raise InputError(f"tier from {self.start}: give a rate or an amount, one of them")


Tiers = Sequence[FeeTier | tuple[Number, Number]]


@frozen
class Subscription:
    """What an amount buys: `fee` + `net` = `amount`; `interest` of the offer period joins net."""

    amount: Decimal
    fee: Decimal
    net: Decimal
    interest: Decimal
    nav: Decimal
    shares: Decimal
    tier: FeeTier


@frozen
class Redemption:
    """What shares sold bring: paid = gross − fee − back_fee."""

    shares: Decimal
    gross: Decimal
    fee: Decimal
    back_fee: Decimal
    to_fund: Decimal
    paid: Decimal


@frozen
class Conversion:
    """Shares of one fund turned into another's: net = gross − redemption_fee − difference_fee."""

    gross: Decimal
    redemption_fee: Decimal
    difference_fee: Decimal
    net: Decimal
    shares: Decimal


def as_tiers(fee_rate: Number | None, tiers: Tiers | None, what: str) -> tuple[FeeTier, ...]:
    """Make fee tiers of a flat rate (from 0) or of tiers `(from, rate)`; give exactly one.

    >>> [str(t.rate) for t in as_tiers(None, [(0, "0.015"), (1_000_000, "0.01")], "fee")]
    ['0.015', '0.01']
    """
    if (fee_rate is None) == (tiers is None):
        raise InputError(f"{what}: give a rate or tiers, one of them")
    if tiers is None:
        return (FeeTier(Decimal(0), as_rate(fee_rate or 0, what)),)
    found = tuple(
        tier
        if isinstance(tier, FeeTier)
        else FeeTier(as_number(tier[0], f"{what} from", minimum=0), as_rate(tier[1], what))
        for tier in tiers
    )
    starts = [tier.start for tier in found]
    if not starts or starts[0] != 0:
        raise InputError(f"{what}: tiers must begin at 0")
    if sorted(set(starts)) != starts:
        raise InputError(f"{what}: tiers must rise, each from more than the one before")
    return found


def tier_of(tiers: Sequence[FeeTier], value: Decimal | int) -> FeeTier:
    """Find the tier that `value` (an amount or days) falls into; its start is included."""
    return [tier for tier in tiers if tier.start <= value][-1]


def _fee(amount: Decimal, tier: FeeTier, method: str, currency: str) -> Decimal:
    """Take the fee out of `amount`: fixed, outside or inside."""
    if tier.amount is not None:
        fee = round_money(tier.amount, currency)
    elif method == "inside":
        fee = round_money(Fraction(amount) * Fraction(tier.rate or 0), currency)
    else:
        net = round_money(Fraction(amount) / (1 + Fraction(tier.rate or 0)), currency)
        fee = minus(amount, net)
    if fee > amount:
        raise InputError(f"amount: {amount} does not cover the fee of {fee}")
    return fee


def fund_subscription(
    amount: Amount,
    *,
    nav: Number,
    fee_rate: Number | None = None,
    tiers: Tiers | None = None,
    method: FeeMethod = "outside-deduction",
    share_decimals: int = 2,
    share_rounding: ShareRounding = "half_up",
    interest: Amount = 0,
    currency: str = "CNY",
) -> Subscription:
    """Buy fund shares for `amount` at `nav`, less a front load by `fee_rate` or `tiers`.

    A tier is `(from_amount, rate)`, or `FeeTier(from_amount, amount=…)` for a fixed fee a deal; the
    tier of the whole amount holds for all of it. `interest` earned in the offer period bears no fee
    and buys shares too. A back load is `fee_rate=0` here. Errors: InputError.

    >>> s = fund_subscription(10_000, nav="1.2000", fee_rate="0.015")
    >>> str(s.net), str(s.fee), str(s.shares)  # 10000 ÷ 1.015; ÷ 1.2 = 8210.1833
    ('9852.22', '147.78', '8210.18')
    """
    one_of(method, "method", ("outside-deduction", "inside"))
    paid = round_money(as_amount(amount, "amount", currency=currency), currency)
    price = as_number(nav, "nav", above=0)
    tier = tier_of(as_tiers(fee_rate, tiers, "fee_rate"), paid)
    earned = round_money(as_amount(interest, "interest", currency=currency), currency)
    fee = _fee(paid, tier, method, currency)
    net = minus(paid, fee)
    shares = _shares(sum_money((net, earned)), price, share_decimals, share_rounding)
    return Subscription(paid, fee, net, earned, price, shares, tier)


def _shares(net: Decimal, nav: Decimal, decimals: int, rule: str) -> Decimal:
    as_count(decimals, "share_decimals", maximum=8)
    return quantise(Fraction(net) / Fraction(nav), decimals, rule)


def fund_amount_for_shares(
    shares: Number,
    *,
    nav: Number,
    fee_rate: Number = 0,
    share_decimals: int = 2,
    share_rounding: ShareRounding = "half_up",
    currency: str = "CNY",
) -> Decimal:
    """Find the least amount that buys at least `shares` by outside deduction.

    >>> fund_amount_for_shares("8210.18", nav="1.2000", fee_rate="0.015")
    Decimal('9999.99')
    """
    wanted = as_number(shares, "shares", minimum=0)
    price, rate = as_number(nav, "nav", above=0), as_rate(fee_rate, "fee_rate")
    exact = Fraction(wanted) * Fraction(price) * (1 + Fraction(rate))
    step = Fraction(1, 10 ** minor_digits(currency))
    # Rounding of fee, net and shares moves the answer by a few units of money, or what half a
    # share unit costs: begin below and go up to the first amount that suffices.
    slack = 3 * step + Fraction(price) * (1 + Fraction(rate)) / 10**share_decimals
    low = max(exact - slack, Fraction(0)) // step
    high = (exact + slack) // step + 1

    def enough(units: int) -> bool:
        amount = round_money(units * step, currency)
        bought = fund_subscription(
            amount,
            nav=price,
            fee_rate=rate,
            share_decimals=share_decimals,
            share_rounding=share_rounding,
            currency=currency,
        )
        return bought.shares >= wanted

    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return round_money(low * step, currency)


def fund_redemption(
    shares: Number,
    *,
    nav: Number,
    fee_rate: Number | None = None,
    fee_tiers: Tiers | None = None,
    days_held: int = 0,
    back_load: Number | Tiers = 0,
    purchase_nav: Number | None = None,
    fund_share: Number = 0,
    currency: str = "CNY",
) -> Redemption:
    """Sell `shares` at `nav`, less the redemption fee and a back load.

    `fee_tiers`: `(from_days, rate)`, chosen by `days_held`; a fixed amount is allowed. `back_load`:
    a rate, or tiers by days held, on shares × `purchase_nav` (needed with it). `fund_share`: the
    part of the redemption fee that goes into the fund's assets (`to_fund`). Errors: InputError.

    >>> tiers = [(0, "0.015"), (7, "0.005"), (730, "0")]
    >>> r = fund_redemption("10000", nav="1.25", fee_tiers=tiers, days_held=100)
    >>> str(r.gross), str(r.fee), str(r.paid)
    ('12500.00', '62.50', '12437.50')
    """
    sold = as_number(shares, "shares", minimum=0, maximum=10**15)
    price = as_number(nav, "nav", above=0)
    as_count(days_held, "days_held")
    gross = round_money(Fraction(sold) * Fraction(price), currency)
    tiers = as_tiers(0 if fee_rate is None and fee_tiers is None else fee_rate, fee_tiers, "fee")
    fee = _fee(gross, tier_of(tiers, days_held), "inside", currency)
    back = _back_fee(sold, back_load, purchase_nav, days_held, currency=currency)
    part = Fraction(as_number(fund_share, "fund_share", minimum=0, maximum=1))
    paid = minus(minus(gross, fee), back)
    if paid < 0:
        raise InputError(f"back_load: fees of {sum_money((fee, back))} are over {gross}")
    return Redemption(sold, gross, fee, back, round_money(Fraction(fee) * part, currency), paid)


def _back_fee(
    sold: Decimal,
    load: Number | Tiers,
    purchase_nav: Number | None,
    days_held: int,
    *,
    currency: str,
) -> Decimal:
    """Charge the deferred purchase fee on what the shares cost."""
    if isinstance(load, Decimal | int | str | float):
        tiers = as_tiers(load, None, "back_load")
    else:
        tiers = as_tiers(None, load, "back_load")
    tier = tier_of(tiers, days_held)
    if purchase_nav is None:
        if tier.rate:
            raise InputError("purchase_nav: missing; a back load is charged on the purchase price")
        return round_money(tier.amount or 0, currency)
    cost = round_money(
        Fraction(sold) * Fraction(as_number(purchase_nav, "purchase_nav", above=0)), currency
    )
    return _fee(cost, tier, "inside", currency)


def fund_conversion(
    shares: Number,
    *,
    nav_out: Number,
    nav_in: Number,
    redemption_rate: Number = 0,
    out_tiers: Tiers = ((0, 0),),
    in_tiers: Tiers = ((0, 0),),
    share_decimals: int = 2,
    share_rounding: ShareRounding = "half_up",
    method: FeeMethod = "outside-deduction",
    currency: str = "CNY",
) -> Conversion:
    """Convert `shares`: redeem at `nav_out`, pay the difference of subscription fees, buy in.

    The difference fee is what the fee of the fund bought exceeds that of the fund sold, both by
    `method` on the amount after the redemption fee; never below zero. Errors: InputError.

    >>> c = fund_conversion(10_000, nav_out="1.1", nav_in="1.5", redemption_rate="0.005",
    ...                     out_tiers=[(0, "0.008")], in_tiers=[(0, "0.015")])
    >>> str(c.redemption_fee), str(c.difference_fee), str(c.shares)  # 161.75 − 86.87
    ('55.00', '74.88', '7246.75')
    """
    one_of(method, "method", ("outside-deduction", "inside"))
    sale = fund_redemption(shares, nav=nav_out, fee_rate=redemption_rate, currency=currency)
    fees = [
        _fee(
            sale.paid,
            tier_of(as_tiers(None, tiers, what), sale.paid),
            method,
            currency,
        )
        for tiers, what in ((in_tiers, "in_tiers"), (out_tiers, "out_tiers"))
    ]
    difference = max(minus(fees[0], fees[1]), round_money(0, currency))
    net = minus(sale.paid, difference)
    bought = _shares(net, as_number(nav_in, "nav_in", above=0), share_decimals, share_rounding)
    return Conversion(sale.gross, sale.fee, difference, net, bought)
