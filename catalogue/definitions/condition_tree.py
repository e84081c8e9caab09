"""The tree of a condition: comparisons of facts joined by all, any and not; no eval anywhere.

A fact is a dotted path ("customer.age", "ask.amount", "figure.max_ltv", "terms.rate").
A tree is true, false, or unknown when a fact is missing (Kleene's logic): the missing facts are what
the client must bring. Two amounts in different currencies are compared at the mid rate of the pricing
date; a plain number stands for an amount in the currency of the fact beside it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Protocol, runtime_checkable

import attrs

from catalogue.errors import CurrencyError, InputError
from catalogue.values import Money, Tenor
from catalogue.values.text import shown

Comparison = Literal["eq", "ne", "lt", "le", "gt", "ge"]
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt,
    "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip
SYMBOLS: Mapping[str, str] = {
    "eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥",
}  # fmt: skip
ROOTS = ("ask", "customer", "terms", "figure", "result", "total", "line", "bundle")


class Facts(Protocol):
    """What a condition is evaluated over."""

    def lookup(self, path: str) -> Any:
        """The value of a dotted path, or None when the fact is missing."""


@runtime_checkable
class Converts(Protocol):
    """Facts that know exchange rates."""

    def convert(self, amount: Money, currency: str) -> Money:
        """An amount in another currency, at the mid rate of the pricing date."""


@attrs.frozen
class Operand:
    """A literal, or a fact times a factor plus a constant."""

    literal: Any = None
    fact: str | None = None
    times: Decimal = Decimal(1)
    plus: Decimal = Decimal(0)

    def text(self) -> str:
        """As people read it: `0.5 × ask.price`."""
        if self.fact is None:
            return str(self.literal)
        scaled = self.fact if self.times == 1 else f"{self.times} × {self.fact}"
        if self.plus == 0:
            return scaled
        return f"{scaled} {'+' if self.plus > 0 else '−'} {abs(self.plus)}"


@attrs.frozen
class Test:
    """One comparison of a fact, or of the ratio of two facts."""

    fact: str
    op: str
    operand: Operand | None = None
    members: tuple[Any, ...] = ()
    over: str | None = None

    def text(self) -> str:
        """As people read it."""
        left = self.fact if self.over is None else f"{self.fact} ÷ {self.over}"
        if self.op == "present":
            return f"{left} is known"
        if self.op in ("in", "not_in"):
            return f"{left} {'in' if self.op == 'in' else 'not in'} {{{', '.join(map(str, self.members))}}}"
        return f"{left} {SYMBOLS[self.op]} {self.operand.text() if self.operand else ''}"


@attrs.frozen
class Group:
    """all / any / not of other nodes."""

    kind: Literal["all", "any", "not"]
    parts: tuple[Node, ...]

    def text(self) -> str:
        """As people read it."""
        if self.kind == "not":
            return f"not ({self.parts[0].text()})"
        return (
            "("
            + (" and " if self.kind == "all" else " or ").join(p.text() for p in self.parts)
            + ")"
        )


Node = Test | Group


@attrs.frozen
class Verdict:
    """The outcome of a tree: truth (None = unknown), facts used, facts missing."""

    truth: bool | None
    found: Mapping[str, Any]
    missing: tuple[str, ...]


def evaluate(node: Node, facts: Facts) -> Verdict:
    """Evaluate a tree; values of kinds that cannot be compared raise InputError naming the fact."""
    found: dict[str, Any] = {}
    missing: dict[str, None] = {}

    def value_of(path: str) -> Any:
        value = facts.lookup(path)
        if value is None:
            missing[path] = None
        else:
            found[path] = value
        return value

    truth = _truth(node, value_of, facts)
    return Verdict(truth, found, () if truth is not None else tuple(missing))


def _truth(node: Node, value_of: Callable[[str], Any], facts: Facts) -> bool | None:
    """Kleene's logic. A comparison that has no value counts only if the other parts do not decide."""
    if isinstance(node, Test):
        return _test(node, value_of, facts)
    parts: list[bool | None] = []
    error: InputError | None = None
    for part in node.parts:
        try:
            parts.append(_truth(part, value_of, facts))
        except InputError as raised:
            error = error or raised
    decisive = node.kind == "any"
    if node.kind != "not" and decisive in parts:
        return decisive
    if error is not None:
        raise error
    if node.kind == "not":
        return None if parts[0] is None else not parts[0]
    return None if None in parts else not decisive


def _test(test: Test, value_of: Callable[[str], Any], facts: Facts) -> bool | None:
    if test.op == "present":
        paths = (test.fact,) if test.over is None else (test.fact, test.over)
        known = all(facts.lookup(path) is not None for path in paths)
        return known if test.operand is None or test.operand.literal else not known
    left = value_of(test.fact)
    if test.over is not None:
        left = _ratio(left, value_of(test.over), test, facts)
    if test.op in ("in", "not_in"):
        if left is None:
            return None
        inside = any(same(left, member, test.fact, facts) for member in test.members)
        return inside is (test.op == "in")
    if test.operand is None:  # the reader always gives one
        raise InputError(f"{test.fact}: {test.op} has nothing to compare with")
    right = test.operand.literal if test.operand.fact is None else value_of(test.operand.fact)
    if left is None or right is None:
        return None
    if isinstance(left, Money) and isinstance(right, Money):
        right = _in_currency(right, left.currency, facts)
    left, right = comparable(left, _scaled(test.operand, right), test.fact)
    return bool(_OPERATORS[test.op](left, right))


def _ratio(left: Any, right: Any, test: Test, facts: Facts) -> Fraction | None:
    """The exact ratio of two facts."""
    if left is None or right is None:
        return None
    if isinstance(left, Money) and isinstance(right, Money):
        right = _in_currency(right, left.currency, facts)
    top, bottom = _number(left, test.fact), _number(right, test.over or "")
    if bottom == 0:
        raise InputError(f"{test.over} is 0: the ratio {test.fact} ÷ {test.over} has no value")
    return Fraction(top) / Fraction(bottom)


def _scaled(operand: Operand, value: Any) -> Any:
    if operand.fact is None or (operand.times == 1 and operand.plus == 0):
        return value
    exact = Fraction(_number(value, operand.fact)) * Fraction(operand.times)
    return exact + Fraction(operand.plus)


def _in_currency(amount: Money, currency: str, facts: Facts) -> Money:
    if amount.currency == currency:
        return amount
    if not isinstance(facts, Converts):
        raise CurrencyError(f"{amount} cannot be compared with an amount in {currency}")
    return facts.convert(amount, currency)


def _number(value: Any, what: str) -> Decimal:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise InputError(f"{what}: {shown(value)} is not a number")
    return Decimal(value)


def same(left: Any, right: Any, what: str, facts: Facts) -> bool:
    """Whether a fact equals a member of a set."""
    if isinstance(left, Money) and isinstance(right, Money):
        right = _in_currency(right, left.currency, facts)
    one, other = comparable(left, right, what)
    return bool(one == other)


def comparable(left: Any, right: Any, what: str) -> tuple[Any, Any]:
    """Both sides in one kind: amounts and numbers exactly, tenors by length.

    Raises:
        InputError: two kinds that cannot be compared; it names `what`.
    """
    if isinstance(left, Tenor) or isinstance(right, Tenor):
        pair = [_tenor(side) for side in (left, right)]
        if None not in pair:
            return pair[0], pair[1]
    pair = [_exact(side) for side in (left, right)]
    kinds = {type(side) for side in pair}
    if len(kinds) > 1 or not kinds <= _COMPARABLE:
        raise InputError(
            f"{what}: {shown(left)} cannot be compared with {shown(right)}"
            f" ({type(left).__name__} and {type(right).__name__})"
        )
    return pair[0], pair[1]


_COMPARABLE = {Fraction, bool, str, date}


def _exact(side: Any) -> Any:
    if isinstance(side, Money):
        return Fraction(side.amount)
    if isinstance(side, (int, Decimal)) and not isinstance(side, bool):
        return Fraction(side)
    return side


def _tenor(side: Any) -> Fraction | None:
    if isinstance(side, str):
        side = Tenor.parse(side)
    return side.sort_key if isinstance(side, Tenor) else None
