"""Credit card (信用卡): a simulation of statements from postings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.products.results import PlainRow
from catalogue.products.revolving_card import CardAccount, CardRules, free_days
from catalogue.values import add_days

_NAMES = {
    "cash": ("Cash advances", "取现手续费", "cash_fee"),
    "markup": ("Mark-up on purchases abroad", "货币转换费", "fx_markup"),
    "late": ("Late charges", "违约金(滞纳金)", "late_share"),
}


class CreditCard(Product):
    """Statements over the tenor; what is open at its end is paid then.

    Flows are purchases and cash received, and everything paid but fees, which stand as fees.
    """

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The account run from the value date to the end of the tenor."""
        account, rules, end = (
            self._run(ctx, terms),
            self._rules(ctx),
            add_days(ctx.ask.maturity, -1),
        )
        limit, worst = (
            ctx.ask.amount,
            max((s.balance for s in account.statements), default=Money.zero()),
        )
        if worst > limit:
            ctx.warn(f"the balance reaches {worst.grouped()}, over the limit of {limit.grouped()}")
        interest = Money.total((s.interest for s in account.statements), "CNY")
        spent = Money.total((s.spent for s in account.statements), "CNY")
        last = account.statements[-1]
        flows = [
            Flow(row["date"], row["amount"] * (-1 if row["kind"] == "payment" else 1), row["kind"])
            for row in ctx.ask.get("postings", ())
        ]
        charges = Money.total(
            (fee for notes in account.fees.values() for _, fee, _ in notes), "CNY"
        )
        open_part = last.balance - charges
        if open_part:
            flows.append(Flow(end, -open_part, "balance at the end, fees apart"))
        results = [
            Result("balance", "Balance at the end", "期末欠款", last.balance),
            Result("minimum", "Minimum payment then", "期末最低还款额", last.minimum),
        ]
        purchases = [
            row["date"]
            for row in ctx.ask.get("postings", ())
            if row["kind"] in ("purchase", "abroad")
        ]
        if purchases:
            results.append(
                Result(
                    "free_days",
                    "Free days of the first purchase",
                    "首笔消费免息天数",
                    free_days(rules, purchases[0]),
                    "days",
                )
            )
        ctx.explain(
            "totals.interest",
            interest,
            "daily balances from posting × daily rate, rounded once a statement",
            {"daily_rate": str(rules.daily_rate), "statements": len(account.statements)},
        )
        rows = self._rows(account, terms)
        totals = {"principal": spent, "interest": interest}
        return Contract(
            "CNY", tuple(sorted(flows, key=lambda f: f.on)), totals, rows, tuple(results)
        )

    def _rows(self, account: CardAccount, terms: Terms) -> tuple[PlainRow, ...]:
        """A row a statement: what was paid splits into interest, charges and the rest."""
        rows, before = [], terms.start
        for n, s in enumerate(account.statements, 1):
            principal = s.paid.amount - s.interest.amount
            rows.append(
                PlainRow(
                    n,
                    s.on,
                    (s.on - before).days,
                    s.opening.amount,
                    principal,
                    s.interest.amount,
                    Decimal("0.00"),
                    s.paid.amount,
                    s.balance.amount,
                )
            )
            before = s.on
        return tuple(rows)

    def _rules(self, ctx: QuoteContext) -> CardRules:
        return CardRules(
            ctx.ask["statement_day"],
            int(ctx.figure("due_days")),
            Fraction(ctx.ask.get("agreed_daily_rate", ctx.figure("daily_rate"))),
            Fraction(ctx.figure("minimum_share")),
            Fraction(ctx.figure("late_share")),
            Money.of(ctx.figure("late_minimum")),
            Fraction(ctx.figure("cash_fee")),
            Money.of(ctx.figure("cash_minimum")),
            Fraction(ctx.figure("fx_markup")),
        )

    def _run(self, ctx: QuoteContext, terms: Terms) -> CardAccount:
        postings = sorted(ctx.ask.get("postings", ()), key=lambda row: row["date"])
        end = add_days(ctx.ask.maturity, -1)
        if end <= terms.start:
            raise InputError(f"tenor: {ctx.ask.tenor} is too short to hold a statement")
        account = CardAccount(self._rules(ctx))
        account.run(postings, terms.start, end)
        return account

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Cash, mark-up, late charges, and the yearly fee unless the card is used often enough."""
        made = []
        for code, notes in self._run(ctx, terms).fees.items():
            name, name_zh, figure = _NAMES[code]
            total = Money.total((fee for _, fee, _ in notes), "CNY")
            formula = " + ".join(words for _, _, words in notes)
            made.append(
                Fee(
                    code,
                    name,
                    name_zh,
                    total,
                    formula,
                    ctx.source("figures", figure),
                    due=notes[0][0],
                )
            )
        return [*made, self._annual(ctx, terms)]

    def _annual(self, ctx: QuoteContext, terms: Terms) -> Fee:
        fee = Money.of(ctx.figure("annual_fee", key=ctx.ask["grade"]))
        uses = sum(1 for row in ctx.ask.get("postings", ()) if row["kind"] != "payment")
        needed = int(ctx.figure("uses_for_waiver"))
        waived = ctx.ask["grade"] != "platinum" and uses >= needed
        words = f"{fee.grouped()} a year"
        return Fee(
            "annual",
            "Yearly fee",
            "年费",
            Money.zero() if waived else fee,
            f"waived ({uses} uses, {needed} needed); would be {words}" if waived else words,
            ctx.source("figures", "annual_fee"),
            due=terms.start,
            waived=fee if waived else None,
        )


plugin = CreditCard()
