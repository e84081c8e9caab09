"""ISO 4217 currency codes and how many decimals their minor unit has."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Final

from catalogue.errors import CurrencyError
from catalogue.values.text import shown, suggest

# The common ones, so that a usual quote never parses the whole ISO table (about 10 ms).
_COMMON: Final[dict[str, int]] = {
    "AED": 2, "AUD": 2, "BHD": 3, "BRL": 2, "CAD": 2, "CHF": 2, "CNY": 2, "CZK": 2, "DKK": 2,
    "EUR": 2, "GBP": 2, "HKD": 2, "HUF": 2, "IDR": 2, "INR": 2, "JPY": 0, "KRW": 0, "KWD": 3,
    "KZT": 2, "MOP": 2, "MXN": 2, "MYR": 2, "NOK": 2, "NZD": 2, "PHP": 2, "PLN": 2, "RUB": 2,
    "SAR": 2, "SEK": 2, "SGD": 2, "THB": 2, "TRY": 2, "TWD": 2, "USD": 2, "VND": 0, "ZAR": 2,
}  # fmt: skip


def minor_digits(code: str) -> int:
    """Decimals of the currency's minor unit.

    Codes are the three upper-case letters of ISO 4217; an unknown one, or one that has no
    minor unit (gold, XAU), is a CurrencyError with the nearest code.

    >>> minor_digits("CNY"), minor_digits("JPY"), minor_digits("KWD")
    (2, 0, 3)
    """
    if isinstance(code, str):
        digits = _COMMON.get(code)
        if digits is None:
            digits = _iso_table().get(code)
        if digits is not None:
            return digits
        if code in _without_minor_unit():
            raise CurrencyError(f"currency: {shown(code)} has no minor unit, amounts need one")
        near = suggest(code, _iso_table())
    else:
        near = ""
    raise CurrencyError(
        f"currency: {shown(code)} is not a currency; allowed: three capital letters of "
        f"ISO 4217, such as CNY{near}"
    )


def check_currency(code: str) -> str:
    """`code` itself when it is a currency; else a CurrencyError (see `minor_digits`).

    >>> check_currency("USD")
    'USD'
    """
    minor_digits(code)
    return code


@cache
def _raw_table() -> dict[str, str]:
    """Code -> minor units as ISO 4217 writes them ("2", or "N.A.")."""
    rows = importlib.import_module("iso4217").raw_table
    return {code: row["CcyMnrUnts"] for code, row in rows.items() if code}


@cache
def _iso_table() -> dict[str, int]:
    return {code: int(units) for code, units in _raw_table().items() if units.isdigit()}


@cache
def _without_minor_unit() -> frozenset[str]:
    return frozenset(code for code, units in _raw_table().items() if not units.isdigit())
