"""Values: the small exact things that everything else is made of.

Money, rates, tenors, dates, day counts, calendars, rounding, and the parsers and limits that
guard them. All are immutable and exact (integers, Decimal, Fraction; no floats). This layer
imports only `catalogue.errors`; currency and holiday tables are read when first needed.

Names are loaded when first used: a listing of products needs only the texts and limits.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_MODULES: dict[str, str] = {
    "Calendar": "calendar",
    "ChinaCalendar": "calendar",
    "MarketCalendar": "calendar",
    "ROLL_CONVENTIONS": "calendar",
    "RollConvention": "calendar",
    "WeekendCalendar": "calendar",
    "add_business_days": "calendar",
    "china_calendar": "calendar",
    "roll": "calendar",
    "weekend_calendar": "calendar",
    "check_currency": "currency",
    "minor_digits": "currency",
    "add_days": "dates",
    "add_months": "dates",
    "check_date": "dates",
    "check_order": "dates",
    "is_leap": "dates",
    "month_end": "dates",
    "months_begun": "dates",
    "months_between": "dates",
    "BANK_YEAR": "daycount",
    "CONVENTIONS": "daycount",
    "convention_name": "daycount",
    "day_count_fraction": "daycount",
    "days": "daycount",
    "FREQUENCIES": "icma",
    "icma_fraction": "icma",
    "per_year": "icma",
    "Money": "money",
    "parse_date": "numbers",
    "parse_decimal": "numbers",
    "parse_int": "numbers",
    "parse_rate": "rate",
    "percent_text": "rate",
    "rate_text": "rate",
    "CONTEXT": "rounding",
    "Rounding": "rounding",
    "from_minor": "rounding",
    "in_own_context": "rounding",
    "round_fraction": "rounding",
    "round_money": "rounding",
    "round_places": "rounding",
    "round_ratio": "rounding",
    "round_to_minor": "rounding",
    "Tenor": "tenor",
    "TenorUnit": "tenor",
    "Bilingual": "text",
    "clean": "text",
    "shown": "text",
    "suggest": "text",
}
"""Public name → the module of this package that holds it."""

if TYPE_CHECKING:
    from catalogue.values import limits
    from catalogue.values.calendar import (
        ROLL_CONVENTIONS,
        Calendar,
        ChinaCalendar,
        MarketCalendar,
        RollConvention,
        WeekendCalendar,
        add_business_days,
        china_calendar,
        roll,
        weekend_calendar,
    )
    from catalogue.values.currency import check_currency, minor_digits
    from catalogue.values.dates import (
        add_days,
        add_months,
        check_date,
        check_order,
        is_leap,
        month_end,
        months_begun,
        months_between,
    )
    from catalogue.values.daycount import (
        BANK_YEAR,
        CONVENTIONS,
        convention_name,
        day_count_fraction,
        days,
    )
    from catalogue.values.icma import FREQUENCIES, icma_fraction, per_year
    from catalogue.values.money import Money
    from catalogue.values.numbers import parse_date, parse_decimal, parse_int
    from catalogue.values.rate import parse_rate, percent_text, rate_text
    from catalogue.values.rounding import (
        CONTEXT,
        Rounding,
        from_minor,
        in_own_context,
        round_fraction,
        round_money,
        round_places,
        round_ratio,
        round_to_minor,
    )
    from catalogue.values.tenor import Tenor, TenorUnit
    from catalogue.values.text import Bilingual, clean, shown, suggest

__all__ = [
    "BANK_YEAR",
    "CONTEXT",
    "CONVENTIONS",
    "FREQUENCIES",
    "ROLL_CONVENTIONS",
    "Bilingual",
    "Calendar",
    "ChinaCalendar",
    "MarketCalendar",
    "Money",
    "RollConvention",
    "Rounding",
    "Tenor",
    "TenorUnit",
    "WeekendCalendar",
    "add_business_days",
    "add_days",
    "add_months",
    "check_currency",
    "check_date",
    "check_order",
    "china_calendar",
    "clean",
    "convention_name",
    "day_count_fraction",
    "days",
    "from_minor",
    "icma_fraction",
    "in_own_context",
    "is_leap",
    "limits",
    "minor_digits",
    "month_end",
    "months_begun",
    "months_between",
    "parse_date",
    "parse_decimal",
    "parse_int",
    "parse_rate",
    "per_year",
    "percent_text",
    "rate_text",
    "roll",
    "round_fraction",
    "round_money",
    "round_places",
    "round_ratio",
    "round_to_minor",
    "shown",
    "suggest",
    "weekend_calendar",
]


def __getattr__(name: str) -> Any:
    """Load the module that holds `name`, keep the object here, and return it."""
    if name == "limits":
        return import_module(f"{__name__}.limits")
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
