"""Accounts on demand: interest on daily balances, posted on the settlement days; agreement deposits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths import agreement_deposit_interest, demand_interest
from catalogue.maths.deposit_demand import DemandInterest, SettlementRule
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Deposit, Outcome, Parts
from catalogue.products.deposit_rates import Steps, rate_path, shifted
from catalogue.products.deposit_rows import Ledger
from catalogue.products.results import Result, Terms, annual
from catalogue.values import Money

Movements = list[tuple[date, Decimal]]
_RULES: dict[str, SettlementRule] = {
    "quarterly": "quarterly",
    "yearly": "yearly",
    "dated": "dated",
}


class DemandDeposit(Deposit):
    """Paid in and drawn at will until the end of the tenor, when the account is closed.

    The ask's `movements` (rows of date and amount, drawn below zero) follow its `amount`. Terms of the
    definition: `settlement` (quarterly, yearly, dated); `base_unit` yuan where fen bear no interest;
    `rate_changes` by-day where each day bears its own rate; `year_days`, 360 if left out.
    """

    column = "demand"
    has_term = False

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """The postings of the account."""
        moves = movements(ctx, terms)
        return account_outcome(ctx, terms, moves, self.settled(ctx, terms, moves))

    def settled(self, ctx: QuoteContext, terms: Terms, moves: Movements) -> DemandInterest:
        """Interest at the demand rate; a settlement bears that of its day, or each day its own."""
        path = shifted(rate_path(ctx, until=ctx.ask.maturity, column="demand"), annual(terms))
        return self.on_demand(ctx, terms, moves, path)

    def on_demand(
        self, ctx: QuoteContext, terms: Terms, moves: Movements, path: Steps
    ) -> DemandInterest:
        """The same balances at a path of demand rates."""
        return demand_interest(
            moves,
            path,
            end=ctx.ask.maturity,
            rule=settlement_rule(ctx),
            tax_rate=self.tax(ctx),
            base_unit=1 if ctx.term("base_unit", "none") == "yuan" else None,
            rate_rule="segment"
            if ctx.term("rate_changes", "none") == "by-day"
            else "settlement-day",
            year_days=int(ctx.term("year_days", "360")),
            currency=terms.currency,
        )


class AgreementDeposit(DemandDeposit):
    """The ask's `basic_amount` at the demand rate, what exceeds it at the agreed rate, settled quarterly."""

    column = "agreement"

    def settled(self, ctx: QuoteContext, terms: Terms, moves: Movements) -> DemandInterest:
        """Both tiers on every day's balance."""
        return agreement_deposit_interest(
            moves,
            basic_amount=ctx.ask["basic_amount"].amount,
            end=ctx.ask.maturity,
            demand_rate=rate_path(ctx, until=ctx.ask.maturity, column="demand"),
            agreed_rate=shifted(
                rate_path(ctx, until=ctx.ask.maturity, column="agreement"), annual(terms)
            ),
            tax_rate=self.tax(ctx),
            year_days=int(ctx.term("year_days", "360")),
            currency=terms.currency,
        )

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """The postings, with the interest of each tier and the gain over a demand deposit."""
        moves = movements(ctx, terms)
        made = self.settled(ctx, terms, moves)
        plain = self.on_demand(
            ctx, terms, moves, rate_path(ctx, until=ctx.ask.maturity, column="demand")
        )
        tiers = {"demand rate": Decimal(0), "agreed rate": Decimal(0)}
        for posting in made.postings:
            for line in posting.interest.parts:
                tiers[line.reason] += line.interest

        def shown(code: str, label: str, label_zh: str, amount: Decimal) -> Result:
            return Result(code, label, label_zh, Money.rounded(amount, terms.currency))

        basic_rate = self.listed(ctx, "demand")
        tier_results = [
            Result("basic_rate", "Rate of the basic amount", "基本额度利率", basic_rate, "rate"),
            shown("basic_interest", "Interest of the basic amount", "基本额度利息", tiers["demand rate"]),
            shown("agreed_interest", "Interest of the agreed part", "协定部分利息", tiers["agreed rate"]),
            shown("gain", "More interest than on a demand deposit", "较活期多得利息", made.gross - plain.gross),
        ]  # fmt: skip
        return account_outcome(ctx, terms, moves, made, tier_results)


def account_outcome(
    ctx: QuoteContext,
    terms: Terms,
    moves: Movements,
    made: DemandInterest,
    more: list[Result] | None = None,
    *,
    closed: date | None = None,
) -> Outcome:
    """The outcome of an account that is closed on a day, by default that of maturity."""
    closed = closed or ctx.ask.maturity
    ledger = Ledger(terms.start, moves[0][1], terms.currency)
    # a movement of a posting's day comes after the posting, which is made before business
    events = [(posting.end, 0, posting.interest.net) for posting in made.postings]
    events += [(day, 1, amount) for day, amount in moves[1:]]
    for day, kind, amount in sorted(events, key=lambda event: event[:2]):
        if kind == 1:
            ledger.post(day, paid=-amount)
        else:
            ledger.post(day, interest=amount, paid=made.balance if day == closed else Decimal(0))
    received = [
        *((day, -amount, "withdrawal") for day, amount in moves if amount < 0),
        (closed, made.balance, "closing"),
    ]
    balance = Money.of(made.balance, terms.currency)
    results = [
        *(more or []),
        Result("postings", "Interest postings", "结息次数", len(made.postings), "number"),
        Result("closing", "Received on closing", "销户实得", balance),
    ]
    paid_in = [(day, amount) for day, amount in moves if amount > 0]
    interest = [posting.interest for posting in made.postings]
    return Outcome(paid_in, received, interest, ledger.rows, results)


def settlement_rule(ctx: QuoteContext) -> SettlementRule:
    """When interest is posted, by the definition's [terms]: quarterly, yearly or dated."""
    stated = ctx.term("settlement")
    if stated not in _RULES:
        allowed = ", ".join(_RULES)
        raise InputError(f"{ctx.code}: terms.settlement {stated!r} is not one of {allowed}")
    return _RULES[stated]


def movements(ctx: QuoteContext, terms: Terms) -> Movements:
    """The amount on the value date, then the ask's movements (drawn negative) by date."""
    rows = [(row["date"], row["amount"].amount) for row in ctx.ask.get("movements", ())]
    for day, _ in rows:
        if not terms.start <= day < ctx.ask.maturity:
            raise InputError(
                f"movements: {day} is not from {terms.start} on and before the closing on"
                f" {ctx.ask.maturity}"
            )
    return [(terms.start, ctx.ask.amount.amount), *sorted(rows)]
