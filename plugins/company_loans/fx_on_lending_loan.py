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
from catalogue.products.results import Unit
from catalogue.products.solved import rate_figure
from catalogue.values.text import clean

# A path this many times over or under today's rate is one for 100 units (yen), or the inverse.
_FARTHEST = 10
Dated = Sequence[tuple[date, Money]]


@attrs.frozen
class FxPath:
    """Yuan for one unit of the loan's currency: `steps` by date, `today` before the first of them.

    Its results carry `suffix` in their codes and the path's name in their labels.
    """

    today: Decimal
    name: str = ""
    suffix: str = ""
    steps: Sequence[tuple[date, Decimal]] = ()

    def yuan(self, day: date, amount: Money) -> Money:
        """An amount at the rate of a day, rounded to the fen."""
        rate = next((rate for on, rate in reversed(self.steps) if on <= day), self.today)
        return Money.rounded(amount.amount * rate, "CNY")

    def result(
        self, code: str, label: str, label_zh: str, value: Money | Decimal, unit: Unit = "money"
    ) -> Result:
        """A figure of this path; `{}` in its code is where the suffix goes."""
        if self.name:
            name = clean(self.name)
            label, label_zh = f"{label} ({name})", f"{label_zh}({name})"
        return Result(code.format(self.suffix), label, label_zh, value, unit)


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
        paths = _fx_paths(ctx)
        made = [*contract.results, _rate_today(terms.currency, paths[0].today)]
        for path in paths:
            made += _in_yuan(ctx, contract, fees, path)
        return attrs.evolve(contract, results=tuple(made))

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The commitment fee on what is undrawn, until the last drawdown."""
        return [
            *super().fees(ctx, terms, contract),
            *staged_commitment_fees(ctx, need_amount(terms), contract),
        ]


def _fx_paths(ctx: QuoteContext) -> Sequence[FxPath]:
    """The ask's paths of the exchange rate, in the order of their names; one without steps if none is given.

    Raises:
        InputError: a rate that is not above zero, or is so far from today's that it must be for
            another number of units; a day that stands twice in one path.
    """
    today = ctx.fx_mid(ctx.ask.currency)
    named: dict[str, dict[date, Decimal]] = {}
    for number, row in enumerate(ctx.ask.get("fx_path", ()), 1):
        steps = named.setdefault(row.get("path", ""), {})
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
    if not named:
        return [FxPath(today)]
    return [
        FxPath(today, name, f"_{number}" if len(named) > 1 else "", sorted(steps.items()))
        for number, (name, steps) in enumerate(named.items(), 1)
    ]


def _rate_today(currency: str, today: Decimal) -> Result:
    return Result(
        "fx_today",
        f"Yuan for 1 {currency} today, used until a path begins",
        f"1{currency}折合人民币(当日,走势开始前采用)",
        today,
        "number",
    )


def _in_yuan(
    ctx: QuoteContext, contract: Contract, fees: Sequence[Fee], path: FxPath
) -> list[Result]:
    """Received, paid by row and in all, the cost as an amount and a year, in yuan on one path."""
    flows = _yuan_flows(contract, fees, path)
    if path.steps and path.steps[0][0] > max(day for day, _ in flows):
        ctx.warn(
            f"fx_path: {clean(path.name) or 'the path'} begins after the last payment; today's rate was used"
        )
    received = Money.total((amount for _, amount in flows if amount.minor > 0), "CNY")
    paid = Money.total((-amount for _, amount in flows if amount.minor < 0), "CNY")
    ctx.explain(
        f"result.cny_paid{path.suffix}",
        paid,
        "payments and fees × yuan for one unit on their days, each rounded to the fen",
        {
            "today": path.today,
            "path": {str(on): rate for on, rate in path.steps},
            "name": path.name,
        },
    )
    ctx.explain(
        f"result.cny_cost{path.suffix}",
        paid - received,
        "paid in yuan − received in yuan, drawdowns at the rates of their days",
        {"paid": paid, "received": received},
    )
    cost = (
        "Cost in yuan: interest, fees and the change of the rate",
        "人民币总成本(利息、费用及汇兑损益)",
    )
    return [
        path.result("cny_received{}", "Received in yuan", "人民币收款", received),
        path.result("cny_paid{}", "Paid in yuan", "人民币还款", paid),
        path.result("cny_cost{}", *cost, paid - received),
        *_yuan_payments(contract, flows, path),
        *_yuan_apr(ctx, flows, path),
    ]


def _yuan_flows(contract: Contract, fees: Sequence[Fee], path: FxPath) -> Dated:
    """Drawdowns received, payments and fees paid, each at the rate of its day."""
    first = contract.flows[0].on
    return [
        *((flow.on, path.yuan(flow.on, flow.amount)) for flow in contract.flows),
        *((fee.due or first, -path.yuan(fee.due or first, fee.amount)) for fee in fees),
    ]


def _yuan_payments(contract: Contract, flows: Dated, path: FxPath) -> list[Result]:
    """What is paid on each due date, with the fees of the day."""
    dates = sorted({row.due for row in contract.schedule if row.payment})
    return [
        path.result(
            f"cny_payment{{}}_{number}",
            f"Paid in yuan on {due}",
            f"{due}人民币还款",
            -Money.total((amount for on, amount in flows if on == due and amount.minor < 0), "CNY"),
        )
        for number, due in enumerate(dates, 1)
    ]


def _yuan_apr(ctx: QuoteContext, flows: Dated, path: FxPath) -> Sequence[Result]:
    """The cost a year; one that does not exist is told and left out."""
    try:
        cost = rate_figure(apr([(day, amount.amount) for day, amount in flows]))
    except RateError as error:
        ctx.warn(f"cny_apr{path.suffix}: {error}")
        return ()
    ctx.explain(
        f"result.cny_apr{path.suffix}", cost, "rate that makes all flows in yuan worth nothing"
    )
    labels = ("Annual cost in yuan with fees", "人民币综合年化成本")
    return (path.result("cny_apr{}", *labels, cost, "rate"),)


plugin = FxOnLendingLoan()
