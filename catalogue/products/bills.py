"""The base of products on commercial drafts: the bills of an ask, and what the law allows of each.

An ask states one bill (`amount` with `tenor` or `maturity`) or several (`bills`, rows of
face:maturity:elsewhere). Amounts are positive; a bill matures after the value date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import attrs

from catalogue.errors import InputError
from catalogue.products.bank_days import rolled
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Check, Contract, Terms
from catalogue.products.verdict import verdict
from catalogue.values import Money, add_months

_ZH = {"paper": "纸质商业汇票", "electronic": "电子商业汇票"}


@attrs.frozen
class Bill:
    """One draft: its face amount, the day it is due, whether its acceptor is in another place."""

    number: int
    face: Money
    maturity: date
    elsewhere: bool = False


def read_bills(ctx: QuoteContext) -> tuple[Bill, ...]:
    """The bills of the ask, in the order in which they are stated.

    Raises:
        InputError: none stated, both ways mixed, a face not above zero, a maturity not after the
            value date; every fault at once.
    """
    ask = ctx.ask
    elsewhere = ask.get("elsewhere", False)
    if "bills" not in ask:
        if "amount" not in ask:
            raise InputError(
                "amount: is missing; state amount and maturity of one bill, or bills=face:maturity;…"
            )
        return (Bill(1, ask.amount, ask.maturity, elsewhere),)
    problems = [
        f"{name}: stated together with bills; the bills have their own"
        for name in ("amount", "tenor", "maturity")
        if name in ask.stated
    ]
    if not ask["bills"]:
        problems.append("bills: is empty; state one bill or more")
    made = []
    for number, row in enumerate(ask["bills"], 1):
        face, maturity = row["face"], row["maturity"]
        if face.minor <= 0:
            problems.append(f"bills[{number}].face: {face.text()} is not above zero")
        if maturity <= ask.start:
            problems.append(f"bills[{number}].maturity: {maturity} is not after {ask.start}")
        made.append(Bill(number, face, maturity, row.get("elsewhere", elsewhere)))
    if problems:
        raise InputError.many(problems)
    return tuple(made)


class BillProduct(Product):
    """What acceptance, discount and drafts share: the bills, their total, and the limits of the law.

    Figures of the definition, both as in force on the day of issue, for the law binds the drawer then:
    `max_months` by medium (paper, electronic), the longest time from the issue of a bill to its
    maturity; `max_paper_face`, above which a bill must be electronic (left out while the law set none).
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """Total face and last maturity; terms.bill_count is the number of bills."""
        bills = read_bills(ctx)
        terms = super().terms(ctx)
        single = len(bills) == 1 and "bills" not in ctx.ask
        return attrs.evolve(
            terms,
            amount=Money.total((bill.face for bill in bills), terms.currency),
            maturity=max(bill.maturity for bill in bills),
            tenor=terms.tenor if single else None,
        ).with_extra(bill_count=len(bills), medium=ctx.ask["medium"])

    def issued(self, ctx: QuoteContext, terms: Terms) -> date:
        """The day of issue from which the longest time runs; by default the value date."""
        return terms.start

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The longest time to maturity, and the face that paper and electronic bills may have."""
        bills, issued = read_bills(ctx), self.issued(ctx, terms)
        ruled = rules_on(ctx, issued)
        made = [_tenor_check(ctx, bills, issued, ruled)]
        if ctx.ask["medium"] == "paper" and ctx.has_figure("max_paper_face", on=ruled):
            made.append(_face_check(ctx, bills, issued, ruled))
        return made


def rules_on(ctx: QuoteContext, issued: date) -> date:
    """The day whose rules bind a draft: that of its issue, or the first that the definition knows.

    Raises:
        InputError: drafts of the ask's medium were not yet known on that day.
    """
    day, medium = max(issued, ctx.definition.versions[0].effective_from), ctx.ask["medium"]
    if not ctx.has_figure("max_months", medium, on=day):
        raise InputError(f"medium: there were no {medium} drafts on {issued}, the day of issue")
    return day


def _tenor_check(ctx: QuoteContext, bills: Sequence[Bill], issued: date, ruled: date) -> Check:
    medium = ctx.ask["medium"]
    months = int(ctx.figure("max_months", key=medium, on=ruled))
    latest = add_months(issued, months)
    over = [bill for bill in bills if bill.maturity > latest]
    return verdict(
        ctx,
        "bill-tenor",
        not over,
        (
            f"A draft ({medium}) is payable at most {months} months after its issue, by {latest}",
            f"{_ZH[medium]}的付款期限自出票日起最长{months}个月,即不晚于{latest}",
        ),
        source=ctx.source("figures", "max_months", on=ruled),
        found={"issued": issued, **_found(over, lambda bill: bill.maturity)},
    )


def _face_check(ctx: QuoteContext, bills: Sequence[Bill], issued: date, ruled: date) -> Check:
    limit = ctx.figure("max_paper_face", on=ruled)
    over = [bill for bill in bills if bill.face.amount > limit]
    return verdict(
        ctx,
        "paper-face",
        not over,
        (
            f"A draft of more than {limit:,f} yuan is electronic",
            f"单张票面金额{limit:,f}元以上的商业汇票应通过电子商业汇票办理",
        ),
        source=ctx.source("figures", "max_paper_face", on=ruled),
        found={"issued": issued, **_found(over, lambda bill: bill.face)},
    )


def _found(bills: Sequence[Bill], value: Callable[[Bill], object]) -> dict[str, object]:
    """The first bills that break a rule, by number."""
    return {f"bill {bill.number}": value(bill) for bill in bills[:5]}


def payable_on(ctx: QuoteContext, maturity: date) -> date:
    """The day on which a bill is paid: its maturity moved by the ask's `business_day`."""
    return rolled(ctx, maturity, ctx.ask["business_day"])
