"""Pure financial mathematics on plain numbers; usable without the rest of the catalogue.

Amounts are `Decimal | int | str` in major units, rates fractions of one a year, dates
`datetime.date`. Inside, amounts are whole minor units; floats appear only where a rate is solved.

Names are loaded when first used, so that importing this package costs next to nothing. No
module here needs numpy for a single contract: numpy-financial's functions (pmt, nper, irr) are
the second opinion of the tests, and batches use numpy in a layer of their own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_MODULES: dict[str, str] = {
    # loans
    "Columns": "schedule_rows",
    "Row": "schedule_rows",
    "Schedule": "schedule_rows",
    "affordable_principal": "level",
    "level_payment": "level",
    "periods_for": "level",
    "rate_for": "level",
    "due_dates": "periods",
    "schedule": "schedule",
    "Payoff": "prepay",
    "Prepayment": "prepay",
    "payoff": "prepay",
    "prepayment": "prepay",
    # rates
    "apr": "apr",
    "apr_eu": "apr_eu",
    "apr_us": "apr_us",
    "effective_from_nominal": "rates",
    "irr": "irr",
    "nominal_from_effective": "rates",
    "simple_rate": "apr",
    "xirr": "xirr",
    # values at a date
    "annuity_future_value": "time_value",
    "annuity_present_value": "time_value",
    "future_value": "time_value",
    "present_value": "time_value",
    # deposits, bills, bonds, day counts
    "bill_discount": "discount",
    "bond_price": "bond",
    "bond_yield": "bond",
    "day_count_fraction": "catalogue.values.daycount",
    "deposit_interest": "deposit",
}

__all__ = list(_MODULES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Load the module that holds `name`, keep the object here, and return it."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    path = module if "." in module else f"{__name__}.{module}"
    found = getattr(import_module(path), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})


if TYPE_CHECKING:
    from catalogue.maths.apr import apr, simple_rate
    from catalogue.maths.apr_eu import apr_eu
    from catalogue.maths.apr_us import apr_us
    from catalogue.maths.bond import bond_price, bond_yield
    from catalogue.maths.deposit import deposit_interest
    from catalogue.maths.discount import bill_discount
    from catalogue.maths.irr import irr
    from catalogue.maths.level import (
        affordable_principal,
        level_payment,
        periods_for,
        rate_for,
    )
    from catalogue.maths.periods import due_dates
    from catalogue.maths.prepay import Payoff, Prepayment, payoff, prepayment
    from catalogue.maths.rates import effective_from_nominal, nominal_from_effective
    from catalogue.maths.schedule import schedule
    from catalogue.maths.schedule_rows import Columns, Row, Schedule
    from catalogue.maths.time_value import (
        annuity_future_value,
        annuity_present_value,
        future_value,
        present_value,
    )
    from catalogue.maths.xirr import xirr
    from catalogue.values.daycount import day_count_fraction
