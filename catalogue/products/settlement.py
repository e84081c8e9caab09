"""The base of settlement services: a surcharge for urgency, periods that run from an issue day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from catalogue.errors import InputError
from catalogue.products.bank_days import rolled
from catalogue.products.context import QuoteContext
from catalogue.products.fee_service import FeeService
from catalogue.products.fees import assess, tax_inside
from catalogue.products.results import Contract, Fee, Result, Terms
from catalogue.values import Money, add_days, add_months, percent_text
from catalogue.values.text import Bilingual

SMALL = ("small", "micro")
TRANSFERS = ("transfer", "small-firm-transfer", "online", "own-bank")
"""Codes of the fees for moving money; one of them applies to an ask."""


class SettlementService(FeeService):
    """A settlement instrument priced by the fees of its definition.

    The ask's `amount` is that of one item, `count` the number of equal items. What a definition may
    state beside fees, each only where the service has it:

    - `urgent_surcharge` by channel (with the ask field `urgent`): share added to the transfer fee;
    - `small_firm_limit`: up to it an item of a small or micro enterprise, sent at the counter to
      another bank, has terms.small_firm true, by which the definition's fees apply.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed, with every choice that prices it; terms.volume is the sum of all items."""
        terms = super().terms(ctx)
        choices = {name: ctx.ask[name] for name, field in ctx.version.ask.items() if field.choices}
        terms = terms.with_extra(**choices)
        if ctx.has_figure("small_firm_limit"):
            terms = terms.with_extra(small_firm=self.is_small_firm(ctx, terms))
        count = ctx.ask.get("count", 1)
        return terms if terms.amount is None else terms.with_extra(volume=terms.amount * count)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The surcharge for urgency, where the definition has one."""
        return self.surcharge(ctx, terms)

    def surcharge(self, ctx: QuoteContext, terms: Terms) -> list[Fee]:
        """What an urgent transfer costs more on the ask's channel."""
        if not ctx.ask.get("urgent"):
            return []
        if not ctx.has_figure("urgent_surcharge"):
            ctx.warn("urgent: the tariff in force has no surcharge for urgency")
            return []
        channel = ctx.ask.get("channel", "counter")
        share = ctx.figure("urgent_surcharge", key=channel)
        if not share:
            ctx.warn(f"urgent: costs nothing more at the channel {channel}")
            return []
        source = ctx.source("figures", "urgent_surcharge")
        words = ("urgent", "Surcharge for urgency", "加急费", source)
        made = [fee for base in TRANSFERS for fee in share_of_fee(ctx, terms, base, share, words)]
        if not made:
            ctx.warn("urgent: costs nothing more, for no transfer fee is charged that it adds to")
        return made

    def is_small_firm(self, ctx: QuoteContext, terms: Terms) -> bool:
        """Whether the reduced price of small and micro enterprises applies."""
        if ctx.ask.get("channel") != "counter" or ctx.ask.get("payee_bank") != "other-bank":
            return False
        if terms.amount is None or terms.amount.amount > ctx.figure("small_firm_limit"):
            return False
        size = ctx.customer.get("enterprise_size")
        if size is None:
            ctx.warn(
                "customer.enterprise_size is unknown: the price for small and micro enterprises"
                " is not applied; state it"
            )
        return size in SMALL


def share_of_fee(
    ctx: QuoteContext, terms: Terms, base: str, share: Decimal, words: tuple[str, str, str, str]
) -> list[Fee]:
    """A share of a fee of the definition as a fee of its own, as a surcharge is.

    `words` are its code, its names in English and Chinese, and its source. Nothing when the
    definition has no such fee, or it does not apply, or is waived.
    """
    stated = ctx.version.fees.get(base)
    if stated is None:
        return []
    charged = assess(ctx, base, stated, terms, FeeService.fee_currency)
    if not charged or not charged[0].amount:
        return []
    whole = charged[0]
    exact = Fraction(whole.amount.amount) * Fraction(share)
    amount = Money.rounded(exact, whole.amount.currency)
    tax = None if whole.tax is None else tax_inside(amount, whole.tax.rate)
    code, name, name_zh, source = words
    worked = f"{percent_text(share)} × {whole.amount.grouped()}"
    formula = Bilingual(f"{worked} ({stated.name})", f"{worked} ({stated.name_zh})")
    return [
        Fee(
            code,
            name,
            name_zh,
            amount,
            formula,
            source,
            base=whole.amount,
            due=terms.start,
            in_apr=stated.in_apr,
            tax=tax,
        )
    ]


def last_day(ctx: QuoteContext, start: date, *, days: int = 0, months: int = 0) -> date:
    """The last day of a period that runs from `start`, which itself is not counted.

    A period of months ends on the day of the same number; a last day on which banks are closed
    moves to the next business day.
    """
    end = add_months(start, months) if months else add_days(start, days)
    return rolled(ctx, end)


def noticed(ctx: QuoteContext, terms: Terms) -> date | None:
    """The day of the notice to the payer (`notified_on`), which the order comes before; None if not stated."""
    day: date | None = ctx.ask.get("notified_on")
    if day is not None and day < terms.start:
        raise InputError(
            f"notified_on: {day} is before {terms.start}, the day on which the bank has the order"
        )
    return day


def late_payment(
    ctx: QuoteContext, labels: tuple[str, str], daily_rate: Decimal, at_stake: Money
) -> list[Result]:
    """Interest on what is paid late: amount × rate a day × days, as the ask's `overdue_days` has it.

    The ask's `overdue_amount` takes the place of `at_stake`; without `overdue_days` there is none.
    """
    days, amount = ctx.ask.get("overdue_days"), ctx.ask.get("overdue_amount", at_stake)
    if days is None:
        if "overdue_amount" in ctx.ask:
            raise InputError("overdue_amount: goes together with overdue_days; state both")
        return []
    if amount > at_stake:
        raise InputError(f"overdue_amount: {amount} is over all that is due, {at_stake}")
    late = amount.scaled(Fraction(daily_rate) * days)
    ctx.explain(
        "result.overdue_interest",
        late,
        "amount paid late × rate a day × days",
        {"amount": amount, "daily_rate": daily_rate, "days": days},
    )
    return [Result("overdue_interest", *labels, late)]
