"""The package is cheap to import and names everything it offers."""

from __future__ import annotations

import subprocess
import sys

import pytest

import catalogue.maths


def test_every_name_loads_and_is_not_a_module() -> None:
    for name in catalogue.maths.__all__:
        found = getattr(catalogue.maths, name)
        assert type(found).__name__ != "module", name
        assert name in dir(catalogue.maths)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'aprr'"):
        catalogue.maths.aprr  # noqa: B018


def test_importing_the_package_loads_no_maths_and_loans_need_no_numpy() -> None:
    code = (
        "import sys, catalogue.maths as m\n"
        "print(sum(n.startswith('catalogue.maths.') for n in sys.modules))\n"
        "from datetime import date\n"
        "plan = m.schedule(1000, '0.1', start=date(2024, 1, 1), periods=3)\n"
        "m.apr(plan.flows()); m.level_payment(1, 0, 1)\n"
        "print('numpy' in sys.modules)\n"
        "import catalogue.maths.annual_rate, catalogue.maths.repayment\n"
        "print(callable(m.apr), callable(m.schedule), callable(m.irr))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False", "True", "True", "True"]
