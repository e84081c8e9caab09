"""Safe-deposit box (保管箱): rent by size and term, a deposit for the keys, rent after the term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

import attrs

from catalogue import Contract, Fee, Flow, Money, QuoteContext, Terms
from catalogue.products.agency import AgencyService
from catalogue.products.fees import own_fee
from catalogue.values import BANK_YEAR, percent_text, rate_text


class SafeDepositBox(AgencyService):
    """Boxes rented for a term; a month begun counts."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The deposit is paid at the start and comes back with the boxes; the rent is a fee."""
        contract = super().price(ctx, terms)
        deposit = self.deposit(ctx)
        flows = [Flow(terms.start, -deposit, "key deposit")]
        if terms.maturity is not None:
            back = terms.maturity + timedelta(days=ctx.ask["overdue_days"])
            flows.append(Flow(back, deposit, "key deposit returned"))
        return attrs.evolve(
            contract, flows=tuple(flows), totals={**contract.totals, "deposit": deposit}
        )

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """Rent a year × months ÷ 12 × boxes; less for years paid ahead, more below a year.

        A shorter term never costs more than a whole year.
        """
        months, count = self.months(terms), ctx.ask["count"]
        rent = ctx.figure("rent", key=ctx.ask["size"])
        years = months // 12
        share = ctx.figure("term_price", at=years) if years else 1 + ctx.figure("short_surcharge")
        amount = Money.rounded(Fraction(rent) * count * months * Fraction(share) / 12)
        formula = f"{rate_text(rent)} × {months}/12 years × {count} × {percent_text(share)}"
        year = Money.of(rent * count)
        if not years and amount > year:
            amount, formula = year, f"{formula}, at most {year.grouped()}"
        ctx.explain("fee.rent", amount, formula, {"rent": rent, "months": months, "share": share})
        source = ctx.source("figures", "rent")
        words = ("rent", "Rent", "租金")
        rented = own_fee(ctx, words, amount, formula, source=source, due=terms.start)
        return [rented, *self._overdue(ctx, terms)]

    def deposit(self, ctx: QuoteContext) -> Money:
        """The deposit of all boxes."""
        one = Money.of(ctx.figure("key_deposit", key=ctx.ask["size"]))
        count: int = ctx.ask["count"]
        return one * count

    def _overdue(self, ctx: QuoteContext, terms: Terms) -> Iterator[Fee]:
        """What is owed when the boxes are kept after the term, paid when they are given back."""
        days, count = ctx.ask["overdue_days"], ctx.ask["count"]
        if not days or terms.maturity is None:
            return
        rent, times = ctx.figure("rent", key=ctx.ask["size"]), ctx.figure("overdue_multiple")
        owed = Money.rounded(Fraction(rent) * count * Fraction(times) * days / BANK_YEAR)
        formula = f"{rate_text(rent)} ÷ {BANK_YEAR} × {percent_text(times)} × {days} days × {count}"
        ctx.explain(
            "fee.overdue-rent", owed, formula, {"rent": rent, "multiple": times, "days": days}
        )
        source, due = ctx.source("figures", "overdue_multiple"), terms.maturity + timedelta(days)
        words = ("overdue-rent", "Rent after the term", "逾期租金")
        yield own_fee(ctx, words, owed, formula, source=source, due=due)


plugin = SafeDepositBox()
