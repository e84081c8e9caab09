"""Bill discount: days, interest, proceeds; who bears the interest; rediscount; portfolios.

The day of discounting counts, the day of maturity does not. The order of the dates is: maturity
moved by the business-day rule first, then the extra (transit) days added as calendar days; the
day reached is the last day of interest and is not moved again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from catalogue.errors import CurrencyError, InputError
from catalogue.maths._args import (
    Amount,
    Number,
    as_amount,
    as_count,
    as_dates,
    as_number,
    as_rate,
    minus,
    quantise,
    sum_money,
)
from catalogue.values.calendar import Calendar, RollConvention, china_calendar, roll
from catalogue.values.daycount import day_count_fraction, days
from catalogue.values.rounding import round_money


@frozen
class Discount:
    """A discounted bill.

    `interest` is the whole discount interest; `seller_interest` the part kept back from the seller
    and `buyer_interest` the part that the buyer of the goods pays beside it. `proceeds` is what the
    seller receives: face − seller_interest. Interest runs from `discount_date` (counted) to
    `interest_end` (not counted).
    """

    face: Decimal
    annual_rate: Decimal
    discount_date: date
    maturity: date
    payment_date: date
    interest_end: date
    days: int
    interest: Decimal
    buyer_interest: Decimal
    seller_interest: Decimal
    proceeds: Decimal
    currency: str

    @property
    def outlay(self) -> Decimal:
        """What the holder has paid out net of both parties' interest: face − interest."""
        return minus(self.face, self.interest)

    @property
    def simple_yield(self) -> Decimal:
        """Simple yield a year on the outlay, 8 decimals: interest ÷ outlay × 360 ÷ days."""
        return quantise(self._period_yield() * 360 / self.days, 8) if self.days else Decimal(0)

    @property
    def effective_yield(self) -> float:
        """Yield a year on the outlay, compounded over 365 days."""
        if not self.days:
            return 0.0
        return float((1.0 + float(self._period_yield())) ** (365.0 / self.days) - 1.0)

    def _period_yield(self) -> Fraction:
        return Fraction(self.interest) / Fraction(self.outlay)


def bill_discount(
    face: Amount,
    annual_rate: Number,
    *,
    discount_date: date,
    maturity: date,
    extra_days: int = 0,
    day_count: str = "act/360",
    buyer_share: Number = 0,
    roll_convention: RollConvention = "none",
    calendar: Calendar | None = None,
    currency: str = "CNY",
) -> Discount:
    """Discount a bill: interest = face × rate × days ÷ 360, HALF_UP to the minor unit.

    `extra_days`: transit days, 3 where the acceptor is in another place. `buyer_share`: the share
    (0 to 1) of the interest that the buyer pays; the seller bears the rest, to the last fen.
    `roll_convention` moves a maturity that is no business day of `calendar` (default: China).
    Errors: InputError (face not above 0, maturity before the discount, interest over the face).

    >>> from datetime import date
    >>> bill = bill_discount(1_000_000, "0.03", discount_date=date(2024, 3, 1),
    ...                      maturity=date(2024, 9, 1), extra_days=3)
    >>> bill.days, str(bill.interest), str(bill.proceeds)  # 184 + 3 days
    (187, '15583.33', '984416.67')
    """
    amount = round_money(as_amount(face, "face", currency=currency), currency)
    if not amount:
        raise InputError("face: 0 cannot be discounted; it must be more than 0")
    rate = as_rate(annual_rate, "annual_rate")
    share = as_number(buyer_share, "buyer_share", minimum=0, maximum=1)
    as_dates(discount_date, maturity, what="discount_date", until="maturity")
    as_count(extra_days, "extra_days", maximum=366)
    paid_on = _roll(maturity, roll_convention, calendar)
    end = paid_on + timedelta(days=extra_days)
    if end < discount_date:
        raise InputError(f"maturity: rolled to {end}, before the discount_date {discount_date}")
    fraction = day_count_fraction(discount_date, end, day_count)
    interest = round_money(Fraction(amount) * Fraction(rate) * fraction, currency)
    if interest >= amount:
        raise InputError(f"annual_rate: interest {interest} leaves nothing of the face {amount}")
    buyer = round_money(Fraction(interest) * Fraction(share), currency)
    seller = minus(interest, buyer)
    return Discount(
        amount,
        rate,
        discount_date,
        maturity,
        paid_on,
        end,
        days(discount_date, end, day_count),
        interest,
        buyer,
        seller,
        minus(amount, seller),
        currency,
    )


def _roll(day: date, convention: RollConvention, calendar: Calendar | None) -> date:
    if convention == "none":
        return day
    return roll(day, convention, china_calendar() if calendar is None else calendar)


@frozen
class Rediscount:
    """A discounted bill passed on: the new discount, and what the first holder made of it.

    `income` = first interest − rediscount interest; `accrued` is the share of the first interest
    earned by days up to the rediscount, `gain` = income − accrued (below zero: a loss).
    """

    first: Discount
    second: Discount
    income: Decimal
    accrued: Decimal
    gain: Decimal


def bill_rediscount(
    bill: Discount,
    annual_rate: Number,
    *,
    rediscount_date: date,
    extra_days: int | None = None,
    day_count: str = "act/360",
) -> Rediscount:
    """Rediscount `bill` at `annual_rate`, to the same payment date; extra_days None: as before.

    Errors: InputError where the rediscount is before the discount or after the payment date.

    >>> from datetime import date
    >>> bill = bill_discount(1_000_000, "0.036", discount_date=date(2024, 1, 1),
    ...                      maturity=date(2024, 6, 29))  # 180 days, 18000
    >>> again = bill_rediscount(bill, "0.03", rediscount_date=date(2024, 3, 31))  # 90 days, 7500
    >>> str(again.income), str(again.accrued), str(again.gain)
    ('10500.00', '9000.00', '1500.00')
    """
    as_dates(bill.discount_date, rediscount_date, what="discount_date", until="rediscount_date")
    transit = (bill.interest_end - bill.payment_date).days if extra_days is None else extra_days
    second = bill_discount(
        bill.face,
        annual_rate,
        discount_date=rediscount_date,
        maturity=bill.payment_date,
        extra_days=transit,
        day_count=day_count,
        currency=bill.currency,
    )
    whole = (bill.interest_end - bill.discount_date).days
    held = min((rediscount_date - bill.discount_date).days, whole)
    earned = Fraction(bill.interest) * held / whole if whole else Fraction(0)
    accrued = round_money(earned, bill.currency)
    income = minus(bill.interest, second.interest)
    return Rediscount(bill, second, income, accrued, minus(income, accrued))


@frozen
class BillPortfolio:
    """Bills of one currency added up, each rounded on its own, so totals agree with the tickets.

    `average_days` and `average_rate` (8 decimals) are weighted by face, and by face × days.
    """

    bills: tuple[Discount, ...]
    face: Decimal
    interest: Decimal
    buyer_interest: Decimal
    seller_interest: Decimal
    proceeds: Decimal
    average_days: Decimal
    average_rate: Decimal
    currency: str


def bill_portfolio(bills: Iterable[Discount]) -> BillPortfolio:
    """Sum discounted bills to the minor unit. Errors: none given (InputError), CurrencyError.

    >>> from datetime import date
    >>> day, end = date(2024, 1, 1), date(2024, 1, 31)
    >>> two = [bill_discount(x, "0.03", discount_date=day, maturity=end) for x in (1001, 3001)]
    >>> str(bill_portfolio(two).interest)  # 2.50 + 7.50
    '10.00'
    """
    found = tuple(bills)
    if not found:
        raise InputError("bills: none given; a portfolio needs one or more")
    currencies = sorted({bill.currency for bill in found})
    if len(currencies) > 1:
        raise CurrencyError(f"bills: in {', '.join(currencies)}; a portfolio has one currency")
    face = sum_money(bill.face for bill in found)
    face_days = sum((Fraction(bill.face) * bill.days for bill in found), Fraction(0))
    weighted = sum(
        (Fraction(b.face) * b.days * Fraction(b.annual_rate) for b in found), Fraction(0)
    )
    return BillPortfolio(
        found,
        face,
        sum_money(bill.interest for bill in found),
        sum_money(bill.buyer_interest for bill in found),
        sum_money(bill.seller_interest for bill in found),
        sum_money(bill.proceeds for bill in found),
        quantise(face_days / Fraction(face), 8),
        quantise(weighted / face_days, 8) if face_days else Decimal(0),
        currencies[0],
    )
