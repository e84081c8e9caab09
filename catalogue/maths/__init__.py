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

# Modules bear other names than their functions: loading a module sets an attribute of its name.
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
    "schedule": "repayment",
    "Payoff": "prepay",
    "Prepayment": "prepay",
    "payoff": "prepay",
    "prepayment": "prepay",
    # rates
    "apr": "annual_rate",
    "apr_eu": "rate_eu",
    "apr_us": "rate_us",
    "effective_from_nominal": "rates",
    "irr": "internal_rate",
    "nominal_from_effective": "rates",
    "simple_rate": "annual_rate",
    "xirr": "dated_rate",
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

__all__ = list(_MODULES)


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
    from catalogue.maths.annual_rate import apr as apr
    from catalogue.maths.annual_rate import simple_rate as simple_rate
    from catalogue.maths.bond import bond_price as bond_price
    from catalogue.maths.bond import bond_yield as bond_yield
    from catalogue.maths.dated_rate import xirr as xirr
    from catalogue.maths.deposit import deposit_interest as deposit_interest
    from catalogue.maths.discount import bill_discount as bill_discount
    from catalogue.maths.internal_rate import irr as irr
    from catalogue.maths.level import affordable_principal as affordable_principal
    from catalogue.maths.level import level_payment as level_payment
    from catalogue.maths.level import periods_for as periods_for
    from catalogue.maths.level import rate_for as rate_for
    from catalogue.maths.periods import due_dates as due_dates
    from catalogue.maths.prepay import Payoff as Payoff
    from catalogue.maths.prepay import Prepayment as Prepayment
    from catalogue.maths.prepay import payoff as payoff
    from catalogue.maths.prepay import prepayment as prepayment
    from catalogue.maths.rate_eu import apr_eu as apr_eu
    from catalogue.maths.rate_us import apr_us as apr_us
    from catalogue.maths.rates import effective_from_nominal as effective_from_nominal
    from catalogue.maths.rates import nominal_from_effective as nominal_from_effective
    from catalogue.maths.repayment import schedule as schedule
    from catalogue.maths.schedule_rows import Columns as Columns
    from catalogue.maths.schedule_rows import Row as Row
    from catalogue.maths.schedule_rows import Schedule as Schedule
    from catalogue.maths.time_value import annuity_future_value as annuity_future_value
    from catalogue.maths.time_value import annuity_present_value as annuity_present_value
    from catalogue.maths.time_value import future_value as future_value
    from catalogue.maths.time_value import present_value as present_value
    from catalogue.values.daycount import day_count_fraction as day_count_fraction
