"""From contract and fees to the quote's totals, schedule and APR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from catalogue.errors import RateError
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Fee, Rows, Terms
from catalogue.products.solved import rate_figure
from catalogue.quotes.quote import Apr, ChargedFee
from catalogue.values import Money


def charge(ctx: QuoteContext, fees: Sequence[Fee], currency: str) -> tuple[ChargedFee, ...]:
    """Each fee with its amount in the quote's currency (mid rate of the day where they differ)."""
    return tuple(ChargedFee(fee, ctx.convert(fee.amount, currency)) for fee in fees)


def total(contract: Contract, charged: Sequence[ChargedFee]) -> dict[str, Money]:
    """principal, interest, fees, paid, received, then the product's own totals."""
    zero = Money.zero(contract.currency)
    fees = Money.total((item.amount for item in charged), contract.currency)
    paid = Money.total((f.amount for f in contract.flows if f.amount.minor < 0), contract.currency)
    received = Money.total(
        (f.amount for f in contract.flows if f.amount.minor > 0), contract.currency
    )
    own = dict(contract.totals)
    return {
        "principal": own.pop("principal", zero),
        "interest": own.pop("interest", zero),
        "fees": fees,
        "paid": fees - paid,
        "received": received,
        **own,
    }


def place_fees(rows: Rows, charged: Sequence[ChargedFee], terms: Terms) -> Rows:
    """The schedule with fees that fall on its due dates in their rows.

    A fee without a date is spread evenly over all rows, to the minor unit; fees of the value date
    are paid before the first row and stay out of it.
    """
    if not rows:
        return rows
    on_row: dict[int, int] = {}
    by_date = {row.due: row.n for row in rows}
    for item in charged:
        due = item.fee.due
        if due is None:
            parts = item.amount.allocate([1] * len(rows))
            for row, part in zip(rows, parts, strict=True):
                on_row[row.n] = on_row.get(row.n, 0) + part.minor
        elif due > terms.start and due in by_date:
            on_row[by_date[due]] = on_row.get(by_date[due], 0) + item.amount.minor
    return _with_fees(rows, on_row, charged[0].amount.currency) if on_row else rows


def _with_fees(rows: Rows, on_row: Mapping[int, int], currency: str) -> Rows:
    with_fees = getattr(rows, "with_fees", None)
    if with_fees is not None:
        placed: Rows = with_fees(on_row)
        return placed
    made: list[Any] = []
    for row in rows:
        fee = Money(on_row.get(row.n, 0), currency).amount
        made.append(attrs.evolve(row, fee=row.fee + fee, payment=row.payment + fee))  # type: ignore[misc]
    return tuple(made)


def all_in_apr(
    ctx: QuoteContext, contract: Contract, charged: Sequence[ChargedFee], rows: Rows
) -> Apr | None:
    """The APR of the contract's flows and every fee that belongs in it, each at its own date."""
    if not contract.apr:
        return None
    from catalogue.maths import apr as solve_apr

    # in minor units: a rate is the same by any measure, and whole numbers are exact as floats
    flows = [(flow.on, flow.amount.minor) for flow in contract.flows]
    for item in charged:
        if item.fee.in_apr and item.amount:
            flows += _fee_flows(item, rows, contract)
    flows.sort(key=lambda flow: flow[0])
    try:
        simple = rate_figure(solve_apr(flows, convention="simple"))
        effective = rate_figure(solve_apr(flows, convention="effective"))
    except RateError as error:
        ctx.warn(f"apr: {error}")
        return None
    ctx.explain(
        "apr.effective",
        effective,
        "rate that makes all dated flows and fees worth nothing on the first day, a year of 365 days",
        {"flows": len(flows), "fees": Money.total((c.amount for c in charged), contract.currency)},
    )
    return Apr(simple, effective)


def _fee_flows(item: ChargedFee, rows: Rows, contract: Contract) -> list[tuple[date, int]]:
    if item.fee.due is not None:
        return [(item.fee.due, -item.amount.minor)]
    if not rows:
        return [(contract.flows[0].on, -item.amount.minor)]
    parts = item.amount.allocate([1] * len(rows))
    return [(row.due, -part.minor) for row, part in zip(rows, parts, strict=True)]
