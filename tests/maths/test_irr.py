"""IRR and XIRR: second opinions, proofs of one root, refusals."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy_financial as npf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalogue.errors import RateError
from catalogue.maths import irr, xirr
from catalogue.maths.root_count import all_roots

try:  # a second oracle, of the development tools
    import pyxirr
except ImportError:
    pyxirr = None

JAN = date(2024, 1, 1)


def worth(rate: float, flows: list[float]) -> float:
    return math.fsum(a * (1 + rate) ** -k for k, a in enumerate(flows))


class TestIrr:
    def test_by_hand(self) -> None:
        assert irr([-100, 110]) == pytest.approx(0.1, abs=1e-15)
        # 100 = 60 v + 60 v**2: v = (-60 + sqrt(3600 + 24000)) / 120
        v = (-60 + math.sqrt(27600)) / 120
        assert irr([100, -60, -60]) == pytest.approx(1 / v - 1, abs=1e-14)
        assert irr([100, "-50", Decimal(-50)]) == 0
        assert str(irr([100, -100])) == "0.0"

    def test_negative_and_extreme_rates(self) -> None:
        assert irr([-100, 50]) == pytest.approx(-0.5, abs=1e-15)
        assert irr([-100, 1e-9]) == pytest.approx(-1 + 1e-11, abs=1e-15)
        assert irr([-1, 1e15]) == pytest.approx(1e15, rel=1e-12)
        assert irr([-100, 0, 0, 0, 1]) == pytest.approx(0.01**0.25 - 1, abs=1e-14)
        assert irr([-1e-6, 0, 1e12]) == pytest.approx(1e9 - 1, rel=1e-12)

    def test_zero_flows_keep_their_place(self) -> None:
        assert irr([-100, 0, 121]) == pytest.approx(0.1, abs=1e-15)
        assert irr([0, 0, -100, 110]) == pytest.approx(0.1, abs=1e-14)

    def test_the_most_flows(self) -> None:
        # 5,300 payments of 1 at 0.5 %: worth (1 - 1.005**-5300) / 0.005
        principal = (1 - 1.005**-5300) / 0.005
        assert irr([principal] + [-1] * 5300) == pytest.approx(0.005, abs=1e-13)
        saved = [-1.0] * 5299 + [6000.0]
        assert worth(irr(saved), saved) == pytest.approx(0, abs=1e-8)

    def test_several_roots_are_refused(self) -> None:
        with pytest.raises(RateError, match=r"2 rates solve these flows \(10 %, 20 %\)"):
            irr([-100, 230, -132])
        # (1 + i) = 1.1, 1.2, 1.3: expand 1000 (x - 1.1)(x - 1.2)(x - 1.3)
        with pytest.raises(RateError, match=r"3 rates .*\(10 %, 20 %, 30 %\)"):
            irr([-1000, 3600, -4310, 1716])

    def test_three_sign_changes_but_one_rate(self) -> None:
        # Draws between payments; the balance stays positive, so the rate is proved.
        flows = [1000, -100, 500, -200, 300, -2000]
        rate = irr(flows)
        assert worth(rate, [float(a) for a in flows]) == pytest.approx(0, abs=1e-9)

    def test_a_double_root_is_one_rate(self) -> None:
        assert irr([-100, 220, -121]) == pytest.approx(0.1, abs=1e-7)

    def test_a_negative_second_root_is_a_second_root(self) -> None:
        # roots of 1 + i: 0.5 and 1.1: -(x - 0.5)(x - 1.1) = -x² + 1.6 x - 0.55
        with pytest.raises(RateError, match=r"\(-50 %, 10 %\)"):
            irr([-100, 160, -55])

    @pytest.mark.parametrize(
        ("flows", "text"),
        [
            ([], "there are no flows"),
            ([100], "all flows are received"),
            ([100, 50, 1], "all flows are received"),
            ([-100, -50], "all flows are paid"),
            ([0, 0], "every flow is zero"),
            ([100, -50, 10], "no rate makes these flows worth nothing"),
            ([100, float("nan")], "amount 2: nan is not a number"),
            ([100, float("-inf")], "amount 2: -inf is not a number"),
            ([100, Decimal("NaN")], "amount 2: NaN is not a number"),
            ([100, Decimal("1e999999")], "amount 2"),
            ([100, 10**400], "amount 2"),
            ([True, -1], "amount 1: True is not an amount"),
            ([100, None], "amount 2: None is not an amount"),
            ("100", "is a text"),
            ([1] * 20000, "20000 flows; at most"),
        ],
    )
    def test_refusals(self, flows: Any, text: str) -> None:
        with pytest.raises(RateError, match=text):
            irr(flows)

    def test_too_many_sign_changes(self) -> None:
        flows = [1.0, -3.0, 2.5] * 100 + [-7.0]
        with pytest.raises(RateError, match=r"change sign|rates solve|no rate"):
            irr(flows)

    @given(
        st.lists(st.integers(0, 10**7), min_size=1, max_size=60).filter(any),
        st.integers(1, 10**8),
    )
    def test_one_sign_change_always_solves(self, paid: list[int], received: int) -> None:
        flows = [float(received), *(-float(a) for a in paid)]
        rate = irr(flows)
        assert rate > -1
        scale = math.fsum(abs(a) * (1 + rate) ** -k for k, a in enumerate(flows))
        # Near a total loss the float itself holds 1 + rate to few digits only.
        assert abs(worth(rate, flows)) <= (1e-11 + 60 * 2.3e-16 / min(1, 1 + rate)) * scale

    @given(st.lists(st.integers(1, 10**6), min_size=2, max_size=40), st.floats(0.0001, 0.2))
    def test_against_the_oracles(self, paid: list[int], rate: float) -> None:
        received = math.fsum(a * (1 + rate) ** -k for k, a in enumerate(paid, 1))
        flows = [received, *(-float(a) for a in paid)]
        assert irr(flows) == pytest.approx(rate, rel=1e-9)
        assert irr(flows) == pytest.approx(float(npf.irr(flows)), rel=1e-6)
        if pyxirr is not None:
            assert irr(flows) == pytest.approx(pyxirr.irr(flows), rel=1e-6, abs=1e-8)

    @given(st.lists(st.sampled_from([0.7, 0.9, 1.05, 1.2, 1.5, 2.0]), min_size=1, max_size=5))
    def test_every_root_of_a_polynomial_is_counted(self, roots: list[float]) -> None:
        assume(len(set(roots)) == len(roots))
        flows = [1.0]
        for root in roots:
            flows = [a - root * b for a, b in zip([*flows, 0.0], [0.0, *flows], strict=True)]
        found = all_roots([(float(k), a) for k, a in enumerate(flows)], -20.0, 20.0)
        assert [math.exp(u) for u in found] == pytest.approx(sorted(roots), rel=1e-9)
        if len(roots) > 1:
            with pytest.raises(RateError, match=f"{len(roots)} rates"):
                irr(flows)
        else:
            assert irr(flows) == pytest.approx(roots[0] - 1, abs=1e-12)


class TestXirr:
    def test_by_hand(self) -> None:
        # 365 days: 10 %; 366 days: 1.1**(365/366) - 1; act/360: 1.1**(360/365) - 1
        assert xirr([(date(2023, 1, 1), -100), (JAN, 110)]) == pytest.approx(0.1, abs=1e-14)
        leap = [(JAN, -100), (date(2025, 1, 1), 110)]
        assert xirr(leap) == pytest.approx(1.1 ** (365 / 366) - 1, abs=1e-14)
        assert xirr(leap, day_count="act/act-isda") == pytest.approx(0.1, abs=1e-14)
        plain = [(date(2023, 1, 1), -100), (JAN, 110)]
        assert xirr(plain, day_count="act/360") == pytest.approx(1.1 ** (360 / 365) - 1, abs=1e-14)

    def test_order_and_repeated_dates_do_not_matter(self) -> None:
        flows = [(JAN, 1000), (JAN, -10), (date(2024, 7, 1), -500), (date(2025, 1, 1), -560)]
        expected = xirr([(JAN, 990), *flows[2:]])
        assert xirr(flows) == xirr(list(reversed(flows))) == expected
        assert xirr(iter(flows)) == expected
        assert xirr([("2024-01-01", "990"), *flows[2:]]) == expected

    def test_one_day_loan(self) -> None:
        # 0.1 % overnight: 1.001**365 - 1 = 44.03 %
        flows = [(JAN, 1000), (date(2024, 1, 2), -1001)]
        assert xirr(flows) == pytest.approx(1.001**365 - 1, rel=1e-11)

    @pytest.mark.parametrize(
        ("flows", "text"),
        [
            ([], "there are no flows"),
            ([(JAN, 100), (JAN, -110)], "all flows are on one day"),
            ([(JAN, 100)], "all flows are on one day"),
            ([(JAN, 100), (date(2025, 1, 1), 5)], "all flows are received"),
            ([(JAN, 100), ("2025-02-30", -5)], "flow 2 date"),
            ([(JAN, 100), (None, -5)], "flow 2 date"),
            ([(JAN, 100), (date(2025, 1, 1),)], r"flow 2: .* is not a \(date, amount\) pair"),
            ([5, 6], r"flow 1: 5 is not a \(date, amount\) pair"),
            ([(JAN, 100), (date(2025, 1, 1), float("nan"))], "nan is not a number"),
            ([(JAN, 1), (date(2024, 1, 2), -1e9)], "total loss|beyond any number"),
        ],
    )
    def test_refusals(self, flows: Any, text: str) -> None:
        with pytest.raises(RateError, match=text):
            xirr(flows)

    @given(
        st.lists(st.tuples(st.integers(1, 9000), st.integers(1, 10**6)), min_size=1, max_size=80),
        st.floats(-0.3, 3.0),
    )
    def test_against_its_own_definition_and_pyxirr(
        self, paid: list[tuple[int, int]], rate: float
    ) -> None:
        received = math.fsum(a * (1 + rate) ** (-k / 365) for k, a in paid)
        flows = [(JAN, received), *((JAN + timedelta(days=k), -a) for k, a in paid)]
        assume(1e-3 < received < 1e15)
        found = xirr(flows)
        assert found == pytest.approx(rate, rel=1e-6, abs=1e-8)
        if pyxirr is not None:
            assert found == pytest.approx(pyxirr.xirr(flows), rel=1e-6, abs=1e-8)
