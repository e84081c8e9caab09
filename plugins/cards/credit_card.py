"""Credit card (信用卡): a simulation of statements from postings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from catalogue import (
    Check,
    Contract,
    Fee,
    Flow,
    InputError,
    Money,
    Product,
    QuoteContext,
    Result,
    Terms,
)
from catalogue.products.results import PlainRow
from catalogue.products.revolving_card import (
    CardAccount,
    CardRules,
    Statement,
    check_kind,
    free_days,
)
from catalogue.products.verdict import verdict
from catalogue.values import add_days, add_months

_NAMES = {
    "cash": ("Cash advances", "取现手续费", "cash_fee"),
    "markup": ("Mark-up on purchases abroad", "货币转换费", "fx_markup"),
    "late": ("Late charges", "违约金(滞纳金)", "late_share"),
    "over-limit": ("Over-limit charges", "超限费", "over_limit_share"),
}
_YEAR = 365


class CreditCard(Product):
    """Statements over the tenor; what is open at its end is paid then.

    Flows are purchases and cash received, and everything paid but fees, which stand as fees. A row of
    the schedule is a statement: its payment is what the holder paid, split into interest, charges and
    the rest, so that closing = opening + spent − principal.
    """

    deciding_fields = ("grade", "statement_day")

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The account run from the value date to the end of the tenor."""
        account, rules = self._run(ctx, terms), self._rules(ctx)
        made = account.statements
        for statement in made:
            if statement.balance > rules.limit:
                ctx.warn(
                    f"the statement of {statement.on} owes {statement.balance.grouped()},"
                    f" over the limit of {rules.limit.grouped()}"
                )
        interest = Money.total((each.interest for each in made), "CNY")
        ctx.explain(
            "totals.interest",
            interest,
            "daily balances from posting × daily rate, rounded once a statement",
            {"daily_rate": rules.daily_rate, "statements": len(made)},
        )
        totals = {
            "principal": Money.total((each.spent for each in made), "CNY"),
            "interest": interest,
        }
        rows, flows = _rows(made, terms.start), self._flows(ctx, account)
        return Contract("CNY", flows, totals, rows, self._results(ctx, rules, made))

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Cash, mark-up, late and over-limit charges, and the yearly fee of each year begun."""
        account = self._run(ctx, terms)
        closings = [each.on for each in account.statements]
        made = []
        for code, notes in account.fees.items():
            by_statement: dict[date, list[tuple[Money, str]]] = {}
            for day, fee, words in notes:
                by_statement.setdefault(next(on for on in closings if on >= day), []).append(
                    (fee, words)
                )
            name, name_zh, figure = _NAMES[code]
            for due, parts in by_statement.items():
                total = Money.total((fee for fee, _ in parts), "CNY")
                formula = " + ".join(words for _, words in parts)
                made.append(
                    Fee(code, name, name_zh, total, formula, ctx.source("figures", figure), due=due)
                )
        start = terms.start
        while start < ctx.ask.maturity:
            until = add_months(start, 12)
            made.append(self._annual(ctx, start, until))
            start = until
        return made

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """Cash of each day within the daily limit; the first day above it, or the one with most cash."""
        by_day: dict[date, Money] = {}
        for row in ctx.ask.get("postings", ()):
            if row["kind"] == "cash":
                by_day[row["date"]] = by_day.get(row["date"], Money.zero()) + row["amount"]
        if not by_day:
            return ()
        most = Money.of(ctx.figure("cash_per_day"))
        over = [day for day in sorted(by_day) if by_day[day] > most]
        day = over[0] if over else max(by_day, key=lambda each: (by_day[each], each))
        return (
            verdict(
                ctx,
                "cash-per-day",
                not over,
                (f"Cash of at most {most.grouped()} a day", f"每日取现不超过{most.grouped()}元"),
                source=ctx.source("figures", "cash_per_day"),
                found={"cash_day": day, "cash_drawn": by_day[day]},
            ),
        )

    def _flows(self, ctx: QuoteContext, account: CardAccount) -> tuple[Flow, ...]:
        """Postings, and at the end what closes the account, without the charges that stand as fees."""
        flows = [
            Flow(
                row["date"],
                -row["amount"] if row["kind"] == "payment" else row["amount"],
                row["kind"],
            )
            for row in self._postings(ctx)
        ]
        charges = Money.total((each.charges for each in account.statements), "CNY")
        last = account.statements[-1]
        if last.balance != charges:
            flows.append(Flow(last.on, charges - last.balance, "balance at the end, fees apart"))
        return tuple(sorted(flows, key=lambda flow: flow.on))

    def _results(
        self, ctx: QuoteContext, rules: CardRules, made: Sequence[Statement]
    ) -> tuple[Result, ...]:
        last = made[-1]
        results = [
            Result("balance", "Balance at the end", "期末欠款", last.balance),
            Result("minimum", "Minimum payment then", "期末最低还款额", last.minimum),
            Result("annual_rate", "Interest a year (365 days)", "折合年利率", rules.daily_rate * _YEAR, "rate"),
        ]  # fmt: skip
        for number, statement in enumerate(made[:-1], 1):
            day, code = statement.on, f"statement_{number}"
            label = f"Minimum payment of the statement of {day}"
            results.append(
                Result(f"{code}_minimum", label, f"{day}账单最低还款额", statement.minimum)
            )
            label = f"Due day of the statement of {day}"
            results.append(
                Result(f"{code}_due", label, f"{day}账单到期还款日", statement.due, "date")
            )
        bought = [
            r["date"] for r in ctx.ask.get("postings", ()) if r["kind"] in ("purchase", "abroad")
        ]
        if bought:
            days = free_days(rules, min(bought))
            results.append(
                Result(
                    "free_days", "Free days of the first purchase", "首笔消费免息天数", days, "days"
                )
            )
        return tuple(results)

    def _rules(self, ctx: QuoteContext) -> CardRules:
        return CardRules(
            limit=ctx.ask.amount,
            statement_day=ctx.ask["statement_day"],
            due_days=int(ctx.figure("due_days")),
            daily_rate=ctx.ask.get("agreed_daily_rate", ctx.figure("daily_rate")),
            minimum_share=ctx.figure("minimum_share"),
            minimum_cash_share=ctx.figure("minimum_cash_share"),
            minimum_charge_share=ctx.figure("minimum_charge_share"),
            late_share=ctx.figure("late_share"),
            late_minimum=Money.of(ctx.figure("late_minimum")),
            over_limit_share=ctx.figure("over_limit_share"),
            cash_share=ctx.figure("cash_fee"),
            cash_minimum=Money.of(ctx.figure("cash_minimum")),
            markup=ctx.figure("fx_markup"),
            compound=bool(ctx.lookup("figure.compound")),
            over_limit_ends_free=bool(ctx.lookup("figure.over_limit_ends_free")),
            arrears=bool(ctx.lookup("figure.minimum_arrears")),
        )

    def _postings(self, ctx: QuoteContext) -> Sequence[Mapping[str, Any]]:
        """The ask's postings in yuan; one abroad with a currency at the bank's selling rate of the day."""
        made = []
        for number, row in enumerate(ctx.ask.get("postings", ()), 1):
            check_kind(row["kind"], f"postings[{number}]")
            currency = row.get("currency", "CNY").upper()
            if currency == "CNY":
                made.append(row)
                continue
            where = f"postings[{number}].currency"
            if row["kind"] != "abroad":
                raise InputError(f"{where}: only kind abroad takes one, {row['kind']} is in CNY")
            try:
                rate = ctx.reference("fx", column=f"{currency}/CNY", side="ask")
            except InputError as error:
                raise InputError(f"{where}: {error}") from error
            amount = Money.rounded(Fraction(row["amount"].amount) * Fraction(rate))
            ctx.explain(
                f"postings.{number}",
                amount,
                "amount abroad × selling rate of the day",
                {"amount": row["amount"].amount, "currency": currency, "rate": rate},
            )
            made.append({**row, "amount": amount})
        return made

    def _run(self, ctx: QuoteContext, terms: Terms) -> CardAccount:
        end = add_days(ctx.ask.maturity, -1)
        if end <= terms.start:
            raise InputError(f"tenor: {ctx.ask.tenor} is too short to hold a statement")
        account = CardAccount(self._rules(ctx))
        account.run(self._postings(ctx), terms.start, end)
        return account

    def _annual(self, ctx: QuoteContext, start: date, until: date) -> Fee:
        """The fee of one year, waived by enough uses in it where the grade of the card allows."""
        fee = Money.of(ctx.figure("annual_fee", key=ctx.ask["grade"]))
        uses = sum(
            row["kind"] != "payment" and start <= row["date"] < until
            for row in ctx.ask.get("postings", ())
        )
        needed = int(ctx.figure("uses_for_waiver", key=ctx.ask["grade"]))
        waived = bool(needed) and uses >= needed
        words = f"{fee.grouped()} a year"
        if waived:
            words = f"waived ({uses} uses, {needed} needed); would be {words}"
        return Fee(
            "annual",
            "Yearly fee",
            "年费",
            Money.zero() if waived else fee,
            words,
            ctx.source("figures", "annual_fee"),
            due=start,
            waived=fee if waived else None,
        )


def _rows(made: Sequence[Statement], start: date) -> tuple[PlainRow, ...]:
    """A row a statement; the charges, being fees due on its day, are added by the core.

    The core keeps fees of the value date out of the rows, so a statement of that day states its own.
    """
    rows, before = [], start
    for number, each in enumerate(made, 1):
        principal = each.paid - each.interest - each.charges
        own = each.charges if each.on == start else Money.zero()
        rows.append(
            PlainRow(
                number,
                each.on,
                (each.on - before).days,
                each.opening.amount,
                principal.amount,
                each.interest.amount,
                own.amount,
                (each.paid - each.charges + own).amount,
                each.balance.amount,
            )
        )
        before = each.on
    return tuple(rows)


plugin = CreditCard()
