"""Days on which banks work: at home, and in the markets of foreign currencies."""

from __future__ import annotations

from datetime import date

from catalogue.products.context import QuoteContext
from catalogue.values import Calendar, MarketCalendar, roll


def market_days(ctx: QuoteContext, currency: str | None = None) -> Calendar:
    """The days on which a currency is settled: for renminbi those of the banks at home, weekends worked included.

    A foreign currency, and an exchange deal (no `currency`), is settled from Monday to Friday only.
    The holidays of other countries are not known here.
    """
    return ctx.calendar if currency == "CNY" else MarketCalendar(ctx.calendar)


def rolled(
    ctx: QuoteContext, day: date, convention: str = "following", calendar: Calendar | None = None
) -> date:
    """`day`, or the business day that stands for it; a day beyond the published holidays is told."""
    if convention != "none":
        tell_unknown(ctx, day)
    return roll(day, convention, calendar or ctx.calendar)


def tell_unknown(ctx: QuoteContext, day: date) -> None:
    """A remark that the holidays of `day` are not published yet, or are too long ago to be held."""
    known = ctx.calendar.known_until
    if known is not None and day > known:
        ctx.warn(f"public holidays are known until {known} only; {day} was taken by weekends")
    since: date | None = getattr(ctx.calendar, "known_from", None)
    if since is not None and day < since:
        ctx.warn(f"public holidays are known from {since} only; {day} was taken by weekends")
