"""Foreign text: nothing that a terminal obeys gets through, and nothing is slow."""

from __future__ import annotations

import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.values import clean, shown, suggest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("home-loan", "home-loan"),
        ("个人住房贷款", "个人住房贷款"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\x1b]8;;http://x\x07", r"\x1b]8;;http://x\x07"),
        ("a\nError: b", r"a\x0aError: b"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("\u202eabc\u2066", r"\u202eabc\u2066"),
        ("a\u2028b", r"a\u2028b"),
        ("\ufeffx", r"\ufeffx"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("a\u200db", "a\u200db"),
        ("é 😀", "é 😀"),
        ("", ""),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abcd\x1b", 8, r"abcd\x1b"),
        ("abcd\x1bz", 8, "abcd…"),  # no half escape
        ("\x1b\x1b", 5, r"\x1b…"),
        ("\x1b\x1b", 3, "…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("x" * 200, None, "x" * 200),
        ("x\x1b", None, r"x\x1b"),
    ],
)
def test_cut(text, limit, expected):
    assert clean(text, limit) == expected


@given(st.text(), st.integers(0, 100))
def test_never_longer_never_unsafe_and_encodable(text, limit):
    found = clean(text, limit)
    assert len(found) <= limit
    kinds = {unicodedata.category(c) for c in found if c not in "\u200c\u200d"}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    found.encode("utf-8")
    if found == text:
        assert clean(found, limit) == found


class Awkward:
    def __repr__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1e5", "'1e5'"),
        (12, "12"),
        (True, "True"),
        (None, "None"),
        (1.5, "1.5"),
        (Decimal("1e1000000"), "1E+1000000"),
        (10**9000, "an integer of 29898 bits"),
        ([10**9000], "a list"),
        (["\x1b"], r"['\x1b']"),
        (Awkward(), "a Awkward"),
        ("x" * 100, "'" + "x" * 79 + "…'"),
    ],
    ids=shown,
)
def test_shown(value, expected):
    assert shown(value) == expected


def test_hostile_text_is_quick():
    began = time.perf_counter()
    assert len(clean("\x1b" * 10**7)) <= 80
    assert len(shown("x" * 10**7)) <= 82
    assert suggest("x" * 10**7, ["x"]) == ""
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("word", "options", "expected"),
    [
        ("homeloan", ["home-loan", "car-loan"], "; did you mean 'home-loan'?"),
        ("HOME-LOAN", ["home-loan"], "; did you mean 'home-loan'?"),
        ("amuont", ["tenor", "amount"], "; did you mean 'amount'?"),
        ("zzz", ["home-loan"], ""),
        ("", ["a"], ""),
        ("a", [], ""),
        ("x\x1b", ["x\x1b"], r"; did you mean 'x\x1b'?"),
    ],
)
def test_suggest(word, options, expected):
    assert suggest(word, options) == expected
    assert suggest(word, iter(options)) == expected
