"""What every quote must hold, as one function that lists what is broken."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from catalogue.quotes.quote import Quote
from catalogue.values import Money

_CHINESE = re.compile("[\u4e00-\u9fff]")


def broken_invariants(quote: Quote, exempt: Collection[str] = ()) -> list[str]:
    """Every invariant that a quote breaks, in words; empty when it is sound.

    Args:
        quote: any quote.
        exempt: rules that its product does not follow. `balance`: the rows walk a balance to zero;
            `interest`: their interest is the total of it, before or after tax. Both always hold of borrowing.
    """
    return [
        *_rows(quote),
        *_totals(quote),
        *(_saving(quote, exempt) if quote.apr is None else _borrowing(quote)),
        *_checks(quote),
        *_fees(quote),
        *_words(quote),
    ]


def _rows(quote: Quote) -> Iterator[str]:
    number, last = 0, None
    for row in quote.schedule:
        if row.payment != row.principal + row.interest + row.fee:
            yield f"row {row.n}: payment {row.payment} is not principal + interest + fee"
        if row.n <= number:
            yield f"row {row.n}: follows row {number}"
        number = row.n
        if row.days < 0:
            yield f"row {row.n}: {row.days} days"
        if last is not None and row.due < last:
            yield f"row {row.n}: due on {row.due}, before the row above it"
        last = row.due


def _totals(quote: Quote) -> Iterator[str]:
    for name in ("principal", "interest", "fees", "paid", "received"):
        if name not in quote.totals:
            yield f"totals: {name} is missing"
    for name, amount in quote.totals.items():
        if not isinstance(amount, Money) or amount.currency != quote.currency:
            yield f"totals.{name}: {amount!r} is not in {quote.currency}"
    fees = Money.total((item.amount for item in quote.charged), quote.currency)
    if quote.totals["fees"] != fees:
        yield f"totals.fees: {quote.totals['fees']} is not the sum of the fees, {fees}"


def _borrowing(quote: Quote) -> Iterator[str]:
    """A loan closes to zero and pays back principal, interest and fees."""
    rows = list(quote.schedule)
    if not rows:
        return
    if rows[-1].closing != 0:
        yield f"the last row closes at {rows[-1].closing}, not at zero"
    if any(row.closing < 0 for row in rows):
        yield "a row closes below zero"
    interest = sum((row.interest for row in rows), Decimal(0))
    if quote.totals["interest"].amount != interest:
        yield f"totals.interest: {quote.totals['interest']} is not the rows' sum, {interest}"
    paid = interest + sum((row.principal for row in rows), Decimal(0)) + quote.totals["fees"].amount
    if quote.totals["paid"].amount != paid:
        yield f"totals.paid: {quote.totals['paid']} is not the rows and fees, {paid}"
    for row, after in itertools.pairwise(rows):
        # what is drawn between two rows raises the balance, nothing lowers it
        if after.opening < row.closing:
            yield f"row {after.n}: opens at {after.opening}, the row before closed at {row.closing}"
    if len({row.opening for row in rows} | {row.closing for row in rows}) > 1:
        for row in rows:
            if row.opening - row.principal != row.closing:
                yield f"row {row.n}: {row.opening} less {row.principal} is not {row.closing}"
    principal = sum((row.principal for row in rows), Decimal(0))
    if quote.totals["principal"].amount != principal:
        yield f"totals.principal: {quote.totals['principal']} is not the rows' sum, {principal}"


def _saving(quote: Quote, exempt: Collection[str]) -> Iterator[str]:
    """What is no borrowing: its rows, too, walk a balance to zero and make up the interest."""
    rows = list(quote.schedule)
    if not rows:
        return
    if "balance" not in exempt:
        if rows[-1].closing != 0:
            yield f"the last row closes at {rows[-1].closing}, not at zero"
        for row in rows:
            if row.opening - row.principal != row.closing:
                yield f"row {row.n}: {row.opening} less {row.principal} is not {row.closing}"
        for row, after in itertools.pairwise(rows):
            # what is drawn or paid in between two rows raises the balance
            if after.opening < row.closing:
                yield f"row {after.n}: opens at {after.opening}, the row before closed at {row.closing}"
    interest = sum((row.interest for row in rows), Decimal(0))
    tax = quote.totals.get("interest_tax", Money.zero(quote.currency)).amount
    total = quote.totals["interest"].amount
    if "interest" not in exempt and interest not in (total, total - tax):
        yield f"totals.interest: {quote.totals['interest']} is not the rows' sum, {interest}"


def _words(quote: Quote) -> Iterator[str]:
    """The product's name is there in Chinese; a result's label may be a word of both, as Delta."""
    if not _CHINESE.search(quote.product.name_zh):
        yield f"name_zh {quote.product.name_zh!r} is not Chinese"


def _checks(quote: Quote) -> Iterator[str]:
    seen: set[str] = set()
    for check in quote.checks:
        if check.id in seen:
            yield f"check {check.id}: stands twice"
        seen.add(check.id)
        for name in ("reason", "reason_zh", "source", "source_zh", "by"):
            if not getattr(check, name):
                yield f"check {check.id}: {name} is empty"
        for name in ("reason_zh", "source_zh"):
            text = getattr(check, name)
            if text and not _CHINESE.search(text):
                yield f"check {check.id}: {name} {text!r} is not Chinese"
        if check.outcome == "refer" and check.missing and not (check.bring and check.bring_zh):
            yield f"check {check.id}: refers without saying what to bring"


def _fees(quote: Quote) -> Iterator[str]:
    days: dict[str, list[date | None]] = {}
    for fee in quote.fees:
        # a fee that falls due several times stands once for each of its days
        earlier = days.setdefault(fee.code, [])
        if earlier and (fee.due is None or None in earlier or fee.due in earlier):
            yield f"fee {fee.code}: stands twice"
        earlier.append(fee.due)
        for name in ("name", "name_zh", "formula", "source", "by"):
            if not getattr(fee, name):
                yield f"fee {fee.code}: {name} is empty"
        if fee.name_zh and not _CHINESE.search(fee.name_zh):
            yield f"fee {fee.code}: name_zh {fee.name_zh!r} is not Chinese"
        if fee.tax is not None and fee.tax.net.currency != fee.amount.currency:
            yield f"fee {fee.code}: tax in another currency"
