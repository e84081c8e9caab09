"""Kinds of deposit that several products share: time, demand, notice, agreement, certificate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths import (
    agreement_deposit_interest,
    auto_renewal,
    certificate_interest,
    certificate_transfer,
    demand_interest,
    notice_withdrawal,
    term_interest,
    time_withdrawal,
)
from catalogue.maths.deposit_certificate import Payment
from catalogue.maths.deposit_demand import DemandInterest, SettlementRule
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Deposit, posting_row
from catalogue.products.results import Contract, QuotedRate, Result, Terms
from catalogue.values import Money


class TimeDeposit(Deposit):
    """Lump sum for a fixed tenor: to maturity, drawn early (whole or part), late, or renewed."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest to maturity, or to `withdraw_on`."""
        amount, rate = ctx.ask.amount.amount, terms.rate.annual if terms.rate else Decimal(0)
        maturity, on = ctx.ask.maturity, ctx.ask.get("withdraw_on")
        if on is not None and on > maturity and ctx.ask.get("renew"):
            return self._renewed(ctx, terms, on)
        full = term_interest(
            amount, rate, start=terms.start, end=maturity, tax_rate=self.tax(ctx),
            day_count=self.day_count(ctx), currency=terms.currency,
        )  # fmt: skip
        results = [
            Result(
                "at_maturity",
                "Received at maturity",
                "到期实得本息",
                Money.of(full.paid, terms.currency),
            )
        ]
        if on is None:
            return self.contract(
                ctx, terms, paid_in=[(terms.start, amount)], received=[(maturity, full.paid, "repayment")],
                interest=[full], results=[*results, *self.early_results(ctx, terms, amount, rate, maturity)],
            )  # fmt: skip
        return self._drawn(ctx, terms, on, results)

    def day_count(self, ctx: QuoteContext) -> str:
        """The day count of the contract rate."""
        return ctx.term("day_count", "30/360")

    def _drawn(self, ctx: QuoteContext, terms: Terms, on: date, results: list[Result]) -> Contract:
        amount, rate = ctx.ask.amount.amount, terms.rate.annual if terms.rate else Decimal(0)
        part = ctx.ask["withdraw_amount"].amount if "withdraw_amount" in ctx.ask else None
        made = time_withdrawal(
            amount, rate, start=terms.start, maturity=ctx.ask.maturity, on=on, amount=part,
            demand_rate=self.demand_rate(ctx), day_count=self.day_count(ctx), tax_rate=self.tax(ctx),
            currency=terms.currency,
        )  # fmt: skip
        received = [(on, made.interest.paid, "withdrawal")]
        interest = [made.interest]
        drawn = Money.of(made.interest.paid, terms.currency)
        results.append(Result("withdrawn", "Received on withdrawal", "支取实得本息", drawn))
        if made.rest:
            rest = term_interest(
                made.rest, rate, start=terms.start, end=ctx.ask.maturity, tax_rate=self.tax(ctx),
                day_count=self.day_count(ctx), currency=terms.currency, reason="the rest, contract rate",
            )  # fmt: skip
            received.append((ctx.ask.maturity, rest.paid, "repayment of the rest"))
            interest.append(rest)
            left = Money.of(made.rest, terms.currency)
            results.append(Result("rest", "Left at the contract rate", "剩余本金按原利率", left))
        return self.contract(
            ctx,
            terms,
            paid_in=[(terms.start, amount)],
            received=received,
            interest=interest,
            results=results,
        )

    def _renewed(self, ctx: QuoteContext, terms: Terms, on: date) -> Contract:
        amount, rate = ctx.ask.amount.amount, terms.rate.annual if terms.rate else Decimal(0)
        made = auto_renewal(
            amount, rate, start=terms.start, tenor=str(ctx.ask.tenor), on=on, demand_rate=self.demand_rate(ctx),
            tax_rate=self.tax(ctx), currency=terms.currency,
        )  # fmt: skip
        ctx.warn("renewals are priced at today's rate; each will bear the rate of its own day")
        paid = Money.of(made.paid, terms.currency)
        return self.contract(
            ctx, terms, paid_in=[(terms.start, amount)], received=[(on, made.paid, "withdrawal")],
            interest=[*(term.interest for term in made.terms), *filter(None, [made.unfinished])],
            results=[
                Result("withdrawn", "Received on withdrawal, renewed at each maturity",
                       "自动转存后支取实得本息", paid),
            ],
        )  # fmt: skip


class DemandDeposit(Deposit):
    """Paid in and drawn at will; interest on daily balances, posted on the settlement days."""

    column = "demand"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Postings from the first payment to the end of the tenor, when the account is closed."""
        moves, rate = movements(ctx, terms), terms.rate.annual if terms.rate else Decimal(0)
        made = demand_interest(
            moves, rate, end=ctx.ask.maturity, rule=settlement_rule(ctx), tax_rate=self.tax(ctx),
            base_unit=1 if ctx.term("base_unit", "none") == "yuan" else None,
            year_days=int(ctx.term("year_days", "360")), currency=terms.currency,
        )  # fmt: skip
        return self.settled(ctx, terms, moves, made)

    def settled(
        self,
        ctx: QuoteContext,
        terms: Terms,
        moves: list[tuple[date, Decimal]],
        made: DemandInterest,
    ) -> Contract:
        """The contract from the postings of an account that is closed at the end."""
        rows = [
            posting_row(n, p.start, p.end, p.balance - p.interest.net, p.interest.gross, Decimal(0))
            for n, p in enumerate(made.postings, 1)
        ]
        rows = [attrs.evolve(row, closing=row.opening + row.interest) for row in rows]
        received = [
            *((day, -amount, "withdrawal") for day, amount in moves if amount < 0),
            (ctx.ask.maturity, made.balance, "closing"),
        ]
        results = [
            Result("postings", "Interest postings", "结息次数", len(made.postings), "number"),
            Result(
                "closing", "Received on closing", "销户实得", Money.of(made.balance, terms.currency)
            ),
        ]
        return self.contract(
            ctx, terms, paid_in=[(day, amount) for day, amount in moves if amount > 0], received=received,
            interest=[posting.interest for posting in made.postings], rows=rows, results=results,
        )  # fmt: skip


class AgreementDeposit(DemandDeposit):
    """A basic amount at the demand rate, what exceeds it at the agreed rate."""

    column = "agreement"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Both tiers on every day's balance, settled quarterly."""
        moves, agreed = movements(ctx, terms), terms.rate.annual if terms.rate else Decimal(0)
        basic = ctx.ask["basic_amount"]
        made = agreement_deposit_interest(
            moves, basic_amount=basic.amount, demand_rate=self.demand_rate(ctx), agreed_rate=agreed,
            end=ctx.ask.maturity, tax_rate=self.tax(ctx), currency=terms.currency,
        )  # fmt: skip
        contract = self.settled(ctx, terms, moves, made)
        plain = demand_interest(
            moves, self.demand_rate(ctx), end=ctx.ask.maturity, currency=terms.currency
        )
        more = Money.of(made.gross, terms.currency) - Money.of(plain.gross, terms.currency)
        gain = Result("gain", "More interest than on a demand deposit", "较活期多得利息", more)
        return attrs.evolve(contract, results=(gain, *contract.results))


class NoticeDeposit(Deposit):
    """Drawn after one or seven days' notice; a broken notice bears the demand rate."""

    def rate_column(self, ctx: QuoteContext) -> str:
        """The column of the notice kind."""
        return f"notice-{ctx.ask['notice_days']}d"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest of what is drawn on `withdraw_on` (default: the end of the tenor, properly notified)."""
        ask, amount = ctx.ask, ctx.ask.amount.amount
        notice_days = int(ask["notice_days"])
        on = ask.get("withdraw_on") or ask.maturity
        options: dict[str, Any] = {
            name: ask[name].amount for name in ("notice_amount",) if name in ask
        }
        stated = ask.get("notice_on")
        proper = date.fromordinal(max(on.toordinal() - notice_days, terms.start.toordinal()))
        made = notice_withdrawal(
            amount, terms.rate.annual if terms.rate else Decimal(0), start=terms.start, on=on,
            notice_days=notice_days, demand_rate=self.demand_rate(ctx),
            notice_on=None if ask.get("without_notice") else stated or proper,
            notice_for=ask.get("notice_for"),
            amount=ask["withdraw_amount"].amount if "withdraw_amount" in ask else None,
            minimum_amount=ctx.figure("least_withdrawal"), minimum_balance=ctx.figure("least_balance"),
            tax_rate=self.tax(ctx), currency=terms.currency, **options,
        )  # fmt: skip
        for reason in made.broken:
            ctx.warn(f"notice: {reason}: that part bears the demand rate")
        paid = Money.of(made.interest.paid, terms.currency)
        results = [
            Result("withdrawn", "Received on withdrawal", "支取实得本息", paid),
            Result("broken", "Notice broken", "是否违约支取", bool(made.broken), "bool"),
        ]
        received = [(on, made.interest.paid, "withdrawal")]
        if made.rest:
            left = Money.of(made.rest, terms.currency)
            results.append(Result("rest", "Left in the deposit", "剩余存款", left))
            received.append((on, made.rest, "left in the deposit, its interest runs on"))
        return self.contract(
            ctx, terms, paid_in=[(terms.start, amount)], received=received, interest=[made.interest],
            results=results,
        )  # fmt: skip


class CertificateDeposit(TimeDeposit):
    """A large certificate: interest at maturity or by period, drawn early, or transferred."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Payments of the certificate; `withdraw_on` as for a time deposit, `transfer_on` prices a transfer."""
        payment = ctx.ask.get("interest_payment", "at-maturity")
        if "withdraw_on" in ctx.ask and payment != "at-maturity":
            raise InputError(
                "withdraw_on: a certificate with interest by period is transferred, not drawn early"
            )
        if payment == "at-maturity":
            return self._with_transfer(ctx, terms, super().price(ctx, terms))
        return self.by_period(ctx, terms, payment)

    def by_period(self, ctx: QuoteContext, terms: Terms, payment: Payment) -> Contract:
        """Interest paid every period, the principal at maturity."""
        amount, rate = ctx.ask.amount.amount, terms.rate.annual if terms.rate else Decimal(0)
        made = certificate_interest(
            amount, rate, start=terms.start, maturity=ctx.ask.maturity, payment=payment,
            day_count=self.day_count(ctx), tax_rate=self.tax(ctx), currency=terms.currency,
        )  # fmt: skip
        rows, before = [], terms.start
        for n, (due, part) in enumerate(made.payments, 1):
            last = due == ctx.ask.maturity
            rows.append(
                posting_row(
                    n, before, due, amount, part.gross, part.gross + (amount if last else 0)
                )
            )
            before = due
        received = [(due, part.net, "interest") for due, part in made.payments]
        received.append((ctx.ask.maturity, amount, "repayment"))
        first = Money.of(made.payments[0][1].net, terms.currency)
        return self.contract(
            ctx, terms, paid_in=[(terms.start, amount)], received=received,
            interest=[part for _, part in made.payments], rows=rows,
            results=[Result("each_payment", "Interest a period", "每期利息", first)],
        )  # fmt: skip

    def _with_transfer(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Contract:
        on = ctx.ask.get("transfer_on")
        if on is None:
            return contract
        price = certificate_transfer(
            ctx.ask.amount.amount, terms.rate.annual if terms.rate else Decimal(0), start=terms.start,
            maturity=ctx.ask.maturity, on=on, buyer_rate=ctx.ask.need("buyer_rate"), currency=terms.currency,
        )  # fmt: skip
        made = Result(
            "transfer_price", "Price of a transfer", "转让价格", Money.of(price, terms.currency)
        )
        return attrs.evolve(contract, results=(*contract.results, made))


class ListedCertificate(CertificateDeposit):
    """A certificate whose rates and demand rate are figures of its own definition."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The listed rate of the tenor."""
        annual = ctx.figure("listed", key=str(ctx.ask.tenor))
        return QuotedRate(annual, reference=f"{ctx.code} {ctx.ask.tenor}")

    def demand_rate(self, ctx: QuoteContext) -> Decimal:
        """What early withdrawals bear."""
        return ctx.figure("demand_rate")


def settlement_rule(ctx: QuoteContext) -> SettlementRule:
    """When interest is posted, by the definition's [terms]: quarterly, yearly or dated."""
    stated = ctx.term("settlement")
    rules: dict[str, SettlementRule] = {
        "quarterly": "quarterly",
        "yearly": "yearly",
        "dated": "dated",
    }
    if stated not in rules:
        raise InputError(
            f"{ctx.code}: terms.settlement {stated!r} is not one of {', '.join(rules)}"
        )
    return rules[stated]


def movements(ctx: QuoteContext, terms: Terms) -> list[tuple[date, Decimal]]:
    """The amount on the value date, then the ask's movements (drawn negative)."""
    rows = [(row["date"], row["amount"].amount) for row in ctx.ask.get("movements", ())]
    return [(terms.start, ctx.ask.amount.amount), *rows]
