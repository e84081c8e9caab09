"""Currencies: our short table against ISO 4217 as the iso4217 package carries it."""

from __future__ import annotations

import iso4217
import pytest

from catalogue.errors import CurrencyError, InputError
from catalogue.values import check_currency, minor_digits, shown
from catalogue.values.currency import _COMMON


def test_common_table_agrees_with_iso_4217():
    iso = {code: iso4217.raw_table[code]["CcyMnrUnts"] for code in _COMMON}
    assert {code: str(digits) for code, digits in _COMMON.items()} == iso


def test_every_iso_currency_with_a_minor_unit_is_known():
    rows = {c: r["CcyMnrUnts"] for c, r in iso4217.raw_table.items() if c}
    usable = {c: int(u) for c, u in rows.items() if u.isdigit()}
    assert len(usable) > 150
    assert {code: minor_digits(code) for code in usable} == usable


@pytest.mark.parametrize(
    ("code", "digits"), [("CNY", 2), ("JPY", 0), ("BHD", 3), ("ISK", 0), ("CLF", 4), ("TND", 3)]
)
def test_minor_digits(code, digits):
    assert minor_digits(code) == digits
    assert check_currency(code) == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("cny", "'cny' is not a currency.*did you mean 'CNY'"),
        ("CNN", "did you mean"),
        ("CNH", "'CNH' is not a currency"),
        ("XAU", "'XAU' has no minor unit"),
        ("", "'' is not a currency"),
        ("ＣＮＹ", "'ＣＮＹ' is not a currency"),
        ("CNY\n", r"'CNY\\x0a' is not a currency"),
        ("C" * 10**6, "…' is not a currency"),
        (None, "None is not a currency"),
        (["CNY"], r"\['CNY'\] is not a currency"),
    ],
    ids=shown,
)
def test_unknown_currency(code, text):
    with pytest.raises(CurrencyError, match=text) as caught:
        minor_digits(code)
    assert isinstance(caught.value, InputError)
    assert caught.value.exit_code == 2
    assert len(str(caught.value)) < 300
