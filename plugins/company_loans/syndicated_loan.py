"""Syndicated loan (银团贷款): shares that sum to the fen, five fees, each bank's income and yield."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Check, Contract, Fee, InputError, Money, QuoteContext, Result, Terms
from catalogue.definitions.fee_model import Period
from catalogue.errors import RateError
from catalogue.maths import xirr
from catalogue.products.agreed import agreed_figure, agreed_source
from catalogue.products.commitment import staged_commitment_fees
from catalogue.products.company_loan import CompanyLoan
from catalogue.products.fees import own_fee
from catalogue.products.loan import need_amount
from catalogue.products.periods import count_periods
from catalogue.products.solved import rate_figure
from catalogue.products.verdict import verdict
from catalogue.values import add_months, percent_text
from catalogue.values.text import clean

# A fee and how much of it each bank gets.
Divided = tuple[Fee, tuple[Money, ...]]


class SyndicatedLoan(CompanyLoan):
    """A loan by several banks; the first of `banks` arranges it and acts as agent."""

    default_method = "equal-principal"
    default_frequency = "semiannual"

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The loan, and each bank's share, income and yield."""
        contract = super().price(ctx, terms)
        tickets = _shares(ctx, terms)
        divided = self._divided(ctx, terms, contract)
        flows = _loan_parts(contract, tickets)
        flows += [(fee.due or terms.start, parts) for fee, parts in divided]
        made = list(contract.results)
        for n, (row, ticket) in enumerate(zip(ctx.ask["banks"], tickets, strict=True)):
            own = [(day, parts[n]) for day, parts in flows]
            fees = [(fee.code, parts[n]) for fee, parts in divided if parts[n]]
            made += _bank_results(ctx, n + 1, row["name"], ticket, fees, own)
        ctx.explain(
            "syndicate.shares",
            need_amount(terms),
            "amount split by shares, largest remainder; so is all that is drawn and paid up to each day",
            {row["name"]: ticket for row, ticket in zip(ctx.ask["banks"], tickets, strict=True)},
        )
        return attrs.evolve(contract, results=tuple(made))

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """All that the borrower pays beside interest."""
        return [fee for fee, _ in self._divided(ctx, terms, contract)]

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """What a lone lead bank takes and places, in principle."""
        whole, lead = need_amount(terms), _shares(ctx, terms)[0]
        least, placed = ctx.figure("min_lead_share"), ctx.figure("min_placed_share")
        return [
            verdict(
                ctx,
                "lead-share",
                Fraction(lead.minor, whole.minor) >= Fraction(least),
                (
                    f"The lead bank takes in principle at least {percent_text(least)} of the loan",
                    f"单家牵头行承贷份额原则上不低于{percent_text(least)}",
                ),
                source=ctx.source("figures", "min_lead_share"),
                found={"lead": lead, "amount": whole},
                otherwise="refer",
            ),
            verdict(
                ctx,
                "placed-share",
                1 - Fraction(lead.minor, whole.minor) >= Fraction(placed),
                (
                    f"The other banks take in principle at least {percent_text(placed)} of the loan",
                    f"分销给其他成员的份额原则上不低于{percent_text(placed)}",
                ),
                source=ctx.source("figures", "min_placed_share"),
                found={"placed": whole - lead, "amount": whole},
                otherwise="refer",
            ),
        ]

    def _divided(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> list[Divided]:
        """Arrangement and agency go to the lead bank, participation by ticket, the rest by share."""
        tickets = _shares(ctx, terms)
        weights = [ticket.minor for ticket in tickets]
        shared = [
            *super().fees(ctx, terms, contract),
            *staged_commitment_fees(ctx, need_amount(terms), contract),
        ]
        return [
            _arrangement(ctx, terms, len(tickets)),
            _participation(ctx, terms, tickets),
            *_agency(ctx, terms, contract, len(tickets)),
            *((fee, fee.amount.allocate(weights)) for fee in shared),
        ]


def _shares(ctx: QuoteContext, terms: Terms) -> tuple[Money, ...]:
    """Each bank's ticket; they sum to the amount.

    Raises:
        InputError: a share that is not above zero or too small for a ticket, a bank that stands
            twice, fractions that do not add up to 1, amounts that do not add up to the loan.
    """
    rows, amount = ctx.ask["banks"], need_amount(terms)
    names: set[str] = set()
    for number, row in enumerate(rows, 1):
        if row["share"] <= 0:
            raise InputError(f"banks[{number}].share: {row['share']} is not above zero")
        if row["name"] in names:
            raise InputError(f"banks[{number}].name: {clean(repr(row['name']))} stands twice")
        names.add(row["name"])
    parts = [row["share"] for row in rows]
    _check_sum(ctx, amount, parts)
    tickets = amount.allocate(parts)
    for number, (row, ticket) in enumerate(zip(rows, tickets, strict=True), 1):
        if not ticket:
            raise InputError(f"banks[{number}].share: {row['share']} leaves no part of the loan")
    return tickets


def _loan_parts(
    contract: Contract, tickets: Sequence[Money]
) -> list[tuple[date, tuple[Money, ...]]]:
    """(day, each bank's part) of drawdowns (negative), repayments and interest."""
    rows, currency = list(contract.schedule), contract.currency
    streams = (
        [(flow.on, -flow.amount) for flow in contract.flows if flow.amount.minor > 0],
        [(row.due, Money.of(row.principal, currency)) for row in rows if row.principal],
        [(row.due, Money.of(row.interest, currency)) for row in rows if row.interest],
    )
    return [part for stream in streams for part in _parted(stream, tickets)]


def _parted(
    amounts: Sequence[tuple[date, Money]], tickets: Sequence[Money]
) -> Iterator[tuple[date, tuple[Money, ...]]]:
    """Each amount in parts by ticket, so that the sum so far is split to the fen on every day.

    Were each amount split alone, a bank would draw or be repaid some fen more than its ticket.
    """
    weights = [ticket.minor for ticket in tickets]
    total = Money.zero(tickets[0].currency)
    before = (total,) * len(tickets)
    for day, amount in amounts:
        total += amount
        after = total.allocate(weights)
        yield day, tuple(new - old for new, old in zip(after, before, strict=True))
        before = after


def _check_sum(ctx: QuoteContext, amount: Money, parts: Sequence[Decimal]) -> None:
    """Shares below 1 are fractions and must add up to 1; those in amounts, to the loan.

    Amounts are told from parts by their size: nobody states parts that add up to a tenth of the loan.
    """
    total = sum(parts)
    if max(parts) < 1 and total != 1:
        raise InputError(f"banks: the shares add up to {total}, not to 1")
    if total * 10 >= amount.amount and total != amount.amount:
        raise InputError(f"banks: the shares add up to {total}, the loan is {amount.amount}")
    if total not in (1, 100, amount.amount):
        ctx.warn(f"banks: the shares add up to {total}; each bank takes its share ÷ {total}")


def _arrangement(ctx: QuoteContext, terms: Terms, banks: int) -> Divided:
    amount, rate = need_amount(terms), agreed_figure(ctx, "arrangement", "arrangement_fee")
    fee = own_fee(
        ctx,
        ("arrangement", "Arrangement fee", "安排费"),
        amount.scaled(rate),
        f"{amount.grouped()} × {percent_text(rate)}",
        source=agreed_source(ctx, "arrangement", "arrangement_fee"),
        base=amount,
        due=terms.start,
    )
    return fee, _to_lead(fee.amount, banks)


def _participation(ctx: QuoteContext, terms: Terms, tickets: Sequence[Money]) -> Divided:
    rates = [
        agreed_figure(ctx, "participation", "participation_fee", at=ticket) for ticket in tickets
    ]
    parts = tuple(ticket.scaled(rate) for ticket, rate in zip(tickets, rates, strict=True))
    fee = own_fee(
        ctx,
        ("participation", "Participation fees", "参加费"),
        Money.total(parts, terms.currency),
        " + ".join(
            f"{ticket.grouped()} × {percent_text(rate)}"
            for ticket, rate in zip(tickets, rates, strict=True)
        ),
        source=agreed_source(ctx, "participation", "participation_fee"),
        base=need_amount(terms),
        due=terms.start,
    )
    return fee, parts


def _agency(ctx: QuoteContext, terms: Terms, contract: Contract, banks: int) -> list[Divided]:
    """One fee for each year begun until the last payment, paid when it begins."""
    yearly = Money.of(agreed_figure(ctx, "agency", "agency_fee"), terms.currency)
    years, _ = count_periods(Period("year", "begun"), terms.start, _last_payment(contract))
    made: list[Divided] = []
    for year in range(int(years)):
        fee = own_fee(
            ctx,
            ("agency", "Agency fee", "代理费"),
            yearly,
            f"{yearly.grouped()} ({year + 1}/{int(years)})",
            source=agreed_source(ctx, "agency", "agency_fee"),
            due=add_months(terms.start, 12 * year),
        )
        made.append((fee, _to_lead(fee.amount, banks)))
    return made


def _last_payment(contract: Contract) -> date:
    return max(flow.on for flow in contract.flows)


def _to_lead(amount: Money, banks: int) -> tuple[Money, ...]:
    return amount, *([Money.zero(amount.currency)] * (banks - 1))


def _bank_results(
    ctx: QuoteContext,
    number: int,
    name: str,
    ticket: Money,
    charged: Sequence[tuple[str, Money]],
    own: Sequence[tuple[date, Money]],
) -> list[Result]:
    """Share, fees, income and yield of one bank; a yield that does not exist is told and left out."""
    shown, kinds = clean(name), Counter[str]()
    for code, part in charged:
        kinds[code] += part.minor
    fees = Money.total((part for _, part in charged), ticket.currency)
    ctx.explain(
        f"result.fees_{number}",
        fees,
        "sum of the bank's parts of the fees",
        {f"{code}_fees": Money(minor, ticket.currency) for code, minor in kinds.items()},
    )
    income = Money.total((amount for _, amount in own), ticket.currency)
    ctx.explain(
        f"result.income_{number}",
        income,
        "the bank's part of payments and fees − its part of drawdowns",
        {"share": ticket, "fees": fees},
    )
    made = [
        Result(f"share_{number}", f"{shown}: share", f"{shown}:承贷份额", ticket),
        Result(f"fees_{number}", f"{shown}: fees", f"{shown}:费用收入", fees),
        Result(
            f"income_{number}", f"{shown}: interest and fees", f"{shown}:利息及费用收入", income
        ),
    ]
    try:
        rate = rate_figure(xirr(sorted((day, amount.amount) for day, amount in own)))
    except (RateError, InputError) as error:
        ctx.warn(f"yield_{number}: {error}")
        return made
    ctx.explain(
        f"result.yield_{number}",
        rate,
        "rate that makes the bank's drawdowns, payments and fees worth nothing, by days ÷ 365",
        {"share": ticket, "income": income},
    )
    return [*made, Result(f"yield_{number}", f"{shown}: yield", f"{shown}:收益率", rate, "rate")]


plugin = SyndicatedLoan()
