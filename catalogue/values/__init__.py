"""Values: the small exact things that everything else is made of.

Money, rates, tenors, dates, day counts, calendars, rounding, and the parsers and limits that
guard them. All are immutable and exact (integers, Decimal, Fraction; no floats). This layer
imports only `catalogue.errors`; currency and holiday tables are read when first needed.
"""

from __future__ import annotations

from catalogue.values import limits
from catalogue.values.calendar import (
    ROLL_CONVENTIONS,
    Calendar,
    ChinaCalendar,
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
    months_between,
)
from catalogue.values.daycount import CONVENTIONS, convention_name, day_count_fraction, days
from catalogue.values.icma import FREQUENCIES, icma_fraction, per_year
from catalogue.values.money import Money
from catalogue.values.numbers import parse_date, parse_decimal, parse_int
from catalogue.values.rate import parse_rate, percent_text, rate_text
from catalogue.values.rounding import (
    CONTEXT,
    Rounding,
    from_minor,
    round_fraction,
    round_money,
    round_ratio,
    round_to_minor,
)
from catalogue.values.tenor import Tenor, TenorUnit
from catalogue.values.text import clean, shown, suggest

__all__ = [
    "CONTEXT",
    "CONVENTIONS",
    "FREQUENCIES",
    "ROLL_CONVENTIONS",
    "Calendar",
    "ChinaCalendar",
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
    "is_leap",
    "limits",
    "minor_digits",
    "month_end",
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
    "round_ratio",
    "round_to_minor",
    "shown",
    "suggest",
    "weekend_calendar",
]
