"""The base of deposits: an outcome by the day of withdrawal, its contract, totals and results.

Flows are the depositor's: paid in negative, received positive. `totals.interest` is gross,
`interest_tax` what is kept back, `interest_net` what is received; schedule rows show what is
credited after tax. An APR belongs to borrowing; a deposit has an effective annual yield instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import attrs

from catalogue.errors import InputError, PluginError, RateError
from catalogue.maths import xirr
from catalogue.maths.deposit_result import DepositInterest, TaxPart
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.deposit_rates import (
    Steps,
    demand_on,
    known_day,
    listed_on,
    rule_on,
    tax_steps,
)
from catalogue.products.results import Contract, Flow, PlainRow, QuotedRate, Result, Terms
from catalogue.values import Money, percent_text

Parts = Sequence[tuple[date, Decimal]]
_YIELD_PLACES = Decimal("0.000001")


@attrs.frozen
class Outcome:
    """What a deposit comes to for one way of drawing it. Amounts in major units, paid in positive."""

    paid_in: Sequence[tuple[date, Decimal]]
    received: Sequence[tuple[date, Decimal, str]]
    interest: Sequence[DepositInterest]
    rows: Sequence[PlainRow] = ()
    results: Sequence[Result] = ()
    notes: Sequence[str] = ()

    def total_received(self, currency: str) -> Money:
        """All that the depositor gets back."""
        return Money.total((Money.of(amount, currency) for _, amount, _ in self.received), currency)

    def net_interest(self, currency: str) -> Money:
        """Interest after tax."""
        return Money.total((Money.of(part.net, currency) for part in self.interest), currency)


class Deposit(Product):
    """A deposit. A kind states `outcome`: what it comes to when drawn on a day, or held to its end.

    Ask fields, each only where declared: `withdraw_on`, `withdraw_amount`, `withdrawals` (rows of date
    and amount). Figures, where stated: `part_withdrawals`, the most of them; `insured_up_to`, in yuan;
    terms `interest_tax`, `demand_sheet` and `sheet_<currency>` (see deposit_rates).

    `column` names the column of the reference sheet where the tenor does not (demand, notice …).
    `has_term` is False where no maturity is agreed, so that nothing is early or late.
    """

    column: str | None = None
    has_term: bool = True

    # -- what a kind states -------------------------------------------------------------------

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """What the deposit comes to: drawn whole on `on` (None: held to its end), after `parts`."""
        raise PluginError(f"{type(self).__name__} has no outcome()")

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The column of the reference sheet; None where the tenor picks it."""
        return self.column

    def least_rest(self, ctx: QuoteContext) -> Decimal:
        """What must stay in the deposit after a part is drawn: the least deposit."""
        return least_amount(ctx)

    # -- rates and tax ------------------------------------------------------------------------

    def rate_day(self, ctx: QuoteContext) -> date:
        """The day whose listed rate the deposit bears: its first one, unless a kind says otherwise."""
        start: date = ctx.ask.start
        return start

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate | None:
        """The listed or agreed rate of `rate_day`."""
        from catalogue.products.rate_rule import quoted_rate

        on = known_day(ctx, self.rate_day(ctx))
        if ctx.ask.start > ctx.as_of:
            ctx.warn(
                f"start: {ctx.ask.start} is after the pricing date {ctx.as_of}, whose rate stands here;"
                " the deposit will bear that of its own day"
            )
        rule = rule_on(ctx, on)
        column = self.rate_column(ctx)
        if column is not None and rule.reference is not None:
            rule = attrs.evolve(rule, column=column)
        return quoted_rate(ctx, rule=rule, on=on)

    def listed(self, ctx: QuoteContext, column: str, on: date | None = None) -> Decimal:
        """Another rate of the reference sheet on a day (default: the opening day)."""
        return listed_on(ctx, on or ctx.ask.start, column=column)

    def demand_rate(self, ctx: QuoteContext, on: date) -> Decimal:
        """The demand rate of the day of withdrawal, as far as it is known on the pricing date."""
        return demand_on(ctx, on)

    def tax(self, ctx: QuoteContext) -> Steps | Decimal:
        """The interest tax by date of accrual; units bear none."""
        asked = ctx.ask.get("withdraw_on"), ctx.ask.get("maturity")
        return tax_steps(ctx, max((day for day in asked if day is not None), default=ctx.as_of))

    # -- the contract -------------------------------------------------------------------------

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The outcome that is asked, beside what holding or drawing early would give instead."""
        on, parts = asked_withdrawals(ctx, self.least_rest(ctx))
        made = self.outcome(ctx, terms, on, parts)
        for note in made.notes:
            ctx.warn(note)
        return self.contract(ctx, terms, made, self.alternatives(ctx, terms, on, parts, made))

    def alternatives(
        self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts, made: Outcome
    ) -> list[Result]:
        """The amount at maturity, and what an early withdrawal gives or costs."""
        if not self.has_term:
            return []
        maturity = ctx.ask.maturity
        if on is None and not parts:
            return [
                received("at_maturity", "Received, held to maturity", "到期实得本息", made, terms),
                *self.early(ctx, terms, maturity),
            ]
        held = self.outcome(ctx, terms, None, ())
        found = [received("at_maturity", "Received, held to maturity", "到期实得本息", held, terms)]
        if parts or (on is not None and on < maturity):
            lost = held.net_interest(terms.currency) - made.net_interest(terms.currency)
            found.append(
                Result("given_up", "Interest given up by drawing early", "提前支取损失利息", lost)
            )
        return found

    def early(self, ctx: QuoteContext, terms: Terms, maturity: date) -> list[Result]:
        """What the deposit would give if it were drawn halfway."""
        midway = terms.start + (maturity - terms.start) / 2
        if midway <= terms.start:
            return []
        made = self.outcome(ctx, terms, midway, ())
        return [
            Result(
                "early_date", "If drawn early, for example on", "若提前支取(例)", midway, "date"
            ),
            received("early_amount", "then received in all", "则共实得本息", made, terms),
        ]

    def contract(
        self, ctx: QuoteContext, terms: Terms, made: Outcome, more: Sequence[Result] = ()
    ) -> Contract:
        """The contract of an outcome, with gross interest, tax and net."""
        currency = terms.currency
        gross = Money.total((Money.of(part.gross, currency) for part in made.interest), currency)
        tax = Money.total((Money.of(part.tax, currency) for part in made.interest), currency)
        paid = [(day, Money.of(-amount, currency), "paid in") for day, amount in made.paid_in]
        back = [(day, Money.of(amount, currency), label) for day, amount, label in made.received]
        flows = tuple(Flow(*flow) for flow in (*paid, *back) if flow[1])
        principal = Money.total((-amount for _, amount, _ in paid), currency)
        explain_parts(ctx, made.interest)
        totals = {
            "principal": principal,
            "interest": gross,
            "interest_tax": tax,
            "interest_net": gross - tax,
        }
        results = (
            *made.results,
            *more,
            *taxes_by_rate(made.interest, currency),
            *annual_yield(ctx, flows),
            *insured(ctx, principal + gross - tax),
        )
        return Contract(currency, flows, totals, tuple(made.rows), results)


def received(code: str, label: str, label_zh: str, made: Outcome, terms: Terms) -> Result:
    """A result: all that an outcome gives back."""
    return Result(code, label, label_zh, made.total_received(terms.currency))


def claw_back(back: Decimal, terms: Terms) -> Result:
    """The result: what was drawn over the interest due comes off; 0 where more is due than was drawn."""
    amount = Money.of(max(back, Decimal(0)), terms.currency)
    return Result("claw_back", "Interest taken back", "扣回多付利息", amount)


def asked_withdrawals(
    ctx: QuoteContext, least: Decimal
) -> tuple[date | None, list[tuple[date, Decimal]]]:
    """(the day on which the whole is drawn, the parts drawn before it) of an ask, checked.

    Raises:
        InputError: a day outside the deposit, more than is left, or too little left to stand.
    """
    ask, start = ctx.ask, ctx.ask.start
    on: date | None = ask.get("withdraw_on")
    parts = [(row["date"], row["amount"].amount) for row in ask.get("withdrawals", ())]
    if on is not None and on <= start:
        raise InputError(f"withdraw_on: {on} is not after the value date {start}")
    if "withdraw_amount" in ask:
        if on is None:
            raise InputError("withdraw_amount: needs its day; state withdraw_on too")
        if ask["withdraw_amount"] > ask.amount:
            raise InputError(
                f"withdraw_amount: {ask['withdraw_amount'].text()} is over the deposit of {ask.amount.text()}"
            )
        if ask["withdraw_amount"] < ask.amount or parts:
            parts.append((on, ask["withdraw_amount"].amount))
            on = None
    _check_parts(ctx, on, sorted(parts), least)
    return on, sorted(parts)


def _check_parts(ctx: QuoteContext, on: date | None, parts: Parts, least: Decimal) -> None:
    if not parts:
        return
    left = ctx.ask.amount.amount
    field = "withdrawals" if "withdrawals" in ctx.ask else "withdraw_amount"
    if ctx.has_figure("part_withdrawals"):
        most = int(ctx.figure("part_withdrawals"))
        if len(parts) > most:
            raise InputError(f"{field}: {len(parts)} part withdrawals; {most} allowed")
    for day, amount in parts:
        if day <= ctx.ask.start or (on is not None and day >= on):
            raise InputError(f"{field}: {day} is not between the value date and the closing")
        if amount <= 0:
            raise InputError(f"{field}: {amount} on {day} is not above 0")
        left -= amount
        if left < max(least, Decimal("0.01")):
            raise InputError(
                f"{field}: would leave {left} on {day}, under the least deposit {least};"
                " draw the whole (withdraw_on without withdraw_amount)"
            )


def least_amount(ctx: QuoteContext) -> Decimal:
    """The least amount of the deposit in the ask's currency, by the limit of `ask.amount`."""
    stated = ctx.version.ask["amount"].min if "amount" in ctx.version.ask else None
    if isinstance(stated, Decimal | int):
        return Decimal(stated)
    if stated is None:
        return Decimal(0)
    return Decimal(stated.get(ctx.ask.currency, 0))


def explain_parts(ctx: QuoteContext, parts: Iterable[DepositInterest]) -> None:
    """Record each line of interest and of tax with its arithmetic."""
    for part in parts:
        for line in part.parts:
            ctx.explain(
                f"interest.{line.reason}",
                line.interest,
                line.formula,
                {"from": line.start, "to": line.end},
            )
        for taxed in part.tax_parts:
            if taxed.tax:
                ctx.explain(
                    "interest_tax",
                    taxed.tax,
                    f"{taxed.interest} × {taxed.tax_rate}",
                    {"from": taxed.start, "to": taxed.end, "days": taxed.days},
                )


def taxes_by_rate(parts: Iterable[DepositInterest], currency: str) -> list[Result]:
    """The tax of each rate on what accrued under it, where the rate changed during the deposit."""
    spans: dict[Decimal, list[TaxPart]] = {}
    for part in parts:
        for span in part.tax_parts:
            spans.setdefault(span.tax_rate, []).append(span)
    if len(spans) < 2:
        return []
    found = []
    for n, (rate, taxed) in enumerate(spans.items(), 1):
        base = Money.total((Money.of(span.interest, currency) for span in taxed), currency)
        tax = Money.total((Money.of(span.tax, currency) for span in taxed), currency)
        first, last = min(span.start for span in taxed), max(span.end for span in taxed)
        sum_of = f"{percent_text(rate)} × {base.grouped()}, {first} – {last}"
        found.append(Result(f"tax_{n}", f"Tax: {sum_of}", f"利息税:{sum_of}", tax))
    return found


def annual_yield(ctx: QuoteContext, flows: Sequence[Flow]) -> list[Result]:
    """The effective annual yield of the depositor's flows, when they have one."""
    if not flows or max(flow.on for flow in flows) <= min(flow.on for flow in flows):
        return []
    try:
        rate = xirr([(flow.on, flow.amount.amount) for flow in flows])
    except RateError as error:
        ctx.warn(f"annual_yield: {error}")
        return []
    value = Decimal(repr(rate)).quantize(_YIELD_PLACES)
    return [
        Result("annual_yield", "Effective annual yield after tax", "税后年化收益率", value, "rate")
    ]


def insured(ctx: QuoteContext, owed: Money) -> list[Result]:
    """What deposit insurance covers of principal and interest, where the version states a limit.

    The limit is in yuan; another currency counts by its worth in yuan on the pricing date.
    """
    if not ctx.has_figure("insured_up_to"):
        return []
    most = Money.of(ctx.figure("insured_up_to"))
    covered = min(most, ctx.convert(owed, "CNY"))
    ctx.explain("insured", covered, "principal and interest, at most insured_up_to", {"owed": owed})
    return [Result("insured", "Covered by deposit insurance", "存款保险覆盖金额", covered)]


def need_tenor_months(terms: Terms) -> int:
    """The tenor in whole months; InputError for a tenor in days."""
    months = terms.tenor.months if terms.tenor is not None else None
    if months is None:
        raise InputError(f"tenor: {terms.tenor} is not in whole months; write 3m or 1y")
    return months
