"""Money: a whole number of minor units of one currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

import attrs

from catalogue.errors import CurrencyError, InputError
from catalogue.values.currency import check_currency, minor_digits
from catalogue.values.numbers import parse_decimal
from catalogue.values.rounding import Rounding, from_minor, round_to_minor
from catalogue.values.text import kind_of, shown


def _whole(_self: object, _field: object, value: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(
            f"amount: {shown(value)} is {kind_of(value)}; minor units are an int "
            "(Money.of takes major units)"
        )


def _known(_self: object, _field: object, value: str) -> None:
    check_currency(value)


@attrs.frozen(order=False)
class Money:
    """An exact amount: `minor` whole minor units (fen, cents) of `currency`.

    Immutable and hashable; negative amounts are allowed. Amounts of two currencies are never
    equal and cannot be added or compared (CurrencyError).

    >>> Money.of("1234.5") + Money.of("0.05")
    Money(minor=123455, currency='CNY')
    >>> str(Money.of("1234.5")), Money.of("1234.5").grouped()
    ('1234.50 CNY', '1,234.50')
    """

    minor: int = attrs.field(validator=_whole)
    currency: str = attrs.field(validator=_known)

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str = "CNY") -> Money:
        """From major units; more decimals than the currency has are refused, never rounded.

        >>> Money.of(12).minor, Money.of("1500", "JPY").minor
        (1200, 1500)
        """
        digits = minor_digits(currency)
        exact = parse_decimal(amount, f"amount in {currency}", max_decimals=digits)
        return cls(round_to_minor(exact, digits), currency)

    @classmethod
    def rounded(
        cls, x: Decimal | Fraction | int, currency: str = "CNY", rule: Rounding = "half_up"
    ) -> Money:
        """From major units, rounded to the minor unit by `rule`.

        >>> Money.rounded(Fraction(200, 3))
        Money(minor=6667, currency='CNY')
        """
        return cls(round_to_minor(x, minor_digits(currency), rule), currency)

    @classmethod
    def zero(cls, currency: str = "CNY") -> Money:
        """Nothing, in `currency`."""
        return cls(0, currency)

    @classmethod
    def total(cls, items: Iterable[Money], currency: str = "CNY") -> Money:
        """The sum of `items`, all in `currency`; zero for none.

        >>> Money.total([Money.of(1), Money.of(2)])
        Money(minor=300, currency='CNY')
        """
        nothing = cls.zero(currency)
        return cls(sum(nothing._same(item).minor for item in items), currency)

    @property
    def amount(self) -> Decimal:
        """Major units with exactly the currency's decimals."""
        return from_minor(self.minor, minor_digits(self.currency))

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __mul__(self, count: int) -> Money:
        """A whole number of times; for anything else use `scaled`."""
        if not isinstance(count, int) or isinstance(count, bool):
            return NotImplemented
        return Money(self.minor * count, self.currency)

    __rmul__ = __mul__

    def scaled(self, factor: Decimal | Fraction | int) -> Money:
        """The amount times a factor (a share, rate × days ÷ year), exact, rounded once HALF_UP.

        >>> Money.of("1000").scaled(Decimal("0.0005")), Money.of(1).scaled(Fraction(2, 3))
        (Money(minor=50, currency='CNY'), Money(minor=67, currency='CNY'))
        """
        return Money.rounded(Fraction(self.amount) * Fraction(factor), self.currency)

    def __bool__(self) -> bool:
        """False for a zero amount."""
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor <= self._same(other).minor

    def __gt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor > self._same(other).minor

    def __ge__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor >= self._same(other).minor

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyError(
                f"currency: {self.currency} and {other.currency} cannot be added or compared; "
                "convert one at a stated rate first"
            )
        return other

    def allocate(self, weights: Sequence[int | Decimal | Fraction]) -> tuple[Money, ...]:
        """Split in proportion to `weights`, by the largest remainder; the parts sum exactly.

        Ties go to the earlier part; a negative amount is split like its positive and negated; a
        zero weight gets nothing. No weights, a negative one, or all zero: InputError.

        >>> [part.text() for part in Money.of(100).allocate([1, 1, 1])]
        ['33.34', '33.33', '33.33']
        """
        exact = [_weight(weight) for weight in weights]
        whole = sum(exact, Fraction(0))
        if not whole:
            raise InputError("weights: none is above zero, nothing to allocate by")
        size = abs(self.minor)
        shares = [size * weight / whole for weight in exact]
        parts = [share.numerator // share.denominator for share in shares]
        by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - shares[i])
        for index in by_remainder[: size - sum(parts)]:
            parts[index] += 1
        sign = -1 if self.minor < 0 else 1
        return tuple(Money(sign * part, self.currency) for part in parts)

    def text(self) -> str:
        """Major units as plain digits: "1234.50"."""
        return format(self.amount, "f")

    def grouped(self) -> str:
        """Major units with thousands separators: "1,234.50"."""
        return format(self.amount, ",f")

    def __str__(self) -> str:
        return f"{self.text()} {self.currency}"


def _weight(value: int | Decimal | Fraction) -> Fraction:
    if isinstance(value, Decimal):
        # Bounded first: a Fraction of 1e1000000 would take minutes.
        if not value.is_finite() or abs(value.adjusted()) > 60 or len(value.as_tuple().digits) > 60:
            _refuse_weight(value)
    elif isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        _refuse_weight(value)
    if value < 0:
        _refuse_weight(value)
    return Fraction(value)


def _refuse_weight(value: object) -> NoReturn:
    raise InputError(
        f"weights: {shown(value)} is not a weight; allowed: an int, Decimal or Fraction, not "
        "negative, of at most 60 digits"
    )
