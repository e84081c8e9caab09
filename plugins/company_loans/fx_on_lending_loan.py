"""Foreign-exchange on-lending loan (外汇转贷款): two currencies, half-yearly, its cost in yuan by path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import attrs

from catalogue import Contract, Fee, InputError, Money, QuoteContext, QuotedRate, Result, Terms
from catalogue.errors import RateError
from catalogue.maths import apr
from catalogue.products.commitment import staged_commitment_fees
from catalogue.products.fees import definition_fees
from catalogue.products.loan import Loan, need_amount
from catalogue.products.solved import rate_figure

Path = Sequence[tuple[date, Decimal]]
# A path this many times over or under today's rate is one for 100 units (yen), or the inverse.
_FARTHEST = 10


class FxOnLendingLoan(Loan):
    """The foreign lender's rate and the bank's margin, repaid in equal half-yearly parts."""

    default_method = "equal-principal"
    default_frequency = "semiannual"

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """Base rate and margin; the ask may state an agreed margin."""
        base, listed = ctx.ask["base_rate"], ctx.figure("margin")
        margin = ctx.ask.get("margin", listed)
        ctx.explain(
            "rate.annual",
            base + margin,
            "rate of the foreign lender + on-lending margin",
            {"base": base, "margin": margin, "listed_margin": listed},
        )
        return QuotedRate(base + margin, None, "foreign lender", margin)

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The loan in its currency, and what it comes to in yuan on each path."""
        contract = super().price(ctx, terms)
        fees = [
            *definition_fees(ctx, terms, terms.currency),
            *self.fees(ctx, terms, contract),
        ]
        made = list(contract.results)
        paths = named_paths(ctx)
        for number, (name, path) in enumerate(paths.items(), 1):
            suffix = f"_{number}" if len(paths) > 1 else ""
            made += _in_yuan(ctx, contract, fees, path, suffix, name)
        return attrs.evolve(contract, results=tuple(made))

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commitment fee on what is undrawn, until the last drawdown."""
        return [
            *super().fees(ctx, terms, contract),
            *staged_commitment_fees(ctx, need_amount(terms), contract),
        ]


def named_paths(ctx: QuoteContext) -> dict[str, Path]:
    """The paths of the exchange rate by name, each by date; one without steps if none is given.

    Raises:
        InputError: a rate that is not above zero, or is so far from today's that it must be for
            another number of units; a day that stands twice in one path.
    """
    today = ctx.fx_mid(ctx.ask.currency)
    made: dict[str, dict[date, Decimal]] = {}
    for number, row in enumerate(ctx.ask.get("fx_path", ()), 1):
        steps = made.setdefault(row.get("path", ""), {})
        if row["rate"] <= 0:
            raise InputError(f"fx_path[{number}].rate: {row['rate']} is not above 0")
        if not today / _FARTHEST < row["rate"] < today * _FARTHEST:
            raise InputError(
                f"fx_path[{number}].rate: {row['rate']} is far from today's {today};"
                f" state yuan for 1 {ctx.ask.currency}"
            )
        if row["date"] in steps:
            raise InputError(f"fx_path[{number}].date: {row['date']} stands twice in one path")
        steps[row["date"]] = row["rate"]
    return {name: sorted(steps.items()) for name, steps in made.items()} or {"": []}


def _in_yuan(
    ctx: QuoteContext,
    contract: Contract,
    fees: Sequence[Fee],
    path: Path,
    suffix: str,
    name: str,
) -> list[Result]:
    """Received, paid by row and in all, the cost as an amount and a year, in yuan on one path."""
    today = ctx.fx_mid(contract.currency)

    def yuan(day: date, amount: Money) -> Money:
        rate = next((rate for on, rate in reversed(path) if on <= day), today)
        return Money.rounded(amount.amount * rate, "CNY")

    first = contract.flows[0].on
    flows = [(flow.on, yuan(flow.on, flow.amount)) for flow in contract.flows]
    flows += [(fee.due or first, -yuan(fee.due or first, fee.amount)) for fee in fees]
    received = Money.total((amount for _, amount in flows if amount.minor > 0), "CNY")
    paid = Money.total((-amount for _, amount in flows if amount.minor < 0), "CNY")
    if path and path[0][0] > max(day for day, _ in flows):
        ctx.warn(
            f"fx_path: {name or 'the path'} begins after the last payment; today's rate was used"
        )
    ctx.explain(
        f"result.cny_paid{suffix}",
        paid,
        "payments and fees × yuan for one unit on their days, each rounded to the fen",
        {"today": today, "path": {str(on): rate for on, rate in path}, "name": name},
    )
    ctx.explain(
        f"result.cny_cost{suffix}",
        paid - received,
        "paid in yuan − received in yuan, drawdowns at the rates of their days",
        {"paid": paid, "received": received},
    )
    words = (f" ({name})" if name else "", f"({name})" if name else "")
    made = [
        Result(f"cny_received{suffix}", f"Received in yuan{words[0]}", f"人民币收款{words[1]}", received),
        Result(f"cny_paid{suffix}", f"Paid in yuan{words[0]}", f"人民币还款{words[1]}", paid),
        Result(
            f"cny_cost{suffix}",
            f"Cost in yuan: interest, fees and the change of the rate{words[0]}",
            f"人民币总成本(利息、费用及汇兑损益){words[1]}",
            paid - received,
        ),
        *(
            Result(
                f"cny_payment{suffix}_{number}",
                f"Paid in yuan on {due}{words[0]}",
                f"{due}人民币还款{words[1]}",
                -Money.total((amount for on, amount in flows if on == due and amount.minor < 0), "CNY"),
            )
            for number, due in enumerate(_due_dates(contract), 1)
        ),
    ]  # fmt: skip
    try:
        cost = rate_figure(apr([(day, amount.amount) for day, amount in flows]))
    except RateError as error:
        ctx.warn(f"cny_apr{suffix}: {error}")
        return made
    ctx.explain(f"result.cny_apr{suffix}", cost, "rate that makes all flows in yuan worth nothing")
    label = (f"Annual cost in yuan with fees{words[0]}", f"人民币综合年化成本{words[1]}")
    return [*made, Result(f"cny_apr{suffix}", *label, cost, "rate")]


def _due_dates(contract: Contract) -> Sequence[date]:
    """The days of the schedule on which something is paid, each once."""
    return sorted({row.due for row in contract.schedule if row.payment})


plugin = FxOnLendingLoan()
