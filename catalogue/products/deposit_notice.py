"""Notice deposits: drawn after one or seven days' notice; a broken notice bears the demand rate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs

from catalogue.errors import InputError
from catalogue.maths import notice_withdrawal, term_interest
from catalogue.maths.deposit_notice import NoticeWithdrawal
from catalogue.maths.deposit_result import DepositInterest
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Deposit, Outcome, Parts
from catalogue.products.deposit_rows import Ledger
from catalogue.products.deposit_time import withdrawn
from catalogue.products.results import Result, Terms, annual
from catalogue.values import Money


class NoticeDeposit(Deposit):
    """Drawn whole or in part; the tenor is how long it is meant to stay, and no maturity is agreed.

    Ask fields: `notice_days` (1 or 7) picks the rate; `notice_on`, `notice_for`, `notice_amount`,
    `without_notice` and `idle_days` say how notice was given and kept. Figures: `least_withdrawal`,
    `least_balance`, in major units.
    """

    has_term = False

    def rate_column(self, ctx: QuoteContext) -> str:
        """The column of the notice kind."""
        return f"notice-{ctx.ask['notice_days']}d"

    def rate_day(self, ctx: QuoteContext) -> date:
        """The day of withdrawal: no rate is agreed on the first one (Measures on Notice Deposits)."""
        drawn: date = ctx.ask.get("withdraw_on") or ctx.ask.maturity
        return max(drawn, ctx.ask.start)

    def least_rest(self, ctx: QuoteContext) -> Decimal:
        """Any: a rest under the least balance is paid out with the part (see `outcome`)."""
        return Decimal(0)

    def terms(self, ctx: QuoteContext) -> Terms:
        """Without an end that the ask did not state, where the day of withdrawal is stated."""
        made, ask = super().terms(ctx), ctx.ask
        if "withdraw_on" in ask and not ask.stated & {"tenor", "maturity", "withdraw_amount"}:
            return attrs.evolve(made, tenor=None, maturity=None)
        return made

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """A withdrawal with its notice; what stays is drawn at the end of the tenor, with notice."""
        day, part = parts[0] if parts else (on or ctx.ask.maturity, None)
        made = self._withdrawal(ctx, terms, day, part)
        ledger = Ledger(terms.start, ctx.ask.amount.amount, terms.currency)
        ledger.post(day, interest=made.interest.net, paid=made.interest.paid)
        received = [(day, made.interest.paid, "withdrawal")]
        interest = [made.interest]
        results = [
            withdrawn(made.interest.paid, terms),
            Result("broken", "Notice broken", "是否违约支取", bool(made.broken), "bool"),
            _money(
                "unnotified",
                "Received if drawn without notice",
                "未通知支取实得本息",
                self._at(ctx, terms, made, day, self.demand_rate(ctx, day)).paid,
                terms,
            ),
        ]
        if made.rest:
            end = ctx.ask.maturity
            rest = self._rest(ctx, terms, made.rest, day, end)
            ledger.post(end, interest=rest.net, paid=rest.paid)
            received.append((end, rest.paid, "withdrawal of the rest"))
            interest.append(rest)
            results.append(_money("rest", "Left in the deposit", "剩余存款", made.rest, terms))
        lost = self._at(ctx, terms, made, day, annual(terms)).net - made.interest.net
        if lost:
            results.append(
                _money(
                    "given_up",
                    "Interest lost by a notice broken or not used",
                    "违约或未用通知损失利息",
                    lost,
                    terms,
                )
            )
        paid_in = [(terms.start, ctx.ask.amount.amount)]
        return Outcome(paid_in, received, interest, ledger.rows, results, _notes(made))

    def _rest(
        self, ctx: QuoteContext, terms: Terms, rest: Decimal, day: date, end: date
    ) -> DepositInterest:
        """What stays after a part was drawn on `day`, at the notice rate to the end of the tenor."""
        if day >= end:
            raise InputError(
                f"withdraw_on: {day}; what stays is drawn at the end of the tenor, {end}:"
                " state a longer tenor"
            )
        return term_interest(
            rest,
            self._rest_rate(ctx, terms, day, end),
            start=terms.start,
            end=end,
            day_count="act/360",
            tax_rate=self.tax(ctx),
            currency=terms.currency,
            reason="the rest: notice rate",
        )

    def _rest_rate(self, ctx: QuoteContext, terms: Terms, day: date, end: date) -> Decimal:
        """The notice rate of the end of the tenor, as far over or under the list as was agreed."""
        column = self.rate_column(ctx)
        later = self.listed(ctx, column, end) - self.listed(ctx, column, day)
        return max(annual(terms) + later, Decimal(0))

    def _at(
        self, ctx: QuoteContext, terms: Terms, made: NoticeWithdrawal, day: date, rate: Decimal
    ) -> DepositInterest:
        """The money of a withdrawal at one rate throughout."""
        return term_interest(
            made.interest.principal,
            rate,
            start=terms.start,
            end=day,
            day_count="act/360",
            tax_rate=self.tax(ctx),
            currency=terms.currency,
        )

    def _withdrawal(
        self, ctx: QuoteContext, terms: Terms, day: date, part: Decimal | None
    ) -> NoticeWithdrawal:
        ask, days = ctx.ask, int(ctx.ask["notice_days"])
        _contradictions(ctx, day)
        held = (day - terms.start).days
        idle = ask.get("idle_days", 0)
        if idle > held:
            raise InputError(f"idle_days: {idle} is more than the {held} days held")
        proper = max(day - timedelta(days=days), terms.start)
        stated = None if ask.get("without_notice") else ask.get("notice_on", proper)
        return notice_withdrawal(
            ask.amount.amount,
            annual(terms),
            start=terms.start,
            on=day,
            notice_days=days,
            demand_rate=self.demand_rate(ctx, day),
            notice_on=stated,
            notice_for=ask.get("notice_for"),
            notice_amount=ask["notice_amount"].amount if "notice_amount" in ask else None,
            amount=part,
            minimum_amount=ctx.figure("least_withdrawal"),
            minimum_balance=ctx.figure("least_balance"),
            idle_days=idle,
            tax_rate=self.tax(ctx),
            currency=terms.currency,
        )


def _money(code: str, label: str, label_zh: str, amount: Decimal, terms: Terms) -> Result:
    return Result(code, label, label_zh, Money.of(amount, terms.currency))


def _notes(made: NoticeWithdrawal) -> list[str]:
    """Why a part bears the demand rate, and that a small rest was paid out too."""
    reasons = [reason.removeprefix("demand rate: ") for reason in made.broken]
    notes = [f"notice: {reason}: that part bears the demand rate" for reason in reasons]
    if made.closed:
        notes.append("withdraw_amount: the rest was under the least balance and is paid out too")
    return notes


def _contradictions(ctx: QuoteContext, drawn: date) -> None:
    """Refuse a notice that was given and was not, or that came after the money was drawn."""
    ask = ctx.ask
    if ask.get("without_notice"):
        stated = [name for name in ("notice_on", "notice_for", "notice_amount") if name in ask]
        if stated:
            raise InputError(f"{stated[0]}: there is none without_notice; state one of them")
    given = ask.get("notice_on")
    if given is not None and given > drawn:
        raise InputError(f"notice_on: {given} is after the withdrawal on {drawn}")
