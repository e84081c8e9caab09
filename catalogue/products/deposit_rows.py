"""Schedule rows of a deposit: what is posted, paid in and paid out, day by day.

As in every schedule, payment = principal + interest and closing = opening − principal; here a
payment is what the depositor receives (below zero: pays in), interest is what is credited after
tax, and interest that stays in the account is principal below zero.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from catalogue.products.results import PlainRow
from catalogue.values import round_money

_NOTHING = Decimal(0)


class Ledger:
    """Builds the rows of one deposit in the order of their dates.

    Example::

        ledger = Ledger(date(2024, 1, 1), Decimal("1000.00"))
        ledger.post(date(2024, 7, 1), interest=Decimal("5.00"), paid=Decimal("1005.00"))
        ledger.balance  # 0.00
    """

    def __init__(self, start: date, opening: Decimal, currency: str = "CNY") -> None:
        self._last = start
        self._currency = currency
        self.balance = self._exact(opening)
        self._rows: list[PlainRow] = []

    def post(self, on: date, *, interest: Decimal = _NOTHING, paid: Decimal = _NOTHING) -> None:
        """Credit `interest` (net) and pay out `paid` (below zero: pay in) on a day."""
        interest, paid = self._exact(interest), self._exact(paid)
        principal = paid - interest
        closing = self.balance - principal
        self._rows.append(
            PlainRow(
                len(self._rows) + 1,
                on,
                (on - self._last).days,
                self.balance,
                principal,
                interest,
                self._exact(_NOTHING),
                paid,
                closing,
            )
        )
        self._last, self.balance = on, closing

    @property
    def rows(self) -> tuple[PlainRow, ...]:
        """The rows so far."""
        return tuple(self._rows)

    def _exact(self, amount: Decimal) -> Decimal:
        """With the currency's decimals; no amount here has more."""
        return round_money(amount, self._currency)
