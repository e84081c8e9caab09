"""Stock-pledged loan (股票质押贷款): ratio, lines, concentration, and margin calls along a price path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from catalogue import Check, Contract, InputError, Money, QuoteContext, Result, Terms
from catalogue.maths import payoff
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.loan import need_amount
from catalogue.products.verdict import verdict
from catalogue.values import percent_text, round_fraction

_PLACES = Decimal("0.0001")
_LIMITS = (
    ("one_bank", "One bank holds in pledge", "单家银行接受质押的一家上市公司股票占流通股比例"),
    (
        "one_borrower",
        "One securities company pledges",
        "单家证券公司质押的一家上市公司股票占流通股比例",
    ),
    ("all_banks", "All banks hold in pledge", "被质押的一家上市公司股票占流通股比例"),
)


class StockPledgedLoan(CompanyLoan):
    """A loan to a securities company, secured by listed shares."""

    default_method = "bullet"

    def terms(self, ctx: QuoteContext) -> Terms:
        """The loan, at most its ratio of the pledged value."""
        value, most = _pledged_value(ctx), ctx.figure("max_ratio")
        if Fraction(ctx.ask.amount.amount) > Fraction(value.amount) * Fraction(most):
            raise InputError(
                f"amount: {ctx.ask.amount.grouped()} is over {percent_text(most)} of the value"
                f" pledged, {value.grouped()}"
            )
        return super().terms(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """Ratio, the prices of both lines, and what the path does."""
        amount, value = need_amount(terms), _pledged_value(ctx)
        ratio = (amount.amount / value.amount).quantize(_PLACES)
        return [
            *super().results(ctx, terms, rows),
            Result("pledged_value", "Value of the shares", "质押股票市值", value),
            Result("ratio", "Pledge ratio", "质押率", ratio, "rate"),
            _line(ctx, amount, "warning"),
            _line(ctx, amount, "close_out"),
            *_along_path(ctx, terms, rows),
        ]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The concentration limits: shares in pledge of the traded ones, and of all that are issued."""
        shares, elsewhere = ctx.ask["shares"], ctx.ask["pledged_elsewhere"]
        held = {
            "one_bank": shares,
            "one_borrower": shares,
            "all_banks": shares + elsewhere,
        }
        checks = [
            _concentration(ctx, key, held[key], "float_shares", words)
            for key, *words in _LIMITS
            if ctx.has_figure("concentration", key)
        ]
        if ctx.has_figure("concentration", "issued"):
            words = [
                "One securities company pledges",
                "单家证券公司质押的一家上市公司股票占已发行股份比例",
            ]
            checks.append(_concentration(ctx, "issued", shares, "issued_shares", words))
        return checks


def _pledged_value(ctx: QuoteContext) -> Money:
    """Shares at the average price."""
    return Money.rounded(Fraction(ctx.ask["average_price"]) * ctx.ask["shares"], ctx.ask.currency)


def _line(ctx: QuoteContext, amount: Money, name: str) -> Result:
    """The price at which the pledged shares are worth the line's multiple of the loan."""
    line, shares = ctx.figure(f"{name}_line"), ctx.ask["shares"]
    scaled = round_fraction(Fraction(amount.amount) * Fraction(line) / shares * 10_000)
    price = Decimal(scaled) / 10_000
    ctx.explain(
        f"result.{name}_price",
        price,
        "loan × line ÷ shares",
        {"loan": amount, "line": line, "shares": shares},
    )
    label, label_zh = {
        "warning": ("Price at the warning line", "警戒线股价"),
        "close_out": ("Price at the close-out line", "平仓线股价"),
    }[name]
    return Result(f"{name}_price", label, label_zh, price, "number")


@attrs.frozen
class _Step:
    """A day of the price path and the shares that are then in pledge."""

    on: date
    price: Decimal
    shares: int

    def value(self, currency: str) -> Money:
        return Money.rounded(Fraction(self.price) * self.shares, currency)


def _along_path(ctx: QuoteContext, terms: Terms, rows: Schedule) -> list[Result]:
    """Margin calls down to the close-out; a call that is met adds shares up to the warning line.

    A call that is not met stands until the price has restored the warning line by itself.
    """
    amount, shares, calls, stands = need_amount(terms), ctx.ask["shares"], 0, False
    warning, close = Fraction(ctx.figure("warning_line")), Fraction(ctx.figure("close_out_line"))
    made: list[Result] = []
    lowest: Fraction | None = None
    for row in _path(ctx, terms):
        step = _Step(row["date"], row["price"], shares)
        value = step.value(terms.currency)
        cover = Fraction(value.minor, amount.minor)
        lowest = cover if lowest is None else min(lowest, cover)
        if cover <= close:
            made += _closed_out(ctx, rows, step, value)
            break
        # exactly at the warning line nothing is missing
        if cover >= warning:
            stands = False
        elif not stands:
            calls += 1
            wanted = Fraction(amount.amount) * warning / Fraction(step.price)
            added = -(-wanted.numerator // wanted.denominator) - shares
            made += _call(ctx, step, calls, warning, amount, value, added)
            shares += added if ctx.ask["calls_met"] else 0
            stands = not ctx.ask["calls_met"]
    if lowest is None:
        return []
    shown = Decimal(round_fraction(lowest * 10_000)) / 10_000
    return [
        Result("lowest_cover", "Lowest value to the loan", "最低市值贷款比", shown, "rate"),
        *made,
    ]


def _path(ctx: QuoteContext, terms: Terms) -> Sequence[Mapping[str, Any]]:
    """The rows in the order of their days, one a day."""
    rows, seen = ctx.ask.get("price_path", ()), set[date]()
    for number, row in enumerate(rows, 1):
        if not terms.start < row["date"] < ctx.ask.maturity:
            raise InputError(
                f"price_path: {row['date']} is not between {terms.start} and {ctx.ask.maturity}"
            )
        if row["date"] in seen:
            raise InputError(f"price_path[{number}].date: {row['date']} is stated twice")
        if row["price"] <= 0:
            raise InputError(f"price_path[{number}].price: {row['price']} is not above 0")
        seen.add(row["date"])
    return sorted(rows, key=lambda item: item["date"])


def _call(
    ctx: QuoteContext,
    step: _Step,
    number: int,
    line: Fraction,
    amount: Money,
    value: Money,
    added: int,
) -> list[Result]:
    """A margin call: the value missing to the warning line, as shares or as principal repaid."""
    suffix = "" if number == 1 else f"_{number}"
    missing = amount.scaled(line) - value
    covered = Fraction(value.minor) / line
    repaid = Money(amount.minor - covered.numerator // covered.denominator, amount.currency)
    ctx.explain(
        f"result.call{suffix}_amount",
        missing,
        "loan × warning line − value of the shares in pledge",
        {"on": step.on, "price": step.price, "shares": step.shares, "value": value},
    )
    ctx.explain(
        f"result.call{suffix}_repayment",
        repaid,
        "loan − value of the shares in pledge ÷ warning line, rounded up",
        {"loan": amount, "value": value, "line": Decimal(line.numerator) / line.denominator},
    )
    words = ("", "") if number == 1 else (f" {number}", f"({number})")
    return [
        Result(f"call{suffix}_on", f"Margin call{words[0]} on", f"追加质押通知日{words[1]}", step.on, "date"),
        Result(f"call{suffix}_amount", f"Value to be added{words[0]}", f"需追加市值{words[1]}", missing),
        Result(f"call{suffix}_shares", f"Shares to be added{words[0]}", f"需追加股数{words[1]}", added, "number"),
        Result(f"call{suffix}_repayment", f"Or principal to be repaid{words[0]}", f"或需归还本金{words[1]}", repaid),
    ]  # fmt: skip


def _closed_out(ctx: QuoteContext, rows: Schedule, step: _Step, value: Money) -> list[Result]:
    """The sale of the shares at the price of the day, and what is over or short of the debt."""
    owed = Money.of(payoff(rows, step.on).total, value.currency)
    ctx.explain(
        "result.closed_out_surplus",
        value - owed,
        "value of the shares − principal and interest to the day",
        {"on": step.on, "price": step.price, "shares": step.shares, "owed": owed},
    )
    return [
        Result("closed_out_on", "Closed out on", "强制平仓日", step.on, "date"),
        Result("closed_out_value", "Value of the shares then", "平仓时市值", value),
        Result("closed_out_owed", "Principal and interest owed then", "平仓时本息余额", owed),
        Result("closed_out_surplus", "Left to the borrower (negative: short)", "平仓后剩余(负数为不足)", value - owed),
    ]  # fmt: skip


def _concentration(ctx: QuoteContext, key: str, held: int, of: str, words: Sequence[str]) -> Check:
    """Shares in pledge at most the figure's share of the traded or issued ones."""
    most, whole = ctx.figure("concentration", key=key), ctx.ask.get(of)
    name, name_zh = ("traded", "流通股本") if of == "float_shares" else ("issued", "总股本")
    return verdict(
        ctx,
        f"concentration-{key.replace('_', '-')}",
        None if whole is None else held <= whole * most,
        (
            f"{words[0]} at most {percent_text(most)} of a company's {name} shares",
            f"{words[1]}不超过{percent_text(most)}",
        ),
        source=ctx.source("figures", "concentration"),
        found={"shares": held, of: whole},
        missing=(f"ask.{of}",),
        bring=(f"number of {name} shares of the company", f"上市公司{name_zh}"),
    )


plugin = StockPledgedLoan()
