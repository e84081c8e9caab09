"""Syndicated loan (银团贷款): shares that sum to the fen, five fees, each bank's income and yield."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

import attrs

from catalogue import Check, Contract, Fee, InputError, Money, QuoteContext, Result, Terms
from catalogue.definitions.fee_model import Period
from catalogue.errors import RateError
from catalogue.maths import xirr
from catalogue.products.commitment import commitment_fees
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.loan import need_amount
from catalogue.products.periods import count_periods
from catalogue.values import percent_text

_PLACES = Decimal("0.000001")


class SyndicatedLoan(CompanyLoan):
    """A loan by several banks; the first of `banks` arranges it and acts as agent."""

    default_method = "equal-principal"
    default_frequency = "semiannual"

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """All that the borrower pays beside interest."""
        return [fee for fee, _ in self._charged(ctx, terms, contract)]

    def _charged(
        self, ctx: QuoteContext, terms: Terms, contract: Contract
    ) -> list[tuple[Fee, tuple[Money, ...]]]:
        """Each fee with how much of it each bank gets."""
        amount, tickets = need_amount(terms), shares(ctx, terms)
        nothing = Money.zero(terms.currency)
        alone = [nothing] * (len(tickets) - 1)
        made: list[tuple[Fee, tuple[Money, ...]]] = []

        def add(
            code: str, name: str, zh: str, parts: Sequence[Money], formula: str, **more: object
        ) -> None:
            total = Money.total(parts, terms.currency)
            fee = Fee(code, name, zh, total, formula, ctx.source("figures", code), due=terms.start)
            made.append((attrs.evolve(fee, **more) if more else fee, tuple(parts)))

        rate = ctx.figure("arrangement")
        add(
            "arrangement",
            "Arrangement fee",
            "安排费",
            [_times(amount, rate), *alone],
            f"{amount.grouped()} × {percent_text(rate)}",
            base=amount,
        )
        rates = [ctx.figure("participation", at=ticket) for ticket in tickets]
        words = " + ".join(
            f"{t.grouped()} × {percent_text(r)}" for t, r in zip(tickets, rates, strict=True)
        )
        add(
            "participation",
            "Participation fees",
            "参加费",
            [_times(ticket, rate) for ticket, rate in zip(tickets, rates, strict=True)],
            words,
        )
        years, spoken = count_periods(Period("year", "begun"), terms.start, ctx.ask.maturity)
        yearly = Money.of(ctx.figure("agency"), terms.currency)
        add(
            "agency",
            "Agency fee",
            "代理费",
            [yearly * int(years), *alone],
            f"{yearly.grouped()} × {spoken}",
        )
        extra = Money.total(
            (row["amount"] for row in ctx.ask.get("extra_payments", ())), terms.currency
        )
        if extra:
            rate = ctx.figure("prepayment")
            whole = _times(extra, rate)
            add(
                "prepayment",
                "Prepayment fee",
                "提前还款费",
                whole.allocate([t.minor for t in tickets]),
                f"{extra.grouped()} × {percent_text(rate)}",
                base=extra,
                in_apr=False,
                due=max(row["date"] for row in ctx.ask["extra_payments"]),
            )
        weights = [ticket.minor for ticket in tickets]
        made += [
            (fee, fee.amount.allocate(weights)) for fee in self._commitment(ctx, terms, contract)
        ]
        return made

    def _commitment(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        draws = sorted(
            ((row["date"], row["amount"]) for row in ctx.ask.get("drawdowns", ())),
            key=lambda d: d[0],
        )
        if not draws:
            return ()
        sums = list(accumulate((amount for _, amount in draws), lambda one, two: one + two))
        due = [row.due for row in contract.schedule if row.days]
        steps = list(zip((day for day, _ in draws), sums, strict=True))
        return commitment_fees(ctx, need_amount(terms), steps, due, draws[-1][0])

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The loan, and each bank's share, income and yield."""
        contract = super().price(ctx, terms)
        tickets, amount = shares(ctx, terms), need_amount(terms)
        charged = self._charged(ctx, terms, contract)
        made = list(contract.results)
        interest = contract.totals["interest"].allocate([ticket.minor for ticket in tickets])
        for n, (row, ticket) in enumerate(zip(ctx.ask["banks"], tickets, strict=True)):
            fees = Money.total((parts[n] for _, parts in charged), terms.currency)
            name = row["name"]
            made += [
                Result(f"share_{n + 1}", f"{name}: share", f"{name}:份额", ticket),
                Result(
                    f"income_{n + 1}",
                    f"{name}: interest and fees",
                    f"{name}:利息及费用收入",
                    interest[n] + fees,
                ),
            ]
            rate = self._bank_yield(contract, charged, n, Fraction(ticket.minor, amount.minor))
            if rate is not None:
                made.append(
                    Result(f"yield_{n + 1}", f"{name}: yield", f"{name}:收益率", rate, "rate")
                )
        ctx.explain(
            "syndicate.shares",
            amount,
            "amount split by shares, largest remainder",
            {row["name"]: ticket for row, ticket in zip(ctx.ask["banks"], tickets, strict=True)},
        )
        return attrs.evolve(contract, results=tuple(made))

    def _bank_yield(
        self,
        contract: Contract,
        charged: list[tuple[Fee, tuple[Money, ...]]],
        n: int,
        part: Fraction,
    ) -> Decimal | None:
        """The bank's own flows: its part of the loan and its fees on their days."""
        flows = [(flow.on, -Fraction(flow.amount.amount) * part) for flow in contract.flows]
        flows += [
            (fee.due or contract.flows[0].on, Fraction(parts[n].amount)) for fee, parts in charged
        ]
        dated = sorted(flows, key=lambda flow: flow[0])
        try:
            rate = xirr(
                [
                    (day, Decimal(amount.numerator) / Decimal(amount.denominator))
                    for day, amount in dated
                ]
            )
        except (RateError, InputError):
            return None
        return Decimal(repr(rate)).quantize(_PLACES)

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The lead bank keeps a fair part for itself, by custom a fifth."""
        tickets = shares(ctx, terms)
        kept = Fraction(tickets[0].minor, need_amount(terms).minor)
        return [
            Check(
                "lead-share",
                "pass" if kept >= Fraction(1, 5) else "refer",
                "The lead bank takes at least a fifth of the loan",
                "牵头行承贷份额原则上不低于20%",
                "Custom of the market, illustrative",
                {"lead": tickets[0]},
                (),
                None,
                None,
            )
        ]


def shares(ctx: QuoteContext, terms: Terms) -> tuple[Money, ...]:
    """Each bank's ticket; they sum to the amount."""
    weights = [row["share"] for row in ctx.ask["banks"]]
    for n, weight in enumerate(weights, 1):
        if weight <= 0:
            raise InputError(f"banks[{n}].share: {weight} is not above zero")
    return need_amount(terms).allocate(weights)


def _times(amount: Money, rate: Decimal) -> Money:
    return Money.rounded(Fraction(amount.amount) * Fraction(rate), amount.currency)


plugin = SyndicatedLoan()
