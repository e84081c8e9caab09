"""Granting benefits one after the other, within their limits, and saying what each is worth.

Rate benefits change the annual rate and are requoted. Fee benefits give up amounts of fees: a share
of each, or a lump sum spread over fees in proportion; a limit is spread in the same way, so that no
minor unit is lost. A rate benefit over its limit is lowered in whole basis points until it fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from catalogue.bundles.concessions import Concessions, FeeCut
from catalogue.bundles.model import Benefit, Limits
from catalogue.products.ask import Ask
from catalogue.products.results import Adjustment
from catalogue.values import Money, percent_text
from catalogue.values.text import Bilingual

if TYPE_CHECKING:
    from catalogue.products.results import Fee
    from catalogue.quotes.quote import Quote

CURRENCY = "CNY"
BASIS_POINT = Decimal("0.0001")


@attrs.define
class LineState:
    """One line while benefits are applied to it."""

    line: str
    ask: Ask
    alone: Quote
    quote: Quote
    concessions: Concessions = Concessions()


@attrs.frozen
class Grant:
    """What a benefit was worth on a line."""

    line: str
    amount: Money
    formula: str


@attrs.frozen
class _Waivable:
    """A fee that may be cut: the line, the fee with what is left of it, and that in CNY."""

    state: LineState
    fee: Fee
    worth: Money


class Granter:
    """Applies the benefits of one bundle version to the lines."""

    def __init__(
        self,
        limits: Limits,
        requote: Callable[[LineState], Quote],
        cost: Callable[[Quote], Money],
        worth: Callable[[Money, date], Money],
        warnings: list[str],
    ) -> None:
        self.limits = limits
        self.worth = worth
        self.requote = requote
        self.cost = cost
        self.warnings = warnings
        self.given = Money.zero(CURRENCY)

    def grant(
        self, code: str, benefit: Benefit, states: dict[str, LineState], source: str
    ) -> list[Grant]:
        """Apply one benefit; the grants, a line each, lines without any left out."""
        touched = [
            state
            for line, state in states.items()
            if benefit.lines is None or line in benefit.lines
        ]
        if benefit.kind in ("rate-discount", "deposit-uplift"):
            grants = list(self._rates(code, benefit, touched, source))
        else:
            grants = self._fees(code, benefit, touched)
        self.given = Money.total((self.given, *(grant.amount for grant in grants)), CURRENCY)
        return grants

    def _room(self, benefit: Benefit, spent: Money) -> Money | None:
        """What the benefit may still be worth; None without a limit."""
        rooms = []
        if benefit.max_amount is not None:
            rooms.append(Money.of(benefit.max_amount, CURRENCY) - spent)
        if self.limits.total is not None:
            rooms.append(Money.of(self.limits.total, CURRENCY) - self.given - spent)
        return max(min(rooms), Money.zero(CURRENCY)) if rooms else None

    # -- rates ------------------------------------------------------------------------------

    def _rates(
        self, code: str, benefit: Benefit, touched: Iterable[LineState], source: str
    ) -> Iterator[Grant]:
        spent = Money.zero(CURRENCY)
        for state in touched:
            if state.quote.rate is None or not _fits(benefit, state.quote):
                continue
            wanted = min(benefit.rate or Decimal(0), self._rate_room(benefit, state))
            before, state_before = self.cost(state.quote), state.concessions
            allowed = self._room(benefit, spent)
            steps = int(wanted / BASIS_POINT)
            change = wanted
            worth = self._try_rate(state, state_before, code, benefit, change, source, before)
            if allowed is not None and worth > allowed:
                change = self._lower(
                    state, state_before, code, benefit, source, before, allowed, steps
                )
                worth = self._try_rate(state, state_before, code, benefit, change, source, before)
                self.warnings.append(
                    f"benefit {code} on {state.line}: {percent_text(benefit.rate or Decimal(0))}"
                    f" lowered to {percent_text(change)} by its limit of {allowed.grouped()}"
                )
            spent = spent + worth
            if worth:
                before_rate = state.alone.rate.annual if state.alone.rate else Decimal(0)
                now = state.quote.rate.annual if state.quote.rate else Decimal(0)
                yield Grant(
                    state.line,
                    worth,
                    f"annual rate {percent_text(now)}, alone {percent_text(before_rate)}"
                    f" (this benefit {percent_text(change)}); cost of the line before less after",
                )

    def _rate_room(self, benefit: Benefit, state: LineState) -> Decimal:
        """How far this kind of benefit may still move the line's rate."""
        limit = (
            self.limits.rate_discount
            if benefit.kind == "rate-discount"
            else self.limits.deposit_uplift
        )
        if limit is None:
            return benefit.rate or Decimal(0)
        sign = -1 if benefit.kind == "rate-discount" else 1
        used = sum(
            (
                abs(rate.rate_change)
                for rate in state.concessions.rates
                if rate.rate_change * sign > 0
            ),
            Decimal(0),
        )
        return max(limit - used, Decimal(0))

    def _try_rate(
        self,
        state: LineState,
        base: Concessions,
        code: str,
        benefit: Benefit,
        change: Decimal,
        source: str,
        before: Money,
    ) -> Money:
        sign = -1 if benefit.kind == "rate-discount" else 1
        adjustment = Adjustment(
            code, benefit.name, benefit.name_zh, sign * change, source, "bundle"
        )
        state.concessions = attrs.evolve(base, rates=(*base.rates, adjustment)) if change else base
        state.quote = self.requote(state)
        return before - self.cost(state.quote)

    def _lower(
        self,
        state: LineState,
        base: Concessions,
        code: str,
        benefit: Benefit,
        source: str,
        before: Money,
        allowed: Money,
        steps: int,
    ) -> Decimal:
        """The most whole basis points whose worth fits (it grows with the rate, so bisect)."""
        low, high = 0, steps
        while low < high:
            middle = (low + high + 1) // 2
            worth = self._try_rate(state, base, code, benefit, middle * BASIS_POINT, source, before)
            low, high = (middle, high) if worth <= allowed else (low, middle - 1)
        return low * BASIS_POINT

    # -- fees -------------------------------------------------------------------------------

    def _fees(self, code: str, benefit: Benefit, touched: Iterable[LineState]) -> list[Grant]:
        waivable = [item for state in touched for item in self._waivable(benefit, state)]
        if not waivable:
            return []
        full = Money.total((item.worth for item in waivable), CURRENCY)
        if benefit.kind == "rebate":
            wanted = min(Money.of(benefit.amount or Decimal(0), CURRENCY), full)
        else:
            shares = [item.worth.scaled(benefit.share or Decimal(0)) for item in waivable]
            wanted = Money.total(shares, CURRENCY)
        room = self._room(benefit, Money.zero(CURRENCY))
        given = wanted if room is None else min(wanted, room)
        if given < wanted:
            self.warnings.append(
                f"benefit {code}: {wanted.grouped()} cut to {given.grouped()} by its limit"
            )
        if not given:
            return []
        if benefit.kind == "fee-waiver" and given == wanted:
            parts = shares
        else:
            parts = list(given.allocate([item.worth.minor for item in waivable]))
        return self._cut(code, benefit, waivable, parts)

    def _waivable(self, benefit: Benefit, state: LineState) -> Iterator[_Waivable]:
        for charged in state.quote.charged:
            fee = charged.fee
            covered = benefit.kind == "rebate" or benefit.fee in (
                "*",
                fee.code,
                fee.code.removesuffix("-vat"),
            )
            if covered and fee.amount.minor > 0:
                worth = self.worth(fee.amount, state.quote.as_of)
                if worth.minor > 0:
                    yield _Waivable(state, fee, worth)

    def _cut(
        self, code: str, benefit: Benefit, waivable: list[_Waivable], parts: list[Money]
    ) -> list[Grant]:
        by_line: dict[str, list[FeeCut]] = {}
        told: dict[str, list[tuple[str, str]]] = {}
        states: dict[str, LineState] = {}
        for item, part in zip(waivable, parts, strict=True):
            if part.minor <= 0:
                continue
            fee, line = item.fee, item.state.line
            own = part if fee.amount.currency == CURRENCY else _in_own(item, part)
            by_line.setdefault(line, []).append(FeeCut(code, fee.code, own, fee.due))
            cut = f" − {own.grouped()}"
            told.setdefault(line, []).append((fee.name + cut, fee.name_zh + cut))
            states[line] = item.state
        grants = []
        for line, cuts in by_line.items():
            state = states[line]
            before = self.cost(state.quote)
            state.concessions = attrs.evolve(
                state.concessions, cuts=(*state.concessions.cuts, *cuts)
            )
            state.quote = self.requote(state)
            grants.append(
                Grant(line, before - self.cost(state.quote), _fees_cut(benefit, told[line]))
            )
        return grants


def _fees_cut(benefit: Benefit, told: Iterable[tuple[str, str]]) -> Bilingual:
    """Which fees were cut by how much: `50% of fees: Rent − 180.00`."""
    words, words_zh = (", ".join(texts) for texts in zip(*told, strict=True))
    share = "" if benefit.share is None else percent_text(benefit.share)
    return Bilingual(
        f"{share} of fees: {words}" if share else f"fees: {words}",
        f"费用的{share}:{words_zh}" if share else f"费用:{words_zh}",
    )


def _fits(benefit: Benefit, quote: Quote) -> bool:
    """A discount goes to borrowing, an uplift to deposits, when the benefit names no lines."""
    if benefit.lines is not None:
        return True
    return (quote.apr is not None) == (benefit.kind == "rate-discount")


def _in_own(item: _Waivable, part: Money) -> Money:
    """A part of a fee's worth in the fee's own currency, in proportion."""
    exact = Fraction(item.fee.amount.minor) * part.minor / item.worth.minor
    return Money(min(item.fee.amount.minor, int(exact)), item.fee.amount.currency)
